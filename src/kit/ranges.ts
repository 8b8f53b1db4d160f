import { remember } from '../project/remember.ts';
import type { Bracket, Range, Source } from './dialect.ts';

/** What is needed of a source before its blocks are known. */
export type Lexical = Pick<Source, 'code' | 'pairs' | 'brackets' | 'texts' | 'dialect' | 'memo'>;

/** The index of the last item that is at most a value, 0 where none is; items ascend. */
export function lastAt(length: number, item: (index: number) => number, value: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (item(middle) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Pairs of brackets, nested. */
export function nestedPairs(pairs: ReadonlyMap<number, number>): readonly Bracket[] {
  const opens = [...pairs].filter(([from, to]) => from < to).sort(([a], [b]) => a - b);
  const tree: Bracket[] = [];
  let around = -1;
  for (const [from, to] of opens) {
    while (around >= 0 && (tree[around]?.to ?? 0) < from) around = tree[around]?.in ?? -1;
    tree.push({ from, to, in: around });
    around = tree.length - 1;
  }
  return tree;
}

/** The bracket that is open at a position; undefined: none is. */
export function enclosing({ brackets }: Lexical, at: number): number | undefined {
  let index = lastAt(brackets.length, (i) => brackets[i]?.from ?? 0, at - 1);
  for (let one = brackets[index]; one !== undefined; one = brackets[index]) {
    if (one.from < at && at <= one.to) return one.from;
    index = one.in;
  }
  return undefined;
}

export function isBlank(sign: string | undefined): boolean {
  return sign === ' ' || sign === '\n' || sign === '\t' || sign === '\r' || sign === '\f' || sign === '\v';
}

/** The range without blanks and comments at its ends. */
export function trim({ code }: Lexical, { from, to }: Range): Range {
  let first = from;
  let last = to;
  while (first < last && isBlank(code[first])) first++;
  while (last > first && isBlank(code[last - 1])) last--;
  return { from: first, to: last };
}

/** The first position from one on that is neither blank nor comment. */
export function ahead(code: string, from: number): number {
  let at = from;
  while (isBlank(code[at])) at++;
  return at;
}

/** The last position before one that is neither blank nor comment; -1: there is none. */
export function behind(code: string, from: number): number {
  let at = from - 1;
  while (at >= 0 && isBlank(code[at])) at--;
  return at;
}

/** The word that ends at a position, the position included. */
export function wordBefore(code: string, last: number): string {
  let from = last;
  while (from >= 0 && /[\w$]/.test(code[from] ?? '')) from--;
  return code.slice(from + 1, last + 1);
}

/** The position behind the bracket or text that begins at one; behind the sign where neither does. */
export function skip(source: Lexical, at: number): number {
  const close = source.pairs.get(at);
  if (close !== undefined && close > at) return close + 1;
  return source.texts.get(at)?.to ?? at + 1;
}

const WORDS = /^\w+$/;

function stands(code: string, sign: string, at: number): boolean {
  if (!code.startsWith(sign, at)) return false;
  if (WORDS.test(sign))
    return !/[\w$.]/.test(code[at - 1] ?? '') && !/[\w$]/.test(code[at + sign.length] ?? '');
  if (sign === '?') return !'?.'.includes(code[at + 1] ?? ' ') && code[at - 1] !== '?';
  if (sign === '+') return !'+='.includes(code[at + 1] ?? ' ') && code[at - 1] !== '+';
  if (sign === '=')
    return !'=>'.includes(code[at + 1] ?? ' ') && !'=!<>:+-*/%|&?'.includes(code[at - 1] ?? ' ');
  if (sign === ':') return code[at + 1] !== ':' && code[at + 1] !== '=' && code[at - 1] !== ':';
  return true;
}

/** Where a sign or word stands in a range outside of all brackets and texts. */
export function find(source: Lexical, range: Range, sign: string): number | undefined {
  for (let at = range.from; at < range.to; at = skip(source, at))
    if (stands(source.code, sign, at)) return at;
  return undefined;
}

/** Signs that stand in a range outside of all brackets and texts, in their order. */
export function* signsIn(
  source: Lexical,
  range: Range,
  signs: readonly string[],
): Generator<readonly [string, number]> {
  for (let at = range.from; at < range.to; at = skip(source, at)) {
    const sign = signs.find((one) => stands(source.code, one, at));
    if (sign !== undefined) yield [sign, at];
  }
}

/** No person writes an expression of so many signs outside of brackets and texts: it is looked through for each operator. */
const LONG = 10_000;

/** Whether an expression is longer than any that is read. */
export function isLong(source: Lexical, range: Range): boolean {
  if (range.to - range.from < LONG) return false;
  let steps = 0;
  for (let at = range.from; at < range.to; at = skip(source, at)) if (++steps > LONG) return true;
  return false;
}

/** The parts of a range, split at a sign or word that stands outside of brackets and texts; empty ones are left out. */
export function split(source: Lexical, range: Range, sign: string): readonly Range[] {
  const parts: Range[] = [];
  let from = range.from;
  for (let at = range.from; at < range.to; ) {
    if (!stands(source.code, sign, at)) {
      at = skip(source, at);
      continue;
    }
    parts.push(trim(source, { from, to: at }));
    at += sign.length;
    from = at;
  }
  parts.push(trim(source, { from: Math.min(from, range.to), to: range.to }));
  return parts.filter((part) => part.from < part.to);
}

/** A sign that asks for something behind it: the expression goes on in the next line. */
const ASKS = /[-.(,+|&?=:*/%<>!^~\\]/;

/** Whether the line break at a position ends a statement. */
function breaks(source: Lexical, at: number, from: number): boolean {
  const { code, dialect } = source;
  if (dialect.ends === 'semicolon') return false;
  const last = behind(code, at);
  if (last < from) return false;
  if (dialect.id === 'python') return code[last] !== '\\';
  if (ASKS.test(code[last] ?? '') && !/\+\+|--/.test(code.slice(last - 1, last + 1))) return false;
  if (dialect.continues === undefined) return true;
  dialect.continues.lastIndex = ahead(code, at);
  return !dialect.continues.test(code);
}

/**
 * Where the expression that begins at a position ends: before the comma, sign, bracket or line that ends it. One that begins
 * inside of another ends with it, which is remembered: `a = b = c = …` is not read once a sign.
 */
export function expressionEnd(source: Lexical, from: number): number {
  const known = remember(source, 'ends', () => new Map<number, Range>());
  const around = enclosing(source, from) ?? -1;
  const before = known.get(around);
  if (before !== undefined && before.from <= from && from < before.to) return before.to;
  const to = endOf(source, from);
  known.set(around, { from, to });
  return to;
}

function endOf(source: Lexical, from: number): number {
  const { code } = source;
  for (let at = from; at < code.length; ) {
    const sign = code[at] ?? '';
    if (sign === ',' || sign === ';' || sign === ')' || sign === ']' || sign === '}') return at;
    if (sign === '\n' && breaks(source, at, from)) return at;
    // blank lines are passed at once, or a thousand of them cost a million steps
    at = sign === '\n' ? ahead(code, at) : skip(source, at);
  }
  return code.length;
}

/** Where a statement ends that may be a list of expressions: `return port, nil`. */
export function listEnd(source: Lexical, from: number): number {
  let at = expressionEnd(source, from);
  while (source.code[at] === ',') at = expressionEnd(source, ahead(source.code, at + 1));
  return at;
}
