import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found, planned } from '../../planned.ts';

const LISTENS = "require('http').createServer((q, r) => r.end()).listen(process.env.PORT || 3000);";
const TSCONFIG = '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}';

function built(build: string, source: string, dev: object): Files {
  return {
    'package.json': JSON.stringify({
      scripts: { build, start: 'node dist/index.js' },
      dependencies: { express: '^5.0.0' },
      devDependencies: { typescript: '^5.0.0', ...dev },
    }),
    'tsconfig.json': TSCONFIG,
    'src/index.ts': `${source}\nimport express from 'express';\nexpress().listen(process.env.PORT ?? 3000);`,
  };
}

describe('a package for development that the built code still imports', () => {
  const esbuild = 'esbuild src/index.ts --bundle --platform=node --outdir=dist';
  test.each<readonly [title: string, project: Files, told: boolean]>([
    [
      'tsc leaves imports as they are',
      built('tsc', "import { createServer } from 'vite';\nawait createServer();", { vite: '7' }),
      true,
    ],
    [
      'a part of a package',
      built('tsc', "import chalk from 'chalk/index.js';\nchalk.red('a');", { chalk: '5' }),
      true,
    ],
    [
      'what is called for its effect',
      built('tsc', "import 'source-map-support/register';", { 'source-map-support': '0.5' }),
      true,
    ],
    [
      'a bundler that takes no packages in',
      built(`${esbuild} --packages=external`, "import { z } from 'zod';\nz.string();", { zod: '4' }),
      true,
    ],
    ['a bundler takes it in', built(esbuild, "import { z } from 'zod';\nz.string();", { zod: '4' }), false],
    ['types alone', built('tsc', "import type { Handler } from 'aws-lambda';", { 'aws-lambda': '1' }), false],
    [
      'types that do not say so',
      built('tsc', "import { Simplify } from 'type-fest';\nexport type A = Simplify<{}>;", {
        'type-fest': '4',
      }),
      false,
    ],
  ])('%s', async (_, project, told) => {
    const { notes } = await planned(await projectOf(project), 'slim');
    expect(notes.some(({ text }) => text.includes('devDependencies'))).toBe(told);
  });
});

describe('that a program listens on nothing is proved or asked', () => {
  const of = (source: string, dependencies: object, more: Files = {}): Files => ({
    'package.json': JSON.stringify({ scripts: { start: 'node index.js' }, dependencies }),
    'index.js': source,
    ...more,
  });
  test.each<readonly [title: string, project: Files]>([
    [
      'a package starts a server',
      of("const { Relay } = require('acme-relay');\nnew Relay().start();", { 'acme-relay': '^1.0.0' }),
    ],
    [
      'it is made first',
      of("import { make } from 'gatewayish';\nconst gate = await make({});\nawait gate.listen();", {
        gatewayish: '^2.0.0',
      }),
    ],
    [
      'another process of the project',
      of("const { fork } = require('child_process');\nfork(process.env.WORKER);", {}),
    ],
  ])('%s', async (_, project) => {
    await expect(found('port', await projectOf(project))).rejects.toThrow(/--port/);
  });

  test.each<readonly [title: string, project: Files]>([
    [
      'a bot calls out',
      of("const { Client } = require('discord.js');\nnew Client({}).login();", { 'discord.js': '^14.0.0' }),
    ],
    [
      'a schedule is started',
      of("const cron = require('node-cron');\ncron.schedule('* * * * *', run).start();", {
        'node-cron': '^3.0.0',
      }),
    ],
    ['a timer of its own', of('class T { start() {} }\nconst t = new T(); t.start();', {})],
  ])('proved: %s', async (_, project) => {
    expect((await found('port', await projectOf(project)))[0]).toBe('none');
  });

  test('what is seen to listen is', async () => {
    const source = `const { Relay } = require('acme-relay');\nnew Relay().start();\n${LISTENS}`;
    expect((await found('port', await projectOf(of(source, { 'acme-relay': '^1.0.0' }))))[0]).toBe('3000');
  });
});
