import type { Flag } from '../../facts/language.ts';
import { HEALTH, INCLUDE, INIT, PORT } from '../../kit/flags.ts';
import type { PythonSettings } from './settings/settings.ts';

/** The words of each setting. */
export const FLAGS: { readonly [K in keyof PythonSettings]: Flag } = {
  packageManager: {
    noun: 'package manager',
    describe: 'package manager, with its version or without',
    question: 'Which package manager installs the dependencies?',
    placeholder: 'uv|poetry|pdm|pipenv|pip[@version]',
  },
  extra: {
    noun: 'extras',
    describe: 'optional dependencies and groups that production needs, by commas, or none',
    placeholder: 'name,…|none',
  },
  main: {
    noun: 'program',
    describe: 'what is built and started: an application, a file, a script, or a command',
    question: 'What is started?',
    placeholder: '"module:object|file.py|command …"',
  },
  runtimeVersion: {
    noun: 'Python version',
    describe: 'version of the runtime or the toolchain',
    question: 'Which version of Python runs it?',
    placeholder: '3.13',
  },
  include: INCLUDE,
  port: PORT,
  health: HEALTH,
  init: INIT,
};
