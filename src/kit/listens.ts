/**
 * Calls that listen, as rows of a language.
 *
 *     const ROWS: readonly ListenRow[] = [
 *       { call: 'ListenAndServe', of: /^net\/http$/, address: 0, docs: 'https://pkg.go.dev/net/http#ListenAndServe' },
 *       { call: 'bind', of: /^dgram$/, port: 0, host: 1, speaks: 'udp', docs: 'https://nodejs.org/api/dgram.html' },
 *     ];
 */
import { addressOf } from './address.ts';
import type { Range } from './dialect.ts';
import { callersOf } from './functions.ts';
import { type Called, callsOf, type Sources } from './sources.ts';
import { argument, blockAt, codeOf, functionAt, literalAt, member } from './syntax.ts';
import { isUnknown, sayable, type Value } from './value.ts';
import { worth } from './worth.ts';

/** What is understood behind an address: a health check asks HTTP over HTTP, all else by a connection, UDP not at all. */
export type Speaks = 'http' | 'tcp' | 'udp';

/** A place where the program begins to listen. */
export interface Listen {
  /** `src/server.ts:12`. */
  readonly at: string;
  readonly host: Value;
  readonly port: Value;
  /** Whether the variable or the flag holds the whole address, host and port. */
  readonly whole: boolean;
  readonly speaks: Speaks;
  /** What has to be said so that it listens at all, as it is typed: it is off by default. */
  readonly only?: string | undefined;
  /** It serves its operators: metrics, profiles, probes. */
  readonly aside?: boolean | undefined;
  /** It answers for the health of the program, at this path. */
  readonly health?: string | undefined;
}

/** An argument's number, or its name: a keyword, or the member of an argument that is an object. */
export type Place = number | string;

export interface ListenRow {
  /** The last word of what is called. */
  readonly call: string;
  /** What the call's object, or a package that the program imports, is called: without it the word means something else. */
  readonly of?: RegExp;
  /** The argument that holds host and port. */
  readonly address?: Place | readonly Place[];
  readonly port?: Place | readonly Place[];
  readonly host?: Place | readonly Place[];
  /** The argument that is an object in which `port` and `host` are named; without it every one that is. */
  readonly options?: number;
  /** What is listened on when the call says nothing; without it such a call is none. */
  readonly otherwise?: Value;
  /** Localhost unless a host is said. */
  readonly local?: true;
  readonly speaks?: Speaks;
  readonly docs?: string;
}

/** What a language adds: what the object of a call is, and what it speaks. */
export interface Hears {
  /** Whether a call is of a row's package; without it the packages of the program decide. */
  readonly of?: (call: Called, row: ListenRow) => boolean;
  /** What a call speaks, where its row does not say. */
  readonly speaks?: (call: Called) => Speaks | undefined;
  /** Undefined: the call is no listener after all. */
  readonly check?: (call: Called, listen: Listen) => Listen | undefined;
}

/** Everything that the program listens on, each place once, by the first row that it is of. */
export function findListens(
  sources: Sources,
  rows: readonly ListenRow[],
  hears: Hears = {},
): readonly Listen[] {
  const found = new Map<string, Listen>();
  const called = new Map<string, readonly Called[]>();
  for (const row of rows) {
    const of =
      hears.of ?? (() => row.of === undefined || [...sources.packages].some((name) => row.of?.test(name)));
    // many libraries call it run
    const calls = called.get(row.call) ?? callsOf(sources, row.call);
    called.set(row.call, calls);
    for (const call of calls) {
      const key = `${call.source.path}\0${call.from}\0${call.to}`;
      if (found.has(key) || !of(call, row)) continue;
      const heard = listenOf(sources, row, call, row.speaks ?? hears.speaks?.(call) ?? 'http');
      const listen = heard && hears.check ? hears.check(call, heard) : heard;
      if (listen !== undefined) found.set(key, listen);
    }
  }
  return [...found.values()];
}

function listenOf(sources: Sources, row: ListenRow, call: Called, speaks: Speaks): Listen | undefined {
  const { at } = call;
  const only = onlyWith(sources, call);
  const address = given(sources, call, row.address, row.options);
  if (address !== undefined) {
    const value = address.value;
    return { at, ...addressOf(value), speaks, only, aside: isAside(call, address.range, value) };
  }
  const port = given(sources, call, row.port, row.options);
  const host = given(sources, call, row.host, row.options)?.value;
  const value = port?.value ?? row.otherwise;
  if (value === undefined) return undefined;
  const local: Value = row.local ? { text: 'localhost' } : {};
  return {
    at,
    // a variable that is not set leaves the default of the library
    host: host === undefined ? local : host.text === undefined && row.local ? { ...local, ...host } : host,
    port: value.empty && row.otherwise !== undefined ? row.otherwise : value,
    whole: false,
    speaks,
    only,
    aside: isAside(call, port?.range, value),
  };
}

interface Argument {
  readonly range: Range;
  readonly value: Value;
}

/** The first of some places that the call says something at. */
function given(
  sources: Sources,
  call: Called,
  places: Place | readonly Place[] | undefined,
  options: number | undefined,
): Argument | undefined {
  for (const place of places === undefined ? [] : [places].flat()) {
    const found =
      typeof place === 'number' ? positional(sources, call, place) : called(sources, call, place, options);
    if (found !== undefined) return found;
  }
  return undefined;
}

function positional(sources: Sources, call: Called, place: number): Argument | undefined {
  const range = call.args[place];
  if (range === undefined || isFunction(call, range) || isObject(call, range)) return undefined;
  if (call.source.dialect.keywords && argument(call.source, call, '', place) === undefined) return undefined;
  return { range, value: sayable(worth(sources.program, call.source, range)) };
}

function called(
  sources: Sources,
  call: Called,
  name: string,
  options: number | undefined,
): Argument | undefined {
  const keyword = argument(call.source, call, name);
  if (keyword !== undefined)
    return { range: keyword, value: sayable(worth(sources.program, call.source, keyword)) };
  const objects = call.args.filter(
    (range, index) => (options ?? index) === index && !isFunction(call, range),
  );
  for (const range of objects) {
    if (literalAt(call.source, range) !== undefined) continue;
    const said = isObject(call, range) ? member(call.source, range, name.split('.')) : 'unknown';
    if (said === 'missing') continue;
    const value = sayable(worth(sources.program, call.source, range, name.split('.')));
    if (isObject(call, range) || !(isUnknown(value) || value.empty))
      return { range: typeof said === 'string' ? range : said, value };
  }
  return undefined;
}

function isFunction({ source }: Called, range: Range): boolean {
  const code = codeOf(source, range).trim();
  return (
    /^(?:async\s+)?function\b/.test(code) ||
    /^(?:async\s+)?(?:\([^)]*\)|[\w$]+)\s*(?::[^=]*)?(?:=>|->)/.test(code)
  );
}

function isObject({ source }: Called, range: Range): boolean {
  return source.code[range.from] === '{' || /^\s*\{/.test(codeOf(source, range));
}

/** What metrics, profiles and probes are served at is not the program's own address. */
const ASIDE = /metric|prometheus|pprof|probe|health|admin|debug|inspect|monitor/i;

function isAside(call: Called, range: Range | undefined, { variable, flag }: Value): boolean {
  const code = range === undefined ? '' : codeOf(call.source, range);
  return [variable ?? '', flag ?? '', code, call.name].some((name) => ASIDE.test(name));
}

/** Callers of a function are followed this far. */
const DEPTH = 3;

/** What has to be given so that a place is reached: a flag or a variable that is off by default. */
export function onlyWith(
  sources: Sources,
  place: Pick<Called, 'source' | 'from'>,
  depth = 0,
): string | undefined {
  const { source, from } = place;
  const own = functionAt(source, from);
  for (let block = blockAt(source, from); block.in !== undefined; block = block.in) {
    if (block.kind === 'function') break;
    const condition = conditionBefore(place, block.from);
    const off = condition && offOf(sources, place, condition);
    if (off !== undefined) return off;
  }
  if (own === undefined || own.name === '' || own.name === 'main' || depth >= DEPTH) return undefined;
  const callers = callersOf(sources.program, { source, fn: own });
  const off = callers.map(({ source: other, call }) =>
    onlyWith(sources, { source: other, from: call.from }, depth + 1),
  );
  return off.length > 0 && off.every((one) => one !== undefined) ? off[0] : undefined;
}

/** The condition of the `if` whose block begins at a position; `else` has none that could be read. */
function conditionBefore({ source }: Pick<Called, 'source'>, open: number): Range | undefined {
  const { code } = source;
  const start = code.lastIndexOf('\n', open) + 1;
  const head = code.slice(start, open);
  const match = /^\s*if\b\s*(?:[^;{}]*;\s*)?(?=\S)/.exec(head) ?? /[;}]\s*if\b\s*(?=\S)/.exec(head);
  if (match === null) return undefined;
  const from = start + match.index + match[0].length;
  let to = open;
  while (to > from && /[\s:]/.test(code[to - 1] ?? '')) to--;
  const close = code[from] === '(' ? source.pairs.get(from) : undefined;
  return close === to - 1 ? { from: from + 1, to: close } : { from, to };
}

/** Whether a condition is false unless something is given: `*api`, `cfg.Enabled`, `*addr != ""`. */
function offOf(sources: Sources, { source }: Pick<Called, 'source'>, condition: Range): string | undefined {
  const code = codeOf(source, condition);
  const [match, name] =
    /^\s*([*\w.$]+|\w[\w.]*\(\s*"\s*"\s*\))\s*(?:!==?\s*(?:["']\s*["']|0|nil|null|undefined|None)\s*)?$/.exec(
      code,
    ) ?? [];
  if (match === undefined || name === undefined) return undefined;
  const from = condition.from + code.indexOf(name);
  const value = worth(sources.program, source, { from, to: from + name.length });
  const { text, variable, flag, several } = value;
  if (several || (flag === undefined && variable === undefined) || !/^(|false|0)$/.test(text ?? ''))
    return undefined;
  return flag === undefined ? `${variable}=…` : `--${flag}`;
}
