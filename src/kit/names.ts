import { remember } from '../project/remember.ts';
import { type Binding, bindingsOf } from './bindings.ts';
import { chainOf, nameOf } from './chain.ts';
import { classAround, madeType, resultType } from './classes.ts';
import type { FunctionAt, Parameter, Source } from './dialect.ts';
import { fillsOf } from './fills.ts';
import { callersOf, functionOf, placeOf, returnsOf } from './functions.ts';
import { belonging, type Home, homeOf } from './homes.ts';
import { type Typed, typedMember } from './members.ts';
import type { Frame, Place, Reading, Target, Use } from './program.ts';
import { behind, split } from './ranges.ts';
import { argument, functionAt } from './syntax.ts';
import { combine, EMPTY, either, isUnknown, UNKNOWN, type Value } from './value.ts';

/** Callers, and bindings, that are looked at; who has more is not read by names. */
const MANY = 40;

/** What a name, or a member of it, is worth where it is used. */
export function named(
  reading: Reading,
  use: Use,
  name: string,
  path: readonly string[],
  depth: number,
): Value {
  const { source } = use;
  const { program } = reading;
  const around = source.dialect.self.test(name) ? classAround(source, use.at) : undefined;
  if (around !== undefined)
    return typedMember(reading, { type: around.name, source, block: around }, path, depth);
  const home = homeOf(source, name, use.at);
  if (home?.block.kind === 'class') {
    const type = { type: home.block.name, source, block: home.block };
    return typedMember(reading, type, [name, ...path], depth);
  }
  const local = home !== undefined && home.block.kind !== 'file';
  const targets = local
    ? []
    : (program.resolve?.(source, name, path) ?? []).filter(
        (one) => one.source !== source || one.name !== name,
      );
  if (home !== undefined && (local || targets.length === 0 || !isImport(source, name)))
    return declared(reading, use, name, home, path, depth);
  if (targets.length > 0) return combine(targets.map((target) => targetValue(reading, target, path, depth)));
  const type = { type: name, source, block: undefined };
  return path.length > 0 ? typedMember(reading, type, path, depth) : UNKNOWN;
}

/** A name that stands for another file: `const config = require('./config')`. */
function isImport(source: Source, name: string): boolean {
  const all = bindingsOf(source).get(name) ?? [];
  return all.every(
    ({ value }) =>
      value !== undefined &&
      /^(?:await\s+)?(?:require|import)\b/.test(source.code.slice(value.from, value.to)),
  );
}

/** What a name of another file is worth there, when all of it has run. */
export function targetValue(reading: Reading, target: Target, path: readonly string[], depth: number): Value {
  const { source } = target;
  const use = { source, at: source.code.length, frame: undefined };
  const at = (name: string, rest: readonly string[]) => {
    const home = homeOf(source, name, use.at);
    if (home !== undefined) return declared(reading, use, name, home, rest, depth + 1);
    // a member of a class, which needs no object
    const type = { type: name, source, block: undefined };
    return rest.length > 0 ? typedMember(reading, type, rest, depth + 1) : UNKNOWN;
  };
  if (target.name !== '*') {
    const own = exported(reading, use, [target.name, ...path], depth);
    return homeOf(source, target.name, use.at) === undefined && !isUnknown(own) && !own.empty
      ? own
      : at(target.name, path);
  }
  const whole = exported(reading, use, path, depth);
  const [name, ...rest] = path;
  return isUnknown(whole) && name !== undefined ? at(name, rest) : whole;
}

/** What CommonJS exports: `module.exports = …`, `exports.port = …`; else the default of a module. */
function exported(reading: Reading, use: Use, path: readonly string[], depth: number): Value {
  const all = bindingsOf(use.source);
  const bindings = [
    ...(all.get('module') ?? [])
      .filter((one) => one.path[0] === 'exports')
      .map((one) => ({ ...one, path: one.path.slice(1) })),
    ...(all.get('exports') ?? []),
    ...(all.get('default') ?? []).filter(() => path.length === 0 || path[0] !== 'default'),
  ];
  const rest = path[0] === 'default' && all.has('default') ? path.slice(1) : path;
  const found = path[0] === 'default' ? [...bindings, ...(all.get('default') ?? [])] : bindings;
  return combine(valuesOf(reading, use, found, rest, depth));
}

function declared(
  reading: Reading,
  use: Use,
  name: string,
  home: Home,
  path: readonly string[],
  depth: number,
): Value {
  const { source } = use;
  const bindings = belonging(source, name, home.block);
  const filled = fillsOf(reading.program, source, name, path)
    .filter((one) => homeOf(source, name, one.at)?.block === home.block)
    .map((one) => ({ at: one.at, value: one.worth(reading, depth, frameAt(use.frame, source, one.at)) }));
  const values = valuesOf(reading, use, bindings, path, depth, filled);
  const { parameter } = home;
  if (parameter !== undefined && home.block.fn !== undefined)
    values.push(handed(reading, use, home.block.fn, parameter, path, depth));
  const value = combine(values);
  if (path.length === 0 || !(isUnknown(value) || value.empty)) {
    if (path.length === 0 && writtenThrough(source, name, home, use, filled.length > 0)) return UNKNOWN;
    if (path.length === 0 || parameter !== undefined) return value;
  }
  const type = typeOf(reading, use, home, bindings);
  if (type === undefined) return value;
  const typed = typedMember(reading, type, path, depth + 1, !(isUnknown(value) || value.empty));
  return isUnknown(value) || value.empty
    ? typed
    : combine([value, typed.empty || isUnknown(typed) ? EMPTY : typed]);
}

interface Filled {
  readonly at: number;
  readonly value: Value;
}

/** The values of bindings that hold at a place, for a member of the name. */
function valuesOf(
  reading: Reading,
  use: Use,
  bindings: readonly Binding[],
  path: readonly string[],
  depth: number,
  filled: readonly Filled[] = [],
): Value[] {
  const relevant = bindings.filter(
    (one) => one.path.length <= path.length && one.path.every((key, i) => key === path[i]),
  );
  const holding = inForce(use, relevant);
  if (holding.length > MANY) return [UNKNOWN];
  const values = holding.map((one) => boundValue(reading, use, one, path, depth));
  return [...values, ...filled.map(({ value }) => value)];
}

/** Without bindings that come later in the same function, or that another one surely follows. */
function inForce(use: Use, all: readonly Binding[]): readonly Binding[] {
  const { source, at } = use;
  const own = functionAt(source, at);
  const before = all.filter(
    (one) =>
      functionAt(source, one.at) !== own ||
      (one.at < at && !(one.value && one.value.from <= at && at < one.value.to)),
  );
  const straight = before.filter(
    (one) => !one.guarded && !one.joined && !one.fallback && one.value !== undefined && surely(one, use, own),
  );
  const last = straight.at(-1);
  if (last === undefined) return before;
  const home = functionAt(source, last.at);
  return before.filter((one) => one.at >= last.at || functionAt(source, one.at) !== home);
}

/** Whether a binding has surely run where its name is used. */
function surely(binding: Binding, { source, at }: Use, own: FunctionAt | undefined): boolean {
  if (functionAt(source, binding.at) === own) return binding.block.from <= at && at < binding.block.to;
  return (
    binding.block === binding.scope || binding.block.kind === 'file' || binding.block.kind === 'function'
  );
}

/** A call that is looked into counts only inside of its function. */
function frameAt(frame: Frame | undefined, source: Source, at: number): Frame | undefined {
  for (let one = frame; one !== undefined; one = one.outer)
    if (one.source === source && one.fn.body.from <= at && at < one.fn.body.to) return one;
  return undefined;
}

function boundValue(
  reading: Reading,
  use: Use,
  binding: Binding,
  path: readonly string[],
  depth: number,
): Value {
  const { source } = use;
  const { value, keys, otherwise } = binding;
  if (value === undefined) return EMPTY;
  if (binding.joined) return UNKNOWN;
  const frame = frameAt(use.frame, source, binding.at);
  const rest = [...keys, ...path.slice(binding.path.length)];
  const place = { source, range: value, frame };
  const read =
    binding.place < 0
      ? reading.read(place, rest, depth + 1)
      : result(reading, place, binding.place, rest, depth + 1);
  if (otherwise === undefined) return read;
  return either([
    read,
    reading.read({ source, range: otherwise, frame }, path.slice(binding.path.length), depth + 1),
  ]);
}

/** One of several results of a call: `port, err := strconv.Atoi(…)`. */
function result(
  reading: Reading,
  place: Place,
  number: number,
  path: readonly string[],
  depth: number,
): Value {
  const { source, range } = place;
  const chain = chainOf(source, range);
  const call = chain?.at(-1);
  if (chain === undefined || call?.kind !== 'call')
    return number === 0 ? reading.read(place, path, depth) : UNKNOWN;
  const own = functionOf(reading.program, source, range.from, nameOf(chain.slice(0, -1)));
  if (own === undefined) return number === 0 ? reading.read(place, path, depth) : UNKNOWN;
  const args = split(source, call.range, ',');
  const frame = { fn: own.fn, source: own.source, args, caller: place, outer: place.frame };
  return returned(reading, { ...own, frame }, number, path, depth);
}

/** What a function returns, all its ways out. */
export function returned(
  reading: Reading,
  own: { readonly source: Source; readonly fn: FunctionAt; readonly frame: Frame | undefined },
  number: number,
  path: readonly string[],
  depth: number,
): Value {
  const values = returnsOf(own).map((range) => {
    const parts = split(own.source, range, ',');
    const part = number < 0 || (parts.length === 1 && number === 0) ? range : parts[number];
    if (part === undefined) return EMPTY;
    return reading.read(
      {
        source: own.source,
        range: number < 0 && parts.length > 1 ? (parts[0] ?? range) : part,
        frame: own.frame,
      },
      path,
      depth + 1,
    );
  });
  return combine(values);
}

/** What a parameter is: the argument of the call that is looked into, or those of all calls. */
function handed(
  reading: Reading,
  use: Use,
  fn: FunctionAt,
  parameter: Parameter,
  path: readonly string[],
  depth: number,
): Value {
  const { source } = use;
  const rest = [...parameter.keys, ...path];
  const otherwise = parameter.otherwise;
  const fallback = (value: Value): Value =>
    otherwise === undefined
      ? value
      : either([value, reading.read({ source, range: otherwise }, path, depth + 1)]);
  const own = { source, fn };
  const number = placeOf(own, parameter.place);
  const frame = frameAt(use.frame, source, fn.body.from);
  if (parameter.place >= 0 && frame?.fn === fn) {
    const arg = argument(frame.caller.source, { args: frame.args }, parameter.name, number);
    if (arg === undefined) return fallback(EMPTY);
    const place = { source: frame.caller.source, range: arg, frame: frame.outer };
    return fallback(reading.read(place, rest, depth + 1));
  }
  const callers = parameter.place < 0 ? [] : callersOf(reading.program, own);
  if (callers.length > MANY) return UNKNOWN;
  const values = callers.map((caller) => {
    const arg = argument(caller.source, caller.call, parameter.name, number);
    return fallback(
      arg === undefined ? EMPTY : reading.read({ source: caller.source, range: arg }, rest, depth + 1),
    );
  });
  const value = callers.length === 0 ? fallback(otherwise === undefined ? UNKNOWN : EMPTY) : combine(values);
  if (path.length === 0 || !(isUnknown(value) || value.empty) || parameter.type === '') return value;
  return typedMember(reading, { type: parameter.type, source, block: undefined }, path, depth + 1);
}

/** The type that a name is declared with, or that its value makes. */
function typeOf(reading: Reading, use: Use, home: Home, bindings: readonly Binding[]): Typed | undefined {
  const { source } = use;
  const type =
    home.parameter?.type || home.type || bindings.find((one) => one.declares && one.type !== '')?.type;
  if (type) return { type, source, block: undefined };
  for (const { value, place } of bindings) {
    if (value === undefined) continue;
    const made = madeType(source, value);
    if (made !== '') return { type: made, source, block: undefined };
    const chain = chainOf(source, value);
    const own =
      chain?.at(-1)?.kind === 'call' && place <= 0
        ? functionOf(reading.program, source, value.from, nameOf(chain.slice(0, -1)))
        : undefined;
    const result = own && resultType(own.source, own.fn);
    if (own && result) return { type: result, source: own.source, block: undefined };
  }
  return undefined;
}

/** Whether something fills the variable by its address, before it is used: `sscanf(text, "%d", &port)`. */
function writtenThrough(source: Source, name: string, home: Home, use: Use, understood: boolean): boolean {
  if (understood || !/^(?:c|go)$/.test(source.dialect.id)) return false;
  const places = remember(source, 'addresses', () => {
    const found = new Map<string, number[]>();
    for (const match of source.code.matchAll(/&(\w+)(?=\s{0,80}[,)])/g)) {
      if (!/[(,]/.test(source.code[behind(source.code, match.index)] ?? '')) continue;
      const list = found.get(match[1] ?? '');
      if (list === undefined) found.set(match[1] ?? '', [match.index]);
      else list.push(match.index);
    }
    return found;
  });
  const own = functionAt(source, use.at);
  return (places.get(name) ?? []).some(
    (at) => homeOf(source, name, at)?.block === home.block && (functionAt(source, at) !== own || at < use.at),
  );
}
