/** A parsed document's value is of any type until it was looked at. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys of a document and nothing else: `constructor` is none unless somebody wrote it. */
export function recordOf(value: unknown): Record<string, unknown> {
  return table(isRecord(value) ? value : {});
}

/** Rows by names that a project chooses: what every object of JavaScript has is none of them. */
export function table<T>(rows: { [name: string]: T }): { [name: string]: T } {
  return Object.getPrototypeOf(rows) === null ? rows : Object.setPrototypeOf(rows, null);
}

/** A text as a part of a pattern that finds that text. What is longer than a name is found nowhere. */
export function verbatim(text: string): string {
  return text.length > 256 ? '(?!)' : text.replace(/\W/g, '\\$&');
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Where the lines of a text begin; of the last one that was asked for, for it is asked of one file after the other. */
let begins: { readonly text: string; readonly at: readonly number[] } | undefined;

/** The line of an offset in a text, from 1. */
export function lineNumber(text: string, offset: number): number {
  if (text.length < 4096) return count(text, offset);
  if (begins?.text !== text) begins = { text, at: lineBegins(text) };
  const { at } = begins;
  let low = 0;
  for (let high = at.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function count(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function lineBegins(text: string): readonly number[] {
  const at = [0];
  for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', next + 1)) at.push(next + 1);
  return at;
}
