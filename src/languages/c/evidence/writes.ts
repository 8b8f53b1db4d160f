import type { Range, Source } from '../../../kit/dialect.ts';
import { split } from '../../../kit/ranges.ts';
import { codeOf, lineAt, textOf } from '../../../kit/syntax.ts';
import { type Program, worth } from '../../../kit/worth.ts';
import { programOf } from './listening.ts';
import { type SourceFile, search } from './sources.ts';

/** A file or folder that a program writes. */
export interface Write {
  readonly at: string;
  /** Undefined: its variable alone says where. */
  readonly path: string | undefined;
  readonly kind: 'file' | 'folder';
  readonly variable: string | undefined;
}

/** What opens a file to write it, by library: the pattern ends with the bracket, `path` is the number of the argument. */
interface Row {
  readonly pattern: RegExp;
  readonly path: number;
  readonly folder?: true;
  /** What another argument has where it is written. */
  readonly mode?: { readonly place: number; readonly is: RegExp; readonly text?: true };
}

const WRITES = /^[wa]|\+/;
const OPENS = /\bO_(?:WRONLY|RDWR|CREAT)\b/;
const ROWS: readonly Row[] = [
  { pattern: /(?<![\w.>:])(?:std::)?fopen\s*\(/g, path: 0, mode: { place: 1, is: WRITES, text: true } },
  { pattern: /(?<![\w.>:])freopen\s*\(/g, path: 0, mode: { place: 1, is: WRITES, text: true } },
  { pattern: /(?<![\w.>])(?:::)?open\s*\(/g, path: 0, mode: { place: 1, is: OPENS } },
  { pattern: /\bofstream\s+\w+\s*[({]/g, path: 0 },
  { pattern: /(?<![\w.>:])mkdir\s*\(/g, path: 0, folder: true },
  { pattern: /\bcreate_director(?:y|ies)\s*\(/g, path: 0, folder: true },
  { pattern: /\bsqlite3_open(?:16)?\s*\(/g, path: 0 },
  { pattern: /\bsqlite3_open_v2\s*\(/g, path: 0, mode: { place: 2, is: /READWRITE|CREATE/ } },
  { pattern: /\bSQLite::Database\s+\w+\s*[({]/g, path: 0, mode: { place: 1, is: /READWRITE|CREATE/ } },
  { pattern: /\b(?:leveldb|rocksdb)?(?:::)?DB::Open\s*\(/g, path: 1, folder: true },
  { pattern: /\b(?:leveldb|rocksdb)_open\s*\(/g, path: 1, folder: true },
  { pattern: /\bmdb_env_open\s*\(/g, path: 1, folder: true },
  { pattern: /\bgdbm_open\s*\(/g, path: 0 },
  { pattern: /\bspdlog::(?:basic|daily|rotating|hourly)_logger_(?:mt|st)\s*\(/g, path: 1 },
];

/** Files that are looked at: others are not lexed. */
const RELEVANT =
  /f(?:re)?open\s*\([^;]{0,200}"[wa]|\bO_(?:WRONLY|RDWR|CREAT)\b|ofstream|mkdir\s*\(|create_director|sqlite3_open|SQLite::|DB::Open|db_open|_env_open|_logger_/;
/** More files that write than this are those of a whole system, whose configuration says where. */
const MANY = 30;

/** All that a program writes, as far as it is read. */
export interface Writes {
  readonly all: readonly Write[];
  /** Where a file is made whose name cannot be read: it may be a relative one. */
  readonly unread: string | undefined;
}

/** What makes a file, whatever its name is. */
const MAKES =
  /(?<![\w.>:])fopen\s{0,80}\([^;"]{1,200},\s{0,80}"[wa]|\bopen\s{0,80}\([^;"]{1,200}\bO_CREAT\b|\bofstream\s{1,80}\w{1,80}\s{0,80}[({]\s{0,80}(?!")/g;

export function findWrites(files: readonly SourceFile[]): Writes {
  const writing = files.filter((file) => RELEVANT.test(file.text));
  if (writing.length === 0) return { all: [], unread: undefined };
  if (writing.length > MANY) return { all: [], unread: search(writing, MAKES)[0]?.at };
  const there = writing.map((file) => file.source);
  // names of paths stand in headers
  const headers = files
    .filter((file) => /\.h\w*$/.test(file.path) && /path|file|dir/i.test(file.text))
    .slice(0, MANY);
  const program = programOf([...new Set([...there, ...headers.map((file) => file.source)])]);
  const found = there.flatMap((source) => ROWS.flatMap((row) => [...writesBy(program, source, row)]));
  const all = found.flatMap((one) => (typeof one === 'string' ? [] : [one]));
  return {
    all: [
      ...new Map(all.map((one) => [`${one.path}\0${one.variable}`, one] as const).reverse()).values(),
    ].reverse(),
    unread: found.find((one) => typeof one === 'string'),
  };
}

/** The writes of a row; a text: where one stands that cannot be read. */
function* writesBy(
  program: Program,
  source: Source,
  { pattern, path, folder, mode }: Row,
): Iterable<Write | string> {
  for (const match of source.code.matchAll(pattern)) {
    const args = argumentsAt(source, match.index + match[0].length - 1);
    const place = args[path];
    if (place === undefined || (mode !== undefined && !hasMode(source, args[mode.place], mode))) continue;
    const { text, variable, several, argument, flag } = worth(program, source, place);
    const at = lineAt(source, match.index);
    if (several || (text === undefined && variable === undefined)) {
      const creates = mode?.is !== OPENS || /\bO_CREAT\b/.test(codeOf(source, args[mode.place] ?? place));
      if (!argument && flag === undefined && !folder && creates) yield at;
    } else if (text === undefined || isPath(text))
      yield { at, path: text, kind: folder ? 'folder' : 'file', variable };
  }
}

function argumentsAt(source: Source, open: number): readonly Range[] {
  const close = source.pairs.get(open);
  return close === undefined ? [] : split(source, { from: open + 1, to: close }, ',');
}

function hasMode(source: Source, range: Range | undefined, { is, text }: NonNullable<Row['mode']>): boolean {
  if (range === undefined) return false;
  return is.test((text ? textOf(source, range) : codeOf(source, range)) ?? '');
}

/** Not a device, what is kept in memory, or a folder that everybody may write to. */
function isPath(text: string): boolean {
  return (
    /^[\w@./ -]+$/.test(text) &&
    /\w/.test(text) &&
    !/^\/(dev|proc|sys|tmp)(\/|$)|^file:|^\.{1,2}\/?$/.test(text)
  );
}
