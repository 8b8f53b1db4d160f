import type { Found } from '../../../facts/language.ts';
import { healthPath } from '../../../kit/health-paths.ts';
import type { Sources } from '../../../kit/sources.ts';

/** Nest's controllers name their path without its first slash. */
const NEST = { before: /@Controller\s*\(\s*$/, path: /^\/?(?:[\w-]+\/)?(?:healthz?|livez|ping)$/ };

export function findHealth(sources: Sources): Found<string> | undefined {
  return healthPath(sources, NEST);
}
