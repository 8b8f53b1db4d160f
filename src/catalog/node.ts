import type { Platform } from '../plan/targets.ts';
import type { Catalog, Release } from './catalog.ts';

const AMD_ARM: readonly Platform[] = ['linux/amd64', 'linux/arm64'];
const NO_ARM32: readonly Platform[] = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'];

/**
 * Sources: docker-library/official-images `library/node`, nodejs/Release schedule.json, nodejs/docker-node,
 * GoogleContainerTools/distroless README and SUPPORT_POLICY, oven-sh/bun dockerhub folder. The Debian release is
 * spelt out, for `node:24-slim` is Debian 12 while distroless is Debian 13.
 */
export const NODE: readonly Release[] = [
  {
    version: '26',
    newest: '26.13.0',
    lts: '2026-10-28',
    endOfLife: '2029-04-30',
    images: {
      alpine: { build: 'node:26-alpine', runtime: 'node:26-alpine', platforms: AMD_ARM },
      slim: { build: 'node:26-trixie-slim', runtime: 'node:26-trixie-slim', platforms: NO_ARM32 },
      distroless: {
        build: 'node:26-trixie-slim',
        runtime: 'gcr.io/distroless/nodejs26-debian13:nonroot',
        platforms: NO_ARM32,
      },
      scratch: { build: 'node:26-trixie-slim', runtime: 'scratch', platforms: NO_ARM32 },
    },
  },
  {
    version: '24',
    codename: 'krypton',
    newest: '24.22.2',
    lts: '2025-10-28',
    endOfLife: '2028-04-30',
    images: {
      alpine: {
        build: 'node:24-alpine',
        runtime: 'node:24-alpine',
        platforms: ['linux/amd64', 'linux/arm64', 'linux/s390x'],
      },
      slim: { build: 'node:24-trixie-slim', runtime: 'node:24-trixie-slim', platforms: NO_ARM32 },
      distroless: {
        build: 'node:24-trixie-slim',
        runtime: 'gcr.io/distroless/nodejs24-debian13:nonroot',
        platforms: NO_ARM32,
      },
      scratch: { build: 'node:24-trixie-slim', runtime: 'scratch', platforms: NO_ARM32 },
    },
  },
  {
    version: '22',
    codename: 'jod',
    newest: '22.23.4',
    lts: '2024-10-29',
    endOfLife: '2027-04-30',
    images: {
      alpine: {
        build: 'node:22-alpine',
        runtime: 'node:22-alpine',
        platforms: ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/s390x'],
      },
      // Debian 13 has no 32-bit ARM build of Node 22; the bookworm tags do, and they are the last
      slim: { build: 'node:22-trixie-slim', runtime: 'node:22-trixie-slim', platforms: NO_ARM32 },
      distroless: {
        build: 'node:22-trixie-slim',
        runtime: 'gcr.io/distroless/nodejs22-debian13:nonroot',
        platforms: NO_ARM32,
      },
      scratch: { build: 'node:22-trixie-slim', runtime: 'scratch', platforms: NO_ARM32 },
    },
  },
  {
    // dropped from the official images in April 2026: tags can be pulled, but are never rebuilt
    version: '20',
    codename: 'iron',
    newest: '20.20.2',
    lts: '2023-10-24',
    endOfLife: '2026-04-30',
    images: {
      alpine: { build: 'node:20-alpine', runtime: 'node:20-alpine', platforms: AMD_ARM },
      slim: { build: 'node:20-bookworm-slim', runtime: 'node:20-bookworm-slim', platforms: AMD_ARM },
      distroless: { none: 'distroless stopped building Node 20 on 2026-05-01' },
      scratch: { build: 'node:20-bookworm-slim', runtime: 'scratch', platforms: AMD_ARM },
    },
  },
  {
    version: '18',
    codename: 'hydrogen',
    newest: '18.20.8',
    lts: '2022-10-25',
    endOfLife: '2025-04-30',
    images: {
      alpine: { build: 'node:18-alpine', runtime: 'node:18-alpine', platforms: AMD_ARM },
      slim: { build: 'node:18-bookworm-slim', runtime: 'node:18-bookworm-slim', platforms: AMD_ARM },
      distroless: { none: 'distroless has no Node 18 any more' },
      scratch: { build: 'node:18-bookworm-slim', runtime: 'scratch', platforms: AMD_ARM },
    },
  },
];

export const BUN: readonly Release[] = [
  {
    version: '1',
    newest: '1.4.5',
    lts: '2023-09-08',
    // Bun names no end of life for its only major; this row is looked at again when there is a second one
    endOfLife: '2099-12-31',
    images: {
      alpine: { build: 'oven/bun:1-alpine', runtime: 'oven/bun:1-alpine', platforms: AMD_ARM },
      slim: { build: 'oven/bun:1-slim', runtime: 'oven/bun:1-slim', platforms: AMD_ARM },
      distroless: {
        build: 'oven/bun:1-slim',
        runtime: 'gcr.io/distroless/cc-debian13:nonroot',
        platforms: AMD_ARM,
      },
      scratch: { build: 'oven/bun:1-slim', runtime: 'scratch', platforms: AMD_ARM },
    },
  },
];

/** The version that is installed when a project names none, by the format of its lock file. */
export const PACKAGE_MANAGERS: Catalog['packageManagers'] = {
  // pnpm/pnpm lockfile format history. 9.0 is read by 9, 10 and 11; 10 is the newest that needs no Node >= 22.13
  pnpm: [
    { lockfile: '9.0', version: '10.34.8' },
    { lockfile: '6.0', version: '8.15.9' },
    { lockfile: '6.1', version: '8.15.9' },
    { lockfile: '5.4', version: '7.33.7' },
    { lockfile: '5.3', version: '6.35.1' },
  ],
  // yarnpkg/berry `__metadata.version` of the lock file; 1 is the format of Yarn 1
  yarn: [
    { lockfile: '8', version: '4.18.1' },
    { lockfile: '6', version: '3.8.7' },
    { lockfile: '5', version: '3.1.1' },
    { lockfile: '4', version: '2.4.2' },
    { lockfile: '1', version: '1.22.22' },
  ],
};
