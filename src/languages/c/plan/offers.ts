import type { Offer, PlanTo } from '../../../facts/language.ts';
import type { TargetId } from '../../../plan/targets.ts';
import { neededBy, readBuild, sourcesOf } from '../evidence/build.ts';
import { search } from '../evidence/sources.ts';
import type { CSettings } from '../settings/settings.ts';

type To = Omit<PlanTo<CSettings>, 'target' | 'platforms'>;

/** The platforms of a target's images; none when something that the project needs is not there. */
export function offersOf(target: TargetId, to: To): Offer {
  const [release] = to.catalog.c;
  if (release === undefined) return { none: 'the catalog has no image for it' };
  const row = release.images[target];
  if ('none' in row) return row;
  const { buildSystem, options, main, libraries } = to.settings;
  const facts = readBuild(to.project, buildSystem.value, options.value);
  const spare = neededBy(to.project, facts, main.value).libraries.filter(({ optional }) => optional);
  const glibc = libraries.value.find(
    (library) => library.glibc === true && !spare.some(({ value }) => value === library),
  );
  if (target === 'alpine' && glibc !== undefined) return { none: `${glibc.name} is not in Alpine` };
  if (target === 'distroless' || target === 'scratch') {
    const [shell] = search(
      sourcesOf(to.project, facts, main.value),
      /(?<![\w.>:])(?:std::)?(?:system|popen)\s*\(\s*[^)\s]/g,
    ).filter(
      ({ file, index }) =>
        !/^[ \t]*#[^\n]*$/.test(file.text.slice(file.text.lastIndexOf('\n', index) + 1, index)),
    );
    if (shell !== undefined) return { none: `${shell.at} runs a command in a shell, and ${target} has none` };
  }
  return { platforms: row.platforms };
}
