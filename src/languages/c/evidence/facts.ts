/** Where the sources, the build and what is installed lie in the build stage: paths of build files are resolved to them. */
export const SOURCE = '/src';
export const BUILD = '/build';
export const INSTALL = '/install';
/** The prefix of everything that is installed. */
export const PREFIX = '/usr/local';

/** What a project's build files demand of the system: by which name, and where they say so. */
export interface Need {
  /** Who knows the name: CMake's modules, pkg-config, the linker (`-lname`), the preprocessor, the shell, or vcpkg and Conan. */
  readonly by: 'cmake' | 'pkg-config' | 'link' | 'header' | 'tool' | 'recipe';
  readonly name: string;
  /** `CMakeLists.txt:12`. */
  readonly at: string;
  /** Demanded under a condition, or the build goes on without it. */
  readonly optional: boolean;
  /** It is linked to if something else says so: what that is did not look for it. */
  readonly weak?: true;
  /** Only a build of all that there is needs it, not that of a program. */
  readonly beyond?: true;
}

/** A program that the build makes. */
export interface Executable {
  /** As the file is called. */
  readonly name: string;
  readonly at: string;
  /** Where the build's own rules install it; undefined: they do not. */
  readonly installed: string | undefined;
  /** Where the build leaves it in the build stage; undefined: it cannot be told. */
  readonly path: string | undefined;
  /** What builds it alone, where there is such a thing. */
  readonly target?: string;
  /** Its sources in the project, as far as they can be told. */
  readonly sources: readonly string[];
  /** They are all that it is compiled of, but for headers. */
  readonly whole?: boolean;
}

/** What the build files of a project say. */
export interface BuildFacts {
  /** As the build files call the project. */
  readonly name?: string | undefined;
  /** In the order in which they are said. */
  readonly executables: readonly Executable[];
  /** What can be built by its name too, and is not seen to be a program. */
  readonly goals?: readonly Executable[];
  readonly needs: readonly Need[];
  /** The build files that were read. */
  readonly files: readonly string[];
  /** The build's rules install more than programs: data, and what only builds of others or people read. */
  readonly installsMore: boolean;
  /** The build makes shared libraries of its own that are installed. */
  readonly sharedLibraries: boolean;
  /** It downloads sources while it is configured: where it says so. */
  readonly downloads: string | undefined;
  /** What is fetched or carried along and built: libraries of these names are not the system's. */
  readonly brought?: ReadonlySet<string>;
  /** What one build system alone needs to know, as words of its commands. */
  readonly options: readonly string[];
  /** The same with tests and examples, where options turn them off: programs that somebody may ask for. */
  readonly withAside?: () => BuildFacts;
}

export type BuildSystem = 'cmake' | 'meson' | 'autotools' | 'make' | 'sources';

/** Folders whose programs only check or show: not what is started. */
export const ASIDE =
  /(^|\/)(tests?|testing|test(?:code|data|suite|bed)|unit-?tests?|examples?|samples?|demos?|benchmarks?|bench|fuzz\w*|doc|docs|contrib)(\/|$)/i;

/** A file of the project by its path in the build stage. */
export function inProject(path: string): string | undefined {
  return path === SOURCE ? '.' : path.startsWith(`${SOURCE}/`) ? path.slice(SOURCE.length + 1) : undefined;
}

/** What serves, and what asks it. */
const SERVER = /(?:^|[-_])(?:server|daemon)$|^server[-_]|d$/i;
const CLIENT =
  /(?:^|[-_])(?:client|cli|ctl|bench(?:mark)?|check|tool|util|admin|passwd|sentinel|dump|top|stat|shell|sub|pub|rr)s?(?:[-_]|$)|ctl$|client$/i;

/** Of several programs the ones that can be what ships: the one called like the project, else servers before what asks them. */
export function foremost(facts: BuildFacts, name: string): readonly Executable[] {
  const all = candidates(facts.executables);
  const names = new Set([facts.name ?? name].flatMap((one) => [one.toLowerCase(), `${one.toLowerCase()}d`]));
  const called = all.filter((e) => names.has(e.name.toLowerCase()));
  if (called.length > 0) return called;
  const others = all.filter((e) => !CLIENT.test(e.name));
  const servers = others.filter((e) => SERVER.test(e.name));
  return all.length > others.length && others.length > 0 && servers.length > 0 ? servers : all;
}

/** Executables that can be what is started: installed ones, else those outside of tests and examples, else all. */
export function candidates(executables: readonly Executable[]): readonly Executable[] {
  const aside = (e: Executable) =>
    ASIDE.test(e.at.replace(/:\d+$/, '')) ||
    ASIDE.test(e.path?.replace(/^\/(src|build)\//, '') ?? '') ||
    /(^|[_-])(unit_?tests?|tests?|bench(mark)?s?|examples?|demos?|fuzz(er)?s?)([_-]|$)/i.test(e.name);
  const own = executables.filter((e) => !aside(e));
  const installed = own.filter((e) => e.installed !== undefined);
  return installed.length > 0 ? installed : own;
}
