import { posix } from 'node:path';
import { PARENTS } from '../../../../catalog/java-tools.ts';
import { UserError } from '../../../../errors.ts';
import type { Found, Unusable } from '../../../../facts/language.ts';
import { recordOf, table, verbatim } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { once } from '../../../../project/remember.ts';
import {
  type Build,
  bootLayout,
  brokenScript,
  type Dependency,
  type Frontend,
  type Module,
  type Product,
  type Wrapper,
} from '../build.ts';
import { CALLED, frontendAt } from '../frontend.ts';
import { releaseOf } from '../release.ts';
import { assertNoPasswords } from '../repositories.ts';
import { readMavenConfig } from './config.ts';
import { importsOf, type Model, otherPoms, readModels } from './model.ts';
import { each, type PomPlugin, texts, word } from './pom.ts';

const BOOT = 'org.springframework.boot:spring-boot-maven-plugin';
const SHADE = 'org.apache.maven.plugins:maven-shade-plugin';
const ASSEMBLY = 'org.apache.maven.plugins:maven-assembly-plugin';
const WAR = 'org.apache.maven.plugins:maven-war-plugin';
const JAR = 'org.apache.maven.plugins:maven-jar-plugin';
/** https://reactiverse.io/vertx-maven-plugin/#vertx:package: its archive starts the verticle that it is told of. */
const VERTX = 'io.reactiverse:vertx-maven-plugin';

/** The build of a pom.xml. */
export function readMaven(project: Project): Build {
  const models = readModels(project);
  const byName = new Map(models.map((model) => [`${model.group}:${model.artifact}`, model]));
  const poms = [
    ...new Map(models.flatMap(({ chain }) => chain.map((pom) => [pom.file, pom] as const))).values(),
  ];
  const modules = models.map((model) => moduleOf(project, model, byName));
  const { cache, settings, variables, extensions } = readMavenConfig(project);
  const own = [
    'settings.xml',
    '.mvn/settings.xml',
    '.mvn/maven.config',
    ...(settings === undefined ? [] : [settings]),
  ];
  assertNoPasswords(project, [...poms.map(({ file }) => file), ...own]);
  return {
    tool: 'maven',
    file: 'pom.xml',
    wrapper: wrapperOf(project),
    modules,
    manifests: [
      ...new Set([...poms.map(({ file }) => file), ...otherPoms(project, models)]),
      ...(project.isFolder('.mvn') ? ['.mvn'] : []),
      ...(settings === undefined || settings.startsWith('.mvn/') ? [] : [settings]),
    ],
    plugins: [],
    extensions,
    cache,
    settings,
    variables,
    repositories: poms.flatMap(({ file, repositories }) =>
      repositories.map(({ url, line }) => ({ url, at: `${file}:${line}` })),
    ),
  };
}

function wrapperOf(project: Project): Wrapper | undefined {
  const properties = project.read('.mvn/wrapper/maven-wrapper.properties');
  if (!project.isFile('mvnw') || properties === undefined) return undefined;
  const url = /^distributionUrl\s*=\s*(.+)$/m.exec(properties)?.[1] ?? '';
  const script = project.read('mvnw') ?? '';
  if (url !== '' && !/^https?:/.test(url))
    throw new UserError({
      kind: 'refused',
      message: `.mvn/wrapper/maven-wrapper.properties takes Maven from ${JSON.stringify(url)}, which is not in the build.`,
      fix: 'Let distributionUrl be one of https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven.',
    });
  // the script of 3.3 on needs no jar; older ones fetch it with curl, which no JDK image has
  const complete =
    /Downloader\.java|distributionType|only-script/.test(script + properties) ||
    project.isFile('.mvn/wrapper/maven-wrapper.jar');
  return {
    script: 'mvnw',
    version: /apache-maven-(\d[\w.-]*?)-bin/.exec(url)?.[1],
    files: ['mvnw', '.mvn'],
    broken: brokenScript(project, 'mvnw') ?? (complete ? undefined : 'cannot start without its jar'),
  };
}

function moduleOf(project: Project, model: Model, byName: ReadonlyMap<string, Model>): Module {
  // of hundreds of modules, one is asked for what it needs
  const copied = once(() => copiedBy(model, [...byName.values()]));
  const siblings = once(() => siblingsOf(model, copied(), byName));
  const all = () => [model, ...siblings()];
  const dependencies = once(() => all().flatMap((one) => fetchedBy(one, byName)));
  const at = (path: string) => posix.join(model.folder, path);
  return {
    folder: model.folder,
    id: model.artifact,
    file: model.pom.file,
    version: model.version,
    get dependencies() {
      return dependencies();
    },
    get needs() {
      return siblings().map(({ folder }) => folder);
    },
    get copies() {
      return copied().map(({ folder }) => folder);
    },
    get releases() {
      return all().flatMap(releasesOf);
    },
    get unread() {
      return all().find(isUnread)?.fetched?.id;
    },
    containers: containersOf(model),
    get toolchains() {
      return all().flatMap(toolchainsOf);
    },
    plugins: new Map([...model.plugins.values()].map(({ id, version }) => [id, version])),
    product: systemJar(project, model) ?? productOf(project, model),
    main: mainOf(model),
    options: optionsOf(model),
    get frontend() {
      return frontendOf(project, all());
    },
    vendor: vendorOf(model),
    sources: [
      ...new Set([
        ...(model.pom.sources === undefined ? [] : [at(model.fill(model.pom.sources))]),
        ...['java', 'kotlin', 'scala', 'groovy'].map((language) => at(`src/main/${language}`)),
      ]),
    ],
    get resources() {
      return all().map(({ folder }) => posix.join(folder, 'src/main/resources'));
    },
  };
}

/** What a module depends on that is no module itself. */
function fetchedBy({ dependencies, pom }: Model, byName: ReadonlyMap<string, Model>): readonly Dependency[] {
  return dependencies
    .filter(({ group, artifact }) => !byName.has(`${group}:${artifact}`))
    .map((one) => ({
      id: `${one.group}:${one.artifact}`,
      version: one.version,
      scope: scopeOf(one.scope),
      from: pom.file,
      classifier: classifierOf(one.classifier),
    }));
}

/** Containers that cargo starts. */
function containersOf(model: Model): readonly string[] {
  return [...model.plugins.values()]
    .filter(({ id }) => CARGO.test(id))
    .flatMap(configurationsOf)
    .flatMap(({ container }) => word(recordOf(container).containerId) ?? [])
    .map((text) => model.fill(text));
}

function scopeOf(scope: string | undefined): Dependency['scope'] {
  return scope === 'runtime' || scope === 'provided' || scope === 'test'
    ? scope
    : scope === 'system'
      ? 'provided'
      : 'compile';
}

/** `${os.detected.classifier}`, which a plugin fills in, is that of the machine that builds. */
function classifierOf(text: string | undefined): string | undefined {
  return text !== undefined && /^\$\{(?:os\.detected|tcnative|javafx\.platform|os\.)/.test(text)
    ? 'host'
    : text;
}

/** Modules that one needs, and those that they need. */
function siblingsOf(
  model: Model,
  copied: readonly Model[],
  byName: ReadonlyMap<string, Model>,
): readonly Model[] {
  const found = new Set(copied);
  const visit = (one: Model, path: readonly Model[]) => {
    for (const { group, artifact, scope } of one.dependencies) {
      const next = byName.get(`${group}:${artifact}`);
      if (next === undefined || next === one || (scope === 'test' && one !== model)) continue;
      if (path.includes(next)) throw cycle([...path.slice(path.indexOf(next)), next]);
      if (found.has(next)) continue;
      found.add(next);
      visit(next, [...path, next]);
    }
  };
  for (const one of [model, ...copied]) visit(one, [one]);
  return [...found];
}

/** Modules whose files a module copies into its own, which no dependency says: the pages of a front end. */
function copiedBy(model: Model, all: readonly Model[]): readonly Model[] {
  const folders = configurationsOf(model.plugins.get(RESOURCES))
    .flatMap(({ resources }) => [recordOf(resources).resource].flat())
    .flatMap((resource) => word(recordOf(resource).directory) ?? [])
    .map((text) =>
      text
        .replace(
          /^\$\{(?:project\.)?parent\.basedir\}|^\$\{maven\.multiModuleProjectDirectory\}/,
          posix.dirname(model.folder),
        )
        .replace(/^\$\{(?:project\.)?basedir\}/, model.folder)
        .replace(/^(?=\.\.\/)/, `${model.folder}/`),
    )
    .map((path) => posix.normalize(path));
  return all.filter(
    (one) => one !== model && one.folder !== '.' && folders.some((path) => path.startsWith(`${one.folder}/`)),
  );
}

function cycle(models: readonly Model[]): UserError {
  return new UserError({
    kind: 'refused',
    message: `${models[0]?.pom.file}: the modules ${models.map(({ artifact }) => artifact).join(' → ')} need each other, which Maven refuses.`,
    fix: 'Move what they share into a module of its own.',
  });
}

/** A jar of the machine that builds, which no image has. */
function systemJar(project: Project, model: Model): Unusable | undefined {
  const outside = model.dependencies.find(({ scope, systemPath = '' }) => {
    const path = model.fill(systemPath).replace(/^\$\{(?:project\.)?basedir\}\/?/, '');
    return scope === 'system' && !project.has(posix.join(model.folder, path));
  });
  return (
    outside && {
      because: `${model.pom.file} takes ${outside.artifact} from ${outside.systemPath}, which is outside of the build`,
    }
  );
}

/** Options of the JVM without which the program does not start. */
function optionsOf(model: Model): readonly string[] {
  const compiler = configurationsOf(model.plugins.get('org.apache.maven.plugins:maven-compiler-plugin'));
  const told = compiler.flatMap((one) => [
    ...texts(recordOf(one.compilerArgs).arg),
    ...texts(one.compilerArgument),
    ...(word(one.enablePreview) === 'true' ? ['--enable-preview'] : []),
  ]);
  const manifests = [JAR, SHADE, ASSEMBLY].flatMap((id) => configurationsOf(model.plugins.get(id)));
  const opened = ['Add-Opens', 'Add-Exports'].flatMap((key) =>
    manifests
      .flatMap((one) => word(recordOf(recordOf(one.archive).manifestEntries)[key])?.split(/\s+/) ?? [])
      .filter((name) => /^[\w./]+$/.test(name))
      .map((name) => `--${key.toLowerCase()}=${name}=ALL-UNNAMED`),
  );
  const run = configurationsOf(model.plugins.get(BOOT)).flatMap((one) => [
    ...(word(one.jvmArguments) ?? '').matchAll(
      /--(?:add-opens|add-exports|enable-native-access)[= ]\S+|--enable-preview/g,
    ),
  ]);
  const all = [
    ...told.filter((text) => text === '--enable-preview'),
    ...opened,
    ...run.map(([text]) => text.replace(' ', '=')),
  ];
  return [...new Set(all)].filter((text) => /^[\w./=,:-]+$/.test(text));
}

function vendorOf(model: Model): Found<string> | undefined {
  const plugin = model.plugins.get('org.apache.maven.plugins:maven-toolchains-plugin');
  const { vendor } = recordOf(recordOf(plugin?.configuration.toolchains).jdk);
  const value = word(vendor);
  return value === undefined
    ? undefined
    : { value: model.fill(value), from: `${model.pom.file} → toolchains` };
}

/** Whether a module says no version of Java, and has a parent that is fetched and that no row tells of. */
function isUnread(model: Model): boolean {
  const { fetched } = model;
  return fetched !== undefined && !Object.hasOwn(PARENTS, fetched.id) && releasesOf(model).length === 0;
}

const CARGO = /^org\.codehaus\.cargo:cargo-maven\d-plugin$/;
const RESOURCES = 'org.apache.maven.plugins:maven-resources-plugin';
const FRONTEND = 'com.github.eirslett:frontend-maven-plugin';
const EXEC = 'org.codehaus.mojo:exec-maven-plugin';

/** A front end that one of the modules builds. */
function frontendOf(project: Project, models: readonly Model[]): Frontend | undefined {
  for (const model of models) {
    const folderOf = (configs: readonly Record<string, unknown>[]) => {
      const said = configs.map((one) => word(one.workingDirectory)).find((text) => text !== undefined);
      const path = model.fill(said ?? '.').replace(/^\$\{(?:project\.)?basedir\}\/?/, '');
      return /[${}]/.test(path) ? model.folder : posix.join(model.folder, path);
    };
    const plugin = model.plugins.get(FRONTEND);
    const goals = plugin?.executions.flatMap((one) => (one.phase === 'none' ? [] : one.goals)) ?? [];
    const said = configurationsOf(plugin);
    const at = model.pom.file;
    if (goals.length > 0) {
      const version = said.map((one) => word(one.nodeVersion)).find((text) => text !== undefined);
      return frontendAt(project, {
        at: `${at} → frontend-maven-plugin`,
        folder: folderOf(said),
        fetches: goals.some((goal) => goal.startsWith('install-')),
        version: version === undefined ? undefined : { value: model.fill(version), from: at },
      });
    }
    for (const { configuration, phase } of model.plugins.get(EXEC)?.executions ?? []) {
      const called = CALLED.exec(word(configuration.executable) ?? '')?.[1];
      if (called !== undefined && phase !== 'none')
        return frontendAt(project, {
          at: `${at} → exec-maven-plugin`,
          folder: folderOf([configuration]),
          fetches: false,
          version: undefined,
          calls: [called],
        });
    }
  }
  return undefined;
}

/** What the compiler is told: `release` before `target` before `source`. */
function releasesOf(model: Model): readonly Found<number>[] {
  const { configuration = {} } = model.plugins.get('org.apache.maven.plugins:maven-compiler-plugin') ?? {};
  const kotlin = model.plugins.get('org.jetbrains.kotlin:kotlin-maven-plugin');
  const said: readonly (readonly [text: string | undefined, from: string])[] = [
    [word(configuration.release), `${model.pom.file} → maven-compiler-plugin → release`],
    ...['maven.compiler.release'].map((name) => propertyOf(model, name)),
    [word(configuration.target), `${model.pom.file} → maven-compiler-plugin → target`],
    ...['maven.compiler.target', 'maven.compiler.source'].map((name) => propertyOf(model, name)),
  ];
  const java = said.map(([text, from]) => found(model, text, from)).find((one) => one !== undefined);
  const jvm =
    kotlin &&
    found(
      model,
      word(kotlin.configuration.jvmTarget) ?? model.property('kotlin.compiler.jvmTarget')?.value,
      `${model.pom.file} → jvmTarget`,
    );
  return [java, jvm].flatMap((one) => one ?? []);
}

function propertyOf(model: Model, name: string): readonly [string | undefined, string] {
  const property = model.property(name);
  // `${java.version}` inside of it is what its owner wrote
  const named = [...model.chain.flatMap((pom) => pom.properties[name] ?? []), '${java.version}'].find(
    (text) => /^\$\{[\w.-]+\}$/.test(text),
  );
  const inner = named === undefined ? undefined : model.property(named.slice(2, -1));
  return [
    property?.value,
    inner?.value === property?.value ? (inner?.from ?? property?.from ?? name) : (property?.from ?? name),
  ];
}

function found(model: Model, text: string | undefined, from: string): Found<number> | undefined {
  const value = text === undefined ? undefined : releaseOf(model.fill(text));
  return value === undefined ? undefined : { value, from };
}

function toolchainsOf(model: Model): readonly Found<number>[] {
  const plugin = model.plugins.get('org.apache.maven.plugins:maven-toolchains-plugin');
  const jdk = recordOf(recordOf(plugin?.configuration.toolchains).jdk);
  const value = found(
    model,
    word(jdk.version)?.replace(/^[[(]([\d.]+),?.*/, '$1'),
    `${model.pom.file} → toolchains`,
  );
  return value === undefined ? [] : [value];
}

/** Where build files name the class that is started. */
function mainOf(model: Model): Found<string> | undefined {
  const { file } = model.pom;
  const plugin = (id: string) => configurationsOf(model.plugins.get(id));
  const places: readonly (readonly [string | undefined, string])[] = [
    ...plugin(BOOT).map((one) => [word(one.mainClass), 'spring-boot-maven-plugin'] as const),
    ...plugin(SHADE).flatMap((one) =>
      each(one.transformers, 'transformer').map(
        (transformer) =>
          [
            word(transformer.mainClass) ?? word(recordOf(transformer.manifestEntries)['Main-Class']),
            'maven-shade-plugin',
          ] as const,
      ),
    ),
    ...plugin(ASSEMBLY).map((one) => [manifestMain(one), 'maven-assembly-plugin'] as const),
    ...plugin(JAR).map((one) => [manifestMain(one), 'maven-jar-plugin'] as const),
    ...['org.codehaus.mojo:exec-maven-plugin', 'org.codehaus.mojo:appassembler-maven-plugin'].flatMap((id) =>
      plugin(id).map((one) => [word(one.mainClass), id.split(':')[1] ?? id] as const),
    ),
    ...['mainClass', 'exec.mainClass', 'main.class', 'start-class', 'vertx.main.class', 'main.verticle']
      .slice(0, 4)
      .map((name) => [model.property(name)?.value, name] as const),
  ];
  for (const [text, by] of places) {
    const value = text === undefined ? undefined : model.fill(text);
    if (value !== undefined && /^[\w.$]+$/.test(value)) return { value, from: `${file} → ${by}` };
  }
  return undefined;
}

/** The class that the manifest of an archive starts. */
function manifestMain(one: Record<string, unknown>): string | undefined {
  const { manifest, manifestEntries } = recordOf(one.archive);
  return word(recordOf(manifest).mainClass) ?? word(recordOf(manifestEntries)['Main-Class']);
}

/** A plugin's configuration, and those of its executions. */
function configurationsOf(plugin: PomPlugin | undefined): readonly Record<string, unknown>[] {
  if (plugin === undefined) return [];
  return [plugin.configuration, ...plugin.executions.map(({ configuration }) => configuration)];
}

function runs(plugin: PomPlugin | undefined, goal: string): boolean {
  return plugin?.executions.some(({ goals, phase }) => goals.includes(goal) && phase !== 'none') ?? false;
}

/** What the configurations of a plugin say of some keys, each by the first that says anything. */
function configured(
  model: Model,
  id: string,
  keys: readonly string[],
): Readonly<Record<string, string | undefined>> {
  const all = configurationsOf(model.plugins.get(id));
  const said = (key: string) => all.map((each) => word(each[key])).find((text) => text !== undefined);
  return table(Object.fromEntries(keys.map((key) => [key, said(key)])));
}

/** What `mvn package` makes, by the plugins that run. */
function productOf(project: Project, model: Model): Product | Unusable {
  const { packaging, pom } = model;
  if (packaging === 'pom') return { because: `${pom.file} only gathers modules (packaging pom)` };
  const quarkus = [...model.plugins.keys()].some((id) =>
    /^(io\.quarkus(\.platform)?|com\.redhat\.quarkus\.platform):quarkus-maven-plugin$/.test(id),
  );
  if (quarkus || packaging === 'quarkus') return quarkusOf(project, model);
  const boot = bootOf(model);
  if (boot !== undefined) return boot;
  if (packaging === 'war') return warOf(model);
  if (packaging !== 'jar' && packaging !== 'bundle')
    return { because: `${pom.file} makes a ${packaging}, and nothing that is started by itself` };
  return jarOf(model);
}

/** A file below target/, by the name that the build or a plugin gives it. */
function made(model: Model, given: string | undefined, ending: string): string {
  return `target/${given === undefined ? model.finalName : model.fill(given)}${ending}`;
}

function bootOf(model: Model): Product | undefined {
  const boot = model.plugins.get(BOOT);
  const keys = ['skip', 'classifier', 'finalName', 'layout'];
  const { skip, classifier, finalName, layout } = configured(model, BOOT, keys);
  if (boot === undefined || !runs(boot, 'repackage') || skip === 'true' || layout === 'NONE')
    return undefined;
  const ending = model.packaging === 'war' ? 'war' : 'jar';
  const flat = configurationsOf(boot).some((config) => word(recordOf(config.layers).enabled) === 'false');
  const version = bootVersion(model, boot);
  return {
    layout: bootLayout(version, flat),
    path: made(model, finalName, `${classifier === undefined ? '' : `-${classifier}`}.${ending}`),
    task: 'package',
    version,
    named: false,
    from: `${model.pom.file} → spring-boot-maven-plugin`,
  };
}

/** One with a main class brings its own server. */
function warOf(model: Model): Product {
  const { file } = model.pom;
  const own = configurationsOf(model.plugins.get(WAR)).some((one) => manifestMain(one) !== undefined);
  return {
    layout: own ? 'fat' : 'war',
    path: made(model, undefined, '.war'),
    task: 'package',
    named: false,
    from: `${file} → ${own ? 'maven-war-plugin' : 'packaging war'}`,
  };
}

function jarOf(model: Model): Product {
  const { file } = model.pom;
  if (runs(model.plugins.get(VERTX), 'package')) {
    const { classifier } = configured(model, VERTX, ['classifier']);
    const path = made(model, undefined, `${classifier === undefined ? '' : `-${classifier}`}.jar`);
    return { layout: 'fat', path, task: 'package', named: false, from: `${file} → vertx-maven-plugin` };
  }
  const shade = model.plugins.get(SHADE);
  // one that only moves some packages leaves the other libraries out
  const some = configurationsOf(shade).some(
    ({ artifactSet }) => recordOf(artifactSet).includes !== undefined,
  );
  if (runs(shade, 'shade') && !some) return shadeOf(model);
  const assembly = model.plugins.get(ASSEMBLY);
  const whole = configurationsOf(assembly).some((config) =>
    texts(recordOf(config.descriptorRefs).descriptorRef).includes('jar-with-dependencies'),
  );
  if (whole && runs(assembly, 'single')) {
    const { appendAssemblyId, finalName } = configured(model, ASSEMBLY, ['appendAssemblyId', 'finalName']);
    const path = made(
      model,
      finalName,
      `${appendAssemblyId === 'false' ? '' : '-jar-with-dependencies'}.jar`,
    );
    return { layout: 'fat', path, task: 'package', named: true, from: `${file} → maven-assembly-plugin` };
  }
  const libraries =
    model.dependencies.some(({ scope }) => scope !== 'test' && scope !== 'provided') ||
    model.fetched !== undefined;
  return {
    layout: libraries ? 'lib' : 'fat',
    path: made(model, configured(model, JAR, ['finalName']).finalName, '.jar'),
    task: 'package',
    named: true,
    from: file,
  };
}

function shadeOf(model: Model): Product {
  const all = configurationsOf(model.plugins.get(SHADE));
  const get = (key: string) => all.map((config) => word(config[key])).find((text) => text !== undefined);
  const file = get('outputFile');
  const attached = get('shadedArtifactAttached') === 'true';
  const suffix = attached ? `-${get('shadedClassifierName') ?? 'shaded'}` : '';
  const path =
    file === undefined
      ? made(model, get('finalName'), `${suffix}.jar`)
      : model
          .fill(file)
          .replace(/^\$\{(?:project\.)?(?:build\.directory|basedir)\}\/?/, (root) =>
            root.includes('basedir') ? '' : 'target/',
          );
  return {
    layout: 'fat',
    path,
    task: 'package',
    named: true,
    from: `${model.pom.file} → maven-shade-plugin`,
  };
}

function quarkusOf(project: Project, model: Model): Product {
  const properties =
    project.read(posix.join(model.folder, 'src/main/resources/application.properties')) ?? '';
  const said = (name: string) =>
    new RegExp(`^${verbatim(name)}\\s*[=:]\\s*(.+)$`, 'm').exec(properties)?.[1]?.trim() ??
    model.property(name)?.value;
  const type = said('quarkus.package.jar.type') ?? said('quarkus.package.type') ?? 'fast-jar';
  const from = `${model.pom.file} → quarkus-maven-plugin`;
  if (type !== 'uber-jar')
    return { layout: 'quarkus', path: 'target/quarkus-app', task: 'package', named: false, from };
  const suffix =
    said('quarkus.package.jar.runner-suffix') ?? said('quarkus.package.runner-suffix') ?? '-runner';
  return {
    layout: 'fat',
    path: `target/${model.finalName}${suffix}.jar`,
    task: 'package',
    named: false,
    from,
  };
}

function bootVersion(model: Model, plugin: PomPlugin): string | undefined {
  const parent =
    model.fetched?.id === 'org.springframework.boot:spring-boot-starter-parent'
      ? model.fetched.version
      : undefined;
  const version =
    plugin.version ?? parent ?? importsOf(model).get('org.springframework.boot:spring-boot-dependencies');
  return version !== undefined && /^\d/.test(version) ? version : undefined;
}
