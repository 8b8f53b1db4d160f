import { SECRET } from '../../../kit/env-file.ts';
import type { Bind } from '../../../kit/port.ts';
import type { Start } from './start/start.ts';
import { commandRun } from './start/start-commands.ts';

/** The variables of the image, beside those that its runtime and its packages need. */
export function environmentOf(
  needed: Readonly<Record<string, string>>,
  {
    start,
    bind,
    kept,
  }: {
    readonly start: Start;
    readonly bind: Bind | undefined;
    /** What points the program at folders that it may write to. */
    readonly kept: Readonly<Record<string, string>>;
  },
): Readonly<Record<string, string>> {
  return {
    ...needed,
    ...Object.fromEntries(
      Object.entries(start.env).filter(([name]) => !SECRET.test(name) && name !== 'NODE_ENV'),
    ),
    ...commandEnvironment(start.argv),
    ...kept,
    ...bind?.env,
  };
}

function commandEnvironment(argv: readonly string[]): Readonly<Record<string, string>> {
  const row = commandRun(argv);
  return row !== undefined && 'file' in row ? (row.env ?? {}) : {};
}
