import type { Project } from '../../../project/project.ts';
import { configureSource, readAutotools } from './autotools/autotools.ts';
import { readCmake } from './cmake/cmake.ts';
import { type BuildFacts, type BuildSystem, candidates, type Executable, type Need } from './facts.ts';
import { isHeaderOnly, isKnown, lookUp, type Needed, nameOf } from './libraries.ts';
import { readLoose } from './loose.ts';
import { compiles, readMake } from './make/make.ts';
import { isCompleted, makefileOf } from './make/makefile.ts';
import { readMeson } from './meson/meson.ts';
import { presetVariables } from './presets.ts';
import { recipeNeeds } from './recipes.ts';
import { headerNames, includesOf, programSources, type SourceFile } from './sources.ts';
import { isStandard } from './standard-headers.ts';

/** The file by which each build system is known, in the order in which they are preferred. */
export const BUILD_FILES: readonly {
  readonly system: BuildSystem;
  file(project: Project): string | undefined;
}[] = [
  { system: 'cmake', file: (project) => named(project, 'CMakeLists.txt') },
  { system: 'meson', file: (project) => named(project, 'meson.build') },
  { system: 'autotools', file: (project) => configureSource(project) ?? named(project, 'configure') },
  {
    system: 'make',
    file: (project) => (compiles(project) && !isCompleted(project) ? makefileOf(project) : undefined),
  },
];

function named(project: Project, path: string): string | undefined {
  return project.isFile(path) ? path : undefined;
}

const READERS: {
  readonly [System in BuildSystem]: (project: Project, options: readonly string[]) => BuildFacts;
} = {
  cmake: (project, options) => readCmake(project, definesOf(project, options)),
  meson: readMeson,
  autotools: readAutotools,
  make: readMake,
  sources: readLoose,
};

const read = new WeakMap<Project, Map<string, BuildFacts>>();

/** What the build files say; `options` are those of the command line, which may turn parts on and off. */
export function readBuild(
  project: Project,
  system: BuildSystem,
  options: readonly string[] = [],
  main?: string,
): BuildFacts {
  const facts = readOnce(project, system, options);
  if (main === undefined || facts.withAside === undefined || executableOf(facts, main) !== undefined)
    return facts;
  // a program of the examples was asked for
  const all = facts.withAside();
  return executableOf(all, main) === undefined ? facts : all;
}

function readOnce(project: Project, system: BuildSystem, options: readonly string[]): BuildFacts {
  const held = read.get(project) ?? new Map<string, BuildFacts>();
  read.set(project, held);
  const key = [system, ...options].join('\0');
  const facts = held.get(key) ?? READERS[system](project, options);
  held.set(key, facts);
  return facts;
}

/** `-DNAME[:TYPE]=value`, of the options and of the preset that they name. */
function definesOf(project: Project, options: readonly string[]): Readonly<Record<string, string>> {
  const preset = options.find((word) => word.startsWith('--preset='))?.slice(9);
  const own = options.flatMap((word) => {
    const [, name, value] = /^-D([\w.+-]+)(?::\w+)?=(.*)$/.exec(word) ?? [];
    return name === undefined ? [] : [[name, value ?? ''] as const];
  });
  return { ...presetVariables(project, preset), ...Object.fromEntries(own) };
}

export function executableOf(facts: BuildFacts, name: string): Executable | undefined {
  return (
    candidates(facts.executables).find((e) => e.name === name) ??
    facts.executables.find((e) => e.name === name) ??
    facts.goals?.find((e) => e.name === name)
  );
}

/** The sources of the program that is started. */
export function sourcesOf(
  project: Project,
  facts: BuildFacts,
  main: string | undefined,
): readonly SourceFile[] {
  const executable = main === undefined ? undefined : executableOf(facts, main);
  return programSources(project, executable?.sources ?? [], executable?.whole === true);
}

/** All that the build files and the sources demand, looked up. */
export function neededBy(project: Project, facts: BuildFacts, main: string | undefined): Needed {
  // a script that its owner wrote takes what it finds
  const takes = project.isFile('configure') && configureSource(project) === undefined;
  const headers = headerNeeds(project, sourcesOf(project, facts, main)).map((need) =>
    takes ? { ...need, optional: true } : need,
  );
  // build files that ask for libraries say which; beside them counts what the program's own files and headers include
  const said = facts.files.some((file) => !/akefile$/.test(file));
  const files = main === undefined ? [] : (executableOf(facts, main)?.sources ?? []);
  const own = (need: Need) => {
    const file = need.at.replace(/:\d+$/, '');
    return isHeaderOnly(need) || ((files.includes(file) || /\.h\w*$/.test(file)) && isKnown(need));
  };
  const sure = facts.needs.filter((need) => need.weak !== true);
  const all = [...sure, ...recipeNeeds(project), ...(said ? headers.filter(own) : headers)];
  const { libraries } = lookUp(all, facts.brought);
  const looked = new Set(libraries.map((found) => found.value.name));
  // a library that is linked to under a condition, and that nothing looks for, is another system's, or an option's that is off
  const weak = facts.needs.filter((need) => need.weak === true && looked.has(nameOf(need) ?? ''));
  return lookUp([...all, ...weak], facts.brought);
}

/** Includes that neither the project nor the compiler brings. */
function headerNeeds(project: Project, sources: readonly SourceFile[]): readonly Need[] {
  const own = headerNames(project);
  return includesOf(sources).flatMap(({ name, at, quoted, conditional }): readonly Need[] => {
    const last = name.split('/').at(-1) ?? name;
    // under a condition it is what some option or system brings, and the build files say which
    if (own.has(last) || conditional) return [];
    if (/^(linux|asm|asm-generic|mtd|scsi)\//.test(name))
      return [{ by: 'tool', name: 'linux-headers', at, optional: false }];
    // what a build makes, or what only another system has
    if (/(^|[-_/])config\.h$|version\.h$|\.inc$|_export\.h$|\.pb\.h$|\.moc$/.test(name) && quoted) return [];
    const known = { by: 'header', name, at, optional: quoted } as const;
    if (isStandard(name))
      return /^sys\/(queue|tree|cdefs)\.h$|^(fts|argp|obstack|execinfo|error|crypt)\.h$/.test(name)
        ? [known]
        : [];
    return [known];
  });
}
