import { join, relative, sep } from 'node:path';
import { UserError } from '../errors.ts';
import { type Candidate, findLanguages } from '../facts/choose.ts';
import type { Found, LanguageId } from '../facts/language.ts';
import { foldersUpTo } from './files.ts';
import { openProject, type Project } from './project.ts';

/** Where the project is that somebody means who stands in a folder. */
export interface Place {
  readonly folder: string;
  /** Said in the report where it is not the folder that was named. */
  readonly moved: Found<string> | undefined;
  /** The program that is meant, where the folder that was named is one of several. */
  readonly main: string | undefined;
  /** The folder as it was looked at, where it is the one that was named. */
  readonly looked?: Looked;
}

/** A folder that was opened, and what it speaks. */
export interface Looked {
  readonly project: Project;
  readonly candidates: readonly Candidate[];
}

/** Asks which folder is meant; without anybody to answer, several are refused by name. */
type AskFolder = (message: string, folders: readonly Found<string>[]) => Promise<string>;

/** Where services stand in repositories that have several, beside the folder itself. */
const NESTS = /^(apps?|services?|packages|projects|modules|cmd|backend|frontend)$/;
const MANY = 40;

/**
 * The folder itself, where it has a manifest. Else the project may be above, for `src/` is part of it, or below, for a
 * folder may hold several: one is never taken in silence.
 */
export async function placeOf(folder: string, ask: AskFolder | undefined): Promise<Place> {
  const project = await openProject(folder);
  const candidates = findLanguages(project);
  const here: Place = { folder, moved: undefined, main: undefined, looked: { project, candidates } };
  if (candidates.some(({ signal }) => signal.strength === 'manifest')) return here;
  const above = await projectAbove(folder, candidates);
  if (above !== undefined) return above;
  const below = projectsBelow(project);
  const known = candidates.some(({ signal }) => signal.strength === 'source');
  if (below.length === 0 || (known && below.length === 1)) return here;
  if (ask === undefined) throw new UserError({ kind: 'tieFolder', folders: below });
  const chosen = await ask('Which project is it for?', below);
  return { folder: join(folder, chosen), moved: { value: chosen, from: 'your answer' }, main: undefined };
}

/** The nearest folder above that has a manifest; of the same language, where this folder has sources of one. */
async function projectAbove(folder: string, candidates: readonly Candidate[]): Promise<Place | undefined> {
  const spoken = candidates.filter(({ signal }) => signal.strength === 'source').map(idOf);
  for (const at of foldersUpTo(folder)) {
    const found = findLanguages(await openProject(at)).find(({ signal }) => signal.strength === 'manifest');
    if (found === undefined) continue;
    if (spoken.length > 0 && !spoken.includes(idOf(found))) return undefined;
    const from = `${found.signal.files.join(', ')}, above the folder that was named`;
    const named = relative(at, folder).split(sep).join('/');
    const main =
      spoken.length > 0 && 'main' in found.language.flags && idOf(found) === 'go' ? named : undefined;
    return { folder: at, moved: { value: relative(folder, at).split(sep).join('/'), from }, main };
  }
  return undefined;
}

function idOf({ language }: Candidate): LanguageId {
  return language.id;
}

/** Folders below with a manifest of their own, each with what it is. */
function projectsBelow(project: Project): readonly Found<string>[] {
  const folders = (at: string) =>
    project
      .member(at)
      .entries.filter((name) => !name.startsWith('.') && name !== 'node_modules')
      .map((name) => (at === '.' ? name : `${at}/${name}`))
      .filter((path) => project.isFolder(path))
      .slice(0, MANY);
  const all = folders('.');
  const inside = all.filter((path) => NESTS.test(path)).flatMap(folders);
  return [...all, ...inside].flatMap((path) => {
    const found = findLanguages(project.member(path)).find(({ signal }) => signal.strength === 'manifest');
    return found === undefined
      ? []
      : [{ value: path, from: `${found.language.name}, ${found.signal.files.join(', ')}` }];
  });
}
