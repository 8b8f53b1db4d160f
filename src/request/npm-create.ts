import { UserError } from '../errors.ts';

/** A flag as far as npm's own parser is concerned. */
export interface SwallowableFlag {
  readonly name: string;
  readonly takesValue: boolean;
}

/**
 * Flags that `npm create` must not be obeyed in when they are only seen through its configuration: a line of the
 * user's .npmrc looks the same, and this one replaces files.
 */
const NEVER = new Set(['force']);
/** Names that npm sets for purposes of its own. https://docs.npmjs.com/cli/v11/using-npm/config */
const NPMS_OWN = new Set(['include']);

/**
 * `npm create dockerfile --dry-run` without `--`: npm takes the flags for its own configuration and hands only the
 * words on. What is unambiguous is recovered from the environment (seen with npm 11.19: `--flag` sets
 * npm_config_flag=true, `--flag=value` sets the value, `--flag value` sets true and leaves the value among the words);
 * the rest is refused, for a flag's value would be taken for a folder.
 */
export function recoverFlags(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  flags: readonly SwallowableFlag[],
): { readonly argv: readonly string[]; readonly recovered: readonly string[] } {
  if (env.npm_command !== 'init') return { argv, recovered: [] };
  const recovered: string[] = [];
  const unclear: string[] = [];
  const isTyped = (name: string) =>
    argv.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  for (const { name, takesValue } of flags) {
    const value = env[`npm_config_${name.replaceAll('-', '_')}`];
    if (value === undefined || value === '' || isTyped(name) || NPMS_OWN.has(name)) continue;
    if (!takesValue && value === 'true') recovered.push(`--${name}`);
    else if (takesValue && value !== 'true') recovered.push(`--${name}=${value}`);
    else if (takesValue) unclear.push(`--${name}`);
  }
  if (env.npm_config_t === 'true') unclear.push('-t');
  if (env.npm_config_color === '' && !isTyped('no-color')) recovered.push('--no-color');
  const words = argv.filter((word) => !word.startsWith('-'));
  if (unclear.length > 0) throw new UserError({ kind: 'swallowed', flags: unclear, rest: words });
  return {
    argv: [...argv, ...recovered.filter((flag) => !NEVER.has(flag.slice(2)))],
    recovered,
  };
}
