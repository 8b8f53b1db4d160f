import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { originOf } from '../../src/standard/fetch.ts';
import type { Files } from '../planned.ts';
import { folderOf, run, SERVER } from '../run.ts';

const PATH = process.env.PATH;
afterEach(() => {
  process.env.PATH = PATH;
});

function git(folder: string, ...args: readonly string[]): string {
  const own = ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...own, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** A repository with a standard, of which the tag v1 is the first commit. */
function repository(files: Files): string {
  const folder = folderOf(files);
  git(folder, 'init', '--quiet');
  git(folder, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
  commit(folder);
  git(folder, 'tag', 'v1');
  return folder;
}

function commit(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'a');
}

/** A program of this name that does what a script says. */
function stub(name: string, script: string): void {
  const folder = folderOf({ [name]: `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, name), 0o755);
  process.env.PATH = `${folder}${delimiter}${PATH}`;
}

const cacheOf = () => ({ XDG_CACHE_HOME: folderOf({}) });
const lockOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'create-dockerfile-lock.json'), 'utf8'));

describe('a standard in a git repository', () => {
  const project = (url: string, ref = 'v1', more: Files = {}) =>
    folderOf({ ...SERVER, 'create-dockerfile.yaml': `extends: git+file://${url}#${ref}\n`, ...more });

  test('is fetched once, pinned by commit and checksum, and needs no git again', async () => {
    const url = repository({
      'create-dockerfile.yaml': 'port: 9000\n',
      'create-dockerfile/runtime-extra.hbs': '# {{user}}\n',
    });
    const folder = project(url);
    const env = cacheOf();
    const { code, stderr } = await run(folder, [], env);
    expect(stderr).toMatch(/^port +9000 +git\+file:\/\/\S+#v1\/create-dockerfile\.yaml:1 → port$/m);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toMatch(/^# 1000:1000$/m);
    const pin = lockOf(folder).standards[`git+file://${url}#v1`];
    expect(pin).toEqual({
      revision: git(url, 'rev-parse', 'HEAD'),
      checksum: expect.stringMatching(/^sha256:/),
    });
    stub('git', 'exit 1');
    rmSync(url, { recursive: true });
    expect((await run(folder, ['--check'], env)).code).toBe(0);
  });

  test('moves with --update alone, and what changed under the lock is refused', async () => {
    const url = repository({ 'create-dockerfile.yaml': 'port: 9000\n' });
    const folder = project(url, 'main');
    const env = cacheOf();
    await run(folder, [], env);
    const before = lockOf(folder);
    writeFileSync(join(url, 'create-dockerfile.yaml'), 'port: 9001\n');
    commit(url);
    expect((await run(folder, ['--dry-run'], env)).stderr).toMatch(/^port +9000/m);
    // another machine, with the same lock
    expect((await run(folder, ['--dry-run'], cacheOf())).stderr).toMatch(/^port +9000/m);
    expect((await run(folder, ['--update', '--force'], env)).stderr).toMatch(/^port +9001/m);
    expect(lockOf(folder)).not.toEqual(before);
    const [name = ''] = Object.keys(before.standards);
    before.standards[name].checksum = `sha256:${'0'.repeat(64)}`;
    writeFileSync(join(folder, 'create-dockerfile-lock.json'), JSON.stringify(before));
    const { code, stderr } = await run(folder, ['--dry-run'], cacheOf());
    expect(stderr).toMatch(/is not what the lock file pins: .*If that is meant, move it with --update\./);
    expect(code).toBe(1);
  });

  test('that somebody changed in the cache is fetched anew', async () => {
    const url = repository({ 'create-dockerfile.yaml': 'port: 9000\n' });
    const folder = project(url);
    const env = cacheOf();
    await run(folder, [], env);
    const kept = execFileSync('find', [env.XDG_CACHE_HOME, '-name', 'create-dockerfile.yaml'], {
      encoding: 'utf8',
    }).trim();
    writeFileSync(kept, 'port: 6666\n');
    expect((await run(folder, ['--dry-run'], env)).stderr).toMatch(/^port +9000/m);
  });

  test('writes nothing where a run writes nothing', async () => {
    const folder = project(repository({ 'create-dockerfile.yaml': 'port: 9000\n' }));
    await run(folder, ['--check'], cacheOf());
    expect(existsSync(join(folder, 'create-dockerfile-lock.json'))).toBe(false);
  });

  test('that does not answer is given up, and said', async () => {
    const folder = folderOf({ ...SERVER, 'create-dockerfile.yaml': 'extends: github:acme/standards#v3\n' });
    stub('git', 'sleep 30');
    const begin = Date.now();
    const { code, stderr } = await run(folder, [], { ...cacheOf(), CREATE_DOCKERFILE_FETCH_TIMEOUT: '1' });
    expect(stderr).toMatch(/"github:acme\/standards#v3" did not arrive within 1 seconds\./);
    expect(code).toBe(1);
    expect(Date.now() - begin).toBeLessThan(10_000);
  });

  test('that is refused says why, and a hook of it never runs', async () => {
    const { stderr } = await run(project('/nowhere/at/all'), [], cacheOf());
    expect(stderr).toMatch(
      /#v1" cannot be fetched: .*(does not appear to be a git repository|not exist|Could not read)/,
    );
  });

  test('gives no link, and nothing of a tree that leads out of it', async () => {
    const url = repository({ 'create-dockerfile.yaml': 'certificates: [a.pem]\n' });
    execFileSync('ln', ['-s', '/etc/hostname', 'a.pem'], { cwd: url });
    commit(url);
    expect((await run(project(url, 'main'), [], cacheOf())).stderr).toMatch(
      /There is no certificate "a\.pem"/,
    );
    const out = repository({ 'create-dockerfile.yaml': 'extends: ../../..\n' });
    expect((await run(project(out), [], cacheOf())).stderr).toMatch(
      /"\.\.\/\.\.\/\.\." leads out of what was fetched\./,
    );
  });
});

describe('a standard in a package', () => {
  test('is packed by npm without its scripts, and pinned by its version', async () => {
    const source = folderOf({
      'package.json':
        '{ "name": "@acme/standard", "version": "3.1.0", "scripts": { "prepack": "touch /tmp/never" } }',
      'create-dockerfile.yaml': 'port: 9000\n',
    });
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--ignore-scripts'], { cwd: source, encoding: 'utf8' }),
    );
    const file = packed.filename.replace('@', '').replace('/', '-');
    const tarball = join(folderOf({}), 'a.tgz');
    copyFileSync(join(source, file), tarball);
    const log = join(folderOf({}), 'log');
    stub(
      'npm',
      `echo "$@" >> ${log}; for last; do :; done; cp ${tarball} "$last/${file}"; echo '[{"version":"3.1.0","filename":"${packed.filename}"}]'`,
    );
    const folder = folderOf({ ...SERVER, 'create-dockerfile.yaml': 'extends: "@acme/standard@^3"\n' });
    const { stderr, code } = await run(folder, [], cacheOf());
    expect(stderr).toMatch(/^port +9000 +@acme\/standard@\^3\/create-dockerfile\.yaml:1/m);
    expect(code).toBe(0);
    expect(lockOf(folder).standards['@acme/standard@^3'].revision).toBe('3.1.0');
    await run(folder, ['--dry-run'], cacheOf());
    expect(readFileSync(log, 'utf8')).toMatch(
      /^pack @acme\/standard@\^3 --json --ignore-scripts .*\npack @acme\/standard@3\.1\.0 /,
    );
  });

  test('that is installed is taken from there', async () => {
    const folder = folderOf({
      ...SERVER,
      'create-dockerfile.yaml': 'extends: "@acme/standard"\n',
      'node_modules/@acme/standard/create-dockerfile.yaml': 'port: 9000\n',
    });
    stub('npm', 'exit 1');
    expect((await run(folder, ['--dry-run'])).stderr).toMatch(
      /^port +9000 +@acme\/standard\/create-dockerfile\.yaml:1/m,
    );
  });
});

describe('what names a standard', () => {
  test.each([
    [
      'github:acme/docker-standards#v3',
      { by: 'git', url: 'https://github.com/acme/docker-standards.git', ref: 'v3' },
    ],
    [
      'gitlab:acme/group/standards',
      { by: 'git', url: 'https://gitlab.com/acme/group/standards.git', ref: 'HEAD' },
    ],
    [
      'git+ssh://git@acme.example/a/b.git#main',
      { by: 'git', url: 'ssh://git@acme.example/a/b.git', ref: 'main' },
    ],
    ['@acme/standard@^3.1', { by: 'npm', name: '@acme/standard@^3.1' }],
    ['git+ext::sh -c id', undefined],
    ['git+ssh://-oProxyCommand=id/x', { by: 'git', url: 'ssh://-oProxyCommand=id/x', ref: 'HEAD' }],
    ['github:acme/a#--upload-pack=id', undefined],
    ['--registry=x', undefined],
    ['https://acme.example/a.tgz', undefined],
  ])('%s', (name, origin) => {
    if (name.includes('Proxy')) return expect(originOf(name)).toBeUndefined();
    expect(originOf(name)).toEqual(origin);
  });

  test('never begins an argument with a dash, and is never another protocol', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab-.:/@#+~ghitusn; $`') }), (rest) => {
        for (const name of [rest, `github:${rest}`, `git+ssh://${rest}`, `git+https://${rest}`]) {
          const origin = originOf(name);
          if (origin?.by === 'npm') expect(origin.name).toMatch(/^[@a-z0-9]/);
          if (origin?.by === 'git') {
            expect(origin.url).toMatch(/^(https|ssh|file):\/\/(?!-)/);
            expect(origin.ref).not.toMatch(/^-|\.\.|\s/);
          }
        }
      }),
    );
  });
});
