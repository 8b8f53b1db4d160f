import { posix } from 'node:path';
import { SOURCE } from '../facts.ts';
import type { Followed, Place } from './cmake.ts';

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
