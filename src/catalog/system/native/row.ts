import type { Platform } from '../../../plan/targets.ts';
import type { PackageName } from '../packages.ts';

type Names = readonly PackageName[];

/** What a package of npm needs of the platform it is installed and run on. */
export interface NativePackage {
  /** The versions that this row is for, and what the sources must hold for it; the first row that fits counts. */
  readonly range?: string;
  readonly when?: RegExp;
  /** Packages that bring what this row would add. */
  readonly unless?: readonly string[];
  /** Versions of Node that it compiles for and starts on, beside what its own manifest tells: a range without `||`. */
  readonly node?: string;
  /**
   * Where its machine code comes from. `bundled`: made for each platform, in the package or in optional ones beside it.
   * `prebuilt`: the same, and compiled elsewhere. `fetched`: by its install script, and by nothing else. `download`: the
   * same, and compiled where that fails, so the toolchain is there. `compiled`: always. Undefined: it has none.
   */
  readonly code?: 'bundled' | 'prebuilt' | 'fetched' | 'download' | 'compiled';
  /** Without it the same is done in JavaScript, or left out. */
  readonly dispensable?: true;
  /** Platforms that ready-made files exist for, by libc; undefined: all. */
  readonly made?: { readonly glibc: readonly Platform[]; readonly musl: readonly Platform[] };
  /** Beside node-gyp's toolchain where it is compiled, and the libraries that it then loads. */
  readonly compiling?: Names;
  readonly linked?: Names;
  /** Beside the toolchain where anything at all is compiled. */
  readonly gyp?: Names;
  /** Libraries that it loads wherever its code comes from. */
  readonly loads?: Names;
  /** Programs that it calls: in the image that ships, where there is a package manager. */
  readonly calls?: Names;
  /** Fonts for the text that the sources draw, where there is a package manager: without them it is drawn as nothing. */
  readonly fonts?: { readonly names: Names; readonly when: RegExp };
  /** What it calls that no package brings: a shell. */
  readonly needs?: string;
  /** Environment of the image that ships, by libc, and while packages are installed. */
  readonly env?: { readonly [Libc in 'musl' | 'glibc']: Readonly<Record<string, string>> };
  readonly installEnv?: Readonly<Record<string, string>>;
  /** It takes SIGTERM for what it launches and lets the program go on, which ends on this signal. */
  readonly endsOn?: 'SIGINT';
  /** A program of its own that fetches what it runs, once it is installed. */
  readonly fetch?: string;
  /** Why it cannot run there, after its name. */
  readonly none?: { readonly musl?: string; readonly glibc?: string };
  /** What the owner should know, unless the sources hold the pattern. */
  readonly note?: { readonly unless?: RegExp; readonly text: string; readonly fix: string };
}

export const X64: readonly Platform[] = ['linux/amd64'];
export const ARM64: readonly Platform[] = ['linux/amd64', 'linux/arm64'];
export const ARM: readonly Platform[] = ['linux/amd64', 'linux/arm64', 'linux/arm/v7'];
export const BUNDLED: readonly NativePackage[] = [{ code: 'bundled' }];
export const PREBUILT: readonly NativePackage[] = [{ code: 'prebuilt', made: { glibc: ARM64, musl: ARM64 } }];
export const DOWNLOAD: readonly NativePackage[] = [{ code: 'download' }];
export const COMPILED: readonly NativePackage[] = [{ code: 'compiled' }];
export const NO_MUSL = { musl: 'is made for glibc only' };
export const FONTS: NonNullable<NativePackage['fonts']> = {
  names: ['fonts-dejavu', 'fontconfig-program'],
  when: /\b(?:fill|stroke)Text\s*\(/,
};
export const DEVICES = {
  text: 'it opens a device, which a container has none of.',
  fix: 'Pass it when the container starts: docker run --device /dev/… --group-add …',
};
