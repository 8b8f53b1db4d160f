import { CALLERS } from './native/callers.ts';
import { JAVASCRIPT } from './native/javascript.ts';
import { MACHINE } from './native/machine.ts';
import { MEDIA } from './native/media.ts';
import type { NativePackage } from './native/row.ts';
import { STORAGE } from './native/storage.ts';
import type { PackageName } from './packages.ts';

/**
 * Packages that need something of the platform, by name, from their documentation, install scripts and published files;
 * with links beside most. What is not here has no machine code, or gives itself away in the lock file.
 */
export const NATIVE_PACKAGES: { readonly [name: string]: readonly NativePackage[] } = {
  ...STORAGE,
  ...MEDIA,
  ...MACHINE,
  ...CALLERS,
  ...JAVASCRIPT,
};

/** What node-gyp needs: https://github.com/nodejs/node-gyp#on-unix. */
export const TOOLCHAIN: readonly PackageName[] = ['g++', 'make', 'python3'];

/**
 * Packages that only serve the installation of machine code, and what one that depends on them is taken for when it has
 * no row: https://github.com/prebuild/node-gyp-build, https://github.com/prebuild/prebuild-install and their like.
 */
export const HELPERS: { readonly [name: string]: NonNullable<NativePackage['code']> } = {
  'node-gyp-build': 'download',
  'node-gyp-build-optional-packages': 'download',
  'prebuild-install': 'download',
  '@mapbox/node-pre-gyp': 'download',
  'node-pre-gyp': 'download',
  'install-artifact-from-github': 'download',
  'pkg-prebuilds': 'download',
  'cmake-js': 'download',
  'node-addon-api': 'compiled',
  nan: 'compiled',
  bindings: 'compiled',
};
