import type { Flag } from '../facts/language.ts';

/** The words of settings that several languages have: one flag means one thing, whatever the project is. */
export const INCLUDE: Flag = {
  noun: 'files that the program reads',
  describe: 'files beside the build that the program reads, by commas, or none',
  placeholder: 'path,…',
};
export const PORT: Flag = {
  noun: 'port',
  describe: 'port that it listens on, or none',
  question: 'Which port does it listen on? (none for a program that is no server)',
  placeholder: 'number|none',
};
export const HEALTH: Flag = {
  noun: 'health check',
  describe: 'path that answers for its health, tcp, or none',
  placeholder: '/path|tcp|none',
};
export const INIT: Flag = {
  noun: 'init process',
  describe: 'run it under tini: yes or no',
  placeholder: 'yes|no',
};

/** `runtimeVersion` is typed as `--runtime-version`. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`;
}
