import { readFileSync } from 'node:fs';
import type { Catalog } from '../src/catalog.ts';
import { languageOf } from '../src/choose.ts';
import { UserError } from '../src/errors.ts';
import type { Plan } from '../src/plan.ts';
import { type Project, projectOf } from '../src/project.ts';
import { type File, render } from '../src/render.ts';
import { type Settled, settle } from '../src/settle.ts';
import type { TargetId } from '../src/targets.ts';

/** The day and the world on which goldens were made: neither moves with the catalog. */
export const TODAY = '2026-11-24';
export const FROZEN: Catalog = JSON.parse(
  readFileSync(new URL('./frozen-catalog.json', import.meta.url), 'utf8'),
);

export type Files = Readonly<Record<string, string>>;

/** All settings of a Node project, as the command settles them when nobody can answer. */
export async function settled(
  project: Project,
  given: Readonly<Record<string, string>> = {},
): Promise<Settled> {
  return settle(languageOf('node'), { project, catalog: FROZEN, today: TODAY, given, ask: undefined });
}

export async function planned(
  project: Project,
  target: TargetId,
  given: Readonly<Record<string, string>> = {},
): Promise<Plan> {
  const language = languageOf('node');
  const settings = await settled(project, given);
  const offer = language.offers(target, { project, settings, catalog: FROZEN, today: TODAY });
  if ('none' in offer) throw new UserError({ kind: 'target', target, reason: offer.none, instead: [] });
  return language.plan({
    project,
    settings,
    target,
    platforms: ['linux/amd64'],
    catalog: FROZEN,
    today: TODAY,
  });
}

/** The finished texts of a project that is given as an object. */
export async function rendered(
  files: Files,
  target: TargetId,
  given?: Readonly<Record<string, string>>,
): Promise<readonly [File, File]> {
  const project = await projectOf(files, 'app');
  return render(await planned(project, target, given), project);
}
