/** All that a run is made of: one file of the published package, loaded when there is something to do. */
export { helpText, parseCommand } from './cli.ts';
export { Cancelled, UserError } from './errors.ts';
export { main } from './main.ts';
export { printable } from './terminal.ts';
