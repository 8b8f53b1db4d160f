import { posix } from 'node:path';
import { UserError } from '../../../errors.ts';
import { emptySubmodules } from '../../../kit/submodules.ts';
import { lineNumber, table } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { ASIDE, type BuildFacts, type Need } from './facts.ts';

/** What C and C++ have instead of a package manager of their own, by the file that names a project's dependencies. */
const FILES: Readonly<Record<string, (project: Project, file: string) => readonly Asked[]>> = table({
  'vcpkg.json': ofVcpkg,
  'conanfile.txt': ofConanText,
  'conanfile.py': ofConanPython,
});

interface Asked {
  readonly name: string;
  readonly line: number;
}

/** The files that are there. */
export function recipeFiles(project: Project): readonly string[] {
  return Object.keys(FILES).filter((file) => project.isFile(file));
}

/** Every library that they ask for, on Linux and to link to; one of several files is enough. */
export function recipeNeeds(project: Project): readonly Need[] {
  const [file] = recipeFiles(project);
  const asked = file === undefined ? [] : (FILES[file]?.(project, file) ?? []);
  return asked
    .filter(({ name }) => !TOOL.test(name))
    .map(({ name, line }) => ({ by: 'recipe', name, at: `${file}:${line}`, optional: false }));
}

/** Ports and recipes that build, and link to nothing. */
const TOOL =
  /^(vcpkg-.*|cmake|ninja|meson|autoconf|automake|libtool|pkgconf|pkg-config|m4|nasm|yasm|bison|flex|ccache|gettext-tool)$/;

/** https://learn.microsoft.com/vcpkg/reference/vcpkg-json */
function ofVcpkg(project: Project, file: string): readonly Asked[] {
  const { dependencies } = (project.parse(file) ?? {}) as { readonly dependencies?: unknown };
  const lines = (project.read(file) ?? '').split('\n');
  return (Array.isArray(dependencies) ? dependencies : []).flatMap((one: unknown): readonly Asked[] => {
    const { name, host, platform } = (typeof one === 'string' ? { name: one } : (one ?? {})) as {
      readonly name?: unknown;
      readonly host?: unknown;
      readonly platform?: unknown;
    };
    // `platform` is an expression over systems: one that asks for others alone is none
    const elsewhere = typeof platform === 'string' && (/!\s*linux/.test(platform) || OTHERS.test(platform));
    if (typeof name !== 'string' || host === true || elsewhere) return [];
    return [{ name, line: lines.findIndex((line) => line.includes(`"${name}"`)) + 1 }];
  });
}

const OTHERS =
  /^\(?\s*(windows|osx|uwp|mingw|android|ios|emscripten|xbox|freebsd|openbsd|netbsd)(\s*[|&,]\s*(windows|osx|uwp|mingw|android|ios|emscripten|xbox|freebsd|openbsd|netbsd))*\s*\)?$/;

/** `zlib/1.3.1`, `fmt/[>=10]@user/channel`, below `[requires]`. https://docs.conan.io/2/reference/conanfile_txt.html */
function ofConanText(project: Project, file: string): readonly Asked[] {
  let section = '';
  return (project.read(file) ?? '').split('\n').flatMap((line, index): readonly Asked[] => {
    section = /^\s*\[(\w+)\]/.exec(line)?.[1] ?? section;
    const name = section === 'requires' ? /^\s*([a-z0-9_][\w.+-]*)\//.exec(line)?.[1] : undefined;
    return name === undefined ? [] : [{ name, line: index + 1 }];
  });
}

/** `requires = "zlib/1.3.1", …` and `self.requires("zlib/1.3.1")`: texts of that form on lines that do not speak of tools. */
function ofConanPython(project: Project, file: string): readonly Asked[] {
  let asks = false;
  return (project.read(file) ?? '').split('\n').flatMap((line, index): readonly Asked[] => {
    const plain = line.replace(/(^|\s)#.*/, '');
    const assigned = /^\s*(\w+)\s*=/.exec(plain)?.[1];
    if (assigned !== undefined) asks = assigned === 'requires';
    else if (/^\s*(def|class)\b/.test(plain)) asks = false;
    const called = /\bself\.requires\s*\(/.test(plain);
    if (!asks && !called) return [];
    return [...plain.matchAll(/["']([a-z0-9_][\w.+-]*)\/[^"']+["']/g)].map(([, name = '']) => ({
      name,
      line: index + 1,
    }));
  });
}

/** Refuses a build whose files speak of a submodule that was not fetched. */
export function assertSubmodules(project: Project, facts: BuildFacts): void {
  const missing = emptySubmodules(project).find(
    (path) =>
      !ASIDE.test(`${path}/`) &&
      facts.files.some((file) =>
        (project.read(file) ?? '')
          .split('\n')
          // where it is asked whether it is there, the build goes on without it
          .some(
            (line) =>
              line.includes(posix.relative(posix.dirname(file), path)) && !/^\s*#|\bEXISTS\b/.test(line),
          ),
      ),
  );
  if (missing !== undefined)
    throw new UserError({
      kind: 'refused',
      message: `${missing} is a submodule that was not fetched, and the build needs it.`,
      fix: 'Fetch it: git submodule update --init --recursive',
    });
}

/**
 * What a build cannot do without and no package is known of: it would fail. What is linked to, or included, may be the
 * project's own, so that is told and no more.
 */
export function findUnknown(
  project: Project,
  facts: BuildFacts,
  unknown: readonly Need[],
): string | undefined {
  const names = unknown.filter((need) => need.by === 'recipe').map((need) => `${need.name} (${need.at})`);
  if (names.length > 0)
    return `There is no package known of ${names.join(', ')}: Debian calls such libname-dev/libname1.`;
  const foreign = facts.needs.find((need) => need.by === 'cmake' && need.name.startsWith('unofficial-'));
  if (foreign !== undefined)
    return `${foreign.at} finds ${foreign.name}, which is vcpkg's alone: let it find the package by the name that its authors gave it.`;
  for (const file of facts.files) {
    const text = project.read(file) ?? '';
    const index = text.search(/^[^#\n]*\bconan_basic_setup\s*\(/m);
    if (index >= 0)
      return `${file}:${lineNumber(text, index)} sets up what Conan 1 generates, and Conan is not run: find_package needs no generated file.`;
  }
  const missing = unknown.find(
    (need) =>
      !need.optional &&
      (need.by === 'pkg-config' || need.by === 'cmake') &&
      facts.downloads === undefined &&
      !brings(project, need.name),
  );
  return missing === undefined
    ? undefined
    : `${missing.at} needs ${missing.name} (${missing.by === 'cmake' ? 'a package of CMake' : 'a module of pkg-config'}), of which no package is known: Debian calls such libname-dev/libname1.`;
}

/** Whether the project has what CMake or Meson finds a package by. */
function brings(project: Project, name: string): boolean {
  return (
    project.find([
      `**/Find${name}.cmake`,
      `**/${name}Config.cmake`,
      `**/${name.toLowerCase()}-config.cmake`,
      `**/${name.toLowerCase()}-config.cmake.in`,
      `**/${name}Config.cmake.in`,
      `subprojects/${name}.wrap`,
      `subprojects/${name}/meson.build`,
    ]).length > 0
  );
}

/** Names that a port or a recipe has and the table of libraries has not. */
const CALLED: Readonly<Record<string, string>> = table({
  'abseil-cpp': 'abseil',
  curl: 'libcurl',
  eigen3: 'eigen',
  liblzma: 'xz',
  'xz-utils': 'xz',
  'libjpeg-turbo': 'libjpeg',
  libmariadb: 'mariadb-connector-c',
  msgpack: 'msgpack-cxx',
  onetbb: 'tbb',
  opencv4: 'opencv',
  'paho-mqtt': 'paho-mqtt-c',
  'sdl2-image': 'sdl2-extras',
  'sdl2-ttf': 'sdl2-extras',
  'util-linux-libuuid': 'libuuid',
});

/** What a port or a recipe is called in the table of libraries, as far as it has another name there. */
export function calledAs(name: string): string {
  const plain = name.toLowerCase().replaceAll('_', '-');
  return CALLED[plain] ?? plain;
}
