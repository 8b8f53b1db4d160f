import type { Platform, Target } from '../../targets.ts';
import type { Locked } from './locked.ts';

/** A package for one platform that another package cannot do without. */
export interface Variant {
  readonly name: string;
  readonly version: string;
  /** The package that loads it. */
  readonly of: string;
}

/** How the names of such packages call an architecture. */
const ARCHITECTURES: { readonly [P in Platform]: RegExp } = {
  'linux/amd64': /[-/](?:x64|x86_64|amd64)\b/,
  'linux/arm64': /[-/](?:arm64|aarch64)\b/,
  'linux/arm/v7': /[-/](?:arm|armv7\w*)\b(?!64)/,
  'linux/ppc64le': /[-/]ppc64(?:le)?\b/,
  'linux/s390x': /[-/]s390x\b/,
};

/**
 * What a package-lock.json that was made on another system lacks for Linux: npm writes the variants of the machine alone
 * when node_modules was there before the lock file. https://github.com/npm/cli/issues/4828
 */
export function missingVariants(
  locked: readonly Locked[],
  all: readonly Locked[],
  libc: Target['libc'],
  platforms: readonly Platform[],
): readonly Variant[] {
  const names = new Set(all.map(({ name }) => name));
  return locked.flatMap(({ name: of, variants }) => {
    // a name of any other form would be an option of npm
    const list = Object.entries(variants).filter(
      ([name, version]) => /^(@\w[\w.-]*\/)?\w[\w.-]*$/.test(name) && /^\d[\w.+-]*$/.test(version),
    );
    // one of many may never have been published; the bug leaves those of one machine
    if (list.filter(([name]) => names.has(name)).length * 2 > list.length) return [];
    const tagged = list.some(([name]) => /musl/.test(name));
    return list.flatMap(([name, version]) => {
      const musl = /musl/.test(name);
      const other = libc === 'musl' ? tagged && !musl : musl;
      const here = platforms.some((platform) => ARCHITECTURES[platform].test(name));
      return other || !here || names.has(name) ? [] : [{ name, version, of }];
    });
  });
}
