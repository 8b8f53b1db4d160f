import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, type Ran, run, SERVER } from './run.ts';

const VERSION = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
const NOBODY = 65534;

/** What was refused: nothing on standard output, nothing written, one sentence without a stack. */
function refused(ran: Ran, code: number, words: string): void {
  expect(ran.stderr).toContain(words);
  expect(ran.stderr).not.toMatch(/\n\s+at /);
  expect(ran.stdout).toBe('');
  expect(ran.code).toBe(code);
}

describe('what it does', () => {
  test('writes both files, says what it found and what to run next', () => {
    const folder = folderOf(SERVER);
    const ran = run(folder, []);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/^start\s+node server\.js {2}package\.json → scripts\.start$/m);
    expect(ran.stderr).toContain(`docker build --tag ${basename(folder).toLowerCase()} .`);
    expect(ran.stderr).toContain('--publish 3000:3000');
    expect(readdirSync(folder).sort()).toEqual(['.dockerignore', 'Dockerfile', 'package.json', 'server.js']);
  });
  test('a second run changes nothing and says so', () => {
    const folder = folderOf(SERVER);
    run(folder, []);
    const before = readFileSync(join(folder, 'Dockerfile'), 'utf8');
    const ran = run(folder, []);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/^unchanged\s+Dockerfile$/m);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(before);
  });
  test('takes the folder as its argument, and names it in the build line', () => {
    const folder = folderOf({
      'a b/package.json': SERVER['package.json'] ?? '',
      'a b/server.js': SERVER['server.js'] ?? '',
    });
    const ran = run(folder, ['a b']);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("docker build --tag a-b 'a b'");
    expect(existsSync(join(folder, 'a b', 'Dockerfile'))).toBe(true);
  });
  test('--stdout prints the Dockerfile alone', () => {
    const folder = folderOf(SERVER);
    const ran = run(folder, ['--stdout', '--target', 'alpine']);
    expect(ran.stdout).toMatch(/^# syntax=docker\/dockerfile:1\n[\s\S]*CMD \["node", "server.js"\]\n$/);
    expect(readdirSync(folder).sort()).toEqual(['package.json', 'server.js']);
  });
  test('--dry-run shows a diff and writes nothing', () => {
    const folder = folderOf({ ...SERVER, Dockerfile: 'FROM node\n' });
    const ran = run(folder, ['--dry-run']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('--- a/Dockerfile\n+++ b/Dockerfile\n@@');
    expect(ran.stdout).toContain('-FROM node\n');
    expect(ran.stdout).toContain('--- /dev/null\n+++ b/.dockerignore\n');
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe('FROM node\n');
    expect(existsSync(join(folder, '.dockerignore'))).toBe(false);
  });
  test('a diff can be applied with patch', () => {
    const folder = folderOf({ ...SERVER, Dockerfile: 'FROM node\n\nCMD node\n' });
    const ran = run(folder, ['--dry-run']);
    const dockerfile = run(folder, ['--stdout']).stdout;
    writeFileSync(join(folder, 'it.patch'), ran.stdout);
    expect(spawnSync('git', ['apply', 'it.patch'], { cwd: folder }).status).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(dockerfile);
  });
  test('--check exits 3 with a diff, then 0 when they are as they should be', () => {
    const folder = folderOf(SERVER);
    const before = run(folder, ['--check', '--quiet']);
    expect([before.code, before.stderr]).toEqual([3, '']);
    expect(before.stdout).toContain('+++ b/Dockerfile');
    run(folder, ['--yes']);
    expect(run(folder, ['--check', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
  test('--json is one document with facts, plan and files', () => {
    const folder = folderOf(SERVER);
    const { stdout } = run(folder, ['--json', '--quiet']);
    const { facts, plan, files } = JSON.parse(stdout);
    expect(facts.port).toEqual({ value: 3000, from: 'server.js:1' });
    expect(facts.target).toEqual({ value: 'slim', from: 'default, the fewest surprises' });
    expect(plan.start).toEqual({ entrypoint: ['/usr/bin/tini', '--'], command: ['node', 'server.js'] });
    expect(files.map((f: { path: string; done: string }) => [f.path, f.done])).toEqual([
      ['Dockerfile', 'created'],
      ['.dockerignore', 'created'],
    ]);
    expect(files[0].text).toBe(readFileSync(join(folder, 'Dockerfile'), 'utf8'));
  });
  test('--json --dry-run says what would be', () => {
    const { stdout } = run(folderOf({ ...SERVER, Dockerfile: 'mine' }), ['--json', '--dry-run', '-q']);
    const { files } = JSON.parse(stdout);
    expect(files.map((f: { wouldBe: string }) => f.wouldBe)).toEqual(['replaced', 'created']);
  });
  test('--json --check exits 3 with the document', () => {
    const ran = run(folderOf(SERVER), ['--json', '--check', '-q']);
    expect(ran.code).toBe(3);
    expect(JSON.parse(ran.stdout).files[0].wouldBe).toBe('created');
  });
  test('--json tells a refusal as a document too', () => {
    const ran = run(folderOf({}), ['--json']);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout).error.kind).toBe('empty');
  });
  test('--explain gives reasons and alternatives', () => {
    const { stderr } = run(folderOf(SERVER), ['--dry-run', '--explain']);
    expect(stderr).toContain('init process yes: no handler for SIGTERM was found');
    expect(stderr).toContain('instead: --init yes|no');
  });
  test('settings are obeyed and named as their origin', () => {
    const { stdout } = run(folderOf(SERVER), [
      '--json',
      '--dry-run',
      '-q',
      '--port',
      '9000',
      '--runtime-version',
      '22',
      '-t',
      'scratch',
      '-p',
      'amd64,linux/arm64',
    ]);
    const { facts, plan } = JSON.parse(stdout);
    expect(facts.port).toEqual({ value: 9000, from: '--port' });
    expect(facts.platforms.value).toEqual(['linux/amd64', 'linux/arm64']);
    expect(plan.images).toEqual({ build: 'node:22-trixie-slim', runtime: 'scratch' });
  });
  test('--version is ours, not the project’s; --help names every flag', () => {
    const folder = folderOf({ 'package.json': '{ "version": "9.9.9" }' });
    expect(run(folder, ['--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
    expect(run(folder, ['-v', '--target', 'slim']).stdout).toBe(`${VERSION}\n`);
    const { stdout } = run(folder, ['--help']);
    for (const flag of [
      '--language',
      '--target',
      '--platform',
      '--port',
      '--start',
      '--check',
      '--starter',
      '--no-color',
    ])
      expect(stdout).toContain(flag);
  });
  test('colours only where they are wanted', () => {
    const folder = folderOf(SERVER);
    const sequence = '\u001b[';
    expect(run(folder, ['--dry-run']).stdout).not.toContain(sequence);
    expect(run(folder, ['--dry-run'], { FORCE_COLOR: '1' }).stdout).toContain(sequence);
    expect(run(folder, ['--dry-run', '--no-color'], { FORCE_COLOR: '1' }).stdout).not.toContain(sequence);
    expect(run(folder, ['--dry-run'], { FORCE_COLOR: '1', NO_COLOR: '1' }).stdout).not.toContain(sequence);
  });
});

describe('an empty folder', () => {
  test('--starter writes a service, and its Dockerfile', () => {
    const folder = folderOf({});
    const ran = run(folder, ['my-Service', '--starter', '--language', 'node']);
    expect(ran.code).toBe(0);
    expect(readdirSync(join(folder, 'my-Service')).sort()).toEqual([
      '.dockerignore',
      'Dockerfile',
      'package.json',
      'server.js',
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'my-Service/package.json'), 'utf8')).name).toBe('my-service');
    expect(run(folder, ['my-Service', '--check', '-q']).code).toBe(0);
  });
  test('without --starter it is refused in one sentence', () => {
    refused(run(folderOf({}), []), 1, 'There is nothing in "." to write a Dockerfile for.');
    refused(run(folderOf({}), ['nowhere']), 1, 'There is no folder "nowhere".');
  });
  test('--starter needs a language, and an empty folder', () => {
    refused(run(folderOf({}), ['--starter']), 1, '--language node');
    refused(run(folderOf(SERVER), ['--starter']), 1, '"." is not empty');
  });
  test('--starter --dry-run writes nothing', () => {
    const folder = folderOf({});
    const ran = run(folder, ['new', '--starter', '-l', 'node', '--dry-run']);
    expect(ran.stdout).toContain('+++ b/server.js');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('an existing Dockerfile that differs', () => {
  const mine = { ...SERVER, Dockerfile: 'FROM node\n' };
  test('is refused without a terminal, and nothing else is written either', () => {
    const folder = folderOf(mine);
    refused(
      run(folder, []),
      1,
      'Dockerfile exists and differs from what would be written; nothing was changed.',
    );
    expect(readdirSync(folder).sort()).toEqual(['Dockerfile', 'package.json', 'server.js']);
  });
  test('is refused with --yes too, for that is no leave to lose work', () => {
    refused(run(folderOf(mine), ['--yes']), 1, 'replace with --force');
  });
  test('is replaced with --force, and kept beside it', () => {
    const folder = folderOf(mine);
    const ran = run(folder, ['--force']);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/^replaced\s+Dockerfile {2}the former one is Dockerfile\.bak$/m);
    expect(readFileSync(join(folder, 'Dockerfile.bak'), 'utf8')).toBe('FROM node\n');
  });
  test('--check and --dry-run leave it alone', () => {
    const folder = folderOf(mine);
    expect(run(folder, ['--check']).code).toBe(3);
    expect(run(folder, ['--dry-run']).code).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe('FROM node\n');
  });
});

describe('bad input', () => {
  test.each<[title: string, files: Record<string, string>, code: number, words: string]>([
    ['no manifest', { 'notes.txt': '' }, 1, 'Run it in the folder that holds the manifest (package.json, '],
    [
      'broken JSON',
      { 'package.json': '{\n  "name": "x"\n  "main": 1\n}' },
      1,
      'package.json:3 is malformed: comma expected',
    ],
    [
      'broken YAML',
      {
        ...SERVER,
        'pnpm-lock.yaml': 'lockfileVersion: 9.0\nimporters:\n\t.: {}\n',
        'package.json': '{ "dependencies": { "a": "1" }, "scripts": { "start": "node server.js" } }',
      },
      1,
      'pnpm-lock.yaml:3 is malformed',
    ],
    ['broken TOML', { ...SERVER, 'mise.toml': '[tools\nnode = 1' }, 1, 'mise.toml:1 is malformed'],
    ['no start command', { 'package.json': '{}' }, 1, 'Say it: --start "node <file>"'],
    [
      'a workspace in which nothing starts',
      { 'package.json': '{ "workspaces": ["packages/*"] }' },
      1,
      'No member of this workspace has a start script',
    ],
    [
      'a member of none',
      { ...SERVER, 'package.json': '{ "main": "server.js", "dependencies": { "@x/lib": "workspace:*" } }' },
      1,
      '"@x/lib" (workspace:*), but no workspace takes this folder in',
    ],
    ['a missing main', { 'package.json': '{ "main": "gone.js" }' }, 1, '--start'],
    [
      'engines <18',
      { ...SERVER, 'package.json': '{ "engines": { "node": "<18" }, "main": "server.js" }' },
      1,
      'package.json → engines.node demands Node <18',
    ],
    [
      'two lock files',
      {
        ...SERVER,
        'package.json': '{ "main": "server.js", "dependencies": { "a": "1" } }',
        'package-lock.json': '{}',
        'yarn.lock': '',
      },
      1,
      '--package-manager npm',
    ],
    [
      'a path that cannot stand in a Dockerfile',
      {
        'package.json': '{ "scripts": { "build": "tsc --outDir \'a b\'", "start": "node \'a b/x.js\'" } }',
        'x.ts': 'require("http").createServer().listen(3000)',
      },
      1,
      'package.json → scripts.build names "a b", which cannot stand in a Dockerfile.',
    ],
  ])('%s', (_, files, code, words) => {
    const folder = folderOf(files);
    refused(run(folder, []), code, words);
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
  });

  test('text of the project cannot steer the terminal', () => {
    const scripts = { start: 'node server.js "\u001b]0;evil\u0007\u202e"' };
    const ran = run(folderOf({ ...SERVER, 'package.json': JSON.stringify({ scripts }) }), [], {
      FORCE_COLOR: '0',
    });
    expect(ran.stderr).toContain('\\u001b]0;evil\\u0007\\u202e');
    for (const character of ['\u001b', '\u0007', '\u202e']) expect(ran.stderr).not.toContain(character);
  });
  test('lts/* is no bad input', () => {
    expect(run(folderOf({ ...SERVER, '.nvmrc': 'lts/*' }), []).code).toBe(0);
  });
  test('a file instead of a folder', () => {
    refused(run(folderOf(SERVER), ['server.js']), 1, '"server.js" is not a folder.');
  });
  test('a folder that may not be written', () => {
    const folder = folderOf(SERVER);
    chmodSync(folder, 0o555);
    const uid = process.getuid?.() === 0 ? NOBODY : undefined;
    refused(
      run(folder, [], {}, uid),
      1,
      '"Dockerfile" cannot be written: you may not write there; nothing was changed.',
    );
    chmodSync(folder, 0o755);
  });
  test('a Dockerfile that is a link out of the project', () => {
    const folder = folderOf(SERVER);
    const outside = join(folderOf({ D: 'precious\n' }), 'D');
    symlinkSync(outside, join(folder, 'Dockerfile'));
    refused(run(folder, ['--force']), 1, 'leads out of the project');
    expect(readFileSync(outside, 'utf8')).toBe('precious\n');
  });
  test('100,000 files are read in a moment', () => {
    const folder = folderOf(SERVER);
    for (let i = 0; i < 100; i++) {
      mkdirSync(join(folder, `data/${i}`), { recursive: true });
      for (let j = 0; j < 1000; j++) writeFileSync(join(folder, `data/${i}/${j}`), '');
    }
    const begin = Date.now();
    expect(run(folder, []).code).toBe(0);
    const took = Date.now() - begin;
    rmSync(folder, { recursive: true, force: true });
    expect(took).toBeLessThan(10_000);
  }, 120_000);
});

describe('bad flags exit 2 with the nearest good one', () => {
  test.each([
    [['--taget', 'slim'], 'There is no flag --taget. Did you mean --target?'],
    [['--target', 'slm'], '--target takes slim, alpine, distroless, scratch, not "slm". Did you mean slim?'],
    [['--platform', 'linux/amd46'], 'Did you mean linux/amd64?'],
    [['--language', 'nod'], 'Did you mean node?'],
    [['--target'], '--target needs a value'],
    [['--target', 'slim', '--target', 'alpine'], '--target is given more than once.'],
    [['-x'], 'There is no flag -x.'],
    [['a', 'b'], 'One folder is taken, not "a" and "b".'],
    [['--stdout', '--check'], '--stdout and --check exclude each other.'],
    [['--port', 'http'], '--port takes a number from 1 to 65535, or none, not "http".'],
    [['--port', '0'], '--port takes'],
    [['--runtime-version', '17'], '--runtime-version takes one of 26, 24, 22, 20, 18'],
    [['--package-manager', 'cargo'], '--package-manager takes npm, pnpm, yarn or bun'],
    [['--build', 'make'], '--build takes none or a script of package.json (start)'],
    [['--start', 'sh -c ls | cat'], 'needs a shell (|)'],
    [['--start', 'node gone.js'], 'a file that exists'],
    [['--include', 'gone'], 'paths that exist in the project'],
    [['--health', 'up now'], '--health takes a path as in /healthz'],
    [['--init', 'maybe'], '--init takes yes or no'],
  ])('%s', (args, words) => {
    refused(run(folderOf(SERVER), args), 2, words);
  });
});

describe('npm create without --', () => {
  const npm = { npm_command: 'init' };
  test('--dry-run is recovered, obeyed and told', () => {
    const folder = folderOf(SERVER);
    const ran = run(folder, [], { ...npm, npm_config_dry_run: 'true' });
    expect(ran.stdout).toContain('+++ b/Dockerfile');
    expect(ran.stderr).toContain(
      'npm kept --dry-run for itself. Next time put -- first: npm create dockerfile -- --dry-run',
    );
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
  });
  test('--target=alpine is recovered', () => {
    const ran = run(folderOf(SERVER), [], { ...npm, npm_config_target: 'alpine', npm_config_stdout: 'true' });
    expect(ran.stdout).toContain('FROM node:26-alpine AS runtime');
  });
  test('--target alpine is refused, for alpine would be the folder', () => {
    const ran = run(folderOf(SERVER), ['alpine'], { ...npm, npm_config_target: 'true' });
    refused(ran, 1, 'Put -- before the flags: npm create dockerfile -- --target alpine');
  });
  test('-t alpine is refused alike', () => {
    refused(run(folderOf(SERVER), ['alpine'], { ...npm, npm_config_t: 'true' }), 1, 'npm kept -t for itself');
  });
  test('--force is told, but never obeyed: a line of .npmrc looks the same', () => {
    const folder = folderOf({ ...SERVER, Dockerfile: 'mine' });
    refused(run(folder, [], { ...npm, npm_config_force: 'true' }), 1, 'npm kept --force for itself');
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe('mine');
  });
  test('behind -- nothing has to be recovered', () => {
    const ran = run(folderOf(SERVER), ['--stdout'], { ...npm, npm_config_yes: '' });
    expect(ran.stderr).not.toContain('npm kept');
    expect(ran.code).toBe(0);
  });
  test('npx sets no such command', () => {
    const ran = run(folderOf(SERVER), ['--stdout'], { npm_command: 'exec', npm_config_dry_run: 'true' });
    expect(ran.stdout).toMatch(/^# syntax/);
  });
});
