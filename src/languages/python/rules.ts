import type { Rules } from '../../facts/language.ts';
import { type Seen, see } from './evidence/evidence.ts';
import { offersOf } from './plan/offers.ts';
import { planPython } from './plan/plan.ts';
import { type PythonSettings, SETTINGS } from './settings/settings.ts';

export const rules: Rules<PythonSettings, Seen> = {
  see,
  settings: SETTINGS,
  plan: planPython,
  offers: offersOf,
  stages: async () => (await import('./plan/stages.ts')).addStages,
};

export { workspaceRules as workspaces } from './evidence/services.ts';
