import { posix } from 'node:path';
import { PUBLIC_REPOSITORIES } from '../../../catalog/java-plugins.ts';
import type { ServletServer } from '../../../catalog/java-servers.ts';
import type { PlanTo } from '../../../facts/language.ts';
import { check } from '../../../kit/health.ts';
import { alsoExposed } from '../../../kit/port.ts';
import { portOf } from '../../../kit/server.ts';
import { keepWrites, ownedBy } from '../../../kit/writes.ts';
import { type Artifact, envOf, type Plan, type Rootfs, type Step } from '../../../plan/plan.ts';
import { pathWord } from '../../../plan/quote.ts';
import { TARGETS, type TargetId } from '../../../plan/targets.ts';
import { preferred, releaseOf } from '../../../plan/version.ts';

import { type Build, GATHER, type Module } from '../evidence/build.ts';
import type { Seen } from '../evidence/seen.ts';
import { builderOf, toolchainOf } from '../settings/jdk.ts';
import type { JavaSettings } from '../settings/settings.ts';
import { bindTo } from './bind.ts';
import { type Building, buildingOf, GATHERS, gitVersionOf, isArgument, TOOLCHAIN } from './build.ts';
import { ignoreOf } from './ignore.ts';
import { builderImage } from './images.ts';
import { choicesOf, notesOf } from './notes.ts';
import { imagesOf, moduleOf } from './offers.ts';
import { artifactsOf, LINKED, type Link, laid, linkOf } from './runtime.ts';
import { type Training, trainingOf } from './training.ts';

/** The words that Java's template uses beside the common ones. */
export interface JavaApp {
  /** Environment of the stage that builds. */
  readonly env: Plan['env'];
  /** Undefined: nothing is fetched. */
  readonly fetch: Step | undefined;
  readonly build: Step;
  /** What the build makes is an archive that is taken apart. */
  readonly unpack: { readonly archive: string; readonly folder: string } | undefined;
  /** A class that asks for the program's health is compiled: `--release` of the runtime. */
  readonly probe: { readonly release: string } | undefined;
  /** The JDK that links the runtime, and how; undefined: the image has a JRE. */
  readonly link: Link | undefined;
  /** A run in the build that makes the next start faster; undefined: none is asked for, or none is safe. */
  readonly training: Training | undefined;
  /** What the stage for development says before it fetches; undefined: none was asked for. */
  readonly stages?: { readonly env: Plan['env'] };
  /** What serves an archive of servlets; undefined: it serves by itself. */
  readonly server: ServletServer | undefined;
  /** The JDK that the build demands beside the one that runs its tool, and where it stands. */
  readonly toolchain: { readonly image: string; readonly path: string } | undefined;
  /** What Maven's toolchains.xml says of the JDK of the image; undefined: nothing asks. */
  readonly toolchains: { readonly version: string; readonly vendor: string | undefined } | undefined;
  /** The image from which Node.js is copied for the front end; undefined: there is none, or it fetches its own. */
  readonly frontend: { readonly image: string; readonly packages: readonly string[] } | undefined;
  /** A script that gathers the program and its libraries, and where it stands. */
  readonly gathers: { readonly path: string; readonly task: string } | undefined;
  /** The version is a build argument. */
  readonly version: boolean;
  /** It is built on the builder's own platform: its archives are the same on every other. */
  readonly portable: boolean;
}

/** The user of distroless, on every target: 1000 is taken in Ubuntu's images, and no name is needed. */
const USER = '65532:65532';

/** What the settings come to: the module, the tools of its build, and what runs it. */
function decidedOf(to: PlanTo<JavaSettings, Seen>) {
  const { seen, settings, target } = to;
  const build = seen.build(settings.buildTool.value);
  const module = moduleOf(to);
  const { product } = module;
  if ('because' in product) throw new Error(product.because);
  const { row, linked } = imagesOf(target, to);
  if ('none' in row) throw new Error(`no image: ${row.none}`);
  const builder = builderOf({ ...to, build, module }, settings.runtimeVersion.value);
  const found = product.layout === 'war' ? seen.server(module) : undefined;
  return {
    build,
    module,
    product,
    row,
    linked,
    jdk: Number(settings.runtimeVersion.value),
    builder,
    toolchain: build.tool === 'gradle' ? toolchainOf({ ...to, build, module }, builder) : undefined,
    image: builderImage(build, builder),
    java: linked ? `${LINKED}/bin/java` : target === 'distroless' ? '/usr/bin/java' : 'java',
    server: found !== undefined && 'image' in found ? found : undefined,
    bind: bindTo(seen, module, settings.main.value, settings.port),
    draws: seen.draws(module) !== undefined,
    uses: seen.compiles(module),
    options: ['-XX:MaxRAMPercentage=75.0', '-XX:+ExitOnOutOfMemoryError', ...module.options],
  };
}

export function planJava(to: PlanTo<JavaSettings, Seen>): Plan<JavaApp> {
  const { project, seen, settings, target } = to;
  const decided = decidedOf(to);
  const { build, module, product, row, linked, builder, toolchain, image, java, server, bind, options } =
    decided;
  const port = portOf(to);
  const variable = Object.entries(bind.env).find(([, value]) => value === String(port))?.[0];
  const health =
    port === undefined
      ? undefined
      : check(target, { health: settings.health.value, port, variable }, { is: 'java', program: java });
  const probe = health?.command[0] === java;
  const secrets = secretsOf(build);
  const building = buildingOf({
    project,
    build,
    module,
    product,
    wrapped: image.wrapped,
    toolchain: toolchain !== undefined,
    secret: secrets.some(({ from }) => from === 'file'),
  });
  const include = settings.include.value.map((path) => pathWord(path, '--include'));
  const trained = settings.startup.value === 'fast' ? trainingOf(decided) : undefined;
  const training = trained !== undefined && 'command' in trained ? trained : undefined;
  const kept = keepWrites(project, seen.written(module), {
    app: '/app',
    code: /\.(?:java|kt|scala|groovy)$/,
  });
  const owned = ownedBy(kept, USER, '/app');
  return {
    language: 'java',
    shape: 'program',
    target,
    platforms: to.platforms,
    images: { build: image.build, runtime: row.runtime },
    rootfs: row.runtime === 'scratch' ? rootfsOf(decided.draws) : undefined,
    context: [
      ...build.manifests,
      ...build.plugins,
      ...(image.wrapped ? (build.wrapper?.files ?? []) : []),
      ...sourcesOf(to, module),
      ...include,
    ],
    artifacts: [
      ...(server === undefined ? [] : [{ stage: 'server', source: server.home, destination: server.home }]),
      ...(linked ? [{ stage: 'jre', source: LINKED, destination: LINKED }] : []),
      ...artifactsOf(product, server),
      ...(probe ? [{ stage: 'health', source: '/health', destination: '/health' }] : []),
      ...include.map((path): Artifact => ({ source: path, destination: `./${path}` })),
      ...owned.artifacts,
    ],
    env: envOf({
      ...(linked && target !== 'distroless' ? { LANG: 'C.UTF-8' } : {}),
      ...kept.env,
      ...bind.env,
    }),
    volumes: kept.folders,
    folders: owned.folders,
    links: owned.links,
    packages: linked && decided.draws ? fontsOf(target) : { apk: [], apt: [] },
    user: USER,
    port,
    also: alsoExposed(seen.listens(module, settings.main.value), port),
    health,
    init: false,
    envFile: project.isFile('.env') ? '.env' : undefined,
    start: {
      entrypoint: [
        java,
        ...options,
        ...(training === undefined ? [] : [training.option]),
        ...laid(product, server).start(settings.main.value),
      ],
      command: [...settings.args.value, ...bind.args, ...kept.args],
    },
    secrets,
    ignore: ignoreOf(project, build),
    notes: [...notesOf(to, { ...decided, trained }), ...kept.notes],
    choices: choicesOf(to, { builder, linked }),
    app: appOf(to, decided, { building, training, probe }),
  };
}

/** The words of the template beside the common ones. */
function appOf(
  to: PlanTo<JavaSettings, Seen>,
  decided: ReturnType<typeof decidedOf>,
  made: { building: Building; training: Training | undefined; probe: boolean },
): JavaApp {
  const { build, module, product, row, linked, jdk, builder, toolchain, server, uses } = decided;
  const { building, training, probe } = made;
  return {
    env: envOf(building.env),
    fetch: building.fetch,
    build: building.build,
    unpack: building.unpack,
    probe: probe ? { release: probeRelease(builder, jdk) } : undefined,
    link: linked
      ? linkOf({ module, product, jdk, uses: uses.map(({ value }) => value) }, row.build)
      : undefined,
    training,
    toolchains: toolchainsOf(build, module, builder),
    frontend: nodeOf(to, module),
    gathers: product.task === GATHER ? { path: GATHERS, task: GATHER } : undefined,
    version: isArgument(gitVersionOf(build)),
    portable: !module.dependencies.some(({ classifier }) => classifier === 'host'),
    toolchain:
      toolchain === undefined ? undefined : { image: `eclipse-temurin:${toolchain}-jdk`, path: TOOLCHAIN },
    server,
  };
}

/** What a repository that not everyone can read needs to know: its variables, else the settings of its user. */
function secretsOf({ tool, repositories, settings, variables }: Build): Plan['secrets'] {
  const named = variables.map((id) => ({ id, from: 'env', source: id }) as const);
  const open = repositories.every(({ url }) => PUBLIC_REPOSITORIES.test(url));
  if (open || settings !== undefined || named.length > 0) return named;
  return tool === 'maven'
    ? [{ id: 'maven-settings', from: 'file', source: '~/.m2/settings.xml' }]
    : [{ id: 'gradle-properties', from: 'file', source: '~/.gradle/gradle.properties' }];
}

/** What Maven is told of the JDK that runs it, where its build asks for one by name. */
function toolchainsOf(
  { tool }: Build,
  { toolchains, vendor }: Module,
  version: string,
): JavaApp['toolchains'] {
  return tool === 'maven' && toolchains.length > 0 ? { version, vendor: vendor?.value } : undefined;
}

/** Node.js of the front end: the version that it says, else the newest long-term one. */
function nodeOf({ catalog, today }: PlanTo<JavaSettings, Seen>, { frontend }: Module): JavaApp['frontend'] {
  if (frontend === undefined || frontend.fetches) return undefined;
  const said = releaseOf(catalog.node, frontend.version?.value.replace(/^v/, '') ?? '');
  const version = (said ?? preferred(catalog.node, today)[0])?.version;
  return { image: `node:${version}-slim`, packages: frontend.calls };
}

/** Folders of sources: a .dockerignore that lets in what was built before must let them in. */
function sourcesOf({ project, settings }: PlanTo<JavaSettings, Seen>, module: Module): readonly string[] {
  const tool = settings.buildTool.value;
  if (tool === 'javac') return module.sources;
  return [module.folder, ...module.needs]
    .map((folder) => posix.join(folder, 'src'))
    .filter((path) => project.isFolder(path));
}

/** Options of the compiler by which a newer JDK compiles for the one that runs. */
function probeRelease(builder: string, runtime: number): string {
  return Number(builder) > runtime ? `--release ${runtime} ` : '';
}

/** A font and what finds it, by the package manager of a target: images that have a JRE have them, and so has distroless. */
function fontsOf(target: TargetId): Plan['packages'] {
  const { packages } = TARGETS[target];
  return {
    apk: packages === 'apk' ? ['font-dejavu', 'fontconfig'] : [],
    apt: packages === 'apt' ? ['fontconfig', 'fonts-dejavu-core'] : [],
  };
}

/** The library that finds fonts: the JVM opens it by its name. */
const FONTCONFIG = '/usr/lib/*-linux-gnu/libfontconfig.so.1';

/** What a linked runtime loads, and what an image has that is nothing else. */
function rootfsOf(draws: boolean): Rootfs {
  const fonts = draws ? [`${FONTCONFIG}*`, '/etc/fonts', '/usr/share/fonts', '/usr/share/fontconfig'] : [];
  return {
    image: 'jre',
    portable: false,
    apt: draws ? ['fontconfig', 'fonts-dejavu-core'] : [],
    apk: [],
    system: ['/usr/lib/locale/C.utf8', ...fonts],
    bare: !draws,
    files: [],
    programs: [
      `${LINKED}/bin/java`,
      `${LINKED}/lib/*.so`,
      `${LINKED}/lib/server/*.so`,
      ...(draws ? [FONTCONFIG] : []),
    ],
    modules: undefined,
    user: USER,
    group: USER.split(':')[1],
  };
}
