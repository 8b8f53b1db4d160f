/** One entry of an archive, as its header says. */
export interface Entry {
  readonly path: string;
  readonly size: number;
  readonly folder: boolean;
}

const BLOCK = 512;

/**
 * Reads a tar archive piece by piece: POSIX ustar, with GNU's long names and those of pax. `wants` says of which entries the
 * content is kept, and `content` is handed it. https://www.gnu.org/software/tar/manual/html_node/Standard.html
 */
export function tarReader(to: {
  entry(entry: Entry): void;
  wants(entry: Entry): boolean;
  content(path: string, text: string): void;
  /** Bytes of a file, as they come. */
  part?(entry: Entry, bytes: Uint8Array): void;
}): (bytes: Uint8Array) => void {
  let held: Uint8Array = new Uint8Array(0);
  /** Bytes of the entry at hand that are still to come, with what fills its last block. */
  let rest = 0;
  let keep:
    | { readonly path: string; readonly size: number; readonly type: string; text: Buffer[] }
    | undefined;
  let named: string | undefined;
  let open: { readonly entry: Entry; left: number } | undefined;

  const done = (): void => {
    if (keep === undefined) return;
    const text = Buffer.concat(keep.text).subarray(0, keep.size).toString('utf8');
    if (keep.type === 'L') named = text.replace(/\0.*$/s, '');
    else if (keep.type === 'x') named = /^\d+ path=(.*)$/m.exec(text)?.[1];
    else to.content(keep.path, text);
    keep = undefined;
  };
  const header = (block: Buffer): void => {
    const type = String.fromCharCode(block[156] ?? 0);
    const size = sizeOf(block);
    rest = Math.ceil(size / BLOCK) * BLOCK;
    open = undefined;
    if (type === 'L' || type === 'x') {
      keep = { path: '', size, type, text: [] };
      return;
    }
    const prefix = textOf(block, 345, 155);
    const short = textOf(block, 0, 100);
    const path = (named ?? (prefix === '' ? short : `${prefix}/${short}`)).replace(/^\.?\/+/, '');
    named = undefined;
    if (path === '') return;
    const entry = { path, size, folder: type === '5' };
    to.entry(entry);
    open = to.part === undefined || size === 0 ? undefined : { entry, left: size };
    if (size > 0 && to.wants(entry)) keep = { path, size, type, text: [] };
  };
  return (bytes) => {
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    for (;;) {
      if (rest > 0) {
        const part = held.subarray(0, rest);
        keep?.text.push(Buffer.from(part));
        if (open !== undefined) {
          // what fills the last block is none of it
          to.part?.(open.entry, part.subarray(0, open.left));
          open.left -= Math.min(open.left, part.length);
        }
        rest -= part.length;
        held = held.subarray(part.length);
        if (rest > 0) return;
        done();
      }
      if (held.length < BLOCK) return;
      const block = Buffer.from(held.subarray(0, BLOCK));
      held = held.subarray(BLOCK);
      // two empty blocks end it
      if (block.some((byte) => byte !== 0)) header(block);
    }
  };
}

function textOf(block: Buffer, at: number, length: number): string {
  return block
    .subarray(at, at + length)
    .toString('utf8')
    .replace(/\0.*$/s, '');
}

/** Octal digits, or with its first bit set a number of its bytes: what is larger than 8 GiB. */
function sizeOf(block: Buffer): number {
  if (((block[124] ?? 0) & 0x80) === 0) return Number.parseInt(textOf(block, 124, 12).trim(), 8) || 0;
  return block.subarray(128, 136).reduce((sum, byte) => sum * 256 + byte, 0);
}
