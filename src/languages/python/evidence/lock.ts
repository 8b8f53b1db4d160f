import { BRINGS } from '../../../catalog/python/brings.ts';
import { listOf, recordOf, table, textOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import type { Manifest } from './manifest.ts';
import { holds, normalized, parseRequirement, type Requirement } from './requirements.ts';
import { type Wheel, wheelsOf } from './wheels.ts';

/** A package as a lock file, or a list of pinned requirements, names it. */
export interface Locked {
  readonly name: string;
  /** Undefined: not pinned. */
  readonly version: string | undefined;
  /** Undefined: the file does not list them. */
  readonly wheels: readonly Wheel[] | undefined;
  /** Whether it can be built from source; undefined: not known. */
  readonly source: boolean | undefined;
  /** `git+https://…` or an archive. */
  readonly url: string | undefined;
}

export interface Lock {
  readonly file: string | undefined;
  /** What runs in production, for Linux. */
  readonly packages: readonly Locked[];
  /** All that is installed is named; else only what the project itself names. */
  readonly complete: boolean;
}

type Table = Readonly<Record<string, unknown>>;

interface Entry extends Locked {
  /** Names that it depends on, each with the extras that are asked of it. */
  readonly needs: readonly Requirement[];
  readonly extras: Readonly<Record<string, readonly Requirement[]>>;
  /** Groups of PEP 735, of the project itself. */
  readonly groups: Readonly<Record<string, readonly Requirement[]>>;
  readonly marker: string;
}

const fileName = (url: string) => decodeURIComponent(url.split(/[?#]/)[0]?.split('/').at(-1) ?? '');
const sourcesIn = (files: readonly string[]) => files.some((name) => /\.(tar\.\w+|zip)$/.test(name));

/** `{ name, extra, marker, version }` of uv. */
function need(value: unknown): Requirement {
  const row = recordOf(value);
  const name = normalized(textOf(row.name) ?? '');
  const extras = listOf(row.extra).map((extra) => normalized(String(extra)));
  const marker = textOf(row.marker) ?? '';
  const none = { specifier: '', url: undefined, path: undefined, editable: false, hashed: false, at: '' };
  return { name, extras, marker, ...none };
}

const groupsOf = (groups: Table, make: (value: unknown) => Requirement) =>
  table(
    Object.fromEntries(
      Object.entries(groups).map(([extra, list]) => [normalized(extra), listOf(list).map(make)]),
    ),
  );

/** https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile and PEP 751, whose tables are alike. */
function uvEntry(table: Table): Entry {
  const source = recordOf(table.source);
  const archive = textOf(source.git) ?? textOf(source.url) ?? textOf(recordOf(table.vcs).url);
  const files = listOf(table.wheels).map((wheel) => {
    const { name, url, path } = recordOf(wheel);
    return textOf(name) ?? fileName(textOf(url) ?? textOf(path) ?? '');
  });
  return {
    name: normalized(textOf(table.name) ?? ''),
    version: textOf(table.version),
    wheels: archive === undefined ? wheelsOf(files) : undefined,
    source: table.sdist !== undefined || archive !== undefined,
    url: archive,
    needs: listOf(table.dependencies).map(need),
    extras: groupsOf(recordOf(table['optional-dependencies']), need),
    groups: groupsOf(recordOf(table['dev-dependencies']), need),
    marker: textOf(table.marker) ?? '',
  };
}

/** `groups` and `files` are those of Poetry 2 and PDM; Poetry 1 says neither groups nor, at first, files. */
function poetryEntry(table: Table): Entry {
  const files = listOf(table.files).map((file) => {
    const { file: name, url } = recordOf(file);
    return textOf(name) ?? fileName(textOf(url) ?? '');
  });
  const source = recordOf(table.source);
  const url = ['git', 'url'].includes(textOf(source.type) ?? '') ? textOf(source.url) : undefined;
  const dependencies = Array.isArray(table.dependencies)
    ? table.dependencies.flatMap((one) => parseRequirement(String(one), '') ?? [])
    : Object.entries(recordOf(table.dependencies)).flatMap(([name, value]) => {
        const details = recordOf(Array.isArray(value) ? value[0] : value);
        if (details.optional === true) return [];
        return need({ name, extra: listOf(details.extras), marker: details.markers });
      });
  const marker = typeof table.markers === 'string' ? table.markers : textOf(recordOf(table.markers).main);
  return {
    name: normalized(textOf(table.name) ?? ''),
    version: textOf(table.version),
    wheels: files.length > 0 ? wheelsOf(files) : undefined,
    source: files.length > 0 ? sourcesIn(files) : undefined,
    url: url ?? (textOf(table.git) || undefined),
    needs: dependencies,
    extras: groupsOf(
      recordOf(table.extras),
      (one) => parseRequirement(String(one).replace(/ \(.*/, ''), '') ?? need({}),
    ),
    groups: {},
    marker: marker ?? textOf(table.marker) ?? '',
  };
}

/** All that is reached from the project's own requirements. */
function reached(entries: readonly Entry[], roots: readonly Requirement[]): readonly Locked[] {
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) byName.set(entry.name, [...(byName.get(entry.name) ?? []), entry]);
  const taken = new Set<Entry>();
  const done = new Set<string>();
  const open = [...roots];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (!holds(one.marker, undefined)) continue;
    for (const entry of byName.get(one.name) ?? []) {
      if (!holds(entry.marker, undefined)) continue;
      if (!taken.has(entry)) open.push(...entry.needs);
      taken.add(entry);
      for (const extra of one.extras) {
        if (!done.has(`${entry.name}[${extra}]`)) open.push(...(entry.extras[extra] ?? []));
        done.add(`${entry.name}[${extra}]`);
      }
    }
  }
  return entries.filter((entry) => taken.has(entry));
}

/** What is locked, by what stands there. */
interface LockOf {
  readonly project: Project;
  readonly manifest: Manifest;
  /** Extras of the project that are installed. */
  readonly extras: readonly string[];
  readonly requirements: readonly Requirement[];
  readonly complete: boolean;
}

/** The production packages by the lock of a manager. */
export function readLock(manager: string, of: LockOf): Lock {
  const { project } = of;
  const [read] = [
    manager === 'uv' && project.context.isFile('uv.lock') ? uvLock : [],
    manager === 'poetry' && project.isFile('poetry.lock') ? poetryLock : [],
    manager === 'pdm' && project.isFile('pdm.lock') ? poetryLock : [],
    manager === 'pipenv' && project.isFile('Pipfile.lock') ? pipenvLock : [],
    manager === 'pip' && project.isFile('pylock.toml') && of.requirements.length === 0 ? pylock : [],
  ].flat();
  return (read ?? listed)(of, `${manager}.lock`);
}

const tablesOf = (lock: unknown) => listOf(lock).map(recordOf);

function ownOf({ manifest, extras }: LockOf): readonly Requirement[] {
  const more = extras.flatMap((name) => manifest.extras[name] ?? manifest.groups[name] ?? []);
  return [...manifest.dependencies, ...more];
}

function uvLock(of: LockOf): Lock {
  const { project, manifest } = of;
  const all = tablesOf(recordOf(project.context.parse('uv.lock')).package).map(uvEntry);
  const self = all.find((entry) => entry.name === normalized(manifest.name ?? ''));
  const standing = listOf(recordOf(manifest.tool.uv)['default-groups']).map(String);
  const groups = [...of.extras, ...standing.filter((name) => name !== 'dev')];
  const extras = groups.flatMap((name) => self?.extras[name] ?? self?.groups[name] ?? []);
  const roots = self === undefined ? ownOf(of) : [...self.needs, ...extras];
  return { file: 'uv.lock', packages: reached(all, roots).filter((one) => one !== self), complete: true };
}

/** The locks of Poetry and PDM, whose tables are alike. */
function poetryLock(of: LockOf, file: string): Lock {
  const tables = tablesOf(recordOf(of.project.parse(file)).package);
  const grouped = tables.some(({ groups }) => Array.isArray(groups));
  const asked = (text: unknown) => of.extras.some((extra) => extra === text);
  const main = tables.filter(({ groups, optional, markers }) => {
    if (!grouped || listOf(groups).some(asked)) return true;
    const within = listOf(groups).some((group) => group === 'main' || group === 'default');
    return within && (optional !== true || extrasIn(markers).some(asked));
  });
  const entries = main.map(poetryEntry);
  const packages = grouped
    ? entries.filter((entry) => holds(entry.marker, undefined))
    : reached(entries, ownOf(of));
  return { file, packages, complete: true };
}

function pipenvLock({ project }: LockOf): Lock {
  const table = recordOf(readPipfileLock(project).default);
  const packages = Object.entries(table).flatMap(([name, value]) => {
    const details = recordOf(value);
    if (!holds(textOf(details.markers) ?? '', undefined)) return [];
    return {
      name: normalized(name),
      version: textOf(details.version)?.replace(/^==/, ''),
      wheels: undefined,
      source: undefined,
      url: textOf(details.git),
    };
  });
  return { file: 'Pipfile.lock', packages, complete: true };
}

/** The extras of the project that a package is for: `extra == "web" or extra == "all"`. */
function extrasIn(markers: unknown): readonly string[] {
  const text = textOf(markers) ?? textOf(recordOf(markers).main) ?? '';
  return [...text.matchAll(/\bextra\s*==\s*["']([\w.-]+)["']/g)].map(([, name = '']) => normalized(name));
}

/** https://packaging.python.org/en/latest/specifications/pylock-toml/ */
function pylock({ project }: LockOf): Lock {
  const all = tablesOf(recordOf(project.parse('pylock.toml')).packages).map(uvEntry);
  const packages = all.filter(({ marker }) => holds(marker, undefined));
  return { file: 'pylock.toml', packages, complete: true };
}

/** What a list names; one that names the project itself installs what that depends on. */
function listed(of: LockOf): Lock {
  const { manifest, requirements, complete } = of;
  const own = ownOf(of);
  const self = requirements.find(({ path }) => path === '.');
  const more = (self?.extras ?? []).flatMap((extra) => manifest.extras[extra] ?? []);
  const named =
    requirements.length === 0 ? own : [...requirements, ...(self === undefined ? [] : [...own, ...more])];
  const packages = named
    .filter(({ name, url, marker }) => (name !== '' || url !== undefined) && holds(marker, undefined))
    .flatMap(({ name, extras, specifier, url }): readonly Locked[] => {
      const version = /^===?\s*([\w.+!-]+)$/.exec(specifier)?.[1];
      const none = { wheels: undefined, source: undefined };
      const brought = [name, ...extras.map((extra) => `${name}[${extra}]`)].flatMap(
        (key) => BRINGS[key] ?? [],
      );
      return [
        { ...none, name, version, url },
        ...(complete
          ? []
          : brought.map((one) => ({ ...none, name: one, version: undefined, url: undefined }))),
      ];
    });
  const keyOf = ({ name, url }: Locked) => name || (url ?? '');
  const unique = new Map(packages.map((one) => [keyOf(one), one]));
  for (const one of packages)
    if (one.version !== undefined || one.url !== undefined) unique.set(keyOf(one), one);
  return { file: undefined, packages: [...unique.values()], complete };
}

/** Pipfile.lock is JSON by another ending. */
export function readPipfileLock(project: Project): Table {
  try {
    return recordOf(JSON.parse(project.read('Pipfile.lock') ?? ''));
  } catch {
    return {};
  }
}
