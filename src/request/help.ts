/** The help of a plain run by the width of its lines. The build writes it here, for yargs takes longer than all the rest. */
export const HELP: { readonly [width: number]: string } = {};
