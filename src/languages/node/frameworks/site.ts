import { posix } from 'node:path';
import { basePath, type option, type setting } from './config.ts';
import type { Hashed, Made } from './framework.ts';

/** A site whose output and base are settings that may be computed, which nobody can read. */
export function site(
  output: ReturnType<typeof setting>,
  base: ReturnType<typeof setting>,
  rest: { fallback?: string | undefined; hashed: readonly Hashed[]; below?: string },
): Made {
  if ('because' in output) return output;
  if ('because' in base) return base;
  const below = output.rooted ? '.' : (rest.below ?? '.');
  const folder = posix.normalize(posix.join(below, output.value)).replace(/\/$/, '');
  return {
    site: {
      output: folder,
      base: basePath(base.value),
      fallback: rest.fallback,
      hashed: rest.hashed,
    },
  };
}

/** An option as it stands there, whether it is a text or code. */
export function textOfOption(found: ReturnType<typeof option>): string | undefined {
  return found === undefined ? undefined : 'value' in found ? found.value : found.code;
}
