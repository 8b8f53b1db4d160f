import {
  type Dirent,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors.ts';
import { reason } from './parse.ts';
import { remembered } from './remember.ts';

/** Never entered: what package managers, version control and editors keep. */
const FOREIGN = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.git',
  '.hg',
  '.svn',
  '.yarn',
  '.pnpm-store',
  '.venv',
  'venv',
  '__pycache__',
  '.idea',
  '.vscode',
  '.cache',
  '.turbo',
  '.nx',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  'coverage',
]);
/** A folder with more files than this is no project, but somebody's disk. */
const WALK_LIMIT = 300_000;
/** Folders in folders, deeper than any that a person made. */
const DEPTH_LIMIT = 100;

/** Files behind a project, by paths relative to its build context: on the disk, or out of an object. */
export interface Files {
  readonly name: string;
  entries(folder: string): readonly string[];
  kind(path: string): 'file' | 'folder' | undefined;
  read(path: string, limit: number): string | undefined;
  /** Why something that is there cannot be read as a text. */
  oddity(path: string, limit: number): string | undefined;
  /** All files; `tell` hears why some are left out. */
  walk(tell: (reason: string) => void): readonly string[];
}

/** A folder as it is on the disk; no entries: it may not be listed. */
interface Listing {
  readonly full: string;
  readonly entries: ReadonlyMap<string, Dirent> | undefined;
}

export function disk(folder: string): Files {
  const root = resolve(folder);
  const real = realpathSync.native(root);
  const { locate, kind, isAbsent, listed } = looker(real);
  return {
    name: basename(real),
    kind,
    entries(folder) {
      try {
        const { full, entries } = listed(folder) ?? { full: real };
        return [...(entries?.keys() ?? readdirSync(full))].sort();
      } catch (error) {
        throw new UserError({ kind: 'unreadable', path: join(root, folder), reason: reason(error) });
      }
    },
    read(path, limit) {
      const full = locate(path);
      const stat = full === undefined ? undefined : statOf(full);
      if (full === undefined || !stat?.isFile() || stat.size > limit) return undefined;
      try {
        return readFileSync(full, 'utf8');
      } catch (error) {
        throw new UserError({ kind: 'unreadable', path, reason: reason(error) });
      }
    },
    oddity(path, limit) {
      if (isAbsent(path)) return undefined;
      const stat = statOf(join(real, path));
      if (stat === undefined)
        return isThere(join(real, path)) ? 'it is a symbolic link that leads nowhere' : undefined;
      if (stat.isDirectory()) return undefined;
      if (stat.isFile()) return stat.size > limit ? `it has more than ${limit / 1024 / 1024} MiB` : undefined;
      return stat.isFIFO() ? 'it is a named pipe' : stat.isSocket() ? 'it is a socket' : 'it is a device';
    },
    walk: (tell) => walk(real, kind, tell),
  };
}

/** Where paths below a folder lead. Most of what is asked is whether something is there that is not: a folder's list knows. */
function looker(real: string) {
  const listed = remembered((folder): Listing | undefined => {
    const full = locate(folder);
    if (full === undefined) return undefined;
    try {
      const entries = readdirSync(full, { withFileTypes: true });
      return { full, entries: new Map(entries.map((entry) => [entry.name, entry])) };
    } catch {
      return { full, entries: undefined };
    }
  });
  const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.';
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const entryOf = (path: string) => listed(folderOf(path))?.entries?.get(nameOf(path));
  const isAbsent = (path: string) => {
    const folder = listed(folderOf(path));
    return folder === undefined || (folder.entries !== undefined && !folder.entries.has(nameOf(path)));
  };
  const locate: (path: string) => string | undefined = remembered((path) => {
    if (path === '.') return real;
    if (isAbsent(path)) return undefined;
    if (entryOf(path)?.isSymbolicLink() === false)
      return join(listed(folderOf(path))?.full ?? real, nameOf(path));
    // the system says that something is absent by an exception, which costs more than all else
    if (!existsSync(join(real, path))) return undefined;
    try {
      const full = realpathSync.native(join(real, path));
      return full === real || full.startsWith(real + sep) ? full : undefined;
    } catch {
      return undefined;
    }
  });
  const kind = remembered((path): 'file' | 'folder' | undefined => {
    const full = locate(path);
    const entry = entryOf(path);
    const stat = entry?.isSymbolicLink() === false ? entry : full === undefined ? undefined : statOf(full);
    return stat?.isDirectory() ? 'folder' : stat?.isFile() ? 'file' : undefined;
  });
  return { locate, kind, isAbsent, listed };
}

/** What a path leads to; undefined: nothing, or links in a circle. */
export function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Names in a folder; none where it is not there, or may not be looked into. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A file's text below a folder; undefined: none is there, or it is no text of that size. */
export function textIn(folder: string, path: string, limit = 1 << 20): string | undefined {
  return isFolder(folder) === true ? disk(folder).read(path, limit) : undefined;
}

/** Files below a folder, sorted; links to files count, links to folders are not followed. */
function walk(real: string, kind: Files['kind'], tell: (reason: string) => void): readonly string[] {
  const found: string[] = [];
  // the nearest first: what is left out lies deep
  let level = [''];
  for (let depth = 0; level.length > 0 && depth <= DEPTH_LIMIT; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (found.length < WALK_LIMIT) enter(real, folder, kind, found, next);
      else next.push(folder);
    }
    if (found.length >= WALK_LIMIT) {
      tell(`it has more than ${WALK_LIMIT} files, and the others are not looked at`);
      break;
    }
    level = next;
    if (depth === DEPTH_LIMIT && level.length > 0)
      tell(`folders deeper than ${DEPTH_LIMIT} are not looked at`);
  }
  return found.sort();
}

/** Adds the files of one folder, and the folders in it that are to be entered. */
function enter(real: string, folder: string, kind: Files['kind'], found: string[], next: string[]): void {
  for (const entry of readable(join(real, folder))) {
    const path = folder + entry.name;
    if (entry.isDirectory()) {
      if (!FOREIGN.has(entry.name)) next.push(`${path}/`);
    } else if (entry.isFile() || (entry.isSymbolicLink() && kind(path) === 'file')) found.push(path);
  }
}

/** The folders below one, outermost first, without those that are never entered, hidden ones, and what `leaves` leaves out. */
export function* foldersBelow(
  top: string,
  leaves: (folder: string, names: readonly string[]) => (name: string) => boolean,
): Generator<{ readonly folder: string; readonly names: readonly string[] }> {
  const open = [resolve(top)];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entries = readable(folder).sort((a, b) => (a.name < b.name ? -1 : 1));
    const names = entries.map(({ name }) => name);
    yield { folder, names };
    const out = leaves(folder, names);
    const inner = entries.filter(
      (entry) =>
        entry.isDirectory() && !entry.name.startsWith('.') && !FOREIGN.has(entry.name) && !out(entry.name),
    );
    open.push(...inner.reverse().map(({ name }) => join(folder, name)));
  }
}

/** A folder's entries; none for one that may not be read, for it cannot be part of a build either. */
function readable(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The files of a folder, as if nothing were around it. */
export function beneath(files: Files, folder: string): Files {
  const at = (path: string) => (path === '.' ? folder : `${folder}/${path}`);
  return {
    name: basename(folder),
    entries: (path) => files.entries(at(path)),
    kind: (path) => files.kind(at(path)),
    read: (path, limit) => files.read(at(path), limit),
    oddity: (path, limit) => files.oddity(at(path), limit),
    walk: (tell) => below(files.walk(tell), folder),
  };
}

export function memory(files: Readonly<Record<string, string>>, name: string): Files {
  const paths = Object.keys(files).sort();
  return {
    name,
    entries: (folder) => [...new Set(below(paths, folder).map((path) => path.split('/', 1)[0] ?? ''))],
    kind: (path) =>
      path in files ? 'file' : paths.some((p) => p.startsWith(`${path}/`)) ? 'folder' : undefined,
    read: (path, limit) => ((files[path]?.length ?? 0) > limit ? undefined : files[path]),
    oddity: () => undefined,
    walk: () => paths.filter((path) => !path.split('/').some((part) => FOREIGN.has(part))),
  };
}

/** The part of a sorted list of paths that lies below a folder, relative to it. */
export function below(paths: readonly string[], folder: string): readonly string[] {
  if (folder === '.') return paths;
  const prefix = `${folder}/`;
  return under(paths, prefix).map((path) => path.slice(prefix.length));
}

/** The part of a sorted list of paths that begins with a text. */
export function under(paths: readonly string[], prefix: string): readonly string[] {
  if (prefix === '') return paths;
  let low = 0;
  for (let high = paths.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((paths[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (paths[end]?.startsWith(prefix)) end++;
  return paths.slice(low, end);
}

/** Folders above one that hold a file of these names, the nearest first. A repository is not left. */
export function foldersAbove(folder: string, names: readonly string[]): readonly string[] {
  const has = (at: string, name: string) => statOf(join(at, name)) !== undefined;
  const found: string[] = [];
  for (let at = folder; at !== dirname(at) && !has(at, '.git'); ) {
    at = dirname(at);
    if (names.some((name) => has(at, name))) found.push(at);
  }
  return found;
}

/**
 * Folders above one in which its project may be, the nearest first: as far as the repository or the home folder goes, and
 * neither above. Outside of both there are none.
 */
export function foldersUpTo(folder: string): readonly string[] {
  const home = homedir();
  const inHome = folder.startsWith(home + sep);
  const found: string[] = [];
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if (at === home || home.startsWith(at + sep)) return inHome ? found : [];
    if (at !== folder) found.push(at);
    if (statOf(join(at, '.git')) !== undefined) return found;
  }
  return [];
}

/** Whether a folder is where its path below `root` says, with no symbolic link on the way. */
export function isWithin(root: string, folder: string): boolean {
  return realpathSync.native(folder) === join(realpathSync.native(root), relative(root, folder));
}

export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Undefined: nothing is there. */
export function isFolder(path: string): boolean | undefined {
  return statOf(path)?.isDirectory();
}

/** What version control, editors and hosts leave in a repository that holds nothing yet. */
const BARE =
  /^(\.git|\.github|\.gitlab|\.gitignore|\.gitattributes|\.gitkeep|\.editorconfig|\.DS_Store|\.idea|\.vscode|(README|LICEN[CS]E|COPYING|NOTICE|CODE_OF_CONDUCT|CONTRIBUTING|CHANGELOG|SECURITY)(\.\w+)?)$/i;

/** Whether a folder exists and holds nothing that a service is made of. */
export function emptiness(folder: string): 'absent' | 'empty' | 'file' | 'filled' {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return 'absent';
  const real = statOf(folder);
  if (!real?.isDirectory()) return 'file';
  return readable(folder).every((entry) => BARE.test(entry.name)) ? 'empty' : 'filled';
}
