import { posix } from 'node:path';
import { isRecord, listOf, recordOf, textOf } from '../../data.ts';
import type { Project } from '../../project.ts';
import type { Manifest } from './manifest.ts';
import { lockfileOf, type PackageManager } from './package-managers.ts';
import { type Member, neededMembers, workspaceOf } from './workspaces.ts';

/** One package that is installed for production, as far as the lock file tells. */
export interface Locked {
  readonly name: string;
  readonly version: string | undefined;
  /** The range of Node that it demands. */
  readonly node: string | undefined;
  /** Made for certain platforms, or made on installation: differs from platform to platform. */
  readonly native: boolean;
  /** Runs a script when it is installed. */
  readonly script: boolean;
}

/** The packages that production installs; undefined: the lock file does not tell, or there is none. */
export function productionPackages(
  project: Project,
  manifest: Manifest,
  manager: PackageManager,
): readonly Locked[] | undefined {
  const { context } = project;
  const file = lockfileOf(context, manager.name);
  if (file === undefined || file === 'bun.lockb') return undefined;
  const lock = () => recordOf(context.parse(file));
  const root = project.app === '.' ? undefined : workspaceOf(context)?.members.get('.');
  const above = Object.keys(root?.manifest.dependencies ?? {});
  // the root's packages are among its own where it may load them
  const rooted =
    root !== undefined && above.length > 0 && above.every((name) => name in manifest.dependencies);
  const members = [...(rooted ? [root] : []), ...neededMembers(project).production];
  if (manager.name === 'npm') return workspaceOf(context) ? reachedByNpm(lock(), members) : fromNpm(lock());
  if (manager.name === 'pnpm') return fromPnpm(lock(), members, manifest);
  if (manager.name === 'bun') return fromBun(lock(), members);
  return isRecord(yarnMetadata(context, file)) ? fromYarn(lock(), members) : undefined;
}

function yarnMetadata(project: Project, file: string): unknown {
  return /^__metadata:/m.test(project.read(file) ?? '')
    ? recordOf(project.parse(file)).__metadata
    : undefined;
}

/** package-lock.json since npm 7: a flat map by folder, with `dev` on what production leaves out. */
function fromNpm(lock: Record<string, unknown>): readonly Locked[] | undefined {
  if (!isRecord(lock.packages)) return undefined;
  return entriesOfNpm(Object.entries(lock.packages));
}

/** The same for members of a workspace: what Node finds from their folders upwards, for `dev` is the root's view. */
function reachedByNpm(
  lock: Record<string, unknown>,
  members: readonly Member[],
): readonly Locked[] | undefined {
  if (!isRecord(lock.packages)) return undefined;
  const packages = lock.packages;
  const locate = (from: string, name: string): string | undefined => {
    for (let at = from; ; at = at.includes('/') ? posix.dirname(at) : '') {
      const path = posix.join(at, 'node_modules', name);
      if (path in packages) return path;
      if (at === '') return undefined;
    }
  };
  const next = (path: string): readonly string[] => {
    const entry = recordOf(packages[path]);
    if (entry.link === true) return textOf(entry.resolved) === undefined ? [] : [String(entry.resolved)];
    return ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((group) =>
      Object.keys(recordOf(entry[group])).flatMap((name) => locate(path, name) ?? []),
    );
  };
  const folders = members.map(({ path }) => (path === '.' ? '' : path));
  const keys = reach(folders, next).filter((path) => path.includes('node_modules/'));
  return entriesOfNpm(
    keys.map((key) => [key, { ...recordOf(packages[key]), dev: false, devOptional: false }]),
  );
}

function entriesOfNpm(entries: readonly (readonly [path: string, value: unknown])[]): readonly Locked[] {
  return entries.flatMap(([path, value]) => {
    const entry = recordOf(value);
    if (path === '' || entry.dev === true || entry.devOptional === true || entry.link === true) return [];
    const name = textOf(entry.name) ?? path.split('node_modules/').at(-1) ?? path;
    const native = entry.hasInstallScript === true || entry.os !== undefined || entry.cpu !== undefined;
    const optional = entry.optional === true || entry.peer === true;
    const node = optional ? undefined : textOf(recordOf(entry.engines).node);
    return [{ name, version: textOf(entry.version), node, native, script: entry.hasInstallScript === true }];
  });
}

/** What can be reached from the given names: `next` answers an entry's own dependencies. */
function reach(from: readonly string[], next: (key: string) => readonly string[]): readonly string[] {
  const seen = new Set(from);
  const open = [...from];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    for (const other of next(key)) {
      if (seen.has(other)) continue;
      seen.add(other);
      open.push(other);
    }
  }
  return [...seen];
}

/** pnpm-lock.yaml: importers name their direct dependencies, snapshots (before 9: packages) the rest. */
function fromPnpm(
  lock: Record<string, unknown>,
  members: readonly Member[],
  manifest: Manifest,
): readonly Locked[] | undefined {
  const importers = recordOf(lock.importers);
  const packages = recordOf(lock.packages);
  const graph = isRecord(lock.snapshots) ? lock.snapshots : packages;
  const keyOf = (name: string, value: unknown): readonly string[] => {
    const version = textOf(isRecord(value) ? value.version : value) ?? '';
    const keys = [`${name}@${version}`, `/${name}@${version}`, `/${name}/${version}`, version];
    return keys.filter((key) => key in graph).slice(0, 1);
  };
  const edges = (entry: Record<string, unknown>) =>
    [entry.dependencies, entry.optionalDependencies].flatMap((group) =>
      Object.entries(recordOf(group)).flatMap(([name, value]) => keyOf(name, value)),
    );
  const direct = members.flatMap(({ path }) =>
    edges(recordOf(importers[path] ?? (path === '.' ? lock : undefined))),
  );
  if (direct.length === 0 && Object.keys(manifest.dependencies).length > 0) return undefined;
  return reach(direct, (key) => edges(recordOf(graph[key]))).map((key) => {
    const bare = key.replace(/\(.*$/, '');
    const entry = recordOf(packages[bare] ?? packages[key]);
    const [, name = bare, version] = /^\/?(@?[^@]+?)[@/](\d[^@/]*)$/.exec(bare) ?? [];
    const native =
      entry.os !== undefined || entry.cpu !== undefined || String(entry.requiresBuild) === 'true';
    const optional = String(entry.optional) === 'true' || native;
    const node = optional ? undefined : textOf(recordOf(entry.engines).node);
    return { name, version, node, native, script: String(entry.requiresBuild) === 'true' };
  });
}

/** bun.lock: name → [spec, registry, { dependencies, os, cpu }, integrity]. */
function fromBun(lock: Record<string, unknown>, members: readonly Member[]): readonly Locked[] {
  const packages = recordOf(lock.packages);
  const entry = (key: string) => recordOf(listOf(packages[key]).find(isRecord));
  const next = (key: string) =>
    ['dependencies', 'optionalDependencies'].flatMap((group) =>
      Object.keys(recordOf(entry(key)[group])).map((name) =>
        `${key}/${name}` in packages ? `${key}/${name}` : name,
      ),
    );
  const direct = members.flatMap(({ manifest }) =>
    Object.keys(manifest.dependencies).map((name) =>
      `${manifest.name}/${name}` in packages ? `${manifest.name}/${name}` : name,
    ),
  );
  return reach(direct, next)
    .filter((key) => key in packages && !/@workspace:/.test(textOf(listOf(packages[key])[0]) ?? ''))
    .map((key) => {
      const [, name = key, version] = /^(@?[^@]+)@(.*)$/.exec(textOf(listOf(packages[key])[0]) ?? '') ?? [];
      const native = entry(key).os !== undefined || entry(key).cpu !== undefined;
      return { name, version, node: undefined, native, script: false };
    });
}

/** yarn.lock since Yarn 2: keys are lists of descriptors; `conditions` marks what is for some platforms. */
function fromYarn(lock: Record<string, unknown>, members: readonly Member[]): readonly Locked[] {
  const byDescriptor = new Map<string, string>();
  for (const key of Object.keys(lock)) for (const one of key.split(', ')) byDescriptor.set(one, key);
  const keysOf = (group: unknown) =>
    Object.entries(recordOf(group)).flatMap(([name, range]) => {
      const found = byDescriptor.get(`${name}@${range}`) ?? byDescriptor.get(`${name}@npm:${range}`);
      return found === undefined ? [] : [found];
    });
  const next = (key: string) => keysOf(recordOf(lock[key]).dependencies);
  const isMember = (key: string) => /@workspace:/.test(textOf(recordOf(lock[key]).resolution) ?? '');
  const direct = members
    .flatMap(({ manifest }) => keysOf(manifest.dependencies))
    .filter((key) => !isMember(key));
  return reach(direct, next).map((key) => {
    const entry = recordOf(lock[key]);
    const name = /^(@?[^@]+)@/.exec(key)?.[1] ?? key;
    return {
      name,
      version: textOf(entry.version),
      node: undefined,
      native: entry.conditions !== undefined,
      script: false,
    };
  });
}
