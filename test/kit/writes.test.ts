import { beforeAll, describe, expect, test } from 'vitest';
import { languageOf } from '../../src/facts/choose.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, planned } from '../planned.ts';

interface Expected {
  readonly volumes?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly links?: readonly string[];
  readonly owner?: readonly string[];
  readonly warns?: RegExp;
}

type Row = readonly [name: string, program: string, expected: Expected, beside?: Files];

const around = (program: string, beside: Files = {}): Files => ({
  'package.json': JSON.stringify({
    scripts: { start: 'node server.js' },
    dependencies: { express: '^5.1.0' },
  }),
  'server.js': `${program}\nrequire('express')().listen(3000);\n`,
  ...beside,
});

const SQLITE = "const { DatabaseSync } = require('node:sqlite');\n";
const FS = "const fs = require('node:fs');\nconst path = require('node:path');\n";

const DATABASES: readonly Row[] = [
  [
    'beside the program',
    `${SQLITE}new DatabaseSync('shop.db');`,
    { volumes: ['/data'], links: ['/app/shop.db → /data/shop.db'] },
  ],
  ['in a folder of its own', `${SQLITE}new DatabaseSync('./data/shop.db');`, { volumes: ['/app/data'] }],
  [
    'a constant of another file',
    `${SQLITE}const { FILE } = require('./config');\nnew DatabaseSync(FILE);`,
    { volumes: ['/app/var'] },
    { 'config.js': "exports.FILE = 'var/shop.db';\n" },
  ],
  [
    'the default of a variable',
    `${SQLITE}new DatabaseSync(process.env.DATABASE_FILE ?? 'shop.db');`,
    { volumes: ['/data'], env: { DATABASE_FILE: '/data/shop.db' } },
  ],
  [
    'what the example of the variables says',
    `${SQLITE}new DatabaseSync(process.env.DATABASE_FILE);`,
    { volumes: ['/data'], env: { DATABASE_FILE: '/data/orders.db' } },
    { '.env.example': 'DATABASE_FILE=./orders.db\n' },
  ],
  [
    'a variable that nothing gives a value',
    `${SQLITE}new DatabaseSync(process.env.DATABASE_FILE);`,
    { volumes: ['/data'], env: { DATABASE_FILE: '/data/data.db' } },
  ],
  [
    'a variable for the folder, and a name behind it',
    `${SQLITE}${FS}new DatabaseSync(path.join(process.env.DATA_DIR || '.', 'shop.db'));`,
    { volumes: ['/data'], env: { DATA_DIR: '/data' } },
  ],
  [
    'the default of a flag',
    `${SQLITE}const { values } = require('node:util').parseArgs({ options: { db: { type: 'string', default: 'shop.db' } } });\nnew DatabaseSync(values.db);`,
    { volumes: ['/data'], args: ['--db=/data/shop.db'] },
  ],
  [
    'a member that is there under a condition',
    "const file = process.env.DB_FILE || 'db/shop';\nrequire('knex')({ client: 'better-sqlite3', connection: { ...(process.env.LITE && { filename: file }), host: 'db' } });",
    { volumes: ['/data'], env: { DB_FILE: '/data/shop' } },
    {
      'package.json':
        '{ "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.1.0", "knex": "^3.1.0" } }',
    },
  ],
  [
    'an address of a file',
    "const { createClient } = require('@libsql/client');\ncreateClient({ url: process.env.DATABASE_URL || 'file:local.db' });",
    { volumes: ['/data'], env: { DATABASE_URL: 'file:/data/local.db' } },
  ],
  [
    'a default export',
    "import Sqlite from 'better-sqlite3';\nconst db = new Sqlite('shop.db', { timeout: 5 });",
    { volumes: ['/data'], links: ['/app/shop.db → /data/shop.db'] },
  ],
  [
    'called as it is required',
    "const db = require('better-sqlite3')('data/shop.db');",
    { volumes: ['/app/data'] },
  ],
  [
    'beside its own file',
    `${SQLITE}${FS}new DatabaseSync(path.join(__dirname, 'db', 'shop.db'));`,
    { volumes: ['/app/db'] },
  ],
  ['outside of the program', `${SQLITE}new DatabaseSync('/etc/shop/shop.db');`, { volumes: ['/etc/shop'] }],
  [
    'above the program',
    `${SQLITE}new DatabaseSync('../shop.db');`,
    { volumes: ['/data'], links: ['/shop.db → /data/shop.db'] },
  ],
  [
    'in the home folder',
    `${SQLITE}${FS}new DatabaseSync(path.join(require('node:os').homedir(), '.shop', 'shop.db'));`,
    { volumes: ['/data/.shop'], env: { HOME: '/data' } },
  ],
  ['in memory', `${SQLITE}new DatabaseSync(':memory:');`, {}],
  ['in a folder that a container has', `${SQLITE}new DatabaseSync('/tmp/shop.db');`, {}],
  [
    'on a server',
    "const { createClient } = require('@libsql/client');\ncreateClient({ url: 'libsql://shop.turso.io' });",
    {},
  ],
  ['in a comment', `${SQLITE}// new DatabaseSync('shop.db');`, {}],
  [
    'only when it is asked for',
    `${SQLITE}if (process.env.DB_FILE) {\n  new DatabaseSync(process.env.DB_FILE);\n}`,
    {},
  ],
  [
    'a path that cannot be read',
    `${SQLITE}new DatabaseSync(ask());`,
    { warns: /^server\.js:2 writes a database where the source does not say/ },
  ],
  [
    'a file that is written anew beside itself',
    "const { JSONFilePreset } = require('lowdb/node');\nJSONFilePreset('db.json', {});",
    { warns: /^server\.js:2 writes a database to \/app\/db\.json, which is not its own/ },
  ],
  [
    'a folder that the project fills',
    `${SQLITE}new DatabaseSync('data/shop.db');`,
    { volumes: ['/app/data'], owner: ['data'] },
    { 'data/seed.json': '{}' },
  ],
  [
    'a folder that holds code',
    `${SQLITE}new DatabaseSync('src/shop.db');`,
    { volumes: ['/data'], links: ['/app/src/shop.db → /data/shop.db'] },
    { 'src/other.js': '' },
  ],
];

const OTHERS: readonly Row[] = [
  [
    'logs of winston',
    "const winston = require('winston');\nwinston.createLogger({ transports: [new winston.transports.File({ filename: 'logs/app.log' })] });",
    { volumes: ['/app/logs'] },
  ],
  [
    'standard output, by its number, is no file',
    "const pino = require('pino');\npino({}, pino.destination(1));",
    { volumes: [] },
  ],
  [
    'uploads of multer',
    "const multer = require('multer');\nconst upload = multer({ dest: process.env.UPLOADS || 'uploads/' });",
    { volumes: ['/data'], env: { UPLOADS: '/data/uploads' } },
  ],
  [
    'uploads whose folder a function says',
    "const multer = require('multer');\nconst storage = multer.diskStorage({ destination: (request, file, done) => done(null, 'public/uploads') });",
    { volumes: ['/app/public/uploads'] },
  ],
  [
    'sessions, by the default of the package',
    "const FileStore = require('session-file-store')(require('express-session'));\nnew FileStore({});",
    { volumes: ['/app/sessions'] },
  ],
  [
    'a folder that it makes',
    `${FS}fs.mkdirSync(path.join(__dirname, 'storage', 'images'), { recursive: true });`,
    { volumes: ['/app/storage/images'] },
  ],
  ['a file whose name is not known', `${FS}fs.writeFileSync(name(), 'x');`, {}],
  [
    'a folder of files whose names are not known',
    `${FS}fs.writeFileSync(path.join('cache', name() + '.json'), 'x');`,
    { volumes: ['/app/cache'] },
  ],
];

const shown = (plan: Plan): Required<Omit<Expected, 'warns'>> => ({
  volumes: plan.volumes ?? [],
  env: Object.fromEntries(
    plan.env.filter(({ name }) => !/^NODE_|^PORT$/.test(name)).map(({ name, value }) => [name, value]),
  ),
  args: [...plan.start.entrypoint, ...plan.start.command].filter((word) => /^--\w/.test(word)),
  links: (plan.links?.commands ?? []).flatMap((command) => {
    const [, to, path] = /^ln -s (\S+) \/links(\S+)$/.exec(command) ?? [];
    return path === undefined ? [] : [`${path} → ${to}`];
  }),
  owner: plan.artifacts.filter(({ owner }) => owner !== undefined).map(({ source }) => source),
});

// the language is loaded once, and not in the time of its first row
beforeAll(async () => {
  await languageOf('node').rules();
}, 60_000);

for (const [title, rows] of [
  ['a database', DATABASES],
  ['what is written', OTHERS],
] as const) {
  describe(title, () => {
    for (const [name, program, { warns, ...expected }, beside = {}] of rows)
      test(name, async () => {
        const plan = await planned(await projectOf(around(program, beside), 'shop'), 'slim');
        expect(shown(plan)).toEqual({ volumes: [], env: {}, args: [], links: [], owner: [], ...expected });
        const told = plan.notes.filter(({ level, text }) => level === 'warning' && text.includes(' writes '));
        expect(told.map(({ text }) => text)).toEqual(
          warns === undefined ? [] : [expect.stringMatching(warns)],
        );
        // whoever may write there is the one that the program runs as
        expect(plan.folders ?? []).toEqual(expect.arrayContaining([...(plan.volumes ?? [])]));
      });
  });
}
