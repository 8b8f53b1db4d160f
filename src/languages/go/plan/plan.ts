import { posix } from 'node:path';
import { UserError } from '../../../errors.ts';
import type { PlanTo } from '../../../facts/language.ts';
import { baseOf, CERTIFICATES } from '../../../kit/base.ts';
import { demandNotes } from '../../../kit/demands.ts';
import { PROBE } from '../../../kit/health.ts';
import { alsoExposed, bindOf, isDatagram } from '../../../kit/port.ts';
import { includeOf, portOf, serverPlan } from '../../../kit/server.ts';
import { keepWrites, ownedBy } from '../../../kit/writes.ts';
import { type Artifact, envOf, type Front, type Plan, type Step } from '../../../plan/plan.ts';
import { TARGETS, type TargetId } from '../../../plan/targets.ts';
import { table } from '../../../project/data.ts';
import { type Called, calledEnv, findCalled } from '../evidence/called.ts';
import { DEMANDING } from '../evidence/demands.ts';
import { embeddedFiles, findEmbeds } from '../evidence/embedded.ts';
import { findGenerated } from '../evidence/generated.ts';
import { isOwn } from '../evidence/health.ts';
import { reached } from '../evidence/port.ts';
import { fetchingOf } from '../evidence/private.ts';
import { type Program, programOf } from '../evidence/program.ts';
import { findClimbing } from '../evidence/runtime-files.ts';
import type { Tree } from '../evidence/tree.ts';
import { isVendored } from '../evidence/vendor.ts';
import { findHome, findWrites } from '../evidence/writes.ts';
import type { GoSettings } from '../settings/settings.ts';
import { compileOf, downloadOf, isFetched, type Packages, probeOf, toolchainOf } from './compile.ts';
import { ignoreOf } from './ignore.ts';
import { choicesOf, notesOf } from './notes.ts';
import { goImages } from './offers.ts';
import { findStamps, type Stamp } from './stamp.ts';

/** The words that Go's template uses beside the common ones. */
export interface GoApp {
  /** Whether the builder's own platform compiles for every other: C code is compiled where it runs. */
  readonly cross: boolean;
  /** What CGO_ENABLED says: Go's own default changes with the platform. */
  readonly cgo: 0 | 1;
  /** What the compiler needs beside its image. */
  readonly packages: Packages;
  /** Undefined: there is nothing to fetch. */
  readonly download: Step | undefined;
  /** Arguments by which the builder says which platform is asked for. */
  readonly platform: readonly string[];
  readonly stamps: readonly Stamp[];
  readonly build: Step;
  /** Stages that make pages which the program embeds. */
  readonly fronts: readonly Front[];
  /** The step that compiles what asks for the health, where no shell and no command of its own does. */
  readonly probe: Step | undefined;
}

/** What says who runs it to a program that asks: the images have no entry for the user, or one with these names. */
const PASSWD = { HOME: '/home/nonroot', USER: 'nonroot' };
/** What frameworks want to hear in production. */
const PRODUCTION: { readonly [module: string]: Readonly<Record<string, string>> } = table({
  // https://pkg.go.dev/github.com/gin-gonic/gin#pkg-constants: it logs a warning and its routes otherwise
  'github.com/gin-gonic/gin': { GIN_MODE: 'release' },
});

export function planGo(to: PlanTo<GoSettings, Tree>): Plan<GoApp> {
  const { project, settings, target, fronts = [] } = to;
  const cgo = settings.cgo.value;
  const program = programOf(to.seen, settings.main.value, cgo);
  const { main, sources, listens } = program;
  const row = goImages(to)[target];
  if ('none' in row) throw new Error(`no image: ${row.none}`);
  const fetched = isFetched(project, main);
  const fetching = fetchingOf(fetched ? settings.private.value : 'none');
  const download = fetched ? downloadOf(project, main, fetching) : undefined;
  refuseAbsent(to, program);
  const stamps = findStamps(project, program);
  const generated = findGenerated(to.seen, main);
  const called = findCalled(sources, main.folder);
  const written = findWrites(sources, settings.args.value).filter(
    ({ value }) => !settings.include.value.includes(value.text ?? ''),
  );
  const kept = keepWrites(project, written, { app: '/app', code: /\.go$/ });
  const toolchain = toolchainOf(row.build, cgo ? program.cgo : undefined);
  const include = includeOf(to);
  const roots = [main.module?.folder ?? '.', main.folder];
  const name = programName(project.name, main.folder, main.module?.module, (top) =>
    include.some((path) => innerPath(path, roots).split('/')[0] === top),
  );
  const heard = reached(listens, settings.args.value);
  // no connection is taken where there is only UDP, so it is exposed beside none
  const port = isDatagram(heard) ? undefined : portOf(to);
  const bind =
    port === undefined ? { env: {}, args: [], local: undefined, fixed: undefined } : bindOf(heard, port);
  const production = Object.entries(PRODUCTION).filter(([module]) => sources.imports.has(module));
  const pointed = findClimbing(project, program).filter(({ path }) => settings.include.value.includes(path));
  const entrypoint = `/app/${name}`;
  const { value: health } = settings.health;
  const base = baseOf(target, {
    image: row.build,
    init: false,
    // on slim they are copied, and distroless has them
    tls: target === 'scratch',
    certified: true,
    zones: false,
    packages: packagesOf(target, toolchain.runtime, called),
  });
  const owned = ownedBy(kept, base.user, '/app');
  const server = serverPlan(to, {
    base,
    variable: Object.entries(bind.env).find(([, value]) => value === String(port))?.[0],
    by: { is: 'probe', program: PROBE },
    own: isOwn(health) ? [entrypoint, health] : undefined,
  });
  const probe = server.health?.command[0] === PROBE;
  const zones = target !== 'distroless';
  return {
    ...server,
    port,
    also: alsoExposed(heard, port),
    language: 'go',
    shape: 'binary',
    images: { build: row.build, runtime: row.runtime },
    context: contextOf(to, program, { download, include }),
    artifacts: [
      // Debian's image has no certificates of authorities; the others have
      ...(TARGETS[target].packages === 'apt'
        ? [{ stage: 'build', source: CERTIFICATES, destination: '/etc/ssl/certs/' }]
        : []),
      { stage: 'build', source: `/out/${name}`, destination: './' },
      ...(probe ? [{ stage: 'build', source: '/out/health', destination: PROBE }] : []),
      ...includedFiles(include, roots, (path) => project.isFolder(path)),
      ...owned.artifacts,
    ],
    env: envOf({
      ...Object.assign({}, ...production.map(([, values]) => values)),
      ...calledEnv(called),
      ...(findHome(sources) === undefined ? {} : PASSWD),
      ...kept.env,
      ...Object.fromEntries(
        pointed.flatMap(({ variable, path }) =>
          variable === undefined ? [] : [[variable, innerPath(path, roots)]],
        ),
      ),
      ...bind.env,
    }),
    volumes: kept.folders,
    folders: owned.folders,
    links: owned.links,
    start: {
      entrypoint: [entrypoint],
      command: [
        ...settings.args.value,
        ...bind.args,
        ...kept.args,
        ...pointed.flatMap(({ flag, path }) =>
          flag === undefined ? [] : [`--${flag}=${innerPath(path, roots)}`],
        ),
      ],
    },
    secrets: [...fetching.secrets, ...fronts.flatMap((front) => front.secrets)],
    ignore: ignoreOf(project, fronts),
    notes: [
      ...notesOf(to, { program, bind, stamps, called }),
      ...kept.notes,
      ...demandNotes(sources.program, DEMANDING, { ...kept.env, ...bind.env }),
    ],
    choices: choicesOf(to, { program, zones, static: toolchain.static }),
    app: {
      cross: !cgo,
      cgo: cgo ? 1 : 0,
      packages: {
        apk: [...toolchain.packages.apk, ...(row.build.endsWith('-alpine') ? fetching.packages.apk : [])],
        apt: [...toolchain.packages.apt, ...(row.build.endsWith('-alpine') ? [] : fetching.packages.apt)],
      },
      download,
      platform: cgo ? [] : ['TARGETOS', 'TARGETARCH', ...(hasVariant(to.platforms) ? ['TARGETVARIANT'] : [])],
      stamps,
      build: compileOf({
        tree: to.seen,
        main,
        name,
        cgo,
        toolchain,
        tags: settings.tags.value,
        zones,
        stamps,
        fetching,
        variant: hasVariant(to.platforms),
        fetched,
        generated,
        fronts,
      }),
      fronts,
      probe: probe ? probeOf(cgo, hasVariant(to.platforms)) : undefined,
    },
  };
}

/** What the Dockerfile reads of the build context. */
function contextOf(
  { project, seen, fronts = [] }: PlanTo<GoSettings, Tree>,
  { main, sources }: Program,
  { download, include }: { readonly download: Step | undefined; readonly include: readonly string[] },
): readonly string[] {
  const made = fronts.map(({ destination }) => destination);
  return [
    ...(main.module === undefined ? [] : downloadFiles(download, main.module.file)),
    ...(isVendored(project, main.workspace) ? [posix.join(main.workspace.folder, 'vendor')] : []),
    ...sources.files.map((file) => file.path),
    ...findGenerated(seen, main).flatMap(({ reads }) => reads),
    ...embeddedFiles(project, sources, made),
    ...fronts.flatMap(({ context }) => context),
    ...include,
  ];
}

/** A pattern that names nothing ends the compiler, unless a stage or a generator makes what it names. */
function refuseAbsent({ project, seen, fronts = [] }: PlanTo<GoSettings, Tree>, program: Program): void {
  if (findGenerated(seen, program.main).length > 0) return;
  const absent = findEmbeds(project, program.sources).find(
    ({ files, path }) =>
      files.length === 0 && !fronts.some(({ destination }) => `${path}/`.startsWith(`${destination}/`)),
  );
  if (absent === undefined) return;
  throw new UserError({
    kind: 'refused',
    message: `${absent.at} embeds ${absent.pattern}, which is not there, and no build here is known to make it.`,
    fix: 'Make it before the image is built, so that the compiler finds it.',
  });
}

/** What the image needs beside the program: shared libraries, and other programs; what distroless loads, it has. */
function packagesOf(target: TargetId, libraries: Packages, called: readonly Called[]): Packages {
  const manager = TARGETS[target].packages;
  const all = [...libraries.apk, ...libraries.apt];
  if (manager === undefined) return { apk: [], apt: [] };
  const programs = called.flatMap(({ packages }) => packages?.[manager] ?? []);
  return { apk: [], apt: [], [manager]: [...new Set([...all, ...programs])].sort() };
}

/** 32-bit ARM alone has variants that Go compiles differently. */
function hasVariant(platforms: readonly string[]): boolean {
  return platforms.some((platform) => platform.startsWith('linux/arm/'));
}

function downloadFiles(download: Step | undefined, file: string): readonly string[] {
  const mounted =
    download?.mounts.flatMap((mount) => /^type=bind,source=([^,]+)/.exec(mount)?.[1] ?? []) ?? [];
  return [...new Set([file, ...mounted])];
}

/** The program's name: its folder's, else its module's; never one that a file beside it has. */
function programName(
  project: string,
  folder: string,
  module: string | undefined,
  isTaken: (name: string) => boolean,
): string {
  const last = folder.split('/').at(-1) ?? '';
  const own = module
    ?.replace(/\/v\d+$/, '')
    .split('/')
    .at(-1);
  const name = /^(\.|cmd|src|app)$/.test(last) ? (own ?? project) : last;
  return /^\w[\w.-]*$/.test(name) && !isTaken(name) ? name : 'program';
}

/** A path as the program sees it from the folder in which it is started. */
function innerPath(path: string, roots: readonly string[]): string {
  const root = roots.find((one) => one === '.' || path === one || path.startsWith(`${one}/`)) ?? '.';
  return posix.relative(root, path) || '.';
}

/** Files go where the program looks for them: below the folder in which it is started. */
function includedFiles(
  paths: readonly string[],
  roots: readonly string[],
  isFolder: (path: string) => boolean,
): readonly Artifact[] {
  const places = paths.map((path) => ({ path, inner: innerPath(path, roots) }));
  const top = places.filter(({ path, inner }) => !isFolder(path) && !inner.includes('/'));
  return [
    ...(top.length > 0 ? [{ source: top.map(({ path }) => path).join(' '), destination: './' }] : []),
    ...places
      .filter((place) => !top.includes(place))
      .map(({ path, inner }) => ({ source: path, destination: `./${inner}` })),
  ];
}
