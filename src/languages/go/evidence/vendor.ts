import { posix } from 'node:path';
import type { Project } from '../../../project/project.ts';
import { sourceAt } from './sources.ts';
import type { Workspace } from './workspace.ts';

/** Whether the dependencies lie in the project, so that nothing is fetched. https://go.dev/ref/mod#vendoring */
export function isVendored(project: Project, workspace: Workspace): boolean {
  return project.isFile(posix.join(workspace.folder, 'vendor/modules.txt'));
}

/**
 * The first vendored file that imports C among the packages that these imports reach; undefined when nothing is
 * vendored. A package with a version of itself without C does not count.
 */
export function vendoredC(
  project: Project,
  workspace: Workspace,
  imports: ReadonlySet<string>,
): { readonly at: string | undefined } | undefined {
  if (!isVendored(project, workspace)) return undefined;
  const root = posix.join(workspace.folder, 'vendor');
  const folders = new Map<string, string[]>();
  for (const path of project.find(`${root}/**/*.go`)) {
    const folder = posix.dirname(path);
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  const open = [...imports];
  const seen = new Set(open);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const paths = folders.get(posix.join(root, name)) ?? [];
    const files = (cgo: boolean) => paths.flatMap((path) => sourceAt(project, path, cgo) ?? []);
    const all = files(true);
    const c = all.find((file) => file.imports.includes('C'));
    if (c !== undefined && files(false).every((file) => all.includes(file))) return { at: c.path };
    for (const path of all.flatMap((file) => file.imports)) {
      if (seen.has(path)) continue;
      seen.add(path);
      open.push(path);
    }
  }
  return { at: undefined };
}
