import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BIN, folderOf, type Ran, run, SERVER, spawned, VERSION } from './run.ts';

const NOBODY = 65534;

/** What was refused: nothing on standard output, nothing written, one sentence without a stack. */
function refused(ran: Ran, code: number, words: string): void {
  expect(ran.stderr).toContain(words);
  expect(ran.stderr).not.toMatch(/\n\s+at /);
  expect(ran.stdout).toBe('');
  expect(ran.code).toBe(code);
}

describe('as a program', () => {
  test('writes and says so; the exit code is that of a refusal, too', () => {
    const folder = folderOf(SERVER);
    const first = spawned(folder, []);
    expect([first.code, first.stdout]).toEqual([0, '']);
    expect(first.stderr).toMatch(/^created\s+Dockerfile$/m);
    refused(spawned(folderOf({}), []), 1, 'There is nothing in "."');
    refused(spawned(folder, ['--taget', 'slim']), 2, 'Did you mean --target?');
  });
  test.each([['--version'], ['-v', '--target', 'slim']])('%s is ours', (...args) => {
    expect(spawned(folderOf({ 'package.json': '{ "version": "9.9.9" }' }), args)).toEqual({
      code: 0,
      stdout: `${VERSION}\n`,
      stderr: '',
    });
  });
  const shell = (line: string, folder: string) =>
    spawnSync('bash', ['-c', `set -o pipefail; ${line.replace('it ', `"${process.execPath}" "${BIN}" `)}`], {
      cwd: folder,
      encoding: 'utf8',
    });
  test.skipIf(!existsSync('/dev/full'))('a full disk behind standard output is told, and no success', () => {
    for (const flags of ['--stdout', '--json -q', '--dry-run -q']) {
      const ran = shell(`it ${flags} >/dev/full`, folderOf(SERVER));
      expect(ran.stderr.trim().split('\n').at(-1), flags).toBe(
        'Standard output cannot be written: the disk is full.',
      );
      expect(ran.status, flags).toBe(1);
    }
  });
  test.each([['it --yes 2>&-'], ['it --yes 2>/dev/full'], ['it --yes 2>&1 >/dev/null | true']])(
    '%s writes all the same',
    (line) => {
      const folder = folderOf(SERVER);
      shell(line, folder);
      expect(readdirSync(folder).sort()).toEqual([
        '.dockerignore',
        'Dockerfile',
        'package.json',
        'server.js',
      ]);
    },
  );
  test('a reader that goes away changes no exit code', () => {
    expect(shell('it --check -q | true', folderOf(SERVER)).status).toBe(3);
  });
});

describe('a folder of a project', () => {
  const git = { '.git/HEAD': 'ref: refs/heads/main\n' };
  test('below its manifest the project above is meant, and named', async () => {
    const folder = folderOf({ ...SERVER, ...git, 'src/lib/a.txt': '' });
    const ran = await run(join(folder, 'src'), []);
    expect(ran.stderr).toMatch(/^folder\s+\.\. {2}package\.json, above the folder that was named$/m);
    expect(ran.stderr).toMatch(/docker build --tag \S+ \.\.$/m);
    expect(readdirSync(folder)).toContain('Dockerfile');
    expect(readdirSync(join(folder, 'src'))).toEqual(['lib']);
  });
  test('a program of Go in a folder of its module is the one that is built', async () => {
    const main = 'package main\nimport "net/http"\nfunc main() { http.ListenAndServe(":8080", nil) }\n';
    const folder = folderOf({
      ...git,
      'go.mod': 'module x\n\ngo 1.26\n',
      'cmd/api/main.go': main,
      'cmd/web/main.go': main,
    });
    expect((await run(join(folder, 'cmd/web'), ['--dry-run'])).stderr).toMatch(/^main\s+\.\/cmd\/web /m);
    refused(await run(folder, []), 1, '--main');
  });
  test('neither the repository nor the home folder is left', async () => {
    const folder = folderOf({ ...SERVER, 'inner/.git/HEAD': '', 'inner/docs/a.txt': '' });
    refused(await run(join(folder, 'inner/docs'), []), 1, 'No project of ');
    // nor is anything looked at above a folder that is in none
    refused(await run(join(folderOf({ ...SERVER, 'docs/a.txt': '' }), 'docs'), []), 1, 'No project of ');
  });
  test('a folder of several projects is refused with all of them, and one below is not taken in silence', async () => {
    const part = (name: string) =>
      Object.fromEntries(Object.entries(SERVER).map(([path, text]) => [`${name}/${path}`, text]));
    refused(
      await run(folderOf({ ...part('client'), ...part('apps/api server') }), []),
      1,
      'There are several projects below this folder: client (Node.js, package.json) and apps/api server (Node.js, package.json). Say which: create-dockerfile client or create-dockerfile "apps/api server"',
    );
    refused(await run(folderOf(part('server')), []), 1, 'Say which: create-dockerfile server');
  });
  test('--starter takes a repository that only has what its host made', async () => {
    const folder = folderOf({ ...git, 'README.md': 'mine\n', LICENSE: 'MIT\n', '.gitignore': 'dist\n' });
    expect((await run(folder, ['--starter', '-l', 'js'])).code).toBe(0);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('mine\n');
    expect(readdirSync(folder)).toContain('server.js');
  });
});

describe('what it does', () => {
  test('writes both files, says what it found and what to run next', async () => {
    const folder = folderOf(SERVER);
    const ran = await run(folder, []);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/^start\s+node server\.js {2}package\.json → scripts\.start$/m);
    expect(ran.stderr).toContain(`docker build --tag ${basename(folder).toLowerCase()} .`);
    expect(ran.stderr).toContain('--publish 3000:3000');
    expect(readdirSync(folder).sort()).toEqual(['.dockerignore', 'Dockerfile', 'package.json', 'server.js']);
  });
  test('a second run changes nothing and says so', async () => {
    const folder = folderOf(SERVER);
    await run(folder, []);
    const before = readFileSync(join(folder, 'Dockerfile'), 'utf8');
    const ran = await run(folder, []);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/^unchanged\s+Dockerfile$/m);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(before);
  });
  test('takes the folder as its argument, and names it in the build line', async () => {
    const folder = folderOf({
      'a b/package.json': SERVER['package.json'] ?? '',
      'a b/server.js': SERVER['server.js'] ?? '',
    });
    const ran = await run(folder, ['a b']);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("docker build --tag a-b 'a b'");
    expect(existsSync(join(folder, 'a b', 'Dockerfile'))).toBe(true);
  });
  test('--stdout prints the Dockerfile alone', async () => {
    const folder = folderOf(SERVER);
    const ran = await run(folder, ['--stdout', '--target', 'alpine']);
    expect(ran.stdout).toMatch(/^# syntax=docker\/dockerfile:1\n[\s\S]*CMD \["node", "server.js"\]\n$/);
    expect(readdirSync(folder).sort()).toEqual(['package.json', 'server.js']);
  });
  test('--dry-run shows a diff and writes nothing', async () => {
    const folder = folderOf({ ...SERVER, Dockerfile: 'FROM node\n' });
    const ran = await run(folder, ['--dry-run']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toContain('--- a/Dockerfile\n+++ b/Dockerfile\n@@');
    expect(ran.stdout).toContain('-FROM node\n');
    expect(ran.stdout).toContain('--- /dev/null\n+++ b/.dockerignore\n');
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe('FROM node\n');
    expect(existsSync(join(folder, '.dockerignore'))).toBe(false);
  });
  test('a diff can be applied with patch', async () => {
    const folder = folderOf({ ...SERVER, Dockerfile: 'FROM node\n\nCMD node\n' });
    const ran = await run(folder, ['--dry-run']);
    const dockerfile = (await run(folder, ['--stdout'])).stdout;
    writeFileSync(join(folder, 'it.patch'), ran.stdout);
    expect(spawnSync('git', ['apply', 'it.patch'], { cwd: folder }).status).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(dockerfile);
  });
  test('--check exits 3 with a diff, then 0 when they are as they should be', async () => {
    const folder = folderOf(SERVER);
    const before = await run(folder, ['--check', '--quiet']);
    expect([before.code, before.stderr]).toEqual([3, '']);
    expect(before.stdout).toContain('+++ b/Dockerfile');
    await run(folder, ['--yes']);
    expect(await run(folder, ['--check', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
  test('--json is one document with facts, plan and files', async () => {
    const folder = folderOf(SERVER);
    const { stdout } = await run(folder, ['--json', '--quiet']);
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
  test('--json --dry-run says what would be', async () => {
    const { stdout } = await run(folderOf({ ...SERVER, Dockerfile: 'mine' }), ['--json', '--dry-run', '-q']);
    const { files } = JSON.parse(stdout);
    expect(files.map((f: { wouldBe: string }) => f.wouldBe)).toEqual(['replaced', 'created']);
  });
  test('--json --check exits 3 with the document', async () => {
    const ran = await run(folderOf(SERVER), ['--json', '--check', '-q']);
    expect(ran.code).toBe(3);
    expect(JSON.parse(ran.stdout).files[0].wouldBe).toBe('created');
  });
  test('--json tells a refusal as a document too', async () => {
    const ran = await run(folderOf({}), ['--json']);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout).error.kind).toBe('empty');
  });
  test('--explain gives reasons and alternatives', async () => {
    const { stderr } = await run(folderOf(SERVER), ['--dry-run', '--explain']);
    expect(stderr).toContain('init process yes: no handler for SIGTERM was found');
    expect(stderr).toContain('instead: --init yes|no');
  });
  test('settings are obeyed and named as their origin', async () => {
    const { stdout } = await run(folderOf(SERVER), [
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
  test('--version is ours, not the project’s; --help names every flag', async () => {
    const folder = folderOf({ 'package.json': '{ "version": "9.9.9" }' });
    expect(await run(folder, ['--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
    expect((await run(folder, ['-v', '--target', 'slim'])).stdout).toBe(`${VERSION}\n`);
    const { stdout } = await run(folder, ['--help']);
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
  test('colours only where they are wanted', async () => {
    const folder = folderOf(SERVER);
    const sequence = '\u001b[';
    expect(spawned(folder, ['--dry-run']).stdout).not.toContain(sequence);
    expect(spawned(folder, ['--dry-run'], { FORCE_COLOR: '1' }).stdout).toContain(sequence);
    expect(spawned(folder, ['--dry-run', '--no-color'], { FORCE_COLOR: '1' }).stdout).not.toContain(sequence);
    expect(spawned(folder, ['--dry-run'], { FORCE_COLOR: '1', NO_COLOR: '1' }).stdout).not.toContain(
      sequence,
    );
  });
});

describe('an empty folder', () => {
  test('--starter writes a service, and its Dockerfile', async () => {
    const folder = folderOf({});
    const ran = await run(folder, ['my-Service', '--starter', '--language', 'node']);
    expect(ran.code).toBe(0);
    expect(readdirSync(join(folder, 'my-Service')).sort()).toEqual([
      '.dockerignore',
      'Dockerfile',
      'package.json',
      'server.js',
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'my-Service/package.json'), 'utf8')).name).toBe('my-service');
    expect((await run(folder, ['my-Service', '--check', '-q'])).code).toBe(0);
  });
  test('without --starter it is refused in one sentence', async () => {
    refused(await run(folderOf({}), []), 1, 'There is nothing in "." to write a Dockerfile for.');
    refused(await run(folderOf({}), ['nowhere']), 1, 'There is no folder "nowhere".');
  });
  test('--starter needs a language, and an empty folder', async () => {
    refused(await run(folderOf({}), ['--starter']), 1, '--language node');
    refused(await run(folderOf(SERVER), ['--starter']), 1, '"." is not empty');
  });
  test('--starter --dry-run writes nothing', async () => {
    const folder = folderOf({});
    const ran = await run(folder, ['new', '--starter', '-l', 'node', '--dry-run']);
    expect(ran.stdout).toContain('+++ b/server.js');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('an existing Dockerfile that differs', () => {
  const mine = { ...SERVER, Dockerfile: 'FROM node\n' };
  test('is refused without a terminal, and nothing else is written either', async () => {
    const folder = folderOf(mine);
    refused(
      await run(folder, []),
      1,
      'Dockerfile exists and differs from what would be written; nothing was changed.',
    );
    expect(readdirSync(folder).sort()).toEqual(['Dockerfile', 'package.json', 'server.js']);
  });
  test('is refused with --yes too, for that is no leave to lose work', async () => {
    refused(await run(folderOf(mine), ['--yes']), 1, 'replace with --force');
  });
  test('is replaced with --force, and kept beside it', async () => {
    const folder = folderOf(mine);
    const ran = await run(folder, ['--force']);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toMatch(/^replaced\s+Dockerfile {2}the former one is Dockerfile\.bak$/m);
    expect(readFileSync(join(folder, 'Dockerfile.bak'), 'utf8')).toBe('FROM node\n');
  });
  test('--check and --dry-run leave it alone', async () => {
    const folder = folderOf(mine);
    expect((await run(folder, ['--check'])).code).toBe(3);
    expect((await run(folder, ['--dry-run'])).code).toBe(0);
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
      'members of which none starts, and one is needed by the other',
      {
        'package.json': '{ "workspaces": ["packages/*"] }',
        'packages/lib/package.json': '{ "name": "lib" }',
        'packages/web/package.json': '{ "name": "web", "dependencies": { "lib": "*" } }',
      },
      1,
      'Say which: --app . or --app packages/web',
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
  ])('%s', async (_, files, code, words) => {
    const folder = folderOf(files);
    refused(await run(folder, []), code, words);
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
  });

  test('text of the project cannot steer the terminal', async () => {
    const scripts = { start: 'node server.js "\u001b]0;evil\u0007\u202e"' };
    const ran = await run(folderOf({ ...SERVER, 'package.json': JSON.stringify({ scripts }) }), [], {
      FORCE_COLOR: '0',
    });
    expect(ran.stderr).toContain('\\u001b]0;evil\\u0007\\u202e');
    for (const character of ['\u001b', '\u0007', '\u202e']) expect(ran.stderr).not.toContain(character);
  });
  test('lts/* is no bad input', async () => {
    expect((await run(folderOf({ ...SERVER, '.nvmrc': 'lts/*' }), [])).code).toBe(0);
  });
  test('a file instead of a folder', async () => {
    refused(await run(folderOf(SERVER), ['server.js']), 1, '"server.js" is not a folder.');
  });
  test('a folder that may not be written', async () => {
    const folder = folderOf(SERVER);
    chmodSync(folder, 0o555);
    const uid = process.getuid?.() === 0 ? NOBODY : undefined;
    refused(
      spawned(folder, [], {}, uid),
      1,
      '"Dockerfile" cannot be written: you may not write there; nothing was changed.',
    );
    chmodSync(folder, 0o755);
  });
  test('a Dockerfile that is a link out of the project', async () => {
    const folder = folderOf(SERVER);
    const outside = join(folderOf({ D: 'precious\n' }), 'D');
    symlinkSync(outside, join(folder, 'Dockerfile'));
    refused(await run(folder, ['--force']), 1, 'leads out of the project');
    expect(readFileSync(outside, 'utf8')).toBe('precious\n');
  });
  test('100,000 files are read in a moment', async () => {
    // where files cost nothing, if there is such a place
    const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
    const folder = mkdtempSync(join(memory, 'create-dockerfile-'));
    try {
      for (const [path, text] of Object.entries(SERVER)) writeFileSync(join(folder, path), text);
      for (let i = 0; i < 100; i++) {
        mkdirSync(join(folder, `data/${i}`), { recursive: true });
        for (let j = 0; j < 1000; j++) writeFileSync(join(folder, `data/${i}/${j}`), '');
      }
      const begin = Date.now();
      expect((await run(folder, [])).code).toBe(0);
      expect(Date.now() - begin).toBeLessThan(10_000);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
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
  ])('%s', async (args, words) => {
    refused(await run(folderOf(SERVER), args), 2, words);
  });
});

describe('npm create without --', () => {
  const npm = { npm_command: 'init' };
  test('--dry-run is recovered, obeyed and told', async () => {
    const folder = folderOf(SERVER);
    const ran = await run(folder, [], { ...npm, npm_config_dry_run: 'true' });
    expect(ran.stdout).toContain('+++ b/Dockerfile');
    expect(ran.stderr).toContain(
      'npm kept --dry-run for itself. Next time put -- first: npm create dockerfile -- --dry-run',
    );
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
  });
  test('--target=alpine is recovered', async () => {
    const ran = await run(folderOf(SERVER), [], {
      ...npm,
      npm_config_target: 'alpine',
      npm_config_stdout: 'true',
    });
    expect(ran.stdout).toContain('FROM node:26-alpine AS runtime');
  });
  test('--target alpine is refused, for alpine would be the folder', async () => {
    const ran = await run(folderOf(SERVER), ['alpine'], { ...npm, npm_config_target: 'true' });
    refused(ran, 1, 'Put -- before the flags: npm create dockerfile -- --target alpine');
  });
  test('-t alpine is refused alike', async () => {
    refused(
      await run(folderOf(SERVER), ['alpine'], { ...npm, npm_config_t: 'true' }),
      1,
      'npm kept -t for itself',
    );
  });
  test('--force is told, but never obeyed: a line of .npmrc looks the same', async () => {
    const folder = folderOf({ ...SERVER, Dockerfile: 'mine' });
    refused(await run(folder, [], { ...npm, npm_config_force: 'true' }), 1, 'npm kept --force for itself');
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe('mine');
  });
  test('behind -- nothing has to be recovered', async () => {
    const ran = await run(folderOf(SERVER), ['--stdout'], { ...npm, npm_config_yes: '' });
    expect(ran.stderr).not.toContain('npm kept');
    expect(ran.code).toBe(0);
  });
  test('npx sets no such command', async () => {
    const ran = await run(folderOf(SERVER), ['--stdout'], {
      npm_command: 'exec',
      npm_config_dry_run: 'true',
    });
    expect(ran.stdout).toMatch(/^# syntax/);
  });
});
