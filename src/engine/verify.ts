import type { Platform } from '../plan/targets.ts';
import { build, inspect, remove, type Start, tryOut } from './container.ts';
import type { Engine } from './engine.ts';
import { judge } from './judge.ts';
import type { Correction, Finding, Promised, Trial } from './trial.ts';

/** What is tried: a Dockerfile, and what it promises. */
export interface Subject {
  readonly dockerfile: string;
  readonly context: string;
  readonly platform: Platform | undefined;
  readonly secrets: readonly string[];
  readonly environment: readonly string[];
  /** Images with programs, which read the sockets of one that has none. */
  readonly helper: string | undefined;
  readonly wait: number;
  /** It is run once more, and its system calls are followed. */
  readonly trace: boolean;
  /** Of an image that somebody else describes, its own words count: they are asked for once it is built. */
  promised(image: Trial['image']): Promised;
}

/** One round: what was tried with which corrections, what was seen, and what does not hold. */
export interface Round {
  readonly trial: Trial;
  readonly promised: Promised;
  readonly findings: readonly Finding[];
}

/** Told while it works. */
export interface Told {
  step(text: string): void;
  line(text: string): void;
}

/** Builds, runs, looks, stops, removes. What was made is removed whatever happens. */
export async function tried(engine: Engine, subject: Subject, tag: string, told: Told): Promise<Round> {
  const start = { name: tag, image: tag };
  try {
    told.step('building');
    const built = await build(engine, {
      ...subject,
      tag,
      line: (text) => told.line(text),
    });
    const image = built.ok ? await inspect(engine, tag) : undefined;
    const promised = subject.promised(image);
    if (!built.ok || image === undefined) return round({ build: built }, promised);
    told.step('running');
    const to: Start = {
      ...start,
      port: promised.port,
      platform: subject.platform,
      volumes: promised.volumes,
      environment: subject.environment,
      checked: image.checked,
      helper: subject.helper,
      wait: subject.wait,
    };
    const run = await tryOut(engine, to);
    if (!subject.trace) return round({ build: built, image, run }, promised);
    told.step('tracing');
    const { traced } = await import('./trace.ts');
    return round({ build: built, image, run, traced: await traced(engine, to) }, promised);
  } finally {
    await remove(engine, start);
  }
}

function round(trial: Trial, promised: Promised): Round {
  return { trial, promised, findings: judge(trial, promised) };
}

/** How often it is corrected and tried again at most. */
export const ROUNDS = 5;

/** What the findings of a round correct: one value for each setting, and none that was tried before. */
export function correctionsOf(
  findings: readonly Finding[],
  tried: readonly Correction[],
): readonly Correction[] {
  const found: Correction[] = [];
  for (const { correction } of findings) {
    if (correction === undefined) continue;
    const known = [...tried, ...found].some(
      ({ key, value }) => key === correction.key && (value === correction.value || key !== 'volume'),
    );
    // what was corrected once and is wrong again is not guessed at a second time
    const again = tried.some(({ key, value }) => key === correction.key && value === correction.value);
    if (again || (known && !ADDS.has(correction.key))) continue;
    found.push(correction);
  }
  return found;
}

/** Settings that grow with each round: a further folder, file or package. */
const ADDS = new Set(['volume', 'include', 'packages']);
