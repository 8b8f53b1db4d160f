/** `NAME=value` lines of an example .env, without quotes and comments. It is read for defaults, never for secrets. */
export function parse(text: string): Readonly<Record<string, string>> {
  const lines = text.matchAll(
    /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n#]*))/gm,
  );
  return Object.fromEntries(
    [...lines].map(([, name, double, single, bare]) => [name, (double ?? single ?? bare ?? '').trim()]),
  );
}
