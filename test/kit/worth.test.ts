import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Dialect, Source } from '../../src/kit/dialect.ts';
import type { Program, Reader, Target } from '../../src/kit/program.ts';
import { argument, calls, member, scan, textOf } from '../../src/kit/syntax.ts';
import { type Value, worth } from '../../src/kit/worth.ts';
import { C } from '../../src/languages/c/dialect.ts';
import { GO } from '../../src/languages/go/dialect.ts';
import { JAVA } from '../../src/languages/java/dialect.ts';
import { NODE } from '../../src/languages/node/dialect.ts';
import { PYTHON } from '../../src/languages/python/dialect.ts';

const DIALECTS: Readonly<Record<string, Dialect>> = {
  js: NODE,
  ts: NODE,
  go: GO,
  c: C,
  h: C,
  cpp: C,
  py: PYTHON,
  java: JAVA,
};

/** Rows as a language has them, for the tests. */
const READERS: readonly Reader[] = [
  // flag.String("addr", ":8080", "…")
  {
    of: /^(?:flag|pflag)\.(?:String|Int)$/,
    read: ({ args, text, worth, at }) => ({ ...worth(args[1]), flag: text(args[0]), at }),
  },
  {
    of: /^(?:flag|pflag)\.(?:String|Int)Var$/,
    fills: 0,
    read: ({ args, text, worth }) => ({ ...worth(args[2]), flag: text(args[1]) }),
  },
  // cleanEnv(process.env, { PORT: port({ default: 3000 }) }).PORT
  {
    of: /^cleanEnv$/,
    read: ({ source, args, path, worth, at }) => {
      const [schema] = args.slice(1);
      const row = schema && member(source, schema, path);
      if (row === undefined || typeof row === 'string') return undefined;
      const [call] = calls(source, /(?<![\w$])\w+\(/g).filter(({ from }) => from === row.from);
      const [options] = call?.args ?? [];
      const found = options && member(source, options, ['default']);
      return { ...worth(typeof found === 'string' ? undefined : found), variable: path[0], at };
    },
  },
  // config('PORT', default=8000)
  {
    of: /^config$/,
    read: ({ source, args, text, worth, at }) => ({
      ...worth(argument(source, { args }, 'default', 1)),
      variable: text(args[0]),
      at,
    }),
  },
];

/** Imports as a language resolves them, as far as the tests need it. */
function resolve(sources: readonly Source[], source: Source, name: string): readonly Target[] {
  const at = (path: string) =>
    sources.filter((one) => posix.normalize(one.path).replace(/(?:\/index)?\.\w+$/, '') === path);
  const es = /import\s+(?:(\w+)|\*\s+as\s+(\w+)|\{([^}]*)\})\s+from\s+['"]\.\/([^'"]+)['"]/g;
  const required = /\{([^}]*)\}\s*=\s*require\(['"]\.\/([^'"]+)['"]/g;
  if (source.dialect.id === 'node') {
    for (const [, all, space, list, path = ''] of source.text.matchAll(es)) {
      if (all === name) return at(path).map((one) => ({ source: one, name: 'default' }));
      if (space === name) return at(path).map((one) => ({ source: one, name: '*' }));
      for (const part of (list ?? '').split(',')) {
        const [own = '', other = own] = part.trim().split(/\s+as\s+/);
        if (other === name) return at(path).map((one) => ({ source: one, name: own }));
      }
    }
    for (const [, list = '', path = ''] of source.text.matchAll(required))
      if (list.split(',').some((part) => part.trim() === name))
        return at(path).map((one) => ({ source: one, name }));
    return [];
  }
  if (source.dialect.id === 'python') {
    const [, module, names = ''] = /^from\s+(\w+)\s+import\s+(.*)$/m.exec(source.text) ?? [];
    if (module && names.split(/\s*,\s*/).includes(name))
      return at(module).map((one) => ({ source: one, name }));
    if (new RegExp(`^import\\s+${name}$`, 'm').test(source.text))
      return at(name).map((one) => ({ source: one, name: '*' }));
    return [];
  }
  const others = sources.filter((one) => one !== source);
  if (source.dialect.id === 'c') return others.map((one) => ({ source: one, name }));
  const folder = posix.dirname(source.path);
  const imported = sources.filter(
    (one) => posix.basename(posix.dirname(one.path)) === name && posix.dirname(one.path) !== folder,
  );
  if (imported.length > 0) return imported.map((one) => ({ source: one, name: '*' }));
  return others.filter((one) => posix.dirname(one.path) === folder).map((one) => ({ source: one, name }));
}

function programOf(files: Readonly<Record<string, string>>): Program {
  const sources = Object.entries(files).map(([path, text]) =>
    scan(path, text, DIALECTS[path.split('.').at(-1) ?? ''] ?? NODE),
  );
  return {
    sources,
    memo: new Map(),
    readers: READERS,
    resolve: (source, name) => resolve(sources, source, name),
    open: (_, specifier) =>
      sources.find(({ path }) => path.replace(/\.\w+$/, '') === specifier.replace('./', '')),
    fields: [
      ({ tag, at: _ }) => {
        const variable = /env:"(\w+)/.exec(tag ?? '')?.[1];
        return variable === undefined
          ? undefined
          : { variable, text: /envDefault:"([^"]*)"/.exec(tag ?? '')?.[1] };
      },
      ({ before }) => {
        const [, name = '', text] = /@Value\("\$\{([\w.]+)(?::([^}]*))?\}"\)/.exec(before) ?? [];
        return name === '' ? undefined : { variable: name.replace('.', '_').toUpperCase(), text };
      },
    ],
  };
}

/** The worth of the first call's argument, or member of it, without where it stands. */
function asked(files: Readonly<Record<string, string>>, pattern: RegExp, place: number | string = 0): Value {
  const program = programOf(files);
  for (const source of program.sources)
    for (const call of calls(source, pattern)) {
      const arg = typeof place === 'number' ? call.args[place] : argument(source, call, place);
      const object = typeof place === 'string' && arg === undefined ? call.args[0] : undefined;
      return plain(object ? worth(program, source, object, [place as string]) : worth(program, source, arg));
    }
  throw new Error('nothing is called');
}

function plain({ at: _, number: __, parts: ___, places, ...value }: Value): Value {
  const texts = places?.map(({ at: _, ...one }) => one);
  return Object.fromEntries(
    Object.entries({ ...value, ...(texts && { places: texts }) }).filter(([, one]) => one !== undefined),
  );
}

type Row = readonly [
  name: string,
  files: string | Readonly<Record<string, string>>,
  expected: Value,
  place?: number | string,
];

const SEVERAL = (...texts: readonly string[]): Value => ({
  several: true,
  places: texts.map((text) => ({ text })),
});
const PORT = (text?: string): Value => ({ variable: 'PORT', ...(text !== undefined && { text }) });

const JS: readonly Row[] = [
  ['a number', 'app.listen(3000)', { text: '3000' }],
  ['a variable', 'app.listen(process.env.PORT)', PORT()],
  ['a variable in brackets', "app.listen(process.env['PORT'])", PORT()],
  ['a default', 'app.listen(process.env.PORT || 3000)', PORT('3000')],
  ['Deno and Bun', "app.listen(Deno.env.get('PORT') ?? Bun.env.PORT ?? 8000)", PORT('8000')],
  [
    'the port of a database decides nothing',
    `const pool = mysql.createPool({\n  host: process.env.DB_HOST,\n  port: 3306,\n});
     const port = process.env.PORT || 3000;\napp.listen(port, () => console.log(\`on \${port}\`));`,
    PORT('3000'),
  ],
  [
    'a member of another file is that of its own object',
    {
      'server.js':
        "const config = require('./config');\nconst app = require('express')();\napp.listen(config.server.port);",
      'config.js':
        "module.exports = {\n  database: { host: 'db', port: 5432 },\n  server: { port: process.env.PORT || 4000 },\n};",
    },
    PORT('4000'),
  ],
  [
    'TypeScript: a member of its own object',
    'const settings: Settings = { smtp: { port: 587 }, http: { port: Number(process.env.PORT ?? 4000) } } as const;\napp.listen(settings.http.port!)',
    PORT('4000'),
  ],
  [
    'a constant of another function',
    'function cache() {\n  const port = 6379;\n  return `redis://cache:${port}`;\n}\nconst port = Number(process.env.PORT ?? 4000);\nawait app.listen({ port, host });',
    PORT('4000'),
    'port',
  ],
  [
    'texts and comments',
    "// once app.listen(9999)\nlog('call app.listen(1234) yourself');\napp.listen(4000);",
    { text: '4000' },
  ],
  [
    'a slash in a regular expression',
    'const r = /`/; // app.listen(9999) `\nconst s = /[/*]/;\napp.listen(4000); // `',
    { text: '4000' },
  ],
  ['a parameter', 'function start(port) { app.listen(port) }\nstart(process.env.PORT || 4000)', PORT('4000')],
  [
    'a parameter with a default',
    'const start = (port = 4000) => app.listen(port);\nstart()',
    { text: '4000' },
  ],
  [
    'a function that is called with two ports',
    'function start(port) { app.listen(port) }\nstart(4000); start(5000)',
    SEVERAL('4000', '5000'),
  ],
  [
    'a default of what is taken apart',
    'const { PORT = 3000 } = process.env;\napp.listen(PORT)',
    PORT('3000'),
  ],
  [
    'another name for what is taken apart',
    'const { PORT: port = 3000 } = process.env;\napp.listen(port)',
    PORT('3000'),
  ],
  [
    'taken apart in depth',
    'const { http: { port } } = { http: { port: 4000 }, db: { port: 1 } };\napp.listen(port)',
    { text: '4000' },
  ],
  [
    'an if that reads the environment',
    'let port = 3000;\nif (process.env.PORT) port = process.env.PORT;\napp.listen(port)',
    PORT('3000'),
  ],
  [
    'the same in braces',
    'let port = 3000;\nif (process.env.PORT) {\n  port = +process.env.PORT;\n}\napp.listen(port)',
    PORT('3000'),
  ],
  [
    'a reassignment that is not understood',
    'let port = 3000;\nif (process.argv.length) port = ask();\napp.listen(port)',
    {},
  ],
  [
    'a reassignment that is the last word',
    'let port = 3000;\nport = 4000;\napp.listen(port)',
    { text: '4000' },
  ],
  ['what is assigned later', 'let port = 3000;\napp.listen(port);\nport = 4000;', { text: '3000' }],
  [
    'two branches',
    'let port;\nif (a) { port = 3000 } else { port = 4000 }\napp.listen(port)',
    SEVERAL('3000', '4000'),
  ],
  [
    'a member set elsewhere',
    'const settings = {};\nsettings.port = 11211;\napp.listen(settings.port)',
    { text: '11211' },
  ],
  ['a member set twice', 'const s = { port: 1 };\nif (x) s.port = 2;\napp.listen(s.port)', SEVERAL('1', '2')],
  ['production', "app.listen(process.env.NODE_ENV === 'production' ? 80 : 3000)", { text: '80' }],
  ['a ternary of two ports', 'app.listen(secure ? 443 : 80)', SEVERAL('443', '80')],
  [
    'a ternary over the variable',
    'app.listen(process.env.PORT ? Number(process.env.PORT) : 3000)',
    PORT('3000'),
  ],
  ['a class', 'class Server {\n  port = 4000;\n  start() { app.listen(this.port) }\n}', { text: '4000' }],
  [
    'a constructor',
    'class Server {\n  constructor(port) { this.port = port; }\n  start() { app.listen(this.port) }\n}\nnew Server(process.env.PORT || 4000).start()',
    PORT('4000'),
  ],
  [
    'a parameter that is a field',
    'class Server {\n  constructor(private readonly port: number) {}\n  start(): void { app.listen(this.port); }\n}\nnew Server(4000)',
    { text: '4000' },
  ],
  [
    'what a function returns',
    'const normalize = (val) => parseInt(val, 10);\napp.listen(normalize(process.env.PORT || 3000))',
    PORT('3000'),
  ],
  [
    'the port of the Express generator',
    "var port = normalizePort(process.env.PORT || '3000');\napp.listen(port);\nfunction normalizePort(val) {\n  var port = parseInt(val, 10);\n  if (isNaN(port)) {\n    return val;\n  }\n  if (port >= 0) {\n    return port;\n  }\n  return null;\n}",
    PORT('3000'),
  ],
  [
    'imports',
    {
      'a.ts': "import { port as p } from './b';\napp.listen(p)",
      'b.ts': 'export const port: number = 4000;',
    },
    { text: '4000' },
  ],
  [
    'a default export',
    {
      'a.ts': "import config from './b';\napp.listen(config.port)",
      'b.ts': 'export default { port: 4000 } satisfies Config;',
    },
    { text: '4000' },
  ],
  [
    'a required member',
    { 'a.js': "app.listen(require('./b').port)", 'b.js': 'exports.port = 4000' },
    { text: '4000' },
  ],
  [
    'required names',
    {
      'a.js': "const { port } = require('./b');\napp.listen(port)",
      'b.js': 'const port = 4000;\nmodule.exports = { port };',
    },
    { text: '4000' },
  ],
  ['a spread', 'const c = { port: 1, ...load() };\napp.listen(c.port)', {}],
  ['a template', 'const port = 4000;\napp.listen(`0.0.0.0:${port}`)', { text: '0.0.0.0:4000' }],
  [
    'JSX',
    "const port = 4000;\nconst a = <Server port={1}>don't {x}</Server>;\napp.listen(port)",
    { text: '4000' },
  ],
  [
    'a schema',
    'const env = cleanEnv(process.env, { PORT: port({ default: 3000 }) });\napp.listen(env.PORT)',
    PORT('3000'),
  ],
  ['what nobody declares', 'app.listen(port)', {}],
  [
    'options before a variable',
    'app.listen(options.port || process.env.PORT || 3000)',
    { ...PORT('3000'), partly: true },
  ],
  ['a helper', "app.listen(getEnv('PORT', '3000'))", PORT('3000')],
  ['a name that means itself', 'let port = port || other;\nlet other = port;\napp.listen(port)', {}],
];

const LATER: readonly Row[] = [
  ['a getter', 'const c = { get port() { return ask() } };\napp.listen(c.port)', {}],
  ['a member by its name', "const c = {};\nc['port'] = 4000;\napp.listen(c.port)", { text: '4000' }],
  ['objects that are joined', 'const c = Object.assign({}, { port: 1 }, load());\napp.listen(c.port)', {}],
  ['a member of a loop', 'for (const port of ports) app.listen(port)', {}],
  ['what is caught', 'const port = 1;\nfor (const port of [2]) { app.listen(port) }', {}],
  ['a sum', 'const base = 8000;\napp.listen(base + 80)', { text: '8080' }],
  ['what is added to a port that is asked for', 'app.listen(process.env.PORT + 1)', {}],
];

const go = (body: string) => `package main\n\nimport "os"\n\n${body}`;
const main = (body: string) => go(`func main() {\n\t${body.replace(/\n/g, '\n\t')}\n}\n`);

const GOS: readonly Row[] = [
  ['a text', main('http.ListenAndServe(":8080", nil)'), { text: ':8080' }],
  [
    'a member of its own structure',
    go(
      'type part struct{ Port string }\ntype config struct{ DB, HTTP part }\n\nfunc main() {\n\tcfg := config{DB: part{Port: "5432"}, HTTP: part{Port: "4000"}}\n\thttp.ListenAndServe(cfg.HTTP.Port, nil)\n}',
    ),
    { text: '4000' },
  ],
  [
    'a call in a text',
    main('fmt.Println("http.ListenAndServe(1)")\nhttp.ListenAndServe(":4000", nil)'),
    { text: ':4000' },
  ],
  [
    'joined texts',
    main('port := 4000\nhttp.ListenAndServe(fmt.Sprintf("%s:%d", "", port), nil)'),
    { text: ':4000' },
  ],
  [
    'an if that reads the environment',
    main(
      'port := "8080"\nif p := os.Getenv("PORT"); p != "" {\n\tport = p\n}\nhttp.ListenAndServe(":"+port, nil)',
    ),
    PORT(':8080'),
  ],
  [
    'a default behind an if',
    main(
      'port := os.Getenv("PORT")\nif port == "" {\n\tport = "8080"\n}\nhttp.ListenAndServe(":"+port, nil)',
    ),
    PORT(':8080'),
  ],
  [
    'a look-up',
    main('port, ok := os.LookupEnv("PORT")\nif !ok {\n\tport = "8080"\n}\nhttp.ListenAndServe(port, nil)'),
    PORT('8080'),
  ],
  [
    'a conversion',
    main(
      'port, err := strconv.Atoi(os.Getenv("PORT"))\nif err != nil {\n\tport = 8080\n}\nhttp.ListenAndServe(port, nil)',
    ),
    PORT('8080'),
  ],
  [
    'constants of a group',
    go('const (\n\thost = ""\n\tport int = 8080\n)\nfunc main() { http.ListenAndServe(port, nil) }'),
    { text: '8080' },
  ],
  [
    'a helper of the program',
    go(
      'func env(key, otherwise string) string {\n\tif value, ok := os.LookupEnv(key); ok {\n\t\treturn value\n\t}\n\treturn otherwise\n}\nfunc main() {\n\tdb := env("DB", "5432")\n\thttp.ListenAndServe(env("PORT", "8080"), db)\n}',
    ),
    PORT('8080'),
  ],
  [
    'a flag',
    main('addr := flag.String("addr", ":8080", "address")\nflag.Parse()\nhttp.ListenAndServe(*addr, nil)'),
    { flag: 'addr', text: ':8080' },
  ],
  [
    'a flag that fills',
    main(
      'var addr string\nflag.StringVar(&addr, "addr", ":8080", "address")\nhttp.ListenAndServe(addr, nil)',
    ),
    { flag: 'addr', text: ':8080' },
  ],
  [
    'a flag that fills a member',
    main(
      'var cfg config\nflag.StringVar(&cfg.addr, "addr", ":8080", "address")\nhttp.ListenAndServe(cfg.addr, nil)',
    ),
    { flag: 'addr', text: ':8080' },
  ],
  [
    'tags',
    go(
      'type Config struct {\n\tHTTP struct {\n\t\tPort string `env:"PORT" envDefault:"8080"`\n\t}\n\tDB struct {\n\t\tPort string `env:"DB_PORT"`\n\t}\n}\nfunc main() {\n\tcfg := &Config{}\n\tenv.Parse(cfg)\n\thttp.ListenAndServe(cfg.HTTP.Port, nil)\n}',
    ),
    PORT('8080'),
  ],
  [
    'options that are functions',
    go(
      'type Server struct{ address string }\ntype Option func(*Server)\nfunc Port(port string) Option { return func(s *Server) { s.address = net.JoinHostPort("", port) } }\nfunc New(opts ...Option) *Server {\n\ts := &Server{address: ":80"}\n\treturn s\n}\nfunc (s *Server) Start() error { return http.ListenAndServe(s.address, nil) }\nfunc main() { New(Port("80")).Start() }',
    ),
    {},
  ],
  [
    'functions of one name in two packages',
    {
      'main.go': go('func main() {\n\tpg.New(os.Getenv("PG_URL"))\n\thttpd.New(":8080")\n}'),
      'pg/pg.go': 'package pg\nfunc New(url string) { sql.Open(url) }',
      'httpd/httpd.go': 'package httpd\nfunc New(addr string) { http.ListenAndServe(addr, nil) }',
    },
    { text: ':8080' },
  ],
  [
    'a constant of another file of the package',
    {
      'main.go': go('func main() { http.ListenAndServe(addr, nil) }'),
      'config.go': 'package main\nconst addr = ":8080"',
    },
    { text: ':8080' },
  ],
  [
    'a result that has a name, filled by a flag',
    go(
      'func load() (c config, err error) {\n\tflag.StringVar(&c.addr, "addr", ":8080", "address")\n\treturn c, nil\n}\nfunc main() {\n\tcfg, _ := load()\n\thttp.ListenAndServe(cfg.addr, nil)\n}',
    ),
    { flag: 'addr', text: ':8080' },
  ],
  [
    'two addresses',
    main('addr := ":80"\nif tls {\n\taddr = ":443"\n}\nhttp.ListenAndServe(addr, nil)'),
    SEVERAL(':80', ':443'),
  ],
  [
    'a rune and a raw text',
    main('x := \'"\'\ny := `// http.ListenAndServe(1)`\nhttp.ListenAndServe(":4000", nil)'),
    { text: ':4000' },
  ],
];

const CS: readonly Row[] = [
  [
    'a member of its own structure',
    'struct end { const char *host; int port; };\nstatic struct end db = {.host = "db", .port = 5432};\nstatic struct end web = {.host = "0.0.0.0", .port = 4000};\nint main(void) { to.sin_port = htons(web.port); }',
    { text: '4000' },
  ],
  [
    'a local of another function',
    'static void cache(void) {\n  int port = 6379;\n  use(port);\n}\nint main(void) {\n  int port = 4000;\n  struct sockaddr_in to = {.sin_port = htons(port)};\n}',
    { text: '4000' },
  ],
  ['a macro', '#define PORT 8080 // the port\nint main() { htons(PORT); }', { text: '8080' }],
  [
    'a macro of a header',
    { 'main.c': 'int main() { htons(PORT); }', 'config.h': '#define PORT (8080)\n' },
    { text: '8080' },
  ],
  [
    'the environment',
    'int main() { const char *p = getenv("PORT"); int port = p ? atoi(p) : 8080; htons(port); }',
    PORT('8080'),
  ],
  [
    'a member set elsewhere',
    'struct settings settings;\nvoid init(void) { settings.port = 11211; }\nint main() { htons(settings.port); }',
    { text: '11211' },
  ],
  [
    'through a pointer',
    'struct settings { int port; };\nvoid init(struct settings *s) { s->port = 11211; }\nint main() { struct settings s; init(&s); htons(s.port); }',
    { text: '11211' },
  ],
  ['an enumeration', 'enum { PORT = 8080, OTHER };\nint main() { htons(PORT); }', { text: '8080' }],
  ['C++ braces', 'constexpr std::uint16_t port{8080};\nint main() { htons(port); }', { text: '8080' }],
  [
    'digits with separators',
    "int main() { int port = 8'080; char c = '\"'; htons(port); }",
    { text: '8080' },
  ],
  ['a raw text', 'const char *t = R"x(htons(1) ")x";\nint main() { htons(8080); }', { text: '8080' }],
  [
    'a cast',
    'int main() { int port = 8080; htons((uint16_t)port); htons(static_cast<int>(port)); }',
    { text: '8080' },
  ],
  [
    'a word of the command line',
    'int main(int argc, char **argv) { int port = 8080; if (argc > 1) port = atoi(argv[1]); htons(port); }',
    { argument: true, text: '8080' },
  ],
  [
    'what is filled by its address',
    'int main() { int port = 8080; sscanf(text, "%d", &port); htons(port); }',
    {},
  ],
  [
    'a branch of the preprocessor',
    'int main() {\n#ifdef A\n  if (a) {\n#else\n  if (b) {\n#endif\n  }\n  int port = 8080;\n  htons(port);\n}',
    { text: '8080' },
  ],
  [
    'branches of the preprocessor that contradict each other',
    '#ifdef A\n#define PORT 1\n#else\n#define PORT 2\n#endif\nint main() { htons(PORT); }',
    SEVERAL('1', '2'),
  ],
  [
    'what a constructor initialises',
    'class S { S(int p) : port_(p) {} int run() { return htons(port_); } int port_; };\nint main() { auto s = new S(8080); }',
    { text: '8080' },
  ],
  [
    'a parameter',
    'static int serve(int port) { return htons(port); }\nint serve(int port);\nint main() { return serve(8080); }',
    { text: '8080' },
  ],
];

const PYTHONS: readonly Row[] = [
  ['a keyword', 'app.listen(host="0.0.0.0", port=5000)', { text: '5000' }, 'port'],
  ['the environment', 'port = int(os.environ.get("PORT", 8000))\napp.listen(port)', PORT('8000')],
  ['the environment in brackets', 'app.listen(os.environ["PORT"])', PORT()],
  ['a name that no shell can expand', 'app.listen(int(os.environ["A;id"]))', {}],
  [
    'such a name with a default',
    'app.listen(int(os.environ.get("$(id)", 80)))',
    { text: '80', partly: true },
  ],
  ['getenv or', 'app.listen(int(os.getenv("PORT") or 8000))', PORT('8000')],
  [
    'a local of another function',
    'def cache():\n    port = 6379\n    return f"redis://cache:{port}"\n\nport = 4000\napp.listen(port)',
    { text: '4000' },
  ],
  [
    'a dictionary',
    'config = {"db": {"port": 5432}, "http": {"port": 4000}}\napp.listen(config["http"]["port"])',
    { text: '4000' },
  ],
  ['an f-string', 'port = 4000\napp.listen(f"0.0.0.0:{port:d}")', { text: '0.0.0.0:4000' }],
  ['a format', 'app.listen("%s:%d" % ("", 4000))', { text: ':4000' }],
  [
    'a class',
    'class Server:\n    port = 1\n\n    def __init__(self, port=4000):\n        self.port = port\n\n    def start(self):\n        app.listen(self.port)\n\nServer(port=5000).start()',
    { several: true, places: [{ text: '1' }, { text: '5000' }] },
  ],
  [
    'a class of settings',
    'class Config:\n    PORT = int(os.environ.get("PORT", "8000"))\n\napp.listen(Config.PORT)',
    PORT('8000'),
  ],
  [
    'a branch',
    'port = 8000\nif "PORT" in os.environ:\n    port = int(os.environ["PORT"])\napp.listen(port)',
    PORT('8000'),
  ],
  ['a conditional expression', 'app.listen(443 if tls else 80)', SEVERAL('443', '80')],
  [
    'try',
    'try:\n    port = int(os.environ["PORT"])\nexcept KeyError:\n    port = 8000\napp.listen(port)',
    PORT('8000'),
  ],
  [
    'another module',
    { 'a.py': 'from b import PORT\napp.listen(PORT)', 'b.py': 'PORT = 4000' },
    { text: '4000' },
  ],
  ['a module', { 'a.py': 'import b\napp.listen(b.PORT)', 'b.py': 'PORT = 4000' }, { text: '4000' }],
  ['a parameter', 'def run(host, port=8000):\n    app.listen(port)\n\nrun("x", port=4000)', { text: '4000' }],
  [
    'a global of a function',
    'port = 8\ndef f():\n    global port\n    port = 9\nf()\napp.listen(port)',
    SEVERAL('8', '9'),
  ],
  ['a member by its name', 'x = dict(a=1)\nx["port"] = 3\napp.listen(x["port"])', { text: '3' }],
  ['a library of settings', "app.listen(config('PORT', default=8000, cast=int))", PORT('8000')],
  ['texts and comments', '# app.listen(1)\n"""\napp.listen(2)\n"""\napp.listen(4000)', { text: '4000' }],
];

const JAVAS: readonly Row[] = [
  [
    'a constant',
    'class A {\n  static final int PORT = 8080;\n  void run() { app.listen(PORT); }\n}',
    { text: '8080' },
  ],
  [
    'the environment',
    'class A { void run() { int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080")); app.listen(port); } }',
    PORT('8080'),
  ],
  [
    'a branch',
    'class A { void run() {\n  int port = 8080;\n  String p = System.getenv("PORT");\n  if (p != null) {\n    port = Integer.parseInt(p);\n  }\n  app.listen(port);\n} }',
    PORT('8080'),
  ],
  [
    'a ternary',
    'class A { void run() { String p = System.getenv("PORT"); app.listen(p != null ? Integer.parseInt(p) : 8080); } }',
    PORT('8080'),
  ],
  [
    'a local of another method',
    'class A { void c() { int port = 6379; } void run() { int port = 4000; app.listen(port); } }',
    { text: '4000' },
  ],
  [
    'a field and its constructor',
    'class A { private final int port; A(int port) { this.port = port; } void run() { app.listen(port); } }\nclass B { void x() { new A(4000).run(); } }',
    { text: '4000' },
  ],
  [
    'an annotation',
    'class A {\n  @Value("${server.port:8080}")\n  private int port;\n  void run() { app.listen(port); }\n}',
    { variable: 'SERVER_PORT', text: '8080' },
  ],
  [
    'text blocks',
    'class A { String s = """\n  app.listen(1) "\n  """; void run() { app.listen(4000); } }',
    { text: '4000' },
  ],
];

const rows = (all: readonly Row[], file: string, call: RegExp) =>
  test.each(all.map((row) => [row[0], row] as const))('%s', (_, [, files, expected, place]) => {
    expect(asked(typeof files === 'string' ? { [file]: files } : files, call, place)).toEqual(expected);
  });

describe('JavaScript', () => rows([...JS, ...LATER], 'a.ts', /\.listen\s*\(/g));
describe('Go', () => rows(GOS, 'main.go', /\.ListenAndServe\(/g));
describe('C', () => rows(CS, 'main.cpp', /\bhtons\(/g));
describe('Python', () => rows(PYTHONS, 'a.py', /\.listen\(/g));
describe('Java', () => rows(JAVAS, 'A.java', /\.listen\(/g));

test('a value says where it stands', () => {
  const program = programOf({
    'a.js': "const { port } = require('./b');\n\napp.listen(port)",
    'b.js': '\nexports.port = 4000',
  });
  const [source] = program.sources as [Source];
  const [call] = calls(source, /\.listen\(/g);
  expect(worth(program, source, call?.args[0])).toEqual({ text: '4000', number: true, at: 'b.js:2' });
});

test('textOf reads a text and nothing else', () => {
  const source = scan('a.js', 'f("a\\tb", `x${y}`, 1)', NODE);
  const [call] = calls(source, /\bf\(/g);
  expect(call?.args.map((arg) => textOf(source, arg))).toEqual(['a\tb', undefined, undefined]);
});
