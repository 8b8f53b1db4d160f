/** A runtime target: what the image that ships is built upon. */
export type TargetId = 'alpine' | 'slim' | 'distroless' | 'scratch';

export interface Target {
  readonly id: TargetId;
  /** Shown in the question and in the README's matrix. */
  readonly about: string;
  /** The C library that native modules in the image link to. */
  readonly libc: 'musl' | 'glibc';
  /** How packages are added to the image that ships; undefined: nothing can be installed or run there. */
  readonly packages?: 'apk' | 'apt';
}

export const TARGETS: { readonly [Id in TargetId]: Target } = {
  slim: {
    id: 'slim',
    about: 'Debian without extras: glibc, a shell, the fewest surprises',
    libc: 'glibc',
    packages: 'apt',
  },
  alpine: { id: 'alpine', about: 'Alpine Linux: small, musl, a shell', libc: 'musl', packages: 'apk' },
  distroless: {
    id: 'distroless',
    about: 'Debian libraries only: no shell, no package manager',
    libc: 'glibc',
  },
  scratch: { id: 'scratch', about: 'nothing but the program and what it loads', libc: 'glibc' },
};

export const TARGET_IDS = Object.keys(TARGETS) as readonly TargetId[];

/** Platforms as `docker build --platform` names them. */
export type Platform = `linux/${'amd64' | 'arm64' | 'arm/v7' | 'ppc64le' | 's390x'}`;

export const PLATFORMS: readonly Platform[] = [
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/ppc64le',
  'linux/s390x',
];
