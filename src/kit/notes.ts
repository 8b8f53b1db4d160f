import type { Flag, PlanTo, Setting } from '../facts/language.ts';
import type { Note, Plan } from '../plan/plan.ts';
import { flagOf } from './flags.ts';

/** Collects notes in the order in which they are told. */
export interface NoteBook {
  readonly notes: readonly Note[];
  warn(text: string, fix?: string): void;
  tell(text: string, fix?: string): void;
}

export function noteBook(): NoteBook {
  const notes: Note[] = [];
  const add = (level: Note['level']) => (text: string, fix?: string) => {
    notes.push({ level, text, ...(fix === undefined ? {} : { fix }) });
  };
  return { notes, warn: add('warning'), tell: add('info') };
}

/** The notes that every language gives, in the same words; `fix` is what its owner changes, in the language's own. */
export const COMMON = {
  /** A bind that no variable and no flag changes. */
  local: (at: string) => `${at} listens on localhost only, which nobody outside the container can reach.`,
  /** A port that stands in the source, whatever was decided. */
  fixed: (at: string, port: number | string, from: string) =>
    `${at} listens on ${port}, whatever ${from} says.`,
  noLock: 'There is no lock file, so every build may get other versions.',
  env: '.env is not in the image.',
  envFix: 'Pass it when the container starts: docker run --env-file .env',
  pastEnd: (from: string, what: string, day: string) =>
    `${from} says ${what}, which has had no fixes since ${day}.`,
} as const;

// biome-ignore lint/suspicious/noExplicitAny: settings are of many types
type AnySetting = Setting<any, any>;

/**
 * Every decision with its reason and the flag that decides otherwise: the target, then the settings of a language in their
 * order. What has nothing to say (no libraries, no arguments) is left out.
 */
export function choicesOf<S extends object>(
  to: Pick<PlanTo<S>, 'target' | 'settings'>,
  flags: { readonly [K in keyof S]: Flag },
  settings: { readonly [K in keyof S]: AnySetting },
  also: Plan['choices'] = [],
): Plan['choices'] {
  const decided = Object.entries<AnySetting>(settings).flatMap(([key, setting]) => {
    const name = key as keyof S;
    const { noun, placeholder } = flags[name];
    const { value, from } = to.settings[name];
    const text = setting.print(value);
    return text === '' || text === 'none' || text === '/'
      ? []
      : [{ what: `${noun} ${text}`, why: from, instead: `${flagOf(key)} ${placeholder}` }];
  });
  return [
    {
      what: `target ${to.target}`,
      why: 'given, answered, or the one with the fewest surprises',
      instead: '--target alpine|slim|distroless|scratch',
    },
    ...decided,
    ...also,
  ];
}
