import type { Language } from '../facts/language.ts';
import { c } from './c/index.ts';
import { go } from './go/index.ts';
import { java } from './java/index.ts';
import { node } from './node/index.ts';
import { python } from './python/index.ts';

/** In the order in which they are offered. */
export const LANGUAGES = [node, go, python, java, c] as readonly Language[];
