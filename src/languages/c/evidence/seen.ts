import type { Project } from '../../../project/project.ts';
import { executableOf, forProgram, neededBy, readBuild } from './build.ts';
import type { BuildFacts, BuildSystem, Executable } from './facts.ts';
import type { Needed } from './libraries.ts';
import { findListens, type Listens } from './listening.ts';
import { openSources, programSources, type SourceFile, type Sources } from './sources.ts';

/** What decides which program is looked at. */
export interface Asked {
  readonly buildSystem?: BuildSystem;
  readonly options?: readonly string[];
  readonly main?: string;
}

/** A program: what the build says of it, and its files. */
export interface SeenProgram {
  readonly facts: BuildFacts;
  /** Undefined: the build files do not tell of it. */
  readonly executable: Executable | undefined;
  readonly files: readonly SourceFile[];
  readonly needed: Needed;
  readonly listens: Listens;
}

/** What was settled of a program, with where it came from. */
type Settled = { readonly [K in keyof Asked]-?: { readonly value: NonNullable<Asked[K]> } };

export function asked({ buildSystem, options, main }: Settled): Asked {
  return { buildSystem: buildSystem.value, options: options.value, main: main.value };
}

/** The evidence of a project. */
export interface Seen {
  readonly sources: Sources;
  build(system: BuildSystem): BuildFacts;
  program(asked: Asked): SeenProgram;
}

export function see(project: Project): Seen {
  const sources = openSources(project);
  const builds = new Map<string, BuildFacts>();
  const programs = new Map<string, SeenProgram>();
  const build = (system: BuildSystem, options: readonly string[] = []) =>
    once(builds, [system, ...options], () => readBuild(project, sources, system, options));
  return {
    sources,
    build,
    program: ({ buildSystem = 'sources', options = [], main }) =>
      once(programs, [buildSystem, main ?? '', ...options], () =>
        programOf(project, sources, forProgram(build(buildSystem, options), main), main),
      ),
  };
}

function once<T>(held: Map<string, T>, key: readonly string[], make: () => T): T {
  const name = key.join('\0');
  const known = held.get(name);
  if (known !== undefined) return known;
  const made = make();
  held.set(name, made);
  return made;
}

function programOf(
  project: Project,
  sources: Sources,
  facts: BuildFacts,
  main: string | undefined,
): SeenProgram {
  const executable = main === undefined ? undefined : executableOf(facts, main);
  const files = programSources(project, sources, executable?.sources ?? [], executable?.whole === true);
  let needed: Needed | undefined;
  let listens: Listens | undefined;
  return {
    facts,
    executable,
    files,
    get needed() {
      needed ??= neededBy(project, sources, facts, main, files);
      return needed;
    },
    get listens() {
      listens ??= findListens(files);
      return listens;
    },
  };
}
