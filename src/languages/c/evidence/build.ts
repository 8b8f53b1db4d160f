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
import { includesOf, type SourceFile, type Sources, surelyIncluded } from './sources.ts';
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
  readonly [System in BuildSystem]: (
    project: Project,
    options: readonly string[],
    sources: Sources,
  ) => BuildFacts;
} = {
  cmake: (project, options) => readCmake(project, definesOf(project, options)),
  meson: readMeson,
  autotools: readAutotools,
  make: readMake,
  sources: (project, _, sources) => readLoose(project, sources),
};

/** What the build files say; `options` are those of the command line, which may turn parts on and off. */
export function readBuild(
  project: Project,
  sources: Sources,
  system: BuildSystem,
  options: readonly string[],
): BuildFacts {
  return READERS[system](project, options, sources);
}

/** The same for a program, which may be one of the examples. */
export function forProgram(facts: BuildFacts, main: string | undefined): BuildFacts {
  if (main === undefined || facts.withAside === undefined || executableOf(facts, main) !== undefined)
    return facts;
  const all = facts.withAside();
  return executableOf(all, main) === undefined ? facts : all;
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

/** All that the build files and the sources demand, looked up; `files` are those of the program. */
export function neededBy(
  project: Project,
  sources: Sources,
  facts: BuildFacts,
  main: string | undefined,
  files: readonly SourceFile[],
): Needed {
  // a script that its owner wrote takes what it finds
  const takes = project.isFile('configure') && configureSource(project) === undefined;
  const program = main === undefined ? undefined : executableOf(facts, main);
  const paths = program?.sources ?? [];
  // a program that no rule installs is made by its own goal
  const alone = program?.target !== undefined && program.installed === undefined;
  const headers = headerNeeds(sources.headers, surelyIncluded(files))
    // what is not seen to be compiled asks for nothing that is not known
    .filter((need) => paths.length === 0 || isKnown(need) || isPartOf(need, paths))
    .map((need) => (takes ? { ...need, optional: true } : need));
  // build files that ask for libraries say which; beside them counts what the program's own files and headers include
  const said = facts.files.some((file) => !/akefile$/.test(file));
  const own = (need: Need) => isHeaderOnly(need) || (isPartOf(need, paths) && isKnown(need));
  const sure = facts.needs.filter((need) => need.weak !== true && !(alone && need.beyond === true));
  const all = [...sure, ...recipeNeeds(project), ...(said ? headers.filter(own) : headers)];
  const { libraries } = lookUp(all, facts.brought);
  const looked = new Set(libraries.map((found) => found.value.name));
  // a library that is linked to under a condition, and that nothing looks for, is another system's, or an option's that is off
  const weak = facts.needs.filter((need) => need.weak === true && looked.has(nameOf(need) ?? ''));
  return lookUp([...all, ...weak], facts.brought);
}

/** Whether a source of a program, or a header, asks for something. */
function isPartOf({ at }: Need, paths: readonly string[]): boolean {
  const file = at.replace(/:\d+$/, '');
  return paths.includes(file) || /\.h\w*$/.test(file);
}

/** Includes that neither the project nor the compiler brings. */
function headerNeeds(own: ReadonlySet<string>, sources: readonly SourceFile[]): readonly Need[] {
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
