import { describe, expect, test } from 'vitest';
import { isBuilt } from '../../../src/languages/go/evidence/constraints.ts';
import { openTree } from '../../../src/languages/go/evidence/tree.ts';
import { go } from '../../../src/languages/go/index.ts';
import type { GoApp } from '../../../src/languages/go/plan/plan.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import type { Platform } from '../../../src/plan/targets.ts';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found, planned, settingsOf, settled } from '../../planned.ts';
import { files, main, type Row, requiring, SERVER, server, table } from './project.ts';

const LIBRARY = { 'main.go': 'package shop\n' };

table('main', [
  ['the root', files(), '.', 'main.go, the only package main'],
  [
    'the one in cmd',
    files({ ...LIBRARY, 'cmd/server/main.go': SERVER }),
    './cmd/server',
    'cmd/server/main.go, the only package main',
  ],
  ['cmd itself', files({ ...LIBRARY, 'cmd/main.go': SERVER }), './cmd', 'cmd/main.go, the only package main'],
  [
    'a folder that is no package main is none',
    files({ ...LIBRARY, 'cmd/server/main.go': SERVER, 'cmd/tools/tools.go': 'package tools\n' }),
    './cmd/server',
    'cmd/server/main.go, the only package main',
  ],
  [
    'package main without func main is none',
    files({ ...LIBRARY, 'cmd/a/a.go': 'package main\n', 'cmd/b/main.go': SERVER }),
    './cmd/b',
    'cmd/b/main.go, the only package main',
  ],
  [
    'a generator, an example and a build for another system do not ship',
    files({
      ...LIBRARY,
      'api/main.go': SERVER,
      'gen.go': `//go:build ignore\n\n${SERVER}`,
      'examples/hello/main.go': SERVER,
      'cmd/tray/main_windows.go': SERVER,
      'hack/tool/main.go': SERVER,
    }),
    './api',
    'api/main.go, the only package main',
  ],
  [
    'what vendor holds is of others',
    files({ ...LIBRARY, 'cmd/main.go': SERVER, 'vendor/x.com/y/cmd/y/main.go': SERVER }),
    './cmd',
    'cmd/main.go, the only package main',
  ],
  [
    'two are a tie',
    files({ ...LIBRARY, 'cmd/api/main.go': SERVER, 'cmd/worker/main.go': SERVER }),
    new Error(
      'The program could be ./cmd/api (example.com/shop/cmd/api) or ./cmd/worker (example.com/shop/cmd/worker). Say which: --main ./cmd/api or --main ./cmd/worker',
    ),
  ],
  [
    'the one that releases hold',
    files({
      'cmd/api/main.go': SERVER,
      'cmd/seed/main.go': SERVER,
      '.goreleaser.yaml': 'builds:\n  - main: ./cmd/api/main.go\n',
      ...LIBRARY,
    }),
    './cmd/api',
    '.goreleaser.yaml → builds',
  ],
  [
    'a library has none',
    files(LIBRARY),
    new Error('example.com/shop is a library: none of its 1 package is a package main with func main.'),
  ],
  ['tests alone are nothing', { 'go.mod': 'module x\n' }, new Error('There is no Go file here.')],
  [
    'go.work: only what it uses',
    {
      'go.work': 'go 1.26\n\nuse ./api\n',
      'api/go.mod': 'module x/api\n',
      'api/main.go': SERVER,
      'old/go.mod': 'module x/old\n',
      'old/main.go': SERVER,
    },
    './api',
    'api/main.go, the only package main',
  ],
  [
    'go.work: a member without a go.mod',
    { 'go.work': 'go 1.26\n\nuse (\n\t./api\n)\n', 'api/main.go': SERVER },
    new Error('go.work:4 uses "./api", which has no go.mod. Correct the use line, then run again.'),
  ],
  [
    'go.work: a member outside',
    { 'go.work': 'use ../api\n' },
    new Error('go.work:1 names "../api", which is outside of this folder, and a build sees nothing outside.'),
  ],
  [
    'a module in a folder of its own',
    { 'backend/go.mod': 'module x\n', 'backend/main.go': SERVER, 'README.md': '' },
    './backend',
    'backend/main.go, the only package main',
  ],
  [
    'the root comes before a module inside',
    files({ 'plugin/go.mod': 'module y\n', 'plugin/main.go': SERVER }),
    '.',
    'main.go, the only package main',
  ],
  ['no go.mod', { 'main.go': SERVER }, '.', 'main.go, the only package main'],
  [
    'no go.mod, but modules',
    { 'main.go': main('gin.Default().Run()', 'github.com/gin-gonic/gin') },
    new Error(
      'main.go imports github.com/gin-gonic/gin, and there is no go.mod that says which version. Run go mod init and go mod tidy, and commit go.mod and go.sum.',
    ),
  ],
  [
    'no go.sum',
    files({}, 'module x\n\ngo 1.26\n\nrequire github.com/rs/xid v1.6.0\n'),
    new Error(
      'go.mod requires github.com/rs/xid v1.6.0, of which no go.sum holds the sum. Run go mod tidy, and commit go.sum.',
    ),
  ],
  [
    'a replacement outside',
    files({}, 'module x\n\nreplace example.com/money => ../money\n'),
    new Error('go.mod:3 names "../money", which is outside of this folder'),
  ],
  [
    'a broken go.mod',
    files({}, 'module x\n\nrequire (\n'),
    new Error('go.mod:3 is malformed: require ( is never closed.'),
  ],
  [
    'an unknown word in it',
    files({}, 'module x\nimport y\n'),
    new Error('go.mod:2 is malformed: unknown directive import.'),
  ],
  ['no module in it', files({}, 'go 1.26\n'), new Error('go.mod is malformed: it names no module.')],
  [
    'no version of Go in it',
    files({}, 'module x\n\ngo latest\n'),
    new Error('go.mod:3 is malformed: "latest" is no version of Go.'),
  ],
]);

table('runtimeVersion', [
  ['the newest that compiles it', files(), '1.27', 'the newest that compiles go.mod → go 1.26'],
  [
    'an older go line needs no older compiler',
    files({}, 'module x\n\ngo 1.13\n'),
    '1.27',
    'the newest that compiles go.mod → go 1.13',
  ],
  [
    'a toolchain line demands as much as a go line',
    files({}, 'module x\n\ngo 1.25\n\ntoolchain go1.27.1\n'),
    '1.27',
    'the newest that compiles go.mod → toolchain go1.27.1',
  ],
  [
    'a release line of which a newer patch is demanded floats to it',
    files({}, 'module x\n\ngo 1.27.9\n'),
    '1.27',
    'the newest that compiles go.mod → go 1.27.9',
  ],
  [
    'newer than any image',
    files({}, 'module x\n\ngo 1.31\n'),
    new Error(
      'go.mod → go 1.31 demands a Go that no known image has: the newest is 1.27. Lower that line if the code allows it, or take a newer create-dockerfile.',
    ),
  ],
  [
    'a toolchain newer than any image',
    files({}, 'module x\n\ngo 1.26\ntoolchain go1.30.2\n'),
    new Error('go.mod → toolchain go1.30.2 demands a Go that no known image has'),
  ],
  ['.go-version pins it', files({ '.go-version': '1.26.7\n' }), '1.26', '.go-version'],
  [
    '.tool-versions pins it',
    files({ '.tool-versions': 'nodejs 24\ngolang 1.26.2\n' }),
    '1.26',
    '.tool-versions',
  ],
  ['mise.toml pins it', files({ 'mise.toml': '[tools]\ngo = "1.26"\n' }), '1.26', 'mise.toml'],
  [
    'two pins that differ',
    files({ '.go-version': '1.26', '.tool-versions': 'golang 1.27.1\n' }),
    new Error('could be 1.26 (.go-version) or 1.27 (.tool-versions)'),
  ],
  [
    'a pin below the go line',
    files({ '.go-version': '1.24' }),
    new Error('.go-version pins Go 1.24, but go.mod → go 1.26 demands more. Say it: --runtime-version 1.27'),
  ],
  [
    'a pin that has no image',
    files({ '.go-version': '1.19.4' }, 'module x\n'),
    new Error('.go-version pins Go 1.19, and there is no image of it that is still rebuilt.'),
  ],
  [
    'the highest of a workspace',
    {
      'go.work': 'go 1.25\nuse ./api\n',
      'api/go.mod': 'module x\ngo 1.24\ntoolchain go1.26.3\n',
      'api/main.go': SERVER,
      '.go-version': '1.25',
    },
    new Error('.go-version pins Go 1.25, but api/go.mod → toolchain go1.26.3 demands more.'),
  ],
  ['nothing says it', { 'main.go': SERVER }, '1.27', 'default, the newest release line'],
]);

const SQLITE = 'github.com/mattn/go-sqlite3 v1.14.22';
const C = 'package store\n\n// int x;\nimport "C"\n';
const imports = (...paths: readonly string[]) => ({ 'main.go': main('', ...paths) });

table('cgo', [
  ['nothing needs it', files(), 'no', 'nothing in it needs C'],
  [
    'C of its own',
    files({ ...imports('example.com/shop/store'), 'store/c.go': C }),
    'yes',
    'store/c.go:4 imports "C"',
  ],
  ['C that the program does not import', files({ 'store/c.go': C }), 'no', 'nothing in it needs C'],
  [
    'C with a version of itself without',
    files({
      ...imports('example.com/shop/store'),
      'store/c.go': `//go:build cgo\n\n${C}`,
      'store/plain.go': '//go:build !cgo\n\npackage store\n',
    }),
    'no',
    'nothing in it needs C',
  ],
  ['C for another system', files({ 'main_darwin.go': C }), 'no', 'nothing in it needs C'],
  [
    'a module of the table',
    requiring([SQLITE], imports('github.com/mattn/go-sqlite3')),
    'yes',
    'github.com/mattn/go-sqlite3 is C',
  ],
  [
    'one that a driver brings',
    requiring(['gorm.io/driver/sqlite v1.6.0', `${SQLITE} // indirect`], imports('gorm.io/driver/sqlite')),
    'yes',
    'gorm.io/driver/sqlite brings github.com/mattn/go-sqlite3',
  ],
  [
    'one of another major version',
    requiring(
      ['github.com/confluentinc/confluent-kafka-go/v2 v2.3.0'],
      imports('github.com/confluentinc/confluent-kafka-go/v2/kafka'),
    ),
    'yes',
    'github.com/confluentinc/confluent-kafka-go is C',
  ],
  [
    'one that is listed and that no file imports',
    requiring(['example.com/orm v1.0.0', `${SQLITE} // indirect`], imports('example.com/orm')),
    'no',
    'nothing in it needs C',
  ],
  [
    'one for the tests alone',
    requiring([SQLITE], { 'main_test.go': 'package main\n\nimport _ "github.com/mattn/go-sqlite3"\n' }),
    'no',
    'nothing in it needs C',
  ],
  [
    'what is vendored is read',
    requiring(['example.com/orm v1.0.0'], {
      ...imports('example.com/orm'),
      'vendor/modules.txt': '# example.com/orm v1.0.0\n## explicit\nexample.com/orm\n',
      'vendor/example.com/orm/orm.go': 'package orm\n\nimport _ "example.com/raw"\n',
      'vendor/example.com/raw/raw.go': C,
    }),
    'yes',
    'vendor/example.com/raw/raw.go imports "C"',
  ],
  [
    'a vendored package with a version without C',
    requiring(['example.com/raw v1.0.0'], {
      ...imports('example.com/raw'),
      'vendor/modules.txt': '# example.com/raw v1.0.0\n## explicit\nexample.com/raw\n',
      'vendor/example.com/raw/raw.go': `//go:build cgo\n\n${C}`,
      'vendor/example.com/raw/plain.go': '//go:build !cgo\n\npackage raw\n',
    }),
    'no',
    'nothing in it needs C',
  ],
]);

table('tags', [
  ['none', files(), 'none', 'no build of the project says any'],
  [
    'of the Makefile’s build, not of its tests',
    files({
      Makefile: 'b:\n\tgo build -tags "sqlite_fts5 netgo" .\nt:\n\tgo test -tags integration ./...\n',
    }),
    'sqlite_fts5,netgo',
    'Makefile → tags',
  ],
  [
    'of releases',
    files({ '.goreleaser.yml': 'builds:\n  - tags:\n      - jsoniter\n' }),
    'jsoniter',
    '.goreleaser.yml → tags',
  ],
  [
    'two builds that differ say nothing',
    files({ Makefile: 'b:\n\tgo build -tags a .\n\tgo build -tags b .\n' }),
    'none',
    'no build of the project says any',
  ],
]);

table('private', [
  ['nothing', files(), 'none', 'nothing says that a module is private'],
  [
    'GOPRIVATE in a Makefile',
    files({ Makefile: 'export GOPRIVATE := git.acme.com/*\n' }),
    'git.acme.com/*',
    'Makefile → GOPRIVATE',
  ],
  [
    'GOPRIVATE in a workflow',
    files({ '.github/workflows/ci.yml': 'env:\n  GOPRIVATE: "github.com/acme/*,git.acme.com"\n' }),
    'github.com/acme/*,git.acme.com',
    '.github/workflows/ci.yml → GOPRIVATE',
  ],
  [
    'over SSH',
    files({
      Makefile:
        'export GOPRIVATE=git.acme.com\nsetup:\n\tgit config --global url."git@git.acme.com:".insteadOf "https://git.acme.com/"\n',
    }),
    'ssh://git.acme.com',
    'Makefile → GOPRIVATE',
  ],
  [
    'a requirement on the own host',
    {
      'go.mod': 'module git.acme.com/shop/orders\n\nrequire git.acme.com/shop/money v1.0.0\n',
      'go.sum': 'git.acme.com/shop/money v1.0.0/go.mod h1:x\n',
      'main.go': SERVER,
    },
    'git.acme.com/*',
    'go.mod requires git.acme.com/shop/money of the same host',
  ],
]);

const cobra = (name: string, more = '') =>
  `package main\n\nimport "github.com/spf13/cobra"\n\nvar ${name}Cmd = &cobra.Command{\n\tUse: "${name}",\n${more}}\n`;
const listening = {
  'main.go': main(
    'http.ListenAndServe(":80", nil)\n\trootCmd.Execute()',
    'net/http',
    'github.com/spf13/cobra',
  ),
};

table('args', [
  ['none are needed', files(), 'none', 'it needs none'],
  [
    'a command that serves',
    files({ ...listening, 'serve.go': cobra('serve'), 'root.go': cobra('root') }),
    'serve',
    'serve.go:6',
  ],
  [
    'a root that runs by itself',
    files({ ...listening, 'serve.go': cobra('serve'), 'root.go': cobra('root', '\tRunE: run,\n') }),
    'none',
    'it needs none',
  ],
  [
    'two commands are a tie',
    files({ ...listening, 'serve.go': cobra('serve'), 'web.go': cobra('web') }),
    new Error('The arguments could be serve (serve.go:6) or web (web.go:6).'),
  ],
  [
    'a switch over the arguments',
    files({
      'main.go': main(
        'switch os.Args[1] {\n\tcase "serve":\n\t\thttp.ListenAndServe(":80", nil)\n\t}',
        'net/http',
        'os',
      ),
    }),
    'serve',
    'main.go:10',
  ],
  [
    'a program that is no server',
    files({ 'main.go': main('', 'github.com/spf13/cobra'), 'serve.go': cobra('serve') }),
    'none',
    'it needs none',
  ],
  [
    'one below the root',
    files({
      ...listening,
      'root.go': cobra('root'),
      'serve.go': `${cobra('serve')}\nfunc init() {\n\trootCmd.AddCommand(serveCmd)\n}\n`,
    }),
    'serve',
    'serve.go:6',
  ],
  [
    'a command of another command decides nothing',
    files({
      ...listening,
      'root.go': cobra('root'),
      'mirror.go': `${cobra('mirror')}\nfunc init() {\n\tmirrorCmd.AddCommand(startCmd)\n\trootCmd.AddCommand(mirrorCmd)\n}\n`,
      'start.go': cobra('start'),
    }),
    'none',
    'it needs none',
  ],
  [
    'functions that make commands',
    files({
      ...listening,
      'root.go': `package main\n\nfunc newRoot() *cobra.Command {\n\tcmd := &cobra.Command{\n\t\tUse: "x",\n\t}\n\tcmd.AddCommand(newJob(), newServe())\n\treturn cmd\n}\n`,
      'job.go': `package main\n\nfunc newJob() *cobra.Command {\n\tcmd := &cobra.Command{\n\t\tUse: "job",\n\t}\n\tcmd.AddCommand(newStart())\n\treturn cmd\n}\n\nfunc newStart() *cobra.Command {\n\treturn &cobra.Command{\n\t\tUse: "start",\n\t}\n}\n`,
      'serve.go': `package main\n\nfunc newServe() *cobra.Command {\n\treturn &cobra.Command{\n\t\tUse: "serve",\n\t}\n}\n`,
    }),
    'serve',
    'serve.go:5',
  ],
  ...(
    [
      ['urfave’s list of a list', 'Subcommands: jobs,\n}\n\nvar jobs = []cli.Command{\n\tstart,\n'],
      ['its list in place', 'Subcommands: []*cli.Command{start},\n'],
    ] as const
  ).map(
    ([title, list]): Row => [
      title,
      files({
        ...listening,
        'app.go': `package main\n\nfunc app() {\n\ta.Commands = []cli.Command{job, serve}\n}\n\nvar serve = cli.Command{\n\tName: "serve",\n}\n\nvar start = cli.Command{\n\tName: "start",\n}\n`,
        'job.go': `package main\n\nvar job = cli.Command{\n\tName: "job",\n\t${list}}\n`,
      }),
      'serve',
      'app.go:8',
    ],
  ),
  [
    'urfave 3, whose program is a command',
    files({
      ...listening,
      'app.go': `package main\n\nvar app = &cli.Command{\n\tName: "x",\n\tCommands: []*cli.Command{serve, job},\n}\n\nvar serve = &cli.Command{\n\tName: "serve",\n}\n\nvar start = &cli.Command{\n\tName: "start",\n}\n\nvar job = &cli.Command{\n\tName: "job",\n\tCommands: []*cli.Command{start},\n}\n`,
    }),
    'serve',
    'app.go:9',
  ],
]);

table('include', [
  ['nothing', files(), 'none', 'nothing else is named by the sources'],
  [
    'templates that are parsed',
    files({
      'main.go': main('template.ParseGlob("web/templates/*.html")', 'html/template'),
      'web/templates/a.html': '',
    }),
    'web/templates',
    'main.go:8',
  ],
  [
    'a static folder',
    files({ 'main.go': main('http.FileServer(http.Dir("./public"))', 'net/http'), 'public/a.css': '' }),
    'public',
    'main.go:8',
  ],
  [
    'what is embedded is in the program',
    files({
      'main.go': `${main('template.ParseFS(files, "templates/*.html")', 'embed', 'html/template')}//go:embed templates\nvar files embed.FS\n`,
      'templates/a.html': '',
    }),
    'none',
    'nothing else is named by the sources',
  ],
  [
    'migrations by a URL',
    files({ 'main.go': main('migrate.New("file://db/migrations", url)'), 'db/migrations/1.up.sql': '' }),
    'db/migrations',
    'main.go:7',
  ],
  [
    'a path of parts',
    files({
      'main.go': main('os.ReadFile(filepath.Join("config", "app.yaml"))', 'os', 'path/filepath'),
      'config/app.yaml': '',
    }),
    'config/app.yaml',
    'main.go:9',
  ],
  [
    'a folder of sources is none',
    files({ 'main.go': main('load("config")'), 'config/config.go': 'package config\n' }),
    'none',
    'nothing else is named by the sources',
  ],
  [
    'secrets are none',
    files({ 'main.go': main('godotenv.Load("./.env")'), '.env': '' }),
    'none',
    'nothing else is named by the sources',
  ],
  [
    'of a module in a folder, from there',
    {
      'api/go.mod': 'module x\n',
      'api/main.go': main('http.Dir("static")', 'net/http'),
      'api/static/a': '',
      'static/b': '',
    },
    'api/static',
    'api/main.go:8',
  ],
]);

table('port', [
  ['a literal', files(), '8080', 'main.go:9'],
  ['a host and a port', server('http.ListenAndServe("0.0.0.0:9000", nil)'), '9000', 'main.go:8'],
  [
    'a variable with a default',
    server(
      'port := os.Getenv("PORT")\n\tif port == "" {\n\t\tport = "8000"\n\t}\n\thttp.ListenAndServe(":"+port, nil)',
      'os',
    ),
    '8000',
    'main.go:13',
  ],
  [
    'a helper with a default',
    files({
      'main.go': main('http.ListenAndServe(fmt.Sprintf(":%s", env("PORT", "8100")), nil)', 'fmt', 'net/http'),
    }),
    '8100',
    'main.go:9',
  ],
  [
    'cmp.Or',
    server('http.ListenAndServe(":"+cmp.Or(os.Getenv("PORT"), "8200"), nil)', 'cmp', 'os'),
    '8200',
    'main.go:10',
  ],
  [
    'a variable without a default, by its example',
    { ...server('http.ListenAndServe(":"+os.Getenv("PORT"), nil)', 'os'), '.env.example': 'PORT=8300\n' },
    '8300',
    '.env.example → PORT',
  ],
  [
    'a variable without any',
    server('http.ListenAndServe(":"+os.Getenv("PORT"), nil)', 'os'),
    '8080',
    'default, as PORT that main.go:9 reads',
  ],
  [
    'a flag’s default',
    server(
      'addr := flag.String("addr", ":8400", "address")\n\tflag.Parse()\n\thttp.ListenAndServe(*addr, nil)',
      'flag',
    ),
    '8400',
    'main.go:11',
  ],
  [
    'a flag into a struct of another package',
    files({
      'main.go': main(
        'c := config.Parse()\n\thttp.ListenAndServe(net.JoinHostPort(c.Host, c.Port), nil)',
        'net',
        'net/http',
        'example.com/shop/config',
      ),
      'config/config.go':
        'package config\n\nimport "flag"\n\nfunc Parse() (c Config) {\n\tflag.StringVar(&c.Host, "host", "", "")\n\tflag.StringVar(&c.Port, "port", "8500", "")\n\treturn c\n}\n',
    }),
    '8500',
    'main.go:11',
  ],
  [
    'a struct’s tags',
    server(
      'var cfg config\n\thttp.ListenAndServe(fmt.Sprintf(":%d", cfg.Port), nil)\n}\n\ntype config struct {\n\tPort int `env:"PORT" envDefault:"8600"`',
      'fmt',
    ),
    '8600',
    'main.go:10',
  ],
  [
    'viper',
    server(
      'viper.SetDefault("server.port", 8700)\n\thttp.ListenAndServe(":"+viper.GetString("server.port"), nil)',
    ),
    '8700',
    'main.go:9',
  ],
  [
    'http.Server',
    server('s := &http.Server{\n\t\tAddr:    ":8800",\n\t\tHandler: nil,\n\t}\n\ts.ListenAndServe()'),
    '8800',
    'main.go:8',
  ],
  [
    'a method that puts it together',
    server(
      'http.ListenAndServe(c.Addr(), nil)\n}\n\nfunc (c config) Addr() string {\n\treturn fmt.Sprintf("%s:%d", c.host, 8900)',
      'fmt',
    ),
    '8900',
    'main.go:9',
  ],
  [
    'gin by itself',
    files({
      'main.go': main('r := gin.Default()\n\tr.Run()', 'github.com/gin-gonic/gin'),
    }),
    '8080',
    'main.go:9',
  ],
  [
    'echo',
    files({
      'main.go': main('e.Logger.Fatal(e.Start(":1323"))', 'github.com/labstack/echo/v4'),
    }),
    '1323',
    'main.go:8',
  ],
  [
    'fiber',
    files({
      'main.go': main('app.Listen(":3000")', 'github.com/gofiber/fiber/v2'),
    }),
    '3000',
    'main.go:8',
  ],
  [
    'gRPC',
    files({
      'main.go': main('net.Listen("tcp", ":50051")', 'net', 'google.golang.org/grpc'),
    }),
    '50051',
    'main.go:9',
  ],
  [
    'profiles on localhost are not the program',
    server('go http.ListenAndServe("localhost:6060", nil)\n\thttp.ListenAndServe(":9000", nil)'),
    '9000',
    'main.go:9',
  ],
  [
    'a configuration file that it reads',
    {
      ...server('load("config.yaml")\n\thttp.ListenAndServe(cfg.Server.Addr, nil)'),
      'config.yaml': 'server:\n  addr: ":7100"\ndatabase:\n  port: 5432\n',
    },
    '7100',
    'config.yaml:2',
  ],
  [
    'two are a tie',
    server('go http.ListenAndServe(":9090", nil)\n\thttp.ListenAndServe(":9000", nil)'),
    new Error('The port could be 9090 (main.go:8) or 9000 (main.go:9).'),
  ],
  [
    'a server that is not seen to listen',
    files({
      'main.go': main('run(gin.Default())', 'github.com/gin-gonic/gin'),
    }),
    new Error(
      'main.go:8 makes a server, but nothing is seen to listen on a port. Say it: --port number|none',
    ),
  ],
  [
    'one that cannot be read beside a literal of something else',
    requiring(['github.com/gin-gonic/gin v1.11.0'], {
      'main.go': main(
        'r := gin.New()\n\tgo net.Listen("tcp", "127.0.0.1:29168")\n\tr.Run(os.ReadFile("/etc/address"))',
        'github.com/gin-gonic/gin',
        'net',
        'os',
      ),
    }),
    new Error('that cannot be read from the source.'),
  ],
  [
    'localhost by a flag decides beside a literal of something else',
    requiring(['github.com/gin-gonic/gin v1.11.0'], {
      'main.go': main(
        'host := flag.String("bind", "localhost", "")\n\tflag.Parse()\n\tgo net.Listen("tcp", ":29168")\n\tgin.New().Run(*host + ":8081")',
        'flag',
        'github.com/gin-gonic/gin',
        'net',
      ),
    }),
    new Error('The port could be 29168 (main.go:12) or 8081 (main.go:13).'),
  ],
  [
    'a port that cannot be read',
    server('http.ListenAndServe(discover(), nil)'),
    new Error('main.go:8 listens on a port that cannot be read from the source.'),
  ],
  [
    'a server of a package that no row knows, by its address',
    requiring(['example.org/bus v1.2.0'], {
      'main.go': main('s := httpd.NewService(":" + "6005")\n\ts.Start()', 'example.org/bus/httpd'),
    }),
    '6005',
    'main.go:8',
  ],
  [
    'one that nothing says the address of is asked',
    requiring(['example.org/bus v1.2.0'], {
      'main.go': main('s, err := httpd.NewService(conf())\n\ts.Start()', 'example.org/bus/httpd'),
    }),
    new Error('main.go:8 makes what is started and may listen, and nothing says on which port.'),
  ],
  [
    'a clock of a package is none',
    requiring(['example.org/cron v1.2.0'], {
      'main.go': main('c := cron.New()\n\tc.Start()', 'example.org/cron'),
    }),
    'none',
    'main.go and what it imports listen on nothing',
  ],
  [
    'a client is no server',
    server('http.Get("http://localhost:8080/")'),
    'none',
    'main.go and what it imports listen on nothing',
  ],
  [
    'another program’s run',
    server('exec.Command("ls").Run()', 'os/exec'),
    'none',
    'main.go and what it imports listen on nothing',
  ],
]);

const apart = (body: string) =>
  server(
    `port := flag.String("port", "", "")\n\tnet.Listen("tcp", ":" + *port)\n\t${body}\n\thttp.HandleFunc("/healthz", ok)\n\thttp.Serve(l, nil)`,
    'flag',
    'net',
  );

table('port', [
  [
    'a flag that one of several listeners has',
    apart('net.Listen("tcp", monitoring())'),
    new Error('main.go:12 listens on a port that cannot be read from the source.'),
  ],
  [
    'a flag that all have',
    apart('http.ListenAndServe(":" + *port, nil)'),
    '8080',
    'default, as --port that main.go:11 reads',
  ],
  [
    'a flag of one command of several',
    files({
      'main.go': main(
        'app.Flags = mirrorFlags\n\thttp.ListenAndServe(c.String("monitoring-address"), nil)',
        'net/http',
        'github.com/urfave/cli',
      ),
      'mirror.go':
        'package main\n\nvar mirrorFlags = []cli.Flag{cli.StringFlag{Name: "monitoring-address"}}\n\nvar mirror = cli.Command{\n\tName: "mirror",\n}\n',
    }),
    new Error('main.go:10 listens where --monitoring-address says, and commands have flags of their own'),
  ],
]);

test('a path that may be another listener’s is not asked for', async () => {
  const of = await projectOf(apart('net.Listen("tcp", monitoring())'));
  expect(await found('health', of, { port: '4222' })).toEqual([
    'tcp',
    'several listen, and /healthz may be another one’s (main.go:13)',
  ]);
});

table('health', [
  [
    'a path',
    server('http.HandleFunc("GET /healthz", ok)\n\thttp.ListenAndServe(":80", nil)'),
    '/healthz',
    'main.go:8',
  ],
  ['none is known', files(), 'tcp', 'default, for no path answers for its health'],
  ['no server', files({ 'main.go': main('') }), 'none', 'it is no server'],
  [
    'gRPC speaks no plain HTTP',
    files({
      'main.go': main(
        'grpc.NewServer()\n\tnet.Listen("tcp", ":5000")\n\tx = "/healthz"',
        'net',
        'google.golang.org/grpc',
      ),
    }),
    'tcp',
    'it does not speak plain HTTP',
  ],
  [
    'a command of its own',
    server(
      'if len(os.Args) > 1 && os.Args[1] == "healthcheck" {\n\t}\n\thttp.ListenAndServe(":80", nil)',
      'os',
    ),
    'healthcheck',
    'its own command, main.go:9',
  ],
  [
    'a flag of its own',
    server('flag.Bool("health", false, "")\n\thttp.ListenAndServe(":80", nil)', 'flag'),
    '--health',
    'its own flag, main.go:9',
  ],
]);

test.each<readonly [string, Files, string | undefined]>([
  ['go.mod', files(), 'manifest'],
  ['go.work', { 'go.work': 'use ./a\n', 'a/a.go': 'package a\n' }, 'manifest'],
  ['a go.mod of another tool', { 'go.mod': 'module site\n', 'hugo.toml': '' }, 'source'],
  ['loose files', { 'main.go': SERVER }, 'source'],
  ['a module in a folder', { 'api/go.mod': 'module x\n' }, 'source'],
  [
    'modules side by side that name each other',
    { 'api/go.mod': 'module x/api\n\nreplace x/lib => ../lib\n', 'lib/go.mod': 'module x/lib\n' },
    'manifest',
  ],
  ['a test alone', { 'x_test.go': 'package x\n' }, undefined],
  ['nothing of it', { 'package.json': '{}' }, undefined],
])('%s is a sign of Go', async (_, project, strength) => {
  expect(go.detect(await projectOf(project))?.strength).toBe(strength);
});

const planOf = async (project: Files, target: Parameters<typeof planned>[1], given = {}) =>
  planned(await projectOf(project, 'app'), target, given);

describe('the plan', () => {
  test.each<readonly [string, Files, Readonly<Record<string, string>>, readonly string[], object]>([
    ['says nothing that is so already', files(), {}, [], {}],
    [
      'opens an address that a flag holds',
      server('a := flag.String("addr", "localhost:8400", "")\n\thttp.ListenAndServe(*a, nil)', 'flag'),
      {},
      ['--addr=0.0.0.0:8400'],
      {},
    ],
    [
      'opens a host that a variable holds',
      server(
        'http.ListenAndServe(net.JoinHostPort(env("HOST", "127.0.0.1"), env("PORT", "81")), nil)',
        'net',
      ),
      {},
      [],
      { HOST: '0.0.0.0', PORT: '81' },
    ],
    [
      'says the port that was given, by the flag',
      server(
        'p := flag.Int("port", 80, "")\n\thttp.ListenAndServe(fmt.Sprintf(":%d", *p), nil)',
        'flag',
        'fmt',
      ),
      { port: '9999' },
      ['--port=9999'],
      {},
    ],
    [
      'says it by the variable of a whole address',
      server('http.ListenAndServe(env("LISTEN_ADDR", ":80"), nil)'),
      { port: '9999' },
      [],
      { LISTEN_ADDR: ':9999' },
    ],
  ])('%s', async (_, project, given, command, env) => {
    const plan = await planOf(project, 'slim', given);
    expect(plan.start.command).toEqual(command);
    expect(Object.fromEntries(plan.env.map(({ name, value }) => [name, value]))).toEqual(env);
  });

  test.each<readonly [string, Files, Readonly<Record<string, string>>, string]>([
    [
      'a bind to localhost that nothing changes',
      server('http.ListenAndServe("127.0.0.1:80", nil)'),
      {},
      'main.go:8 listens on localhost only, which nobody outside the container can reach.',
    ],
    [
      'a port that nothing changes',
      files(),
      { port: '81' },
      'main.go:9 listens on 8080, whatever --port says.',
    ],
    [
      'a release line that has ended',
      files({ '.go-version': '1.24' }, 'module x\n'),
      {},
      '.go-version says Go 1.24, which has had no fixes since 2026-02-10.',
    ],
    [
      'a library without a package',
      files({ 'c.go': 'package main\n\n// #cgo LDFLAGS: -lfrobnicate -lm\nimport "C"\n' }),
      {},
      'c.go:4 links to frobnicate, of which no package is known here.',
    ],
    [
      'a program that it calls',
      server('exec.Command("frobnicate", "log")', 'os/exec'),
      {},
      'main.go:9 runs frobnicate, which the image may not have.',
    ],
    [
      'C that a dependency may bring',
      requiring(['example.com/orm v1.0.0', `${SQLITE} // indirect`], imports('example.com/orm')),
      {},
      'go.mod requires github.com/mattn/go-sqlite3, which is C, and nothing here imports it: it is left out unless a dependency needs it.',
    ],
  ])('warns of %s', async (_, project, given, text) => {
    const { notes } = await planOf(project, 'slim', given);
    expect(notes.filter(({ level }) => level === 'warning').map((note) => note.text)).toEqual([text]);
  });

  test.each<readonly [string, Files, string]>([
    [
      'C for glibc',
      requiring(['rogchap.com/v8go v0.9.0'], imports('rogchap.com/v8go')),
      'rogchap.com/v8go brings C code for glibc, and scratch has none',
    ],
    [
      'a shared library',
      files({ 'c.go': 'package main\n\n// #cgo pkg-config: vips\nimport "C"\n' }),
      'it links to vips, and scratch has no such library',
    ],
    [
      'another program',
      server('exec.CommandContext(ctx, "ffmpeg")', 'os/exec'),
      'main.go:9 runs ffmpeg, and scratch has no other programs',
    ],
  ])('refuses scratch for %s', async (_, project, reason) => {
    await expect(planOf(project, 'scratch')).rejects.toThrow(
      `This project cannot run on scratch: ${reason}.`,
    );
  });

  test('a program that opens a browser is no reason', async () => {
    await planOf(
      server('exec.Command("xdg-open", url)\n\thttp.ListenAndServe(":80", nil)', 'os/exec'),
      'scratch',
    );
  });

  test('compiles 32-bit ARM for its variant, and nothing else', async () => {
    const compiled = async (...platforms: Platform[]) => {
      const { app } = (await planned(await projectOf(files()), 'scratch', {}, platforms)) as Plan<GoApp>;
      return `ARG ${app.platform.join(' ')} ${app.build.commands.join()}`;
    };
    expect(await compiled('linux/arm64')).toBe(
      'ARG TARGETOS TARGETARCH GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/shop .',
    );
    expect(await compiled('linux/arm64', 'linux/arm/v7')).toBe(
      'ARG TARGETOS TARGETARCH TARGETVARIANT GOOS=$TARGETOS GOARCH=$TARGETARCH GOARM=${TARGETVARIANT#v} go build -trimpath -tags=timetzdata -ldflags="-s -w" -o /out/shop .',
    );
  });

  test('musl tags and static flags, where musl is', async () => {
    const kafka = requiring(
      ['github.com/confluentinc/confluent-kafka-go/v2 v2.3.0'],
      imports('github.com/confluentinc/confluent-kafka-go/v2/kafka'),
    );
    const build = async (target: 'alpine' | 'distroless') => {
      const { app, images } = (await planOf(kafka, target)) as { app: GoApp; images: { build: string } };
      return `${images.build} ${app.cgo} ${app.build.commands.join()}`;
    };
    expect(await build('alpine')).toBe(
      'golang:1.27-alpine 1 go build -trimpath -tags=timetzdata,netgo,osusergo,musl -ldflags="-s -w -linkmode=external -extldflags=-static" -o /out/shop .',
    );
    expect(await build('distroless')).toBe(
      'golang:1.27-trixie 1 go build -trimpath -ldflags="-s -w" -o /out/shop .',
    );
  });

  test('fills a version where the program waits for one', async () => {
    const { app } = (await planOf(
      files({
        ...imports('example.com/shop/internal/version'),
        'internal/version/version.go': 'package version\n\nvar (\n\tVersion = "dev"\n\tCommit  = ""\n)\n',
      }),
      'slim',
    )) as { app: GoApp };
    expect(app.stamps.map(({ symbol, argument, otherwise }) => [symbol, argument, otherwise])).toEqual([
      ['example.com/shop/internal/version.Version', 'VERSION', 'dev'],
      ['example.com/shop/internal/version.Commit', 'REVISION', 'dev'],
    ]);
  });

  test('does not fill a version that is kept by hand, nor a local one', async () => {
    for (const text of [
      'var version = "1.4.2"\n',
      'func f() {\n\tversion := "dev"\n\tversion = "dev"\n}\n',
    ]) {
      const { app } = (await planOf(files({ 'v.go': `package main\n\n${text}` }), 'slim')) as { app: GoApp };
      expect(app.stamps).toEqual([]);
    }
  });

  test('fetches private modules over SSH with the agent', async () => {
    const plan = await planOf(requiring(['git.acme.com/money v1.0.0']), 'alpine', {
      private: 'ssh://git.acme.com/*',
    });
    const { app } = plan as unknown as { app: GoApp };
    expect(plan.secrets).toEqual([{ id: 'default', from: 'ssh', source: 'default' }]);
    expect(app.packages.apk).toEqual(['git', 'openssh-client']);
    expect(app.download?.mounts).toContain('type=ssh');
    expect(app.download?.commands).toEqual([
      'git config --global url.git@git.acme.com:.insteadOf https://git.acme.com/',
      "GIT_SSH_COMMAND='ssh -o StrictHostKeyChecking=accept-new' GOPRIVATE='git.acme.com/*' go mod download",
    ]);
  });
});

test('what is typed is taken as it is printed, or refused', async () => {
  const settings = await settingsOf('go');
  const project = await projectOf(files({ 'cmd/api/main.go': SERVER, 'web/a': '' }));
  const known = await settled(project, { main: '.' });
  const { CATALOG } = await import('../../../src/catalog/catalog.ts');
  const values = Object.fromEntries(Object.entries(known).map(([key, { value }]) => [key, value]));
  const context = {
    project,
    settings: values,
    catalog: CATALOG,
    today: '2026-11-24',
    seen: openTree(project),
  };
  const parse = (key: string, text: string) => settings[key]?.print(settings[key]?.parse(text, context));
  for (const [key, text, printed = text] of [
    ['main', './cmd/api'],
    ['main', 'api', './cmd/api'],
    ['main', 'cmd/api/main.go', './cmd/api'],
    ['main', 'example.com/shop/cmd/api', './cmd/api'],
    ['main', '.'],
    ['runtimeVersion', '1.26'],
    ['runtimeVersion', 'go1.27.3', '1.27.3'],
    ['cgo', 'yes'],
    ['tags', 'a,b.c'],
    ['private', 'ssh://git.acme.com/*,b.com'],
    ['args', 'serve --name "two words"'],
    ['args', 'none'],
    ['include', 'web/', 'web'],
    ['port', '81'],
    ['port', 'none'],
    ['health', '/ok'],
    ['health', '--health'],
  ] as const)
    expect(parse(key, text), `${key} ${text}`).toBe(printed);
  for (const [key, text] of [
    ['main', 'web'],
    ['runtimeVersion', '1.24'],
    ['runtimeVersion', '1'],
    ['cgo', '1'],
    ['tags', 'a b'],
    ['private', 'a b'],
    ['args', '"open'],
    ['include', 'absent'],
    ['port', '70000'],
    ['health', 'run me'],
  ] as const)
    expect(() => parse(key, text), `${key} ${text}`).toThrow(/^--/);
});

test.each([
  ['a.go', '', true],
  ['a_test.go', '', false],
  ['a_linux.go', '', true],
  ['a_linux_arm64.go', '', true],
  ['a_windows_amd64.go', '', false],
  ['a_darwin.go', '', false],
  ['windows.go', '', true],
  ['a_unix.go', '', true],
  ['a.go', '//go:build linux && (amd64 || arm64)', true],
  ['a.go', '//go:build !linux', false],
  ['a.go', '//go:build integration', false],
  ['a.go', '//go:build !debug || windows', true],
  ['a.go', '//go:build go1.21', true],
])('%s with %j is a part of a Linux program: %s', (path, line, built) => {
  expect(isBuilt(path, `${line}\n\npackage x\n`, true)).toBe(built);
});
