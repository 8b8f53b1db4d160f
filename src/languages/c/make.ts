import { posix } from 'node:path';
import type { Project } from '../../project.ts';
import { type BuildFacts, type Executable, INSTALL, type Need, PREFIX, SOURCE } from './build-facts.ts';
import { COMPILED } from './sources.ts';

/** In the order in which make looks for them. */
export function makefileOf(project: Project): string | undefined {
  return ['GNUmakefile', 'makefile', 'Makefile'].find((path) => project.isFile(path));
}

interface Rule {
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
}

export function readMakefile(project: Project): Makefile | undefined {
  const file = makefileOf(project);
  if (file === undefined) return undefined;
  const variables = new Map<string, string>();
  const fixed = new Set<string>();
  const rules: Rule[] = [];
  let current: Rule | undefined;
  const text = project.read(file) ?? '';
  const source = text.split('\n');
  for (let at = 0; at < source.length; at++) {
    const line = at;
    let whole = source[at] ?? '';
    while (whole.endsWith('\\') && at + 1 < source.length)
      whole = `${whole.slice(0, -1)} ${(source[++at] ?? '').trim()}`;
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
    if (rule === null || plain.startsWith('.')) continue;
    const words = (part = '') => expand(part.replace(/;.*/, ''), variables).split(/\s+/).filter(Boolean);
    current = { targets: words(rule[1]), needs: words(rule[2]), recipe: [], line: line + 1 };
    rules.push(current);
  }
  return { file, text, variables, fixed, rules };
}

/** Variables and the functions that make lists of names; what else is called stands for nothing. */
function expand(text: string, variables: ReadonlyMap<string, string>, depth = 0): string {
  if (depth > 10) return '';
  return text
    .replace(
      /\$[({]([\w.-]+)(?::([^=(){}]*)=([^(){}]*))?[)}]/g,
      (_, name: string, from?: string, to?: string) => {
        const value = expand(variables.get(name) ?? '', variables, depth + 1);
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
    .replace(/\$[({][^(){}]*[)}]/g, '');
}

/** What the Makefile builds and installs, and what it links to. */
export function readMake(project: Project): BuildFacts {
  const makefile = readMakefile(project);
  if (makefile === undefined)
    return {
      executables: [],
      needs: [],
      files: [],
      installsMore: false,
      sharedLibraries: false,
      downloads: undefined,
      options: [],
    };
  const { file, rules, variables } = makefile;
  const install = rules.filter((rule) => rule.targets.some((target) => /^install(-bin)?$/.test(target)));
  const installs = install.flatMap((rule) => rule.recipe.map((line) => expand(line, variables))).join('\n');
  const executables = new Map<string, Executable>();
  for (const rule of rules) {
    const recipe = rule.recipe.join('\n');
    for (const target of rule.targets) {
      if (!links(target, rule, recipe)) continue;
      const name = posix.basename(target);
      const installed = installedAt(name, makefile, installs);
      const path = posix.join(SOURCE, target);
      executables.set(name, { name, at: `${file}:${rule.line}`, installed, path, target, sources: [] });
    }
  }
  return {
    executables: [...executables.values()],
    needs: needsOf(makefile),
    files: [file],
    installsMore: installs.split('\n').length > 2,
    sharedLibraries: false,
    downloads: undefined,
    options: [],
  };
}

/** Where the recipe of `install` puts a program: known only when it lets itself be told where to. */
function installedAt(name: string, makefile: Makefile, recipe: string): string | undefined {
  if (stagingOf(makefile) === undefined) return undefined;
  const word = name.replace(/\W/g, '\\$&');
  const line = recipe.split('\n').find((one) => new RegExp(`(^|[\\s/"])${word}([\\s";]|$)`).test(one));
  if (line === undefined) return undefined;
  const folder = /(?:^|\/)(s?bin|libexec|games)(?:\/|["\s;]|$)/.exec(line.split(/\s+/).at(-1) ?? '')?.[1];
  return folder === undefined ? undefined : posix.join(PREFIX, folder, name);
}

/** How `make install` is told to install below a folder: by DESTDIR, by its prefix alone, or not at all. */
export function stagingOf({ text, variables }: Makefile): readonly string[] | undefined {
  const prefix = ['PREFIX', 'prefix'].find((name) => variables.has(name));
  const assigned = prefix === undefined ? [] : [`${prefix}=${PREFIX}`];
  if (/\$[({]DESTDIR[)}]/.test(text)) return [`DESTDIR=${INSTALL}`, ...assigned];
  return prefix === undefined ? undefined : [`${prefix}=${INSTALL}${PREFIX}`];
}

const OTHER =
  /^(all|default|clean|distclean|install|uninstall|check|test|tests|dist|help|run|debug|release|format|lint|docs?|tags|depend|bear|valgrind|coverage|memcheck)$/;

/** Whether a rule links a program: by the compiler with `-o`, or by make's own rule for objects. */
function links(target: string, rule: Rule, recipe: string): boolean {
  if (
    OTHER.test(target) ||
    !/^[\w.+/-]+$/.test(target) ||
    /\.(o|a|so|d|h|c|cc|cpp|cxx|txt|1|gz)(\.\d+)*$/.test(target)
  )
    return false;
  const compiler = /\$[({](CC|CXX|LD|LINK[\w.]*)[)}]|(^|\s)(gcc|g\+\+|cc|c\+\+|clang|clang\+\+)\s/.test(
    recipe,
  );
  if (compiler) return /-o\s*(\S*\$[@({]|\S+)/.test(recipe) && !/\s-(c|shared)\s/.test(` ${recipe} `);
  return (
    recipe === '' && rule.needs.length > 0 && rule.needs.every((need) => /\.(o|a|c|cc|cpp|h)$/.test(need))
  );
}

function needsOf({ file, text, variables }: Makefile): readonly Need[] {
  const needs: Need[] = [];
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const at = `${file}:${index + 1}`;
    const plain = line.replace(/(^|\s)#.*/, '');
    for (const [, name = ''] of plain.matchAll(/(?:^|\s|=)-l([A-Za-z][\w+.-]*)/g))
      needs.push({ by: 'link', name, at, optional: false });
    for (const [, words = ''] of plain.matchAll(/(?:pkg-config|\$[({]PKG_?CONFIG[)}])\s+([^)`\n|;>]*)/g)) {
      needs.push({ by: 'tool', name: 'pkg-config', at, optional: false });
      for (const name of expand(words, variables)
        .split(/\s+/)
        .filter((word) => /^[A-Za-z][\w.+-]*$/.test(word)))
        needs.push({ by: 'pkg-config', name, at, optional: false });
    }
  }
  return needs;
}

/** Whether a Makefile compiles C or C++ at all: very often it is only a list of commands. */
export function compiles(project: Project): boolean {
  const makefile = readMakefile(project);
  if (makefile === undefined || project.find(COMPILED).length === 0) return false;
  return /\$[({](CC|CXX)[)}]|\b(gcc|g\+\+|clang|clang\+\+|cc)\s+-|\.o\b|\.c(pp|c|xx)?\b/.test(makefile.text);
}
