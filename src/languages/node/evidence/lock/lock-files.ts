import { posix } from 'node:path';
import { HELPERS } from '../../../../catalog/system/native-packages.ts';
import { isRecord, listOf, recordOf, table, textOf } from '../../../../project/data.ts';
import type { Member } from '../workspace/workspaces.ts';
import type { Locked } from './locked.ts';

/** What is installed: for production, or for a build, which has the packages for development too. */
export type Scope = 'production' | 'all';

/** What a member installs directly: names and ranges. */
export type Wants = (member: Member) => readonly (readonly [name: string, range: string])[];

/** What the names of a package's own dependencies give away. */
function hints(...groups: readonly unknown[]): Pick<Locked, 'helper' | 'variants'> {
  let helper: string | undefined;
  let variants: Record<string, string> | undefined;
  for (const group of groups) {
    if (!isRecord(group)) continue;
    for (const name in group) {
      if (helper === undefined && Object.hasOwn(HELPERS, name)) helper = name;
      if (/[-/]linux/.test(name)) {
        variants ??= {};
        variants[name] = String(group[name]);
      }
    }
  }
  return { helper, variants: variants ?? NONE };
}

const NONE: Locked['variants'] = {};

/** Whether a package is never installed on Linux: fsevents, and what is made for other systems. */
function isForeign(os: unknown): boolean {
  const names = typeof os === 'string' ? [os] : listOf(os).map(String);
  return names.length > 0 && !names.includes('linux') && !names.some((name) => name.startsWith('!'));
}

/** package-lock.json since npm 7: a flat map by folder, with `dev` on what production leaves out. */
export function fromNpm(lock: Record<string, unknown>, scope: Scope): readonly Locked[] | undefined {
  if (!isRecord(lock.packages)) return undefined;
  return entriesOfNpm(Object.entries(lock.packages), scope);
}

/** The same for members of a workspace: what Node finds from their folders upwards, for `dev` is the root's view. */
export function reachedByNpm(
  lock: Record<string, unknown>,
  members: readonly Member[],
  scope: Scope,
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
  const folders = members.map(({ path }) => (path === '.' ? '' : path));
  const next = (path: string): readonly string[] => {
    const entry = recordOf(packages[path]);
    if (entry.link === true) return textOf(entry.resolved) === undefined ? [] : [String(entry.resolved)];
    const development = scope === 'all' && folders.includes(path) ? ['devDependencies'] : [];
    return [...GROUPS, ...development].flatMap((group) =>
      Object.keys(recordOf(entry[group])).flatMap((name) => locate(path, name) ?? []),
    );
  };
  const keys = reach(folders, next).filter((path) => path.includes('node_modules/'));
  // what was reached is installed, whatever `dev` says
  return entriesOfNpm(
    keys.map((key) => [key, packages[key]]),
    'all',
  );
}

const GROUPS = ['dependencies', 'optionalDependencies', 'peerDependencies'];

function entriesOfNpm(
  entries: readonly (readonly [path: string, value: unknown])[],
  scope: Scope,
): readonly Locked[] {
  return entries.flatMap(([path, value]) => {
    const entry = recordOf(value);
    if (path === '' || entry.link === true || isForeign(entry.os)) return [];
    if (scope === 'production' && (entry.dev === true || entry.devOptional === true)) return [];
    const name = textOf(entry.name) ?? path.split('node_modules/').at(-1) ?? path;
    const native = entry.hasInstallScript === true || entry.os !== undefined || entry.cpu !== undefined;
    const optional = entry.optional === true || entry.peer === true;
    const node = optional ? undefined : textOf(recordOf(entry.engines).node);
    const script = entry.hasInstallScript === true;
    const found = hints(entry.dependencies, entry.optionalDependencies);
    return [{ name, version: textOf(entry.version), node, native, script, ...found }];
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
export function fromPnpm(
  lock: Record<string, unknown>,
  members: readonly Member[],
  wants: Wants,
  scope: Scope,
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
  const direct = members.flatMap(({ path }) => {
    const importer = recordOf(importers[path] ?? (path === '.' ? lock : undefined));
    return [
      ...edges(importer),
      ...(scope === 'all' ? edges({ dependencies: importer.devDependencies }) : []),
    ];
  });
  if (direct.length === 0 && members.some((member) => wants(member).length > 0)) return undefined;
  return reach(direct, (key) => edges(recordOf(graph[key]))).flatMap((key) => {
    const bare = key.replace(/\(.*/, '');
    const entry = recordOf(packages[bare] ?? packages[key]);
    if (isForeign(entry.os)) return [];
    const [, name = bare, version] = /^\/?(@?[^@]+?)[@/](\d[^@/]*)$/.exec(bare) ?? [];
    const native =
      entry.os !== undefined || entry.cpu !== undefined || String(entry.requiresBuild) === 'true';
    const optional = String(entry.optional) === 'true' || native;
    const node = optional ? undefined : textOf(recordOf(entry.engines).node);
    const own = recordOf(graph[key]);
    // before 9 the lock file told
    const script = isRecord(lock.snapshots) ? undefined : String(entry.requiresBuild) === 'true';
    const found = hints(own.dependencies, own.optionalDependencies);
    return [{ name, version, node, native, script, ...found }];
  });
}

/** bun.lock: name → [spec, registry, { dependencies, os, cpu }, integrity]. */
export function fromBun(
  lock: Record<string, unknown>,
  members: readonly Member[],
  wants: Wants,
): readonly Locked[] {
  const packages = recordOf(lock.packages);
  const entry = (key: string) => recordOf(listOf(packages[key]).find(isRecord));
  const next = (key: string) =>
    ['dependencies', 'optionalDependencies'].flatMap((group) =>
      Object.keys(recordOf(entry(key)[group])).map((name) =>
        `${key}/${name}` in packages ? `${key}/${name}` : name,
      ),
    );
  const direct = members.flatMap((member) =>
    wants(member).map(([name]) =>
      `${member.manifest.name}/${name}` in packages ? `${member.manifest.name}/${name}` : name,
    ),
  );
  const isMember = (key: string) => /@workspace:/.test(textOf(listOf(packages[key])[0]) ?? '');
  return reach(direct, next)
    .filter((key) => key in packages && !isForeign(entry(key).os) && !isMember(key))
    .map((key) => {
      const [, name = key, version] = /^(@?[^@]+)@(.*)$/.exec(textOf(listOf(packages[key])[0]) ?? '') ?? [];
      const native = entry(key).os !== undefined || entry(key).cpu !== undefined;
      const found = hints(entry(key).dependencies, entry(key).optionalDependencies);
      return { name, version, node: undefined, native, script: undefined, ...found };
    });
}

/** yarn.lock since Yarn 2: keys are lists of descriptors; `conditions` marks what is for some platforms. */
export function fromYarn(
  lock: Readonly<Record<string, unknown>>,
  members: readonly Member[],
  wants: Wants,
): readonly Locked[] {
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
    .flatMap((member) => keysOf(table(Object.fromEntries(wants(member)))))
    .filter((key) => !isMember(key));
  return reach(direct, next).map((key) => {
    const entry = recordOf(lock[key]);
    const name = /^(@?[^@]+)@/.exec(key)?.[1] ?? key;
    return {
      name,
      version: textOf(entry.version),
      node: undefined,
      native: entry.conditions !== undefined,
      script: undefined,
      ...hints(entry.dependencies),
    };
  });
}
