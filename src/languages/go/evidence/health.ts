import type { Found } from '../../../facts/language.ts';
import type { TargetId } from '../../../plan/targets.ts';
import { isBelow } from './commands.ts';
import { type Sources, textsOf } from './sources.ts';

const PATH =
  /^(?:GET |HEAD )?(\/(?:[\w-]+\/){0,2}(?:healthz?|health-?check|livez|liveness|_health|-\/healthy|ping|readyz)(?:\/live)?)$/;
const OWN = /^(health-?check|health)$/;
/** A command by which the program asks itself: `case "healthcheck":`, cobra's `Use: "healthcheck"`. */
const COMMAND = /(?:\bcase\s+|os\.Args\[1\]\s*==\s*|\b(?:Use|Name):\s*)$/;
/** A flag by which it does: `flag.Bool("health", …)`, pflag's `BoolVarP(&ask, "health", "", …)`. */
const FLAG = /\w*[fF]lags?(?:\(\))?\.Bool(?:Var)?P?\(\s*(?:&[\w.]+\s*,\s*)?$/;

/** How the program's health is asked for: by itself, by a path that answers for it; undefined: nothing says so. */
export function findHealth(sources: Sources): Found<string> | undefined {
  const own = textsOf(sources, OWN);
  const command = own.find((one) => COMMAND.test(one.before) && !isBelow(sources, one));
  if (command !== undefined) return { value: command.text, from: `its own command, ${command.at}` };
  const flag = own.find((one) => FLAG.test(one.before));
  if (flag !== undefined) return { value: `--${flag.text}`, from: `its own flag, ${flag.at}` };
  const [path] = textsOf(sources, PATH);
  return path && { value: PATH.exec(path.text)?.[1] ?? path.text, from: path.at };
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
