import type { Range, Source } from '../../../kit/dialect.ts';
import type { Program } from '../../../kit/program.ts';
import { split } from '../../../kit/ranges.ts';
import { argument, type Call, calls } from '../../../kit/syntax.ts';
import { type Value, worth } from '../../../kit/worth.ts';

/** Where a program listens, as far as its code says. */
export interface Listen {
  readonly host: Value;
  readonly port: Value;
  readonly at: string;
  /** What a call listens on that says nothing of it. */
  readonly row: ListenRow;
}

interface ListenRow {
  /** On code, up to the bracket. */
  readonly call: RegExp;
  /** The file imports one of these. */
  readonly of?: RegExp;
  readonly host: string | number;
  readonly port: string | number;
  readonly places?: { readonly host?: number; readonly port?: number };
  /** Both are in one argument: a pair, or `host:port` as a text. */
  readonly pair?: number;
  readonly whole?: number;
  readonly defaults?: { readonly host: string; readonly port: string };
  readonly http: boolean;
}

/** Calls that listen: from the documents of each library. */
const ROWS: readonly ListenRow[] = [
  {
    call: /(?<![\w.])uvicorn\.(?:run|Config)\s*\(/g,
    host: 'host',
    port: 'port',
    defaults: { host: '127.0.0.1', port: '8000' },
    http: true,
  },
  {
    call: /(?<![\w.])(?:web\.)?run_app\s*\(/g,
    of: /^aiohttp/,
    host: 'host',
    port: 'port',
    defaults: { host: '0.0.0.0', port: '8080' },
    http: true,
  },
  { call: /(?<![\w.])\w*(?:HTTP|TCP|WSGI|UDP|XMLRPC)Server\s*\(/g, host: 0, port: 1, pair: 0, http: true },
  {
    call: /(?<![\w.])(?:simple_server\.)?make_server\s*\(/g,
    host: 'host',
    port: 'port',
    places: { host: 0, port: 1 },
    http: true,
  },
  {
    call: /(?<![\w.])(?:waitress\.)?serve\s*\(/g,
    of: /^waitress/,
    host: 'host',
    port: 'port',
    defaults: { host: '0.0.0.0', port: '8080' },
    http: true,
  },
  {
    call: /(?<![\w.])run_simple\s*\(/g,
    of: /^werkzeug/,
    host: 'hostname',
    port: 'port',
    places: { host: 0, port: 1 },
    http: true,
  },
  { call: /\.launch\s*\(/g, of: /^gradio/, host: 'server_name', port: 'server_port', http: true },
  {
    call: /(?<![\w.])\w+\.run\s*\(/g,
    of: /^(flask|quart)/,
    host: 'host',
    port: 'port',
    places: { host: 0, port: 1 },
    defaults: { host: '127.0.0.1', port: '5000' },
    http: true,
  },
  {
    call: /(?<![\w.])\w+\.(?:run|run_server)\s*\(/g,
    of: /^(dash)/,
    host: 'host',
    port: 'port',
    defaults: { host: '127.0.0.1', port: '8050' },
    http: true,
  },
  {
    call: /(?<![\w.])(?:\w+\.)?run\s*\(/g,
    of: /^(bottle|sanic|nicegui|fastmcp)/,
    host: 'host',
    port: 'port',
    http: true,
  },
  {
    call: /\.listen\s*\(/g,
    of: /^tornado/,
    host: 'address',
    port: 'port',
    places: { port: 0, host: 1 },
    http: true,
  },
  {
    call: /(?<![\w.])(?:asyncio\.start_server|websockets\.serve|\w+\.create_server)\s*\(/g,
    host: 'host',
    port: 'port',
    places: { host: 1, port: 2 },
    http: false,
  },
  { call: /\.add_(?:in)?secure_port\s*\(/g, of: /^grpc/, host: 0, port: 0, whole: 0, http: false },
  { call: /\.bind\s*\(/g, of: /^socket$/, host: 0, port: 1, pair: 0, http: false },
];

/** Calls that listen in all files of a program; `imports` names the modules that a file imports. */
export function findListens(
  program: Program,
  imports: (path: string) => readonly string[],
): readonly Listen[] {
  return program.sources.flatMap((source) => {
    const modules = imports(source.path);
    const rows = ROWS.filter(({ of }) => of === undefined || modules.some((name) => of.test(name)));
    const seen = new Set<number>();
    return rows.flatMap((row) =>
      calls(source, row.call).flatMap((call) => {
        // a name that is run is what the first row for it says
        if (seen.has(call.from)) return [];
        const listen = read(program, source, row, call);
        if (listen !== undefined) seen.add(call.from);
        return listen ?? [];
      }),
    );
  });
}

const said = (text: string): Value => ({ text });

function read(program: Program, source: Source, row: ListenRow, call: Call): Listen | undefined {
  const value = (range: Range | undefined) => (range === undefined ? {} : worth(program, source, range));
  if (row.whole !== undefined) {
    const { text, ...rest } = value(call.args[row.whole]);
    const [, host = '', port] = /^(.*):(\d+)$/.exec(text ?? '') ?? [];
    return { host: said(host), port: port === undefined ? rest : { ...rest, text: port }, at: call.at, row };
  }
  if (row.pair !== undefined) {
    const pair = argument(source, call, 'server_address', row.pair);
    const parts =
      pair !== undefined && source.code[pair.from] === '('
        ? split(source, { from: pair.from + 1, to: pair.to - 1 }, ',')
        : [];
    if (parts.length !== 2) return pair === undefined ? undefined : { host: {}, port: {}, at: call.at, row };
    return { host: value(parts[0]), port: value(parts[1]), at: call.at, row };
  }
  const host = argument(source, call, String(row.host), row.places?.host);
  const port = argument(source, call, String(row.port), row.places?.port);
  const spread = source.code.slice(call.from, call.to).includes('**');
  const otherwise = (key: 'host' | 'port') =>
    spread || row.defaults === undefined ? {} : said(row.defaults[key]);
  if (host === undefined && port === undefined && row.defaults === undefined) return undefined;
  return {
    host: host === undefined ? otherwise('host') : value(host),
    port: port === undefined ? otherwise('port') : value(port),
    at: call.at,
    row,
  };
}

const LOCAL = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;

export function isLocal({ host }: Listen): boolean {
  return LOCAL.test(host.text ?? '');
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
