import type { PlanTo } from '../../../facts/language.ts';
import type { TargetId } from '../../../plan/targets.ts';
import type { BuildFacts } from '../evidence/facts.ts';
import { loadedBy, type Needed } from '../evidence/libraries.ts';
import { COMPILED, ownSources, search } from '../evidence/sources.ts';
import type { CSettings } from '../settings/settings.ts';
import type { Compile } from './compile.ts';
import { CROSS_COMPILERS, foreign } from './cross.ts';

interface Packages {
  readonly apk: readonly string[];
  readonly apt: readonly string[];
}

const NONE: Packages = { apk: [], apt: [] };

/** The compilers of each system, and make: `build-base` is Alpine's name for all of it. */
const COMPILERS = { alpine: ['build-base'], debian: ['g++', 'make'] };
/** tini by where each image has it; a static one where nothing else is. https://github.com/krallin/tini */
const TINI = {
  alpine: { package: 'tini', path: '/sbin/tini' },
  slim: { package: 'tini', path: '/usr/bin/tini' },
} as const;
const TINI_STATIC = {
  alpine: { package: 'tini-static', path: '/sbin/tini-static' },
  debian: { package: 'tini', path: '/usr/bin/tini-static' },
} as const;

/** Which packages each stage installs, by the names of the system that the stage is built upon. */
export function packagesOf(of: {
  readonly to: PlanTo<CSettings>;
  readonly static: boolean;
  readonly cross: boolean;
  readonly compile: Compile;
  readonly needed: Needed;
  readonly facts: BuildFacts;
  readonly init: boolean;
  readonly tls: boolean;
  readonly zones: boolean;
}): {
  readonly build: Packages;
  readonly runtime: Packages;
  readonly rootfs: Packages & { readonly tini: string };
  /** Where tini lies in the image. */
  readonly tini: string;
  /** pkg-config is asked while it is built. */
  readonly pkgConfig: boolean;
} {
  const { to, compile, init } = of;
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
  const openmp = search(ownSources(project), /#\s*pragma\s+omp\b/g).length > 0;
  const runtime = [
    ...(target === 'alpine' && cpp ? ['libstdc++'] : []),
    ...(openmp ? [target === 'alpine' ? 'libgomp' : 'libgomp1'] : []),
    ...(target === 'slim' && of.tls ? ['ca-certificates'] : []),
    ...(target === 'alpine' && of.zones ? ['tzdata'] : []),
    ...libraries.flatMap((library) => library[system].runtime),
    ...loadedBy(libraries, system),
    ...extra.runtime,
    ...(init && (target === 'alpine' || target === 'slim') ? [TINI[target].package] : []),
  ];
  const bare = target === 'distroless' || target === 'scratch';
  const tini = TINI_STATIC[system];
  const rootfs = bare
    ? [
        ...(target === 'scratch' && of.tls ? ['ca-certificates'] : []),
        ...(init ? [tini.package] : []),
        ...(target === 'scratch' && of.zones ? ['tzdata'] : []),
      ]
    : [];
  return {
    build: by(alpine, build),
    runtime: bare ? NONE : by(alpine, runtime),
    rootfs: { ...by(alpine, rootfs), tini: tini.path },
    tini: pathOf(target),
    pkgConfig: libraries.length > 0 && tools.includes('pkgconf'),
  };
}

function pathOf(target: TargetId): string {
  return target === 'alpine' ? TINI.alpine.path : TINI.slim.path;
}

/** Sorted and each once, as the linters want it. */
function by(alpine: boolean, names: readonly string[]): Packages {
  const bare = (name: string) => name.replaceAll('"', '');
  const list = [...new Set(names)].sort((a, b) => (bare(a) < bare(b) ? -1 : 1));
  return alpine ? { apk: list, apt: [] } : { apk: [], apt: list };
}
