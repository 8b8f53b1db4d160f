import type { PlanTo } from '../language.ts';
import type { BuildFacts } from './build-facts.ts';
import type { CSettings } from './settings.ts';

/** The platforms whose TARGETARCH is what Debian calls them. */
const SAME_NAME = ['linux/amd64', 'linux/arm64'];

/** What a build file says where it runs while it is built what it compiles, which a cross compiler's output may not. */
const RUNS: readonly RegExp[] = [
  /\b(?:try_run|check_c(?:xx)?_source_runs)\b/i,
  /\bAC_(?:RUN_IFELSE|TRY_RUN|CHECK_FILES?)\b/,
  /\b(?:cc|cxx|cpp|compiler|meson\.get_compiler\([^)]*\))\.run\s*\(/,
];
/** Commands of a build's own: with several programs one of them may make sources of another. */
const COMMANDS =
  /\badd_custom_(?:command|target)\b|\b(?:custom_target|generator|run_target)\s*\(|\bBUILT_SOURCES\b/i;

/**
 * Why each platform compiles for itself; undefined: Debian's cross compilers do it on the builder's own platform.
 * https://wiki.debian.org/CrossCompiling, https://wiki.debian.org/Multiarch/HOWTO
 */
export function whyNotCrossed(to: PlanTo<CSettings>, facts: BuildFacts): string | undefined {
  const { settings, project, target, platforms } = to;
  const system = settings.buildSystem.value;
  if (platforms.length < 2) return 'it is built for one platform';
  if (target === 'alpine' || (target === 'scratch' && settings.link.value === 'static'))
    return 'Alpine has no compilers for other platforms';
  if (target !== 'slim') return 'what the program loads is asked of its own loader';
  const other = platforms.find((platform) => !SAME_NAME.includes(platform));
  if (other !== undefined) return `Debian calls ${other} otherwise than the builder does`;
  if (system === 'make') return 'a Makefile may call any compiler, and run what it has compiled';
  if (system === 'autotools' && facts.files.length === 0)
    return 'what its configure script runs cannot be told';
  const alone = settings.libraries.value.find((library) => library.debian.cross === false);
  if (alone !== undefined) return `Debian cannot install ${alone.name} for another platform`;
  if (settings.packages.value.build.length > 0) return 'packages that were named may be tools or libraries';
  for (const file of facts.files) {
    const text = project.read(file) ?? '';
    const several = facts.executables.length > 1;
    const found = [...RUNS, ...(several ? [COMMANDS] : [])]
      .map((pattern) => pattern.exec(text))
      .find(Boolean);
    if (found) return `${file}:${text.slice(0, found.index).split('\n').length} may run what it has compiled`;
  }
  return undefined;
}

/** A package of the platform that is compiled for. */
export const foreign = (name: string) => `"${name}:$TARGETARCH"`;
/** The compilers for it; dpkg-architecture knows what they are called. */
export const CROSS_COMPILERS = ['"crossbuild-essential-$TARGETARCH"', 'dpkg-dev'];
/** The GNU name of the platform, by which its compilers are called. */
export const TRIPLET = 'triplet="$(dpkg-architecture --host-arch "$TARGETARCH" --query DEB_HOST_GNU_TYPE)"';
