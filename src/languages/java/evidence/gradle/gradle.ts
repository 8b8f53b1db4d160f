import { posix } from 'node:path';
import { UserError } from '../../../../errors.ts';
import type { Source } from '../../../../kit/dialect.ts';
import { lineAt } from '../../../../kit/syntax.ts';
import type { Project } from '../../../../project/project.ts';
import { type Build, brokenScript, type Wrapper } from '../build.ts';
import { properties } from '../config.ts';
import { assertNoPasswords } from '../repositories.ts';
import { readCatalog } from './catalog.ts';
import { type Facts, factsOf } from './facts.ts';
import { moduleOf } from './modules.ts';
import { type Names, namesIn, openScript, type Statement, statementsOf } from './script.ts';

const SCRIPTS = ['build.gradle', 'build.gradle.kts'];

/** What may hold a password beside the scripts. */
const PROPERTIES = ['gradle.properties', 'local.properties', 'init.gradle', 'init.gradle.kts'];

/** The build of Gradle's scripts, as far as they are read: what they compute is not known. */
export function readGradle(project: Project): Build {
  const settings = ['settings.gradle', 'settings.gradle.kts'].find((path) => project.isFile(path));
  const settingsSource = settings === undefined ? undefined : openScript(project, settings);
  const folders = foldersOf(project, settingsSource);
  const scriptAt = (folder: string) =>
    SCRIPTS.map((name) => posix.join(folder, name)).find((path) => project.isFile(path));
  const root = scriptAt('.');
  const own = new Map(
    [...folders.values()].flatMap((folder) => {
      const path = scriptAt(folder);
      const source = path === undefined ? undefined : openScript(project, path);
      return source === undefined ? [] : [[folder, source] as const];
    }),
  );
  const conventions = conventionsOf(project);
  const catalog = readCatalog(project);
  const said = propertiesOf(project);
  const scripts = [
    ...(settingsSource === undefined ? [] : [settingsSource]),
    ...own.values(),
    ...conventions.values(),
  ];
  const given = namesIn(scripts);
  const names: Names = (name) =>
    (name === 'osdetector.classifier' ? 'host' : undefined) ??
    given.get(name) ??
    said.get(name) ??
    (/^libs\.versions\.([\w.]+?)(?:\.get\(\))?$/.exec(name)?.[1] === undefined
      ? undefined
      : catalog.version(/^libs\.versions\.([\w.]+?)(?:\.get\(\))?$/.exec(name)?.[1] ?? ''));
  const read = (source: Source | undefined) =>
    source === undefined ? [] : expand(project, statementsOf(source, names), names);
  const rootStatements = read(own.get('.'));
  const rootName = nameOf(read(settingsSource));
  const facts = new Map<string, Facts>();
  for (const [id, folder] of folders) {
    const statements =
      folder === '.'
        ? ownOf(rootStatements, id)
        : [...sharedOf(rootStatements, id), ...read(own.get(folder))];
    facts.set(
      id,
      factsOf({
        statements: applied(statements, conventions, read),
        versions: [...read(settingsSource), ...rootStatements],
        catalog,
        names,
        file: own.get(folder)?.path ?? root ?? settings ?? 'build.gradle',
        ids: [...folders.keys()],
      }),
    );
  }
  assertNoPasswords(project, [...scripts.map(({ path }) => path), ...PROPERTIES]);
  return {
    tool: 'gradle',
    file: root ?? settings ?? 'build.gradle',
    wrapper: wrapperOf(project),
    modules: [...folders].map(([id, folder]) =>
      moduleOf({ project, id, folder, rootName, facts, folders, daemon: daemonOf(project) }),
    ),
    manifests: [
      ...(settings === undefined ? [] : [settings]),
      ...[...own.values()].map(({ path }) => path),
      ...project.find([
        'gradle.properties',
        '*/gradle.properties',
        'gradle.lockfile',
        '*/gradle.lockfile',
        'buildscript-gradle.lockfile',
      ]),
      ...['gradle'].filter((folder) => project.isFolder(folder)),
    ],
    plugins: buildsOf(project),
    extensions: [],
    variables: [...new Set(scripts.flatMap(credentialsIn))],
    repositories: scripts.flatMap((source) =>
      source.strings
        .filter(
          ({ text, from }) =>
            /^https?:/.test(text) &&
            /\b(?:url|uri|setUrl|maven)\W*$/.test(source.code.slice(Math.max(0, from - 30), from)),
        )
        .map(({ text, from }) => ({ url: text, at: lineAt(source, from) })),
    ),
  };
}

/** Variables that passwords of repositories are read from; what is published is none of an image's. */
function credentialsIn(source: Source): readonly string[] {
  const { code, pairs } = source;
  const blocks = (pattern: RegExp) =>
    [...code.matchAll(pattern)].map(({ index, 0: text }) => ({
      from: index,
      to: pairs.get(index + text.length - 1) ?? index,
    }));
  const published = blocks(/\bpublishing\s*\{/g);
  return blocks(/\bcredentials\s*(?:\([^)]*\)\s*)?\{/g)
    .filter(({ from }) => !published.some((one) => from > one.from && from < one.to))
    .flatMap(({ from, to }) =>
      [...code.slice(from, to).matchAll(/\bSystem\.getenv\s*[([]\s*(?=["'])/g)].flatMap((match) => {
        const text = source.texts.get(from + match.index + match[0].length)?.text;
        return text !== undefined && /^[A-Za-z_]\w*$/.test(text) ? [text] : [];
      }),
    );
}

/** Builds whose plugins this one uses: their sources are read before anything is built. */
function buildsOf(project: Project): readonly string[] {
  const settings = ['settings.gradle', 'settings.gradle.kts']
    .map((path) => openScript(project, path))
    .find((one) => one);
  const included = [...(settings?.code ?? '').matchAll(/\bincludeBuild\s*\(?\s{0,200}(?=["'])/g)].flatMap(
    (match) => {
      const text = settings?.texts.get(match.index + match[0].length)?.text;
      return text === undefined || text.startsWith('..') ? [] : [posix.normalize(text)];
    },
  );
  return ['buildSrc', ...included].filter((folder) => project.isFolder(folder));
}

/** Paths of the build's projects, each with its folder. */
function foldersOf(project: Project, settings: Source | undefined): ReadonlyMap<string, string> {
  const folders = new Map([[':', '.']]);
  if (settings === undefined) return folders;
  for (const match of settings.code.matchAll(/(?<![\w.])include\b\s*\(?/g)) {
    const end = settings.code.slice(match.index).search(/\n(?!\s*["'])|\)/);
    const to = end < 0 ? settings.code.length : match.index + end;
    const dynamic = !/^\s*["'(]/.test(settings.code.slice(match.index + match[0].length - 1));
    for (const text of settings.strings.filter(
      (one) => one.from >= match.index && one.to <= to + 1 && one.parts === undefined,
    )) {
      const id = `:${text.text.replace(/^:/, '')}`;
      folders.set(id, id.slice(1).replaceAll(':', '/'));
    }
    // what a loop includes is what has a script
    if (dynamic)
      for (const path of project.find([
        '*/build.gradle',
        '*/build.gradle.kts',
        '*/*/build.gradle',
        '*/*/build.gradle.kts',
      ])) {
        const folder = posix.dirname(path);
        if (!/^(?:buildSrc|build-logic|gradle)(?:\/|$)/.test(folder))
          folders.set(`:${folder.replaceAll('/', ':')}`, folder);
      }
  }
  for (const match of settings.code.matchAll(/\bproject\s*\(\s*(?=["'])/g)) {
    const first = settings.texts.get(match.index + match[0].length);
    if (first === undefined) continue;
    const rest = settings.code.slice(first.to, first.to + 120);
    const second = settings.strings.find((one) => one.from >= first.to && one.from < first.to + 120);
    if (/^\s*\)\s*\.projectDir\s*=/.test(rest) && second?.parts === undefined && second !== undefined)
      folders.set(
        `:${first.text.replace(/^:/, '')}`,
        posix.normalize(second.text.replace(/^\$rootDir\//, '')),
      );
  }
  return folders;
}

/** The name of the build: where nothing says it, that of the folder in which it is built. */
function nameOf(settings: readonly Statement[]): string {
  return settings.find(({ key }) => key === 'rootProject.name')?.texts[0] ?? 'src';
}

/** Statements of the root for itself: not those that it hands to the others. */
function ownOf(statements: readonly Statement[], id: string): readonly Statement[] {
  return statements.flatMap((one) =>
    one.key === 'allprojects'
      ? lift(one)
      : /^(?:subprojects|configure|project)$/.test(one.key) && id === ':'
        ? []
        : [one],
  );
}

/** What the root says for all, or for one. */
function sharedOf(statements: readonly Statement[], id: string): readonly Statement[] {
  return statements.flatMap((one) => {
    if (one.key === 'allprojects' || one.key === 'subprojects') return lift(one);
    if (one.key === 'configure' && /subprojects|allprojects/.test(one.code)) return lift(one);
    return one.key === 'project' && one.texts[0] === id ? lift(one) : [];
  });
}

/** The statements of a block, as if they stood alone. */
function lift({ key, inner }: Statement): readonly Statement[] {
  const strip = (one: Statement): Statement => ({
    ...one,
    key: one.key.slice(key.length + 1),
    inner: one.inner.map(strip),
  });
  return inner.map(strip);
}

/** Scripts that are applied by their file: `apply from: 'gradle/java.gradle'`. */
function expand(
  project: Project,
  statements: readonly Statement[],
  names: Names,
  depth = 0,
): readonly Statement[] {
  return statements.flatMap((one) => {
    const path =
      one.key === 'apply' && /\bfrom\b/.test(one.code) ? one.texts[0]?.replace(/^\/+/, '') : undefined;
    const source = path === undefined || depth > 5 ? undefined : openScript(project, posix.normalize(path));
    return source === undefined ? [one] : expand(project, statementsOf(source, names), names, depth + 1);
  });
}

/** Plugins that are scripts of the project's own, by their ids. */
function conventionsOf(project: Project): ReadonlyMap<string, Source> {
  const files = buildsOf(project).flatMap((folder) =>
    project.find([
      `${folder}/src/main/{groovy,kotlin}/**/*.gradle{,.kts}`,
      `${folder}/*/src/main/{groovy,kotlin}/**/*.gradle{,.kts}`,
    ]),
  );
  return new Map(
    files.flatMap((path) => {
      const source = openScript(project, path);
      const prefix = /^package\s+([\w.]+)/m.exec(source?.code ?? '')?.[1];
      const name = posix.basename(path).replace(/\.gradle(\.kts)?$/, '');
      return source === undefined
        ? []
        : [[prefix === undefined ? name : `${prefix}.${name}`, source] as const];
    }),
  );
}

/** The statements with those of the conventions that they apply. */
function applied(
  statements: readonly Statement[],
  conventions: ReadonlyMap<string, Source>,
  read: (source: Source) => readonly Statement[],
): readonly Statement[] {
  const done = new Set<string>();
  const open = [...statements];
  const all: Statement[] = [];
  for (let one = open.shift(); one !== undefined; one = open.shift()) {
    all.push(one);
    for (const inner of [one, ...one.inner])
      for (const id of [...inner.texts, inner.key.split('.').at(-1)]) {
        const convention = id === undefined ? undefined : conventions.get(id);
        if (
          id === undefined ||
          convention === undefined ||
          done.has(id) ||
          !/^(?:plugins|apply)/.test(one.key)
        )
          continue;
        done.add(id);
        open.push(...read(convention));
      }
  }
  return all;
}

function propertiesOf(project: Project): ReadonlyMap<string, string> {
  return new Map(properties(project.read('gradle.properties') ?? '').map(([key, value]) => [key, value]));
}

/** gradle/gradle-daemon-jvm.properties: the JDK that runs Gradle itself. */
function daemonOf(project: Project): string | undefined {
  return /^[^\S\n]*toolchainVersion\s*=\s*(\d+)/m.exec(
    project.read('gradle/gradle-daemon-jvm.properties') ?? '',
  )?.[1];
}

function wrapperOf(project: Project): Wrapper | undefined {
  const file = 'gradle/wrapper/gradle-wrapper.properties';
  const text = project.read(file);
  if (text === undefined) return undefined;
  const url = properties(text).find(([key]) => key === 'distributionUrl')?.[1] ?? '';
  if (!/^https?:/.test(url))
    throw new UserError({
      kind: 'refused',
      message: `${file} takes Gradle from ${JSON.stringify(url)}, which is not in the build.`,
      fix: 'Let distributionUrl be one of https://services.gradle.org/distributions/.',
    });
  return {
    script: 'gradlew',
    version: /gradle-(\d[\w.-]{0,200}?)-(?:bin|all)/.exec(url)?.[1],
    files: ['gradlew'],
    broken:
      brokenScript(project, 'gradlew') ??
      (project.isFile('gradlew') && project.isFile('gradle/wrapper/gradle-wrapper.jar')
        ? undefined
        : 'cannot start without its jar'),
  };
}
