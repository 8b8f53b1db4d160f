import type { Range } from '../../../kit/dialect.ts';
import { codeOf, functionAt } from '../../../kit/syntax.ts';
import { type Match, type Source, type Sources, search, textsOf } from './sources.ts';

/** A program that ends unless it is given arguments. */
export interface Usage {
  readonly at: string;
  /** Commands that it knows, as they are typed. */
  readonly commands: readonly string[];
}

/** A count of words that is asked: `len(os.Args) < 2`, `flag.NArg() == 0`, `len(flag.Args()) < 1`. */
const COUNTED =
  /\bif\s+(?:[^;\n{]{0,200};\s*)?(?:len\(\s*(os\.Args|os\.Args\[1:\]|p?flag\.Args\(\)|args)\s*\)|p?flag\.NArg\(\))\s*(<=?|==|!=)\s*(\d+)\s*\{/g;
/** What ends the program. */
const ENDS = /\b(?:os\.Exit|log\.Fatal\w*|panic)\s*\(/;
/** What only main can leave by, and end the program with it. */
const LEAVES = /\breturn\b/;

/** Where the program ends with its usage because nothing was given; undefined: it runs without. */
export function findUsage(sources: Sources): Usage | undefined {
  const at = (search(sources, COUNTED).find((match) => isEnd(match)) ?? unasked(sources))?.at;
  if (at === undefined) return undefined;
  const commands = textsOf(sources, /^[a-z][\w-]*$/).filter(
    ({ before, file }) => file.package === 'main' && isCase(before),
  );
  return { at, commands: [...new Set(commands.map(({ text }) => text))].slice(0, 8) };
}

/** Whether a program that is given nothing ends where it counts. */
function isEnd({ file, index, groups: [what, sign, count] }: Match): boolean {
  if (file.package !== 'main') return false;
  // its own name is the first of os.Args
  const given = Number(count) - (what === 'os.Args' ? 1 : 0);
  const few = sign === '==' ? given === 0 : sign === '<=' ? given >= 0 : given >= 1;
  const source = file.lexed();
  const open = source.code.indexOf('{', index);
  const body: Range = { from: open, to: source.pairs.get(open) ?? open };
  const code = codeOf(source, body);
  const leaves = functionAt(source, index)?.name === 'main' && LEAVES.test(code) && said(file, body);
  return few && (ENDS.test(code) || leaves);
}

/** The first word is taken without a look whether there is one. */
function unasked(sources: Sources): Match | undefined {
  return search(sources, /\bos\.Args\[1\](?!\s*:)/g).find(
    ({ file }) => file.package === 'main' && !/\blen\(\s*os\.Args\b/.test(file.lexed().code),
  );
}

/** Whether something is printed there: a return alone may be what a program without arguments does. */
function said(file: Source, body: Range): boolean {
  return /\b(?:Print\w*|Fprint\w*|Usage|usage|help\w*|Help)\s*\(/.test(codeOf(file.lexed(), body));
}

/** A branch of a switch over the first word. */
function isCase(before: string): boolean {
  return /\bcase\s+(?:"\s*"\s*,\s*)*$/.test(before);
}
