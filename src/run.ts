/** All that a run is made of: one file of the published package, loaded when there is something to do. */

export { Cancelled, UserError } from './errors.ts';
export { main } from './main.ts';
export { printable } from './output/terminal.ts';
export { helpText, parseCommand } from './request/cli.ts';
