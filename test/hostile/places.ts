import type { LanguageId } from '../../src/facts/language.ts';
import type { Files } from '../planned.ts';

export const SERVER = "require('http').createServer().listen(process.env.PORT || 3000);";
const base = { name: 'x', scripts: { start: 'node server.js' }, dependencies: { ms: '2.1.3' } };
const project = (manifest: object, more: Files = {}): Files => ({
  'package.json': JSON.stringify(manifest),
  'server.js': SERVER,
  ...more,
});
export const GO_SERVER =
  'package main\nimport ("net/http"; "os")\nfunc main() { http.ListenAndServe(":" + os.Getenv("PORT"), nil) }\n';
const goProject = (more: Files = {}, mod = 'module example.com/x\n\ngo 1.26\n'): Files => ({
  'go.mod': mod,
  'main.go': GO_SERVER,
  ...more,
});

const MAIN = 'int main(void) { return 0; }\n';
const HEAD = 'cmake_minimum_required(VERSION 3.20)\nproject(app C)\n';
const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

export const FLASK = 'from flask import Flask\napp = Flask(__name__)\n';
const python = (more: Files = {}): Files => ({
  'requirements.txt': 'flask==3.1.0\ngunicorn==23.0.0\n',
  'app.py': FLASK,
  ...more,
});
const pyproject = (text: string, more: Files = {}): Files => ({
  'pyproject.toml': text,
  'app.py': FLASK,
  ...more,
});
export const LOCK = 'version = 1\n\n[[package]]\nname = "flask"\nversion = "3.1.0"\n';
/** A text of TOML, or of JSON. */
const word = (text: string) => JSON.stringify(text);

export const JAVA =
  'package a;\nimport com.sun.net.httpserver.HttpServer;\nimport java.net.InetSocketAddress;\npublic class Main { public static void main(String[] a) throws Exception { HttpServer.create(new InetSocketAddress(8080), 0).start(); } }\n';
const xml = (text: string) => text.replace(/[<&]/g, (sign) => (sign === '<' ? '&lt;' : '&amp;'));
const maven = (text: string, more: Files = {}, artifact = 'x'): Files => ({
  'pom.xml': `<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>${artifact}</artifactId><version>1</version>${text}</project>\n`,
  'src/main/java/a/Main.java': JAVA,
  ...more,
});
const JAR = (main: string) =>
  `<build><plugins><plugin><artifactId>maven-jar-plugin</artifactId><configuration><archive><manifest><mainClass>${main}</mainClass></manifest></archive></configuration></plugin></plugins></build>`;
const gradle = (text: string, more: Files = {}): Files => ({
  'settings.gradle': "rootProject.name = 'x'\n",
  'build.gradle': `plugins { id 'application' }\napplication { mainClass = 'a.Main' }\n${text}\n`,
  'src/main/java/a/Main.java': JAVA,
  ...more,
});

/** Where a project's own text can get into a plan. Each takes the text and gives a project around it. */
export const PLACES: Readonly<Record<LanguageId, Readonly<Record<string, (text: string) => Files>>>> = {
  node: {
    name: (text) => project({ ...base, name: text }),
    'scripts.start': (text) => project({ ...base, scripts: { start: `node ${text}` } }, { [text]: SERVER }),
    'a quoted argument': (text) =>
      project({ ...base, scripts: { start: `node server.js ${JSON.stringify(text)}` } }),
    'a variable of the script': (text) =>
      project({ ...base, scripts: { start: `MODE='${text}' node server.js` } }),
    'a script’s name': (text) =>
      project(
        { ...base, scripts: { ...base.scripts, [text]: 'tsc', build: `npm run ${JSON.stringify(text)}` } },
        { 'lib/a.ts': '' },
      ),
    main: (text) => project({ name: 'x', main: text }, { [text]: SERVER }),
    'tsc’s outDir': (text) =>
      project(
        { ...base, scripts: { build: 'tsc', start: `node ${text}/server.js` } },
        {
          'tsconfig.json': JSON.stringify({ compilerOptions: { outDir: text, rootDir: 'src' } }),
          'src/server.ts': SERVER,
        },
      ),
    port: (text) =>
      project(base, { 'server.js': `require('http').createServer().listen(${JSON.stringify(text)});` }),
    host: (text) =>
      project(base, {
        'server.js': `require('http').createServer().listen(3000, process.env.HOST || ${JSON.stringify(text)});`,
      }),
    'health path': (text) => project(base, { 'server.js': `app.get('/${text}/healthz', f);\n${SERVER}` }),
    '.env.example': (text) =>
      project(base, { 'server.js': 'x.listen(process.env.PORT)', '.env.example': `PORT=${text}` }),
    packageManager: (text) => project({ ...base, packageManager: `pnpm@${text}` }),
    'engines.node': (text) => project({ ...base, engines: { node: text } }),
    '.nvmrc': (text) => project(base, { '.nvmrc': text }),
    'a file: package': (text) =>
      project({ ...base, dependencies: { a: `file:${text}` } }, { [`${text}/package.json`]: '{}' }),
    yarnPath: (text) =>
      project(base, {
        'yarn.lock': '__metadata:\n  version: 8\n',
        '.yarnrc.yml': JSON.stringify({ yarnPath: text }),
        [text]: '',
      }),
    '.npmrc': (text) => project(base, { '.npmrc': `//x/:_authToken=\${${text}}\nregistry=${text}` }),
    'a folder that the program reads': (text) =>
      project(
        { ...base, scripts: { build: 'tsc', start: 'node dist/server.js' } },
        {
          'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
          'src/server.ts': `read(${JSON.stringify(`../${text}`)});\n${SERVER}`,
          [`${text}/a`]: '',
        },
      ),
    '.dockerignore': (text) => project(base, { '.dockerignore': text }),
  },
  go: {
    'the module’s path': (text) => goProject({}, `module ${text}\n\ngo 1.26\n`),
    'the module’s path in quotes': (text) => goProject({}, `module "example.com/${text}"\n`),
    'the main package’s folder': (text) => ({ 'go.mod': 'module x\n', [`cmd/${text}/main.go`]: GO_SERVER }),
    'the module’s folder': (text) => ({ [`${text}/go.mod`]: 'module x\n', [`${text}/main.go`]: GO_SERVER }),
    'a file without a module': (text) => ({ 'main.go': GO_SERVER, [`${text}.go`]: 'package main\n' }),
    versions: (text) =>
      goProject({ '.go-version': text, '.tool-versions': `golang ${text}` }, `module x\n\ngo ${text}\n`),
    'a requirement': (text) =>
      goProject({ 'go.sum': `${text} v1.0.0/go.mod h1:x\n` }, `module x\n\nrequire ${text} v1.0.0\n`),
    'a replacement': (text) =>
      goProject({ [`${text}/go.mod`]: 'module y\n' }, `module x\n\nreplace y => ./${text}\n`),
    'a workspace': (text) => ({
      'go.work': `go 1.26\n\nuse ./${text}\n`,
      [`${text}/go.mod`]: 'module x\n\nrequire example.com/y v1.0.0\n',
      [`${text}/go.sum`]: 'example.com/y v1.0.0/go.mod h1:x\n',
      [`${text}/main.go`]: GO_SERVER,
    }),
    'the address': (text) =>
      goProject({ 'main.go': GO_SERVER.replace('":" + os.Getenv("PORT")', () => JSON.stringify(text)) }),
    'a flag and its default': (text) =>
      goProject({
        'main.go': `package main\nimport ("flag"; "net/http")\nvar a = flag.String(${JSON.stringify(text)}, "localhost:80", "")\nfunc main() { http.ListenAndServe(*a, nil) }\n`,
      }),
    'a variable': (text) => goProject({ 'main.go': GO_SERVER.replace('"PORT"', () => JSON.stringify(text)) }),
    'a health path': (text) => goProject({ 'h.go': `package main\nvar p = "/${text}/healthz"\n` }),
    'a version': (text) => goProject({ 'v.go': `package main\nvar version = ${JSON.stringify(text)}\n` }),
    'a symbol that the Makefile fills': (text) =>
      goProject({
        Makefile: `go build -ldflags "-X ${text}=1"\n`,
        'v.go': 'package main\nvar version = ""\n',
      }),
    'build tags': (text) => goProject({ Makefile: `\tgo build -tags "${text}" .\n` }),
    'private modules': (text) => goProject({ Makefile: `export GOPRIVATE=${text}\n` }),
    'a folder that the program reads': (text) =>
      goProject({
        'f.go': `package main\nvar f = os.DirFS(${JSON.stringify(text)})\n`,
        [`${text}/a.html`]: '',
      }),
    'an embedded file': (text) =>
      goProject({ 'e.go': `package main\n//go:embed ${text}\nvar f embed.FS\n`, [text]: '' }),
    'a command': (text) =>
      goProject({
        'c.go': `package main\nimport "github.com/spf13/cobra"\nvar c = &cobra.Command{Use: "serve ${text}"}\n`,
      }),
    'a C library': (text) =>
      goProject({
        'c.go': `package main\n// #cgo LDFLAGS: -l${text}\n// #cgo pkg-config: ${text}\nimport "C"\n`,
      }),
  },
  c: {
    'an executable of CMake': (text) => ({
      'CMakeLists.txt': `${HEAD}add_executable(${quoted(text)} main.c)\n`,
      'main.c': MAIN,
    }),
    'an executable of CMake, bare': (text) => ({
      'CMakeLists.txt': `${HEAD}add_executable(${text} main.c)\n`,
      'main.c': MAIN,
    }),
    'what CMake calls the file': (text) => ({
      'CMakeLists.txt': `${HEAD}add_executable(app main.c)\nset_target_properties(app PROPERTIES OUTPUT_NAME ${quoted(text)})\n`,
      'main.c': MAIN,
    }),
    'where CMake leaves it': (text) => ({
      'CMakeLists.txt': `${HEAD}set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${quoted(text)})\nadd_executable(app main.c)\n`,
      'main.c': MAIN,
    }),
    'where CMake installs it': (text) => ({
      'CMakeLists.txt': `${HEAD}add_executable(app main.c)\ninstall(TARGETS app DESTINATION ${quoted(text)})\n`,
      'main.c': MAIN,
    }),
    'a package of CMake': (text) => ({
      'CMakeLists.txt': `${HEAD}add_executable(app main.c)\nfind_package(${quoted(text)})\n`,
      'main.c': MAIN,
    }),
    'a preset': (text) => ({
      'CMakeLists.txt': `${HEAD}add_executable(app main.c)\n`,
      'CMakePresets.json': JSON.stringify({ configurePresets: [{ name: text }] }),
      'main.c': MAIN,
    }),
    'an executable of Meson': (text) => ({
      'meson.build': `project('a', 'c')\nexecutable('${text}', 'main.c', install: true)\n`,
      'main.c': MAIN,
    }),
    'a dependency of Meson': (text) => ({
      'meson.build': `project('a', 'c')\nexecutable('app', 'main.c')\ndependency('${text}', required: false)\n`,
      'main.c': MAIN,
    }),
    'a program of Automake': (text) => ({
      'configure.ac': 'AC_INIT([a], [1])\n',
      'Makefile.am': `bin_PROGRAMS = ${text}\n`,
      'main.c': MAIN,
    }),
    'a target of make': (text) => ({ Makefile: `${text}: main.c\n\t$(CC) -o $@ main.c\n`, 'main.c': MAIN }),
    'a prefix of make': (text) => ({
      Makefile: `PREFIX = ${text}\napp: main.c\n\t$(CC) -o app main.c\ninstall: app\n\tinstall app $(PREFIX)/bin/app\n`,
      'main.c': MAIN,
    }),
    'a source': (text) => ({ [`${text}.c`]: MAIN }),
    'a folder of sources': (text) => ({ 'main.c': `#include "f.h"\n${MAIN}`, [`src/${text}/f.c`]: 'int f;' }),
    'a file that is read': (text) => ({
      'main.c': `${MAIN}void f(void) { fopen(${quoted(`data/${text}.txt`)}, "r"); }\n`,
      [`data/${text}.txt`]: '',
    }),
    'a variable of the environment': (text) => ({
      'main.c': `int main(void) { s.sin_port = htons(atoi(getenv(${quoted(text)}))); listen(s, 1); }\n`,
    }),
    'a path that answers': (text) => ({
      'main.c': `int main(void) { s.sin_port = htons(80); listen(s, 1); route(${quoted(`/${text}/healthz`)}); }\n`,
    }),
  },
  python: {
    'a requirement': (text) => python({ 'requirements.txt': `flask==3.1.0\n${text}==1.0\n` }),
    'a file of requirements': (text) =>
      python({ 'requirements.txt': `flask\n-r ${text}.txt\n`, [`${text}.txt`]: 'gunicorn\n' }),
    'a folder that is installed': (text) =>
      python({
        'requirements.txt': `flask\n-e ./${text}\n`,
        [`${text}/pyproject.toml`]: '[project]\nname = "y"\n',
      }),
    'an index of packages': (text) =>
      python({ 'requirements.txt': `--extra-index-url https://x.example/${text}\nflask\n` }),
    'a file of the server': (text) => ({ 'requirements.txt': 'flask\ngunicorn\n', [`${text}.py`]: FLASK }),
    'the name of the application': (text) =>
      python({ 'app.py': `from flask import Flask\n${text} = Flask(__name__)\n` }),
    'a package': (text) => python({ 'app.py': '', [`${text}/__init__.py`]: '', [`${text}/main.py`]: FLASK }),
    Procfile: (text) => python({ Procfile: `web: gunicorn ${text}\n` }),
    'a project’s name': (text) =>
      pyproject(`[project]\nname = ${word(text)}\nversion = "1"\ndependencies = ["flask"]\n`),
    'a script’s name': (text) =>
      pyproject(
        `[project]\nname = "x"\nversion = "1"\ndependencies = ["flask"]\n[project.scripts]\n${word(text)} = "app:run"\n`,
      ),
    'a script’s function': (text) =>
      pyproject(
        `[project]\nname = "x"\nversion = "1"\ndependencies = ["flask"]\n[project.scripts]\nx = ${word(`app:${text}`)}\n`,
      ),
    'the version of Python': (text) =>
      pyproject(
        `[project]\nname = "x"\nversion = "1"\nrequires-python = ${word(text)}\ndependencies = ["flask"]\n`,
        {
          '.python-version': text,
        },
      ),
    'a package of Poetry': (text) =>
      pyproject(
        `[tool.poetry]\nname = "x"\nversion = "1"\npackages = [{ include = ${word(text)} }]\n[tool.poetry.dependencies]\nflask = "*"\n[tool.poetry.scripts]\nx = ${word(`${text}.main:run`)}\n`,
        {
          'poetry.lock': LOCK,
          [`${text}/main.py`]: FLASK,
        },
      ),
    'a member of uv’s workspace': (text) =>
      pyproject(
        `[project]\nname = "x"\nversion = "1"\ndependencies = ["flask", "y"]\n[tool.uv.workspace]\nmembers = [${word(text)}]\n[tool.uv.sources]\ny = { workspace = true }\n`,
        {
          'uv.lock': LOCK,
          [`${text}/pyproject.toml`]: '[project]\nname = "y"\nversion = "1"\n',
        },
      ),
    'an index of uv': (text) =>
      pyproject(
        `[project]\nname = "x"\nversion = "1"\ndependencies = ["flask"]\n[[tool.uv.index]]\nname = ${word(text)}\nurl = ${word(`https://x.example/${text}`)}\n`,
        {
          'uv.lock': LOCK,
        },
      ),
    'a version that is the build’s': (text) =>
      pyproject(
        `[build-system]\nrequires = ["hatchling", ${word(text)}]\n[project]\nname = "x"\nversion = "1"\ndependencies = ["flask"]\nreadme = ${word(text)}\nlicense = { file = ${word(text)} }\n`,
        {
          [text]: '',
        },
      ),
    'setup.py': (text) => ({
      'setup.py': `from setuptools import setup\nsetup(name=${word(text)}, install_requires=["flask"], entry_points={"console_scripts": [${word(`${text}=app:run`)}]})\n`,
      'app.py': FLASK,
    }),
    'Django’s settings': (text) => ({
      'requirements.txt': 'django\ngunicorn\n',
      'manage.py': `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", ${word(`${text}.settings`)})\n`,
      [`${text}/settings.py`]: `WSGI_APPLICATION = ${word(`${text}.wsgi.application`)}\nSTATIC_ROOT = ${word(text)}\n`,
      [`${text}/wsgi.py`]: 'application = None\n',
    }),
    'a port': (text) => python({ 'app.py': `${FLASK}app.run(host="0.0.0.0", port=${word(text)})\n` }),
    'a variable of the environment': (text) =>
      python({
        'app.py': `import os\n${FLASK}app.run(host="0.0.0.0", port=int(os.environ.get(${word(text)}, "8000")))\n`,
      }),
    'a path that answers': (text) =>
      python({ 'app.py': `${FLASK}@app.get(${word(`/${text}/healthz`)})\ndef f(): pass\n` }),
    'a folder that is read': (text) =>
      python({ 'app.py': `${FLASK}open(${word(`${text}/a.txt`)})\n`, [`${text}/a.txt`]: '' }),
    'a file that is written': (text) => python({ 'app.py': `${FLASK}open(${word(`${text}/a.txt`)}, "w")\n` }),
    'a library of the system': (text) =>
      python({ 'app.py': `import ctypes\nctypes.CDLL(${word(text)})\n${FLASK}` }),
  },
  java: {
    'an artifact': (text) => maven(JAR('a.Main'), {}, xml(text)),
    'the name of the jar': (text) => maven(`<build><finalName>${xml(text)}</finalName></build>`),
    'the main class': (text) => maven(JAR(xml(text))),
    'a class': (text) =>
      maven(JAR('a.Main'), { [`src/main/java/a/${text}.java`]: JAVA.replace('class Main', 'class Other') }),
    'a module': (text) => ({
      'pom.xml': `<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>x</artifactId><version>1</version><packaging>pom</packaging><modules><module>${xml(text)}</module></modules></project>\n`,
      [`${text}/pom.xml`]: `<project><modelVersion>4.0.0</modelVersion><parent><groupId>a</groupId><artifactId>x</artifactId><version>1</version></parent><artifactId>y</artifactId>${JAR('a.Main')}</project>\n`,
      [`${text}/src/main/java/a/Main.java`]: JAVA,
    }),
    'a property': (text) =>
      maven(
        `<properties><java.version>${xml(text)}</java.version><maven.compiler.release>\${java.version}</maven.compiler.release></properties>${JAR('a.Main')}`,
      ),
    'a profile': (text) =>
      maven(
        `<profiles><profile><id>${xml(text)}</id><activation><activeByDefault>true</activeByDefault></activation></profile></profiles>${JAR('a.Main')}`,
      ),
    'a repository': (text) =>
      maven(
        `<repositories><repository><id>${xml(text)}</id><url>https://x.example/${xml(text)}</url></repository></repositories>${JAR('a.Main')}`,
      ),
    'a folder of the build': (text) =>
      maven(
        `<build><directory>${xml(text)}</directory><sourceDirectory>${xml(text)}</sourceDirectory></build>`,
        { 'src/main/java/a/Main.java': '', [`${text}/a/Main.java`]: JAVA },
      ),
    '.mvn/jvm.config': (text) => maven(JAR('a.Main'), { '.mvn/jvm.config': text, '.mvn/maven.config': text }),
    'a dependency': (text) =>
      maven(
        `<dependencies><dependency><groupId>${xml(text)}</groupId><artifactId>${xml(text)}</artifactId><version>${xml(text)}</version></dependency></dependencies>${JAR('a.Main')}`,
      ),
    'Spring’s port and path': (text) =>
      maven(
        '<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId><version>3.5.0</version></dependency></dependencies><build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId><version>3.5.0</version></plugin></plugins></build>',
        {
          'src/main/resources/application.properties': `server.port=\${${text}:8080}\nserver.servlet.context-path=/${text}\nspring.profiles.active=${text}\n`,
        },
      ),
    'the versions that are typed': (text) =>
      maven(JAR('a.Main'), {
        '.java-version': text,
        '.sdkmanrc': `java=${text}\n`,
        '.tool-versions': `java ${text}\n`,
      }),
    'Gradle: the project’s name': (text) =>
      gradle('', { 'settings.gradle': `rootProject.name = '${text.replace(/['\\]/g, '\\$&')}'\n` }),
    'Gradle: the main class': (text) => ({
      'settings.gradle': "rootProject.name = 'x'\n",
      'build.gradle': `plugins { id 'application' }\napplication { mainClass = '${text.replace(/['\\]/g, '\\$&')}' }\n`,
      'src/main/java/a/Main.java': JAVA,
    }),
    'Gradle: a module': (text) => ({
      'settings.gradle': `include '${text.replace(/['\\]/g, '\\$&')}'\n`,
      'build.gradle': '',
      [`${text}/build.gradle`]: "plugins { id 'application' }\napplication { mainClass = 'a.Main' }\n",
      [`${text}/src/main/java/a/Main.java`]: JAVA,
    }),
    'Gradle: the name of the jar': (text) =>
      gradle(
        `jar { archiveFileName = '${text.replace(/['\\]/g, '\\$&')}' }\nversion = '${text.replace(/['\\]/g, '\\$&')}'\n`,
      ),
    'Gradle: arguments of the machine': (text) =>
      gradle(`application { applicationDefaultJvmArgs = ['${text.replace(/['\\]/g, '\\$&')}'] }\n`),
    'a path that answers': (text) =>
      maven(JAR('a.Main'), {
        'src/main/java/a/Main.java': JAVA.replace(
          '.start()',
          () => `.createContext(${word(`/${text}/healthz`)}, null)`,
        ),
      }),
    'a variable of the environment': (text) =>
      maven(JAR('a.Main'), {
        'src/main/java/a/Main.java': JAVA.replace(
          '8080',
          () => `Integer.parseInt(System.getenv(${word(text)}))`,
        ),
      }),
    'a folder that is read': (text) =>
      maven(JAR('a.Main'), {
        'src/main/java/a/Main.java': JAVA.replace(
          '.start()',
          () => `.start(); new java.io.FileReader(${word(`${text}/a.txt`)})`,
        ),
        [`${text}/a.txt`]: '',
      }),
  },
};
