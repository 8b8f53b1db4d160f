import { posix } from 'node:path';
import type { Program } from '../../../kit/program.ts';
import { lineAt } from '../../../kit/syntax.ts';
import type { Main } from './start.ts';

/** A database in a file of the project's own folder, which the program writes. */
export interface Database {
  readonly at: string;
  readonly path: string;
  /** The folder that it is in; undefined: it stands beside the program. */
  readonly folder: string | undefined;
}

/** Where a file of SQLite is opened: by its module, by an address of SQLAlchemy, by Django's settings. */
const OPENED =
  /\b(?:sqlite3|aiosqlite)\.connect\(\s*["']([\w./-]+)["']|["']sqlite(?:\+\w+)?:\/\/\/(?!\/|:)\.?\/?([\w./-]+)["']|["']NAME["']\s*:\s*BASE_DIR\s*\/\s*["']([\w./-]+)["']/g;

export function databasesIn({ sources }: Program, main: Main): readonly Database[] {
  return sources.flatMap((source) =>
    [...source.text.matchAll(OPENED)].flatMap((match) => {
      const said = match[1] ?? match[2] ?? match[3] ?? '';
      // what stands in a comment is not opened
      if (
        said === '' ||
        said.startsWith('/') ||
        source.code.slice(match.index, match.index + match[0].length).trim() === ''
      )
        return [];
      const path = posix.normalize(
        match[3] === undefined ? said : posix.join(main.django?.root ?? '.', said),
      );
      const folder = posix.dirname(path);
      return path.startsWith('..')
        ? []
        : [{ at: lineAt(source, match.index), path, folder: folder === '.' ? undefined : folder }];
    }),
  );
}
