import { satisfies, validRange } from '@renovatebot/pep440';
import type { Catalog, Release } from '../../../catalog/catalog.ts';
import { CEILINGS, NEWEST_UNLOCKED, REMOVED } from '../../../catalog/python/ceilings.ts';
import { UserError } from '../../../errors.ts';
import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { toolVersions } from '../../../kit/tool-versions.ts';
import type { Platform } from '../../../plan/targets.ts';
import { supported } from '../../../plan/version.ts';
import { recordOf, textOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import type { Conda } from '../evidence/conda.ts';
import { isOlder } from '../evidence/fresh.ts';
import type { Locked } from '../evidence/lock.ts';
import { hasWheel, isNative, type Wheel } from '../evidence/wheels.ts';

interface Demand {
  readonly range: string;
  readonly from: string;
}

const minorOf = (version: string): number => Number(version.split('.')[1] ?? 0);

/** `3.13.2`, `python-3.13.2`, `cpython@3.13`, `>=3.12` → the minor, where it is one. */
function lineOf(text: string): string | undefined {
  return /^(?:c?python[-@ ]?)?(3\.\d+)(?:\.\d+)?(?:\+\w+)?$/.exec(text.trim())?.[1];
}

/** What pins one minor: version managers, runtime.txt of Heroku, the Pipfile, conda. */
function pinsOf({ project, conda }: Pick<VersionOf, 'project' | 'conda'>): readonly Found<string>[] {
  const first = (file: string) =>
    (project.read(file) ?? project.context.read(file))
      ?.split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '' && !line.startsWith('#'));
  const pipfile = recordOf(recordOf(project.parse('Pipfile')).requires);
  const all: readonly (readonly [string | undefined, string])[] = [
    [first('.python-version'), '.python-version'],
    [first('runtime.txt'), 'runtime.txt'],
    ...toolVersions(project, ['python']).map(({ value, from }) => [value, from] as const),
    [textOf(pipfile.python_full_version) ?? textOf(pipfile.python_version), 'Pipfile → requires'],
    [/^==\s*(\d+\.\d+)/.exec(conda?.python ?? '')?.[1], conda?.file ?? ''],
  ];
  return all.flatMap(([text, from]) => {
    if (text === undefined) return [];
    if (/^(?:python-)?2(\.|$)/.test(text)) throw ended(from, text);
    const line = lineOf(text);
    return line === undefined ? [] : [{ value: line, from }];
  });
}

function ended(from: string, text: string): UserError {
  return new UserError({
    kind: 'refused',
    message: `${from} says Python ${text.replace(/^python-/, '')}, which has had no fixes since 2020 and has no image that is rebuilt.`,
    fix: 'Bring the code to Python 3 (python3 -m lib2to3 or ruff shows what it takes), then run this again.',
  });
}

/** Whether some patch of a release line satisfies a range; alternatives are apart by `||`. */
function meets(release: Release, range: string): boolean {
  return range.split('||').some((one) => {
    const text = one.trim();
    return text === '' || (validRange(text) && satisfies(release.newest, text, { prereleases: true }));
  });
}

/** What keeps a package from a release line; one that only lacks a wheel can be compiled. */
interface Lack {
  readonly because: string;
  readonly compiles: boolean;
}

/** What keeps the packages from a release line. */
function lacksOf(
  packages: readonly Locked[],
  minor: string,
  platforms: readonly Platform[],
): readonly Lack[] {
  return packages.flatMap(({ name, version, wheels = [], source }): readonly Lack[] => {
    const fits = wheels.length > 0 && platforms.every((one) => hasWheel(wheels, minor, 'glibc', one));
    // a wheel for this very minor says more than a table
    if (fits && isNative(wheels)) return [];
    const ceiling = (CEILINGS[name] ?? []).find(({ before, minor: most }) => {
      const old = before === undefined || isOlder(version, before);
      return old && minorOf(minor) > minorOf(most);
    });
    // what has no wheel for any minor is compiled on each
    const without = platforms.filter(
      (one) => isNative(wheels) && !hasWheel(wheels, minor, 'glibc', one) && anyMinor(wheels, one),
    );
    if (without.length > 0) {
      const because = `${name} ${version ?? ''} has no wheel for Python ${minor}`.replace('  ', ' ');
      return [{ because, compiles: source !== false && ceiling === undefined }];
    }
    return ceiling === undefined ? [] : [{ because: ceiling.because, compiles: false }];
  });
}

/** A module that a release took away, and that nothing among the packages brings back. */
function gone(imports: ReadonlyMap<string, string>, minor: string): { readonly because: string } | undefined {
  for (const { from, modules } of REMOVED) {
    const name = minorOf(minor) >= minorOf(from) ? modules.find((one) => imports.has(one)) : undefined;
    if (name !== undefined)
      return { because: `${imports.get(name)} imports ${name}, which Python ${from} took away` };
  }
  return undefined;
}

function anyMinor(wheels: readonly Wheel[], platform: Platform): boolean {
  return ['3.15', '3.14', '3.13', '3.12', '3.11', '3.10', '3.9', '3.8'].some((minor) =>
    hasWheel(wheels, minor, 'glibc', platform),
  );
}

export interface VersionOf {
  readonly project: Project;
  readonly conda: Conda | undefined;
  readonly catalog: Catalog;
  readonly today: string;
  readonly demands: readonly Demand[];
  readonly packages: readonly Locked[];
  /** Whether the packages are all that is installed, each with its wheels. */
  readonly listed: boolean;
  /** Modules that the project imports and cannot do without, each with where. */
  readonly imports: ReadonlyMap<string, string>;
}

/** What an image is built for where nobody says otherwise; packages of few years ago often have wheels for the first alone. */
const PLATFORMS: readonly (readonly Platform[])[] = [['linux/amd64', 'linux/arm64'], ['linux/amd64']];

export function findPythonVersion(to: VersionOf): Found<string> | Tie<string> | Unusable | undefined {
  const { catalog, today, demands, packages } = to;
  for (const { range, from } of demands)
    if (/^[\s,]*(==|~=|<|<=)\s*2\b/.test(range)) throw ended(from, range);
  const pins = pinsOf(to);
  const lines = new Set(pins.map(({ value }) => value));
  if (lines.size > 1) return { tie: pins };
  const [pin] = pins;
  if (pin !== undefined) {
    const release = catalog.python.find(({ version }) => version === pin.value);
    if (release === undefined)
      return { because: `${pin.from} pins Python ${pin.value}, of which no image is rebuilt.` };
    const against = demands.find(({ range }) => !meets(release, range));
    if (against !== undefined)
      return {
        because: `${pin.from} pins Python ${pin.value}, but ${against.from} demands ${against.range}.`,
      };
    return pin;
  }
  const alive = catalog.python.filter((release) => supported(release, today));
  const fit = alive.filter((release) => demands.every(({ range }) => meets(release, range)));
  if (fit.length === 0 && demands.length > 0) {
    const all = demands.map(({ range, from }) => `${from} demands Python ${range}`).join(', and ');
    return {
      because: `${all}, and no release that still gets fixes does (${alive.map((r) => r.version).join(', ')}).`,
    };
  }
  return newestOf(fit, to, packages);
}

function newestOf(
  fit: readonly Release[],
  { demands, listed, imports }: VersionOf,
  packages: readonly Locked[],
): Found<string> | Unusable | undefined {
  const from = demands.map((demand) => demand.from).join(', ');
  // without a list of wheels nobody knows what the newest release lacks
  const known = listed
    ? fit
    : [
        ...fit.filter(({ version }) => minorOf(version) <= minorOf(NEWEST_UNLOCKED)),
        ...fit.filter(({ version }) => minorOf(version) > minorOf(NEWEST_UNLOCKED)).reverse(),
      ];
  let why: string | undefined;
  for (const platforms of PLATFORMS)
    for (const { version } of known) {
      const lack = lacksOf(packages, version, platforms)[0] ?? gone(imports, version);
      if (lack !== undefined) {
        why ??= lack.because;
        continue;
      }
      const because = why ?? from;
      if (because === '' && !listed) return undefined;
      return {
        value: version,
        from: because === '' ? 'the newest that its packages have wheels for' : because,
      };
    }
  if (why === undefined) return undefined;
  const fewest = compiledOn(known, packages, imports);
  return fewest === undefined
    ? { because: `${why}, and there is no older Python that the project allows.` }
    : { value: fewest, from: `${why}, nor have all for any other, and this one compiles fewest` };
}

/** The release on which fewest packages are compiled, the oldest of those; undefined: none can have them all. */
function compiledOn(
  known: readonly Release[],
  packages: readonly Locked[],
  imports: ReadonlyMap<string, string>,
): string | undefined {
  const all = known.flatMap(({ version }) => {
    const lacks = lacksOf(packages, version, ['linux/amd64']);
    const can = gone(imports, version) === undefined && lacks.every(({ compiles }) => compiles);
    return can ? [{ version, count: lacks.length }] : [];
  });
  return all.sort((a, b) => a.count - b.count || minorOf(a.version) - minorOf(b.version))[0]?.version;
}
