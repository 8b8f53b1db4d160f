import { posix } from 'node:path';
import type { Project } from '../../../../project/project.ts';
import { ASIDE, type BuildFacts, type Executable, INSTALL, type Need, PREFIX, SOURCE } from '../facts.ts';
import { COMPILED, isVendored } from '../sources.ts';
import { calledFolders, expand, type Makefile, type Rule, readMakefile } from './makefile.ts';

/** What a project's Makefiles build and install, and what they link to. */
export function readMake(project: Project): BuildFacts {
  const makefiles = makefilesOf(project);
  const root = makefiles[0];
  const all = makefiles.map((makefile) => executablesOf(makefile, makefile === root));
  return {
    executables: all.flatMap((one) => one.executables),
    goals: root === undefined ? [] : goalsOf(root),
    needs: makefiles.flatMap(needsOf),
    files: makefiles.map((makefile) => makefile.file),
    installsMore: all.some((one) => one.installsMore),
    sharedLibraries: false,
    downloads: undefined,
    options: [],
  };
}

/** The Makefile, and those of the folders that it calls: what others wrote and is carried along builds no program of ours. */
function makefilesOf(project: Project): readonly Makefile[] {
  const root = readMakefile(project);
  if (root === undefined) return [];
  const below = calledFolders(root)
    .filter((folder) => folder !== '.' && !ASIDE.test(folder) && !isVendored(`${folder}/x`))
    .flatMap((folder) => readMakefile(project, folder) ?? []);
  return [root, ...below];
}

/** All goals of a Makefile that a file may be called like: who names one is believed. */
function goalsOf({ file, rules }: Makefile): readonly Executable[] {
  return rules.flatMap(({ targets, line }) =>
    targets
      .filter((target) => NAME.test(target) && !OTHER.test(target))
      .map((name) => ({
        name,
        at: `${file}:${line}`,
        installed: undefined,
        path: posix.join(SOURCE, name),
        target: name,
        sources: [],
      })),
  );
}

const NAME = /^[\w+]([\w.+-]*[\w+-])?$/;

/** `install`, and the rules that it is made of: `install-bin`, `inst_%`. */
const INSTALLS = /^inst(all)?([-_][\w%-]+)?$/;

export function executablesOf(
  makefile: Makefile,
  root: boolean,
): { readonly executables: readonly Executable[]; readonly installsMore: boolean } {
  const { file, rules, variables } = makefile;
  const install = rules.filter((rule) => rule.targets.some((target) => INSTALLS.test(target)));
  const lines = (program: string) =>
    install
      .flatMap((rule) => rule.recipe.map((line) => expand(line.replaceAll('$*', program), variables)))
      .join('\n');
  const executables = new Map<string, Executable>();
  for (const rule of rules) {
    const recipe = rule.recipe.map((line) => expand(line.replace(/\$([@<^])/g, '$1'), variables)).join('\n');
    for (const target of rule.targets) {
      if (!links(target, rule, recipe)) continue;
      const name = posix.basename(target);
      // what a folder below installs is not told where to by the call above
      const installed = root ? installedAt(name, makefile, lines(name)) : undefined;
      const path = posix.join(SOURCE, posix.dirname(file), target);
      const alone = root ? { target } : {};
      executables.set(name, { name, at: `${file}:${rule.line}`, installed, path, ...alone, sources: [] });
    }
  }
  return { executables: [...executables.values()], installsMore: root && lines('').split('\n').length > 2 };
}

/** Where the recipe of `install` puts a program: known only when it lets itself be told where to. */
function installedAt(name: string, makefile: Makefile, recipe: string): string | undefined {
  if (stagingOf(makefile) === undefined) return undefined;
  const word = name.replace(/\W/g, '\\$&');
  const named = new RegExp(`(^|[\\s/"])${word}([\\s";]|$)`);
  const folders = recipe.split('\n').flatMap((line) => {
    const last = line.split(/\s+/).at(-1) ?? '';
    return named.test(line) ? (/(?:^|\/)(s?bin|libexec|games)(?:\/|["\s;]|$)/.exec(last)?.[1] ?? []) : [];
  });
  return folders[0] === undefined ? undefined : posix.join(PREFIX, folders[0], name);
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
  const program =
    /^[\w+]([\w.+/-]*[\w+-])?$/.test(target) && !/\.(o|a|so|d|h|c|cc|cpp|cxx|txt|1|gz)(\.\d+)*$/.test(target);
  if (!program || OTHER.test(target)) return false;
  if (/(^|[\s@;])(\S+-)?(gcc|g\+\+|cc|c\+\+|clang|clang\+\+)\s/.test(recipe))
    return /-o\s*\S+/.test(recipe) && !/\s-(c|shared|MM)\s/.test(` ${recipe} `);
  return (
    recipe === '' &&
    rule.needs.some((need) => /\.(o|c|cc|cpp|cxx)$/.test(need)) &&
    rule.needs.every((need) => /\.(o|a|c|cc|cpp|cxx|h)$/.test(need))
  );
}

function needsOf({ file, text, variables, idle }: Makefile): readonly Need[] {
  const needs: Need[] = [];
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    if (idle.has(index)) continue;
    const at = `${file}:${index + 1}`;
    const plain = line.replace(/(^|\s)#.*/, '');
    for (const [, name = ''] of plain.matchAll(/(?:^|\s|=)-l([A-Za-z][\w+.-]*)/g))
      needs.push({ by: 'link', name, at, optional: false });
    for (const [, words = ''] of plain
      .replace(/--(?:exists|atleast)[^)]*/g, '')
      .matchAll(/(?:pkg-config|\$[({]PKG_?CONFIG[)}])\s+([^)`\n|;>]*)/g)) {
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
  if (project.find(COMPILED).length === 0) return false;
  return makefilesOf(project).some(({ text }) =>
    /\$[({](CC|CXX)[)}]|\b(gcc|g\+\+|clang|clang\+\+|cc)\s+-|\.o\b|\.c(pp|c|xx)?\b/.test(text),
  );
}
