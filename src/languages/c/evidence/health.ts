import type { Found } from '../../../facts/language.ts';
import { type SourceFile, search } from './sources.ts';

const HEALTH =
  /"(\/(?!proc\/|sys\/|dev\/)(?:[\w-]+\/){0,2}(?:healthz?|health-?check|livez|readyz|liveness|_health|ping|status)(?:\/live)?)"/g;

/** A path that answers for the program's health. */
export function findHealth(files: readonly SourceFile[]): Found<string> | undefined {
  // one that is named for it before one that answers anyway
  const [match] = [...search(files, HEALTH)].sort((a, b) => rank(a.groups[0]) - rank(b.groups[0]));
  const path = match?.groups[0];
  return match === undefined || path === undefined ? undefined : { value: path, from: match.at };
}

function rank(path = ''): number {
  return /ping|status/.test(path) ? 1 : 0;
}
