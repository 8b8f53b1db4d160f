import * as semver from '../../../../plan/semver.ts';
import { isRange } from '../../../../plan/version.ts';
import { isRecord, recordOf, textOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { type Member, neededMembers, workspaceOf } from '../workspace/workspaces.ts';
import { isYarn1, lockfileOf, type PackageManager } from './package-managers.ts';
import { parseYarn1 } from './yarn1-lock.ts';

/** What a lock file says otherwise than a manifest, for which an installation from it fails. */
export interface Stale {
  readonly lock: string;
  readonly manifest: string;
  /** As a manifest has it: `ms ^2.1.3`. */
  readonly lacks: readonly string[];
  /** What brings the two together. */
  readonly fix: string;
}

/** Whether a package that a manifest names is in the lock file as it is named; undefined: nothing can be said. */
type Knows = (member: Member, name: string, range: string) => boolean | undefined;

/** Compares a lock file with the manifests that are installed; undefined: they agree, or nobody can tell. */
export function staleLock(project: Project, manager: PackageManager): Stale | undefined {
  const { context } = project;
  const lock = lockfileOf(context, manager.name);
  const knows = lock === undefined ? undefined : knowsOf(context, manager, lock);
  if (lock === undefined || knows === undefined) return undefined;
  const workspace = workspaceOf(context);
  for (const member of neededMembers(project).all) {
    const { dependencies, devDependencies } = member.manifest;
    const lacks = Object.entries({ ...devDependencies, ...dependencies }).filter(
      ([name, range]) =>
        /^[\d^~><=*]/.test(range) &&
        isRange(range) &&
        workspace?.byName.has(name) !== true &&
        knows(member, name, range) === false,
    );
    if (lacks.length > 0)
      return {
        lock,
        manifest: member.path === '.' ? 'package.json' : `${member.path}/package.json`,
        lacks: lacks.map(([name, range]) => `${name} ${range}`),
        fix: `Type ${manager.name} install, and commit ${lock}.`,
      };
  }
  return undefined;
}

function knowsOf(context: Project, manager: PackageManager, file: string): Knows | undefined {
  // what replaces a range stands in the lock file in its place
  const { overrides, resolutions, pnpm } = recordOf(context.parse('package.json'));
  const settings = recordOf(context.parse('pnpm-workspace.yaml'));
  const replaced = [overrides, resolutions, recordOf(pnpm).overrides, settings.overrides].flatMap((one) =>
    Object.keys(recordOf(one)),
  );
  const isReplaced = (name: string) =>
    replaced.some(
      (key) =>
        key === name ||
        key.startsWith(`${name}@`) ||
        (/[>/]$/.test(key.slice(0, -name.length)) && key.endsWith(name)),
    );
  const knows = reader(context, manager, file);
  return knows && ((member, name, range) => (isReplaced(name) ? undefined : knows(member, name, range)));
}

function reader(context: Project, manager: PackageManager, file: string): Knows | undefined {
  if (file === 'bun.lockb') return undefined;
  if (isYarn1(manager))
    return fromDescriptors(parseYarn1(context.read(file) ?? ''), (name, range) => [`${name}@${range}`]);
  const lock = recordOf(context.parse(file));
  if (manager.name === 'npm') return isRecord(lock.packages) ? fromNpm(lock.packages) : undefined;
  if (manager.name === 'pnpm') return fromPnpm(lock);
  if (manager.name === 'bun') return fromBun(recordOf(lock.workspaces));
  return isRecord(lock.__metadata)
    ? fromDescriptors(lock, (name, range) => [`${name}@npm:${range}`, `${name}@${range}`])
    : undefined;
}

/** https://docs.npmjs.com/cli/v11/commands/npm-ci: what is locked must satisfy what is demanded. */
function fromNpm(packages: Record<string, unknown>): Knows | undefined {
  if (!isRecord(packages[''])) return undefined;
  return (member, name, range) => {
    const below = member.path === '.' ? '' : `${member.path}/`;
    const entry = packages[`${below}node_modules/${name}`] ?? packages[`node_modules/${name}`];
    if (entry === undefined) return false;
    const { version, link } = recordOf(entry);
    if (link === true || typeof version !== 'string') return undefined;
    return semver.satisfies(version, range) || version.includes('-');
  };
}

/** https://pnpm.io/cli/install#--frozen-lockfile: each importer repeats what its manifest says. */
function fromPnpm(lock: Record<string, unknown>): Knows | undefined {
  const { importers } = lock;
  // before 6.0 the specifiers stood apart
  if (!isRecord(importers) && !isRecord(lock.dependencies) && !isRecord(lock.devDependencies))
    return undefined;
  return (member, name, range) => {
    const importer = isRecord(importers) ? importers[member.path] : member.path === '.' ? lock : undefined;
    if (!isRecord(importer) || isRecord(importer.specifiers)) return undefined;
    const groups = ['dependencies', 'devDependencies', 'optionalDependencies'];
    const entry = groups.map((group) => recordOf(importer[group])[name]).find((one) => one !== undefined);
    if (entry === undefined) return false;
    const specifier = textOf(recordOf(entry).specifier);
    return specifier === undefined ? undefined : specifier === range;
  };
}

/** bun.lock repeats the manifests of its members. */
function fromBun(workspaces: Record<string, unknown>): Knows | undefined {
  if (!isRecord(workspaces[''])) return undefined;
  return (member, name, range) => {
    const own = workspaces[member.path === '.' ? '' : member.path];
    if (!isRecord(own)) return undefined;
    const groups = ['dependencies', 'devDependencies', 'optionalDependencies'];
    return groups.some((group) => recordOf(own[group])[name] === range);
  };
}

function fromDescriptors(
  lock: Readonly<Record<string, unknown>>,
  keysOf: (name: string, range: string) => readonly string[],
): Knows | undefined {
  const known = new Set(Object.keys(lock).flatMap((key) => key.split(', ')));
  if (known.size === 0) return undefined;
  return (_, name, range) => keysOf(name, range).some((key) => known.has(key));
}
