import { posix } from 'node:path';
import { excess } from '../../../../errors.ts';
import { table } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { PREFIX } from '../facts.ts';
import { expand, type Scope } from './expand.ts';

/** In the order in which make looks for them. */
export function makefileOf(project: Project, folder = '.'): string | undefined {
  return ['GNUmakefile', 'makefile', 'Makefile']
    .map((name) => posix.join(folder, name))
    .find((path) => project.isFile(path));
}

/** A rule: its names expanded, its recipe as it is written. */
export interface Rule {
  readonly targets: readonly string[];
  readonly needs: readonly string[];
  readonly recipe: string[];
  /** `Makefile:12`. */
  readonly at: string;
}

/** A file that was read, and its lines, from 0, under a condition that does not hold on Linux when nothing is told. */
interface Part {
  readonly file: string;
  readonly text: string;
  readonly idle: Set<number>;
}

/** A Makefile as far as it is read: its assignments, unevaluated, and its rules. */
export interface Makefile extends Scope {
  readonly file: string;
  /** The text of all parts. */
  readonly text: string;
  /** The file itself and what it includes. */
  readonly parts: readonly Part[];
  readonly variables: ReadonlyMap<string, string>;
  /** Variables that it sets whatever the environment says, or whose default it needs. */
  readonly fixed: ReadonlySet<string>;
  readonly rules: readonly Rule[];
  /** The files that it includes and that are not there. */
  readonly lacks: readonly string[];
}

/** Reads the Makefile of a folder; undefined: there is none. */
export function readMakefile(project: Project, folder = '.'): Makefile | undefined {
  const file = makefileOf(project, folder);
  return file === undefined ? undefined : parse(project, file, project.read(file) ?? '');
}

/** Whether a script called configure makes what the Makefile includes, so it alone builds nothing. */
export function isCompleted(project: Project): boolean {
  return project.isFile('configure') && (readMakefile(project)?.lacks.length ?? 0) > 0;
}

/** What configure puts in the place of `@name@`, as it is called here. */
const PUT: Readonly<Record<string, string>> = table({
  CC: 'gcc',
  CXX: 'g++',
  prefix: PREFIX,
  exec_prefix: PREFIX,
  bindir: `${PREFIX}/bin`,
  sbindir: `${PREFIX}/sbin`,
  libexecdir: `${PREFIX}/libexec`,
});

/** The Makefile that a script called configure makes of its template, or finds there; undefined: it makes all of it. */
export function readTemplate(project: Project): Makefile | undefined {
  if (!project.isFile('Makefile.in')) return readMakefile(project);
  const text = project.read('Makefile.in') ?? '';
  return parse(
    project,
    'Makefile.in',
    text.replace(/@(\w+)@/g, (_, name: string) => PUT[name] ?? ''),
  );
}

/** What makes a program is looked for in all of them. */
const MOST_RULES = 5000;

interface Reading {
  readonly project: Project;
  readonly folder: string;
  readonly scope: Scope & { readonly variables: Map<string, string> };
  readonly fixed: Set<string>;
  readonly rules: Rule[];
  readonly parts: Part[];
  readonly lacks: string[];
  readonly branches: boolean[];
}

function parse(project: Project, file: string, text: string): Makefile {
  const folder = posix.dirname(file);
  const find = (pattern: string) =>
    /^[\w.*?/-]+$/.test(pattern)
      ? project.find(posix.join(folder, pattern)).map((path) => posix.relative(folder, path))
      : [];
  const reading: Reading = {
    project,
    folder,
    scope: { variables: new Map(), find },
    fixed: new Set(),
    rules: [],
    parts: [],
    lacks: [],
    branches: [],
  };
  readPart(reading, file, text);
  const { scope, fixed, rules, parts, lacks } = reading;
  return { ...scope, file, text: parts.map((part) => part.text).join('\n'), fixed, rules, parts, lacks };
}

function readPart(reading: Reading, file: string, text: string): void {
  const part: Part = { file, text, idle: new Set() };
  reading.parts.push(part);
  const source = text.split('\n');
  for (let at = 0; at < source.length; at++) {
    const line = at;
    let whole = source[at] ?? '';
    while (whole.endsWith('\\') && at + 1 < source.length)
      whole = `${whole.slice(0, -1)} ${(source[++at] ?? '').trim()}`;
    if (readBranch(reading, whole)) continue;
    if (reading.branches.includes(false)) for (let one = line; one <= at; one++) part.idle.add(one);
    else readLine(reading, whole, `${file}:${line + 1}`);
  }
}

/** A conditional; false: the line is none. */
function readBranch({ branches, scope }: Reading, whole: string): boolean {
  const [, word, rest = ''] = /^\s*(ifn?eq|ifn?def|else|endif)\b\s*(.*)$/.exec(whole) ?? [];
  if (word === undefined) return false;
  if (word === 'endif') branches.pop();
  else if (word === 'else')
    branches.splice(-1, 1, branches.at(-1) === false && (rest === '' || holds(rest, scope)));
  else branches.push(holds(`${word} ${rest}`, scope));
  return true;
}

function readLine(reading: Reading, whole: string, at: string): void {
  const { rules, scope } = reading;
  if (whole.startsWith('\t')) {
    rules.at(-1)?.recipe.push(whole.trim());
    return;
  }
  const plain = whole.replace(/(^|\s)#.*/, '').trim();
  const set = /^(?:export\s+|override\s+)?([\w.-]+)\s*(\?|\+|::?:?|!)?=\s*(.*)$/.exec(plain);
  const include = /^[-s]?include\s+(.+)$/.exec(plain)?.[1];
  const rule = /^([^:=]+)::?\s*(?!\s)([^=].*)?$/.exec(plain);
  if (set !== null) assign(reading, set);
  else if (include !== undefined)
    for (const path of expand(include, scope).split(/\s+/).filter(Boolean)) readIncluded(reading, path);
  else if (rule !== null) {
    const words = (part = '') => expand(part, scope).split(/\s+/).filter(Boolean);
    const [needs = '', recipe] = (rule[2] ?? '').split(/;(.*)/);
    if (rules.length >= MOST_RULES) throw excess(at, `it has more than ${MOST_RULES} rules`);
    rules.push({
      targets: words(rule[1]),
      needs: words(needs.replace('|', ' ')),
      recipe: recipe === undefined ? [] : [recipe.trim()],
      at,
    });
  }
}

function assign({ scope: { variables }, fixed }: Reading, set: RegExpExecArray): void {
  const [, name = '', how = '', given = ''] = set;
  const held = variables.get(name) ?? '';
  // one that is expanded at once may hold what it was before
  const value =
    how === '!' ? `$(shell ${given})` : given.replaceAll(`$(${name})`, how.startsWith(':') ? held : '');
  if (value.length + held.length > 65_536) return;
  if (how === '+') variables.set(name, `${held} ${value}`.trim());
  else if (how !== '?' || !variables.has(name)) variables.set(name, value);
  if (how !== '+' && (how !== '?' || NEEDED.test(given))) fixed.add(name);
}

/** What a program does not compile without: a default that has it must not be replaced. */
const NEEDED = /\$|(?:^|\s)-(?:[IDLl]\S|std=|pthread|isystem|include|f(?:open|common|permissive))/;

function readIncluded(reading: Reading, path: string): void {
  const file = posix.join(reading.folder, path);
  if (file.startsWith('..') || reading.parts.length > 20) return;
  const text = reading.project.isFile(file) ? reading.project.read(file) : undefined;
  // what the compiler writes of each source is not there before it was compiled
  if (text === undefined) /\.(d|dep|P)$/.test(file) || reading.lacks.push(file);
  else if (!reading.parts.some((part) => part.file === file)) readPart(reading, file, text);
}

/** `ifeq (a,b)`, `ifdef NAME`, and their opposites. */
function holds(condition: string, scope: Scope): boolean {
  const [, word = '', rest = ''] = /^(ifn?eq|ifn?def)\s+(.*)$/.exec(condition.trim()) ?? [];
  if (word.endsWith('def')) return scope.variables.has(rest.trim()) === (word === 'ifdef');
  // functions have commas of their own
  const known = expand(rest, scope).trim();
  const [, one = '', other = ''] =
    /^\(([^,]*),(.*)\)$/.exec(known) ?? /^["']([^"']*)["']\s+["'](.*)["']$/.exec(known) ?? [];
  return (one.trim() === other.trim()) === (word === 'ifeq');
}

/** Folders whose own Makefile this one calls: `$(MAKE) -C src`, `--directory=src`, `cd src && $(MAKE)`. */
export function calledFolders(makefile: Makefile): readonly string[] {
  const { file, text, rules } = makefile;
  const all = [...text.split('\n'), ...rules.flatMap((rule) => rule.recipe)]
    .filter((line) => /\bmake\b/i.test(line))
    .map((line) => expand(line, makefile))
    .join('\n');
  const found = [
    ...all.matchAll(/\bmake\b[^\n;&|]{0,300}?\s(?:-C\s{0,20}|--directory[=\s])([\w./-]+)/g),
    ...all.matchAll(/\bcd\s+([\w./-]+)\s*(?:&&|;)\s*make\b/g),
  ].map((match) => posix.join(posix.dirname(file), match[1] ?? ''));
  return [...new Set(found)];
}
