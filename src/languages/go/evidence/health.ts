import type { Found } from '../../../facts/language.ts';
import { isBelow } from './commands.ts';
import { type Sources, textsOf } from './sources.ts';

const PATH =
  /^(?:GET |HEAD )?(\/(?:[\w-]+\/){0,2}(?:healthz?|health-?check|livez|liveness|_health|-\/healthy|ping|readyz)(?:\/live)?)$/;
const OWN = /^(health-?check|health)$/;
/** A command by which the program asks itself: `case "healthcheck":`, cobra's `Use: "healthcheck"`. */
const COMMAND = /(?:\bcase\s+|os\.Args\[1\]\s*==\s*|\b(?:Use|Name):\s*)$/;
/** A flag by which it does: `flag.Bool("health", …)`, pflag's `BoolVarP(&ask, "health", "", …)`. */
const FLAG = /(?<!\w)\w*[fF]lags?(?:\(\))?\.Bool(?:Var)?P?\(\s*(?:&[\w.]+\s*,\s*)?$/;

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
export function isOwn(health: string): boolean {
  return /^-{0,2}health/.test(health);
}
