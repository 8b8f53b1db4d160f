import { chainOf } from './chain.ts';
import type { Source } from './dialect.ts';
import { callsNamed } from './functions.ts';
import type { Frame, Given, Program, Reader, Reading } from './program.ts';
import { type Call, lineAt, textOf } from './syntax.ts';
import { UNKNOWN, type Value } from './value.ts';

/** A call that fills a variable: `flag.StringVar(&cfg.addr, "addr", ":8080")`. */
export interface Fill {
  readonly at: number;
  readonly worth: (reading: Reading, depth: number, frame: Frame | undefined) => Value;
}

/** What readers are handed of a call. */
export function givenOf(
  reading: Reading,
  place: {
    readonly source: Source;
    readonly call: Pick<Call, 'from' | 'to' | 'name' | 'args'>;
    readonly frame?: Frame | undefined;
  },
  path: readonly string[],
  depth: number,
): Given {
  const { source, call, frame } = place;
  const worth: Given['worth'] = (range, inner = []) =>
    range === undefined ? UNKNOWN : reading.read({ source, range, frame }, inner, depth + 1);
  return {
    program: reading.program,
    source,
    chain: chainOf(source, { from: call.from, to: call.to }) ?? [],
    name: call.name,
    args: call.args,
    path,
    at: lineAt(source, call.from),
    worth,
    text: (range) => (range === undefined ? undefined : (textOf(source, range) ?? worth(range).text)),
  };
}

/** The calls that fill a name or a member of it, by the program's readers. */
export function fillsOf(
  program: Program,
  source: Source,
  name: string,
  path: readonly string[],
): readonly Fill[] {
  const readers = (program.readers ?? []).filter(({ fills }) => fills !== undefined);
  return readers.flatMap((reader) => fillsBy(source, reader, [name, ...path].join('.')));
}

function fillsBy(source: Source, reader: Reader, target: string): readonly Fill[] {
  const { fills = 0 } = reader;
  const key = `fills ${reader.of.source} ${fills}`;
  if (!source.memo.has(key)) {
    const byTarget = new Map<string, Call[]>();
    for (const call of callsNamed(source, reader.of)) {
      const arg = call.args[fills];
      const filled =
        arg &&
        source.code
          .slice(arg.from, arg.to)
          .replace(/^[&*\s]+/, '')
          .replace(/->/g, '.');
      if (filled === undefined) continue;
      byTarget.set(filled, [...(byTarget.get(filled) ?? []), call]);
    }
    source.memo.set(key, byTarget);
  }
  const calls = (source.memo.get(key) as Map<string, Call[]>).get(target) ?? [];
  return calls.map((call) => ({
    at: call.from,
    worth: (reading, depth, frame) =>
      reader.read(givenOf(reading, { source, call, frame }, [], depth)) ?? UNKNOWN,
  }));
}
