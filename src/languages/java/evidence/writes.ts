import { posix } from 'node:path';
import type { Source } from '../../../kit/dialect.ts';
import { joinPaths, SIGNS } from '../../../kit/paths.ts';
import type { Reader } from '../../../kit/program.ts';
import { callsOf, type Sources } from '../../../kit/sources.ts';
import type { Value } from '../../../kit/value.ts';
import { findWrites, type Write, type WriteRow } from '../../../kit/writes.ts';
import { lineNumber, table } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import type { Module } from './build.ts';
import type { Config, Entry } from './config.ts';
import { type Framework, frameworkOf } from './frameworks.ts';

/** Addresses of databases in files. */
const FILES = /^jdbc:(?:sqlite|h2|hsqldb|derby|duckdb):/;

/** What a URL of a database says, at its place in a call. */
const byUrl = (call: string, of: RegExp, place: number | string = 0): WriteRow => ({
  call,
  of,
  path: place,
  what: 'a database',
  common: true,
  when: { place, is: FILES },
});

/** Calls that write, `of` being what their file says. */
const ROWS: readonly WriteRow[] = [
  ...['getConnection', 'setUrl', 'setJdbcUrl', 'setURL', 'url', 'jdbcUrl'].map((call) =>
    byUrl(call, /\bsql\b|DataSource|Hikari/),
  ),
  byUrl('create', /\bJdbi\b|JdbcConnectionPool/),
  byUrl('connect', /\bexposed\b/),
  byUrl('connect', /\bexposed\b/, 'url'),
  {
    call: 'open',
    of: /\brocksdb\b/,
    path: [1, 0],
    what: 'a database',
    folder: true,
    common: true,
    docs: 'https://github.com/facebook/rocksdb/wiki/RocksJava-Basics',
  },
  { call: 'open', of: /\b(?:leveldb|iq80)\b/, path: 0, what: 'a database', folder: true, common: true },
  {
    call: 'fileDB',
    of: /\bDBMaker\b/,
    path: 0,
    what: 'a database',
    docs: 'https://jankotek.gitbooks.io/mapdb',
  },
  { call: 'open', of: /\bFSDirectory\b/, path: 0, what: 'data', folder: true, common: true },
  { call: 'transferTo', of: /\bMultipartFile\b/, path: 0, what: 'uploads', common: true },
  { call: 'multipartConfig', path: 0, what: 'uploads', folder: true, common: true },
  ...['FileWriter', 'FileOutputStream', 'RandomAccessFile', 'PrintWriter', 'PrintStream'].map(
    (call): WriteRow => ({ call, of: /\bjava\.io\b/, path: 0, what: 'data', common: true }),
  ),
  ...['write', 'writeString', 'newBufferedWriter', 'newOutputStream'].map(
    (call): WriteRow => ({ call, of: /\bFiles\b/, path: 0, what: 'data', common: true }),
  ),
  ...['createDirectories', 'createDirectory'].map(
    (call): WriteRow => ({ call, of: /\bFiles\b/, path: 0, what: 'data', folder: true, common: true }),
  ),
  ...['copy', 'move'].map(
    (call): WriteRow => ({ call, of: /\bFiles\b/, path: 1, what: 'data', common: true }),
  ),
];

/** What a file must hold to be read for what it writes. */
export const MAY_WRITE =
  /jdbc:|rocksdb|leveldb|DBMaker|FSDirectory|transferTo|FileWriter|FileOutputStream|RandomAccessFile|PrintWriter|PrintStream|\bFiles\.(?:write|new|create|copy|move)|\.mkdirs?\(/;

/** How paths are made, and the folders that the JVM knows. */
export const PATHS: readonly Reader[] = [
  {
    of: /(?:^|[.\s])(?:File|Path\.of|Paths\.get|Path)$/,
    read: ({ args, worth, chain }) =>
      chain.at(-1)?.kind === 'call' && args.length > 0 ? joinPaths(args.map((arg) => worth(arg))) : undefined,
  },
  {
    of: /^System\.getProperty$/,
    read({ args, text, at }) {
      const folder = FOLDERS[text(args[0]) ?? ''];
      return folder === undefined ? undefined : { text: folder, at };
    },
  },
];

const FOLDERS: Readonly<Record<string, string>> = table({
  'user.home': SIGNS.home,
  'user.dir': SIGNS.cwd,
  'java.io.tmpdir': '/tmp',
});

/** Everything that a module's program writes: by its code, its configuration, and that of its loggers. */
export function writesOf(
  project: Project,
  sources: Sources,
  config: Config,
  module: Module,
): readonly Write[] {
  const coded = findWrites(sources, ROWS, ({ call = '', of }) =>
    callsOf(sources, call).filter(
      ({ source, name }) =>
        // a method of the program's own is another one
        !source.functions.some((own) => own.name === name) &&
        (of === undefined || of.test(`${name}\n${source.code}`)),
    ),
  );
  return [
    ...coded.map(database),
    ...made(sources),
    ...configured(config, frameworkOf(module)),
    ...logged(project, module.resources),
  ];
}

/** Databases that are a folder, or several files beside each other. */
function database(write: Write): Write {
  const url = write.value.text ?? '';
  if (!FILES.test(url)) return write;
  return {
    ...write,
    what: 'a database',
    folder: /^jdbc:derby:/.test(url),
    beside: /^jdbc:(?:h2|hsqldb)/.test(url),
  };
}

/** `new File("uploads").mkdirs()`. */
function made(sources: Sources): readonly Write[] {
  const folders = sources.files.flatMap((source) => madeIn(source));
  if (folders.length === 0) return [];
  return findWrites(
    sources,
    [{ call: 'File', path: 0, what: 'data', folder: true, common: true }],
    ({ call = '' }) =>
      callsOf(sources, call).filter(({ source, to }) =>
        folders.some((one) => one.source === source && one.to === to),
      ),
  );
}

function madeIn(source: Source): readonly { readonly source: Source; readonly to: number }[] {
  return [...source.code.matchAll(/\)\s*\.mkdirs?\s*\(/g)].map(({ index }) => ({ source, to: index + 1 }));
}

const KEYS: readonly { readonly key: RegExp; readonly what: Write['what']; readonly folder: boolean }[] = [
  {
    key: /^(?:%prod\.)?(?:logging\.file\.name|logging\.file|quarkus\.log\.file\.path)$/,
    what: 'a log',
    folder: false,
  },
  { key: /^logging\.(?:file\.)?path$|^server\.tomcat\.accesslog\.directory$/, what: 'a log', folder: true },
  { key: /\.currentLogFilename$/, what: 'a log', folder: false },
  {
    key: /^spring\.servlet\.multipart\.location$|^quarkus\.http\.body\.uploads-directory$|(?:upload|storage|attachment|media)s?[.-]?(?:dir(?:ectory)?|path|folder|location|root)$/i,
    what: 'uploads',
    folder: true,
  },
];

/** A path: not an address, not a pattern, nothing of the classpath. */
const PATH = /^(?:~|\.{1,2})?\/?[\w-][\w.-]*(?:\/[\w.-]+)*\/?$/;

function configured(config: Config, framework: Framework | undefined): readonly Write[] {
  return [...config.values()].flatMap((entry) => {
    const { text = '', at } = entry;
    const jdbc = FILES.test(text);
    const row = jdbc ? undefined : KEYS.find(({ key }) => key.test(entry.key));
    if (!jdbc && (row === undefined || !PATH.test(text))) return [];
    const what = row?.what ?? 'a database';
    const value = written(entry, framework);
    const write = {
      at,
      by: at,
      what,
      folder: row?.folder ?? false,
      beside: what === 'a log',
      common: true,
      value,
    };
    return [database(write)];
  });
}

/** The variable that says it instead, which its owner named or the framework reads. */
function written({ text, variable, key, at }: Entry, framework: Framework | undefined): Value {
  const name = variable ?? framework?.overrides?.(key);
  return { text, at, ...(name === undefined ? {} : { variable: name }) };
}

/** Files of Logback and Log4j: https://logback.qos.ch/manual/appenders.html, https://logging.apache.org/log4j/2.x/manual/appenders.html. */
function logged(project: Project, resources: readonly string[]): readonly Write[] {
  const names = ['logback-spring.xml', 'logback.xml', 'log4j2-spring.xml', 'log4j2.xml', 'log4j.xml'];
  const file = resources
    .flatMap((folder) => names.map((name) => posix.join(folder, name)))
    .find((path) => project.isFile(path));
  const text =
    file === undefined
      ? ''
      : (project.read(file) ?? '').replace(/<!--[\s\S]*?-->/g, (all) => all.replace(/[^\n]/g, ' '));
  if (file === undefined) return [];
  const said = new Map(
    [
      ...text.matchAll(/<property\s[^>]{0,200}?\bname="([\w.-]+)"[^>]{0,200}?\bvalue="([^"]*)"/gi),
      ...text.matchAll(/<property\s+name="([\w.-]+)"\s*>([^<]*)</gi),
    ].map(([, name = '', value = '']) => [name, value.trim()]),
  );
  const found = [
    ...text.matchAll(/<file>\s*([^<\s]+)\s*<\/file>/gi),
    ...text.matchAll(/\bfileName="([^"]+)"/gi),
  ];
  return found.map((match) => ({
    at: `${file}:${lineNumber(text, match.index)}`,
    by: file,
    what: 'a log',
    folder: false,
    beside: true,
    common: true,
    value: filled(match[1] ?? '', said),
  }));
}

/** `${LOG_DIR:-logs}/app.log`: a name of the file, else a variable of the environment with what holds without it. */
function filled(text: string, said: ReadonlyMap<string, string>, depth = 0): Value {
  const at = /\$\{(?:env:)?([\w.-]+?)(?::-([^${}]*))?\}/.exec(text);
  if (at === null) return /\$\{/.test(text) ? {} : { text };
  const [whole, name = '', otherwise] = at;
  const own = said.get(name);
  if (own !== undefined && depth < 8)
    return filled(
      text.replace(whole, () => own),
      said,
      depth + 1,
    );
  if (otherwise === undefined) return {};
  if (!/^[A-Z][A-Z0-9_]*$/.test(name) || at.index > 0)
    return depth < 8
      ? filled(
          text.replace(whole, () => otherwise),
          said,
          depth + 1,
        )
      : {};
  const rest = filled(text.slice(whole.length), said, depth + 1);
  return { variable: name, parts: [{ variable: name, text: otherwise }, rest] };
}
