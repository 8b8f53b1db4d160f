import { compare, satisfies, validRange } from '@renovatebot/pep440';
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
import type { Locked } from '../evidence/lock.ts';
import { hasWheel, isNative } from '../evidence/wheels.ts';

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

/** Why a release line cannot install the packages on a platform; undefined: it can. */
function lacking(
  packages: readonly Locked[],
  minor: string,
  platforms: readonly Platform[],
): { readonly name: string; readonly because: string } | undefined {
  for (const one of packages) {
    const { name, version, wheels } = one;
    if (wheels !== undefined && wheels.length > 0) {
      // what has no wheel for any minor is compiled on each
      const everywhere = platforms.every((platform) => hasWheel(wheels, minor, 'glibc', platform));
      const elsewhere = isNative(wheels) && platforms.every((platform) => anyMinor(wheels, platform));
      if (!everywhere && elsewhere)
        return {
          name,
          because: `${name} ${version ?? ''} has no wheel for Python ${minor}`.replace('  ', ' '),
        };
      continue;
    }
    for (const { before, minor: most, because } of CEILINGS[name] ?? []) {
      const old = before === undefined || (version !== undefined && compare(version, before) < 0);
      if (old && minorOf(minor) > minorOf(most)) return { name, because };
    }
  }
  return undefined;
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

function anyMinor(wheels: readonly string[], platform: Platform): boolean {
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

const PLATFORMS: readonly Platform[] = ['linux/amd64'];

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
  for (const { version } of known) {
    const lack = lacking(packages, version, PLATFORMS) ?? gone(imports, version);
    if (lack === undefined) {
      const because = why ?? from;
      if (because === '' && !listed) return undefined;
      return {
        value: version,
        from: because === '' ? 'the newest that its packages have wheels for' : because,
      };
    }
    why ??= lack.because;
  }
  return why === undefined
    ? undefined
    : { because: `${why}, and there is no older Python that the project allows.` };
}
