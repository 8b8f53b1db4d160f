/**
 * Worst cases of a regular expression, made from its own parts: what stands before each part that may repeat without end,
 * that part many times, and an end that does not fit. A pattern whose time grows faster than the text is found by these.
 */

/** A part of a pattern. */
type Node =
  | { readonly kind: 'char'; readonly source: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'back'; readonly source: string }
  | { readonly kind: 'look'; readonly behind: boolean; readonly not: boolean; readonly body: Node }
  | { readonly kind: 'group'; readonly body: Node }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'one'; readonly of: readonly Node[] }
  | { readonly kind: 'many'; readonly body: Node; readonly min: number; readonly endless: boolean };

/** Reads a pattern's source. */
function parsePattern(source: string): Node {
  let at = 0;
  const alternatives = (): Node => {
    const of = [sequence()];
    while (source[at] === '|') {
      at++;
      of.push(sequence());
    }
    return of.length === 1 ? (of[0] as Node) : { kind: 'one', of };
  };
  const sequence = (): Node => {
    const parts: Node[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') parts.push(quantified());
    return { kind: 'all', parts };
  };
  const quantified = (): Node => {
    const body = atom();
    const found = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(at, at + 40));
    if (found === null) return body;
    at += found[0].length;
    const [, sign, least, comma, most] = found;
    const min = sign === '+' ? 1 : sign === undefined ? Number(least) : 0;
    // a part that may repeat some hundred times costs as if there were no end
    const endless =
      sign === '*' || sign === '+' || (comma === ',' && (most === '' || Number(most) - min > 1000));
    return { kind: 'many', body, min, endless };
  };
  const atom = (): Node => {
    const sign = source[at] as string;
    if (sign === '(') return group();
    if (sign === '[') return { kind: 'char', source: set() };
    if (sign === '^' || sign === '$') {
      at++;
      return { kind: 'empty' };
    }
    if (sign !== '\\') {
      at++;
      return { kind: 'char', source: sign };
    }
    const escaped =
      /^\\(?:u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[pP]\{[^}]*\}|k<[^>]*>|\d+|[\s\S])/.exec(
        source.slice(at, at + 80),
      )?.[0] ?? '\\';
    at += escaped.length;
    if (escaped === '\\b' || escaped === '\\B') return { kind: 'empty' };
    if (/^\\(?:k<|[1-9])/.test(escaped)) return { kind: 'back', source: escaped };
    return { kind: 'char', source: escaped };
  };
  const group = (): Node => {
    const [head, look] = /^\((?:\?(<?[=!]|:|<[^>]*>))?/.exec(source.slice(at, at + 80)) ?? ['('];
    at += head.length;
    const body = alternatives();
    at++;
    if (look === undefined || look === ':' || look.endsWith('>')) return { kind: 'group', body };
    return { kind: 'look', behind: look.startsWith('<'), not: look.endsWith('!'), body };
  };
  const set = (): string => {
    const from = at++;
    for (; at < source.length && source[at] !== ']'; at++) if (source[at] === '\\') at++;
    at++;
    return source.slice(from, at);
  };
  return alternatives();
}

const SIGNS = [
  ' ',
  'a',
  '\n',
  '0',
  '\t',
  '.',
  '-',
  '/',
  '_',
  'A',
  ',',
  ':',
  '=',
  '"',
  "'",
  '`',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '<',
  '>',
  '\\',
  '$',
  '#',
  '*',
  '+',
  '@',
  ';',
  '|',
  '&',
  '!',
  '?',
  '%',
  '~',
  '^',
  'é',
] as const;

/** One sign of each kind that a part of a single sign takes. */
function signsOf(source: string, flags: string): readonly string[] {
  if (/^[^[\\.]$/.test(source)) return [source];
  const pattern = new RegExp(`^${source}$`, flags.replace(/[gymd]/g, ''));
  const found = SIGNS.filter((sign) => pattern.test(sign));
  if (found.length > 0) return found;
  const other = Array.from({ length: 0x250 }, (_, code) => String.fromCharCode(code)).find((sign) =>
    pattern.test(sign),
  );
  return [other ?? 'x'];
}

/** A text that a part takes: the shortest, or one with all that is optional. */
function sample(node: Node, flags: string, full: boolean, pick = 0): string {
  switch (node.kind) {
    case 'char': {
      const signs = signsOf(node.source, flags);
      return signs[pick % signs.length] ?? '';
    }
    case 'group':
      return sample(node.body, flags, full, pick);
    case 'all':
      return node.parts.map((part) => sample(part, flags, full, pick)).join('');
    case 'one':
      return sample(node.of[pick % node.of.length] as Node, flags, full, pick);
    case 'many':
      return sample(node.body, flags, full, pick).repeat(
        Math.min(50, full ? Math.max(1, node.min) : node.min),
      );
    case 'look':
      return node.not ? '' : sample(node.body, flags, full, pick);
    default:
      return '';
  }
}

/** What is written once, what many times, and what stands at the end. */
export interface Attack {
  readonly before: string;
  readonly pump: string;
  readonly after: string;
}

/** Every part that repeats without end, with what stands before it. */
function repeats(
  node: Node,
  flags: string,
): readonly { readonly before: string; readonly pumps: readonly string[] }[] {
  const found: { before: string; pumps: readonly string[] }[] = [];
  const visit = (part: Node, before: readonly string[]): void => {
    switch (part.kind) {
      case 'group':
      case 'look':
        visit(part.body, before);
        return;
      case 'all': {
        let so = before;
        for (const one of part.parts) {
          visit(one, so);
          so = so.map((text, index) => text + sample(one, flags, index > 0, 0));
        }
        return;
      }
      case 'one':
        for (const one of part.of) visit(one, before);
        return;
      case 'many': {
        if (part.endless) {
          const inner =
            part.body.kind === 'char'
              ? signsOf(part.body.source, flags).slice(0, 6)
              : [0, 1, 2].flatMap((pick) => [
                  sample(part.body, flags, false, pick),
                  sample(part.body, flags, true, pick),
                ]);
          for (const text of new Set(before))
            found.push({
              before: text,
              pumps: [...new Set(inner.flatMap((pump) => [pump, text + pump]))].filter((pump) => pump !== ''),
            });
        }
        visit(part.body, before);
      }
    }
  };
  visit(node, ['', '']);
  if (found.length > 0)
    for (const full of [false, true])
      for (const pick of [0, 1]) {
        const whole = sample(node, flags, full, pick);
        if (whole !== '') found.push({ before: '', pumps: [whole] });
      }
  return found;
}

/** Worst cases of a pattern; none: nothing in it repeats without end. */
export function attacksOn({
  source,
  flags,
}: {
  readonly source: string;
  readonly flags: string;
}): readonly Attack[] {
  const attacks = repeats(parsePattern(source), flags).flatMap(({ before, pumps }) =>
    pumps.flatMap((pump) => ['\u0000', '\n\u0000'].map((after) => ({ before, pump, after }))),
  );
  return [...new Map(attacks.map((attack) => [JSON.stringify(attack), attack])).values()];
}

export function textOf({ before, pump, after }: Attack, length: number): string {
  return before + pump.repeat(Math.ceil(length / pump.length)) + after;
}
