import { posix } from 'node:path';
import { verbatim } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { ASIDE, type BuildFacts, type Executable, INSTALL, type Need, PREFIX, SOURCE } from '../facts.ts';
import { sanitizersOf } from '../sanitizers.ts';
import { COMPILED, isVendored } from '../sources.ts';
import { expand, type Scope } from './expand.ts';
import { calledFolders, type Makefile, type Rule, readMakefile } from './makefile.ts';
import { calledTools, reachedRules, sourcesOf, usualGoals } from './rules.ts';

/** What a project's Makefiles build and install, and what they link to. */
export function readMake(project: Project): BuildFacts {
  const makefiles = makefilesOf(project);
  const root = makefiles[0];
  const all = makefiles.map((makefile) => executablesOf(project, makefile, makefile === root));
  return {
    executables: all.flatMap((one) => one.executables),
    goals: root === undefined ? [] : goalsOf(root),
    needs: makefiles.flatMap((makefile) => needsOf(project, makefile)),
    files: makefiles.flatMap((makefile) => makefile.parts.map((part) => part.file)),
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
function goalsOf({ rules }: Makefile): readonly Executable[] {
  return rules.flatMap(({ targets, at }) =>
    targets
      .filter((target) => NAME.test(target) && !OTHER.test(target))
      .map((name) => ({
        name,
        at,
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

/** Programs that the rules link; `told`: install hears the prefix that it is called with. */
export function executablesOf(
  project: Project,
  makefile: Makefile,
  root: boolean,
  told = true,
): { readonly executables: readonly Executable[]; readonly installsMore: boolean } {
  const { file, rules } = makefile;
  const scope = told ? staged(makefile) : { ...makefile, variables: withDestdir(makefile) };
  const install = rules.filter((rule) => rule.targets.some((target) => INSTALLS.test(target)));
  const lines = (program: string) =>
    install.flatMap((rule) =>
      rule.recipe.map((line) => expand(automatic(line.replaceAll('$*', program), rule, program), scope)),
    );
  const stages = root && stagingOf(makefile) !== undefined;
  const executables = new Map<string, Executable>();
  for (const { output, goal, rule, recipe } of linked(makefile)) {
    const name = posix.basename(output);
    // what a folder below installs is not told where to by the call above
    const installed = stages ? installedAt(name, lines(name)) : undefined;
    const path = posix.join(SOURCE, posix.dirname(file), output);
    const alone = root ? { target: goal } : {};
    const made = sourcesOf(project, makefile, rule, recipe);
    if (!executables.has(name))
      executables.set(name, { name, at: rule.at, installed, path, ...alone, ...made });
  }
  return { executables: [...executables.values()], installsMore: root && lines('').length > 2 };
}

/** `$@`, `$<` and `$^` by what they stand for. */
function automatic(line: string, { targets, needs }: Rule, target = targets[0] ?? ''): string {
  const stands: Readonly<Record<string, string>> = { '@': target, '<': needs[0] ?? '', '^': needs.join(' ') };
  return line.replace(/\$([@<^])/g, (_, sign: string) => stands[sign] ?? '');
}

/** Rules that link a program: its file, and the goal that makes it. */
function linked(makefile: Makefile): readonly {
  readonly output: string;
  readonly goal: string;
  readonly rule: Rule;
  readonly recipe: string;
}[] {
  const phony = new Set(
    makefile.rules.flatMap(({ targets, needs }) => (targets.includes('.PHONY') ? needs : [])),
  );
  return makefile.rules.flatMap((rule) =>
    rule.targets.flatMap((goal) => {
      const recipe = rule.recipe.map((line) => expand(automatic(line, rule, goal), makefile)).join('\n');
      if (!links(rule, recipe)) return [];
      // a goal that is no file, or is called otherwise than what it makes
      const named = /\s-o\s*([^\s;&]+)/.exec(recipe)?.[1];
      const output = named !== undefined && !named.includes('$') ? posix.normalize(named) : goal;
      if (!PROGRAM.test(output) || OBJECT.test(output)) return [];
      if (output === goal ? OTHER.test(goal) || (phony.has(goal) && named === undefined) : !MAKES.test(goal))
        return [];
      return [{ output, goal, rule, recipe }];
    }),
  );
}

const PROGRAM = /^[\w+]([\w.+/-]*[\w+-])?$/;
const OBJECT = /\.(o|a|so|d|h|c|cc|cpp|cxx|txt|1|gz|html|pdf)(\.\d+)*$/;

/** Goals that make a program of another name. */
const MAKES = /^(all|default|build|compile|release|main|bin|server|app|program|prog)$|[./]/;

/** Makefile variables with what `make install` is told. */
function staged(makefile: Makefile): Scope {
  const prefix = ['PREFIX', 'prefix'].find((name) => makefile.variables.has(name));
  const variables = withDestdir(makefile);
  if (prefix !== undefined) variables.set(prefix, PREFIX);
  return { variables, find: makefile.find };
}

function withDestdir({ variables }: Makefile): Map<string, string> {
  return new Map(variables).set('DESTDIR', '');
}

const FOLDER = /(?:^|\/)(s?bin|libexec|games)(?:\/|$)/;

/** Where the recipe of `install` puts a program, under which name. */
function installedAt(name: string, lines: readonly string[]): string | undefined {
  const named = new RegExp(`(^|[\\s/"'])${verbatim(name)}([\\s";']|$)`);
  for (const line of lines.filter((one) => named.test(one)))
    for (const statement of line.split(/;|&&|\|\|/)) {
      const words = statement.replace(/["']/g, '').trim().split(/\s+/);
      const last = words.at(-1) ?? '';
      const folder = FOLDER.exec(last)?.[1];
      if (folder === undefined || /^(mkdir|rm|ln|test|\[|-rm)$/.test(words[0]?.replace(/^[@-]+/, '') ?? ''))
        continue;
      if (words.includes('-d')) continue;
      // into a folder, or under a name of its own
      const [, own] = /(?:^|\/)(?:s?bin|libexec|games)\/([\w.+-]+)$/.exec(last) ?? [];
      const file = own === undefined || /\$/.test(own) ? name : own;
      const at = posix.isAbsolute(last) && !last.includes('$') ? last : posix.join(PREFIX, folder);
      return own === undefined || !posix.isAbsolute(last) ? posix.join(at, file) : posix.normalize(at);
    }
  return undefined;
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
function links(rule: Rule, recipe: string): boolean {
  if (/(^|[\s@;])(\S+-)?(gcc|g\+\+|cc|c\+\+|clang|clang\+\+)\s/.test(recipe))
    return /-o\s*\S+/.test(recipe) && !/\s-(c|shared|MM)\s/.test(` ${recipe} `);
  return (
    recipe === '' &&
    rule.needs.some((need) => /\.(o|c|cc|cpp|cxx)$/.test(need)) &&
    rule.needs.every((need) => /\.(o|a|c|cc|cpp|cxx|h)$/.test(need))
  );
}

/** Variables of flags that make's own rules read, and nearly all others. */
const FLAGS = ['CFLAGS', 'CXXFLAGS', 'CPPFLAGS', 'LDFLAGS', 'LDLIBS', 'LIBS'];

export function needsOf(project: Project, makefile: Makefile): readonly Need[] {
  const needs: Need[] = [];
  const off = unreached(makefile);
  for (const { file, text, idle } of makefile.parts)
    for (const [index, line] of text.split('\n').entries())
      if (!idle.has(index) && !off.has(ASSIGNS.exec(line)?.[1] ?? ''))
        needs.push(...lineNeeds(line, `${file}:${index + 1}`, makefile));
  const [at = makefile.file] = makefile.parts.flatMap(({ file, text }) => {
    const line = text.split('\n').findIndex((one) => one.includes('-fsanitize='));
    return line < 0 ? [] : [`${file}:${line + 1}`];
  });
  const flags = FLAGS.map((name) => expand(`$(${name})`, makefile)).join(' ');
  const goals = linked(makefile).map(({ goal }) => goal);
  const alone = new Set(reachedRules(project, makefile, goals).map(({ at }) => at));
  return [
    ...needs,
    ...sanitizersOf(flags, at),
    ...reachedRules(project, makefile, [...usualGoals(makefile), ...goals])
      .flatMap((rule) => calledTools(rule, makefile))
      .map((need) => (alone.has(need.at) ? need : { ...need, beyond: true as const })),
  ];
}

const ASSIGNS = /^\s{0,200}(?:export\s{1,80})?([\w.-]{1,200})\s{0,200}[?:+]{0,2}=/;

/** Variables that are only used below a condition that does not hold: what an option that is off would link to. */
function unreached({ parts }: Makefile): ReadonlySet<string> {
  const used = new Map<string, boolean>();
  for (const { text, idle } of parts)
    for (const [index, line] of text.split('\n').entries())
      for (const [, name = ''] of line.matchAll(/\$[({]([\w.-]+)[)}]/g))
        if (ASSIGNS.exec(line)?.[1] !== name) used.set(name, used.get(name) || !idle.has(index));
  return new Set([...used].flatMap(([name, reached]) => (reached ? [] : [name])));
}

function lineNeeds(line: string, at: string, scope: Scope): readonly Need[] {
  const plain = line.replace(/(^|\s)#.*/, '');
  // what a command of the shell says is known when it has run
  const shell = [...plain.matchAll(/`[^`]*`?|\$\(shell\b.*/g)].map(({ index, 0: text }) => [
    index,
    index + text.length,
  ]);
  const linkedTo = [...plain.matchAll(/(?:^|\s|=)-l([A-Za-z][\w+.-]*)/g)].map(
    ({ index, 1: name = '' }): Need => ({
      by: 'link',
      name,
      at,
      optional: shell.some(([from = 0, to = 0]) => from <= index && index < to),
    }),
  );
  const asked = plain
    .replace(/--(?:exists|atleast)[^)]*/g, '')
    .matchAll(/(?:pkg-config|\$[({]PKG_?CONFIG[)}])\s+([^)`\n|;>&]*)/g);
  return [
    ...linkedTo,
    ...[...asked].flatMap(([, words = '']): readonly Need[] => [
      { by: 'tool', name: 'pkg-config', at, optional: false },
      ...expand(words, scope)
        .split(/\s+/)
        .filter((word) => /^[A-Za-z][\w.+-]*$/.test(word))
        .map((name): Need => ({ by: 'pkg-config', name, at, optional: false })),
    ]),
  ];
}

/** Whether a Makefile compiles C or C++ at all: very often it is only a list of commands. */
export function compiles(project: Project): boolean {
  if (project.find(COMPILED).length === 0) return false;
  return makefilesOf(project).some(({ text }) =>
    /\$[({](CC|CXX)[)}]|\b(gcc|g\+\+|clang|clang\+\+|cc)\s+-|\.o\b|\.c(pp|c|xx)?\b/.test(text),
  );
}
