/**
 * What a path is worth. A folder that only the running program knows is written as a sign in front of the path, so that
 * texts can be joined as the program joins them: `__dirname + '/views'` in src/app.ts is `⟨here⟩src/views`.
 */
import { posix } from 'node:path';
import type { Reader } from './program.ts';
import { joined, type Value } from './value.ts';

/** Signs of folders, of Unicode's private use: no text of a program holds them. */
export const SIGNS = { here: '\uE000', cwd: '\uE001', home: '\uE002' } as const;

/** What a path begins at: the folder of its file, the one that the program is started in, its user's, the file system. */
type Begin = keyof typeof SIGNS | 'root';

export interface Located {
  readonly begin: Begin;
  /** Normal, without a slash in front; of `here` from the project's folder on. Empty: the folder itself. */
  readonly path: string;
  /** Something behind it cannot be read: `path.join(folder, name)`. */
  readonly open: boolean;
  /** It ended with a slash. */
  readonly folder: boolean;
}

const signed = new RegExp(`[${Object.values(SIGNS).join('')}]`);

/** Where a path leads; undefined: not even its beginning can be read. */
export function locate(value: Value): Located | undefined {
  const { text, open } = beginning(value);
  if (text === undefined || /[\0\n]/.test(text)) return undefined;
  const at = text.search(signed);
  const sign = at < 0 ? undefined : text[at];
  const begin = (Object.keys(SIGNS) as (keyof typeof SIGNS)[]).find((key) => SIGNS[key] === sign);
  const rest = at < 0 ? text : text.slice(at + 1);
  const root = begin === undefined && rest.startsWith('/');
  const path = posix.normalize(`${rest.replace(/^file:(?:\/\/)?/, '')}`).replace(/^\/+|\/+$/g, '');
  return {
    begin: begin ?? (root ? 'root' : 'cwd'),
    path: path === '.' ? '' : path,
    open,
    folder: rest.endsWith('/'),
  };
}

/** The text as far as it is known. */
function beginning(value: Value): { readonly text: string | undefined; readonly open: boolean } {
  if (value.text !== undefined) return { text: value.text, open: false };
  if (value.several || value.parts === undefined) return { text: undefined, open: true };
  let text = '';
  for (const part of value.parts) {
    const inner = beginning(part);
    text += inner.text ?? '';
    // a name that is not known belongs to the last folder that is
    if (inner.open)
      return text === '' ? { text: undefined, open: true } : { text: text.replace(/[^/]*$/, ''), open: true };
  }
  return { text, open: false };
}

/** Paths joined with slashes, as `path.join` does; `resolve` begins anew where one is absolute. */
export function joinPaths(values: readonly Value[]): Value {
  const from = values.reduce(
    (last, { text = '' }, index) => (signed.test(text[0] ?? '') || text.startsWith('/') ? index : last),
    0,
  );
  const given = values.slice(from);
  const parts = given.flatMap((value, index) => (index === 0 ? [value] : [{ text: '/' }, value]));
  const whole = joined(parts.filter(({ empty }) => !empty));
  return whole.text === undefined ? whole : { ...whole, text: normal(whole.text) };
}

/** A path without `.` and `..`, its sign in front. */
function normal(text: string): string {
  const sign = signed.test(text[0] ?? '') ? (text[0] ?? '') : '';
  const path = posix.normalize(text.slice(sign.length).replace(/^\/+(?=.)/, sign === '' ? '/' : ''));
  return sign + (path === '.' && sign !== '' ? '' : path);
}

/** The folder that a file of a path stands in. */
export function folderOf(value: Value): Value {
  const { text } = value;
  if (text === undefined) return {};
  const sign = signed.test(text[0] ?? '') ? (text[0] ?? '') : '';
  const path = posix.dirname(text.slice(sign.length));
  return { ...value, text: sign + (path === '.' && sign !== '' ? '' : path) };
}

/** A reader of names that stand for the folder, or the file, that they are used in. */
export function hereReader(of: RegExp, what: 'file' | 'folder'): Reader {
  return {
    of,
    read: ({ source, path, at }) =>
      path.length > 0
        ? undefined
        : {
            text:
              SIGNS.here + (what === 'file' ? source.path : posix.dirname(source.path).replace(/^\.$/, '')),
            at,
          },
  };
}
