import { isAbsolute, join, resolve, sep } from 'node:path';
import type { Terminal } from '../output/terminal.ts';
import type { Request } from '../request/request.ts';
import { isFolderAt } from './disk.ts';
import { type Document, documentOf, type Layer, layerOf } from './document.ts';
import type { Entry } from './entry.ts';
import { configurationIn } from './find.ts';
import { refusal } from './shape.ts';

/** Standards that are built upon others, and those upon others: more is a circle. */
const DEEPEST = 5;
/** What a standard may not say, for it decides about files that are not its own. */
const NEVER = ['force', 'starter', 'app', 'dry-run', 'check', 'stdout', 'json', 'yes'];

/** What a configuration extends, as layers: the nearest first, so the last that is named comes before the others. */
export async function extendedBy(
  document: Document,
  request: Request,
  terminal: Pick<Terminal, 'cwd' | 'environment'>,
  depth = 1,
): Promise<readonly Layer[]> {
  const layers: Layer[] = [];
  for (const { name, line } of namesIn(document).reverse()) {
    if (depth > DEEPEST)
      throw refusal(
        document.shown,
        line,
        `${JSON.stringify(name)} is extended in a circle, or from too deep.`,
      );
    const { folder, shown } = await placeOf(document, name, line);
    const source = configurationIn(folder);
    if (source === undefined)
      throw refusal(
        document.shown,
        line,
        `There is no configuration in ${JSON.stringify(name)}.`,
        `It has a create-dockerfile.yaml in its folder.`,
      );
    const file = source.path.slice(source.folder.length + 1);
    const extended = await documentOf(source, terminal.cwd, `${shown}/${file}`);
    assertDefaults(extended);
    layers.push(layerOf(extended, false), ...(await extendedBy(extended, request, terminal, depth + 1)));
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

/** Where the standard lies. One that another one names by a path stays within that. */
async function placeOf(
  { source, shown }: Document,
  name: string,
  line: number,
): Promise<{ readonly folder: string; readonly shown: string }> {
  if (!/^(\.\.?(\/|$)|\/)/.test(name))
    throw refusal(shown, line, `${JSON.stringify(name)} cannot be fetched.`);
  const folder = isAbsolute(name) ? name : resolve(source.folder, name);
  if (!isFolderAt(folder)) throw refusal(shown, line, `There is no folder ${JSON.stringify(name)}.`);
  const here = shown.slice(0, shown.lastIndexOf('/') + 1);
  const seen = isAbsolute(name) ? name : join(here, name).split(sep).join('/');
  return { folder, shown: seen.replace(/(.)\/+$/, '$1') };
}
