import { createGzip } from 'node:zlib';
import type { Engine } from './engine.ts';
import { type Entry, tarReader } from './tar.ts';

/** What is in an image, read from its files: nothing of it is run. */
export interface Inside {
  /** Bytes of all of its files. */
  readonly unpacked: number;
  /** Packages of the distribution; undefined: it has no list of them. */
  readonly packages: number | undefined;
  readonly shell: boolean;
}

const SHELLS = /^(?:usr\/)?bin\/(?:ba|da|a|z)?sh$|^(?:usr\/)?bin\/busybox$/;

/** Where package managers keep what is installed, and what a package is there. Distroless has a file for each. */
const LISTS: readonly { readonly path: RegExp; readonly each: RegExp }[] = [
  { path: /^var\/lib\/dpkg\/status$/, each: /^Status: .* installed$/gm },
  { path: /^var\/lib\/dpkg\/status\.d\/(?!.*\.md5sums$)[^/]+$/, each: /^Package: /gm },
  { path: /^(?:usr\/)?lib\/apk\/db\/installed$/, each: /^P:/gm },
];

export async function lookInside(engine: Engine, tag: string): Promise<Inside | undefined> {
  // an image of nothing but a program names none, and one has to be named
  const made = await engine.call(['create', tag, 'none']);
  const id = made.out.trim().split('\n').at(-1) ?? '';
  if (!made.ok || id === '') return undefined;
  let unpacked = 0;
  let shell = false;
  let packages: number | undefined;
  const listOf = ({ path }: Pick<Entry, 'path'>) => LISTS.find((list) => list.path.test(path));
  const read = tarReader({
    entry({ path, size, folder }) {
      unpacked += size;
      if (!folder && SHELLS.test(path)) shell = true;
    },
    wants: (entry) => listOf(entry) !== undefined,
    content(path, text) {
      const each = listOf({ path })?.each;
      if (each !== undefined) packages = (packages ?? 0) + (text.match(each)?.length ?? 0);
    },
  });
  try {
    const ok = await engine.stream(['export', id], read);
    return ok ? { unpacked, packages, shell } : undefined;
  } finally {
    await engine.call(['rm', '--force', '--volumes', id], { always: true });
  }
}

/** How gzip and Zstandard begin: RFC 1952, RFC 8878. */
const MAGIC: readonly (readonly number[])[] = [
  [0x1f, 0x8b],
  [0x28, 0xb5, 0x2f, 0xfd],
];

/**
 * Bytes of an image as it is pushed: its layers, compressed as registries keep them. An engine that keeps them compressed
 * saves them so; those of another are compressed here.
 */
export async function compressedSize(engine: Engine, tag: string): Promise<number | undefined> {
  const gzip = createGzip({ level: 6 });
  let bytes = 0;
  let packed: string | undefined;
  let full = false;
  gzip.on('data', (part: Uint8Array) => {
    bytes += part.length;
  });
  let begun: string | undefined;
  const read = tarReader({
    part({ path }, part) {
      if (begun !== path) {
        begun = path;
        if (MAGIC.some((magic) => magic.every((byte, at) => part[at] === byte))) packed = path;
      }
      if (packed === path) bytes += part.length;
      else if (!gzip.write(Buffer.from(part))) full = true;
    },
  });
  const ended = new Promise<void>((resolve) => gzip.on('end', resolve));
  const ok = await engine.stream(['save', tag], async (part) => {
    read(part);
    if (full) await new Promise<void>((resolve) => gzip.once('drain', resolve));
    full = false;
  });
  gzip.end();
  await ended;
  return ok ? bytes : undefined;
}
