import { posix } from 'node:path';
import type { Project } from '../../../../project/project.ts';
import { PREFIX } from '../facts.ts';

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
  readonly recipe: readonly string[];
  readonly line: number;
}

/** A Makefile as far as it is read: its assignments, unevaluated, and its rules. */
export interface Makefile {
  readonly file: string;
  readonly text: string;
  readonly variables: ReadonlyMap<string, string>;
  /** Variables that it sets whatever the environment says. */
  readonly fixed: ReadonlySet<string>;
  readonly rules: readonly Rule[];
  /** Lines, from 0, under a condition that does not hold for a build on Linux that is told nothing. */
  readonly idle: ReadonlySet<number>;
}

/** Reads the Makefile of a folder; undefined: there is none. */
export function readMakefile(project: Project, folder = '.'): Makefile | undefined {
  const file = makefileOf(project, folder);
  return file === undefined ? undefined : parse(file, project.read(file) ?? '');
}

/** Whether a script called configure makes what the Makefile includes, so it alone builds nothing. */
export function isCompleted(project: Project): boolean {
  const { text = '' } = (project.isFile('configure') ? readMakefile(project) : undefined) ?? {};
  return [...text.matchAll(/^[-s]?include\s+([\w./-]+)\s*$/gm)].some(
    ([, path = '']) => !project.isFile(path),
  );
}

/** What configure puts in the place of `@name@`, as it is called here. */
const PUT: Readonly<Record<string, string>> = {
  CC: 'gcc',
  CXX: 'g++',
  prefix: PREFIX,
  exec_prefix: PREFIX,
  bindir: `${PREFIX}/bin`,
  sbindir: `${PREFIX}/sbin`,
  libexecdir: `${PREFIX}/libexec`,
};

/** The Makefile that a script called configure makes of its template, or finds there; undefined: it makes all of it. */
export function readTemplate(project: Project): Makefile | undefined {
  if (!project.isFile('Makefile.in')) return readMakefile(project);
  const text = project.read('Makefile.in') ?? '';
  return parse(
    'Makefile.in',
    text.replace(/@(\w+)@/g, (_, name: string) => PUT[name] ?? ''),
  );
}

function parse(file: string, text: string): Makefile {
  const variables = new Map<string, string>();
  const fixed = new Set<string>();
  const rules: Rule[] = [];
  const idle = new Set<number>();
  const branches: boolean[] = [];
  let current: Rule | undefined;
  const source = text.split('\n');
  for (let at = 0; at < source.length; at++) {
    const line = at;
    let whole = source[at] ?? '';
    while (whole.endsWith('\\') && at + 1 < source.length)
      whole = `${whole.slice(0, -1)} ${(source[++at] ?? '').trim()}`;
    const branch = /^\s*(ifn?eq|ifn?def|else|endif)\b\s*(.*)$/.exec(whole);
    if (branch !== null) {
      const [, word = '', rest = ''] = branch;
      if (word === 'endif') branches.pop();
      else if (word === 'else')
        branches.splice(-1, 1, branches.at(-1) === false && (rest === '' || holds(rest, variables)));
      else branches.push(holds(`${word} ${rest}`, variables));
      continue;
    }
    if (branches.includes(false)) {
      for (let one = line; one <= at; one++) idle.add(one);
      continue;
    }
    if (whole.startsWith('\t')) {
      (current?.recipe as string[] | undefined)?.push(whole.trim());
      continue;
    }
    const plain = whole.replace(/(^|\s)#.*/, '').trim();
    const set = /^(?:export\s+|override\s+)?([\w.-]+)\s*(\?|\+|::?:?|!)?=\s*(.*)$/.exec(plain);
    if (set !== null) {
      const [, name = '', how = '', value = ''] = set;
      if (how === '+') variables.set(name, `${variables.get(name) ?? ''} ${value}`.trim());
      else if (how !== '?' || !variables.has(name)) variables.set(name, value);
      if (how !== '?' && how !== '+') fixed.add(name);
      continue;
    }
    const rule = /^([^:=]+?)\s*::?\s*([^=].*)?$/.exec(plain);
    if (rule === null) continue;
    const words = (part = '') => expand(part.replace(/;.*/, ''), variables).split(/\s+/).filter(Boolean);
    current = { targets: words(rule[1]), needs: words(rule[2]), recipe: [], line: line + 1 };
    rules.push(current);
  }
  return { file, text, variables, fixed, rules, idle };
}

/** `ifeq (a,b)`, `ifdef NAME`, and their opposites. */
function holds(condition: string, variables: ReadonlyMap<string, string>): boolean {
  const [, word = '', rest = ''] = /^(ifn?eq|ifn?def)\s+(.*)$/.exec(condition.trim()) ?? [];
  if (word.endsWith('def')) return variables.has(rest.trim()) === (word === 'ifdef');
  // functions have commas of their own
  const known = expand(rest, variables).trim();
  const [, one = '', other = ''] =
    /^\(\s*(.*?)\s*,\s*(.*?)\s*\)$/.exec(known) ?? /^["'](.*?)["']\s+["'](.*?)["']$/.exec(known) ?? [];
  return (one === other) === (word === 'ifeq');
}

/** What make sets itself. */
const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ['CC', 'cc'],
  ['CXX', 'c++'],
  ['MAKE', 'make'],
]);

/** Variables and the functions that make lists of names; what else is called stands for nothing. */
export function expand(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  if (depth > 10) return '';
  return text
    .replace(
      /\$[({]([\w.-]+)(?::([^=(){}]*)=([^(){}]*))?[)}]/g,
      (_, name: string, from?: string, to?: string) => {
        const raw = variables.get(name) ?? DEFAULTS.get(name) ?? '';
        // what the system calls itself is the one thing that is known of a call
        const value = /\buname\b(?!\s*-[mpr])/.test(raw) ? 'Linux' : expand(raw, variables, depth + 1);
        if (from === undefined) return value;
        const ending = from.replace(/^%/, '');
        return value
          .split(/\s+/)
          .map((word) =>
            word.endsWith(ending)
              ? `${word.slice(0, word.length - ending.length)}${(to ?? '').replace(/^%/, '')}`
              : word,
          )
          .join(' ');
      },
    )
    .replace(
      /\$[({](?:addprefix|addsuffix|strip|sort|notdir|abspath)\s+([^(){}]*)[)}]/g,
      (_, args: string) => args.split(',').at(-1)?.trim() ?? '',
    )
    .replace(/\$[({](filter|filter-out|findstring)\s+([^(){},]*),([^(){}]*)[)}]/g, chosen)
    .replace(/\$[({][^(){}]*[)}]/g, '');
}

/** `$(filter a b%,text)` and its kin: the words of a text that a pattern takes, or does not. */
function chosen(_: string, how: string, patterns: string, text: string): string {
  if (how === 'findstring') return text.includes(patterns.trim()) ? patterns.trim() : '';
  const takes = patterns
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.split('%'));
  return text
    .split(/\s+/)
    .filter(Boolean)
    .filter(
      (word) =>
        (how === 'filter') ===
        takes.some(([head = '', tail]) =>
          tail === undefined
            ? word === head
            : word.length >= head.length + tail.length && word.startsWith(head) && word.endsWith(tail),
        ),
    )
    .join(' ');
}

/** Folders whose own Makefile this one calls: `$(MAKE) -C src`, `cd src && $(MAKE)`. */
export function calledFolders({ file, text, rules, variables }: Makefile): readonly string[] {
  const all = [text, ...rules.flatMap((rule) => rule.recipe)]
    .map((part) => expand(part, variables))
    .join('\n');
  const found = [
    ...all.matchAll(/\bmake\b[^\n;&|]*?\s-C\s+([\w./-]+)/g),
    ...all.matchAll(/\bcd\s+([\w./-]+)\s*(?:&&|;)\s*make\b/g),
  ].map((match) => posix.join(posix.dirname(file), match[1] ?? ''));
  return [...new Set(found)];
}
