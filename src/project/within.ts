import { cpuUsage } from 'node:process';
import { Script } from 'node:vm';
import { excess } from '../errors.ts';

/** Processor seconds for one step: the largest honest project that was tried takes half of them. */
const SECONDS = 8;
const WORK = Symbol.for('create-dockerfile work');
let script: Script | undefined;
let attempt = 0;
/** What the process had used at some moment: asking that costs more than most steps, and a tenth of a second is no matter. */
let known = { at: Number.NEGATIVE_INFINITY, used: 0 };
const FRESH = 100;

/** How often a step was ended and begun anew: what it was in the middle of then was left as it was. */
export function attempts(): number {
  return attempt;
}

/**
 * Does a step that reads a project's text, and ends it when it takes too long: whatever a folder holds, and whatever is
 * wrong with what reads it, a run comes to its end. On a busy machine the step is begun anew with more time. Each costs a
 * thread that watches, so that a step inside of another is watched by that one.
 */
export function within<T>(work: () => T, seconds = SECONDS): T {
  script ??= new Script(`globalThis[Symbol.for('create-dockerfile work')]()`);
  const place = globalThis as { [WORK]?: () => T };
  if (place[WORK] !== undefined) return work();
  place[WORK] = work;
  try {
    for (let timeout = seconds * 1000; ; timeout *= 4) {
      const begun = usedLately();
      try {
        return script.runInThisContext({ timeout });
      } catch (error) {
        if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        if (used() - begun > seconds * 0.6e6) throw excess('.', `it takes more than ${seconds} seconds`);
        attempt += 1;
      }
    }
  } finally {
    delete place[WORK];
  }
}

function used(): number {
  const { user, system } = cpuUsage();
  return user + system;
}

function usedLately(): number {
  const now = performance.now();
  if (now - known.at > FRESH) known = { at: now, used: used() };
  return known.used;
}
