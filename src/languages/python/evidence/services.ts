import { posix } from 'node:path';
import type { Found, WorkspaceRules } from '../../../facts/language.ts';
import type { Project } from '../../../project/project.ts';
import { see } from './evidence.ts';
import { findMain } from './start.ts';
import { membersOf, nameOf } from './workspace.ts';

/** The members of a workspace of uv, and those of them that start something. */
export const workspaceRules: WorkspaceRules = {
  takes: (root, app) => (membersOf(root).includes(app) ? 'pyproject.toml → tool.uv.workspace' : undefined),
  find(root, app) {
    const folder = posix.normalize(app).replace(/\/$/, '');
    const members = ['.', ...membersOf(root)];
    return members.find((path) => path === folder || nameOf(root.member(path)) === app);
  },
  services(root) {
    const members = membersOf(root).flatMap((path) => serviceOf(root.member(path), path));
    return members.length > 0 ? members : serviceOf(root, '.');
  },
};

function serviceOf(project: Project, path: string): readonly Found<string>[] {
  const seen = see(project);
  const { manifest, modules } = seen;
  const packages = seen.packages({ name: 'uv', version: undefined }, []);
  const found = findMain({ project, modules, manifest, packages });
  if (found === undefined || 'because' in found) return [];
  const from = 'value' in found ? found.from : (found.tie[0]?.from ?? '');
  return [{ value: path, from }];
}
