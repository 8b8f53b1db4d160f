import type { NativePackage } from '../../../../catalog/system/native/row.ts';
import { HELPERS, NATIVE_PACKAGES, TOOLCHAIN } from '../../../../catalog/system/native-packages.ts';
import { type PackageName, packagesFor, type SystemPackages } from '../../../../catalog/system/packages.ts';
import { type Sources, searchTexts } from '../../../../kit/sources.ts';
import type { Note } from '../../../../plan/plan.ts';
import * as semver from '../../../../plan/semver.ts';
import type { Platform, Target } from '../../../../plan/targets.ts';

import type { Locked } from './locked.ts';

/** One installed package with the row that is about its version. */
interface Known {
  readonly name: string;
  readonly row: NativePackage;
  readonly locked: Locked | undefined;
}

type Libc = Target['libc'];

/** What installed packages need of a platform. */
export interface Native {
  /** Packages that may be compiled, and what the stage that does so needs. */
  readonly compiled: readonly string[];
  /** Those, and packages that are nothing without what their script fetches. */
  readonly scripted: readonly string[];
  readonly toolchain: SystemPackages;
  /** What the image that ships needs. */
  readonly packages: SystemPackages;
  readonly env: Readonly<Record<string, string>>;
  readonly installEnv: Readonly<Record<string, string>>;
  /** The signal that ends a program where a package takes SIGTERM for itself. */
  readonly ends: { readonly on: string; readonly package: string } | undefined;
  /** Programs of packages that fetch more, once they are installed. */
  readonly fetches: readonly string[];
  /** A package with which the sources draw text. */
  readonly drawing: string | undefined;
  readonly notes: readonly Note[];
}

/** What is installed, by the lock file or else by package.json, and the sources that use it; undefined: not looked into. */
export interface Installed {
  readonly locked: readonly Locked[] | undefined;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly sources: Sources | undefined;
}

export function nativeOf(installed: Installed, libc: Libc, platforms: readonly Platform[]): Native {
  const known = knownOf(installed);
  const compiled = known.filter((k) => compiles(k.row, libc, platforms));
  const anywhere = known.flatMap(({ row }) => [row.loads, row.calls, fontsOf(row, installed.sources)]);
  const linked = compiled.filter(({ row }) => !ready(row, libc, platforms)).map(({ row }) => row.linked);
  const extra = compiled.filter(({ row }) => !ready(row, libc, platforms)).map(({ row }) => row.compiling);
  return {
    compiled: [...new Set(compiled.map(({ name }) => name))],
    scripted: [
      ...new Set(
        known
          .filter((k) => k.row.code === 'fetched' || (compiled.includes(k) && k.row.dispensable !== true))
          .map((k) => k.name),
      ),
    ],
    toolchain: packagesFor(
      compiled.length > 0 ? named([TOOLCHAIN, ...extra, ...known.map(({ row }) => row.gyp)]) : [],
      { libc },
      'build',
    ),
    packages: packagesFor(named([...anywhere, ...linked]), { libc }, 'run'),
    env: Object.assign({}, ...known.map(({ row }) => row.env?.[libc] ?? {})),
    installEnv: Object.assign({}, ...known.map(({ row }) => row.installEnv ?? {})),
    ends: known.flatMap(({ name, row }) => (row.endsOn ? [{ on: row.endsOn, package: name }] : []))[0],
    fetches: known.flatMap(({ row }) => row.fetch ?? []),
    drawing: known.find(({ row }) => fontsOf(row, installed.sources) !== undefined)?.name,
    notes: known.flatMap(({ name, row }) => noteOf(name, row, installed.sources)),
  };
}

/** Why the packages cannot run on a target, or the platforms on which they can. */
export function nativeOffer(
  installed: Installed,
  target: Target,
  platforms: readonly Platform[],
): { readonly none: string } | { readonly platforms: readonly Platform[] } {
  let left = platforms;
  for (const { name, row, locked } of knownOf(installed)) {
    const musl = target.libc === 'musl' && Object.keys(locked?.variants ?? {}).some((v) => /musl/.test(v));
    const why = musl ? undefined : row.none?.[target.libc];
    if (why !== undefined) return { none: `${name} ${why}` };
    const made = row.code === 'bundled' || row.code === 'fetched' ? row.made?.[target.libc] : undefined;
    const reasons = left.map((platform) => {
      if (made?.includes(platform) === false)
        return `is made for ${made.join(', ') || 'no platform of it'} only`;
      return target.packages === undefined ? bare(row, target, platform) : undefined;
    });
    const [reason] = reasons;
    left = left.filter((_, index) => reasons[index] === undefined);
    if (left.length === 0 && reason !== undefined) return { none: `${name} ${reason}` };
  }
  return { platforms: left };
}

/** What a package needs on a platform that an image without a package manager does not have. */
function bare(row: NativePackage, { id, libc }: Target, platform: Platform): string | undefined {
  if (row.needs !== undefined) return `needs ${row.needs}, and ${id} has none`;
  const [program] = row.calls ?? [];
  if (program !== undefined) return `calls programs of the system (${program}), and ${id} can install none`;
  const linked = compiles(row, libc, [platform]) && !ready(row, libc, [platform]) ? row.linked : undefined;
  const [library] = row.loads ?? linked ?? [];
  return library && `loads libraries of the system (${library}), and ${id} can install none`;
}

/** The packages that have a row, and those whose own dependencies give them away. */
function knownOf({ locked, dependencies, sources }: Installed): readonly Known[] {
  const all: readonly { name: string; version: string | undefined; locked: Locked | undefined }[] =
    locked?.map((p) => ({ name: p.name, version: p.version, locked: p })) ??
    Object.entries(dependencies)
      .filter(([name]) => Object.hasOwn(NATIVE_PACKAGES, name))
      .map(([name, range]) => ({ name, version: lowest(range), locked: undefined }));
  const names = new Set(all.map(({ name }) => name));
  const seen = new Set<string>();
  return all.flatMap(({ name, version, locked: entry }) => {
    const key = `${name}@${version}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const rows = Object.hasOwn(NATIVE_PACKAGES, name) ? NATIVE_PACKAGES[name] : undefined;
    if (rows !== undefined) {
      const row = rows.find((r) => fits(r, version, sources));
      return row === undefined || row.unless?.some((other) => names.has(other))
        ? []
        : [{ name, row, locked: entry }];
    }
    const helper = entry?.script === false ? undefined : entry?.helper;
    const code = helper === undefined || name in HELPERS ? undefined : HELPERS[helper];
    return code === undefined ? [] : [{ name, row: { code }, locked: entry }];
  });
}

function lowest(range: string): string | undefined {
  return semver.validRange(range) === null ? undefined : semver.minVersion(range)?.version;
}

function fits(row: NativePackage, version: string | undefined, sources: Sources | undefined): boolean {
  if (
    row.range !== undefined &&
    !(version !== undefined && semver.satisfies(version, row.range, { includePrerelease: true }))
  )
    return false;
  // what was not read may hold anything
  if (row.when === undefined || sources === undefined || sources.files.length === 0) return true;
  return searchTexts(sources, new RegExp(row.when, 'g')).length > 0;
}

/** Whether files are made for all of the platforms. */
function ready({ made }: NativePackage, libc: Libc, platforms: readonly Platform[]): boolean {
  return made !== undefined && platforms.every((platform) => made[libc].includes(platform));
}

function compiles(row: NativePackage, libc: Libc, platforms: readonly Platform[]): boolean {
  return (
    row.code === 'compiled' ||
    row.code === 'download' ||
    (row.code === 'prebuilt' && !ready(row, libc, platforms))
  );
}

function fontsOf({ fonts }: NativePackage, sources: Sources | undefined): readonly PackageName[] | undefined {
  if (fonts === undefined || sources === undefined) return undefined;
  return searchTexts(sources, new RegExp(fonts.when, 'g')).length > 0 ? fonts.names : undefined;
}

function noteOf(name: string, { note }: NativePackage, sources: Sources | undefined): readonly Note[] {
  if (note === undefined || sources === undefined) return [];
  if (note.unless !== undefined && searchTexts(sources, new RegExp(note.unless, 'g')).length > 0) return [];
  return [{ level: 'warning', text: `${name}: ${note.text}`, fix: note.fix }];
}

function named(lists: readonly (readonly PackageName[] | undefined)[]): readonly PackageName[] {
  return lists.flatMap((list) => list ?? []);
}

/** Whether a package has machine code, so that what is installed for one platform is for no other. */
export function differs(locked: Locked): boolean {
  return rowOf(locked)?.code !== undefined;
}

/** The versions of Node that a package compiles for and starts on; undefined: no row tells. */
export function worksWith(locked: Pick<Locked, 'name' | 'version'>): string | undefined {
  return rowOf(locked)?.node;
}

function rowOf({ name, version }: Pick<Locked, 'name' | 'version'>): NativePackage | undefined {
  const rows = Object.hasOwn(NATIVE_PACKAGES, name) ? NATIVE_PACKAGES[name] : undefined;
  return rows?.find((row) => fits(row, version, undefined));
}
