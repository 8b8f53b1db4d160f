import type { Source } from '../../../kit/dialect.ts';
import { functionAt, lineAt } from '../../../kit/syntax.ts';
import { type Counting, endsUnlessGiven } from '../../../kit/usage.ts';

const COUNTING: Counting = {
  counts: /\bif\s*\(\s*args\.(?:length\s*(?<sign><=?|[!=]=)\s*(?<count>\d+)|isEmpty\(\))\s*\)/g,
  own: () => 0,
  ends: /\b(?:System\.exit|exitProcess|exit)\s*\(|\bthrow\b/,
  says: /\bprint\w*\s*\(|\busage\w*\s*\(/i,
  takes: /\bargs\[0\]/g,
  looks:
    /\bargs\.(?:length|size|isEmpty|isNotEmpty|getOrNull|firstOrNull)\b|\bin\s+args\b|:\s*args\b|\bargs\s*[!=]=/,
};
/** picocli, https://picocli.info/#_required_options; JCommander, https://jcommander.org/#_required_and_optional_parameters */
const REQUIRED =
  /@(?:CommandLine\.)?(?:Option|Parameter|Parameters)\s*\((?:[^()]|\([^()]*\)){0,400}?\brequired\s*=\s*true/g;

/** Where a program ends because it was given nothing; undefined: nothing is seen that ends it. */
export function findUsage(sources: readonly Source[]): string | undefined {
  const own = sources.filter(({ code }) => /\bmain\s*\(/.test(code));
  const counted = endsUnlessGiven(own, COUNTING);
  if (counted !== undefined) return `${counted} ends the program unless it is given arguments.`;
  for (const source of own)
    for (const { index } of source.code.matchAll(REQUIRED))
      if (functionAt(source, index) === undefined)
        return `${lineAt(source, index)} ends the program unless it is given that option.`;
  return undefined;
}
