import rows from '../../../catalog/system/libraries.json' with { type: 'json' };
import type { Found } from '../../../facts/language.ts';
import type { Need } from './facts.ts';
import { calledAs } from './recipes.ts';

/**
 * A system library: its names in build files, and its packages on Debian 13 and Alpine 3.24. The table was checked
 * against both distributions' package lists (2026-11); names of headers and `-l` against the packages' contents.
 */
export interface Library {
  readonly name: string;
  readonly pkgConfig?: readonly string[];
  readonly cmake?: readonly string[];
  readonly link?: readonly string[];
  readonly headers?: readonly string[];
  readonly debian: Packages;
  readonly alpine: Packages;
  /** Alpine's packages with its archive, and with those that pkg-config names behind it; undefined: there is none, or it drags others along. */
  readonly static?: readonly string[];
  /** What CMake's module needs to be told to take the archive. */
  readonly staticDefines?: readonly string[];
  /** What the archive needs behind it that CMake's module does not say. */
  readonly staticLink?: readonly string[];
  /** It is only where glibc is, so not in Alpine. */
  readonly glibc?: boolean;
  /** Only tests need it. */
  readonly test?: boolean;
  /** It looks for mistakes while the program runs. */
  readonly sanitizer?: boolean;
  /** Debian no longer has it. */
  readonly gone?: boolean;
  /** Packages that it opens by their names while it runs, where the program is built with another library too. */
  readonly loads?: readonly {
    readonly with: string;
    readonly debian: readonly string[];
    readonly alpine: readonly string[];
  }[];
  /** It opens encrypted connections to others, so it reads the authorities' certificates. */
  readonly tls?: boolean;
}

interface Packages {
  readonly build: readonly string[];
  readonly runtime: readonly string[];
  /** Whether `apt-get install package:arm64` works on amd64, which was tried for each; 'all': it is the same on every platform. */
  readonly cross?: false | 'all';
}

export const LIBRARIES: readonly Library[] = rows as readonly Library[];

/** Tools that build files call, by what they are called: packages of the build stage. */
const TOOLS: Readonly<Record<string, { readonly debian: string; readonly alpine: string }>> = {
  'pkg-config': { debian: 'pkgconf', alpine: 'pkgconf' },
  pkgconf: { debian: 'pkgconf', alpine: 'pkgconf' },
  bison: { debian: 'bison', alpine: 'bison' },
  yacc: { debian: 'bison', alpine: 'bison' },
  flex: { debian: 'flex', alpine: 'flex' },
  lex: { debian: 'flex', alpine: 'flex' },
  git: { debian: 'git', alpine: 'git' },
  perl: { debian: 'perl', alpine: 'perl' },
  python3: { debian: 'python3', alpine: 'python3' },
  python: { debian: 'python3', alpine: 'python3' },
  nasm: { debian: 'nasm', alpine: 'nasm' },
  yasm: { debian: 'yasm', alpine: 'yasm' },
  gperf: { debian: 'gperf', alpine: 'gperf' },
  ragel: { debian: 'ragel', alpine: 'ragel' },
  re2c: { debian: 're2c', alpine: 're2c' },
  m4: { debian: 'm4', alpine: 'm4' },
  xxd: { debian: 'xxd', alpine: 'xxd' },
  protoc: { debian: 'protobuf-compiler', alpine: 'protoc' },
  libtool: { debian: 'libtool', alpine: 'libtool' },
  autopoint: { debian: 'autopoint', alpine: 'gettext-dev' },
  msgfmt: { debian: 'gettext', alpine: 'gettext' },
  'autoconf-archive': { debian: 'autoconf-archive', alpine: 'autoconf-archive' },
  xsltproc: { debian: 'xsltproc', alpine: 'libxslt' },
  'linux-headers': { debian: 'linux-libc-dev', alpine: 'linux-headers' },
  swig: { debian: 'swig', alpine: 'swig' },
  pod2man: { debian: 'perl', alpine: 'perl' },
  unzip: { debian: 'unzip', alpine: 'unzip' },
  zip: { debian: 'zip', alpine: 'zip' },
  curl: { debian: 'curl', alpine: 'curl' },
  wget: { debian: 'wget', alpine: 'wget' },
  bc: { debian: 'bc', alpine: 'bc' },
  gawk: { debian: 'gawk', alpine: 'gawk' },
  help2man: { debian: 'help2man', alpine: 'help2man' },
  makeinfo: { debian: 'texinfo', alpine: 'texinfo' },
  file: { debian: 'file', alpine: 'file' },
  rsync: { debian: 'rsync', alpine: 'rsync' },
  cmake: { debian: 'cmake', alpine: 'cmake' },
  'glib-compile-resources': { debian: 'libglib2.0-dev-bin', alpine: 'glib-dev' },
  'glib-mkenums': { debian: 'libglib2.0-dev-bin', alpine: 'glib-dev' },
  'gdbus-codegen': { debian: 'libglib2.0-dev-bin', alpine: 'glib-dev' },
  flatc: { debian: 'flatbuffers-compiler', alpine: 'flatc' },
  rpcgen: { debian: 'rpcsvc-proto', alpine: 'rpcgen' },
  'wayland-scanner': { debian: 'libwayland-bin', alpine: 'wayland-dev' },
  glslc: { debian: 'glslc', alpine: 'shaderc' },
  tclsh: { debian: 'tcl', alpine: 'tcl' },
};

/** CMake's own modules that find a tool, by the tool. */
const CMAKE_TOOLS: Readonly<Record<string, string>> = {
  PkgConfig: 'pkg-config',
  Git: 'git',
  BISON: 'bison',
  FLEX: 'flex',
  Perl: 'perl',
  Python: 'python3',
  Python3: 'python3',
  PythonInterp: 'python3',
  SWIG: 'swig',
};

/** Modules that bring nothing which a program needs, or that come with CMake. */
const IGNORED =
  /^(Threads|Doxygen|Sphinx|LATEX|ClangFormat|ClangTidy|CCache|Ccache|GTest|GMock|Catch2|doctest|benchmark|Sanitizers|codecov|LCov|Gcov|Valgrind|cppcheck|CUDA|CUDAToolkit)$/i;

/** Libraries of other systems, or of the compiler itself. */
const ELSEWHERE =
  /^(socket|nsl|ws2_32|wsock32|winmm|iphlpapi|crypt32|bcrypt|advapi32|shell32|user32|psapi|dbghelp|kvm|network|thr|compat|stdc\+\+(fs)?|gcc(_s)?|c\+\+(abi)?|log|android)$/;

/** A library, and whether the build goes on without it: all that ask for it only look. */
interface Asked extends Found<Library> {
  readonly optional: boolean;
}

/** What is needed, by what brings it. */
export interface Needed {
  readonly libraries: readonly Asked[];
  readonly tools: readonly { readonly debian: string; readonly alpine: string }[];
  /** Nothing that is known: it is reported, with the line to add. */
  readonly unknown: readonly Need[];
}

const KEYS = { cmake: 'cmake', 'pkg-config': 'pkgConfig', link: 'link', header: 'headers' } as const;

/** Looks up each need. What is neither known nor optional is told as unknown; so is an optional one, but it is no warning. */
export function lookUp(needs: readonly Need[], brought: ReadonlySet<string> = new Set()): Needed {
  const libraries = new Map<string, Asked>();
  const tools = new Map<string, { debian: string; alpine: string }>();
  const unknown = new Map<string, Need>();
  // a header may be of several libraries: what else is asked for says of which
  const headersLast = [...needs].sort((a, b) => Number(a.by === 'header') - Number(b.by === 'header'));
  for (const need of headersLast) {
    const tool = toolOf(need);
    if (tool !== undefined) tools.set(tool.debian, tool);
    if (tool !== undefined || need.by === 'tool' || brings(need, libraries)) continue;
    if (IGNORED.test(need.name) || (need.by === 'link' && ELSEWHERE.test(need.name))) continue;
    const library = libraryOf(need);
    if (library === undefined) {
      const held = unknown.get(need.name);
      if (held === undefined || (held.optional && !need.optional)) unknown.set(need.name, need);
    } else if (library.test !== true && !isBrought(library, brought)) {
      // an include in quotes is one all the same
      const optional = need.optional && need.by !== 'header';
      const held = libraries.get(library.name);
      // a part of glibc: nothing is installed for it, and nothing is missed
      if (optional && library.glibc === true && library.debian.build.length === 0) continue;
      libraries.set(library.name, {
        value: library,
        from: held?.from ?? need.at,
        optional: optional && held?.optional !== false,
      });
    }
  }
  return { libraries: [...libraries.values()], tools: [...tools.values()], unknown: [...unknown.values()] };
}

function toolOf({ by, name }: Need): (typeof TOOLS)[string] | undefined {
  return by === 'tool' ? TOOLS[name] : by === 'cmake' ? TOOLS[CMAKE_TOOLS[name] ?? ''] : undefined;
}

/** Whether a header is of a library that was asked for by its name. */
function brings({ by, name }: Need, libraries: ReadonlyMap<string, Asked>): boolean {
  return by === 'header' && [...libraries.values()].some(({ value }) => value.headers?.includes(name));
}

/** Whether the build brings a library by itself: under its name, or one of those that build files call it by. */
function isBrought(library: Library, brought: ReadonlySet<string>): boolean {
  const names = [
    library.name,
    ...(library.cmake ?? []),
    ...(library.pkgConfig ?? []),
    ...(library.link ?? []),
  ];
  return names.some((name) => brought.has(name.toLowerCase()));
}

/** What libraries open by name while the program runs, for it is built with others too. */
export function loadedBy(libraries: readonly Library[], system: 'debian' | 'alpine'): readonly string[] {
  return libraries.flatMap(({ loads = [] }) =>
    loads.flatMap((one) => (libraries.some(({ name }) => name === one.with) ? one[system] : [])),
  );
}

function libraryOf(need: Need): Library | undefined {
  if (need.by === 'tool') return undefined;
  if (need.by === 'recipe') return recipeOf(calledAs(need.name));
  const key = KEYS[need.by];
  const exact = LIBRARIES.find((library) => library[key]?.includes(need.name));
  if (exact !== undefined || need.by === 'link') return exact;
  const lower = need.name.toLowerCase();
  if (need.by === 'header') return byFolder(need.name);
  // meson and CMake know one library under several spellings
  return (
    LIBRARIES.find((library) => library[key]?.some((name) => name.toLowerCase() === lower)) ??
    LIBRARIES.find((library) => library.cmake?.some((name) => name.toLowerCase() === lower)) ??
    LIBRARIES.find((library) => library.name === lower)
  );
}

export function nameOf(need: Need): string | undefined {
  return libraryOf(need)?.name;
}

export function isKnown(need: Need): boolean {
  return libraryOf(need) !== undefined;
}

/** Whether what brings a header has nothing to link to. */
export function isHeaderOnly(need: Need): boolean {
  const library = libraryOf(need);
  return library !== undefined && (library.link ?? []).length === 0;
}

/** A port of vcpkg or a recipe of Conan; a part of Boost that has no row has nothing to link to. */
function recipeOf(name: string): Library | undefined {
  const named = (word: string) => LIBRARIES.find((library) => library.name === word);
  return (
    named(name) ??
    named(`lib${name}`) ??
    LIBRARIES.find((library) => library.cmake?.some((word) => word.toLowerCase() === name)) ??
    LIBRARIES.find((library) => library.pkgConfig?.includes(name)) ??
    (name.startsWith('boost-') ? named('boost') : undefined)
  );
}

/** A header below a folder that only one library has: `openssl/rand.h`. */
function byFolder(header: string): Library | undefined {
  const [folder, rest] = header.split('/');
  if (folder === undefined || rest === undefined || /^(sys|net|arpa|netinet|linux|asm|bits)$/.test(folder))
    return undefined;
  const those = LIBRARIES.filter((library) => library.headers?.some((name) => name.startsWith(`${folder}/`)));
  if (folder === 'boost') return LIBRARIES.find((library) => library.name === 'boost');
  return those.length === 1 ? those[0] : undefined;
}
