import { posix } from 'node:path';
import picomatch from 'picomatch';
import { UserError } from '../errors.ts';
import { below, beneath, disk, type Files, isFolder, memory, under } from './files.ts';
import { type Parse, parsersFor } from './parse.ts';
import { type Remembers, remembered } from './remember.ts';

/**
 * A service's files, read-only. All paths are relative to its folder, with slashes; `../` leads to the rest of the build
 * context, and never out of it.
 */
export interface Project extends Remembers {
  /** The folder's own name: what an image is called when nothing says better. */
  readonly name: string;
  /** Folder of the service inside the build context, '.' for most: `join(app, path)` is what the Dockerfile calls a path. */
  readonly app: string;
  /** The whole build context: the project itself, but for a member of a workspace. */
  readonly context: Project;
  /** Another folder of the build context, seen as a service of its own. `app` is relative to the context. */
  member(app: string): Project;
  /** A folder of the build context as a build context of its own, seen from the folder `app` in it. */
  alone(folder: string, app?: string): Promise<Project>;
  /** Whether a file or a folder is there. */
  has(path: string): boolean;
  isFile(path: string): boolean;
  isFolder(path: string): boolean;
  /** Text of a file, without byte order mark and with LF; undefined: absent, a folder, outside, or over `limit` bytes. */
  read(path: string, limit?: number): string | undefined;
  /** Whether its lines end as those of Windows do, which `read` takes away. */
  crlf(path: string): boolean;
  /** JSON, YAML or TOML by its ending; undefined when absent. Refuses with file and line when malformed. */
  parse(path: string): unknown;
  /** Files by glob, sorted; `!` before one takes its files away again. Folders that hold no source of the project (node_modules, .git…) are not entered. */
  find(pattern: string | readonly string[]): readonly string[];
  /** Names in the folder itself. */
  readonly entries: readonly string[];
  /** What was there and was not read so far, each with its reason as a sentence without its end. */
  readonly unread: ReadonlyMap<string, string>;
}

/** What people write, in bytes: a manifest of 100,000 dependencies has 2 MiB. */
const READ_LIMIT = 4 * 1024 * 1024;
/** What tools write: a lock file of a large repository has some 20 MiB. */
const LOCK_LIMIT = 32 * 1024 * 1024;

const limitOf = (path: string) =>
  /(?:lock[^/]*|\.sum|shrinkwrap\.json)$/.test(path) ? LOCK_LIMIT : READ_LIMIT;

/** All texts of a run together. */
const RUN_LIMIT = 128 * 1024 * 1024;
/** Texts of a run: the largest repositories of one program have some 20,000 sources. */
const TEXTS_LIMIT = 30_000;
/** More than any pattern of a project that means something: a pattern is made into one of JavaScript. */
const PATTERN_LIMIT = 1000;

/** What a project is recognized by. One that is there and no text is told; it would look like no project otherwise. */
const MANIFESTS =
  /^(package\.json|go\.(mod|work)|CMakeLists\.txt|meson\.build|(GNUm|[Mm])akefile|configure\.ac|pyproject\.toml|requirements\.txt|setup\.(py|cfg)|Pipfile|pom\.xml|build\.gradle(\.kts)?)$/;

/**
 * Opens a build context, seen from the folder `app` in it. Parsers that its files need are loaded now, so that everything
 * after can be pure.
 */
export async function openProject(folder: string, app = '.'): Promise<Project> {
  return openingsOf(folder)(app);
}

/** Opens several folders of one build context, which is walked and parsed once for all of them. */
export function openingsOf(folder: string): (app: string) => Promise<Project> {
  const there = isFolder(folder);
  if (!there) throw new UserError({ kind: there === undefined ? 'noFolder' : 'notAFolder', path: folder });
  return opener(disk(folder));
}

/** A project out of an object: path → text. For tests, and for whoever has no folder. */
export async function projectOf(
  files: Readonly<Record<string, string>>,
  name = 'app',
  app = '.',
): Promise<Project> {
  return opener(memory(files, name))(app);
}

/** Names in the context and in the folder that is opened. A manifest among them that is no text is refused. */
function readableNames(files: Files, app: string): readonly string[] {
  const all = [files.entries('.'), app === '.' ? [] : files.entries(app)];
  for (const [at, those] of all.entries())
    for (const name of those.filter((one) => MANIFESTS.test(one))) {
      const reason = files.oddity(at === 0 ? name : posix.join(app, name), limitOf(name));
      if (reason !== undefined) throw new UserError({ kind: 'unreadable', path: name, reason });
    }
  return all.flat();
}

function addedTo(names: Set<string>, more: readonly string[]): boolean {
  const before = names.size;
  for (const name of more) names.add(name);
  return names.size > before;
}

function opener(files: Files): (app: string) => Promise<Project> {
  const names = new Set<string>();
  let parsers: Parse = () => undefined;
  let opened = '.';
  const parsed = new Map<string, unknown>();
  const { unread, readRaw, find } = budgetOf(files);
  const readText = (path: string, limit: number) => plain(readRaw(path, limit));
  const member: (app: string) => Project = remembered((app) => viewOf(app));
  const viewOf = (app: string): Project => {
    const within = remembered((path) => inside(app, path));
    const kind = (path: string) => {
      const clean = within(path);
      return clean === undefined ? undefined : clean === '.' ? 'folder' : files.kind(clean);
    };
    const raw = (path: string, limit: number) => {
      const clean = within(path);
      return clean === undefined ? undefined : readRaw(clean, limit);
    };
    return {
      memo: new Map(),
      name: app === '.' ? files.name : posix.basename(app),
      app,
      get context() {
        return member('.');
      },
      member,
      alone: (folder, inner = '.') => opener(folder === '.' ? files : beneath(files, folder))(inner),
      get entries() {
        return files.entries(app);
      },
      unread,
      has: (path) => kind(path) !== undefined,
      isFile: (path) => kind(path) === 'file',
      isFolder: (path) => kind(path) === 'folder',
      read: (path, limit = limitOf(path)) => plain(raw(path, limit)),
      crlf: (path) => raw(path, limitOf(path))?.includes('\r\n') ?? false,
      parse(path) {
        const clean = within(path);
        if (clean === undefined) return undefined;
        if (!parsed.has(clean)) {
          const text = readText(clean, limitOf(clean));
          // a mistake is told as it is seen from the folder that was named
          const shown = posix.relative(opened, clean);
          parsed.set(clean, text === undefined ? undefined : parsers(shown, text));
        }
        return parsed.get(clean);
      },
      find: (pattern) => find(app, [pattern].flat()),
    };
  };
  return async (app) => {
    if (addedTo(names, readableNames(files, app))) parsers = await parsersFor([...names]);
    opened = app;
    return member(app);
  };
}

/** Files of a build context, sorted, and by the ending of their names: most patterns name it. */
interface Index {
  readonly all: readonly string[];
  readonly endings: ReadonlyMap<string, readonly string[]>;
}

function indexOf(all: readonly string[]): Index {
  const endings = new Map<string, string[]>();
  for (const path of all) {
    const ending = endingOf(path);
    const list = endings.get(ending);
    if (list === undefined) endings.set(ending, [path]);
    else list.push(path);
  }
  return { all, endings };
}

/** What follows the last dot of a name; the whole name, where it has none. */
function endingOf(path: string): string {
  const dot = path.lastIndexOf('.');
  const slash = path.lastIndexOf('/');
  return path.slice(dot > slash ? dot : slash + 1);
}

/** Files below a folder by glob. */
function search(index: Index, app: string, patterns: readonly string[]): readonly string[] {
  // picomatch takes a list for alternatives, of which `!x` is one that nearly all files are
  const [ignore, wanted] = partition(patterns, (one) => one.startsWith('!'));
  const usable = wanted.filter((one) => one !== '' && one.length <= PATTERN_LIMIT);
  if (usable.length === 0) return [];
  const some = under(candidates(index, usable, app), folderOf(usable));
  if (some.length === 0) return [];
  const matches = matcherOf(usable, ignore);
  return some.filter((path) => matches(path));
}

/** The folder that a single pattern names before anything else in it: `views/` of `views/**`. */
function folderOf([pattern = '', ...others]: readonly string[]): string {
  return others.length > 0 ? '' : (/^(?:(?:[\w@+-]|(?<!\.)\.(?=[\w@+-]))+\/)+/.exec(pattern)?.[0] ?? '');
}

/** Services of one language are searched by the same patterns, but for those with names of their own. */
const MOST_MATCHERS = 500;
const matchers = new Map<string, (path: string) => boolean>();

function matcherOf(wanted: readonly string[], ignore: readonly string[]): (path: string) => boolean {
  const key = [...wanted, ...ignore].join('\0');
  const known = matchers.get(key);
  if (known !== undefined) return known;
  const made = picomatch([...wanted], { dot: true, ignore: ignore.map((one) => one.slice(1)) });
  if (matchers.size < MOST_MATCHERS) matchers.set(key, made);
  return made;
}

/** Files that patterns may mean: those of their endings, where each says one. */
function candidates({ all, endings }: Index, patterns: readonly string[], app: string): readonly string[] {
  const wanted = new Set<string>();
  for (const pattern of patterns) {
    // all that is in folders of a name: where there is none, nothing has to be matched
    const folder = /^\*\*\/([\w-]+)\/\*\*$/.exec(pattern)?.[1];
    if (folder !== undefined && !all.some((path) => `/${path}`.includes(`/${folder}/`))) continue;
    const [, ending, list, name] =
      /(?:^|\/)(?:(?:[\w-]+|\*)?(?:(\.\w+)|\.\{(\w+(?:,\w+)*)\})|([\w-]+))$/.exec(pattern) ?? [];
    if ((ending ?? list ?? name) === undefined) return below(all, app);
    for (const one of list?.split(',').map((word) => `.${word}`) ?? [ending ?? name ?? '']) wanted.add(one);
  }
  const found = [...wanted].flatMap((ending) => below(endings.get(ending) ?? [], app));
  return wanted.size > 1 ? found.sort() : found;
}

/** What a run may read of a folder: texts until there are too many of them, and the list of files once. */
function budgetOf(files: Files) {
  const unread = new Map<string, string>();
  const sizes = new Map<string, number>();
  const foundBy = new Map<string, readonly string[]>();
  let left = RUN_LIMIT;
  let index: Index | undefined;
  // those in the folder itself decide more than all others
  const isOver = (path: string) => {
    const over = sizes.size >= TEXTS_LIMIT && path.includes('/');
    if (over && !unread.has('.') && files.kind(path) === 'file')
      unread.set('.', `${TEXTS_LIMIT} of its files were read, and the others are not looked at`);
    return over;
  };
  const spent = () => `the texts before it have more than ${RUN_LIMIT / 1024 / 1024} MiB`;
  return {
    unread,
    readRaw(path: string, limit: number): string | undefined {
      const known = sizes.get(path);
      if (known === undefined && isOver(path)) return undefined;
      const text = left > 0 || known !== undefined ? files.read(path, limit) : undefined;
      if (text === undefined) {
        const reason = files.oddity(path, limit) ?? (left > 0 ? undefined : spent());
        if (reason !== undefined && !unread.has(path)) unread.set(path, reason);
        return undefined;
      }
      if (known === undefined) left -= text.length;
      sizes.set(path, text.length);
      return text;
    },
    find(app: string, patterns: readonly string[]): readonly string[] {
      const key = `${app}\0${patterns.join('\0')}`;
      const known = foundBy.get(key);
      if (known !== undefined) return known;
      index ??= indexOf(files.walk((reason) => unread.set('.', reason)));
      const found = search(index, app, patterns);
      foundBy.set(key, found);
      return found;
    },
  };
}

/** Text without byte order mark and with LF. */
function plain(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return bare.includes('\r') ? bare.replace(/\r\n/g, '\n') : bare;
}

/** A path as the build context has it, or undefined when it leads out of it. */
function inside(app: string, path: string): string | undefined {
  if (posix.isAbsolute(path) || path.includes('\0')) return undefined;
  // most paths are as they shall be
  if (app === '.' && !/(?:^|\/)\.{0,2}(?:\/|$)/.test(path)) return path;
  const clean = posix.join(app, path).replace(/\/$/, '');
  return clean.startsWith('..') ? undefined : clean;
}

function partition<T>(all: readonly T[], belongs: (one: T) => boolean): readonly [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}
