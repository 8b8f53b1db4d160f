import { bindingsOf } from '../../../kit/bindings.ts';
import type { Range, Source } from '../../../kit/dialect.ts';
import { callersOf } from '../../../kit/functions.ts';
import { homeOf } from '../../../kit/homes.ts';
import { portOf } from '../../../kit/port.ts';
import type { Frame, Program } from '../../../kit/program.ts';
import { enclosing, split } from '../../../kit/ranges.ts';
import { callAt, codeOf, functionAt, lineAt, literalAt } from '../../../kit/syntax.ts';
import { type Value, worth } from '../../../kit/worth.ts';
import { verbatim } from '../../../project/data.ts';
import { READERS } from './readers.ts';
import type { SourceFile } from './sources.ts';

/** One place where a program opens a port. */
export interface Listen {
  readonly at: string;
  /** What the port is worth, or the address that holds it. */
  readonly value: Value;
  /** Undefined: it cannot be read there. */
  readonly port: number | undefined;
  readonly host: string | undefined;
  readonly hostVariable: string | undefined;
  readonly udp: boolean;
}

/**
 * What opens a port, by library: the pattern ends with the bracket of its arguments, `port` and `host` are their numbers.
 * Sources: the manuals of each library; `htons` stands for all that use sockets themselves.
 */
interface Row {
  readonly pattern: RegExp;
  readonly port: number;
  readonly host?: number;
  /** What its file has where it is a server. */
  readonly server?: RegExp;
  readonly when?: (source: Source, open: number, args: readonly Range[]) => boolean;
}

const SERVES = /\b(?:listen|accept4?|bind|evconnlistener_new\w*)\s*\(/;
const number = (place: number) => (source: Source, _: number, args: readonly Range[]) =>
  args[place] !== undefined && !codeOf(source, args[place]).trim().startsWith('[');

const ROWS: readonly Row[] = [
  { pattern: /\bMHD_start_daemon\s*\(/g, port: 1 },
  { pattern: /\bevhttp_bind_socket(?:_with_handle)?\s*\(/g, port: 2, host: 1 },
  { pattern: /\bulfius_init_instance\s*\(/g, port: 1 },
  // httplib, Qt: an address before it; µWebSockets: what is called when it listens behind it
  { pattern: /(?:\.|->)\s*listen\s*\(/g, port: 1, host: 0, when: number(1) },
  {
    pattern: /(?:\.|->)\s*listen\s*\(/g,
    port: 0,
    server: /\buWS::/,
    when: (source, open, args) => !number(1)(source, open, args),
  },
  {
    pattern: /(?:\.|->)\s*listen\s*\(/g,
    port: 0,
    server: /\bwebsocketpp\b/,
    when: (_, __, args) => args.length === 1,
  },
  { pattern: /\bmg_(?:http_listen|listen|bind)\s*\(/g, port: 1 },
  { pattern: /(?<=\.)port\s*\(/g, port: 0, server: /\bcrow::/ },
  { pattern: /\baddListener\s*\(/g, port: 1, host: 0 },
  { pattern: /\bendpoint\s*(?:\w+\s*)?[({]/gi, port: 1, host: 0, server: /\bacceptor\b/ },
  { pattern: /\{(?=\s*[\w:]*tcp::v[46]\s*\()/g, port: 1, host: 0, server: /\bacceptor\b/ },
  { pattern: /\bhtons\s*\(/g, port: 0, server: SERVES, when: servesHere },
  { pattern: /\buv_ip[46]_addr\s*\(/g, port: 1, host: 0, server: /\buv_(?:listen|tcp_bind)\b/ },
  { pattern: /\bgetaddrinfo\s*\(/g, port: 1, host: 0, server: /\bAI_PASSIVE\b/ },
  { pattern: /\bAddListeningPort\s*\(/g, port: 0 },
  { pattern: /\bhttp_listener\s*(?:\w+\s*)?[({]/g, port: 0 },
  { pattern: /\bServerSocket\s+\w+\s*[({]|\bnew\s+(?:Poco::)?(?:Net::)?ServerSocket\s*\(/g, port: 0 },
  // Pistache
  { pattern: /\bAddress\s*(?:\w+\s*)?[({]/g, port: 1, host: 0, server: /\bPistache\b/ },
];

/** Assignments that open a port: what stands behind the sign. */
const ASSIGNED: readonly { readonly pattern: RegExp; readonly server: RegExp }[] = [
  { pattern: /\b\w*info\w*(?:\.|->)port\s{0,200}=(?!=)/g, server: /\blws_create_context\b/ },
];

/** What only servers include or call: evidence of a port even where no call is read. */
const SERVERS =
  /\b(?:MHD_start_daemon|evhttp_(?:bind|accept)\w*|lws_create_context|mg_start|uv_listen|evconnlistener_new\w*|ulfius_init_instance|http_listen|oatpp::network::\w+|httplib::(?:SSL)?Server|crow::\w*App|drogon::app|(?:tcp::)?acceptor\w*\s*(?:\.|->)\s*(?:listen|accept|async_accept)|QTcpServer|BuildAndStart)\b|(?<![\w.>:])(?:::)?(?:accept4?|listen)\s*\(\s*\w/;

/** All that a program listens on, and where it begins a server of which no port is seen. */
export interface Listens {
  readonly all: readonly Listen[];
  readonly server: string | undefined;
}

/** Files in which a port, or what it is taken from, can stand: others are not lexed. */
const RELEVANT = /listen|port|endpoint|bind(?:_socket\w*)?\s*\(|\baccept4?\s*\(|_daemon\s{0,200}\(/i;

export function findListens(files: readonly SourceFile[]): Listens {
  const sources = relevant(files).map((file) => file.source);
  const program = programOf(sources);
  const found = sources.flatMap((source) => [
    ...ROWS.flatMap((row) => byCall(program, source, row)),
    ...ASSIGNED.filter(({ server }) => server.test(source.code)).flatMap(({ pattern }) =>
      [...source.code.matchAll(pattern)].map(({ index, 0: head }) => {
        const from = index + head.length;
        return listenOf(program, source, index, { from, to: source.code.indexOf(';', from) }, undefined);
      }),
    ),
    ...byOptions(program, source),
  ]);
  // what is read of one place says more than what is not of another
  const read = found.filter(({ port, value }) => port !== undefined || value.several || value.variable);
  const begun = sources.flatMap((source) => {
    const index = source.code.search(SERVERS);
    return index < 0 ? [] : [lineAt(source, index)];
  });
  return { all: read.length > 0 ? read : found, server: begun[0] };
}

/** A program of more files than this is not read whole. */
const MANY = 30;

/** The files that say what a program listens on: those that open a port, and those that speak of what they open it with. */
function relevant(files: readonly SourceFile[]): readonly SourceFile[] {
  const able = files.filter((file) => RELEVANT.test(file.text));
  if (able.length <= MANY) return able;
  const opening = (file: SourceFile) =>
    ROWS.filter(({ pattern, server }) => file.text.search(pattern) >= 0 && server?.test(file.text) !== false);
  const chosen = new Set(able.filter((file) => opening(file).length > 0).slice(0, MANY));
  let words = [...chosen].flatMap((file) => opening(file).flatMap((row) => wordsAt(file, row.pattern)));
  for (let round = 0; round < 2 && words.length > 0; round++) {
    const said = new RegExp(
      `\\b(?:${[...new Set(words)].slice(0, 40).map(verbatim).join('|')})\\b\\s*(?:=(?!=)|\\()|#\\s*define\\s+(?:${words.slice(0, 40).map(verbatim).join('|')})\\b`,
      'g',
    );
    const next = able.filter((file) => !chosen.has(file) && file.text.search(said) >= 0).slice(0, MANY);
    words = next.flatMap((file) => wordsAt(file, said));
    for (const file of next) chosen.add(file);
  }
  return [...chosen];
}

/** The names in what a pattern finds, and of the functions around it. */
function wordsAt({ source }: SourceFile, pattern: RegExp): readonly string[] {
  return [...source.code.matchAll(pattern)].slice(0, 20).flatMap(({ index }) => {
    const line = /^[^;{}\n]{0,200}/.exec(source.code.slice(index))?.[0] ?? '';
    const around = functionAt(source, index)?.name;
    return [...(line.match(/\b[A-Za-z_]\w{2,}\b/g) ?? []), ...(around ? [around] : [])].filter(
      (word) => !COMMON.test(word),
    );
  });
}

const COMMON =
  /^(htons|htonl|getaddrinfo|listen|bind|NULL|nullptr|char|const|int|uint16_t|unsigned|short|struct|sizeof|define|addr|std|string|main|if|return|for|while)$/;

/** A program of some files, for what names mean in them. */
export function programOf(sources: readonly Source[]): Program {
  return {
    sources,
    memo: new Map(),
    readers: READERS,
    resolve: (source, name) => {
      const all = sources.filter(
        (other) => other !== source && homeOf(other, name, other.code.length) !== undefined,
      );
      // a header that only declares it (`extern`) says nothing of what it is
      const given = all.filter((other) =>
        bindingsOf(other)
          .get(name)
          ?.some(({ value }) => value),
      );
      return (given.length > 0 ? given : all).map((other) => ({ source: other, name }));
    },
  };
}

function byCall(
  program: Program,
  source: Source,
  { pattern, port, host, server, when }: Row,
): readonly Listen[] {
  if (server !== undefined && !server.test(source.code)) return [];
  return [...source.code.matchAll(pattern)].flatMap((match): readonly Listen[] => {
    const open = match.index + match[0].length - 1;
    const close = source.pairs.get(open);
    if (
      close === undefined ||
      /^[ \t]*#/.test(source.code.slice(source.code.lastIndexOf('\n', open) + 1, open))
    )
      return [];
    const args = split(source, { from: open + 1, to: close }, ',');
    const at = args[port];
    if (at === undefined || when?.(source, open, args) === false) return [];
    const hostAt = host === undefined ? boundTo(program, source, open) : args[host];
    const frames = bySide(program, source, open);
    return (frames ?? [undefined]).map((frame) => listenOf(program, source, match.index, at, hostAt, frame));
  });
}

/** The calls of a function that resolves an address both for who listens and for who connects: those that listen. */
function bySide(program: Program, source: Source, open: number): readonly Frame[] | undefined {
  const fn = functionAt(source, open);
  if (fn === undefined || SERVES.test(codeOf(source, fn.body))) return undefined;
  const callers = callersOf(program, { source, fn });
  const serving = callers.filter((one) => SERVES.test(bodyAt(one.source, one.call.from)));
  if (serving.length === 0 || serving.length === callers.length) return undefined;
  return serving.map(({ source: other, call }) => ({
    fn,
    source,
    args: call.args,
    caller: { source: other, range: { from: call.from, to: call.to } },
    outer: undefined,
  }));
}

/** Options as pairs of texts: `"listening_ports", "8080"`. https://github.com/civetweb/civetweb/blob/master/docs/UserManual.md */
function byOptions(program: Program, source: Source): readonly Listen[] {
  return source.strings.flatMap((text): readonly Listen[] => {
    if (text.text !== 'listening_ports') return [];
    const comma = /^\s*,/.exec(source.code.slice(text.to, text.to + 40));
    const from = text.to + (comma?.[0].length ?? 0);
    const end = source.code.slice(from).search(/[,}]/);
    return comma === null ? [] : [listenOf(program, source, text.from, { from, to: from + end }, undefined)];
  });
}

/** Whether a port of the network's order is of a socket that listens: who connects names a port of another. */
function servesHere(source: Source, open: number): boolean {
  const before = source.code.slice(Math.max(0, open - 80), open).replace(/\bhtons\s*$/, '');
  // an opcode is in the order of the network too
  if (!/(?:port\w*|\bp)\s*=\s*(?:\([^()]*\)\s*)?$|[^=\s]\s{0,200}$/i.test(before)) return false;
  // what is handed to a call is a port where that is about addresses
  const around = enclosing(source, source.code.lastIndexOf('htons', open));
  const call = around === undefined || source.code[around] !== '(' ? undefined : callAt(source, around);
  if (call !== undefined && !/addr|sock|bind|listen|endpoint|port|serv/i.test(call.name)) return false;
  const body = bodyAt(source, open);
  return !/\b\w*connect\w*\s{0,200}\(/.test(body) || /\b(?:bind|listen)\w*\s*\(/.test(body);
}

/** The code of the function around a place; of the file where there is none. */
function bodyAt(source: Source, at: number): string {
  const fn = functionAt(source, at);
  return fn === undefined ? source.code : codeOf(source, fn.body);
}

/** The address that the function around a call of `htons` gives to the same socket. */
function boundTo(program: Program, source: Source, open: number): Range | undefined {
  const fn = functionAt(source, open);
  const from = fn?.body.from ?? 0;
  const body = bodyAt(source, open);
  const all = [...body.matchAll(/\bsin6?_addr(?:\.s6?_addr)?\s*=(?!=)|\binet_pton\s*\(|\binet_aton\s*\(/g)];
  const ranges = all.flatMap(({ index, 0: head }): readonly Range[] => {
    const at = from + index + head.length;
    if (head.endsWith('=')) return [{ from: at, to: at + source.code.slice(at).search(/[;,}]/) }];
    const close = source.pairs.get(at - 1);
    if (close === undefined) return [];
    const args = split(source, { from: at, to: close }, ',');
    const address = args[head.startsWith('inet_pton') ? 1 : 0];
    return address === undefined ? [] : [address];
  });
  // two that differ: one of them is not of this socket
  const [first, ...more] = ranges;
  return more.some((one) => hostOf(program, source, one).host !== hostOf(program, source, first).host)
    ? undefined
    : first;
}

const LOOPBACK =
  /\bINADDR_LOOPBACK\b|\bin6addr_loopback\b|\baddress_v[46]::loopback\b|\bQHostAddress::LocalHost\b|\bIpv4::loopback\b/;

function hostOf(
  program: Program,
  source: Source,
  range: Range | undefined,
  frame?: Frame,
): { readonly host: string | undefined; readonly variable: string | undefined } {
  if (range === undefined) return { host: undefined, variable: undefined };
  if (LOOPBACK.test(codeOf(source, range))) return { host: '127.0.0.1', variable: undefined };
  const made = /\b(?:inet_addr|make_address(?:_v[46])?|from_string)\s*\(/.exec(codeOf(source, range));
  const open = made === null ? undefined : range.from + made.index + made[0].length - 1;
  const inner = open === undefined ? range : { from: open + 1, to: source.pairs.get(open) ?? range.to };
  const { text, variable, several } = worth(program, source, inner, [], frame);
  return { host: several ? undefined : text, variable };
}

function listenOf(
  program: Program,
  source: Source,
  index: number,
  at: Range,
  hostAt: Range | undefined,
  frame?: Frame,
): Listen {
  const read = worth(program, source, at, [], frame);
  const text = literalAt(source, at)?.text ?? read.text;
  const value = valueIn(read, text);
  const { host, variable } = hostOf(program, source, hostAt, frame);
  // "127.0.0.1:8080" holds both
  const inText = /(127\.0\.0\.1|localhost|\[::1\])/.exec(value.text ?? '')?.[1];
  const body = bodyAt(source, index);
  const udp =
    /\bSOCK_DGRAM\b|\brecvfrom\s*\(/.test(source.code) &&
    !/\bSOCK_STREAM\b|\b(?:listen|accept4?)\s*\(/.test(/\bSOCK_DGRAM\b/.test(body) ? body : source.code);
  return {
    at: lineAt(source, index),
    value,
    port: portIn(value.text),
    host: host ?? inText,
    hostVariable: variable,
    udp,
  };
}

function valueIn(read: Value, text: string | undefined): Value {
  return { ...read, text };
}

/** A number, or an address that ends with one: `http://0.0.0.0:8000`, `[::]:443s`. */
export function portIn(text: string | undefined): number | undefined {
  const digits = /^\d+$/.test(text ?? '')
    ? text
    : /(?:^|[:/])(?:\[[\d:]+\]:)?(\d{2,5})(?:[rs,/]|$)/.exec(text ?? '')?.[1];
  return portOf(digits);
}
