import { type Counting, endsUnlessGiven } from '../../../kit/usage.ts';
import { type Sources, textsOf } from './sources.ts';

/** A program that ends unless it is given arguments. */
export interface Usage {
  readonly at: string;
  /** Commands that it knows, as they are typed. */
  readonly commands: readonly string[];
}

/** A count of words that is asked: `len(os.Args) < 2`, `flag.NArg() == 0`, `len(flag.Args()) < 1`. */
const COUNTING: Counting = {
  counts:
    /\bif\s+(?:[^;\n{]{0,200};\s*)?(?:len\(\s*(?<list>os\.Args|os\.Args\[1:\]|p?flag\.Args\(\)|args)\s*\)|p?flag\.NArg\(\))\s*(?<sign><=?|==|!=)\s*(?<count>\d+)(?=\s*\{)/g,
  own: (list) => (list === 'os.Args' ? 1 : 0),
  ends: /\b(?:os\.Exit|log\.Fatal\w*|panic)\s*\(/,
  says: /\b(?:Print\w*|Fprint\w*|Usage|usage|help\w*|Help)\s*\(/,
  takes: /\bos\.Args\[1\](?!\s*:)/g,
  looks: /\blen\(\s*os\.Args\b/,
};

/** Where the program ends with its usage because nothing was given; undefined: it runs without. */
export function findUsage(sources: Sources): Usage | undefined {
  const main = sources.files.filter((file) => file.package === 'main').map((file) => file.lexed());
  const at = endsUnlessGiven(main, COUNTING);
  if (at === undefined) return undefined;
  const commands = textsOf(sources, /^[a-z][\w-]*$/).filter(
    ({ before, file }) => file.package === 'main' && isCase(before),
  );
  return { at, commands: [...new Set(commands.map(({ text }) => text))].slice(0, 8) };
}

/** A branch of a switch over the first word. */
function isCase(before: string): boolean {
  return /\bcase\s+(?:"\s*"\s*,\s*)*$/.test(before);
}
