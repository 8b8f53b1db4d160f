import { remember } from '../project/remember.ts';
import { type Binding, bindingsOf } from './bindings.ts';
import { classAround, classesOf, type Field, fieldsOf, madeType, memberBindings } from './classes.ts';
import type { Block, Range, Source } from './dialect.ts';
import { belonging } from './homes.ts';
import type { Place, Reading } from './program.ts';
import { blockAt, member } from './syntax.ts';
import { combine, EMPTY, isUnknown, UNKNOWN, type Value } from './value.ts';

/** A class or structure, by the name under which a file knows it. */
export interface Typed {
  readonly type: string;
  readonly source: Source;
  readonly block: Block | undefined;
}

interface Class {
  readonly source: Source;
  readonly block: Block;
}

/** The class that a name means: the file's own, else the only one of the program. */
function classOf({ program }: Reading, { type, source, block }: Typed): Class | undefined {
  if (block !== undefined) return { source, block };
  if (type === '') return undefined;
  const [name = type, head] = type.split('.').reverse();
  const own = head === undefined ? (classesOf(source).get(name) ?? []) : [];
  const targets = own.length > 0 ? [] : (program.resolve?.(source, head ?? name) ?? []);
  const rest = source.dialect.id === 'go' ? [] : program.sources;
  const all = own.length > 0 ? [source] : targets.length > 0 ? targets.map((one) => one.source) : rest;
  const found = [...new Set(all)].flatMap((one) =>
    (classesOf(one).get(name) ?? []).map((found) => ({ source: one, block: found })),
  );
  return found.length === 1 ? found[0] : undefined;
}

/**
 * What a member of any object of a class is worth: its field's own value, what literals give it, what is assigned to it.
 * `known`: the object's own literal was read; then only what is assigned through others of its class counts.
 */
export function typedMember(
  reading: Reading,
  type: Typed,
  path: readonly string[],
  depth: number,
  known = false,
): Value {
  const [name, ...rest] = path;
  const found = classOf(reading, type);
  if (found === undefined || name === undefined) return UNKNOWN;
  const field = fieldsOf(found.source, found.block).get(name);
  if (known) return combine(assigned(reading, found, name, rest, depth, true));
  const values = [
    ...(field === undefined ? [] : fieldValues(reading, field, rest, depth)),
    ...literals(reading, found, path, depth),
    ...assigned(reading, found, name, rest, depth, false),
    ...parameterFields(reading, found, name, rest, depth),
  ];
  const value = combine(values);
  if (field === undefined || rest.length === 0 || !(isUnknown(value) || value.empty)) return value;
  const inner =
    field.block === undefined
      ? { type: field.type, source: field.source, block: undefined }
      : { ...field, block: field.block };
  return typedMember(reading, inner, rest, depth + 1);
}

function fieldValues(
  reading: Reading,
  field: Field,
  rest: readonly string[],
  depth: number,
): readonly Value[] {
  const worth = (range: Range | undefined): Value =>
    range === undefined ? UNKNOWN : reading.read({ source: field.source, range }, [], depth + 1);
  const said = (reading.program.fields ?? [])
    .map((read) => read(field, worth))
    .find((value) => value !== undefined);
  if (said !== undefined) return [said];
  if (field.value === undefined) return [EMPTY];
  return [reading.read({ source: field.source, range: field.value }, rest, depth + 1)];
}

/** Literals of a class: `Config{Port: "80"}`, `struct end web = {.port = 80}`. */
function literals(
  reading: Reading,
  { source, block }: Class,
  path: readonly string[],
  depth: number,
): readonly Value[] {
  if (source.dialect.id === 'node' || block.name === '') return [];
  const [name = '', ...rest] = path;
  const places = remember(reading.program, `literals ${source.path} ${block.from} ${name}`, () =>
    literalsOfClass(reading, { source, block }).flatMap(({ source: other, range }) => {
      const place = member(other, range, [name]);
      if (place === 'missing') return [];
      return place === 'unknown' ? [undefined] : [{ source: other, range: place }];
    }),
  );
  return places.map((place) => (place === undefined ? UNKNOWN : reading.read(place, rest, depth + 1)));
}

/** Where the program's literals of a class stand. */
function literalsOfClass(reading: Reading, { source, block }: Class): readonly Place[] {
  return remember(reading.program, `literals ${source.path} ${block.from}`, () =>
    reading.program.sources.flatMap((other) =>
      (literalsOf(other).get(block.name) ?? [])
        .filter((range) => isLiteralOf(reading, other, range, source))
        .map((range) => ({ source: other, range })),
    ),
  );
}

/** Whether a literal of Go is of the package that declares its type, by the package in front of it. */
function isLiteralOf({ program }: Reading, source: Source, { from }: Range, home: Source): boolean {
  if (source.dialect.id !== 'go' || source === home) return true;
  const head = /^(\w+)\./.exec(source.code.slice(from, from + 80))?.[1];
  const targets = program.resolve?.(
    source,
    head ?? /^\w+/.exec(source.code.slice(from, from + 80))?.[0] ?? '',
  );
  return targets === undefined || targets.some((one) => one.source === home);
}

function literalsOf(source: Source): ReadonlyMap<string, readonly Range[]> {
  return remember(source, 'literals', () => {
    const found = new Map<string, Range[]>();
    for (const [type, range] of source.dialect.id === 'go' ? goLiterals(source) : typedLiterals(source)) {
      const list = found.get(type);
      if (list === undefined) found.set(type, [range]);
      else list.push(range);
    }
    return found;
  });
}

function goLiterals(source: Source): readonly (readonly [type: string, range: Range])[] {
  const found = [...source.code.matchAll(/(?<![\w.\]])(?:\w+\.)?([A-Za-z_]\w*)\s?\{/g)];
  return found.flatMap(({ 0: all, 1: type = '', index }) => {
    const open = index + all.length - 1;
    const close = source.pairs.get(open);
    if (close === undefined || blockAt(source, open).kind !== 'plain') return [];
    return [[type, { from: index, to: close + 1 }] as const];
  });
}

function typedLiterals(source: Source): readonly (readonly [type: string, range: Range])[] {
  return [...bindingsOf(source).values()]
    .flat()
    .flatMap(({ type, value }) =>
      type !== '' && value !== undefined && source.code[value.from] === '{' ? [[type, value] as const] : [],
    );
}

/** What is assigned to the member of objects of the class. */
function assigned(
  reading: Reading,
  { source, block }: Class,
  name: string,
  rest: readonly string[],
  depth: number,
  shared: boolean,
): readonly Value[] {
  // methods may name a field without its object
  const found: Value[] = belonging(source, name, block)
    .filter((one) => !one.declares && one.path.length === 0)
    .map(({ value, joined }) =>
      value === undefined || joined ? UNKNOWN : reading.read({ source, range: value }, rest, depth + 1),
    );
  for (const { source: other, binding } of boundMembers(reading, { source, block }, name, shared)) {
    if (binding.path.length > 1 + rest.length || !binding.path.slice(1).every((key, i) => key === rest[i]))
      continue;
    const { value, joined } = binding;
    const inner = rest.slice(binding.path.length - 1);
    if (value === undefined || joined) found.push(UNKNOWN);
    else found.push(reading.read({ source: other, range: value }, inner, depth + 1));
  }
  return found;
}

/** Where the program assigns to a member of the class's objects. */
function boundMembers(
  reading: Reading,
  of: Class,
  name: string,
  shared: boolean,
): readonly { readonly source: Source; readonly binding: Binding }[] {
  return remember(reading.program, `members ${of.source.path} ${of.block.from} ${shared} ${name}`, () =>
    reading.program.sources.flatMap((source) =>
      (memberBindings(source).get(name) ?? [])
        .filter((binding) => isOf(reading, source, binding, of, shared))
        .map((binding) => ({ source, binding })),
    ),
  );
}

/** Whether the object whose member is bound is of the class; `shared`: by a parameter or `this` alone. */
function isOf(
  reading: Reading,
  source: Source,
  binding: Binding,
  { source: home, block }: Class,
  shared: boolean,
): boolean {
  const is = (type: string) =>
    type.endsWith(block.name) && classOf(reading, { type, source, block: undefined })?.block === block;
  if (source.dialect.self.test(binding.name))
    return source === home && classAround(source, binding.at) === block;
  if (block.name === '') return false;
  for (let around: Block | undefined = binding.block; around; around = around.in) {
    const { fn } = around;
    const parameter = [...(fn?.parameters ?? []), ...(fn?.receiver ? [fn.receiver] : [])].find(
      (one) => one.name === binding.name,
    );
    if (parameter !== undefined) return is(parameter.type);
    const own = (bindingsOf(source).get(binding.name) ?? []).find(
      (one) => one.declares && one.scope === around,
    );
    if (own !== undefined)
      return !shared && (is(own.type) || (own.value !== undefined && is(madeType(source, own.value))));
  }
  return false;
}

/** `constructor(private readonly port: number)`: a parameter that is a field. */
function parameterFields(
  reading: Reading,
  { source, block }: Class,
  name: string,
  rest: readonly string[],
  depth: number,
): readonly Value[] {
  return source.functions
    .filter((fn) => fn.name === 'constructor' && blockAt(source, fn.at) === block)
    .filter((fn) => fn.parameters.some((one) => one.field && one.name === name))
    .map((fn) => reading.name({ source, at: fn.body.from, frame: undefined }, name, rest, depth + 1));
}
