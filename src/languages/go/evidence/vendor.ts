import { posix } from 'node:path';
import type { Project } from '../../../project/project.ts';
import { sourceAt } from './sources.ts';
import type { Tree } from './tree.ts';
import type { Workspace } from './workspace.ts';

/** Whether the dependencies lie in the project, so that nothing is fetched. https://go.dev/ref/mod#vendoring */
export function isVendored(project: Project, workspace: Workspace): boolean {
  return project.isFile(posix.join(workspace.folder, 'vendor/modules.txt'));
}

/**
 * Where vendor/modules.txt and go.mod differ, which the go command refuses; undefined: they agree.
 * https://go.dev/ref/mod#go-mod-vendor
 */
export function vendoredApart(project: Project, workspace: Workspace): string | undefined {
  const list = posix.join(workspace.folder, 'vendor/modules.txt');
  // before 1.14 the folder was taken as it is
  if (workspace.modules.every(({ go }) => Number(go?.split('.')[1] ?? 0) < 14)) return undefined;
  const lines = (project.read(list) ?? '').split('\n');
  const heads = lines.flatMap((line, index) => {
    const [, path, version] = /^# (\S+)(?: (v\S+))?/.exec(line) ?? [];
    const explicit = /^## .*\bexplicit\b/.test(lines[index + 1] ?? '');
    return path === undefined ? [] : [{ path, version, explicit }];
  });
  const own = [...workspace.modules, ...workspace.local].map(({ module }) => module);
  const required = workspace.modules.flatMap((module) =>
    module.requires.map((one) => ({ ...one, file: module.file })),
  );
  for (const { path, version, file } of required) {
    if (workspace.work !== undefined && own.includes(path)) continue;
    const held = heads.find((head) => head.path === path && head.version !== undefined);
    if (held === undefined) return `${file} requires ${path} ${version}, and ${list} does not hold it.`;
    if (held.version !== version)
      return `${file} requires ${path} ${version}, and ${list} holds ${held.version}.`;
  }
  const extra = heads.find(({ path, explicit }) => explicit && !required.some((one) => one.path === path));
  return extra && `${list} holds ${extra.path}, and no go.mod requires it.`;
}

/**
 * The first vendored file that imports C among the packages that these imports reach; undefined when nothing is
 * vendored. A package with a version of itself without C does not count.
 */
export function vendoredC(
  tree: Tree,
  workspace: Workspace,
  imports: ReadonlySet<string>,
): { readonly at: string | undefined } | undefined {
  if (!isVendored(tree.project, workspace)) return undefined;
  const root = posix.join(workspace.folder, 'vendor');
  const folders = new Map<string, string[]>();
  for (const path of tree.project.find(`${root}/**/*.go`)) {
    const folder = posix.dirname(path);
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  const open = [...imports];
  const seen = new Set(open);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const paths = folders.get(posix.join(root, name)) ?? [];
    const files = (cgo: boolean) => paths.flatMap((path) => sourceAt(tree, path, cgo) ?? []);
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
