import { posix } from 'node:path';
import { table } from '../../../../project/data.ts';

/** What a Makefile's text is expanded with. */
export interface Scope {
  readonly variables: ReadonlyMap<string, string>;
  /** Files of the project by a pattern of the shell. */
  find(pattern: string): readonly string[];
}

/** What make sets itself. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['CC', 'cc'],
  ['CXX', 'c++'],
  ['LD', 'ld'],
  ['MAKE', 'make'],
  // https://www.gnu.org/software/make/manual/html_node/Catalogue-of-Rules.html
  ['LINK.o', '$(CC) $(LDFLAGS)'],
  ['LINK.c', '$(CC) $(CFLAGS) $(LDFLAGS)'],
  ['LINK.cc', '$(CXX) $(CXXFLAGS) $(LDFLAGS)'],
  ['LINK.cpp', '$(CXX) $(CXXFLAGS) $(LDFLAGS)'],
  ['COMPILE.c', '$(CC) $(CFLAGS) -c'],
  ['COMPILE.cc', '$(CXX) $(CXXFLAGS) -c'],
  ['COMPILE.cpp', '$(CXX) $(CXXFLAGS) -c'],
]);

/** More variables than any line holds, and more text: what grows by itself ends there. */
const LIMIT = { steps: 2000, length: 65_536, depth: 40 };

/** Variables and the functions that make lists of names; what else is called stands for nothing. */
export function expand(text: string, scope: Scope): string {
  return expansion(text, scope, { steps: LIMIT.steps, length: LIMIT.length, depth: 0, open: new Set() });
}

interface Budget {
  steps: number;
  length: number;
  /** Brackets and variables in each other. */
  depth: number;
  /** Variables that are being expanded: one that holds itself is empty there. */
  readonly open: Set<string>;
}

function expansion(text: string, scope: Scope, budget: Budget): string {
  if (budget.depth > LIMIT.depth) return '';
  budget.depth++;
  let out = '';
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('$', at);
    if (next < 0 || budget.steps <= 0) {
      out += text.slice(at, next < 0 ? undefined : next);
      break;
    }
    out += text.slice(at, next);
    const close = text[next + 1] === '(' ? ')' : text[next + 1] === '{' ? '}' : undefined;
    const end = close === undefined ? next + 1 : closing(text, next + 1, close);
    if (close === undefined) {
      const name = text[next + 1] ?? '';
      // $$ is the shell's, and so is what make knows only while it runs a rule
      out += name === '$' ? '$' : /\w/.test(name) ? valueIn(name, scope, budget) : `$${name}`;
    } else out += reference(text.slice(next + 2, end), scope, budget);
    at = end + 1;
  }
  budget.depth--;
  budget.length -= out.length;
  return budget.length < 0 ? '' : out;
}

/** The bracket that closes the one at a place, or the end. */
function closing(text: string, from: number, close: string): number {
  const open = text[from];
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === open) depth++;
    else if (text[at] === close && --depth === 0) return at;
  }
  return text.length;
}

/** What stands between the brackets: a call, a variable with its endings replaced, or a variable. */
function reference(inside: string, scope: Scope, budget: Budget): string {
  budget.steps--;
  const [, called = '', rest = ''] = /^([a-z-]+)\s+([\s\S]*)$/.exec(inside) ?? [];
  if (called === 'shell') return shell(rest);
  const make = FUNCTIONS[called];
  if (make !== undefined) {
    const args = argumentsOf(rest).map((arg) => expansion(arg, scope, budget));
    return make(args, scope);
  }
  if (called !== '') return '';
  const [, name, from, to] = /^([^:=]+):([^=]*)=([\s\S]*)$/.exec(inside) ?? [];
  if (name === undefined) return valueIn(expansion(inside, scope, budget).trim(), scope, budget);
  const pattern = from?.includes('%') ? from : `%${from}`;
  const value = valueIn(expansion(name, scope, budget).trim(), scope, budget);
  const by = from?.includes('%') ? (to ?? '') : `%${to}`;
  return patsubst([pattern, expansion(by, scope, budget), value]);
}

/** What the system calls itself is the one thing that is known of a call. */
function shell(command: string): string {
  if (!/\buname\b(?!\s+-\w*[mprnv])/.test(command)) return '';
  return /\btr\b.{0,200}(?:a-z|lower)/.test(command) ? 'linux' : 'Linux';
}

function valueIn(name: string, scope: Scope, budget: Budget): string {
  const raw = scope.variables.get(name) ?? DEFAULTS.get(name);
  if (raw === undefined || budget.open.has(name) || budget.steps-- <= 0) return '';
  budget.open.add(name);
  const value = expansion(raw, scope, budget);
  budget.open.delete(name);
  return value;
}

/** Arguments of a call, split at the commas of their own level. */
function argumentsOf(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of text) {
    if (/[({]/.test(sign)) depth++;
    if (/[)}]/.test(sign)) depth--;
    if (sign === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

const wordsOf = (text = '') => text.split(/\s+/).filter(Boolean);
const each = (make: (word: string) => string) => (args: readonly string[]) =>
  wordsOf(args.at(-1)).map(make).join(' ');

/** The stem of a word under a pattern with `%`; undefined: it is another word. */
export function stemOf(pattern: string, word: string): string | undefined {
  const [head = '', tail] = pattern.split('%');
  if (tail === undefined) return word === head ? '' : undefined;
  const fits = word.length >= head.length + tail.length && word.startsWith(head) && word.endsWith(tail);
  return fits ? word.slice(head.length, word.length - tail.length) : undefined;
}

function patsubst([from = '', to = '', text = '']: readonly string[]): string {
  return wordsOf(text)
    .map((word) => {
      const stem = stemOf(from.trim(), word);
      return stem === undefined ? word : to.trim().replace('%', stem);
    })
    .join(' ');
}

function filtered(takes: boolean): (args: readonly string[]) => string {
  return ([patterns = '', text = '']) =>
    wordsOf(text)
      .filter((word) => takes === wordsOf(patterns).some((one) => stemOf(one, word) !== undefined))
      .join(' ');
}

/** https://www.gnu.org/software/make/manual/html_node/Functions.html */
const FUNCTIONS: Readonly<Record<string, (args: readonly string[], scope: Scope) => string>> = table({
  wildcard: ([patterns = ''], { find }) => wordsOf(patterns).flatMap(find).join(' '),
  patsubst,
  subst: ([from = '', to = '', text = '']) => (from === '' ? text : text.replaceAll(from, to)),
  filter: filtered(true),
  'filter-out': filtered(false),
  findstring: ([part = '', text = '']) => (text.includes(part.trim()) ? part.trim() : ''),
  addprefix: ([prefix = '', names = '']) =>
    wordsOf(names)
      .map((name) => prefix.trim() + name)
      .join(' '),
  addsuffix: ([suffix = '', names = '']) =>
    wordsOf(names)
      .map((name) => name + suffix.trim())
      .join(' '),
  strip: each((word) => word),
  abspath: each((word) => word),
  realpath: each((word) => word),
  notdir: each((word) => posix.basename(word)),
  basename: each((word) => word.replace(/\.[^./]*$/, '')),
  dir: each((word) => `${posix.dirname(word)}/`),
  sort: ([text = '']) => [...new Set(wordsOf(text))].sort().join(' '),
  firstword: ([text = '']) => wordsOf(text)[0] ?? '',
  lastword: ([text = '']) => wordsOf(text).at(-1) ?? '',
  if: ([condition = '', then = '', otherwise = '']) => (condition.trim() === '' ? otherwise : then),
  or: (args) => args.find((arg) => arg.trim() !== '')?.trim() ?? '',
});
