import { remember } from '../project/remember.ts';
import { type Binding, bindingsOf } from './bindings.ts';
import { bare, typeName } from './blocks.ts';
import type { Block, FunctionAt, Range, Source } from './dialect.ts';
import { ahead, trim } from './ranges.ts';
import { blockAt, codeOf } from './syntax.ts';

/** A field of a class or structure, as it is declared. */
export interface Field {
  readonly source: Source;
  readonly name: string;
  readonly type: string;
  readonly at: number;
  readonly value: Range | undefined;
  /** Go's tag: `env:"PORT" envDefault:"8080"`. */
  readonly tag: string | undefined;
  /** What stands between the field before and this one: annotations, as they are written. */
  readonly before: string;
  /** The class's name. */
  readonly owner: string;
  /** The class's head, as it is written: `class Settings(BaseSettings)`. */
  readonly head: string;
  /** The structure that is declared with it. */
  readonly block: Block | undefined;
}

/** Classes and structures of a file by their names. */
export function classesOf(source: Source): ReadonlyMap<string, readonly Block[]> {
  return remember(source, 'classes', () => {
    const found = new Map<string, Block[]>();
    for (const block of source.blocks) {
      if (block.kind !== 'class') continue;
      // typedef struct { … } name;
      const name =
        block.name || (/^\s*(\w+)\s*;/.exec(source.code.slice(block.to, block.to + 100))?.[1] ?? '');
      const list = found.get(name);
      if (list === undefined) found.set(name, [block]);
      else list.push(block);
    }
    return found;
  });
}

/** Fields of a class by their names. */
export function fieldsOf(source: Source, block: Block): ReadonlyMap<string, Field> {
  return remember(source, `fields ${block.from}`, () => {
    const found = source.dialect.id === 'go' ? goFields(source, block) : boundFields(source, block);
    return new Map(found.map((field) => [field.name, field]));
  });
}

function headOf(source: Source, block: Block): string {
  const from = Math.max(source.text.lastIndexOf('\n', block.from) + 1, block.from - 300);
  return source.text.slice(from, block.from).trim();
}

function boundFields(source: Source, block: Block): readonly Field[] {
  const byBlock = remember(source, 'bound fields', () => {
    const map = new Map<Block, Binding[]>();
    for (const list of bindingsOf(source).values())
      for (const one of list) {
        if (one.block.kind !== 'class' || !one.declares) continue;
        const before = map.get(one.block);
        if (before === undefined) map.set(one.block, [one]);
        else before.push(one);
      }
    return map;
  });
  const head = headOf(source, block);
  return (byBlock.get(block) ?? []).map(({ name, type, at, value }) => {
    const from = Math.max(
      source.code.lastIndexOf(';', at),
      source.code.lastIndexOf('{', at),
      source.code.lastIndexOf('}', at),
    );
    const before = source.text.slice(Math.max(from + 1, at - 500), at).trim();
    return {
      source,
      name,
      type,
      at,
      value,
      tag: undefined,
      before,
      owner: block.name,
      head,
      block: undefined,
    };
  });
}

/** `Host, Port string`, with a tag behind; structures in structures. */
function goFields(source: Source, block: Block): readonly Field[] {
  const fields: Field[] = [];
  const { code } = source;
  const line = /[ \t]*(\w+(?:\s*,\s*\w+)*)[ \t]+([^\s`{]+)/y;
  for (let at = block.from + 1; at < block.to - 1; ) {
    line.lastIndex = at;
    const match = line.exec(code);
    let end = match === null ? at : line.lastIndex;
    const brace = match !== null && match[2] === 'struct' ? ahead(code, end) : -1;
    const inner = code[brace] === '{' ? blockAt(source, brace) : undefined;
    if (inner !== undefined) end = inner.to;
    while (code[end] === ' ' || code[end] === '\t') end++;
    const tag = source.texts.get(end);
    for (const name of match?.[1]?.split(',') ?? [])
      fields.push({
        source,
        name: name.trim(),
        type: typeName(source, match?.[2] ?? ''),
        at,
        value: undefined,
        tag: tag?.text,
        before: '',
        owner: block.name,
        head: headOf(source, block),
        block: inner,
      });
    const next = code.indexOf('\n', tag?.to ?? end);
    at = next < 0 ? block.to : ahead(code, next);
  }
  return fields;
}

/** The class around a position. */
export function classAround(source: Source, at: number): Block | undefined {
  for (let block: Block | undefined = blockAt(source, at); block; block = block.in)
    if (block.kind === 'class') return block;
  return undefined;
}

/** Bindings of members, by the first member: `s.address = x`. */
export function memberBindings(source: Source): ReadonlyMap<string, readonly Binding[]> {
  return remember(source, 'members', () => {
    const found = new Map<string, Binding[]>();
    for (const list of bindingsOf(source).values())
      for (const one of list) {
        const [key] = one.path;
        if (key === undefined) continue;
        const before = found.get(key);
        if (before === undefined) found.set(key, [one]);
        else before.push(one);
      }
    return found;
  });
}

/** The type that an expression makes, by how it is written: `&Config{…}`, `new Server(…)`, `Settings()`. */
export function madeType(source: Source, range: Range): string {
  const code = codeOf(source, trim(source, range));
  const made = /^&?\s*([\w.]+)\s*\{/.exec(code) ?? /^new\s*\(?\s{0,200}([\w.]+)/.exec(code);
  return typeName(
    source,
    made?.[1] ?? (source.dialect.id === 'python' ? (/^([A-Z]\w*)\(/.exec(code)?.[1] ?? '') : ''),
  );
}

/** The first type that a function of Go, Java or C returns, by its head. */
export function resultType(source: Source, fn: FunctionAt): string {
  const { code, dialect } = source;
  if (dialect.id === 'go') {
    const results = code
      .slice(fn.list.to + 1, fn.body.from)
      .trim()
      .replace(/^\(/, '');
    return typeName(source, results.split(',')[0]?.trim().split(/\s+/).at(-1)?.replace(/\)$/, '') ?? '');
  }
  if (dialect.naming === 'last')
    return bare(/[\w<>*&\s]{1,80}$/.exec(code.slice(Math.max(0, fn.at - 80), fn.at))?.[0] ?? '');
  return '';
}
