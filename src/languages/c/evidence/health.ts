import type { Found } from '../../../facts/language.ts';
import type { TargetId } from '../../../plan/targets.ts';
import { type SourceFile, search } from './sources.ts';

const HEALTH =
  /"(\/(?:[\w-]+\/){0,2}(?:healthz?|health-?check|livez|readyz|liveness|_health|ping|status)(?:\/live)?)"/g;

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

/** The program that asks where there is no shell: compiled in the build stage, from the lines of the template. */
export const PROBE = '/usr/local/bin/health';

/** Who asks the program for its health, in exec form, and the words of the comment above. */
export function healthOf(
  target: TargetId,
  health: string,
  port: number,
): { readonly command: readonly string[]; readonly about: string } | undefined {
  if (health === 'none') return undefined;
  if (target === 'alpine') {
    const command =
      health === 'tcp'
        ? ['busybox', 'nc', '127.0.0.1', String(port), '-e', 'true']
        : ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${port}${health}`];
    return { command, about: 'BusyBox asks: it is in the image anyway' };
  }
  if (target === 'slim') {
    const open = `exec 3<>/dev/tcp/127.0.0.1/${port}`;
    const ask = `${open} && printf 'GET ${health} HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && ((status < 500))`;
    return {
      command: ['bash', '-c', health === 'tcp' ? open : ask],
      about: 'Bash asks: it is in the image anyway, and curl is not',
    };
  }
  const command = [PROBE, String(port), ...(health === 'tcp' ? [] : [health])];
  return { command, about: 'a program of a few lines asks, for there is no shell' };
}
