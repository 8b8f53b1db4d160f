import type { Demand, Demanding } from '../../../kit/demands.ts';
import type { Source } from '../../../kit/dialect.ts';
import { lineAt } from '../../../kit/syntax.ts';
import { rowEnd } from './readers.ts';

/** A row of a schema of the environment: `PORT: num()`, `KEY: z.string().min(8)`. */
const ROW =
  /^[^\S\n]*([A-Z][A-Z0-9_]{2,80})\s*:\s*(?:(?:z|zod)\s*\.|(?:envalid\.)?(?:str|num|bool|url|email|host|port|json)\s*\()/gm;
/**
 * What makes do without one. envalid's `devDefault` counts where NODE_ENV is not production, and the image says that it
 * is: https://github.com/af/envalid#usage, https://zod.dev/api?id=optionals
 */
const SPARED = /(?<!dev)\bdefault\b|\.(?:optional|nullish|nullable|catch|prefault)\s*\(/;
/** Files whose rows are of the environment, and not of a request. */
const CHECKS =
  /\b(?:cleanEnv|createEnv|envsafe)\s*\(|\b(?:safeParse|parse|parseAsync|safeParseAsync)\s*\(\s*process\.env\b/;

function rows(source: Source): readonly Demand[] {
  if (!CHECKS.test(source.code)) return [];
  return [...source.code.matchAll(ROW)].flatMap((match): readonly Demand[] => {
    const [row, name = ''] = match;
    const from = match.index + row.search(/:/) + 1;
    return SPARED.test(source.code.slice(from, rowEnd(source, from)))
      ? []
      : [{ name, at: lineAt(source, match.index + row.indexOf(name)) }];
  });
}

export const DEMANDING: Demanding = {
  handed: /\bprocess\.env\s*\[\s*(?<name>[A-Za-z_$][\w$]*)\s*\]/g,
  absent: /\bif\s*\(\s*!\s*process\.env\.(?<name>[A-Z]\w*)\s*\)/g,
  ends: /\bthrow\b|\bprocess\.exit\s*\(/,
  also: rows,
};
