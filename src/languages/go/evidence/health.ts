import type { Found } from '../../../facts/language.ts';
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
export function isOwn(health: string): boolean {
  return /^-{0,2}health/.test(health);
}
