import { posix, relative, sep } from 'node:path';
import type { Found } from '../facts/language.ts';
import { FLAGS } from '../request/flags.ts';
import { type Entry, readEntries } from './entry.ts';
import type { Source } from './find.ts';
import { CONFIGURATION_SHAPE, FLAG_NAMES } from './keys.ts';
import { assertShape, isTable, refusal } from './shape.ts';
import type { Standard } from './standard.ts';
import { standardIn } from './words.ts';

/** What one place says: a variable of the environment, a service's share, a file, or a standard that it extends. */
export interface Layer {
  /** Values by flag: a text, or true and false for a switch. */
  readonly flags: ReadonlyMap<string, Found<string | boolean>>;
  readonly standard: Standard;
  /** Said for one service, so that a setting which it lacks is a mistake. */
  readonly own: boolean;
}

/** A configuration that was read and checked. */
export interface Document {
  readonly source: Source;
  /** How it is named in refusals and in the report. */
  readonly shown: string;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A configuration, checked against all that one may hold. */
export async function documentOf(source: Source, cwd: string, shown?: string): Promise<Document> {
  const name = shown ?? (relative(cwd, source.path).split(sep).join('/') || source.path);
  let entry = await readEntries(source.path, name, source.text);
  for (const key of source.key ?? [])
    entry = (isTable(entry.value) ? entry.value.get(key) : undefined) ?? {
      line: entry.line,
      value: new Map(),
    };
  // an empty file says nothing, and is there all the same
  if (entry.value === null) entry = { line: 1, value: new Map() };
  assertShape(entry, CONFIGURATION_SHAPE, name, '');
  return { source, shown: name, entries: entry.value as ReadonlyMap<string, Entry> };
}

/** What a file says for every service below it. */
export function layerOf(document: Document, own: boolean): Layer {
  const { shown, entries } = document;
  return { flags: flagsIn(entries, shown, ''), standard: standardIn(document, entries), own };
}

/** What a file says for one service alone, under its folder. */
export function serviceIn(document: Document, below: string): Layer | undefined {
  const services = document.entries.get('services')?.value;
  if (!isTable(services)) return undefined;
  for (const [path, { line, value }] of services) {
    const folder = posix.normalize(path).replace(/\/$/, '');
    if (folder.startsWith('..') || posix.isAbsolute(folder))
      throw refusal(document.shown, line, `services → ${path} is outside of this folder.`);
    if (folder !== below || !isTable(value)) continue;
    const flags = flagsIn(value, document.shown, `services → ${path} → `);
    return { flags, standard: standardIn(document, value), own: true };
  }
  return undefined;
}

function flagsIn(
  entries: ReadonlyMap<string, Entry>,
  shown: string,
  above: string,
): ReadonlyMap<string, Found<string | boolean>> {
  const flags = new Map<string, Found<string | boolean>>();
  for (const [name, { line, value }] of entries) {
    if (!FLAG_NAMES.has(name)) continue;
    const from = `${shown}:${line} → ${above}${name}`;
    const takesValue = FLAGS[name]?.placeholder !== undefined;
    if (!takesValue) flags.set(name, { value: value === true, from });
    else flags.set(name, { value: textOf(value), from });
  }
  return flags;
}

function textOf(value: Entry['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((one: Entry) => String(one.value)).join(',');
  return String(value);
}
