import type { Platform, TargetId } from '../plan/targets.ts';
import type { ImageRow, JavaRelease } from './catalog.ts';

const COMMON: readonly Platform[] = ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'];
/** 32-bit ARM has Temurin up to 17. */
const OLDER: readonly Platform[] = [
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/ppc64le',
  'linux/s390x',
];
const ALPINE: readonly Platform[] = ['linux/amd64', 'linux/arm64'];

type Images = { readonly [Id in TargetId]: ImageRow };

const number = (version: string) => Number(version);
const glibc = (version: string) => (number(version) >= 21 ? COMMON : OLDER);
// adoptium/containers: the Alpine images of 8, 11 and 17 are for amd64 alone
const musl = (version: string): readonly Platform[] => (number(version) >= 21 ? ALPINE : ['linux/amd64']);

/** The JRE of an image. Distroless has those of 17, 21 and 25. */
function jre(version: string): Images {
  const build = `eclipse-temurin:${version}-jdk`;
  return {
    slim: { build, runtime: `eclipse-temurin:${version}-jre`, platforms: glibc(version) },
    alpine: { build, runtime: `eclipse-temurin:${version}-jre-alpine`, platforms: musl(version) },
    distroless: ['17', '21', '25'].includes(version)
      ? { build, runtime: `gcr.io/distroless/java${version}-debian13:nonroot`, platforms: COMMON }
      : { none: `distroless has no JRE ${version}` },
    scratch: { none: 'scratch has no JRE, so the runtime is linked by jlink' },
  };
}

/** A runtime that jlink links: `build` is the JDK of the same C library that links it, on its own platform. */
function jlink(version: string): Images {
  if (number(version) < 9) {
    const none = `JDK ${version} has no jlink`;
    return { slim: { none }, alpine: { none }, distroless: { none }, scratch: { none } };
  }
  const build = `eclipse-temurin:${version}-jdk`;
  return {
    slim: { build, runtime: 'debian:trixie-slim', platforms: glibc(version) },
    alpine: { build: `${build}-alpine`, runtime: 'alpine:3.24', platforms: musl(version) },
    distroless: { build, runtime: 'gcr.io/distroless/java-base-debian13:nonroot', platforms: COMMON },
    scratch: { build, runtime: 'scratch', platforms: glibc(version) },
  };
}

const line = (version: string, newest: string, lts: string | undefined, endOfLife: string): JavaRelease => ({
  version,
  newest,
  ...(lts === undefined ? {} : { lts }),
  endOfLife,
  images: jre(version),
  jlink: jlink(version),
});

/**
 * Sources: docker-library/official-images `library/eclipse-temurin`, adoptium.net/support, GoogleContainerTools/distroless
 * README. Tags without a suite are Ubuntu's; there is no eclipse-temurin:*-slim.
 */
export const JAVA: readonly JavaRelease[] = [
  line('26', '26.0.2', undefined, '2026-09-30'),
  line('25', '25.0.5', '2025-09-22', '2031-09-30'),
  line('21', '21.0.13', '2023-10-10', '2029-12-31'),
  line('17', '17.0.20', '2021-09-22', '2027-10-31'),
  line('11', '11.0.31', '2018-09-25', '2027-10-31'),
  line('8', '8.0.512', '2014-03-18', '2030-12-31'),
];
