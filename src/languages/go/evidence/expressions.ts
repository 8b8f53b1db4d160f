/** A string, a rune or one character: brackets inside of strings are none. */
const TOKEN = /"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])+'|[\s\S]/g;

/** `name(args…)` when that is the whole of the text. */
export function callOf(
  text: string,
): { readonly name: string; readonly args: readonly string[] } | undefined {
  const open = text.indexOf('(');
  if (open < 0 || !text.endsWith(')') || !/^[\w.[\]]*$/.test(text.slice(0, open))) return undefined;
  const body = bracketed(text, open);
  return body?.length === text.length - open - 2
    ? { name: text.slice(0, open), args: splitAt(body, ',') }
    : undefined;
}

/** The text between a bracket and its end. */
export function bracketed(text: string, open: number): string | undefined {
  let depth = 0;
  TOKEN.lastIndex = 0;
  for (const { 0: token, index } of text.slice(open).matchAll(TOKEN)) {
    if ('([{'.includes(token)) depth++;
    else if (')]}'.includes(token) && --depth === 0) return text.slice(open + 1, open + index);
  }
  return undefined;
}

/** The parts of a text, split at a sign where no bracket or string is open. */
export function splitAt(text: string, sign: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const [token] of text.matchAll(TOKEN)) {
    if ('([{'.includes(token)) depth++;
    if (')]}'.includes(token)) depth--;
    if (token === sign && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** What stands before the line, the comma or the bracket that ends an expression; a chain goes over lines. */
export function firstExpression(text: string): string {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const chained = token === '\n' && /[.(,+|&]\s*$/.test(text.slice(0, index));
    if (depth === 0 && /^[\n,;)\]}]$/.test(token) && !chained) return text.slice(0, index).trim();
    if ('([{'.includes(token)) depth++;
    if (')]}'.includes(token)) depth--;
  }
  return text.trim();
}

/** The value of a field in a struct literal's text: `Addr: ":8080"`. */
export function fieldOf(literal: string, name: string): string | undefined {
  const part = splitAt(literal.replace(/\n/g, ' '), ',').find((p) => new RegExp(`^${name}\\s*:`).test(p));
  return part?.slice(part.indexOf(':') + 1).trim();
}

/** Words as a shell splits them, without anything else of a shell; undefined: a quote is never closed. */
export function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const [all, double, single, plain] = /^(?:"([^"]*)"|'([^']*)'|([^\s"']+))(?:\s+|$)/.exec(rest) ?? [];
    if (all === undefined) return undefined;
    words.push(double ?? single ?? plain ?? '');
    rest = rest.slice(all.length);
  }
  return words;
}
