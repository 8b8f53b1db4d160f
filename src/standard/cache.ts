import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { UserError } from '../errors.ts';
import type { Pin, Texts } from './fetch.ts';

/** A standard in the cache. */
export interface Kept {
  readonly folder: string;
  readonly texts: Texts;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** https://specifications.freedesktop.org/basedir-spec/latest/ */
function cacheOf({ XDG_CACHE_HOME, LOCALAPPDATA }: Environment): string {
  return join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache'), 'create-dockerfile', 'standards');
}

/** What is kept under a key; undefined: nothing. */
export function cached(key: string, environment: Environment): Kept | undefined {
  const folder = join(cacheOf(environment), key);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const texts = files.map((file): [string, string] => {
    const path = join(file.parentPath, file.name);
    return [
      path
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
      readFileSync(path, 'utf8'),
    ];
  });
  return { folder, texts: new Map(texts) };
}

/** Keeps texts under a key: whole or not at all, whoever else does the same. */
export function store(key: string, texts: Texts, environment: Environment): Kept {
  const cache = cacheOf(environment);
  const folder = join(cache, key);
  // what another run reads meanwhile is not taken away to be written again
  if (holds(cached(key, environment), texts)) return { folder, texts };
  let staging: string | undefined;
  try {
    mkdirSync(cache, { recursive: true });
    staging = mkdtempSync(join(cache, '.new-'));
    for (const [path, text] of texts) {
      mkdirSync(dirname(join(staging, path)), { recursive: true });
      writeFileSync(join(staging, path), text, { flag: 'wx' });
    }
    try {
      renameSync(staging, folder);
    } catch {
      // another run was faster, and has the same; else it is what a disk has damaged
      if (holds(cached(key, environment), texts)) rmSync(staging, { recursive: true, force: true });
      else {
        rmSync(folder, { recursive: true, force: true });
        renameSync(staging, folder);
      }
    }
  } catch (error) {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
    throw unkept(`A standard cannot be kept in ${cache}`, error);
  }
  return { folder, texts };
}

function holds(kept: Kept | undefined, texts: Texts): boolean {
  return kept?.texts.size === texts.size && [...texts].every(([path, text]) => kept.texts.get(path) === text);
}

function unkept(what: string, error: unknown): UserError {
  const reason = error instanceof Error ? error.message : String(error);
  return new UserError({ kind: 'refused', message: `${what}: ${reason}.`, fix: '' });
}

export function temporary(): { readonly folder: string; remove(): void } {
  let folder: string;
  try {
    folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
  } catch (error) {
    throw unkept(`Nothing can be fetched to ${tmpdir()}`, error);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Bytes below a folder, as far as they can be seen while somebody writes there. */
export function sizeOf(folder: string): number {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    return files.reduce((sum, file) => {
      const stat = file.isFile()
        ? statSync(join(file.parentPath, file.name), { throwIfNoEntry: false })
        : undefined;
      return sum + (stat?.size ?? 0);
    }, 0);
  } catch {
    return 0;
  }
}

export function textAt(folder: string, name: string): Buffer | undefined {
  try {
    return readFileSync(join(folder, name));
  } catch {
    return undefined;
  }
}

const LOCK = 'create-dockerfile-lock.json';

/** What the configuration in a folder extends, as it was pinned. */
export function pinsIn(folder: string): ReadonlyMap<string, Pin> {
  const text = textAt(folder, LOCK)?.toString('utf8');
  if (text === undefined) return new Map();
  const malformed = (reason: string) =>
    new UserError({ kind: 'malformed', path: LOCK, line: undefined, reason });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw malformed('it is no JSON');
  }
  const all = (parsed as { standards?: unknown } | null)?.standards;
  if (typeof all !== 'object' || all === null) throw malformed('it has no standards');
  return new Map(
    Object.entries(all as Record<string, Partial<Pin> | null>).map(([name, pin]) => {
      const { revision, checksum } = pin ?? {};
      const right =
        /^[\w.+-]{1,100}$/.test(String(revision)) && /^sha256:[0-9a-f]{64}$/.test(String(checksum));
      if (!right) throw malformed(`${JSON.stringify(name)} has no revision and checksum`);
      return [name, { revision: String(revision), checksum: String(checksum) }];
    }),
  );
}

export function writePins(folder: string, pins: ReadonlyMap<string, Pin>): void {
  const sorted = Object.fromEntries([...pins].sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = `${JSON.stringify({ version: 1, standards: sorted }, undefined, 2)}\n`;
  if (textAt(folder, LOCK)?.toString('utf8') === text) return;
  const staging = join(folder, `.${LOCK}.${randomUUID()}`);
  try {
    writeFileSync(staging, text);
    renameSync(staging, join(folder, LOCK));
  } catch (error) {
    rmSync(staging, { force: true });
    throw unkept(`${LOCK} cannot be written`, error);
  }
}
