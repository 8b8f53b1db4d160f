import { posix } from 'node:path';
import { FRAMEWORKS } from '../../../catalog/python/frameworks.ts';
import type { Listen } from '../../../kit/listens.ts';
import type { Program } from '../../../kit/program.ts';
import type { Project } from '../../../project/project.ts';
import { once } from '../../../project/remember.ts';
import { type Conda, readConda } from './conda.ts';
import { findEnding, findHealth, findListens, findSignalHandler } from './listening.ts';
import { type Lock, readLock } from './lock.ts';
import { type Listing, listingOf, type Manager } from './managers.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type Modules, modulesOf } from './modules.ts';
import { type PythonProgram, programOf } from './program.ts';
import { type Requirements, readRequirements } from './requirements.ts';
import type { Main } from './start.ts';

/** All that is read of one Python project, each part once and when it is asked for. */
export interface Seen {
  readonly project: Project;
  readonly manifest: Manifest;
  readonly modules: Modules;
  readonly listing: Listing;
  /** What conda's environment says, where that is the list. */
  readonly conda: Conda | undefined;
  /** What the list of requirements says; empty where there is none. */
  readonly requirements: Requirements;
  lock(manager: Manager, extras: readonly string[]): Lock;
  /** Names of what is installed, each as the rows of the catalog call it. */
  packages(manager: Manager, extras: readonly string[]): ReadonlySet<string>;
  program(main: Main): Read;
}

/** What the code that starts says. */
export interface Read {
  readonly program: PythonProgram;
  readonly listens: readonly Listen[];
  readonly health: ReturnType<typeof findHealth>;
  readonly handler: string | undefined;
  /** A call that serves, and ends on SIGTERM by itself. */
  readonly ends: string | undefined;
  /** All modules that are imported and may not be missing, and their top names. */
  readonly imports: ReadonlySet<string>;
}

export function see(project: Project): Seen {
  const manifest = once(() => readManifest(project));
  const modules = once(() => modulesOf(project));
  const listing = once(() => listingOf(project, manifest()));
  const conda = once(() => {
    const list = listing();
    return list.kind === 'conda' ? readConda(project, list.file) : undefined;
  });
  const requirements = once(() => {
    const list = listing();
    if (list.kind === 'conda') return conda()?.requirements ?? { files: [], all: [], indexes: [] };
    return list.kind === 'requirements'
      ? readRequirements(project, list.file)
      : { files: [], all: [], indexes: [] };
  });
  const locks = new Map<string, Lock>();
  const programs = new Map<string, Read>();
  return {
    project,
    get manifest() {
      return manifest();
    },
    get modules() {
      return modules();
    },
    get listing() {
      return listing();
    },
    get conda() {
      return conda();
    },
    get requirements() {
      return requirements();
    },
    lock({ name }, extras) {
      const key = `${name} ${extras.join()}`;
      const known = locks.get(key);
      if (known !== undefined) return known;
      const { all, files } = name === 'pip' ? requirements() : { all: [], files: [] };
      const complete =
        all.length > 0 &&
        all.every(({ specifier }) => /^===?/.test(specifier)) &&
        compiled(project, files[0]);
      const lock = readLock(name, { project, manifest: manifest(), extras, requirements: all, complete });
      locks.set(key, lock);
      return lock;
    },
    packages(manager, extras) {
      return namesOf(this.lock(manager, extras), modules);
    },
    program(main) {
      const known = programs.get(main.text) ?? readProgram(project, modules(), main);
      programs.set(main.text, known);
      return known;
    },
  };
}

/** Names of what is installed, with what is known to come along. */
function namesOf({ packages, complete }: Lock, modules: () => Modules): ReadonlySet<string> {
  const names = new Set(packages.map(({ name }) => name));
  const read = complete || names.size === 0 ? undefined : modules();
  // a file that is not read says nothing, for any of them
  const paths = read?.paths.filter((path) => read.text(path) !== '') ?? [];
  for (const row of FRAMEWORKS)
    if (row.also?.some((name) => names.has(name)) || (read && imported({ ...read, paths }, row.module)))
      names.add(row.package);
  return names;
}

/** What a list does not name in full may bring a framework that the project imports: `flask-restx` has Flask. */
function imported({ paths, text, imports }: Modules, name: string): boolean {
  return paths.some(
    (path) =>
      text(path).includes(name) &&
      imports(path).some(({ module, guarded }) => !guarded && module.split('.')[0] === name),
  );
}

/** A list that a tool made names all that is installed. */
function compiled(project: Project, file: string | undefined): boolean {
  return (
    file !== undefined &&
    /^#.*\b(autogenerated|pip-compile|uv pip compile|generated by)/m.test(
      (project.read(file) ?? '').slice(0, 500),
    )
  );
}

/** Of Django's files those that a server loads by itself: its commands have processes of their own. */
function servedBy(
  project: Project,
  modules: Modules,
  { file, django }: Main,
  roots: readonly string[],
): Program {
  const entries = [file, django?.file].flatMap((path) => path ?? []);
  return programOf(project, modules, entries, roots);
}

/** Django loads its applications by the names that its settings give them: packages, and not the scripts beside. */
function applicationsBelow(project: Project, { paths }: Modules, { root, django }: Main): readonly string[] {
  const below = paths.filter(
    (path) =>
      (root === '.' || path.startsWith(`${root}/`)) &&
      project.isFile(posix.join(posix.dirname(path), '__init__.py')) &&
      !/(^|\/)management\/commands\//.test(path) &&
      // of several settings those count that the server has
      !/(^|\/)settings\/[^/]+\.py$/.test(path),
  );
  return [...below, ...(django?.file === undefined ? [] : [django.file])];
}

function readProgram(project: Project, modules: Modules, main: Main): Read {
  const roots = [...new Set([main.root, '.', 'src'])];
  const entries =
    main.django === undefined ? [main.file] : [main.file, ...applicationsBelow(project, modules, main)];
  const program = programOf(
    project,
    modules,
    entries.flatMap((path) => path ?? []),
    roots,
    main.argv,
  );
  const listens = main.django === undefined ? findListens(program, modules) : [];
  const imports = program.sources.flatMap(({ path }) =>
    modules
      .imports(path)
      .flatMap(({ module, guarded }) =>
        guarded || module.startsWith('.') ? [] : [module, module.split('.')[0] ?? module],
      ),
  );
  return {
    program,
    listens: listens.filter(({ at }) => program.subcommands().runs(at, main.argv)),
    health: findHealth(program),
    handler: findSignalHandler(main.django === undefined ? program : servedBy(project, modules, main, roots)),
    ends: main.django === undefined ? findEnding(program, modules) : undefined,
    imports: new Set(imports),
  };
}
