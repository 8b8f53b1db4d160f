import { bindingsOf } from '../../../kit/bindings.ts';
import { chainOf } from '../../../kit/chain.ts';
import { memberBindings } from '../../../kit/classes.ts';
import type { Range, Source } from '../../../kit/dialect.ts';
import { belonging, homeOf } from '../../../kit/homes.ts';
import { findListens, type Listen, type ListenRow, type Speaks } from '../../../kit/listens.ts';
import { type Called, callsOf, lineAt, type Sources, search } from '../../../kit/sources.ts';
import { blockAt, codeOf, textOf } from '../../../kit/syntax.ts';
import { isUnknown, type Value } from '../../../kit/value.ts';
import { worth } from '../../../kit/worth.ts';
import { moduleOf } from './imports.ts';

const HTTP = ['port'] as const;
const HOSTS = ['host', 'hostname'] as const;

/** Calls that listen. `of` is the package that the program imports. */
const ROWS: readonly ListenRow[] = [
  // https://fastify.dev/docs/latest/Reference/Server/#listen: localhost unless a host is given
  {
    call: 'listen',
    of: /^(?:fastify|@nestjs\/platform-fastify)$/,
    port: [...HTTP, 0],
    host: [...HOSTS, 1],
    local: true,
  },
  {
    call: 'listen',
    port: [...HTTP, 0],
    host: [...HOSTS, 1],
    docs: 'https://nodejs.org/api/net.html#serverlisten',
  },
  // https://hono.dev/docs/getting-started/nodejs
  {
    call: 'serve',
    of: /^(?:@hono\/node-server|srvx|h3)$/,
    port: HTTP,
    host: HOSTS,
    otherwise: { text: '3000' },
  },
  // https://bun.sh/docs/api/http
  { call: 'serve', of: /^Bun$/, port: HTTP, host: HOSTS, otherwise: { variable: 'PORT', text: '3000' } },
  // https://www.apollographql.com/docs/apollo-server/api/standalone
  {
    call: 'startStandaloneServer',
    of: /^@apollo\/server$/,
    port: 'listen.port',
    host: 'listen.host',
    otherwise: { text: '4000' },
  },
  // https://hapi.dev/api/#-serveroptions
  { call: 'server', of: /^@hapi\/hapi$/, port: HTTP, host: HOSTS },
  { call: 'Server', of: /^@hapi\/hapi$/, port: HTTP, host: HOSTS },
  // https://github.com/websockets/ws/blob/master/doc/ws.md
  { call: 'WebSocketServer', of: /^ws$/, port: HTTP, host: HOSTS },
  { call: 'Server', of: /^ws$/, port: HTTP, host: HOSTS },
  // https://socket.io/docs/v4/server-api/#serverport-options
  { call: 'Server', of: /^socket\.io$/, port: 0 },
  // https://grpc.github.io/grpc/node/grpc.Server.html#bindAsync
  { call: 'bindAsync', of: /^@grpc\/grpc-js$/, address: 0, speaks: 'tcp' },
  // https://nodejs.org/api/dgram.html#socketbindport-address-callback
  { call: 'bind', of: /^dgram$/, port: [...HTTP, 0], host: ['address', 1], speaks: 'udp' },
  // https://tools.slack.dev/bolt-js/getting-started
  { call: 'start', of: /^@slack\/bolt$/, port: [0, ...HTTP], otherwise: { text: '3000' } },
  // https://docs.nestjs.com/microservices/basics: TCP on 3000 unless its options say otherwise
  {
    call: 'createMicroservice',
    of: /^@nestjs\/microservices$/,
    port: 'options.port',
    host: 'options.host',
    speaks: 'tcp',
  },
  {
    call: 'connectMicroservice',
    of: /^@nestjs\/microservices$/,
    port: 'options.port',
    host: 'options.host',
    speaks: 'tcp',
  },
  // https://sailsjs.com/documentation/reference/application/advanced-usage/sails-lift
  { call: 'lift', of: /^sails$/, port: HTTP, otherwise: { variable: 'PORT', text: '1337' } },
];

/** Modules whose servers do not speak plain HTTP. */
const TCP = /^(?:net|tls|https|http2|spdy)$/;

export function findListening(sources: Sources, runtime: 'node' | 'bun'): readonly Listen[] {
  const listens = findListens(sources, ROWS, {
    of: (call, row) => row.of === undefined || isOf(sources, call, row.of),
    speaks: (call) => speaksOf(sources, call),
    check: (call, listen) => checked(sources, call, listen),
  });
  return [...listens, ...(runtime === 'bun' ? fetchHandlers(sources) : [])];
}

function isOf(sources: Sources, call: Called, of: RegExp): boolean {
  const [head = ''] = call.name.split(/[.(]/);
  return of.test(head) || [...sources.packages].some((name) => of.test(name));
}

function speaksOf(sources: Sources, call: Called): Speaks | undefined {
  const made = madeBy(sources, call.source, { from: call.from, to: objectEnd(call) }, 0);
  if (made !== undefined)
    return TCP.test(made.module) || made.name === 'createSecureServer' ? 'tcp' : undefined;
  // what cannot be told is what the program makes: a wrong question over HTTP never answers
  const encrypted = search(sources, ENCRYPTED, 'create');
  return encrypted.length > 0 ? 'tcp' : undefined;
}

const ENCRYPTED = /\b(?:https|http2|spdy)\s*\.\s*createServer\s*\(|\bcreateSecureServer\s*\(/g;

/** Where the object of a method's call ends. */
function objectEnd({ source, from, to }: Called): number {
  const chain = chainOf(source, { from, to });
  return chain?.at(-3)?.end ?? from;
}

interface Made {
  readonly module: string;
  readonly name: string;
}

/** What makes an object: the module and the function that its expression, or what its name stands for, calls. */
function madeBy(sources: Sources, source: Source, range: Range, depth: number): Made | undefined {
  const skip = /^\s*await\s+/.exec(codeOf(source, range))?.[0].length ?? 0;
  const chain = depth > 8 ? undefined : chainOf(source, { from: range.from + skip, to: range.to });
  const [head, ...rest] = chain ?? [];
  if (head?.kind !== 'name') return undefined;
  const call = rest.findIndex(({ kind }) => kind === 'call');
  const required =
    head.name === 'require' && rest[0]?.kind === 'call' ? textOf(source, rest[0].range) : undefined;
  const name = [head, ...rest.slice(0, Math.max(0, call))].at(-1)?.name ?? '';
  if (required !== undefined) {
    const own = rest.find(({ kind }) => kind === 'name')?.name;
    return own === undefined ? undefined : { module: required.replace(/^node:/, ''), name: own };
  }
  const module = moduleOf(source, head.name);
  if (call >= 0 && module !== undefined) return { module, name };
  if (call >= 0) return undefined;
  const values =
    head.name === 'this'
      ? (memberBindings(source).get(rest[0]?.name ?? '') ?? []).map((one) => one.value)
      : valuesOf(source, head.name, range.from);
  for (const value of values) {
    const made = value && madeBy(sources, source, value, depth + 1);
    if (made !== undefined) return made;
  }
  for (const target of sources.program.resolve?.(source, head.name) ?? []) {
    const values = [
      ...valuesOf(target.source, target.name, target.source.code.length),
      ...exportedValues(target.source, target.name),
    ];
    for (const value of values) {
      const made = value && madeBy(sources, target.source, value, depth + 1);
      if (made !== undefined) return made;
    }
  }
  return undefined;
}

function valuesOf(source: Source, name: string, at: number): readonly (Range | undefined)[] {
  const home = homeOf(source, name, at);
  const bindings =
    home === undefined ? (bindingsOf(source).get(name) ?? []) : belonging(source, name, home.block);
  return bindings.map((one) => one.value);
}

/** `exports.server = …`, `module.exports.server = …`. */
function exportedValues(source: Source, name: string): readonly (Range | undefined)[] {
  const all = bindingsOf(source);
  return [...(all.get('exports') ?? []), ...(all.get('module') ?? [])]
    .filter(({ path }) => path.at(-1) === name)
    .map(({ value }) => value);
}

/** What is no listener after all, and hosts and ports that stand the other way round. */
function checked(sources: Sources, call: Called, listen: Listen): Listen | undefined {
  const { source, args } = call;
  const { port } = listen;
  if (isDevelopment(call)) return undefined;
  if (port.empty) return undefined;
  if (port.text !== undefined && !/^\d{1,5}$/.test(port.text)) {
    const other = args[1] === undefined ? undefined : worth(sources.program, source, args[1]);
    // https://github.com/uNetworking/uWebSockets.js: listen(host, port, callback)
    if (other?.number) return { ...listen, host: port, port: other };
    // a socket of the file system, or the name of an event
    return port.variable === undefined ? undefined : { ...listen, port: { ...port, text: undefined } };
  }
  if (Number(port.text) === 0 && port.variable === undefined) return undefined;
  const backlog = listen.host.number === true;
  return { ...listen, port: ofPort(port), host: backlog ? {} : listen.host };
}

/** A variable that is called otherwise decides something else. */
function ofPort(port: Value): Value {
  if (port.variable === undefined || port.text !== undefined) return port;
  return /port|listen|addr/i.test(port.variable) ? port : {};
}

/** What only happens outside of production: `if (process.env.NODE_ENV !== 'production') app.listen(3000)`. */
function isDevelopment({ source, from }: Called): boolean {
  for (
    let block = blockAt(source, from);
    block.in !== undefined && block.kind !== 'function';
    block = block.in
  ) {
    const head = source.text.slice(Math.max(0, block.from - 120), block.from);
    const [, sign, mode] =
      /\bif\s*\(\s*process\.env\.NODE_ENV\s*([!=])==?\s*['"](\w+)['"]\s*\)\s*$/.exec(head) ?? [];
    if (sign === undefined) continue;
    if ((mode === 'production') !== (sign === '=')) return mode === 'production' || sign === '=';
  }
  return false;
}

/** Bun serves what the entry exports by default when it has a fetch handler. https://bun.sh/docs/api/http#export-default-syntax */
function fetchHandlers(sources: Sources): readonly Listen[] {
  const [entry] = sources.files;
  const [exported] = entry === undefined ? [] : (bindingsOf(entry).get('default') ?? []);
  if (entry === undefined || exported?.value === undefined) return [];
  const code = codeOf(entry, exported.value);
  if (!/\bfetch\b/.test(code) && !sources.packages.has('hono')) return [];
  const said = worth(sources.program, entry, exported.value, ['port']);
  // without a port of its own Bun takes PORT, else 3000
  const port: Value = isUnknown(said) || said.empty ? { variable: 'PORT', text: '3000' } : said;
  return [{ at: lineAt(entry, exported.at), port, host: {}, whole: false, speaks: 'http' }];
}

/** Methods by which an object of a package begins its work: it may listen. */
const STARTS = ['start', 'run', 'serve', 'launch', 'boot', 'up', 'listen'];
/** Packages whose objects are started and listen on nothing: queues, clocks, clients. */
const SILENT =
  /^(?:node-cron|cron|croner|node-schedule|bree|agenda|bull|bullmq|bee-queue|pg-boss|graphile-worker|amqplib|kafkajs|mqtt|discord\.js|telegraf|grammy|node-telegram-bot-api|redis|ioredis|pg|mysql2?|mongoose|mongodb|puppeteer|playwright|yargs|commander|ora|listr2?|p-queue|bottleneck|chokidar|@temporalio\/worker|@opentelemetry\/.*|dd-trace|newrelic|tslog|pino|winston|child_process|worker_threads|cluster|timers|events|net|http|https|fs|path|os|util|process|vm|test)$/;

/** A package whose object is started, and that may listen for the program: "listens on nothing" has no proof then. */
export function startedPackage(sources: Sources): { readonly at: string; readonly name: string } | undefined {
  for (const method of STARTS)
    for (const call of callsOf(sources, method)) {
      const made = madeBy(sources, call.source, { from: call.from, to: objectEnd(call) }, 0);
      const [head = ''] = call.name.split(/[.(]/);
      const module =
        made?.module ?? (call.name === `${head}.${method}` ? moduleOf(call.source, head) : undefined);
      if (module === undefined || SILENT.test(module) || !sources.packages.has(packageOf(module))) continue;
      return { at: call.at, name: module };
    }
  return undefined;
}

function packageOf(module: string): string {
  return module
    .split('/')
    .slice(0, module.startsWith('@') ? 2 : 1)
    .join('/');
}
