import { posix } from 'node:path';
import picomatch from 'picomatch';
import { UserError } from '../errors.ts';
import { below, disk, type Files, isFolder, memory } from './files.ts';
import { type Parse, parsersFor } from './parse.ts';

/**
 * A service's files, read-only. All paths are relative to its folder, with slashes; `../` leads to the rest of the build
 * context, and never out of it.
 */
export interface Project {
  /** The folder's own name: what an image is called when nothing says better. */
  readonly name: string;
  /** Folder of the service inside the build context, '.' for most: `join(app, path)` is what the Dockerfile calls a path. */
  readonly app: string;
  /** The whole build context: the project itself, but for a member of a workspace. */
  readonly context: Project;
  /** Another folder of the build context, seen as a service of its own. `app` is relative to the context. */
  member(app: string): Project;
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
}

/** Text that is parsed: a lock file of a large repository has some 20 MiB. */
const READ_LIMIT = 64 * 1024 * 1024;

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
      const reason = files.oddity(at === 0 ? name : posix.join(app, name), READ_LIMIT);
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
  const views = new Map<string, Project>();
  let walked: readonly string[] | undefined;
  const member = (app: string): Project => {
    const view = views.get(app) ?? viewOf(app);
    views.set(app, view);
    return view;
  };
  const viewOf = (app: string): Project => {
    const kind = (path: string) => {
      const clean = inside(app, path);
      return clean === undefined ? undefined : clean === '.' ? 'folder' : files.kind(clean);
    };
    const raw = (path: string, limit: number) => {
      const clean = inside(app, path);
      return clean === undefined ? undefined : files.read(clean, limit);
    };
    return {
      name: app === '.' ? files.name : posix.basename(app),
      app,
      get context() {
        return member('.');
      },
      member,
      get entries() {
        return files.entries(app);
      },
      has: (path) => kind(path) !== undefined,
      isFile: (path) => kind(path) === 'file',
      isFolder: (path) => kind(path) === 'folder',
      read: (path, limit = READ_LIMIT) => plain(raw(path, limit)),
      crlf: (path) => raw(path, READ_LIMIT)?.includes('\r\n') ?? false,
      parse(path) {
        const clean = inside(app, path);
        if (clean === undefined) return undefined;
        if (!parsed.has(clean)) {
          const text = plain(files.read(clean, READ_LIMIT));
          // a mistake is told as it is seen from the folder that was named
          const shown = posix.relative(opened, clean);
          parsed.set(clean, text === undefined ? undefined : parsers(shown, text));
        }
        return parsed.get(clean);
      },
      find(pattern) {
        walked ??= files.walk();
        return below(walked, app).filter(matcher([pattern].flat()));
      },
    };
  };
  return async (app) => {
    if (addedTo(names, readableNames(files, app))) parsers = await parsersFor([...names]);
    opened = app;
    return member(app);
  };
}

/** Text without byte order mark and with LF. */
function plain(text: string | undefined): string | undefined {
  return text?.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
}

/** A path as the build context has it, or undefined when it leads out of it. */
function inside(app: string, path: string): string | undefined {
  if (posix.isAbsolute(path) || path.includes('\0')) return undefined;
  const clean = posix.join(app, path).replace(/\/$/, '');
  return clean.startsWith('..') ? undefined : clean;
}

/** picomatch takes a list for alternatives, of which `!x` is one that nearly all files are. */
function matcher(patterns: readonly string[]): (path: string) => boolean {
  const [ignore, wanted] = partition(patterns, (one) => one.startsWith('!'));
  const matches = picomatch(wanted, { dot: true, ignore: ignore.map((one) => one.slice(1)) });
  return (path) => matches(path);
}

function partition<T>(all: readonly T[], belongs: (one: T) => boolean): readonly [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}
