import { posix } from 'node:path';
import type { Artifact } from '../../../plan/plan.ts';
import { pathWord, shellWord } from '../../../plan/quote.ts';
import { HOME } from '../evidence/readers.ts';
import type { Write } from '../evidence/writes.ts';

/** What the image needs so that the program can write what it writes. */
export interface Writable {
  /** Folders that outlive a container. */
  readonly volumes: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** What makes the folders in the build stage. */
  readonly commands: readonly string[];
  readonly artifacts: readonly Artifact[];
  /** What is told of each: the place, what it writes, and where that is. */
  readonly told: readonly { readonly at: string; readonly path: string; readonly folder: string }[];
}

/** Where the build stage makes folders, with the paths that they have in the image. */
const TREE = '/writable';
/** The folder of what has none of its own. */
const DATA = '/app/data';
/** Folders of the system, which no volume may cover. */
const SYSTEM =
  /^\/(|app|bin|boot|etc|home|lib|lib64|media|mnt|opt|root|run|sbin|srv|usr|var|usr\/(bin|lib|sbin|share)|var\/(lib|log|cache))$/;

/**
 * A folder of its own for everything that is written: the one that the program names, else `data`, which its variable or
 * its flag is pointed at, or to which a link leads. Whoever runs it may write there, so a volume may be mounted.
 */
export function writableOf(
  writes: readonly Write[],
  home: string | undefined,
  to: { readonly name: string; readonly taken: readonly string[] },
): Writable {
  const folders = new Set<string>();
  const links = new Map<string, string>();
  const env: Record<string, string> = {};
  const args: string[] = [];
  const told: { at: string; path: string; folder: string }[] = [];
  for (const write of writes) {
    const place = placeOf(write, to.name);
    if (place.from === '/app' || place.from === '/') continue;
    if (to.taken.some((path) => posix.join('/app', path) === place.from)) continue;
    if (place.said !== undefined) {
      if (write.variable !== undefined) env[write.variable] = place.said;
      else if (write.flag !== undefined) args.push(`--${write.flag}=${place.said}`);
    } else if (place.from !== place.to) links.set(place.from, place.to);
    folders.add(place.folder);
    told.push({ at: write.at, path: write.path ?? place.to, folder: place.folder });
  }
  if (home !== undefined) Object.assign(env, { HOME, USER: 'nonroot' });
  const volumes = [...folders]
    .filter((one) => ![...folders].some((other) => one.startsWith(`${other}/`)))
    .sort();
  const words = [...folders].sort().map(inTree);
  const parents = [...new Set([...links.keys()].map((path) => posix.dirname(path)))]
    .filter((path) => path !== '/' && path !== '/app')
    .map(inTree);
  const commands = [
    ...(words.length > 0 ? [`install -d -m 1777 ${words.join(' ')}`] : []),
    ...(parents.length > 0 ? [`mkdir -p ${parents.join(' ')}`] : []),
    ...[...links].map(([from, target]) => {
      return `ln -s ${wordOf(target)} ${inTree(from)}`;
    }),
  ];
  const artifacts = commands.length > 0 ? [{ stage: 'build', source: TREE, destination: '/' }] : [];
  return { volumes, env, args, commands, artifacts, told };
}

/** An absolute path as a word of the shell. */
function wordOf(path: string): string {
  return shellWord(`/${pathWord(path.slice(1), 'what it writes')}`);
}

function inTree(path: string): string {
  return `${TREE}${wordOf(path)}`;
}

interface Placed {
  /** Where the program looks, and where that is kept. */
  readonly from: string;
  readonly to: string;
  readonly folder: string;
  /** What its variable or flag has to say. */
  readonly said: string | undefined;
}

function placeOf(write: Write, name: string): Placed {
  const { path, kind, variable, flag, part, around: [before, after] = ['', ''] } = write;
  const settable = (variable ?? flag) !== undefined;
  const said = (to: string) => `${before}${part === 'folder' ? posix.dirname(to) : to}${after}`;
  if (path === undefined) {
    const inside =
      part === 'folder' || kind === 'folder' || /dir|folder|root|home/i.test(variable ?? flag ?? '');
    const to = inside ? DATA : `${DATA}/${name}.db`;
    return { from: to, to, folder: DATA, said: to };
  }
  const from = posix.resolve('/app', path);
  const folder = kind === 'folder' ? from : posix.dirname(from);
  if (!SYSTEM.test(folder)) return { from, to: from, folder, said: write.needed ? said(from) : undefined };
  const to = kind === 'folder' ? DATA : `${DATA}/${posix.basename(from)}`;
  return {
    from,
    to,
    folder: DATA,
    said: settable ? said(kind === 'folder' && part === 'folder' ? `${to}/x` : to) : undefined,
  };
}
