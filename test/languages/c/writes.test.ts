import { describe, expect, test } from 'vitest';
import type { CApp } from '../../../src/languages/c/plan/plan.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';

const program = (body: string, before = '', more: Files = {}): Files => ({
  'app.c': `#include <stdio.h>\n${before}int main(void) {\n  ${body}\n  return 0;\n}\n`,
  ...more,
});
const plan = async (files: Files) => (await planned(await projectOf(files, 'app'), 'slim')) as Plan<CApp>;
const made = async (files: Files) => (await plan(files)).app.compile.commands.slice(2);

describe('a server that writes files of names that cannot be read', () => {
  const server = (body: string, more: Files = {}) =>
    program(
      `${body}\n  a.sin_port = htons(8126); bind(s, 0, 0); listen(s, 5);`,
      '#include <netinet/in.h>\n',
      more,
    );

  test.each<[string, string, string | undefined, readonly string[]]>([
    [
      'one that it puts together',
      'snprintf(f, 99, "dump-%d.%s", pid, end); fopen(f, "w");',
      'data',
      ['/app/data'],
    ],
    ['one of a configuration', 'open(conf->state, O_CREAT | O_RDWR, 0600);', 'data', ['/app/data']],
    ['beside one that is read', 'fopen("a.log", "a"); fopen(conf->state, "w");', 'data', ['/app/data']],
    ['a device that is only opened', 'open(name, O_RDWR);', undefined, []],
    ['a word of the command line', 'fopen(argv[1], "w");', undefined, []],
    ['what it reads', 'fopen(conf->state, "r");', undefined, []],
  ])('%s', async (_, body, folder, volumes) => {
    const { folder: starts, volumes: made } = await plan(server(body));
    expect([starts, made]).toEqual([folder, volumes]);
  });

  test('what it reads of the folder that it starts in keeps it there, and it is told', async () => {
    const files = server('fopen(conf->state, "w"); fopen("app.conf", "r");', { 'app.conf': 'state x\n' });
    const { folder, notes } = await plan(files);
    expect(folder).toBeUndefined();
    expect(notes.map(({ text }) => text).join()).toContain(
      'app.c:4 writes a file whose name is not read here',
    );
  });

  test('a program that runs to its end writes where it is told to', async () => {
    expect((await plan(program('fopen(out, "w");'))).folder).toBeUndefined();
  });
});

describe('what a program writes has a folder that its user may write to', () => {
  test.each<[string, Files, readonly string[], readonly string[]]>([
    [
      'a database beside itself',
      program('sqlite3_open("shop.db", &db);'),
      ['/app/data'],
      ['install -d -m 1777 /install/app/data', 'ln -s /app/data/shop.db /install/app/shop.db'],
    ],
    [
      'a log in a folder',
      program('FILE *f = fopen("logs/app.log", "a");'),
      ['/app/logs'],
      ['install -d -m 1777 /install/app/logs'],
    ],
    [
      'a path by a macro',
      program('open(STATE, O_RDWR | O_CREAT, 0600);', '#define STATE "/var/lib/app/state"\n'),
      ['/var/lib/app'],
      ['install -d -m 1777 /install/var/lib/app'],
    ],
    [
      'a folder that it makes',
      program('mkdir("uploads", 0755);'),
      ['/app/uploads'],
      ['install -d -m 1777 /install/app/uploads'],
    ],
    [
      'a folder of LevelDB',
      { 'app.cpp': 'int main() { leveldb::DB::Open(options, "store", &db); }\n' },
      ['/app/store'],
      ['install -d -m 1777 /install/app/store'],
    ],
    [
      'a file of a folder of the system',
      program('fopen("/etc/todos", "w");'),
      ['/app/data'],
      [
        'install -d -m 1777 /install/app/data',
        'mkdir -p /install/etc',
        'ln -s /app/data/todos /install/etc/todos',
      ],
    ],
    [
      'one above it',
      program('fopen("../shop.db", "w+");'),
      ['/app/data'],
      ['install -d -m 1777 /install/app/data', 'ln -s /app/data/shop.db /install/shop.db'],
    ],
    [
      'one folder in another',
      program('mkdir("data", 0755); fopen("data/log/x.log", "a");'),
      ['/app/data'],
      ['install -d -m 1777 /install/app/data /install/app/data/log'],
    ],
  ])('%s', async (_, files, volumes, commands) => {
    const { volumes: found } = await plan(files);
    expect(found).toEqual(volumes);
    expect(await made(files)).toEqual(commands);
  });

  test('a variable is pointed at it', async () => {
    const files = program('const char *at = getenv("SHOP_DB"); sqlite3_open(at ? at : "shop.db", &db);');
    const { env, volumes } = await plan(files);
    expect(env).toEqual([{ name: 'SHOP_DB', value: '/app/data/shop.db' }]);
    expect(volumes).toEqual(['/app/data']);
  });

  test.each<[string, Files]>([
    [
      'what it only reads',
      program('fopen("shop.db", "r"); sqlite3_open_v2("shop.db", &db, SQLITE_OPEN_READONLY, 0);'),
    ],
    ['a device', program('fopen("/dev/null", "w");')],
    ['what is temporary', program('fopen("/tmp/x", "w");')],
    ['what is kept in memory', program('sqlite3_open(":memory:", &db);')],
    ['what a comment says', program('/* fopen("shop.db", "w"); */')],
    ['a method of that name', { 'app.cpp': 'int main() { window.open("shop.db", O_RDWR); }\n' }],
    ['a path that is not known', program('char p[9]; fgets(p, 9, stdin); fopen(p, "w");')],
  ])('%s: none', async (_, files) => {
    expect((await plan(files)).volumes).toEqual([]);
    expect(await made(files)).toEqual([]);
  });

  test('the file of a process is warned of, with where it would go', async () => {
    const { notes, volumes } = await plan(program('FILE *f = fopen("/var/run/app.pid", "w");'));
    expect(volumes).toEqual([]);
    expect(notes).toContainEqual({
      level: 'warning',
      text: 'app.c:3 writes /var/run/app.pid, where its user may not write.',
      fix: 'Give it a folder in memory: docker run --tmpfs /var/run',
    });
  });
});
