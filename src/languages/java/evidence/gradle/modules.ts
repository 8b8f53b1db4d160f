import { posix } from 'node:path';
import type { Unusable } from '../../../../facts/language.ts';
import { verbatim } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { bootLayout, type Frontend, GATHER, type Module, type Product } from '../build.ts';
import { frontendAt } from '../frontend.ts';
import type { Facts } from './facts.ts';

interface To {
  readonly project: Project;
  readonly id: string;
  readonly folder: string;
  readonly rootName: string;
  readonly facts: ReadonlyMap<string, Facts>;
  readonly folders: ReadonlyMap<string, string>;
  readonly daemon: string | undefined;
}

export function moduleOf(to: To): Module {
  const { id, folder, folders, daemon } = to;
  const own = factsAt(to, id);
  const needs = neededBy(to, id);
  const all = [own, ...needs.map((other) => factsAt(to, other))];
  return {
    folder,
    id,
    file: own.file,
    version: undefined,
    dependencies: all.flatMap(({ dependencies }) => dependencies),
    needs: needs.flatMap((other) => folders.get(other) ?? []),
    releases: all.flatMap(({ releases }) => releases),
    toolchains: [
      ...all.flatMap(({ toolchains }) => toolchains),
      ...(daemon === undefined
        ? []
        : [{ value: Number(daemon), from: 'gradle/gradle-daemon-jvm.properties' }]),
    ],
    plugins: own.plugins,
    product: productOf(to, own),
    main: own.main,
    options: own.options,
    vendor: own.vendor ?? all.flatMap(({ vendor }) => vendor ?? [])[0],
    frontend: frontendOf(to),
    sources: ['java', 'kotlin', 'groovy', 'scala'].map((language) =>
      posix.join(folder, `src/main/${language}`),
    ),
    resources: [folder, ...needs.flatMap((other) => folders.get(other) ?? [])].map((at) =>
      posix.join(at, 'src/main/resources'),
    ),
  };
}

/** The front end of the build: that of another project is called by its task, which no dependency names. */
function frontendOf({ project, facts, folders }: To): Frontend | undefined {
  const [found] = [...facts].flatMap(([id, { frontend }]) =>
    frontend === undefined ? [] : [{ id, frontend }],
  );
  if (found === undefined) return undefined;
  return frontendAt(project, { ...found.frontend, folder: folders.get(found.id) ?? '.' });
}

function factsAt({ facts }: To, id: string): Facts {
  const found = facts.get(id);
  if (found === undefined) throw new Error(`no project ${id}`);
  return found;
}

/** Projects that one needs, and those that they need. */
function neededBy(to: To, id: string): readonly string[] {
  const found = new Set<string>();
  const open = [id];
  for (let one = open.pop(); one !== undefined; one = open.pop())
    for (const other of factsAt(to, one).projects)
      if (to.facts.has(other) && other !== id && !found.has(other)) {
        found.add(other);
        open.push(other);
      }
  return [...found];
}

/** Plugins that make something that is started by nobody. */
const NOTHING: readonly (readonly [plugin: RegExp, because: string])[] = [
  [/^com\.android\.(?:application|library)$/, 'it is an app for Android'],
  [/^java-gradle-plugin$|^org\.gradle\.kotlin\.kotlin-dsl$/, 'it is a plugin of Gradle'],
  [
    /^org\.jetbrains\.kotlin\.(?:multiplatform|js)$/,
    'it compiles for more than the JVM, which is not read yet',
  ],
  [/^org\.openjfx\.javafxplugin$|^org\.beryx\.jlink$/, 'it is a program for the desktop'],
  [/^org\.jetbrains\.intellij/, 'it is a plugin of an IDE'],
];

/** What a plugin makes of a project, the first that is applied. */
const MAKERS: readonly {
  readonly plugin: RegExp;
  readonly make: (to: To, facts: Facts, version: string | undefined) => Product;
}[] = [
  {
    plugin: /^org\.springframework\.boot$/,
    make(to, facts, version) {
      const task = facts.plugins.has('war') ? 'bootWar' : 'bootJar';
      const flat = facts.said(/(?:^|\.)(?:bootJar|bootWar)\.layered\.enabled$/) === 'false';
      const path = archive(to, facts, task, task === 'bootWar' ? 'war' : 'jar');
      return {
        layout: bootLayout(version, flat),
        path,
        task,
        version,
        named: false,
        from: facts.file,
      };
    },
  },
  {
    plugin: /^io\.quarkus$/,
    make: (_, facts) => ({
      layout: 'quarkus',
      path: 'build/quarkus-app',
      task: 'quarkusBuild',
      named: false,
      from: facts.file,
    }),
  },
  {
    plugin: /^(?:application|io\.ktor\.plugin|io\.micronaut\.(?:minimal\.)?application)$/,
    make: (to, facts) => ({
      layout: 'lib',
      path: undefined,
      own: archive(to, facts, 'jar', 'jar')?.split('/').at(-1),
      task: 'installDist',
      named: true,
      from: facts.file,
    }),
  },
  {
    plugin: /^com\.(?:gradleup|github\.johnrengelman)\.shadow$/,
    make: (to, facts) => ({
      layout: 'fat',
      path: archive(to, facts, 'shadowJar', 'jar', '-all'),
      task: 'shadowJar',
      named: true,
      from: facts.file,
    }),
  },
  {
    plugin: /^war$/,
    make: (to, facts) => ({
      layout: 'war',
      path: archive(to, facts, 'war', 'war'),
      task: 'war',
      named: false,
      from: facts.file,
    }),
  },
];

function productOf(to: To, facts: Facts): Product | Unusable {
  const ids = [...facts.plugins.keys()];
  const nothing = NOTHING.find(([plugin]) => ids.some((id) => plugin.test(id)));
  if (nothing !== undefined) return { because: `${facts.file}: ${nothing[1]}` };
  for (const { plugin, make } of MAKERS) {
    const id = ids.find((one) => plugin.test(one));
    const off = id === 'org.springframework.boot' && facts.said(/(?:^|\.)bootJar\.enabled$/) === 'false';
    if (id !== undefined && !off) return make(to, facts, facts.plugins.get(id));
  }
  if (!ids.some((id) => /^(?:java|groovy|scala)$|^java-library$|^org\.jetbrains\.kotlin\.jvm$/.test(id)))
    return { because: `${facts.file} applies no plugin that makes a program` };
  const jar = archive(to, facts, 'jar', 'jar');
  // a jar task that takes its libraries apart into itself
  if (facts.mentions(/(?:^|\.)jar(?:\.|$)/, /zipTree/))
    return { layout: 'fat', path: jar, task: 'jar', named: true, from: facts.file };
  const libraries =
    facts.dependencies.some(({ scope }) => scope === 'compile' || scope === 'runtime') ||
    facts.projects.length > 0;
  if (libraries && facts.main !== undefined)
    return { layout: 'lib', path: jar, task: GATHER, named: true, from: facts.main.from };
  return libraries
    ? { because: `${facts.file} makes a library` }
    : { layout: 'fat', path: jar, task: 'jar', named: true, from: facts.file };
}

/** https://docs.gradle.org/current/dsl/org.gradle.api.tasks.bundling.AbstractArchiveTask.html: `base-version-classifier.ext`. */
function archive(
  { id, rootName }: To,
  facts: Facts,
  task: string,
  ending: string,
  suffix = '',
): string | undefined {
  const said = (key: string) => facts.said(new RegExp(`(?:^|\\.)${verbatim(task)}\\.${verbatim(key)}$`));
  const file = said('archiveFileName') ?? said('archiveName');
  if (file !== undefined) return file === 'unknown' ? undefined : `build/libs/${file}`;
  const base =
    said('archiveBaseName') ??
    said('baseName') ??
    facts.said(/(?:^|\.)(?:archivesName|archivesBaseName)$/) ??
    (id === ':' ? rootName : id.split(':').at(-1)) ??
    '';
  const version = said('archiveVersion') ?? facts.said(/^(?:project\.)?version$/) ?? '';
  const classifier = said('archiveClassifier') ?? said('classifier');
  if ([base, version, classifier].includes('unknown')) return undefined;
  const tail = classifier === undefined ? suffix : classifier === '' ? '' : `-${classifier}`;
  return `build/libs/${base}${version === '' ? '' : `-${version}`}${tail}.${ending}`;
}
