import type { Note } from '../../../../plan/plan.ts';
import { shellWord } from '../../../../plan/quote.ts';
import type { Platform, Target } from '../../../../plan/targets.ts';
import type { Locked } from './locked.ts';

/** A package for one platform that another package cannot do without. */
interface Variant {
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

/**
 * Installs the missing packages in the versions that the lock file names for them. As optional ones: npm leaves out what
 * is for another architecture than the machine's, or was never published for it.
 */
export function byName(missing: readonly Variant[], omit: string): readonly string[] {
  const names = [...new Set(missing.map(({ name, version }) => shellWord(`${name}@${version}`)))];
  return names.length === 0
    ? []
    : [`npm install --no-save --save-optional ${omit}--no-audit --no-fund ${names.join(' ')}`];
}

/** What the image's platforms lack is of the image; what only a builder of another architecture lacks fails only there. */
export function variantNote(
  lock: string | undefined,
  missing: readonly Variant[],
  here: readonly Variant[],
): readonly Note[] {
  const [first] = here.length > 0 ? here : missing;
  if (first === undefined) return [];
  const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
  return [
    {
      level: here.length > 0 ? 'warning' : 'info',
      text: `${lock} names only what the machine had that wrote it: it lacks ${first.name} of ${first.of}${more}${here.length > 0 ? '' : ', for a builder of another architecture'}, so the Dockerfile installs them by name.`,
      fix: 'Delete node_modules and the lock file, run npm install, and commit what it writes.',
    },
  ];
}
