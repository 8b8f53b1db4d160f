import type { Flag } from '../../facts/language.ts';
import { HEALTH, INCLUDE, INIT, PORT } from '../../kit/flags.ts';
import type { CSettings } from './settings/settings.ts';

/** The words of each setting. */
export const FLAGS: { readonly [K in keyof CSettings]: Flag } = {
  buildSystem: {
    noun: 'build system',
    describe: 'what builds it: cmake, meson, autotools, make, or the compiler alone',
    placeholder: 'cmake|meson|autotools|make|sources',
  },
  options: {
    noun: 'build options',
    describe: 'options of cmake, meson or configure, variables of make, or none',
    question: 'Which options configure the build?',
    placeholder: '"-DNAME=value …"|none',
  },
  main: {
    noun: 'program',
    describe: 'what is built and started: a main package or an executable',
    question: 'What is built and started?',
    placeholder: 'name',
  },
  packages: {
    noun: 'packages',
    describe: 'more packages of the distribution: for the build, and behind a slash to run',
    placeholder: 'name,…/name,…',
  },
  libraries: {
    noun: 'libraries',
    describe: 'libraries that it is built with, by commas, or none',
    placeholder: 'name,…',
  },
  args: {
    noun: 'arguments',
    describe: 'arguments that it is started with, or none',
    question: 'Which arguments is it started with?',
    placeholder: '"--flag value"|none',
  },
  link: {
    noun: 'linkage',
    describe: 'on scratch: one static program, or with its shared libraries',
    placeholder: 'static|shared',
  },
  include: INCLUDE,
  port: PORT,
  health: HEALTH,
  init: INIT,
};
