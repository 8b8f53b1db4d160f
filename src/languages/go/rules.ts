import type { Rules } from '../language.ts';
import { offersOf } from './offers.ts';
import { planGo } from './plan.ts';
import { type GoSettings, SETTINGS } from './settings.ts';

export const rules: Rules<GoSettings> = { settings: SETTINGS, plan: planGo, offers: offersOf };
