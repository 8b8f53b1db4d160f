import { closest, distance } from 'fastest-levenshtein';

/** The one among some words that was probably meant; none when all are far: "python" is not "go". */
export function near(typed: string, words: readonly string[]): string | undefined {
  const given = typed.toLowerCase();
  const begun = given.length > 2 ? words.filter((word) => word.startsWith(given)) : [];
  if (begun.length === 1) return begun[0];
  if (words.length === 0) return undefined;
  const nearest = closest(given, words);
  const limit = Math.max(1, Math.floor(Math.max(given.length, nearest.length) / 3));
  return distance(given, nearest) <= limit ? nearest : undefined;
}
