import type { Step } from '../../../plan/plan.ts';
import { shellWord } from '../../../plan/quote.ts';
import type { Project } from '../../../project/project.ts';
import { bootstrapOf, configureSource } from '../evidence/autotools/autotools.ts';
import {
  BUILD,
  type BuildFacts,
  type BuildSystem,
  type Executable,
  INSTALL,
  PREFIX,
} from '../evidence/facts.ts';
import { installedBy, programAt } from '../evidence/installed.ts';
import type { Library } from '../evidence/libraries.ts';
import type { SourceFile } from '../evidence/sources.ts';
import { makeOf, sourcesAloneOf } from './compile-plain.ts';
import { TRIPLET } from './cross.ts';
import { environmentOf, flagsOf, STATIC } from './hardening.ts';

export interface CompileTo {
  readonly project: Project;
  readonly system: BuildSystem;
  readonly facts: BuildFacts;
  readonly options: readonly string[];
  readonly executable: Executable;
  readonly libraries: readonly Library[];
  readonly sources: readonly SourceFile[];
  readonly static: boolean;
  /** With Debian's compilers for other platforms. */
  readonly cross: boolean;
  /** Its build makes errors of warnings. */
  readonly strict: boolean;
  /** Which languages its sources are in. */
  readonly speaks: { readonly c: boolean; readonly cpp: boolean };
}

/** How a project is compiled: tools by their packages on both systems, the environment, and the commands. */
export interface Compile {
  readonly tools: readonly { readonly debian: string; readonly alpine: string }[];
  readonly environment: Readonly<Record<string, string>>;
  readonly step: Step;
  /** Where the program lies in the image. */
  readonly program: string;
  /** Why flags do not reach the compiler, where they do not. */
  readonly deaf: string | undefined;
}

const same = (name: string) => ({ debian: name, alpine: name });
const NINJA = { debian: 'ninja-build', alpine: 'samurai' };
const PKGCONF = same('pkgconf');
const CCACHE = same('ccache');
const CACHE = 'type=cache,target=/root/.cache/ccache';

/** What fetches sources while the build is configured. */
function fetchers({ downloads }: BuildFacts): Compile['tools'] {
  return downloads === undefined ? [] : [same('ca-certificates'), same('git')];
}

/** Libraries at the end of every command that links: archives are searched once, from left to right. */
function behind(libraries: readonly Library[], speaks: CompileTo['speaks']): readonly string[] {
  const names = [...new Set(libraries.flatMap((library) => library.staticLink ?? []))].map(
    (name) => `-l${name}`,
  );
  if (names.length === 0) return [];
  const languages = [...(speaks.c ? ['C'] : []), ...(speaks.cpp ? ['CXX'] : [])];
  return languages.map((language) => `-DCMAKE_${language}_STANDARD_LIBRARIES=${names.join(' ')}`);
}

/** CMake is told of another platform by its variables. https://cmake.org/cmake/help/latest/manual/cmake-toolchains.7.html */
function crossedCmake({ speaks, libraries }: CompileTo): readonly string[] {
  return [
    '-DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR="${triplet%%-*}"',
    ...(speaks.c ? ['-DCMAKE_C_COMPILER="$triplet-gcc"'] : []),
    ...(speaks.cpp ? ['-DCMAKE_CXX_COMPILER="$triplet-g++"'] : []),
    ...(libraries.length > 0 ? ['-DPKG_CONFIG_EXECUTABLE="/usr/bin/$triplet-pkg-config"'] : []),
  ];
}

export function compileOf(to: CompileTo): Compile {
  return COMPILERS[to.system](to);
}

const COMPILERS: { readonly [System in BuildSystem]: (to: CompileTo) => Compile } = {
  cmake(to) {
    const { facts, executable, libraries, speaks } = to;
    const preset = to.options.some((word) => word.startsWith('--preset='));
    const archives = to.static && libraries.length > 0;
    const options = [
      ...(archives ? ['-DCMAKE_PROJECT_INCLUDE=/archives.cmake'] : []),
      ...(archives ? [...new Set(libraries.flatMap((library) => library.staticDefines ?? []))] : []),
      ...(archives ? behind(libraries, speaks) : []),
      ...facts.options,
      ...to.options,
    ];
    const configure = `cmake ${preset ? '' : '-S . '}-B ${BUILD} -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=${PREFIX}`;
    const target =
      executable.installed === undefined && executable.target !== undefined
        ? ` --target ${shellWord(executable.target)}`
        : '';
    return {
      tools: [same('cmake'), NINJA, CCACHE, ...(libraries.length > 0 ? [PKGCONF] : []), ...fetchers(facts)],
      environment: {
        ...environmentOf(flagsOf(to), speaks),
        ...(speaks.c ? { CMAKE_C_COMPILER_LAUNCHER: 'ccache' } : {}),
        ...(speaks.cpp ? { CMAKE_CXX_COMPILER_LAUNCHER: 'ccache' } : {}),
      },
      step: {
        mounts: [CACHE],
        commands: [
          // CMake finds archives alone when it is told after each project()
          ...(archives ? ["echo 'set(CMAKE_FIND_LIBRARY_SUFFIXES .a)' > /archives.cmake"] : []),
          ...(to.cross ? [TRIPLET] : []),
          [configure, ...(to.cross ? crossedCmake(to) : []), ...options.map(shellWord)].join(' '),
          `cmake --build ${BUILD}${target}`,
          ...installedBy(`DESTDIR=${INSTALL} cmake --install ${BUILD}`, to),
        ],
      },
      program: programAt(executable),
      deaf: undefined,
    };
  },
  meson(to) {
    const options = [
      ...(to.static ? ['-Ddefault_library=static', '-Dprefer_static=true'] : []),
      ...to.facts.options,
      ...to.options,
    ];
    return {
      tools: [
        same('meson'),
        NINJA,
        CCACHE,
        ...(to.libraries.length > 0 ? [PKGCONF] : []),
        ...fetchers(to.facts),
      ],
      environment: environmentOf(flagsOf(to), to.speaks),
      step: {
        mounts: [CACHE],
        commands: [
          // its machine file of the platform, made by Meson itself: https://mesonbuild.com/Commands.html#env2mfile
          ...(to.cross ? ['meson env2mfile --cross --debarch "$TARGETARCH" -o /cross.ini'] : []),
          [
            `meson setup ${BUILD} --buildtype=release --prefix=${PREFIX} --libdir=lib`,
            ...(to.cross ? ['--cross-file=/cross.ini'] : []),
            ...options.map(shellWord),
          ].join(' '),
          `meson compile -C ${BUILD}`,
          ...installedBy(
            `meson install -C ${BUILD} --destdir ${INSTALL} --no-rebuild --skip-subprojects`,
            to,
          ),
        ],
      },
      program: programAt(to.executable),
      deaf: undefined,
    };
  },
  autotools(to) {
    const made = to.project.isFile('configure');
    const bootstrap = bootstrapOf(to.project);
    // libtool keeps -static for itself, so the compiler is called with it
    const { LDFLAGS, ...compile } = flagsOf({ static: false, strict: to.strict });
    const compiler = (name: string) => ['ccache', name, ...(to.static ? [STATIC] : [])].join(' ');
    // a clone has no times by which make could tell that the generated files are current
    const current =
      made && configureSource(to.project) !== undefined
        ? ' AUTOCONF=: AUTOHEADER=: AUTOMAKE=: ACLOCAL=:'
        : '';
    return {
      tools: [
        CCACHE,
        ...(to.libraries.length > 0 ? [PKGCONF] : []),
        ...(made ? [] : [same('autoconf'), same('automake')]),
      ],
      environment: {
        ...(to.speaks.c && !to.cross ? { CC: compiler('gcc') } : {}),
        ...(to.speaks.cpp && !to.cross ? { CXX: compiler('g++') } : {}),
        ...environmentOf({ ...compile, LDFLAGS }, to.speaks),
      },
      step: {
        mounts: [CACHE],
        commands: [
          ...(made
            ? []
            : [
                bootstrap === undefined
                  ? 'autoreconf --force --install'
                  : `NOCONFIGURE=1 sh ./${bootstrap.script}`,
              ]),
          ...(to.cross ? [TRIPLET] : []),
          // git may have lost the mode of the script
          [
            `${made ? 'sh ' : ''}./configure --prefix=${PREFIX}`,
            ...(to.cross ? ['--host="$triplet"'] : []),
            ...(to.cross && to.speaks.c ? ['CC="ccache $triplet-gcc"'] : []),
            ...(to.cross && to.speaks.cpp ? ['CXX="ccache $triplet-g++"'] : []),
            ...[...to.facts.options, ...to.options].map(shellWord),
          ].join(' '),
          `make -j"$(nproc)"${current}`,
          ...installedBy(`make DESTDIR=${INSTALL}${current} install`, to),
        ],
      },
      program: programAt(to.executable),
      deaf: undefined,
    };
  },
  make: makeOf,
  sources: sourcesAloneOf,
};
