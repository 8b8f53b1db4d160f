import type { GoRelease, ImageRow } from '../../../catalog/catalog.ts';
import { type Library, libraryCalled } from '../../../catalog/system/packages.ts';
import type { Offer, PlanTo } from '../../../facts/language.ts';
import { TARGETS, type TargetId } from '../../../plan/targets.ts';
import { releaseOf } from '../../../plan/version.ts';
import { findCalled } from '../evidence/called.ts';
import type { Cgo } from '../evidence/cgo.ts';
import { type Program, programOf } from '../evidence/program.ts';
import type { Tree } from '../evidence/tree.ts';
import type { GoSettings } from '../settings/settings.ts';

type To = Omit<PlanTo<GoSettings, Tree>, 'target' | 'platforms'>;

/** The platforms of a target; none where the program lacks what it calls or links to. */
export function offersOf(target: TargetId, to: To): Offer {
  const cgo = to.settings.cgo.value;
  const program = programOf(to.seen, to.settings.main.value, cgo);
  const why = (cgo ? unlinked(target, program.cgo) : undefined) ?? childProgram(target, program);
  return why === undefined ? goImages(to)[target] : { none: why };
}

/** The images of a version: those with a C compiler's needs, or without. */
export function goImages(to: To): GoRelease['images'] {
  const version = to.settings.runtimeVersion.value;
  const release = releaseOf(to.catalog.go, version);
  if (release === undefined) throw new Error(`no release line for ${version}`);
  const images = to.settings.cgo.value ? release.cgo : release.images;
  if (version === release.version) return images;
  const pinned = (row: ImageRow): ImageRow =>
    'none' in row ? row : { ...row, build: row.build.replace(`:${release.version}-`, `:${version}-`) };
  const { alpine, slim, distroless, scratch } = images;
  return {
    alpine: pinned(alpine),
    slim: pinned(slim),
    distroless: pinned(distroless),
    scratch: pinned(scratch),
  };
}

/** Of the C library and the compiler: there with the compiler, and static in the program or in the image. */
const OF_THE_COMPILER = /^(c|m|pthread|dl|rt|util|resolv|stdc\+\+|gcc|gcc_s|atomic)$/;

/** The system libraries of C code, of which the packages are known. */
export function librariesOf(cgo: Cgo): readonly (Library & { readonly called: string })[] {
  return cgo.libraries.flatMap(({ value }) => {
    const library = OF_THE_COMPILER.test(value) ? undefined : libraryCalled(value);
    return library === undefined ? [] : [{ ...library, called: value }];
  });
}

/** Those of which no package is known. */
export function unknownLibraries(cgo: Cgo): Cgo['libraries'] {
  return cgo.libraries.filter(
    ({ value }) => !OF_THE_COMPILER.test(value) && libraryCalled(value) === undefined,
  );
}

/** Whether the C code is linked into the program as a whole: with musl, when each library has an archive. */
export function isStatic(build: string, cgo: Cgo): boolean {
  return build.endsWith('-alpine') && librariesOf(cgo).every(({ archiveAlone }) => archiveAlone);
}

/** Why the C code cannot be linked for a target. */
function unlinked(target: TargetId, cgo: Cgo): string | undefined {
  const glibc = cgo.modules.find((module) => module.glibc);
  if (glibc !== undefined && (target === 'alpine' || target === 'scratch'))
    return `${glibc.path} brings C code for glibc, and ${target} has none`;
  const shared = librariesOf(cgo).find(({ archiveAlone, inBase }) =>
    target === 'scratch' ? !archiveAlone : target === 'distroless' && !inBase,
  );
  return shared && `it links to ${shared.called}, and ${target} has no such library`;
}

/** Why a program cannot run where there is nothing but itself, or where no package brings what it calls. */
function childProgram(target: TargetId, { sources, main }: Program): string | undefined {
  if (TARGETS[target].packages !== undefined) return undefined;
  const [child] = findCalled(sources, main.folder);
  return child && `${child.at} runs ${child.name}, and ${target} has no other programs`;
}
