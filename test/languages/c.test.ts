import { describe, expect, test } from 'vitest';
import { chooseLanguage } from '../../src/facts/choose.ts';
import { LIBRARIES } from '../../src/languages/c/evidence/libraries.ts';
import type { CApp } from '../../src/languages/c/plan/plan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, found, planned, rendered, settled } from '../planned.ts';

const MAIN = 'int main(void) { return 0; }\n';
const CMAKE = 'cmake_minimum_required(VERSION 3.20)\nproject(app C)\n';

/** A project by CMake: what its file says beside the two lines that each has, and what a row adds. */
const cmake = (text: string, more: Files = {}): Files => ({
  'CMakeLists.txt': CMAKE + text,
  'main.c': MAIN,
  ...more,
});
const exe = 'add_executable(app main.c)\n';
const make = (text: string, more: Files = {}): Files => ({ Makefile: text, 'main.c': MAIN, ...more });
const meson = (text: string, more: Files = {}): Files => ({
  'meson.build': `project('app', 'c')\n${text}`,
  'main.c': MAIN,
  ...more,
});
const autotools = (ac: string, am: string, more: Files = {}): Files => ({
  'configure.ac': `AC_INIT([app], [1])\n${ac}\nAC_OUTPUT\n`,
  'Makefile.am': am,
  'main.c': MAIN,
  ...more,
});
/** A server that opens a port by an expression. */
const server = (port: string, before = ''): Files => ({
  'server.c': `#include <stdlib.h>\n#include <netinet/in.h>\n${before}\nint main(void) {\n  a.sin_port = htons(${port});\n  bind(s, 0, 0); listen(s, 5); accept(s, 0, 0);\n}\n`,
});

/** What a row expects of one setting: its value as it is typed, and its origin; or the words of a refusal. */
type Row =
  | readonly [title: string, files: Files, value: string, from: string]
  | readonly [string, Files, Error];

function table(key: string, rows: readonly Row[]): void {
  describe(key, () => {
    test.each(rows.map((row) => [row[0], row] as const))('%s', async (_, [, files, value, from]) => {
      const project = await projectOf(files);
      if (value instanceof Error) await expect(found(key, project)).rejects.toThrow(value.message);
      else expect(await found(key, project)).toEqual([value, from]);
    });
  });
}

describe('language', () => {
  const language = async (files: Files) =>
    (await chooseLanguage(await projectOf(files), undefined, undefined)).language.id;
  test.each<[string, Files, string]>([
    ['CMakeLists.txt', cmake(exe), 'c'],
    ['a Makefile that compiles', make('app: main.o\n'), 'c'],
    ['loose sources with a main', { 'tool.cpp': MAIN }, 'c'],
    ['a script called configure', { configure: '#!/bin/sh\n', 'src/tool.c': MAIN }, 'c'],
    [
      'a library that describes itself to Swift too',
      { ...make('app: main.o\n'), 'Package.swift': '// swift-tools-version:5.0\n' },
      'c',
    ],
    ['sources in src/', { 'src/tool.c': MAIN }, 'c'],
    [
      'a Makefile of tasks beside package.json is Node’s',
      { 'package.json': '{"main":"index.js"}', 'index.js': '', Makefile: 'build:\n\tnpm run build\n' },
      'node',
    ],
    [
      'an add-on beside package.json is Node’s',
      {
        'package.json': '{"main":"index.js"}',
        'index.js': '',
        'CMakeLists.txt': CMAKE,
        'binding.gyp': '{}',
        'src/addon.cc': '',
      },
      'node',
    ],
    [
      'package.json with tools alone leaves it C',
      { 'package.json': '{"devDependencies":{"prettier":"3"}}', 'CMakeLists.txt': CMAKE, 'main.c': MAIN },
      'c',
    ],
    [
      'C beside go.mod is cgo',
      {
        'go.mod': 'module x\n',
        'main.go': 'package main\nfunc main() {}\n',
        'bridge.c': MAIN,
        Makefile: 'all:\n\tgcc -c bridge.c\n',
      },
      'go',
    ],
  ])('%s', async (_, files, id) => expect(await language(files)).toBe(id));

  test.each<[string, Files]>([
    ['a Makefile of tasks alone is none', { Makefile: 'deploy:\n\tkubectl apply -f .\n' }],
    ['an extension of Python is none', { 'pyproject.toml': '', 'CMakeLists.txt': CMAKE, 'main.c': MAIN }],
    [
      'sources beside Swift are none',
      { ...make('app: main.o\n'), 'Package.swift': '', 'Sources/a.swift': '' },
    ],
    ['sources without a main are none', { 'lib.c': 'int f(void);' }],
  ])('%s', async (_, files) => {
    await expect(language(files)).rejects.toThrow('No project of');
  });
});

table('buildSystem', [
  ['CMake', cmake(exe), 'cmake', 'CMakeLists.txt'],
  ['Meson', meson("executable('app', 'main.c')"), 'meson', 'meson.build'],
  ['Autotools', autotools('', 'bin_PROGRAMS = app\n'), 'autotools', 'configure.ac'],
  ['Make', make('app: main.o\n'), 'make', 'Makefile'],
  [
    'a Makefile that includes what configure makes',
    make('-include Makefile.settings\napp: main.o\n', { configure: '#!/bin/sh\n' }),
    'autotools',
    'configure',
  ],
  ['no build file', { 'main.c': MAIN }, 'sources', 'there is no build file'],
  [
    'the one that builds a program is preferred to one that does not',
    {
      ...cmake('add_library(app main.c)\n'),
      'meson.build': "project('app', 'c')\nexecutable('app', 'main.c')\n",
    },
    'meson',
    'meson.build (CMakeLists.txt could build it too)',
  ],
]);

const preset = (presets: readonly object[]) => ({
  'CMakePresets.json': JSON.stringify({ version: 6, configurePresets: presets }),
});
table('options', [
  ['none', cmake(exe), 'none', 'nothing asks for any'],
  [
    'the preset for a release, with what it inherits',
    cmake(
      exe,
      preset([
        { name: 'base', hidden: true, cacheVariables: { CMAKE_BUILD_TYPE: 'Release' } },
        { name: 'dev', cacheVariables: { CMAKE_BUILD_TYPE: 'Debug' } },
        { name: 'ship', inherits: 'base' },
      ]),
    ),
    '--preset=ship',
    'CMakePresets.json',
  ],
  [
    'no preset of another system',
    cmake(
      exe,
      preset([
        { name: 'msvc', generator: 'Visual Studio 17 2022' },
        { name: 'mac', condition: { type: 'equals', lhs: '${hostSystemName}', rhs: 'Darwin' } },
      ]),
    ),
    'none',
    'nothing asks for any',
  ],
  [
    'two for a release are asked',
    cmake(exe, preset(['a', 'b'].map((name) => ({ name, cacheVariables: { CMAKE_BUILD_TYPE: 'Release' } })))),
    new Error('Say which: --options --preset=a or --options --preset=b'),
  ],
]);

table('main', [
  ['an executable of CMake', cmake(exe), 'app', 'CMakeLists.txt:3'],
  ['by a variable', cmake('set(NAME tool)\nadd_executable(${NAME} main.c)\n'), 'tool', 'CMakeLists.txt:4'],
  ['by the project’s name', cmake('add_executable(${PROJECT_NAME} main.c)\n'), 'app', 'CMakeLists.txt:3'],
  [
    'its file is called otherwise',
    cmake(`${exe}set_target_properties(app PROPERTIES OUTPUT_NAME appd)\n`),
    'appd',
    'CMakeLists.txt:3',
  ],
  [
    'below a folder',
    { ...cmake('add_subdirectory(src)\n'), 'src/CMakeLists.txt': exe },
    'app',
    'src/CMakeLists.txt:1',
  ],
  [
    'from a list of files',
    cmake('file(GLOB FILES *.c)\nadd_executable(app ${FILES})\n'),
    'app',
    'CMakeLists.txt:4',
  ],
  [
    'by a function of the project',
    cmake(
      'function(add_tool name)\n  add_executable(${name} ${ARGN})\nendfunction()\nadd_tool(app main.c)\n',
    ),
    'app',
    'CMakeLists.txt:4',
  ],
  [
    'not one that is a test',
    cmake(`${exe}add_executable(check main.c)\nadd_test(NAME check COMMAND check)\n`),
    'app',
    'CMakeLists.txt:3',
  ],
  [
    'not one below tests/',
    { ...cmake(`${exe}add_subdirectory(tests)\n`), 'tests/CMakeLists.txt': 'add_executable(all main.c)\n' },
    'app',
    'CMakeLists.txt:3',
  ],
  [
    'not one of another system',
    cmake(`if(WIN32)\n  add_executable(win main.c)\nelse()\n  ${exe}endif()\n`),
    'app',
    'CMakeLists.txt:6',
  ],
  [
    'not one behind an option that is off',
    cmake(`option(EXTRA "" OFF)\n${exe}if(EXTRA)\n  add_executable(extra main.c)\nendif()\n`),
    'app',
    'CMakeLists.txt:4',
  ],
  [
    'the installed one',
    cmake(`${exe}add_executable(gen main.c)\ninstall(TARGETS app)\n`),
    'app',
    'CMakeLists.txt:3',
  ],
  [
    'two are asked',
    cmake('add_executable(one main.c)\nadd_executable(other main.c)\n'),
    new Error(
      'could be one (CMakeLists.txt:3) or other (CMakeLists.txt:4). Say which: --main one or --main other',
    ),
  ],
  [
    'the one called like the project before others',
    cmake(`add_executable(other main.c)\n${exe}`),
    'app',
    'CMakeLists.txt:4',
  ],
  [
    'a server before what asks it',
    cmake('add_executable(store-cli main.c)\nadd_executable(store-server main.c)\n'),
    'store-server',
    'CMakeLists.txt:4',
  ],
  [
    'a library is none',
    cmake('add_library(app main.c)\n'),
    new Error(
      'CMakeLists.txt builds no program that could be started; a library is built into the image of a program that uses it. Say it: --main name',
    ),
  ],
  [
    'tests alone are none',
    cmake('enable_testing()\nadd_subdirectory(tests)\n', {
      'tests/CMakeLists.txt': 'add_executable(t main.c)\n',
    }),
    new Error('builds no program that could be started, but tests and examples'),
  ],
  [
    'a broken file, a bracket',
    cmake('add_executable(app main.c\n'),
    new Error('CMakeLists.txt:3 is malformed: the ( of add_executable is never closed'),
  ],
  [
    'a broken file, a text',
    cmake('set(A "x)\n'),
    new Error('CMakeLists.txt:3 is malformed: a " is never closed'),
  ],
  [
    'an if without its end',
    cmake(`if(UNIX)\n${exe}`),
    new Error('CMakeLists.txt:3 is malformed: if has no endif. Correct it'),
  ],
  [
    'an end of nothing',
    cmake(`${exe}endif()\n`),
    new Error('CMakeLists.txt:4 is malformed: endif ends nothing'),
  ],
  [
    'an option for tests that is on where the project is the first',
    cmake(
      `option(APP_BUILD_TESTS "" \${PROJECT_IS_TOP_LEVEL})\n${exe}if(APP_BUILD_TESTS)\n  add_executable(run_all main.c)\nendif()\n`,
    ),
    'app',
    'CMakeLists.txt:4',
  ],
  [
    'an option that depends on others, for tests',
    cmake(
      'include(CMakeDependentOption)\nadd_library(lib main.c)\ncmake_dependent_option(LIB_BUILD_TESTS "" ON "BUILD_TESTING" OFF)\nif(LIB_BUILD_TESTS)\n  add_executable(run_tests main.c)\nendif()\n',
    ),
    new Error('CMakeLists.txt builds no program that could be started; a library'),
  ],
  [
    'a switch that another system turns is not known',
    cmake(
      `option(SERVER "" ON)\nif(ZEPHYR_BASE)\n  set(ZEPHYR YES)\nendif()\nif(ZEPHYR)\n  set(SERVER OFF)\n  return()\nendif()\nif(SERVER)\n  ${exe}endif()\n`,
    ),
    'app',
    'CMakeLists.txt:12',
  ],
  ['an executable of Meson', meson("executable('app', 'main.c')\n"), 'app', 'meson.build:2'],
  ['Meson by a variable', meson("name = 'tool'\nexecutable(name, 'main.c')\n"), 'tool', 'meson.build:3'],
  [
    'Meson below a folder',
    { ...meson("subdir('src')\n"), 'src/meson.build': "executable('app', 'main.c', install: true)\n" },
    'app',
    'src/meson.build:1',
  ],
  [
    'a broken meson.build',
    meson("executable('app', 'main.c'\n"),
    new Error('meson.build:2 is malformed: ( is never closed'),
  ],
  [
    'Automake',
    autotools('', 'bin_PROGRAMS = app\nnoinst_PROGRAMS = gen\ncheck_PROGRAMS = t\n'),
    'app',
    'Makefile.am:1',
  ],
  [
    'a broken configure.ac',
    autotools('AC_CHECK_LIB([z], [deflate]', 'bin_PROGRAMS = app\n'),
    new Error('configure.ac:2 is malformed: the ( of this macro is never closed'),
  ],
  [
    'a template that configure fills',
    {
      'configure.ac': 'AC_INIT([app], [1])\nAC_OUTPUT\n',
      'Makefile.in':
        'CC=@CC@\nbindir=@bindir@\napp$(EXEEXT): main.o\n\t$(CC) -o $@ main.o\ntestapp: main.o\n\t$(CC) -o $@ main.o\ninst_%: %\n\tinstall $* $(DESTDIR)$(bindir)/$*\n',
      'sub/Makefile.am': 'bin_PROGRAMS = other\n',
      'main.c': MAIN,
    },
    'app',
    'Makefile.in:3',
  ],
  [
    'a script that nobody reads',
    { configure: '#!/bin/sh\n', 'src/tool.c': MAIN },
    new Error('configure does not tell which programs it builds. Say it: --main name'),
  ],
  [
    'a goal that makes a library is none',
    make('static: libapp.a\nlibapp.a: a.o\n\tar rcs $@ $^\napp-test: test.o libapp.a\n'),
    new Error('Makefile builds no program that could be started, but tests and examples'),
  ],
  [
    'what is installed under a condition on the system',
    make(
      'UNAME := $(shell uname)\nall: app gen\napp: main.o\ngen: gen.o\nifneq (,$(filter Linux Darwin,$(UNAME)))\nPREFIX ?= /usr/local\ninstall: app\n\tinstall app $(DESTDIR)$(PREFIX)/bin/app\nendif\n',
    ),
    'app',
    'Makefile:3',
  ],
  ['a rule of make', make('app: main.o util.o\n\t$(CC) -o $@ $^\n'), 'app', 'Makefile:1'],
  [
    'make by a variable',
    make('TARGET = tool\n$(TARGET): main.c\n\t$(CC) $(CFLAGS) $< -o $@\n'),
    'tool',
    'Makefile:2',
  ],
  ['make by its own rule', make('app: main.o\n'), 'app', 'Makefile:1'],
  ['make in a folder', make('all: bin/app\nbin/app: main.o\n\tg++ -o bin/app main.o\n'), 'app', 'Makefile:2'],
  ['a source alone', { 'tool.c': MAIN, 'util.c': 'int f;' }, 'tool', 'tool.c'],
  ['main.c has the folder’s name', { 'main.c': MAIN }, 'app', 'main.c'],
  [
    'two sources with a main are asked',
    { 'a.c': MAIN, 'b.c': MAIN },
    new Error('could be a (a.c) or b (b.c). Say which: --main a or --main b'),
  ],
]);

table('libraries', [
  ['find_package', cmake(`${exe}find_package(ZLIB REQUIRED)\n`), 'zlib', 'CMakeLists.txt:4'],
  [
    'components of Boost',
    cmake(`${exe}find_package(Boost 1.70 REQUIRED COMPONENTS filesystem)\n`),
    'boost,boost-filesystem',
    'CMakeLists.txt:4',
  ],
  [
    'pkg_check_modules',
    cmake(`${exe}pkg_check_modules(A REQUIRED IMPORTED_TARGET libcurl>=7 libuv)\n`),
    'libcurl,libuv',
    'CMakeLists.txt:4',
  ],
  [
    'target_link_libraries by a plain name',
    cmake(`${exe}target_link_libraries(app PRIVATE m sqlite3)\n`),
    'sqlite3',
    'CMakeLists.txt:4',
  ],
  [
    'none for tests',
    cmake(`${exe}find_package(GTest REQUIRED)\n`),
    'none',
    'none is named by the build files or the sources',
  ],
  [
    'none of another system',
    cmake(`${exe}if(APPLE)\n  find_package(CURL REQUIRED)\nendif()\n`),
    'none',
    'none is named by the build files or the sources',
  ],
  [
    'dependency()',
    meson("executable('app', 'main.c', dependencies: [dependency('json-c'), dependency('openssl')])\n"),
    'json-c,openssl',
    'meson.build:2',
  ],
  [
    'find_library()',
    meson("executable('app', 'main.c')\ncc.find_library('bz2')\n"),
    'bzip2',
    'meson.build:3',
  ],
  [
    'PKG_CHECK_MODULES',
    autotools('PKG_CHECK_MODULES([X], [libxml-2.0 >= 2.9 gnutls])', 'bin_PROGRAMS = app\n'),
    'libxml2,gnutls',
    'configure.ac:2',
  ],
  [
    'AC_CHECK_LIB',
    autotools('AC_CHECK_LIB([ev], [ev_run])', 'bin_PROGRAMS = app\n'),
    'libev',
    'configure.ac:2',
  ],
  ['-l in a Makefile', make('LDLIBS = -lpq -lm\napp: main.o\n'), 'libpq', 'Makefile:1'],
  [
    'pkg-config in a Makefile',
    make('LDLIBS = $(shell pkg-config --libs libevent)\napp: main.o\n'),
    'libevent',
    'Makefile:1',
  ],
  ['an include', { 'main.c': `#include <curl/curl.h>\n${MAIN}` }, 'libcurl', 'main.c:1'],
  [
    'not a header of the project',
    { 'main.c': `#include "zlib.h"\n${MAIN}`, 'zlib.h': '' },
    'none',
    'none is named by the build files or the sources',
  ],
]);

table('libraries', [
  [
    'a header that a program’s own file includes, where configure asks in a way of its own',
    autotools('', 'bin_PROGRAMS = app\napp_SOURCES = main.c\n', {
      'main.c': `#include <event.h>\n${MAIN}`,
      'other.c': '#include <pcap.h>\n',
    }),
    'libevent',
    'main.c:1',
  ],
]);

table('libraries', [
  [
    'vcpkg, but for other systems, tools of the build, and tests',
    cmake(exe, {
      'vcpkg.json': JSON.stringify(
        {
          dependencies: [
            'curl',
            { name: 'boost-asio' },
            { name: 'vcpkg-cmake', host: true },
            { name: 'wtl', platform: 'windows' },
            { name: 'x', platform: '!linux' },
            'gtest',
          ],
        },
        null,
        1,
      ),
    }),
    'libcurl,boost',
    'vcpkg.json:3, vcpkg.json:5',
  ],
  [
    'Conan',
    cmake(exe, {
      'conanfile.txt': '[requires]\nzlib/1.3.1\nnlohmann_json/3.11.3\n\n[tool_requires]\nfoo/1.0\n',
    }),
    'zlib,nlohmann-json',
    'conanfile.txt:2, conanfile.txt:3',
  ],
  [
    'Conan in Python',
    cmake(exe, {
      'conanfile.py':
        'class App(ConanFile):\n    requires = "fmt/10.2.1", "spdlog/1.14.1"\n    tool_requires = "foo/1.0"\n    def requirements(self):\n        self.requires("sqlite3/3.45.0")\n        self.test_requires("bar/1.0")\n',
    }),
    'fmt,spdlog,sqlite3',
    'conanfile.py:2, conanfile.py:5',
  ],
  [
    'what vcpkg has and the distribution has not',
    cmake(exe, { 'vcpkg.json': '{\n  "dependencies": ["fmt", "restbed", "oatpp"]\n}\n' }),
    new Error(
      'There is no package known of restbed (vcpkg.json:2), oatpp (vcpkg.json:2): Debian calls such libname-dev/libname1. Say it: --packages name,…/name,…',
    ),
  ],
  [
    'a name that vcpkg alone has',
    cmake(`${exe}find_package(unofficial-sqlite3 CONFIG REQUIRED)\n`, {
      'vcpkg.json': '{"dependencies":["sqlite3"]}',
    }),
    new Error("CMakeLists.txt:4 finds unofficial-sqlite3, which is vcpkg's alone"),
  ],
  [
    'what Conan 1 generates',
    cmake(`include(\${CMAKE_BINARY_DIR}/conanbuildinfo.cmake)\nconan_basic_setup()\n${exe}`, {
      'conanfile.txt': '[requires]\nzlib/1.3.1\n',
    }),
    new Error('CMakeLists.txt:4 sets up what Conan 1 generates'),
  ],
  [
    'what is linked to under a condition and nothing looks for is none',
    cmake(`${exe}if(HAVE_EV)\n  target_link_libraries(app ev)\nendif()\n`),
    'none',
    'none is named by the build files or the sources',
  ],
  [
    'what is linked to under a condition and looked for',
    cmake(
      `${exe}check_library_exists(ev ev_run "" HAVE_EV)\nif(HAVE_EV)\n  target_link_libraries(app ev)\nendif()\n`,
    ),
    'libev',
    'CMakeLists.txt:4',
  ],
  [
    'a package that it cannot do without',
    cmake(`${exe}find_package(Flurb REQUIRED)\n`),
    new Error(
      'CMakeLists.txt:4 needs Flurb (a package of CMake), of which no package is known: Debian calls such libname-dev/libname1. Say it: --packages name,…/name,…',
    ),
  ],
  [
    'a module of pkg-config that it cannot do without',
    meson("executable('app', 'main.c', dependencies: dependency('flurb'))\n"),
    new Error('meson.build:2 needs flurb (a module of pkg-config), of which no package is known'),
  ],
  [
    'one that the project finds by itself',
    cmake(`${exe}find_package(Flurb REQUIRED)\n`, { 'cmake/FindFlurb.cmake': '' }),
    'none',
    'none is named by the build files or the sources',
  ],
  [
    'a broken vcpkg.json',
    cmake(exe, { 'vcpkg.json': '{ "dependencies": [' }),
    new Error('vcpkg.json:1 is malformed'),
  ],
  [
    'a vcpkg.json of another form asks for nothing',
    cmake(exe, { 'vcpkg.json': '{ "dependencies": [7, null, {}] }' }),
    'none',
    'none is named by the build files or the sources',
  ],
]);

table('libraries', [
  ['a macro of configure.ac', autotools('ACX_WITH_SSL', 'bin_PROGRAMS = app\n'), 'openssl', 'configure.ac:2'],
  [
    'what is looked for in folders when nobody says where',
    autotools('AC_ARG_WITH([libexpat], [x], [ ], [ withval="/usr/local /usr" ])', 'bin_PROGRAMS = app\n'),
    'expat',
    'configure.ac:2',
  ],
  [
    'what an option of configure turns on in a case, or in AS_IF, is off',
    autotools(
      '# a comment\n\n# another\nAC_ARG_ENABLE([ev], [x], [], [enable_ev=no])\ncase "$enable_ev" in\n  yes)\n    AC_CHECK_LIB([ev], [ev_run], [], [AC_MSG_ERROR([no])])\n    ;;\nesac\nAS_IF([test "x$enable_curl" = xyes], [PKG_CHECK_MODULES([A], [libcurl])])\nAC_CHECK_LIB([z], [deflate])',
      'bin_PROGRAMS = app\n',
    ),
    'zlib',
    'configure.ac:12',
  ],
]);

table('link', [
  ['nothing but the C library', cmake(exe), 'static', 'it needs nothing but the C library'],
  [
    'every library has an archive',
    cmake(`${exe}find_package(ZLIB REQUIRED)\n`),
    'static',
    'every library has an archive',
  ],
  [
    'one has none',
    cmake(`${exe}find_package(CURL REQUIRED)\n`),
    'shared',
    'libcurl has no archive that links alone',
  ],
  [
    'it loads modules',
    cmake(exe, { 'main.c': `${MAIN}void *f(void) { return dlopen("x.so", 1); }\n` }),
    'shared',
    'main.c:2 loads modules while it runs',
  ],
  [
    'an unknown one',
    cmake(`${exe}target_link_libraries(app flurb)\n`),
    'shared',
    'CMakeLists.txt:4 names flurb, which is not known',
  ],
]);

table('port', [
  ['a number', server('8080'), '8080', 'server.c:5'],
  ['a macro', server('PORT', '#define PORT 9000'), '9000', 'server.c:5'],
  ['a constant', server('port', 'static const int port = 7001;'), '7001', 'server.c:5'],
  [
    'the environment, with what is taken otherwise',
    server('(uint16_t)port', 'int port = getenv("PORT") ? atoi(getenv("PORT")) : 4000;'),
    '4000',
    'server.c:5',
  ],
  ['the environment alone', server('atoi(getenv("PORT"))'), '8080', 'default, as PORT that server.c:5 reads'],
  [
    'libmicrohttpd',
    {
      'main.c': `#include <microhttpd.h>\nint main(void) { MHD_start_daemon(FLAGS, 8081, NULL, NULL, &f, NULL, MHD_OPTION_END); }\n`,
    },
    '8081',
    'main.c:2',
  ],
  [
    'cpp-httplib',
    { 'main.cpp': 'int main() { httplib::Server s; s.listen("0.0.0.0", 8082); }\n' },
    '8082',
    'main.cpp:1',
  ],
  [
    'libevent',
    { 'main.c': 'int main(void) { evhttp_bind_socket(http, "0.0.0.0", 8083); }\n' },
    '8083',
    'main.c:1',
  ],
  [
    'CivetWeb',
    { 'main.c': 'int main(void) { const char *o[] = {"listening_ports", "8084", 0}; mg_start(0, 0, o); }\n' },
    '8084',
    'main.c:1',
  ],
  [
    'Crow',
    { 'main.cpp': 'int main() { crow::SimpleApp app; app.port(18080).multithreaded().run(); }\n' },
    '18080',
    'main.cpp:1',
  ],
  [
    'Asio',
    { 'main.cpp': 'int main() { tcp::acceptor a(io, tcp::endpoint(tcp::v4(), 8085)); }\n' },
    '8085',
    'main.cpp:1',
  ],
  [
    'a client opens none',
    { 'main.c': 'int main(void) { a.sin_port = htons(80); connect(s, 0, 0); }\n' },
    'none',
    'app listens on nothing',
  ],
  [
    'a client beside a server: what it connects to is none of its ports',
    {
      'main.c': `${server('8080')['server.c']}\nvoid ask(void) {\n  b.sin_port = htons(113);\n  s_connect(s, &b);\n}\n`,
    },
    '8080',
    'main.c:5',
  ],
  [
    'an opcode is no port',
    { 'main.c': `${server('8080')['server.c']}\nvoid f(void) {\n  packet->op = htons(5);\n}\n` },
    '8080',
    'main.c:5',
  ],
  [
    'what cannot be read is asked',
    server('config->port'),
    new Error('server.c:5 listens on a port that cannot be read from the source. Say it: --port number|none'),
  ],
  [
    'two ports are asked',
    { 'a.c': `${server('80')['server.c']}\nvoid f(void) { b.sin_port = htons(81); }\n` },
    new Error('could be 80 (a.c:5) or 81 (a.c:9)'),
  ],
]);

table('init', [
  [
    'a handler of its own',
    { 'main.c': `${MAIN}void f(void) { signal(SIGTERM, g); }\n` },
    'no',
    'it handles SIGTERM itself, main.c:2',
  ],
  ['none', { 'main.c': MAIN }, 'yes', 'no handler for SIGTERM was found'],
  [
    'sending it is no handling',
    { 'main.c': `${MAIN}void f(void) { kill(child, SIGTERM); }\n` },
    'yes',
    'no handler for SIGTERM was found',
  ],
  [
    'a comment is no handling',
    { 'main.c': `${MAIN}// SIGTERM\n` },
    'yes',
    'no handler for SIGTERM was found',
  ],
]);

table('include', [
  [
    'a file that is opened',
    { 'main.c': `${MAIN}void f(void) { fopen("conf/app.ini", "r"); }\n`, 'conf/app.ini': '' },
    'conf/app.ini',
    'main.c:2',
  ],
  [
    'what a configuration names that is read',
    {
      'main.c': `${MAIN}void f(void) { fopen("app.conf", "r"); }\n`,
      'app.conf': '# path = ./old\nsite { path = ./pages }\n',
      'pages/a.html': '',
      'old/b.html': '',
    },
    'app.conf,pages',
    'main.c:2',
  ],
  [
    'a folder that is joined to the one that it starts in',
    {
      'main.c': `${MAIN}void f(void) { getcwd(root, 200); strcat(root, "/pages"); }\n`,
      'pages/a.html': '',
    },
    'pages',
    'main.c:2',
  ],
  [
    'a folder of pages',
    { 'main.c': `${MAIN}void f(void) { serve_dir("www/"); }\n`, 'www/a.html': '' },
    'www',
    'main.c:2',
  ],
  [
    'not what is included',
    { 'main.c': `#include "data.h"\n${MAIN}`, 'data.h': '' },
    'none',
    'nothing else is named by the sources',
  ],
]);

describe('flags', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'an executable that there is not',
      { main: 'x' },
      '--main takes an executable that it builds (app), not "x".',
    ],
    [
      'a library that is not known',
      { libraries: 'flurb' },
      '--libraries takes names of known libraries, as sqlite3 (others: --packages), not "flurb".',
    ],
    ['a package that is none', { packages: 'a;b' }, '--packages takes names of packages, not "a;b".'],
    [
      'a build system that is none',
      { buildSystem: 'bazel' },
      '--build-system takes cmake, meson, autotools, make, sources, not "bazel".',
    ],
    ['a linkage that is none', { link: 'dynamic' }, '--link takes static or shared, not "dynamic".'],
  ])('%s', async (_, given, message) => {
    await expect(settled(await projectOf(cmake(exe)), given)).rejects.toThrow(message);
  });
});

const plan = async (files: Files, target: Plan['target'], given = {}) =>
  (await planned(await projectOf(files), target, given)) as Plan<CApp>;

describe('plan', () => {
  test('an unknown library is named with the line to add, and the flag that says it', async () => {
    const files = cmake(`${exe}target_link_libraries(app flurb)\n`);
    expect((await plan(files, 'alpine')).notes).toEqual([
      {
        level: 'warning',
        text: 'CMakeLists.txt:4 needs flurb (a library to link to), which is no library that is known here.',
        fix: 'Add its packages: --packages <for the build>/<to run>, or in stage build: apk add --no-cache <package>',
      },
    ]);
    const given = await plan(files, 'slim', { packages: 'libflurb-dev/libflurb1' });
    expect([given.notes, given.app.packages.apt, given.packages.apt]).toEqual([
      [],
      ['ccache', 'cmake', 'g++', 'libflurb-dev', 'make', 'ninja-build'],
      ['libflurb1', 'tini'],
    ]);
  });

  test('an unknown one that the build does without is told, not warned of', async () => {
    const { notes } = await plan(cmake(`${exe}find_package(Flurb)\n`), 'slim');
    expect(notes).toEqual([
      {
        level: 'info',
        text: 'Left out, for it is not known here and the build goes on without it: Flurb (CMakeLists.txt:4).',
      },
    ]);
  });

  test('each target takes its packages from its own distribution', async () => {
    const files = cmake(`${exe}find_package(SQLite3 REQUIRED)\n`);
    const [alpine, slim, distroless, scratch] = await Promise.all(
      (['alpine', 'slim', 'distroless', 'scratch'] as const).map((target) => plan(files, target)),
    );
    expect(alpine?.packages.apk).toEqual(['sqlite-libs', 'tini']);
    expect(slim?.packages.apt).toEqual(['libsqlite3-0', 'tini']);
    expect(distroless?.app.libraries).toEqual({ programs: ['/install/usr/local/bin/app'], below: '/usr' });
    expect(scratch?.images).toEqual({ build: 'alpine:3.24', runtime: 'scratch' });
    expect(scratch?.app.packages.apk).toEqual([
      'build-base',
      'ccache',
      'cmake',
      'pkgconf',
      'samurai',
      'sqlite-dev',
      'sqlite-static',
      'zlib-dev',
      'zlib-static',
    ]);
  });

  test('what is for glibc alone is refused on alpine', async () => {
    await expect(plan(cmake(`${exe}pkg_check_modules(H REQUIRED cpp-httplib)\n`), 'alpine')).rejects.toThrow(
      'cannot run on alpine: cpp-httplib is not in Alpine',
    );
  });

  test.each<[string, string]>([
    ['the linker’s library of it', 'AC_SEARCH_LIBS([backtrace], [execinfo])'],
    ['one that goes on without', 'AC_CHECK_LIB([execinfo], [backtrace], [], [have_backtrace=no])'],
    ['a package', 'PKG_CHECK_MODULES([T], [libtcmalloc], [], [tcmalloc=no])'],
  ])('what configure only looks for is not missed on alpine: %s', async (_, macro) => {
    expect((await plan(autotools(macro, 'bin_PROGRAMS = app\n'), 'alpine')).target).toBe('alpine');
  });

  test.each<[string, Files]>([
    [
      'an error',
      autotools('AC_CHECK_LIB([execinfo], [backtrace], [], [AC_MSG_ERROR([no])])', 'bin_PROGRAMS = app\n'),
    ],
    [
      'an include',
      autotools('AC_SEARCH_LIBS([backtrace], [execinfo])', 'bin_PROGRAMS = app\napp_SOURCES = main.c\n', {
        'main.c': `#include <execinfo.h>\n${MAIN}`,
      }),
    ],
  ])('what it cannot do without is: %s', async (_, files) => {
    await expect(plan(files, 'alpine')).rejects.toThrow('execinfo is not in Alpine');
  });

  test.each<[string, string, boolean]>([
    ['in any version', 'AC_CHECK_PROGS(TCLSH_CMD, [tclsh8.7 tclsh8.6 tclsh8.5 tclsh], none)', true],
    ['by path', 'AC_PATH_PROG([TCLSH], [tclsh], [no])', true],
    [
      'an option that is off',
      'AC_ARG_ENABLE([tcl], [x], [], [enable_tcl=no])\nif test "x$enable_tcl" = xyes; then\nAC_PATH_PROG([TCLSH], [tclsh], [no])\nfi',
      false,
    ],
  ])('tclsh, which writes sources, %s', async (_, macro, there) => {
    const { app } = await plan(autotools(macro, 'bin_PROGRAMS = app\n'), 'slim');
    expect(app.packages.apt.includes('tcl')).toBe(there);
  });

  test('a macro that is called like a call is none', async () => {
    const files = { 'main.c': `#define popen(x, y) _popen(x, y)\n${MAIN}` };
    expect((await plan(files, 'scratch')).target).toBe('scratch');
  });

  test('a program that calls a shell is refused where there is none', async () => {
    const files = { 'main.c': 'int main(int c, char **v) { return system(v[1]); }\n' };
    await expect(plan(files, 'scratch')).rejects.toThrow(
      'cannot run on scratch: main.c:1 runs a command in a shell, and scratch has none',
    );
  });

  test.each<[string, string, string | undefined]>([
    [
      'variables that it lets be come from the environment',
      'CFLAGS ?= -g\napp: main.o\n\t$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^\n',
      undefined,
    ],
    [
      'variables that it sets are not lost: the compiler’s name carries the flags',
      'CC = cc\nCFLAGS = -g\napp: main.c\n\t$(CC) $(CFLAGS) -o $@ $<\n',
      'CC="gcc $IMAGE_FLAGS"',
    ],
    [
      'a default that it does not compile without is not lost either',
      'CFLAGS ?= -std=c99 -Isrc\napp: main.c\n\t$(CC) $(CFLAGS) -o $@ $<\n',
      'CC="gcc $IMAGE_FLAGS"',
    ],
    [
      'what it says behind the compiler’s name stays there',
      'CC = gcc -std=gnu99\nCFLAGS = -g\napp: main.c\n\t$(CC) $(CFLAGS) -o $@ $<\n',
      'CC="gcc -std=gnu99 $IMAGE_FLAGS"',
    ],
  ])('a Makefile: %s', async (_, text, words) => {
    const { app } = await plan(make(text), 'slim');
    const [command = ''] = app.compile.commands;
    if (words === undefined)
      expect([command, app.environment.map((e) => e.name)]).toEqual(['make app', ['CFLAGS', 'LDFLAGS']]);
    else
      expect([command.includes(words), app.environment.map((e) => e.name)]).toEqual([true, ['IMAGE_FLAGS']]);
  });

  test.each<[string, Files, boolean]>([
    ['CMake', cmake(`add_compile_options(-Wall -Werror)\n${exe}`), true],
    ['a property of CMake', cmake(`set(CMAKE_COMPILE_WARNING_AS_ERROR ON)\n${exe}`), true],
    [
      'Meson',
      {
        ...meson("executable('app', 'main.c')\n"),
        'meson.build': "project('app', 'c', default_options: ['werror=true'])\nexecutable('app', 'main.c')\n",
      },
      true,
    ],
    ['Automake', autotools('', 'AM_CFLAGS = -Werror\nbin_PROGRAMS = app\n'), true],
    ['make', make('CFLAGS = -Werror\napp: main.c\n\t$(CC) $(CFLAGS) -o $@ $<\n'), true],
    [
      'Automake’s own warnings are none',
      autotools('AM_INIT_AUTOMAKE([foreign -Wall -Werror])', 'bin_PROGRAMS = app\n'),
      false,
    ],
    ['one that is named is asked for', cmake(`add_compile_options(-Werror=format)\n${exe}`), false],
    ['a comment is none', cmake(`# -Werror\n${exe}`), false],
  ])('what makes errors of warnings hears of none: %s', async (_, files, silent) => {
    const [dockerfile] = await rendered(files, 'slim');
    expect(/(^|\s)-w(\s|")/.test(dockerfile.text)).toBe(silent);
  });

  test('shared libraries that it installs itself are found, and what they load goes along', async () => {
    const files = cmake(
      'add_library(core SHARED main.c)\nadd_executable(app main.c)\ntarget_link_libraries(app core)\ninstall(TARGETS app core)\n',
    );
    const [dockerfile] = await rendered(files, 'distroless');
    expect(dockerfile.text).toContain(
      '! LD_LIBRARY_PATH=/install/usr/local/lib find /install/usr/local/bin/app /install/usr/local/lib -type f -regex',
    );
  });

  test.each<[string, string, Files, readonly string[]]>([
    [
      'is told',
      'add_executable(app main.c gone.c)\n',
      {},
      ['CMakeLists.txt:3 compiles gone.c, which is not there.'],
    ],
    [
      'that a command makes is fine',
      'add_custom_command(OUTPUT gone.c COMMAND gen)\nadd_executable(app main.c gone.c)\n',
      {},
      [],
    ],
    ['that is made of another is fine', 'add_executable(app main.c gone.c)\n', { 'gone.y': '' }, []],
  ])('a source that is not there %s', async (_, text, more, words) => {
    const { notes } = await plan(cmake(text, more), 'slim');
    expect(notes.map((note) => note.text)).toEqual(words);
  });

  test('a Makefile that calls gcc by name is told that nothing reaches it', async () => {
    const { notes } = await plan(make('app: main.c\n\tgcc -o app main.c\n'), 'slim');
    expect(notes[0]?.text).toBe(
      'Makefile calls its compiler by name, so no flag reaches it: neither optimization nor hardening is imposed.',
    );
  });

  test('-march=native is warned of, and never ours', async () => {
    const { notes } = await plan(
      make('CFLAGS = -march=native\napp: main.c\n\t$(CC) $(CFLAGS) -o app main.c\n'),
      'slim',
    );
    expect(notes[0]?.text).toContain('Makefile:1 compiles for the processor that builds');
    for (const target of ['alpine', 'slim', 'distroless', 'scratch'] as const) {
      const [dockerfile] = await rendered(cmake(exe), target);
      expect(dockerfile.text).not.toMatch(/-m(arch|cpu|tune)=/);
    }
  });

  test('CMake files from before 3.5 are let in by CMake 4', async () => {
    const old: Files = {
      'CMakeLists.txt': 'cmake_minimum_required(VERSION 2.8)\nproject(a C)\nadd_executable(a main.c)\n',
      'main.c': MAIN,
    };
    expect((await plan(old, 'alpine')).app.compile.commands[0]).toContain(
      '-DCMAKE_POLICY_VERSION_MINIMUM=3.5',
    );
  });
});

describe('the table of libraries', () => {
  test('has no name twice, and packages for both systems', () => {
    const names = LIBRARIES.map((library) => library.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(300);
    for (const { name, debian, alpine, static: archive } of LIBRARIES) {
      for (const word of [
        ...debian.build,
        ...debian.runtime,
        ...alpine.build,
        ...alpine.runtime,
        ...(archive ?? []),
      ])
        expect(word, name).toMatch(/^[a-z0-9][a-zA-Z0-9.+_-]+$/);
    }
  });
  test('has each name of pkg-config once', () => {
    const all = LIBRARIES.flatMap((library) => library.pkgConfig ?? []);
    expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([]);
  });
});
