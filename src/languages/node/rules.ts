import type { Rules } from '../../facts/language.ts';
import { type Seen, see } from './evidence/program.ts';
import { offersOf } from './plan/offers.ts';
import { planNode } from './plan/plan.ts';
import { type NodeSettings, SETTINGS } from './settings/settings.ts';

export const rules: Rules<NodeSettings, Seen> = {
  see,
  settings: SETTINGS,
  plan: planNode,
  fronts: async () => (await import('./plan/fronts.ts')).FRONTS,
  offers: offersOf,
  stages: async () => (await import('./plan/stages.ts')).addStages,
};

export { workspaceRules as workspaces } from './evidence/workspace/services.ts';
