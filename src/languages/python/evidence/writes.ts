import { posix } from 'node:path';
import type { Range, Source } from '../../../kit/dialect.ts';
import { SIGNS } from '../../../kit/paths.ts';
import type { Program } from '../../../kit/program.ts';
import { enclosing, expressionEnd } from '../../../kit/ranges.ts';
import { callsOf, lineAt } from '../../../kit/sources.ts';
import { codeOf, member, textOf } from '../../../kit/syntax.ts';
import type { Value } from '../../../kit/value.ts';
import { worth } from '../../../kit/worth.ts';
import { findWrites, type What, type Write, type WriteRow } from '../../../kit/writes.ts';
import { verbatim } from '../../../project/data.ts';
import type { Modules } from './modules.ts';
import type { PythonProgram } from './program.ts';
import type { Main } from './start.ts';

interface Row extends WriteRow {
  /** The path is an address, which names a file where it begins with `sqlite`. */
  readonly address?: true;
}

const DATABASE = { what: 'a database' } as const;
const URL = { path: ['url', 0], address: true, ...DATABASE } as const;
const ANY = { what: 'data', common: true } as const;

/** Calls that write; `of` is the whole name as its module has it: `sqlite3.connect`. Undefined: a method of any object. */
const ROWS: readonly Row[] = [
  {
    call: 'connect',
    of: /^(?:aio|py)?sqlite3?\d*\.connect$|^duckdb\.connect$/,
    path: ['database', 0],
    ...DATABASE,
  },
  { call: 'Connection', of: /^apsw\.Connection$/, path: 0, ...DATABASE },
  {
    call: 'create_engine',
    of: /^(?:sqlalchemy|sqlmodel)\b/,
    ...URL,
    docs: 'https://docs.sqlalchemy.org/en/20/core/engines.html',
  },
  { call: 'create_async_engine', of: /^(?:sqlalchemy|sqlmodel)\b/, ...URL },
  { call: 'SQLAlchemyJobStore', of: /^apscheduler\b/, ...URL },
  { call: 'Database', of: /^databases\.Database$/, ...URL },
  { call: 'connect', of: /^(?:dataset|playhouse\.db_url)\.connect$/, ...URL },
  { call: 'init', of: /^tortoise\.Tortoise\.init$/, ...URL, path: 'db_url' },
  { call: 'register_tortoise', of: /^tortoise\b/, ...URL, path: 'db_url' },
  { call: 'SqliteDatabase', of: /^peewee\b/, path: 0, ...DATABASE },
  { call: 'SqliteExtDatabase', of: /^playhouse\b/, path: 0, ...DATABASE },
  { call: 'SQLiteEngine', of: /^piccolo\b/, path: ['path', 0], otherwise: 'piccolo.sqlite', ...DATABASE },
  { call: 'TinyDB', of: /^tinydb\b/, path: 0, ...DATABASE },
  { call: 'open', of: /^(?:shelve|dbm(?:\.\w+)?)\.open$/, path: 0, beside: true, ...DATABASE },
  { call: 'open', of: /^lmdb\.open$/, path: 0, folder: true, ...DATABASE },
  { call: 'DB', of: /^plyvel\.DB$/, path: 0, folder: true, ...DATABASE },
  {
    call: 'PersistentClient',
    of: /^chromadb\.PersistentClient$/,
    path: ['path', 0],
    otherwise: 'chroma',
    folder: true,
    ...DATABASE,
  },
  { call: 'QdrantClient', of: /^qdrant_client\b/, path: 'path', folder: true, ...DATABASE },
  { call: 'PicklePersistence', of: /^telegram\.ext\b/, path: ['filepath', 0], beside: true, what: 'data' },
  // logs
  ...['FileHandler', 'WatchedFileHandler'].map(
    (call): Row => ({ call, of: /^logging\b/, path: ['filename', 0], what: 'a log' }),
  ),
  ...['RotatingFileHandler', 'TimedRotatingFileHandler'].map(
    // it renames what is full
    (call): Row => ({ call, of: /^logging\b/, path: ['filename', 0], what: 'a log', beside: true }),
  ),
  { call: 'basicConfig', of: /^logging\b/, path: 'filename', what: 'a log' },
  { call: 'add', of: /^loguru\.logger\.add$/, path: ['sink', 0], what: 'a log', common: true },
  // files of any kind
  ...([1, 'mode'] as const).map(
    (place): Row => ({
      call: 'open',
      of: /^(?:aiofiles\.|io\.|codecs\.)?open$/,
      path: ['file', 0],
      when: { place, is: /^[rwaxbt+]*[wax+]/ },
      ...ANY,
    }),
  ),
  { call: 'makedirs', of: /^os\.makedirs$/, path: ['name', 0], folder: true, ...ANY },
  { call: 'mkdir', of: /^os\.mkdir$/, path: ['path', 0], folder: true, ...ANY },
];

/** Methods of a path: `Path('data').mkdir()`. */
const METHODS: readonly { readonly call: string; readonly folder: boolean; readonly mode?: true }[] = [
  { call: 'mkdir', folder: true },
  { call: 'write_text', folder: false },
  { call: 'write_bytes', folder: false },
  { call: 'touch', folder: false },
  { call: 'open', folder: false, mode: true },
];

/** Settings that frameworks write to, by the name of an assignment, a keyword or a key. */
const SETTINGS: readonly {
  readonly name: string;
  readonly what: What;
  readonly folder: boolean;
  readonly address?: true;
}[] = [
  // https://docs.djangoproject.com/en/stable/ref/settings/#media-root
  { name: 'MEDIA_ROOT', what: 'uploads', folder: true },
  { name: 'UPLOAD_FOLDER', what: 'uploads', folder: true },
  { name: 'UPLOADED_FILES_DEST', what: 'uploads', folder: true },
  { name: 'SESSION_FILE_DIR', what: 'data', folder: true },
  { name: 'CACHE_DIR', what: 'a cache', folder: true },
  // https://flask-sqlalchemy.readthedocs.io/en/stable/config/
  { name: 'SQLALCHEMY_DATABASE_URI', what: 'a database', folder: false, address: true },
];

/** All that the program writes. */
export function writesOf(program: PythonProgram, modules: Modules, main: Main): readonly Write[] {
  const files = program.sources;
  const elsewhere = movedLines(files);
  const sources = { files, packages: new Set<string>(), opaque: [], program };
  const named = ROWS.flatMap((row) =>
    findWrites(sources, [row], ({ call = '', of }) =>
      callsOf(sources, call).filter((one) => of?.test(modules.qualified(one.source.path, one.name)) ?? true),
    ).filter((write) => row.address !== true || isFile(write.value)),
  );
  return [
    ...named,
    ...files.flatMap((source) => [
      ...methodsIn(program, source),
      ...settingsIn(program, source, main),
      ...djangoIn(program, source),
    ]),
    // a dash is the standard output
  ].filter(
    ({ at, value }) =>
      value.text !== ':memory:' &&
      value.text !== '-' &&
      !elsewhere.has(at) &&
      program.subcommands().runs(at, program.words),
  );
}

const MOVES = /\b(?:chdir|mkdtemp|TemporaryDirectory)\s*\(/;

/** Lines of functions that go to another folder, or make one that does not last: what they write is not beside the program. */
function movedLines(files: readonly Source[]): ReadonlySet<string> {
  const found = new Set<string>();
  // functions are only looked for in the few files that have such a word
  for (const source of files.filter(({ text }) => MOVES.test(text)))
    for (const { body } of source.functions) {
      if (!MOVES.test(source.code.slice(body.from, body.to))) continue;
      const [first, last] = [body.from, body.to].map((at) => Number(lineAt(source, at).split(':').at(-1)));
      for (let line = first ?? 0; line <= (last ?? 0); line++) found.add(`${source.path}:${line}`);
    }
  return found;
}

/** An address that names a file: any of SQLite but the one in memory. */
function isFile({ text }: Value): boolean {
  return /^sqlite(?:\+\w+)?:\/\/\/./.test(text ?? '') && !/:memory:|mode=memory/.test(text ?? '');
}

function writeOf(
  source: Source,
  at: number,
  to: { readonly what: What; readonly folder: boolean },
  value: Value,
  common = false,
): Write {
  return {
    at: lineAt(source, at),
    by: source.path,
    beside: false,
    common,
    value,
    what: to.what,
    folder: to.folder,
  };
}

function methodsIn(program: Program, source: Source): readonly Write[] {
  return METHODS.flatMap(({ call, folder, mode }) =>
    callsOf({ files: [source] }, call).flatMap((one) => {
      const { from, to, args } = one;
      const open = source.pairs.get(to - 1) ?? from;
      const dot = source.code.slice(from, open).trimEnd().length - call.length - 1;
      if (source.code[from + dot] !== '.' || /^(?:os|shutil|io|gzip)\./.test(one.name)) return [];
      if (mode === true && !/^[wax]/.test((args[0] && textOf(source, args[0])) ?? '')) return [];
      const value = worth(program, source, { from, to: from + dot });
      const known = value.text !== undefined || value.parts !== undefined;
      return known ? writeOf(source, from, { what: 'data', folder }, value, true) : [];
    }),
  );
}

/** `MEDIA_ROOT = …`, `config["UPLOAD_FOLDER"] = …`, `{ "UPLOAD_FOLDER": … }`, `from_mapping(UPLOAD_FOLDER=…)`. */
function settingsIn(program: Program, source: Source, main: Main): readonly Write[] {
  return SETTINGS.flatMap((row) => {
    if (!source.text.includes(row.name)) return [];
    const starts = [
      ...[
        ...source.code.matchAll(new RegExp(`(?<![\\w])${verbatim(row.name)}\\s*(?::[^=\\n]+)?=(?!=)`, 'g')),
      ].map(({ index, 0: found }) => index + found.length),
      ...source.strings.flatMap(({ text, to }) =>
        text === row.name ? (afterKey(source.code, to) ?? []) : [],
      ),
    ];
    return starts.flatMap((start) => {
      const from = start + (/^\s*/.exec(source.code.slice(start, start + 40))?.[0].length ?? 0);
      const value = worth(program, source, { from, to: expressionEnd(source, from) });
      if (row.address === undefined) return writeOf(source, start, row, value);
      return isFile(value) ? writeOf(source, start, row, inInstance(value, main)) : [];
    });
  });
}

/** Behind a text that is a key: past `"]` and `=`, or past `:`. */
function afterKey(code: string, to: number): number | undefined {
  const found = /^["']*\s*(?:\]\s*=(?!=)|:)/.exec(code.slice(to, to + 20));
  return found === null ? undefined : to + found[0].length;
}

/** Flask-SQLAlchemy takes a relative path from the instance folder: https://flask.palletsprojects.com/en/stable/config/#instance-folders */
function inInstance(value: Value, { file = 'app.py' }: Main): Value {
  const { text = '' } = value;
  const [, scheme = '', path = ''] = /^(sqlite(?:\+\w+)?:\/\/\/)(.*)$/s.exec(text) ?? [];
  if (path.startsWith('/') || Object.values(SIGNS).some((sign) => path.startsWith(sign))) return value;
  const folder =
    posix.basename(file) === '__init__.py' ? posix.dirname(posix.dirname(file)) : posix.dirname(file);
  return { ...value, text: `${scheme}${SIGNS.here}${posix.join(folder, 'instance', path)}` };
}

/** https://docs.djangoproject.com/en/stable/ref/settings/#name: the entry of DATABASES whose engine is SQLite's. */
function djangoIn(program: Program, source: Source): readonly Write[] {
  if (!source.text.includes('DATABASES')) return [];
  const engines = source.strings.filter(({ text }) =>
    /^django\.(?:db|contrib\.gis\.db)\.backends\.(?:sqlite3|spatialite)$/.test(text),
  );
  const entries = engines.flatMap(({ from }) => {
    const open = braceAround(source, from);
    const range = open === undefined ? undefined : { from: open, to: (source.pairs.get(open) ?? open) + 1 };
    const name = range && member(source, range, ['NAME']);
    return name === undefined || typeof name === 'string' ? [] : [name];
  });
  // https://github.com/jazzband/dj-database-url, https://django-environ.readthedocs.io: the variable is DATABASE_URL
  const urls = [...source.code.matchAll(/(?<![\w.])(?:dj_database_url\.config|env\.db(?:_url)?)\s*\(/g)].map(
    ({ index, 0: found }): Range => ({
      from: index,
      to: (source.pairs.get(index + found.length - 1) ?? index) + 1,
    }),
  );
  return [...entries, ...urls].flatMap((range) => {
    const value = worth(program, source, range);
    const address = /^(?:dj_|env)/.test(codeOf(source, range));
    return address && !isFile(value)
      ? []
      : writeOf(source, range.from, { what: 'a database', folder: false }, value);
  });
}

function braceAround(source: Source, at: number): number | undefined {
  for (let open = enclosing(source, at); open !== undefined; open = enclosing(source, open))
    if (source.code[open] === '{') return open;
  return undefined;
}
