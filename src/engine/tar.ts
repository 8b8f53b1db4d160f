/** One entry of an archive, as its header says. */
export interface Entry {
  readonly path: string;
  readonly size: number;
  readonly folder: boolean;
}

/** What is done with an archive while it is read. */
export interface TarSink {
  entry?(entry: Entry): void;
  /** Of which entries the whole text is kept, and handed to `content`. */
  wants?(entry: Entry): boolean;
  content?(path: string, text: string): void;
  /** Bytes of a file, as they come. */
  part?(entry: Entry, bytes: Uint8Array): void;
}

const BLOCK = 512;

/**
 * Reads a tar archive piece by piece: POSIX ustar, with GNU's long names and those of pax.
 * https://www.gnu.org/software/tar/manual/html_node/Standard.html
 */
export function tarReader(to: TarSink): (bytes: Uint8Array) => void {
  let held: Uint8Array = new Uint8Array(0);
  /** What is read at the moment; `left` counts what fills its last block too. */
  let open: Open | undefined;
  /** The name that stands before an entry whose own field is too short for it. */
  let named: string | undefined;

  const begin = (block: Buffer): void => {
    const { type, size, path } = headerOf(block);
    const long = type === 'L' || type === 'x';
    const entry = { path: named ?? path, size, folder: type === '5' };
    if (!long) {
      named = undefined;
      if (entry.path !== '') to.entry?.(entry);
    }
    if (size === 0) return;
    const keep = long || to.wants?.(entry) === true;
    open = { entry, type, left: Math.ceil(size / BLOCK) * BLOCK, rest: size, kept: keep ? [] : undefined };
  };
  const end = ({ entry, type, kept }: Open): void => {
    open = undefined;
    if (kept === undefined) return;
    const text = Buffer.concat(kept).toString('utf8');
    if (type === 'L') named = plain(text.replace(/\0.*$/s, ''));
    else if (type === 'x') named = plain(/^\d+ path=(.*)$/m.exec(text)?.[1] ?? '') || undefined;
    else to.content?.(entry.path, text);
  };
  const take = (one: Open): void => {
    const part = held.subarray(0, one.left);
    const own = part.subarray(0, one.rest);
    one.kept?.push(Buffer.from(own));
    if (own.length > 0 && one.type !== 'L' && one.type !== 'x') to.part?.(one.entry, own);
    one.left -= part.length;
    one.rest -= own.length;
    held = held.subarray(part.length);
    if (one.left === 0) end(one);
  };
  return (bytes) => {
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    while (open === undefined ? held.length >= BLOCK : held.length > 0) {
      if (open !== undefined) {
        take(open);
        continue;
      }
      const block = Buffer.from(held.subarray(0, BLOCK));
      held = held.subarray(BLOCK);
      // two empty blocks end it
      if (block.some((byte) => byte !== 0)) begin(block);
    }
  };
}

interface Open {
  readonly entry: Entry;
  readonly type: string;
  left: number;
  rest: number;
  readonly kept: Buffer[] | undefined;
}

function headerOf(block: Buffer): { readonly type: string; readonly size: number; readonly path: string } {
  const prefix = textOf(block, 345, 155);
  const name = textOf(block, 0, 100);
  return {
    type: String.fromCharCode(block[156] ?? 0),
    size: sizeOf(block),
    path: plain(prefix === '' ? name : `${prefix}/${name}`),
  };
}

/** Without what leads to its root. */
function plain(path: string): string {
  return path.replace(/^(?:\.?\/+)+/, '');
}

function textOf(block: Buffer, at: number, length: number): string {
  const text = block.subarray(at, at + length).toString('utf8');
  return text.replace(/\0.*$/s, '');
}

/** Octal digits, or with its first bit set a number of its bytes: what is larger than 8 GiB. */
function sizeOf(block: Buffer): number {
  if (((block[124] ?? 0) & 0x80) === 0) return Number.parseInt(textOf(block, 124, 12).trim(), 8) || 0;
  return block.subarray(128, 136).reduce((sum, byte) => sum * 256 + byte, 0);
}
