import { COMPANIONS } from '../../../catalog/python/ceilings.ts';
import type { Note } from '../../../plan/plan.ts';
import type { Seen } from '../evidence/evidence.ts';
import { isOlder } from '../evidence/fresh.ts';
import type { Manager } from '../evidence/managers.ts';

/** What a release fails with the newest of, and what is installed for it: `werkzeug<3`. */
export interface Held {
  readonly by: string;
  readonly words: string;
}

const nameOf = (words: string) => /^[\w-]*/.exec(words)?.[0] ?? '';

/** What is installed beside a release that fails with the newest, where nobody says which. */
export function heldBy(seen: Seen, manager: Manager, extras: readonly string[]): readonly Held[] {
  const { packages, complete } = seen.lock(manager, extras);
  const said = new Set([
    ...packages.flatMap(({ name, version, url }) =>
      version === undefined && url === undefined ? [] : [name],
    ),
    ...[...seen.requirements.all, ...seen.manifest.dependencies].flatMap(({ name, specifier }) =>
      specifier === '' ? [] : [name],
    ),
  ]);
  const all = packages.flatMap(({ name, version }) => {
    const row = (COMPANIONS[name] ?? []).find(
      ({ before }) => before === undefined || isOlder(version, before),
    );
    return (row?.held ?? []).map((words) => ({ by: `${name} ${version ?? ''}`.trim(), words }));
  });
  // a lock names all but what its tool takes for its own
  const open = all.filter(({ words }) => {
    const name = nameOf(words);
    return !said.has(name) && (!complete || name === 'setuptools');
  });
  return [...new Map(open.map((one) => [one.words, one])).values()];
}

/** The commands that install, with what is held back: in one where pip chooses all, else behind what a lock has chosen. */
export function withHeld(
  commands: readonly string[],
  held: readonly Held[],
  by: 'together' | 'uv pip' | 'pip --python /opt/venv',
): readonly string[] {
  const [first, ...rest] = commands;
  if (first === undefined || held.length === 0) return commands;
  const words = held.map((one) => ` "${one.words}"`).join('');
  return by === 'together' ? [first + words, ...rest] : [...commands, `${by} install${words}`];
}

export function heldNotes(held: readonly Held[]): readonly Note[] {
  return held.map(({ by, words }) => ({
    level: 'info',
    text: `${by} fails with the newest ${nameOf(words)}, and nothing says an older one: ${words} is installed.`,
    fix: 'Write that into the list, or raise what needs it.',
  }));
}
