import { posix } from 'node:path';
import type { Range } from '../../../kit/dialect.ts';
import { codeOf, member } from '../../../kit/syntax.ts';
import { UNKNOWN, type Value } from '../../../kit/value.ts';
import { frameworkOf } from './frameworks.ts';
import { callsOf, type GoCall, isGenerated, type Source, type Sources, search, worthIn } from './sources.ts';

/** Something that the program writes while it runs. */
export interface Write {
  /** As the program names it: a path from the folder in which it starts, or an absolute one. */
  readonly path: string | undefined;
  readonly kind: 'file' | 'folder';
  readonly at: string;
  /** What decides the path, or the folder that it begins with. */
  readonly variable?: string | undefined;
  readonly flag?: string | undefined;
  readonly part?: 'whole' | 'folder';
  /** The program has no default for what decides: it has to be said. */
  readonly needed?: boolean;
  /** What stands around the path: `file:`, `?_fk=1`. */
  readonly around?: readonly [before: string, after: string];
}

/** A call that opens or makes a file or a folder, and which argument names it. */
interface Row {
  readonly call: RegExp;
  readonly of: RegExp;
  readonly argument: number;
  readonly kind: Write['kind'];
  /** The argument that names the driver: one of SQLite's. */
  readonly driver?: number;
}

const SQLITE = /^(sqlite3?|sqlite_?\w*|libsql|duckdb|moderncsqlite|cznicsqlite)$/;
const ROWS: readonly Row[] = [
  { call: /^Open$/, of: /^database\/sql$/, argument: 1, driver: 0, kind: 'file' },
  {
    call: /^(?:Must)?(?:Open|Connect)(?:Context)?$/,
    of: /jmoiron\/sqlx$/,
    argument: 1,
    driver: 0,
    kind: 'file',
  },
  { call: /^NewEngine$/, of: /xorm/, argument: 1, driver: 0, kind: 'file' },
  { call: /^Open$/, of: /jinzhu\/gorm$|\/ent$/, argument: 1, driver: 0, kind: 'file' },
  { call: /^Open(?:Conn)?$/, of: /(^|\/)(gorm-)?sqlite(shim|x)?$/, argument: 0, kind: 'file' },
  { call: /^Open$/, of: /(^|\/)(bbolt|bolt|buntdb|storm)(\/v\d+)?$/, argument: 0, kind: 'file' },
  { call: /^OpenFile$/, of: /goleveldb\/leveldb$/, argument: 0, kind: 'folder' },
  { call: /^DefaultOptions$/, of: /badger(\/v\d+)?$/, argument: 0, kind: 'folder' },
  { call: /^Open$/, of: /(^|\/)(pebble|bitcask|pogreb|nutsdb|moss)(\/v\d+)?$/, argument: 0, kind: 'folder' },
  { call: /^(?:New|Open)$/, of: /blevesearch\/bleve(\/v\d+)?$/, argument: 0, kind: 'folder' },
  { call: /^DirCache$/, of: /acme\/autocert$/, argument: 0, kind: 'folder' },
  { call: /^(?:Create|WriteFile)$/, of: /^(os|io\/ioutil)$/, argument: 0, kind: 'file' },
  { call: /^Mkdir(?:All)?$/, of: /^os$/, argument: 0, kind: 'folder' },
];
const NAMES =
  /\.(?:Open|OpenConn|OpenFile|Must(?:Open|Connect)|Connect(?:Context)?|NewEngine|DefaultOptions|New|DirCache|Create|WriteFile|Mkdir(?:All)?|SaveUploadedFile)\s*\(/g;

/** What the project's example says of a variable. */
type Examples = (variable: string) => string | undefined;

/** Everything that the program writes, as far as its paths can be read; files for a moment are none. */
export function findWrites(sources: Sources, examples: Examples): readonly Write[] {
  const own = { files: sources.files.filter((file) => !isGenerated(file)) };
  const framework = frameworkOf(sources);
  const found = [
    ...(framework?.writes ?? []).map((path): Write => ({ path, kind: 'folder', at: framework?.name ?? '' })),
    ...callsOf(own, NAMES).flatMap((call) => writtenBy(sources, call) ?? []),
    ...logsOf(sources),
  ];
  const seen = new Set<string>();
  const exemplary = found.flatMap((write) => byExample(write, examples) ?? []);
  return exemplary.filter(({ path, variable, flag }) => {
    const key = `${path} ${variable} ${flag}`;
    return !isElsewhere(path) && !seen.has(key) && seen.add(key);
  });
}

/** A variable without a default is what the example says: nothing is written of what that keeps in memory. */
function byExample(write: Write, examples: Examples): Write | undefined {
  if (write.path !== undefined || write.variable === undefined) return write;
  const said = examples(write.variable);
  if (said === undefined || said === '') return { ...write, needed: true };
  const name = nameIn(said);
  return name && { ...write, ...name, needed: true };
}

/** Devices, and what is temporary by its place. */
function isElsewhere(path: string | undefined): boolean {
  return path !== undefined && /^\/(dev|proc|sys|tmp|var\/tmp)(\/|$)/.test(path);
}

function writtenBy(sources: Sources, call: GoCall): Write | undefined {
  const { file, args, at } = call;
  if (call.last === 'OpenFile' && call.of === 'os') {
    const flags = args[1] && codeOf(file.lexed(), args[1]);
    return /O_(?:CREATE|WRONLY|RDWR|APPEND)/.test(flags ?? '')
      ? pathOf(sources, file, args[0], 'file', at)
      : undefined;
  }
  // https://pkg.go.dev/github.com/gin-gonic/gin#Context.SaveUploadedFile
  if (call.last === 'SaveUploadedFile' || (call.last === 'SaveFile' && args.length === 2))
    return pathOf(sources, file, args[1], 'file', at);
  const row = ROWS.find((one) => one.call.test(call.last) && call.of !== undefined && one.of.test(call.of));
  if (row === undefined) return undefined;
  if (row.driver !== undefined && !SQLITE.test(worthIn(sources, file, args[row.driver]).text ?? ''))
    return undefined;
  return pathOf(sources, file, args[row.argument], row.kind, at);
}

/** https://pkg.go.dev/gopkg.in/natefinch/lumberjack.v2#Logger */
function logsOf(sources: Sources): readonly Write[] {
  return search(sources, /\blumberjack\.Logger\s*\{/g).flatMap(({ file, index, at }) => {
    const source = file.lexed();
    const open = source.code.indexOf('{', index);
    const name = member(source, { from: index, to: (source.pairs.get(open) ?? open) + 1 }, ['Filename']);
    return typeof name === 'string' ? [] : (pathOf(sources, file, name, 'file', at) ?? []);
  });
}

/** What an argument names; undefined: it is not known, or no file. */
function pathOf(
  sources: Sources,
  file: Source,
  range: Range | undefined,
  kind: Write['kind'],
  at: string,
): Write | undefined {
  const value = range === undefined ? UNKNOWN : worthIn(sources, file, range);
  if (value.several || value.empty) return undefined;
  const parts = (value.parts ?? [value]).filter(({ text }) => text !== 'file:');
  const [first = UNKNOWN] = parts;
  const { variable, flag } = first;
  const settable = (variable ?? flag) !== undefined;
  const text = value.text ?? leading(parts);
  const decided = settable ? ({ variable, flag, part: parts.length > 1 ? 'folder' : 'whole' } as const) : {};
  // a flag that is empty unless somebody says it turns something off: nothing is written then
  if (text === undefined)
    return variable !== undefined && first.text === undefined
      ? { path: undefined, kind, at, ...decided }
      : undefined;
  const name = nameIn(text);
  return name && { kind, at, ...name, ...decided };
}

/** The folder of a path whose end is only known when it is written: `uploads/` and a name. */
function leading(parts: readonly Value[]): string | undefined {
  const unknown = parts.findIndex(({ text }) => text === undefined);
  const known = parts
    .slice(0, unknown)
    .map(({ text }) => text)
    .join('');
  return unknown > 0 && known.includes('/') ? `${known.slice(0, known.lastIndexOf('/'))}/x` : undefined;
}

/** The path in the name of a database: `file:app.db?cache=shared`; undefined: it is kept in memory, or is no path. */
function nameIn(text: string): Pick<Write, 'path' | 'around'> | undefined {
  const [, before = '', path = '', after = ''] =
    /^((?:sqlite3?:\/\/|file:(?:\/\/)?)?)([^?]*)(\?.*)?$/s.exec(text) ?? [];
  if (/:memory:|mode=memory/.test(text) || !/^[\w@. /+-]+$/.test(path) || path.includes('//'))
    return undefined;
  return { path: posix.normalize(path).replace(/(.)\/$/, '$1'), around: [before, after] };
}

/** Where the program asks who runs it, or where that one's folder is: it needs a name and HOME. */
export function findHome(sources: Sources): string | undefined {
  const calls = callsOf(sources, /\.(?:Current|UserHomeDir|UserConfigDir|UserCacheDir|Dir|Expand)\s*\(/g);
  return calls.find(
    ({ of, last }) =>
      (of === 'os/user' && last === 'Current') ||
      (of === 'os' && last.startsWith('User')) ||
      of === 'github.com/mitchellh/go-homedir',
  )?.at;
}
