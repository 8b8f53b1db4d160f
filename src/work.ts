/**
 * All that is loaded when there is a project to look at. That the API comes along costs nothing, and lets the bundler put
 * what both need into one file.
 */
export * from './index.ts';
export { main } from './main.ts';
