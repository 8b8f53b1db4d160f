/**
 * Variables of the environment that a program does not start without, as far as its own code says so: it ends where one
 * is not there, or a schema of them has no default for it.
 *
 *     demandsOf(program, DEMANDING)   // [{ name: 'JWT_SECRET', at: 'server/env.js:55' }]
 */

import type { Note } from '../plan/plan.ts';
import type { Range, Source } from './dialect.ts';
import { callersOf } from './functions.ts';
import type { Program } from './program.ts';
import { codeOf, functionAt, lineAt, textOf } from './syntax.ts';
import { bodyFrom } from './usage.ts';

export interface Demand {
  readonly name: string;
  readonly at: string;
}

/** How the programs of a grammar read a variable, and how they end. */
export interface Demanding {
  /** A variable is read by a name that a function was handed, in `name`; global. */
  readonly handed: RegExp;
  /** A condition that a variable is not there: its name in `name`, or the text behind the match; global. */
  readonly absent: RegExp;
  /** What ends the program. */
  readonly ends: RegExp;
  /** What else demands one: schemas, tags. */
  readonly also?: (source: Source) => readonly Demand[];
}

const VARIABLE = /^[A-Z][A-Z0-9_]{2,80}$/;
/** A parameter that is what stands in for a variable. */
const OTHERWISE = /default|fallback|otherwise|optional|^def$/i;

export function demandsOf(program: Program, demanding: Demanding): readonly Demand[] {
  const found = program.sources.flatMap((source) => [
    ...(demanding.also?.(source) ?? []),
    ...asked(source, demanding),
    ...byFunctions(program, source, demanding),
  ]);
  const names = new Map(found.filter(({ name }) => VARIABLE.test(name)).map((one) => [one.name, one]));
  return [...names.values()];
}

/** `if (!process.env.KEY) throw …`. */
function asked(source: Source, { absent, ends }: Demanding): readonly Demand[] {
  return [...source.code.matchAll(absent)].flatMap((match): readonly Demand[] => {
    const behind = match.index + match[0].length;
    if (!ends.test(codeOf(source, bodyFrom(source, behind)))) return [];
    const text = source.strings.find(({ from }) => from >= match.index);
    const name = match.groups?.name ?? (text !== undefined && text.to <= behind ? text.text : undefined);
    return name === undefined ? [] : [{ name, at: lineAt(source, match.index) }];
  });
}

/** `requireEnv('KEY')`, by a function of the program that ends without it. */
function byFunctions(program: Program, source: Source, { handed, ends }: Demanding): readonly Demand[] {
  return [...source.code.matchAll(handed)].flatMap((match): readonly Demand[] => {
    const fn = functionAt(source, match.index);
    const place = fn?.parameters.find(({ name }) => name === match.groups?.name)?.place;
    if (fn === undefined || place === undefined || !ends.test(codeOf(source, fn.body))) return [];
    if (fn.parameters.some(({ name, otherwise }) => otherwise !== undefined || OTHERWISE.test(name)))
      return [];
    return callersOf(program, { source, fn }).flatMap((one) => {
      const name = textOf(one.source, one.call.args[place] as Range | undefined);
      return name === undefined ? [] : [{ name, at: one.call.at }];
    });
  });
}

/** Tells of those that the image does not give. */
export function demandNotes(
  program: Program,
  demanding: Demanding,
  given: Readonly<Record<string, string>>,
): readonly Note[] {
  const open = demandsOf(program, demanding).filter(({ name }) => !(name in given));
  if (open.length === 0) return [];
  const first = open.slice(0, 3);
  const rest = open.length - first.length;
  const flags = rest > 0 ? ['--env-file FILE'] : first.map(({ name }) => `--env ${name}=…`);
  return [
    {
      level: 'info',
      text: `It does not start without ${first.map(({ name, at }) => `${name} (${at})`).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`,
      fix: `Say ${open.length > 1 ? 'them' : 'it'} when the container starts: docker run ${flags.join(' ')}`,
    },
  ];
}
