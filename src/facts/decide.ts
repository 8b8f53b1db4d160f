import type { Catalog } from '../catalog/catalog.ts';
import { Back, Cancelled, UserError } from '../errors.ts';
import { flagOf } from '../kit/flags.ts';
import { STAGE_IDS, type StageId } from '../plan/stages.ts';
import type { Platform, TargetId } from '../plan/targets.ts';
import { TARGET_IDS } from '../plan/targets.ts';
import type { Project } from '../project/project.ts';
import { within } from '../project/within.ts';
import { choosePlatforms, chooseTarget, type Offers } from './choose.ts';
import type { Found, Language, PlanTo, Rules } from './language.ts';
import type { Prompts } from './prompts.ts';
import { ANSWER, questionOf, type Settled, settle } from './settle.ts';

/** What was typed, as far as it decides something. */
export interface Said {
  readonly given: Readonly<Record<string, string>>;
  readonly target: TargetId | undefined;
  readonly platforms: readonly Platform[] | undefined;
  readonly stages?: readonly StageId[];
}

/** Answers by setting, as their flags take them, in the order in which they were given. */
export type Answers = Map<string, string>;

/** All that is decided about a project once its language is known. */
export interface Decided {
  readonly settings: Settled;
  readonly target: Found<TargetId>;
  readonly platforms: Found<readonly Platform[]>;
  /** Stages beside the one that ships. */
  readonly stages: Found<readonly StageId[]>;
}

/** One decision as it is shown: its flag without dashes, its value as it is typed, and where it came from. */
export interface Row {
  readonly name: string;
  readonly value: string;
  readonly from: string;
}

interface World {
  readonly project: Project;
  readonly catalog: Catalog;
  readonly today: string;
  readonly seen: unknown;
}

/** Decides everything; with somebody to ask, what they answered is shown as a table until they leave it as it is. */
export async function decide(
  language: Language,
  rules: Rules,
  world: World,
  said: Said,
  answers: Answers,
  ask: Prompts | undefined,
): Promise<{ readonly decided: Decided; readonly rows: readonly Row[] }> {
  let latest: (() => void) | undefined;
  for (;;) {
    try {
      const decided = await decideOnce(language, rules, world, said, answers, ask);
      const rows = rowsOf(rules, decided, ask !== undefined);
      const picked = await ask?.review(rows);
      if (picked === undefined) return { decided, rows };
      const before = answers.get(picked);
      latest = () => (before === undefined ? answers.delete(picked) : answers.set(picked, before));
      const answer = await change(picked, language, rules, world, said, decided, ask);
      if (answer !== undefined) answers.set(picked, answer);
    } catch (error) {
      if (error instanceof Back) goBack(answers);
      else if (error instanceof UserError && latest !== undefined) {
        // what was just changed does not go with the rest
        ask?.tell(error.message);
        latest();
        latest = undefined;
      } else throw error;
    }
  }
}

/** Before the first answer there is nothing to go back to. */
function goBack(answers: Answers): void {
  const last = [...answers.keys()].at(-1);
  if (last === undefined) throw new Cancelled();
  answers.delete(last);
}

async function decideOnce(
  language: Language,
  rules: Rules,
  world: World,
  { given, target: typed, platforms: named, stages: wanted = [] }: Said,
  answers: Answers,
  ask: Prompts | undefined,
): Promise<Decided> {
  let offers = {} as Offers;
  const to = { ...world, given, answers, ask: ask?.setting };
  const settings = await settle(language, rules.settings, to, (settled) => {
    offers = offersOf(rules, world, settled);
  });
  const answered = answers.get('target') as TargetId | undefined;
  const target = answeredBy(answered, await chooseTarget(offers, answered ?? typed, ask?.target));
  if (target.from === ANSWER) answers.set('target', target.value);
  const list = answers.get('platform')?.split(',') as Platform[] | undefined;
  const platforms = answeredBy(list, choosePlatforms(target.value, offers[target.value], list ?? named));
  return { settings, target, platforms, stages: stagesOf(answers.get('stages'), wanted) };
}

function stagesOf(answered: string | undefined, typed: readonly StageId[]): Found<readonly StageId[]> {
  if (answered !== undefined)
    return { value: STAGE_IDS.filter((id) => answered.split(',').includes(id)), from: ANSWER };
  return { value: typed, from: typed.length > 0 ? '--stages' : 'default, the one that ships' };
}

function answeredBy<T>(answer: unknown, found: Found<T>): Found<T> {
  return answer === undefined ? found : { value: found.value, from: ANSWER };
}

function offersOf(rules: Rules, world: World, settings: Settled): Offers {
  const entries = within(() => TARGET_IDS.map((id) => [id, rules.offers(id, { ...world, settings })]));
  return Object.fromEntries(entries) as Offers;
}

/** Stages that nobody asked for are a row where they can be asked for. */
function rowsOf(
  rules: Rules,
  { settings, target, platforms, stages }: Decided,
  asked: boolean,
): readonly Row[] {
  const row = (name: string, value: string, from: string): Row => ({ name, value, from });
  const printed = rules.settings as Readonly<Record<string, { print(value: unknown): string }>>;
  return [
    ...Object.entries(settings).map(([key, { value, from }]) =>
      row(flagOf(key).slice(2), printed[key]?.print(value) ?? '', from),
    ),
    row('target', target.value, target.from),
    row('platform', platforms.value.join(','), platforms.from),
    ...(asked || stages.value.length > 0
      ? [row('stages', stages.value.join(',') || 'none', stages.from)]
      : []),
  ];
}

/** Asks for one row anew; undefined: it stays as it is. */
async function change(
  name: string,
  language: Language,
  rules: Rules,
  world: World,
  { given }: Said,
  { settings, target, stages }: Decided,
  ask: Prompts | undefined,
): Promise<string | undefined> {
  if (ask === undefined) return undefined;
  try {
    const offers = offersOf(rules, world, settings);
    if (name === 'target') return await ask.target(offers);
    if (name === 'stages') return (await ask.stages(stages.value)).join(',') || 'none';
    const offer = offers[target.value];
    if (name === 'platform')
      return 'platforms' in offer ? (await ask.platforms(offer.platforms)).join(',') : undefined;
    const question = questionOf(language, rules.settings, name, settings, { ...world, given });
    return question.setting.print(await ask.setting(question));
  } catch (error) {
    if (error instanceof Back) return undefined;
    throw error;
  }
}

/** With the stages of other languages that make what the program takes in. */
export async function withFronts(rules: Rules, to: PlanTo<object>): Promise<PlanTo<object>> {
  if (rules.takes === undefined) return to;
  const { frontsOf } = await import('./fronts.ts');
  return { ...to, fronts: await frontsOf(rules, to) };
}
