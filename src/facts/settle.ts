import type { Catalog } from '../catalog/catalog.ts';
import { UserError } from '../errors.ts';
import { flagOf } from '../kit/flags.ts';
import type { Project } from '../project/project.ts';
import { within } from '../project/within.ts';
import type { Context, Flag, Found, Language, Setting, Settings } from './language.ts';

// biome-ignore lint/suspicious/noExplicitAny: a language's settings are of many types; `Language` ties each to its own
type AnySetting = Setting<any, any>;

/** What is still open about a setting when a person is asked. */
export interface Question {
  readonly flag: Flag;
  readonly setting: AnySetting;
  /** Evidence that contradicts itself: pick one. */
  readonly candidates: readonly Found<unknown>[];
  readonly choices: readonly unknown[];
  readonly assumed: Found<unknown> | undefined;
  /** Why what was found does not do. */
  readonly why: string | undefined;
  readonly context: Context<object>;
}

export interface SettleWith {
  readonly project: Project;
  readonly catalog: Catalog;
  readonly today: string;
  /** What `Rules.see` opened. */
  readonly seen: unknown;
  /** What was typed, by setting. */
  readonly given: Readonly<Record<string, string>>;
  /** What was answered before, by flag: it is more than what was typed. New answers are added. */
  readonly answers?: Map<string, string>;
  /** Undefined: nobody can answer. */
  readonly ask: ((question: Question) => Promise<unknown>) | undefined;
}

/** Where an answer comes from. */
export const ANSWER = 'your answer';

export type Settled = Readonly<Record<string, Found<unknown>>>;

/**
 * Given, else found, else answered, else assumed, else refused: for every setting of a language, in order. `then` is what
 * follows from all of them, in the same step.
 */
export async function settle(
  { name, flags }: Language,
  settings: Settings<object>,
  to: SettleWith,
  then?: (settled: Settled) => void,
): Promise<Settled> {
  const words = flags as Readonly<Record<string, Flag>>;
  const foreign = Object.keys(to.given).filter((key) => !(key in words));
  if (foreign.length > 0) {
    throw new UserError({ kind: 'foreignFlags', language: name, flags: foreign.map(flagOf) });
  }
  const settled: Record<string, Found<unknown>> = {};
  const values: Record<string, unknown> = {};
  const { project, catalog, today, seen } = to;
  const context = { project, catalog, today, seen, settings: values };
  const open = Object.entries(settings as Record<string, AnySetting>);
  const next = (found: Found<unknown>) => {
    const [key] = open.shift() ?? [''];
    settled[key] = found;
    values[key] = found.value;
  };
  /** Settles what needs no answer, as far as the next question. */
  const untilQuestion = (): Question | undefined => {
    for (let [row] = open; row !== undefined; [row] = open) {
      const [key, setting] = row;
      const flag = words[key];
      if (flag === undefined) throw new Error(`${name} has no words for ${key}`);
      const found = foundOf(key, flag, setting, context, to);
      if ('flag' in found) return found;
      next(found);
    }
    return undefined;
  };
  const step = () => {
    const question = untilQuestion();
    if (question === undefined) then?.(settled);
    return question;
  };
  for (let question = within(step); question !== undefined; question = within(step)) {
    const value = await to.ask?.(question);
    to.answers?.set(flagOf(open[0]?.[0] ?? '').slice(2), question.setting.print(value));
    next({ value, from: ANSWER });
  }
  return settled;
}

function foundOf(
  key: string,
  words: Flag,
  setting: AnySetting,
  context: Context<object>,
  to: SettleWith,
): Found<unknown> | Question {
  const flag = flagOf(key);
  const answered = to.answers?.get(flag.slice(2));
  if (answered !== undefined) return { value: setting.parse(answered, context), from: ANSWER };
  const typed = to.given[key];
  if (typed !== undefined) return { value: setting.parse(typed, context), from: flag };
  const evidence = setting.detect(context);
  if (evidence !== undefined && 'value' in evidence) return evidence;
  const { candidates, why } = openEnds(evidence);
  // what is safe is not asked, but can be corrected
  const assumed = candidates.length > 0 || why !== undefined ? undefined : setting.assume(context);
  if (assumed !== undefined) return assumed;
  if (to.ask !== undefined && words.question !== undefined) {
    const choices = setting.choices?.(context) ?? [];
    // later settings are no part of what is asked
    const now = { ...context, settings: { ...context.settings } };
    return { flag: words, setting, candidates, choices, assumed, why, context: now };
  }
  const what = words.noun;
  if (candidates.length > 0) {
    const printed = candidates.map(({ value, from }) => ({ value: setting.print(value), from }));
    throw new UserError({ kind: 'tie', what, flag, candidates: printed });
  }
  throw new UserError({ kind: 'missing', what, flag, placeholder: words.placeholder, why });
}

function openEnds(evidence: ReturnType<AnySetting['detect']>): Pick<Question, 'candidates' | 'why'> {
  return {
    candidates: evidence !== undefined && 'tie' in evidence ? evidence.tie : [],
    why: evidence !== undefined && 'because' in evidence ? evidence.because : undefined,
  };
}

/** A setting that stands already, asked anew: what stands is what is proposed. */
export function questionOf(
  { flags }: Language,
  settings: Settings<object>,
  name: string,
  settled: Settled,
  to: Omit<SettleWith, 'ask' | 'answers'>,
): Question {
  const all = Object.entries(settings as Record<string, AnySetting>);
  const at = all.findIndex(([key]) => flagOf(key).slice(2) === name);
  const [key, setting] = all[at] ?? [];
  const flag = key === undefined ? undefined : (flags as Readonly<Record<string, Flag>>)[key];
  if (key === undefined || setting === undefined || flag === undefined) throw new Error(`no setting ${name}`);
  const before = all.slice(0, at).map(([earlier]) => [earlier, settled[earlier]?.value]);
  const context = { ...to, settings: Object.fromEntries(before) };
  const { candidates } = openEnds(setting.detect(context));
  const choices = setting.choices?.(context) ?? [];
  return { flag, setting, candidates, choices, assumed: settled[key], why: undefined, context };
}
