import type { Flag } from '../facts/language.ts';

/** The words of settings that several languages have: one flag means one thing, whatever the project is. */
export const INCLUDE: Flag = {
  describe: 'files beside the build that the program reads, by commas, or none',
  placeholder: 'path,…',
};
export const PORT: Flag = {
  describe: 'port that it listens on, or none',
  question: 'Which port does it listen on? (none for a program that is no server)',
  placeholder: 'number|none',
};
export const HEALTH: Flag = {
  describe: 'path that answers for its health, tcp, or none',
  placeholder: '/path|tcp|none',
};
export const INIT: Flag = { describe: 'run it under tini: yes or no', placeholder: 'yes|no' };
