import { describe, expect, test } from 'vitest';
import type { GoApp } from '../../../src/languages/go/plan/plan.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';
import { files, main } from './project.ts';

const LISTEN = 'http.ListenAndServe(":80", nil)';
const program = (line: string, ...imports: readonly string[]): Files =>
  files({ 'main.go': main(`${line}\n\t${LISTEN}`, 'net/http', ...imports) });
const SQL = 'database/sql';

interface Seen {
  readonly volumes: readonly string[];
  readonly links: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

async function seen(project: Files): Promise<Seen> {
  const plan = (await planned(await projectOf(project, 'shop'), 'slim')) as Plan<GoApp>;
  return {
    volumes: plan.volumes ?? [],
    links: plan.links?.commands.filter((line) => line.startsWith('ln')) ?? [],
    env: Object.fromEntries(plan.env.map(({ name, value }) => [name, value])),
    args: plan.start.command,
  };
}

const NOTHING: Seen = { volumes: [], links: [], env: {}, args: [] };
const DATA = { volumes: ['/data'] };

describe('what it writes has a folder of its user', () => {
  test.each<readonly [string, Files, Partial<Seen>]>([
    ['nothing', files(), {}],
    [
      'what another command of the program writes',
      files({
        'main.go': `package main

import (
\t"net/http"
\t"os"

\t"github.com/spf13/cobra"
)

var root = &cobra.Command{Use: "shop", Run: func(c *cobra.Command, args []string) { ${LISTEN} }}

var docs = &cobra.Command{Use: "docs", Run: func(c *cobra.Command, args []string) {
\tout, _ := c.Flags().GetString("out")
\tos.MkdirAll(out, 0755)
}}

func main() {
\tdocs.Flags().String("out", "www/docs", "")
\troot.AddCommand(docs)
\troot.Execute()
}
`,
      }),
      {},
    ],
    [
      'a database in a folder',
      program('sql.Open("sqlite", "./data/shop.db")', SQL),
      { volumes: ['/app/data'] },
    ],
    [
      'a database beside the program, by a link',
      program('sql.Open("sqlite3", "file:shop.db?cache=shared")', SQL),
      { ...DATA, links: ['ln -s /data/shop.db /links/app/shop.db'] },
    ],
    [
      'one whose default a variable replaces',
      program('sql.Open("sqlite", getEnv("DB_PATH", "shop.db"))', SQL),
      { ...DATA, env: { DB_PATH: '/data/shop.db' } },
    ],
    [
      'a log that a flag turns on, which is empty until then',
      program('name := flag.String("logfile", "", "")\n\tflag.Parse()\n\tos.Create(*name)', 'flag', 'os'),
      {},
    ],
    [
      'one that a flag and its variable turn on, which are empty until then',
      program(
        'f := &cli.StringFlag{Name: "push-file", EnvVars: []string{"PUSH_FILE"}}\n\tsql.Open("sqlite", c.String("push-file"))',
        SQL,
        'github.com/urfave/cli/v2',
      ),
      {},
    ],
    [
      'one that a flag demands',
      program(
        'f := &cli.StringFlag{Name: "db", EnvVars: []string{"DB_FILE"}, Required: true}\n\tsql.Open("sqlite", c.String("db"))',
        SQL,
        'github.com/urfave/cli/v2',
      ),
      { ...DATA, env: { DB_FILE: '/data/data.db' } },
    ],
    [
      'one that flags of viper say, and one that they leave out',
      program(
        'cmd.Flags().String("database", "./shop.db", "")\n\tcmd.Flags().String("cacheDir", "", "")\n\tviper.BindPFlags(cmd.Flags())\n\tviper.AutomaticEnv()\n\tsql.Open("sqlite", viper.GetString("database"))\n\tos.MkdirAll(viper.GetString("cacheDir"), 0755)',
        SQL,
        'os',
        'github.com/spf13/viper',
      ),
      { ...DATA, env: { DATABASE: '/data/shop.db' } },
    ],
    [
      'a database in memory that is shared',
      program('sql.Open("sqlite", "file::memory:?cache=shared")', SQL),
      {},
    ],
    [
      'one that a variable alone says',
      program('sql.Open("sqlite", os.Getenv("DATABASE"))', SQL, 'os'),
      { ...DATA, env: { DATABASE: '/data/data.db' } },
    ],
    [
      'one that a flag says, with its options',
      program('p := flag.String("db", "file:shop.db?_fk=1", "")\n\tsql.Open("sqlite3", *p)', SQL, 'flag'),
      { ...DATA, args: ['--db=file:/data/shop.db?_fk=1'] },
    ],
    [
      'a folder that a variable says',
      program(
        'bolt.Open(filepath.Join(os.Getenv("DATA_DIR"), "shop.db"), 0600, nil)',
        'os',
        'path/filepath',
        'github.com/boltdb/bolt',
      ),
      { ...DATA, env: { DATA_DIR: '/data' } },
    ],
    [
      'one that the example names',
      { ...program('sql.Open("sqlite", os.Getenv("DB"))', SQL, 'os'), '.env.example': 'DB=./store/my.db\n' },
      {
        ...DATA,
        env: { DB: '/data/my.db' },
      },
    ],
    [
      'one that the example keeps in memory',
      { ...program('sql.Open("sqlite", os.Getenv("DB"))', SQL, 'os'), '.env.example': 'DB=:memory:\n' },
      {},
    ],
    ['a database in memory', program('sql.Open("sqlite", ":memory:")', SQL), {}],
    ['a database of a server', program('sql.Open("postgres", "shop.db")', SQL), {}],
    [
      'LevelDB, which is a folder',
      program('leveldb.OpenFile("state", nil)', 'github.com/syndtr/goleveldb/leveldb'),
      { volumes: ['/app/state'] },
    ],
    [
      'uploads, whose names are said by who sends them',
      program('os.MkdirAll("uploads", 0755)\n\tos.Create("uploads/" + name)', 'os'),
      { volumes: ['/app/uploads'] },
    ],
    [
      'a path outside',
      program('sql.Open("sqlite", "/var/lib/shop/shop.db")', SQL),
      { volumes: ['/var/lib/shop'] },
    ],
    [
      'a path that climbs out',
      program('sql.Open("sqlite", "../shop.db")', SQL),
      { ...DATA, links: ['ln -s /data/shop.db /links/shop.db'] },
    ],
    ['what is temporary', program('os.WriteFile("/tmp/x", nil, 0600)', 'os'), {}],
    [
      'logs that are turned over',
      program('l := &lumberjack.Logger{Filename: "logs/shop.log"}', 'gopkg.in/natefinch/lumberjack.v2'),
      { volumes: ['/app/logs'] },
    ],
    ['a file that is opened to be read', program('os.OpenFile("notes.txt", os.O_RDONLY, 0)', 'os'), {}],
    [
      'the home folder of who runs it',
      program(
        'home, _ := os.UserHomeDir()\n\tos.MkdirAll(filepath.Join(home, ".shop"), 0755)',
        'os',
        'path/filepath',
      ),
      {
        ...DATA,
        env: { HOME: '/data', USER: 'nonroot' },
      },
    ],
    [
      'who runs it, without a folder',
      program('user.Current()', 'os/user'),
      { env: { HOME: '/home/nonroot', USER: 'nonroot' } },
    ],
  ])('%s', async (_, project, right) => {
    expect(await seen(project)).toEqual({ ...NOTHING, ...right });
  });
});
