import type { Platform } from '../../../plan/targets.ts';

export type Libc = 'glibc' | 'musl';

/** Machines as the tags of wheels call them: https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/ */
const MACHINES: { readonly [P in Platform]: string } = {
  'linux/amd64': 'x86_64',
  'linux/arm64': 'aarch64',
  'linux/arm/v7': 'armv7l',
  'linux/ppc64le': 'ppc64le',
  'linux/s390x': 's390x',
};

/** A wheel by what its name says that it is for. */
export interface Wheel {
  readonly python: readonly string[];
  readonly abi: readonly string[];
  readonly platform: readonly string[];
}

/** `lxml-6.0.2-cp313-cp313-manylinux_2_26_x86_64.whl`; undefined: it is no wheel's name. */
function tagsOf(file: string): Wheel | undefined {
  const parts = file.replace(/\.whl$/, '').split('-');
  if (!file.endsWith('.whl') || parts.length < 5) return undefined;
  const [python = '', abi = '', platform = ''] = parts.slice(-3);
  return { python: python.split('.'), abi: abi.split('.'), platform: platform.split('.') };
}

/** `py3` and `cp313` are for 3.13, `cp39-abi3` for 3.9 and all that follow, `cp313t` for builds without the lock. */
function isFor({ python, abi }: Wheel, minor: number): boolean {
  return python.some((tag) => {
    const [, kind = '', digits] = /^(py|cp)3(\d*)$/.exec(tag) ?? [];
    if (kind === '') return false;
    const least = digits === '' ? 0 : Number(digits);
    if (kind === 'py') return least <= minor;
    if (abi.includes('abi3')) return least <= minor;
    return least === minor && abi.some((one) => one === `cp3${minor}` || one === 'none');
  });
}

function isOn({ platform }: Wheel, machine: string, libc: Libc): boolean {
  const family = libc === 'musl' ? /^musllinux_/ : /^(manylinux|linux_)/;
  return platform.some((tag) => tag === 'any' || (family.test(tag) && tag.endsWith(`_${machine}`)));
}

/** Whether one of these wheels installs on a minor of CPython (`3.13`), a libc and a platform. */
export function hasWheel(wheels: readonly Wheel[], minor: string, libc: Libc, platform: Platform): boolean {
  const number = Number(minor.split('.')[1]);
  return wheels.some((wheel) => isOn(wheel, MACHINES[platform], libc) && isFor(wheel, number));
}

/** Whether any of these wheels holds machine code. */
export function isNative(wheels: readonly Wheel[]): boolean {
  return wheels.some(({ platform }) => !platform.includes('any'));
}

/** The wheels among files, each name taken apart once: locks list thousands, and each is asked for several minors. */
export function wheelsOf(files: readonly string[]): readonly Wheel[] {
  return files.flatMap((file) => tagsOf(file) ?? []);
}
