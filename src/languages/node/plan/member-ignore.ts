import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { IgnoreGroup } from '../../../plan/plan.ts';
import type { Project } from '../../../project/project.ts';
import { neededMembers, workspaceOf } from '../evidence/workspace/workspaces.ts';

/** A declared pattern that a .dockerignore reads alike, and that leaves the root's own files alone. */
const SHARED = /^[\w.@-]+\/[\w.@*/-]*\*[\w.@*/-]{0,200}$/;

/**
 * The members that a project does not need, by the patterns that declare them, so that a new one needs no new line. What
 * it needs is let in again, and files that lie beside the members too.
 */
export function otherMembers(project: Project): readonly IgnoreGroup[] {
  const { context } = project;
  const workspace = workspaceOf(context);
  if (workspace === undefined) return [];
  const needed = new Set(neededMembers(project).all.map((member) => member.path));
  const others = [...workspace.members.keys()].filter((path) => path !== '.' && !needed.has(path));
  if (others.length === 0) return [];
  const shared = workspace.patterns.filter((pattern) => SHARED.test(pattern));
  const isShared = shared.length === 0 ? () => false : picomatch([...shared]);
  const single = others.filter((path) => !isShared(path));
  const beside =
    shared.length === 0 ? [] : context.find([...shared]).filter((file) => !isInside(file, workspace.members));
  const again = [...[...needed].filter((path) => isShared(path)), ...beside];
  return [
    {
      about: 'Members of the workspace that it does not need',
      patterns: [...shared, ...single, ...again.map((path) => `!${path}`)],
    },
  ];
}

function isInside(file: string, members: ReadonlyMap<string, unknown>): boolean {
  for (let at = posix.dirname(file); at !== '.'; at = posix.dirname(at)) if (members.has(at)) return true;
  return false;
}
