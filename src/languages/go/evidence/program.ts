import type { Project } from '../../../project/project.ts';
import { type Cgo, cgoOf } from './cgo.ts';
import { findListens, type Listen } from './listening.ts';
import { type Main, mainsOf } from './mains.ts';
import { readSources, type Sources } from './sources.ts';

/** The program that is settled on, and what it was seen to do. */
export interface Program {
  readonly main: Main;
  readonly sources: Sources;
  readonly listens: readonly Listen[];
  readonly cgo: Cgo;
}

const known = new WeakMap<Project, Map<string, Program>>();

/** The program of a main package's folder. Every setting asks for it; it is read once. */
export function programOf(project: Project, folder: string | undefined, cgo: boolean | undefined): Program {
  const key = `${folder} ${cgo}`;
  const programs = known.get(project) ?? new Map<string, Program>();
  known.set(project, programs);
  const before = programs.get(key);
  if (before !== undefined) return before;
  const main = mainsOf(project).find((one) => one.folder === folder);
  if (main === undefined) throw new Error(`no main package in ${folder}`);
  const sources = readSources(project, main.workspace, main.folder, cgo ?? true);
  const program = { main, sources, listens: findListens(sources), cgo: cgoOf(project, main) };
  programs.set(key, program);
  return program;
}
