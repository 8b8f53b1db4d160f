import { table } from '../project/data.ts';
import type { Dialect, Quote, Text } from './dialect.ts';

/** What the lexer makes of a file. */
export interface Lexed {
  readonly code: string;
  readonly strings: readonly Text[];
  readonly pairs: ReadonlyMap<number, number>;
  /** Openers of texts' code: `${`. They are no blocks. */
  readonly holes: ReadonlySet<number>;
}

/** A text with code inside, as long as that code is read. */
interface Hole {
  readonly quote: Quote;
  readonly from: number;
  readonly parts: (string | { from: number; to: number })[];
  /** The bracket that opened the code. */
  opener: number;
  /** Where a format follows the code: `{port:d}`. */
  cut: number | undefined;
  /** The brackets that were open outside. */
  outside: Counts;
}

interface Counts {
  '(': number;
  '[': number;
  '{': number;
}
type Opener = keyof Counts;

interface State {
  readonly text: string;
  readonly dialect: Dialect;
  at: number;
  /** What was written of `code` ends here. */
  written: number;
  readonly pieces: string[];
  readonly strings: Text[];
  readonly pairs: Map<number, number>;
  readonly open: number[];
  counts: Counts;
  readonly holes: Hole[];
  readonly holed: Set<number>;
  /** Up to here no text of a quote is closed: asked once a line, or a hostile line costs its square. */
  readonly unclosed: Map<string, number>;
  /** The last word or sign that is neither blank nor comment. */
  word: string;
  wordEnd: number;
  /** Open brackets at each `#if` around. */
  readonly conditions: number[];
}

const OPENERS: Readonly<Record<string, Opener>> = table({ ')': '(', ']': '[', '}': '{' });
const WORD = /[\w$\u0080-\uffff]+/y;
const C_NUMBER = /\d(?:[\w.]|'(?=\w))*/y;
/** Words behind which a slash begins a regular expression, and an apostrophe a text. */
const BEFORE_VALUE =
  /^(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield|instanceof|default|from|import|export|as|extends)$/;
const ADDRESS = /(?:https?|wss?|ftp):$/;

const blank = (text: string): string => text.replace(/[^\n\r]/g, ' ');

/** Reads a file once, from its first character to its last. */
export function lex(text: string, dialect: Dialect): Lexed {
  const state: State = {
    text,
    dialect,
    at: 0,
    written: 0,
    pieces: [],
    strings: [],
    pairs: new Map(),
    open: [],
    counts: { '(': 0, '[': 0, '{': 0 },
    holes: [],
    holed: new Set(),
    unclosed: new Map(),
    word: '',
    wordEnd: 0,
    conditions: [],
  };
  if (text.startsWith('#!')) hide(state, 0, lineEnd(text, 0));
  while (state.at < text.length) step(state);
  // a text whose code never ends is none; what stands in it was read as code
  state.pieces.push(text.slice(state.written));
  state.strings.sort((a, b) => a.from - b.from);
  return { code: state.pieces.join(''), strings: state.strings, pairs: state.pairs, holes: state.holed };
}

function step(state: State): void {
  const { text, at } = state;
  const sign = text[at] as string;
  if (sign === ' ' || sign === '\n' || sign === '\t' || sign === '\r') {
    state.at++;
    return;
  }
  if (readWord(state) || readComment(state, sign) || readText(state, sign)) return;
  if (state.dialect.regexes && sign === '/' && readRegex(state)) return;
  if (state.dialect.preprocessor && sign === '#') readDirective(state);
  if (sign === '(' || sign === '[' || sign === '{') open(state, sign);
  else if (sign === ')' || sign === ']' || sign === '}') {
    if (close(state, sign)) return;
  } else markFormat(state, sign);
  note(state, sign, at + 1);
  state.at++;
}

/** Blanks a range, and goes on behind it. */
function hide(state: State, from: number, to: number): void {
  state.pieces.push(state.text.slice(state.written, from), blank(state.text.slice(from, to)));
  state.written = to;
  state.at = to;
}

function note(state: State, word: string, end: number): void {
  state.word = word;
  state.wordEnd = end;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function readWord(state: State): boolean {
  const { text, dialect, at } = state;
  const first = text.charCodeAt(at);
  const digit = first >= 48 && first <= 57;
  const letter =
    (first >= 97 && first <= 122) || (first >= 65 && first <= 90) || first === 95 || first === 36;
  if (!digit && !letter && first < 128) return false;
  const pattern = dialect.id === 'c' && digit ? C_NUMBER : WORD;
  pattern.lastIndex = at;
  const word = pattern.exec(text)?.[0];
  if (word === undefined) return false;
  const end = at + word.length;
  const next = text[end];
  if ((next === '"' || next === "'") && word.length < 4 && dialect.prefixes?.test(word)) {
    const { written } = state;
    const pieces = state.pieces.length;
    hide(state, at, end);
    if (readText(state, next, word.toLowerCase())) return true;
    // the quote is never closed: the letters before it are a word
    state.pieces.length = pieces;
    state.written = written;
    note(state, next, end + 1);
    state.at = end + 1;
    return true;
  }
  // an apostrophe inside of words, as in JSX or #error, begins no text
  const keyword = dialect.id === 'node' && BEFORE_VALUE.test(word);
  const inside = next === "'" && dialect.id !== 'python' && !keyword;
  note(state, word, end);
  state.at = inside ? end + 1 : end;
  return true;
}

function readComment(state: State, sign: string): boolean {
  const { text, dialect, at } = state;
  if (dialect.comment === '#') {
    if (sign !== '#') return false;
    hide(state, at, lineEnd(text, at));
    return true;
  }
  if (sign !== '/') return false;
  if (text[at + 1] === '/' && !ADDRESS.test(text.slice(Math.max(0, at - 6), at))) {
    let end = lineEnd(text, at);
    // C continues a comment behind a backslash
    while (dialect.preprocessor && text[end - 1] === '\\' && end < text.length) end = lineEnd(text, end + 1);
    hide(state, at, end);
    return true;
  }
  if (text[at + 1] !== '*') return false;
  const end = text.indexOf('*/', at + 2);
  hide(state, at, end < 0 ? text.length : end + 2);
  return true;
}

function readText(state: State, sign: string, prefix = ''): boolean {
  const { text, dialect, at } = state;
  if (sign !== '"' && sign !== "'" && sign !== '`') return false;
  if (dialect.id === 'c' && prefix.endsWith('r') && sign === '"') return readRaw(state);
  const quote = dialect.quotes.find((one) => text.startsWith(one.open, at));
  if (quote === undefined) return false;
  const python = dialect.id === 'python';
  const raw = python && prefix.includes('r') ? true : quote.raw;
  const holes = python && prefix.includes('f') ? '{' : quote.holes;
  const same = raw === quote.raw && holes === quote.holes;
  const real: Quote = same ? quote : { ...quote, ...(raw && { raw }), ...(holes && { holes }) };
  const from = at + quote.open.length;
  return readFrom(
    state,
    { quote: real, from: at, parts: [], opener: -1, cut: undefined, outside: state.counts },
    from,
  );
}

/** Reads a text on from a position: its beginning, or the end of code inside of it. */
function readFrom(state: State, hole: Hole, from: number): boolean {
  const { quote } = hole;
  const { text } = state;
  const first = hole.parts.length === 0;
  const end = textEnd(state, quote, from, first);
  if (end === undefined) return false;
  hide(state, first ? hole.from + quote.open.length : from, end);
  hole.parts.push(decode(text.slice(from, end), quote));
  if (quote.holes !== undefined && text.startsWith(quote.holes, end)) {
    hole.opener = end + quote.holes.length - 1;
    hole.cut = undefined;
    hole.outside = state.counts;
    state.counts = { '(': 0, '[': 0, '{': 0 };
    state.holes.push(hole);
    state.holed.add(hole.opener);
    state.at = hole.opener;
    open(state, '{');
    note(state, '{', hole.opener + 1);
    state.at = hole.opener + 1;
    return true;
  }
  const to = Math.min(text.length, end + quote.close.length);
  const code = hole.parts.length > 1;
  state.strings.push({
    kind: quote.char ? 'char' : 'text',
    from: hole.from,
    to,
    text: hole.parts.filter((part) => typeof part === 'string').join(''),
    parts: code ? hole.parts : undefined,
  });
  note(state, '"', to);
  state.at = to;
  return true;
}

/** Where a text's close or code begins; undefined: its line ends before. */
function textEnd(state: State, quote: Quote, from: number, first: boolean): number | undefined {
  const { text } = state;
  if (first && !quote.lines && (state.unclosed.get(quote.open) ?? -1) >= from) return undefined;
  const pattern = ENDS.get(keyOf(quote)) ?? endOf(quote);
  for (let at = from; ; ) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    const sign = found?.[0] ?? '';
    if (found !== null && (sign === quote.close || sign === quote.holes)) return found.index;
    if (sign.length > 1 || sign === '\\') {
      at = pattern.lastIndex;
      continue;
    }
    const end = found?.index ?? text.length;
    if (quote.lines || !first) return end;
    state.unclosed.set(quote.open, end);
    return undefined;
  }
}

const ENDS = new Map<string, RegExp>();
const keyOf = ({ close, raw, holes }: Quote): string => `${close} ${raw} ${holes}`;

/** What may end a text, or look like it: an escape, two braces, its close, code, the line's end. */
function endOf(quote: Quote): RegExp {
  const literal = (text: string) => text.replace(/[^\w]/g, '\\$&');
  const signs = [
    ...(quote.raw && quote.close === '`' ? [] : ['\\\\[\\s\\S]?']),
    literal(quote.close),
    ...(quote.holes === '{' ? ['\\{\\{', '\\}\\}'] : []),
    ...(quote.holes === undefined ? [] : [literal(quote.holes)]),
    ...(quote.lines ? [] : ['\\n']),
  ];
  const pattern = new RegExp(signs.join('|'), 'g');
  ENDS.set(keyOf(quote), pattern);
  return pattern;
}

/** C++'s `R"x(…)x"`. */
function readRaw(state: State): boolean {
  const { text, at } = state;
  const delimiter = /"([^\s()\\]{0,16})\(/y;
  delimiter.lastIndex = at;
  const match = delimiter.exec(text);
  if (match === null) return false;
  const from = at + match[0].length;
  const found = text.indexOf(`)${match[1]}"`, from);
  const end = found < 0 ? text.length : found;
  const to = found < 0 ? text.length : end + match[0].length;
  hide(state, at + 1, Math.max(at + 1, to - 1));
  state.strings.push({ kind: 'text', from: at, to, text: text.slice(from, end), parts: undefined });
  note(state, '"', to);
  state.at = to;
  return true;
}

/** A slash begins a regular expression where no value stands before it. */
function readRegex(state: State): boolean {
  const { text, at, word } = state;
  const value = /[\w$\u0080-\uffff"`)\]}<]$/.test(word) && !BEFORE_VALUE.test(word);
  if (value || (state.unclosed.get('/') ?? -1) >= at) return false;
  let set = false;
  let end = at + 1;
  for (; end < text.length && text[end] !== '\n'; end++) {
    const sign = text[end];
    if (sign === '\\') end++;
    else if (sign === '[') set = true;
    else if (sign === ']') set = false;
    else if (sign === '/' && !set) break;
  }
  if (text[end] !== '/') {
    state.unclosed.set('/', end);
    return false;
  }
  hide(state, at + 1, end);
  state.strings.push({
    kind: 'regex',
    from: at,
    to: end + 1,
    text: text.slice(at + 1, end),
    parts: undefined,
  });
  note(state, '"', end + 1);
  state.at = end + 1;
  return true;
}

/** Brackets that a branch of the preprocessor opens are open once, not once a branch. */
function readDirective(state: State): void {
  const directive = /#[ \t]*(if|ifdef|ifndef|else|elif|endif)\b/y;
  directive.lastIndex = state.at;
  const name = directive.exec(state.text)?.[1];
  if (name === undefined) return;
  if (name.startsWith('if')) state.conditions.push(state.open.length);
  else if (name === 'endif') state.conditions.pop();
  else {
    const before = state.conditions.at(-1) ?? state.open.length;
    while (state.open.length > before) state.counts[bracketAt(state, state.open.pop())]--;
  }
}

function bracketAt(state: State, at: number | undefined): Opener {
  return (state.text[at ?? 0] ?? '(') as Opener;
}

function open(state: State, sign: Opener): void {
  state.open.push(state.at);
  state.counts[sign]++;
}

/** Pairs a closing bracket with the last one of its kind; what was opened between stays alone. True: it ended code in a text. */
function close(state: State, sign: string): boolean {
  const wanted = OPENERS[sign] as Opener;
  if (state.counts[wanted] === 0) return false;
  for (;;) {
    const opener = state.open.pop();
    if (opener === undefined) return false;
    const kind = bracketAt(state, opener);
    state.counts[kind]--;
    if (kind !== wanted) continue;
    state.pairs.set(opener, state.at);
    state.pairs.set(state.at, opener);
    const hole = state.holes.at(-1);
    if (hole?.opener !== opener) return false;
    state.holes.pop();
    state.counts = hole.outside;
    hole.parts.push({ from: opener + 1, to: hole.cut ?? state.at });
    return readFrom(state, hole, state.at + 1);
  }
}

/** `{port:d}`, `{name!r}`: what follows the code in Python's texts is a format. */
function markFormat(state: State, sign: string): void {
  const hole = state.holes.at(-1);
  if (hole?.quote.holes !== '{' || hole.cut !== undefined || state.open.at(-1) !== hole.opener) return;
  if (sign === ':' || (sign === '!' && state.text[state.at + 1] !== '=')) hole.cut = state.at;
}

const ESCAPES: Readonly<Record<string, string>> = table({
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
  '\n': '',
});

function decode(text: string, quote: Quote): string {
  const plain = quote.holes === '{' ? text.replace(/\{\{|\}\}/g, (two) => two[0] ?? '') : text;
  if (quote.raw || !plain.includes('\\')) return plain;
  return plain.replace(
    /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi,
    (_, long?: string, short?: string, byte?: string, one?: string) => {
      const code = Number.parseInt(long ?? short ?? byte ?? '', 16);
      if (Number.isNaN(code) || code > 0x10ffff) return ESCAPES[one ?? ''] ?? one ?? '';
      return String.fromCodePoint(code);
    },
  );
}
