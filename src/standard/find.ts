import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { UserError } from '../errors.ts';
import { foldersUpTo, isFolder, namesIn, statOf } from '../project/files.ts';

/** A configuration as it stands on the disk. */
export interface Source {
  /** Its file, absolute. */
  readonly path: string;
  /** Its folder: paths in it are relative to that. */
  readonly folder: string;
  readonly text: string;
  /** The key of the file that holds it; undefined: the whole file is one. */
  readonly key: readonly string[] | undefined;
  /** The folder that it was fetched into, which nothing in it leaves; undefined: it was not. */
  readonly tree?: string | undefined;
}

const NAMES = [
  'create-dockerfile.yaml',
  'create-dockerfile.yml',
  'create-dockerfile.json',
  'create-dockerfile.toml',
];
/** Manifests that may hold one, and where. */
const MANIFESTS: readonly (readonly [name: string, key: readonly string[]])[] = [
  ['package.json', ['create-dockerfile']],
  ['pyproject.toml', ['tool', 'create-dockerfile']],
];
/** A configuration is some pages of text; a manifest that holds one may have more. */
const LIMIT = 256 * 1024;
const MANIFEST_LIMIT = 1024 * 1024;

/**
 * The configurations that hold for a folder, the nearest first: its own, those above as far as its repository goes, and
 * that of its workspace's root.
 * Most folders have none, so nothing but names is read to know it.
 */
export function configurationsFor(folder: string, root = folder): readonly Source[] {
  // what is no folder is refused by what opens it
  if (isFolder(folder) === false) return [];
  const folders = new Set([folder, ...foldersUpTo(folder), root]);
  return [...folders].flatMap((at) => configurationIn(at) ?? []);
}

/** The one configuration of a folder. Two of them contradict each other sooner or later, so they are refused. */
export function configurationIn(folder: string): Source | undefined {
  const names = new Set(namesIn(folder));
  const own = NAMES.filter((name) => names.has(name)).map((name) => sourceOf(folder, name, undefined));
  const keyed = MANIFESTS.filter(([name]) => names.has(name)).flatMap(([name, key]) => {
    const path = join(folder, name);
    const stat = statOf(path);
    if (stat?.isFile() !== true || stat.size > MANIFEST_LIMIT) return [];
    return isKeyed(path) ? [sourceOf(folder, name, key)] : [];
  });
  const [first, second] = [...own, ...keyed];
  if (first !== undefined && second !== undefined)
    throw new UserError({
      kind: 'refused',
      message: `${nameOf(first)} and ${nameOf(second)} both configure create-dockerfile.`,
      fix: 'Keep one of them.',
    });
  return first;
}

/** A manifest that lists this package among its dependencies holds no configuration by that. */
function isKeyed(path: string): boolean {
  const text = readFileSync(path, 'utf8');
  return path.endsWith('.toml')
    ? /^[^\S\n]*\[\s{0,50}tool\s{0,50}\.\s{0,50}["']?create-dockerfile["']?/m.test(text)
    : /"create-dockerfile"\s*:\s*\{/.test(text);
}

function sourceOf(folder: string, name: string, key: readonly string[] | undefined): Source {
  const path = join(resolve(folder), name);
  const stat = statOf(path);
  const limit = key === undefined ? LIMIT : MANIFEST_LIMIT;
  const reason = leadsOut(folder, path)
    ? 'it is a link that leads out of its repository'
    : stat?.isFile() !== true
      ? 'it is no file'
      : stat.size > limit
        ? `it has more than ${limit / 1024} KiB`
        : undefined;
  if (reason !== undefined) throw new UserError({ kind: 'unreadable', path: name, reason });
  const text = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r\n/g, '\n');
  return { path, folder: resolve(folder), text, key };
}

/** Whether a file is a link to what its folder, or its repository, does not hold. */
function leadsOut(folder: string, path: string): boolean {
  if (lstatSync(path).isSymbolicLink() !== true || statOf(path) === undefined) return false;
  const top = realpathSync(foldersUpTo(resolve(folder)).at(-1) ?? folder);
  return !realpathSync(path).startsWith(top.endsWith(sep) ? top : top + sep);
}

function nameOf({ path, key }: Source): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return key === undefined ? name : `${name} → ${key.join('.')}`;
}

/** The variables that stand for flags. */
export const PREFIX = 'CREATE_DOCKERFILE_';

export function hasVariables(environment: Readonly<Record<string, string | undefined>>): boolean {
  return Object.keys(environment).some((name) => name.startsWith(PREFIX));
}
