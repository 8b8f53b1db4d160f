import { describe, expect, test } from 'vitest';
import type { CApp } from '../../src/languages/c/plan/plan.ts';
import type { Platform, TargetId } from '../../src/plan/targets.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, planned } from '../planned.ts';

const MAIN = 'int main(void) { return 0; }\n';
const BOTH: readonly Platform[] = ['linux/amd64', 'linux/arm64'];
const cmake = (text = ''): Files => ({
  'CMakeLists.txt': `cmake_minimum_required(VERSION 3.20)\nproject(app C)\nadd_executable(app main.c)\n${text}`,
  'main.c': MAIN,
});
const meson = (text = ''): Files => ({
  'meson.build': `project('app', 'c')\nexecutable('app', 'main.c', install: true)\n${text}`,
  'main.c': MAIN,
});
const autotools = (text = ''): Files => ({
  'configure.ac': `AC_INIT([app], [1])\n${text}\nAC_OUTPUT\n`,
  'Makefile.am': 'bin_PROGRAMS = app\napp_SOURCES = main.c\n',
  'main.c': MAIN,
});
const LOOSE: Files = { 'main.c': MAIN };

async function plan(
  files: Files,
  target: TargetId = 'slim',
  platforms: readonly Platform[] = BOTH,
  given: Readonly<Record<string, string>> = {},
) {
  const { app, notes } = await planned(await projectOf(files), target, given, platforms);
  const note = notes.find(({ text }) => text.startsWith('Each platform compiles for itself'));
  return { app: app as CApp, why: note?.text };
}

describe('compiled on the builder for all platforms', () => {
  test.each<[string, Files, RegExp]>([
    ['CMake', cmake(), /cmake .*-DCMAKE_C_COMPILER="\$triplet-gcc"/],
    ['Meson', meson(), /meson setup .*--cross-file=/],
    ['Autotools', autotools(), /configure .*--host="\$triplet" CC="ccache \$triplet-gcc"/],
    ['loose sources', LOOSE, /"\$triplet-gcc" \$CFLAGS/],
    ['a custom command beside one program', cmake('add_custom_target(docs COMMAND make-docs)\n'), /cmake/],
  ])('%s', async (_, files, command) => {
    const { app, why } = await plan(files);
    expect([app.cross, why]).toEqual([true, undefined]);
    expect(app.compile.commands.join('\n')).toMatch(command);
    expect(app.packages.apt).toContain('"crossbuild-essential-$TARGETARCH"');
    expect(app.packages.apt).not.toContain('g++');
  });

  test('libraries are those of the platform, tools those of the builder', async () => {
    const files = cmake(
      'find_package(ZLIB REQUIRED)\nfind_package(FLEX REQUIRED)\nfind_package(CLI11 REQUIRED)\n',
    );
    const { app } = await plan(files);
    expect(app.packages.apt).toEqual(
      expect.arrayContaining([
        '"zlib1g-dev:$TARGETARCH"',
        '"pkgconf:$TARGETARCH"',
        'cmake',
        'flex',
        'libcli11-dev',
      ]),
    );
  });
});

describe('compiled on each platform for itself, and the report says why', () => {
  test.each<[string, Files, string, TargetId?, (readonly Platform[])?, Readonly<Record<string, string>>?]>([
    ['alpine', cmake(), 'Alpine has no compilers for other platforms', 'alpine'],
    ['a static program', cmake(), 'Alpine has no compilers for other platforms', 'scratch'],
    ['distroless', cmake(), 'what the program loads is asked of its own loader', 'distroless'],
    [
      'scratch',
      cmake(),
      'what the program loads is asked of its own loader',
      'scratch',
      BOTH,
      { link: 'shared' },
    ],
    [
      '32-bit ARM',
      cmake(),
      'Debian calls linux/arm/v7 otherwise than the builder does',
      'slim',
      ['linux/amd64', 'linux/arm/v7'],
    ],
    [
      'a Makefile',
      { Makefile: 'app: main.c\n\t$(CC) -o app main.c\n', 'main.c': MAIN },
      'a Makefile may call any compiler, and run what it has compiled',
    ],
    ['try_run', cmake('try_run(RAN OK SOURCES x.c)\n'), 'CMakeLists.txt:4 may run what it has compiled'],
    [
      'a compiler by its name',
      cmake('set(CMAKE_CXX_COMPILER "g++")\n'),
      'CMakeLists.txt:4 calls its compiler by name',
    ],
    [
      'check_c_source_runs',
      cmake('check_c_source_runs("int main(void){}" OK)\n'),
      'CMakeLists.txt:4 may run what it has compiled',
    ],
    [
      'one program that may write the sources of another',
      {
        ...cmake(
          'add_executable(gen gen.c)\nadd_custom_command(OUTPUT t.h COMMAND gen)\ninstall(TARGETS app)\n',
        ),
        'gen.c': MAIN,
      },
      'CMakeLists.txt:5 may run what it has compiled',
    ],
    [
      'a run of Meson’s compiler',
      meson("cc = meson.get_compiler('c')\ncc.run('int main(void){}')\n"),
      'meson.build:4 may run what it has compiled',
    ],
    ['AC_RUN_IFELSE', autotools('AC_RUN_IFELSE([x])'), 'configure.ac:2 may run what it has compiled'],
    [
      'a Makefile.in that is written by hand',
      {
        'configure.ac': 'AC_INIT([app], [1])\nAC_OUTPUT\n',
        'Makefile.in': 'app: main.o\n\t@CC@ -o $@ main.o\n',
        'main.c': 'int main(void) { return 0; }\n',
      },
      'Makefile.in was written by hand, and may run what it has compiled',
    ],
    [
      'a library whose packages are for one platform',
      cmake('find_package(Ruby REQUIRED)\n'),
      'Debian cannot install ruby-dev for another platform',
    ],
    [
      'packages that were named',
      cmake(),
      'packages that were named may be tools or libraries',
      'slim',
      BOTH,
      { packages: 'libflurb-dev/libflurb1' },
    ],
  ])('%s', async (_, files, reason, target, platforms, given) => {
    const { app, why } = await plan(files, target, platforms, given);
    expect([app.cross, why]).toEqual([
      false,
      `Each platform compiles for itself, for ${reason}: others than the builder's are emulated, which is slow.`,
    ]);
  });

  test('one platform needs no word', async () => {
    expect(await plan(cmake(), 'slim', ['linux/arm64'])).toMatchObject({
      app: { cross: false },
      why: undefined,
    });
  });
});
