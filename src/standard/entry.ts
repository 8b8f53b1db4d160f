import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { AST } from 'toml-eslint-parser';
import type { Document, Node as YamlNode } from 'yaml';
import { UserError } from '../errors.ts';
import { lineNumber } from '../project/data.ts';

/** A value of a document, and the line on which it stands. */
export interface Entry {
  readonly line: number;
  readonly value: Value;
}
type Value = string | number | boolean | null | readonly Entry[] | ReadonlyMap<string, Entry>;

/** No configuration has more: it would be one that multiplies itself by references. */
const MANY = 20_000;

/** A YAML, JSON or TOML document by its ending, with lines. `shown` is how a refusal names it. */
export async function readEntries(path: string, shown: string, text: string): Promise<Entry> {
  if (isDeep(text)) throw malformed(shown, undefined, 'it is nested too deeply');
  const read = path.endsWith('.toml') ? readToml : path.endsWith('.json') ? readJson : readYaml;
  try {
    return await read(shown, text);
  } catch (error) {
    // parsers call themselves for every bracket, and an alias may lead to what it stands in
    if (error instanceof RangeError) throw malformed(shown, undefined, 'it is nested too deeply');
    throw error;
  }
}

/** Parsers need memory that grows faster than brackets in brackets, and tables in tables. */
const DEEPEST = 200;

function isDeep(text: string): boolean {
  let depth = 0;
  for (const [sign] of text.matchAll(/[[{\]}]/g)) {
    depth = Math.max(0, depth + (sign === '[' || sign === '{' ? 1 : -1));
    if (depth > DEEPEST) return true;
  }
  // lists in lists on one line, and keys that are keys
  if (/(?:[?-][^\S\n]{1,8}){50}/.test(text)) return true;
  return text.split(/[^\w.-]+/).some((word) => word.split('.').length > DEEPEST);
}

/** What the parser says to who calls it, in words for who wrote the file. */
function reasonOf(message: string): string {
  if (message.includes('call stack')) return 'it is nested too deeply';
  return message.includes('multiple documents') ? 'it holds several documents' : message;
}

function malformed(path: string, line: number | undefined, reason: string): UserError {
  return new UserError({ kind: 'malformed', path, line, reason: reason.replace(/\.$/, '') });
}

async function readYaml(path: string, text: string): Promise<Entry> {
  const { parseDocument, LineCounter, isAlias, isMap, isScalar, isSeq } = await import('yaml');
  const lines = new LineCounter();
  const document: Document = parseDocument(text, { lineCounter: lines, merge: false, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) throw malformed(path, lines.linePos(error.pos[0]).line, reasonOf(error.message));
  let count = 0;
  const at = (node: YamlNode | null | undefined, otherwise: number) =>
    node?.range == null ? otherwise : lines.linePos(node.range[0]).line;
  const entry = (node: YamlNode | null | undefined, line: number): Entry => {
    if (++count > MANY) throw malformed(path, line, 'it has too many values');
    if (isAlias(node)) return entry(node.resolve(document), line);
    if (isMap(node)) {
      const pairs = node.items.map(({ key, value }): [string, Entry] => {
        const where = at(key as YamlNode, line);
        if (!isScalar(key)) throw malformed(path, where, 'a key is no text');
        return [String(key.value), entry(value as YamlNode | null, where)];
      });
      return { line, value: new Map(pairs) };
    }
    if (isSeq(node))
      return { line, value: node.items.map((one) => entry(one as YamlNode, at(one as YamlNode, line))) };
    const value = isScalar(node) ? node.value : null;
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    // a version as it is typed: 3.10 is no 3.1
    if (isScalar(node) && typeof value === 'number') return { line, value: node.source ?? String(value) };
    return { line, value: plain ? value : null };
  };
  return entry(document.contents, 1);
}

function readJson(path: string, text: string): Entry {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true });
  const [error] = errors;
  if (error !== undefined)
    throw malformed(
      path,
      lineNumber(text, error.offset),
      printParseErrorCode(error.error)
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase(),
    );
  const lineAt = linesOf(text);
  let count = 0;
  const entry = (node: JsonNode | undefined, line: number): Entry => {
    if (++count > MANY) throw malformed(path, line, 'it has too many values');
    const children = node?.children ?? [];
    if (node?.type === 'array') return { line, value: children.map((one) => entry(one, lineAt(one.offset))) };
    if (node?.type !== 'object') return { line, value: (node?.value ?? null) as Value };
    const pairs = children.map((property): [string, Entry] => {
      const [key, value] = property.children ?? [];
      return [String(key?.value), entry(value, lineAt(property.offset))];
    });
    const value = new Map<string, Entry>();
    for (const [key, one] of pairs) {
      if (value.has(key))
        throw malformed(path, one.line, `the key ${JSON.stringify(key)} stands there twice`);
      value.set(key, one);
    }
    return { line, value };
  };
  return entry(tree, 1);
}

/** The line of an offset, counted from 1, for offsets that are asked for in their order. */
function linesOf(text: string): (offset: number) => number {
  let [line, next] = [1, text.indexOf('\n')];
  return (offset) => {
    for (; next >= 0 && next < offset; next = text.indexOf('\n', next + 1)) line++;
    return line;
  };
}

async function readToml(path: string, text: string): Promise<Entry> {
  const { parseTOML } = await import('toml-eslint-parser');
  let program: AST.TOMLProgram;
  try {
    program = parseTOML(text);
  } catch (error) {
    const { lineNumber: line, message } = error as { lineNumber?: number; message: string };
    throw malformed(path, line, message);
  }
  const root = new Map<string, Entry>();
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') put(root, node, []);
    else for (const inner of node.body) put(root, inner, node.resolvedKey);
    // a table without keys is there all the same
    if (node.type === 'TOMLTable' && node.body.length === 0)
      within(root, node.resolvedKey, node.loc.start.line);
  }
  return { line: 1, value: root };

  function put(into: Map<string, Entry>, node: AST.TOMLKeyValue, above: readonly (string | number)[]): void {
    const line = node.loc.start.line;
    const keys = [...above, ...node.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value))];
    within(into, keys.slice(0, -1), line).set(String(keys.at(-1)), {
      line,
      value: tomlValue(node.value, line),
    });
  }
  function tomlValue(node: AST.TOMLContentNode, line: number): Value {
    if (node.type === 'TOMLArray')
      return node.elements.map((one) => ({ line: one.loc.start.line, value: tomlValue(one, line) }));
    if (node.type === 'TOMLInlineTable') {
      const inner = new Map<string, Entry>();
      for (const pair of node.body) put(inner, pair, []);
      return inner;
    }
    if (node.kind === 'integer' || node.kind === 'float') return text.slice(...node.range);
    return node.kind === 'string' || node.kind === 'boolean' ? node.value : text.slice(...node.range);
  }
}

/** The table below a path of keys; a number leads to an entry of an array of tables. */
function within(
  root: Map<string, Entry>,
  keys: readonly (string | number)[],
  line: number,
): Map<string, Entry> {
  let at = root;
  for (const [index, key] of keys.entries()) {
    if (typeof key === 'number') continue;
    const position = keys[index + 1];
    const inner = at.get(key)?.value;
    if (typeof position === 'number') {
      const list = Array.isArray(inner) ? (inner as Entry[]) : [];
      if (!Array.isArray(inner)) at.set(key, { line, value: list });
      list[position] ??= { line, value: new Map() };
      at = list[position].value as Map<string, Entry>;
    } else if (inner instanceof Map) at = inner as Map<string, Entry>;
    else {
      const made = new Map<string, Entry>();
      at.set(key, { line, value: made });
      at = made;
    }
  }
  return at;
}
