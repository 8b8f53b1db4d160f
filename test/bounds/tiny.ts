import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../planned.ts';

/** A folder that is made to be slow, deep or endless. */
export interface Row {
  readonly name: string;
  readonly files: Files;
  /** What no text file is: links, pipes. */
  readonly make?: (folder: string) => void;
  readonly args?: readonly string[];
}

const NODE_SERVER = "require('http').createServer().listen(process.env.PORT || 3000);\n";
const GO_SERVER =
  'package main\n\nimport (\n\t"net/http"\n\t"os"\n)\n\nfunc main() { http.ListenAndServe(":"+os.Getenv("PORT"), nil) }\n';
const C_SERVER = '#include <stdio.h>\nint main(void) { puts("x"); return 0; }\n';
export const JAVA_SERVER =
  'package a;\nimport com.sun.net.httpserver.HttpServer;\nimport java.net.InetSocketAddress;\npublic class Main { public static void main(String[] a) throws Exception { HttpServer.create(new InetSocketAddress(8080), 0).start(); } }\n';
const PYTHON_SERVER = 'from flask import Flask\napp = Flask(__name__)\n';

/** Smallest projects of each language, with more beside or instead. */
export const node = (manifest: object = {}, more: Files = {}): Files => ({
  'package.json': JSON.stringify({ name: 'x', scripts: { start: 'node server.js' }, ...manifest }),
  'server.js': NODE_SERVER,
  ...more,
});
export const go = (more: Files = {}): Files => ({
  'go.mod': 'module example.com/x\n\ngo 1.26\n',
  'main.go': GO_SERVER,
  ...more,
});
export const cmake = (text: string, more: Files = {}): Files => ({
  'CMakeLists.txt': `cmake_minimum_required(VERSION 3.20)\nproject(x C)\n${text}\nadd_executable(x main.c)\ninstall(TARGETS x)\n`,
  'main.c': C_SERVER,
  ...more,
});
export const make = (text: string, more: Files = {}): Files => ({
  Makefile: `${text}\nx: main.c\n\tcc -o x main.c\ninstall: x\n\tinstall x $(DESTDIR)/usr/local/bin/x\n`,
  'main.c': C_SERVER,
  ...more,
});
export const meson = (text: string, more: Files = {}): Files => ({
  'meson.build': `project('x', 'c')\n${text}\nexecutable('x', 'main.c', install: true)\n`,
  'main.c': C_SERVER,
  ...more,
});
export const autotools = (text: string, more: Files = {}): Files => ({
  'configure.ac': `AC_INIT([x], [1])\nAM_INIT_AUTOMAKE([foreign])\nAC_PROG_CC\n${text}\nAC_CONFIG_FILES([Makefile])\nAC_OUTPUT\n`,
  'Makefile.am': 'bin_PROGRAMS = x\nx_SOURCES = main.c\n',
  'main.c': C_SERVER,
  ...more,
});
export const maven = (text: string, more: Files = {}): Files => ({
  'pom.xml': `<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>x</artifactId><version>1</version>${text}</project>\n`,
  'src/main/java/a/Main.java': JAVA_SERVER,
  ...more,
});
export const gradle = (text: string, more: Files = {}): Files => ({
  'settings.gradle': "rootProject.name = 'x'\n",
  'build.gradle': `plugins { id 'application' }\napplication { mainClass = 'a.Main' }\n${text}\n`,
  'src/main/java/a/Main.java': JAVA_SERVER,
  ...more,
});
export const python = (more: Files = {}): Files => ({
  'requirements.txt': 'flask==3.1.0\ngunicorn==23.0.0\n',
  'app.py': PYTHON_SERVER,
  ...more,
});

export const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join('');

/** An anchor of ten aliases of one of ten aliases…: 684 bytes that stand for 10^10. */
const BOMB = `a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${times(9, (n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(', ')}]\n`)}`;

/** Less than 64 KiB each, and honest as often as not: what a run takes for them is what it takes for nothing. */
export const TINY: readonly Row[] = [
  {
    name: 'CMake: subdirectories of an unknown name',
    files: cmake('add_subdirectory(${UNKNOWN})\nadd_subdirectory(${UNKNOWN})\n'),
  },
  {
    name: 'CMake: a file that includes itself twice',
    files: cmake('include(a.cmake)', { 'a.cmake': 'include(a.cmake)\ninclude(a.cmake)\n' }),
  },
  {
    name: 'CMake: a file that includes itself under another name',
    files: cmake('include(b/../a.cmake)', {
      'b/a.txt': '',
      'a.cmake': 'include(${CMAKE_CURRENT_SOURCE_DIR}/a.cmake)\ninclude(./a.cmake)\n',
    }),
  },
  { name: 'CMake: a folder that adds itself', files: cmake('add_subdirectory(.)\nadd_subdirectory(.)\n') },
  {
    name: 'CMake: a function that calls itself',
    files: cmake('function(f)\nf()\nf()\nf()\nendfunction()\nf()\n'),
  },
  {
    name: 'CMake: functions that call each other',
    files: cmake(
      'function(f)\ng(${ARGV} ${ARGV})\ng(${ARGV})\nendfunction()\nmacro(g)\nf(${ARGV} ${ARGV})\nf(${ARGV})\nendmacro()\nf(a)\n',
    ),
  },
  {
    name: 'CMake: a variable that doubles',
    files: cmake(`set(A xxxxxxxxxx)\n${'set(A "${A}${A}")\n'.repeat(60)}`),
  },
  {
    name: 'CMake: a list that doubles',
    files: cmake(
      `set(A x y)\n${'list(APPEND A ${A})\n'.repeat(60)}foreach(a \${A})\nforeach(b \${A})\nset(X \${a})\nendforeach()\nendforeach()\n`,
    ),
  },
  {
    name: 'CMake: loops in loops',
    files: cmake(
      `set(A ${times(400, (n) => `i${n} `)})\n${'foreach(a ${A})\n'.repeat(6)}set(X \${a})\n${'endforeach()\n'.repeat(6)}`,
    ),
  },
  {
    name: 'CMake: a pattern of the project in MATCHES',
    files: cmake(
      `set(CMAKE_C_COMPILER_ID ${'w'.repeat(40)})\nif(CMAKE_C_COMPILER_ID MATCHES "(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)(w|w|ww)x$")\nendif()\n`,
    ),
  },
  {
    name: 'CMake: a broken pattern in MATCHES',
    files: cmake('if(CMAKE_C_COMPILER_ID MATCHES "^(GNU|(Clang")\nendif()\n'),
  },
  { name: 'CMake: nested expansions', files: cmake(`message(${'${'.repeat(5000)}A${'}'.repeat(5000)})\n`) },
  { name: 'CMake: if in brackets', files: cmake(`if(${'('.repeat(10000)}A${')'.repeat(10000)})\nendif()\n`) },
  { name: 'CMake: NOT NOT NOT', files: cmake(`if(${'NOT '.repeat(10000)}A)\nendif()\n`) },
  {
    name: 'CMake: a presets file that includes itself',
    files: cmake('', {
      'CMakePresets.json':
        '{"version":4,"include":["CMakePresets.json","./CMakePresets.json"],"configurePresets":[{"name":"a","inherits":["a","b","b"]},{"name":"b","inherits":["a","b"]}]}',
    }),
  },
  {
    name: 'CMake: presets that inherit in a ladder',
    files: cmake('', {
      'CMakePresets.json': JSON.stringify({
        version: 4,
        configurePresets: Array.from({ length: 60 }, (_, n) => ({
          name: `p${n}`,
          inherits: [`p${n + 1}`, `p${n + 1}`],
        })),
      }),
    }),
  },
  {
    name: 'make: a file that includes itself',
    files: make('include Makefile\ninclude Makefile\n-include ./Makefile\n'),
  },
  {
    name: 'make: files that include each other',
    files: make('include a.mk\ninclude b.mk\n', {
      'a.mk': 'include a.mk\ninclude b.mk\n',
      'b.mk': 'include a.mk\ninclude b.mk\n',
    }),
  },
  {
    name: 'make: a variable that doubles',
    files: make(`${times(60, (n) => `A${n} = $(A${n + 1})$(A${n + 1})$(A${n + 1})\n`)}x: $(A0)\nall: x\n`),
  },
  {
    name: 'make: a variable of itself',
    files: make('A = $(A)$(A)\nB := $(B)$(B)\nC += $(C) $(C)\nSRC = $(A)$(B)$(C) main.c\n'),
  },
  { name: 'make: a goal of itself', files: make('a: b a\nb: a b\nall: a b\n') },
  {
    name: 'make: a folder that calls itself',
    files: make('all:\n\t$(MAKE) -C .\n\t$(MAKE) -C ./\n\tmake -C sub\n', {
      'sub/Makefile': 'all:\n\t$(MAKE) -C ..\n\t$(MAKE) -C ../sub\n',
    }),
  },
  {
    name: 'make: nested calls',
    files: make(`A = ${'$(strip '.repeat(3000)}x${')'.repeat(3000)}\ny: $(A)\n\tcc -o y $(A)\n`),
  },
  {
    name: 'make: nested references',
    files: make(`A = ${'$('.repeat(20000)}x${')'.repeat(20000)}\ny: $(A)\n\tcc -o y $(A)\n`),
  },
  {
    name: 'Meson: a folder of itself',
    files: meson("subdir('.')\nsubdir('./')\nsubdir('sub')\n", {
      'sub/meson.build': "subdir('../sub')\nsubdir('..')\n",
    }),
  },
  {
    name: 'Meson: nested lists',
    files: meson(
      `a = ${'['.repeat(5000)}${']'.repeat(5000)}\nb = ${'files('.repeat(5000)}${')'.repeat(5000)}\n`,
    ),
  },
  {
    name: 'Meson: lists that double',
    files: meson(`a0 = ['x', 'y']\n${times(60, (n) => `a${n + 1} = a${n} + a${n}\n`)}executable('y', a60)\n`),
  },
  {
    name: 'Meson: a subproject of itself',
    files: meson("subproject('a')\nsubproject('a')\n", {
      'subprojects/a.wrap': '[wrap-file]\ndirectory = a\n',
      'subprojects/a/meson.build': "project('a')\nsubproject('a')\nsubproject('a')\n",
    }),
  },
  {
    name: 'autoconf: nested macros',
    files: autotools(`${'AS_IF([test x],['.repeat(2000)}${'])'.repeat(2000)}\n`),
  },
  {
    name: 'autoconf: conditions',
    files: autotools(
      `${'if test "$a" = "yes"; then\n'.repeat(500)}${'AC_CHECK_LIB(z, f)\n'.repeat(500)}${'fi\n'.repeat(500)}`,
    ),
  },
  {
    name: 'autoconf: files of themselves',
    files: autotools('m4_include([configure.ac])\nsinclude(configure.ac)\nAC_CONFIG_SUBDIRS([.])\n', {
      'Makefile.am': 'include Makefile.am\nSUBDIRS = . ./.\nbin_PROGRAMS = x\nx_SOURCES = main.c\n',
    }),
  },
  {
    name: 'C: a comment of 2,000 lines',
    files: cmake('', {
      'main.c': `/*\n${' * a line of a comment, as a licence has it (and more of it)\n'.repeat(2000)}*/\n${C_SERVER}`,
    }),
  },
  {
    name: 'C: 2,000 lines of comments',
    files: cmake('', {
      'main.c': `${'// a line of a comment, as a licence has it (and more of it)\n'.repeat(2000)}${C_SERVER}`,
    }),
  },
  {
    name: 'C: headers that include each other',
    files: cmake('', {
      'main.c': '#include "a.h"\n#include "main.c"\n#include "a.h"\nint main(void) { return 0; }\n',
      'a.h': '#include "a.h"\n#include "./a.h"\n#include "main.c"\n',
    }),
  },
  {
    name: 'C: macros of themselves',
    files: cmake('', {
      'main.c':
        '#define PORT PORT\n#define A B\n#define B A\n#include <sys/socket.h>\nint main(void) { struct sockaddr_in s; s.sin_port = htons(PORT); s.sin_port = htons(A); bind(1, &s, 2); listen(1, A); return 0; }\n',
    }),
  },
  {
    name: 'C: a ladder of macros',
    files: cmake('', {
      'main.c': `${times(60, (n) => `#define A${n} (A${n + 1} + A${n + 1})\n`)}#include <sys/socket.h>\nint main(void) { struct sockaddr_in s; s.sin_port = htons(A0); bind(1, &s, 2); listen(1, A0); return 0; }\n`,
    }),
  },
  {
    name: 'Go: twenty words without a comma',
    files: go({
      'a.go': `package main\n\nimport "path/filepath"\n\nvar a = filepath.Join(${'"a" '.repeat(40)})\nvar b = os.ReadFile(filepath.Join(${'"a" '.repeat(40)}))\n`,
    }),
  },
  {
    name: 'Go: a build constraint in brackets',
    files: go({ 'a.go': `//go:build ${'('.repeat(20000)}linux${')'.repeat(20000)}\n\npackage main\n` }),
  },
  {
    name: 'Go: a build constraint of !',
    files: go({ 'a.go': `//go:build ${'!'.repeat(50000)}linux\n\npackage main\n` }),
  },
  {
    name: 'Go: a long build constraint',
    files: go({ 'a.go': `//go:build ${times(5000, (n) => `(a${n} && b) || `)}linux\n\npackage main\n` }),
  },
  {
    name: 'Go: variables of themselves',
    files: go({
      'main.go':
        'package main\n\nimport "net/http"\n\nvar a = b + b\nvar b = a + a\nvar c = c\n\nfunc f() string { return f() + f() }\nfunc main() { http.ListenAndServe(a+f()+c, nil) }\n',
    }),
  },
  {
    name: 'Go: a ladder of variables',
    files: go({
      'main.go': `package main\n\nimport "net/http"\n\n${times(60, (n) => `var a${n} = a${n + 1} + a${n + 1}\n`)}var a60 = "x"\n\nfunc main() { http.ListenAndServe(a0, nil) }\n`,
    }),
  },
  {
    name: 'Go: a ladder of functions',
    files: go({
      'main.go': `package main\n\nimport "net/http"\n\n${times(60, (n) => `func a${n}(s string) string { return a${n + 1}(s) + a${n + 1}(s) }\n`)}func a60(s string) string { return s }\n\nfunc main() { http.ListenAndServe(a0("x"), nil) }\n`,
    }),
  },
  {
    name: 'Go: packages that import each other',
    files: go({
      'main.go': 'package main\n\nimport "example.com/x/a"\n\nfunc main() { a.Run() }\n',
      'a/a.go': 'package a\n\nimport "example.com/x/b"\nimport "example.com/x/a"\n\nfunc Run() { b.Run() }\n',
      'b/b.go': 'package b\n\nimport "example.com/x/a"\n\nfunc Run() { a.Run() }\n',
    }),
  },
  {
    name: 'Go: a module that replaces itself',
    files: go({
      'go.mod':
        'module example.com/x\n\ngo 1.26\n\nreplace example.com/x => ./\nreplace example.com/y => .\n',
      'go.work': 'go 1.26\n\nuse .\nuse ./\nuse ./.\n',
    }),
  },
  { name: 'Node: workspaces of the folder itself', files: node({ workspaces: ['./'] }) },
  ...['.', '', './.', '*', '**', '../*', '!*', '**/**/**/**'].map((glob) => ({
    name: `Node: workspaces of ${JSON.stringify(glob)}`,
    files: node({ workspaces: [glob] }, { 'a/package.json': '{"name":"a","workspaces":["./",".."]}' }),
  })),
  {
    name: 'Node: a bomb of aliases in onlyBuiltDependencies',
    files: node(
      {},
      {
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
        'pnpm-workspace.yaml': `${BOMB}onlyBuiltDependencies: *a9\n`,
      },
    ),
  },
  {
    name: 'Node: a bomb of aliases as packages',
    files: node(
      {},
      {
        'pnpm-lock.yaml': `lockfileVersion: '9.0'\n${BOMB}packages: *a9\nimporters: *a9\n`,
        'pnpm-workspace.yaml': `${BOMB}packages: *a9\ncatalog: *a9\n`,
      },
    ),
  },
  {
    name: 'Node: aliases of themselves',
    files: node(
      {},
      {
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
        'pnpm-workspace.yaml':
          'packages: &a [*a, *a]\nonlyBuiltDependencies: &b [*b, *b]\nallowBuilds: &c {a: *c}\ncatalogs: &d {a: *d}\n',
      },
    ),
  },
  {
    name: 'Node: scripts that run each other',
    files: node({
      scripts: {
        start: 'npm run a',
        a: 'npm run b && npm run b',
        b: 'npm run a && npm run a && npm start',
        build: 'npm run build && npm run build',
        prebuild: 'npm run build',
      },
    }),
  },
  {
    name: 'Node: a ladder of scripts',
    files: node({
      scripts: {
        start: 'npm run s0',
        ...Object.fromEntries(
          Array.from({ length: 60 }, (_, n) => [`s${n}`, `npm run s${n + 1} && npm run s${n + 1}`]),
        ),
        s60: 'node server.js',
        build: 'npm run s0',
      },
    }),
  },
  ...[
    'constructor',
    'toString',
    '__proto__',
    'hasOwnProperty',
    'valueOf',
    '__defineGetter__',
    'isPrototypeOf',
  ].flatMap((name) => [
    {
      name: `Node: npm run ${name}`,
      files: node({ scripts: { start: `npm run ${name}`, build: `npm run ${name}` } }),
    },
    {
      name: `Node: ${name} everywhere`,
      files: node(
        {
          name,
          main: name,
          packageManager: `${name}@1`,
          scripts: { start: `${name} ${name}`, build: name },
          dependencies: JSON.parse(`{"${name}":"1"}`),
          devDependencies: JSON.parse(`{"${name}":"^1"}`),
          engines: { node: name, [name]: '1' },
          type: name,
          workspaces: [name],
        },
        {
          'tsconfig.json': `{"extends":"${name}","compilerOptions":{"outDir":"${name}"}}`,
          '.nvmrc': name,
          [`${name}/package.json`]: `{"name":"${name}"}`,
        },
      ),
    },
    {
      name: `C: ${name} everywhere`,
      files: cmake(
        `${name}(${name})\nset(${name} \${${name}})\nadd_executable(${name} ${name})\ntarget_link_libraries(${name} ${name})\nfind_package(${name})\npkg_check_modules(${name} ${name})\nget_filename_component(x y ${name})\n`,
      ),
    },
    {
      name: `make: ${name} everywhere`,
      files: make(
        `${name} = $(${name}) $(${name} a,b)\n${name}: ${name}\n\t${name} -o ${name} -l${name}\nLDLIBS = -l${name}\n`,
      ),
    },
    {
      name: `Meson: ${name} everywhere`,
      files: meson(
        `${name} = ${name}(${name}, ${name}: ${name})\ndependency('${name}')\nexecutable('${name}', ${name}, ${name}: '${name}')\n`,
      ),
    },
    {
      name: `Go: ${name} everywhere`,
      files: go({
        'go.mod': `module ${name}\n\ngo 1.26\n\nrequire ${name} v1.0.0\nrequire example.com/${name} v1.0.0\n`,
        'a.go': `//go:build ${name}\n\npackage main\n\nimport ("${name}"; "net/http")\n\n//go:generate ${name} ${name}\nvar ${name} = ${name}.${name}(${name})\nfunc f() { http.ListenAndServe(${name}, ${name}) }\n`,
        'b.go': `package main\n// #cgo pkg-config: ${name}\n// #cgo LDFLAGS: -l${name}\n// #include <${name}.h>\nimport "C"\n`,
      }),
    },
    {
      name: `Python: ${name} everywhere`,
      files: python({
        'requirements.txt': `${name}==1\n${name}[${name}]==2\n`,
        'pyproject.toml': `[project]\nname = "${name}"\ndependencies = ["${name}"]\n[build-system]\nbuild-backend = "${name}"\nrequires = ["${name}"]\n[tool.${name}]\n${name} = "${name}"\n`,
        'app.py': `import ${name}\nfrom ${name} import ${name}\n${PYTHON_SERVER}app.run(port=${name})\n`,
      }),
    },
    {
      name: `Java: ${name} everywhere`,
      files: maven(
        `<packaging>${name}</packaging><properties><${name}>\${${name}}</${name}><java.version>${name}</java.version></properties><dependencies><dependency><groupId>${name}</groupId><artifactId>${name}</artifactId><version>\${${name}}</version></dependency></dependencies><${name}>${name}</${name}>`,
        { 'src/main/resources/application.properties': `${name}=\${${name}}\nserver.port=\${${name}}\n` },
      ),
    },
    {
      name: `Gradle: ${name} everywhere`,
      files: gradle(
        `${name} { ${name} = ${name} }\ndef ${name} = ${name}\ndependencies { ${name} '${name}:${name}:1'; implementation ${name}.${name} }\next.${name} = '${name}'\n`,
      ),
    },
  ]),
  {
    name: 'Node: tsconfigs that extend each other',
    files: node(
      { scripts: { build: 'tsc', start: 'node dist/a.js' } },
      {
        'tsconfig.json':
          '{"extends":["./b.json","./tsconfig.json","./b.json"],"references":[{"path":"."},{"path":"./"}]}',
        'b.json': '{"extends":["./tsconfig.json","./b"]}',
        'src/a.ts': NODE_SERVER,
      },
    ),
  },
  {
    name: 'Node: a ladder of tsconfigs',
    files: node(
      { scripts: { build: 'tsc', start: 'node dist/a.js' } },
      {
        'tsconfig.json': '{"extends":["./t0.json"]}',
        ...Object.fromEntries(
          Array.from({ length: 40 }, (_, n) => [
            `t${n}.json`,
            JSON.stringify({ extends: [`./t${n + 1}.json`, `./t${n + 1}.json`] }),
          ]),
        ),
        'src/a.ts': NODE_SERVER,
      },
    ),
  },
  {
    name: 'Node: modules that import each other',
    files: node(
      {},
      {
        'server.js':
          "require('./a'); require('./server'); require('./b'); const p = require('./a').port; require('http').createServer().listen(p);\n",
        'a.js': "exports.port = require('./b').port; require('./a');\n",
        'b.js': "exports.port = require('./a').port + require('./b').port;\n",
      },
    ),
  },
  {
    name: 'Node: a ladder of variables',
    files: node(
      {},
      {
        'server.js': `${times(60, (n) => `const a${n} = a${n + 1} + a${n + 1};\n`)}const a60 = 1;\nrequire('http').createServer().listen(a0);\n`,
      },
    ),
  },
  {
    name: 'Node: a ladder of functions',
    files: node(
      {},
      {
        'server.js': `${times(60, (n) => `function a${n}(x) { return a${n + 1}(x) || a${n + 1}(x); }\n`)}function a60(x) { return x; }\nrequire('http').createServer().listen(a0(3000));\n`,
      },
    ),
  },
  {
    name: 'Node: ternaries in ternaries',
    files: node(
      {},
      {
        'server.js': `const p = ${'a ? b : '.repeat(2000)}3000;\nconst q = ${'a ? '.repeat(2000)}3000${' : 1'.repeat(2000)};\nrequire('http').createServer().listen(p);\nrequire('http').createServer().listen(q);\n`,
      },
    ),
  },
  {
    name: 'Node: brackets',
    files: node(
      {},
      {
        'server.js': `const p = ${'('.repeat(10000)}3000${')'.repeat(10000)};\nconst q = ${'['.repeat(10000)}3000${']'.repeat(10000)};\nconst r = ${'{a:'.repeat(10000)}3000${'}'.repeat(10000)};\nconst s = ${'f('.repeat(10000)}3000${')'.repeat(10000)};\nrequire('http').createServer().listen(p);\nrequire('http').createServer().listen(q);\nrequire('http').createServer().listen(r);require('http').createServer().listen(s);\n`,
      },
    ),
  },
  {
    name: 'Node: nested templates',
    files: node(
      {},
      {
        'server.js': `const p = ${'`${'.repeat(5000)}3000${'}`'.repeat(5000)};\nrequire('http').createServer().listen(p);\n`,
      },
    ),
  },
  {
    name: 'Node: nested functions',
    files: node(
      {},
      {
        'server.js': `${'function f() {'.repeat(5000)}require('http').createServer().listen(3000)${'}'.repeat(5000)}\n`,
      },
    ),
  },
  {
    name: 'Node: the shell in the shell',
    files: node({
      scripts: {
        start: `sh -c "${'sh -c '.repeat(3000)}node server.js"`,
        build: `${'$('.repeat(3000)}x${')'.repeat(3000)}`,
        prestart: `${'('.repeat(5000)}x${')'.repeat(5000)}`,
      },
    }),
  },
  {
    name: 'Node: wrappers of wrappers',
    files: node({
      scripts: {
        start: `${'cross-env A=1 '.repeat(3000)}node server.js`,
        build: `${'npx '.repeat(5000)}tsc`,
      },
    }),
  },
  {
    name: 'Maven: a property of itself',
    files: maven(
      '<properties><a>${a}${a}</a><b>${c}${c}</b><c>${b}${b}</c><maven.compiler.release>${a}</maven.compiler.release></properties>',
    ),
  },
  {
    name: 'Maven: a ladder of properties',
    files: maven(
      `<properties>${times(60, (n) => `<a${n}>\${a${n + 1}}\${a${n + 1}}</a${n}>`)}<a60>21</a60><maven.compiler.release>\${a0}</maven.compiler.release></properties>`,
    ),
  },
  {
    name: 'Maven: a parent of itself',
    files: maven(
      '<parent><groupId>a</groupId><artifactId>x</artifactId><version>1</version><relativePath>pom.xml</relativePath></parent>',
    ),
  },
  {
    name: 'Maven: parents of each other',
    files: maven(
      '<parent><groupId>a</groupId><artifactId>y</artifactId><version>1</version><relativePath>b/pom.xml</relativePath></parent><modules><module>b</module><module>.</module></modules>',
      {
        'b/pom.xml':
          '<project><artifactId>y</artifactId><parent><groupId>a</groupId><artifactId>x</artifactId><version>1</version><relativePath>../pom.xml</relativePath></parent><modules><module>..</module><module>../b</module></modules></project>',
      },
    ),
  },
  {
    name: 'Maven: a module of itself',
    files: maven(
      '<packaging>pom</packaging><modules><module>.</module><module>./</module><module>pom.xml</module></modules>',
    ),
  },
  {
    name: 'Maven: entities of entities',
    files: maven('', {
      'pom.xml': `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "xxxxxxxxxx">${times(20, (n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`)}]><project><artifactId>&e20;</artifactId><packaging>&e20;</packaging></project>`,
    }),
  },
  {
    name: 'Maven: an entity of itself',
    files: maven('', {
      'pom.xml':
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><project><artifactId>&a;&f;</artifactId></project>',
    }),
  },
  { name: 'Maven: nested elements', files: maven(`${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`) },
  {
    name: 'Maven: profiles of each other',
    files: maven(
      `<profiles>${times(100, (n) => `<profile><id>p${n}</id><activation><property><name>p${n + 1}</name></property></activation><modules><module>.</module></modules></profile>`)}</profiles>`,
    ),
  },
  {
    name: 'Gradle: variables of themselves',
    files: gradle(
      'def a = "${a}${a}"\ndef b = "${c}${c}"\ndef c = "${b}${b}"\next.d = "$d$d"\nsourceCompatibility = a\njava { toolchain { languageVersion = JavaLanguageVersion.of(b) } }\n',
    ),
  },
  {
    name: 'Gradle: a ladder of variables',
    files: gradle(
      `${times(60, (n) => `def a${n} = "\${a${n + 1}}\${a${n + 1}}"\n`)}def a60 = '21'\nsourceCompatibility = a0\nversion = a0\n`,
    ),
  },
  {
    name: 'Gradle: scripts of themselves',
    files: gradle("apply from: 'build.gradle'\napply from: 'a.gradle'\napply from: 'a.gradle'\n", {
      'a.gradle': "apply from: 'a.gradle'\napply from: 'build.gradle'\n",
    }),
  },
  {
    name: 'Gradle: projects of themselves',
    files: gradle('', {
      'settings.gradle':
        "include ':', 'a', ':a', '::a'\nproject(':a').projectDir = file('.')\nincludeBuild '.'\nincludeBuild '..'\n",
      'a/build.gradle': "dependencies { implementation project(':a'); implementation project(':') }\n",
    }),
  },
  { name: 'Gradle: nested blocks', files: gradle(`${'a {\n'.repeat(5000)}${'}\n'.repeat(5000)}`) },
  {
    name: 'Gradle: properties of themselves',
    files: gradle('', {
      'gradle.properties': 'a=${a}\nb=$b\nversion=$version\n',
      'gradle/libs.versions.toml':
        '[versions]\na = { ref = "a" }\n[libraries]\nb = { module = "a:b", version.ref = "a" }\n[bundles]\nc = ["c", "b", "c"]\n[plugins]\np = { id = "p", version.ref = "p" }\n',
    }),
  },
  {
    name: 'Java: variables of themselves',
    files: maven('', {
      'src/main/java/a/Main.java':
        'package a;\nimport com.sun.net.httpserver.HttpServer;\npublic class Main { static int a = b + b; static int b = a + a; static int f() { return f() + f(); } public static void main(String[] x) { HttpServer.create(new InetSocketAddress(a + f()), 0); } }\n',
    }),
  },
  {
    name: 'Java: settings of themselves',
    files: maven(
      '<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies>',
      {
        'src/main/resources/application.properties':
          'server.port=${a:${a:${b}}}\na=${server.port}${server.port}\nb=${a}${a}\n',
        'src/main/resources/application.yml': 'server: &s\n  port: ${server.port}\n  s: *s\n',
      },
    ),
  },
  {
    name: 'Python: requirements of themselves',
    files: python({
      'requirements.txt':
        '-r requirements.txt\n-r ./requirements.txt\n-c requirements.txt\n-r a.txt\nflask\n',
      'a.txt': '-r a.txt\n-r requirements.txt\n-r a.txt\n',
    }),
  },
  {
    name: 'Python: a ladder of requirements',
    files: python({
      'requirements.txt': '-r r0.txt\n-r r0.txt\nflask\n',
      ...Object.fromEntries(
        Array.from({ length: 60 }, (_, n) => [`r${n}.txt`, `-r r${n + 1}.txt\n-r r${n + 1}.txt\n`]),
      ),
    }),
  },
  {
    name: 'Python: modules that import each other',
    files: python({
      'app.py': 'from a import *\nfrom app import app\nfrom b import app\nimport a, b, app\n',
      'a.py': 'from b import *\nfrom a import *\nfrom app import app\n',
      'b.py': 'from a import *\nfrom app import app\napp = app\n',
    }),
  },
  {
    name: 'Python: variables of themselves',
    files: python({
      'app.py': `${PYTHON_SERVER}a = b + b\nb = a + a\ndef f(): return f() + f()\n${times(60, (n) => `c${n} = c${n + 1} + c${n + 1}\n`)}app.run(host=a, port=f())\napp.run(port=c0)\n`,
    }),
  },
  {
    name: 'Python: groups that include each other',
    files: python({
      'pyproject.toml':
        '[project]\nname = "x"\ndependencies = ["x", "x[a]"]\n[project.optional-dependencies]\na = ["x[a]", "x[b]"]\nb = ["x[a]", "x[b]"]\n[dependency-groups]\ndev = [{include-group = "dev"}, {include-group = "a"}]\na = [{include-group = "dev"}, {include-group = "a"}]\n[tool.uv.workspace]\nmembers = [".", "./", "*"]\n[tool.uv.sources]\nx = { path = "." }\n',
    }),
  },
  {
    name: 'Python: nested brackets',
    files: python({
      'app.py': `${PYTHON_SERVER}a = ${'('.repeat(10000)}1${')'.repeat(10000)}\nb = ${'['.repeat(10000)}1${']'.repeat(10000)}\napp.run(port=a)\napp.run(port=b)\n`,
    }),
  },
  {
    name: 'Python: nested blocks',
    files: python({
      'app.py': `${PYTHON_SERVER}${times(300, (n) => `${' '.repeat(n)}if x:\n`)}${' '.repeat(301)}app.run(port=1)\n`,
    }),
  },
  {
    name: 'Python: nested TOML',
    files: python({
      'pyproject.toml': `[project]\nname = "x"\na = ${'['.repeat(5000)}${']'.repeat(5000)}\n`,
    }),
  },
  {
    name: 'Python: nested tables',
    files: python({ 'pyproject.toml': `[project]\nname = "x"\n[${'a.'.repeat(5000)}a]\n` }),
  },
  {
    name: 'nested JSON in a lock',
    files: node(
      {},
      { 'package-lock.json': `{"lockfileVersion":3,"packages":${'['.repeat(30000)}${']'.repeat(30000)}}` },
    ),
  },
  {
    name: 'nested objects in package.json',
    files: node(
      {},
      {
        'package.json': `{"name":"x","scripts":{"start":"node server.js"},"a":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`,
      },
    ),
  },
  {
    name: 'nested exports in package.json',
    files: node(
      {},
      {
        'package.json': `{"name":"x","scripts":{"start":"node ."},"exports":${'{"a":'.repeat(3000)}"./server.js"${'}'.repeat(3000)},"imports":${'{"#a":'.repeat(3000)}"./server.js"${'}'.repeat(3000)},"overrides":${'{"a":'.repeat(3000)}"1"${'}'.repeat(3000)},"pnpm":${'{"a":'.repeat(3000)}"1"${'}'.repeat(3000)}}`,
      },
    ),
  },
  {
    name: 'nested tsconfig',
    files: node(
      { scripts: { build: 'tsc', start: 'node dist/a.js' } },
      { 'tsconfig.json': `${'['.repeat(20000)}`, 'src/a.ts': NODE_SERVER },
    ),
  },
  {
    name: 'nested YAML',
    files: node(
      {},
      {
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
        'pnpm-workspace.yaml': `packages: ${'['.repeat(10000)}${']'.repeat(10000)}\n`,
      },
    ),
  },
  {
    name: 'nested YAML by lines',
    files: node(
      {},
      {
        'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
        'pnpm-workspace.yaml': `packages: ${'- '.repeat(10000)}a\n`,
      },
    ),
  },
  {
    name: 'a manifest that is a link to itself',
    files: { 'server.js': NODE_SERVER },
    make: (folder) => symlinkSync('package.json', join(folder, 'package.json')),
  },
  {
    name: 'a .git that is a link to itself',
    files: node(),
    make: (folder) => symlinkSync('.git', join(folder, '.git')),
  },
  {
    name: 'links in circles',
    files: node(),
    make: (folder) => {
      symlinkSync('.', join(folder, 'a'));
      symlinkSync('..', join(folder, 'b'));
      symlinkSync('c', join(folder, 'c'));
      mkdirSync(join(folder, 'd'));
      symlinkSync('../d', join(folder, 'd', 'd'));
    },
  },
  {
    name: 'pipes everywhere',
    files: node(),
    make: (folder) => {
      for (const name of [
        '.npmrc',
        '.nvmrc',
        '.env',
        '.env.example',
        '.dockerignore',
        '.gitignore',
        'tsconfig.json',
        'package-lock.json',
        '.yarnrc',
        '.yarnrc.yml',
        'Makefile',
        'a.js',
        '.git',
        '.gitmodules',
        '.tool-versions',
      ])
        execFileSync('mkfifo', [join(folder, name)]);
    },
  },
  {
    name: 'devices everywhere',
    files: node(),
    make: (folder) => {
      for (const name of [
        '.npmrc',
        '.nvmrc',
        '.env',
        '.env.example',
        '.gitignore',
        'tsconfig.json',
        'package-lock.json',
        '.yarnrc',
        '.yarnrc.yml',
        'Makefile',
        'a.js',
        '.gitmodules',
        '.tool-versions',
      ])
        symlinkSync('/dev/zero', join(folder, name));
    },
  },
];
