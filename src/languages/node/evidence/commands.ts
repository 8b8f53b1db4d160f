import { posix } from 'node:path';
import {
  type CommandNode,
  type PipelineNode,
  parse,
  type Redirection,
  type Statement,
  type Word,
} from 'unbash';
import { table } from '../../../project/data.ts';

/** One simple command of a script: what is set before it, and its words. */
export interface Command {
  readonly env: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  /** The folder that a `cd` before it leads to; undefined: the project's. */
  readonly folder?: string;
  /** Files of variables that are read for it: `dotenv -e .env.production --`. */
  readonly envFiles?: readonly string[];
}

/** A script as commands that run one after the other, or what in it needs a shell. */
export type Script = { readonly commands: readonly Command[] } | { readonly shell: string };

/**
 * Splits a package.json script as a shell would. Nothing is expanded but a default that is written there
 * (`${PORT:-3000}`): a variable, a pipe or a condition needs a shell, and is named.
 */
export function splitScript(script: string): Script {
  const { commands, shell } = read(script, 0);
  return shell === undefined ? { commands } : { shell };
}

/**
 * The commands of a script that a shell runs in the build anyway: what a variable holds stays unknown, and whether a
 * command runs at all does too.
 */
export function roughCommands(text: string): readonly Command[] {
  return read(text, 0).commands;
}

interface Reading {
  readonly commands: Command[];
  /** The first thing that needs a shell. */
  shell: string | undefined;
  folder: string;
  /** What `export` set. */
  env: Record<string, string>;
}

/** A script that a shell is given in a script is read too; one inside that, and so on, ends here. */
const DEPTH = 4;
/** No script of a package.json is longer; what a parser makes of more is nobody's intention. */
const LENGTH = 20_000;

/** One command of plain words, `node server.js`, which no parser need be loaded for. No word of the shell's own begins it. */
const PLAIN =
  /^(?!(?:if|then|elif|else|fi|for|in|while|until|do|done|case|esac|select|function|time|coproc)(?: |$))[\w./:@-]+(?: [\w./:@=,+-]+)*$/;

function read(script: string, depth: number): Reading {
  const reading: Reading = { commands: [], shell: undefined, folder: '.', env: {} };
  if (script.length > LENGTH || depth > DEPTH || /[\0\u2028\u2029]/.test(script)) {
    reading.shell = 'a script that cannot be read';
    return reading;
  }
  if (script === '' || PLAIN.test(script)) {
    take(reading, script.split(' '), depth);
    return reading;
  }
  const { commands, errors } = parse(script);
  statements(reading, commands, depth);
  // `a &&` at the end: a shell would wait for more
  if (errors !== undefined && errors.length > 0) reading.shell ??= 'a substitution that cannot be read';
  return reading;
}

function statements(reading: Reading, list: readonly Statement[], depth: number): void {
  for (const { command, background } of list) {
    if (background === true) reading.shell ??= '&';
    node(reading, command, depth);
  }
}

function node(reading: Reading, of: Statement['command'], depth: number): void {
  if (of.type !== 'AndOr') {
    pipeline(reading, of, depth);
    return;
  }
  for (const [index, command] of of.commands.entries()) {
    const either = of.operators[index - 1] === '||';
    // `husky || true`: what follows a failure does nothing
    if (either && command.type === 'Command' && /^(true|:|exit|echo)$/.test(command.name?.value ?? ''))
      continue;
    if (either) reading.shell ??= '||';
    pipeline(reading, command, depth);
  }
}

function pipeline(reading: Reading, of: PipelineNode, depth: number): void {
  const piped = of.type === 'Pipeline';
  if (piped && of.commands.length > 1) reading.shell ??= '|';
  if (piped && of.prefixes.some(({ type }) => type === 'Negation')) reading.shell ??= '!';
  for (const command of piped ? of.commands : [of]) simple(reading, command, depth);
}

/** What a compound command is called where a script is refused for it. */
const COMPOUND: { readonly [type: string]: string } = table({
  If: 'if',
  For: 'for',
  ArithmeticFor: 'for',
  While: 'while',
  Case: 'case',
  TestCommand: '[[',
});

function simple(reading: Reading, of: CommandNode, depth: number): void {
  if (of.type === 'Subshell' || of.type === 'BraceGroup') {
    const { folder } = reading;
    statements(reading, of.body.commands, depth);
    if (of.type === 'Subshell') reading.folder = folder;
  } else if (of.type === 'Redirected') {
    redirected(reading, of.redirects);
    simple(reading, of.command, depth);
  } else if (of.type === 'Command') {
    take(reading, wordsOf(reading, of), depth);
    redirected(reading, of.redirects);
  } else {
    reading.shell ??= COMPOUND[of.type] ?? 'a compound command';
    for (const list of bodiesOf(of)) statements(reading, list, depth);
  }
}

function bodiesOf(of: CommandNode): readonly (readonly Statement[])[] {
  if (of.type === 'If')
    return [of.clause, of.then, ...of.elif.flatMap((one) => [one.clause, one.then]), of.else].flatMap(
      (list) => (list === undefined ? [] : [list.commands]),
    );
  return of.type === 'For' || of.type === 'ArithmeticFor' || of.type === 'While' ? [of.body.commands] : [];
}

/** Where a program's messages go is the container's concern, and so is what goes nowhere. */
function redirected(reading: Reading, redirects: readonly Redirection[] | undefined): void {
  for (const one of redirects ?? []) {
    const target = one.type === 'Redirect' ? one.target?.value : undefined;
    if (target === '/dev/null' || (one.operator === '>&' && /^[12]$/.test(target ?? ''))) continue;
    reading.shell ??= one.operator;
  }
}

function wordsOf(reading: Reading, of: Extract<CommandNode, { type: 'Command' }>): readonly string[] {
  const all = [...of.prefix, ...(of.name === undefined ? [] : [of.name]), ...of.suffix];
  return all.flatMap((one) => {
    if (one.type === 'Word') return [plain(reading, one)];
    if (one.type !== 'Assignment') return [];
    return [`${one.name}=${one.value.type === 'Word' ? plain(reading, one.value) : ''}`];
  });
}

function plain(reading: Reading, { value, parts }: Word): string {
  return parts === undefined ? value : parts.map((part) => partOf(reading, part)).join('');
}

function partOf(reading: Reading, part: NonNullable<Word['parts']>[number]): string {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return part.value;
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.map((inner) => partOf(reading, inner)).join('');
    case 'ParameterExpansion': {
      const { operation } = part;
      if (operation?.type === 'Default' && /^:?[-=]$/.test(operation.operator))
        return plain(reading, operation.operand);
      reading.shell ??= `$${part.parameter}`;
      return part.text;
    }
    case 'SimpleExpansion':
      reading.shell ??= part.text;
      return part.text;
    case 'CommandExpansion':
    case 'ProcessSubstitution':
    case 'ArithmeticExpansion':
      reading.shell ??= 'a command substitution';
      return part.text;
    default:
      // a glob is the program's to read: `mocha test/*.js`
      return part.text;
  }
}

const ASSIGNMENT = /^([A-Za-z_]\w*)=(.*)$/s;
/** Commands that only set the environment for the command behind them. */
const ENVIRONMENTS = new Set(['cross-env', 'cross-env-shell', 'env']);
/** Commands that run the one behind them as it is; an image has an init of its own. */
const HANDS_ON = new Set(['exec', 'command', 'nohup', 'time', 'dumb-init', 'tini']);

/** Commands that read a file of variables for the command behind them. */
const ENV_FILES: {
  readonly [program: string]: {
    /** Options behind which a file stands, and the other options that take a word. */
    readonly file: RegExp;
    readonly takes?: RegExp;
    /** The verb of the command. */
    readonly verb?: string;
  };
} = table({
  // https://github.com/entropitor/dotenv-cli
  dotenv: { file: /^-e$/, takes: /^-[cpv]$/ },
  // https://dotenvx.com/docs/advanced/run-f
  dotenvx: { file: /^(?:-f|--env-file)$/, takes: /^(?:-e|--env|-fk|--env-keys-file)$/, verb: 'run' },
  // https://github.com/kerimdzhanov/dotenv-flow#dotenv-flow-cli
  'dotenv-flow': { file: /^$/, takes: /^(?:--node-env|--default-node-env|--path|-p)$/ },
  // https://github.com/toddbluhm/env-cmd
  'env-cmd': { file: /^(?:-f|--file)$/, takes: /^(?:-[er]|--environments|--rc-file)$/ },
});

/** Takes a file of variables, what is set, and what only hands on away from the front of a command. */
function take(reading: Reading, all: readonly string[], depth: number): void {
  const words = [...all];
  const env: Record<string, string> = {};
  const envFiles: string[] = [];
  for (let first = words[0]; first !== undefined; first = words[0]) {
    const [, name, value] = ASSIGNMENT.exec(first) ?? [];
    const row = ENV_FILES[first];
    if (name !== undefined && value !== undefined) env[name] = value;
    else if (row !== undefined) {
      withoutEnvFile(words, row, { env, envFiles });
      continue;
    } else if (HANDS_ON.has(first)) {
      while (words[1]?.startsWith('-')) words.splice(1, 1);
    } else if (!ENVIRONMENTS.has(first)) break;
    words.shift();
    const [only = '', ...others] = words;
    // `cross-env-shell NODE_ENV=production "next build && next start"`
    if (first === 'cross-env-shell' && others.length === 0 && /\s/.test(only)) words.unshift('sh', '-c');
  }
  const [head = '', option = '', text = ''] = words;
  if (head === '' || head === 'set') return;
  if (head === 'cd') {
    enter(reading, words.slice(1));
  } else if (head === 'export') {
    for (const word of words.slice(1)) {
      const [, name, value] = ASSIGNMENT.exec(word) ?? [];
      if (name !== undefined && value !== undefined) reading.env[name] = value;
    }
  } else if (/^(sh|bash|ash|dash)$/.test(head) && /^-e?c$/.test(option)) {
    within(reading, text, { env, envFiles }, depth);
  } else {
    const { folder } = reading;
    reading.commands.push({
      env: { ...reading.env, ...env },
      words,
      ...(folder === '.' ? {} : { folder }),
      ...(envFiles.length === 0 ? {} : { envFiles }),
    });
  }
}

/** `sh -c "node server.js"`: what it is given is a script too. */
function within(
  reading: Reading,
  text: string,
  around: Required<Pick<Command, 'env' | 'envFiles'>>,
  depth: number,
): void {
  const inner = read(text, depth + 1);
  reading.shell ??= inner.shell;
  for (const command of inner.commands) {
    const folder = joined(reading.folder, command.folder ?? '.');
    reading.commands.push({
      ...command,
      env: { ...reading.env, ...around.env, ...command.env },
      envFiles: [...around.envFiles, ...(command.envFiles ?? [])],
      ...(folder === '.' ? {} : { folder }),
    });
  }
}

function enter(reading: Reading, words: readonly string[]): void {
  const [folder = ''] = words.filter((word) => !word.startsWith('--'));
  // one that starts elsewhere, or that a variable names, is nowhere that could be looked at
  if (folder === '' || /^[~/$-]/.test(folder)) reading.shell ??= `cd ${folder}`;
  else reading.folder = joined(reading.folder, folder);
}

function joined(folder: string, below: string): string {
  return posix.normalize(posix.join(folder, below)).replace(/(.)\/{1,200}$/, '$1');
}

/** The variables of the files are the image's where they can be read, and come with `docker run` where they cannot. */
function withoutEnvFile(
  words: string[],
  row: (typeof ENV_FILES)[string],
  found: { readonly env: Record<string, string>; readonly envFiles: string[] },
): void {
  words.shift();
  if (words[0] === row.verb && row.verb !== undefined) words.shift();
  for (let word = words[0]; word?.startsWith('-'); word = words[0]) {
    words.shift();
    if (word === '--') return;
    const [name = word, inline] = word.split(/=(.*)/s);
    const takes = row.file.test(name) || row.takes?.test(name) === true;
    const given = inline ?? (takes ? words.shift() : undefined);
    if (given === undefined) continue;
    if (row.file.test(name)) found.envFiles.push(given);
    const [, variable, value] = ASSIGNMENT.exec(given) ?? [];
    if (name === '-v' && variable !== undefined && value !== undefined) found.env[variable] = value;
  }
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

/** Where programs of packages are linked. */
const BIN = /^(?:\.\/)?node_modules\/\.bin\//;

/** Without `npx`, `yarn exec`, `pnpm exec`, `bunx`, `pnpm tsc`, which only find the program. */
export function withoutFinder(
  called: readonly string[],
  scripts: Readonly<Record<string, string>> = {},
): readonly string[] {
  const words = called.map((word, index) => (index === 0 ? word.replace(BIN, '') : word));
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
