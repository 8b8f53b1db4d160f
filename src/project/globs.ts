/** A pattern becomes one of JavaScript: one that is longer, or that may be read in too many ways, is no pattern. */
const LONGEST = 1000;
const STARS = 20;

/** Whether a pattern that a project wrote is one that a person could have meant. */
export function isGlob(pattern: string): boolean {
  if (pattern === '' || pattern.length > LONGEST || /[?*+@!]\(/.test(pattern)) return false;
  const stars = pattern.split('*').length - 1;
  const longest = Math.max(...pattern.split('/').map((part) => part.split('*').length - 1));
  return stars <= STARS && longest <= 6 && pattern.split('{').length <= 4;
}
