import type { Demand, Demanding } from '../../../kit/demands.ts';
import type { Source } from '../../../kit/dialect.ts';
import { blockAt, functionAt, lineAt, textOf } from '../../../kit/syntax.ts';

/** `os.environ["KEY"]` where the module is loaded: it ends there without it. */
const INDEXED = /\bos\.environ\s*\[/g;
/** A field of plain type without a default. https://docs.pydantic.dev/latest/concepts/pydantic_settings/ */
const FIELD =
  /^[^\S\n]+([a-zA-Z]\w{1,80})\s*:\s*(?:str|int|float|bool|SecretStr|SecretBytes|\w{1,40}(?:Url|Dsn)|EmailStr)[^\S\n]*$/gm;

function read(source: Source): readonly Demand[] {
  return [...source.code.matchAll(INDEXED)].flatMap(({ index, 0: { length } }): readonly Demand[] => {
    const open = index + length - 1;
    const close = source.pairs.get(open);
    if (close === undefined || /^\s*=(?!=)/.test(source.code.slice(close + 1, close + 12))) return [];
    // under a condition, a `try` or in a function it may never be read
    if (functionAt(source, index) !== undefined || blockAt(source, index).in !== undefined) return [];
    const name = textOf(source, { from: open + 1, to: close });
    return name === undefined ? [] : [{ name, at: lineAt(source, index) }];
  });
}

function fields(source: Source): readonly Demand[] {
  return source.blocks.flatMap((block): readonly Demand[] => {
    if (block.kind !== 'class') return [];
    const head = source.code.slice(source.code.lastIndexOf('\n', block.from - 1) + 1, block.from);
    const code = source.code.slice(block.from, block.to);
    if (!/\bBaseSettings\b/.test(head) || /\benv_prefix\b/.test(code)) return [];
    return [...code.matchAll(FIELD)].map(({ index, 0: line, 1: name = '' }) => ({
      name: name.toUpperCase(),
      at: lineAt(source, block.from + index + line.indexOf(name)),
    }));
  });
}

export const DEMANDING: Demanding = {
  handed: /\bos\.(?:environ\.get|getenv)\(\s*(?<name>[A-Za-z_]\w*)\s*\)/g,
  absent: /\bif\s+not\s+os\.(?:environ\.get|getenv)\(\s*["']\s*["']\s*\)\s*:/g,
  ends: /\braise\b|\b(?:sys\.exit|exit|quit)\s*\(/,
  also: (source) => [...read(source), ...fields(source)],
};
