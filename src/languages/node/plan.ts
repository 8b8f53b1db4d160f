import { posix } from 'node:path';
import { imagesOf, type Release } from '../../catalog.ts';
import { envOf, type Plan, type Step } from '../../plan.ts';
import { pathWord } from '../../quote.ts';
import { releaseOf } from '../../version.ts';
import type { PlanTo } from '../language.ts';
import { artifactsOf } from './artifacts.ts';
import { commandRun } from './frameworks.ts';
import { healthOf } from './health.ts';
import { ignoreOf } from './ignore.ts';
import { installOf, type Tool } from './install.ts';
import { type Locked, productionPackages } from './locked.ts';
import { buildCommands } from './member-builds.ts';
import { moduleFile } from './module-files.ts';
import { NATIVE_PACKAGES, TOOLCHAIN } from './native-packages.ts';
import { choicesOf, notesOf, SECRET } from './notes.ts';
import { findLocalBind, portVariable } from './port.ts';
import { programOf } from './program.ts';
import { registryOf } from './registry.ts';
import { RUNTIMES } from './runtimes.ts';
import type { NodeSettings } from './settings.ts';
import { neededMembers } from './workspaces.ts';

/** One stage that installs packages: on which platform, with what, by which commands. */
interface Installing {
  /** The result is the same for every platform, so it is made on the builder's own. */
  readonly portable: boolean;
  readonly packages: { readonly apk: readonly string[]; readonly apt: readonly string[] };
  readonly install: Step;
}

/** The words that Node's templates use beside the common ones. */
export interface NodeApp {
  /** The package manager, where the image has another or none. */
  readonly tool: Tool | undefined;
  /** Whether tini is process 1. */
  readonly init: boolean;
  /** The service's folder below /app; undefined: it is /app. */
  readonly folder: string | undefined;
  /** Stage `deps`; undefined: nothing is installed for production. */
  readonly deps: Installing | undefined;
  /** Stage `build`; undefined: nothing is built. */
  readonly build:
    | (Omit<Installing, 'install'> & { readonly install: Step | undefined; readonly run: Step })
    | undefined;
}

export function planNode(to: PlanTo<NodeSettings>): Plan<NodeApp> {
  const { project, target, catalog } = to;
  const manager = to.settings.packageManager.value;
  const start = to.settings.start.value;
  const program = programOf(project, start, to.settings.build.value);
  const { manifest, build, sources, listens } = program;
  const runtime = RUNTIMES[start.argv[0] === 'bun' ? 'bun' : 'node'];
  const version = to.settings.runtimeVersion.value;
  const release = releaseIn(catalog[runtime.id], version);
  const row = imagesOf(release, version, target);
  if ('none' in row) throw new Error(`no image: ${row.none}`);
  const installer = runtime.id === 'bun' && manager.name !== 'bun' ? RUNTIMES.node : runtime;
  const builder = installer === runtime ? row : nodeBuilder(to);
  const locked = productionPackages(project, manifest, manager);
  const registry = registryOf(project.context);
  const node =
    installer.id === 'node'
      ? Number((installer === runtime ? release : (catalog.node[0] ?? release)).version)
      : undefined;
  const { rooted } = program;
  const install = installOf({ project, manifest, manager, node, registry, locked, rooted });
  const compiles = compiled(manifest.dependencies, locked);
  const portable = !isNative(manifest.dependencies, locked);
  const packages = (names: readonly string[]) => {
    const list = names.length > 0 ? TOOLCHAIN : [];
    return builder.build.includes('alpine') ? { apk: list, apt: [] } : { apk: [], apt: list };
  };
  const needed = neededMembers(project);
  // members that it needs are installed too, as links
  const production = Object.keys(manifest.dependencies).length > 0 || needed.production.length > 1;
  const everything = production || Object.keys(manifest.devDependencies).length > 0 || needed.all.length > 1;
  const artifacts = artifactsOf({
    project,
    program,
    start,
    install,
    production,
    include: to.settings.include.value,
  });
  const deps = production
    ? { portable, packages: packages(compiles), install: install.production }
    : undefined;
  const builds = buildCommands(project, manager, build?.script, install.run);
  const built = builds.length > 0 && {
    portable: true,
    packages: packages([...compiles, ...compiled(manifest.devDependencies, undefined)]),

    install: everything ? install.all : undefined,
    run: {
      mounts: registry.mounts.filter((m) => m.includes('env=')),
      commands: [...builds, ...artifacts.tidy],
    },
  };
  const port = to.settings.port.value === 'none' ? undefined : to.settings.port.value;
  const init = to.settings.init.value;
  const os = runtime.os(target, {
    init,
    builder: builder.build,
    image: row.build,
    native: production && !portable,
    modules: install.ship.includes('node_modules') ? '/app/node_modules' : '/app',
  });
  const local = port === undefined ? undefined : findLocalBind(listens);
  const variable = portVariable(listens);
  const environment: Record<string, string> = {
    ...runtime.env,
    ...Object.fromEntries(
      Object.entries(start.env).filter(([name]) => !SECRET.test(name) && name !== 'NODE_ENV'),
    ),
    ...(local !== undefined && 'variable' in local ? { [local.variable]: '0.0.0.0' } : {}),
    ...commandEnvironment(start.argv),
    ...(port !== undefined && (variable !== undefined || listens.length === 0)
      ? { [variable ?? 'PORT']: String(port) }
      : {}),
  };
  const words = start.argv.slice(1).map((word) => moduleFile(project, manager, word));
  const argv = [os.program, ...install.loader, ...words];
  const shape =
    port === undefined ? { entrypoint: [...os.init, ...argv], command: [] } : serve(os.init, argv);
  return {
    language: 'node',
    shape: 'server',
    target,
    platforms: to.platforms,
    images: { build: builder.build, runtime: row.runtime },
    rootfs: os.rootfs,
    context: [
      ...new Set([
        ...(production || (built && everything) ? install.files : []),
        ...artifacts.context,
        ...(build ? sources.files.map((f) => posix.join(project.app, f.path)) : []),
      ]),
    ],
    artifacts: artifacts.list,
    env: envOf(environment),
    packages: os.packages,
    user: os.user,
    port,
    health: port === undefined ? undefined : healthOf(os.program, to.settings.health.value, port, variable),
    envFile: project.isFile('.env') ? '.env' : undefined,
    start: shape,
    secrets: production || built ? registry.secrets : [],
    ignore: ignoreOf(project, program, registry.secretFiles, built !== false),
    notes: notesOf(to, { program, release, locked, local, variable, development: install.development }),
    choices: choicesOf(to, { portable, program, init, compiles }),
    app: {
      tool: deps !== undefined || (built && built.install !== undefined) ? install.tool : undefined,
      init,
      deps,
      build: built || undefined,
      folder: project.app === '.' ? undefined : pathWord(project.app, 'the workspace'),
    },
  };
}

function commandEnvironment(argv: readonly string[]): Readonly<Record<string, string>> {
  const row = commandRun(argv);
  return row !== undefined && 'file' in row ? (row.env ?? {}) : {};
}

/** A server: what runs it is fixed, what is run can be replaced by `docker run image …`. */
function serve(init: readonly string[], argv: readonly string[]): Plan['start'] {
  return init.length > 0
    ? { entrypoint: init, command: argv }
    : { entrypoint: argv.slice(0, 1), command: argv.slice(1) };
}

function releaseIn(releases: readonly Release[], version: string): Release {
  const release = releaseOf(releases, version);
  if (release === undefined) throw new Error(`no release line for ${version}`);
  return release;
}

/** The image that installs for a Bun program with another package manager. */
function nodeBuilder(to: PlanTo<NodeSettings>): { build: string } {
  const row = to.catalog.node[0]?.images[to.target];
  if (row === undefined || 'none' in row) throw new Error('the newest Node has every target');
  return row;
}

/** Whether an installation differs from platform to platform; what no lock file tells is taken to. */
function isNative(
  dependencies: Readonly<Record<string, string>>,
  locked: readonly Locked[] | undefined,
): boolean {
  if (locked === undefined) return Object.keys(dependencies).length > 0;
  return locked.some((p) => p.native || p.script || p.name in NATIVE_PACKAGES);
}

function compiled(
  dependencies: Readonly<Record<string, string>>,
  locked: readonly Locked[] | undefined,
): readonly string[] {
  const names = locked?.map((p) => p.name) ?? Object.keys(dependencies);
  return names.filter((name) => NATIVE_PACKAGES[name]?.compiled);
}
