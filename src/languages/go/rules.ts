import type { Rules } from '../../facts/language.ts';
import { offersOf } from './plan/offers.ts';
import { planGo } from './plan/plan.ts';
import { type GoSettings, SETTINGS } from './settings/settings.ts';

export const rules: Rules<GoSettings> = { settings: SETTINGS, plan: planGo, offers: offersOf };
