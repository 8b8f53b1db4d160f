import type { Range, Source } from './dialect.ts';
import { ahead, expressionEnd } from './ranges.ts';
import { blockAt, codeOf, functionAt, lineAt } from './syntax.ts';

/** How the programs of a grammar count the words that they are given, and end where there are too few. */
export interface Counting {
  /**
   * A condition that counts them, up to its end; global. `list` is what is counted, `sign` and `count` what it is held
   * against; without these two it asks whether there is none.
   */
  readonly counts: RegExp;
  /** How many words of a list are the program's own. */
  own(list: string): number;
  /** What ends the program. */
  readonly ends: RegExp;
  /** What tells how it is used: a return from `main` behind it ends the program too. */
  readonly says: RegExp;
  /** The first word is taken as if it were there; global. */
  readonly takes?: RegExp;
  /** What looks whether it is there in any other way. */
  readonly looks?: RegExp;
}

/** Where a program that is given nothing ends, `main.py:4`; undefined: nothing is seen that ends it. */
export function endsUnlessGiven(sources: readonly Source[], counting: Counting): string | undefined {
  for (const source of sources)
    for (const match of source.code.matchAll(counting.counts))
      if (isFew(match, counting) && isEnd(source, match.index, match.index + match[0].length, counting))
        return lineAt(source, match.index);
  const { takes, looks, counts } = counting;
  if (takes === undefined) return undefined;
  const code = sources.map((source) => source.code);
  if (code.some((one) => looks?.test(one) || one.search(counts) >= 0)) return undefined;
  for (const source of sources)
    for (const { index } of source.code.matchAll(takes)) return lineAt(source, index);
  return undefined;
}

/** Whether a condition holds when nothing is given, but not always. */
function isFew({ groups }: RegExpMatchArray, { own }: Counting): boolean {
  const { list = '', sign, count } = groups ?? {};
  if (sign === undefined) return true;
  const given = Number(count) - own(list);
  if (/^[!=]=/.test(sign)) return sign.startsWith('=') ? given === 0 : given > 0;
  return sign === '<=' ? given >= 0 : given >= 1;
}

function isEnd(source: Source, index: number, behind: number, { ends, says }: Counting): boolean {
  const code = codeOf(source, bodyFrom(source, behind));
  const inMain = functionAt(source, index)?.name === 'main';
  return ends.test(code) || (inMain && /\breturn\b/.test(code) && says.test(code));
}

/** What stands under a condition that ends there: between braces, indented, or one statement. */
export function bodyFrom(source: Source, behind: number): Range {
  const { code, pairs, dialect } = source;
  const from = ahead(code, behind);
  if (code[from] === '{') return { from, to: pairs.get(from) ?? from };
  if (dialect.indents !== true) return { from, to: expressionEnd(source, from) };
  const end = code.indexOf('\n', behind);
  return from < end || end < 0 ? { from, to: end < 0 ? code.length : end } : blockAt(source, from);
}
