/**
 * What a .dockerignore says of a path, as moby/patternmatcher reads it: the last line that matches a path, or a folder that
 * it is in, decides. No pattern becomes one of JavaScript, so none takes longer than its length times the path's.
 */

/** A sign of a pattern: itself, one of a set, `?`, `*`, `**` and the slash behind it, or `**` at the end. */
type Sign =
  | string
  | { readonly set: ReadonlySet<string>; readonly not: boolean; readonly ranges: readonly string[] }
  | 'one'
  | 'some'
  | 'folders'
  | 'rest';

/** A line as it is read: the texts that stand in every path that it matches, and its signs when a path has them. */
interface Line {
  readonly pattern: string;
  readonly letsIn: boolean;
  readonly plain: boolean;
  readonly runs: readonly string[];
  signs?: readonly Sign[];
}

/** Services of one language have the same lines. */
const MOST_LINES = 2000;
const known = new Map<string, Line>();

function lineOf(line: string): Line {
  const one = known.get(line);
  if (one !== undefined) return one;
  const letsIn = line.startsWith('!');
  const pattern = clean(letsIn ? line.slice(1).trim() : line);
  const plain = !/[*?[\\]/.test(pattern);
  const read = { pattern, letsIn, plain, runs: plain ? [] : runsOf(pattern) };
  if (known.size < MOST_LINES) known.set(line, read);
  return read;
}

/** Lines, ready to be asked about many paths. */
export interface Patterns {
  ignores(path: string): boolean;
}

/** Thrown for a line that no builder could read. */
class NoPattern extends Error {}

export function isPattern(line: string): boolean {
  try {
    signsOf(clean(line.replace(/^!/, '')));
    return true;
  } catch (error) {
    if (error instanceof NoPattern) return false;
    throw error;
  }
}

export function patternsFrom(lines: readonly string[]): Patterns {
  const plain = new Map<string, { readonly at: number; readonly letsIn: boolean }>();
  const others: { readonly at: number; readonly letsIn: boolean; readonly line: Line }[] = [];
  for (const [at, text] of lines.entries()) {
    const line = lineOf(text);
    const { letsIn } = line;
    if (line.plain) plain.set(line.pattern, { at, letsIn });
    else others.push({ at, letsIn, line });
  }
  others.reverse();
  return {
    ignores(path) {
      if (path === '.') return false;
      const folders = path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'));
      let last = { at: -1, letsIn: true };
      for (const folder of folders) {
        const found = plain.get(folder);
        if (found !== undefined && found.at > last.at) last = found;
      }
      // few paths come near a pattern
      const found = others.find(
        ({ at, line }) =>
          at > last.at &&
          line.runs.every((run) => path.includes(run)) &&
          folders.some((one) => matches(signsFor(line), one)),
      );
      return !(found ?? last).letsIn;
    },
  };
}

function signsFor(line: Line): readonly Sign[] {
  line.signs ??= signsOf(line.pattern);
  return line.signs;
}

/** The texts that stand in every path that a pattern matches. */
function runsOf(pattern: string): readonly string[] {
  const [literal = ''] = pattern.split('[');
  return literal.split(/\*\*\/|[*?\\]/).filter((run) => run !== '');
}

/** As Go's filepath.Clean, without a slash in front. */
function clean(pattern: string): string {
  const parts: string[] = [];
  for (const part of pattern.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}

function signsOf(pattern: string): readonly Sign[] {
  const signs: Sign[] = [];
  for (let at = 0; at < pattern.length; ) {
    const [sign, next] = signAt(pattern, at);
    signs.push(sign);
    at = next;
  }
  return signs;
}

/** One sign, and where the next begins. */
function signAt(pattern: string, at: number): readonly [Sign, number] {
  const sign = pattern[at] as string;
  if (sign === '?') return ['one', at + 1];
  if (sign === '[') {
    const end = endOfSet(pattern, at);
    return [setOf(pattern.slice(at + 1, end)), end + 1];
  }
  if (sign === '\\') {
    if (at + 1 >= pattern.length) throw new NoPattern();
    return [pattern[at + 1] as string, at + 2];
  }
  if (sign !== '*') return [sign, at + 1];
  if (pattern[at + 1] !== '*') return ['some', at + 1];
  let end = at;
  while (pattern[end] === '*') end++;
  if (pattern[end] === '/') end++;
  return [end >= pattern.length ? 'rest' : 'folders', end];
}

function endOfSet(pattern: string, from: number): number {
  for (let at = from + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === ']' && at > from + 1) return at;
  }
  throw new NoPattern();
}

function setOf(text: string): Sign {
  const not = text.startsWith('^');
  const set = new Set<string>();
  const ranges: string[] = [];
  const inner = [...text.slice(not ? 1 : 0).replace(/\\(.)/g, '$1')];
  for (let at = 0; at < inner.length; at++) {
    const to = inner[at + 1] === '-' ? inner[at + 2] : undefined;
    if (to === undefined) set.add(inner[at] as string);
    else {
      ranges.push(`${inner[at]}${to}`);
      at += 2;
    }
  }
  return { set, not, ranges };
}

/** All places of the pattern that may be reached are followed at once. */
function matches(signs: readonly Sign[], path: string): boolean {
  let open = new Set<number>();
  reach(signs, open, 0);
  for (const char of path.split('')) {
    const after = new Set<number>();
    for (const at of open) follow(signs, at, char, after);
    if (after.size === 0) return false;
    open = after;
  }
  return open.has(signs.length);
}

/** Adds a place, and those behind signs that may stand for nothing. */
function reach(signs: readonly Sign[], into: Set<number>, from: number): void {
  for (let at = from; !into.has(at); at++) {
    into.add(at);
    const sign = signs[at];
    if (sign !== 'some' && sign !== 'rest' && sign !== 'folders') return;
  }
}

function follow(signs: readonly Sign[], at: number, char: string, into: Set<number>): void {
  const sign = signs[at];
  if (sign === undefined) return;
  if (sign === 'rest') reach(signs, into, at);
  else if (sign === 'folders') {
    // what it stands for ends with a slash, or is nothing
    into.add(at);
    if (char === '/') reach(signs, into, at + 1);
  } else if (takes(sign, char)) reach(signs, into, sign === 'some' ? at : at + 1);
}

function takes(sign: Sign, char: string): boolean {
  if (typeof sign !== 'string') {
    const within =
      sign.set.has(char) || sign.ranges.some((range) => char >= (range[0] ?? '') && char <= (range[1] ?? ''));
    return char !== '/' && within !== sign.not;
  }
  return sign === 'some' || sign === 'one' ? char !== '/' : sign === char;
}
