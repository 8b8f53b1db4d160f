import { readFileSync } from 'node:fs';
import type { Target } from '../../plan/targets.ts';
import type libraries from './libraries.json';
import type programs from './programs.json';

/** Packages of the operating system, as apk (Alpine 3.24) and apt (Debian 13) call them. */
export interface SystemPackages {
  readonly apk: readonly string[];
  readonly apt: readonly string[];
}

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
  readonly debian: LibraryPackages;
  readonly alpine: LibraryPackages;
  /** Alpine's packages with its archive, and with those that pkg-config names behind it; undefined: there is none, or it drags others along. */
  readonly static?: readonly string[];
  /** `-l` alone links the archive: no other has to stand behind it. */
  readonly archiveAlone?: boolean;
  /** What CMake's module needs to be told to take the archive. */
  readonly staticDefines?: readonly string[];
  /** What the archive needs behind it that CMake's module does not say. */
  readonly staticLink?: readonly string[];
  /** It is only where glibc is, so not in Alpine. */
  readonly glibc?: boolean;
  /** gcr.io/distroless/base has it already. */
  readonly inBase?: boolean;
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

interface LibraryPackages {
  readonly build: readonly string[];
  readonly runtime: readonly string[];
  /** Whether `apt-get install package:arm64` works on amd64, which was tried for each; 'all': it is the same on every platform. */
  readonly cross?: false | 'all';
}

/** A program, or data that programs read: a compiler, ffmpeg, fonts. */
export interface Program {
  readonly debian: readonly string[];
  readonly alpine: readonly string[];
  /** The names that are typed; none: it is data, or it is not called by others. */
  readonly called?: readonly string[];
}

type LibraryName = keyof typeof libraries;
export type ProgramName = keyof typeof programs;
/** A row of one of the two tables. */
export type PackageName = LibraryName | ProgramName;

/** A table is read when it is first asked: most projects need nothing of it. It lies beside this file, here and in the bundle. */
function table<Row>(file: string): () => ReadonlyMap<string, Row> {
  let rows: ReadonlyMap<string, Row> | undefined;
  return () => {
    rows ??= new Map(
      Object.entries(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Record<string, Row>),
    );
    return rows;
  };
}

const libraryTable = table<Omit<Library, 'name'>>('./libraries.json');
const programTable = table<Program>('./programs.json');

let all: readonly Library[] | undefined;

/** All system libraries that are known, in the order of their names. */
export function systemLibraries(): readonly Library[] {
  all ??= [...libraryTable()].map(([name, row]) => ({ name, ...row }));
  return all;
}

/** A library as pkg-config or `-l` calls it. */
export function libraryCalled(name: string): Library | undefined {
  const all = systemLibraries();
  return (
    all.find(({ pkgConfig }) => pkgConfig?.includes(name)) ?? all.find(({ link }) => link?.includes(name))
  );
}

export function programOf(name: ProgramName): Program {
  const row = programTable().get(name);
  if (row === undefined) throw new Error(`no program ${name} in the table`);
  return row;
}

/** BusyBox has them on Alpine, and Debian's own essential packages on Debian. */
const EVERYWHERE =
  /^(?:sh|cat|cp|mv|rm|ls|ln|mkdir|rmdir|chmod|chown|touch|echo|printf|true|false|test|env|date|sleep|sort|uniq|head|tail|wc|cut|tr|tee|xargs|find|e?grep|sed|awk|tar|g(?:un)?zip|bzip2|df|du|stat|id|whoami|uname|hostname|kill|u?mount|md5sum|sha(?:1|256)sum|base64|mktemp|nproc|which|diff|cmp|dd|sync)$/;

let callable: ReadonlyMap<string, Program> | undefined;

/** A program by the name or the path that it is called by, with the packages that bring it; undefined: no row knows it. */
export function programCalled(name: string): Program | undefined {
  const bare = name.replace(/^\/(?:usr\/)?(?:local\/)?s?bin\//, '');
  if (EVERYWHERE.test(bare)) return { debian: [], alpine: [] };
  callable ??= new Map(
    [...programTable().values()].flatMap((row) => (row.called ?? []).map((word) => [word, row] as const)),
  );
  return callable.get(bare);
}

/**
 * The packages of libraries and programs on the system of a target: with headers, to compile against (`build`), or what
 * is loaded and called (`run`). Sorted and each once, as linters want them.
 */
export function packagesFor(
  names: readonly PackageName[],
  { libc }: Pick<Target, 'libc'>,
  use: 'build' | 'run',
): SystemPackages {
  const system = libc === 'musl' ? 'alpine' : 'debian';
  const packages = names.flatMap((name) => {
    const library = libraryTable().get(name);
    if (library === undefined) return programOf(name as ProgramName)[system];
    return library[system][use === 'build' ? 'build' : 'runtime'];
  });
  const list = [...new Set(packages)].sort();
  return libc === 'musl' ? { apk: list, apt: [] } : { apk: [], apt: list };
}
