/** The functions of semver that are used, one by one: the whole of it takes a run twice as long to load. */
export { default as gte } from 'semver/functions/gte.js';
export { default as lt } from 'semver/functions/lt.js';
export { default as major } from 'semver/functions/major.js';
export { default as satisfies } from 'semver/functions/satisfies.js';
export { default as valid } from 'semver/functions/valid.js';
export { default as minVersion } from 'semver/ranges/min-version.js';
export { default as validRange } from 'semver/ranges/valid.js';
