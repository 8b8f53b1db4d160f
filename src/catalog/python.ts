import type { Platform } from '../plan/targets.ts';
import type { ImageRow, Release } from './catalog.ts';

const SLIM: readonly Platform[] = [
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/ppc64le',
  'linux/s390x',
];
const AMD_ARM: readonly Platform[] = ['linux/amd64', 'linux/arm64'];
/** distroless/cc has no 32-bit ARM that the interpreter of Debian's image could run on with all of its libraries. */
const NO_ARM32: readonly Platform[] = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'];

type Images = Release['images'];

/** `distroless`: its own Python where it has that minor, else the interpreter of the build goes onto its C++ image. */
function images(version: string, distroless: ImageRow): Images {
  const [slim, alpine] = [`python:${version}-slim-trixie`, `python:${version}-alpine`];
  return {
    alpine: { build: alpine, runtime: alpine, platforms: SLIM },
    slim: { build: slim, runtime: slim, platforms: SLIM },
    distroless,
    scratch: { build: slim, runtime: 'scratch', platforms: NO_ARM32 },
  };
}

const carried = (version: string): ImageRow => ({
  build: `python:${version}-slim-trixie`,
  runtime: 'gcr.io/distroless/cc-debian13:nonroot',
  platforms: NO_ARM32,
});

/**
 * Sources: docker-library/official-images `library/python`, endoflife-date products/python, GoogleContainerTools/distroless
 * README and python3/config.bzl: its only Python is Debian's 3.13 at /usr/bin/python3.13.
 */
export const PYTHON: readonly Release[] = [
  { version: '3.15', newest: '3.15.2', endOfLife: '2031-10-31', images: images('3.15', carried('3.15')) },
  { version: '3.14', newest: '3.14.10', endOfLife: '2030-10-31', images: images('3.14', carried('3.14')) },
  {
    version: '3.13',
    newest: '3.13.18',
    endOfLife: '2029-10-31',
    images: images('3.13', {
      build: 'python:3.13-slim-trixie',
      runtime: 'gcr.io/distroless/python3-debian13:nonroot',
      platforms: AMD_ARM,
    }),
  },
  { version: '3.12', newest: '3.12.15', endOfLife: '2028-10-31', images: images('3.12', carried('3.12')) },
  { version: '3.11', newest: '3.11.16', endOfLife: '2027-10-31', images: images('3.11', carried('3.11')) },
  { version: '3.10', newest: '3.10.22', endOfLife: '2026-10-31', images: images('3.10', carried('3.10')) },
];
