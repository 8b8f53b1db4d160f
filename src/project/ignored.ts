import { dirname, relative, sep } from 'node:path';
import ignore from 'ignore';
import { isThere, textIn } from './files.ts';

/** Tells of the folders in one which of them git ignores. */
export type Ignored = (folder: string, names: readonly string[]) => (name: string) => boolean;

interface Level {
  readonly folder: string;
  readonly ignores: (path: string) => boolean;
}

/** What the .gitignore files of a repository leave out, as a walk goes down its folders. */
export function ignoredBelow(top: string): Ignored {
  const levels: Level[] = above(top).flatMap((folder) => levelOf(folder));
  return (folder, names) => {
    // the walk has left the folders that do not hold this one
    while (levels.length > 0 && !isIn(levels.at(-1)?.folder ?? '', folder)) levels.pop();
    if (names.includes('.gitignore')) levels.push(...levelOf(folder));
    const all = [...levels];
    return (name) => all.some((level) => level.ignores(`${relative(level.folder, folder)}/${name}/`));
  };
}

/** The folders above one that belong to its repository, outermost first; none outside of a repository. */
function above(top: string): readonly string[] {
  const folders: string[] = [];
  for (let at = top; !isThere(`${at}${sep}.git`); ) {
    if (at === dirname(at)) return [];
    at = dirname(at);
    folders.unshift(at);
  }
  return folders;
}

function isIn(outer: string, folder: string): boolean {
  return folder === outer || folder.startsWith(outer.endsWith(sep) ? outer : outer + sep);
}

function levelOf(folder: string): readonly Level[] {
  const text = textIn(folder, '.gitignore');
  if (text === undefined) return [];
  const patterns = ignore().add(text);
  return [
    {
      folder,
      ignores: (path) => patterns.ignores(path.split(sep).join('/').replace(/^\/+/, '')),
    },
  ];
}
