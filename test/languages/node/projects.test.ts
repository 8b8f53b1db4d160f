import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found, planned } from '../../planned.ts';

const SERVER = "require('http').createServer((q, r) => r.end()).listen(process.env.PORT || 3000);";
const plain = (manifest: object, more: Files = {}): Files => ({
  'package.json': JSON.stringify({ scripts: { start: 'node server.js' }, ...manifest }),
  'server.js': SERVER,
  ...more,
});

describe('a repository of several projects with one package.json', () => {
  const nest = (scripts: object) => ({
    'package.json': JSON.stringify({ scripts, dependencies: { '@nestjs/core': '^11.0.0' } }),
    'nest-cli.json': JSON.stringify({
      monorepo: true,
      root: 'apps/shop',
      compilerOptions: { tsConfigPath: 'apps/shop/tsconfig.app.json' },
      projects: {
        shop: { compilerOptions: { tsConfigPath: 'apps/shop/tsconfig.app.json' } },
        mail: { compilerOptions: { tsConfigPath: 'apps/mail/tsconfig.app.json' } },
      },
    }),
    'apps/shop/tsconfig.app.json': '{"compilerOptions":{"outDir":"../../dist/apps/shop"}}',
    'apps/mail/tsconfig.app.json': '{"compilerOptions":{"outDir":"../../dist/apps/mail"}}',
    'apps/shop/src/main.ts': 'app.listen(4300);',
    'apps/mail/src/main.ts': 'app.listen(4301);',
  });
  const nx = (scripts: object) => ({
    'package.json': JSON.stringify({
      scripts,
      dependencies: { express: '^5.0.0' },
      devDependencies: { nx: '^22.0.0' },
    }),
    'nx.json': '{"defaultProject":"api"}',
    'apps/api/project.json': JSON.stringify({
      name: 'api',
      targets: {
        build: {
          executor: '@nx/esbuild:esbuild',
          options: { outputPath: 'dist/apps/api', main: 'apps/api/src/main.ts' },
        },
      },
    }),
    'apps/api/src/main.ts': "import express from 'express';\nexpress().listen(4400);",
  });
  const rows: readonly (readonly [title: string, files: Files, start: string, port: string])[] = [
    [
      'the default project of Nest',
      nest({ build: 'nest build', start: 'nest start' }),
      'node dist/apps/shop/main.js',
      '4300',
    ],
    [
      'a project of Nest by its name',
      nest({ build: 'nest build mail', start: 'node dist/apps/mail/main' }),
      'node dist/apps/mail/main.js',
      '4301',
    ],
    [
      'a project of Nx',
      nx({ build: 'nx build api', start: 'nx serve api' }),
      'node dist/apps/api/main.js',
      '4400',
    ],
    [
      'a task of Nx',
      nx({ build: 'nx run api:build:production', start: 'node dist/apps/api/main.js' }),
      'node dist/apps/api/main.js',
      '4400',
    ],
    [
      'the default project of Nx',
      nx({ build: 'nx build', start: 'nx serve' }),
      'node dist/apps/api/main.js',
      '4400',
    ],
    [
      'a repository that is one project of Nx',
      {
        'package.json': JSON.stringify({
          scripts: { build: 'nx build', start: 'nx serve' },
          devDependencies: { nx: '^22.0.0' },
        }),
        'nx.json': '{}',
        'project.json': JSON.stringify({
          name: 'api',
          targets: { build: { options: { outputPath: 'dist/api', main: 'src/main.ts' } } },
        }),
        'src/main.ts': 'app.listen(4402);',
      },
      'node dist/api/main.js',
      '4402',
    ],
  ];
  test.each(rows.map((row) => [row[0], row] as const))('%s', async (_, [, files, start, port]) => {
    const project = await projectOf(files);
    expect((await found('start', project))[0]).toBe(start);
    expect((await found('port', project))[0]).toBe(port);
  });

  test.each<readonly [title: string, files: Files, message: RegExp]>([
    ['Nx without scripts', nx({}), /a repository of Nx \(nx\.json\).*give it the scripts/],
    [
      'Lerna without workspaces',
      {
        'package.json': '{"scripts":{"start":"lerna run start"}}',
        'lerna.json': '{"packages":["packages/*"]}',
      },
      /Lerna without workspaces.*name the folder of one/,
    ],
  ])('%s is refused', async (_, files, message) => {
    await expect(found('start', await projectOf(files))).rejects.toThrow(message);
  });
});

describe('what a program imports is in its manifest', () => {
  const lock = (name: string) => ({
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: { [`node_modules/${name}`]: { version: '1.0.0' } },
    }),
  });
  const uses = "const parse = require('body-parser');\n";
  const plan = async (files: Files) => planned(await projectOf(files), 'slim');
  test('no manifest at all', async () => {
    await expect(plan({ 'index.js': `const e = require('express');\n${SERVER}` })).rejects.toThrow(
      /index\.js:1 imports express, and there is no package\.json that names it/,
    );
  });
  test('a manifest without it', async () => {
    await expect(plan(plain({}, { 'server.js': uses + SERVER }))).rejects.toThrow(
      /imports body-parser, which package\.json does not name/,
    );
  });
  test.each([
    ['under a condition', `if (process.env.REDIS_URL) require('redis-url');\n${SERVER}`],
    ['in a function', `function store() { return require('redis-url'); }\n${SERVER}`],
    [
      'in a file that a computed path leads to',
      `const Store = require('./stores/' + process.env.STORE);\n${SERVER}`,
    ],
  ])('one that is imported %s is doubted', async (_, server) => {
    const { notes } = await plan(
      plain({}, { 'server.js': server, 'stores/redis.js': "require('redis-url');\n" }),
    );
    expect(notes.map(({ text }) => text).join()).toContain('imports redis-url, which package.json');
  });
  test('one that no lock file tells of is doubted', async () => {
    const { notes } = await plan(
      plain({ dependencies: { express: '^4.0.0' } }, { 'server.js': uses + SERVER }),
    );
    expect(notes.map(({ text }) => text).join()).toContain(
      'imports body-parser, which package.json does not name',
    );
  });
  test.each<readonly [title: string, files: Files]>([
    [
      'another package brings it',
      plain({ dependencies: { express: '^4.0.0' } }, { 'server.js': uses + SERVER, ...lock('body-parser') }),
    ],
    [
      'it goes on without it',
      plain({}, { 'server.js': `try { require('pg-native'); } catch {}\n${SERVER}` }),
    ],
    [
      'it is of Node',
      plain({}, { 'server.js': `require('node:fs/promises'); require('timers/promises');\n${SERVER}` }),
    ],
    [
      'it is the package itself',
      plain({ name: 'shop', exports: './server.js' }, { 'server.js': `import('shop');\n${SERVER}` }),
    ],
    [
      'a text that reads like one',
      plain({}, { 'server.js': `console.log("taken from 'elsewhere'");\n${SERVER}` }),
    ],
  ])('%s', async (_, files) => {
    const { notes } = await plan(files);
    expect(notes.map(({ text }) => text).join()).not.toContain('does not name');
  });
});

test('binding.gyp compiles before there is anything to compile', async () => {
  const files = plain({ dependencies: { 'node-addon-api': '^8.0.0' } }, { 'binding.gyp': '{}' });
  await expect(planned(await projectOf(files), 'slim')).rejects.toThrow(/binding\.gyp makes npm compile/);
});

describe('a registry that a lock file names', () => {
  const lock = (host: string) => ({
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: { 'node_modules/lib': { version: '1.0.0', resolved: `https://${host}/lib/-/lib-1.0.0.tgz` } },
    }),
  });
  test.each([
    ['npm.acme.example', true],
    ['registry.npmjs.org', false],
    ['registry.npmmirror.com', false],
  ])('%s: the keys of whoever builds are lent: %s', async (host, lent) => {
    const plan = await planned(
      await projectOf(plain({ dependencies: { lib: '^1.0.0' } }, lock(host))),
      'slim',
    );
    expect(plan.secrets.some(({ id }) => id === 'npmrc')).toBe(lent);
  });
});
