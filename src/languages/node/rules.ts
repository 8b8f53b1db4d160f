import type { Rules } from '../../facts/language.ts';
import { offersOf } from './plan/offers.ts';
import { planNode } from './plan/plan.ts';
import { type NodeSettings, SETTINGS } from './settings/settings.ts';

export const rules: Rules<NodeSettings> = { settings: SETTINGS, plan: planNode, offers: offersOf };

export { workspaceRules as workspaces } from './evidence/workspace/services.ts';
