import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { chooseLanguage } from '../../../src/facts/choose.ts';
import type { CApp } from '../../../src/languages/c/plan/plan.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';
import { table } from '../../settings-table.ts';

const MAIN = 'int main(void) { return 0; }\n';
const cmake = (text: string, more: Files = {}): Files => ({
  'CMakeLists.txt': `cmake_minimum_required(VERSION 3.20)\nproject(app CXX)\n${text}`,
  'main.cpp': MAIN,
  ...more,
});
const meson = (text: string, more: Files = {}): Files => ({
  'meson.build': `project('app', 'c')\n${text}`,
  'main.c': MAIN,
  ...more,
});
const make = (text: string, more: Files = {}): Files => ({ Makefile: text, 'main.c': MAIN, ...more });
const autotools = (
  ac: string,
  am = 'bin_PROGRAMS = app\napp_SOURCES = main.c\n',
  more: Files = {},
): Files => ({
  'configure.ac': `AC_INIT([app], [1])\nAM_INIT_AUTOMAKE([foreign])\nAC_PROG_CC\n${ac}\nAC_OUTPUT\n`,
  'Makefile.am': am,
  'main.c': MAIN,
  ...more,
});
const exe = 'add_executable(app main.cpp)\n';
const OPTIONS =
  "option('name', type: 'string', value: 'relayd')\noption('tls', type: 'feature', value: 'disabled')\n";

const plan = async (files: Files, target: 'slim' | 'alpine' = 'slim', given = {}) =>
  (await planned(await projectOf(files, 'app'), target, given)) as Plan<CApp>;
const commands = async (files: Files, given = {}) =>
  (await plan(files, 'slim', given)).app.compile.commands.join('\n');
const tools = async (files: Files) => (await plan(files)).app.packages.apt;
const warnings = async (files: Files) =>
  (await plan(files)).notes.filter((n) => n.level === 'warning').map((n) => n.text);

table('main', [
  [
    'make: its own variable for linking',
    make('relay: main.o\n\t$(LINK.c) -o $@ $^ -lm\n'),
    'relay',
    'Makefile:1',
  ],
  [
    'Meson: a name of an option',
    meson("executable(get_option('name'), 'main.c')", { 'meson.options': OPTIONS }),
    'relayd',
  ],
  [
    'Meson: a name that is put together',
    meson("executable('@0@-server'.format(meson.project_name()), 'main.c')"),
    'app-server',
  ],
  [
    'Qt: a program by its own command',
    cmake('qt_add_executable(relay MANUAL_FINALIZATION main.cpp)\n'),
    'relay',
  ],
  [
    'CMake: a function of its own that takes words apart',
    cmake(
      'function(add_service)\n  cmake_parse_arguments(ARG "TLS" "NAME" "FILES" ${ARGN})\n  add_executable(${ARG_NAME} ${ARG_FILES})\nendfunction()\nadd_service(TLS NAME relay FILES main.cpp)\n',
    ),
    'relay',
  ],
  [
    'CMake: an example is the only program that there is',
    cmake('option(BUILD_EXAMPLES "" ON)\nif(BUILD_EXAMPLES)\n  add_executable(hello main.cpp)\nendif()\n'),
    'hello',
  ],
  [
    'Automake: a comment behind the list',
    autotools('', 'bin_PROGRAMS = hello # the one that greets\nhello_SOURCES = main.c\n'),
    'hello',
  ],
  [
    'make: a goal that is no file',
    make('.PHONY: build\nbuild:\n\t$(CC) $(CFLAGS) -o relay main.c\n'),
    'relay',
  ],
  [
    'make: a program of the tests is none',
    make('relay: main.o\n\t$(CC) -o $@ $^\ntests/limits: tests/limits.c\n\t$(CC) -o $@ $^\n', {
      'tests/limits.c': MAIN,
    }),
    'relay',
  ],
  [
    'make: a name of what it includes',
    make('include config.mk\n$(NAME): main.o\n\t$(CC) -o $@ $^\n', { 'config.mk': 'NAME = relay\n' }),
    'relay',
  ],
]);

test('what only the manual is made with is not installed for a program that its own goal makes', async () => {
  const text =
    'all: relay relay.info\nrelay: main.o\n\tcc -o relay main.o\nrelay.info: relay.texi\n\tmakeinfo relay.texi\n';
  expect(await tools(make(text))).not.toContain('texinfo');
  const installed = `${text}install: all\n\tinstall relay $(DESTDIR)$(PREFIX)/bin/relay\n`;
  expect(await tools(make(`PREFIX = /usr\n${installed}`))).toContain('texinfo');
});

test('a program that options turn off is built where somebody asks for it', async () => {
  const files = cmake(
    `${exe}option(BUILD_EXAMPLES "" ON)\nif(BUILD_EXAMPLES)\n  add_executable(hello examples/hello.cpp)\nendif()\n`,
    { 'examples/hello.cpp': MAIN },
  );
  expect(await commands(files)).toContain('-DBUILD_EXAMPLES=OFF');
  expect(await commands(files, { main: 'hello' })).not.toContain('-DBUILD_EXAMPLES=OFF');
});

describe('what is started is where install puts it', () => {
  test.each<[string, Files, string]>([
    [
      'make: under another name',
      make(
        'PREFIX ?= /usr/local\nall: relay-epoll\nrelay-epoll: main.o\n\t$(CC) -o $@ $^\ninstall: all\n\tinstall -D relay-epoll $(DESTDIR)$(PREFIX)/sbin/relay\n',
      ),
      '/usr/local/sbin/relay',
    ],
    [
      'make: a folder that is not below the prefix',
      make(
        'BINDIR = /usr/bin\nrelay: main.o\n\t$(CC) -o $@ $^\ninstall: relay\n\tmkdir -p $(DESTDIR)$(BINDIR)\n\tcp relay $(DESTDIR)$(BINDIR)/\n',
      ),
      '/usr/bin/relay',
    ],
    [
      'CMake: by install(PROGRAMS … RENAME)',
      cmake(`${exe}install(PROGRAMS $<TARGET_FILE:app> DESTINATION sbin RENAME relay)\n`),
      '/usr/local/sbin/relay',
    ],
    [
      'a template of configure that somebody wrote keeps its own prefix',
      {
        ...autotools(''),
        'Makefile.am': undefined as unknown as string,
        'Makefile.in':
          'PREFIX ?= /usr\nrelay: main.o\n\t$(CC) $(LDFLAGS) -o relay main.o @LIBS@\ninstall: relay\n\tinstall -D relay $(DESTDIR)$(PREFIX)/sbin/relay\n',
      },
      '/usr/sbin/relay',
    ],
  ])('%s', async (_, files, path) => {
    const kept = Object.fromEntries(Object.entries(files).filter(([, text]) => text !== undefined));
    expect((await plan(kept)).start.entrypoint.at(-1)).toBe(path);
  });
});

table('libraries', [
  [
    'make: a variable that only an option that is off links to',
    make(
      'TLS_LIBS=-lssl -lcrypto\nLIBS=-lz\nifeq ($(TLS),yes)\nLIBS += $(TLS_LIBS)\nendif\napp: main.o\n\t$(CC) -o app main.o $(LIBS)\n',
    ),
    'zlib',
  ],
  [
    'a header that is only included under a condition asks for nothing',
    make('app: main.o\n\t$(CC) -o app main.o\n', {
      'main.c':
        '#include "plain.h"\n#ifdef USE_LUA\n#include "script.h"\n#endif\nint main(void) { return 0; }\n',
      'plain.h': '#include <zlib.h>\n',
      'script.h': '#include <lua.h>\n',
    }),
    'zlib',
  ],
  [
    'components that it goes on without',
    cmake(`${exe}find_package(Boost REQUIRED COMPONENTS regex OPTIONAL_COMPONENTS nowide CONFIG)\n`),
    'boost,boost-regex',
  ],
  [
    'Qt is a library for each component',
    cmake(`${exe}find_package(Qt6 REQUIRED COMPONENTS Core Network)\n`),
    'qt6-core,qt6-network',
  ],
  [
    'one of two versions: the first',
    cmake(
      `${exe}find_package(QT NAMES Qt6 Qt5 REQUIRED COMPONENTS Core)\nfind_package(Qt\${QT_VERSION_MAJOR} REQUIRED COMPONENTS Sql)\n`,
    ),
    'qt6-core,qt6-sql',
  ],
  ['what is required in a variable', cmake(`set(HOW REQUIRED)\n${exe}find_package(ZLIB \${HOW})\n`), 'zlib'],
  [
    'what CPM brings is not the system’s',
    cmake(`CPMAddPackage("gh:fmtlib/fmt#11.0.2")\n${exe}target_link_libraries(app fmt)\n`, {
      'main.cpp': '#include <fmt/core.h>\nint main() {}\n',
    }),
    'none',
  ],
  [
    'what FetchContent brings is not the system’s',
    cmake(
      `include(FetchContent)\nFetchContent_Declare(json GIT_REPOSITORY https://github.com/nlohmann/json.git)\nFetchContent_MakeAvailable(json)\n${exe}`,
      { 'main.cpp': '#include <nlohmann/json.hpp>\nint main() {}\n' },
    ),
    'none',
  ],
  [
    'an option of configure that is off, by a variable of its own',
    autotools(
      'AC_ARG_WITH([ssl],[],[tls="$withval"],[tls="no"])\nif test "$tls" = "yes"; then\n  AC_CHECK_LIB([ssl],[SSL_new],,[AC_MSG_ERROR([no])])\nfi',
    ),
    'none',
  ],
  [
    'an option of configure that is on',
    autotools(
      'AC_ARG_WITH([ssl],[],[tls="$withval"],[tls="yes"])\nif test "$tls" = "yes"; then\n  AC_CHECK_LIB([ssl],[SSL_new],,[AC_MSG_ERROR([no])])\nfi',
    ),
    'openssl',
  ],
  [
    'an option of configure that is on unless it is refused',
    autotools(
      'AC_ARG_ENABLE([tls],[])\nif test "x$enable_tls" != "xno"; then\n  AC_CHECK_LIB([ssl],[SSL_new],,[AC_MSG_ERROR([no])])\nfi',
    ),
    'openssl',
  ],
  [
    'Meson: a feature that is off',
    meson("ssl = dependency('openssl', required: get_option('tls'))\nexecutable('app', 'main.c')", {
      'meson.options': OPTIONS,
    }),
    'none',
  ],
  [
    'Meson: a branch of an option that is off',
    meson("if get_option('tls').enabled()\n  dependency('openssl')\nendif\nexecutable('app', 'main.c')", {
      'meson.options': OPTIONS,
    }),
    'none',
  ],
  [
    'pkg-config before another command',
    make('LDLIBS = $(shell pkg-config --libs zlib && echo 1)\napp: main.o\n'),
    'zlib',
  ],
  [
    'a header of two libraries is of the one that is linked',
    make('app: main.o\n\t$(CC) -o $@ $^ -lluajit-5.1\n', {
      'main.c': `#include <lua.h>\n#include <lauxlib.h>\n${MAIN}`,
    }),
    'luajit',
  ],
  [
    'a file that the program is not compiled of',
    make('app: main.o\n\t$(CC) -o $@ $^\n', { 'plugin.c': '#include <sqlite3.h>\nint x;\n' }),
    'none',
  ],
  [
    'a source that is included for another system',
    make('app: main.o\n\t$(CC) -o $@ $^\n', {
      'main.c': `#ifdef HAVE_PORTS\n#include "ports.c"\n#endif\n${MAIN}`,
      'ports.c': '#include <sqlite3.h>\n',
    }),
    'none',
  ],
  [
    'libraries of a template of configure',
    { ...autotools(''), 'Makefile.am': 'bin_PROGRAMS = app\napp_SOURCES = main.c\napp_LDADD = -lpcre2-8\n' },
    'none',
  ],
]);

describe('programs that rules call are installed', () => {
  const rule = (recipe: string, need = 'main.o') =>
    make(`app: ${need}\n\t$(CC) -o $@ main.c\n${need}:\n\t${recipe}\n`);
  test.each<[string, Files, string]>([
    ['bison', rule('bison -d main.y'), 'bison'],
    ['behind a variable', rule('LC_ALL=C pod2man app.pod > app.1'), 'perl'],
    ['behind another command', rule('@mkdir -p gen && unzip -p data.zip > data.h'), 'unzip'],
    [
      'by a name in a variable',
      make('GEN = gperf\napp: main.o\nmain.o: keys.h\nkeys.h:\n\t$(GEN) keys.gperf > $@\n'),
      'gperf',
    ],
    ['a grammar that make knows a rule for', make('app: main.o scan.o\n', { 'scan.l': '%%\n' }), 'flex'],
    [
      'by a command of CMake',
      cmake(`add_custom_command(OUTPUT a.c COMMAND bison -o a.c a.y)\n${exe}`),
      'bison',
    ],
    [
      'by a target of Meson',
      meson("custom_target('k', output: 'k.h', command: ['gperf', 'k.gperf'])\nexecutable('app', 'main.c')"),
      'gperf',
    ],
    [
      'by a rule of Automake',
      autotools('', 'bin_PROGRAMS = app\napp_SOURCES = main.c\napp.1: app.pod\n\tpod2man app.pod > app.1\n'),
      'perl',
    ],
  ])('%s', async (_, files, name) => expect(await tools(files)).toContain(name));

  test('those of rules that nothing needs are not', async () => {
    expect(await tools(make('app: main.o\npackage:\n\tzip -r app.zip app\n'))).not.toContain('zip');
  });
});

describe('what happens before the build', () => {
  test('a script that makes the build files is refused by its name', async () => {
    const project = await projectOf(
      { 'bootstrap.sh': '#!/bin/sh\n', 'configure.ng': '', 'src/a.c': MAIN },
      'app',
    );
    await expect(planned(project, 'slim')).rejects.toThrow('bootstrap.sh makes the files that build it');
  });
  test('one that does more than autoreconf is called', async () => {
    const files = autotools('', undefined, {
      'autogen.sh': '#!/bin/sh\nset -e\nm4 version.m4 > version.h\nautoreconf -i\n',
    });
    expect(await commands(files)).toContain('NOCONFIGURE=1 sh ./autogen.sh');
    expect(await tools(files)).toContain('m4');
  });
  test('one that does no more is not', async () => {
    const files = autotools('', undefined, {
      'autogen.sh': '#!/bin/sh\nset -e\necho making\nautoreconf -i "$@"\n./configure "$@"\n',
    });
    expect(await commands(files)).toContain('autoreconf --force --install');
  });
  test('a submodule that was not fetched is refused with the command', async () => {
    const files = cmake(`add_subdirectory(deps/json)\n${exe}`, {
      '.gitmodules': '[submodule "json"]\n\tpath = deps/json\n\turl = https://example.com/json.git\n',
    });
    await expect(plan(files)).rejects.toThrow(
      'deps/json is a submodule that was not fetched, and the build needs it. Fetch it: git submodule update --init --recursive',
    );
  });
  test.each<[string, string]>([
    ['for the tests', 'add_subdirectory(tests/deps/json)\n'],
    ['that it looks for', 'if(EXISTS ${CMAKE_SOURCE_DIR}/tests/deps/json/CMakeLists.txt)\nendif()\n'],
  ])('but not one %s', async (_, text) => {
    const files = cmake(text + exe, { '.gitmodules': '[submodule "json"]\n\tpath = tests/deps/json\n' });
    expect((await plan(files)).start.entrypoint.at(-1)).toBe('/usr/local/bin/app');
  });
  test('a wrap of Meson is fetched with git, and told', async () => {
    const files = meson(
      "dep = dependency('acme', fallback: ['acme', 'acme_dep'])\nexecutable('app', 'main.c', dependencies: dep)",
      {
        'subprojects/acme.wrap': '[wrap-git]\nurl = https://example.com/acme\n[provide]\nacme = acme_dep\n',
      },
    );
    expect(await tools(files)).toEqual(expect.arrayContaining(['ca-certificates', 'git']));
    expect(await warnings(files)).toEqual([
      'meson.build:2 downloads sources while it is configured, so a build needs the network and may get others each time.',
    ]);
  });
  test('a wrap of what the system has is not', async () => {
    const files = meson("dep = dependency('zlib')\nexecutable('app', 'main.c')", {
      'subprojects/zlib.wrap': '[wrap-file]\n[provide]\nzlib = zlib_dep\n',
    });
    expect(await tools(files)).not.toContain('git');
  });
});

describe('sanitizers', () => {
  test.each<[string, Files]>([
    ['CMake', cmake(`set(CMAKE_CXX_FLAGS "-g -fsanitize=address,undefined")\n${exe}`)],
    ['CMake, of one program', cmake(`${exe}target_compile_options(app PRIVATE -fsanitize=address)\n`)],
    ['make', make('CFLAGS += -fsanitize=address\napp: main.o\n')],
    ['Automake', autotools('', 'AM_CFLAGS = -fsanitize=address\nbin_PROGRAMS = app\napp_SOURCES = main.c\n')],
  ])('%s: the library is installed, and it is told', async (_, files) => {
    const { packages } = await plan(files);
    expect(packages.apt).toContain('libasan8');
    expect((await warnings(files)).join()).toContain('compiles with sanitizers (asan');
    await expect(plan(files, 'alpine')).rejects.toThrow('asan is not in Alpine');
  });
  test.each<[string, Files]>([
    ['for another configuration', cmake(`set(CMAKE_CXX_FLAGS_DEBUG "-fsanitize=address")\n${exe}`)],
    [
      'for another configuration, by an expression',
      cmake(`add_compile_options($<$<CONFIG:Debug>:-fsanitize=address>)\n${exe}`),
    ],
    ['for another goal', make('app: main.o\ndebug: CFLAGS += -fsanitize=address\n')],
    [
      'under an option of Automake',
      autotools(
        '',
        'if ASAN\nAM_CFLAGS = -fsanitize=address\nendif\nbin_PROGRAMS = app\napp_SOURCES = main.c\n',
      ),
    ],
  ])('%s: none', async (_, files) => expect(await warnings(files)).toEqual([]));
  test('an option that turns them on is turned off', async () => {
    expect(await commands(cmake(`option(ENABLE_ASAN "" ON)\n${exe}`))).toContain('-DENABLE_ASAN=OFF');
    expect(
      await commands(
        meson("executable('app', 'main.c')", {
          'meson.build':
            "project('app', 'c', default_options: ['b_sanitize=address'])\nexecutable('app', 'main.c')\n",
        }),
      ),
    ).toContain('-Db_sanitize=none');
  });
});

test('a library that Debian no longer has is refused there, and another target is never assumed', async () => {
  const project = await projectOf(make('app: main.o\n\t$(CC) -o $@ $^ -lpcre\n'), 'app');
  await expect(planned(project, 'slim')).rejects.toThrow(
    'This project cannot run on slim: Debian no longer has pcre.',
  );
  expect((await planned(project, 'alpine')).packages.apk).toContain('pcre');
});

test('what libwebsockets opens for the loop of another library is installed', async () => {
  const files = cmake(`${exe}find_package(PkgConfig)\npkg_check_modules(WS REQUIRED libwebsockets libuv)\n`);
  expect((await plan(files)).packages.apt).toContain('libwebsockets-evlib-uv');
  await expect(planned(await projectOf(files, 'app'), 'distroless')).rejects.toThrow(
    'opens libwebsockets-evlib-uv while it runs',
  );
});

describe('pyproject.toml', () => {
  const language = async (text: string) =>
    (
      await chooseLanguage(
        await projectOf({ ...make('app: main.o\n'), 'pyproject.toml': text }),
        undefined,
        undefined,
      )
    ).language.id;
  test('with settings of tools alone leaves it C', async () => {
    expect(await language('[tool.ruff]\nline-length = 100\n')).toBe('c');
  });
});

describe('build files that were made to hang', () => {
  const nested = Array.from({ length: 40 }, (_, n) => `V${n + 1} = ${`$(V${n})`.repeat(20)}`).join('\n');
  test.each<[string, Files]>([
    ['a variable that calls itself', make('A = $(A)$(A)$(B)\nB = $(A)$(B)\napp: main.o $(A)\n')],
    ['two that call each other', make('A = $(B) $(B)\nB = $(A) $(A)\napp: main.o $(A)\n')],
    ['a value that grows in each line', make(`A = x\n${'A := $(A)$(A)\n'.repeat(60)}app: main.o $(A)\n`)],
    ['variables of variables', make(`V0 = x\n${nested}\napp: main.o $(V40)\n`)],
    ['a list that doubles', cmake(`set(A x)\n${'set(A ${A}${A})\n'.repeat(60)}${exe}`)],
    ['a text that doubles', cmake(`set(A x)\n${'string(APPEND A ${A})\n'.repeat(60)}${exe}`)],
    [
      'loops in loops',
      cmake(
        `${'foreach(I RANGE 9)\nforeach(J 1 2 3 4 5 6 7 8 9)\n'.repeat(8)}set(A x)\n${'endforeach()\nendforeach()\n'.repeat(8)}${exe}`,
      ),
    ],
    ['a function that calls itself twice', cmake(`function(f)\nf()\nf()\nendfunction()\nf()\n${exe}`)],
  ])('%s', async (_, files) => {
    const started = performance.now();
    // what such a file means is no matter: it is answered, or refused, at once
    await plan(files).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
    expect(performance.now() - started).toBeLessThan(1500);
  });
});
