import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { UserError } from '../errors.ts';
import { table } from '../project/data.ts';
import { digestsIn } from './digests.ts';
import { checksumOf, type Made, madeOf, type Stale, staleOf } from './made.ts';
import type { File } from './render.ts';

/**
 * What writing a file would do. An additive file keeps all that was there, and one that nobody has edited since it was
 * made holds nothing of anybody, so neither is asked about.
 */
type Change = 'create' | 'same' | 'update' | 'merge' | 'extend' | 'replace';

/** A finished text beside what stands in its place now. */
export interface Compared extends File {
  readonly change: Change;
  /** Undefined: there is nothing yet. */
  readonly before: string | undefined;
  /** Why a file of ours is not as it would be made now. */
  readonly stale?: readonly Stale[];
  /** Places where an edit and what is made now are at odds: the text has both, between markers, or what was chosen. */
  readonly conflicts?: number;
}

export interface Written {
  readonly path: string;
  readonly change: Change;
  /** Where the former text was kept; undefined: there was none, or git holds it. */
  readonly kept?: string;
}

/** Looks at each place where a file would go. Refuses what must not be written over. `root` need not exist. */
export function compare(root: string, files: readonly File[]): readonly Compared[] {
  return files.map((file) => {
    const before = textAt(root, file.path);
    if (before === undefined) return { ...file, before, change: 'create' };
    // a file in Windows' style stays in it
    const text = before.includes('\r\n') ? file.text.replace(/\n/g, '\r\n') : file.text;
    const [was, now] = [madeOf(before), madeOf(text)];
    // edits of a file that is added to are lines of its owner's like any others
    const ours = was !== undefined && now !== undefined && (was.holds || file.additive !== true);
    const stale = ours ? { stale: staleOf(was, now) } : {};
    if (before === text || (isSame(before, was, now) && isPinnedAlike(before, text)))
      return { ...file, ...stale, text: before, before, change: 'same' };
    if (ours && was.holds) return { ...file, ...stale, text, before, change: 'update' };
    return { ...file, ...stale, text, before, change: file.additive ? 'extend' : 'replace' };
  });
}

/** All files or none: each is written under a temporary name beside its place, then all are renamed. */
export async function write(root: string, files: readonly Compared[]): Promise<readonly Written[]> {
  const held = files.some(isOthers) ? await gitHolds() : () => true;
  const undo: (() => void)[] = [];
  const done: (() => void)[] = [];
  let at = '.';
  try {
    const staged = files
      .filter((file) => file.change !== 'same')
      .map((file) => {
        at = file.path;
        const place = placeOf(root, file.path);
        const made = firstAbsent(dirname(place));
        if (made !== undefined) undo.push(() => remove(made));
        mkdirSync(dirname(place), { recursive: true });
        const staging = free(`${place}.tmp`);
        undo.push(() => remove(staging));
        writeFileSync(staging, file.text, { flag: 'wx' });
        if (file.before !== undefined) chmodSync(staging, statSync(place).mode);
        return { file, place, staging };
      });
    const written = staged.map(({ file, place, staging }): Written => {
      at = file.path;
      // somebody else wrote there since it was shown
      if (textAt(root, file.path) !== file.before) throw new Error('it changed in the meantime');
      if (file.before === undefined) {
        undo.push(() => remove(place));
        renameSync(staging, place);
        return { path: file.path, change: file.change };
      }
      const kept = free(`${place}.bak`);
      undo.push(() => remove(kept));
      // a copy, for not every file system has links
      copy(place, kept);
      undo.push(() => renameSync(kept, place));
      renameSync(staging, place);
      if (readFileSync(kept, 'utf8') !== file.before) throw new Error('it changed in the meantime');
      if (isOthers(file) && !held(place, kept))
        return { path: file.path, change: file.change, kept: file.path + kept.slice(place.length) };
      done.push(() => remove(kept));
      return { path: file.path, change: file.change };
    });
    for (const step of done) step();
    return files.map(
      (file) => written.find((w) => w.path === file.path) ?? { path: file.path, change: file.change },
    );
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw blocked(at, error);
  }
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** A file with its mode and its times, where nothing is. */
function copy(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL);
  const { atime, mtime } = statSync(from);
  utimesSync(to, atime, mtime);
}

/** Whether the same digests stand beside the same images: they count for no checksum. */
function isPinnedAlike(before: string, text: string): boolean {
  return String(digestsIn(before)) === String(digestsIn(text));
}

/** Whether a line of somebody's may be lost when it is written over. */
function isOthers({ change }: Compared): boolean {
  return change === 'replace' || change === 'merge';
}

/** Whether only another release would be named, or a first line would be added to what is no file of ours. */
function isSame(before: string, was: Made | undefined, now: Made | undefined): boolean {
  if (now === undefined) return false;
  if (was === undefined) return checksumOf(before) === now.checksum;
  return was.holds && was.checksum === now.checksum && was.words === now.words;
}

function textAt(root: string, path: string): string | undefined {
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  try {
    return readFileSync(placeOf(root, path), 'utf8');
  } catch (error) {
    throw blocked(path, error);
  }
}

/** Where a path's text really is: a symbolic link is followed, but never out of the project. */
export function placeOf(root: string, path: string): string {
  const place = resolve(root, path);
  const stat = lstatSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return place;
  if (!stat.isSymbolicLink()) {
    if (stat.isDirectory()) throw new Error('a folder of that name is in the way');
    if (!stat.isFile()) throw new Error('it is not a regular file');
    return place;
  }
  if (!existsSync(place)) throw new Error('it is a symbolic link to nothing');
  const real = realpathSync(place);
  if (!real.startsWith(realpathSync(root) + sep))
    throw new Error('it is a symbolic link that leads out of the project');
  if (!statSync(real).isFile()) throw new Error('it is a symbolic link to what is no regular file');
  return real;
}

/** The outermost folder that has to be made for another to be there; undefined: it is there. */
function firstAbsent(folder: string): string | undefined {
  if (existsSync(folder)) return undefined;
  return firstAbsent(dirname(folder)) ?? folder;
}

function free(path: string): string {
  for (let n = 0; ; n++) {
    const candidate = n === 0 ? path : `${path}.${n}`;
    if (lstatSync(candidate, { throwIfNoEntry: false }) === undefined) return candidate;
  }
}

/** Tells whether git has the very text of a file. What hashes it is loaded for that alone. */
async function gitHolds(): Promise<(place: string, file: string) => boolean> {
  const { createHash } = await import('node:crypto');
  return (place, file) => {
    const text = readFileSync(file);
    return inIndex(place, createHash('sha1').update(`blob ${text.length}\0`).update(text).digest());
  };
}

/** git's index names every tracked file's content by its hash, as raw bytes. */
function inIndex(place: string, hash: Buffer): boolean {
  for (let folder = dirname(place); ; folder = dirname(folder)) {
    const git = join(folder, '.git');
    const stat = statSync(git, { throwIfNoEntry: false });
    if (stat !== undefined) {
      const [, elsewhere] = stat.isFile() ? (/^gitdir: (.+)$/m.exec(readFileSync(git, 'utf8')) ?? []) : [];
      const index = join(elsewhere === undefined ? git : resolve(folder, elsewhere), 'index');
      return existsSync(index) && readFileSync(index).includes(hash);
    }
    if (folder === dirname(folder)) return false;
  }
}

const REASONS: { readonly [code: string]: string } = table({
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is where a folder must be',
  EEXIST: 'somebody else is writing there',
});

function blocked(path: string, error: unknown): UserError {
  if (error instanceof UserError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  return new UserError({ kind: 'blocked', path, reason: REASONS[code ?? ''] ?? message });
}
