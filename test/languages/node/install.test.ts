import { describe, expect, test } from 'vitest';
import type { NodeApp } from '../../../src/languages/node/plan/plan.ts';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';

const SERVER = "require('http').createServer((q, r) => r.end()).listen(process.env.PORT || 3000);";

function files(manifest: { scripts?: object; [field: string]: unknown }, more: Files = {}): Files {
  const { scripts, ...rest } = manifest;
  const raw = {
    dependencies: { express: '^5.0.0' },
    ...rest,
    scripts: { start: 'node server.js', ...scripts },
  };
  return { 'package.json': JSON.stringify(raw), 'server.js': SERVER, ...more };
}

/** The step that installs for production, and the one of the build. */
async function installed(project: Files) {
  const { app, secrets } = await planned(await projectOf(project), 'slim');
  const { deps, build } = app as NodeApp;
  const mounts = deps?.install.mounts.flatMap((mount) => /target=([^,]+)/.exec(mount)?.[1] ?? mount) ?? [];
  return {
    commands: deps?.install.commands ?? [],
    mounts,
    packages: deps?.packages.apt ?? [],
    build,
    secrets,
  };
}

const QUIET = '--no-audit --no-fund';
const ALONE = `npm ci --omit=dev ${QUIET}`;
const LOCK = { 'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: {} }) };
const PATCHES = { 'patches/express+5.0.0.patch': 'diff' };
const TSC = { 'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}', 'src/index.ts': SERVER };

describe('scripts of an installation are left out one by one', () => {
  test.each<
    readonly [title: string, manifest: Parameters<typeof files>[0], more: Files, commands: readonly string[]]
  >([
    [
      'hooks of git, beside patches',
      {
        scripts: { postinstall: 'patch-package', prepare: 'husky' },
        dependencies: { 'patch-package': '^8.0.0' },
      },
      PATCHES,
      [`${ALONE} --ignore-scripts`, 'NODE_ENV=production npm run postinstall'],
    ],
    [
      'hooks of git that a line of code starts',
      {
        scripts: {
          postinstall: 'patch-package',
          prepare: `node -e "require('child_process').execSync('husky')"`,
        },
        dependencies: { 'patch-package': '^8.0.0' },
        devDependencies: { husky: '^9.0.0' },
      },
      PATCHES,
      [`${ALONE} --ignore-scripts`, 'NODE_ENV=production npm run postinstall'],
    ],
    [
      'hooks of git in the same script',
      {
        scripts: { prepare: 'lefthook install && patch-package' },
        dependencies: { 'patch-package': '^8.0.0' },
      },
      PATCHES,
      [`${ALONE} --ignore-scripts`, 'NODE_ENV=production npx patch-package'],
    ],
    [
      'a build that the build stage runs, beside a script of the project',
      { scripts: { postinstall: 'node scripts/keys.js', prepare: 'npm run build', build: 'tsc' } },
      { ...TSC, 'scripts/keys.js': '' },
      [`${ALONE} --ignore-scripts`, 'NODE_ENV=production npm run postinstall'],
    ],
    [
      'all of them',
      { scripts: { prepare: 'husky || true', preinstall: 'npx only-allow npm' } },
      {},
      [`${ALONE} --ignore-scripts`],
    ],
    [
      'none of them',
      { scripts: { postinstall: 'node scripts/keys.js' } },
      { 'scripts/keys.js': '' },
      [ALONE],
    ],
  ])('%s', async (_, manifest, more, commands) => {
    const found = await installed(files(manifest, { ...LOCK, ...more }));
    expect(found.commands.filter((command) => command !== 'npm rebuild')).toEqual(commands);
  });

  test('what reads sources runs where they are', async () => {
    const scripts = { postinstall: 'graphql-codegen', build: 'tsc', start: 'node dist/index.js' };
    const { commands, build } = await installed(
      files({ scripts, devDependencies: { typescript: '^5' } }, { ...LOCK, ...TSC }),
    );
    expect(commands).toEqual([`${ALONE} --ignore-scripts`]);
    expect(build?.run.commands).toEqual(['npx graphql-codegen', 'npm run build']);
  });
});

describe('files that an installation reads are there', () => {
  const pnpm = { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" };
  test.each<readonly [title: string, project: Files, path: string]>([
    [
      'patches of another folder',
      files(
        {
          scripts: { postinstall: 'patch-package --patch-dir=etc/fixes' },
          dependencies: { 'patch-package': '^8.0.0' },
        },
        { ...LOCK, 'etc/fixes/ms+2.1.3.patch': '' },
      ),
      'etc/fixes',
    ],
    [
      'patches of pnpm, wherever they are',
      files(
        { pnpm: { patchedDependencies: { 'ms@2.1.3': 'tools/ms.patch' } } },
        { ...pnpm, 'tools/ms.patch': '' },
      ),
      'tools',
    ],
    [
      'patches in pnpm’s own settings',
      files(
        {},
        {
          ...pnpm,
          'pnpm-workspace.yaml': 'patchedDependencies:\n  ms@2.1.3: fixes/ms.patch\n',
          'fixes/ms.patch': '',
        },
      ),
      'fixes',
    ],
    [
      'what a hook of pnpm requires',
      files(
        {},
        { ...pnpm, '.pnpmfile.cjs': "module.exports = require('./build/hooks');", 'build/hooks.js': '' },
      ),
      'build/hooks.js',
    ],
    [
      'a hook of another name',
      files({}, { ...pnpm, '.npmrc': 'pnpmfile=etc/hooks.cjs\n', 'etc/hooks.cjs': '' }),
      'etc/hooks.cjs',
    ],
    [
      'patches of Bun',
      files(
        { patchedDependencies: { 'ms@2.1.3': 'fixes/ms.patch' } },
        { 'bun.lock': '{"lockfileVersion":1}', 'fixes/ms.patch': '' },
      ),
      'fixes',
    ],
    [
      'a mirror of Yarn 1',
      files(
        {},
        {
          'yarn.lock': '# yarn lockfile v1\n',
          '.yarnrc': 'yarn-offline-mirror "./mirror"\n',
          'mirror/ms.tgz': '',
        },
      ),
      'mirror',
    ],
  ])('%s', async (_, project, path) => {
    expect((await installed(project)).mounts).toContain(path);
  });
});

describe('packages of repositories of git', () => {
  const npm = (resolved: string) => ({
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: { 'node_modules/lib': { version: '1.0.0', resolved } },
    }),
  });
  const of = (range: string) => ({ dependencies: { lib: range } });
  test.each<readonly [title: string, project: Files, ssh: boolean | undefined]>([
    ['over SSH', files(of('git+ssh://git@git.acme.dev/lib.git#v1')), true],
    ['by the short form of SSH', files(of('git@git.acme.dev:acme/lib.git')), true],
    ['of GitHub, by its short form', files(of('acme/lib#main')), false],
    ['over HTTPS', files(of('git+https://git.acme.dev/lib.git')), false],
    [
      'npm writes SSH for GitHub, and asks over HTTPS',
      files(of('github:acme/lib'), npm('git+ssh://git@github.com/acme/lib.git#a1')),
      false,
    ],
    [
      'a host that npm does not know',
      files(of('^1.0.0'), npm('git+ssh://git@git.acme.dev/lib.git#a1')),
      true,
    ],
    [
      'pnpm fetches an archive',
      files(of('github:acme/lib'), {
        'pnpm-lock.yaml':
          "lockfileVersion: '9.0'\npackages:\n  lib@https://codeload.github.com/acme/lib/tar.gz/a1:\n    resolution: {tarball: x}\n",
      }),
      undefined,
    ],
    ['from the registry', files(of('^1.0.0')), undefined],
    ['a scoped name is none', files({ dependencies: { lib: 'npm:@acme/lib@^1.0.0' } }), undefined],
  ])('%s', async (_, project, ssh) => {
    const { packages, mounts, commands, secrets } = await installed(project);
    expect(packages.includes('git')).toBe(ssh !== undefined);
    expect(mounts.includes('type=ssh')).toBe(ssh === true);
    expect(secrets.some(({ from }) => from === 'ssh')).toBe(ssh === true);
    expect(commands.some((command) => command.includes('GIT_SSH_COMMAND'))).toBe(ssh === true);
  });
});

test('Yarn 2 calls its map otherwise', async () => {
  const project = files(
    { packageManager: 'yarn@2.4.3' },
    { 'yarn.lock': '__metadata:\n  version: 4\n', '.yarnrc.yml': '' },
  );
  const plan = await planned(await projectOf(project), 'slim');
  expect(plan.artifacts.map(({ source }) => source)).toContain('/app/.pnp.js');
  expect(plan.start.command).toEqual(['node', '-r', './.pnp.js', 'server.js']);
});
