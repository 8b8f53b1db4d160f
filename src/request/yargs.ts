import type { Argv } from 'yargs';
import { UserError } from '../errors.ts';
import type { Terminal } from '../output/terminal.ts';
import { assertKnown, COMPLETE, joined, requestOf, unknownFlag } from './cli.ts';
import { COMMANDS, type CommandRules, type Typed } from './commands.ts';
import { CONFIGURATION, FLAGS, listed, type Words } from './flags.ts';
import type { Request } from './request.ts';

declare module 'yargs' {
  // what its types do not have yet
  interface Argv {
    usageConfiguration(configuration: { readonly 'hide-types': boolean }): Argv;
    showCompletionScript(name: string): Argv;
  }
}

/** Lines stay readable: no wider than this, however wide the terminal is. */
const WIDEST = 100;

function widthOf(columns: number | undefined): number {
  return Math.min(columns ?? 80, WIDEST);
}

const EXAMPLES: readonly [typed: string, about: string][] = [
  ['$0', 'look, ask, then write'],
  ['$0 apps/api --target alpine', 'another folder, upon Alpine'],
  ['$0 --yes --start "node app.js"', 'never ask, say the start command'],
  ['$0 --check', 'in CI: fail on outdated files'],
  ['npm create dockerfile -- --dry-run', 'through npm, behind two dashes'],
];
const EPILOGUE = `Exit codes: 0 done, 1 refused, 2 wrong flags, 3 --check found a difference, 130 cancelled.

https://github.com/create-dockerfile/create-dockerfile#readme`;

/** What needs all of yargs: help, the shells' completion, and the commands beside the plain run. Answers the exit code. */
export async function perform(words: readonly string[], terminal: Terminal): Promise<number> {
  const ready = words.join(' ') === '--help' ? (await import('./help.ts')).HELP : {};
  const help = ready[widthOf(terminal.columns)];
  if (help !== undefined) {
    terminal.out(help);
    return 0;
  }
  const completing = words[0] === COMPLETE;
  const parser = (await parserOf(FLAGS, terminal.columns, completing))
    .usage('$0 [directory]\n\nWrites the Dockerfile and .dockerignore for the project in a folder.')
    .help('help', FLAGS.help?.describe)
    .example(EXAMPLES)
    .epilogue(EPILOGUE);
  // its own command is hidden, for ours takes the shell
  if (completing) parser.completion('completion', false);
  const called = COMMANDS.find(({ name }) => name === words[0]);
  const rules = await called?.load();
  let code: Promise<number> | undefined;
  for (const command of COMMANDS) {
    if (command !== called || rules === undefined) {
      parser.command(command.usage, command.describe);
      continue;
    }
    const flags = flagsOf(rules);
    parser.command(
      command.usage,
      command.describe,
      (own) => withOptions(withArguments(own, rules), flags),
      (argv: Typed) => {
        assertKnown(argv, flags, Object.keys(rules.arguments ?? ARGUMENTS));
        const { request, own } = divided(argv, rules);
        code = rules.run(request, own, terminal);
      },
    );
  }
  const typed = rules === undefined ? words : joined(words, flagsOf(rules));
  let failed: unknown;
  let shown = '';
  // it calls back at once, and several times while it completes
  parser.fail((message, error) => {
    throw error ?? refusal(message, typed, rules);
  });
  parser.parse([...typed], {}, (error: unknown, _argv: unknown, output: string) => {
    failed ??= error;
    shown = output;
  });
  if (failed) throw failed;
  if (shown !== '') terminal.out(`${shown.trimEnd()}\n`);
  return code ?? 0;
}

const ARGUMENTS = { directory: { describe: 'folder of the project (the current one by default)' } };

function withArguments(parser: Argv, { arguments: own = ARGUMENTS }: CommandRules): Argv {
  return Object.entries(own).reduce((so, [name, words]) => so.positional(name, words), parser);
}

function flagsOf({ flags, takes = () => true }: CommandRules): Words {
  const plain = Object.entries(FLAGS).filter(([name]) => takes(name));
  return { ...Object.fromEntries(plain), ...flags };
}

/** A command's flags: those of a plain run make its request, the others are its own. */
function divided(argv: Typed, { flags }: CommandRules): { readonly request: Request; readonly own: Typed } {
  const { _, $0, directory, ...typed } = argv;
  const isPlain = (name: string) => name in FLAGS && !(name in flags);
  const part = (plain: boolean) =>
    Object.fromEntries(Object.entries(typed).filter(([name]) => isPlain(name) === plain));
  return {
    request: requestOf({ ...part(true), _: directory === undefined ? [] : [directory] }),
    own: part(false),
  };
}

/** yargs' own refusals in our form. Its strictness names what it does not know. */
function refusal(message: string, words: readonly string[], rules: CommandRules | undefined): UserError {
  const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(message) ?? [];
  if (unknown === undefined) return new UserError({ kind: 'usage', message: `${message}.` });
  if (words.includes(unknown))
    return new UserError({ kind: 'usage', message: `${JSON.stringify(unknown)} is one word too many.` });
  const flags = rules === undefined ? FLAGS : flagsOf(rules);
  return unknownFlag(unknown, flags);
}

/** yargs with some flags: the whole of what our own parser is told, and what help shows of them. */
export async function parserOf(flags: Words, columns: number | undefined, completing = false): Promise<Argv> {
  const { default: yargs } = await import('yargs');
  const plain = yargs([])
    .scriptName('create-dockerfile')
    .locale('en')
    .parserConfiguration(CONFIGURATION)
    .usageConfiguration({ 'hide-types': true })
    .wrap(widthOf(columns))
    .version(false)
    .help(false)
    .strict()
    .exitProcess(false);
  return withOptions(plain, flags, completing);
}

function withOptions(parser: Argv, flags: Words, completing = false): Argv {
  return Object.entries(flags).reduce((so, [name, { alias, describe, placeholder, group }]) => {
    // they are parsed by ourselves, which knows other names for them
    const choices = completing && placeholder !== undefined ? listed(placeholder) : undefined;
    return so.option(name, {
      ...(alias === undefined ? {} : { alias }),
      ...(choices === undefined ? {} : { choices }),
      type: placeholder === undefined ? 'boolean' : 'string',
      describe: placeholder === undefined ? describe : `${describe} (${placeholder})`,
      group,
      // a command has its own
      global: false,
    });
  }, parser);
}
