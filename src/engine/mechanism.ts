/** How an image is built, run, looked at and ended: what `verify` does, and the tests of the cases. */
export { build, HARDENED, inspect, remove, tryOut } from './container.ts';
export { findEngine, provideImages } from './engine.ts';
