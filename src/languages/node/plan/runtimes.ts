import type { Plan, Rootfs } from '../../../plan/plan.ts';
import type { TargetId } from '../../../plan/targets.ts';

/** What a target needs around the program. */
interface Os {
  /** The runtime's program as the image calls it. */
  readonly program: string;
  /** The init and its options, before the program; empty: none. */
  readonly init: readonly string[];
  readonly packages: Plan['packages'];
  readonly user: string;
  readonly rootfs: Rootfs | undefined;
}

interface Needs {
  readonly init: boolean;
  /** The image that installs and builds. */
  readonly builder: string;
  /** The image that has the runtime's program and the target's libc. */
  readonly image: string;
  /** Where packages with machine code are, if there are any. */
  readonly modules: Rootfs['modules'];
  /** Packages of the system that they load or call. */
  readonly packages: Plan['packages'];
}

interface Runtime {
  readonly id: 'node' | 'bun';
  readonly env: Readonly<Record<string, string>>;
  os(target: TargetId, needs: Needs): Os;
}

/** The user `node` and `bun` of the official images; 65532 is distroless's `nonroot`. */
const OFFICIAL_USER = '1000:1000';
const NONROOT = '65532:65532';
const NONE: Plan['packages'] = { apk: [], apt: [] };
const TINI_STATIC = { source: '/usr/bin/tini-static', destination: '/usr/bin/tini' };

/** What glibc and OpenSSL read of a system. */
const SYSTEM = ['/etc/ssl/certs/ca-certificates.crt', '/etc/nsswitch.conf', '/usr/share/zoneinfo'];

function rootfs(needs: Needs, program: string, whole: boolean, binary: boolean): Rootfs | undefined {
  const apt = [
    ...(whole ? ['ca-certificates'] : []),
    ...(needs.init ? ['tini'] : []),
    ...(whole ? ['tzdata'] : []),
  ];
  const files = [
    ...(binary || whole ? [{ source: program, destination: program }] : []),
    ...(needs.init ? [TINI_STATIC] : []),
  ];
  if (files.length === 0) return undefined;
  return {
    image: needs.image,
    portable: false,
    apk: [],
    apt,
    system: whole ? SYSTEM : [],
    bare: !whole,
    files,
    programs: whole ? [program] : [],
    modules: whole ? needs.modules : undefined,
    user: whole ? NONROOT : undefined,
    group: whole ? NONROOT.split(':')[1] : undefined,
  };
}

function os(
  program: string,
  distroless: { readonly program: string; readonly binary: boolean },
): Runtime['os'] {
  return (target, needs) => {
    if (target === 'alpine') {
      return {
        program: program.split('/').at(-1) ?? program,
        init: needs.init ? ['/sbin/tini', '--'] : [],
        packages: { apk: [...needs.packages.apk, ...(needs.init ? ['tini'] : [])].sort(), apt: [] },
        user: OFFICIAL_USER,
        rootfs: undefined,
      };
    }
    const init = needs.init ? ['/usr/bin/tini', '--'] : [];
    if (target === 'slim') {
      return {
        program: program.split('/').at(-1) ?? program,
        init,
        packages: { apk: [], apt: [...needs.packages.apt, ...(needs.init ? ['tini'] : [])].sort() },
        user: OFFICIAL_USER,
        rootfs: undefined,
      };
    }
    const whole = target === 'scratch';
    const called = whole ? program : distroless.program;
    return {
      program: called,
      init,
      packages: NONE,
      user: NONROOT,
      rootfs: rootfs(needs, program, whole, distroless.binary),
    };
  };
}

export const RUNTIMES: { readonly [Id in Runtime['id']]: Runtime } = {
  node: {
    id: 'node',
    env: { NODE_ENV: 'production' },
    os: os('/usr/local/bin/node', { program: '/nodejs/bin/node', binary: false }),
  },
  // distroless has no Bun of its own: the program goes onto its image for C++ programs
  bun: {
    id: 'bun',
    env: { NODE_ENV: 'production' },
    os: os('/usr/local/bin/bun', { program: '/usr/local/bin/bun', binary: true }),
  },
};
