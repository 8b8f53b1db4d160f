import type { Locked } from '../evidence/lock/locked.ts';

/**
 * Packages with machine code, or with a script on installation, that work while a framework builds and leave nothing of
 * themselves in what it makes. All others may be in a build that holds its packages.
 */
const BUILD_ONLY: readonly RegExp[] = [
  // compilers and bundlers, each with one package per platform
  /^(@next\/swc|@swc\/|@esbuild\/|esbuild$|@rollup\/rollup-|rollup$|@rolldown\/|rolldown$|@rspack\/|@oxc-|oxc-)/,
  /^(lightningcss|@tailwindcss\/oxide|@parcel\/|sass-embedded|@biomejs\/|@typescript\/|@unrs\/|unrs-resolver$)/,
  // https://github.com/emnapi/napi-rs: the same in WebAssembly
  /^(@napi-rs\/wasm-runtime|@emnapi\/|@tybys\/wasm-util)/,
  // watchers of files
  /^(fsevents$|chokidar$)/,
  // caches of bundlers
  /^(lmdb$|@lmdb\/|msgpackr-extract$|@msgpackr-extract\/)/,
  // a script that prints something or chooses a version, and no machine code
  /^(core-js(-pure)?$|vue-demi$|protobufjs$|es5-ext$|styled-components$)/,
];

/** Whether what a framework builds is the same for every platform; what no lock file tells is taken not to be. */
export function portableBuild(
  dependencies: Readonly<Record<string, string>>,
  locked: readonly Locked[] | undefined,
): boolean {
  if (locked === undefined) return Object.keys(dependencies).length === 0;
  return locked.every((p) => !(p.native || p.script) || BUILD_ONLY.some((pattern) => pattern.test(p.name)));
}
