import { remember } from '../project/remember.ts';
import { classAround } from './classes.ts';
import type { FunctionAt, Range, Source } from './dialect.ts';
import type { Program } from './program.ts';
import { listEnd, trim } from './ranges.ts';
import { blockAt, type Call, calls, functionAt } from './syntax.ts';

/** A function of the program, and its file. */
export interface Own {
  readonly source: Source;
  readonly fn: FunctionAt;
}

const LAST = /[^.]*$/;

function named(source: Source): ReadonlyMap<string, readonly FunctionAt[]> {
  return remember(source, 'functions', () => {
    const found = new Map<string, FunctionAt[]>();
    for (const fn of source.functions) {
      const list = found.get(fn.name);
      if (list === undefined) found.set(fn.name, [fn]);
      else list.push(fn);
    }
    return found;
  });
}

function ofName(sources: readonly Source[], name: string): readonly Own[] {
  return sources.flatMap((source) => (named(source).get(name) ?? []).map((fn) => ({ source, fn })));
}

function isMethod({ source, fn }: Own): boolean {
  return fn.receiver !== undefined || blockAt(source, fn.at).kind === 'class';
}

/** The function that a call means; undefined: it is none of the program's, or cannot be told from another. */
export function functionOf(program: Program, source: Source, at: number, name: string): Own | undefined {
  if (/[()[\]]/.test(name)) return undefined;
  const last = LAST.exec(name)?.[0] ?? '';
  const [head = ''] = name.split('.');
  if (head === name) return plainFunction(program, source, at, name);
  if (source.dialect.self.test(head)) {
    const around = classAround(source, at);
    return only(ofName([source], last).filter(({ fn }) => classAround(source, fn.at) === around));
  }
  const files = (program.resolve?.(source, head) ?? []).map((target) => target.source);
  return files.length > 0 ? only(ofName(files, last)) : only(ofName(program.sources, last).filter(isMethod));
}

/** A function that is called by its name alone: the file's own, in a block around, or an imported one. */
function plainFunction(program: Program, source: Source, at: number, name: string): Own | undefined {
  const { id, naming } = source.dialect;
  const own = ofName([source], name).filter((one) => !isMethod(one) || naming === 'last');
  const visible = own.filter(({ fn }) => inside(source, at, fn));
  // overloads cannot be told apart
  if (visible.length > 0) return visible.length === 1 || naming === 'first' ? visible.at(-1) : undefined;
  const imported = program.resolve?.(source, name) ?? [];
  const found = imported.flatMap((target) =>
    ofName([target.source], target.name === '*' ? name : target.name),
  );
  if (found.length > 0) return only(found);
  return id === 'c' ? only(ofName(program.sources, name)) : undefined;
}

function only(all: readonly Own[]): Own | undefined {
  return all.length === 1 ? all[0] : undefined;
}

/** Whether a function of a file can be named at a position: it stands in a block around it. */
function inside(source: Source, at: number, fn: FunctionAt): boolean {
  const around = blockAt(source, fn.at);
  return around.from <= at && at < around.to;
}

export interface Caller {
  readonly source: Source;
  readonly call: Call;
}

function callsBy(source: Source): ReadonlyMap<string, readonly Call[]> {
  return remember(source, 'calls', () => {
    const found = new Map<string, Call[]>();
    for (const call of calls(source, /(?<![\w$#])[\w$#]+\s*(?:<[\w\s,.[\]|]{1,80}>\s*)?\(/g)) {
      const last = LAST.exec(call.name)?.[0] ?? '';
      const list = found.get(last);
      if (list === undefined) found.set(last, [call]);
      else list.push(call);
    }
    return found;
  });
}

/** Every call of a source whose name matches. */
export function callsNamed(source: Source, pattern: RegExp): readonly Call[] {
  return [...callsBy(source).values()].flat().filter(({ name }) => pattern.test(name));
}

/** The calls of a function, anywhere in the program. */
export function callersOf(program: Program, { source, fn }: Own): readonly Caller[] {
  const made = /^(?:constructor|__init__)$/.test(fn.name);
  const name = made ? (classAround(source, fn.at)?.name ?? '') : fn.name;
  if (name === '') return [];
  return (callersBy(program).get(name) ?? []).filter(
    (one) => made || means(program, one.source, one.call, { source, fn }),
  );
}

/** All calls of a program by the last word of what is called. */
function callersBy(program: Program): ReadonlyMap<string, readonly Caller[]> {
  const known = program.memo.get('callers');
  if (known !== undefined) return known as ReadonlyMap<string, readonly Caller[]>;
  const found = new Map<string, Caller[]>();
  for (const source of program.sources)
    for (const [name, list] of callsBy(source)) {
      const all = found.get(name) ?? [];
      for (const call of list) all.push({ source, call });
      found.set(name, all);
    }
  program.memo.set('callers', found);
  return found;
}

function means(program: Program, source: Source, call: Call, own: Own): boolean {
  const { fn } = own;
  // methods are told apart by their names alone where nothing says of what type they are
  const found = functionOf(program, source, call.from, call.name);
  if (found !== undefined) return found.fn === fn;
  if (call.name.includes('.') && isMethod(own)) return ofName(program.sources, fn.name).length === 1;
  // overloads: those with as many parameters
  return (
    source.dialect.naming === 'last' && source === own.source && call.args.length === fn.parameters.length
  );
}

/** The number of an argument for a parameter: `self` is none of a method's. */
export function placeOf({ source, fn }: Own, place: number): number {
  const [first] = fn.parameters;
  return source.dialect.id === 'python' && /^(?:self|cls)$/.test(first?.name ?? '') ? place - 1 : place;
}

/** What a function returns, one range a way out. */
export function returnsOf({ source, fn }: Own): readonly Range[] {
  return remember(source, `returns ${fn.body.from}`, () => {
    if (fn.expression) return [fn.body];
    const found: Range[] = [];
    const pattern = /(?<![\w$.])return\b/g;
    pattern.lastIndex = fn.body.from;
    for (
      let match = pattern.exec(source.code);
      match !== null && match.index < fn.body.to;
      match = pattern.exec(source.code)
    ) {
      if (functionAt(source, match.index) !== fn || found.length >= 20) continue;
      const from = match.index + match[0].length;
      found.push(trim(source, { from, to: Math.min(fn.body.to, listEnd(source, from)) }));
    }
    return found;
  });
}
