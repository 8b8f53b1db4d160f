import { isUtf8 } from 'node:buffer';
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, posix, resolve, sep } from 'node:path';
import { kill, pid } from 'node:process';
import { Ended, UserError } from '../errors.ts';
import { table } from '../project/data.ts';
import { isThere, statOf } from '../project/files.ts';
import { digestsIn } from './digests.ts';
import { checksumOf, type Made, madeOf, type Stale, staleOf } from './made.ts';
import type { File } from './render.ts';
import type { Terminal } from './terminal.ts';

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
    const before = textAt(root, file.path, file.additive);
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

/** What takes a step back, if the writing comes to no end. */
interface Step {
  /** What stays behind where that fails too. */
  readonly path: string;
  back(): void;
}

/** A finished text beside its place. */
interface Staged {
  readonly file: Compared;
  readonly place: string;
  readonly staging: string;
}

/** What writes is ended by no signal, and the command behind it. */
export async function uninterrupted<T>({ interrupted }: Terminal, work: () => Promise<T>): Promise<T> {
  const signals: string[] = [];
  const forget = interrupted((signal) => signals.push(signal));
  try {
    const done = await work();
    // what came meanwhile is heard on the next turn
    await new Promise((resolve) => setImmediate(resolve));
    const [signal] = signals;
    if (signal !== undefined) throw new Ended(signal);
    return done;
  } finally {
    forget();
  }
}

/** All files or none: each is written under a temporary name beside its place, then all are renamed. */
export async function write(root: string, files: readonly Compared[]): Promise<readonly Written[]> {
  const held = files.some(isOthers) ? await gitHolds() : () => true;
  const steps: Step[] = [];
  const changed = files.filter(({ change }) => change !== 'same');
  let at = '.';
  try {
    for (const { path } of files) sweep(placeOf(root, path));
    const staged = changed.map((file) => {
      at = file.path;
      return stage(root, file, steps);
    });
    const swapped = staged.map((one) => {
      at = one.file.path;
      return [at, swap(root, one, held, steps)] as const;
    });
    const finished = new Map(swapped.map(([path, finish]) => [path, finish()]));
    return files.map(({ path, change }) => {
      const kept = finished.get(path);
      return kept === undefined
        ? { path, change }
        : { path, change, kept: posix.join(posix.dirname(path), kept) };
    });
  } catch (error) {
    throw blocked(at, error, undone(steps));
  }
}

function stage(root: string, file: Compared, steps: Step[]): Staged {
  const place = placeOf(root, file.path);
  const folder = dirname(place);
  const made = firstAbsent(folder);
  if (made !== undefined) steps.push({ path: made, back: () => remove(made) });
  mkdirSync(folder, { recursive: true });
  const staging = temporary(place, 'tmp');
  steps.push({ path: staging, back: () => remove(staging) });
  writeFileSync(staging, file.text, { flag: 'wx' });
  if (file.before !== undefined) chmodSync(staging, statSync(place).mode);
  return { file, place, staging };
}

/** Puts a staged text into its place. Answers with the last step, which tells the name of what was kept beside it. */
function swap(
  root: string,
  { file, place, staging }: Staged,
  held: (place: string) => boolean,
  steps: Step[],
): () => string | undefined {
  // somebody else wrote there since it was shown
  if (textAt(root, file.path) !== file.before) throw new Error('it changed in the meantime');
  if (file.before === undefined) {
    const linked = isLinked(staging, place);
    if (!linked) renameSync(staging, place);
    steps.push({ path: place, back: () => remove(place) });
    if (linked) remove(staging);
    return () => undefined;
  }
  const own = isOthers(file) && !held(place);
  const kept = own ? free(`${place}.bak`) : temporary(place, 'bak');
  let swapped = false;
  steps.push({
    path: kept,
    back() {
      if (swapped) putBack(kept, place);
      remove(kept);
    },
  });
  // a copy, for not every file system has links
  copy(place, kept);
  renameSync(staging, place);
  swapped = true;
  if (readFileSync(kept, 'utf8') !== file.before) throw new Error('it changed in the meantime');
  return () => (own || !removed(kept) ? basename(kept) : undefined);
}

/** A link tells what is there by now, where the file system has them. */
function isLinked(staging: string, place: string): boolean {
  try {
    linkSync(staging, place);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new Error('it changed in the meantime');
    return false;
  }
}

function putBack(kept: string, place: string): void {
  try {
    renameSync(kept, place);
  } catch {
    copyFileSync(kept, place);
  }
}

/** Takes all steps back, the last one first. Answers with what stays behind all the same. */
function undone(steps: readonly Step[]): readonly string[] {
  return [...steps].reverse().flatMap(({ path, back }) => {
    try {
      back();
      return [];
    } catch {
      return existsSync(path) ? [path] : [];
    }
  });
}

/** What was removed, or was not there; false: it stays. */
function removed(path: string): boolean {
  try {
    remove(path);
    return true;
  } catch {
    return false;
  }
}

const OURS = /^\.create-dockerfile-(\d{1,10})\.(?:tmp|bak)$/;

/** A name that nobody else has, and that says whose it is. */
function temporary(place: string, ending: 'tmp' | 'bak'): string {
  return join(dirname(place), `.${basename(place)}.create-dockerfile-${pid}.${ending}`);
}

/** Takes away what a run that was killed has left: all that it holds stands in the file, in git, or is made anew. */
function sweep(place: string): void {
  const [folder, start] = [dirname(place), `.${basename(place)}`];
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const [, run] = (name.startsWith(start) ? OURS.exec(name.slice(start.length)) : undefined) ?? [];
    if (run !== undefined && !isAlive(Number(run))) removed(join(folder, name));
  }
}

function isAlive(run: number): boolean {
  try {
    kill(run, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
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

/** `whole`: all of it stays in the file, and what is no UTF-8 would not. */
function textAt(root: string, path: string, whole = false): string | undefined {
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  try {
    const bytes = readFileSync(placeOf(root, path));
    if (whole && !isUtf8(bytes))
      throw new Error('it is not in UTF-8, and no reader of it takes another text');
    return bytes.toString('utf8');
  } catch (error) {
    throw blocked(path, error);
  }
}

/** Where a path's text really is: a symbolic link is followed, but never out of the project. */
export function placeOf(root: string, path: string): string {
  const place = resolve(root, path);
  // what belongs to a repository stands above the build context
  const top = resolve(root, /^(?:\.\.\/)*/.exec(path)?.[0] ?? '');
  if (!isBelow(top, dirname(place))) throw new Error('a symbolic link on the way leads out of the project');
  const stat = lstatSync(place, { throwIfNoEntry: false });
  if (stat === undefined) return place;
  if (!stat.isSymbolicLink()) {
    if (stat.isDirectory()) throw new Error('a folder of that name is in the way');
    if (!stat.isFile()) throw new Error('it is not a regular file');
    return place;
  }
  if (!existsSync(place)) throw new Error('it is a symbolic link to nothing');
  const real = realpathSync(place);
  if (!isBelow(top, real)) throw new Error('it is a symbolic link that leads out of the project');
  if (!statSync(real).isFile()) throw new Error('it is a symbolic link to what is no regular file');
  return real;
}

/** Whether a path is in a folder, with all links followed; of what is not there yet, the folder that is. */
function isBelow(top: string, path: string): boolean {
  const there = firstAbsent(path);
  const at = there === undefined ? path : dirname(there);
  // where nothing of it is there, nothing leads anywhere
  if (!existsSync(top)) return true;
  const outer = realpathSync(top);
  return `${realpathSync(at)}${sep}`.startsWith(outer.endsWith(sep) ? outer : outer + sep);
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
async function gitHolds(): Promise<(place: string) => boolean> {
  const { createHash } = await import('node:crypto');
  return (place) => {
    const text = readFileSync(place);
    return inIndex(place, createHash('sha1').update(`blob ${text.length}\0`).update(text).digest());
  };
}

/** An index of a million files has some 100 MiB. */
const INDEX_LIMIT = 256 * 2 ** 20;

/** git's index names every tracked file's content by its hash, as raw bytes. */
function inIndex(place: string, hash: Buffer): boolean {
  for (let folder = dirname(place); ; folder = dirname(folder)) {
    const git = join(folder, '.git');
    if (isThere(git)) {
      const [, elsewhere] = /^gitdir: (.+)$/m.exec(bytesOf(git, 1 << 16)?.toString('utf8') ?? '') ?? [];
      const index = join(elsewhere === undefined ? git : resolve(folder, elsewhere), 'index');
      return bytesOf(index, INDEX_LIMIT)?.includes(hash) ?? false;
    }
    if (folder === dirname(folder)) return false;
  }
}

/** What a regular file holds; undefined: it is none, or too large. A pipe would wait for ever. */
function bytesOf(path: string, limit: number): Buffer | undefined {
  const stat = statOf(path);
  return stat?.isFile() && stat.size <= limit ? readFileSync(path) : undefined;
}

const REASONS: { readonly [code: string]: string } = table({
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of the disk is used up',
  EIO: 'the disk does not work',
  EXDEV: 'it is mounted from elsewhere',
  EBUSY: 'it is in use',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENOTDIR: 'a file is where a folder must be',
  EEXIST: 'somebody else is writing there',
});

function blocked(path: string, error: unknown, left: readonly string[] = []): UserError {
  if (error instanceof UserError && left.length === 0) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const stays = left.length === 0 ? {} : { left };
  return new UserError({ kind: 'blocked', path, reason: REASONS[code ?? ''] ?? message, ...stays });
}
