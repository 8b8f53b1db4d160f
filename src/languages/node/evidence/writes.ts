import { exampleOf } from '../../../kit/env-file.ts';
import { type Called, callsOf, type Sources } from '../../../kit/sources.ts';
import { findWrites, type Write, type WriteRow } from '../../../kit/writes.ts';
import type { Project } from '../../../project/project.ts';
import { callsOfModule, importsOf, moduleOf } from './imports.ts';

const FS = /^(?:fs|fs\/promises|fs-extra|graceful-fs)$/;

/** Calls that write, by the module that they are of. */
const ROWS: readonly WriteRow[] = [
  // databases as files
  {
    of: /^better-sqlite3(?:-multiple-ciphers)?$/,
    path: 0,
    what: 'a database',
    docs: 'https://github.com/WiseLibs/better-sqlite3/blob/master/docs/api.md',
  },
  {
    call: 'DatabaseSync',
    of: /^sqlite$/,
    path: 0,
    what: 'a database',
    docs: 'https://nodejs.org/api/sqlite.html',
  },
  {
    call: 'Database',
    of: /^(?:sqlite3|@vscode\/sqlite3|bun:sqlite|sqlite3-wasm|node-sqlite3-wasm)$/,
    path: 0,
    what: 'a database',
    docs: 'https://github.com/TryGhost/node-sqlite3/wiki/API',
  },
  {
    call: 'open',
    of: /^sqlite$/,
    path: 'filename',
    what: 'a database',
    docs: 'https://github.com/kriasoft/node-sqlite',
  },
  {
    call: 'createClient',
    of: /^@libsql\/client/,
    path: 'url',
    what: 'a database',
    docs: 'https://docs.turso.tech/sdk/ts/reference',
  },
  {
    call: 'drizzle',
    of: /^drizzle-orm\/(?:better-sqlite3|bun-sqlite|libsql)/,
    path: [0, 'connection.url', 'connection.source', 'connection'],
    what: 'a database',
    docs: 'https://orm.drizzle.team/docs/get-started-sqlite',
  },
  {
    of: /^knex$/,
    path: 'connection.filename',
    what: 'a database',
    docs: 'https://knexjs.org/guide/#configuration-options',
  },
  {
    call: 'Sequelize',
    of: /^(?:sequelize|sequelize-typescript|@sequelize\/core)$/,
    path: 'storage',
    what: 'a database',
    docs: 'https://sequelize.org/docs/v6/getting-started/',
  },
  {
    call: 'DataSource',
    of: /^typeorm$/,
    path: 'database',
    what: 'a database',
    when: { place: 'type', is: /sqlite|sqljs/ },
    docs: 'https://typeorm.io/docs/data-source/data-source-options',
  },
  {
    call: 'createConnection',
    of: /^typeorm$/,
    path: 'database',
    what: 'a database',
    when: { place: 'type', is: /sqlite|sqljs/ },
  },
  {
    call: 'forRoot',
    of: /^@nestjs\/(?:typeorm|sequelize)$/,
    path: ['storage', 'database'],
    what: 'a database',
    when: { place: 'type', is: /sqlite|sqljs/ },
    docs: 'https://docs.nestjs.com/techniques/database',
  },
  {
    call: 'JSONFilePreset',
    of: /^lowdb/,
    path: 0,
    what: 'a database',
    beside: true,
    docs: 'https://github.com/typicode/lowdb',
  },
  { call: 'JSONFile', of: /^lowdb/, path: 0, what: 'a database', beside: true },
  { call: 'JSONFileSync', of: /^lowdb/, path: 0, what: 'a database', beside: true },
  { of: /^lowdb\/adapters\/FileSync$/, path: 0, what: 'a database' },
  {
    of: /^(?:nedb|@seald-io\/nedb|nedb-promises)$/,
    path: ['filename', 0],
    what: 'a database',
    beside: true,
    docs: 'https://github.com/seald/nedb',
  },
  { call: 'create', of: /^nedb-promises$/, path: ['filename', 0], what: 'a database', beside: true },
  {
    call: 'Level',
    of: /^level$/,
    path: 0,
    what: 'a database',
    folder: true,
    docs: 'https://github.com/Level/level',
  },
  { call: 'ClassicLevel', of: /^classic-level$/, path: 0, what: 'a database', folder: true },
  { of: /^(?:level|leveldown|levelup|rocksdb)$/, path: 0, what: 'a database', folder: true },
  {
    call: 'open',
    of: /^lmdb$/,
    path: ['path', 0],
    what: 'a database',
    folder: true,
    docs: 'https://github.com/kriszyp/lmdb-js',
  },
  {
    of: /^pouchdb(?:-node)?$/,
    path: 0,
    what: 'a database',
    folder: true,
    docs: 'https://pouchdb.com/api.html#create_database',
  },
  { of: /^@keyv\/sqlite$/, path: ['uri', 0], what: 'a database' },
  {
    call: 'init',
    of: /^node-persist$/,
    path: 'dir',
    what: 'data',
    folder: true,
    otherwise: '.node-persist/storage',
  },
  { call: 'LocalStorage', of: /^node-localstorage$/, path: 0, what: 'data', folder: true },
  { call: 'useMultiFileAuthState', path: 0, what: 'data', folder: true, docs: 'https://baileys.wiki' },
  {
    call: 'LocalAuth',
    of: /^whatsapp-web\.js$/,
    path: 'dataPath',
    what: 'data',
    folder: true,
    otherwise: '.wwebjs_auth',
  },
  {
    call: 'PrismaBetterSQLite3',
    of: /^@prisma\/adapter-better-sqlite3$/,
    path: 'url',
    what: 'a database',
    docs: 'https://www.prisma.io/docs/orm/overview/databases/sqlite',
  },
  { call: 'PrismaLibSQL', of: /^@prisma\/adapter-libsql$/, path: 'url', what: 'a database' },
  // sessions
  {
    call: 'FileStore',
    of: /^session-file-store$/,
    path: 'path',
    what: 'data',
    folder: true,
    otherwise: 'sessions',
    docs: 'https://github.com/valery-barysok/session-file-store',
  },
  {
    call: 'SQLiteStore',
    of: /^connect-sqlite3$/,
    path: 'dir',
    what: 'a database',
    folder: true,
    otherwise: '.',
    docs: 'https://github.com/rawberg/connect-sqlite3',
  },
  // uploads
  {
    of: /^multer$/,
    path: 'dest',
    what: 'uploads',
    folder: true,
    docs: 'https://github.com/expressjs/multer',
  },
  { call: 'diskStorage', of: /^multer$/, path: 'destination', what: 'uploads', folder: true, common: true },
  {
    of: /^formidable$/,
    path: 'uploadDir',
    what: 'uploads',
    folder: true,
    docs: 'https://github.com/node-formidable/formidable',
  },
  { call: 'IncomingForm', of: /^formidable$/, path: 'uploadDir', what: 'uploads', folder: true },
  { of: /^express-fileupload$/, path: 'tempFileDir', what: 'uploads', folder: true },
  { call: 'FileStore', of: /^@tus\/file-store$/, path: 'directory', what: 'uploads', folder: true },
  { call: 'diskStorage', path: 'destination', what: 'uploads', folder: true, common: true },
  // logs
  {
    call: 'File',
    of: /^winston$/,
    path: 'filename',
    under: 'dirname',
    what: 'a log',
    docs: 'https://github.com/winstonjs/winston/blob/master/docs/transports.md',
  },
  {
    call: 'DailyRotateFile',
    of: /^winston(?:-daily-rotate-file)?$/,
    path: ['dirname', 'filename'],
    what: 'a log',
    folder: true,
  },
  { of: /^winston-daily-rotate-file$/, path: ['dirname', 'filename'], what: 'a log', folder: true },
  {
    call: 'destination',
    of: /^pino$/,
    path: ['dest', 0],
    what: 'a log',
    docs: 'https://github.com/pinojs/pino/blob/main/docs/api.md#pino-destination',
  },
  { call: 'createStream', of: /^rotating-file-stream$/, path: 0, under: 'path', what: 'a log', beside: true },
  // files of any kind
  ...[
    'writeFile',
    'writeFileSync',
    'appendFile',
    'appendFileSync',
    'createWriteStream',
    'outputFile',
    'outputFileSync',
    'outputJson',
    'outputJsonSync',
    'writeJson',
    'writeJsonSync',
    'ensureFile',
    'ensureFileSync',
  ].map(
    (call): WriteRow => ({
      call,
      of: FS,
      path: 0,
      what: 'data',
      common: true,
      docs: 'https://nodejs.org/api/fs.html',
    }),
  ),
  ...['mkdir', 'mkdirSync', 'mkdirp', 'mkdirpSync', 'ensureDir', 'ensureDirSync'].map(
    (call): WriteRow => ({ call, of: FS, path: 0, what: 'data', folder: true, common: true }),
  ),
  { of: /^mkdirp$/, path: 0, what: 'data', folder: true, common: true },
  { call: 'sync', of: /^mkdirp$/, path: 0, what: 'data', folder: true, common: true },
  { call: 'Bun.write', path: 0, what: 'data', common: true, docs: 'https://bun.sh/docs/api/file-io' },
];

export function findNodeWrites(project: Project, sources: Sources): readonly Write[] {
  return [...prisma(project), ...findWrites(sources, ROWS, (row) => callsBy(sources, row))];
}

/** The calls of a row: of the module that the call's file imports. */
function callsBy(sources: Sources, { call, of }: WriteRow): readonly Called[] {
  if (call !== undefined)
    return callsOf(sources, call.split('.').at(-1) ?? call).filter((one) => {
      if (of === undefined) return !call.includes('.') || one.name === call;
      const head = moduleOf(one.source, one.name.split(/[.(]/)[0] ?? '');
      return head === undefined ? importsIn(one, of) : of.test(head);
    });
  return of === undefined ? [] : callsOfModule(sources, of);
}

function importsIn({ source, name }: Called, of: RegExp): boolean {
  // a name of the file's own is imported by it: new Database('x.db'), writeFile('x')
  const imported = importsOf(source).list.some(({ module }) => of.test(module.replace(/^node:/, '')));
  return imported && (!/^this\b/.test(name) || of === FS);
}

/** https://www.prisma.io/docs/orm/overview/databases/sqlite: a path is taken from the folder of the schema. */
function prisma(project: Project): readonly Write[] {
  const path = ['prisma/schema.prisma', 'schema.prisma'].find((one) => project.isFile(one));
  const text = path === undefined ? '' : (project.read(path) ?? '');
  const block = /datasource\s+\w+\s*\{[^}]*\}/.exec(text);
  if (path === undefined || block === null || !/provider\s*=\s*"sqlite"/.test(block[0])) return [];
  const [, variable, literal] = /\burl\s*=\s*(?:env\("(\w+)"\)|"([^"]*)")/.exec(block[0]) ?? [];
  if (variable === undefined && literal === undefined) return [];
  const line = text.slice(0, block.index).split('\n').length;
  const folder = path.includes('/') ? `${path.split('/')[0]}/` : '';
  const value =
    variable === undefined
      ? { text: (literal ?? '').replace(/^file:(?:\.\/)?/, folder) }
      : { variable, text: exampleOf(project, variable)?.value ?? 'file:./data.db' };
  return [
    {
      at: `${path}:${line}`,
      by: path,
      what: 'a database',
      folder: false,
      beside: false,
      common: false,
      value,
    },
  ];
}
