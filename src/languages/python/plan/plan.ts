import { posix } from 'node:path';
import type { ImageRow } from '../../../catalog/catalog.ts';
import { CACHES } from '../../../catalog/python/data.ts';
import type { ServerRow } from '../../../catalog/python/servers.ts';
import type { SystemPackages } from '../../../catalog/system/packages.ts';
import type { PlanTo } from '../../../facts/language.ts';
import { demandNotes } from '../../../kit/demands.ts';
import { check } from '../../../kit/health.ts';
import { alsoExposed, type Bind, bindOf } from '../../../kit/port.ts';
import { keepWrites, ownedBy } from '../../../kit/writes.ts';
import { type Artifact, envOf, type Plan, type Rootfs, type Step } from '../../../plan/plan.ts';
import { pathWord } from '../../../plan/quote.ts';
import { TARGETS } from '../../../plan/targets.ts';
import { DEMANDING } from '../evidence/demands.ts';
import { demandedVariables, staticRoot } from '../evidence/django.ts';
import type { Seen } from '../evidence/evidence.ts';
import { serverOf } from '../evidence/server-file.ts';
import type { Main } from '../evidence/start.ts';
import { writesOf } from '../evidence/writes.ts';
import type { PythonSettings } from '../settings/settings.ts';
import { ignoreOf } from './ignore.ts';
import { indexesOf } from './indexes.ts';
import { type Install, installOf, type Tool } from './install.ts';
import type { Native } from './native.ts';
import { choicesOf, notesOf } from './notes.ts';
import { imageOf, nativeFor } from './offers.ts';
import { commandOf, serverEnv, startsItself, withArgs } from './start.ts';

/** The words that Python's template uses beside the common ones. */
export interface PythonApp {
  readonly packages: Plan['packages'];
  readonly compiled: boolean;
  readonly tool: Tool | undefined;
  /** The interpreter of the build, and where the runtime has its own; undefined: at the same path. */
  readonly python: string;
  readonly link: string | undefined;
  /** Environment of the stage that installs. */
  readonly env: Plan['env'];
  readonly install: Step | undefined;
  readonly versioned: boolean;
  readonly project: Step | undefined;
  /** What is made of the sources in the image: bytecode, static files. Undefined: they ship in the environment. */
  readonly sources: Step | undefined;
  /** What does not come along with them: the tests, where a stage runs them. */
  readonly without?: readonly string[];
  /** The interpreter that an image without one gets. */
  readonly interpreter:
    | { readonly files: readonly string[]; readonly without: string; readonly library: string }
    | undefined;
  /** Libraries that the image has already, as a pattern of grep. */
  readonly has: string | undefined;
  /** Packages of the interpreter itself that go: pip. */
  readonly removes: readonly string[];
}

type Row = Exclude<ImageRow, { readonly none: string }>;

const USER = '65532:65532';
const TINI = { source: '/usr/bin/tini-static', destination: '/usr/bin/tini' };
const SYSTEM = ['/etc/ssl/certs/ca-certificates.crt', '/etc/nsswitch.conf', '/usr/share/zoneinfo'];
/** What gcr.io/distroless/cc has of these, and distroless/python3 beside: GoogleContainerTools/distroless cc/config.bzl. */
const OF_CC =
  '/(ld-linux[^/]*|lib(c|m|dl|rt|util|pthread|resolv|gcc_s|stdc\\+\\+|gomp|ssl|crypto|z|zstd)\\.so[.0-9]*)$';

const only = ({ apk, apt }: SystemPackages, alpine: boolean): Plan['packages'] =>
  alpine ? { apk, apt: [] } : { apk: [], apt };

/** The interpreter as the official images have it: https://github.com/docker-library/python. */
function interpreterOf(minor: string): NonNullable<PythonApp['interpreter']> {
  const library = `/usr/local/lib/python${minor}`;
  return {
    files: [
      '/usr/local/bin/python',
      `/usr/local/bin/python${minor}`,
      '/usr/local/bin/python3',
      `/usr/local/lib/libpython${minor}.so.1.0`,
      library,
    ],
    without: `${library.slice(1)}/{config-*,ensurepip,idlelib,lib-dynload/_tkinter*,pydoc_data,site-packages,test,tkinter,turtledemo}`,
    library,
  };
}

function rootfsOf(
  to: PlanTo<PythonSettings, Seen>,
  build: string,
  runtime: string,
  native: Native,
): Rootfs | undefined {
  if (TARGETS[to.target].packages !== undefined) return undefined;
  const init = to.settings.init.value;
  const bare = runtime === 'scratch';
  const carried = !runtime.includes('/python3-');
  const files = init ? [TINI] : [];
  if (files.length === 0 && !carried && !native.links) return undefined;
  const minor = to.settings.runtimeVersion.value;
  return {
    image: build,
    portable: false,
    apk: [],
    apt: [...(init ? ['tini'] : []), ...native.runtime.apt],
    system: bare ? SYSTEM : [],
    bare: !bare,
    files,
    programs: carried
      ? [`/usr/local/bin/python${minor}`, '/usr/local/lib', '/opt/venv/lib']
      : native.links
        ? ['/opt/venv/lib']
        : [],
    modules: undefined,
    user: bare ? USER : undefined,
    group: bare ? USER.split(':')[1] : undefined,
  };
}

export function planPython(to: PlanTo<PythonSettings, Seen>): Plan<PythonApp> {
  const { project, settings, target, seen } = to;
  const manager = settings.packageManager.value;
  const main = settings.main.value;
  const row = imageOf(to, target);
  if ('none' in row) throw new Error(`no image: ${row.none}`);
  const native = nativeFor(to, target, to.platforms);
  const typed = settings.packageManager.from === '--package-manager';
  const install = installOf(seen, manager, typed, settings.extra.value, main);
  const names = seen.packages(manager, settings.extra.value);
  const server = serverOf(main, names);
  const port = settings.port.value === 'none' ? undefined : settings.port.value;
  const shipped = sourcesOf(to, install);
  const program = seen.program(main);
  const own = program.listens.length > 0 && startsItself(main);
  const bind: Bind =
    own && port !== undefined
      ? bindOf(program.listens, port)
      : { env: {}, args: [], local: undefined, fixed: undefined };
  const { secrets } = indexesOf(seen, manager.name);
  const app = posix.join('/app', project.app);
  const kept = keepWrites(project, writesOf(program.program, seen.modules, main), {
    app,
    // what is installed is read where no user may write
    here: (path) => (shipped.step === undefined ? undefined : path),
    code: /\.py$/,
  });
  const owned = ownedBy(kept, USER, app);
  const command = withArgs(commandOf(seen, main, server, port), [...bind.args, ...kept.args]);
  const environment = environmentOf(to, { port, names, bind, install, server, kept: kept.env });
  return {
    language: 'python',
    shape: 'server',
    target,
    platforms: to.platforms,
    images: { build: row.build, runtime: row.runtime },
    rootfs: rootfsOf(to, row.build, row.runtime, native),
    context: [
      ...new Set([
        ...install.files,
        ...seen.manifest.reads.filter(() => install.project !== undefined),
        ...(main.file === undefined ? [] : [main.file]),
        ...settings.include.value,
      ]),
    ],
    artifacts: [
      { stage: 'build', source: '/opt/venv', destination: '/opt/venv' },
      ...shipped.artifacts,
      ...owned.artifacts,
    ],
    volumes: kept.folders,
    folders: owned.folders,
    links: owned.links,
    env: envOf(environment),
    packages: packagesOf(to, native, row),
    user: USER,
    port,
    also: own ? alsoExposed(program.listens, port) : [],
    health:
      port === undefined
        ? undefined
        : check(target, { health: settings.health.value, port }, { is: 'python', program: 'python' }),
    envFile: project.isFile('.env') ? '.env' : undefined,
    folder: project.app === '.' ? undefined : pathWord(project.app, 'the workspace'),
    init: settings.init.value,
    start: startWords(to, command.argv),
    secrets,
    ignore: ignoreOf(seen, main),
    notes: [
      ...notesOf(to, {
        native,
        install,
        lacks: command.lacks,
        server,
        bind,
        static: shipped.static,
        names,
      }),
      ...kept.notes,
      ...demandNotes(program.program, DEMANDING, environment),
    ],
    choices: choicesOf(to, { native, install, server: server?.package }),
    app: appOf(to, { row, native, install, shipped }),
  };
}

/** What compiles; and what the project's own code loads, where the build runs that. */
function stagePackages({ build, runtime }: Native, runs: boolean): SystemPackages {
  if (!runs) return build;
  const of = (key: keyof SystemPackages) => [...new Set([...build[key], ...runtime[key]])].sort();
  return { apk: of('apk'), apt: of('apt') };
}

/** The words of Python's template alone. */
function appOf(
  { settings, target }: PlanTo<PythonSettings, Seen>,
  of: {
    readonly row: Row;
    readonly native: Native;
    readonly install: Install;
    readonly shipped: Shipped;
  },
): PythonApp {
  const { row, native, install } = of;
  const minor = settings.runtimeVersion.value;
  const carried = row.runtime === 'scratch' || row.runtime.includes('/cc-');
  const old = Number(minor.split('.')[1]) < 12 ? ['setuptools', 'wheel'] : [];
  return {
    packages: only(stagePackages(native, of.shipped.static !== undefined), row.build.includes('alpine')),
    compiled: native.compiled.length > 0,
    tool: install.tool,
    python: `/usr/local/bin/python${minor}`,
    link: row.runtime.includes('/python3-') ? `/usr/bin/python${minor}` : undefined,
    env: envOf(install.env),
    install: install.packages,
    versioned: install.versioned,
    project: install.project,
    sources: of.shipped.step,
    interpreter: carried ? interpreterOf(minor) : undefined,
    has: row.runtime === 'scratch' ? undefined : OF_CC,
    removes: TARGETS[target].packages === undefined ? [] : ['pip', ...old],
  };
}

/** What the image that ships installs. */
function packagesOf(
  { target, settings }: PlanTo<PythonSettings, Seen>,
  native: Native,
  row: Row,
): Plan['packages'] {
  if (TARGETS[target].packages === undefined) return { apk: [], apt: [] };
  const tini = settings.init.value ? ['tini'] : [];
  const { apk, apt } = native.runtime;
  return only({ apk: [...apk, ...tini].sort(), apt: [...apt, ...tini].sort() }, row.build.includes('alpine'));
}

function startWords(
  { target, settings }: PlanTo<PythonSettings, Seen>,
  argv: readonly string[],
): Plan['start'] {
  if (settings.init.value)
    return { entrypoint: [target === 'alpine' ? '/sbin/tini' : '/usr/bin/tini', '--'], command: argv };
  return { entrypoint: argv.slice(0, 1), command: argv.slice(1) };
}

interface Shipped {
  readonly step: Step | undefined;
  readonly artifacts: readonly Artifact[];
  /** Whether static files are collected, and where that was decided. */
  readonly static: { readonly at: string } | undefined;
}

/** The sources, compiled; of a package that is installed only what is asked for. */
function sourcesOf(to: PlanTo<PythonSettings, Seen>, install: Install): Shipped {
  const { project, seen, settings } = to;
  const main = settings.main.value;
  const installed =
    install.project !== undefined &&
    (main.root === 'src' || main.root === 'lib' || (project.app !== '.' && main.kind === 'script'));
  if (installed) {
    const paths = settings.include.value.map((path) => pathWord(path, '--include'));
    return {
      step: undefined,
      artifacts: paths.map((path) => ({
        source: path,
        destination: project.isFolder(path) ? `./${path}` : `./${posix.dirname(path)}/`.replace('/./', '/'),
      })),
      static: undefined,
    };
  }
  const collected = main.django === undefined ? undefined : staticRoot(project, seen.modules, main.django);
  const collect = collected === undefined || main.django === undefined ? [] : [collectOf(seen, main)];
  // what is no code of this Python, as a template of code is, stays as it is
  const compile = 'python -m compileall -qq . || true';
  return {
    step: { mounts: [], commands: [...collect, collect.length > 0 ? `{ ${compile}; }` : compile] },
    artifacts: [{ stage: 'build', source: '/app', destination: '.' }],
    static: collected,
  };
}

/** collectstatic with a value for each variable that the settings demand: in this one command alone. */
function collectOf({ modules }: Seen, { django }: Main): string {
  if (django === undefined) return '';
  const values = demanded(modules, django);
  const settings = django.from === django.manage ? [] : [`DJANGO_SETTINGS_MODULE=${django.settings}`];
  return [
    ...settings,
    ...values,
    'python',
    pathWord(django.manage, 'the project'),
    'collectstatic --noinput',
  ].join(' ');
}

/** A value for each variable that the settings demand, as a shell takes it before a command. */
export function demanded(modules: Seen['modules'], django: NonNullable<Main['django']>): readonly string[] {
  return demandedVariables(modules, django).map(({ name }) => `${name}=${stand(name)}`);
}

/** A value that a variable of this name can have where nothing is connected to. */
function stand(name: string): string {
  if (/DATABASE_URL|DB_URL/.test(name)) return 'sqlite:////tmp/build.sqlite3';
  if (/(REDIS|CACHE|BROKER|CELERY)\w{0,200}URL/.test(name)) return 'redis://localhost';
  if (/URL|URI|ORIGIN/.test(name)) return 'https://localhost';
  if (/(?:^|_)(?:PORT|TIMEOUT|SIZE|COUNT|SECONDS|AGE|SITE_ID)(?:_|$)/.test(name)) return '1';
  if (/^DEBUG|_DEBUG$|^USE_|ENABLED?$|_SSL|_TLS/.test(name)) return 'False';
  return /HOSTS?$/.test(name) ? 'localhost' : 'build';
}

function environmentOf(
  to: PlanTo<PythonSettings, Seen>,
  of: {
    readonly port: number | undefined;
    readonly names: ReadonlySet<string>;
    readonly bind: Bind;
    readonly install: Install;
    readonly server: ServerRow | undefined;
    readonly kept: Readonly<Record<string, string>>;
  },
): Readonly<Record<string, string>> {
  const { port, names, bind, install } = of;
  const { settings } = to;
  const main = settings.main.value;
  const caches = Object.entries(CACHES).filter(([name]) => names.has(name));
  const values = Object.entries(main.framework?.env ?? {}).map(([name, value]) => [
    name,
    value.replace('{port}', String(port ?? '')),
  ]);
  const outer = main.root === '.' || install.project !== undefined || main.kind === 'file';
  return {
    PYTHONUNBUFFERED: '1',
    ...Object.assign({}, ...caches.map(([, env]) => env)),
    ...Object.fromEntries(values),
    ...serverEnv(to.seen, main, of.server, port),
    ...of.kept,
    ...(outer ? {} : { PYTHONPATH: posix.join('/app', pathWord(main.root, 'the project')) }),
    ...bind.env,
  };
}
