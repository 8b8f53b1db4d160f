import { describe, expect, test } from 'vitest';
import type { NodeApp } from '../../src/languages/node/plan/plan.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, found, planned } from '../planned.ts';

const SERVER = "require('http').createServer(() => {}).listen(process.env.PORT || 3000);";
const TSC = {
  compilerOptions: { outDir: 'dist', rootDir: 'src', noEmit: true, paths: { '#root/*': ['./src/*'] } },
};

function files(manifest: object, more: Files = {}): Files {
  return { 'package.json': JSON.stringify(manifest), 'server.js': SERVER, ...more };
}

/** What projects that nobody here wrote taught: test/trials/node.json. */
describe('what real servers do', () => {
  test.each<readonly [title: string, key: string, files: Files, value: string, from: string]>([
    [
      'pm2 is told what to start by a file',
      'start',
      files(
        { scripts: { start: 'pm2 start ecosystem.config.json --no-daemon' } },
        { 'ecosystem.config.json': '{ "apps": [{ "name": "app", "script": "server.js" }] }' },
      ),
      'node server.js',
      'package.json → scripts.start',
    ],
    [
      'pm2 is told by JavaScript',
      'start',
      files(
        { scripts: { start: 'pm2-runtime ecosystem.config.js' } },
        { 'ecosystem.config.js': "module.exports = { apps: [{ script: './server.js' }] }" },
      ),
      'node server.js',
      'package.json → scripts.start',
    ],
    [
      'a flag of the compiler takes back what its configuration says',
      'start',
      files(
        { scripts: { build: 'tsc --noEmit false', start: 'tsc && tsx ./src/main.ts' } },
        { 'tsconfig.json': JSON.stringify(TSC), 'src/main.ts': SERVER },
      ),
      'node dist/main.js',
      'package.json → scripts.start, as the build makes it',
    ],
    [
      'npm builds before it starts',
      'build',
      files(
        { scripts: { 'prestart:prod': 'tsc --noEmit false', 'start:prod': 'node dist/main.js' } },
        { 'tsconfig.json': JSON.stringify(TSC), 'src/main.ts': SERVER },
      ),
      'prestart:prod',
      'package.json → scripts.prestart:prod',
    ],
    [
      'a runner is given arguments for the program',
      'start',
      files(
        { scripts: { build: 'tsc --noEmit false', start: 'ts-node src/main.ts serve --quiet' } },
        { 'tsconfig.json': JSON.stringify(TSC), 'src/main.ts': SERVER },
      ),
      'node dist/main.js serve --quiet',
      'package.json → scripts.start, as the build makes it',
    ],
    [
      'a runner that is in the image is a module of node',
      'start',
      files(
        { scripts: { start: 'tsx ./src/main.ts' }, dependencies: { tsx: '^4.19.0' } },
        { 'src/main.ts': SERVER },
      ),
      'node --import tsx src/main.ts',
      'package.json → scripts.start',
    ],
    [
      'ts-node and its compiler are in the image',
      'start',
      files(
        { scripts: { start: 'ts-node src/main.ts' }, dependencies: { 'ts-node': '^10', typescript: '^5' } },
        { 'src/main.ts': SERVER },
      ),
      'node --require ts-node/register src/main.ts',
      'package.json → scripts.start',
    ],
    [
      'what the build makes is preferred to a runner',
      'start',
      files(
        { scripts: { build: 'tsc --noEmit false', start: 'tsx src/main.ts' }, dependencies: { tsx: '^4' } },
        { 'tsconfig.json': JSON.stringify(TSC), 'src/main.ts': SERVER },
      ),
      'node dist/main.js',
      'package.json → scripts.start, as the build makes it',
    ],
    [
      'nodemon is told what runs the file',
      'start',
      files(
        { scripts: { build: 'tsc --noEmit false', start: 'nodemon --watch src --exec ts-node src/main.ts' } },
        { 'tsconfig.json': JSON.stringify(TSC), 'src/main.ts': SERVER },
      ),
      'node dist/main.js',
      'package.json → scripts.start, as the build makes it',
    ],
    [
      'Probot is the program of its package',
      'start',
      files({ scripts: { start: 'probot run ./server.js' }, dependencies: { probot: '^14.0.0' } }),
      'node node_modules/probot/bin/probot.js run ./server.js',
      'package.json → scripts.start',
    ],
    [
      'a program may be started behind an .env file',
      'start',
      files({ scripts: { start: 'dotenv -e .env.local -v A=b -- node server.js' } }),
      'node server.js',
      'package.json → scripts.start',
    ],
    [
      'a script that only reads an .env file runs what is typed behind it',
      'start',
      files({ scripts: { start: 'pnpm with-env node server.js', 'with-env': 'env-cmd -f .env' } }),
      'node server.js',
      'package.json → scripts.start',
    ],
    [
      'what a build that cannot be read is made of tells the port',
      'port',
      files(
        {
          scripts: { build: 'node build.js', start: 'node build/server/main.js' },
          dependencies: { koa: '3' },
        },
        { 'server/main.ts': 'app.listen(process.env.PORT || 4200);', 'build.js': '' },
      ),
      '4200',
      'server/main.ts:1',
    ],
    [
      'the configuration of Nest says the port',
      'port',
      files(
        { scripts: { start: 'node main.js' }, dependencies: { '@nestjs/core': '10' } },
        {
          'main.js':
            "require('./db'); require('./app'); app.listen(config.getOrThrow('app.port', { infer: true }));",
          'app.js':
            "registerAs('app', () => ({ port: parseInt(process.env.APP_PORT || process.env.PORT, 10) || 3100 }))",
          'db.js': "registerAs('db', () => ({ port: 5432 }))",
        },
      ),
      '3100',
      'main.js:1',
    ],
    [
      'data beside a source is told by it',
      'include',
      files(
        { scripts: { build: 'tsc', start: 'node dist/main.js' } },
        {
          'tsconfig.json': '{ "compilerOptions": { "outDir": "dist" } }',
          'src/main.ts': `${SERVER} read(__dirname + '/views');`,
          'src/views/home.ejs': '',
        },
      ),
      'src/views',
      'src/main.ts:1',
    ],
    [
      'the production start may be called serve',
      'start',
      files({ scripts: { dev: 'nodemon server.js', serve: 'node server.js' } }),
      'node server.js',
      'package.json → scripts.serve',
    ],
    [
      'pnpm and Yarn find the program of a package themselves',
      'start',
      files(
        {
          scripts: { build: 'pnpm tsc --noEmit false', start: 'node dist/main.js' },
          packageManager: 'pnpm@9.0.0',
        },
        { 'tsconfig.json': JSON.stringify(TSC), 'src/main.ts': SERVER },
      ),
      'node dist/main.js',
      'package.json → scripts.start',
    ],
    [
      'a script writes its own default for a variable',
      'port',
      files({ scripts: { start: 'node server.js --port ${PORT:=9000}' } }),
      '9000',
      'its start command',
    ],
    [
      'sources call each other by aliases of their own',
      'port',
      files(
        { scripts: { build: 'tsc --noEmit false', start: 'node dist/main.js' } },
        {
          'tsconfig.json': JSON.stringify(TSC),
          'src/main.ts': "import '#root/listen.js';",
          'src/listen.ts': "import http from 'node:http';\nhttp.createServer().listen(4567);",
        },
      ),
      '4567',
      'src/listen.ts:2',
    ],
    [
      'folders that are compiled are not read as they are',
      'include',
      files(
        { scripts: { build: 'tsc --noEmit false', start: 'node dist/main.js' } },
        {
          'tsconfig.json': JSON.stringify(TSC),
          'src/main.ts': `readdirSync(join(__dirname, '..', 'commands'));\nreadFileSync('locales/en.json');\n${SERVER}`,
          'commands/ping.ts': '',
          'locales/en.json': '{}',
        },
      ),
      'locales/en.json',
      'src/main.ts:2',
    ],
  ])('%s', async (_, key, project, value, from) => {
    expect(await found(key, await projectOf(project))).toEqual([value, from]);
  });

  test('a file of pm2 with two programs says that it has two', async () => {
    const project = files(
      { scripts: { start: 'pm2 start apps.json' } },
      { 'apps.json': '[{ "script": "a.js" }, { "script": "server.js" }]' },
    );
    await expect(found('start', await projectOf(project))).rejects.toThrow(
      'package.json → scripts.start starts what apps.json says, and no single script can be read there.',
    );
  });

  test('a package for development that the program needs is missed before it is', async () => {
    const manifest = { scripts: { start: 'node server.js' }, devDependencies: { 'ts-node': '^10' } };
    const project = files(manifest, { 'server.js': `require('ts-node/register');\n${SERVER}` });
    const { notes } = await planned(await projectOf(project), 'slim');
    expect(notes.map(({ text }) => text)).toContain(
      'ts-node is imported, but stands in devDependencies and so is not in the image.',
    );
  });
});

describe('data beside sources', () => {
  const from = (
    main: string,
    more: Files,
    scripts = { build: 'tsc', start: 'node dist/main.js' },
  ): Files => ({
    'package.json': JSON.stringify({ scripts }),
    'tsconfig.json': '{ "compilerOptions": { "outDir": "dist" } }',
    [main]: `${SERVER} read(path.join(__dirname, 'locales', lang)); read(path.join(__dirname, '../views'));`,
    ...more,
  });

  test.each<readonly [title: string, files: Files, source: string, destination: string]>([
    [
      'beside a source in the root',
      from('main.ts', { 'locales/en.json': '{}' }),
      'locales',
      './dist/locales',
    ],
    [
      'beside a source in its folder',
      from('src/main.ts', { 'src/locales/en.json': '{}' }),
      'src/locales',
      './dist/locales',
    ],
    [
      'above a source, where the compiled code finds it too',
      from('src/main.ts', { 'views/home.ejs': '' }),
      'views',
      './views',
    ],
  ])('%s', async (_, of, source, destination) => {
    const { artifacts } = await planned(await projectOf(of, 'app'), 'slim');
    expect(artifacts).toContainEqual({ source, destination });
    expect(artifacts.filter((one) => one.source === source)).toHaveLength(1);
  });

  test.each<readonly [title: string, files: Files]>([
    [
      'a build that copies',
      from(
        'src/main.ts',
        { 'src/locales/en.json': '{}' },
        {
          build: 'tsc && cp -r src/locales dist/',
          start: 'node dist/main.js',
        },
      ),
    ],
    ['a folder of code', from('src/main.ts', { 'src/locales/en.ts': '' })],
    [
      'a build that bundles',
      from('src/main.ts', { 'src/locales/en.json': '{}' }, { build: 'tsup', start: 'node dist/main.js' }),
    ],
  ])('%s says nothing', async (_, of) => {
    const { artifacts } = await planned(await projectOf(of, 'app'), 'slim');
    expect(artifacts.filter((one) => one.source === 'src/locales')).toEqual([]);
  });
});

test('a schema that is written when it starts is warned of', async () => {
  const of = files(
    { scripts: { start: 'node server.js' } },
    { 'server.js': `${SERVER}\nGraphQLModule.forRoot({ autoSchemaFile: 'schema.gql' });` },
  );
  const { notes } = await planned(await projectOf(of, 'app'), 'slim');
  expect(notes.map(({ text }) => text)).toContain(
    "server.js:2 writes its schema into a file when it starts, and the image's files are not its own.",
  );
});

test('a schema of Prisma in another member of the workspace is generated there', async () => {
  const member = (name: string, more: object) => JSON.stringify({ name, version: '1.0.0', ...more });
  const of: Files = {
    'package.json': JSON.stringify({ workspaces: ['apps/*', 'packages/*'] }),
    'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: {} }),
    'apps/web/package.json': member('web', {
      scripts: { start: 'node server.js' },
      dependencies: { '@acme/db': '*' },
    }),
    'apps/web/server.js': SERVER,
    'packages/db/package.json': member('@acme/db', {
      main: 'index.js',
      dependencies: { '@prisma/client': '^5.4.2', prisma: '^5.4.2' },
    }),
    'packages/db/index.js': '',
    'packages/db/schema.prisma': 'generator client {\n  provider = "prisma-client-js"\n}',
  };
  const project = (await projectOf(of, 'app')).member('apps/web');
  const { app } = await planned(project, 'slim');
  expect((app as NodeApp).deps?.finish?.commands).toEqual(['(cd packages/db && npx prisma generate)']);
});

test('a framework that launches a browser is read for which one', async () => {
  const of = files(
    {
      scripts: { build: 'next build', start: 'next start' },
      dependencies: { next: '^15.0.0', playwright: '^1.50.0' },
    },
    { 'lib/archive.ts': "import { chromium } from 'playwright';\nconst browser = await chromium.launch();" },
  );
  const { app } = await planned(await projectOf(of, 'app'), 'slim');
  const commands = (app as NodeApp).deps?.install.commands ?? [];
  expect(commands.join('\n')).toContain('playwright install --only-shell chromium');
});

test('a folder of pages that the build puts files into comes out of the build', async () => {
  const of = files(
    {
      scripts: { build: 'rollup -c && next build', start: 'next start' },
      dependencies: { next: '^15.0.0' },
    },
    { 'rollup.config.js': "export default { output: { file: 'public/script.js' } }", 'public/a.svg': '' },
  );
  const { artifacts } = await planned(await projectOf(of, 'app'), 'slim');
  expect(artifacts).toContainEqual({ stage: 'build', source: '/app/public', destination: './public' });
});
