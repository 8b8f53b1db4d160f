import type { Offer, PlanTo } from '../../../facts/language.ts';
import type { TargetId } from '../../../plan/targets.ts';
import { loadedBy } from '../evidence/libraries.ts';
import { asked, type Seen } from '../evidence/seen.ts';
import { searchCode } from '../evidence/sources.ts';
import type { CSettings } from '../settings/settings.ts';

type To = Omit<PlanTo<CSettings, Seen>, 'target' | 'platforms'>;

/** The platforms of a target's images; none when something that the project needs is not there. */
export function offersOf(target: TargetId, to: To): Offer {
  const [release] = to.catalog.c;
  if (release === undefined) return { none: 'the catalog has no image for it' };
  const row = release.images[target];
  if ('none' in row) return row;
  const { libraries } = to.settings;
  const { needed, files } = to.seen.program(asked(to.settings));
  const spare = needed.libraries.filter(({ optional }) => optional);
  const lacks = (key: 'glibc' | 'gone') =>
    libraries.value.find((library) => library[key] === true && !spare.some(({ value }) => value === library));
  const glibc = lacks('glibc');
  if (target === 'alpine' && glibc !== undefined) return { none: `${glibc.name} is not in Alpine` };
  const gone = lacks('gone');
  const linked = target === 'scratch' && to.settings.link.value === 'static';
  if (target !== 'alpine' && !linked && gone !== undefined)
    return { none: `Debian no longer has ${gone.name}`, decide: true };
  const [loaded] = loadedBy(libraries.value, 'debian');
  if (loaded !== undefined && (target === 'distroless' || target === 'scratch'))
    return { none: `the program opens ${loaded} while it runs, which can only be installed` };
  if (target === 'distroless' || target === 'scratch') {
    const [shell] = searchCode(files, /(?<![\w.>:])(?:std::)?(?:system|popen)\s*\(\s*[^)\s]/g).filter(
      ({ file, index }) =>
        !/^[ \t]*#[^\n]*$/.test(file.text.slice(file.text.lastIndexOf('\n', index) + 1, index)),
    );
    if (shell !== undefined) return { none: `${shell.at} runs a command in a shell, and ${target} has none` };
  }
  return { platforms: row.platforms };
}
