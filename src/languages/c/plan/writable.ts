import { posix } from 'node:path';
import type { Note } from '../../../plan/plan.ts';
import { pathWord, shellWord } from '../../../plan/quote.ts';
import { INSTALL } from '../evidence/facts.ts';
import type { Write, Writes } from '../evidence/writes.ts';

/** What the image needs so that the program can write what it writes. */
export interface Writable {
  /** The folder below /app in which it starts. */
  readonly folder: string | undefined;
  /** Folders that outlive a container. */
  readonly volumes: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What makes the folders below what is installed. */
  readonly commands: readonly string[];
  readonly notes: readonly Note[];
  readonly choices: readonly { readonly what: string; readonly why: string }[];
}

/** The folder of what has none of its own. */
const DATA = '/app/data';
/** Folders of the system, which no volume may cover. */
const SYSTEM =
  /^\/(|app|bin|boot|etc|home|lib|lib64|media|mnt|opt|root|run|sbin|srv|usr|var|usr\/(bin|lib|sbin|share|local)|usr\/local\/\w+|var\/(lib|log|cache|run))$/;
/** What is of no use to the next container. */
const PASSING = /\.(pid|lock|sock|socket)$/;

/**
 * A folder for everything that is written: the one that the program names, else `data`, which its variable is pointed at
 * or to which a link leads. Whoever runs it may write there, so a volume may be mounted.
 */
export function writableOf({ all: writes, unread }: Writes, taken: readonly string[]): Writable {
  // it starts in a folder of its user, unless it reads files of the folder that it starts in
  const begins = unread !== undefined && taken.length === 0 ? DATA : '/app';
  const folders = new Map<string, Write>();
  const links = new Map<string, string>();
  const env: Record<string, string> = {};
  const notes: Note[] = [];
  for (const write of writes) {
    const { path, kind, variable, at } = write;
    const from = posix.resolve(begins, path ?? DATA);
    const own = kind === 'folder' || path === undefined ? from : posix.dirname(from);
    const target = kind === 'folder' ? DATA : `${DATA}/${posix.basename(from)}`;
    if (taken.some((one) => posix.join('/app', one) === from) || (PASSING.test(from) && SYSTEM.test(own)))
      notes.push({
        level: 'warning',
        text: `${at} writes ${path}, where its user may not write.`,
        ...(PASSING.test(from) ? { fix: `Give it a folder in memory: docker run --tmpfs ${own}` } : {}),
      });
    else if (!SYSTEM.test(own)) folders.set(own, write);
    else if (from !== '/app' && from !== '/') {
      folders.set(DATA, write);
      if (variable === undefined) links.set(from, target);
    }
    if (variable !== undefined) env[variable] = SYSTEM.test(own) ? target : from;
  }
  if (unread !== undefined && begins === DATA)
    folders.set(
      DATA,
      folders.get(DATA) ?? {
        at: unread,
        path: 'a file whose name is not read',
        kind: 'file',
        variable: undefined,
      },
    );
  else if (unread !== undefined) notes.push(unreadNote(unread));
  const all = [...folders.keys()].sort();
  const words = all.map((path) => inTree(path));
  const parents = [...new Set([...links.keys()].map((path) => posix.dirname(path)))].filter(
    (path) => !/^\/(app)?$/.test(path),
  );
  return {
    folder: begins === DATA ? posix.basename(DATA) : undefined,
    volumes: all.filter((one) => !all.some((other) => one.startsWith(`${other}/`))),
    env,
    commands: [
      ...(words.length > 0 ? [`install -d -m 1777 ${words.join(' ')}`] : []),
      ...(parents.length > 0 ? [`mkdir -p ${parents.map(inTree).join(' ')}`] : []),
      ...[...links].map(([from, to]) => `ln -s ${shellWord(to)} ${inTree(from)}`),
    ],
    notes,
    choices: [...folders].map(([folder, { at, path }]) => ({
      what: `its user may write to ${folder}`,
      why: `${at} writes ${path ?? 'there'}, so a volume can be mounted`,
    })),
  };
}

function unreadNote(at: string): Note {
  return {
    level: 'warning',
    text: `${at} writes a file whose name is not read here: where it is a relative one, its user may not write it.`,
    fix: `Give it a path below ${DATA}, and its user that folder: --volume ${DATA}`,
  };
}

/** A path of the image in the tree of what is installed, as a word of the shell. */
function inTree(path: string): string {
  return shellWord(`${INSTALL}/${pathWord(path.slice(1), 'what it writes')}`);
}
