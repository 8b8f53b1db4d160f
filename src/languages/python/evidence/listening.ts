import type { Range, Source } from '../../../kit/dialect.ts';
import { findListens as heard, type Listen, type ListenRow } from '../../../kit/listens.ts';
import type { Program } from '../../../kit/program.ts';
import { split } from '../../../kit/ranges.ts';
import { type Called, callsOf } from '../../../kit/sources.ts';
import { argument } from '../../../kit/syntax.ts';
import { worth } from '../../../kit/worth.ts';
import { verbatim } from '../../../project/data.ts';
import type { Modules } from './modules.ts';

interface Row extends ListenRow {
  /** A method of an object that something imports of these modules; without it `of` is the whole name of what is called. */
  readonly method?: true;
  /** Host and port are a pair: `HTTPServer(('', 8000), Handler)`. */
  readonly pair?: true;
  /** It serves its operators. */
  readonly aside?: true;
  /** It ends on SIGTERM as process 1. */
  readonly ends?: true;
}

const NAMED = { host: 'host', port: 'port' } as const;
const PAIRS =
  'HTTPServer ThreadingHTTPServer TCPServer ThreadingTCPServer WSGIServer SimpleXMLRPCServer ThreadedTCPServer';

/** Of the standard library, or a class of the project. */
const OWN = /^(?:http\.server|socketserver|wsgiref\.simple_server|xmlrpc\.server|gevent\.pywsgi)\.|^\w+$/;

/** Calls that listen: from the documents of each library. `of` is tested on the whole name, or on a module for a method. */
const ROWS: readonly Row[] = [
  ...['run', 'Config'].map(
    (call): Row => ({
      call,
      of: /^uvicorn\.(?:run|Config)$/,
      ...NAMED,
      otherwise: { text: '8000' },
      local: true,
      ends: true,
      docs: 'https://www.uvicorn.org/settings/',
    }),
  ),
  { call: 'run_app', of: /^aiohttp\.web\.run_app$/, ...NAMED, otherwise: { text: '8080' }, ends: true },
  {
    call: 'TCPSite',
    of: /^aiohttp\.web\.TCPSite$/,
    host: ['host', 1],
    port: ['port', 2],
    otherwise: { text: '8080' },
  },
  { call: 'serve', of: /^waitress\.serve$/, ...NAMED, address: 'listen', otherwise: { text: '8080' } },
  { call: 'run_simple', of: /^werkzeug\b/, host: ['hostname', 0], port: ['port', 1] },
  { call: 'make_server', of: /\bmake_server$/, host: ['host', 0], port: ['port', 1] },
  { call: 'serve', of: /^websockets\b/, host: ['host', 1], port: ['port', 2] },
  {
    call: 'start_http_server',
    of: /^prometheus_client\b/,
    port: ['port', 0],
    host: ['addr', 1],
    aside: true,
  },
  {
    call: 'start_server',
    of: /^asyncio\.start_server$/,
    host: ['host', 1],
    port: ['port', 2],
    speaks: 'tcp',
  },
  {
    call: 'create_server',
    of: /^asyncio$/,
    method: true,
    host: ['host', 1],
    port: ['port', 2],
    speaks: 'tcp',
  },
  {
    call: 'Granian',
    of: /^granian\b/,
    host: 'address',
    port: 'port',
    otherwise: { text: '8000' },
    local: true,
  },
  ...PAIRS.split(' ').map((call): Row => ({ call, of: OWN, pair: true, port: 0 })),
  { call: 'listen', of: /^eventlet\.listen$/, pair: true, port: 0 },
  { call: 'bind', of: /^socket$/, method: true, pair: true, port: 0, speaks: 'tcp' },
  ...['add_insecure_port', 'add_secure_port'].map(
    (call): Row => ({ call, of: /^grpc/, method: true, address: 0, speaks: 'tcp' }),
  ),
  { call: 'launch', of: /^gradio$/, method: true, host: 'server_name', port: 'server_port' },
  { call: 'listen', of: /^tornado/, method: true, port: ['port', 0], host: ['address', 1] },
  { call: 'run', of: /^flask_socketio$/, method: true, ...NAMED, otherwise: { text: '5000' }, local: true },
  {
    call: 'run',
    of: /^(?:flask|quart|apiflask|flask_openapi3)$/,
    method: true,
    host: ['host', 0],
    port: ['port', 1],
    otherwise: { text: '5000' },
    local: true,
  },
  ...['run', 'run_server'].map(
    (call): Row => ({ call, of: /^dash$/, method: true, ...NAMED, otherwise: { text: '8050' }, local: true }),
  ),
  { call: 'run', of: /^bottle\b/, ...NAMED, otherwise: { text: '8080' }, local: true },
  { call: 'run', of: /^bottle$/, method: true, ...NAMED, otherwise: { text: '8080' }, local: true },
  { call: 'run', of: /^(?:sanic|nicegui|fastmcp|mcp)\b/, method: true, ...NAMED },
];

/** The rows of what some file of the program imports: calls of the others are not looked for. */
function possible(rows: readonly Row[], { sources }: Program, modules: Modules): readonly Row[] {
  const own = (name: string) =>
    name.startsWith('.') || modules.find(name.split('.')[0] ?? '', ['.', 'src']) !== undefined;
  const imports = new Set(
    sources.flatMap(({ path }) =>
      modules.imports(path).flatMap((one) => (own(one.module) ? [] : namesOf(one))),
    ),
  );
  return rows.filter(
    ({ of, call, pair }) =>
      of === undefined ||
      pair === true ||
      [call, ...imports].some((name) => of.test(name) || of.test(`${name}.${call}`)),
  );
}

const namesOf = (one: ReturnType<Modules['imports']>[number]): readonly string[] => [
  one.module,
  ...one.names.map(({ name }) => `${one.module}.${name}`),
];

/** Calls that listen in all files of a program. */
export function findListens(program: Program, modules: Modules): readonly Listen[] {
  const sources = { files: program.sources, packages: new Set<string>(), opaque: [], program };
  return heard(sources, possible(ROWS, program, modules), {
    of: (call, row) => isOf(program, modules, call, row),
    check(call, listen) {
      const row =
        ROWS.find((one) => one.call === call.name.split('.').at(-1) && isOf(program, modules, call, one)) ??
        ROWS[0];
      if (row?.aside) return { ...listen, aside: true };
      return row?.pair ? paired(program, call, listen) : listen;
    },
  });
}

function isOf(program: Program, modules: Modules, { source, name, from }: Called, row: Row): boolean {
  const whole = modules.qualified(source.path, name);
  if (row.method !== true) return row.of?.test(whole) ?? true;
  // what a module itself is asked for is no method of an object
  const [head = ''] = name.split(/[.(]/);
  const imports = modules.imports(source.path);
  const own = imports.some((one) => one.names.length === 0 && one.as === head);
  if (own || !name.includes('.')) return own && name.includes('.') && row.of?.test(whole) === true;
  const files = [source.path, ...makersOf(program, source, head, from)];
  return files.some((path) => modules.imports(path).some(({ module }) => row.of?.test(module)));
}

/** Files of the project that an object is taken from, or that have the function which made it: `app = create_app()`. */
function makersOf(program: Program, source: Source, name: string, before: number): readonly string[] {
  const made = [
    ...source.code
      .slice(0, before)
      .matchAll(new RegExp(`(?<![\\w.])${verbatim(name)}[ \\t]*=[ \\t]*(\\w+)(?:\\.\\w+)?[ \\t]*\\(`, 'g')),
  ].at(-1)?.[1];
  return (program.resolve?.(source, made ?? name) ?? []).map((target) => target.source.path);
}

/** `('', 8000)`; what cannot be read leaves both unknown. */
function paired(program: Program, call: Called, listen: Listen): Listen {
  const { source } = call;
  const given = argument(source, call, 'server_address', 0);
  const pair = given && pairOf(source, given);
  if (pair === undefined) return { ...listen, host: {}, port: {} };
  const parts =
    source.code[pair.from] === '(' ? split(source, { from: pair.from + 1, to: pair.to - 1 }, ',') : [];
  const [host, port] = parts.length === 2 ? parts.map((part) => worth(program, source, part)) : [];
  const datagram = /\bSOCK_DGRAM\b/.test(source.code) && call.name.endsWith('.bind');
  return { ...listen, host: host ?? {}, port: port ?? {}, ...(datagram ? { speaks: 'udp' as const } : {}) };
}

/** The pair itself, or the one that a name is given: `address = ('', 8000)`. */
function pairOf(source: Source, range: Range): Range {
  const name = source.code.slice(range.from, range.to).trim();
  if (!/^[A-Za-z_]\w*$/.test(name)) return range;
  const found = [
    ...source.code.matchAll(new RegExp(`(?<![\\w.])${verbatim(name)}\\s*=\\s*(?=\\()`, 'g')),
  ].filter(({ index }) => index < range.from);
  const last = found.at(-1);
  const open = last === undefined ? undefined : last.index + last[0].length;
  return open === undefined ? range : { from: open, to: (source.pairs.get(open) ?? open) + 1 };
}

/** A call that ends on SIGTERM by itself, where the program serves. */
export function findEnding(program: Program, modules: Modules): string | undefined {
  const files = { files: program.sources };
  return possible(
    ROWS.filter(({ ends }) => ends),
    program,
    modules,
  ).flatMap((row) => callsOf(files, row.call).filter((call) => isOf(program, modules, call, row)))[0]?.at;
}

/** A path that answers for the program's health, as routes name it. */
const HEALTH =
  /(?<=\()\s*r?f?["'](\/(?:[\w-]+\/){0,2}(?:healthz?|health[-_]?check|livez|liveness|_health|ping|up|ht)\/?)["']/g;
const DJANGO_HEALTH = /\bpath\s*\(\s*["']((?:healthz?|health[-_]?check|livez|ping|ht)\/?)["']/g;

export function findHealth(program: Program): { readonly value: string; readonly from: string } | undefined {
  for (const source of program.sources)
    for (const [pattern, slash] of [
      [HEALTH, ''],
      [DJANGO_HEALTH, '/'],
    ] as const)
      for (const match of source.text.matchAll(pattern)) {
        // what stands in a comment is no route
        if (
          source.code[match.index] === ' ' &&
          source.code.slice(match.index, match.index + match[0].length).trim() === ''
        )
          continue;
        return {
          value: `${slash}${match[1]}`,
          from: `${source.path}:${source.text.slice(0, match.index).split('\n').length}`,
        };
      }
  return undefined;
}

/** Where the program answers SIGTERM itself; the kernel gives process 1 no default for it. */
const HANDLES = /\b(?:signal\.signal|\.add_signal_handler|GracefulShutdown)\s*\(/;

export function findSignalHandler(program: Program): string | undefined {
  const found = program.sources.find(({ code, text }) => HANDLES.test(code) && text.includes('SIGTERM'));
  return found?.path;
}
