import { remember } from '../project/remember.ts';
import { type Binding, bindingsOf } from './bindings.ts';
import { typeName } from './blocks.ts';
import type { Block, FunctionAt, Parameter, Source } from './dialect.ts';
import { ahead, lastAt, split } from './ranges.ts';
import { blockAt } from './syntax.ts';

/** Who says what a name stands for: a block that declares it, or a function whose parameter it is. */
export interface Home {
  readonly block: Block;
  readonly parameter: Parameter | undefined;
  /** The type of a result that has a name. */
  readonly type?: string;
}

/** The home of a name at a place: the innermost block around it that declares it. */
export function homeOf(source: Source, name: string, at: number): Home | undefined {
  const head = headAround(source, at);
  const handed = head?.fn?.parameters.find((one) => one.name === name && one.at < at);
  if (head !== undefined && handed !== undefined) return { block: head, parameter: handed };
  const start = blockAt(source, at);
  const known = remember(source, `homes ${name}`, () => new Map<Block, Home | undefined>());
  if (!known.has(start)) known.set(start, homeFrom(source, name, start));
  return known.get(start);
}

/** The home of a name that is used in a block. */
function homeFrom(source: Source, name: string, start: Block): Home | undefined {
  const own = (bindingsOf(source).get(name) ?? []).filter(({ declares }) => declares);
  for (let block: Block | undefined = start; block; block = block.in) {
    // names of a class of Python are not those of its methods
    const hidden = source.dialect.indents && block.kind === 'class' && block !== start;
    if (!hidden && own.some(({ scope }) => scope === block)) return { block, parameter: undefined };
    const { fn } = block;
    const parameter =
      fn?.parameters.find((one) => one.name === name) ??
      (fn?.receiver?.name === name ? fn.receiver : undefined);
    if (parameter !== undefined) return { block, parameter };
    const result = fn === undefined ? undefined : resultsOf(source, fn).get(name);
    if (result !== undefined) return { block, parameter: undefined, type: result };
  }
  return undefined;
}

/** Go's results that have names, with their types: `func load() (c Config, err error)`. */
function resultsOf(source: Source, fn: FunctionAt): ReadonlyMap<string, string> {
  if (source.dialect.id !== 'go') return NO_RESULTS;
  return remember(source, `results ${fn.list.to}`, () => {
    const open = ahead(source.code, fn.list.to + 1);
    const close = source.pairs.get(open);
    if (source.code[open] !== '(' || close === undefined || close > fn.body.from) return NO_RESULTS;
    const parts = split(source, { from: open + 1, to: close }, ',').map(({ from, to }) =>
      source.code.slice(from, to).trim().split(/\s+/),
    );
    if (!parts.some((words) => words.length > 1)) return NO_RESULTS;
    const typeAt = (place: number) =>
      parts
        .slice(place)
        .find((words) => words.length > 1)
        ?.at(-1) ?? '';
    return new Map(parts.map((words, place) => [words[0] ?? '', typeName(source, typeAt(place))]));
  });
}

const NO_RESULTS: ReadonlyMap<string, string> = new Map();

/** All bindings of the name that a block declares. */
export function belonging(source: Source, name: string, block: Block): readonly Binding[] {
  const all = bindingsOf(source).get(name) ?? [];
  return remember(source, `home ${block.from} ${block.kind} ${name}`, () =>
    all.filter((one) => (one.declares ? one.scope : homeOf(source, name, one.at)?.block) === block),
  );
}

/** The function between whose parameters and body a position is: a default, or what C++ initialises there. */
function headAround(source: Source, at: number): Block | undefined {
  const blocks = remember(source, 'by heads', () =>
    source.blocks
      .filter(({ fn }) => fn !== undefined)
      .sort((a, b) => (a.fn?.list.from ?? 0) - (b.fn?.list.from ?? 0)),
  );
  const block = blocks[lastAt(blocks.length, (index) => blocks[index]?.fn?.list.from ?? 0, at)];
  return block?.fn !== undefined && block.fn.list.from <= at && at < block.from ? block : undefined;
}
