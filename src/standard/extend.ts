import { isAbsolute, join, resolve, sep } from 'node:path';
import type { Terminal } from '../output/terminal.ts';
import type { Request } from '../request/request.ts';
import { pinsIn, writePins } from './cache.ts';
import { installedAt, isFolderAt, isInside } from './disk.ts';
import { type Document, documentOf, type Layer, layerOf } from './document.ts';
import type { Entry } from './entry.ts';
import type { Pin } from './fetch.ts';
import { configurationIn } from './find.ts';
import { refusal } from './shape.ts';

/** Standards that are built upon others, and those upon others: more is a circle. */
const DEEPEST = 5;
/** What a standard may not say, for it decides about files that are not its own. */
const NEVER = ['force', 'starter', 'app', 'dry-run', 'check', 'stdout', 'json', 'yes', 'update'];

/** What is pinned while a configuration's standards are looked for. */
interface Pinning {
  readonly pins: ReadonlyMap<string, Pin>;
  readonly used: Map<string, Pin>;
  readonly update: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * What a configuration extends, as layers: the nearest first, so the last that is named comes before the others. What is
 * fetched is pinned beside the configuration, and fetched again only with --update.
 */
export async function extendedBy(
  document: Document,
  request: Request,
  terminal: Pick<Terminal, 'cwd' | 'environment'>,
): Promise<readonly Layer[]> {
  if (!document.entries.has('extends')) return [];
  const { folder } = document.source;
  const pinning: Pinning = {
    pins: pinsIn(folder),
    used: new Map(),
    update: request.update === true,
    environment: terminal.environment,
  };
  const layers = await layersOf(document, terminal.cwd, pinning, 1);
  // a run that writes nothing pins nothing
  if (request.mode === 'write' && pinning.used.size > 0) writePins(folder, pinning.used);
  return layers;
}

async function layersOf(
  document: Document,
  cwd: string,
  pinning: Pinning,
  depth: number,
): Promise<readonly Layer[]> {
  const layers: Layer[] = [];
  for (const { name, line } of namesIn(document).reverse()) {
    if (depth > DEEPEST)
      throw refusal(
        document.shown,
        line,
        `${JSON.stringify(name)} is extended in a circle, or from too deep.`,
      );
    const { folder, shown, tree } = await placeOf(document, name, line, pinning);
    const source = configurationIn(folder);
    if (source === undefined)
      throw refusal(
        document.shown,
        line,
        `There is no configuration in ${JSON.stringify(name)}.`,
        'It has a create-dockerfile.yaml in its folder.',
      );
    const file = source.path.slice(source.folder.length + 1);
    const extended = await documentOf({ ...source, tree }, cwd, `${shown}/${file}`);
    assertDefaults(extended);
    layers.push(layerOf(extended, false), ...(await layersOf(extended, cwd, pinning, depth + 1)));
  }
  return layers;
}

function namesIn({ entries }: Document): { readonly name: string; readonly line: number }[] {
  const entry = entries.get('extends');
  if (entry === undefined) return [];
  const all = Array.isArray(entry.value) ? (entry.value as readonly Entry[]) : [entry];
  return all.map(({ value, line }) => ({ name: String(value), line }));
}

function assertDefaults({ shown, entries }: Document): void {
  for (const key of [...NEVER, 'services']) {
    const entry = entries.get(key);
    if (entry !== undefined)
      throw refusal(
        shown,
        entry.line,
        `A standard cannot say ${JSON.stringify(key)}: it is for the project to say.`,
      );
  }
}

interface Place {
  readonly folder: string;
  readonly shown: string;
  /** What was fetched, and is not left by a path. */
  readonly tree: string | undefined;
}

/** Where a standard lies: a folder, a package that is installed already, or the cache. */
async function placeOf(document: Document, name: string, line: number, pinning: Pinning): Promise<Place> {
  const { source, shown } = document;
  const { tree } = source;
  if (/^(\.\.?(\/|$)|\/)/.test(name)) {
    const folder = isAbsolute(name) ? name : resolve(source.folder, name);
    if (tree !== undefined && !isInside(tree, folder))
      throw refusal(shown, line, `${JSON.stringify(name)} leads out of what was fetched.`);
    if (!isFolderAt(folder)) throw refusal(shown, line, `There is no folder ${JSON.stringify(name)}.`);
    const here = shown.slice(0, shown.lastIndexOf('/') + 1);
    const seen = isAbsolute(name) ? name : join(here, name).split(sep).join('/');
    return { folder, shown: seen.replace(/(.)\/{1,200}$/, '$1'), tree };
  }
  const installed = tree === undefined ? installedAt(source.folder, name) : undefined;
  if (installed !== undefined) return { folder: installed, shown: name, tree: installed };
  const { fetched, originOf } = await import('./fetch.ts');
  const origin = originOf(name);
  if (origin === undefined)
    throw refusal(
      shown,
      line,
      `${JSON.stringify(name.slice(0, 200))} is no standard.`,
      'Say a folder (./…), a package of npm, or a repository (github:owner/name#ref, git+ssh://…#ref).',
    );
  const { pins, used, update, environment } = pinning;
  const known = used.get(name) ?? (update ? undefined : pins.get(name));
  const { folder, pin } = await fetched(name, origin, known, environment);
  used.set(name, pin);
  return { folder, shown: name, tree: folder };
}
