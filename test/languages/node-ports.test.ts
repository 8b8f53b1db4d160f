import { beforeAll, describe, expect, test } from 'vitest';
import { languageOf } from '../../src/facts/choose.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, planned } from '../planned.ts';

interface Expected {
  readonly port: number | undefined;
  /** The variable, or the flag, by which another port is said. */
  readonly by?: string;
  readonly also?: readonly string[];
  readonly health?: 'tcp' | 'none';
}

type Row = readonly [name: string, program: string, expected: Expected, beside?: Files];

const around = (program: string, beside: Files = {}): Files => ({
  'package.json': JSON.stringify({
    scripts: { start: 'node server.js' },
    dependencies: { express: '^5.1.0', ...(/@nestjs/.test(program) ? { '@nestjs/core': '^11.0.0' } : {}) },
  }),
  'server.js': `const app = require('express')();\n${program}\n`,
  ...beside,
});

const FLAGS: readonly Row[] = [
  [
    'yargs, by an option',
    "const argv = require('yargs')(process.argv.slice(2)).option('port', { default: 8126, type: 'number' }).argv;\napp.listen(argv.port);",
    { port: 8126 },
  ],
  [
    'yargs, by options',
    "const yargs = require('yargs');\nconst argv = yargs.options({ port: { alias: 'p', default: 8126 } }).parseSync();\napp.listen(argv.port);",
    { port: 8126 },
  ],
  [
    'commander',
    "const { program } = require('commander');\nprogram.option('-p, --port <number>', 'where it listens', '8126');\nprogram.parse();\napp.listen(Number(program.opts().port));",
    { port: 8126 },
  ],
  [
    'commander, with a variable',
    "const { program, Option } = require('commander');\nprogram.addOption(new Option('-p, --port <number>').default(8126).env('HTTP_PORT'));\nconst options = program.parse().opts();\napp.listen(options.port);",
    { port: 8126, by: 'HTTP_PORT' },
  ],
  [
    'minimist',
    "const argv = require('minimist')(process.argv.slice(2), { default: { port: 8126 } });\napp.listen(argv.port);",
    { port: 8126 },
  ],
  [
    'a default behind the flag',
    "const argv = require('minimist')(process.argv.slice(2));\napp.listen(argv.port || 8126);",
    { port: 8126 },
  ],
  [
    'meow',
    "import meow from 'meow';\nconst cli = meow('help', { flags: { port: { type: 'number', default: 8126 } } });\napp.listen(cli.flags.port);",
    { port: 8126 },
  ],
];

const CONFIGURATIONS: readonly Row[] = [
  [
    'convict',
    "const config = require('convict')({ http: { port: { format: 'port', default: 8126, env: 'HTTP_PORT' } } });\napp.listen(config.get('http.port'));",
    { port: 8126, by: 'HTTP_PORT' },
  ],
  [
    'nconf',
    "const nconf = require('nconf');\nnconf.argv().env().defaults({ PORT: 8126 });\napp.listen(nconf.get('PORT'));",
    { port: 8126, by: 'PORT' },
  ],
  [
    'the config package',
    "const config = require('config');\napp.listen(config.get('http.port'));",
    { port: 8126, by: 'HTTP_PORT' },
    {
      'config/default.json': '{ "db": { "port": 5432 }, "http": { "port": 3000 } }',
      'config/production.json': '{ "http": { "port": 8126 } }',
      'config/custom-environment-variables.json': '{ "http": { "port": "HTTP_PORT" } }',
    },
  ],
  [
    "Nest's configuration, by a scope",
    "const { ConfigService } = require('@nestjs/config');\nrequire('./http');\nconst config = app.get(ConfigService);\napp.listen(config.get('http.port'));",
    { port: 8126, by: 'HTTP_PORT' },
    {
      'http.js':
        "const { registerAs } = require('@nestjs/config');\nmodule.exports = registerAs('http', () => ({ host: 'x', port: Number(process.env.HTTP_PORT ?? 8126) }));\n",
    },
  ],
  [
    "Nest's configuration, by a variable",
    "const { ConfigService } = require('@nestjs/config');\nconst config = app.get(ConfigService);\napp.listen(config.get('HTTP_PORT', 8126));",
    { port: 8126, by: 'HTTP_PORT' },
  ],
  [
    'zod',
    "const { z } = require('zod');\nconst env = z.object({ DB_PORT: z.coerce.number().default(5432), PORT: z.coerce.number().default(8126) }).parse(process.env);\napp.listen(env.PORT);",
    { port: 8126, by: 'PORT' },
  ],
  [
    'envalid',
    "const { cleanEnv, port, str } = require('envalid');\nconst env = cleanEnv(process.env, { HOST: str({ default: 'x' }), PORT: port({ default: 8126 }) });\napp.listen(env.PORT);",
    { port: 8126, by: 'PORT' },
  ],
  [
    't3',
    "import { createEnv } from '@t3-oss/env-core';\nimport { z } from 'zod';\nconst env = createEnv({ server: { HTTP_PORT: z.coerce.number().default(8126) }, runtimeEnv: process.env });\napp.listen(env.HTTP_PORT);",
    { port: 8126, by: 'HTTP_PORT' },
  ],
  [
    'joi',
    "const Joi = require('joi');\nconst { value: env } = Joi.object({ PORT: Joi.number().default(8126) }).validate(process.env);\napp.listen(env.PORT);",
    { port: 8126, by: 'PORT' },
  ],
  [
    'env-var',
    "const env = require('env-var');\napp.listen(env.get('PORT').default('8126').asPortNumber());",
    { port: 8126, by: 'PORT' },
  ],
  [
    "Express's settings",
    "app.set('port', process.env.HTTP_PORT || 8126);\napp.listen(app.get('port'));",
    { port: 8126, by: 'HTTP_PORT' },
  ],
  [
    'a file of settings that hands others on',
    "import { PORT } from './settings';\napp.listen(PORT);",
    { port: 8126, by: 'PORT' },
    {
      'settings/index.js': "export * from './http.js';\nexport { db } from './db.js';\n",
      'settings/http.js': 'const listens = Number(process.env.PORT) || 8126;\nexport { listens as PORT };\n',
      'settings/db.js': 'export const db = { port: 5432 };\n',
    },
  ],
];

const LISTENERS: readonly Row[] = [
  [
    'the first of a list that is a number',
    "const args = require('args-parser')(process.argv);\nconst port = [args.port, process.env.PORT, 3001]\n  .map((one) => parseInt(one))\n  .find((one) => !Number.isNaN(one));\napp.listen(port);",
    { port: 3001, by: 'PORT' },
  ],
  [
    'an address of gRPC',
    "const grpc = require('@grpc/grpc-js');\nnew grpc.Server().bindAsync('0.0.0.0:50051', grpc.ServerCredentials.createInsecure(), done);",
    { port: 50051, health: 'tcp' },
  ],
  [
    'WebSockets',
    "const { WebSocketServer } = require('ws');\nnew WebSocketServer({ port: 8126 });",
    { port: 8126 },
  ],
  [
    'a server that is made in another file',
    "const { server } = require('./http');\nserver.listen(8126);",
    { port: 8126, health: 'tcp' },
    { 'http.js': "exports.server = require('node:tls').createServer();\n" },
  ],
  [
    'a socket of the file system beside a port',
    "require('node:net').createServer().listen('/tmp/shop.sock');\napp.listen(8126);",
    { port: 8126 },
  ],
  [
    'an event is no port',
    "const history = require('history').createBrowserHistory();\nhistory.listen(() => {});\napp.listen(8126);",
    { port: 8126 },
  ],
  [
    'what only development listens on',
    "if (process.env.NODE_ENV === 'development') {\n  require('livereload').createServer().listen(35729);\n}\napp.listen(8126);",
    { port: 8126 },
  ],
];

// the language is loaded once, and not in the time of its first row
beforeAll(async () => {
  await languageOf('node').rules();
}, 60_000);

for (const [title, rows] of [
  ['the default of a flag', FLAGS],
  ['what a configuration says', CONFIGURATIONS],
  ['calls that listen', LISTENERS],
] as const)
  describe(title, () => {
    for (const [name, program, { port, by, also = [], health }, beside] of rows)
      test(name, async () => {
        const plan = await planned(await projectOf(around(program, beside), 'shop'), 'slim');
        expect(plan.port).toBe(port);
        expect(plan.also).toEqual(also);
        const set = plan.env.find(({ value }) => value === String(port))?.name;
        expect(set).toBe(by);
        const asked = (plan.health?.command ?? []).join(' ');
        expect(/HTTP/.test(asked) ? undefined : asked === '' ? 'none' : 'tcp').toBe(health);
      });
  });
