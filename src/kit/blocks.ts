import type { Block, FunctionAt, Parameter, Range } from './dialect.ts';
import {
  ahead,
  behind,
  expressionEnd,
  find,
  isBlank,
  type Lexical,
  skip,
  split,
  trim,
  wordBefore,
} from './ranges.ts';

/** Words that stand before brackets and braces without being functions. */
const CONTROL =
  /^(?:if|for|while|switch|catch|with|synchronized|try|else|do|return|function|await|typeof|sizeof|using|foreach|super|match|new|throw)$/;

type Part = Range & Pick<Block, 'kind' | 'name' | 'fn'>;

/** The blocks of a file, nested, and its functions. */
export function blocksOf(
  source: Lexical,
  holes: ReadonlySet<number>,
): {
  readonly blocks: readonly Block[];
  readonly functions: readonly FunctionAt[];
  readonly statements: readonly number[];
} {
  const lines = source.dialect.indents ? logicalLines(source) : [];
  const bodies = source.dialect.indents ? indented(source, lines) : braced(source, holes);
  const functions = functionsOf(source, bodies);
  const parts = new Map<number, Part>(
    [...bodies].map(([from, to]) => [from, { from, to, kind: 'plain', name: '', fn: undefined }]),
  );
  for (const pattern of source.dialect.classes)
    for (const match of source.code.matchAll(pattern)) {
      const part = parts.get(match.index + match[0].length);
      if (part !== undefined)
        parts.set(part.from, { ...part, kind: 'class', name: match.groups?.name ?? '' });
    }
  if (source.dialect.opens !== undefined)
    for (const match of source.code.matchAll(source.dialect.opens)) {
      const part = parts.get(match.index + match[0].length);
      if (part !== undefined) parts.set(part.from, { ...part, kind: 'open' });
    }
  for (const fn of functions) parts.set(fn.body.from, { ...fn.body, kind: 'function', name: fn.name, fn });
  return {
    blocks: nested(source.code.length, [...parts.values()]),
    functions,
    statements: lines.map(({ from }) => from),
  };
}

/** The blocks in the order of their beginnings, each with the one around it. */
function nested(end: number, parts: readonly Part[]): readonly Block[] {
  const file: Block = { from: 0, to: end + 1, kind: 'file', name: '', fn: undefined, in: undefined };
  const blocks = [file];
  let around = file;
  for (const part of [...parts].sort((a, b) => a.from - b.from || b.to - a.to)) {
    while (part.from >= around.to && around.in !== undefined) around = around.in;
    around = { ...part, in: around };
    blocks.push(around);
  }
  return blocks;
}

function braced({ code, pairs }: Lexical, holes: ReadonlySet<number>): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [open, close] of pairs)
    if (open < close && code[open] === '{' && !holes.has(open)) found.set(open, close + 1);
  return found;
}

interface Line {
  readonly from: number;
  readonly indent: number;
  /** The position behind its last sign. */
  readonly to: number;
}

/** Lines of code; one that a bracket, a text or a backslash continues is one line. */
function logicalLines(source: Lexical): readonly Line[] {
  const { code } = source;
  const lines: Line[] = [];
  for (let at = 0; at < code.length; ) {
    const [from, indent] = indentAt(code, at);
    const [end, to] = logicalEnd(source, from);
    if (from < code.length) lines.push({ from, indent, to });
    at = Math.max(end, from + 1);
  }
  return lines;
}

/** Where the first code from a position on stands, and how far it is indented. */
function indentAt(code: string, start: number): readonly [at: number, indent: number] {
  let indent = 0;
  let at = start;
  for (; isBlank(code[at]); at++) {
    if (code[at] === '\n') indent = 0;
    else indent += code[at] === '\t' ? 8 - (indent % 8) : 1;
  }
  return [at, indent];
}

/** Where a line ends, and the position behind its last sign. */
function logicalEnd(source: Lexical, from: number): readonly [end: number, to: number] {
  const { code } = source;
  let to = from;
  let at = from;
  while (at < code.length && (code[at] !== '\n' || code[at - 1] === '\\')) {
    const next = skip(source, at);
    if (!isBlank(code[at])) to = next;
    at = next;
  }
  return [at, to];
}

/** Blocks by indentation: from behind the colon to the line that stands further left. */
function indented({ code }: Lexical, lines: readonly Line[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const open: { readonly from: number; readonly indent: number }[] = [];
  lines.forEach((line, index) => {
    while ((open.at(-1)?.indent ?? -1) >= line.indent) found.set(open.pop()?.from ?? 0, line.from);
    const deeper = (lines[index + 1]?.indent ?? 0) > line.indent;
    if (code[line.to - 1] === ':' && deeper) open.push({ from: line.to, indent: line.indent });
  });
  for (const { from } of open) found.set(from, code.length);
  return found;
}

function functionsOf(source: Lexical, bodies: ReadonlyMap<number, number>): readonly FunctionAt[] {
  const taken = new Set<number>();
  const found: FunctionAt[] = [];
  const add = (fn: FunctionAt | undefined): void => {
    if (fn === undefined || taken.has(fn.body.from)) return;
    taken.add(fn.body.from);
    found.push(fn);
  };
  for (const [open, close] of source.pairs)
    if (open < close && source.code[open] === '(') add(headed(source, bodies, open, close));
  const { arrow } = source.dialect;
  for (
    let at = arrow ? source.code.indexOf(arrow) : -1;
    arrow && at >= 0;
    at = source.code.indexOf(arrow, at + 2)
  )
    add(arrowed(source, bodies, at));
  return found.sort((a, b) => a.at - b.at);
}

/** A head is no longer than this. */
const HEAD = 200;

/** The function whose parameters stand in a pair of brackets. What follows them is asked first: most are those of calls. */
function headed(
  source: Lexical,
  bodies: ReadonlyMap<number, number>,
  open: number,
  close: number,
): FunctionAt | undefined {
  const { code, dialect } = source;
  dialect.tail.lastIndex = close + 1;
  const rest = dialect.tail.exec(code)?.[0];
  if (rest === undefined) return undefined;
  const start = close + 1 + rest.length;
  const end = bodies.get(start) ?? (dialect.indents ? lineOf(source, start) : undefined);
  if (end === undefined) return undefined;
  const offset = Math.max(0, open - HEAD);
  const match = dialect.head.exec(code.slice(offset, open + 1));
  if (match === null) return undefined;
  const index = offset + match.index;
  const { name: word = '', owner } = match.groups ?? {};
  if ((CONTROL.test(word) && word !== 'function') || wordBefore(code, behind(code, index)) === 'new')
    return undefined;
  const list = { from: open + 1, to: close };
  return {
    name: word === 'function' ? assignedTo(code, index) : word,
    at: word === '' ? index : code.lastIndexOf(word, open),
    list,
    parameters: parametersOf(source, list),
    receiver: owner === undefined ? undefined : receiverOf(owner, index),
    body: { from: start, to: end },
    expression: false,
  };
}

/** The body of a function in one line: `def port(): return 3000`. */
function lineOf(source: Lexical, from: number): number | undefined {
  return source.code[from] === '\n' ? undefined : expressionEnd(source, from);
}

function receiverOf(text: string, at: number): Parameter {
  const [name = '', type = ''] = text.trim().split(/[\s*]+/);
  return {
    name,
    at,
    place: -1,
    keys: [],
    otherwise: undefined,
    type: type.replace(/\[.*/, ''),
    field: false,
  };
}

/** `const port = (…) =>`, `port: () =>`: the name in front of a function without one. */
function assignedTo(code: string, at: number): string {
  let last = behind(code, at);
  if (wordBefore(code, last) === 'async') last = behind(code, last - 4);
  if (code[last] !== '=' && code[last] !== ':') return '';
  return wordBefore(code, behind(code, last));
}

function arrowed(
  source: Lexical,
  bodies: ReadonlyMap<number, number>,
  arrow: number,
): FunctionAt | undefined {
  const { code, pairs } = source;
  const last = behind(code, arrow);
  const first = startOfList(source, last);
  if (first === undefined) return undefined;
  const list =
    code[first] === '(' ? { from: first + 1, to: pairs.get(first) ?? last } : { from: first, to: last + 1 };
  const from = ahead(code, arrow + 2);
  const end = bodies.get(from);
  const body = { from, to: end ?? expressionEnd(source, from) };
  if (body.from >= body.to) return undefined;
  return {
    name: assignedTo(code, first),
    at: first,
    list,
    parameters: parametersOf(source, list),
    receiver: undefined,
    body,
    expression: end === undefined,
  };
}

/** Where the parameters before an arrow begin; a return type may stand between. */
function startOfList({ code, pairs }: Lexical, last: number): number | undefined {
  if (code[last] === ')') return pairs.get(last);
  const word = wordBefore(code, last);
  const typed = /\)\s*:\s*[\w$<>[\]|.,\s]{1,80}$/.exec(code.slice(Math.max(0, last - 100), last + 1));
  if (typed !== null) return pairs.get(Math.max(0, last - 100) + typed.index);
  return word === '' ? undefined : last - word.length + 1;
}

/** Parts of a list of parameters; a comma between `<` and `>` parts nothing. */
function listed(source: Lexical, list: Range): readonly Range[] {
  const parts: Range[] = [];
  let depth = 0;
  for (const part of split(source, list, ',')) {
    const code = source.code.slice(part.from, part.to);
    const before = parts.at(-1);
    if (depth > 0 && before !== undefined) parts[parts.length - 1] = { from: before.from, to: part.to };
    else parts.push(part);
    depth = Math.max(0, depth + code.split('<').length - code.split(/(?<![-=])>/).length);
  }
  return parts;
}

function parametersOf(source: Lexical, list: Range): readonly Parameter[] {
  const parts = listed(source, list);
  return parts.flatMap((part, place) => {
    const sign = find(source, part, '=');
    const left = trim(source, { from: part.from, to: sign ?? part.to });
    const otherwise = sign === undefined ? undefined : trim(source, { from: sign + 1, to: part.to });
    const first = source.code[left.from];
    if (first === '{' || first === '[')
      return targets(source, left).map((one) => ({ ...one, place, type: '', field: false }));
    const code = source.code.slice(left.from, left.to);
    return source.dialect.naming === 'first'
      ? leading(source, parts, place, left, otherwise, code)
      : trailing(place, left, otherwise, code);
  });
}

/** `port: number`, `port int`, `readonly port`: the name comes first. */
function leading(
  source: Lexical,
  parts: readonly Range[],
  place: number,
  left: Range,
  otherwise: Range | undefined,
  code: string,
): readonly Parameter[] {
  const match =
    /^(?:@\w+(?:\([^()]*\))?\s*|(?:public|private|protected|readonly|override)\s+|\.\.\.|\*{1,2})*([\w$]+)\s*[?!]?\s*:?\s*/.exec(
      code,
    );
  if (match === null) return [];
  const name = match[1] ?? '';
  let type = code.slice(match[0].length).trim();
  // Go names a type once: `host, port string`
  if (type === '' && source.dialect.id === 'go') {
    const next = parts
      .slice(place + 1)
      .map((part) => source.code.slice(part.from, part.to).trim().split(/\s+/));
    type =
      next
        .find((words) => words.length > 1)
        ?.slice(1)
        .join(' ') ?? '';
  }
  const field = /\b(?:public|private|protected|readonly)\s/.test(match[0]);
  return [
    {
      name,
      at: left.from + code.indexOf(name),
      place,
      keys: [],
      otherwise,
      type: typeName(source, type),
      field,
    },
  ];
}

/** `const char *port`, `final int port`: the name comes last. */
function trailing(
  place: number,
  left: Range,
  otherwise: Range | undefined,
  code: string,
): readonly Parameter[] {
  const match = /(?<!\w)([A-Za-z_]\w*)\s*(?:\[[^[\]]*\]\s*)*$/.exec(code);
  if (match === null) return [];
  const type = bare(code.slice(0, match.index).trim());
  return [
    { name: match[1] ?? '', at: left.from + match.index, place, keys: [], otherwise, type, field: false },
  ];
}

/** The same with Go's package in front: `web.Config` is not the file's own Config. */
export function typeName({ dialect }: Pick<Lexical, 'dialect'>, type: string): string {
  const name = bare(type);
  const head = dialect.id === 'go' ? /(?:^|[*\]\s])(\w+)\.\w+[\s*&?]*$/.exec(type)?.[1] : undefined;
  return head === undefined ? name : `${head}.${name}`;
}

/** A type's own name: without pointers, modifiers, generics, packages. */
export function bare(type: string): string {
  const plain = type
    .replace(/<[\s\S]*|\[[^[\]]*\]/g, '')
    .replace(/\b(?:const|struct|final|static|volatile|extern|class|unsigned|register|var|auto)\b/g, '');
  return /(?<!\w)(\w+)[\s*&?]*$/.exec(plain)?.[1] ?? '';
}

/** The names that a pattern takes apart: `{ PORT = 3000, http: { port } }`. */
export function targets(
  source: Lexical,
  pattern: Range,
): readonly Pick<Parameter, 'name' | 'at' | 'keys' | 'otherwise'>[] {
  const open: { readonly range: Range; readonly keys: readonly string[] }[] = [{ range: pattern, keys: [] }];
  const found: Pick<Parameter, 'name' | 'at' | 'keys' | 'otherwise'>[] = [];
  for (let one = open.pop(); one !== undefined && found.length < 500; one = open.pop()) {
    const { range, keys } = one;
    const close = source.pairs.get(range.from) ?? range.to;
    split(source, { from: range.from + 1, to: close }, ',').forEach((part, index) => {
      const sign = find(source, part, '=');
      const left = trim(source, { from: part.from, to: sign ?? part.to });
      const colon = find(source, left, ':');
      const key =
        source.code[range.from] === '['
          ? String(index)
          : keyOf(source, { from: left.from, to: colon ?? left.to });
      const target = colon === undefined ? left : trim(source, { from: colon + 1, to: left.to });
      const name = source.code.slice(target.from, target.to);
      if (/^[{[]/.test(name)) open.push({ range: target, keys: [...keys, key] });
      else if (/^[\w$]+$/.test(name))
        found.push({
          name,
          at: target.from,
          keys: [...keys, key],
          otherwise: sign === undefined ? undefined : trim(source, { from: sign + 1, to: part.to }),
        });
    });
  }
  return found;
}

/** The name of a member in a literal: a word or a text. */
export function keyOf(source: Lexical, range: Range): string {
  const { from, to } = trim(source, range);
  const text = source.texts.get(from);
  return text?.to === to ? text.text : source.code.slice(from, to);
}
