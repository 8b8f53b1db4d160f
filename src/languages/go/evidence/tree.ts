import type { Project } from '../../../project/project.ts';

/** All that is read of a project in Go: what `Rules.see` opens, and settings and plan are handed. */
export interface Tree {
  readonly project: Project;
  /** What was made under a name before, else what is made now: each part is read once. */
  once<T>(name: string, make: () => T): T;
}

export function openTree(project: Project): Tree {
  const made = new Map<string, unknown>();
  return {
    project,
    once<T>(name: string, make: () => T): T {
      if (!made.has(name)) made.set(name, make());
      return made.get(name) as T;
    },
  };
}
