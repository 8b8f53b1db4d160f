import { verbatim } from '../project/data.ts';
import { remember } from '../project/remember.ts';
import { bare, targets, typeName } from './blocks.ts';
import type { Block, Introduction, Range, Source } from './dialect.ts';
import {
  ahead,
  behind,
  enclosing,
  expressionEnd,
  find,
  lastAt,
  skip,
  split,
  trim,
  wordBefore,
} from './ranges.ts';
import { blockAt, functionAt } from './syntax.ts';

/** A place where a name, or a member of it, is declared or assigned. */
export interface Binding {
  readonly name: string;
  /** Members behind the name: `settings.port = 1`. */
  readonly path: readonly string[];
  readonly at: number;
  /** Undefined: it is declared without a value. */
  readonly value: Range | undefined;
  /** Which of several results of the value it takes: `port, err := f()`; -1: the value is its own. */
  readonly place: number;
  /** Members of the value that it takes: `const { http: { port } } = value`. */
  readonly keys: readonly string[];
  /** The default of what is taken apart. */
  readonly otherwise: Range | undefined;
  readonly declares: boolean;
  readonly type: string;
  /** The block in which it stands, and the one in which the name holds when it is declared here. */
  readonly block: Block;
  readonly scope: Block;
  /** A condition stands in front of it: `if (x) port = 1`. */
  readonly guarded: boolean;
  /** What is assigned is joined with what was there: `+=`. */
  readonly joined: boolean;
  /** Only what was nothing before is assigned: `||=`, `??=`. */
  readonly fallback: boolean;
}

type Names = ReadonlyMap<string, readonly Binding[]>;

/** All bindings of a file, by name, in the order of the file. */
export function bindingsOf(source: Source): Names {
  return remember(source, 'bindings', () => collect(source));
}

interface Collector {
  readonly source: Source;
  readonly found: Binding[];
  /** Positions of names that are bound already. */
  readonly bound: Set<number>;
  /** Brackets of patterns and parameters: a sign in them is a default. */
  readonly patterns: Set<number>;
}

function collect(source: Source): Names {
  const collector: Collector = {
    source,
    found: [],
    bound: new Set(),
    patterns: new Set(source.functions.map(({ list }) => list.from - 1)),
  };
  for (const row of source.dialect.introduces) {
    if (row.pattern.sticky) for (const at of source.statements) statement(collector, row, at);
    else for (const match of source.code.matchAll(row.pattern)) introduce(collector, row, match);
  }
  indexed(collector);
  if (source.dialect.id === 'c') initialised(collector);
  const names = new Map<string, Binding[]>();
  for (const one of collector.found.sort((a, b) => a.at - b.at)) {
    const list = names.get(one.name);
    if (list === undefined) names.set(one.name, [one]);
    else list.push(one);
  }
  return names;
}

function introduce(collector: Collector, row: Introduction, match: RegExpMatchArray): void {
  const { source } = collector;
  const index = match.index ?? 0;
  const end = index + match[0].length;
  if (row.within !== undefined && blockAt(source, end).kind !== row.within) return;
  if (row.kind === 'assign') assign(collector, match, index);
  else if (row.kind === 'group') group(collector, end);
  else if (row.typed) typed(collector, match, index, end);
  else if (row.kind === 'declare') declarators(collector, end);
  else {
    const to = row.kind === 'line' ? logicalEnd(source, end) : expressionEnd(source, end);
    add(collector, match.groups?.name ?? '', index, {
      value: trim(source, { from: end, to }),
      declares: true,
    });
  }
}

function logicalEnd({ code }: Source, from: number): number {
  let at = from;
  while (at < code.length && (code[at] !== '\n' || code[at - 1] === '\\')) at++;
  return at;
}

/** `from`: where its statement begins, when the name stands in brackets of its own. */
function add(collector: Collector, name: string, at: number, given: Partial<Binding>, from = at): void {
  const { source, bound, found } = collector;
  if (bound.has(at) || name === '' || name === '_') return;
  bound.add(at);
  const block = blockAt(source, from);
  found.push({
    name,
    path: [],
    at,
    value: undefined,
    place: -1,
    keys: [],
    otherwise: undefined,
    declares: false,
    type: '',
    block,
    scope: scopeOf(source, block, from, name),
    joined: false,
    fallback: false,
    ...given,
    guarded: given.guarded === true || isConditional(source, at),
  });
}

/** Names of Python, and those of `var`, hold in all of a function; those of an enumeration, around it. */
function scopeOf(source: Source, block: Block, at: number, name: string): Block {
  if (isGlobal(source, block, name)) return source.blocks[0] ?? block;
  const wide = source.dialect.indents || wordBefore(source.code, behind(source.code, at)) === 'var';
  const through = source.dialect.id === 'go' ? /^open$/ : wide ? /^(?:open|plain)$/ : /^open$/;
  let scope = block;
  while (through.test(scope.kind) && scope.in !== undefined) scope = scope.in;
  return scope;
}

/** Python's `global port`. */
function isGlobal(source: Source, block: Block, name: string): boolean {
  if (!source.dialect.indents) return false;
  const found = remember(source, 'globals', () => {
    const all = new Set<string>();
    for (const match of source.code.matchAll(/(?<![\w.])global[ \t]+(\w+(?:[ \t]*,[ \t]*\w+)*)/g))
      for (const one of match[1]?.split(',') ?? [])
        all.add(`${functionAt(source, match.index)?.body.from} ${one.trim()}`);
    return all;
  });
  return found.has(`${functionAt(source, block.from)?.body.from} ${name}`);
}

/** Whether the preprocessor may leave a place out; the guard of a header leaves nothing out. */
function isConditional(source: Source, at: number): boolean {
  if (!source.dialect.preprocessor) return false;
  const changes = remember(source, 'conditions', () => {
    const found: { readonly at: number; readonly depth: number }[] = [];
    const open: number[] = [];
    const directive = /^[ \t]*#[ \t]*(?:(if\w*)[ \t]*(\w*)|endif)/gm;
    for (const { 0: all, 1: begins, 2: name = '', index } of source.code.matchAll(directive)) {
      const next = source.code.slice(index + all.length, index + all.length + 200);
      const guard =
        begins === 'ifndef' && new RegExp(`^\\s*#[ \\t]*define[ \\t]+${verbatim(name)}[ \\t]*\\n`).test(next);
      if (begins === undefined) open.pop();
      else open.push(guard || name === '__cplusplus' ? 0 : 1);
      found.push({ at: index, depth: open.reduce((sum, one) => sum + one, 0) });
    }
    return found;
  });
  const last = changes[lastAt(changes.length, (index) => changes[index]?.at ?? 0, at)];
  return last !== undefined && last.at <= at && last.depth > 0;
}

/** A type is no longer than this. */
const TYPE = 200;

/** Where the value behind a name begins, past the type that may stand between; undefined: there is none. */
function valueStart(
  source: Source,
  from: number,
): { readonly from: number | undefined; readonly type: string } {
  const { code, dialect } = source;
  let at = from;
  while (code[at] === ' ' || code[at] === '!' || code[at] === '?') at++;
  const start = at;
  const isType = code[at] === ':' || (dialect.id === 'go' && /[\w*[(]/.test(code[at] ?? ''));
  while (isType && at < start + TYPE && !/[;,\n)}]/.test(code[at] ?? '')) {
    if (code[at] === '=' && code[at + 1] !== '>') break;
    at = skip(source, at);
  }
  const type = code.slice(start, at).replace(/^:/, '').trim();
  if (code[at] !== '=' || code[at + 1] === '=' || code[at + 1] === '>') return { from: undefined, type };
  return { from: ahead(code, at + 1), type };
}

const NAME = /[\w$#]+/y;

/** `a = 1, { b } = c` behind `const`, `var`; one field of a class. */
function declarators(collector: Collector, from: number): void {
  const { code, dialect } = collector.source;
  let at: number | undefined = from;
  while (at !== undefined && at < code.length) {
    const end = declarator(collector, at);
    if (end === undefined || dialect.id === 'go') return;
    const next = ahead(code, end);
    at = code[next] === ',' ? ahead(code, next + 1) : undefined;
  }
}

/** One of them; gives the position behind it, or nothing where no name stands. */
function declarator(collector: Collector, at: number): number | undefined {
  const { source } = collector;
  const { code } = source;
  const close = code[at] === '{' || code[at] === '[' ? source.pairs.get(at) : undefined;
  const { names, end: behindNames } =
    close === undefined ? namesFrom(source, at) : { names: [], end: close + 1 };
  if (close === undefined && names.length === 0) return undefined;
  const { from, type } = valueStart(source, behindNames);
  const [values, end] = from === undefined ? [[], behindNames] : valuesFrom(source, from, names.length);
  if (close !== undefined) takeApart(collector, { from: at, to: close + 1 }, values[0]);
  else
    addAll(
      collector,
      names,
      values,
      { declares: true, type: typeName(source, type) },
      loopWord(source, behindNames),
    );
  return end;
}

/** `{ PORT = 3000, ...rest }`: each name is a member of the value. */
function takeApart(collector: Collector, pattern: Range, value: Range | undefined): void {
  const { source, patterns } = collector;
  for (let at = pattern.from; at < pattern.to; at++) if (/[{[]/.test(source.code[at] ?? '')) patterns.add(at);
  for (const { name, at, keys, otherwise } of targets(source, pattern))
    add(collector, name, at, { value, keys, otherwise, declares: true }, pattern.from - 1);
}

/** `for (const one of all)`: what the name stands for is not its declaration's to say. */
function loopWord(source: Source, at: number): Range | undefined {
  const from = ahead(source.code, at);
  const word = /^(?:of|in)\b/.exec(source.code.slice(from, from + 3))?.[0];
  return word === undefined ? undefined : { from, to: from + word.length };
}

interface Named {
  readonly text: string;
  readonly at: number;
}

/** `host, port`: names of a list; one alone where lists are not of the grammar. */
function namesFrom(source: Source, from: number): { readonly names: readonly Named[]; readonly end: number } {
  const names: Named[] = [];
  const { code, dialect } = source;
  let at = from;
  for (;;) {
    NAME.lastIndex = at;
    const text = NAME.exec(code)?.[0];
    if (text === undefined) break;
    names.push({ text, at });
    at += text.length;
    const comma = ahead(code, at);
    if (dialect.id !== 'go' || code[comma] !== ',') break;
    at = ahead(code, comma + 1);
  }
  return { names, end: at };
}

/** The values of a list, up to as many as there are names. */
function valuesFrom(source: Source, from: number, count: number): [readonly Range[], number] {
  const values: Range[] = [];
  let at = from;
  for (;;) {
    const end = expressionEnd(source, at);
    values.push(trim(source, { from: at, to: end }));
    if (values.length >= count || source.code[end] !== ',') return [values, end];
    at = ahead(source.code, end + 1);
  }
}

function addAll(
  collector: Collector,
  names: readonly Named[],
  values: readonly Range[],
  given: Partial<Binding>,
  otherwise?: Range,
): void {
  const shared = names.length > 1 && values.length === 1;
  names.forEach(({ text, at }, index) => {
    const [name = '', ...path] = text.replace(/^\*\s*/, '').split(/(?<!\s)\s*(?:\?\.|\.|->)\s*/);
    const value = (shared ? values[0] : values[index]) ?? otherwise;
    add(collector, name, at, { ...given, path, value, place: shared ? index : -1 });
  });
}

/** Go's `var (…)`, `const (…)`: a declaration a line. */
function group(collector: Collector, open: number): void {
  const { source } = collector;
  const close = source.pairs.get(open);
  if (close === undefined) return;
  for (let at = ahead(source.code, open + 1); at < close; ) {
    declarators(collector, at);
    while (at < close && source.code[at] !== '\n' && source.code[at] !== ';') at = skip(source, at);
    at = ahead(source.code, at + 1);
  }
}

/** `int a = 1, port{2};` */
function typed(collector: Collector, match: RegExpMatchArray, index: number, end: number): void {
  const { code } = collector.source;
  const before = code[behind(code, index)] ?? '';
  // a parameter of a prototype, an argument
  if (before === '(' || before === ',') return;
  const type = bare(match.groups?.type ?? '');
  let name = match.groups?.name ?? '';
  let at = code.lastIndexOf(name, end - 1);
  for (let count = 0; count < 100 && name !== ''; count++) {
    const { value, to } = initial(collector.source, at + name.length);
    add(collector, name, at, { value, declares: true, type });
    const comma = ahead(code, to);
    if (code[comma] !== ',') return;
    at = ahead(code, comma + 1);
    while (code[at] === '*' || code[at] === '&') at = ahead(code, at + 1);
    NAME.lastIndex = at;
    name = NAME.exec(code)?.[0] ?? '';
  }
}

/** What stands behind a declared name: `= 1`, `{1}`, `[6] = "…"`, or nothing. */
function initial(source: Source, from: number): { readonly value: Range | undefined; readonly to: number } {
  const { code } = source;
  let at = ahead(code, from);
  while (code[at] === '[') at = ahead(code, skip(source, at));
  const braces = code[at] === '{' ? source.pairs.get(at) : undefined;
  if (braces !== undefined) return { value: { from: at, to: braces + 1 }, to: braces + 1 };
  if (code[at] !== '=') return { value: undefined, to: at };
  const start = ahead(code, at + 1);
  const to = expressionEnd(source, start);
  return { value: trim(source, { from: start, to }), to };
}

function assign(collector: Collector, match: RegExpMatchArray, index: number): void {
  const { source, patterns } = collector;
  const { code } = source;
  const sign = match.groups?.sign ?? '=';
  const path = match.groups?.path ?? '';
  const end = index + match[0].length;
  const opener = enclosing(source, index);
  if (opener !== undefined && patterns.has(opener)) return;
  const last = behind(code, index);
  // an attribute: <Server port={port}>
  const tight = source.dialect.id === 'node' && code[end - 2] !== ' ' && /[{"']/.test(code[end] ?? '');
  if (tight && /[\w"'}]/.test(code[last] ?? '') && !path.includes('.')) return;
  const names = path.split(',').map((text, place, all) => {
    const offset = all.slice(0, place).join(',').length + (place > 0 ? 1 : 0);
    return { text: text.trim(), at: index + offset + (text.length - text.trimStart().length) };
  });
  const [values] = valuesFrom(source, ahead(code, end), names.length);
  addAll(collector, names, values, {
    // an enumeration declares what it numbers
    declares: sign === ':=' || blockAt(source, index).kind === 'open',
    guarded: isGuarded(source, last),
    fallback: sign === '||=' || sign === '??=',
    joined: !/^(?::|\|\||\?\?)?=$/.test(sign),
  });
}

/** C++'s `Server(int port) : port_(port)`. */
function initialised(collector: Collector): void {
  const { source } = collector;
  const { code } = source;
  for (const { list, body } of source.functions) {
    const colon = ahead(code, list.to + 1);
    if (code[colon] !== ':') continue;
    for (const part of split(source, { from: colon + 1, to: body.from }, ',')) {
      const name = /^\w+/.exec(code.slice(part.from, part.to))?.[0] ?? '';
      const open = ahead(code, part.from + name.length);
      const close = source.pairs.get(open);
      if (close !== undefined)
        add(collector, name, part.from, { value: trim(source, { from: open + 1, to: close }) });
    }
  }
}

/** `config['port'] = 3000`. */
function indexed(collector: Collector): void {
  const { source } = collector;
  const { code } = source;
  for (const match of code.matchAll(/(?<![\w$.\])])([A-Za-z_$][\w$]*(?:\.[\w$]+)*)\[(?=["'])/g)) {
    const open = match.index + match[0].length - 1;
    const close = source.pairs.get(open);
    const key = close === undefined ? undefined : source.texts.get(open + 1);
    const sign = ahead(code, (close ?? open) + 1);
    if (key === undefined || key.to !== close || code[sign] !== '=' || /[=>]/.test(code[sign + 1] ?? ''))
      continue;
    const [name = '', ...path] = match[1]?.split('.') ?? [];
    const [[value]] = valuesFrom(source, ahead(code, sign + 1), 1);
    const last = behind(code, match.index);
    add(collector, name, match.index, { path: [...path, key.text], value, guarded: isGuarded(source, last) });
  }
}

function isGuarded({ code, pairs }: Source, last: number): boolean {
  if (code[last] === '(') return true;
  if (code[last] !== ')') return wordBefore(code, last) === 'else';
  const open = pairs.get(last);
  return open !== undefined && /^(?:if|while|for|switch)$/.test(wordBefore(code, behind(code, open)));
}

/** A statement of Python that begins with names. */
function statement(collector: Collector, row: Introduction, start: number): void {
  const { source } = collector;
  const { code } = source;
  // `if port is None: port = 3000` in one line
  const line = { from: start, to: expressionEnd(source, start) };
  const condition = /^(?:if|else|elif|try|except)\b/.test(code.slice(start, start + 7));
  const colon = condition ? find(source, line, ':') : undefined;
  const from = colon === undefined ? start : ahead(code, colon + 1);
  if (colon !== undefined && from >= line.to) return;
  row.pattern.lastIndex = from;
  const path = row.pattern.exec(code)?.groups?.path;
  if (path === undefined) return;
  const after = from + path.length;
  const operator = /[ \t]*([-+*/%|&]|\/\/|\*\*)=/y;
  operator.lastIndex = after;
  const joined = operator.exec(code);
  const value = joined
    ? { from: ahead(code, after + joined[0].length), type: '' }
    : valueStart(source, after);
  if (value.from === undefined && value.type === '') return;
  const names = path.split(',').map((text) => ({ text: text.trim(), at: code.indexOf(text.trim(), from) }));
  const [values] = value.from === undefined ? [[]] : valuesFrom(source, value.from, names.length);
  addAll(collector, names, values, {
    declares: !path.includes('.'),
    type: bare(value.type),
    guarded: colon !== undefined,
    joined: joined !== null,
  });
}
