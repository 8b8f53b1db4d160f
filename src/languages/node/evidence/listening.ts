import { lineNumber } from '../../../project/data.ts';
import { callAt, expressionOf, type Source, type Sources, search } from './sources.ts';

/** An expression as far as it can be read: the variable that decides, and what holds without it. */
interface Read {
  readonly variable?: string | undefined;
  readonly value?: string | undefined;
}

/** One place where the program begins to listen. */
export interface Listen {
  readonly at: string;
  readonly port: Read;
  readonly host: Read;
  /** Fastify's own rule: localhost unless a host is given. https://fastify.dev/docs/latest/Reference/Server/#listen */
  readonly localByDefault: boolean;
  readonly encrypted: boolean;
}

const CALLS: readonly {
  readonly call: RegExp;
  readonly of?: readonly string[];
  readonly port?: string;
  readonly options?: true;
}[] = [
  { call: /\.listen\s*\(/g },
  // https://hono.dev/docs/getting-started/nodejs
  { call: /\bserve\s*\(/g, of: ['@hono/node-server', 'srvx', 'h3'], port: '3000' },
  // https://bun.sh/docs/api/http
  { call: /\bBun\.serve\s*\(/g, port: '3000' },
  // https://www.apollographql.com/docs/apollo-server/api/standalone
  { call: /\bstartStandaloneServer\s*\(/g, of: ['@apollo/server'], port: '4000' },
  // https://hapi.dev/api/#-serveroptions
  { call: /\b[Hh]api\.(?:server|Server)\s*\(/g, of: ['@hapi/hapi'], port: '0' },
  { call: /\bnew\s+(?:WebSocket\.)?(?:WebSocketServer|Server)\s*\(/g, of: ['ws'], options: true },
  // https://grpc.github.io/grpc/node/grpc.Server.html#bindAsync: 'address:port'
  { call: /\.bindAsync\s*\(/g, of: ['@grpc/grpc-js'] },
];

/** A server that speaks TLS or HTTP/2, which a health check over plain HTTP would not understand. */
const ENCRYPTED = /\b(?:https|http2|spdy)['"]?\)?\s*\.\s*createServer\s*\(|\bcreateSecureServer\s*\(/g;

export function findListens(sources: Sources, runtime: 'node' | 'bun'): readonly Listen[] {
  const localByDefault = sources.packages.has('fastify') || sources.packages.has('@nestjs/platform-fastify');
  const encrypted = search(sources, ENCRYPTED).length > 0;
  const calls = CALLS.filter(({ of }) => of === undefined || of.some((name) => sources.packages.has(name)));
  const found = calls.flatMap(({ call, port, options }) =>
    search(sources, call).flatMap((match) => {
      const args = callAt(match.file, match.index);
      if (options && !/\bport\b/.test(args)) return [];
      const read = readCall(sources, match.file, args);
      const fallback =
        read.port.value === undefined && read.port.variable === undefined ? { value: port } : read.port;
      return [{ at: match.at, port: fallback, host: read.host, localByDefault, encrypted }];
    }),
  );
  return [...found, ...(runtime === 'bun' ? fetchHandlers(sources, encrypted) : [])];
}

/** Bun serves what the entry exports by default when it has a fetch handler. https://bun.sh/docs/api/http#export-default-syntax */
function fetchHandlers(sources: Sources, encrypted: boolean): readonly Listen[] {
  const [entry] = sources.files;
  const match = entry && /export\s+default\s+(\{[\s\S]*?\n?\}\s*;?\s*$|\w+\s*;?\s*$)/.exec(entry.text);
  if (entry === undefined || !match || !(/fetch/.test(match[1] ?? '') || sources.packages.has('hono')))
    return [];
  const port = readPort(sources, entry, property(match[1] ?? '', 'port'));
  const at = `${entry.path}:${lineNumber(entry.text, match.index)}`;
  // without a port of its own Bun takes PORT, else 3000
  const read =
    port.variable === undefined && port.value === undefined ? { variable: 'PORT', value: '3000' } : port;
  return [{ at, port: read, host: {}, localByDefault: false, encrypted }];
}

function readCall(sources: Sources, file: Source, args: string): { port: Read; host: Read } {
  const first = splitArguments(args);
  const address = /^['"`](\[?[\w.:]+\]?):(\d+)['"`]$/.exec(first[0] ?? '');
  if (address) return { host: { value: address[1] }, port: { value: address[2] } };
  const object = first.find((arg) => arg.startsWith('{')) ?? '';
  if (/\bport\b/.test(object)) {
    const host = property(object, 'host') ?? property(object, 'hostname');
    return { port: readPort(sources, file, property(object, 'port')), host: readHost(sources, file, host) };
  }
  const host = first[1] !== undefined && !/=>|\bfunction\b|^\d+$/.test(first[1]) ? first[1] : undefined;
  return { port: readPort(sources, file, first[0]), host: readHost(sources, file, host) };
}

/** The arguments of a call, split where no bracket or string is open. */
function splitArguments(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const [token] of text.matchAll(/'[^'\n]*'|"[^"\n]*"|`[^`]*`|[\s\S]/g)) {
    if ('([{'.includes(token)) depth++;
    if (')]}'.includes(token)) depth--;
    if (token === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** The value of a property in an object's text; a shorthand stands for the name itself. */
function property(object: string, name: string): string | undefined {
  const inner = object.replace(/^\{|\}\s*;?\s*$/g, '');
  const part = splitArguments(inner).find((p) => p === name || new RegExp(`^${name}\\s*:`).test(p));
  return part === name ? name : part?.slice(part.indexOf(':') + 1).trim();
}

const ENV =
  /(?:\b(?:process|Bun|import\.meta)\.env|\benv)(?:\.(\w+)|\[\s*['"](\w+)['"]\s*\])|\bget(?:OrThrow)?(?:<\w+>)?\(\s*['"](\w+)['"]/;

function readPort(sources: Sources, file: Source, text: string | undefined): Read {
  const found = read(
    sources,
    file,
    text,
    /(?:\|\||\?\?|:|,|default\(|default:|=)\s*['"]?(\d{1,5})\b/,
    /^\+?\(?['"]?(\d{1,5})['"]?\)?$/,
    0,
  );
  // a variable that is called otherwise decides something else
  return found.variable === undefined || /port/i.test(found.variable) ? found : {};
}

function readHost(sources: Sources, file: Source, text: string | undefined): Read {
  return read(
    sources,
    file,
    text,
    /(?:\|\||\?\?|:|,|default\(|=)\s*['"`]([\w.:]+)['"`]/,
    /^['"`]([\w.:]*)['"`]$/,
    0,
  );
}

/** Follows names for three steps, to a literal or to a variable of the environment with its default. */
function read(
  sources: Sources,
  file: Source,
  text: string | undefined,
  fallback: RegExp,
  literal: RegExp,
  depth: number,
): Read {
  // neither a cast nor the radix of parseInt is a part of the value
  const expression = text
    ?.trim()
    .replace(/\s+as\s+\w+$/, '')
    .replace(/,\s*10\s*\)/g, ')');
  if (expression === undefined || expression === '' || depth > 3) return {};
  const plain = literal.exec(expression)?.[1];
  if (plain !== undefined) return { value: plain };
  const env = ENV.exec(expression);
  const variable = env?.[1] ?? env?.[2] ?? env?.[3];
  if (variable !== undefined && /^[A-Z][A-Z0-9_]*$/.test(variable)) {
    const rest = expression.slice((env?.index ?? 0) + (env?.[0].length ?? 0));
    return {
      variable,
      value: fallback.exec(rest)?.[1] ?? (depth < 3 ? schemaDefault(sources, variable) : undefined),
    };
  }
  const set = /\.get(?:OrThrow)?(?:<\w+>)?\(\s*['"]([\w.]+)['"]/.exec(expression)?.[1];
  const next =
    set === undefined
      ? name(expression)
      : (search(sources, new RegExp(`\\.set\\(\\s*['"]${set}['"]\\s*,\\s*([^;\\n]+)\\)`, 'g'))[0]
          ?.groups[0] ?? configured(sources, set));
  if (next === undefined) return {};
  const taken = destructured(sources, next, fallback);
  if (taken !== undefined) return taken;
  const value = set === undefined ? expressionOf(sources, file, next) : next;
  const found = read(sources, file, value?.replace(/,\s*$/, ''), fallback, literal, depth + 1);
  // a schema (zod, envalid) names the variable by its key: PORT: z.coerce.number().default(3000)
  const key = next.split('.').at(-1) ?? next;
  if (found.variable !== undefined || found.value !== undefined || !/^[A-Z][A-Z0-9_]*$/.test(key))
    return found;
  return { variable: key, value: schemaDefault(sources, key) };
}

/** The name in `port`, `config.port`, `Number(port)`, `parseInt(port, 10)`. */
function name(expression: string): string | undefined {
  return /^(?:\w+\()?\s*\+?\s*([A-Za-z_$][\w$]*(?:[.?]+\w+)*)\s*(?:,\s*10\s*)?\)?$/.exec(expression)?.[1];
}

/** `const { PORT = 3000 } = process.env`. */
function destructured(sources: Sources, variable: string, fallback: RegExp): Read | undefined {
  if (!/^\w+$/.test(variable)) return undefined;
  const pattern = new RegExp(`\\{([^}]*\\b${variable}\\b[^}]*)\\}\\s*=\\s*(?:process|Bun)\\.env`, 'g');
  const [found] = search(sources, pattern);
  const part = splitArguments(found?.groups[0] ?? '').find((p) => new RegExp(`\\b${variable}\\b`).test(p));
  if (part === undefined) return undefined;
  return { variable: /^\w+/.exec(part)?.[0] ?? variable, value: fallback.exec(part)?.[1] };
}

function schemaDefault(sources: Sources, variable: string): string | undefined {
  const pattern = new RegExp(`\\b${variable}\\s*:\\s*[^\\n]*?default(?:\\(|:)\\s*['"]?([\\w.:]+)`, 'g');
  return search(sources, pattern)[0]?.groups[0];
}

/** What Nest's configuration says of a key, as far as one place does. https://docs.nestjs.com/techniques/configuration */
function configured(sources: Sources, key: string): string | undefined {
  const [word = '', scope] = key.split('.').reverse();
  const factory = scope === undefined ? /export\s+default\s+\(\)\s*=>/ : `registerAs\\(\\s*['"]${scope}['"]`;
  const files = sources.files.filter(({ text }) => new RegExp(factory).test(text));
  const all = files.flatMap((file) => [...file.text.matchAll(new RegExp(`\\b${word}["']?\\s*:`, 'g'))]);
  const [file] = files;
  return all.length === 1 && file !== undefined ? expressionOf(sources, file, word) : undefined;
}
