import type { Rules } from '../language.ts';
import { offersOf } from './offers.ts';
import { planC } from './plan.ts';
import { type CSettings, SETTINGS } from './settings.ts';

export const rules: Rules<CSettings> = { settings: SETTINGS, plan: planC, offers: offersOf };
