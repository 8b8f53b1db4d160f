/**
 * What an expression is worth: a literal, a variable of the environment, a flag, or several of them that contradict each other.
 *
 *     const program: Program = { sources: [source], memo: new Map(), readers: FLAGS };
 *     worth(program, source, range)   // { text: '3000', variable: 'PORT', at: 'server.js:7' }
 *
 * A name means its innermost declaration; a member, that of its own object. What is not understood is `{}`, and what
 * contradicts itself `{ several: true, places }`: neither is ever decided here.
 */
import { attempts } from '../project/within.ts';
import { argumentsOf, chainOf, keysOf, type Link, nameOf } from './chain.ts';
import type { Range, Source } from './dialect.ts';
import { givenOf } from './fills.ts';
import { functionOf } from './functions.ts';
import { literal } from './literals.ts';
import { typedMember } from './members.ts';
import { named, returned, targetValue } from './names.ts';
import { joinPaths } from './paths.ts';
import type { Frame, Place, Program, Reading } from './program.ts';
import { behind, find, isLong, signsIn, split, trim } from './ranges.ts';
import { argument, codeOf, lineAt, member, textOf } from './syntax.ts';
import { combine, EMPTY, either, isUnknown, joined, sayable, UNKNOWN, type Value } from './value.ts';

/** Names are followed this far, in so many steps a question: what needs more is not known. */
const DEPTH = 40;
const STEPS = 4000;

/** What an expression of a program is worth, or a member of it; `frame`: by one call of the function around it. */
export function worth(
  program: Program,
  source: Source,
  range: Range | undefined,
  path: readonly string[] = [],
  frame?: Frame,
): Value {
  if (range === undefined) return UNKNOWN;
  const reading: Reading = {
    program,
    left: STEPS,
    read: (place, inner, depth) => read(reading, place, inner, depth),
    name: (use, name, inner, depth) => named(reading, use, name, inner, depth),
  };
  return reading.read({ source, range, frame }, path, 0);
}

/** What a name, or a member of it, is worth at a position of a file; at its end when none is given. */
export function worthOf(
  program: Program,
  source: Source,
  name: string,
  path: readonly string[] = [],
  at = source.code.length,
): Value {
  const reading: Reading = {
    program,
    left: STEPS,
    read: (place, inner, depth) => read(reading, place, inner, depth),
    name: (use, other, inner, depth) => named(reading, use, other, inner, depth),
  };
  return named(reading, { source, at, frame: undefined }, name, path, 0);
}

function read(reading: Reading, place: Place, path: readonly string[], depth: number): Value {
  if (depth > DEPTH || reading.left-- <= 0) return UNKNOWN;
  const { source, frame } = place;
  const { memo } = reading.program;
  if (frame !== undefined) return evaluate(reading, place, path, depth);
  const key = `${source.path}\0${place.range.from}-${place.range.to}\0${path.join('\0')}`;
  const open = markOf();
  const before = memo.get(key) as Value | undefined;
  if (before !== undefined && !LEFT.has(before)) return before;
  // a name that stands for itself in the end says nothing
  memo.set(key, open);
  const value = evaluate(reading, place, path, depth);
  memo.set(key, value);
  return value;
}

/** Stands for what is being read. Those that a step left which was ended in the middle stand for nothing. */
let mark: Value = { ...EMPTY };
let marked = attempts();
const LEFT = new Set<Value>();

function markOf(): Value {
  if (marked === attempts()) return mark;
  LEFT.add(mark);
  mark = { ...EMPTY };
  marked = attempts();
  return mark;
}

function evaluate(reading: Reading, place: Place, path: readonly string[], depth: number): Value {
  const { source } = place;
  const range = bareExpression(source, place.range);
  if (range.from >= range.to) return UNKNOWN;
  const inner = { ...place, range };
  const plain =
    path.length === 0
      ? literal(source, range, (hole) => reading.read({ ...place, range: hole }, [], depth + 1))
      : source.dialect.nothing.test(codeOf(source, range))
        ? EMPTY
        : undefined;
  return (
    plain ??
    operation(reading, inner, path, depth) ??
    found(reading, inner, path, depth) ??
    object(reading, inner, path, depth) ??
    chained(reading, inner, path, depth)
  );
}

const BEFORE = /\\\r?\n\s*|(?:await|co_await|const|not)\s+|[&*](?!&)\s*|\+(?!\+)\s*/y;
const CAST =
  /\(\s*(?:const\s+)?(?:unsigned\s+|struct\s+)?[A-Za-z_][\w:.]*(?:<[\w\s,:*]*>)?[\s*&]*\)\s*(?=[\w"'(])/y;

/** Without brackets around, casts, `await`, addresses, TypeScript's `as`. */
function bareExpression(source: Source, given: Range): Range {
  const { code, pairs, dialect } = source;
  let range = trim(source, given);
  for (let rounds = 0; rounds < 20; rounds++) {
    let { from, to } = range;
    if (code[from] === '(' && pairs.get(from) === to - 1) {
      from++;
      to--;
    } else if (dialect.naming === 'last' && matches(CAST, code, from) > 0) from += matches(CAST, code, from);
    else if (!(dialect.id === 'node' && /[&*]/.test(code[from] ?? ''))) from += matches(BEFORE, code, from);
    if (dialect.id === 'node') to = untyped(source, { from, to });
    if (from === range.from && to === range.to) return range;
    range = trim(source, { from, to });
  }
  return range;
}

function matches(pattern: RegExp, code: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(code)?.[0].length ?? 0;
}

function untyped(source: Source, range: Range): number {
  if (isLong(source, range)) return range.to;
  const end = find(source, range, 'as') ?? find(source, range, 'satisfies') ?? range.to;
  const last = behind(source.code, end);
  return source.code[last] === '!' && last > range.from ? last : end;
}

/** Operators, those that bind least first; undefined: there is none. */
function operation(
  reading: Reading,
  place: Place,
  path: readonly string[],
  depth: number,
): Value | undefined {
  const { source, range } = place;
  const { dialect } = source;
  if (isLong(source, range)) return UNKNOWN;
  if (
    dialect.arrow !== undefined &&
    dialect.id === 'node' &&
    find(source, range, dialect.arrow) !== undefined
  )
    return UNKNOWN;
  const inner = (part: Range, rest = path) => reading.read({ ...place, range: part }, rest, depth + 1);
  const chosen = choice(source, range);
  if (chosen !== undefined)
    return chosen.length === 1 && chosen[0] ? inner(chosen[0]) : combine(chosen.map((one) => inner(one)));
  for (const sign of dialect.or) {
    const parts = split(source, range, sign);
    if (parts.length > 1) return either(parts.map((part) => inner(part)));
  }
  for (const sign of ['&&', 'and']) if (find(source, range, sign) !== undefined) return UNKNOWN;
  const parts = split(source, range, '+');
  if (parts.length > 1) return sum(parts.map((part) => inner(part, [])));
  return dialect.id === 'python'
    ? (percent(source, range, inner) ?? slashed(source, range, inner))
    : undefined;
}

/** Paths that are joined as `pathlib` does: `BASE_DIR / 'db.sqlite3'`; numbers are divided, which is no path. */
function slashed(
  source: Source,
  range: Range,
  inner: (part: Range, path?: readonly string[]) => Value,
): Value | undefined {
  const parts = split(source, range, '/');
  if (parts.length < 2) return undefined;
  const values = parts.map((part) => inner(part, []));
  return values.some(({ number }) => number) ? UNKNOWN : joinPaths(values);
}

function sum(values: readonly Value[]): Value {
  if (!values.every((value) => value.number && value.variable === undefined && value.text !== undefined)) {
    // a number and something else: what is added to a port is not joined to it
    const texts =
      values.some((value) => value.text !== undefined && !value.number) || values.some(({ parts }) => parts);
    return texts ? joined(values) : UNKNOWN;
  }
  const total = values.reduce((all, { text }) => all + Number(text), 0);
  return { ...values[0], text: String(total) };
}

/** `'%s:%d' % (host, port)`. */
function percent(
  source: Source,
  range: Range,
  inner: (part: Range, path?: readonly string[]) => Value,
): Value | undefined {
  const at = find(source, range, '%');
  if (at === undefined) return undefined;
  const format = textOf(source, { from: range.from, to: at });
  const given = trim(source, { from: at + 1, to: range.to });
  const close = source.pairs.get(given.from);
  const args =
    source.code[given.from] === '(' && close === given.to - 1
      ? split(source, { from: given.from + 1, to: close }, ',')
      : [given];
  return format === undefined
    ? UNKNOWN
    : filled(
        format,
        args.map((arg) => inner(arg, [])),
      );
}

/** A format whose signs are filled in their order: `%s`, `%d`, `{}`. */
function filled(format: string, values: readonly Value[]): Value {
  const parts: Value[] = [];
  let next = 0;
  let last = 0;
  for (const match of format.matchAll(/%(?:%|[-+0 #]*\d{0,200}(?:\.\d+)?[a-zA-Z])|\{(\d*)(?::[^{}]*)?\}/g)) {
    parts.push({ text: format.slice(last, match.index) });
    last = match.index + match[0].length;
    if (match[0] === '%%') parts.push({ text: '%' });
    else parts.push(values[match[1] ? Number(match[1]) : next++] ?? UNKNOWN);
  }
  parts.push({ text: format.slice(last) });
  return joined(parts.filter((part) => part.text !== ''));
}

/** The branches of a ternary; the production one alone when it asks for that. */
function choice(source: Source, range: Range): readonly Range[] | undefined {
  const { dialect } = source;
  // Kotlin's ?: is no choice, but what holds where nothing is there
  if (dialect.id === 'go' || dialect.or.includes('?:')) return undefined;
  const word = dialect.id === 'python';
  const ask = find(source, range, word ? 'if' : '?');
  if (ask === undefined) return undefined;
  const rest = { from: ask + (word ? 2 : 1), to: range.to };
  const or = otherwiseAt(source, rest, word);
  if (or === undefined) return undefined;
  const condition = trim(source, word ? { from: rest.from, to: or } : { from: range.from, to: ask });
  const yes = trim(source, word ? { from: range.from, to: ask } : { from: rest.from, to: or });
  const no = trim(source, { from: or + (word ? 4 : 1), to: range.to });
  const production = /^(?:process\.env\.NODE_ENV|process\.env\[\s*["']\s+["']\s*\])\s*([!=]==?)/.exec(
    codeOf(source, condition),
  );
  const named =
    production &&
    source.strings.some(
      ({ from, to, text }) => from >= condition.from && to <= condition.to && text === 'production',
    );
  if (production && named) return [production[1]?.startsWith('=') ? yes : no];
  return [yes, no];
}

/** Where the other branch begins; ternaries in the first one have their own. */
function otherwiseAt(source: Source, range: Range, word: boolean): number | undefined {
  if (word) return find(source, range, 'else');
  let open = 0;
  for (const [sign, at] of signsIn(source, range, ['?', ':'])) {
    if (sign === '?') open++;
    else if (open-- === 0) return at;
  }
  return undefined;
}

/** The first of a list that does: `[flags.port, process.env.PORT, 3001].map(Number).find((one) => !Number.isNaN(one))`. */
function found(reading: Reading, place: Place, path: readonly string[], depth: number): Value | undefined {
  const { source, range } = place;
  const close = source.code[range.from] === '[' ? source.pairs.get(range.from) : undefined;
  if (source.dialect.id !== 'node' || close === undefined || path.length > 0) return undefined;
  let at = close + 1;
  for (let step = 0; step < 6; step++) {
    const method = /^\s*\.\s*(map|filter|find)\s*\(/.exec(source.code.slice(at, at + 80));
    const end = method === null ? undefined : source.pairs.get(at + method[0].length - 1);
    if (method === null || end === undefined) return undefined;
    at = end + 1;
    if (method[1] !== 'find') continue;
    const list = split(source, { from: range.from + 1, to: close }, ',');
    return at >= range.to
      ? either(list.map((one) => reading.read({ ...place, range: one }, [], depth + 1)))
      : undefined;
  }
  return undefined;
}

/** A literal with members, or with one value: C++'s `int port{8080}`. */
function object(reading: Reading, place: Place, path: readonly string[], depth: number): Value | undefined {
  const { source, range } = place;
  const last = behind(source.code, range.to);
  const open = source.pairs.get(last);
  if (open === undefined || open < range.from) return undefined;
  const made = source.code[last] === ')' && source.code.slice(range.from, open).trim() === 'dict';
  if (source.code[last] !== '}' && !made) return undefined;
  if (path.length === 0) {
    const values = split(source, { from: open + 1, to: last }, ',');
    const single =
      source.dialect.id === 'c' && open === range.from && values.length === 1 ? values[0] : undefined;
    return single === undefined ? UNKNOWN : reading.read({ ...place, range: single }, [], depth + 1);
  }
  const found = member(source, range, path.slice(0, 1));
  if (found === 'unknown') return UNKNOWN;
  if (found === 'missing') return EMPTY;
  return reading.read({ ...place, range: found }, path.slice(1), depth + 1);
}

/** Names, members, calls. */
function chained(reading: Reading, place: Place, path: readonly string[], depth: number): Value {
  const { source, range, frame } = place;
  const chain = chainOf(source, range);
  if (chain === undefined) return UNKNOWN;
  const said = asked(reading, place, chain, path, depth);
  if (said !== undefined) return said;
  let head = chain.length;
  while (head > 1 && keysOf(source, chain.slice(head - 1, head)) !== undefined) head--;
  const keys = keysOf(source, chain.slice(head)) ?? [];
  const rest = [...keys, ...path];
  const link = chain[head - 1] as Link;
  if (link.kind === 'name') return name(reading, place, [link.name, ...rest], depth);
  const before = { ...place, range: { from: range.from, to: link.end } };
  if (link.kind === 'call') return called(reading, before, chain.slice(0, head), rest, depth);
  const whole = link.kind === 'group' ? link.range : before.range;
  if (whole.from === range.from && whole.to === range.to) return UNKNOWN;
  return reading.read({ source, range: whole, frame }, rest, depth + 1);
}

/** A dotted name: the environment's, the command line's, or one of the program. */
function name(
  reading: Reading,
  { source, range, frame }: Place,
  keys: readonly string[],
  depth: number,
): Value {
  const { dialect } = source;
  for (let count = 1; count <= keys.length; count++) {
    const head = keys.slice(0, count).join('.');
    const key = keys[count];
    // a text has no members
    if (dialect.environment.test(head) && key !== undefined)
      return keys.length > count + 1 ? UNKNOWN : sayable({ variable: key, at: lineAt(source, range.from) });
    if (dialect.words.test(head)) return { argument: true, at: lineAt(source, range.from) };
  }
  const value = named(reading, { source, at: range.from, frame }, keys[0] ?? '', keys.slice(1), depth);
  // a parameter of Python that no call gives is what hands options of the command line over
  const silent = isUnknown(value) || (value.empty === true && dialect.id === 'python');
  return silent ? (reading.program.unnamed?.(source, keys) ?? value) : value;
}

/** What readers say of a chain. */
function asked(
  reading: Reading,
  place: Place,
  chain: readonly Link[],
  path: readonly string[],
  depth: number,
): Value | undefined {
  const { source, range } = place;
  const call = chain.at(-1)?.kind === 'call' ? chain.at(-1) : undefined;
  const name = nameOf(call === undefined ? chain : chain.slice(0, -1));
  const given = givenOf(
    reading,
    { source, call: { ...range, name, args: argumentsOf(source, call) } },
    path,
    depth,
  );
  for (const reader of reading.program.readers ?? []) {
    if (reader.fills !== undefined || !reader.of.test(name)) continue;
    const value = reader.read(given);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Names of helpers that read the environment: getEnv("PORT", "8080"), env.int('PORT'). */
const HELPER = /env/i;
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

function called(
  reading: Reading,
  place: Place,
  chain: readonly Link[],
  path: readonly string[],
  depth: number,
): Value {
  const { source, range } = place;
  const { dialect } = source;
  const args = argumentsOf(source, chain.at(-1));
  const full = nameOf(chain.slice(0, -1));
  const inner = (part: Range | undefined, rest: readonly string[] = []) =>
    part === undefined ? UNKNOWN : reading.read({ ...place, range: part }, rest, depth + 1);
  const [first, second] = args;
  if (dialect.variables.test(full))
    return variable(inner(first), second && inner(second), lineAt(source, range.from));
  if (/^(?:require|import)$/.test(full)) return opened(reading, place, first, path, depth);
  if (dialect.formats?.test(full)) return formatted(place, chain, args, inner);
  const own = functionOf(reading.program, source, range.from, full);
  if (own !== undefined) {
    const frame = { fn: own.fn, source: own.source, args, caller: place, outer: place.frame };
    const value = returned(reading, { ...own, frame }, dialect.id === 'go' ? 0 : -1, path, depth);
    if (!isUnknown(value)) return value;
  }
  if (passesOn(place, chain)) return inner(receiver(place, chain), path);
  if (dialect.passes.test(full)) return inner(first, path);
  const key = textOf(source, first ?? { from: 0, to: 0 });
  const helps = HELPER.test(full) && (own === undefined || path.length === 0);
  if (helps && key !== undefined && VARIABLE.test(key) && path.length === 0)
    return variable(
      { text: key },
      argument(source, { args }, 'default', 1) && inner(argument(source, { args }, 'default', 1)),
      lineAt(source, range.from),
    );
  const type = full.split('.').at(-1) ?? '';
  return path.length > 0 ? typedMember(reading, { type, source, block: undefined }, path, depth) : UNKNOWN;
}

function variable(key: Value, otherwise: Value | undefined, at: string): Value {
  if (key.several || key.text === undefined) return UNKNOWN;
  const value = sayable({ variable: key.text, at });
  return otherwise === undefined ? value : either([value, otherwise]);
}

/** A method that hands its object on: `port.toString()`. */
function passesOn({ source }: Place, chain: readonly Link[]): boolean {
  const method = chain.at(-2);
  return chain.length > 2 && method?.kind === 'name' && source.dialect.passes.test(`.${method.name}`);
}

function receiver({ range }: Place, chain: readonly Link[]): Range {
  return { from: range.from, to: chain.at(-3)?.end ?? range.from };
}

function formatted(
  place: Place,
  chain: readonly Link[],
  args: readonly Range[],
  inner: (part: Range | undefined) => Value,
): Value {
  const { source } = place;
  // '{}:{}'.format(host, port) has its format in front
  const own = chain[0]?.kind === 'text' ? textOf(source, chain[0].range) : undefined;
  const format = own ?? textOf(source, args[0] ?? { from: 0, to: 0 });
  if (format === undefined) return UNKNOWN;
  return filled(
    format,
    (own === undefined ? args.slice(1) : args).map((arg) => inner(arg)),
  );
}

/** What another file exports. */
function opened(
  reading: Reading,
  { source }: Place,
  specifier: Range | undefined,
  path: readonly string[],
  depth: number,
): Value {
  const text = specifier && textOf(source, specifier);
  const other = text === undefined ? undefined : reading.program.open?.(source, text);
  return other === undefined ? UNKNOWN : targetValue(reading, { source: other, name: '*' }, path, depth + 1);
}

export type { Program } from './program.ts';
export type { Value } from './value.ts';
