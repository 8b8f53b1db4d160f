/** A package with machine code that its lock file does not always give away. */
export interface NativePackage {
  /** Compiled by node-gyp when no prebuilt file fits: the toolchain is in the stage that installs it. */
  readonly compiled: boolean;
}

/** By name. Prebuilt ones come as optional packages per platform, the others fetch or compile when installed. */
export const NATIVE_PACKAGES: { readonly [name: string]: NativePackage } = {
  // https://github.com/kelektiv/node.bcrypt.js: prebuilt inside the package since 6, compiled before
  bcrypt: { compiled: true },
  // https://github.com/WiseLibs/better-sqlite3/blob/master/docs/troubleshooting.md
  'better-sqlite3': { compiled: true },
  sqlite3: { compiled: true },
  canvas: { compiled: true },
  argon2: { compiled: true },
  re2: { compiled: true },
  bufferutil: { compiled: true },
  'utf-8-validate': { compiled: true },
  'cpu-features': { compiled: true },
  ssh2: { compiled: true },
  'node-sass': { compiled: true },
  zeromq: { compiled: true },
  // https://sharp.pixelplumbing.com/install: @img/sharp-<platform>
  sharp: { compiled: false },
  // https://swc.rs, https://esbuild.github.io, https://lightningcss.dev: one package per platform
  '@swc/core': { compiled: false },
  esbuild: { compiled: false },
  lightningcss: { compiled: false },
  rollup: { compiled: false },
  '@prisma/client': { compiled: false },
  '@node-rs/argon2': { compiled: false },
  '@node-rs/bcrypt': { compiled: false },
};

/** What node-gyp needs: https://github.com/nodejs/node-gyp#on-unix. */
export const TOOLCHAIN = ['g++', 'make', 'python3'] as const;
