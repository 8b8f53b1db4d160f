import type { Rules } from '../../facts/language.ts';
import { offersOf } from './plan/offers.ts';
import { planC } from './plan/plan.ts';
import { type CSettings, SETTINGS } from './settings/settings.ts';

export const rules: Rules<CSettings> = { settings: SETTINGS, plan: planC, offers: offersOf };
