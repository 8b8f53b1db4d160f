import { posix } from 'node:path';
import type { Catalog } from '../../../../catalog/catalog.ts';
import type { Found, Tie } from '../../../../facts/language.ts';
import { toolVersions } from '../../../../kit/tool-versions.ts';
import * as semver from '../../../../plan/semver.ts';
import { exact, isRange } from '../../../../plan/version.ts';
import { recordOf, textOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { type Manifest, manifestOf } from '../manifest.ts';

export type ManagerName = 'npm' | 'pnpm' | 'yarn' | 'bun';

export interface PackageManager {
  readonly name: ManagerName;
  /** Exact version to install; undefined: the one that comes with the image. */
  readonly version: string | undefined;
}

const LOCKFILES: { readonly [Name in ManagerName]: readonly string[] } = {
  npm: ['package-lock.json', 'npm-shrinkwrap.json'],
  pnpm: ['pnpm-lock.yaml'],
  yarn: ['yarn.lock'],
  bun: ['bun.lock', 'bun.lockb'],
};

export const MANAGERS = Object.keys(LOCKFILES) as readonly ManagerName[];

export function lockfileOf(project: Project, name: ManagerName): string | undefined {
  return LOCKFILES[name].find((path) => project.has(path));
}

/** What installs a project: for a member of a workspace, what its root says. */
export function findPackageManager(
  { app, context }: Project,
  catalog: Catalog,
): Found<PackageManager> | Tie<PackageManager> | undefined {
  const found = managerOf(context, manifestOf(context), catalog);
  if (app === '.' || found === undefined) return found;
  const seen = (one: Found<PackageManager>) => ({ ...one, from: `${posix.relative(app, '.')}/${one.from}` });
  return 'tie' in found ? { tie: found.tie.map(seen) } : seen(found);
}

/** packageManager and devEngines say it; else the lock file does. What contradicts itself is a tie. */
function managerOf(
  project: Project,
  manifest: Manifest,
  catalog: Catalog,
): Found<PackageManager> | Tie<PackageManager> | undefined {
  const locked = MANAGERS.filter((name) => lockfileOf(project, name) !== undefined);
  const declared = declaredManager(manifest, catalog);
  const fromLock = (name: ManagerName): Found<PackageManager> => {
    const file = lockfileOf(project, name) ?? '';
    const { version, from } = lockedVersion(project, manifest, catalog, name);
    return { value: { name, version }, from: from === undefined ? file : `${file}, ${from}` };
  };
  if (declared !== undefined) {
    const foreign = locked.filter((name) => name !== declared.value.name);
    // its own lock file is there: the others are leftovers. Only others: one of the two is wrong
    if (locked.includes(declared.value.name) || foreign.length === 0) return declared;
    return { tie: [declared, ...foreign.map(fromLock)] };
  }
  const [only] = locked;
  if (only !== undefined && locked.length === 1) return fromLock(only);
  if (locked.length > 1) return { tie: locked.map(fromLock) };
  const named = MANAGERS.find((name) => name !== 'npm' && name in manifest.engines);
  if (named !== undefined) {
    const version = pick(manifest.engines[named] ?? '*', newest(catalog, named));
    return { value: { name: named, version }, from: `package.json → engines.${named}` };
  }
  if (project.has('pnpm-workspace.yaml')) {
    return { value: { name: 'pnpm', version: newest(catalog, 'pnpm') }, from: 'pnpm-workspace.yaml' };
  }
  if (project.has('.yarnrc.yml'))
    return {
      value: { name: 'yarn', version: yarnPath(project)?.version ?? newest(catalog, 'yarn') },
      from: '.yarnrc.yml',
    };
  return undefined;
}

function declaredManager(manifest: Manifest, catalog: Catalog): Found<PackageManager> | undefined {
  const [, name, version = ''] = /^(npm|pnpm|yarn|bun)@([^+]+)/.exec(manifest.packageManager ?? '') ?? [];
  if (name !== undefined) {
    const known = name as ManagerName;
    const found = exact(version) ?? pick(version, newest(catalog, known));
    return { value: { name: known, version: found }, from: 'package.json → packageManager' };
  }
  const named = MANAGERS.find((m) => m in manifest.devEngines.packageManager);
  if (named === undefined) return undefined;
  const range = manifest.devEngines.packageManager[named] ?? '*';
  const value =
    named === 'npm' && exact(range) === undefined ? undefined : pick(range, newest(catalog, named));
  return { value: { name: named, version: value }, from: 'package.json → devEngines.packageManager' };
}

/** The known version when a range allows it, else the lowest that the range allows. */
function pick(range: string, known: string | undefined): string | undefined {
  if (exact(range) !== undefined) return exact(range);
  if (!isRange(range)) return known;
  return known !== undefined && semver.satisfies(known, range) ? known : semver.minVersion(range)?.version;
}

export function newest(catalog: Catalog, name: ManagerName): string | undefined {
  if (name === 'pnpm' || name === 'yarn') return catalog.packageManagers[name][0]?.version;
  return name === 'bun' ? catalog.bun[0]?.newest : undefined;
}

/** The version that wrote a lock file: pinned by a version manager, in engines, else by the lock file's format. */
function lockedVersion(
  project: Project,
  manifest: Manifest,
  catalog: Catalog,
  name: ManagerName,
): { readonly version: string | undefined; readonly from?: string } {
  if (name === 'npm') return { version: undefined };
  const release = name === 'yarn' ? yarnPath(project)?.version : undefined;
  if (release !== undefined) return { version: release, from: '.yarnrc.yml → yarnPath' };
  const byFormat = name === 'bun' ? newest(catalog, 'bun') : formatVersion(project, catalog, name);
  const volta = manifest.volta[name];
  const own = name === 'bun' ? textOf(project.read('.bun-version')?.split('\n')[0]) : undefined;
  const pins = [
    ...(own === undefined ? [] : [{ value: own.replace(/^(?:bun-)?v?/, ''), from: '.bun-version' }]),
    ...(volta === undefined ? [] : [{ value: volta, from: 'package.json → volta' }]),
    ...toolVersions(project, [name]),
  ];
  const [pin] = pins;
  if (pin !== undefined) return { version: pick(pin.value, byFormat), from: pin.from };
  const range = manifest.engines[name];
  return range === undefined
    ? { version: byFormat }
    : { version: pick(range, byFormat), from: `package.json → engines.${name}` };
}

function formatVersion(project: Project, catalog: Catalog, name: 'pnpm' | 'yarn'): string | undefined {
  const format = name === 'pnpm' ? pnpmFormat(project) : yarnFormat(project);
  const rows = catalog.packageManagers[name];
  return (rows.find((r) => r.lockfile === format) ?? rows.find((r) => Number(r.lockfile) <= Number(format)))
    ?.version;
}

function pnpmFormat(project: Project): string {
  return /^lockfileVersion:\s*'?([\d.]+)'?/m.exec(project.read('pnpm-lock.yaml') ?? '')?.[1] ?? '9.0';
}

/** Yarn 1 writes a comment, later ones a `__metadata` block. */
function yarnFormat(project: Project): string {
  return /^__metadata:\n\s+version:\s*(\d+)/m.exec(project.read('yarn.lock') ?? '')?.[1] ?? '1';
}

export function isYarn1(manager: PackageManager): boolean {
  return manager.name === 'yarn' && manager.version !== undefined && semver.major(manager.version) === 1;
}

/** Yarn's own release in the repository, when .yarnrc.yml says so. */
export function yarnPath(
  project: Project,
): { readonly path: string; readonly version: string | undefined } | undefined {
  const path = recordOf(project.parse('.yarnrc.yml')).yarnPath;
  if (typeof path !== 'string' || !project.has(path)) return undefined;
  return { path, version: exact(/yarn-(\d+\.\d+\.\d+[\w.-]{0,200}?)\.c?js$/.exec(path)?.[1] ?? '') };
}

/** Plug'n'Play is Yarn's default since 2; node-modules and pnpm are said in .yarnrc.yml. */
export function isPnp(project: Project, manager: PackageManager): boolean {
  if (manager.name !== 'yarn' || isYarn1(manager)) return false;
  return !['node-modules', 'pnpm'].includes(String(recordOf(project.parse('.yarnrc.yml')).nodeLinker));
}

/** The cache that Yarn keeps in the repository, so that nothing is downloaded (zero-install). */
export function hasOfflineCache(project: Project): boolean {
  return project.isFolder('.yarn/cache') && !ignoredByGit(project, '.yarn/cache');
}

/** A rough reading of .gitignore, for the two folders that Yarn's own documentation lists in it. */
function ignoredByGit(project: Project, path: string): boolean {
  const lines = (project.read('.gitignore') ?? '')
    .split('\n')
    .map((line) => line.trim().replace(/^\/|\/$/g, ''));
  if (lines.some((line) => line === `!${path}`)) return false;
  return lines.some((line) => line === path || line === '.yarn' || line === '.yarn/*');
}
