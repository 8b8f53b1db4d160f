import { posix } from 'node:path';
import { compare, PARENTS } from '../../../../catalog/java-tools.ts';
import { UserError } from '../../../../errors.ts';
import { isRecord, recordOf, table } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { type Document, type Pom, type PomDependency, type PomPlugin, readPom } from './pom.ts';

/** A POM with all that it inherits, `${…}` filled in. */
export interface Model {
  readonly pom: Pom;
  readonly folder: string;
  /** Itself, its parent in the project, that one's, … */
  readonly chain: readonly Pom[];
  /** `group:artifact` of the parent that is fetched, and its version. */
  readonly fetched: { readonly id: string; readonly version: string } | undefined;
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly packaging: string;
  readonly finalName: string;
  property(name: string): { readonly value: string; readonly from: string } | undefined;
  /** A text with its properties filled in; one that is unknown stays as it is. */
  fill(text: string): string;
  readonly dependencies: readonly PomDependency[];
  /** Plugins that run, each with what it inherits. */
  readonly plugins: ReadonlyMap<string, PomPlugin>;
}

/** All modules below a POM, and the POMs that they inherit from. Refuses a module or a parent that is not there. */
export function readModels(project: Project, root = 'pom.xml'): readonly Model[] {
  const documents = new Map<string, Document | undefined>();
  const get = (file: string, folder: string): Pom | undefined => {
    if (!documents.has(file)) documents.set(file, readPom(project, file));
    return documents.get(file)?.pom((path) => project.has(posix.join(folder, path)));
  };
  const models: Model[] = [];
  const open = [root];
  const seen = new Set<string>();
  for (let file = open.shift(); file !== undefined; file = open.shift()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const folder = posix.dirname(file);
    const pom = get(file, folder);
    if (pom === undefined) continue;
    models.push(modelOf(pom, (other) => get(other, folder)));
    for (const module of pom.modules) open.push(moduleFile(project, file, posix.join(folder, module)));
  }
  return models;
}

/** POMs of modules that another profile has: Maven refuses a module that is not there when it finds that one active. */
export function otherPoms(project: Project, models: readonly Model[]): readonly string[] {
  const found = new Set<string>();
  const add = ({ file, modules, others }: Pom, all: boolean): void => {
    for (const module of all ? [...modules, ...others] : others) {
      const path = posix.join(posix.dirname(file), module);
      const other = path.endsWith('.xml') ? path : posix.join(path, 'pom.xml');
      if (found.has(other) || path.startsWith('..') || !project.isFile(other)) continue;
      found.add(other);
      const pom = readPom(project, other)?.pom((name) => project.has(posix.join(path, name)));
      if (pom !== undefined) add(pom, true);
    }
  };
  for (const { pom } of models) add(pom, false);
  return [...found];
}

function moduleFile(project: Project, from: string, path: string): string {
  const file = path.endsWith('.xml') ? path : posix.join(path, 'pom.xml');
  if (project.isFile(file)) return file;
  const outside = path.startsWith('..');
  throw new UserError({
    kind: 'refused',
    message: `${from} has the module ${JSON.stringify(path)}, and there is no ${file}.`,
    fix: outside
      ? 'Run it in the folder that holds all modules.'
      : 'Check it out (it may be a submodule), or take it out of <modules>.',
  });
}

function modelOf(pom: Pom, get: (file: string) => Pom | undefined): Model {
  const chain = chainOf(pom, get);
  const last = chain.at(-1)?.parent;
  const lookup = (name: string): { value: string; from: string } | undefined => {
    for (const one of chain) {
      const value = one.properties[name];
      if (value !== undefined) return { value, from: `${one.file} → ${name}` };
    }
    const inherited = Object.hasOwn(brought, name) ? brought[name] : undefined;
    return inherited === undefined ? undefined : { value: inherited, from: `${fetched?.id} → ${name}` };
  };
  const fill = (text: string, deep = 0, left = { steps: 1000 }): string =>
    deep > 12 || left.steps <= 0
      ? text
      : text.replace(/\$\{([^${}]+)\}/g, (whole, name: string) => {
          // properties that name each other twice would grow without end
          const value = left.steps-- > 0 ? (own(name) ?? lookup(name)?.value) : undefined;
          return value === undefined ? whole : fill(value, deep + 1, left);
        });
  const first = <K extends 'group' | 'version'>(key: K): string =>
    pom[key] ?? chain.map((one) => one[key] ?? one.parent?.[key]).find((one) => one !== undefined) ?? '';
  const own = (name: string): string | undefined => {
    const key = name.replace(/^(?:project|pom)\./, '');
    if (key === name && !['artifactId', 'groupId', 'version'].includes(key)) return undefined;
    if (key === 'artifactId') return pom.artifact;
    if (key === 'groupId') return first('group');
    if (key === 'version') return first('version');
    if (key === 'name') return pom.artifact;
    if (key === 'parent.version') return pom.parent?.version;
    if (key === 'parent.groupId') return pom.parent?.group;
    if (key === 'packaging') return pom.packaging ?? 'jar';
    if (key === 'build.finalName') return finalName();
    return undefined;
  };
  const finalName = () =>
    [...chain, row].map((one) => one?.finalName).find((one) => one !== undefined) ??
    '${project.artifactId}-${project.version}';
  const fetched =
    last === undefined
      ? undefined
      : { id: `${last.group}:${last.artifact}`, version: fillFrom(chain, last.version ?? '') };
  const row = PARENTS[fetched?.id ?? '']?.find(
    ({ since }) => compare(fetched?.version ?? '', String(since)) >= 0,
  );
  const brought = row?.properties ?? {};
  const filled = (text: string) => fill(text);
  return {
    pom,
    folder: posix.dirname(pom.file),
    chain,
    fetched,
    group: filled(first('group')),
    artifact: pom.artifact,
    version: filled(first('version')),
    packaging: filled(pom.packaging ?? 'jar').replace(/^\$\{packaging\}$/, 'jar'),
    finalName: filled(finalName()),
    property(name) {
      const found = lookup(name);
      return found && { value: fill(found.value), from: found.from };
    },
    fill: filled,
    dependencies: dependenciesOf(chain, filled),
    plugins: pluginsOf(chain, filled, runsOf(row, chain, filled)),
  };
}

/** The plugins that a fetched parent runs, where the one that makes it run them is there. */
function runsOf(
  row: { readonly runs?: readonly string[]; readonly runsWith?: string } | undefined,
  chain: readonly Pom[],
  fill: (text: string) => string,
): readonly string[] {
  const named = row?.runsWith === undefined || pluginsOf(chain, fill, []).has(row.runsWith);
  return named ? (row?.runs ?? []) : [];
}

/** Properties of the chain alone: the version of a fetched parent can depend on nothing else. */
function fillFrom(chain: readonly Pom[], text: string): string {
  return text.replace(/\$\{([^${}]+)\}/g, (whole, name: string) => {
    for (const one of chain) if (one.properties[name] !== undefined) return one.properties[name] ?? '';
    return whole;
  });
}

function chainOf(pom: Pom, get: (file: string) => Pom | undefined): readonly Pom[] {
  const chain = [pom];
  for (let one = pom; one.parent !== undefined && chain.length < 20; ) {
    const { parent } = one;
    if (parent.path === '') break;
    const path = posix.join(posix.dirname(one.file), parent.path ?? '../pom.xml');
    const file = path.endsWith('.xml') ? path : posix.join(path, 'pom.xml');
    const next = file.startsWith('..') ? undefined : get(file);
    // what lies there by chance is not it
    const it = next !== undefined && next.artifact === parent.artifact;
    // one that is no release, or from which a module takes all that names it, is in no repository
    const local = /-SNAPSHOT$/.test(parent.version ?? '') || (one.group ?? one.version) === undefined;
    if (!it && (parent.path !== undefined || (file.startsWith('..') && local)))
      throw noParent(one, parent.path ?? file);
    if (!it || next === undefined) break;
    if (chain.includes(next)) throw noParent(one, file);
    chain.push(next);
    one = next;
  }
  return chain;
}

function noParent(pom: Pom, path: string): UserError {
  return new UserError({
    kind: 'refused',
    message: `${pom.file} inherits from ${path}, which is not in this folder.`,
    fix: path.startsWith('..')
      ? `Run it in the folder of that POM: create-dockerfile ${path.replace(/\/?[^/]{0,200}\.xml$/, '') || '..'} --module ${pom.artifact}`
      : 'Correct <relativePath>, or leave it empty to have the parent fetched.',
  });
}

function dependenciesOf(chain: readonly Pom[], fill: (text: string) => string): readonly PomDependency[] {
  const managed = new Map<string, PomDependency>();
  for (const pom of chain)
    for (const one of pom.managed) {
      const key = `${fill(one.group)}:${fill(one.artifact)}`;
      if (!managed.has(key)) managed.set(key, one);
    }
  return chain
    .flatMap((pom) => pom.dependencies)
    .map((one) => {
      const [group, artifact] = [fill(one.group), fill(one.artifact)];
      const base = managed.get(`${group}:${artifact}`);
      const version = one.version ?? base?.version;
      return {
        ...one,
        group,
        artifact,
        version: version === undefined ? undefined : fill(version),
        scope: one.scope ?? base?.scope,
      };
    });
}

/** BOMs that are imported, by `group:artifact`. */
export function importsOf({ chain, fill }: Model): ReadonlyMap<string, string> {
  const found = chain.flatMap((pom) => pom.managed.filter((one) => one.scope === 'import'));
  return new Map(found.map((one) => [`${fill(one.group)}:${fill(one.artifact)}`, fill(one.version ?? '')]));
}

function pluginsOf(
  chain: readonly Pom[],
  fill: (text: string) => string,
  runs: readonly string[],
): ReadonlyMap<string, PomPlugin> {
  const managed = new Set(chain.flatMap((pom) => pom.managedPlugins.map(({ id }) => fill(id))));
  const ids = new Set([
    ...chain.flatMap((pom) => pom.plugins.map(({ id }) => fill(id))),
    ...LIFECYCLE.filter((id) => managed.has(id)),
  ]);
  const merged = [...ids].map((id) => {
    const named = (list: readonly PomPlugin[]) => list.filter((one) => fill(one.id) === id);
    const all = [
      ...chain.flatMap((pom) => named(pom.plugins)),
      ...chain.flatMap((pom) => named(pom.managedPlugins)),
    ];
    const version = all.map((one) => one.version).find((one) => one !== undefined);
    return {
      id,
      version: version === undefined ? undefined : fill(version),
      configuration: all.reduceRight<Record<string, unknown>>(
        (low, one) => merge(low, one.configuration),
        {},
      ),
      executions: [
        ...all.flatMap((one) => one.executions),
        ...(runs.includes(id) ? [{ goals: [GOALS[id] ?? ''], phase: undefined, configuration: {} }] : []),
      ],
    };
  });
  const more = runs
    .filter((id) => !ids.has(id) && !id.startsWith('org.springframework.boot'))
    .map((id) => ({
      id,
      version: undefined,
      configuration: {},
      executions: [{ goals: [GOALS[id] ?? ''], phase: undefined, configuration: {} }],
    }));
  return new Map([...merged, ...more].map((plugin) => [plugin.id, plugin]));
}

/** Plugins that run without being named: what is managed for them holds. */
const LIFECYCLE = ['compiler', 'jar', 'war'].map((name) => `org.apache.maven.plugins:maven-${name}-plugin`);

/** The goal that a parent runs. */
const GOALS: Readonly<Record<string, string>> = table({
  'org.springframework.boot:spring-boot-maven-plugin': 'repackage',
  'org.apache.maven.plugins:maven-shade-plugin': 'shade',
});

function merge(
  low: Readonly<Record<string, unknown>>,
  high: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...low };
  for (const [key, value] of Object.entries(high))
    merged[key] = isRecord(value) && isRecord(low[key]) ? merge(recordOf(low[key]), value) : value;
  return merged;
}
