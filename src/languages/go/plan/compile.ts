import { posix } from 'node:path';
import type { Front, Plan, Step } from '../../../plan/plan.ts';
import { pathWord, shellWord } from '../../../plan/quote.ts';
import type { Project } from '../../../project/project.ts';
import type { Cgo } from '../evidence/cgo.ts';
import type { Generated } from '../evidence/generated.ts';
import type { Main } from '../evidence/mains.ts';
import type { Fetching } from '../evidence/private.ts';
import { packageAt } from '../evidence/sources.ts';
import type { Tree } from '../evidence/tree.ts';
import { isVendored } from '../evidence/vendor.ts';
import { isStatic, librariesOf } from './offers.ts';
import type { Stamp } from './stamp.ts';

export type Packages = Plan['packages'];

const NONE: Packages = { apk: [], apt: [] };
const MODULES = 'type=cache,target=/go/pkg/mod';
const OBJECTS = 'type=cache,target=/root/.cache/go-build';

/** Whether anything is fetched: not what lies in the project, as modules or in vendor. */
export function isFetched(project: Project, { workspace }: Main): boolean {
  const own = [...workspace.modules, ...workspace.local].map((module) => module.module);
  const foreign = workspace.modules.some((m) => m.requires.some(({ path }) => !own.includes(path)));
  return foreign && !isVendored(project, workspace);
}

/** The step that fetches all modules: a layer of its own, which only go.mod and go.sum change. */
export function downloadOf(project: Project, main: Main, fetching: Fetching): Step {
  const { work, modules, local, folder } = main.workspace;
  const files = [
    ...(work === undefined ? [] : ['go.work', 'go.work.sum']),
    ...[...modules, ...local].flatMap((m) => ['go.mod', 'go.sum'].map((file) => posix.join(m.folder, file))),
  ].filter((path) => project.isFile(path));
  const binds = files.map((path) => {
    const word = pathWord(path, 'the workspace');
    return `type=bind,source=${word},target=${word}`;
  });
  return {
    mounts: [...binds, MODULES, ...fetching.mounts],
    commands: [...fetching.before, [...fetching.env, go(folder), 'mod download'].join(' ')],
  };
}

/** The go command in a folder: without `cd`. */
function go(folder: string): string {
  return folder === '.' ? 'go' : `go -C ${pathWord(folder, 'the workspace')}`;
}

/** What compiles C, and how the result is linked. */
export interface Toolchain {
  readonly packages: Packages;
  /** Shared libraries that the image needs. */
  readonly runtime: Packages;
  readonly static: boolean;
  readonly cgo: Cgo | undefined;
}

export function toolchainOf(build: string, cgo: Cgo | undefined): Toolchain {
  if (cgo === undefined) return { packages: NONE, runtime: NONE, static: true, cgo };
  const libraries = librariesOf(cgo);
  const whole = isStatic(build, cgo);
  const unique = (list: readonly string[]) => [...new Set(list)].sort();
  if (!build.endsWith('-alpine')) {
    // golang's Debian image has a compiler for C and C++, and pkg-config
    return {
      packages: { apk: [], apt: unique(libraries.flatMap(({ debian }) => debian.build)) },
      runtime: { apk: [], apt: unique(libraries.flatMap(({ debian }) => debian.runtime)) },
      static: false,
      cgo,
    };
  }
  return {
    packages: {
      apk: unique([
        ...(cgo.cxx ? ['g++'] : ['gcc']),
        'musl-dev',
        ...(cgo.pkgConfig ? ['pkgconf'] : []),
        ...libraries.flatMap((one) => [...one.alpine.build, ...(whole ? (one.static ?? []) : [])]),
      ]),
      apt: [],
    },
    runtime: { apk: whole ? [] : unique(libraries.flatMap(({ alpine }) => alpine.runtime)), apt: [] },
    static: whole,
    cgo,
  };
}

/** The step that compiles: the sources are mounted, so that no layer holds them. */
export function compileOf(to: {
  tree: Tree;
  main: Main;
  name: string;
  cgo: boolean;
  toolchain: Toolchain;
  tags: readonly string[];
  zones: boolean;
  stamps: readonly Stamp[];
  fetching: Fetching;
  variant: boolean;
  fetched: boolean;
  generated: readonly Generated[];
  fronts: readonly Front[];
}): Step {
  const { tree, main, toolchain, fetching } = to;
  const c = to.cgo ? toolchain.cgo : undefined;
  const linked = c !== undefined && toolchain.static;
  const tags = [
    ...to.tags,
    ...(to.zones ? ['timetzdata'] : []),
    // Go's own resolver and user look-up: those of a static libc cannot load what they need
    ...(linked ? ['netgo', 'osusergo'] : []),
    ...(linked ? (c?.modules ?? []).flatMap(({ muslTags = [] }) => muslTags) : []),
  ];
  const extern = [
    ...(linked ? ['-static'] : []),
    ...(c?.cxx && !linked ? ['-static-libstdc++', '-static-libgcc'] : []),
  ];
  const link = [
    '-s -w',
    ...to.stamps.map(({ symbol, argument }) => `-X ${symbol}=$${argument}`),
    ...(linked ? ['-linkmode=external'] : []),
    ...(extern.length === 1
      ? [`-extldflags=${extern[0]}`]
      : extern.length > 1
        ? [`'-extldflags=${extern.join(' ')}'`]
        : []),
  ];
  const command = [
    ...platform(to.cgo, to.variant),
    ...fetching.env,
    `${go(main.workspace.folder)} build -trimpath`,
    ...(needsModVendor(tree.project, main) ? ['-mod=vendor'] : []),
    ...(tags.length > 0 ? [`-tags=${[...new Set(tags)].join(',')}`] : []),
    `-ldflags="${link.join(' ')}"`,
    `-o /out/${to.name}`,
    ...targets(tree, main),
  ];
  const generate = to.generated.flatMap((one) => one.command ?? []);
  const fetches = to.fetched || generate.length > 0 ? [MODULES, ...fetching.mounts] : [];
  const written = generate.length + to.fronts.length > 0 ? ',rw' : '';
  return {
    // what is generated is written over the mount, and gone when the step ends
    mounts: [`type=bind,target=.${written}`, ...to.fronts.map(bound), ...fetches, OBJECTS],
    commands: [...fetching.before, ...generate, command.join(' ')],
  };
}

function bound({ stage, source, destination }: Front): string {
  return `type=bind,from=${stage},source=${source},target=${destination}`;
}

/** Words that compile the program for whoever develops it: with what a debugger reads. */
export function buildOf(tree: Tree, main: Main, tags: readonly string[], output: string): readonly string[] {
  return [
    ...go(main.workspace.folder).split(' '),
    'build',
    ...(needsModVendor(tree.project, main) ? ['-mod=vendor'] : []),
    ...(tags.length > 0 ? [`-tags=${[...new Set(tags)].join(',')}`] : []),
    `-o ${output}`,
    ...targets(tree, main),
  ];
}

/** Words that run the tests of the module, or of each module of a workspace. */
export function testsOf({ workspace, module }: Main, tags: readonly string[]): readonly string[] {
  const { work, modules, folder } = workspace;
  const inner = (path: string) =>
    pathWord(posix.join(posix.relative(folder, path) || '.', '...'), 'the workspace');
  const all = work === undefined ? [module?.folder ?? folder] : modules.map((one) => one.folder);
  return [
    ...go(folder).split(' '),
    'test',
    ...(tags.length > 0 ? [`-tags=${[...new Set(tags)].join(',')}`] : []),
    ...all.map((path) => `./${inner(path)}`),
  ];
}

/** Says which platform is compiled for, where the builder's own compiles for all. */
function platform(cgo: boolean, variant: boolean): readonly string[] {
  if (cgo) return [];
  return ['GOOS=$TARGETOS', 'GOARCH=$TARGETARCH', ...(variant ? ['GOARM=${TARGETVARIANT#v}'] : [])];
}

/** The step that compiles the probe of the template: a file outside of every module. */
export function probeOf(cgo: boolean, variant: boolean): Step {
  const env = [...(cgo ? ['CGO_ENABLED=0'] : []), ...platform(cgo, variant)];
  return {
    mounts: [OBJECTS],
    commands: [[...env, 'go build -trimpath -ldflags="-s -w" -o /out/health /health.go'].join(' ')],
  };
}

/** A go line before 1.14 does not take vendor/ by itself. */
function needsModVendor(project: Project, main: Main): boolean {
  const minor = Number(main.module?.go?.split('.')[1] ?? 13);
  return isVendored(project, main.workspace) && main.workspace.work === undefined && minor < 14;
}

/** What is compiled: the package, or its files where no module names it. */
function targets(tree: Tree, main: Main): readonly string[] {
  const inner = posix.relative(main.workspace.folder, main.folder) || '.';
  if (main.module === undefined) {
    return packageAt(tree, main.folder, false)
      .filter((file) => file.package === 'main')
      .map((file) => shellWord(pathWord(file.path, 'the folder')));
  }
  const word = pathWord(inner, 'the main package');
  return [word === '.' ? '.' : `./${word}`];
}
