/** Loaded when a file beside the Dockerfile is asked for. */
export { bakeOf } from './bake.ts';
export { companionsOf, ownCompose } from './companions.ts';
export { composeOf } from './compose.ts';
