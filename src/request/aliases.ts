import type { LanguageId } from '../facts/language.ts';
import type { StageId } from '../plan/stages.ts';

/** What people type for a stage. */
export const STAGE_NAMES: { readonly [name: string]: StageId } = { dev: 'development', tests: 'test' };

/** What people type for a language beside its own name. */
export const LANGUAGE_NAMES: { readonly [name: string]: LanguageId } = {
  js: 'node',
  javascript: 'node',
  ts: 'node',
  typescript: 'node',
  nodejs: 'node',
  'node.js': 'node',
  bun: 'node',
  golang: 'go',
  cpp: 'c',
  'c++': 'c',
  cxx: 'c',
  cc: 'c',
  py: 'python',
  python3: 'python',
  jvm: 'java',
  kotlin: 'java',
  kt: 'java',
};

/** Architectures as `uname -m`, Debian and Go call them, by their name in `docker build --platform`. */
export const ARCHITECTURES: { readonly [name: string]: string } = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  x64: 'amd64',
  aarch64: 'arm64',
  armv8: 'arm64',
  'arm64/v8': 'arm64',
  'arm/v8': 'arm64',
  arm: 'arm/v7',
  armv7: 'arm/v7',
  armv7l: 'arm/v7',
  armhf: 'arm/v7',
  ppc64el: 'ppc64le',
};
