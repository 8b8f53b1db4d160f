import type { Rules } from '../../facts/language.ts';
import { takenBy } from './evidence/embedded.ts';
import { programOf } from './evidence/program.ts';
import { openTree, type Tree } from './evidence/tree.ts';
import { offersOf } from './plan/offers.ts';
import { planGo } from './plan/plan.ts';
import { type GoSettings, SETTINGS } from './settings/settings.ts';

export const rules: Rules<GoSettings, Tree> = {
  see: openTree,
  settings: SETTINGS,
  plan: planGo,
  takes: ({ project, seen, settings }) =>
    takenBy(project, programOf(seen, settings.main.value, settings.cgo.value)),
  offers: offersOf,
  stages: async () => (await import('./plan/stages.ts')).addStages,
};
