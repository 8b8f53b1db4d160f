import type { Platform, TargetId } from '../plan/targets.ts';
import type { GoRelease, ImageRow } from './catalog.ts';

/** Of what Go, Alpine, Debian and distroless all have; 386, arm/v6 and riscv64 are left to who asks for them. */
const ALL: readonly Platform[] = [
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/ppc64le',
  'linux/s390x',
];

type Images = { readonly [Id in TargetId]: ImageRow };

/**
 * Pure Go: a static program that the builder's own platform compiles for every other, so the smaller builder serves
 * all targets. Alpine and Debian are the newest releases: nothing of theirs is linked.
 */
function pure(version: string): Images {
  const build = `golang:${version}-alpine`;
  return {
    alpine: { build, runtime: 'alpine:3.24', platforms: ALL },
    slim: { build, runtime: 'debian:trixie-slim', platforms: ALL },
    distroless: { build, runtime: 'gcr.io/distroless/static-debian13:nonroot', platforms: ALL },
    scratch: { build, runtime: 'scratch', platforms: ALL },
  };
}

/** With C: a static musl program for scratch and alpine; glibc of the same Debian release for slim and distroless. */
function cgo(version: string): Images {
  const [musl, glibc] = [`golang:${version}-alpine`, `golang:${version}-trixie`];
  return {
    alpine: { build: musl, runtime: 'alpine:3.24', platforms: ALL },
    slim: { build: glibc, runtime: 'debian:trixie-slim', platforms: ALL },
    distroless: { build: glibc, runtime: 'gcr.io/distroless/base-debian13:nonroot', platforms: ALL },
    scratch: { build: musl, runtime: 'scratch', platforms: ALL },
  };
}

/**
 * Sources: docker-library/official-images `library/golang`, go.dev/doc/devel/release (a release ends when the second
 * after it ships: the dates ahead are the February and August that Go keeps to), GoogleContainerTools/distroless
 * README. There is no golang:*-slim. Tags of a line that has ended can be pulled, but are never rebuilt.
 */
export const GO: readonly GoRelease[] = [
  {
    version: '1.27',
    newest: '1.27.3',
    endOfLife: '2027-08-10',
    images: pure('1.27'),
    cgo: cgo('1.27'),
  },
  {
    version: '1.26',
    newest: '1.26.10',
    endOfLife: '2027-02-09',
    images: pure('1.26'),
    cgo: cgo('1.26'),
  },
  {
    version: '1.25',
    newest: '1.25.14',
    endOfLife: '2026-08-19',
    images: pure('1.25'),
    cgo: cgo('1.25'),
  },
  {
    version: '1.24',
    newest: '1.24.13',
    endOfLife: '2026-02-10',
    images: pure('1.24'),
    cgo: cgo('1.24'),
  },
];
