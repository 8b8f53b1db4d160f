import type { SystemPackages } from '../../../catalog/system/packages.ts';
import type { PlanTo } from '../../../facts/language.ts';
import { loadedBy, type Needed } from '../evidence/libraries.ts';
import { COMPILED, type SourceFile, searchCode } from '../evidence/sources.ts';
import type { CSettings } from '../settings/settings.ts';
import type { Compile } from './compile.ts';
import { CROSS_COMPILERS, foreign } from './cross.ts';

/** The compilers of each system, and make: `build-base` is Alpine's name for all of it. */
const COMPILERS = { alpine: ['build-base'], debian: ['g++', 'make'] };
/** Which packages each stage installs, by the names of the system that the stage is built upon. */
export function packagesOf(of: {
  readonly to: PlanTo<CSettings>;
  readonly own: readonly SourceFile[];
  readonly static: boolean;
  readonly cross: boolean;
  readonly compile: Compile;
  readonly needed: Needed;
}): {
  readonly build: SystemPackages;
  readonly runtime: SystemPackages;
  /** pkg-config is asked while it is built. */
  readonly pkgConfig: boolean;
} {
  const { to, compile } = of;
  const { target, settings, project } = to;
  const alpine = target === 'alpine' || of.static;
  const system = alpine ? 'alpine' : 'debian';
  const libraries = settings.libraries.value;
  const extra = settings.packages.value;
  const tools = [...compile.tools, ...of.needed.tools].map((tool) => tool[system]);
  const own = of.cross ? foreign : (name: string) => name;
  const build = [
    ...(of.cross ? CROSS_COMPILERS : COMPILERS[system]),
    // pkg-config answers for the platform of its package, under that one's name
    ...tools.map((name) => (name === 'pkgconf' ? own(name) : name)),
    ...libraries.flatMap((library) => [
      ...(library.debian.cross === 'all' ? library[system].build : library[system].build.map(own)),
      ...(of.static ? (library.static ?? []) : []),
    ]),
    ...extra.build,
  ];
  const cpp = project.find(COMPILED).some((path) => /\.(cc|cpp|cxx)$/.test(path));
  const openmp = searchCode(of.own, /#\s*pragma\s+omp\b/g).length > 0;
  const runtime = [
    ...(target === 'alpine' && cpp ? ['libstdc++'] : []),
    ...(openmp ? [target === 'alpine' ? 'libgomp' : 'libgomp1'] : []),
    ...libraries.flatMap((library) => library[system].runtime),
    ...loadedBy(libraries, system),
    ...extra.runtime,
  ];
  return {
    build: by(alpine, build),
    runtime: by(alpine, runtime),
    pkgConfig: libraries.length > 0 && tools.includes('pkgconf'),
  };
}

/** Sorted and each once, as the linters want it. */
function by(alpine: boolean, names: readonly string[]): SystemPackages {
  const bare = (name: string) => name.replaceAll('"', '');
  const list = [...new Set(names)].sort((a, b) => (bare(a) < bare(b) ? -1 : 1));
  return alpine ? { apk: list, apt: [] } : { apk: [], apt: list };
}
