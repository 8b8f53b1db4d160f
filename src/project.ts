import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, join, posix, relative, resolve, sep } from 'node:path';
import picomatch from 'picomatch';
import { UserError } from './errors.ts';
import { parsersFor, reason } from './parse.ts';

/** A folder's files, read-only. All paths are relative to it, with slashes. */
export interface Project {
  /** The folder's own name: what an image is called when nothing says better. */
  readonly name: string;
  /** Folder of the service inside the context, '.' for most. */
  readonly app: string;
  /** Whether a file or a folder is there. */
  has(path: string): boolean;
  isFile(path: string): boolean;
  isFolder(path: string): boolean;
  /** Text of a file, without byte order mark and with LF; undefined: absent, a folder, outside, or over `limit` bytes. */
  read(path: string, limit?: number): string | undefined;
  /** JSON, YAML or TOML by its ending; undefined when absent. Refuses with file and line when malformed. */
  parse(path: string): unknown;
  /** Files by glob, sorted. Folders that hold no source of the project (node_modules, .git…) are not entered. */
  find(pattern: string | readonly string[]): readonly string[];
  /** Names in the folder itself. */
  readonly entries: readonly string[];
}

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
/** Text that is parsed: a lock file of a large repository has some 20 MiB. */
const READ_LIMIT = 64 * 1024 * 1024;
/** A folder with more files than this is no project, but somebody's disk. */
const WALK_LIMIT = 300_000;

interface Source {
  readonly name: string;
  entries(): readonly string[];
  kind(path: string): 'file' | 'folder' | undefined;
  read(path: string, limit: number): string | undefined;
  walk(): readonly string[];
}

/** Opens a folder. Parsers that its files need are loaded now, so that everything after can be pure. */
export async function openProject(folder: string): Promise<Project> {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat?.isDirectory())
    throw new UserError({ kind: stat === undefined ? 'noFolder' : 'notAFolder', path: folder });
  return project(disk(resolve(folder)));
}

/** A project out of an object: path → text. For tests, and for whoever has no folder. */
export async function projectOf(files: Readonly<Record<string, string>>, name = 'app'): Promise<Project> {
  return project(memory(files, name));
}

async function project(source: Source): Promise<Project> {
  const entries = source.entries();
  const parsers = await parsersFor(entries);
  const parsed = new Map<string, unknown>();
  let walked: readonly string[] | undefined;
  const read = (path: string, limit = READ_LIMIT) => {
    const clean = inside(path);
    return clean === undefined
      ? undefined
      : source
          .read(clean, limit)
          ?.replace(/^\uFEFF/, '')
          .replace(/\r\n/g, '\n');
  };
  const kind = (path: string) => {
    const clean = inside(path);
    return clean === undefined ? undefined : clean === '.' ? 'folder' : source.kind(clean);
  };
  const parse = (path: string): unknown => {
    const text = read(path);
    return text === undefined ? undefined : parsers(path, text);
  };
  return {
    name: source.name,
    app: '.',
    entries,
    has: (path) => kind(path) !== undefined,
    isFile: (path) => kind(path) === 'file',
    isFolder: (path) => kind(path) === 'folder',
    read,
    parse(path) {
      if (!parsed.has(path)) parsed.set(path, parse(path));
      return parsed.get(path);
    },
    find(pattern) {
      walked ??= source.walk();
      const matches = picomatch(pattern as string | string[], { dot: true });
      return walked.filter((path) => matches(path));
    },
  };
}

/** The path without `./`, or undefined when it leads out of the project. */
function inside(path: string): string | undefined {
  const clean = posix.normalize(path).replace(/\/$/, '');
  return clean.startsWith('..') || posix.isAbsolute(clean) || clean.includes('\0') ? undefined : clean;
}

function disk(root: string): Source {
  const real = realpathSync.native(root);
  const locate = (path: string): string | undefined => {
    try {
      const full = realpathSync.native(join(real, path));
      return full === real || full.startsWith(real + sep) ? full : undefined;
    } catch {
      return undefined;
    }
  };
  const kind = (path: string) => {
    const full = locate(path);
    const stat = full === undefined ? undefined : statSync(full, { throwIfNoEntry: false });
    return stat?.isDirectory() ? 'folder' : stat?.isFile() ? 'file' : undefined;
  };
  return {
    name: basename(real),
    kind,
    entries() {
      try {
        return readdirSync(real).sort();
      } catch (error) {
        throw new UserError({ kind: 'unreadable', path: root, reason: reason(error) });
      }
    },
    read(path, limit) {
      const full = locate(path);
      const stat = full === undefined ? undefined : statSync(full, { throwIfNoEntry: false });
      if (full === undefined || !stat?.isFile() || stat.size > limit) return undefined;
      try {
        return readFileSync(full, 'utf8');
      } catch (error) {
        throw new UserError({ kind: 'unreadable', path, reason: reason(error) });
      }
    },
    walk() {
      const found: string[] = [];
      const open = [real];
      for (let folder = open.pop(); folder !== undefined && found.length < WALK_LIMIT; folder = open.pop()) {
        for (const entry of readable(folder)) {
          const full = join(folder, entry.name);
          if (entry.isDirectory()) {
            if (!FOREIGN.has(entry.name)) open.push(full);
          } else if (entry.isFile() || (entry.isSymbolicLink() && kind(relative(real, full)) === 'file')) {
            found.push(relative(real, full).split(sep).join('/'));
          }
        }
      }
      return found.sort();
    },
  };
}

/** A folder's entries; none for one that may not be read, for it cannot be part of a build either. */
function readable(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function memory(files: Readonly<Record<string, string>>, name: string): Source {
  const paths = Object.keys(files).sort();
  return {
    name,
    entries: () => [...new Set(paths.map((path) => path.split('/')[0] ?? ''))],
    kind: (path) =>
      path in files ? 'file' : paths.some((p) => p.startsWith(`${path}/`)) ? 'folder' : undefined,
    read: (path, limit) => ((files[path]?.length ?? 0) > limit ? undefined : files[path]),
    walk: () => paths.filter((path) => !path.split('/').some((part) => FOREIGN.has(part))),
  };
}

/** Whether a folder exists and holds nothing but what version control and editors leave. */
export function emptiness(folder: string): 'absent' | 'empty' | 'file' | 'filled' {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return 'absent';
  const real = statSync(folder, { throwIfNoEntry: false });
  if (!real?.isDirectory()) return 'file';
  const left = readable(folder).filter(
    (e) => !['.git', '.DS_Store', '.idea', '.vscode', '.gitkeep'].includes(e.name),
  );
  return left.length === 0 ? 'empty' : 'filled';
}
