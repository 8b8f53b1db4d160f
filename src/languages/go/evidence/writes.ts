import type { Range } from '../../../kit/dialect.ts';
import { codeOf, member } from '../../../kit/syntax.ts';
import type { Value } from '../../../kit/value.ts';
import type { What, Write } from '../../../kit/writes.ts';
import { commandAround } from './arguments.ts';
import { frameworkOf } from './frameworks.ts';
import { callsOf, type GoCall, isGenerated, type Sources, search, worthIn } from './sources.ts';

/** A call that opens or makes a file or a folder, and which argument names it. */
interface Row {
  readonly call: RegExp;
  readonly of: RegExp;
  readonly argument: number;
  readonly what: What;
  readonly folder?: true;
  /** The argument that names the driver: one of SQLite's. */
  readonly driver?: number;
  /** The call is as common as files are: a path that cannot be read says nothing. */
  readonly common?: true;
}

const SQLITE = /^(sqlite3?|sqlite_?\w*|libsql|duckdb|moderncsqlite|cznicsqlite)$/;
const DATABASE = { what: 'a database' } as const;
const ROWS: readonly Row[] = [
  { call: /^Open$/, of: /^database\/sql$/, argument: 1, driver: 0, ...DATABASE },
  {
    call: /^(?:Must)?(?:Open|Connect)(?:Context)?$/,
    of: /jmoiron\/sqlx$/,
    argument: 1,
    driver: 0,
    ...DATABASE,
  },
  { call: /^NewEngine$/, of: /xorm/, argument: 1, driver: 0, ...DATABASE },
  { call: /^Open$/, of: /jinzhu\/gorm$|\/ent$/, argument: 1, driver: 0, ...DATABASE },
  { call: /^Open(?:Conn)?$/, of: /(^|\/)(gorm-)?sqlite(shim|x)?$/, argument: 0, ...DATABASE },
  { call: /^Open$/, of: /(^|\/)(bbolt|bolt|buntdb|storm)(\/v\d+)?$/, argument: 0, ...DATABASE },
  { call: /^OpenFile$/, of: /goleveldb\/leveldb$/, argument: 0, folder: true, ...DATABASE },
  { call: /^DefaultOptions$/, of: /badger(\/v\d+)?$/, argument: 0, folder: true, ...DATABASE },
  {
    call: /^Open$/,
    of: /(^|\/)(pebble|bitcask|pogreb|nutsdb|moss)(\/v\d+)?$/,
    argument: 0,
    folder: true,
    ...DATABASE,
  },
  { call: /^(?:New|Open)$/, of: /blevesearch\/bleve(\/v\d+)?$/, argument: 0, folder: true, what: 'data' },
  { call: /^DirCache$/, of: /acme\/autocert$/, argument: 0, folder: true, what: 'a cache' },
  { call: /^(?:Create|WriteFile)$/, of: /^(os|io\/ioutil)$/, argument: 0, what: 'data', common: true },
  { call: /^Mkdir(?:All)?$/, of: /^os$/, argument: 0, folder: true, what: 'data', common: true },
];
const NAMES =
  /\.(?:Open|OpenConn|OpenFile|Must(?:Open|Connect)|Connect(?:Context)?|NewEngine|DefaultOptions|New|DirCache|Create|WriteFile|Mkdir(?:All)?|SaveUploadedFile)\s*\(/g;

/** Everything that the program writes when it is given these arguments: other commands of it are for somebody else. */
export function findWrites(sources: Sources, given: readonly string[]): readonly Write[] {
  const own = { files: sources.files.filter((file) => !isGenerated(file)) };
  const framework = frameworkOf(sources);
  return [
    ...(framework?.writes ?? []).map((path) =>
      writeOf(framework?.name ?? '', '', { what: 'data', folder: true }, { text: path }),
    ),
    ...callsOf(own, NAMES).flatMap((call) => {
      const write = writtenBy(sources, call);
      const command = write && commandAround(sources, { file: call.file, index: call.from });
      return write === undefined || (command !== undefined && !given.includes(command)) ? [] : [write];
    }),
    ...logsOf(sources),
  ];
}

function writeOf(at: string, by: string, row: Pick<Row, 'what' | 'folder' | 'common'>, value: Value): Write {
  const { what, folder = false, common = false } = row;
  return { at, by, what, folder, common, beside: false, value };
}

function writtenBy(sources: Sources, call: GoCall): Write | undefined {
  const { file, args, at, last, of } = call;
  const write = (range: Range | undefined, row: Pick<Row, 'what' | 'folder' | 'common'>) => {
    const value = worthIn(sources, file, range);
    const [first = value] = value.parts ?? [];
    // a flag that is empty unless somebody says it turns something off: nothing is written then
    const unsaid = first.flag !== undefined && first.text === undefined;
    return range === undefined || unsaid ? undefined : writeOf(at, file.path, row, value);
  };
  if (last === 'OpenFile' && of === 'os') {
    const flags = args[1] === undefined ? '' : codeOf(file.lexed(), args[1]);
    const written = /O_(?:CREATE|WRONLY|RDWR|APPEND)/.test(flags);
    return written ? write(args[0], { what: 'data', common: true }) : undefined;
  }
  // https://pkg.go.dev/github.com/gin-gonic/gin#Context.SaveUploadedFile
  if (last === 'SaveUploadedFile') return write(args[1], { what: 'uploads' });
  const row = ROWS.find((one) => one.call.test(last) && of !== undefined && one.of.test(of));
  if (row === undefined) return undefined;
  const driver = row.driver === undefined ? undefined : worthIn(sources, file, args[row.driver]).text;
  return row.driver === undefined || SQLITE.test(driver ?? '') ? write(args[row.argument], row) : undefined;
}

/** https://pkg.go.dev/gopkg.in/natefinch/lumberjack.v2#Logger */
function logsOf(sources: Sources): readonly Write[] {
  return search(sources, /\blumberjack\.Logger\s*\{/g).flatMap(({ file, index, at }) => {
    const source = file.lexed();
    const open = source.code.indexOf('{', index);
    const name = member(source, { from: index, to: (source.pairs.get(open) ?? open) + 1 }, ['Filename']);
    if (typeof name === 'string') return [];
    return [writeOf(at, file.path, { what: 'a log', common: true }, worthIn(sources, file, name))];
  });
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
