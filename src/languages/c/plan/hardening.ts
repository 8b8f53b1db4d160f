import type { Project } from '../../../project/project.ts';

/**
 * What Debian compiles its own packages with; PIE is the default of both distributions' compilers, and what depends on
 * the processor (-fcf-protection, -mbranch-protection) is left to them.
 * https://wiki.debian.org/Hardening, https://best.openssf.org/Compiler-Hardening-Guides/Compiler-Options-Hardening-Guide-for-C-and-C++
 */
const HARDENED = [
  '-O2',
  // Alpine's compiler has a level of its own
  '-U_FORTIFY_SOURCE',
  '-D_FORTIFY_SOURCE=3',
  '-fstack-protector-strong',
  '-fstack-clash-protection',
];
const HARDENED_CPP = ['-D_GLIBCXX_ASSERTIONS'];
/** Addresses read-only after the start, only libraries that are used, and stripped. */
const LINKED = ['-Wl,-z,relro,-z,now', '-Wl,--as-needed', '-s'];
/** Everything inside, and still at an address that nobody can know. */
export const STATIC = '-static-pie';

/** Flags by the variable that compilers' callers read. */
export type Flags = Readonly<Record<'CFLAGS' | 'CXXFLAGS' | 'LDFLAGS', readonly string[]>>;

/** `-Werror` in a build file, `werror=true` of Meson, CMake's own property; `-Werror=name` is asked for by its name. */
const STRICT = /-Werror\b(?!=)|\bwerror\s*=\s*true\b|COMPILE_WARNING_AS_ERROR\b/;

/** Whether a build makes errors of all warnings: what is imposed here, and a newer compiler, warn of more. */
export function isStrict(project: Project, files: readonly string[]): boolean {
  return files.some((file) =>
    STRICT.test((project.read(file) ?? '').replace(/(^|\s)#[^\n]*|\bAM_INIT_AUTOMAKE\([^)]*\)/g, '')),
  );
}

export function flagsOf(to: { readonly static: boolean; readonly strict: boolean }): Flags {
  // whatever stands behind it: an option that makes errors of warnings finds none
  const common = [...HARDENED, ...(to.strict ? ['-w'] : [])];
  return {
    CFLAGS: common,
    CXXFLAGS: [...common, ...HARDENED_CPP],
    LDFLAGS: [...(to.static ? [STATIC] : []), ...LINKED],
  };
}

/** As the environment has them: those of languages that the project does not speak are left out. */
export function environmentOf(
  flags: Partial<Flags>,
  speaks: { readonly c: boolean; readonly cpp: boolean },
): Readonly<Record<string, string>> {
  const heard = Object.entries(flags).filter(([name]) =>
    name === 'CFLAGS' ? speaks.c : name === 'CXXFLAGS' ? speaks.cpp : true,
  );
  return Object.fromEntries(heard.map(([name, words]) => [name, words.join(' ')]));
}
