import type { ImageRow } from '../../../catalog/catalog.ts';
import { PYTHON_PACKAGES } from '../../../catalog/system/python.ts';
import type { Offer, PlanTo } from '../../../facts/language.ts';
import { type Platform, TARGETS, type TargetId } from '../../../plan/targets.ts';
import { releaseOf } from '../../../plan/version.ts';
import type { Seen } from '../evidence/evidence.ts';
import type { PythonSettings } from '../settings/settings.ts';
import { type Native, nativeOf } from './native.ts';

export type To = Omit<PlanTo<PythonSettings, Seen>, 'target' | 'platforms'>;

export function imageOf({ catalog, settings }: To, target: TargetId): ImageRow {
  const release = releaseOf(catalog.python, settings.runtimeVersion.value);
  if (release === undefined) throw new Error(`no release line for ${settings.runtimeVersion.value}`);
  return release.images[target];
}

export function nativeFor(to: To, target: TargetId, platforms: readonly Platform[]): Native {
  const { seen, settings } = to;
  const { packages } = seen.lock(settings.packageManager.value, settings.extra.value);
  const { imports } = seen.program(settings.main.value);
  return nativeOf({ packages, imports, minor: settings.runtimeVersion.value, platforms }, TARGETS[target]);
}

/** The platforms of a target; none where a package is made for another libc, or needs what only a package manager brings. */
export function offersOf(target: TargetId, to: To): Offer {
  const row = imageOf(to, target);
  if ('none' in row) return row;
  const { libc, packages: manager } = TARGETS[target];
  const { packages } = to.seen.lock(to.settings.packageManager.value, to.settings.extra.value);
  const bound =
    libc === 'musl' ? packages.find(({ name }) => PYTHON_PACKAGES[name]?.none !== undefined) : undefined;
  if (bound !== undefined) return { none: `${bound.name} ${PYTHON_PACKAGES[bound.name]?.none?.musl}` };
  const usable = row.platforms.filter((platform) => nativeFor(to, target, [platform]).lacking === undefined);
  const { lacking, demands } = nativeFor(to, target, row.platforms.slice(0, 1));
  if (usable.length === 0)
    return { none: `${lacking?.name} is locked with neither a wheel for ${libc} nor its source` };
  if (manager === undefined && demands !== undefined)
    return {
      none: `${demands.name} needs packages of the system that nothing links to (${demands.packages.apt.join(', ')}), and ${target} has no package manager`,
    };
  return { platforms: usable };
}
