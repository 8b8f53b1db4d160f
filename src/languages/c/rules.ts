import type { Rules } from '../../facts/language.ts';
import { type Seen, see } from './evidence/seen.ts';
import { offersOf } from './plan/offers.ts';
import { planC } from './plan/plan.ts';
import { type CSettings, SETTINGS } from './settings/settings.ts';

export const rules: Rules<CSettings, Seen> = {
  see,
  settings: SETTINGS,
  plan: planC,
  offers: offersOf,
  stages: async () => (await import('./plan/stages.ts')).addStages,
};
