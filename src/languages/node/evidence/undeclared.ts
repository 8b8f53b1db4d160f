import type { Source } from '../../../kit/dialect.ts';
import { recordOf, verbatim } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { BUILT_IN } from './built-in.ts';
import { importsOf } from './imports.ts';
import { lockfileOf, MANAGERS } from './lock/package-managers.ts';
import type { Manifest } from './manifest.ts';
import type { Program } from './program.ts';
import { resolve } from './sources.ts';

/** A package that a program imports and no manifest names. */
export interface Undeclared {
  readonly name: string;
  /** `server.js:1` */
  readonly at: string;
  /**
   * Whether the program may start without it: another package may bring it, which nobody can see without a lock file, or
   * it is loaded under a condition, or by a path that is computed.
   */
  readonly perhaps: boolean;
}

/**
 * What plain JavaScript imports that is not installed. A build may know names of its own, and a package that another one
 * brings stands in the lock file.
 */
export function undeclaredOf(
  project: Project,
  { manifest, build, sources, served }: Program,
): readonly Undeclared[] {
  const plain = sources.files.every(({ path }) => /\.[mc]?js$/.test(path));
  if (build !== undefined || served !== undefined || !plain || project.app !== '.') return [];
  const locks = MANAGERS.flatMap((name) => lockfileOf(project, name) ?? []);
  if (locks.includes('bun.lockb')) return [];
  const locked = locks.map((path) => project.read(path) ?? '').join('\n');
  const perhaps = locks.length === 0 && Object.keys(manifest.dependencies).length > 0;
  const loaded = surelyLoaded(project, sources);
  return [...sources.packages]
    .filter((name) => !isKnown(manifest, name) && !locked.includes(name))
    .flatMap((name) => importedAt(sources, name) ?? [])
    .map(({ source, name, at, surely }) => ({
      name,
      at,
      perhaps: perhaps || !surely || !loaded.has(source),
    }));
}

/** The files that are loaded whenever the program starts. */
function surelyLoaded(project: Project, { files }: Program['sources']): ReadonlySet<Source> {
  const byPath = new Map(files.map((source) => [source.path, source]));
  const open = files.slice(0, 1);
  const loaded = new Set(open);
  for (let source = open.pop(); source !== undefined; source = open.pop())
    for (const { module, surely } of importsOf(source).list) {
      const next = surely ? byPath.get(resolve(project, source.path, module) ?? '') : undefined;
      if (next === undefined || loaded.has(next)) continue;
      loaded.add(next);
      open.push(next);
    }
  return loaded;
}

function isKnown({ name: own, dependencies, devDependencies, raw }: Manifest, name: string): boolean {
  const [first = ''] = name.split('/');
  if (BUILT_IN.has(first) || BUILT_IN.has(name) || name === own || !NAME.test(name)) return true;
  return [dependencies, devDependencies, recordOf(raw.peerDependencies)].some((group) => name in group);
}

/** What a registry takes for a name; `bun:sqlite`, `#lib` and `virtual:x` are none. */
const NAME = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i;

interface ImportedAt {
  readonly source: Source;
  readonly name: string;
  readonly at: string;
  readonly surely: boolean;
}

/** Where it is imported, and not behind a `try` that goes on without it; where it surely is, before where it may be. */
function importedAt({ files }: Program['sources'], name: string): ImportedAt | undefined {
  const all = files.flatMap((source) =>
    importsOf(source)
      .list.filter(({ module }) => module === name || module.startsWith(`${name}/`))
      .filter(({ module }) => !isTried(source, module))
      .map(({ at, surely }) => ({ source, name, at, surely })),
  );
  return all.find(({ surely }) => surely) ?? all[0];
}

function isTried(source: Source, module: string): boolean {
  const index = source.text.search(new RegExp(`['"]${verbatim(module)}['"]`));
  return /\btry\s*\{[^}]*$/.test(source.code.slice(Math.max(0, index - 400), Math.max(0, index)));
}
