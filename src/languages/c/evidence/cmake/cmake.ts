import { posix } from 'node:path';
import type { Project } from '../../../../project/project.ts';
import { BUILD, type BuildFacts, inProject, PREFIX, SOURCE } from '../facts.ts';
import { ACTIONS } from './actions.ts';
import type { CmakeTarget, Followed } from './place.ts';
import { runFile } from './run.ts';
import type { Variables } from './variables.ts';

/** Follows CMakeLists.txt and what it includes as far as that can be told without running anything. */
export function readCmake(project: Project, defines: Readonly<Record<string, string>>): BuildFacts {
  const own = follow(project, defines, false);
  const facts = factsOf(own);
  if (own.off.size === 0) return facts;
  let all: BuildFacts | undefined;
  const withAside = () => {
    all ??= factsOf(follow(project, defines, true));
    return all;
  };
  // a program that is called an example may be all that there is
  return facts.executables.length === 0 && withAside().executables.length > 0
    ? withAside()
    : { ...facts, withAside };
}

function follow(project: Project, defines: Readonly<Record<string, string>>, aside: boolean): Followed {
  const followed: Followed = {
    project,
    actions: ACTIONS,
    targets: new Map(),
    needs: [],
    files: [],
    tested: new Set(),
    off: new Set(),
    aside,
    brought: new Set(),
    functions: new Map(),
    name: undefined,
    downloads: undefined,
    minimum: undefined,
    testing: false,
    installsMore: false,
    open: new Set(),
    parsed: new Map(),
    steps: 0,
  };
  const variables: Variables = new Map([
    ['CMAKE_SOURCE_DIR', SOURCE],
    ['CMAKE_BINARY_DIR', BUILD],
    ['CMAKE_CURRENT_SOURCE_DIR', SOURCE],
    ['CMAKE_CURRENT_BINARY_DIR', BUILD],
    ['CMAKE_SYSTEM_NAME', 'Linux'],
    ['CMAKE_HOST_SYSTEM_NAME', 'Linux'],
    ['CMAKE_BUILD_TYPE', 'Release'],
    ['CMAKE_INSTALL_PREFIX', PREFIX],
    ['BUILD_TESTING', 'OFF'],
    ['BUILD_SHARED_LIBS', 'OFF'],
    ['CMAKE_C_COMPILER_ID', 'GNU'],
    ['CMAKE_CXX_COMPILER_ID', 'GNU'],
    ...Object.entries(defines),
  ]);
  runFile(followed, 'CMakeLists.txt', { variables, certain: true, depth: 0 });
  return followed;
}

function factsOf(followed: Followed): BuildFacts {
  const targets = [...followed.targets.values()];
  return {
    name: followed.name,
    executables: executablesOf(followed),
    // a library that is linked to before it is named
    needs: followed.needs.filter((need) => need.by !== 'link' || !followed.targets.has(need.name)),
    files: followed.files,
    installsMore: followed.installsMore,
    sharedLibraries: targets.some((t) => t.kind === 'shared' && t.installed !== undefined),
    downloads: followed.downloads,
    brought: followed.brought,
    options: [
      ...(targets.some((t) => t.kind === 'library') ? ['-DBUILD_SHARED_LIBS=OFF'] : []),
      ...[...followed.off].map((name) => `-D${name}=OFF`),
      ...(followed.testing && !followed.off.has('BUILD_TESTING') ? ['-DBUILD_TESTING=OFF'] : []),
      // CMake 4 has forgotten what came before 3.5
      ...(old(followed.minimum) ? ['-DCMAKE_POLICY_VERSION_MINIMUM=3.5'] : []),
    ],
  };
}

function executablesOf({ targets, tested }: Followed): BuildFacts['executables'] {
  return [...targets].flatMap(([target, t]) => {
    if (t.kind !== 'executable' || t.excluded || tested.has(target)) return [];
    const parts = withLinked(targets, t);
    const sources = [...new Set(parts.flatMap((part) => part.sources))].flatMap(
      (path) => inProject(path) ?? [],
    );
    const path = t.folder.includes('$') ? undefined : posix.join(t.folder, t.output);
    const installed =
      t.installed === undefined ? undefined : posix.resolve(PREFIX, t.installed, t.renamed ?? t.output);
    const name = t.installed === undefined ? t.output : (t.renamed ?? t.output);
    const whole = sources.length > 0 && parts.every((part) => !part.partial);
    return [{ name, at: t.at, installed, path, target, sources, whole }];
  });
}

/** A target and all of the project's own that it is linked with. */
function withLinked(targets: Followed['targets'], target: CmakeTarget): readonly CmakeTarget[] {
  const reached = new Set([target]);
  for (const one of reached)
    for (const name of one.links) {
      const other = targets.get(name);
      if (other !== undefined) reached.add(other);
    }
  return [...reached];
}

function old(minimum: string | undefined): boolean {
  const [major = 3, minor = 5] = (minimum ?? '3.5').split('...').at(-1)?.split('.').map(Number) ?? [];
  return major < 3 || (major === 3 && minor < 5);
}
