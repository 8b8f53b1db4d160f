import { baseOf } from '../../../kit/base.ts';
import type { Plan, Rootfs } from '../../../plan/plan.ts';
import type { TargetId } from '../../../plan/targets.ts';

interface Needs {
  readonly init: boolean;
  /** The image that has the runtime's program and the target's libc. */
  readonly image: string;
  /** Where packages with machine code are, if there are any. */
  readonly modules: Rootfs['modules'];
  /** Packages of the system that they load or call. */
  readonly packages: Plan['packages'];
}

/** What a target needs around the program, and the runtime's program as its image calls it. */
type Os = ReturnType<typeof baseOf> & { readonly program: string };

export interface Runtime {
  readonly id: 'node' | 'bun';
  readonly env: Readonly<Record<string, string>>;
  os(target: TargetId, needs: Needs): Os;
}

/** The user `node` and `bun` of the official images. */
const OFFICIAL_USER = '1000:1000';

/** `program` is that of the official images; distroless has the runtime under another path, or lacks it (`carried`). */
function os(
  program: string,
  distroless: { readonly program: string; readonly carried: boolean },
): Runtime['os'] {
  return (target, { init, image, modules, packages }) => {
    const whole = target === 'scratch';
    const carried = whole || (target === 'distroless' && distroless.carried);
    const base = baseOf(target, {
      image,
      init,
      // the runtime brings certificates and zones of its own, but for what its modules load
      tls: whole,
      zones: whole,
      packages,
      user: OFFICIAL_USER,
      program: carried ? { path: program, modules } : undefined,
    });
    if (whole) return { ...base, program };
    const name = program.split('/').at(-1) ?? program;
    return { ...base, program: target === 'distroless' ? distroless.program : name };
  };
}

export const RUNTIMES: { readonly [Id in Runtime['id']]: Runtime } = {
  node: {
    id: 'node',
    env: { NODE_ENV: 'production' },
    os: os('/usr/local/bin/node', { program: '/nodejs/bin/node', carried: false }),
  },
  // distroless has no Bun of its own: the program goes onto its image for C++ programs
  bun: {
    id: 'bun',
    env: { NODE_ENV: 'production' },
    os: os('/usr/local/bin/bun', { program: '/usr/local/bin/bun', carried: true }),
  },
};
