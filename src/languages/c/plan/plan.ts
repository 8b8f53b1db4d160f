import { posix } from 'node:path';
import type { PlanTo } from '../../../facts/language.ts';
import { baseOf } from '../../../kit/base.ts';
import { PROBE } from '../../../kit/health.ts';
import { includeOf, portOf, serverPlan } from '../../../kit/server.ts';
import { type Artifact, envOf, type Plan, type Step } from '../../../plan/plan.ts';
import { pathWord } from '../../../plan/quote.ts';
import { type Executable, INSTALL, PREFIX } from '../evidence/facts.ts';
import { installedAlong } from '../evidence/installed.ts';
import type { Listen } from '../evidence/listening.ts';
import { isCpp } from '../evidence/loose.ts';
import { findFixed, findLocalBind, portVariable } from '../evidence/port.ts';
import { asked, type Seen, type SeenProgram } from '../evidence/seen.ts';
import { COMPILED } from '../evidence/sources.ts';
import { findWrites } from '../evidence/writes.ts';
import type { CSettings } from '../settings/settings.ts';
import { compileOf } from './compile.ts';
import { whyNotCrossed } from './cross.ts';
import { isStrict } from './hardening.ts';
import { ignoreOf } from './ignore.ts';
import { choicesOf, findZones, notesOf } from './notes.ts';
import { packagesOf } from './packages.ts';
import { writableOf } from './writable.ts';

/** The words that the template of C and C++ uses beside the common ones. */
export interface CApp {
  /** Packages of the build stage. */
  readonly packages: { readonly apk: readonly string[]; readonly apt: readonly string[] };
  /** What asks for the health where there is no shell; undefined: nothing is needed, or there is one. */
  readonly probe: { readonly folder: string; readonly flags: readonly string[] } | undefined;
  readonly static: boolean;
  /** All platforms are compiled for on the builder's own. */
  readonly cross: boolean;
  /** Environment of the compilers. */
  readonly environment: Plan['env'];
  readonly compile: Step;
  /** What the stage for development compiles with; undefined: none was asked for. */
  readonly stages?: { readonly env: Plan['env'] };
  /** Shared libraries that go along; undefined: they are installed, or inside. */
  readonly libraries:
    | { readonly programs: readonly string[]; readonly below: string; readonly own: string | undefined }
    | undefined;
}

export function planC(to: PlanTo<CSettings, Seen>): Plan<CApp> {
  const { project, settings, target, catalog } = to;
  const [release] = catalog.c;
  const rows = release?.images;
  const linked = target === 'scratch' && settings.link.value === 'static';
  const row = rows?.[target];
  const builder = linked ? rows?.alpine : row;
  if (row === undefined || 'none' in row || builder === undefined || 'none' in builder)
    throw new Error('no image');
  const system = settings.buildSystem.value;
  const program = to.seen.program(asked(settings));
  const { facts, needed, files: sources } = program;
  const executable = plain(program.executable ?? unread(settings.main.value));
  const libraries = settings.libraries.value;
  const paths = project.find(COMPILED);
  const speaks = { c: paths.some((path) => path.endsWith('.c')), cpp: isCpp(paths) };
  const uncrossed = whyNotCrossed(to, facts);
  const cross = uncrossed === undefined;
  const strict = isStrict(project, facts.files);
  const compile = compileOf({
    speaks,
    project,
    system,
    facts,
    options: settings.options.value,
    executable,
    libraries,
    sources,
    static: linked,
    cross,
    strict,
  });
  const init = settings.init.value;
  const port = portOf(to);
  const listens = program.listens.all;
  const local = port === undefined ? undefined : findLocalBind(listens);
  const variable = portVariable(listens);
  const zones = findZones(sources);
  const tls = libraries.some((library) => library.tls === true);
  const packages = packagesOf({ to, own: to.seen.sources.own, static: linked, cross, compile, needed });
  const base = baseOf(target, { image: builder.build, init, tls, zones, packages: packages.runtime });
  const server = serverPlan(to, { base, variable, by: { is: 'probe', program: PROBE } });
  const probe = server.health?.command[0] === PROBE;
  const include = includeOf(to);
  const writes = findWrites(sources);
  // a program that runs to its end writes where it is told to
  const writable = writableOf(port === undefined ? { ...writes, unread: undefined } : writes, include);
  const bare = target === 'distroless' || target === 'scratch';
  const environment = {
    ...writable.env,
    ...(local !== undefined && 'variable' in local ? { [local.variable]: '0.0.0.0' } : {}),
    ...(facts.sharedLibraries ? { LD_LIBRARY_PATH: `${PREFIX}/lib` } : {}),
    ...(port !== undefined && variable !== undefined ? { [variable]: String(port) } : {}),
  };
  const seen = {
    facts,
    sources,
    unknown: needed.unknown,
    local,
    fixed: port === undefined ? undefined : findFixed(listens, port),
    static: linked,
    uncrossed,
    executable,
    deaf: compile.deaf,
    strict,
    init,
    zones,
    tls,
  };
  return {
    ...server,
    language: 'c',
    shape: 'binary',
    images: { build: builder.build, runtime: row.runtime },
    context: [
      ...new Set([...facts.files, ...executable.sources.filter((path) => project.isFile(path)), ...include]),
    ],
    artifacts: [
      { stage: 'build', source: INSTALL, destination: '/' },
      ...include.map((path): Artifact => ({ source: path, destination: `/app/${path}` })),
    ],
    volumes: writable.volumes,
    folder: writable.folder,
    also: datagramsOf(listens),
    env: envOf(environment),
    base: target === 'distroless',
    start: { entrypoint: [...base.init, compile.program], command: settings.args.value },
    ignore: ignoreOf(project, facts, include),
    notes: [...notesOf(to, seen), ...writable.notes],
    choices: [...choicesOf(to, seen), ...writable.choices],
    app: {
      packages: packages.build,
      probe: probe
        ? { folder: `${INSTALL}${PREFIX}/bin`, flags: [...(linked ? ['-static-pie'] : []), '-s'] }
        : undefined,
      static: linked && packages.pkgConfig,
      cross,
      environment: envOf(compile.environment),
      compile: { ...compile.step, commands: [...compile.step.commands, ...writable.commands] },
      libraries: bare && !linked ? loadedBy(to, program, executable, compile.program) : undefined,
    },
  };
}

/** The programs whose shared libraries go along, and where to. */
function loadedBy(
  { target }: PlanTo<CSettings, Seen>,
  { facts, files }: SeenProgram,
  executable: Executable,
  program: string,
): NonNullable<CApp['libraries']> {
  return {
    programs: [program, ...installedAlong(executable, facts, files)].map((path) => INSTALL + path),
    below: target === 'distroless' ? '/usr' : '',
    own: facts.sharedLibraries ? `${INSTALL}${PREFIX}/lib` : undefined,
  };
}

/** What is served beside connections. */
function datagramsOf(listens: readonly Listen[]): readonly string[] {
  const ports = listens.flatMap(({ udp, port }) => (udp && port !== undefined ? [port] : []));
  return [...new Set(ports)].sort((a, b) => a - b).map((port) => `${port}/udp`);
}

/** Refuses a program whose names could not stand in a command as they are. */
function plain(executable: Executable): Executable {
  const { name, target, path, installed, at } = executable;
  for (const word of [name, target, path, installed])
    if (word !== undefined) pathWord(word.replace(/^\//, ''), at);
  return executable;
}

/** A program that was named by its owner and that the build files do not tell of: the build installs it. */
function unread(name: string): Executable {
  const installed = posix.join(PREFIX, name.includes('/') ? name : `bin/${name}`);
  return { name: posix.basename(name), at: '--main', installed, path: undefined, sources: [] };
}
