import { posix } from 'node:path';
import { listOf, recordOf, textOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';

/** Members of a workspace of uv: https://docs.astral.sh/uv/concepts/projects/workspaces/ */
export function membersOf(root: Project): readonly string[] {
  const workspace = recordOf(recordOf(recordOf(recordOf(root.parse('pyproject.toml')).tool).uv).workspace);
  const globs = listOf(workspace.members).map(String);
  const without = listOf(workspace.exclude).map((glob) => `!${posix.join(String(glob), 'pyproject.toml')}`);
  if (globs.length === 0) return [];
  return root
    .find([...globs.map((glob) => posix.join(glob, 'pyproject.toml')), ...without])
    .map((path) => posix.dirname(path));
}

export function isRoot(project: Project): boolean {
  if (
    !project.isFile('pyproject.toml') ||
    !(project.read('pyproject.toml') ?? '').includes('tool.uv.workspace')
  )
    return false;
  return membersOf(project).length > 0;
}

/** The manifests of all members: uv checks the lock against each. */
export function workspaceFiles(root: Project): readonly string[] {
  return isRoot(root)
    ? ['pyproject.toml', ...membersOf(root).map((path) => posix.join(path, 'pyproject.toml'))]
    : [];
}

export function nameOf(project: Project): string | undefined {
  return textOf(recordOf(recordOf(project.parse('pyproject.toml')).project).name);
}

/** The name of the member that a service is, as `--package` takes it. */
export function workspaceMember(project: Project): string | undefined {
  return project.app === '.' || !isRoot(project.context) ? undefined : nameOf(project);
}
