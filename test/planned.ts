import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Catalog } from '../src/catalog/catalog.ts';
import { UserError } from '../src/errors.ts';
import { chooseLanguage, languageOf } from '../src/facts/choose.ts';
import { frontsOf } from '../src/facts/fronts.ts';
import type { Context, Found, LanguageId, Setting } from '../src/facts/language.ts';
import { type Settled, settle } from '../src/facts/settle.ts';
import { type File, render } from '../src/output/render.ts';
import type { Plan } from '../src/plan/plan.ts';
import type { StageId } from '../src/plan/stages.ts';
import type { Platform, TargetId } from '../src/plan/targets.ts';
import { type Project, projectOf } from '../src/project/project.ts';

/** The day and the world on which goldens were made: neither moves with the catalog. */
export const TODAY = '2026-11-24';
const FOLDER = new URL('./frozen-catalog/', import.meta.url).pathname;
export const FROZEN = Object.fromEntries([
  ['checked', TODAY],
  ...readdirSync(FOLDER).map((file) => [
    basename(file, '.json'),
    JSON.parse(readFileSync(join(FOLDER, file), 'utf8')),
  ]),
]) as Catalog;

export type Files = Readonly<Record<string, string>>;

/** All settings of a project, as the command settles them when nobody can answer. */
export async function settled(
  project: Project,
  given: Readonly<Record<string, string>> = {},
): Promise<Settled> {
  const { language } = await chooseLanguage(project, undefined, undefined);
  const rules = await language.rules();
  const seen = rules.see?.(project);
  return settle(language, rules.settings, {
    project,
    seen,
    catalog: FROZEN,
    today: TODAY,
    given,
    ask: undefined,
  });
}

/** One setting's value as it is typed, and its origin. */
export async function found(
  key: string,
  project: Project,
  given: Readonly<Record<string, string>> = {},
): Promise<readonly [string, string]> {
  const { language } = await chooseLanguage(project, undefined, undefined);
  const { value, from } = (await settled(project, given))[key] as Found<unknown>;
  const settings = await settingsOf(language.id);
  return [settings[key]?.print(value) ?? '', from];
}

/** The settings of a language by key, whatever their types. */
export async function settingsOf(
  id: LanguageId,
): Promise<Readonly<Record<string, Setting<unknown, Context<object>>>>> {
  const { settings } = await languageOf(id).rules();
  return settings as Readonly<Record<string, Setting<unknown, Context<object>>>>;
}

/** What a project is before its target is known: read once for all of them. */
const begun = new WeakMap<Project, Map<string, ReturnType<typeof beginOf>>>();

async function beginOf(project: Project, given: Readonly<Record<string, string>>) {
  const { language } = await chooseLanguage(project, undefined, undefined);
  const rules = await language.rules();
  const seen = rules.see?.(project);
  const world = { project, seen, catalog: FROZEN, today: TODAY };
  const settings = await settle(language, rules.settings, { ...world, given, ask: undefined });
  return { rules, world: { ...world, settings } };
}

export async function planned(
  project: Project,
  target: TargetId,
  given: Readonly<Record<string, string>> = {},
  platforms: readonly Platform[] = ['linux/amd64'],
  stages: readonly StageId[] = [],
): Promise<Plan> {
  const known = begun.get(project) ?? new Map<string, ReturnType<typeof beginOf>>();
  begun.set(project, known);
  const key = JSON.stringify(given);
  const beginning = known.get(key) ?? beginOf(project, given);
  known.set(key, beginning);
  const { rules, world } = await beginning;
  const offer = rules.offers(target, world);
  if ('none' in offer) throw new UserError({ kind: 'target', target, reason: offer.none, instead: [] });
  const fronts = await frontsOf(rules, { ...world, target, platforms });
  const to = { ...world, target, platforms, fronts };
  const plan = rules.plan(to);
  return stages.length === 0 ? plan : (await rules.stages())(to, plan, stages);
}

/** What a case's flags say, by setting: `['--main', 'api']` → `{ main: 'api' }`. */
export function givenBy(flags: readonly string[] = []): Readonly<Record<string, string>> {
  const key = (flag: string) => flag.slice(2).replace(/-([a-z])/g, (_, c: string) => c.toUpperCase());
  const given: Record<string, string> = {};
  for (const [index, flag] of flags.entries())
    if (flag.startsWith('--')) given[key(flag)] = flags[index + 1] ?? '';
  return given;
}

/** The finished texts of a project that is given as an object. */
export async function rendered(
  files: Files,
  target: TargetId,
  given?: Readonly<Record<string, string>>,
  platforms?: readonly Platform[],
): Promise<readonly [File, File]> {
  const project = await projectOf(files, 'app');
  return render(await planned(project, target, given, platforms), project);
}
