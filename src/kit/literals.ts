import type { Range, Source, Text } from './dialect.ts';
import { ahead } from './ranges.ts';
import { codeOf, lineAt } from './syntax.ts';
import { EMPTY, joined, UNKNOWN, type Value } from './value.ts';

const NUMBER = /^-?(?:0[xX][\da-fA-F_']+|\d[\d_']*(?:\.\d+)?)(?:[uUlLnzZ]*)$/;

/** What a literal says; undefined: the range is none. `hole` reads the code inside of texts. */
export function literal(source: Source, range: Range, hole: (range: Range) => Value): Value | undefined {
  const code = codeOf(source, range);
  const at = lineAt(source, range.from);
  if (source.dialect.nothing.test(code)) return EMPTY;
  if (NUMBER.test(code))
    return { text: String(Number(code.replace(/[_']|(?<![uUlLnzZ])[uUlLnzZ]+$/g, ''))), number: true, at };
  if (/^(?:true|false|True|False)$/.test(code)) return { text: code.toLowerCase(), at };
  const texts = textsIn(source, range);
  if (texts === undefined) return undefined;
  if (texts.some(({ kind }) => kind === 'regex')) return UNKNOWN;
  const parts = texts.flatMap((text) => partsOf(text, at, hole));
  const value = joined(parts.length === 0 ? [{ text: '', at }] : parts);
  return value.text === '' && value.variable === undefined ? { ...EMPTY, text: '' } : value;
}

function partsOf(text: Text, at: string, hole: (range: Range) => Value): readonly Value[] {
  if (text.parts === undefined) return [{ text: text.text, at }];
  return text.parts
    .filter((part) => part !== '')
    .map((part) => (typeof part === 'string' ? { text: part, at } : hole(part)));
}

/** The texts of which a range is made: one, or several that stand behind each other where the grammar joins them. */
function textsIn(source: Source, range: Range): readonly Text[] | undefined {
  const texts: Text[] = [];
  for (let at = range.from; at < range.to; ) {
    const text = source.texts.get(at);
    if (text === undefined || text.to > range.to) return undefined;
    texts.push(text);
    at = ahead(source.code, text.to);
  }
  return texts;
}
