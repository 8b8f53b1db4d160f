import pc from 'picocolors';

export const log = (text: string): void => console.log(pc.green(text));
