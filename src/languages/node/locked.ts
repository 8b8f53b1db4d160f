import { HELPERS } from '../../catalog/native-packages.ts';
import { isRecord, listOf, recordOf, textOf } from '../../data.ts';
import type { Project } from '../../project.ts';
import type { Manifest } from './manifest.ts';
import { isYarn1, lockfileOf, type PackageManager } from './package-managers.ts';
import { parseYarn1 } from './yarn1-lock.ts';

/** One package that is installed, as far as the lock file tells. */
export interface Locked {
  readonly name: string;
  readonly version: string | undefined;
  /** The range of Node that it demands. */
  readonly node: string | undefined;
  /** Made for certain platforms, or made on installation: differs from platform to platform. */
  readonly native: boolean;
  /** Runs a script when it is installed; undefined: the lock file does not tell. */
  readonly script: boolean | undefined;
  /** A package among its own that only serves the installation of machine code: `node-gyp-build`. */
  readonly helper: string | undefined;
  /** Optional packages of it that are made for Linux: `@img/sharp-linux-x64` → its version. */
  readonly variants: Readonly<Record<string, string>>;
}

/** What is installed: for production, or for a build, which has the packages for development too. */
type Scope = 'production' | 'all';

/** The packages that are installed; undefined: the lock file does not tell, or there is none. */
export function lockedPackages(
  project: Project,
  manifest: Manifest,
  manager: PackageManager,
  scope: Scope,
): readonly Locked[] | undefined {
  const file = lockfileOf(project, manager.name);
  if (file === undefined) return undefined;
  const direct = { ...(scope === 'all' ? manifest.devDependencies : {}), ...manifest.dependencies };
  if (isYarn1(manager))
    return fromYarn(parseYarn1(project.read(file) ?? ''), direct).map((p) => ({ ...p, script: true }));
  const lock = recordOf(project.parse(file));
  if (manager.name === 'npm') return fromNpm(lock, scope);
  if (manager.name === 'pnpm') return fromPnpm(lock, direct, scope);
  if (manager.name === 'bun') return file === 'bun.lock' ? fromBun(lock, direct) : undefined;
  return isRecord(lock.__metadata) ? fromYarn(lock, direct) : undefined;
}

export function productionPackages(
  project: Project,
  manifest: Manifest,
  manager: PackageManager,
): readonly Locked[] | undefined {
  return lockedPackages(project, manifest, manager, 'production');
}

/** What the names of a package's own dependencies give away. */
function hints(...groups: readonly unknown[]): Pick<Locked, 'helper' | 'variants'> {
  const all = groups.flatMap((group) => Object.entries(recordOf(group)));
  return {
    helper: all.find(([name]) => name in HELPERS)?.[0],
    variants: Object.fromEntries(
      all.filter(([name]) => /[-/]linux/.test(name)).map(([name, version]) => [name, String(version)]),
    ),
  };
}

/** Whether a package is never installed on Linux: fsevents, and what is made for other systems. */
function isForeign(os: unknown): boolean {
  const names = typeof os === 'string' ? [os] : listOf(os).map(String);
  return names.length > 0 && !names.includes('linux') && !names.some((name) => name.startsWith('!'));
}

/** package-lock.json since npm 7: a flat map by folder, with `dev` on what production leaves out. */
function fromNpm(lock: Record<string, unknown>, scope: Scope): readonly Locked[] | undefined {
  if (!isRecord(lock.packages)) return undefined;
  return Object.entries(lock.packages).flatMap(([path, value]) => {
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
function fromPnpm(
  lock: Record<string, unknown>,
  wanted: Readonly<Record<string, string>>,
  scope: Scope,
): readonly Locked[] | undefined {
  const root = recordOf(recordOf(lock.importers)['.'] ?? lock);
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
  const direct = [...edges(root), ...(scope === 'all' ? edges({ dependencies: root.devDependencies }) : [])];
  if (direct.length === 0 && Object.keys(wanted).length > 0) return undefined;
  return reach(direct, (key) => edges(recordOf(graph[key]))).flatMap((key) => {
    const bare = key.replace(/\(.*$/, '');
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
function fromBun(lock: Record<string, unknown>, wanted: Readonly<Record<string, string>>): readonly Locked[] {
  const packages = recordOf(lock.packages);
  const entry = (key: string) => recordOf(listOf(packages[key]).find(isRecord));
  const next = (key: string) =>
    ['dependencies', 'optionalDependencies'].flatMap((group) =>
      Object.keys(recordOf(entry(key)[group])).map((name) =>
        `${key}/${name}` in packages ? `${key}/${name}` : name,
      ),
    );
  const direct = Object.keys(wanted).filter((name) => name in packages);
  return reach(direct, next)
    .filter((key) => key in packages && !isForeign(entry(key).os))
    .map((key) => {
      const [, name = key, version] = /^(@?[^@]+)@(.*)$/.exec(textOf(listOf(packages[key])[0]) ?? '') ?? [];
      const native = entry(key).os !== undefined || entry(key).cpu !== undefined;
      const found = hints(entry(key).dependencies, entry(key).optionalDependencies);
      return { name, version, node: undefined, native, script: undefined, ...found };
    });
}

/** yarn.lock since Yarn 2: keys are lists of descriptors; `conditions` marks what is for some platforms. */
function fromYarn(
  lock: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, string>>,
): readonly Locked[] {
  const byDescriptor = new Map<string, string>();
  for (const key of Object.keys(lock)) for (const one of key.split(', ')) byDescriptor.set(one, key);
  const keysOf = (group: unknown) =>
    Object.entries(recordOf(group)).flatMap(([name, range]) => {
      const found = byDescriptor.get(`${name}@${range}`) ?? byDescriptor.get(`${name}@npm:${range}`);
      return found === undefined ? [] : [found];
    });
  const next = (key: string) => keysOf(recordOf(lock[key]).dependencies);
  return reach(keysOf(wanted), next).map((key) => {
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
