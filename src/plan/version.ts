import type { Release } from '../catalog/catalog.ts';
import * as semver from './semver.ts';

/** Whether a release line, as the catalog knows it, satisfies a semver range. */
export function satisfies(release: Release, range: string): boolean {
  return semver.satisfies(release.newest, range);
}

/** Whether this text is a semver range at all (`lts/*` and `latest` are none). */
export function isRange(text: string): boolean {
  return semver.validRange(text) !== null;
}

/** `v22.11.0` → `22.11.0`; undefined when it is not one exact version. */
export function exact(text: string): string | undefined {
  return semver.valid(text.trim(), { loose: true }) ?? undefined;
}

export function supported(release: Release, today: string): boolean {
  return release.endOfLife >= today;
}

export function longTerm(release: Release, today: string): boolean {
  return release.lts !== undefined && release.lts <= today;
}

/**
 * The release lines in the order in which they are preferred: supported long-term ones, then supported others, then those
 * past their end of life; of equals the newest first, as the catalog has them.
 */
export function preferred<R extends Release>(releases: readonly R[], today: string): readonly R[] {
  const rank = (r: Release) => (!supported(r, today) ? 2 : longTerm(r, today) ? 0 : 1);
  return [...releases].sort((a, b) => rank(a) - rank(b));
}

/** The row of a version that was settled: `22` and `22.11.0` are both in line 22, `1.27.3` is in line 1.27. */
export function releaseOf<R extends Release>(releases: readonly R[], version: string): R | undefined {
  return releases.find((r) => version === r.version || version.startsWith(`${r.version}.`));
}
