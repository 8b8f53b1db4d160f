import type { Platform, TargetId } from '../plan/targets.ts';
import type { FileServer } from './catalog.ts';

const ARM: readonly Platform[] = ['linux/amd64', 'linux/arm64', 'linux/arm/v7'];

/**
 * What hands out a site's files. nginx without privileges where there is a system (nginx/docker-nginx-unprivileged: user
 * 101, port 8080, pid and temporary files in /tmp, the stable branch), and one static binary where there is none
 * (static-web-server: its image is the binary at /static-web-server; version 3 is in beta). The tags are of a release
 * line on purpose, so that a rebuild gets its patches; the Debian release is spelt out.
 */
export const FILE_SERVERS: { readonly [Id in TargetId]: FileServer } = {
  alpine: {
    runtime: 'nginxinc/nginx-unprivileged:1.30-alpine-slim',
    user: '101:101',
    platforms: [...ARM, 'linux/ppc64le', 'linux/s390x'],
  },
  slim: {
    runtime: 'nginxinc/nginx-unprivileged:1.30-trixie',
    user: '101:101',
    platforms: [...ARM, 'linux/ppc64le', 'linux/s390x'],
  },
  distroless: {
    binary: 'joseluisq/static-web-server:2',
    runtime: 'gcr.io/distroless/static-debian13:nonroot',
    user: '65532:65532',
    platforms: ARM,
  },
  scratch: {
    binary: 'joseluisq/static-web-server:2',
    runtime: 'scratch',
    user: '65532:65532',
    platforms: ARM,
  },
};
