import type { Rules } from '../language.ts';
import { offersOf } from './offers.ts';
import { planNode } from './plan.ts';
import { type NodeSettings, SETTINGS } from './settings.ts';

export const rules: Rules<NodeSettings> = { settings: SETTINGS, plan: planNode, offers: offersOf };

export { workspaceRules as workspaces } from './services.ts';
