import type { SystemPackages } from '../catalog/system/packages.ts';
import type { Plan, Rootfs } from '../plan/plan.ts';
import { TARGETS, type TargetId } from '../plan/targets.ts';

/** The user `nonroot` of distroless, on every target where the image has none for the program. */
const NONROOT = '65532:65532';
export const CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
const ZONES = '/usr/share/zoneinfo';
/** By which glibc looks names up: files before DNS. */
const NAMES = '/etc/nsswitch.conf';

/** Where the package of each system puts tini; the static one runs without any library. https://github.com/krallin/tini */
const TINI = { musl: '/sbin/tini', glibc: '/usr/bin/tini' };
const TINI_STATIC = {
  musl: { package: 'tini-static', path: '/sbin/tini-static' },
  glibc: { package: 'tini', path: '/usr/bin/tini-static' },
};

/** What a program needs around it in the image that ships. */
export interface Around {
  /** The image from which files are gathered for one that can install nothing. */
  readonly image: string;
  /** It runs under tini. */
  readonly init: boolean;
  /** It opens encrypted connections, so it reads the authorities' certificates. */
  readonly tls: boolean;
  /** It asks for other time zones than UTC. */
  readonly zones: boolean;
  /** `image` has the certificates already. */
  readonly certified?: boolean;
  /** Packages that it loads and calls, where they can be installed. */
  readonly packages?: SystemPackages;
  /** The user of the runtime's official image, on alpine and slim. */
  readonly user?: string;
  /** The runtime's program where the image of a target lacks it, and the folder of modules that it loads. */
  readonly program?: { readonly path: string; readonly modules?: Rootfs['modules'] } | undefined;
}

interface Base {
  /** The init and its options, before the program; empty: none. */
  readonly init: readonly string[];
  readonly user: string;
  readonly packages: Plan['packages'];
  readonly rootfs: Rootfs | undefined;
}

/** What a target has to be given for a program: by its package manager, or by a stage that gathers files. */
export function baseOf(target: TargetId, around: Around): Base {
  const { libc, packages: manager } = TARGETS[target];
  const tini = around.init ? [TINI[manager === undefined ? 'glibc' : libc], '--'] : [];
  if (manager === undefined)
    return { init: tini, user: NONROOT, packages: { apk: [], apt: [] }, rootfs: rootfsOf(target, around) };
  const own = [
    ...(around.init ? ['tini'] : []),
    // alpine has certificates, and Debian has zones
    ...(around.tls && libc === 'glibc' ? ['ca-certificates'] : []),
    ...(around.zones && libc === 'musl' ? ['tzdata'] : []),
  ];
  // a name in quotes stands where it would without them
  const bare = (name: string) => name.replaceAll('"', '');
  const list = [...new Set([...own, ...(around.packages?.[manager] ?? [])])].sort((a, b) =>
    bare(a) < bare(b) ? -1 : 1,
  );
  return {
    init: tini,
    user: around.user ?? NONROOT,
    packages: manager === 'apk' ? { apk: list, apt: [] } : { apk: [], apt: list },
    rootfs: undefined,
  };
}

/** The stage that gathers files: distroless lacks tini alone, scratch lacks all. */
function rootfsOf(target: TargetId, around: Around): Rootfs | undefined {
  const whole = target === 'scratch';
  const { image, init, program } = around;
  if (!whole && !init && program === undefined) return undefined;
  const libc = image.includes('alpine') ? 'musl' : 'glibc';
  const tini = TINI_STATIC[libc];
  const packages = [
    ...(whole && around.tls && !around.certified ? ['ca-certificates'] : []),
    ...(init ? [tini.package] : []),
    ...(whole && around.zones ? ['tzdata'] : []),
  ];
  const system = [
    ...(around.tls ? [CERTIFICATES] : []),
    ...(program === undefined ? [] : [NAMES]),
    ...(around.zones ? [ZONES] : []),
  ];
  return {
    image,
    // what is no machine code is the same for every platform
    portable: !init && program === undefined,
    apk: libc === 'musl' ? packages : [],
    apt: libc === 'musl' ? [] : packages,
    system: whole ? system : [],
    bare: !whole || !around.tls,
    files: [
      ...(program === undefined ? [] : [{ source: program.path, destination: program.path }]),
      ...(init ? [{ source: tini.path, destination: TINI.glibc }] : []),
    ],
    programs: whole && program !== undefined ? [program.path] : [],
    modules: whole ? program?.modules : undefined,
    user: whole ? NONROOT : undefined,
    group: whole ? NONROOT.split(':')[1] : undefined,
  };
}
