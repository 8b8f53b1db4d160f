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

/**
 * A health check in exec form that needs no shell and no curl: the runtime asks the program itself. Any answer below
 * 500 is healthy, for a 404 or a redirect comes from a server that works.
 */
export function healthOf(
  program: string,
  health: string,
  port: number,
  variable: string | undefined,
): readonly string[] | undefined {
  if (health === 'none') return undefined;
  const number = variable === undefined ? String(port) : `process.env.${variable}`;
  if (health === 'tcp') {
    return [
      program,
      '-e',
      `require('node:net').connect(${number},'127.0.0.1').on('connect',()=>process.exit(0)).on('error',()=>process.exit(1))`,
    ];
  }
  const url =
    variable === undefined
      ? `'http://127.0.0.1:${port}${health}'`
      : `'http://127.0.0.1:'+${number}+'${health}'`;
  return [
    program,
    '-e',
    `fetch(${url},{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))`,
  ];
}
