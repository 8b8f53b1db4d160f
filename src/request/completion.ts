import { UserError } from '../errors.ts';
import type { CommandRules } from './commands.ts';
import { near } from './near.ts';

const SHELLS = ['bash', 'zsh', 'fish'];
const NAME = 'create-dockerfile';

/** Prints what a shell reads once to complete flags, their values and commands. */
export const completion: CommandRules = {
  flags: {},
  arguments: { shell: { describe: "bash, zsh or fish (the current shell's by default)" } },
  takes: (name) => name === 'help',
  async run(_, { shell }, terminal) {
    const given = typeof shell === 'string' ? shell : (process.env.SHELL?.split('/').at(-1) ?? 'bash');
    if (!SHELLS.includes(given)) {
      const want = SHELLS.join(', ');
      throw new UserError({ kind: 'value', flag: 'completion', given, want, nearest: near(given, SHELLS) });
    }
    terminal.out(await scriptFor(given));
    return 0;
  },
};

/** yargs looks at SHELL for which script it makes, and again for how it answers: the script says it then. */
async function scriptFor(shell: string): Promise<string> {
  const { default: yargs } = await import('yargs');
  process.env.SHELL = shell;
  const asked = `${NAME} --get-yargs-completions`;
  const script = await new Promise<string>((resolve) => {
    yargs([])
      .completion('completion')
      .command(NAME, false, (y) => y.showCompletionScript(NAME))
      .parse([NAME], {}, (_error: unknown, _argv: unknown, output: string) => resolve(output));
  });
  return `${script.trim().replaceAll(asked, `env SHELL=${shell} ${asked}`)}\n`;
}
