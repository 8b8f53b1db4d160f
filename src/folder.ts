import { fileURLToPath } from 'node:url';

/** `templates/`, beside `src/` here and beside `dist/` in the published package. */
export const TEMPLATES = fileURLToPath(new URL('../templates/', import.meta.url));
