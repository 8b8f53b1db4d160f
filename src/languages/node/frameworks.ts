/** A package that makes a program a server, and what it does when nothing is said. */
export interface ServerFramework {
  readonly name: string;
  /** The port that it listens on without being told one. */
  readonly defaultPort?: number;
  /** The address that it binds to without being told one; undefined: all. */
  readonly defaultHost?: 'localhost';
  /** Not HTTP: its health is that the port answers. */
  readonly tcp?: true;
}

/** By the package in `dependencies`. */
export const SERVER_FRAMEWORKS: { readonly [dependency: string]: ServerFramework } = {
  // https://fastify.dev/docs/latest/Reference/Server/#listen: localhost unless a host is given
  fastify: { name: 'Fastify', defaultHost: 'localhost' },
  express: { name: 'Express' },
  koa: { name: 'Koa' },
  '@nestjs/core': { name: 'Nest' },
  // https://hono.dev/docs/getting-started/nodejs#change-port-number
  '@hono/node-server': { name: 'Hono', defaultPort: 3000 },
  hono: { name: 'Hono' },
  // https://hapi.dev/api/#server.options.host: the machine's name, which is the container's own address
  '@hapi/hapi': { name: 'hapi' },
  restify: { name: 'restify' },
  polka: { name: 'Polka' },
  h3: { name: 'h3', defaultPort: 3000 },
  elysia: { name: 'Elysia' },
  '@apollo/server': { name: 'Apollo Server' },
  'socket.io': { name: 'Socket.IO' },
  ws: { name: 'ws' },
  '@feathersjs/feathers': { name: 'Feathers' },
  '@grpc/grpc-js': { name: 'gRPC', tcp: true },
};

/** What a command in a start script stands for. */
export type StartCommand =
  /** A package's own program: this file of it, run by node. */
  | { readonly file: string; readonly env?: Readonly<Record<string, string>> }
  /** Runs the JavaScript file behind it, again when it changes. */
  | { readonly wraps: true }
  /** Runs what the build makes at one of these places. */
  | { readonly builds: readonly string[] }
  /** Compiles while it runs: only what a build makes can be started instead. */
  | { readonly development: true };

export const COMMANDS: { readonly [command: string]: StartCommand } = {
  // https://github.com/fastify/fastify-cli: its bin is cli.js
  fastify: { file: 'node_modules/fastify-cli/cli.js', env: { FASTIFY_ADDRESS: '0.0.0.0' } },
  nodemon: { wraps: true },
  'node-dev': { wraps: true },
  supervisor: { wraps: true },
  // https://pm2.keymetrics.io/docs/usage/docker-pm2-nodejs: an orchestrator restarts containers
  'pm2-runtime': { wraps: true },
  pm2: { wraps: true },
  forever: { wraps: true },
  // https://docs.nestjs.com/cli/usages#nest-start
  nest: { builds: ['dist/main.js', 'dist/src/main.js'] },
  'ts-node': { development: true },
  'ts-node-dev': { development: true },
  tsnd: { development: true },
  tsx: { development: true },
  esno: { development: true },
  'babel-node': { development: true },
};

/** The row of a command that runs a package's own file. */
export function commandRun(argv: readonly string[]): StartCommand | undefined {
  return Object.values(COMMANDS).find((row) => 'file' in row && argv.includes(row.file));
}
