import type { Plan, Step } from '../../../../plan/plan.ts';
import type { Locked } from '../../evidence/lock/locked.ts';
import { differs } from '../../evidence/lock/native.ts';

/** One stage that installs packages: on which platform, with what, by which commands. */
export interface Installing {
  /** The result is the same for every platform, so it is made on the builder's own. */
  readonly portable: boolean;
  readonly packages: Plan['packages'];
  readonly install: Step;
}

/** What the package manager of an image installs. Debian 12 has not renamed its libraries for 64-bit times yet. */
export function packagesIn(image: string, { apk, apt }: Plan['packages']): Plan['packages'] {
  if (image.includes('alpine')) return { apk, apt: [] };
  return { apk: [], apt: image.includes('bookworm') ? apt.map((name) => name.replace(/t64$/, '')) : apt };
}

/** Whether an installation differs from platform to platform; what no lock file tells is taken to. */
export function isNative(
  dependencies: Readonly<Record<string, string>>,
  locked: readonly Locked[] | undefined,
): boolean {
  if (locked === undefined) return Object.keys(dependencies).length > 0;
  return locked.some((p) => p.native || p.script || p.helper !== undefined || differs(p));
}
