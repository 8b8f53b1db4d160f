import type { Source } from '../../../kit/dialect.ts';
import { argument, type Call, calls, codeOf, lineAt, textOf } from '../../../kit/syntax.ts';
import { type Counting, endsUnlessGiven } from '../../../kit/usage.ts';
import type { PythonProgram } from './program.ts';
import type { Main } from './start.ts';

const COUNTING: Counting = {
  counts:
    /\bif\s+(?:len\(\s*(?<list>sys\.argv(?:\[1:\])?)\s*\)\s*(?<sign><=?|[!=]=)\s*(?<count>\d+)|not\s+sys\.argv\[1:\])\s*:/g,
  own: (list) => (list === 'sys.argv' ? 1 : 0),
  ends: /\b(?:sys\.exit|os\._exit|exit|quit)\s*\(|\braise\b/,
  says: /\bprint\w*\s*\(|\busage\b/,
  takes: /\bsys\.argv\[1\]/g,
  looks: /\blen\(\s*sys\.argv\b|\bIndexError\b|\bsys\.argv\[1:|\bin\s+sys\.argv\b/,
};

/** Where a program that is started by its file ends because it was given nothing, and what it wants. */
export function findUsage(program: PythonProgram, { file, argv }: Main): string | undefined {
  const entry = program.sources.filter(({ path }) => path === file);
  if (givenTo(argv).length > 0 || entry.length === 0) return undefined;
  const counted = endsUnlessGiven(entry, COUNTING);
  if (counted !== undefined)
    return `${counted} ends the program unless it is given arguments, which belong to its command.`;
  for (const source of entry)
    for (const call of calls(source, /\.add_argument\s*\(|\.add_subparsers\s*\(/g)) {
      const wants = wanted(program, source, call);
      if (wants !== undefined)
        return `${lineAt(source, call.from)} ends the program unless it is given ${wants}, which belongs to its command.`;
    }
  return undefined;
}

/** The words behind what starts a file or a module. */
function givenTo(argv: readonly string[]): readonly string[] {
  if (!/^python[\d.]*$/.test(argv[0] ?? 'python')) return argv.slice(1);
  return argv.slice(argv[1] === '-m' ? 3 : 2);
}

/** What argparse refuses to go without: https://docs.python.org/3/library/argparse.html#required */
function wanted(program: PythonProgram, source: Source, call: Call): string | undefined {
  const said = (name: string) => {
    const range = argument(source, call, name);
    return range && codeOf(source, range).trim();
  };
  if (call.name.endsWith('add_subparsers')) return said('required') === 'True' ? 'a command' : undefined;
  const [name] = call.args.flatMap((arg) => textOf(source, arg) ?? []);
  // what a command of its own wants, nobody else does
  if (
    name === undefined ||
    program.subcommands().ownerOf(source, call.args[0]?.from ?? call.to) !== undefined
  )
    return undefined;
  if (name.startsWith('-')) return said('required') === 'True' ? name : undefined;
  const count = argument(source, call, 'nargs');
  const few = count !== undefined && /^(?:[?*]|\.\.\.)$/.test(textOf(source, count) ?? '?');
  return few ? undefined : name;
}
