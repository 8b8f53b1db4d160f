import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';
import { files, main, requiring, server, table } from './project.ts';

const off = (body: string, ...imports: readonly string[]) =>
  files({ 'main.go': main(body, 'net/http', ...imports) });

table('port', [
  [
    'a listener that a flag turns on is off',
    off(
      'api := flag.Bool("api", false, "")\n\tif *api {\n\t\thttp.ListenAndServe(":8080", nil)\n\t}',
      'flag',
    ),
    'none',
    'main.go:11 listens with --api alone',
  ],
  [
    'one that an option of the program turns on',
    off(
      'opts := []Option{}\n\tif *debug {\n\t\topts = append(opts, WithProfiler())\n\t}\n\tNew(opts...).Run()\n}\n\nvar debug = flag.Bool("debug", false, "")\n\ntype Server struct {\n\tprofiler bool\n}\ntype Option func(*Server)\n\nfunc New(opts ...Option) *Server {\n\ts := &Server{}\n\tfor _, o := range opts {\n\t\to(s)\n\t}\n\treturn s\n}\n\nfunc WithProfiler() Option {\n\treturn func(s *Server) {\n\t\ts.profiler = true\n\t}\n}\n\nfunc (s *Server) Run() {\n\tif s.profiler {\n\t\tgo func() {\n\t\t\thttp.ListenAndServe(":6060", nil)\n\t\t}()\n\t}\n\thttp.ListenAndServe(":8080", nil)',
      'flag',
    ),
    '8080',
    'main.go:43',
  ],
  [
    'one that is on by default is not',
    off('api := flag.Bool("api", true, "")\n\tif *api {\n\t\thttp.ListenAndServe(":8080", nil)\n\t}', 'flag'),
    '8080',
    'main.go:11',
  ],
  [
    'one in a function that is only called then',
    off(
      'if os.Getenv("METRICS") != "" {\n\t\tserve()\n\t}\n\thttp.ListenAndServe(":8080", nil)\n}\n\nfunc serve() {\n\thttp.ListenAndServe(":9090", nil)',
      'os',
    ),
    '8080',
    'main.go:12',
  ],
  [
    'one whose address is empty by default',
    off(
      'm := flag.String("metrics", "", "")\n\tif *m != "" {\n\t\tgo http.ListenAndServe(*m, nil)\n\t}\n\thttp.ListenAndServe(":8080", nil)',
      'flag',
    ),
    '8080',
    'main.go:13',
  ],
  [
    'functions of one name in two packages',
    files({
      'main.go': main(
        'store.New(os.Getenv("STORE_URL"))\n\tweb.New(":" + os.Getenv("WEB_PORT"))',
        'os',
        'example.com/shop/store',
        'example.com/shop/web',
      ),
      'store/store.go': 'package store\n\nfunc New(address string) string { return address }\n',
      'web/web.go':
        'package web\n\nimport "net/http"\n\nfunc New(address string) { http.ListenAndServe(address, nil) }\n',
      '.env.example': 'STORE_URL=redis://x:6379\nWEB_PORT=8200\n',
    }),
    '8200',
    '.env.example → WEB_PORT',
  ],
  [
    'an import under another name',
    files({
      'main.go':
        'package main\n\nimport web "net/http"\n\nfunc main() { web.ListenAndServe(":8300", nil) }\n',
    }),
    '8300',
    'main.go:5',
  ],
  [
    'a server whose address is set later',
    server('s := &http.Server{Handler: nil}\n\ts.Addr = ":8400"\n\ts.ListenAndServe()'),
    '8400',
    'main.go:8',
  ],
  [
    'a server that is handed a listener, beside the one that opens its own',
    server(
      's := &http.Server{Handler: nil}\n\tgo s.Serve(onion())\n\tweb := &http.Server{}\n\tweb.Addr = ":8450"\n\tweb.ListenAndServe()',
      '\nfunc onion() net.Listener { return nil }\n',
    ),
    '8450',
    'main.go:13',
  ],
  [
    'what a text or a comment says is no call',
    server(
      '// http.ListenAndServe(":1", nil)\n\tprintln("http.ListenAndServe(2)")\n\thttp.ListenAndServe(":8500", nil)',
    ),
    '8500',
    'main.go:10',
  ],
  [
    'the probes of a controller',
    requiring(['sigs.k8s.io/controller-runtime v0.22.0'], {
      'main.go':
        'package main\n\nimport ctrl "sigs.k8s.io/controller-runtime"\n\nfunc main() {\n\tctrl.NewManager(nil, ctrl.Options{HealthProbeBindAddress: ":8081"})\n}\n',
    }),
    '8081',
    'main.go:6',
  ],
]);

const POCKETBASE = requiring(['github.com/pocketbase/pocketbase v0.30.0'], {
  'main.go': main('app := pocketbase.New()\n\tapp.Start()', 'github.com/pocketbase/pocketbase'),
});

table('args', [
  ['a library that is the whole program', POCKETBASE, 'serve --http=0.0.0.0:8090', 'how PocketBase serves'],
]);
table('port', [['of a library that is the whole program', POCKETBASE, '8090', 'PocketBase']]);
table('health', [['of a library that is the whole program', POCKETBASE, '/api/health', 'PocketBase']]);

const tool = (body: string, more: Files = {}) =>
  files({ 'main.go': main(body, 'fmt', 'os', 'flag', 'log'), ...more });
const root = (run: string) =>
  `package main\n\nimport "github.com/spf13/cobra"\n\nvar rootCmd = &cobra.Command{\n\tUse: "shop",\n${run}}\n`;
const command = (name: string) =>
  `package main\n\nimport "github.com/spf13/cobra"\n\nvar ${name}Cmd = &cobra.Command{\n\tUse: "${name} [flags]",\n\tRunE: run,\n}\n\nfunc init() { rootCmd.AddCommand(${name}Cmd) }\n`;
const cli = (run: string, ...names: readonly string[]) =>
  files({
    'main.go': main('rootCmd.Execute()'),
    'root.go': root(run),
    ...Object.fromEntries(names.map((name) => [`${name}.go`, command(name)])),
  });

table('args', [
  [
    'a program that ends with its usage',
    tool('if len(os.Args) < 2 {\n\t\tfmt.Println("usage: shop FILE")\n\t\tos.Exit(2)\n\t}'),
    new Error('main.go:11 ends the program unless it is given arguments. Say it: --args'),
  ],
  [
    'one that knows commands',
    tool(
      'if len(os.Args) == 1 {\n\t\tlog.Fatal("no command")\n\t}\n\tswitch os.Args[1] {\n\tcase "import", "load":\n\tcase "export":\n\t}',
    ),
    new Error('The arguments could be import (main.go:11), load (main.go:11) or export (main.go:11).'),
  ],
  [
    'one that wants words behind its flags',
    tool('flag.Parse()\n\tif flag.NArg() == 0 {\n\t\tflag.Usage()\n\t\treturn\n\t}'),
    new Error('main.go:12 ends the program unless it is given arguments.'),
  ],
  [
    'one that takes its first word without a look',
    tool('os.ReadFile(os.Args[1])'),
    new Error('main.go:11 ends the program unless it is given arguments.'),
  ],
  [
    'one that is content with none',
    tool('if len(os.Args) > 1 {\n\t\tos.Exit(1)\n\t}'),
    'none',
    'it needs none',
  ],
  [
    'one that ends when it is given too many',
    tool('if len(os.Args) != 1 {\n\t\tos.Exit(1)\n\t}'),
    'none',
    'it needs none',
  ],
  [
    'one that returns and says nothing',
    tool('if len(os.Args) < 2 {\n\t\treturn\n\t}'),
    'none',
    'it needs none',
  ],
  [
    'a root that only lists its commands',
    cli('', 'import', 'export'),
    new Error('The arguments could be export (export.go:6) or import (import.go:6).'),
  ],
  ['a root with one command', cli('', 'sync'), 'sync', 'sync.go:6'],
  [
    'a command of former days is not asked for',
    {
      ...cli('', 'server', 'serve'),
      'serve.go': command('serve').replace('RunE:', 'Deprecated: "use server",\n\tRunE:'),
      'listen.go': 'package main\n\nimport "net/http"\n\nfunc run() { http.ListenAndServe(":80", nil) }\n',
    },
    'server',
    'server.go:6',
  ],
  ['a root that runs', cli('\tRun: run,\n', 'import', 'export'), 'none', 'it needs none'],
]);

const planOf = async (project: Files) => planned(await projectOf(project, 'shop'), 'slim');

test('a listener that is off by default listens when it is turned on', async () => {
  const project = off(
    'api := flag.Bool("api", false, "")\n\tif *api {\n\t\thttp.ListenAndServe(":8080", nil)\n\t}',
    'flag',
  );
  const plan = await planned(await projectOf(project), 'slim', { args: '--api' });
  expect([plan.port, plan.start.command]).toEqual([8080, ['--api']]);
});

describe('a .env without which the program ends is told', () => {
  const env = 'github.com/joho/godotenv';
  const loading = (line: string, ...imports: readonly string[]) =>
    requiring([`${env} v1.5.1`], {
      'main.go': main(`${line}\n\thttp.ListenAndServe(":80", nil)`, 'net/http', env, ...imports),
    });
  test.each<readonly [string, Files, boolean]>([
    [
      'ended by log.Fatal',
      loading('if err := godotenv.Load(); err != nil {\n\t\tlog.Fatal(err)\n\t}', 'log'),
      true,
    ],
    [
      'ended on the next line',
      loading('err := godotenv.Load(".env")\n\tif err != nil {\n\t\tpanic(err)\n\t}'),
      true,
    ],
    ['handed on', loading('if err := godotenv.Load(); err != nil {\n\t\treturn err\n\t}'), true],
    [
      'told and gone on',
      loading('if err := godotenv.Load(); err != nil {\n\t\tlog.Println("no .env")\n\t}', 'log'),
      false,
    ],
    ['never asked', loading('_ = godotenv.Load()'), false],
    [
      'of another file',
      loading('if err := godotenv.Load("app.env"); err != nil {\n\t\tpanic(err)\n\t}'),
      false,
    ],
    ['around it', loading('must(godotenv.Load())'), true],
  ])('%s', async (_, project, told) => {
    const { notes } = await planOf(project);
    expect(notes.some(({ text }) => text.includes('ends the program when there is no .env'))).toBe(told);
  });
});

describe('a path that climbs out of the program’s folder is pointed at where it is in the image', () => {
  const opening = (line: string, ...imports: readonly string[]) =>
    files({
      'main.go': 'package shop\n',
      'cmd/api/main.go': main(`${line}\n\thttp.ListenAndServe(":80", nil)`, 'net/http', ...imports),
      'conf/app.yaml': 'x: 1\n',
    });
  test.each<readonly [string, Files, readonly string[], object]>([
    ['by its flag', opening('c := flag.String("c", "../../conf", "")\n\tload(*c)', 'flag'), ['--c=conf'], {}],
    [
      'by its variable',
      opening('load(getEnv("CONF", "../../conf/app.yaml"))'),
      [],
      { CONF: 'conf/app.yaml' },
    ],
    ['not one that is not there', opening('load(getEnv("CONF", "../../etc/app.yaml"))'), [], {}],
  ])('%s', async (_, project, args, env) => {
    const plan = await planOf(project);
    expect(plan.start.command).toEqual(args);
    expect(Object.fromEntries(plan.env.map(({ name, value }) => [name, value]))).toEqual(env);
  });
});
