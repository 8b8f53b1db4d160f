import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { UserError } from '../../../../errors.ts';
import { isRecord, lineNumber, listOf, recordOf, table, textOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';

export interface PomDependency {
  readonly group: string;
  readonly artifact: string;
  readonly version: string | undefined;
  readonly scope: string | undefined;
  readonly type: string | undefined;
  readonly classifier: string | undefined;
  readonly systemPath: string | undefined;
  readonly optional: boolean;
}

export interface PomPlugin {
  /** `group:artifact`. */
  readonly id: string;
  readonly version: string | undefined;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly executions: readonly {
    readonly goals: readonly string[];
    readonly phase: string | undefined;
    readonly configuration: Readonly<Record<string, unknown>>;
  }[];
}

interface Reference {
  readonly group: string;
  readonly artifact: string;
  readonly version: string | undefined;
  /** Undefined: `../pom.xml`; empty: it is fetched. */
  readonly path: string | undefined;
}

/** One pom.xml as it stands there, with the profiles that are active by themselves. Nothing is put in for `${…}`. */
export interface Pom {
  readonly file: string;
  readonly parent: Reference | undefined;
  readonly group: string | undefined;
  readonly artifact: string;
  readonly version: string | undefined;
  readonly packaging: string | undefined;
  readonly properties: Readonly<Record<string, string>>;
  readonly modules: readonly string[];
  /** Modules of profiles that are not active by themselves: Maven may find one active that is not found here. */
  readonly others: readonly string[];
  readonly dependencies: readonly PomDependency[];
  readonly managed: readonly PomDependency[];
  readonly plugins: readonly PomPlugin[];
  readonly managedPlugins: readonly PomPlugin[];
  readonly finalName: string | undefined;
  readonly sources: string | undefined;
  readonly repositories: readonly { readonly url: string; readonly line: number }[];
}

const LISTS = new Set([
  'dependency',
  'plugin',
  'module',
  'subproject',
  'profile',
  'execution',
  'goal',
  'repository',
  'pluginRepository',
  'transformer',
  'arg',
  'compilerArg',
]);
const PARSER = new XMLParser({
  processEntities: false,
  parseTagValue: false,
  isArray: (name) => LISTS.has(String(name)),
});
/** A POM of this size is none. */
const LIMIT = 4 << 20;

/** A POM before its profiles are chosen: which are active depends on the module that is built. */
export interface Document {
  readonly pom: (isThere: (path: string) => boolean) => Pom;
}

/** Reads a POM; undefined: there is none. Refuses with file and line when it is malformed. */
export function readPom(project: Project, file: string): Document | undefined {
  const text = project.read(file, LIMIT);
  if (text === undefined) return undefined;
  const malformed = (line: number | undefined, reason: string) =>
    new UserError({ kind: 'malformed', path: file, line, reason });
  const doctype = text.search(/<!(?:DOCTYPE|ENTITY)/i);
  if (doctype >= 0) throw malformed(lineNumber(text, doctype), 'a POM has no document type and no entities');
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw malformed(valid.err.line, valid.err.msg.replace(/\.$/, ''));
  const root = parsed(text, malformed);
  if (!isRecord(root)) throw malformed(1, 'it has no <project>');
  const artifact = word(root.artifactId);
  if (artifact === undefined) throw malformed(undefined, 'it has no <artifactId>');
  const profiles = each(root.profiles, 'profile');
  const files = profiles.some((one) => isRecord(recordOf(one.activation).file));
  let only: Pom | undefined;
  return {
    pom(isThere) {
      if (files) return pomOf(file, text, root, artifact, profiles, activeOf(profiles, isThere));
      only ??= pomOf(file, text, root, artifact, profiles, activeOf(profiles, isThere));
      return only;
    },
  };
}

/** The parser refuses names that are not safe, and what is nested without end, in its own way. */
function parsed(text: string, malformed: (line: number | undefined, reason: string) => UserError): unknown {
  try {
    return (PARSER.parse(text) as Record<string, unknown>).project;
  } catch (error) {
    throw malformed(
      undefined,
      error instanceof Error ? error.message.slice(0, 200).replace(/\.$/, '') : 'it is no XML',
    );
  }
}

/** Profiles that nobody has to name: by a file or by a property that nobody gives, else by default. */
function activeOf(
  profiles: readonly Record<string, unknown>[],
  isThere: (path: string) => boolean,
): readonly Record<string, unknown>[] {
  const plain = (path: string) => path.replace(/^\$\{(?:project\.)?basedir\}\//, '');
  const byFile = profiles.filter((one) => {
    const { exists, missing } = recordOf(recordOf(one.activation).file);
    const [there, absent] = [word(exists), word(missing)];
    return (
      (there !== undefined && isThere(plain(there))) ||
      (absent !== undefined && !isThere(plain(absent))) ||
      isUngiven(word(recordOf(recordOf(one.activation).property).name))
    );
  });
  if (byFile.length > 0) return byFile;
  return profiles.filter((one) => word(recordOf(one.activation).activeByDefault) === 'true');
}

/** `!name`: active without the property. The build itself gives skipTests. */
function isUngiven(name: string | undefined): boolean {
  return name !== undefined && name.startsWith('!') && name !== '!skipTests';
}

function pomOf(
  file: string,
  text: string,
  root: Record<string, unknown>,
  artifact: string,
  profiles: readonly Record<string, unknown>[],
  active: readonly Record<string, unknown>[],
): Pom {
  const parts = [root, ...active];
  const all = (list: string, item: string) => parts.flatMap((part) => each(part[list], item));
  const builds = parts.map((part) => recordOf(part.build));
  return {
    file,
    parent: referenceOf(root.parent),
    group: word(root.groupId),
    artifact,
    version: word(root.version),
    packaging: word(root.packaging),
    properties: table(Object.assign({}, ...parts.map((part) => wordsOf(part.properties)))),
    modules: parts.flatMap(modulesOf),
    others: profiles.filter((one) => !active.includes(one)).flatMap(modulesOf),
    dependencies: all('dependencies', 'dependency').map(dependencyOf),
    managed: parts.flatMap((part) =>
      each(recordOf(part.dependencyManagement).dependencies, 'dependency').map(dependencyOf),
    ),
    plugins: builds.flatMap((build) => each(build.plugins, 'plugin').map(pluginOf)),
    managedPlugins: builds.flatMap((build) =>
      each(recordOf(build.pluginManagement).plugins, 'plugin').map(pluginOf),
    ),
    finalName: builds.map((build) => word(build.finalName)).find((name) => name !== undefined),
    sources: word(builds[0]?.sourceDirectory),
    repositories: [
      ...all('repositories', 'repository'),
      ...all('pluginRepositories', 'pluginRepository'),
    ].flatMap((one) => {
      const url = word(one.url);
      return url === undefined ? [] : [{ url, line: lineNumber(text, Math.max(0, text.indexOf(url))) }];
    }),
  };
}

function modulesOf(part: Readonly<Record<string, unknown>>): readonly string[] {
  return [...texts(recordOf(part.modules).module), ...texts(recordOf(part.subprojects).subproject)];
}

/** A text; the five entities of XML are put in, and no others. */
export function word(value: unknown): string | undefined {
  const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return textOf(value)?.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '');
}

export function texts(value: unknown): readonly string[] {
  return [value].flat().flatMap((one) => word(one) ?? []);
}

/** The records of a list inside an element: `<plugins><plugin>…`. */
export function each(value: unknown, item: string): readonly Record<string, unknown>[] {
  return listOf(recordOf(value)[item]).filter(isRecord);
}

function wordsOf(value: unknown): Record<string, string> {
  return table(
    Object.fromEntries(
      Object.entries(recordOf(value)).flatMap(([key, one]) => {
        const said = one === '' ? '' : word(one);
        return said === undefined ? [] : [[key, said]];
      }),
    ),
  );
}

function referenceOf(value: unknown): Reference | undefined {
  if (!isRecord(value)) return undefined;
  const path = value.relativePath;
  return {
    group: word(value.groupId) ?? '',
    artifact: word(value.artifactId) ?? '',
    version: word(value.version),
    path: path === undefined ? undefined : (word(path) ?? ''),
  };
}

function dependencyOf(one: Record<string, unknown>): PomDependency {
  return {
    group: word(one.groupId) ?? '',
    artifact: word(one.artifactId) ?? '',
    version: word(one.version),
    scope: word(one.scope),
    type: word(one.type),
    classifier: word(one.classifier),
    systemPath: word(one.systemPath),
    optional: word(one.optional) === 'true',
  };
}

function pluginOf(one: Record<string, unknown>): PomPlugin {
  return {
    id: `${word(one.groupId) ?? 'org.apache.maven.plugins'}:${word(one.artifactId) ?? ''}`,
    version: word(one.version),
    configuration: recordOf(one.configuration),
    executions: each(one.executions, 'execution').map((execution) => ({
      goals: texts(recordOf(execution.goals).goal),
      phase: word(execution.phase),
      configuration: recordOf(execution.configuration),
    })),
  };
}
