import type { SystemPackages } from '../../../catalog/system/packages.ts';
import { COMPILERS, PYTHON_PACKAGES } from '../../../catalog/system/python.ts';
import type { Platform, Target } from '../../../plan/targets.ts';
import type { Locked } from '../evidence/lock.ts';
import { hasWheel, isNative, type Libc } from '../evidence/wheels.ts';

/** What the packages need of the system, where they are installed and where they run. */
export interface Native {
  readonly build: SystemPackages;
  readonly runtime: SystemPackages;
  /** Packages that are compiled, for lack of a wheel. */
  readonly compiled: readonly string[];
  /** The platforms for which they are, where that is not each of those asked for. */
  readonly compiledFor: readonly Platform[];
  /** Compiled ones whose libraries are found by what links to them. */
  readonly links: boolean;
  /** What needs a package of the system that nothing links to: no image without a package manager has it. */
  readonly demands: { readonly name: string; readonly packages: SystemPackages } | undefined;
  /** Locked packages that have neither a wheel nor their source for a platform. */
  readonly lacking: { readonly name: string; readonly platform: Platform } | undefined;
}

interface Of {
  readonly packages: readonly Locked[];
  readonly imports: ReadonlySet<string>;
  readonly minor: string;
  readonly platforms: readonly Platform[];
}

/** Whether a package is compiled; undefined: it comes as a wheel, or holds no machine code. */
function compiles(one: Locked, libc: Libc, { minor, platforms }: Of): boolean {
  const row = PYTHON_PACKAGES[one.name];
  const known = row?.compiling !== undefined || row?.compiler !== undefined;
  if (one.url !== undefined && !one.url.endsWith('.whl')) return known;
  if (one.wheels === undefined)
    return row?.wheels === 'none' || (row?.wheels === 'glibc' && libc === 'musl' && known);
  if (one.wheels.length === 0) return known;
  return isNative(one.wheels) && !platforms.every((p) => hasWheel(one.wheels ?? [], minor, libc, p));
}

export function nativeOf(of: Of, { libc }: Pick<Target, 'libc'>): Native {
  const names = new Set(of.packages.map(({ name }) => name));
  const build: SystemPackages[] = [];
  const runtime: SystemPackages[] = [];
  const compiled: string[] = [];
  const compiledFor = new Set<Platform>();
  let links = false;
  let demands: Native['demands'];
  let lacking: Native['lacking'];
  for (const one of of.packages) {
    const row = PYTHON_PACKAGES[one.name];
    const missing = of.platforms.find(
      (p) => one.wheels !== undefined && one.wheels.length > 0 && !hasWheel(one.wheels, of.minor, libc, p),
    );
    if (missing !== undefined && one.source === false) lacking ??= { name: one.name, platform: missing };
    if (/^(git|hg|svn)\+/.test(one.url ?? '')) build.push({ apk: ['git'], apt: ['git'] });
    if (compiles(one, libc, of)) {
      compiled.push(one.name);
      for (const platform of of.platforms)
        if (compiles(one, libc, { ...of, platforms: [platform] })) compiledFor.add(platform);
      build.push(COMPILERS[row?.compiler ?? 'c'], row?.compiling ?? { apk: [], apt: [] });
      if (row?.linked !== undefined) {
        runtime.push(row.linked);
        links = true;
      }
    }
    if (row?.unless?.some((name) => names.has(name))) continue;
    const called = row?.calls !== undefined && of.imports.has(row.calls.module) ? row.calls : undefined;
    for (const packages of [row?.loads, called, libc === 'musl' ? row?.musl : undefined]) {
      if (packages === undefined) continue;
      runtime.push(packages);
      demands ??= { name: one.name, packages };
    }
  }
  return {
    build: joined(build),
    runtime: joined(runtime),
    compiled,
    compiledFor: compiledFor.size === of.platforms.length ? [] : [...compiledFor],
    ...{ links, demands, lacking },
  };
}

function joined(lists: readonly SystemPackages[]): SystemPackages {
  const of = (key: keyof SystemPackages) => [...new Set(lists.flatMap((list) => list[key]))].sort();
  return { apk: of('apk'), apt: of('apt') };
}
