import { bracketed, callOf, fieldOf, splitAt } from './expressions.ts';
import { type Source, type Sources, search } from './sources.ts';
import { evaluate, originsOf, type Value } from './values.ts';

/** A place where the program begins to listen. */
export interface Listen {
  readonly at: string;
  readonly host: Value;
  readonly port: Value;
  /** Whether the variable or the flag holds the whole address, host and port. */
  readonly whole: boolean;
  /** It does not speak plain HTTP. */
  readonly opaque: boolean;
}

/** Calls of servers: which argument is the address, and what is listened on without one. */
interface Call {
  readonly pattern: RegExp;
  readonly argument: number;
  /** Imports of which one must be there. */
  readonly of: RegExp;
  /** The address when no argument is given. */
  readonly otherwise?: Value & { readonly whole?: true };
  readonly opaque?: true;
  /** The name is a common word: only an address for an argument makes it this call. */
  readonly common?: true;
}

const CALLS: readonly Call[] = [
  { pattern: /\bhttp\.ListenAndServe\(/g, argument: 0, of: /^net\/http$/ },
  { pattern: /\bhttp\.ListenAndServeTLS\(/g, argument: 0, of: /^net\/http$/, opaque: true },
  { pattern: /\bfasthttp\.ListenAndServe\(/g, argument: 0, of: /fasthttp/ },
  { pattern: /\b(?:net|reuseport)\.Listen\(/g, argument: 1, of: /^net$/, opaque: true },
  { pattern: /\.Listen\(\s*(?:\w*[cC]tx|context\.\w+\(\))\s*,/g, argument: 2, of: /^net$/, opaque: true },
  { pattern: /\btls\.Listen\(/g, argument: 1, of: /^crypto\/tls$/, opaque: true },
  // https://pkg.go.dev/github.com/gin-gonic/gin#Engine.Run: PORT, else :8080
  {
    pattern: /\.Run\(/g,
    argument: 0,
    of: /gin-gonic\/gin$/,
    otherwise: { text: ':8080', variable: 'PORT' },
    common: true,
  },
  { pattern: /\.RunTLS\(/g, argument: 0, of: /gin-gonic\/gin$/, opaque: true, common: true },
  { pattern: /\.Start\(/g, argument: 0, of: /labstack\/echo/, common: true },
  { pattern: /\.StartTLS\(/g, argument: 0, of: /labstack\/echo/, opaque: true, common: true },
  { pattern: /\.Listen\(/g, argument: 0, of: /gofiber\/fiber|kataras\/iris/, common: true },
  { pattern: /\biris\.Addr\(/g, argument: 0, of: /kataras\/iris/ },
  { pattern: /\bWithHostPorts\(/g, argument: 0, of: /cloudwego\/hertz/ },
  { pattern: /\bweb\.Run\(|\bbeego\.Run\(/g, argument: 0, of: /beego/, otherwise: { text: ':8080' } },
  { pattern: /\bAddFlags\(\s*kingpin\.CommandLine/g, argument: 1, of: /exporter-toolkit/ },
  // wrappers of the project's own: server.Start(":8080")
  {
    pattern: /\.(?:ListenAndServe|Listen|Run|Start|Serve)\(/g,
    argument: 0,
    of: /^net(\/http)?$/,
    common: true,
  },
];

/** Everything that the program's own sources listen on. */
export function findListens(sources: Sources): readonly Listen[] {
  const found = [...CALLS.flatMap((call) => callsOf(sources, call)), ...serversOf(sources)];
  const seen = new Set<string>();
  return found.filter(({ at }) => !seen.has(at) && seen.add(at));
}

function callsOf(sources: Sources, call: Call): readonly Listen[] {
  if (![...sources.imports].some((path) => call.of.test(path))) return [];
  return search(sources, call.pattern).flatMap(({ file, index, at }) => {
    const open = file.text.indexOf('(', index);
    const args = splitAt(bracketed(file.text, open) ?? '', ',');
    const text = args[call.argument];
    if (text === undefined) {
      const engine = /\bgin\.(?:Default|New)\(|\*gin\.Engine/.test(file.text) || !call.common;
      if (call.otherwise === undefined || args.length > 0 || !engine) return [];
      const { port, host } = split(call.otherwise);
      return [{ at, host, port, whole: false, opaque: false }];
    }
    if (args.slice(0, call.argument).some((arg) => /^"(udp|unix)/.test(arg))) return [];
    const opaque = call.opaque === true && !(call.argument > 0 && servesHttp(sources));
    const listen = { at, ...addressOf(sources, file, text), opaque };
    return call.common && !isAddress(listen, text) ? [] : [listen];
  });
}

/** Whether an argument of a common word is an address at all. */
function isAddress({ port, whole }: Pick<Listen, 'port' | 'whole'>, text: string): boolean {
  const named = port.variable ?? port.flag ?? '';
  if (/^\d{1,5}$/.test(port.text ?? '')) return whole || /[":]|port|addr/i.test(text);
  return port.text === undefined && /port|addr|listen|bind/i.test(named);
}

/** `http.Server{ Addr: … }`: without an address it is 80. */
function serversOf(sources: Sources): readonly Listen[] {
  const listens = search(sources, /\.ListenAndServe(?:TLS)?\(/g);
  return search(sources, /\b(?:http|fasthttp|manners|graceful)\.Server\{/g).flatMap(({ file, index, at }) => {
    const body = bracketed(file.text, file.text.indexOf('{', index)) ?? '';
    const name = /(\w+)\s*:?=\s*&?$/.exec(file.text.slice(Math.max(0, index - 60), index))?.[1];
    const later = name && new RegExp(`\\b${name}\\.Addr\\s*=\\s*([^\\n]+)`).exec(file.text)?.[1];
    const address = fieldOf(body, 'Addr') ?? later;
    if (address === undefined || listens.length === 0) return [];
    const opaque = listens.every(({ file: f, index: i }) => f.text.startsWith('.ListenAndServeTLS', i));
    return [{ at, ...addressOf(sources, file, address), opaque }];
  });
}

/** Host and port of an address's expression. */
function addressOf(
  sources: Sources,
  file: Source,
  expression: string,
  depth = 0,
): Omit<Listen, 'at' | 'opaque'> {
  const text = expression.trim();
  const read = (other: string) => ofAddress(evaluate(sources, file, other));
  const parts = splitAt(text, '+');
  if (parts.length > 1) return joined(parts.map((part) => read(part)));
  const call = callOf(text);
  const [first = '', ...rest] = call?.args ?? [];
  if (call?.name === 'net.JoinHostPort' && rest[0] !== undefined)
    return { host: read(first), port: read(rest[0]), whole: false };
  if (call?.name === 'fmt.Sprintf') {
    const format = read(first).text ?? '';
    const values = [...rest];
    const pieces = format.split(/(%[a-z])/).filter((piece) => piece !== '');
    return joined(pieces.map((p) => (/^%[a-z]$/.test(p) ? read(values.shift() ?? '') : { text: p })));
  }
  const origin = depth < 5 ? behind(sources, file, text.replace(/^[&*]+/, '')) : undefined;
  if (origin !== undefined) {
    const address = addressOf(sources, origin.file, origin.text, depth + 1);
    if (isKnown(address.port)) return address;
  }
  const value = read(text);
  const colon = value.text?.includes(':') ?? false;
  const named = value.variable ?? value.flag ?? '';
  const whole = colon || /addr|listen|bind|host/i.test(named);
  return { ...split(value, whole), whole: whole && named !== '' };
}

/** A variable or a flag that is called otherwise decides something else. */
function ofAddress(value: Value): Value {
  const is = (name = '') => /port|addr|listen|host|bind|url|endpoint|server|http|web|ip$/i.test(name);
  const { text, several } = value;
  return {
    text,
    several,
    variable: is(value.variable) ? value.variable : undefined,
    flag: is(value.flag) ? value.flag : undefined,
  };
}

export function isKnown({ text, variable, flag }: Value): boolean {
  return (text ?? variable ?? flag) !== undefined;
}

/** Text that puts an address together of parts. */
const MADE = /^(?:fmt\.Sprintf|net\.JoinHostPort)\(|"[^"\n]*:"\s*\+|\+\s*":/;

/** The expression that a name, a field or a function stands for, when it is put together of parts. */
function behind(sources: Sources, file: Source, text: string): { file: Source; text: string } | undefined {
  const origins = originsOf(sources, file, text);
  const [only] = origins;
  return (
    origins.find((origin) => MADE.test(origin.text)) ??
    (origins.length === 1 && !isPlain(only?.text) ? only : undefined)
  );
}

/** A literal is an end, and so is what an environment or a flag says. */
function isPlain(text = ''): boolean {
  return !/^[\w.]+(?:\([\w.,*& ]*\))?$/.test(text) || /^\d/.test(text);
}

/** Values one behind the other: what stands before the last colon is the host, what stands behind it the port. */
function joined(values: readonly Value[]): Omit<Listen, 'at' | 'opaque'> {
  const at = values
    .map(({ text, variable, flag }) => !variable && !flag && (text ?? '').includes(':'))
    .lastIndexOf(true);
  const only = values[0];
  if (at < 0)
    return only === undefined ? { host: {}, port: {}, whole: false } : { ...split(only), whole: true };
  const [before = '', after = ''] = (values[at]?.text ?? '').split(/:(?=[^:]*$)/);
  const host = before === '' ? (values[at - 1] ?? { text: '' }) : { text: before };
  const port = after === '' ? (values[at + 1] ?? {}) : { text: after };
  return { host, port, whole: false };
}

/** `localhost:8080` → host and port; a number alone is a port. */
function split(value: Value, whole = true): { readonly host: Value; readonly port: Value } {
  const { text, variable, flag, several } = value;
  const colon = text?.lastIndexOf(':') ?? -1;
  const host = colon < 0 ? undefined : text?.slice(0, colon).replace(/^\[|\]$/g, '');
  const said = colon < 0 ? text : text?.slice(colon + 1);
  const port = /^\d+$/.test(said ?? '') ? said : undefined;
  return {
    host: whole && colon >= 0 ? { text: host, variable, flag, several } : { text: host ?? '' },
    port: { text: port, variable, flag, several },
  };
}

/** Whether a listener that was opened by hand is given to a server of HTTP. */
function servesHttp(sources: Sources): boolean {
  const http = search(sources, /\bhttp\.(?:Serve\(|Server\{)|\be\.Listener\b/g);
  return http.length > 0 && search(sources, /\bgrpc\.NewServer\(/g).length === 0;
}
