import { posix } from 'node:path';
import { CALLERS } from '../../../../catalog/system/native/callers.ts';
import { packagesFor, type SystemPackages } from '../../../../catalog/system/packages.ts';
import type { Offer } from '../../../../facts/language.ts';
import type { Artifact, Note } from '../../../../plan/plan.ts';
import { pathWord, shellWord } from '../../../../plan/quote.ts';
import { type Platform, TARGETS, type TargetId } from '../../../../plan/targets.ts';
import type { Project } from '../../../../project/project.ts';
import { isOutput } from '../../evidence/build/builds.ts';
import { buildScriptOf } from '../../evidence/build/script.ts';
import { blockedBuilds } from '../../evidence/lock/allowed-builds.ts';
import { type Locked, lockedPackages } from '../../evidence/lock/locked.ts';
import { type Installed, type Native, nativeOf, nativeOffer } from '../../evidence/lock/native.ts';
import { lockfileOf, type PackageManager } from '../../evidence/lock/package-managers.ts';
import { unsupported } from '../../evidence/lock/supported-architectures.ts';
import { byName, missingVariants, variantNote } from '../../evidence/lock/variants.ts';
import type { Program } from '../../evidence/program.ts';
import { readSources } from '../../evidence/sources.ts';
import { neededMembers } from '../../evidence/workspace/workspaces.ts';
import { type Prisma, prismaOf } from './prisma.ts';

/** Commands around an installation. */
export interface Extras {
  /** Before it: variables that packages read while they are installed. */
  readonly before: readonly string[];
  /** The lock file lacks packages, so npm ci would refuse it or leave them out. */
  readonly incomplete: boolean;
  readonly afterProduction: readonly string[];
  readonly afterAll: readonly string[];
  /** What the packages of production fetch themselves. */
  readonly fetches: readonly string[];
  /** Generates code into the installed packages, from files of the project; undefined: nothing does. */
  readonly generate:
    | {
        readonly before: readonly string[];
        readonly command: string;
        readonly files: readonly string[];
        /** The program that does so is for development only. */
        readonly dev: boolean;
      }
    | undefined;
}

/** What a project's packages need of the platform, stage by stage. */
export interface Needs {
  readonly extras: Extras;
  /** System packages of the stages that install, and of the image that ships. */
  readonly deps: SystemPackages;
  readonly build: SystemPackages;
  readonly runtime: SystemPackages;
  readonly env: Readonly<Record<string, string>>;
  readonly ends: Native['ends'];
  /** Commands before the build, in its stage. */
  readonly beforeBuild: readonly string[];
  /** What is built is the same for every platform. */
  readonly portableBuild: boolean;
  readonly artifacts: readonly Artifact[];
  /** Paths of the context that are read beside. */
  readonly context: readonly string[];
  readonly compiled: readonly string[];
  readonly notes: readonly Note[];
}

interface Of {
  readonly project: Project;
  readonly program: Program;
  readonly manager: PackageManager;
}

interface NeedsTo {
  readonly target: TargetId;
  readonly platforms: readonly Platform[];
  /** Something is built, by packages that leave nothing of their machine in it: the stage may run on any builder. */
  readonly anywhere: boolean;
}

/** The machine that builds may be any of these, whatever the image that ships is for. */
const BUILDERS: readonly Platform[] = ['linux/amd64', 'linux/arm64'];
/** Sources of pages and of what answers behind them, as frameworks have them. */
const PAGES = [
  '{src,app,pages,server,lib,utils}/**/*.{ts,tsx,mts,js,jsx,mjs,vue,svelte,astro}',
  '!**/*.{test,spec}.*',
];

export function needsOf(of: Of, to: NeedsTo): Needs {
  const { project, program, manager } = of;
  const { target, platforms } = to;
  const { libc } = TARGETS[target];
  const { production, prisma, owner } = installedOf(of);
  const { manifest, build } = program;
  const all = lockedPackages(project, manifest, manager, 'all');
  const everything: Installed = {
    locked: all,
    dependencies: { ...manifest.devDependencies, ...manifest.dependencies },
    sources: program.sources,
  };
  const builtNative = prisma?.engine === true && prisma.output !== undefined;
  const portableBuild = to.anywhere && !builtNative;
  const builders = portableBuild ? BUILDERS : platforms;
  const shipped = nativeOf(production, libc, platforms);
  const building = nativeOf(everything, libc, builders);
  // Prisma's engine is chosen by the version of OpenSSL that it finds:
  // https://www.prisma.io/docs/orm/reference/system-requirements
  const openssl = packagesFor(prisma?.engine ? ['openssl-program'] : [], { libc }, 'run');
  const npm = manager.name === 'npm' && all !== undefined;
  const lacking = (list: readonly Locked[] | undefined, on: readonly Platform[]) =>
    npm ? missingVariants(list ?? [], all, libc, on) : [];
  const missing = lacking(production.locked, platforms);
  const missingAnywhere = lacking(all, [...builders, ...platforms]);
  // where nothing is built, what is generated stands with the packages
  const finish =
    prisma !== undefined && prisma.by !== 'install' && (prisma.output === undefined || build === undefined);
  const variables = exports(prisma?.env ?? {});
  // a member of a workspace is generated in its own folder
  const files = (prisma?.files ?? []).map((path) => posix.join(owner, path));
  const inFolder = (command: string) =>
    owner === '.' ? command : `(cd ${pathWord(owner, 'the workspace')} && ${command})`;
  const before = [...exports(building.installEnv), ...(prisma?.by === 'install' ? variables : [])];
  return {
    extras: {
      before,
      incomplete: missingAnywhere.length > 0,
      afterProduction: byName(missing, '--omit=dev '),
      afterAll: byName(missingAnywhere, ''),
      fetches: shipped.fetches.map((fetch) => `npx ${fetch}`),
      generate: finish
        ? { before: variables, command: inFolder(prisma.generate), files, dev: prisma.needsDev }
        : undefined,
    },
    deps: joined(shipped.toolchain, openssl),
    build: joined(building.toolchain, openssl),
    runtime: joined(shipped.packages, openssl),
    env: shipped.env,
    ends: shipped.ends,
    beforeBuild: [
      ...variables,
      ...(prisma !== undefined && prisma.by === undefined ? [inFolder(prisma.generate)] : []),
    ],
    portableBuild,
    artifacts: generatedOf(of, prisma, owner),
    context: files,
    compiled: shipped.compiled,
    notes: [
      ...shipped.notes,
      ...(TARGETS[target].packages === undefined && shipped.drawing !== undefined
        ? [fontless(shipped.drawing, target)]
        : []),
      ...blockedBuilds(project, manifest, manager, shipped.scripted),
      ...variantNote(lockfileOf(project.context, manager.name), missingAnywhere, lacking(all, platforms)),
      ...unsupported(project.context, manager.name, all, { libc, platforms }),
    ],
  };
}

/** Whether the packages can run on a target, and for which platforms. */
export function offerOf(of: Of, target: TargetId, platforms: readonly Platform[]): Offer {
  const { production, prisma } = installedOf(of);
  if (prisma?.engine && TARGETS[target].packages === undefined) {
    return {
      none: `the engine of Prisma before 7 asks the system for its OpenSSL, and ${target} cannot answer: engineType = "client" with a driver adapter, or Prisma 7, needs no engine`,
    };
  }
  return nativeOffer(production, TARGETS[target], platforms);
}

function installedOf({ project, program, manager }: Of): {
  production: Installed;
  prisma: Prisma | undefined;
  /** The folder of the member that has its schema. */
  owner: string;
} {
  const { manifest, sources, build, served } = program;
  const locked = lockedPackages(project, manifest, manager, 'production');
  // what a framework builds is read for what it calls alone: a browser, a program of the system
  const calls =
    served?.server !== undefined && Object.keys(manifest.dependencies).some((name) => name in CALLERS);
  const read = calls ? readSources(project, project.find(PAGES)) : sources;
  const production = { locked, dependencies: manifest.dependencies, sources: read };
  const own = prismaOf(project, manifest, { manager: manager.name, build: build?.script, locked });
  // a workspace often keeps its schema in a member of its own
  const others = own === undefined ? neededMembers(project).production : [];
  for (const { path, project: member, manifest: its } of others.filter(({ path }) => path !== project.app)) {
    const merged = { ...manifest, raw: its.raw, scripts: its.scripts };
    const script = '@prisma/client' in its.dependencies ? buildScriptOf(member, its) : undefined;
    const prisma = prismaOf(member, merged, { manager: manager.name, build: script, locked });
    if (prisma !== undefined) return { production, prisma, owner: path };
  }
  return { production, prisma: own, owner: project.app };
}

/** The folder of the project that code is generated into, where no build compiles it. */
function generatedOf(
  { project, program }: Of,
  prisma: Prisma | undefined,
  owner: string,
): readonly Artifact[] {
  const output = prisma?.output;
  if (output === undefined || (owner === project.app && isOutput(program.build, output))) return [];
  if (program.build !== undefined && prisma?.typescript) return [];
  const stage = program.build === undefined ? 'deps' : 'build';
  const path = posix.join(owner, output);
  return [{ stage, source: `/app/${path}`, destination: `./${path}` }];
}

function exports(variables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(variables).map(([name, value]) => `export ${name}=${shellWord(value)}`);
}

function fontless(name: string, target: TargetId): Note {
  return {
    level: 'warning',
    text: `${name} draws text, and ${target} has no fonts.`,
    fix: 'Register one that the project brings, or type --target slim.',
  };
}

function joined(...lists: readonly SystemPackages[]): SystemPackages {
  const of = (key: keyof SystemPackages) => [...new Set(lists.flatMap((list) => list[key]))].sort();
  return { apk: of('apk'), apt: of('apt') };
}
