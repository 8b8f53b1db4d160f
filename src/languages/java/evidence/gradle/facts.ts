import type { Found } from '../../../../facts/language.ts';
import type { Dependency, Frontend } from '../build.ts';
import { CALLED } from '../frontend.ts';
import { releaseOf } from '../release.ts';
import type { VersionCatalog } from './catalog.ts';
import type { Names, Statement } from './script.ts';

/** What the scripts say of one project. */
export interface Facts {
  readonly file: string;
  readonly plugins: ReadonlyMap<string, string | undefined>;
  readonly dependencies: readonly Dependency[];
  /** Ids of the projects that it needs. */
  readonly projects: readonly string[];
  readonly releases: readonly Found<number>[];
  readonly toolchains: readonly Found<number>[];
  readonly main: Found<string> | undefined;
  readonly options: readonly string[];
  readonly vendor: Found<string> | undefined;
  /** A call of a program of Node.js, or the plugin that brings it. */
  readonly frontend:
    | (Pick<Frontend, 'at' | 'fetches' | 'version'> & { readonly calls?: readonly string[] })
    | undefined;
  /** A text that a key is given; `unknown`: something else. */
  said(key: RegExp): string | 'unknown' | undefined;
  /** Whether a block says something anywhere in it. */
  mentions(key: RegExp, code: RegExp): boolean;
}

interface To {
  readonly statements: readonly Statement[];
  /** Statements in which plugins have versions: those of the settings and of the root. */
  readonly versions: readonly Statement[];
  readonly catalog: VersionCatalog;
  readonly names: Names;
  readonly file: string;
  readonly ids: readonly string[];
}

export function factsOf(to: To): Facts {
  const all = to.statements.flatMap(flatten);
  const versions = versionsOf([...to.versions.flatMap(flatten), ...all], to);
  const plugins = new Map(
    all.flatMap((one) => pluginsAt(one, to)).map(({ id, version }) => [id, version ?? versions.get(id)]),
  );
  const found = all.filter(
    ({ key }) =>
      /(?:^|\.)dependencies\.\w+$/.test(key) && !/buildscript|pluginManagement|constraints/.test(key),
  );
  const numbers = (key: RegExp) =>
    all
      .filter((one) => key.test(one.key))
      .flatMap((one): readonly Found<number>[] => {
        const value = numberOf(one, to);
        return value === undefined ? [] : [{ value, from: one.at }];
      });
  return {
    file: to.file,
    plugins,
    dependencies: found.flatMap((one) => dependenciesAt(one, to)),
    projects: found
      .filter(({ key }) => !/\.test\w*$|TestImplementation$/.test(key))
      .flatMap((one) => projectsAt(one, to)),
    releases: numbers(
      /(?:^|\.)(?:sourceCompatibility|targetCompatibility|options\.release|release|jvmTarget)$/,
    ),
    toolchains: numbers(
      /(?:^|\.)toolchain\.languageVersion$|(?:^|\.)jvmToolchain$|(?:^|\.)java\.toolchain\.languageVersion$/,
    ),
    main: mainOf(all, to.names),
    options: optionsOf(all),
    vendor: vendorOf(all),
    frontend: frontendOf(all, plugins),
    said(key) {
      const one = all.filter((statement) => key.test(statement.key)).at(-1);
      if (one === undefined) return undefined;
      const [text] = one.texts;
      if (text !== undefined) return text;
      const name = /^\s*(?:=|\(|\.set\()?\s*([\w.]+)\s*\)?$/.exec(one.code)?.[1];
      return (
        (/^(?:true|false)$/.test(name ?? '') ? name : name === undefined ? undefined : to.names(name)) ??
        'unknown'
      );
    },
    mentions: (key, code) => all.some((one) => key.test(one.key) && code.test(`${one.key} ${one.code}`)),
  };
}

/** Options of the JVM that the build starts it with, and those without which what is compiled does not run. */
function optionsOf(all: readonly Statement[]): readonly string[] {
  const said = (key: RegExp) => all.filter((one) => key.test(one.key)).flatMap(({ texts }) => texts);
  const compiled = said(/compilerArgs(?:\.\w+)?$/).filter((text) => text === '--enable-preview');
  return [
    ...new Set([
      ...said(/(?:^|\.)applicationDefaultJvmArgs$/).flatMap((text) => (text?.startsWith('-') ? [text] : [])),
      ...compiled.flatMap((text) => text ?? []),
    ]),
  ];
}

function vendorOf(all: readonly Statement[]): Found<string> | undefined {
  const one = all.find(({ key }) => /(?:^|\.)toolchain\.vendor$/.test(key));
  const name = /JvmVendorSpec\.(\w+)/.exec(one?.code ?? '')?.[1];
  return one === undefined || name === undefined ? undefined : { value: name, from: one.at };
}

const NODE_PLUGIN = /^(?:com\.github\.node-gradle\.node|com\.moowork\.node|org\.siouan\.frontend-jdk\d+)$/;

function frontendOf(all: readonly Statement[], plugins: ReadonlyMap<string, unknown>): Facts['frontend'] {
  const id = [...plugins.keys()].find((name) => NODE_PLUGIN.test(name));
  const one = (key: RegExp) => all.find((statement) => key.test(statement.key));
  if (id !== undefined) {
    const said = one(/^node\.version$|^frontend\.nodeVersion$/);
    const [version] = said?.texts ?? [];
    return {
      at: all.find(({ texts }) => texts.includes(id))?.at ?? id,
      fetches: id.startsWith('org.siouan') || /\btrue\b/.test(one(/^node\.download$/)?.code ?? ''),
      version: version === undefined || said === undefined ? undefined : { value: version, from: said.at },
    };
  }
  for (const { key, texts, at } of all) {
    const words = /(?:^|\.)(?:commandLine|executable)$/.test(key) ? texts : [];
    // `sh -c "npm run build"`
    const called = words
      .flatMap((text) => (text ?? '').split(/\s+/))
      .flatMap((text) => CALLED.exec(text)?.[1] ?? []);
    if (called[0] !== undefined) return { at, fetches: false, version: undefined, calls: called };
  }
  return undefined;
}

function flatten(one: Statement): readonly Statement[] {
  return [one, ...one.inner.flatMap(flatten)];
}

/** Short names of plugins, as Kotlin scripts write them. */
const SHORT =
  /^(?:java|application|war|groovy|scala|java-library|java-gradle-plugin|idea|eclipse|jacoco|maven-publish|signing|checkstyle|pmd)$/;

function pluginsAt(one: Statement, to: To): readonly { id: string; version: string | undefined }[] {
  const entry = /(?:^|\.)plugins\.([\w.-]+)$/.exec(one.key)?.[1];
  if (entry !== undefined && !/pluginManagement/.test(one.key)) {
    if (/\bapply\s*\(?\s*false/.test(one.code)) return [];
    return pluginOf(entry, one, to);
  }
  if (one.key === 'apply' && /\bplugin\b/.test(one.code)) {
    const [id] = one.texts;
    return id === undefined ? [] : [{ id: LEGACY[id] ?? id, version: undefined }];
  }
  return [];
}

/** Ids from the time before plugins had versions in scripts. */
const LEGACY: Readonly<Record<string, string>> = {
  'spring-boot': 'org.springframework.boot',
  kotlin: 'org.jetbrains.kotlin.jvm',
};

function pluginOf(
  entry: string,
  one: Statement,
  { catalog }: To,
): readonly { id: string; version: string | undefined }[] {
  const [first, second] = one.texts;
  if (entry === 'id') return first === undefined ? [] : [{ id: first, version: second }];
  if (entry === 'kotlin')
    return first === undefined ? [] : [{ id: `org.jetbrains.kotlin.${first}`, version: second }];
  if (entry === 'alias') {
    const accessor = /libs\.plugins\.([\w.]+)/.exec(one.code)?.[1];
    const plugin = accessor === undefined ? undefined : catalog.plugin(accessor);
    return plugin === undefined ? [] : [plugin];
  }
  return SHORT.test(entry) ? [{ id: entry, version: undefined }] : [];
}

/** Artifacts of plugins on the classpath of scripts, by the plugin's id. */
const ARTIFACTS: Readonly<Record<string, string>> = {
  'org.springframework.boot:spring-boot-gradle-plugin': 'org.springframework.boot',
  'org.jetbrains.kotlin:kotlin-gradle-plugin': 'org.jetbrains.kotlin.jvm',
  'io.quarkus:quarkus-gradle-plugin': 'io.quarkus',
  'com.github.johnrengelman:shadow': 'com.github.johnrengelman.shadow',
  'gradle.plugin.com.github.johnrengelman:shadow': 'com.github.johnrengelman.shadow',
  'com.gradleup.shadow:shadow-gradle-plugin': 'com.gradleup.shadow',
  'io.micronaut.gradle:micronaut-gradle-plugin': 'io.micronaut.application',
};

/** Versions of plugins, wherever they stand. */
function versionsOf(all: readonly Statement[], to: To): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const one of all) {
    const entry = /(?:^|\.)plugins\.([\w.-]+)$/.exec(one.key)?.[1];
    for (const { id, version } of entry === undefined ? [] : pluginOf(entry, one, to))
      if (version !== undefined) found.set(id, version);
    if (/dependencies\.(?:classpath|implementation)$/.test(one.key))
      for (const text of coordinatesAt(one, to)) {
        const [group = '', name = '', version] = text.split(':');
        const id = ARTIFACTS[`${group}:${name}`];
        if (id !== undefined && version !== undefined) found.set(id, version);
      }
  }
  return found;
}

/** `group:name:version` of all libraries that a statement names. */
function coordinatesAt(one: Statement, { catalog }: To): readonly string[] {
  const accessors = [...one.code.matchAll(/\blibs\.([\w.]+)/g)].flatMap(([, name = '']) =>
    catalog.libraries(name.replace(/\.get$/, '')),
  );
  const map = /\bgroup\s*[:=]/.test(one.code)
    ? [one.texts.slice(0, 3).join(':')]
    : one.texts.flatMap((text) => (text?.includes(':') && !text.startsWith(':') ? [text] : []));
  const kotlin =
    /\bkotlin\s*\(/.test(one.code) && one.texts[0] !== undefined
      ? [`org.jetbrains.kotlin:kotlin-${one.texts[0]}`]
      : [];
  return [...accessors, ...map, ...kotlin];
}

function dependenciesAt(one: Statement, to: To): readonly Dependency[] {
  const configuration = one.key.split('.').at(-1) ?? '';
  return coordinatesAt(one, to).map((text) => {
    const [group = '', name = '', version, classifier] = text.split('@')[0]?.split(':') ?? [];
    return {
      classifier,
      id: `${group}:${name}`,
      version,
      scope: scopeOf(configuration),
      from: one.at.replace(/:\d+$/, ''),
    };
  });
}

function scopeOf(configuration: string): Dependency['scope'] {
  if (/^test|Test[A-Z]/.test(configuration)) return 'test';
  if (
    /^(?:compileOnly\w*|annotationProcessor|kapt|ksp|developmentOnly|providedCompile|providedRuntime|testAndDevelopmentOnly|classpath)$/.test(
      configuration,
    )
  )
    return 'provided';
  return configuration === 'runtimeOnly' ? 'runtime' : 'compile';
}

/** `project(":core")`, `projects.coreApi`. */
function projectsAt(one: Statement, { ids }: To): readonly string[] {
  const named = /\bproject\s*\(|\bproject\s*$/.test(one.code)
    ? one.texts.flatMap((text) => (text?.startsWith(':') ? [text] : []))
    : [];
  const plain = (id: string) =>
    id
      .replace(/^:/, '')
      .replace(/[-_:.]/g, '')
      .toLowerCase();
  const accessors = [...one.code.matchAll(/\bprojects\.([\w.]+)/g)].flatMap(
    ([, name = '']) => ids.find((id) => plain(id) === plain(name)) ?? [],
  );
  return [...named, ...accessors];
}

function numberOf(one: Statement, { names, catalog }: To): number | undefined {
  const [text] = one.texts;
  if (text !== undefined) return releaseOf(text);
  const literal = /(?:VERSION_|JVM_|\bof\s*\(|=|\(|^)\s*(1[._]\d|\d+)\b/.exec(one.code)?.[1];
  if (literal !== undefined) return releaseOf(literal);
  const accessor = /libs\.versions\.([\w.]+?)\.get\b/.exec(one.code)?.[1];
  const name = /(?:of\s*\(|=|\()\s*([A-Za-z_]\w*)\s*(?:\.\w+\(\))?\s*\)*\s*$/.exec(one.code)?.[1];
  const value =
    accessor !== undefined ? catalog.version(accessor) : name === undefined ? undefined : names(name);
  return value === undefined ? undefined : releaseOf(value);
}

function mainOf(all: readonly Statement[], names: Names): Found<string> | undefined {
  const keys = [
    /(?:^|\.)(?:bootJar|bootWar|springBoot)\.mainClass$/,
    /(?:^|\.)application\.mainClass(?:Name)?$|^mainClassName$|^project\.mainClassName$/,
    /(?:shadowJar|jar)\.manifest\.attributes$/,
  ];
  for (const key of keys)
    for (const one of all.filter((statement) => key.test(statement.key))) {
      const at = one.texts.indexOf('Main-Class');
      const text = key.source.includes('attributes')
        ? at < 0
          ? undefined
          : one.texts[at + 1]
        : (one.texts[0] ?? names(/([A-Za-z_]\w*)\s*\)?$/.exec(one.code)?.[1] ?? ''));
      if (text !== undefined && /^[\w.$]+$/.test(text)) return { value: text, from: one.at };
    }
  return undefined;
}
