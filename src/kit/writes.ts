/**
 * What a program writes, and where it may: an image's files are not its user's.
 *
 *     const writes = findWrites(sources, [{ call: 'connect', of: /^sqlite3$/, path: 0, what: 'database' }], calls);
 *     keepWrites(project, writes, { at: … })   // { folders: ['/data'], env: { DATABASE_FILE: '/data/notes.db' }, … }
 *
 * Where a variable or a flag says the path, it is pointed at /data. A folder below the program becomes one that its user
 * owns; a file beside the program is a link into /data. What cannot be helped is told with file and line.
 */

import { posix } from 'node:path';
import type { Artifact, Note, Plan } from '../plan/plan.ts';
import { pathWord, shellWord } from '../plan/quote.ts';
import { verbatim } from '../project/data.ts';
import type { Project } from '../project/project.ts';
import type { Range, Source } from './dialect.ts';
import { exampleOf } from './env-file.ts';
import { onlyWith, type Place } from './listens.ts';
import { type Located, locate } from './paths.ts';
import { split, trim } from './ranges.ts';
import type { Called, Sources } from './sources.ts';
import { argument, calls, codeOf, member } from './syntax.ts';
import type { Value } from './value.ts';
import { worth } from './worth.ts';

/** What is written, as a sentence takes it: "writes a database". */
export type What = 'a database' | 'a log' | 'uploads' | 'a cache' | 'data';

export interface WriteRow {
  /** The last word of what is called; undefined: the module itself is called. */
  readonly call?: string;
  /** The module, or package, whose call it is. */
  readonly of?: RegExp;
  /** The argument, or a member of one, that is the path. */
  readonly path: Place | readonly Place[];
  readonly what: What;
  /** The path is a folder. */
  readonly folder?: true;
  /** Where it is when the call says nothing. */
  readonly otherwise?: string;
  /** The folder that the path is taken from. */
  readonly under?: Place;
  /** It writes another file beside it and renames it, or adds an ending: no link can stand for it. */
  readonly beside?: true;
  /** What another argument must say. */
  readonly when?: { readonly place: Place; readonly is: RegExp };
  /** A path that cannot be read says nothing: the call is as common as files are. */
  readonly common?: true;
  readonly docs?: string;
}

export interface Write {
  readonly at: string;
  /** The file that says so. */
  readonly by: string;
  readonly what: What;
  readonly folder: boolean;
  readonly beside: boolean;
  readonly common: boolean;
  readonly value: Value;
}

/** What the program writes. `calls` finds the calls of a row, as the language tells whose they are. */
export function findWrites(
  sources: Sources,
  rows: readonly WriteRow[],
  calls: (row: WriteRow) => readonly Called[],
): readonly Write[] {
  const found = new Map<string, Write>();
  for (const row of rows)
    for (const call of calls(row)) {
      const key = `${call.source.path}\0${call.from}\0${call.to}`;
      const write = found.has(key) ? undefined : writeOf(sources, row, call);
      if (write !== undefined) found.set(key, write);
    }
  return [...found.values()];
}

function writeOf(sources: Sources, row: WriteRow, call: Called): Write | undefined {
  const { when, under, otherwise, folder = false, beside = false, common = false, what } = row;
  if (onlyWith(sources, call) !== undefined) return undefined;
  if (when !== undefined && !when.is.test(said(sources, call, when.place)?.text ?? '')) return undefined;
  const value = [row.path]
    .flat()
    .map((place) => said(sources, call, place))
    .find((one) => one !== undefined && !one.empty);
  const path = value ?? (otherwise === undefined ? undefined : { text: otherwise });
  // a number is a file that is open already: standard output
  if (path === undefined || path.number === true) return undefined;
  const base = under === undefined ? undefined : said(sources, call, under);
  const whole =
    base === undefined || base.text === undefined
      ? path
      : { ...path, ...base, text: `${base.text}/${path.text ?? ''}` };
  return { at: call.at, by: call.source.path, what, folder, beside, common, value: whole };
}

/** What a call says at a place; undefined: nothing stands there. */
function said(sources: Sources, { source, args }: Called, place: Place): Value | undefined {
  const read = (range: Range | undefined, path: readonly string[] = []) =>
    range === undefined ? undefined : worth(sources.program, source, range, path);
  if (typeof place === 'number') {
    const range = args[place];
    return range === undefined || /^\s*\{/.test(codeOf(source, range)) ? undefined : read(range);
  }
  const keyword = argument(source, { args }, place);
  if (keyword !== undefined) return read(keyword);
  for (const range of args) {
    const found = memberOf(source, range, place.split('.'));
    if (found !== undefined) return read(handedOn(source, found) ?? found);
  }
  return undefined;
}

/** A member of an object, one that is only there under a condition too: `{ ...(isSQLite && { filename }) }`. */
function memberOf(source: Source, range: Range, path: readonly string[]): Range | undefined {
  const found = member(source, range, path);
  if (typeof found !== 'string') return found;
  const [head = '', ...rest] = path;
  if (found === 'missing') return undefined;
  if (rest.length > 0) {
    const outer = member(source, range, [head]);
    return typeof outer === 'string' ? undefined : memberOf(source, outer, rest);
  }
  const { from, to } = trim(source, range);
  if (source.code[from] !== '{') return undefined;
  for (const part of split(source, { from: from + 1, to: to - 1 }, ',')) {
    if (!codeOf(source, part).startsWith('...')) continue;
    for (let open = source.code.indexOf('{', part.from); open >= 0 && open < part.to; ) {
      const close = source.pairs.get(open) ?? part.to;
      const inner = member(source, { from: open, to: close + 1 }, path);
      if (typeof inner !== 'string') return inner;
      open = source.code.indexOf('{', close);
    }
  }
  return undefined;
}

/** What a function in the place of a value hands to its last parameter: `(request, file, done) => done(null, 'uploads')`. */
function handedOn(source: Source, range: Range): Range | undefined {
  const fn = source.functions.find(
    ({ list, body }) => list.from >= range.from - 1 && body.to <= range.to + 1,
  );
  const done = fn?.parameters.at(-1)?.name;
  if (fn === undefined || done === undefined) return undefined;
  const [call] = calls(source, new RegExp(`(?<![\\w$.])${verbatim(done)}\\s*\\(`, 'g')).filter(
    ({ from, args }) => from >= fn.body.from && from < fn.body.to && args.length > 1,
  );
  return call?.args[1];
}

/** Where what is written is kept in the image. */
export interface Kept {
  /** Folders that the image's user owns, each one a volume. */
  readonly folders: readonly string[];
  /** Folders below them that must be there. */
  readonly inner: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** Links in the image, to where its user may write. */
  readonly links: readonly { readonly path: string; readonly to: string }[];
  /** Paths of the project that stand in such a folder when the image ships. */
  readonly filled: readonly string[];
  readonly notes: readonly Note[];
}

export interface Around {
  /** The program's own folder in the image: `/app`. */
  readonly app: string;
  /** Where a path that is taken from its own file is when it runs, from the program's folder on; undefined: not known. */
  readonly here?: (path: string, by: string) => string | undefined;
  /** Files of code: a folder that holds them is no folder for data. */
  readonly code: RegExp;
}

/** The one folder of data for all that can be pointed somewhere. */
const DATA = '/data';
/** Folders of the system, in which nobody but root makes anything. */
const SYSTEM =
  /^\/(?:(?:bin|boot|dev|etc|home|lib|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|usr|var)(?:\/(?:bin|lib|local|share|log|cache|run|www))?)?$/;
/** Where a container that is run as the report says may write. */
const TEMPORARY = /^\/(?:tmp|dev\/shm)(?:\/|$)|^\/dev\/(?:null|stdout|stderr|fd)|^\/proc\//;

/** What stands in a Dockerfile as it is. */
const WORD = /^[\w./@+-]+$/;

/** A path with what stands around it: `file:./dev.db?mode=rwc`, `sqlite:///shop.db`, `jdbc:sqlite:shop.db`. */
const URL =
  /^((?:jdbc:)?(?:sqlite3?(?:\+\w+)?:\/\/\/|sqlite3?:\/\/(?=[^/])|sqlite3?:|(?:h2|hsqldb):(?:file:)?|derby:(?:directory:)?|duckdb:|file:(?:\/\/)?))(.*)$/s;
/** What names no file. */
const NO_FILE =
  /^(?::memory:|(?:jdbc:)?sqlite3?:(?::memory:)?$|mem:|jdbc:(?!sqlite|h2|hsqldb|derby|duckdb)|jdbc:(?:h2|hsqldb):(?:mem|tcp|ssl|res|zip|hsqls?|https?):|jdbc:derby:(?:memory:|classpath:|\/\/)|jdbc:duckdb:$|(?:https?|libsql|wss?|postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|redis|s3|tcp):)|^$/;

interface Collected {
  readonly folders: Set<string>;
  readonly inner: Set<string>;
  readonly env: Record<string, string>;
  readonly args: Set<string>;
  readonly links: Map<string, string>;
  readonly filled: Set<string>;
  readonly lost: { readonly write: Write; readonly path: string | undefined }[];
  /** What is kept, and for which calls. */
  readonly told: Map<string, Write>;
}

export function keepWrites(project: Project, writes: readonly Write[], around: Around): Kept {
  const all: Collected = {
    folders: new Set(),
    inner: new Set(),
    env: {},
    args: new Set(),
    links: new Map(),
    filled: new Set(),
    lost: [],
    told: new Map(),
  };
  for (const write of writes) if (!pointed(project, all, write)) placed(project, all, write, around);
  const folders = [...all.folders].filter(
    (path) => ![...all.folders].some((other) => path !== other && path.startsWith(`${other}/`)),
  );
  return {
    folders: folders.sort(),
    inner: [...all.inner, ...all.folders].filter((path) => !folders.includes(path)).sort(),
    env: all.env,
    args: [...all.args],
    // where a folder is, no file is
    links: [...all.links].flatMap(([path, to]) => (all.folders.has(path) ? [] : { path, to })),
    filled: [...all.filled],
    notes: notesOf(all, folders),
  };
}

/** Points the variable or the flag that says the path at the folder of data; false: none does. */
function pointed(project: Project, all: Collected, write: Write): boolean {
  const parts = flat(write.value);
  const at = parts.findIndex(({ variable, flag }) => variable !== undefined || flag !== undefined);
  const holder = parts[at];
  if (holder === undefined) return false;
  const { variable, flag } = holder;
  const text = holder.text ?? (variable === undefined ? undefined : exampleOf(project, variable)?.value);
  if (text !== undefined && NO_FILE.test(text)) return true;
  if (variable === 'HOME') {
    all.env.HOME = DATA;
    keep(all, write, DATA);
    return true;
  }
  const [, scheme = '', path = text ?? ''] = URL.exec(text ?? '') ?? [];
  const [plain = '', query = ''] = path.split(/(?=[?;])/);
  const rest = parts
    .slice(at + 1)
    .map((part) => part.text ?? '')
    .join('');
  const before = parts
    .slice(0, at)
    // what is not known may be any folder
    .every((part) => locate(part)?.path === '' || /^(?:file:|\/|)$/.test(part.text ?? '?'));
  // what is absolute already stays; what stands behind something else is a name, not a path
  if (!before || (posix.isAbsolute(plain) && !scheme.startsWith('sqlite')) || TEMPORARY.test(plain))
    return false;
  const folder = write.folder || rest !== '';
  const name = posix.basename(plain) || nameOf(write);
  const to = rest !== '' ? DATA : `${DATA}/${/^\.{0,2}$/.test(name) ? nameOf(write) : name}`;
  const absolute = /sqlite.{0,200}:\/\/\/$/.test(scheme) ? `${scheme}${to}` : `${scheme}${to}`;
  // one flag names one folder, and what else is written there is in it
  if (variable === undefined && [...all.args].some((one) => one.startsWith(`--${flag}=`))) {
    keep(all, write, DATA);
    return true;
  }
  if (variable !== undefined) all.env[variable] = absolute + query;
  else all.args.add(`--${flag}=${absolute}${query}`);
  keep(all, write, DATA);
  if (folder && rest === '') all.inner.add(to);
  if (rest !== '' && posix.dirname(rest) !== '/' && posix.dirname(rest) !== '.')
    all.inner.add(posix.join(DATA, posix.dirname(rest)));
  return true;
}

function nameOf({ what, folder }: Write): string {
  if (what === 'a database') return folder ? 'database' : 'data.db';
  if (what === 'a log') return folder ? 'logs' : 'app.log';
  return what === 'uploads' ? 'uploads' : what === 'a cache' ? 'cache' : folder ? 'files' : 'data';
}

function flat(value: Value): readonly Value[] {
  return value.parts === undefined || (value.variable === undefined && value.flag === undefined)
    ? [value]
    : value.parts.flatMap(flat);
}

function keep(all: Collected, write: Write, folder: string): void {
  all.folders.add(folder);
  if (!all.told.has(folder)) all.told.set(folder, write);
}

/** What stands in the program: a folder of its own, or a link. */
function placed(project: Project, all: Collected, write: Write, around: Around): void {
  const { value } = write;
  const plain = plainPath(value);
  if ([value, plain].some(({ text }) => text !== undefined && NO_FILE.test(text))) return;
  const located = locate(plain);
  if (located === undefined) {
    if (!write.common) all.lost.push({ write, path: undefined });
    return;
  }
  const path = inImage(located, write, around);
  if (path === undefined || !WORD.test(path)) {
    if (!write.common) all.lost.push({ write, path: located.path });
    return;
  }
  if (TEMPORARY.test(path)) return;
  if (located.begin === 'home') all.env.HOME = DATA;
  const isFolder = write.folder || located.open || located.folder;
  const folder = isFolder ? path : posix.dirname(path);
  const own = folder === around.app || folder.startsWith(`${around.app}/`);
  const inside = own ? posix.relative(around.app, folder) : undefined;
  const files = inside === undefined ? [] : inside === '' ? ['.'] : project.find(`${inside}/**`);
  const taken = inside === '' || files.some((file) => around.code.test(file)) || SYSTEM.test(folder);
  if (!taken) {
    keep(all, write, folder);
    // logs are ignored by every build
    if (files.length > 0 && inside !== undefined && write.what !== 'a log') all.filled.add(inside);
    return;
  }
  if (isFolder || write.beside || /^\/(?:root|proc|sys)(?:\/|$)/.test(path)) {
    all.lost.push({ write, path });
    return;
  }
  all.links.set(path, `${DATA}/${posix.basename(path)}`);
  keep(all, write, DATA);
}

function plainPath(value: Value): Value {
  const [, scheme, path = ''] = URL.exec(value.text ?? '') ?? [];
  return scheme === undefined ? value : { ...value, text: path.replace(/[?;].*$/s, '') };
}

/** A path as the image has it. */
function inImage({ begin, path }: Located, { by }: Write, { app, here }: Around): string | undefined {
  if (begin === 'root') return `/${path}`;
  if (begin === 'home') return posix.join(DATA, path);
  if (begin === 'cwd') return posix.join(app, path);
  const own = here === undefined ? path : here(path, by);
  return own === undefined ? undefined : posix.join(app, own);
}

/** The fields of a plan that make folders the user's own, and links into them. */
export function ownedBy(
  kept: Kept,
  user: string,
  app: string,
): Pick<Plan, 'folders' | 'links'> & { readonly artifacts: readonly Artifact[] } {
  const below = posix.relative('/app', app);
  const made = [...kept.folders, ...kept.inner];
  const commands = kept.links.flatMap(({ path, to }) => [
    `mkdir -p ${shellWord(posix.dirname(`/links${path}`))}`,
    `ln -s ${shellWord(to)} ${shellWord(`/links${path}`)}`,
  ]);
  return {
    folders: made.length === 0 ? undefined : [...made, app],
    links: commands.length === 0 ? undefined : { mounts: [], commands: [...new Set(commands)] },
    artifacts: kept.filled.map((path) => {
      const source = pathWord(posix.join(below, path), 'the project');
      return { source, destination: `./${source}`, owner: user };
    }),
  };
}

function notesOf({ lost, told, links }: Collected, folders: readonly string[]): readonly Note[] {
  const kept = folders.flatMap((folder): readonly Note[] => {
    const write = told.get(folder);
    return write === undefined
      ? []
      : [
          {
            level: 'info',
            text: `${write.at} writes ${write.what}: ${folder} belongs to the program's user, and what is in it goes with the container unless a volume is mounted there.`,
          },
        ];
  });
  const linked = [...links].map(
    ([path, to]): Note => ({
      level: 'info',
      text: `${path} is a link to ${to}, for the folder that it stands in is not the program's.`,
    }),
  );
  const seen = new Set<string>();
  const warned = lost.flatMap(({ write, path }): readonly Note[] => {
    if (seen.has(write.at)) return [];
    seen.add(write.at);
    const where =
      path === undefined ? 'where the source does not say' : `to ${path}, which is not its own in the image`;
    return [
      {
        level: 'warning',
        text: `${write.at} writes ${write.what} ${where}.`,
        fix: 'Let a variable of the environment say the path there, and mount a volume on it.',
      },
    ];
  });
  return [...warned, ...kept, ...linked];
}
