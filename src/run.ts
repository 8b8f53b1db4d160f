import { Back, Cancelled, Ended, excess, UserError } from './errors.ts';
import { guarded, type Terminal } from './output/terminal.ts';
import { parseCommand } from './request/cli.ts';
import { perform } from './request/yargs.ts';

/** The command, from its words to its exit code: one file of the published package, loaded when there is something to do. */
export async function command(argv: readonly string[], outside: Terminal): Promise<number> {
  const terminal = guarded(outside);
  try {
    const typed = parseCommand(argv, terminal.environment);
    if ('words' in typed) return await perform(typed.words, terminal);
    if ('show' in typed) {
      terminal.out(`${terminal.version}\n`);
      return 0;
    }
    // what help and completion do not need
    const { main } = await import('./work.ts');
    const own = typed.run.color === false ? { ...terminal, color: { out: false, err: false } } : terminal;
    return await main(typed.run, own, async (request, ask) =>
      (await import('./engine/command.ts')).offered(request, own, ask),
    );
  } catch (error) {
    return failed(error, argv, terminal);
  }
}

function failed(thrown: unknown, argv: readonly string[], { version, out, err }: Terminal): number {
  const error = isTooDeep(thrown) ? excess('.', 'something in it is nested too deeply') : thrown;
  // before the first question there is nothing to go back to
  if (error instanceof Cancelled || error instanceof Back) {
    err('Cancelled; nothing was written.\n');
    return 130;
  }
  if (error instanceof Ended) {
    err(`${error.message}\n`);
    return error.exitCode;
  }
  if (error instanceof UserError) {
    if (argv.includes('--json')) {
      const document = { version: 1, error: { ...error.problem, message: error.message } };
      out(`${JSON.stringify(document, undefined, 2)}\n`);
    }
    err(`${error.message}\n`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  err(`This is a bug in create-dockerfile ${version}; please report it with:\n${stack}\n`);
  return 70;
}

/** What calls itself for every bracket of a text, or makes one text out of many, has an end. */
function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError && /call stack|string length/.test(error.message);
}
