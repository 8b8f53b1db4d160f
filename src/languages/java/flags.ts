import type { Flag } from '../../facts/language.ts';
import { HEALTH, INCLUDE, PORT } from '../../kit/flags.ts';
import type { JavaSettings } from './settings/settings.ts';

/** The words of each setting. */
export const FLAGS: { readonly [K in keyof JavaSettings]: Flag } = {
  buildTool: {
    noun: 'build tool',
    describe: 'what builds it: maven, gradle, or the compiler alone (javac)',
    question: 'Which tool builds it?',
    placeholder: 'maven|gradle|javac',
  },
  module: {
    noun: 'module',
    describe: 'module of the build that is started: its folder or its name',
    question: 'Which module is started?',
    placeholder: 'folder|name',
  },
  main: {
    noun: 'main class',
    describe: 'what is built and started: a main package or an executable',
    question: 'Which class is started?',
    placeholder: 'class',
  },
  runtimeVersion: {
    noun: 'Java version',
    describe: 'version of the runtime or the toolchain',
    question: 'Which version of Java runs it?',
    placeholder: '25',
  },
  runtime: {
    noun: 'runtime',
    describe: 'what runs it: the JRE of an image, or one that jlink links of the modules that it needs',
    placeholder: 'jre|jlink',
  },
  startup: {
    noun: 'start',
    describe: 'fast: with a cache of loaded classes, some 50 MB more; small: without',
    placeholder: 'fast|small',
  },
  args: {
    noun: 'arguments',
    describe: 'arguments that it is started with, or none',
    question: 'Which arguments is it started with?',
    placeholder: '"server config.yml"|none',
  },
  include: INCLUDE,
  port: PORT,
  health: HEALTH,
};
