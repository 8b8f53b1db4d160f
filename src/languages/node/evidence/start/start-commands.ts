import { table } from '../../../../project/data.ts';

/** Packages that make a program a server, so that one which is not seen to listen is not taken for none. */
export const SERVER_FRAMEWORKS: readonly string[] = [
  'fastify',
  'express',
  'koa',
  '@nestjs/core',
  '@hono/node-server',
  'hono',
  '@hapi/hapi',
  'restify',
  'polka',
  'h3',
  'elysia',
  '@apollo/server',
  'socket.io',
  'ws',
  '@feathersjs/feathers',
  '@grpc/grpc-js',
];

/** What a command in a start script stands for. */
export type StartCommand =
  /** A package's own program: this file of it, run by node, and the port of its own default. */
  | { readonly file: string; readonly env?: Readonly<Record<string, string>>; readonly port?: number }
  /** Runs what the build makes at one of these places. */
  | { readonly builds: readonly string[] }
  /** Compiles while it runs: only what a build makes can be started instead. */
  | { readonly development: true };

export const COMMANDS: { readonly [command: string]: StartCommand } = table({
  // https://github.com/fastify/fastify-cli: its bin is cli.js
  fastify: { file: 'node_modules/fastify-cli/cli.js', env: { FASTIFY_ADDRESS: '0.0.0.0' } },
  // https://probot.github.io/docs/deployment: its bin, and localhost unless a host is given
  probot: { file: 'node_modules/probot/bin/probot.js', env: { HOST: '0.0.0.0' } },
  // https://github.com/GoogleCloudPlatform/functions-framework-nodejs#configure-the-functions-framework
  'functions-framework': {
    file: 'node_modules/@google-cloud/functions-framework/build/src/main.js',
    port: 8080,
  },
  'functions-framework-nodejs': {
    file: 'node_modules/@google-cloud/functions-framework/build/src/main.js',
    port: 8080,
  },
  // https://docs.nestjs.com/cli/usages#nest-start
  nest: { builds: ['dist/main.js', 'dist/src/main.js'] },
  'ts-node': { development: true },
  'ts-node-dev': { development: true },
  tsnd: { development: true },
  tsx: { development: true },
  esno: { development: true },
  'babel-node': { development: true },
});

/** Runners that compile while they run, as modules of node: one process, which signals reach. */
export const LOADERS: {
  readonly [program: string]: {
    readonly words: readonly string[];
    readonly since: string;
    readonly with?: readonly string[];
  };
} = table({
  // https://tsx.is/dev-api/node-cli
  tsx: { words: ['--import', 'tsx'], since: '4.0.0' },
  // https://typestrong.org/ts-node/docs/usage#programmatic
  'ts-node': { words: ['--require', 'ts-node/register'], since: '9.0.0', with: ['typescript'] },
});

/** The row of a command that runs a package's own file. */
export function commandRun(argv: readonly string[]): StartCommand | undefined {
  return Object.values(COMMANDS).find((row) => 'file' in row && argv.includes(row.file));
}
