import type { Rules } from '../../facts/language.ts';
import { type Seen, see } from './evidence/seen.ts';
import { offersOf } from './plan/offers.ts';
import { planJava } from './plan/plan.ts';
import { type JavaSettings, SETTINGS } from './settings/settings.ts';

export const rules: Rules<JavaSettings, Seen> = {
  see,
  settings: SETTINGS,
  plan: planJava,
  offers: offersOf,
  stages: async () => (await import('./plan/stages.ts')).addStages,
};
