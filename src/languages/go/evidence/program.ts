import type { Listen } from '../../../kit/listens.ts';
import { type Cgo, cgoOf } from './cgo.ts';
import { findListens } from './listening.ts';
import { type Main, mainsOf } from './mains.ts';
import { readSources, type Sources } from './sources.ts';
import type { Tree } from './tree.ts';

/** The program that is settled on, and what it was seen to do. */
export interface Program {
  readonly main: Main;
  readonly sources: Sources;
  readonly listens: readonly Listen[];
  readonly cgo: Cgo;
}

/** The program of a main package's folder. Every setting asks for it; it is read once. */
export function programOf(tree: Tree, folder: string | undefined, cgo: boolean | undefined): Program {
  return tree.once(`program ${folder} ${cgo}`, () => {
    const main = mainsOf(tree).find((one) => one.folder === folder);
    if (main === undefined) throw new Error(`no main package in ${folder}`);
    const sources = readSources(tree, main.workspace, main.folder, cgo ?? true);
    return { main, sources, listens: findListens(sources), cgo: cgoOf(tree, main) };
  });
}
