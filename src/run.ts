/** All that a run is made of: one file of the published package, loaded when there is something to do. */

export { Cancelled, UserError } from './errors.ts';
export { printable } from './output/terminal.ts';
export { parseCommand } from './request/cli.ts';
export { perform } from './request/yargs.ts';

/** Help and completion need nothing of it. */
export const main: typeof import('./work.ts').main = async (request, terminal) =>
  (await import('./work.ts')).main(request, terminal);
