import type { Flag } from '../../facts/language.ts';
import { HEALTH, INCLUDE, INIT, PORT } from '../../kit/flags.ts';
import type { NodeSettings } from './settings/settings.ts';

/** The words of each setting. */
export const FLAGS: { readonly [K in keyof NodeSettings]: Flag } = {
  packageManager: {
    noun: 'package manager',
    describe: 'package manager, with its version or without',
    question: 'Which package manager installs the dependencies?',
    placeholder: 'npm|pnpm|yarn|bun[@version]',
  },
  build: {
    noun: 'build script',
    describe: 'script of package.json that builds it, or none',
    placeholder: 'script|none',
  },
  start: {
    noun: 'start command',
    describe: 'command that starts it: node (or bun) and a file, or static and a folder',
    question: 'Which command starts it?',
    placeholder: '"node <file>"',
  },
  runtimeVersion: {
    noun: 'runtime version',
    describe: 'version of the runtime or the toolchain',
    question: 'Which version runs it?',
    placeholder: '24',
  },
  include: INCLUDE,
  port: PORT,
  health: HEALTH,
  init: INIT,
};
