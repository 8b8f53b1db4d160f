import type { Found } from '../../../facts/language.ts';
import type { TargetId } from '../../../plan/targets.ts';
import { isBelow } from './commands.ts';
import { type Sources, search } from './sources.ts';

const HEALTH =
  /"(?:GET |HEAD )?(\/(?:[\w-]+\/){0,2}(?:healthz?|health-?check|livez|liveness|_health|-\/healthy|ping|readyz)(?:\/live)?)"/g;
/** A command or a flag by which the program asks itself: `case "healthcheck":`, cobra's `Use: "healthcheck"`. */
const OWN_COMMAND = /(?:\bcase\s+|os\.Args\[1\]\s*==\s*|\b(?:Use|Name):\s*)"(health-?check|health)"/g;
const OWN_FLAG = /\b\w*[fF]lag\w*\.Bool(?:Var)?P?\(\s*(?:&[\w.]+\s*,\s*)?"(health-?check|health)"/g;

/** How the program's health is asked for: by itself, by a path that answers for it; undefined: nothing says so. */
export function findHealth(sources: Sources): Found<string> | undefined {
  const command = search(sources, OWN_COMMAND).find((match) => !isBelow(sources, match));
  if (command?.groups[0] !== undefined)
    return { value: command.groups[0], from: `its own command, ${command.at}` };
  const [flag] = search(sources, OWN_FLAG);
  if (flag?.groups[0] !== undefined)
    return { value: `--${flag.groups[0]}`, from: `its own flag, ${flag.at}` };
  const [path] = search(sources, HEALTH);
  return path?.groups[0] === undefined ? undefined : { value: path.groups[0], from: path.at };
}

/** Whether a health is asked for by the program itself. */
function isOwn(health: string): boolean {
  return /^-{0,2}health/.test(health);
}

/** A health check in exec form, and who asks. */
interface Check {
  readonly asks: string;
  readonly command: readonly string[];
}

/**
 * A health check by what the image has: the program itself, BusyBox on Alpine, bash's own /dev/tcp on Debian.
 * Undefined: nothing can ask there, and a program that could would double the image.
 */
export function healthOf(target: TargetId, program: string, health: string, port: number): Check | undefined {
  if (health === 'none') return undefined;
  if (isOwn(health)) return { asks: 'the program asks itself', command: [program, health] };
  return CHECKS[target]?.(health, port);
}

const CHECKS: { readonly [Id in TargetId]: ((health: string, port: number) => Check) | undefined } = {
  // BusyBox's wget fails on a 4xx, so only a path that was found or given is asked for
  alpine: (health, port) => ({
    asks: 'BusyBox asks: nothing is installed for it',
    command:
      health === 'tcp'
        ? ['busybox', 'nc', '127.0.0.1', String(port), '-e', 'true']
        : ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${port}${health}`],
  }),
  slim: (health, port) => {
    const open = `exec 3<>/dev/tcp/127.0.0.1/${port}`;
    const ask = `printf 'GET %s HTTP/1.0\\r\\n\\r\\n' ${health} >&3 && read -r _ status _ <&3 && [[ $status < 500 ]]`;
    return {
      asks: 'bash asks: it opens connections by itself, so no curl is installed',
      command: ['bash', '-c', health === 'tcp' ? open : `${open} && ${ask}`],
    };
  },
  distroless: undefined,
  scratch: undefined,
};
