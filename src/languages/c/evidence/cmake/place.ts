import { posix } from 'node:path';
import type { Project } from '../../../../project/project.ts';
import { type BuildFacts, SOURCE } from '../facts.ts';
import type { Command } from './commands.ts';
import type { Variables } from './variables.ts';

/** A target of a CMake project. */
export interface CmakeTarget {
  readonly kind: 'executable' | 'shared' | 'library';
  readonly at: string;
  readonly sources: string[];
  /** The targets and libraries that it is linked with. */
  readonly links: string[];
  readonly excluded: boolean;
  /** A variable among its sources is not known, so neither are all of them. */
  readonly partial: boolean;
  folder: string;
  output: string;
  /** The folder that it is installed to, below the prefix or absolute, and its name there. */
  installed: string | undefined;
  renamed: string | undefined;
}

/** What is found while the files are followed as CMake would. */
export interface Followed {
  readonly project: Project;
  readonly actions: Actions;
  readonly targets: Map<string, CmakeTarget>;
  readonly needs: BuildFacts['needs'][number][];
  readonly files: string[];
  readonly tested: Set<string>;
  /** Options that are turned off. */
  readonly off: Set<string>;
  /** Tests and examples are built as their options say. */
  readonly aside: boolean;
  /** What is fetched or carried along and built, by the names of its projects. */
  readonly brought: Set<string>;
  readonly functions: Map<
    string,
    {
      readonly kind: string;
      readonly names: readonly string[];
      readonly body: readonly Command[];
      readonly file: string;
    }
  >;
  name: string | undefined;
  downloads: string | undefined;
  minimum: string | undefined;
  testing: boolean;
  installsMore: boolean;
  /** Files that are being run. */
  readonly open: Set<string>;
  readonly parsed: Map<string, readonly Command[]>;
  /** What was run so far, by what it cost: what would run for ever is left there. */
  steps: number;
}

/** Where a command stands: its file, its variables, and whether it is certain that it runs. */
export interface Place {
  readonly file: string;
  readonly variables: Variables;
  readonly certain: boolean;
  readonly depth: number;
}

/** Where a command stands, and its arguments before lists were split. */
export interface Here extends Place {
  readonly at: string;
  readonly raw: readonly string[];
}

type Action = (followed: Followed, list: readonly string[], here: Here) => void;
export type Actions = Readonly<Record<string, Action>>;

/** A path as CMake takes it: relative ones below a folder. */
export function absolute(path: string, folder = SOURCE): string {
  return posix.normalize(posix.isAbsolute(path) ? path : posix.join(folder, path));
}
