import type { Rules } from '../../facts/language.ts';
import { openTree, type Tree } from './evidence/tree.ts';
import { offersOf } from './plan/offers.ts';
import { planGo } from './plan/plan.ts';
import { type GoSettings, SETTINGS } from './settings/settings.ts';

export const rules: Rules<GoSettings, Tree> = {
  see: openTree,
  settings: SETTINGS,
  plan: planGo,
  offers: offersOf,
  stages: async () => (await import('./plan/stages.ts')).addStages,
};
