import { describe, expect, test } from 'vitest';
import type { NodeApp } from '../../src/languages/node/plan/plan.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, FROZEN, found, planned, settingsOf, settled, TODAY } from '../planned.ts';

const SERVER = "require('http').createServer((q, r) => r.end()).listen(process.env.PORT || 3000);";

/** A project that is complete, but for what a row adds. */
function files(manifest: object, more: Files = {}): Files {
  return { 'package.json': JSON.stringify(manifest), 'server.js': SERVER, ...more };
}

const start = { scripts: { start: 'node server.js' } };
const express = { ...start, dependencies: { express: '^5.0.0' } };
const lock = (packages: object = {}) => JSON.stringify({ lockfileVersion: 3, packages });

/** What a row expects of one setting: its value as it is typed, and its origin; or the words of a refusal. */
type Row =
  | readonly [title: string, files: Files, value: string, from: string]
  | readonly [string, Files, Error];

function table(key: string, rows: readonly Row[]): void {
  describe(key, () => {
    test.each(rows.map((row) => [row[0], row] as const))('%s', async (_, [, project, value, from]) => {
      const of = await projectOf(project);
      if (value instanceof Error) await expect(found(key, of)).rejects.toThrow(value.message);
      else expect(await found(key, of)).toEqual([value, from]);
    });
  });
}

table('packageManager', [
  ['nothing to install needs no question', files(start), 'npm', 'default, for nothing is installed'],
  ['no lock file is npm', files(express), 'npm', 'default, for there is no lock file'],
  ['package-lock.json is npm', files(express, { 'package-lock.json': lock() }), 'npm', 'package-lock.json'],
  [
    'npm-shrinkwrap.json is npm',
    files(express, { 'npm-shrinkwrap.json': lock() }),
    'npm',
    'npm-shrinkwrap.json',
  ],
  [
    'packageManager says the exact version, its hash is dropped',
    files(
      { ...express, packageManager: 'pnpm@9.15.0+sha512.abc' },
      { 'pnpm-lock.yaml': "lockfileVersion: '9.0'" },
    ),
    'pnpm@9.15.0',
    'package.json → packageManager',
  ],
  [
    'devEngines says a range',
    files({ ...express, devEngines: { packageManager: { name: 'pnpm', version: '^10.0.0' } } }),
    'pnpm@10.34.8',
    'package.json → devEngines.packageManager',
  ],
  [
    'the format of pnpm-lock.yaml tells the version that reads it',
    files(express, { 'pnpm-lock.yaml': "lockfileVersion: '6.0'" }),
    'pnpm@8.15.9',
    'pnpm-lock.yaml',
  ],
  [
    'a version manager pins it',
    files(express, { 'pnpm-lock.yaml': "lockfileVersion: '9.0'", '.tool-versions': 'pnpm 9.1.0' }),
    'pnpm@9.1.0',
    'pnpm-lock.yaml, .tool-versions',
  ],
  [
    'yarn.lock without metadata is Yarn 1',
    files(express, { 'yarn.lock': '# yarn lockfile v1\n' }),
    'yarn@1.22.22',
    'yarn.lock',
  ],
  [
    'yarn.lock with metadata is a later Yarn',
    files(express, { 'yarn.lock': '__metadata:\n  version: 8\n' }),
    'yarn@4.18.1',
    'yarn.lock',
  ],
  [
    'a release of Yarn in the project is the one',
    files(express, {
      'yarn.lock': '__metadata:\n  version: 8\n',
      '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.1.0.cjs',
      '.yarn/releases/yarn-4.1.0.cjs': '',
    }),
    'yarn@4.1.0',
    'yarn.lock, .yarnrc.yml → yarnPath',
  ],
  ['bun.lock is Bun', files(express, { 'bun.lock': '{}' }), 'bun@1.4.5', 'bun.lock'],
  [
    'engines names it when nothing else does',
    files({ ...express, engines: { pnpm: '>=9' } }),
    'pnpm@10.34.8',
    'package.json → engines.pnpm',
  ],
  [
    'two lock files are a tie',
    files(express, { 'package-lock.json': lock(), 'yarn.lock': '# yarn lockfile v1\n' }),
    new Error(
      'could be npm (package-lock.json) or yarn@1.22.22 (yarn.lock). Say which: --package-manager npm or',
    ),
  ],
  [
    'two lock files and packageManager: the other is a leftover',
    files(
      { ...express, packageManager: 'yarn@1.22.22' },
      { 'package-lock.json': lock(), 'yarn.lock': '# yarn lockfile v1\n' },
    ),
    'yarn@1.22.22',
    'package.json → packageManager',
  ],
  [
    'packageManager against the only lock file is a tie',
    files({ ...express, packageManager: 'pnpm@9.0.0' }, { 'package-lock.json': lock() }),
    new Error('pnpm@9.0.0 (package.json → packageManager) or npm (package-lock.json)'),
  ],
]);

table('runtimeVersion', [
  ['nothing demands one', files(start), '26', 'default, the newest long-term release'],
  ['.nvmrc', files(start, { '.nvmrc': 'v22.11.0\n' }), '22', '.nvmrc'],
  ['.nvmrc with a comment', files(start, { '.nvmrc': '# ours\n24\n' }), '24', '.nvmrc'],
  ['lts/* is the newest long-term release', files(start, { '.nvmrc': 'lts/*' }), '26', '.nvmrc'],
  ['lts/jod has a name', files(start, { '.nvmrc': 'lts/jod' }), '22', '.nvmrc'],
  ['.node-version', files(start, { '.node-version': '24.1.0' }), '24', '.node-version'],
  [
    '.tool-versions',
    files(start, { '.tool-versions': 'python 3.12.0\nnodejs 22.1.0\n' }),
    '22',
    '.tool-versions',
  ],
  ['mise.toml', files(start, { 'mise.toml': '[tools]\nnode = "24"\n' }), '24', 'mise.toml'],
  [
    'mise.toml with a table',
    files(start, { 'mise.toml': '[tools.node]\nversion = "22"\n' }),
    '22',
    'mise.toml',
  ],
  ['Volta', files({ ...start, volta: { node: '22.12.0' } }), '22', 'package.json → volta.node'],
  [
    'engines takes the newest long-term release',
    files({ ...start, engines: { node: '>=20' } }),
    '26',
    'package.json → engines.node',
  ],
  [
    'engines with an upper bound',
    files({ ...start, engines: { node: '^22 || ^24' } }),
    '24',
    'package.json → engines.node',
  ],
  ['engines 22.x', files({ ...start, engines: { node: '22.x' } }), '22', 'package.json → engines.node'],
  [
    'engines exact is the exact version',
    files({ ...start, engines: { node: '22.11.0' } }),
    '22.11.0',
    'package.json → engines.node',
  ],
  [
    'devEngines',
    files({ ...start, devEngines: { runtime: { name: 'node', version: '^24.4.0' } } }),
    '24',
    'package.json → devEngines.runtime',
  ],
  [
    'two pins of different lines are a tie',
    files(start, { '.nvmrc': '22', '.node-version': '24' }),
    new Error('could be 22 (.nvmrc) or 24 (.node-version)'),
  ],
  [
    'a pin outside engines is a tie',
    files({ ...start, engines: { node: '>=24' } }, { '.nvmrc': '22' }),
    new Error('could be 22 (.nvmrc) or 26 (package.json → engines.node)'),
  ],
  [
    'engines <18 has no image',
    files({ ...start, engines: { node: '<18' } }),
    new Error('demands Node <18, for which there is no image'),
  ],
  [
    '.nvmrc 99 has no image',
    files(start, { '.nvmrc': '99' }),
    new Error('.nvmrc demands Node 99, for which there is no image'),
  ],
  [
    'a locked package lowers the choice to what it allows',
    files(express, {
      'package-lock.json': lock({
        '': {},
        'node_modules/express': { version: '5.0.0', engines: { node: '>=22 <26' } },
      }),
    }),
    '24',
    'default, the newest long-term release that the locked packages allow',
  ],
  [
    'a locked package that reads SlowBuffer, which Node 25 no longer has',
    files(express, {
      'package-lock.json': lock({
        '': {},
        'node_modules/express': { version: '5.0.0' },
        'node_modules/buffer-equal-constant-time': { version: '1.0.1' },
      }),
    }),
    '24',
    'default, the newest long-term release that the locked packages allow',
  ],
  [
    'the same where no lock file names it',
    files({ ...express, dependencies: { ...express.dependencies, jsonwebtoken: '^9.0.0' } }),
    '24',
    'default, the newest long-term release that the locked packages allow',
  ],
]);

const dist = { scripts: { build: 'tsc', start: 'node dist/index.js' } };
const ts = (more: Files = {}): Files => ({
  'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
  'src/index.ts': SERVER,
  ...more,
});

table('build', [
  ['none', files(start), 'none', 'no script builds anything'],
  ['scripts.build', files(dist, ts()), 'build', 'package.json → scripts.build'],
  [
    'a type check is no build',
    files({ scripts: { build: 'tsc --noEmit', start: 'node server.js' } }),
    'none',
    'no script builds anything',
  ],
  [
    'what the start script runs before the server',
    files({ scripts: { 'build:ts': 'tsc', start: 'npm run build:ts && node dist/index.js' } }, ts()),
    'build:ts',
    'package.json → scripts.start',
  ],
  [
    'scripts.compile',
    files({ scripts: { compile: 'swc src -d lib', start: 'node lib/index.js' } }, { 'src/index.ts': SERVER }),
    'compile',
    'package.json → scripts.compile',
  ],
]);

table('start', [
  ['scripts.start', files(start), 'node server.js', 'package.json → scripts.start'],
  [
    'start:prod comes before start',
    files({ scripts: { start: 'nodemon server.js', 'start:prod': 'node server.js' } }),
    'node server.js',
    'package.json → scripts.start:prod',
  ],
  [
    'cross-env and variables are taken off',
    files({ scripts: { start: 'cross-env NODE_ENV=production node server' } }),
    'node server.js',
    'package.json → scripts.start',
  ],
  [
    'options for development are taken off',
    files({ scripts: { start: 'node --watch --env-file=.env server.js' } }),
    'node server.js',
    'package.json → scripts.start',
  ],
  [
    'nodemon wraps a file',
    files({ scripts: { start: 'nodemon server.js' } }),
    'node server.js',
    'package.json → scripts.start',
  ],
  [
    'npm run leads to another script',
    files({ scripts: { start: 'npm run serve', serve: 'node server.js' } }),
    'node server.js',
    'package.json → scripts.serve',
  ],
  [
    'yarn node',
    files({ scripts: { start: 'yarn node server.js' } }),
    'node server.js',
    'package.json → scripts.start',
  ],
  [
    'a program without an ending',
    files({ scripts: { start: 'node bin/www' } }, { 'bin/www': SERVER }),
    'node bin/www',
    'package.json → scripts.start',
  ],
  ['main', files({ main: 'server.js' }), 'node server.js', 'package.json → main'],
  ['bin', files({ bin: { it: './server.js' } }), 'node server.js', 'package.json → bin'],
  ['the one file that is called like a server', files({}), 'node server.js', 'server.js'],
  ['what the build makes', files(dist, ts()), 'node dist/index.js', 'package.json → scripts.start'],
  [
    'ts-node runs what the build makes',
    files({ scripts: { build: 'tsc', start: 'ts-node src/index.ts' } }, ts()),
    'node dist/index.js',
    'package.json → scripts.start, as the build makes it',
  ],
  [
    'Procfile',
    files({ dependencies: {} }, { Procfile: 'web: node app.js\n', 'app.js': SERVER }),
    'node app.js',
    'Procfile → web',
  ],
  [
    'what the platform starts, beside a script for development',
    files({ scripts: { start: 'react-scripts start' } }, { Procfile: 'web: node server.js\n' }),
    'node server.js',
    'Procfile → web',
  ],
  [
    'a module of bun init',
    files(
      { private: true, module: 'index.ts', type: 'module', peerDependencies: { typescript: '^5' } },
      {
        'bun.lock': '{ "lockfileVersion": 1, "workspaces": { "": {} }, "packages": {} }',
        'server.js': '',
        'index.ts': 'Bun.serve({ port: 3000 });',
      },
    ),
    'bun index.ts',
    'package.json → module',
  ],
  [
    'a file that nothing makes',
    files({ scripts: { start: 'node dist/index.js' } }),
    new Error(
      'package.json → scripts.start starts dist/index.js, which does not exist, and there is no build script that could make it.',
    ),
  ],
  ['missing main', { 'package.json': '{ "main": "lib/app.js" }' }, new Error('--start "node <file>"')],
  [
    'a shell script',
    files({ scripts: { start: 'node server.js | pino-pretty' } }),
    new Error('needs a shell'),
  ],
  [
    'two steps',
    files({ scripts: { start: 'node migrate.js && node server.js' } }, { 'migrate.js': '' }),
    new Error('runs node migrate.js before node server.js'),
  ],
  ['a dev server', files({ scripts: { start: 'vite' } }), new Error('--start')],
  [
    'ts-node without a build',
    files({ scripts: { start: 'ts-node src/index.ts' } }, { 'src/index.ts': SERVER }),
    new Error('ts-node, a development tool'),
  ],
  [
    'two files that could be it',
    { 'package.json': '{}', 'server.js': SERVER, 'app.js': SERVER },
    new Error('could be node server.js (server.js) or node app.js (app.js)'),
  ],
]);

const listens = (text: string, more: Files = {}): Files => files(start, { 'server.js': text, ...more });

table('port', [
  ['a fallback beside PORT', files(start), '3000', 'server.js:1'],
  ['a number', listens('app.listen(8080)'), '8080', 'server.js:1'],
  [
    'a name',
    listens('const port = Number(process.env.PORT ?? 4000);\n\napp.listen(port)'),
    '4000',
    'server.js:3',
  ],
  [
    'destructured',
    listens('const { PORT = 5000 } = process.env;\napp.listen({ port: PORT })'),
    '5000',
    'server.js:2',
  ],
  [
    'another file',
    listens("const { port } = require('./config');\napp.listen(port)", {
      'config.js': 'module.exports = { port: 7000 }',
    }),
    '7000',
    'server.js:2',
  ],
  [
    'a JSON file',
    listens("const config = require('./config.json');\napp.listen(config.port)", {
      'config.json': '{ "port": 7001 }',
    }),
    '7001',
    'server.js:2',
  ],
  [
    '.env.example',
    listens('app.listen(process.env.PORT)', { '.env.example': 'PORT=8081\n' }),
    '8081',
    '.env.example → PORT',
  ],
  ['PORT alone', listens('app.listen(process.env.PORT)'), '3000', 'default, as PORT that server.js:1 reads'],
  [
    'a variable of the script',
    files({ scripts: { start: 'PORT=9000 node server.js' } }),
    '9000',
    'its start command',
  ],
  ['a comment is no call', listens('// app.listen(1111)\napp.listen(2222)'), '2222', 'server.js:2'],
  [
    'two ports are a tie',
    listens('a.listen(3000);\nb.listen(9090);'),
    new Error('could be 3000 (server.js:1) or 9090 (server.js:2)'),
  ],
  [
    'a program that listens on nothing',
    listens("console.log('hi')"),
    'none',
    'server.js and what it imports listen on nothing',
  ],
  [
    'a framework without a call that can be seen',
    files(express, { 'server.js': "const express = require('express');\nrequire('./' + process.env.APP)" }),
    new Error('express is used, but no file that server.js imports is seen to listen on a port.'),
  ],
  [
    'a port that cannot be read',
    listens('app.listen(await choose())'),
    new Error('server.js:1 listens on a port that cannot be read'),
  ],
]);

table('health', [
  [
    'a route by its usual name',
    listens("app.get('/healthz', ok);\napp.listen(3000)"),
    '/healthz',
    'server.js:1',
  ],
  ['none is found', files(start), '/', 'default; any answer below 500 is healthy'],
  ['no server', listens('run()'), 'none', 'it is no server'],
  [
    'a client of https is no server of it',
    listens("require('https').get(u);\napp.listen(3000)"),
    '/',
    'default; any answer below 500 is healthy',
  ],
  [
    'TLS',
    listens("require('https').createServer(o).listen(8443)"),
    'tcp',
    'server.js:1 does not speak plain HTTP',
  ],
]);

table('init', [
  ['no handler', files(start), 'yes', 'no handler for SIGTERM was found'],
  [
    'a handler',
    listens("process.on('SIGTERM', stop);\na.listen(3000)"),
    'no',
    'it handles SIGTERM itself, server.js:1',
  ],
]);

table('include', [
  [
    'views and data that the sources name, beside a build',
    files(
      dist,
      ts({
        'src/index.ts': `app.set('views', join(__dirname, '../views'));\nread('data/seed.json');\n${SERVER}`,
        'views/a.ejs': '',
        'data/seed.json': '{}',
      }),
    ),
    'data/seed.json,views',
    'src/index.ts:2, src/index.ts:1',
  ],
  ['nothing', files(dist, ts()), 'none', 'nothing else is named by the sources'],
]);

describe('notes and refusals of a target', () => {
  const warnings = async (project: Files, given = {}) => {
    const plan = await planned(await projectOf(project), 'slim', given);
    return plan.notes.filter((note) => note.level === 'warning').map((note) => note.text);
  };
  test('an end of life is never silent', async () => {
    expect(await warnings(files(start, { '.nvmrc': '20' }))).toEqual([
      'Node 20 reached its end of life on 2026-04-30 and gets no security fixes.',
    ]);
  });
  test('no lock file is said', async () => {
    expect(await warnings(files(express))).toEqual([
      'There is no lock file, so every build may get other versions.',
    ]);
  });
  test('localhost is said with its line', async () => {
    expect(await warnings(listens("app.listen(3000, 'localhost')"))).toEqual([
      'server.js:1 listens on localhost only, which nobody outside the container can reach.',
    ]);
  });
  test('variables that an example names are said not to be in the image', async () => {
    const plan = await planned(
      await projectOf(files(start, { '.env.example': 'PORT=1\nDATABASE_URL=\n' })),
      'slim',
    );
    expect(plan.notes.map((n) => n.text)).toEqual([
      '.env.example names DATABASE_URL: they are not in the image.',
    ]);
    expect(plan.envFile).toBeUndefined();
  });
  test('an .env is passed when the container starts, and stays out of it', async () => {
    const plan = await planned(await projectOf(files(start, { '.env': 'PASSWORD=x\n' })), 'slim');
    expect(plan.envFile).toBe('.env');
    expect(JSON.stringify(plan)).not.toContain('PASSWORD');
  });
  const bound = (more: Files) => ({
    ...listens("app.listen(3000, process.env.HOST || '127.0.0.1')"),
    ...more,
  });
  test.each<[title: string, Files, warned: string | undefined, after: readonly string[]]>([
    ['.env', bound({ '.env': 'HOST=localhost\n' }), '.env says HOST=localhost', ['HOST=0.0.0.0']],
    [
      'what is copied to it',
      bound({ '.env.example': 'HOST=127.0.0.1\n' }),
      '.env.example says HOST=127.0.0.1',
      [],
    ],
    [
      '.env, not its example',
      bound({ '.env': 'HOST=0.0.0.0\n', '.env.example': 'HOST=localhost\n' }),
      undefined,
      [],
    ],
    ['a variable for something else', bound({ '.env': 'DB_HOST=localhost\n' }), undefined, []],
    [
      'a variable without a default in the source',
      { ...listens('app.listen(3000, process.env.BIND)'), '.env': 'BIND="::1"\n' },
      '.env says BIND=::1',
      ['BIND=0.0.0.0'],
    ],
    ['a variable that nothing binds to', files(start, { '.env': 'HOST=localhost\n' }), undefined, []],
    [
      'what a framework reads',
      files(
        { scripts: { build: 'next build', start: 'next start' }, dependencies: { next: '^16.0.0' } },
        { 'next.config.js': "module.exports = { output: 'standalone' };", '.env': 'HOSTNAME=localhost\n' },
      ),
      '.env says HOSTNAME=localhost',
      ['HOSTNAME=0.0.0.0'],
    ],
  ])('a bind to localhost is taken back: %s', async (_, project, warned, after) => {
    const plan = await planned(await projectOf(project), 'slim');
    const notes = plan.notes.filter(({ text }) => text.includes('outside of it'));
    expect(notes.map(({ text }) => text.startsWith(`${warned}: `))).toEqual(
      warned === undefined ? [] : [true],
    );
    for (const { fix } of notes)
      expect(fix).toMatch(/docker run --env-file \.env --env (HOST|HOSTNAME|BIND)=0\.0\.0\.0$/);
    expect(plan.envAfter).toEqual(after);
  });
  test('what an install script reads is mounted for it', async () => {
    const scripts = { ...start.scripts, postinstall: 'prisma generate' };
    const manifest = { ...express, scripts, devDependencies: { prisma: '^6.0.0' } };
    const project = await projectOf(
      files(manifest, { 'package-lock.json': lock(), 'prisma/schema.prisma': '' }),
    );
    const { app, context } = await planned(project, 'slim');
    expect(context).toContain('prisma');
    expect((app as NodeApp).deps?.install).toEqual({
      mounts: [
        'type=bind,source=package.json,target=package.json',
        'type=bind,source=package-lock.json,target=package-lock.json',
        'type=bind,source=prisma,target=prisma',
        'type=cache,target=/root/.npm',
      ],
      commands: ['npm ci --no-audit --no-fund', 'npm prune --omit=dev --no-save --no-audit --no-fund'],
    });
  });
  test('HOST is set where the program reads it', async () => {
    const plan = await planned(
      await projectOf(listens("app.listen(3000, process.env.HOST || '127.0.0.1')")),
      'slim',
    );
    expect(plan.env).toContainEqual({ name: 'HOST', value: '0.0.0.0' });
    expect(plan.notes).toEqual([]);
  });
  test('a port that cannot be read, but is said, is given by PORT', async () => {
    const project = listens('var port = process.argv[2] || process.env.PORT;\napp.listen(port)');
    const plan = await planned(await projectOf(project), 'slim', { port: '8080' });
    expect(plan.env).toContainEqual({ name: 'PORT', value: '8080' });
  });
  test('a secret of the start script stays out', async () => {
    const project = files({ scripts: { start: 'API_TOKEN=abc MODE=live node server.js' } });
    const plan = await planned(await projectOf(project), 'slim');
    expect(plan.env.map((e) => e.name)).toEqual(['NODE_ENV', 'MODE', 'PORT']);
    expect(plan.notes.map((n) => n.text)).toEqual([
      'API_TOKEN in the start script looks like a secret and is not in the image.',
    ]);
  });
  test.each([
    ["require('child_process').exec('ls')", 'server.js:1 runs a command in a shell, and scratch has none'],
    [
      "const { spawn } = require('child_process');\nspawn('ffmpeg', [])",
      'server.js:2 runs ffmpeg, and scratch has no other programs',
    ],
  ])('%s cannot run on scratch', async (text, reason) => {
    const project = await projectOf(listens(`${text}\napp.listen(3000)`));
    await expect(planned(project, 'scratch')).rejects.toThrow(reason);
    await expect(planned(project, 'slim')).resolves.toBeDefined();
  });
  test('Node 20 has no distroless image', async () => {
    const project = await projectOf(files(start, { '.nvmrc': '20' }));
    await expect(planned(project, 'distroless')).rejects.toThrow(
      'distroless stopped building Node 20 on 2026-05-01',
    );
  });
  test('a token that is written out makes .npmrc a secret', async () => {
    const project = files(express, { '.npmrc': '//npm.acme.example/:_authToken=abc123\n' });
    const plan = await planned(await projectOf(project), 'slim');
    expect(plan.secrets).toEqual([{ id: 'npmrc', from: 'file', source: '.npmrc' }]);
    expect(plan.ignore[0]?.patterns).toContain('.npmrc');
    expect(JSON.stringify(plan)).not.toContain('abc123');
  });
  test('a private registry without a token may take the own .npmrc of who builds', async () => {
    const project = files(express, { '.npmrc': '@acme:registry=https://npm.acme.example/\n' });
    const plan = await planned(await projectOf(project), 'slim');
    expect(plan.secrets).toEqual([{ id: 'npmrc', from: 'file', source: '~/.npmrc' }]);
  });
});

test('every setting takes what it prints', async () => {
  const project = await projectOf(files(dist, ts({ 'package-lock.json': lock() })));
  const all = await settled(project);
  const settings = await settingsOf('node');
  const values = Object.fromEntries(Object.entries(all).map(([key, { value }]) => [key, value]));
  const known = { project, catalog: FROZEN, today: TODAY, settings: values, seen: undefined };
  for (const [key, setting] of Object.entries(settings)) {
    const value = all[key]?.value;
    expect(setting.parse(setting.print(value), known), key).toEqual(
      key === 'start' ? { ...(value as object), env: {} } : value,
    );
  }
});
