import { findListens, type Listen, type ListenRow } from '../../../kit/listens.ts';
import type { Reader } from '../../../kit/program.ts';
import type { Sources } from '../../../kit/sources.ts';
import { codeOf } from '../../../kit/syntax.ts';

/** A host before the port, or the port alone. */
const HOST_FIRST = { port: [1, 0], host: 0 } as const;

/** What a file says without which a call means something else, and where the call has its port. */
type Row = ListenRow & { readonly of: RegExp };

/** Calls that listen, by library. */
const ROWS: readonly Row[] = [
  // https://javalin.io/documentation#starting-and-stopping
  { call: 'start', of: /\bJavalin\b/, ...HOST_FIRST, otherwise: { text: '8080' } },
  // https://ktor.io/docs/server-engines.html#embeddedServer
  {
    call: 'embeddedServer',
    of: /\bktor\b|embeddedServer/,
    port: [1, 'port'],
    host: [2, 'host'],
    otherwise: { text: '80' },
  },
  // https://sparkjava.com/documentation#port
  { call: 'port', of: /\bspark\.(?:Spark|Service|kotlin)\b|\bSpark\./, port: 0 },
  // https://vertx.io/docs/vertx-core/java/#_writing_http_servers_and_clients
  { call: 'listen', of: /\bvertx\b/i, port: 0, host: 1 },
  { call: 'setPort', of: /\bHttpServerOptions\b|\bTomcat\b|\bServerConnector\b/, port: 0 },
  { call: 'addHttpListener', of: /\bUndertow\b/, port: 0, host: 1 },
  { call: 'Server', of: /\bjetty\.server\b/, port: 0 },
  { call: 'port', of: /\bhelidon\.webserver\b/, port: 0 },
  // https://www.http4k.org/howto/serve_and_consume_http
  ...[
    'SunHttp',
    'SunHttpLoom',
    'Jetty',
    'JettyLoom',
    'Jetty11',
    'Netty',
    'Undertow',
    'KtorCIO',
    'KtorNetty',
    'ApacheServer',
    'Helidon',
  ].map((call): Row => ({ call, of: /\bhttp4k\b/, port: 0 })),
  { call: 'http', of: /\barmeria\b[\s\S]{0,4000}\bServer(?:Builder\b|\.builder)/, port: 0 },
  ...['forPort', 'newServerBuilderForPort'].map(
    (call): Row => ({ call, of: /\bgrpc\b/, port: 0, speaks: 'tcp' }),
  ),
  { call: 'bind', of: /\bServerBootstrap\b/, ...HOST_FIRST, speaks: 'tcp' },
  { call: 'InetSocketAddress', of: /\bhttpserver\b|\bjetty\.server\b/, ...HOST_FIRST },
  { call: 'ServerSocket', of: /\bServerSocket\b/, port: 0, host: 2, speaks: 'tcp' },
];

/** What a file must hold to be read for listeners at all. */
export const MAY_LISTEN = new RegExp(ROWS.map(({ of }) => `(?:${of.source})`).join('|'), 'i');

/** Values that a library says: a host, and a configuration with what holds without it. */
export const HOSTS: readonly Reader[] = [
  { of: /\bgetLoopbackAddress$/, read: ({ at }) => ({ text: '127.0.0.1', at }) },
  // https://vertx.io/docs/vertx-core/java/#_passing_configuration_to_a_verticle
  { of: /\bconfig\(\)\.getInteger$/, read: ({ args, worth }) => worth(args[1]) },
];

/** Calls that listen, those of the library that is named first. */
export function listensIn(sources: Sources): readonly Listen[] {
  return findListens(sources, ROWS, {
    of: ({ source }, { of }) => of?.test(source.code) === true,
    check({ source, args }, listen) {
      const [only] = args.length === 1 ? args : [];
      // a pool of threads, or an address that is a row of its own
      if (only !== undefined && /^\s*new\s/.test(codeOf(source, only))) return undefined;
      return only === undefined ? listen : { ...listen, host: {} };
    },
  });
}
