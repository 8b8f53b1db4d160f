import {
  type Library,
  type ProgramName,
  programOf,
  systemLibraries,
} from '../../../catalog/system/packages.ts';
import type { Found } from '../../../facts/language.ts';
import { table } from '../../../project/data.ts';
import type { Need } from './facts.ts';
import { calledAs } from './recipes.ts';

export type { Library } from '../../../catalog/system/packages.ts';

export const LIBRARIES = systemLibraries();

/** Tools that build files call, by what they are called, as the table names them: packages of the build stage. */
const TOOLS: Readonly<Record<string, ProgramName>> = table({
  'pkg-config': 'pkgconf',
  pkgconf: 'pkgconf',
  bison: 'bison',
  yacc: 'bison',
  flex: 'flex',
  lex: 'flex',
  git: 'git',
  perl: 'perl',
  python3: 'python3',
  python: 'python3',
  nasm: 'nasm',
  yasm: 'yasm',
  gperf: 'gperf',
  ragel: 'ragel',
  re2c: 're2c',
  m4: 'm4',
  xxd: 'xxd',
  protoc: 'protoc',
  libtool: 'libtool',
  autopoint: 'autopoint',
  msgfmt: 'gettext-program',
  'autoconf-archive': 'autoconf-archive',
  xsltproc: 'xsltproc',
  'linux-headers': 'linux-headers',
  swig: 'swig',
  tclsh: 'tcl-program',
  pod2man: 'perl',
  unzip: 'unzip',
  zip: 'zip',
  curl: 'curl',
  wget: 'wget',
  bc: 'bc',
  gawk: 'gawk',
  help2man: 'help2man',
  makeinfo: 'texinfo',
  file: 'file',
  rsync: 'rsync',
  cmake: 'cmake',
  'glib-compile-resources': 'glib-tools',
  'glib-mkenums': 'glib-tools',
  'gdbus-codegen': 'glib-tools',
  flatc: 'flatc',
  rpcgen: 'rpcgen',
  'wayland-scanner': 'wayland-tools',
  glslc: 'glslc',
});

/** CMake's own modules that find a tool, by the tool. */
const CMAKE_TOOLS: Readonly<Record<string, string>> = table({
  PkgConfig: 'pkg-config',
  Git: 'git',
  BISON: 'bison',
  FLEX: 'flex',
  Perl: 'perl',
  Python: 'python3',
  Python3: 'python3',
  PythonInterp: 'python3',
  SWIG: 'swig',
});

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

/** A tool's package, by the system. */
interface Tool {
  readonly debian: string;
  readonly alpine: string;
}

/** What is needed, by what brings it. */
export interface Needed {
  readonly libraries: readonly Asked[];
  readonly tools: readonly Tool[];
  /** Nothing that is known: it is reported, with the line to add. */
  readonly unknown: readonly Need[];
}

const KEYS = { cmake: 'cmake', 'pkg-config': 'pkgConfig', link: 'link', header: 'headers' } as const;

/** Looks up each need. What is neither known nor optional is told as unknown; so is an optional one, but it is no warning. */
export function lookUp(needs: readonly Need[], brought: ReadonlySet<string> = new Set()): Needed {
  const libraries = new Map<string, Asked>();
  const tools = new Map<string, Tool>();
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

function toolOf(need: Need): Tool | undefined {
  const called = need.by === 'cmake' ? CMAKE_TOOLS[need.name] : need.by === 'tool' ? need.name : undefined;
  const name = called === undefined ? undefined : TOOLS[called];
  if (name === undefined) return undefined;
  const { debian, alpine } = programOf(name);
  return { debian: debian.join(' '), alpine: alpine.join(' ') };
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

/** The first row of each name, as it stands and in small letters. */
const rows = new Map<string, Library>();

function rowBy(kind: string, name: string): Library | undefined {
  if (rows.size === 0) for (const library of LIBRARIES) enter(library);
  return rows.get(`${kind} ${name}`);
}

function enter(library: Library): void {
  const names = Object.values(KEYS).flatMap((key) => library[key]?.map((name) => [key, name] as const) ?? []);
  for (const [kind, name] of [['name', library.name] as const, ...names])
    for (const key of [`${kind} ${name}`, `small ${kind} ${name.toLowerCase()}`])
      if (!rows.has(key)) rows.set(key, library);
}

function libraryOf(need: Need): Library | undefined {
  if (need.by === 'tool') return undefined;
  if (need.by === 'recipe') return recipeOf(calledAs(need.name));
  const key = KEYS[need.by];
  const exact = rowBy(key, need.name);
  if (exact !== undefined || need.by === 'link') return exact;
  const lower = need.name.toLowerCase();
  if (need.by === 'header') return byFolder(need.name);
  // meson and CMake know one library under several spellings
  return rowBy(`small ${key}`, lower) ?? rowBy('small cmake', lower) ?? rowBy('name', lower);
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
