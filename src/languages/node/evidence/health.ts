import type { Found } from '../../../facts/language.ts';
import { type Match, type Sources, search } from './sources.ts';

const HEALTH =
  /['"`](\/(?:[\w-]+\/){0,2}(?:healthz?|health-?check|livez|liveness|_health|ping)(?:\/live)?)['"`]/g;
const NEST_HEALTH = /@Controller\(\s*['"]\/?((?:[\w-]+\/)?(?:healthz?|livez|ping))['"]\s*\)/g;

/** A path that answers for the program's health. Any answer below 500 will do, so a wrong prefix does no harm. */
export function findHealth(sources: Sources): Found<string> | undefined {
  const [match]: readonly Match[] = [...search(sources, HEALTH), ...search(sources, NEST_HEALTH)];
  const path = match?.groups[0];
  return match === undefined || path === undefined
    ? undefined
    : { value: path.replace(/^\/?/, '/'), from: match.at };
}
