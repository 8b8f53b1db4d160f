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
