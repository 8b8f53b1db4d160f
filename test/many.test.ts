import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../src/languages/index.ts';
import { folderOf, run, SERVER, VERSION } from './run.ts';

// what a language loads when it is needed is loaded before a test's clock runs
await Promise.all(LANGUAGES.map((language) => language.rules()));

const below = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
const GO = {
  'go.mod': 'module example.com/pay\n\ngo 1.26\n',
  'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
};
const member = (name: string, start: boolean) =>
  below(`shop/apps/${name}`, {
    'package.json': JSON.stringify({ name, ...(start ? { scripts: { start: 'node server.js' } } : {}) }),
    'server.js': SERVER['server.js'] ?? '',
  });
/** A workspace with two services and a library, services beside it, what git ignores, and what is nobody's. */
const FLEET = {
  ...below('pay', GO),
  ...below('web', SERVER),
  'shop/package.json': '{ "workspaces": ["apps/*"] }',
  'shop/package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
  ...member('api', true),
  ...member('jobs', true),
  ...member('lib', false),
  ...below('shop/apps/api/test/fixtures/old', SERVER),
  ...below('web/examples/old', SERVER),
  ...below('out/copy', SERVER),
  ...below('web/build/x', SERVER),
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.gitignore': '/out\n',
  'web/.gitignore': 'build\n',
};
const SERVICES = ['pay', 'shop/apps/api', 'shop/apps/jobs', 'web'];
const ROW = /^(\S+) +(Node\.js|Go|Python) +(\S*) +(\d*) +(.*)$/gm;
const rows = (text: string) => [...text.matchAll(ROW)].map(([, path, , , , done]) => [path, done]);
const LONG = { timeout: 60_000 };

describe('--all', () => {
  test('every service once, in one table; what git ignores and what tests read is none', LONG, async () => {
    const folder = folderOf(FLEET);
    const ran = await run(folder, ['--all']);
    expect(ran.stderr.split('\n')[0]).toMatch(/^service +language +target +port +done$/);
    expect(rows(ran.stderr)).toEqual(SERVICES.map((path) => [path, 'created']));
    expect(ran.stderr).toMatch(/^pay +Go +slim +8080 +created$/m);
    expect(ran.code).toBe(0);
    for (const path of SERVICES) expect(existsSync(join(folder, path, 'Dockerfile'))).toBe(true);
    expect(existsSync(join(folder, 'out/copy/Dockerfile'))).toBe(false);
    // the same as one by one
    expect((await run(folder, ['--check', '-q', 'shop/apps/api'])).code).toBe(0);
    expect((await run(folder, ['--all', '--check', '-q'])).code).toBe(0);
    expect(rows((await run(folder, ['--all'])).stderr)).toEqual(SERVICES.map((path) => [path, 'unchanged']));
  });
  test('one that is refused is told with its reason, and the others are written', LONG, async () => {
    const folder = folderOf({
      ...below('web', SERVER),
      'odd/package.json': '{}',
      'mine/Dockerfile': 'FROM x\n',
      ...below('mine', SERVER),
    });
    const ran = await run(folder, ['--all']);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^odd +Node\.js +refused: .*--start/m);
    expect(ran.stderr).toMatch(/^mine +Node\.js +refused: Dockerfile exists and differs/m);
    expect(readFileSync(join(folder, 'mine/Dockerfile'), 'utf8')).toBe('FROM x\n');
    expect(existsSync(join(folder, 'web/Dockerfile'))).toBe(true);
    expect((await run(folder, ['--all', '--keep-going'])).code).toBe(0);
  });
  test('differences are one patch of the folder; the document has each service', LONG, async () => {
    const folder = folderOf(FLEET);
    const { stdout } = await run(folder, ['--all', '--dry-run', '-q']);
    writeFileSync(join(folder, 'it.patch'), stdout);
    execFileSync('git', ['apply', 'it.patch'], { cwd: folder });
    expect((await run(folder, ['--all', '--check', '-q'])).code).toBe(0);
    const { services } = JSON.parse((await run(folder, ['--all', '--json', '-q'])).stdout);
    expect(services.map((one: { service: string }) => one.service)).toEqual(SERVICES);
    expect(services[1].files.map((file: { path: string }) => file.path)).toEqual([
      'shop/apps/api/Dockerfile',
      'shop/apps/api/Dockerfile.dockerignore',
    ]);
  });
  test('--bake makes one file with a group for each folder', LONG, async () => {
    const folder = folderOf(FLEET);
    await run(folder, ['--all', '--bake']);
    const text = readFileSync(join(folder, 'docker-bake.hcl'), 'utf8');
    expect(text).toContain(`# Made by create-dockerfile ${VERSION} --all --bake, checksum `);
    expect(text).toContain('group "shop-apps" {\n  targets = ["shop-apps-api", "shop-apps-jobs"]\n}');
    expect(text).toContain('  context    = "shop"\n  dockerfile = "apps/api/Dockerfile"\n');
    expect(text).toContain('  context    = "pay"\n  dockerfile = "Dockerfile"\n');
    // the next run knows it
    writeFileSync(join(folder, 'web/.nvmrc'), '24\n');
    expect((await run(folder, ['--all'])).stderr).toMatch(/^docker-bake\.hcl +unchanged$/m);
    if (!hasBake()) return;
    const plan = JSON.parse(
      execFileSync('docker', ['buildx', 'bake', '--print', 'shop-apps', 'release'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      }),
    );
    expect(Object.keys(plan.target)).toContain('shop-apps-api-release');
    expect(plan.target['shop-apps-api-release'].platforms).toEqual(['linux/amd64', 'linux/arm64']);
  });
  test('parts of a build are no services of their own', LONG, async () => {
    const folder = folderOf({
      'lib/CMakeLists.txt':
        'project(x C)\nadd_subdirectory(sub)\nadd_executable(x main.c)\ninstall(TARGETS x)\n',
      'lib/main.c': 'int main(void) { return 0; }\n',
      'lib/sub/CMakeLists.txt': 'add_library(y y.c)\n',
      'lib/sub/y.c': 'int y;\n',
    });
    const { stderr } = await run(folder, ['--all', '--dry-run']);
    expect([...stderr.matchAll(/^lib\S*/gm)].map(([path]) => path)).toEqual(['lib']);
  });
  test.each([
    [['--all', '--stdout'], '--all and --stdout exclude each other.'],
    [['--all', '--app', 'x'], '--all and --app exclude each other.'],
    [['--all', '--starter'], '--all and --starter exclude each other.'],
  ])('%s', async (args, words) => {
    const ran = await run(folderOf(SERVER), args);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(words)]);
  });
  test('a folder without any service is refused', async () => {
    const ran = await run(folderOf({ 'a/notes.txt': '' }), ['--all']);
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('"." holds no service')]);
  });
});

describe('update', () => {
  test('re-runs wherever a file of ours stands, and shows one difference', LONG, async () => {
    const folder = folderOf(FLEET);
    await run(folder, ['pay', '--target', 'scratch']);
    await run(folder, ['shop', '--app', 'api']);
    await run(folder, ['web/examples/old']);
    writeFileSync(join(folder, 'pay/main.go'), GO['main.go'].replace('8080', '9090'));
    writeFileSync(join(folder, 'shop/.nvmrc'), '24\n');
    const dry = await run(folder, ['update', '--all', '--dry-run']);
    const ran = await run(folder, ['update', '--all']);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toBe(dry.stdout);
    expect(rows(ran.stderr)).toEqual([
      ['pay', 'updated'],
      ['shop/apps/api', 'updated'],
      ['web/examples/old', 'unchanged'],
    ]);
    expect([...ran.stdout.matchAll(/^\+\+\+ b\/(\S+)/gm)].map(([, path]) => path)).toEqual([
      'pay/Dockerfile',
      'shop/apps/api/Dockerfile',
    ]);
    expect(existsSync(join(folder, 'web/Dockerfile'))).toBe(false);
    expect(readFileSync(join(folder, 'pay/Dockerfile'), 'utf8')).toContain('--target scratch');
    expect(await run(folder, ['update', '--all', '-q'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
  test('of one folder', LONG, async () => {
    const folder = folderOf(SERVER);
    const none = await run(folder, ['update']);
    expect([none.code, none.stderr]).toEqual([
      1,
      expect.stringContaining('no Dockerfile that create-dockerfile made'),
    ]);
    await run(folder, []);
    writeFileSync(join(folder, '.nvmrc'), '24\n');
    const ran = await run(folder, ['update']);
    expect(ran.stdout).toContain('+FROM node:24-');
    expect(rows(ran.stderr)).toEqual([['.', 'updated']]);
  });
});

function hasBake(): boolean {
  try {
    execFileSync('docker', ['buildx', 'version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
