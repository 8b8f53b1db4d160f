/** Variables of a Makefile or a shell script by name; undefined: only a run of it would tell. */
export type MakeVariables = ReadonlyMap<string, string | undefined>;

/** `NAME = value` with any of make's signs, a shell's `NAME="value"`; what is below an `ifeq` may not hold. */
const ASSIGNED = /^[ ]*(?:export\s+)?([A-Za-z_][\w.-]*)[ \t]*(\?|:{1,3}|\+|!)?=(.*)$/;
/** A reference: `$(NAME)`, `${NAME}`, `${NAME:-default}`, `$NAME`. */
const REFERENCE = /\$(?:\(([\w.-]+)\)|\{([\w.-]{1,100})(?::?-([^}]{0,500}))?\}|([A-Za-z_]\w*))/g;
/** Variables that name themselves, directly or in a circle, end here. */
const LIMIT = { depth: 8, length: 4096 } as const;

export function makeVariables(text: string): MakeVariables {
  const found = new Map<string, string | undefined>();
  let conditions = 0;
  for (const line of text.replace(/\\\r?\n/g, ' ').split('\n')) {
    if (/^\s*(?:ifn?eq|ifn?def)\b/.test(line)) conditions++;
    else if (/^\s*endif\b/.test(line)) conditions--;
    const [, name, sign, raw] = ASSIGNED.exec(line) ?? [];
    if (name === undefined || raw === undefined || conditions > 0) continue;
    const value = raw.replace(/(?<!\s)\s+#.*/, '').trim();
    const plain = /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
    if (sign === '?' && found.has(name)) continue;
    const known =
      sign === '!' || /\$\(\s*(?:shell|wildcard|call|eval|\w+ )|`|\$\$/.test(plain) ? undefined : plain;
    const before = found.get(name);
    if (sign !== '+' || !found.has(name)) found.set(name, known);
    else found.set(name, before === undefined || known === undefined ? undefined : `${before} ${known}`);
  }
  return found;
}

/** A text with its variables, as far as they are known: one that nobody sets is empty, one that is not known stays. */
export function expanded(text: string, variables: MakeVariables): string {
  let now = text;
  for (let depth = 0; depth < LIMIT.depth; depth++) {
    const next = now.replace(REFERENCE, (all, make, brace, otherwise, plain) => {
      const name: string = make ?? brace ?? plain;
      if (!variables.has(name)) return otherwise ?? '';
      return variables.get(name) ?? all;
    });
    if (next === now || next.length > LIMIT.length) return now;
    now = next;
  }
  return now;
}
