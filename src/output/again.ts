import { basename, dirname, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { digestsIn, namesIn, withDigests, withoutDigests } from './digests.ts';
import { isDockerfile } from './dockerfile.ts';
import { bodyOf, checksumOf, type Made, madeOf, unresolved, withLine } from './made.ts';
import { type Merged, merge, type Resolution } from './merge.ts';
import type { File } from './render.ts';
import { type Compared, placeOf } from './write.ts';

/** What is needed to know again what was made then. */
export interface Then {
  readonly root: string;
  /** The release that runs. */
  readonly version: string;
  /** The files that these answers make today. */
  remade(words: string): Promise<readonly File[]>;
}

/** Files of ours that somebody has edited, brought together with what is made now; the others as they are. */
export async function again(
  compared: readonly Compared[],
  resolution: Resolution | undefined,
  then: Then,
): Promise<readonly Compared[]> {
  return Promise.all(compared.map((file) => one(file, resolution, then)));
}

async function one(file: Compared, resolution: Resolution | undefined, then: Then): Promise<Compared> {
  const { before, text, path } = file;
  const [was, now] = [madeOf(before ?? ''), madeOf(text)];
  if (file.change !== 'replace' || before === undefined || was === undefined || now === undefined)
    return file;
  const line = unresolved(before);
  if (line !== undefined) {
    const reason = 'it holds a conflict that is not settled yet';
    throw new UserError({ kind: 'malformed', path, line, reason });
  }
  const base = was.checksum === now.checksum ? plainOf(text) : await baseOf(file, was, then);
  const names = { ours: path, theirs: `create-dockerfile ${then.version}` };
  const merged = await merge(base, plainOf(before), plainOf(text), resolution ?? 'markers', names);
  const whole = finished(merged, file, now);
  if (was.checksum === now.checksum && was.words === now.words && plainOf(whole) === plainOf(before)) {
    const pinned = String(digestsIn(whole)) === String(digestsIn(before));
    if (pinned) return { ...file, text: before, change: 'same' };
  }
  return { ...file, text: whole, change: 'merge', conflicts: merged.conflicts };
}

/** A text as it is merged: what a bot moves is nobody's edit. */
function plainOf(text: string): string {
  return withoutDigests(bodyOf(text));
}

/** The merged text with the first line of what is made now: from that the next edits are told. */
function finished({ text: body }: Merged, { text, before = '' }: Compared, { line }: Made): string {
  // its own images keep the digests that they have, and ours get those that are made now
  const names = namesIn(text);
  const kept = digestsIn(before).filter(([image]) => !names.has(image));
  const pinned = withDigests(body, [...kept, ...digestsIn(text)]);
  const merged = withLine(pinned, text.split(/\r?\n/)[line - 1] ?? '');
  return before.includes('\r\n') ? merged.replaceAll('\n', '\r\n') : merged;
}

interface Revision {
  readonly made: Made;
  readonly body: string;
}

/** What git holds of a file of ours. */
async function madeAt(place: string): Promise<readonly Revision[]> {
  const { revisionsOf } = await import('./history.ts');
  return (await revisionsOf(place)).flatMap((text) => {
    const made = madeOf(text);
    return made === undefined ? [] : [{ made, body: plainOf(text) }];
  });
}

/** What was made then, without its first line; undefined: nobody knows. */
async function baseOf({ path, before = '' }: Compared, was: Made, then: Then): Promise<string | undefined> {
  const standing = { made: was, body: plainOf(before) };
  const revisions = await madeAt(placeOf(then.root, path));
  const known = await madeThen([standing, ...revisions], 0);
  if (known !== undefined) return known;
  // one that was moved, and whose move git does not hold yet
  for (const folder of isDockerfile(basename(path)) ? [dirname(path), dirname(dirname(path))] : []) {
    const moved = await madeThen([standing, ...(await madeAt(resolve(then.root, folder, 'Dockerfile')))], 0);
    if (moved !== undefined) return moved;
  }
  if (was.version === then.version) {
    const body = plainOf((await remade(then, was.words)).find((file) => file.path === path)?.text ?? '');
    if (checksumOf(body) === was.checksum) return body;
  }
  return revisions.find(({ made }) => made.holds)?.body;
}

/**
 * What the checksum of a revision stands for, from the revisions before it: one that holds, or, where edits were merged and
 * so no revision has it alone, the first merged one without the edits that the one before it had. The checksum proves it.
 */
async function madeThen(revisions: readonly Revision[], at: number): Promise<string | undefined> {
  const one = revisions[at];
  if (one === undefined) return undefined;
  const { checksum } = one.made;
  const holding = revisions.slice(at).find(({ made }) => made.holds && made.checksum === checksum);
  if (holding !== undefined) return holding.body;
  const next = revisions.findIndex(({ made }, index) => index > at && made.checksum !== checksum);
  const [first, edited] = [revisions[next - 1], revisions[next]];
  const then = await madeThen(revisions, next < 0 ? revisions.length : next);
  if (first === undefined || edited === undefined || then === undefined) return undefined;
  const { text, conflicts } = await merge(edited.body, then, first.body, 'theirs', { ours: '', theirs: '' });
  return conflicts === 0 && checksumOf(text) === checksum ? text : undefined;
}

/** What the answers make today; a project that has moved on may refuse them. */
async function remade(then: Then, words: string): Promise<readonly File[]> {
  try {
    return await then.remade(words);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
