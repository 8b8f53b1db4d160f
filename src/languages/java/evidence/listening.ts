import type { Range, Source } from '../../../kit/dialect.ts';
import type { Listen } from '../../../kit/listens.ts';
import { type Call, calls, codeOf } from '../../../kit/syntax.ts';
import { type Program, type Value, worth } from '../../../kit/worth.ts';

interface Row {
  readonly by: string;
  /** What the file must say for the call to be this library's. */
  readonly in: RegExp;
  readonly call: RegExp;
  /** The number of the argument that is the port, and of the host; `last` with two arguments. */
  readonly port: number;
  readonly host?: number;
  /** The name of the argument, where it can be named: `embeddedServer(Netty, port = 8080)`. */
  readonly named?: true;
  /** The host comes first when there are two. */
  readonly hostFirst?: true;
  /** The port when the call names none. */
  readonly otherwise?: string;
  /** It does not speak plain HTTP, so nothing can be asked of it but a connection. */
  readonly speaks?: 'tcp';
}

/** Calls that listen, by library. */
const ROWS: readonly Row[] = [
  { by: 'Javalin', in: /\bJavalin\b/, call: /\.start\s*\(/g, port: 0, hostFirst: true, otherwise: '8080' },
  {
    by: 'Ktor',
    in: /\bktor\b|embeddedServer/,
    call: /\bembeddedServer\s*\(/g,
    port: 1,
    host: 2,
    named: true,
    otherwise: '80',
  },
  {
    by: 'Spark',
    in: /\bspark\.(?:Spark|Service|kotlin)\b|\bSpark\./,
    call: /(?:\bSpark\.|(?<![.\w]))port\s*\(/g,
    port: 0,
  },
  { by: 'Vert.x', in: /\bvertx\b/i, call: /\.listen\s*\(/g, port: 0, host: 1 },
  { by: 'Vert.x', in: /\bHttpServerOptions\b/, call: /\.setPort\s*\(/g, port: 0 },
  { by: 'Undertow', in: /\bUndertow\b/, call: /\.addHttpListener\s*\(/g, port: 0, host: 1 },
  { by: 'Tomcat', in: /\bTomcat\b/, call: /\.setPort\s*\(/g, port: 0 },
  { by: 'Jetty', in: /\bjetty\.server\b/, call: /\bnew\s+Server\s*\(/g, port: 0 },
  { by: 'Jetty', in: /\bServerConnector\b/, call: /\.setPort\s*\(/g, port: 0 },
  { by: 'Helidon', in: /\bhelidon\b/, call: /\.port\s*\(/g, port: 0 },
  {
    by: 'http4k',
    in: /\bhttp4k\b/,
    call: /\b(?:SunHttp|SunHttpLoom|Jetty|JettyLoom|Jetty11|Netty|Undertow|KtorCIO|KtorNetty|ApacheServer|Helidon)\s*\((?=\s*[\w"])/g,
    port: 0,
  },
  {
    by: 'Armeria',
    in: /\barmeria\b[\s\S]{0,20000}\bServer(?:Builder\b|\.builder)/,
    call: /\.http\s*\(/g,
    port: 0,
  },
  {
    by: 'gRPC',
    in: /\bgrpc\b/,
    call: /\b(?:ServerBuilder\.forPort|newServerBuilderForPort)\s*\(/g,
    port: 0,
    speaks: 'tcp',
  },
  { by: 'Netty', in: /\bServerBootstrap\b/, call: /\.bind\s*\(/g, port: 0, hostFirst: true, speaks: 'tcp' },
  {
    by: 'com.sun.net.httpserver',
    in: /\bhttpserver\b/,
    call: /\bnew\s+InetSocketAddress\s*\(|\bInetSocketAddress\s*\(/g,
    port: 0,
    hostFirst: true,
  },
  { by: 'a socket', in: /\bServerSocket\b/, call: /\bServerSocket\s*\(/g, port: 0, host: 2, speaks: 'tcp' },
];

/** What a file must hold to be read for listeners at all. */
export const MAY_LISTEN = new RegExp(ROWS.map((row) => `(?:${row.in.source})`).join('|'), 'i');

/** Calls that listen, those of the library that is named first. */
export function listensIn(program: Program, sources: readonly Source[]): readonly Listen[] {
  return ROWS.flatMap((row) =>
    sources
      .filter((source) => row.in.test(source.code))
      .flatMap((source) => calls(source, row.call).map((call) => listenOf(program, source, row, call))),
  ).filter((listen): listen is Listen => listen !== undefined);
}

function listenOf(program: Program, source: Source, row: Row, call: Call): Listen | undefined {
  const { args, at } = call;
  const given = (name: string): Range | undefined => {
    const arg = args.find((one) => new RegExp(`^\\s*${name}\\s*=(?!=)`).test(codeOf(source, one)));
    return arg && { from: source.code.indexOf('=', arg.from) + 1, to: arg.to };
  };
  const isNamed = (range: Range | undefined) =>
    range !== undefined && /^\s*\w+\s*=(?!=)/.test(codeOf(source, range));
  const two = row.hostFirst === true && args.length > 1;
  const place = (index: number | undefined, name: string) => {
    if (row.named !== true) return index === undefined ? undefined : args[index];
    const positional = index === undefined || isNamed(args[index]) ? undefined : args[index];
    return given(name) ?? positional;
  };
  const portAt = place(two ? 1 : row.port, 'port');
  const hostAt = place(two ? 0 : row.host, 'host');
  // a pool of threads, a handler, a lambda: nothing that could be a port
  if (portAt !== undefined && /->|=>|^\s*new\s|^\s*\{/.test(codeOf(source, portAt))) return undefined;
  if (portAt === undefined && row.otherwise === undefined) return undefined;
  const port = portAt === undefined ? { text: row.otherwise, at } : worth(program, source, portAt);
  const code = portAt === undefined ? '' : codeOf(source, portAt);
  return {
    at,
    port,
    host: hostAt === undefined ? {} : hostOf(program, source, hostAt),
    whole: false,
    speaks: row.speaks ?? 'http',
    aside: /metric|prometheus|admin|management|monitor/i.test(`${code} ${port.variable ?? ''}`),
  };
}

function hostOf(program: Program, source: Source, range: Range): Value {
  if (/getLoopbackAddress\s*\(/.test(codeOf(source, range))) return { text: '127.0.0.1' };
  return worth(program, source, range);
}
