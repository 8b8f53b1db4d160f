import type { Platform } from '../plan/targets.ts';
import type { Release } from './catalog.ts';

/** Of what Debian 13, Alpine 3.24 and distroless all have; riscv64 and armel are left to who asks for them. */
const ALL: readonly Platform[] = [
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/ppc64le',
  'linux/s390x',
];

/**
 * The system that compiles is the one that the program runs on, with its own compiler. `gcc:16` is none: its libstdc++
 * is newer than Debian's, and what it builds does not start there (`GLIBCXX_3.4.xx not found`); `gcc:16-alpine` never
 * was. On scratch a static program comes from Alpine (`alpine`), one with shared libraries from Debian (`scratch`).
 * Sources: wiki.debian.org/DebianReleases, alpinelinux.org/releases, GoogleContainerTools/distroless README.
 */
export const C: readonly Release[] = [
  {
    version: '13',
    newest: '13.2.0',
    endOfLife: '2028-08-09',
    images: {
      alpine: { build: 'alpine:3.24', runtime: 'alpine:3.24', platforms: ALL },
      slim: { build: 'debian:trixie-slim', runtime: 'debian:trixie-slim', platforms: ALL },
      distroless: {
        build: 'debian:trixie-slim',
        runtime: 'gcr.io/distroless/cc-debian13:nonroot',
        platforms: ALL,
      },
      scratch: { build: 'debian:trixie-slim', runtime: 'scratch', platforms: ALL },
    },
  },
];
