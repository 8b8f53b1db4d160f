/**
 * One lexer for all grammars: where code stands, which bracket closes which, which block is in which, what is called.
 *
 *     const source = scan('server.js', text, NODE);
 *     for (const call of calls(source, /\.listen\s*\(/g)) worth(program, source, call.args[0]);
 *
 * Patterns are matched on `source.code`, where comments and the insides of texts are blanks: what they find is code.
 */

import { remember } from '../project/remember.ts';
import { blocksOf, keyOf } from './blocks.ts';
import type { Block, Dialect, FunctionAt, Range, Source, Text } from './dialect.ts';
import { type Lexed, lex } from './lexer.ts';
import { ahead, behind, find, lastAt, nestedPairs, split, trim, wordBefore } from './ranges.ts';

/**
 * Reads a file, each part of it once and when it is first asked for: most files of a program are only searched for a word.
 * Never throws: what is no code of the grammar is read as far as it goes.
 */
export function scan(path: string, text: string, dialect: Dialect): Source {
  let lexed: Lexed | undefined;
  let blocked: ReturnType<typeof blocksOf> | undefined;
  let brackets: Source['brackets'] | undefined;
  let texts: Source['texts'] | undefined;
  let lines: Source['lines'] | undefined;
  const read = () => {
    lexed ??= lex(text, dialect);
    return lexed;
  };
  const nest = () => {
    blocked ??= blocksOf(source, read().holes);
    return blocked;
  };
  const source: Source = {
    path,
    text,
    dialect,
    memo: new Map(),
    get code() {
      return read().code;
    },
    get strings() {
      return read().strings;
    },
    get pairs() {
      return read().pairs;
    },
    get brackets() {
      brackets ??= nestedPairs(read().pairs);
      return brackets;
    },
    get texts() {
      texts ??= new Map(read().strings.map((one) => [one.from, one]));
      return texts;
    },
    get blocks() {
      return nest().blocks;
    },
    get functions() {
      return nest().functions;
    },
    get statements() {
      return nest().statements;
    },
    get lines() {
      lines ??= linesOf(text);
      return lines;
    },
  };
  return source;
}

function linesOf(text: string): readonly number[] {
  const lines = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
  return lines;
}

/** `src/server.ts:12`, as an editor takes it. */
export function lineAt(source: Source, at: number): string {
  return `${source.path}:${lastAt(source.lines.length, (index) => source.lines[index] ?? 0, at) + 1}`;
}

/** The innermost block around a position. */
export function blockAt(source: Source, at: number): Block {
  const { blocks } = source;
  let block = blocks[lastAt(blocks.length, (index) => blocks[index]?.from ?? 0, at)] as Block;
  while (block.in !== undefined && at >= block.to) block = block.in;
  return block;
}

/** The innermost function around a position. */
export function functionAt(source: Source, at: number): FunctionAt | undefined {
  for (let block: Block | undefined = blockAt(source, at); block; block = block.in)
    if (block.fn) return block.fn;
  return undefined;
}

/** The text literal that a range is, when it is nothing else. */
export function literalAt(source: Source, range: Range): Text | undefined {
  const { from, to } = trim(source, range);
  const text = source.texts.get(from);
  return text?.to === to ? text : undefined;
}

/** What a text literal says; undefined: the range is no text, or code stands in it. */
export function textOf(source: Source, range: Range | undefined): string | undefined {
  const text = range && literalAt(source, range);
  return text?.parts === undefined && text?.kind === 'text' ? text.text : undefined;
}

/** Code of a range as it stands there, comments and texts blanked. */
export function codeOf(source: Source, range: Range): string {
  return source.code.slice(range.from, range.to);
}

export interface Call extends Range {
  /** `src/server.ts:12`. */
  readonly at: string;
  /** What is called, parts joined by dots, calls among them as `()`: `express().listen`, `std.stoi`. */
  readonly name: string;
  readonly args: readonly Range[];
}

/**
 * Calls that a global pattern finds; its match ends before or with the opening bracket. What declares a function of that
 * name is no call.
 */
export function calls(source: Source, pattern: RegExp): readonly Call[] {
  const found: Call[] = [];
  for (const match of source.code.matchAll(pattern)) {
    const end = match.index + match[0].length;
    const open = source.code[end - 1] === '(' ? end - 1 : ahead(source.code, end);
    const call = source.code[open] === '(' ? callAt(source, open) : undefined;
    if (call !== undefined) found.push(call);
  }
  return found;
}

/** The call whose arguments begin with a bracket; undefined: it declares a function, or nothing is called. */
export function callAt(source: Source, open: number): Call | undefined {
  const close = source.pairs.get(open);
  if (close === undefined) return undefined;
  const { from, name } = calleeBefore(source, open);
  if (name === '' || declares(source, open, from)) return undefined;
  return {
    at: lineAt(source, from),
    from,
    to: close + 1,
    name,
    args: split(source, { from: open + 1, to: close }, ','),
  };
}

/** A head of a function, or of a prototype: `int listen(int port);`. */
function declares(source: Source, open: number, from: number): boolean {
  const heads = remember(source, 'heads', () => new Set(source.functions.map(({ list }) => list.from - 1)));
  if (heads.has(open)) return true;
  const { code, dialect } = source;
  let last = behind(code, from);
  const word = wordBefore(code, last);
  if (/^(?:function|func|def)$/.test(word)) return true;
  if (dialect.naming !== 'last') return false;
  while (code[last] === '*' || code[last] === '&') last = behind(code, last);
  const type = wordBefore(code, last);
  return (
    /^[A-Za-z_]/.test(type) &&
    !/^(?:return|else|case|throw|new|do|co_await|co_return|and|or|not|goto|in|yield)$/.test(type)
  );
}

const JOINED = /[\w$#]/;

/** What stands before a bracket and is called, read backwards. */
function calleeBefore(source: Source, open: number): { readonly from: number; readonly name: string } {
  const { code } = source;
  const names: string[] = [];
  let from = open;
  let last: number | undefined = behind(code, open);
  if (code[last] === '>') last = behind(code, genericsBefore(code, last));
  while (last !== undefined && names.length < 60) {
    const step = stepBefore(source, last);
    if (step.name === '') break;
    names.push(step.name);
    from = step.from;
    // brackets without a word before them begin a chain: (a || b).listen
    last = step.word ? separatorBefore(code, behind(code, from)) : undefined;
  }
  return { from, name: names.reverse().join('.') };
}

/** One step of a chain that ends at a position: `use()`, `port`, `['x']`. */
function stepBefore(
  { code, pairs }: Source,
  end: number,
): { readonly from: number; readonly name: string; readonly word: boolean } {
  let suffix = '';
  let from = end + 1;
  let last = end;
  for (let open = pairs.get(last); open !== undefined && open < last; open = pairs.get(last)) {
    if (code[last] === '}') break;
    suffix = (code[last] === ')' ? '()' : '[]') + suffix;
    from = open;
    last = behind(code, open);
  }
  let start = last;
  while (start >= 0 && JOINED.test(code[start] ?? '')) start--;
  const word = code.slice(start + 1, last + 1);
  return { from: word === '' ? from : start + 1, name: word + suffix, word: word !== '' };
}

function separatorBefore(code: string, last: number): number | undefined {
  if (code[last] === '.') return behind(code, code[last - 1] === '?' ? last - 1 : last);
  const two = code.slice(last - 1, last + 1);
  return two === '->' || two === '::' ? behind(code, last - 1) : undefined;
}

function genericsBefore(code: string, last: number): number {
  let depth = 0;
  for (let at = last; at >= 0 && at > last - 200; at--) {
    if (code[at] === '>') depth++;
    if (code[at] === '<' && --depth === 0) return at;
    if (code[at] === ';' || code[at] === '{') break;
  }
  return last;
}

/** `unknown`: something is spread into the literal, or it is none. `missing`: it has no such member. */
export type Member = Range | 'unknown' | 'missing';

/** Calls by which literals are made: `dict(port=3000)`. */
const MADE = /^(?:[\w.]*\bdict|Object\.freeze)\s*$/;

/**
 * A member of an object, structure, map or of keyword arguments, by its path. The range is a literal (`{…}`, `Config{…}`,
 * `&Config{…}`, `dict(…)`) or what stands between the brackets of a call.
 */
export function member(source: Source, range: Range, path: readonly string[]): Member {
  let place = trim(source, range);
  for (const name of path) {
    const inside = insideOf(source, place);
    if (inside === undefined) return 'unknown';
    const found = memberOf(source, inside, name);
    if (typeof found === 'string') return found;
    place = found;
  }
  return place;
}

/** What stands between the brackets of a literal. */
function insideOf(source: Source, { from, to }: Range): Range | undefined {
  const { code, pairs } = source;
  const close = pairs.get(behind(code, to));
  if (close !== undefined && close >= from) {
    const head = code.slice(from, close).trim();
    const brace = code[close] === '{' && /^&?[\w.:<>[\]*\s]*(?:\([^()]*\)\s*)?$/.test(head);
    if (brace || (code[close] === '(' && MADE.test(head))) return { from: close + 1, to: behind(code, to) };
  }
  return code[from - 1] === '(' && pairs.get(from - 1) === ahead(code, to) ? { from, to } : undefined;
}

function memberOf(source: Source, inside: Range, name: string): Member {
  const { code, texts } = source;
  let spread = false;
  let found: Range | undefined;
  for (const part of split(source, inside, ',')) {
    if (/^(?:\.\.\.|\*\*)/.test(code.slice(part.from, part.from + 3))) {
      // a later spread may say otherwise, and one before may have what is missing
      spread = true;
      found = undefined;
      continue;
    }
    const colon = find(source, part, ':') ?? find(source, part, '=');
    if (methodOf(source, part) === name) return 'unknown';
    const key = { from: code[part.from] === '.' ? part.from + 1 : part.from, to: colon ?? part.to };
    if (keyOf(source, key) !== name || (colon === undefined && texts.has(part.from))) continue;
    if (colon !== undefined) found = trim(source, { from: colon + 1, to: part.to });
    else if (source.dialect.id === 'node') found = part;
  }
  if (found !== undefined) return found;
  return spread || positional(source, inside) ? 'unknown' : 'missing';
}

/** The name of a method or getter in a literal. */
function methodOf(source: Source, part: Range): string | undefined {
  if (source.dialect.id !== 'node') return undefined;
  return /^(?:(?:get|set|async)\s+)?\*?\s{0,200}([\w$]+)\s*\(/.exec(
    source.code.slice(part.from, part.from + 100),
  )?.[1];
}

/** C and Go allow values without names, in the order of the structure. */
function positional(source: Source, inside: Range): boolean {
  const [first] = split(source, inside, ',');
  if (first === undefined || source.dialect.id === 'node') return false;
  return find(source, first, ':') === undefined && find(source, first, '=') === undefined;
}

/** Keyword arguments of a call, or the argument's place: `run(host, port=5000)`. */
export function argument(
  source: Source,
  call: Pick<Call, 'args'>,
  name: string,
  place?: number,
): Range | undefined {
  for (const arg of call.args) {
    const sign = source.dialect.keywords ? find(source, arg, '=') : undefined;
    if (sign !== undefined && keyOf(source, { from: arg.from, to: sign }) === name)
      return trim(source, { from: sign + 1, to: arg.to });
  }
  const arg = place === undefined ? undefined : call.args[place];
  return arg !== undefined && source.dialect.keywords && find(source, arg, '=') !== undefined
    ? undefined
    : arg;
}
