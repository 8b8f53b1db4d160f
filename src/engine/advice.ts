import { TARGETS, type TargetId } from '../plan/targets.ts';
import { secondsOf, sizeOf } from './figures.ts';
import type { Measured, Measures } from './measure.ts';

/** One reason to take a target: what it is worth, and how it is said of one that has it, and of one that lacks it. */
interface Reason {
  readonly id: string;
  readonly weight: number;
  /** Close enough to the best: by a share of it, or by an amount that nobody notices. */
  readonly least?: {
    readonly of: keyof Measures;
    readonly share: number;
    readonly amount: number;
    /** It holds where there is nothing to measure. */
    readonly absent?: true;
  };
  readonly holds?: (measures: Measures, target: TargetId) => boolean;
  readonly has: (measures: Measures) => string;
  readonly lacks: (measures: Measures) => string;
}

/** What counts, and how much. Small alone is not enough: what is patched, scanned and attacked counts as much. */
const REASONS: readonly Reason[] = [
  {
    id: 'size',
    weight: 2,
    least: { of: 'compressed', share: 1.25, amount: 1e7 },
    has: ({ compressed }) => `${sizeOf(compressed)} to pull`,
    lacks: ({ compressed }) => `has ${sizeOf(compressed)} to pull`,
  },
  {
    id: 'packages',
    weight: 2,
    // every package is one that has to be patched; what no package manager knows of is patched by building again
    least: { of: 'packages', share: 1.5, amount: 5, absent: true },
    has: ({ packages }) =>
      packages === undefined ? 'no package manager' : `${packages} packages of the system to patch`,
    lacks: ({ packages }) => `has ${packages} packages of the system to patch`,
  },
  {
    id: 'shell',
    weight: 2,
    holds: ({ shell }) => shell === false,
    has: () => 'no shell',
    lacks: () => 'has a shell',
  },
  {
    id: 'listed',
    weight: 1,
    // scanners of vulnerabilities read the list of the package manager
    holds: ({ packages }) => packages !== undefined,
    has: () => 'a list of packages for scanners',
    lacks: () => 'has no list of packages for scanners',
  },
  {
    id: 'libc',
    weight: 1,
    // prebuilt packages and most tests of others are made for it
    holds: (_, target) => TARGETS[target].libc === 'glibc',
    has: () => 'glibc',
    lacks: () => 'has musl in place of glibc',
  },
  {
    id: 'answer',
    weight: 1,
    least: { of: 'answer', share: 1.25, amount: 0.3 },
    has: ({ answer }) => `an answer after ${secondsOf(answer)}`,
    lacks: ({ answer }) => `answers after ${secondsOf(answer)}`,
  },
  {
    id: 'memory',
    weight: 1,
    least: { of: 'memory', share: 1.2, amount: 1e7 },
    has: ({ memory }) => `${sizeOf(memory)} of memory`,
    lacks: ({ memory }) => `takes ${sizeOf(memory)} of memory`,
  },
  {
    id: 'rebuild',
    weight: 1,
    least: { of: 'rebuild', share: 1.3, amount: 2 },
    has: ({ rebuild }) => `a rebuild in ${secondsOf(rebuild)}`,
    lacks: ({ rebuild }) => `takes ${secondsOf(rebuild)} to rebuild`,
  },
];

/** How many reasons a sentence bears. */
const MOST = 3;

export interface Advice {
  readonly target: string;
  /** In one sentence, with what speaks for a smaller one, where there is one. */
  readonly because: string;
}

/** The target that most speaks for; undefined: none of them ran. */
export function advise(all: readonly Measured[]): Advice | undefined {
  const able = all.filter(({ kind, failed }) => kind === 'target' && failed === undefined);
  const rated = able.map((one) => ({ one, held: REASONS.filter((reason) => holds(reason, one, able)) }));
  const worth = (held: readonly Reason[]) => held.reduce((sum, { weight }) => sum + weight, 0);
  // the first of equals is the one with fewer surprises: targets stand in that order
  const [best] = [...rated].sort((a, b) => worth(b.held) - worth(a.held));
  if (best === undefined) return undefined;
  const { measures, name } = best.one;
  // what all of them have tells nothing
  const telling = best.held.filter((reason) => rated.some(({ held }) => !held.includes(reason)));
  const said = (telling.length > 0 ? telling : best.held)
    // its size is said in any case
    .filter(({ id }) => id !== 'size')
    .slice(0, MOST)
    .map((reason) => reason.has(measures));
  const naive = all.find(({ kind }) => kind === 'naive')?.measures.compressed;
  const beside = naive === undefined ? '' : ` (naive: ${sizeOf(naive)})`;
  const size = sizeOf(measures.compressed);
  const reasons = list(size === undefined ? said : [`${size} to pull${beside}`, ...said]);
  return { target: name, because: `Take ${name}: ${reasons}${otherwise(best, rated)}.` };
}

type Rated = { readonly one: Measured; readonly held: readonly Reason[] };

/** What is smaller by more than a twentieth, and why it is not taken all the same. */
function otherwise(best: Rated, rated: readonly Rated[]): string {
  const size = best.one.measures.compressed ?? 0;
  const [smaller] = rated
    .filter(({ one }) => (one.measures.compressed ?? size) < size * 0.95)
    .sort((a, b) => (a.one.measures.compressed ?? 0) - (b.one.measures.compressed ?? 0));
  if (smaller === undefined) return '';
  const missing = best.held.find((reason) => !smaller.held.includes(reason));
  const but = missing === undefined ? '' : `, but ${missing.lacks(smaller.one.measures)}`;
  return `; ${smaller.one.name} is smaller (${sizeOf(smaller.one.measures.compressed)})${but}`;
}

function holds({ least, holds }: Reason, one: Measured, all: readonly Measured[]): boolean {
  if (holds !== undefined) return holds(one.measures, one.name as TargetId);
  if (least === undefined) return false;
  const of = ({ measures }: Measured) => measures[least.of];
  const own = of(one);
  const values = all.map(of).filter((value): value is number => typeof value === 'number');
  if (typeof own !== 'number') return least.absent === true;
  const best = Math.min(...values);
  return own <= Math.max(best * least.share, best + least.amount);
}

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
