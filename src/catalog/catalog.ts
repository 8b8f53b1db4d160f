import type { Platform, TargetId } from '../plan/targets.ts';
import { C } from './c.ts';
import { FILE_SERVERS } from './file-servers.ts';
import { GO } from './go.ts';
import { JAVA } from './java.ts';
import { BUN, NODE, PACKAGE_MANAGERS } from './node.ts';
import { PYTHON } from './python.ts';

/** What one target of one version is made of, or why there is nothing. */
export type ImageRow =
  | { readonly build: string; readonly runtime: string; readonly platforms: readonly Platform[] }
  | { readonly none: string };

/** One line of releases of a runtime, newest first in the catalog. */
export interface Release {
  /** As it is typed and as the tags begin: `24`. */
  readonly version: string;
  /** The name of the long-term line, as version managers take it: `lts/jod`. */
  readonly codename?: string;
  /** The newest full version that was seen. A range is checked against it. */
  readonly newest: string;
  /** Day from which the release line gets long-term support; undefined: never. */
  readonly lts?: string;
  /** Last day with security fixes. */
  readonly endOfLife: string;
  readonly images: { readonly [Id in TargetId]: ImageRow };
}

/** What hands out the files of a site on one target. */
export interface FileServer {
  /** The image that holds nothing but the server's binary; undefined: the runtime has its own server. */
  readonly binary?: string;
  readonly runtime: string;
  /** `uid:gid` that its image runs as. */
  readonly user: string;
  readonly platforms: readonly Platform[];
}

/** A release line of Go: its images for programs without C, and for those that need a C compiler. */
export interface GoRelease extends Release {
  readonly cgo: { readonly [Id in TargetId]: ImageRow };
}

/** A release line of the JDK: images that have its JRE, and those for a runtime that jlink links. */
export interface JavaRelease extends Release {
  readonly jlink: { readonly [Id in TargetId]: ImageRow };
}

export interface Catalog {
  /** The day on which the rows were checked. Ends of life are compared with today, not with this. */
  readonly checked: string;
  readonly node: readonly Release[];
  readonly bun: readonly Release[];
  readonly fileServers: { readonly [Id in TargetId]: FileServer };
  readonly go: readonly GoRelease[];
  /** C and C++: the release of Debian, and the Alpine and distroless that go with it. */
  readonly c: readonly Release[];
  readonly python: readonly Release[];
  readonly java: readonly JavaRelease[];
  /** Package managers: the version that is installed when a project names none, by the format of its lock file. */
  readonly packageManagers: {
    readonly pnpm: readonly { readonly lockfile: string; readonly version: string }[];
    readonly yarn: readonly { readonly lockfile: string; readonly version: string }[];
  };
}

/**
 * Facts about the world, each file with where they come from. Tags float within a release line on purpose: a rebuild
 * gets the patches, and both update bots can raise them (`node:24-alpine` → `node:26-alpine`).
 */
export const CATALOG: Catalog = {
  checked: '2026-11-23',
  node: NODE,
  bun: BUN,
  fileServers: FILE_SERVERS,
  go: GO,
  c: C,
  python: PYTHON,
  java: JAVA,
  packageManagers: PACKAGE_MANAGERS,
};

/** Node: tags of one exact version exist for these two targets in every line; distroless has none. */
const PINNED: {
  readonly [Id in TargetId]: (
    version: string,
  ) => Omit<ImageRow & { build: string }, 'platforms'> | { none: string };
} = {
  alpine: (version) => ({ build: `node:${version}-alpine`, runtime: `node:${version}-alpine` }),
  slim: (version) => ({ build: `node:${version}-slim`, runtime: `node:${version}-slim` }),
  distroless: () => ({ none: 'distroless has the newest patch of a release line only' }),
  scratch: (version) => ({ build: `node:${version}-slim`, runtime: 'scratch' }),
};

/** The images of a version on a target: those of its release line, or of the exact version when one is demanded. */
export function imagesOf(release: Release, version: string, target: TargetId): ImageRow {
  const row = release.images[target];
  if (version === release.version || 'none' in row) return row;
  const pinned = PINNED[target](version);
  return 'none' in pinned ? pinned : { ...row, ...pinned };
}
