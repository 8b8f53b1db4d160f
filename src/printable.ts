/**
 * What a terminal obeys, what begins a line for some reader, and what nobody sees: controls, marks of direction, separators,
 * characters without a width, and halves of a pair that are alone. What makes an emoji of a sign is seen.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?![\ufe00-\ufe0f])\p{DI}/gu;

/** Whether a text is all there is to see of it, on one line. */
export function isPlain(text: string): boolean {
  return text.search(HIDDEN) < 0;
}

/** Any text on one line, with what is hidden in it escaped as JSON does: all that is said goes through here. */
export function printable(text: string): string {
  return text.replace(HIDDEN, escaped);
}

/** A text of several lines that are ours, indented as they are. */
export function printableLines(text: string): string {
  return text.replace(HIDDEN, (sign) => (sign === '\n' || sign === '\t' ? sign : escaped(sign)));
}

function escaped(sign: string): string {
  return sign === '\n'
    ? '\\n'
    : sign
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('');
}

/** `a, b and c` */
export function list(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}
