import type { Language } from './language.ts';
import { node } from './node/index.ts';

export const LANGUAGES = [node] as readonly Language[];
