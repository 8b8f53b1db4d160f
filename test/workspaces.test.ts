import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { productionPackages } from '../src/languages/node/evidence/lock/locked.ts';
import { workspaceRules } from '../src/languages/node/evidence/workspace/services.ts';
import { mergedManifest, neededMembers } from '../src/languages/node/evidence/workspace/workspaces.ts';
import { buildCommands } from '../src/languages/node/plan/member-builds.ts';
import { render } from '../src/output/render.ts';
import { projectOf } from '../src/project/project.ts';
import { type Files, planned, settled } from './planned.ts';
import { folderOf, run } from './run.ts';

const SERVER = "require('http').createServer((q, r) => r.end()).listen(3000);\n";
const json = (value: object) => `${JSON.stringify(value)}\n`;

/** A workspace of npm's kind: members by folder, each with what its package.json has beside its name. */
function workspace(members: Readonly<Record<string, object>>, root: object = {}, more: Files = {}): Files {
  return {
    'package.json': json({ name: 'root', workspaces: ['apps/*', 'packages/*'], ...root }),
    'package-lock.json': json({ lockfileVersion: 3, packages: {} }),
    ...Object.fromEntries(
      Object.entries(members).flatMap(([path, manifest]) => [
        [
          `${path}/package.json`,
          json({ name: path.replace(/^\w+\//, '@x/'), version: '1.2.0', ...manifest }),
        ],
        [`${path}/index.js`, 'scripts' in manifest ? SERVER : ''],
      ]),
    ),
    ...more,
  };
}

const start = { scripts: { start: 'node index.js' } };
const api = (dependencies: object, more: object = {}) => ({ ...start, dependencies, ...more });
const needs = async (files: Files, app = 'apps/api') => {
  const { all, production } = neededMembers(await projectOf(files, 'repo', app));
  const paths = (list: typeof all) => list.map((member) => member.path);
  return { all: paths(all).filter((path) => path !== '.'), production: paths(production) };
};

describe('members that a member needs', () => {
  const libraries = { 'packages/a': { dependencies: { '@x/b': '*' } }, 'packages/b': {}, 'packages/c': {} };
  test.each([
    ['a version that fits', '^1.0.0', ['packages/b', 'packages/a', 'apps/api']],
    ['workspace:', 'workspace:^', ['packages/b', 'packages/a', 'apps/api']],
    ['workspace: and a folder', 'workspace:../../packages/a', ['packages/b', 'packages/a', 'apps/api']],
    ['an alias', 'workspace:@x/c@*', ['packages/c', 'apps/api']],
    ['file:', 'file:../../packages/a', ['packages/b', 'packages/a', 'apps/api']],
    ['link:', 'link:../../packages/b', ['packages/b', 'apps/api']],
    ['a version that is another one', '^2.0.0', ['apps/api']],
    ['a tag of the registry', 'latest', ['apps/api']],
  ])('%s', async (_, range, production) => {
    const files = workspace({ 'apps/api': api({ '@x/a': range }), ...libraries });
    expect((await needs(files)).production).toEqual(production);
  });
  test('for development, what they need to be built too, and the root’s tools', async () => {
    const files = workspace(
      {
        'apps/api': api({ '@x/a': '*' }),
        'packages/a': { devDependencies: { '@x/config': '*' } },
        'packages/config': {},
        'packages/lint': {},
        'packages/other': {},
      },
      { devDependencies: { '@x/lint': '*' }, dependencies: { '@x/other': '*' } },
    );
    expect(await needs(files)).toEqual({
      all: ['packages/lint', 'packages/config', 'packages/a', 'apps/api'],
      production: ['packages/a', 'apps/api'],
    });
  });
  test('a circle ends', async () => {
    const files = workspace({
      'apps/api': api({ '@x/a': '*' }),
      'packages/a': { dependencies: { '@x/b': '*' } },
      'packages/b': { dependencies: { '@x/a': '*' } },
    });
    expect((await needs(files)).production).toEqual(['packages/b', 'packages/a', 'apps/api']);
  });
  test('pnpm links a plain version only where its lock file says so', async () => {
    const lock = (version: string) => ({
      'pnpm-workspace.yaml': 'packages: [apps/*, packages/*]\n',
      'pnpm-lock.yaml': `lockfileVersion: '9.0'\nimporters:\n  apps/api:\n    dependencies:\n      '@x/a':\n        specifier: ^1.0.0\n        version: ${version}\n`,
    });
    const members = { 'apps/api': api({ '@x/a': '^1.0.0' }), 'packages/a': {} };
    const linked = workspace(members, {}, lock('link:../../packages/a'));
    expect((await needs(linked)).production).toEqual(['packages/a', 'apps/api']);
    expect((await needs(workspace(members, {}, lock('1.4.0')))).production).toEqual(['apps/api']);
  });
  test('a workspace: version of nobody is refused by its file', async () => {
    const files = workspace({ 'apps/api': api({ '@x/gone': 'workspace:*' }) });
    await expect(needs(files)).rejects.toThrow(
      'apps/api/package.json depends on "@x/gone" (workspace:*), and no member of this workspace is called so.',
    );
  });
});

describe('packages that are installed for a member', () => {
  const names = async (files: Files, manager: 'npm' | 'pnpm' | 'bun', app = 'apps/api') => {
    const project = await projectOf(files, 'repo', app);
    const list = productionPackages(project, mergedManifest(project), { name: manager, version: undefined });
    return list?.map(({ name, version }) => `${name}@${version}`).sort();
  };
  test('npm: what Node finds from the member’s folder upwards', async () => {
    const packages = {
      '': { name: 'root' },
      'apps/api': { dependencies: { '@x/a': '*', ms: '2' } },
      'apps/web': { dependencies: { koa: '3' } },
      'packages/a': { dependencies: { ms: '1', picocolors: '1' } },
      'node_modules/@x/a': { link: true, resolved: 'packages/a' },
      'node_modules/ms': { version: '2.0.0', dependencies: { deep: '1' } },
      'node_modules/deep': { version: '1.0.0', dev: true },
      'node_modules/koa': { version: '3.0.0' },
      'node_modules/picocolors': { version: '1.0.0' },
      'packages/a/node_modules/ms': { version: '1.0.0' },
    };
    const members = {
      'apps/api': api({ '@x/a': '*', ms: '2' }),
      'packages/a': { dependencies: { ms: '1' } },
    };
    const files = workspace(members, {}, { 'package-lock.json': json({ lockfileVersion: 3, packages }) });
    expect(await names(files, 'npm')).toEqual(['deep@1.0.0', 'ms@1.0.0', 'ms@2.0.0', 'picocolors@1.0.0']);
  });
  test('pnpm: the importers of what it needs', async () => {
    const entry = (name: string, version: string) =>
      `    dependencies:\n      '${name}':\n        specifier: '*'\n        version: ${version}\n`;
    const lock = `lockfileVersion: '9.0'\nimporters:\n  apps/api:\n${entry('@x/a', 'link:../../packages/a')}  packages/a:\n${entry('ms', '2.0.0')}  apps/web:\n${entry('koa', '3.0.0')}packages:\n  ms@2.0.0: {}\n  koa@3.0.0: {}\nsnapshots:\n  ms@2.0.0: {}\n  koa@3.0.0: {}\n`;
    const members = {
      'apps/api': api({ '@x/a': 'workspace:*' }),
      'packages/a': { dependencies: { ms: '*' } },
    };
    const more = { 'pnpm-workspace.yaml': 'packages: [apps/*, packages/*]\n', 'pnpm-lock.yaml': lock };
    expect(await names(workspace(members, {}, more), 'pnpm')).toEqual(['ms@2.0.0']);
  });
});

describe('which member is the service', () => {
  const services = async (files: Files) => workspaceRules.services(await projectOf(files));
  test.each<readonly [string, Files, readonly [string, string][]]>([
    [
      'the one with a start script',
      workspace({ 'apps/api': start, 'packages/a': {} }),
      [['apps/api', 'apps/api/package.json → scripts.start']],
    ],
    [
      'several',
      workspace({ 'apps/api': start, 'apps/web': start }),
      [
        ['apps/api', 'apps/api/package.json → scripts.start'],
        ['apps/web', 'apps/web/package.json → scripts.start'],
      ],
    ],
    [
      'the root, where its own start script starts a file',
      workspace({ 'packages/a': {} }, start, { 'index.js': SERVER }),
      [['.', 'package.json → scripts.start']],
    ],
    ...[
      'npm start -w @x/web',
      'npm start --workspace=apps/web',
      'pnpm --filter @x/web start',
      'yarn workspace @x/web start',
      'turbo run start --filter=@x/web',
      'node apps/web/index.js',
    ].map((script): readonly [string, Files, readonly [string, string][]] => [
      script,
      workspace({ 'apps/api': start, 'apps/web': start }, { scripts: { start: script } }),
      [['apps/web', 'package.json → scripts.start']],
    ]),
    [
      'a root that runs everybody is none',
      workspace({ 'apps/api': start }, { scripts: { start: 'turbo run start' } }),
      [['apps/api', 'apps/api/package.json → scripts.start']],
    ],
    [
      'a member that only has a development server is none, beside one that starts',
      workspace({ 'apps/api': start, 'packages/ui': { scripts: { start: 'storybook dev' } } }),
      [['apps/api', 'apps/api/package.json → scripts.start']],
    ],
  ])('%s', async (_, files, expected) => {
    expect((await services(files)).map(({ value, from }) => [value, from])).toEqual(expected);
  });
});

describe('builds in the order in which members need each other', () => {
  const members = {
    'apps/api': api({ '@x/a': '*' }, { scripts: { build: 'tsc', start: 'node index.js' } }),
    'packages/a': { scripts: { build: 'tsc' }, dependencies: { '@x/b': '*' } },
    'packages/b': { scripts: { compile: 'tsc' } },
    'packages/c': { scripts: { build: 'tsc' } },
  };
  const made = Object.fromEntries(
    Object.keys(members).map((path) => [
      `${path}/tsconfig.json`,
      json({ compilerOptions: { outDir: 'dist' } }),
    ]),
  );
  const commands = async (name: 'npm' | 'pnpm' | 'yarn' | 'bun', root: object = {}, more: Files = {}) =>
    buildCommands(
      await projectOf(workspace(members, root, { ...made, ...more }), 'repo', 'apps/api'),
      { name, version: undefined },
      'build',
      `${name} run`,
    );
  test.each([
    [
      'npm',
      [
        'npm run compile --workspace=packages/b',
        'npm run build --workspace=packages/a',
        'npm run build --workspace=apps/api',
      ],
    ],
    [
      'pnpm',
      [
        'pnpm --dir packages/b run compile',
        'pnpm --dir packages/a run build',
        'pnpm --dir apps/api run build',
      ],
    ],
    [
      'yarn',
      ['yarn workspace @x/b run compile', 'yarn workspace @x/a run build', 'yarn workspace @x/api run build'],
    ],
    [
      'bun',
      ['bun run --cwd packages/b compile', 'bun run --cwd packages/a build', 'bun run --cwd apps/api build'],
    ],
  ] as const)('%s', async (name, expected) => {
    expect(await commands(name)).toEqual(expected);
  });
  test.each([
    [
      'turbo',
      { scripts: { build: 'turbo run build' }, devDependencies: { turbo: '2' } },
      {},
      ['TURBO_TELEMETRY_DISABLED=1 npx turbo run build --filter=@x/api...'],
    ],
    [
      'nx',
      { scripts: { build: 'nx run-many -t build' }, devDependencies: { nx: '22' } },
      { 'nx.json': json({ targetDefaults: { build: { dependsOn: ['^build'] } } }) },
      ['NX_DAEMON=false NX_NO_CLOUD=true npx nx run-many --target=build --projects=@x/api'],
    ],
    [
      'lerna',
      { scripts: { build: 'lerna run build' }, devDependencies: { lerna: '8' } },
      {},
      ['NX_DAEMON=false NX_NO_CLOUD=true npx lerna run build --scope=@x/api --include-dependencies'],
    ],
  ] as const)('%s, where the root’s script runs it', async (_, root, more, expected) => {
    expect(await commands('npm', root, more)).toEqual(expected);
  });
  test('nx without ^build would leave the others out, so it is not asked', async () => {
    const root = { scripts: { build: 'nx run-many -t build' }, devDependencies: { nx: '22' } };
    expect((await commands('npm', root, { 'nx.json': '{}' })).length).toBe(3);
  });
});

describe('versions and settings of the root and of the member', () => {
  const version = async (root: object, member: object, more: Files = {}) => {
    const files = workspace({ 'apps/api': { ...start, ...member } }, root, more);
    const { runtimeVersion } = await settled(await projectOf(files, 'repo', 'apps/api'));
    return [runtimeVersion?.value, runtimeVersion?.from];
  };
  test('the root says it', async () => {
    expect(await version({}, {}, { '.nvmrc': '22\n' })).toEqual(['22', '../../.nvmrc']);
    expect(await version({ engines: { node: '^22' } }, {})).toEqual([
      '22',
      '../../package.json → engines.node',
    ]);
  });
  test('the member says otherwise', async () => {
    const more = { '.nvmrc': '22\n', 'apps/api/.nvmrc': '24\n' };
    expect(await version({}, {}, more)).toEqual(['24', '.nvmrc']);
  });
  test('the root’s lock file and packageManager decide who installs', async () => {
    const files = workspace(
      { 'apps/api': start },
      { packageManager: 'pnpm@10.0.0' },
      {
        'package-lock.json': '',
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
      },
    );
    delete (files as Record<string, string>)['package-lock.json'];
    const { packageManager } = await settled(await projectOf(files, 'repo', 'apps/api'));
    expect(packageManager).toEqual({
      value: { name: 'pnpm', version: '10.0.0' },
      from: '../../package.json → packageManager',
    });
  });
});

describe('what the image is made of', () => {
  const plan = async (members: Readonly<Record<string, object>>, root: object = {}, more: Files = {}) =>
    planned(await projectOf(workspace(members, root, more), 'repo', 'apps/api'), 'slim');
  test('what only the root depends on stays out, unless a source loads it', async () => {
    const members = { 'apps/api': api({ ms: '2' }) };
    const root = { dependencies: { koa: '3' } };
    const install = async (more: Files) =>
      ((await plan(members, root, more)).app as { deps: { install: { commands: string[] } } }).deps.install
        .commands;
    expect(await install({})).toEqual(['npm ci --omit=dev --no-audit --no-fund --workspace=apps/api']);
    const loads = { 'apps/api/index.js': `require('koa');\n${SERVER}` };
    expect(await install(loads)).toEqual(['npm ci --omit=dev --no-audit --no-fund']);
  });
  test('Bun before 1.4 is given the manifests of all members, and told which one is meant', async () => {
    const members = { 'apps/api': api({ ms: '2' }), 'apps/web': {} };
    const files = workspace(members, { packageManager: 'bun@1.2.23' }, { 'bun.lock': '{}' });
    const { app } = await planned(await projectOf(files, 'repo', 'apps/api'), 'slim', {
      packageManager: 'bun@1.2.23',
    });
    const { mounts, commands } = (app as { deps: { install: { mounts: string[]; commands: string[] } } }).deps
      .install;
    expect(mounts).toContain('type=bind,source=apps/web/package.json,target=apps/web/package.json');
    expect(commands).toEqual(['bun install --frozen-lockfile --production --filter=@x/api']);
  });
  test('TypeScript of another member that nothing bundles is said', async () => {
    const members = { 'apps/api': api({ '@x/a': '*' }), 'packages/a': { exports: './src/index.ts' } };
    const more = { 'packages/a/src/index.ts': 'export {};', '.dockerignore': 'x' };
    const { notes } = await plan(members, {}, more);
    expect(notes.map(({ level, text }) => [level, text.split(',')[0]])).toEqual([
      ['warning', '@x/a is TypeScript as it stands (packages/a/src/index.ts)'],
      ['info', 'The build reads apps/api/Dockerfile.dockerignore'],
    ]);
  });
  test('Next takes it in by itself, since 15', async () => {
    const web = (next: string) => ({
      dependencies: { '@x/a': '*', next, react: '19', 'react-dom': '19' },
      scripts: { build: 'next build', start: 'next start' },
    });
    const more = { 'packages/a/src/index.ts': 'export {};' };
    const texts = async (next: string) => {
      const files = workspace(
        { 'apps/web': web(next), 'packages/a': { exports: './src/index.ts' } },
        {},
        more,
      );
      const { notes } = await planned(await projectOf(files, 'repo', 'apps/web'), 'slim');
      return notes.filter(({ text }) => text.includes('TypeScript as it stands')).length;
    };
    expect(await texts('^14.2.0')).toBe(1);
    expect(await texts('^16.0.0')).toBe(0);
  });
  test('members are linked where nothing else is installed', async () => {
    const { app } = await plan({ 'apps/api': api({ '@x/a': '*' }), 'packages/a': {} });
    expect((app as { deps?: object }).deps).toBeDefined();
  });
  test('an entry that nothing makes is refused by its file', async () => {
    const members = { 'apps/api': api({ '@x/a': '*' }), 'packages/a': { main: 'dist/index.js' } };
    await expect(plan(members)).rejects.toThrow(
      'packages/a/package.json names dist/index.js, which does not exist, and no build script makes it.',
    );
  });
  test('a port that another member listens on is found there', async () => {
    const members = { 'apps/api': api({ '@x/a': '*' }), 'packages/a': {} };
    const files = workspace(
      members,
      {},
      {
        'apps/api/index.js': "require('@x/a');\n",
        'packages/a/index.js': "\nrequire('http').createServer().listen(4321);\n",
      },
    );
    const { port } = await settled(await projectOf(files, 'repo', 'apps/api'));
    expect(port).toEqual({ value: 4321, from: '../../packages/a/index.js:2' });
  });
  test('its .dockerignore keeps other members out by their pattern, lets what it needs in, then keeps secrets out', async () => {
    const members = { 'apps/api': api({ '@x/a': '*' }), 'apps/web': {}, 'packages/a': {}, 'packages/b': {} };
    const { ignore } = await plan(members, {}, { 'packages/tsconfig.json': '{}' });
    expect(ignore[0]?.patterns).toEqual([
      'apps/*',
      'packages/*',
      '!packages/a',
      '!apps/api',
      '!packages/tsconfig.json',
    ]);
    expect(ignore[1]?.secrets).toBe(true);
  });
});

describe('the command', () => {
  const repo = () => folderOf(workspace({ 'apps/api': start, 'apps/web': start }, {}, { '.git/HEAD': '' }));
  test('in a member it writes there, and names the root as the build context', async () => {
    const folder = repo();
    const ran = await run(join(folder, 'apps/api'), []);
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain('docker build --tag api --file Dockerfile ../..\n');
    expect(ran.stderr).toMatch(
      /^created\s+apps\/api\/Dockerfile\n^created\s+apps\/api\/Dockerfile\.dockerignore$/m,
    );
    expect(readFileSync(join(folder, 'apps/api/Dockerfile'), 'utf8')).toContain('WORKDIR /app/apps/api\n');
    expect((await run(join(folder, 'apps/api'), ['--check', '-q'])).code).toBe(0);
  });
  test.each([
    ['the member’s folder', ['apps/api']],
    ['--app and the folder', ['.', '--app', 'apps/api']],
    ['--app and the name', ['--app', '@x/api']],
  ])('%s, from the root', async (_, args) => {
    const folder = repo();
    const ran = await run(folder, args);
    expect(ran.stderr).toContain('docker build --tag api --file apps/api/Dockerfile .\n');
    expect((await run(folder, [...args, '--stdout'])).stdout).toBe(
      readFileSync(join(folder, 'apps/api/Dockerfile'), 'utf8'),
    );
    const { context, files } = JSON.parse((await run(folder, [...args, '--json', '--dry-run', '-q'])).stdout);
    expect([context, files.map((file: { path: string }) => file.path)]).toEqual([
      '.',
      ['apps/api/Dockerfile', 'apps/api/Dockerfile.dockerignore'],
    ]);
  });
  test.each<readonly [string, Files, string, readonly string[], string]>([
    ['several that start', repoFiles(), '.', [], 'Say which: --app apps/api or --app apps/web'],
    [
      'no such member',
      repoFiles(),
      '.',
      ['--app', 'apps/gone'],
      '"apps/gone" is no member of this workspace.',
    ],
    [
      'a folder outside the patterns',
      { ...repoFiles(), 'misc/x/package.json': json({ dependencies: { ms: '2' } }) },
      'misc/x',
      [],
      'none of its patterns (apps/*, packages/*) takes it in',
    ],
    [
      'a workspace inside one',
      { ...repoFiles(), 'apps/api/package.json': json({ ...start, workspaces: ['x/*'] }) },
      'apps/api',
      [],
      '"apps/api" is a member of the workspace above it and declares members itself',
    ],
    [
      'a broken manifest of the root',
      { ...repoFiles(), 'package.json': '{ "name": "root",\n  "workspaces": [\n}' },
      'apps/api',
      [],
      '../../package.json:3 is malformed',
    ],
    [
      'two lock files of the root',
      { ...repoFiles({ dependencies: { ms: '2' } }), 'yarn.lock': '' },
      'apps/api',
      [],
      '../../package-lock.json',
    ],
  ])('%s is refused', async (_, files, at, args, words) => {
    const ran = await run(join(folderOf(files), at), [...args, '--yes']);
    expect(ran.stderr).toContain(words);
    expect([ran.code, ran.stdout]).toEqual([1, '']);
  });
  test('a folder with a lock file of its own is built alone', async () => {
    const own = {
      'apps/x/package.json': json(start),
      'apps/x/index.js': SERVER,
      'apps/x/package-lock.json': '{}',
    };
    const files = { ...workspace({}, { workspaces: ['packages/*'] }), ...own };
    expect((await run(join(folderOf(files), 'apps/x'), [])).stderr).toMatch(/docker build --tag x \.\n/);
  });
  test('nothing above a repository is looked at', async () => {
    const files = workspace(
      {},
      { workspaces: ['**'] },
      { 'a/.git/HEAD': '', 'a/package.json': json(start), 'a/index.js': SERVER },
    );
    expect((await run(join(folderOf(files), 'a'), [])).stderr).toMatch(/docker build --tag a \.\n/);
  });
  test('a member that is a symbolic link is refused', async () => {
    const folder = repo();
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'apps/api'), join(folder, 'apps/linked'));
    const ran = await run(folder, ['apps/linked']);
    expect(ran.stderr).toContain('is reached through a symbolic link');
    expect(ran.code).toBe(1);
  });
  test('an existing Dockerfile.dockerignore keeps its lines, a secret is never let in', async () => {
    const files = {
      ...repoFiles(),
      'apps/api/Dockerfile.dockerignore': '# ours\nbig\n',
      'apps/api/.env': 'A=1',
    };
    const folder = folderOf(files);
    expect((await run(folder, ['apps/api'])).stderr).toContain('--env-file apps/api/.env');
    const text = readFileSync(join(folder, 'apps/api/Dockerfile.dockerignore'), 'utf8');
    expect(text).toContain('# ours\nbig\n');
    expect(text.indexOf('!apps/api')).toBeLessThan(text.indexOf('**/.env'));
  });
});

function repoFiles(member: object = {}): Files {
  return workspace({ 'apps/api': { ...start, ...member }, 'apps/web': start });
}

test('a thousand members: at most 5 ms each', async () => {
  const members: Record<string, object> = {};
  for (let n = 0; n < 1000; n++) {
    const dependencies = { [`@x/p${n - 1}`]: '*', ms: '2' };
    members[`packages/p${n}`] = n === 0 ? {} : { dependencies };
  }
  members['apps/api'] = api({ '@x/p999': '*' });
  const sources = Object.fromEntries(
    Object.keys(members).flatMap((path) =>
      ['a', 'b', 'c', 'd'].map((file) => [`${path}/src/${file}.js`, '']),
    ),
  );
  const files = workspace(members, {}, sources);
  const begin = performance.now();
  const project = await projectOf(files);
  expect(workspaceRules.services(project).map(({ value }) => value)).toEqual(['apps/api']);
  await planned(project.member('apps/api'), 'slim');
  expect(performance.now() - begin).toBeLessThan(5 * 1001);
});

test('no text of a member reaches the Dockerfile as a command', async () => {
  const name = '@x/$(touch x)';
  const files = workspace(
    { 'apps/api': { ...api({ ms: '2' }), name } },
    { dependencies: { koa: '3' }, packageManager: 'pnpm@10.0.0' },
    {
      'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
      'pnpm-workspace.yaml': 'packages: [apps/*]\n',
    },
  );
  const project = await projectOf(files, 'repo', 'apps/api');
  const [dockerfile] = await render(
    await planned(project, 'slim', { packageManager: 'pnpm@10.0.0' }),
    project,
  );
  expect(dockerfile.text).toContain("--filter='@x/$(touch x)...'");
});
