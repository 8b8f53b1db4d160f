import { beforeAll, describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/languages/index.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, planned } from '../planned.ts';

/**
 * The same situation gets the same answer in every language. A row says what is right, and how each language writes it;
 * a language that joins fills its column. `red` names the languages that still answer otherwise.
 */
interface Situation {
  readonly title: string;
  readonly given?: Readonly<Record<string, string>>;
  /** Files beside the program. */
  readonly beside?: Files;
  readonly programs: { readonly [language: string]: string };
  readonly right: Partial<Answer>;
  readonly red?: readonly string[];
}

interface Answer {
  readonly port: number | undefined;
  /** Part of the sentence by which it is refused. */
  readonly refused: string;
  /** The variable of the environment that carries the port into the program. */
  readonly variable: string;
  /** How health is asked for: http, tcp or none. */
  readonly health: 'http' | 'tcp' | 'none';
  /** The path that is asked. */
  readonly path: string;
  /** What is served beside the port, as EXPOSE takes it. */
  readonly also: readonly string[];
  /** Some volume is declared. */
  readonly volume: boolean;
  /** Parts of warnings that must be given. */
  readonly warns: readonly RegExp[];
}

const C_HEAD = `#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
static int serve(int port, const char *host) {
  int s = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &a.sin_addr);
  bind(s, (struct sockaddr *)&a, sizeof a);
  listen(s, 16);
  for (;;) close(accept(s, 0, 0));
}
`;

/** The smallest project of a language around the one file that a row writes. */
const AROUND: { readonly [language: string]: (program: string) => Files } = {
  node: (program) => ({
    'package.json': '{ "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.1.0" } }',
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': { dependencies: { express: '^5.1.0' } },
        'node_modules/express': { version: '5.1.0', resolved: 'x', integrity: 'x' },
      },
    }),
    'server.js': `const app = require('express')();\n${program}`,
  }),
  go: (program) => ({ 'go.mod': 'module example.com/shop\n\ngo 1.26\n', 'main.go': program }),
  c: (program) => ({
    'CMakeLists.txt': 'project(shop C)\nadd_executable(shop main.c)\ninstall(TARGETS shop)\n',
    'main.c': C_HEAD + program,
  }),
  python: (program) => ({ 'requirements.txt': 'flask==3.1.2\n', 'app.py': program }),
  java: (program) => ({
    'pom.xml':
      '<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>shop</artifactId><version>1</version><properties><maven.compiler.release>21</maven.compiler.release></properties></project>',
    'src/main/java/Main.java': program,
  }),
};

const go = (imports: string, body: string, more = '') =>
  `package main\n\nimport (\n${imports
    .split(' ')
    .map((path) => `\t"${path}"\n`)
    .join('')})\n${more}\nfunc main() {\n${body}\n}\n`;
const java = (body: string, more = '') =>
  `import com.sun.net.httpserver.HttpServer;\nimport java.net.InetSocketAddress;\n\npublic class Main {\n${more}  public static void main(String[] args) throws Exception {\n${body}\n  }\n}\n`;
const python = (run: string, more = '') =>
  `import os\nfrom flask import Flask\n\napp = Flask(__name__)\n${more}\n\nif __name__ == "__main__":\n    ${run}\n`;

const READS_PORT = {
  node: 'const port = process.env.PORT || 8080;\napp.listen(port);\n',
  go: go(
    'net/http os',
    '\tport := os.Getenv("PORT")\n\tif port == "" {\n\t\tport = "8080"\n\t}\n\thttp.ListenAndServe(":"+port, nil)',
  ),
  c: 'int main(void) { const char *p = getenv("PORT"); return serve(p ? atoi(p) : 8080, "0.0.0.0"); }\n',
  python: python('app.run(host="0.0.0.0", port=int(os.environ.get("PORT", "8080")))'),
  java: java(
    '    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));\n    HttpServer.create(new InetSocketAddress(port), 0).start();',
  ),
};
const NEEDS_PORT = {
  node: 'app.listen(process.env.PORT);\n',
  go: go('net/http os', '\thttp.ListenAndServe(":"+os.Getenv("PORT"), nil)'),
  c: 'int main(void) { return serve(atoi(getenv("PORT")), "0.0.0.0"); }\n',
  python: python('app.run(host="0.0.0.0", port=int(os.environ["PORT"]))'),
  java: java(
    '    int port = Integer.parseInt(System.getenv("PORT"));\n    HttpServer.create(new InetSocketAddress(port), 0).start();',
  ),
};
const FIXED = {
  node: 'app.listen(8080);\n',
  go: go('net/http', '\thttp.ListenAndServe(":8080", nil)'),
  c: 'int main(void) { return serve(8080, "0.0.0.0"); }\n',
  python: python('app.run(host="0.0.0.0", port=8080)'),
  java: java('    HttpServer.create(new InetSocketAddress(8080), 0).start();'),
};

const SITUATIONS: readonly Situation[] = [
  {
    title: 'reads PORT, with a default',
    programs: READS_PORT,
    right: { port: 8080, variable: 'PORT' },
  },
  {
    title: 'needs PORT, and .env.example says 9000',
    beside: { '.env.example': 'PORT=9000\n' },
    programs: NEEDS_PORT,
    right: { port: 9000, variable: 'PORT' },
  },
  { title: 'a fixed port', programs: FIXED, right: { port: 8080 } },
  {
    title: 'a fixed port, and another is typed',
    given: { port: '9999' },
    programs: FIXED,
    right: { port: 9999, warns: [/8080/] },
  },
  {
    title: 'listens on localhost alone',
    programs: {
      node: "app.listen(8080, '127.0.0.1');\n",
      go: go('net/http', '\thttp.ListenAndServe("127.0.0.1:8080", nil)'),
      c: 'int main(void) { return serve(8080, "127.0.0.1"); }\n',
      python: python('app.run(host="127.0.0.1", port=8080)'),
      java: java('    HttpServer.create(new InetSocketAddress("127.0.0.1", 8080), 0).start();'),
    },
    right: { port: 8080, warns: [/localhost/] },
  },
  {
    title: 'a port of a database in another object',
    programs: {
      node: "const db = { host: 'db', port: 5432 };\nconst http = { port: 8080 };\nconsole.log(db.port);\napp.listen(http.port);\n",
      go: go(
        'fmt net/http',
        '\tfmt.Println(db.Port)\n\thttp.ListenAndServe(fmt.Sprintf(":%d", web.Port), nil)',
        '\ntype end struct{ Port int }\n\nvar db = end{Port: 5432}\nvar web = end{Port: 8080}\n',
      ),
      c: 'struct end { int port; };\nint main(void) { struct end db = {.port = 5432}, web = {.port = 8080}; printf("%d", db.port); return serve(web.port, "0.0.0.0"); }\n',
      python: python(
        'app.run(host="0.0.0.0", port=WEB["port"])',
        'DB = {"port": 5432}\nWEB = {"port": 8080}',
      ),
      java: java(
        '    HttpServer.create(new InetSocketAddress(Web.PORT), 0).start();',
        '  static class Db { static final int PORT = 5432; }\n  static class Web { static final int PORT = 8080; }\n',
      ),
    },
    right: { port: 8080 },
  },
  {
    title: 'a constant of another function has the same name',
    programs: {
      node: 'function cache() { const port = 6379; return port; }\nconst port = 8080;\napp.listen(port);\n',
      go: go(
        'net/http',
        '\tport := ":8080"\n\thttp.ListenAndServe(port, nil)',
        '\nfunc cache() string {\n\tport := ":6379"\n\treturn port\n}\n',
      ),
      c: 'int cache(void) { int port = 6379; return port; }\nint main(void) { int port = 8080; return serve(port, "0.0.0.0"); }\n',
      python: python(
        'port = 8080\n    app.run(host="0.0.0.0", port=port)',
        'def cache():\n    port = 6379\n    return port',
      ),
      java: java(
        '    int port = 8080;\n    HttpServer.create(new InetSocketAddress(port), 0).start();',
        '  static int cache() { int port = 6379; return port; }\n',
      ),
    },
    right: { port: 8080 },
  },
  {
    title: 'calls inside a comment and inside a text are none',
    programs: {
      node: "// app.listen(1111);\nconsole.log('app.listen(2222)');\napp.listen(8080);\n",
      go: go(
        'fmt net/http',
        '\t// http.ListenAndServe(":1111", nil)\n\tfmt.Println("http.ListenAndServe(\\":2222\\", nil)")\n\thttp.ListenAndServe(":8080", nil)',
      ),
      c: 'int main(void) { /* serve(1111, "0.0.0.0") */ puts("htons(2222)"); return serve(8080, "0.0.0.0"); }\n',
      python: python(
        'app.run(host="0.0.0.0", port=8080)',
        '# app.run(port=1111)\nprint("app.run(port=2222)")',
      ),
      java: java(
        '    // new InetSocketAddress(1111)\n    System.out.println("new InetSocketAddress(2222)");\n    HttpServer.create(new InetSocketAddress(8080), 0).start();',
      ),
    },
    right: { port: 8080 },
  },
  {
    title: 'two listeners that contradict each other',
    programs: {
      node: "if (process.argv.includes('--old')) app.listen(8080);\nelse app.listen(9090);\n",
      go: go(
        'net/http os',
        '\tif len(os.Args) > 1 {\n\t\thttp.ListenAndServe(":8080", nil)\n\t} else {\n\t\thttp.ListenAndServe(":9090", nil)\n\t}',
      ),
      c: 'int main(int argc, char **argv) { (void)argv; if (argc > 5) return serve(8080, "0.0.0.0"); return serve(9090, "0.0.0.0"); }\n',
      python: python(
        'app.run(host="0.0.0.0", port=8080) if os.path.exists("/old") else app.run(host="0.0.0.0", port=9090)',
      ),
      java: java(
        '    if (args.length > 0) HttpServer.create(new InetSocketAddress(8080), 0).start();\n    else HttpServer.create(new InetSocketAddress(9090), 0).start();',
      ),
    },
    right: { refused: 'port' },
  },
  {
    title: 'a port that cannot be read',
    programs: {
      node: "app.listen(require('node:fs').readFileSync('/etc/port', 'utf8'));\n",
      go: go('net/http os', '\tb, _ := os.ReadFile("/etc/port")\n\thttp.ListenAndServe(":"+string(b), nil)'),
      c: 'int main(void) { int port = 0; FILE *f = fopen("/etc/port", "r"); fscanf(f, "%d", &port); return serve(port, "0.0.0.0"); }\n',
      python: python('app.run(host="0.0.0.0", port=int(open("/etc/port").read()))'),
      java: java(
        '    int port = Integer.parseInt(java.nio.file.Files.readString(java.nio.file.Path.of("/etc/port")));\n    HttpServer.create(new InetSocketAddress(port), 0).start();',
      ),
    },
    right: { refused: 'port' },
  },
  {
    title: 'a path answers for its health',
    programs: {
      node: "app.get('/healthz', (_, answer) => answer.send('ok'));\napp.listen(8080);\n",
      go: go(
        'net/http',
        '\thttp.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("ok")) })\n\thttp.ListenAndServe(":8080", nil)',
      ),
      c: 'int answers(const char *path) { return strcmp(path, "/healthz") == 0; }\nint main(void) { return serve(8080, "0.0.0.0"); }\n',
      python: python(
        'app.run(host="0.0.0.0", port=8080)',
        '@app.get("/healthz")\ndef healthz():\n    return "ok"',
      ),
      java: java(
        '    var server = HttpServer.create(new InetSocketAddress(8080), 0);\n    server.createContext("/healthz", exchange -> exchange.sendResponseHeaders(204, -1));\n    server.start();',
      ),
    },
    right: { port: 8080, health: 'http', path: '/healthz' },
  },
  {
    title: 'a constant that is passed to a helper in another file',
    beside: {
      'listen.js': 'exports.start = (app, port) => app.listen(port);\n',
    },
    programs: {
      node: "const { start } = require('./listen');\nconst PORT = 8080;\nstart(app, PORT);\n",
    },
    right: { port: 8080 },
  },
  {
    title: 'a member that is set elsewhere',
    beside: {
      'settings.js':
        "const settings = { host: '0.0.0.0' };\nsettings.port = 8080;\nmodule.exports = settings;\n",
    },
    programs: {
      node: "const settings = require('./settings');\napp.listen(settings.port, settings.host);\n",
    },
    right: { port: 8080 },
  },
  {
    title: 'a number behind what cannot be read',
    programs: { node: 'const config = load();\napp.listen(config.port || 8126);\n' },
    right: { port: 8126 },
  },
  {
    title: 'the default of a flag',
    programs: {
      node: "const { values } = require('node:util').parseArgs({ options: { port: { type: 'string', default: '8080' } } });\napp.listen(Number(values.port));\n",
      go: go(
        'flag net/http',
        '\taddr := flag.String("addr", ":8080", "where")\n\tflag.Parse()\n\thttp.ListenAndServe(*addr, nil)',
      ),
    },
    right: { port: 8080 },
  },
  {
    title: 'a field of a class',
    programs: {
      node: 'class Server {\n  #port = 8080;\n  start() {\n    app.listen(this.#port);\n  }\n}\nnew Server().start();\n',
    },
    right: { port: 8080 },
  },
  {
    title: 'one port in production, another elsewhere',
    programs: {
      node: "const port = process.env.NODE_ENV === 'production' ? 8080 : 3000;\napp.listen(port);\n",
    },
    right: { port: 8080 },
  },
  {
    title: 'a configuration that ships says the port',
    beside: { 'config.json': '{ "db": { "port": 5432 }, "http": { "port": 8080 } }\n' },
    programs: { node: "const config = require('./config.json');\napp.listen(config.http.port);\n" },
    right: { port: 8080 },
  },
  {
    title: 'metrics on a port of their own',
    programs: {
      node: "app.listen(8080);\nconst metrics = require('express')();\nconst METRICS_PORT = 9100;\nmetrics.listen(METRICS_PORT);\n",
    },
    right: { port: 8080, also: ['9100'] },
  },
  {
    title: 'UDP beside HTTP',
    programs: {
      node: "require('node:dgram').createSocket('udp4').bind(5353);\napp.listen(8080);\n",
    },
    right: { port: 8080, also: ['5353/udp'], health: 'http' },
  },
  {
    title: 'UDP alone',
    programs: {
      node: "const socket = require('node:dgram').createSocket('udp4');\nsocket.bind(5353);\n",
    },
    right: { port: undefined, also: ['5353/udp'], health: 'none' },
  },
  {
    title: 'a literal beside a port that cannot be read',
    programs: { node: 'app.listen(ask());\nrequire("express")().listen(9000);\n' },
    right: { refused: 'port' },
  },
  {
    title: 'a listener that only a variable switches on',
    programs: {
      node: 'app.listen(8080);\nif (process.env.SECOND) {\n  require("express")().listen(9090);\n}\n',
    },
    right: { port: 8080, also: [] },
  },
  {
    title: 'a raw socket is asked by a connection',
    programs: { node: "require('node:net').createServer((one) => one.pipe(one)).listen(8080);\n" },
    right: { port: 8080, health: 'tcp' },
  },
  {
    title: 'a program that is forked listens',
    beside: { 'worker.js': "require('express')().listen(8080);\n" },
    programs: {
      node: "require('node:child_process').fork(require('node:path').join(__dirname, 'worker.js'));\n",
    },
    right: { port: 8080 },
  },
  {
    title: 'files that are loaded by names which cannot be read may listen',
    programs: { node: 'require(process.argv[2]);\n' },
    right: { refused: 'port' },
  },
  {
    title: 'the files of a folder are loaded',
    beside: { 'servers/http.js': "module.exports = () => require('express')().listen(8080);\n" },
    programs: {
      node: "for (const name of ['http']) require(`./servers/${name}`)();\n",
    },
    right: { port: 8080 },
  },
  {
    title: 'a package that is started may listen',
    programs: { node: "const { Service } = require('@acme/service');\nnew Service().start();\n" },
    right: { refused: 'port' },
  },
  {
    title: 'writes a database beside itself',
    programs: {
      node: "const { DatabaseSync } = require('node:sqlite');\nconst db = new DatabaseSync('shop.db');\napp.listen(8080);\n",
      go: go(
        'net/http os',
        '\tf, _ := os.OpenFile("data/shop.db", os.O_RDWR|os.O_CREATE, 0o600)\n\tdefer f.Close()\n\thttp.ListenAndServe(":8080", nil)',
      ),
      c: 'int main(void) { FILE *f = fopen("shop.db", "a+"); fputs("begun", f); return serve(8080, "0.0.0.0"); }\n',
      python: python('app.run(host="0.0.0.0", port=8080)', 'import sqlite3\ndb = sqlite3.connect("shop.db")'),
      java: java(
        '    java.sql.DriverManager.getConnection("jdbc:sqlite:shop.db");\n    HttpServer.create(new InetSocketAddress(8080), 0).start();',
      ),
    },
    right: { port: 8080, volume: true },
  },
  {
    title: 'it ends unless it is given arguments',
    programs: {
      node: "if (process.argv.length < 3) {\n  console.error('usage: shop FOLDER');\n  process.exit(2);\n}\napp.listen(8080);\n",
      go: go(
        'fmt net/http os',
        '\tif len(os.Args) < 2 {\n\t\tfmt.Println("usage: shop FOLDER")\n\t\tos.Exit(2)\n\t}\n\thttp.ListenAndServe(":8080", nil)',
      ),
      c: 'int main(int argc, char **argv) { if (argc < 2) { fprintf(stderr, "usage: %s FOLDER\\n", argv[0]); exit(2); } return serve(8080, "0.0.0.0"); }\n',
      python: python(
        'app.run(host="0.0.0.0", port=8080)',
        'import sys\nif len(sys.argv) < 2:\n    sys.exit("usage: shop FOLDER")',
      ),
      java: java(
        '    if (args.length < 1) {\n      System.err.println("usage: shop FOLDER");\n      System.exit(2);\n    }\n    HttpServer.create(new InetSocketAddress(8080), 0).start();',
      ),
    },
    right: { refused: 'ends the program' },
  },
  {
    title: 'it does otherwise when it is given arguments, and runs without',
    programs: {
      node: 'if (process.argv.length > 2) process.exit(0);\nif (process.argv[2]) load(process.argv[2]);\napp.listen(8080);\n',
      go: go(
        'net/http os',
        '\tif len(os.Args) > 1 {\n\t\tos.Exit(2)\n\t}\n\thttp.ListenAndServe(":8080", nil)',
      ),
      python: python(
        'app.run(host="0.0.0.0", port=8080)',
        'import sys\nif len(sys.argv) > 1:\n    sys.exit(2)\nname = sys.argv[1] if len(sys.argv) > 1 else "shop"',
      ),
      java: java(
        '    if (args.length > 0) {\n      System.exit(2);\n    }\n    HttpServer.create(new InetSocketAddress(8080), 0).start();',
      ),
    },
    right: { port: 8080 },
  },
  {
    title: 'an option without which it ends',
    programs: {
      node: "const { program } = require('commander');\nprogram.requiredOption('-c, --config <file>').parse();\napp.listen(8080);\n",
      python: python(
        'app.run(host="0.0.0.0", port=8080)',
        'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--config", required=True)\nargs = parser.parse_args()',
      ),
      java: java(
        '    HttpServer.create(new InetSocketAddress(8080), 0).start();',
        '  @Option(names = {"-c", "--config"}, required = true)\n  String config;\n',
      ),
    },
    right: { refused: 'unless it is given' },
  },
  {
    title: 'arguments and options that may be left out',
    programs: {
      python: python(
        'app.run(host="0.0.0.0", port=8080)',
        'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--config")\nparser.add_argument("folder", nargs="?")\nargs = parser.parse_args()',
      ),
      java: java(
        '    HttpServer.create(new InetSocketAddress(8080), 0).start();',
        '  @Option(names = {"-c", "--config"})\n  String config;\n',
      ),
    },
    right: { port: 8080 },
  },
  {
    title: 'a member of a class in another file, which needs no object',
    beside: {
      'config.js': 'class Config {\n  static port = 8080;\n}\nmodule.exports = { Config };\n',
      'config.py':
        'import os\n\nclass Database:\n    PORT = 5432\n\nclass Config:\n    PORT = int(os.getenv("PORT", "8080"))\n',
      'src/main/java/Config.java': 'class Config {\n  static final int PORT = 8080;\n}\n',
    },
    programs: {
      node: "const { Config } = require('./config');\napp.listen(Config.port);\n",
      python: python('app.run(host="0.0.0.0", port=Config.PORT)', 'from config import Config'),
      java: java('    HttpServer.create(new InetSocketAddress(Config.PORT), 0).start();'),
    },
    right: { port: 8080 },
  },
];

/** What the command answers for a project, in the words of this table. */
async function answerOf(files: Files, given: Readonly<Record<string, string>> = {}): Promise<Answer> {
  try {
    const plan = await planned(await projectOf(files, 'shop'), 'slim', given);
    const asked = (plan.health?.command ?? []).join(' ');
    const path = /(\/[a-z][\w/-]*z)\b/.exec(asked)?.[1] ?? '';
    return {
      port: plan.port,
      refused: '',
      variable:
        plan.env.find(({ name, value }) => /PORT/.test(name) && value.includes(String(plan.port)))?.name ??
        '',
      health: plan.health === undefined ? 'none' : /HTTP|http/.test(asked) ? 'http' : 'tcp',
      path,
      also: plan.also ?? [],
      volume: (plan.volumes ?? []).length > 0,
      warns: plan.notes.map(({ text }) => new RegExp(text.replace(/[^\w ]/g, '.'))),
    };
  } catch (error) {
    return {
      port: undefined,
      refused: error instanceof Error ? error.message : String(error),
      variable: '',
      health: 'none',
      path: '',
      also: [],
      volume: false,
      warns: [],
    };
  }
}

const joined = new Set<string>(LANGUAGES.map(({ id }) => id));

// what a language is made of is loaded once, and not in the time of its first row
beforeAll(async () => {
  for (const language of LANGUAGES) await language.rules();
}, 60_000);

describe.each(SITUATIONS.map((row) => [row.title, row] as const))(
  '%s',
  (_, { programs, beside, given, right, red = [] }) => {
    for (const [language, program] of Object.entries(programs)) {
      if (!joined.has(language)) continue;
      const run = red.includes(language) ? test.fails : test;
      run(language, async () => {
        const around = AROUND[language];
        if (around === undefined) throw new Error(`no project around a program of ${language}`);
        const answer = await answerOf({ ...around(program), ...beside }, given);
        const { refused, warns, ...plain } = right;
        if (refused === undefined) expect(answer.refused).toBe('');
        else expect(answer.refused).toMatch(refused);
        expect(answer).toMatchObject(plain);
        for (const warning of warns ?? [])
          expect(answer.warns.some(({ source }) => warning.test(source))).toBe(true);
      });
    }
  },
);
