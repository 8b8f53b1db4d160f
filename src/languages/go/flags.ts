import type { Flag } from '../../facts/language.ts';
import { HEALTH, INCLUDE, PORT } from '../../kit/flags.ts';
import type { GoSettings } from './settings/settings.ts';

/** The words of each setting. */
export const FLAGS: { readonly [K in keyof GoSettings]: Flag } = {
  main: {
    noun: 'program',
    describe: 'what is built and started: a main package or an executable',
    question: 'Which program is built and started?',
    placeholder: 'path|name',
  },
  runtimeVersion: {
    noun: 'Go version',
    describe: 'version of the runtime or the toolchain',
    question: 'Which version of Go compiles it?',
    placeholder: '1.27',
  },
  cgo: {
    noun: 'use of cgo',
    describe: 'compile it with a C compiler (CGO_ENABLED): yes or no',
    placeholder: 'yes|no',
  },
  tags: {
    noun: 'build tags',
    describe: 'build tags, by commas, or none',
    placeholder: 'tag,…|none',
  },
  private: {
    noun: 'private modules',
    describe: 'private modules as GOPRIVATE has them, ssh:// before those over SSH, or none',
    placeholder: 'pattern,…|none',
  },
  args: {
    noun: 'arguments',
    describe: 'arguments that it is started with, or none',
    question: 'Which arguments is it started with?',
    placeholder: '"serve …"|none',
  },
  include: INCLUDE,
  port: PORT,
  health: HEALTH,
};
