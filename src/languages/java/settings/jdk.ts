import type { Catalog } from '../../../catalog/catalog.ts';
import { compare, GRADLE_NEEDS, GRADLE_RUNS_ON, LIMITS } from '../../../catalog/java-tools.ts';
import { UserError } from '../../../errors.ts';
import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { toolVersions } from '../../../kit/tool-versions.ts';
import { preferred } from '../../../plan/version.ts';
import type { Project } from '../../../project/project.ts';
import type { Build, Module } from '../evidence/build.ts';
import { releaseOf } from '../evidence/release.ts';

interface To {
  readonly project: Project;
  readonly build: Build;
  readonly module: Module;
  /** What serves an archive of servlets. */
  readonly server?: { readonly image: string; readonly least: number } | undefined;
  readonly catalog: Catalog;
  readonly today: string;
}

/** The highest of several demands, the first among equals. */
function most(all: readonly Found<number>[]): Found<number> | undefined {
  return all.reduce<Found<number> | undefined>(
    (top, one) => (top === undefined || one.value > top.value ? one : top),
    undefined,
  );
}

/** The version of the bytecode: what runs it is never older. */
export function bytecodeOf({ releases, toolchains }: Module): Found<number> | undefined {
  return most(releases) ?? most(toolchains);
}

/** Files of version managers and platforms that pin the JDK. */
function pinsOf(project: Project): readonly Found<number>[] {
  const line = (path: string, pattern: RegExp) => {
    const text = pattern.exec(project.read(path) ?? '')?.[1];
    return text === undefined ? [] : [{ value: text, from: path }];
  };
  const all = [
    ...line('.java-version', /^\s*(\S+)\s*$/m),
    ...line('.sdkmanrc', /^[^\S\n]*java\s*=\s*(\S+)/m),
    ...toolVersions(project, ['java']),
    ...line('system.properties', /^[^\S\n]*java\.runtime\.version\s*=\s*(\S+)/m),
  ];
  return all.flatMap(({ value, from }) => {
    // `temurin-21.0.5+11`, `21.0.5-tem`, `openjdk-17`
    const release = releaseOf(value.replace(/^[a-z][\w]*-(?:jre-|javafx-|musl-)*(?=\d)/i, ''));
    return release === undefined ? [] : [{ value: release, from: `${from} (${value})` }];
  });
}

interface Bound {
  readonly by: string;
  readonly least?: number;
  readonly most?: number;
  readonly builds: boolean;
}

/** Limits of what the build and the program use, by what is known of their versions. */
function limitsOf(module: Module): readonly Bound[] {
  const used = new Map<string, string>();
  for (const { id, version } of module.dependencies)
    if (version !== undefined && /^\d/.test(version)) used.set(id.split(':')[0] ?? id, version);
  for (const [id, version] of module.plugins)
    if (version !== undefined && /^\d/.test(version)) used.set(id.split(':')[0] ?? id, version);
  if (module.product !== undefined && 'version' in module.product && module.product.version !== undefined)
    used.set('org.springframework.boot', module.product.version);
  const found: Bound[] = [];
  for (const name of new Set(LIMITS.map(({ id }) => id))) {
    const [group, version] = [...used].find(([id]) => id === name || id.startsWith(`${name}.`)) ?? [];
    const row = LIMITS.find(
      ({ id, from }) => id === name && version !== undefined && compare(version, from) >= 0,
    );
    if (row !== undefined)
      found.push({
        by: `${group} ${version}`,
        ...(row.least === undefined ? {} : { least: row.least }),
        ...(row.most === undefined ? {} : { most: row.most }),
        builds: row.builds === true,
      });
  }
  return found;
}

/** The version of the JDK that runs the program: what is pinned, what its bytecode is for, else the newest that its tools take. */
export function findJdk(to: To): Found<string> | Tie<string> | Unusable | undefined {
  const { project, module, catalog } = to;
  const least = bytecodeOf(module);
  const known = catalog.java.map(({ version }) => Number(version));
  const newest = Math.max(...known);
  if (least !== undefined && least.value > newest)
    throw new UserError({
      kind: 'refused',
      message: `${least.from} demands Java ${least.value}, and the newest that an image has is ${newest}.`,
      fix: 'Lower it if the code allows that, or take a newer create-dockerfile.',
    });
  const pins = pinsOf(project);
  if (new Set(pins.map(({ value }) => value)).size > 1)
    return { tie: pins.map(({ value, from }) => ({ value: String(value), from })) };
  // what a parent that is fetched compiles for is not known, so the others say the least alone
  const compiled = module.unread === undefined ? most(module.releases) : undefined;
  const said = pins[0] ?? most(module.toolchains) ?? compiled;
  if (said === undefined) return undefined;
  if (least !== undefined && least.value > said.value)
    return {
      because: `${said.from} pins Java ${said.value}, but ${least.from} compiles for ${least.value}.`,
    };
  const server = to.server && { by: to.server.image, least: to.server.least, builds: false };
  const floor = [...limitsOf(module), ...(server === undefined ? [] : [server])].find(
    (one) => !one.builds && (one.least ?? 0) > said.value,
  );
  // bytecode for an older version runs on a newer one; Gradle refuses libraries that are newer than what it compiles for
  if (floor !== undefined && said === compiled && (to.build.tool === 'maven' || floor === server))
    return nextOf(
      to,
      floor.least ?? 0,
      `${floor.by}, for which Java ${said.value} (${said.from}) is too old`,
    );
  if (floor !== undefined)
    return {
      because: `${said.from} says Java ${said.value}, but ${floor.by} needs ${floor.least} at least.`,
    };
  if (known.includes(said.value)) return { value: String(said.value), from: said.from };
  return nextOf(to, said.value, `Java ${said.value} (${said.from}), which has no image`);
}

/** The long-term version that runs what no image is made for. */
function nextOf(to: To, least: number, what: string): Found<string> | undefined {
  const next = newestFor(to, least);
  return next === undefined ? undefined : { value: next, from: `the long-term version that runs ${what}` };
}

/** The long-term version that is at least one, and that everything takes. */
function newestFor({ catalog, today, module, build }: To, least: number): string | undefined {
  const limits = limitsOf(module);
  const all = preferred(catalog.java, today).map(({ version }) => Number(version));
  const runs = (jdk: number) =>
    jdk >= least &&
    limits.every((limit) => jdk >= (limit.least ?? 0) && jdk <= (limit.most ?? 99)) &&
    (build.tool !== 'gradle' || gradleTakes(build.wrapper?.version, jdk));
  const found = all.find(runs) ?? all.find((jdk) => jdk >= least);
  return found === undefined ? undefined : String(found);
}

/** What nothing says: the newest long-term version that its tools take. */
export function assumedJdk(to: To): Found<string> | undefined {
  const { unread } = to.module;
  const value = newestFor(to, bytecodeOf(to.module)?.value ?? 0);
  const why = unread === undefined ? '' : `: ${unread} is fetched, so what it compiles for is not read`;
  return value === undefined
    ? undefined
    : { value, from: `default, the newest long-term version that its tools take${why}` };
}

function gradleTakes(version: string | undefined, jdk: number): boolean {
  if (version === undefined) return true;
  const row = GRADLE_RUNS_ON.find((one) => compare(version, one.from) >= 0);
  const least = GRADLE_NEEDS.find((one) => compare(version, one.from) >= 0)?.jdk ?? 8;
  return jdk >= least && jdk <= (row?.jdk ?? 8);
}

/** The JDK that builds it: the one that runs it where its tools take that, else the nearest that they take. */
export function builderOf({ build, module, catalog }: To, runtime: string): string {
  const needs = Math.max(...limitsOf(module).map(({ least }) => least ?? 0), 0);
  const takes = (jdk: number) =>
    jdk >= needs && (build.tool !== 'gradle' || gradleTakes(build.wrapper?.version, jdk));
  if (takes(Number(runtime))) return runtime;
  const least = bytecodeOf(module)?.value ?? 0;
  const able = catalog.java
    .map(({ version }) => Number(version))
    .filter(takes)
    .sort((a, b) => a - b);
  const builder =
    able.find((jdk) => jdk >= Math.max(least, Number(runtime))) ??
    able.filter((jdk) => jdk >= least).at(-1) ??
    (module.toolchains.length > 0 ? able.at(-1) : undefined);
  if (builder === undefined)
    throw new UserError({
      kind: 'refused',
      message: `Gradle ${build.wrapper?.version} runs on no JDK that compiles for Java ${least} (${bytecodeOf(module)?.from}).`,
      fix: 'Raise the wrapper: ./gradlew wrapper --gradle-version latest',
    });
  return String(builder);
}

/** The toolchain that the build demands beside the JDK that runs the tool: nothing else would bring it. */
export function toolchainOf({ module, catalog }: To, builder: string): string | undefined {
  const wanted = most(module.toolchains)?.value;
  if (wanted === undefined || String(wanted) === builder) return undefined;
  return catalog.java.find(({ version }) => version === String(wanted))?.version;
}
