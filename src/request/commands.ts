import type { Terminal } from '../output/terminal.ts';
import { completion } from './completion.ts';
import type { Words } from './flags.ts';
import type { Request } from './request.ts';

/** Values of flags as they were typed: a text, true, or a list where one was given several times. */
export type Typed = Readonly<Record<string, unknown>>;

/** A command beside the plain run. Nothing of it is loaded before it is called, or its help is shown. */
export interface Command {
  readonly name: string;
  /** How it is typed, in yargs' terms: `verify [directory]`. */
  readonly usage: string;
  readonly describe: string;
  load(): Promise<CommandRules>;
}

export interface CommandRules {
  /** Flags that it has beside those of a plain run, or in place of one of the same name. */
  readonly flags: Words;
  /** Its arguments, where they are more or other than a directory. */
  readonly arguments?: {
    readonly [name: string]: { readonly describe: string; readonly choices?: readonly string[] };
  };
  /** Which flags of a plain run it takes; all when left out. */
  readonly takes?: (name: string) => boolean;
  /** Answers with the exit code. `own` has the values of its own flags and arguments. */
  run(request: Request, own: Typed, terminal: Terminal): Promise<number>;
}

/** In the order in which help shows them. A folder of such a name is typed as `./name`. */
export const COMMANDS: readonly Command[] = [
  {
    name: 'verify',
    usage: 'verify [directory]',
    describe: 'build and run it here, and hold what was found against what happens',
    load: async () => (await import('../engine/command.ts')).verify,
  },
  {
    name: 'update',
    usage: 'update [directory]',
    describe: 'make what was made anew, with its answers and your edits, and show the difference',
    load: async () => (await import('../update.ts')).update,
  },
  {
    name: 'compare',
    usage: 'compare [directory]',
    describe: 'build and run it on each target, and show what each costs',
    load: async () => (await import('../engine/compare.ts')).compare,
  },
  {
    name: 'eject',
    usage: 'eject [directory]',
    describe: 'copy a template or a partial to where it replaces ours',
    load: async () => (await import('../standard/eject.ts')).eject,
  },
  {
    name: 'lint-standard',
    usage: 'lint-standard [directory]',
    describe: 'try a standard with every language and target',
    load: async () => (await import('../standard/lint.ts')).lintStandard,
  },
  {
    name: 'completion',
    usage: 'completion [shell]',
    describe: 'print the completion script for bash, zsh or fish',
    load: async () => completion,
  },
];
