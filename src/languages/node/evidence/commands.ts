import { parse } from 'shell-quote';
import { isRecord } from '../../../project/data.ts';

/** One simple command of a script: what is set before it, and its words. */
export interface Command {
  readonly env: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

/** A script as commands joined by `&&`, or what in it needs a shell. */
export type Script = { readonly commands: readonly Command[] } | { readonly shell: string };

/** What a shell puts in for a variable that nobody set: `${PORT:-3000}`. */
const DEFAULTED = /\$\{\w+:?[-=]([\w.:/-]*)\}/g;

/**
 * Splits a package.json script. Nothing is expanded but a default that is written there: a variable, a pipe or a glob
 * needs a shell, and is named.
 */
export function splitScript(script: string): Script {
  const text = script.replace(DEFAULTED, '$1');
  if (/[\n\r\0\u2028\u2029`]/.test(text)) return { shell: 'a line break or a command substitution' };
  const commands: Command[] = [];
  let words: string[] = [];
  const tokens = tokensOf(text);
  if (tokens === undefined) return { shell: 'a substitution that cannot be read' };
  for (const token of tokens) {
    if (typeof token === 'string') words.push(token);
    else if ('op' in token && token.op === '&&') {
      commands.push(command(words));
      words = [];
    } else if ('op' in token && token.op === 'glob' && 'pattern' in token) words.push(token.pattern);
    else return { shell: isRecord(token) && 'op' in token ? String(token.op) : 'a comment' };
  }
  commands.push(command(words));
  return { commands: commands.filter((c) => c.words.length > 0) };
}

/**
 * The commands of a script that a shell runs in the build anyway, as far as they can be told apart: what a variable holds
 * stays unknown, and whether a command runs at all does too.
 */
export function roughCommands(text: string): readonly Command[] {
  const split = splitScript(text);
  if ('commands' in split) return split.commands;
  const parts = text.split(/&&|\|\||[;|&\n]/);
  return parts.flatMap((part) => {
    const words = part.trim().match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
    const plain = command(words.map((word) => word.replace(/^(['"])(.*)\1$/s, '$2')));
    return plain.words.length > 0 ? [plain] : [];
  });
}

function tokensOf(text: string): ReturnType<typeof parse> | undefined {
  try {
    return parse(text, (name) => ({ op: `$${name}` }) as unknown as string);
  } catch {
    return undefined;
  }
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;
/** Commands that only set the environment for the command behind them. */
const ENVIRONMENTS = new Set(['cross-env', 'cross-env-shell', 'env', 'exec']);

/** Commands that read an .env file for the command behind them, and their options that take a word. */
const ENV_FILES: { readonly [program: string]: RegExp } = {
  // https://github.com/entropitor/dotenv-cli
  dotenv: /^-[efpv]$/,
  // https://github.com/toddbluhm/env-cmd
  'env-cmd': /^-[efr]$|^--(?:file|environments|rc-file)$/,
};

/** The image has no .env file: its variables come with `docker run`. */
function withoutEnvFile(words: readonly string[]): readonly string[] {
  const takes = ENV_FILES[words[0] ?? ''];
  if (takes === undefined) return words;
  let index = 1;
  for (let word = words[index]; word?.startsWith('-') && word !== '--'; word = words[index])
    index += takes.test(word) ? 2 : 1;
  return words.slice(words[index] === '--' ? index + 1 : index);
}

function command(tokens: readonly string[]): Command {
  const env: Record<string, string> = {};
  const words = [...withoutEnvFile(tokens)];
  for (let first = words[0]; first !== undefined; first = words[0]) {
    const [, name, value] = ASSIGNMENT.exec(first) ?? [];
    if (name !== undefined && value !== undefined) env[name] = value;
    else if (!ENVIRONMENTS.has(first)) break;
    words.shift();
  }
  return { env, words };
}

/** The script that a command runs through a package manager: `npm run build`, `yarn build`, `pnpm start`. */
export function scriptRun(
  words: readonly string[],
  scripts: Readonly<Record<string, string>>,
): string | undefined {
  const [head = '', ...rest] = words;
  const plain = rest.filter((word) => !word.startsWith('-'));
  const [verb = '', name = ''] = plain;
  if (head === 'node') return rest[0] === '--run' ? rest[1] : undefined;
  if (!['npm', 'pnpm', 'yarn', 'bun'].includes(head)) return undefined;
  if (['run', 'run-script', 'rum'].includes(verb)) return name in scripts ? name : undefined;
  if (head === 'bun' && /[./]/.test(verb)) return undefined;
  return verb in scripts && (head !== 'npm' || ['start', 'test', 'stop'].includes(verb)) ? verb : undefined;
}

/** What Yarn and pnpm do themselves: any other word is a script, else the program of a package. */
const OWN_COMMANDS =
  /^(-.*|install|i|ci|add|remove|run|exec|dlx|create|workspaces?|start|test|pack|publish|set|config|why|store|rebuild|prune|deploy|import|link|node|plugin)$/;

/** Without `npx`, `yarn exec`, `pnpm exec`, `bunx`, `pnpm tsc`, which only find the program. */
export function withoutFinder(
  words: readonly string[],
  scripts: Readonly<Record<string, string>> = {},
): readonly string[] {
  const [head = '', next = ''] = words;
  // a script that only sets the environment runs what is typed behind its name: `pnpm with-env next start`
  const script = scriptRun(words, scripts);
  const split = script === undefined ? undefined : splitScript(scripts[script] ?? '');
  if (script !== undefined && split !== undefined && 'commands' in split && split.commands.length === 0)
    return withoutFinder(
      words.slice(words.indexOf(script) + 1).filter((word, index) => index > 0 || word !== '--'),
      scripts,
    );
  if (head === 'npx' || head === 'bunx') return words.slice(1).filter((w, i) => i > 0 || !w.startsWith('-'));
  if (['yarn', 'pnpm', 'npm'].includes(head) && ['exec', 'dlx'].includes(next)) {
    return words.slice(2).filter((word) => word !== '--');
  }
  if (head === 'bun' && next === 'x') return words.slice(2);
  if (['yarn', 'pnpm'].includes(head) && next === 'node') return words.slice(1);
  const program = next !== '' && !OWN_COMMANDS.test(next) && !Object.hasOwn(scripts, next);
  if (['yarn', 'pnpm'].includes(head) && program && Object.keys(scripts).length > 0) return words.slice(1);
  return words;
}

/** The value of a flag, written `-o x`, `--out x` or `--out=x`. */
export function flagValue(words: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    for (const name of names) {
      if (word === name) return words[index + 1];
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
    }
  }
  return undefined;
}
