import { type Match, type SourceFile, search } from './sources.ts';

/** One place where a program opens a port. Undefined: it cannot be read there. */
export interface Listen {
  readonly at: string;
  readonly port: string | undefined;
  /** The variable of the environment that the port is taken from. */
  readonly variable: string | undefined;
  readonly host: string | undefined;
  readonly hostVariable: string | undefined;
}

/** An argument of a call: a number, a name, or a text. */
const ARG = String.raw`([^,;()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^,;()]*)*)`;

/**
 * What opens a port, by library; `port` and `host` tell which of the captured arguments they are.
 * Sources: the manuals of each library; `htons` stands for all that use sockets themselves.
 */
const CALLS: readonly {
  readonly pattern: RegExp;
  readonly port: number;
  readonly host?: number;
  readonly server?: RegExp;
  /** What stands in front of the call, and behind it in the same function. */
  readonly before?: RegExp;
  readonly behind?: RegExp;
}[] = [
  { pattern: new RegExp(`\\bMHD_start_daemon\\s*\\(${ARG},${ARG}`, 'g'), port: 1 },
  {
    pattern: new RegExp(
      `\\bevhttp_bind_(?:socket|socket_with_handle|listener)\\s*\\(${ARG},${ARG},${ARG}\\)`,
      'g',
    ),
    port: 2,
    host: 1,
  },
  {
    pattern: new RegExp(
      `(?:\\.|->)listen\\s*\\(\\s*("[^"]*"|[\\w.:>-]+(?:\\([^()]*\\))?)\\s*,${ARG}\\)`,
      'g',
    ),
    port: 1,
    host: 0,
  },
  { pattern: /"listening_ports"\s*,\s*("[^"]*"|[\w.]+)/g, port: 0 },
  { pattern: /\bmg_(?:http_listen|listen|bind)\s*\([^,]*,\s*("[^"]*"|\w+)/g, port: 0 },
  {
    pattern: new RegExp(`\\.port\\s*\\(${ARG}\\)(?=[^;]*\\.(?:run|multithreaded|run_async)\\b)`, 'g'),
    port: 0,
  },
  { pattern: new RegExp(`\\baddListener\\s*\\(${ARG},${ARG}`, 'g'), port: 1, host: 0 },
  {
    pattern: new RegExp(
      `\\bendpoint\\s*[({]\\s*(?:[\\w:]*tcp::v[46]\\(\\)|([\\w:]*make_address\\s*\\([^()]*\\)|\\w*(?:addr|host)\\w*))\\s*,${ARG}[)}]`,
      'gi',
    ),
    port: 1,
    host: 0,
    server: /\bacceptor\b/,
  },
  {
    pattern: new RegExp(`\\bhtons\\s*\\(${ARG}\\)`, 'g'),
    // an opcode is in the order of the network too, and who connects names a port of another
    before: /(?:port\w*|\bp)\s*=\s*(?:\([^()]*\)\s*)?$|[^=\s]\s*$/i,
    behind: /^(?!(?:(?!(?:bind|listen)\w*\s*\()[\s\S])*connect\w*\s*\()/,
    port: 0,
    server: /\b(?:listen|accept4?)\s*\(|\bbind\s*\(/,
  },
  {
    pattern: new RegExp(`\\buv_ip[46]_addr\\s*\\(${ARG},${ARG},`, 'g'),
    port: 1,
    host: 0,
    server: /\buv_(?:listen|tcp_bind)\b/,
  },
  {
    pattern: /\bgetaddrinfo\s*\(\s*(NULL|nullptr|0|[\w>.-]+)\s*,\s*("[^"]*"|[\w>.-]+)/g,
    port: 1,
    host: 0,
    server: /\bAI_PASSIVE\b/,
  },
  { pattern: /\binfo\.port\s*=\s*([^;]+);/g, port: 0, server: /\blws_create_context\b/ },
  { pattern: /\bAddListeningPort\s*\(\s*("[^"]*"|\w+)/g, port: 0 },
];

/** What only servers include or call: evidence of a port even where no call is read. */
export const SERVERS =
  /\b(MHD_start_daemon|evhttp_(?:bind|accept)|httplib::(?:SSL)?Server|crow::\w*App|drogon::|lws_create_context|mg_start\s*\(|uv_listen|event_base_dispatch|ulfius_start)/;

export function findListens(files: readonly SourceFile[]): readonly Listen[] {
  const found = CALLS.flatMap(({ pattern, port, host, server, before, behind }) =>
    search(files, pattern)
      .filter((match) => server === undefined || server.test(match.file.text))
      .filter(
        ({ file, index }) =>
          before?.test(file.text.slice(Math.max(0, index - 60), index)) !== false &&
          behind?.test(/^[\s\S]{0,1500}?(?=\n\}|$)/.exec(file.text.slice(index, index + 1500))?.[0] ?? '') !==
            false,
      )
      .map((match) =>
        listenOf(
          files,
          match,
          match.groups[port]?.trim(),
          host === undefined ? undefined : match.groups[host]?.trim(),
        ),
      ),
  );
  const local = search(
    files,
    /\bhtonl\s*\(\s*INADDR_LOOPBACK\s*\)|\binet_(?:addr|pton)\s*\([^)]*"127\.0\.0\.1"/g,
  ).filter(
    ({ file, index }) =>
      /^(?:(?!\bconnect\s*\()[\s\S]){0,800}?\bbind\s*\(/.test(file.text.slice(index, index + 900)) &&
      /\blisten\s*\(/.test(file.text),
  );
  // beside others that listen elsewhere it is for the program itself
  const [bound] = search(files, /\blisten\s*\(/g).some(({ file }) => local.every((one) => one.file !== file))
    ? []
    : local;
  const read =
    bound === undefined
      ? found
      : found.map((listen) =>
          listen.host === undefined && listen.at.startsWith(`${bound.file.path}:`)
            ? { ...listen, at: bound.at, host: '127.0.0.1' }
            : listen,
        );
  const known = read.filter((listen) => listen.port !== undefined || listen.variable !== undefined);
  return known.length > 0 ? known : read;
}

function listenOf(
  files: readonly SourceFile[],
  { at, file }: Match,
  port = '',
  host: string | undefined,
): Listen {
  const number = worth(files, file, port);
  const name = host === undefined ? undefined : worth(files, file, host);
  const inText = /(?:^|[:/"])(?:\[[\d:]+\]:)?(\d{2,5})(?:[rs,/"]|$)/.exec(number.value ?? '')?.[1];
  // "127.0.0.1:8080" holds both
  const textHost = /(127\.0\.0\.1|localhost)/.exec(number.value ?? '')?.[1];
  const value = /^\d+$/.test(number.value ?? '') ? number.value : inText;
  const real = value !== undefined && Number(value) > 0 && Number(value) < 65536 ? value : undefined;
  return {
    at,
    port: real,
    variable: number.variable,
    host: name?.value ?? textHost,
    hostVariable: name?.variable,
  };
}

/** What an expression is worth: followed through macros, constants, variables, and `getenv`; each name once. */
function worth(
  files: readonly SourceFile[],
  file: SourceFile,
  expression: string,
  seen: Set<string> = new Set(),
): { readonly value: string | undefined; readonly variable: string | undefined } {
  const text = expression
    .trim()
    .replace(/^\(\s*[\w\s]+\)\s*/, '')
    .replace(/^static_cast<[^>]*>/, '');
  const environment = /getenv\s*\(\s*"(\w+)"\s*\)/.exec(text)?.[1];
  const literal = /(?:^|[?:\s(])(?:\d+[uUlL]*|"[^"]*")\s*\)*$/.exec(text)?.[0]?.match(/"([^"]*)"|(\d+)/);
  const value = literal?.[1] ?? literal?.[2];
  if (environment !== undefined || value !== undefined) return { value, variable: environment };
  const name = /([A-Za-z_]\w*)\s*\)*$/.exec(text.replace(/\(\s*\)$/, ''))?.[1];
  if (name === undefined || seen.has(name) || seen.size > 12)
    return { value: undefined, variable: undefined };
  seen.add(name);
  const here = [file, ...files.filter((f) => f !== file)];
  const set = [
    new RegExp(`^[ \\t]*#[ \\t]*define[ \\t]+${name}[ \\t]+(.+)$`, 'gm'),
    new RegExp(`\\b${name}\\s*(?:\\[\\s*\\d*\\s*\\])?\\s*[={]\\s*([^=;,{}\\n][^;{}\\n]*?)\\s*[};]`, 'g'),
    new RegExp(`\\b${name}\\s*=\\s*([^=;,\\n][^;,\\n]*)[,;]`, 'g'),
  ];
  let variable: string | undefined;
  let known: string | undefined;
  for (const match of set.flatMap((pattern) => search(here, pattern).slice(0, 12))) {
    const right = match.groups[0] ?? '';
    if (new RegExp(`\\b${name}\\b`).test(right.replace(/"[^"]*"/g, ''))) continue;
    const inner = worth(files, match.file, right, seen);
    variable ??= inner.variable;
    known ??= inner.value;
  }
  return { value: known, variable };
}
