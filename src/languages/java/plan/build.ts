import { posix } from 'node:path';
import { GIT_VERSIONS, type GitVersion, SKIPS } from '../../../catalog/java-plugins.ts';
import { compare } from '../../../catalog/java-tools.ts';
import type { Step } from '../../../plan/plan.ts';
import { pathWord, shellWord } from '../../../plan/quote.ts';
import type { Project } from '../../../project/project.ts';
import { type Build, GATHER, type Module, type Product } from '../evidence/build.ts';

/** What the stage that builds runs: what is fetched first, by the manifests alone, then what is compiled. */
export interface Building {
  readonly env: Readonly<Record<string, string>>;
  readonly fetch: Step | undefined;
  readonly build: Step;
  /** An archive that is taken apart, and the folder for what is in it. */
  readonly unpack?: { readonly archive: string; readonly folder: string } | undefined;
}

export interface BuildOf {
  readonly project: Project;
  readonly build: Build;
  readonly module: Module;
  readonly product: Product;
  /** The wrapper is used: it is there, and starts without anything being fetched for it. */
  readonly wrapped: boolean;
  /** The user's own settings are a secret of the build. */
  readonly secret: boolean;
  /** A JDK stands at `TOOLCHAIN` beside the one that runs the tool. */
  readonly toolchain: boolean;
}

/** What takes the version from git; undefined: nothing does. */
export function gitVersionOf({ modules, extensions }: Build): GitVersion | undefined {
  const ids = [...extensions, ...modules.flatMap(({ plugins }) => [...plugins.keys()])];
  return GIT_VERSIONS.find(({ id }) => ids.some((one) => id.test(one)));
}

/** Whether the version is a build argument. */
export function isArgument(row: GitVersion | undefined): boolean {
  return row !== undefined && row.off !== true;
}

/** What both steps have: the passwords of repositories. */
const passwords = ({ variables }: Build) => variables.map((name) => `type=secret,id=${name},env=${name}`);

/** What the package manager of the front end keeps. */
const npm = ({ frontend }: Module) => (frontend === undefined ? [] : ['type=cache,target=/root/.npm']);

/** A property that says the version, or that nobody asks git for it. */
function versionWord(build: Build, flag: '-D' | '-P', version = '"$VERSION"'): string {
  const row = gitVersionOf(build);
  return row === undefined ? '' : ` ${flag}${row.property}=${row.off ? 'true' : version}`;
}

/** Where the script stands that gathers a program and its libraries. */
export const GATHERS = '/root/gather.gradle';

/** Where a toolchain stands that the image of the builder lacks. */
export const TOOLCHAIN = '/opt/jdk';

export function buildingOf(to: BuildOf): Building {
  const building = TOOLS[to.build.tool](to);
  if (to.product.layout !== 'war') return building;
  return { ...building, unpack: { archive: posix.join('/src', madeOf(to)), folder: '/out/ROOT' } };
}

const bind = (path: string) => `type=bind,source=${pathWord(path, 'the build')},target=${path}`;
/** A build whose plugins are compiled where they stand. */
const bindWritable = (path: string) => `${bind(path)},readwrite`;

/** A step with more mounts than this is read by nobody; the cache keeps what was fetched without it too. */
const MOST = 20;

const TOOLS: { readonly [Tool in Build['tool']]: (to: BuildOf) => Building } = { maven, gradle, javac };

const SETTINGS_XML = 'type=secret,id=maven-settings,target=/root/.m2/settings.xml';

function maven(to: BuildOf): Building {
  const { build, module, product, wrapped } = to;
  const mounts = [
    `type=cache,target=${build.cache ?? '/root/.m2/repository'}`,
    ...(wrapped ? ['type=cache,target=/root/.m2/wrapper'] : []),
    ...(to.secret ? [SETTINGS_XML] : []),
    ...passwords(build),
  ];
  const one =
    module.folder === '.' ? '' : ` -pl ${shellWord([module.folder, ...(module.copies ?? [])].join(','))} -am`;
  // --no-transfer-progress came with 3.6.1
  const quiet = compare(build.wrapper?.version ?? '3.9', '3.6.1') < 0 ? '' : ' -ntp';
  const call = `${wrapped ? 'sh ./mvnw' : 'mvn'} -B${quiet}`;
  const fetched = versionWord(build, '-D', '0.0.0');
  const version = versionWord(build, '-D');
  const skips = skipsOf(module).flatMap(({ property }) => (property === undefined ? [] : [` -D${property}`]));
  const lib =
    product.layout === 'lib'
      ? ' dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib'
      : '';
  return {
    env: {},
    fetch:
      build.manifests.length > MOST
        ? undefined
        : {
            mounts: [...[...build.manifests, ...(wrapped ? ['mvnw'] : [])].map(bind), ...mounts],
            // it asks for more than the build: modules that are built in the same run, plugins that do not run. What it does
            // not get is fetched when it is built, or that fails
            commands: [`${call} -fn${one}${fetched} dependency:go-offline`],
          },
    build: {
      mounts: [...mounts, ...npm(module)],
      commands: [`${call}${one} package${lib} -DskipTests${version}${skips.join('')}`, ...gather(to)],
    },
  };
}

function gradle(to: BuildOf): Building {
  const { build, module, product, wrapped } = to;
  const mounts = [
    'type=cache,target=/cache/gradle,sharing=locked',
    ...(to.secret ? ['type=secret,id=gradle-properties,target=/cache/gradle/gradle.properties'] : []),
    ...passwords(build),
  ];
  // https://docs.gradle.org/current/userguide/toolchains.html#sec:custom_loc: it is never downloaded
  const installed = to.toolchain ? ` -Porg.gradle.java.installations.paths=${TOOLCHAIN}` : '';
  // https://docs.gradle.org/current/userguide/init_scripts.html
  const brought = product.task === GATHER ? ` --init-script ${GATHERS}` : '';
  const run = `${wrapped ? 'sh gradlew' : 'gradle'} --no-daemon${installed}`;
  const fetched = versionWord(build, '-P', '0.0.0');
  const version = versionWord(build, '-P');
  const path = module.folder === '.' ? '' : module.id;
  const skips = skipsOf(module).flatMap(({ task }) => (task === undefined ? [] : [` -x ${path}:${task}`]));
  return {
    env: { GRADLE_USER_HOME: '/cache/gradle' },
    fetch:
      build.manifests.length > MOST
        ? undefined
        : {
            mounts: [
              ...[...build.manifests, ...(wrapped ? (build.wrapper?.files ?? []) : [])].map(bind),
              ...build.plugins.map(bindWritable),
              ...mounts,
            ],
            commands: [`${run}${fetched} ${path}:dependencies --configuration runtimeClasspath`],
          },
    build: {
      mounts: [...mounts, ...npm(module)],
      commands: [`${run}${brought}${version} ${path}:${product.task}${skips.join('')}`, ...gather(to)],
    },
  };
}

function javac(to: BuildOf): Building {
  const [folder = '.'] = to.module.sources;
  const jars = to.project.find('lib/*.jar').length > 0;
  return {
    env: {},
    fetch: undefined,
    build: {
      mounts: [],
      commands: [
        'mkdir -p /classes /out/lib',
        ...(jars ? ['cp lib/*.jar /out/lib'] : []),
        `find ${folder} -name '*.java' > /sources`,
        `javac -encoding UTF-8${jars ? " -cp 'lib/*'" : ''} -d /classes @/sources`,
        'jar cf /out/app.jar -C /classes .',
      ],
    },
  };
}

/** Plugins of the build that cannot run there. */
export function skipsOf({ plugins }: Module): readonly (typeof SKIPS)[number][] {
  return SKIPS.filter(({ id }) => [...plugins.keys()].some((name) => id.test(name)));
}

/** Whether Boot takes its archive apart with the tools of 3.3, or with those before. */
export function hasTools(product: Product): boolean {
  return compare(product.version ?? '0', '3.3') >= 0;
}

/** The archive or the folder that the build makes, as a word of a shell. */
function madeOf({ build, module, product }: BuildOf): string {
  const ending = product.layout === 'war' ? 'war' : 'jar';
  if (product.path === undefined) return `${shellWord(posix.join(module.folder, 'build/libs'))}/*.${ending}`;
  const path = posix.join(module.folder, product.path);
  const [before, after] = isArgument(gitVersionOf(build)) ? path.split(`-${module.version}`) : [path];
  return after === undefined ? shellWord(path) : `${shellWord(`${before}-`)}"$VERSION"${shellWord(after)}`;
}

/** Commands that bring what was made to /out, whatever it is called. */
function gather(to: BuildOf): readonly string[] {
  const { module, product } = to;
  const at = (path: string) => shellWord(posix.join(module.folder, path));
  const made = madeOf(to);
  switch (product.layout) {
    case 'boot':
      return hasTools(product)
        ? [
            `java -Djarmode=tools -jar ${made} extract --layers --application-filename app.jar --destination /out`,
          ]
        : [`mkdir /out`, `java -Djarmode=layertools -jar ${made} extract --destination /out`];
    case 'fat':
      return ['mkdir -p /out', `mv ${made} /out/app.jar`];
    // the folder in which it is taken apart is a step of its own
    case 'war':
      return [];
    case 'quarkus':
      return [`mv ${made} /out`];
    case 'lib':
      if (product.task === GATHER) return [];
      if (product.task !== 'installDist') return [`mv ${made} /out/app.jar`];
      // its own archive changes with each edit, those of libraries do not
      return [
        'mkdir /out',
        `mv ${at('build/install')}/*/lib /out/lib`,
        ...(product.own === undefined ? [] : [`mv /out/lib/${shellWord(product.own)} /out/app.jar`]),
      ];
  }
}
