import { recordOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { BUILT_IN } from './built-in.ts';
import { importsOf } from './imports.ts';
import { lockfileOf, MANAGERS } from './lock/package-managers.ts';
import type { Manifest } from './manifest.ts';
import type { Program } from './program.ts';

/** A package that a program imports and no manifest names. */
export interface Undeclared {
  readonly name: string;
  /** `server.js:1` */
  readonly at: string;
  /** Whether another package may bring it, which nobody can see without a lock file. */
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
  return [...sources.packages]
    .filter((name) => !isKnown(manifest, name) && !locked.includes(name))
    .flatMap((name) => {
      const at = importedAt(sources, name);
      return at === undefined ? [] : [{ name, at, perhaps }];
    });
}

function isKnown({ name: own, dependencies, devDependencies, raw }: Manifest, name: string): boolean {
  const [first = ''] = name.split('/');
  if (BUILT_IN.has(first) || BUILT_IN.has(name) || name === own || !NAME.test(name)) return true;
  return [dependencies, devDependencies, recordOf(raw.peerDependencies)].some((group) => name in group);
}

/** What a registry takes for a name; `bun:sqlite`, `#lib` and `virtual:x` are none. */
const NAME = /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*$/i;

/** Where it is imported, and not behind a `try` that goes on without it. */
function importedAt({ files }: Program['sources'], name: string): string | undefined {
  for (const source of files) {
    const found = importsOf(source).list.find(
      ({ module }) => module === name || module.startsWith(`${name}/`),
    );
    if (found === undefined) continue;
    const index = source.text.search(new RegExp(`['"]${found.module.replace(/[^\w/@-]/g, '\\$&')}['"]`));
    if (!/\btry\s*\{[^}]*$/.test(source.code.slice(Math.max(0, index - 400), Math.max(0, index))))
      return found.at;
  }
  return undefined;
}
