import { delimiter, isAbsolute, join, resolve, sep } from 'node:path';
import { isThere } from './files.ts';

const ENDINGS = sep === '\\' ? ['.exe', '.cmd'] : [''];

/**
 * A program of the machine by its path; undefined: there is none. `npx` puts a project's node_modules/.bin before
 * everything, and a project must not bring its own.
 */
export function programOutside(name: string, project?: string): string | undefined {
  return foldersOutside(project)
    .flatMap((folder) => ENDINGS.map((ending) => join(folder, name + ending)))
    .find(isThere);
}

/** Where programs look for others, without what belongs to a project. */
export function pathOutside(project?: string): string {
  return foldersOutside(project).join(delimiter);
}

function foldersOutside(project: string | undefined): readonly string[] {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder) && !/[\\/]node_modules(?:[\\/]|$)/.test(folder))
    .filter((folder) => project === undefined || !`${resolve(folder)}${sep}`.startsWith(project + sep));
}
