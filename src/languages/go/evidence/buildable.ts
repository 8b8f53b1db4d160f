import { posix } from 'node:path';
import { UserError } from '../../../errors.ts';
import type { Project } from '../../../project/project.ts';
import { findGenerated } from './generated.ts';
import type { Main } from './mains.ts';
import { packageAt, readSources } from './sources.ts';
import type { Tree } from './tree.ts';
import { isVendored, vendoredApart } from './vendor.ts';
import type { Module, Workspace } from './workspace.ts';

/** Refuses what no build could compile: modules without their versions or without their sums. */
export function assertBuildable(tree: Tree, main: Main): void {
  const { project } = tree;
  if (main.module === undefined) {
    const { imports } = readSources(tree, main.workspace, main.folder, true);
    const foreign = [...imports].find((path) => /^[^/]*\./.test(path));
    if (foreign === undefined) return;
    const file = packageAt(tree, main.folder).find((f) => f.imports.includes(foreign));
    throw new UserError({
      kind: 'refused',
      message: `${file?.path ?? main.folder} imports ${foreign}, and there is no go.mod that says which version.`,
      fix: 'Run go mod init and go mod tidy, and commit go.mod and go.sum.',
    });
  }
  assertGenerated(tree, main);
  if (isVendored(project, main.workspace)) {
    const apart = vendoredApart(project, main.workspace);
    if (apart === undefined) return;
    throw new UserError({ kind: 'refused', message: apart, fix: 'Run go mod vendor, and commit vendor.' });
  }
  const sums = sumsOf(project, main.workspace);
  for (const module of main.workspace.modules) {
    const missing = fetchedBy(module, main.workspace).find(
      ({ path, version }) => !sums.has(`${path} ${version}/go.mod`),
    );
    if (missing === undefined) continue;
    throw new UserError({
      kind: 'refused',
      message: `${module.file} requires ${missing.path} ${missing.version}, of which no go.sum holds the sum.`,
      fix: 'Run go mod tidy, and commit go.sum.',
    });
  }
}

/** Refuses packages that only a tool can write which the build stage cannot run. */
function assertGenerated(tree: Tree, main: Main): void {
  const lack = findGenerated(tree, main).find(({ command }) => command === undefined);
  if (lack === undefined) return;
  const { missing, typed, module } = lack;
  const pinned = module === undefined ? '' : `, or require ${module} in go.mod, and the build runs it`;
  throw new UserError({
    kind: 'refused',
    message: missing,
    fix:
      typed === undefined
        ? 'Commit that package, or correct the import.'
        : `Run ${typed}, so that the files are there when the image is built${pinned}.`,
  });
}

/** Modules whose go.mod has a sum: `example.com/x v1.0.0/go.mod`. */
function sumsOf(project: Project, { folder, modules, local }: Workspace): ReadonlySet<string> {
  const files = [...modules, ...local].map((module) => posix.join(module.folder, 'go.sum'));
  const texts = [...files, posix.join(folder, 'go.work.sum')].map((path) => project.read(path) ?? '');
  return new Set(texts.flatMap((text) => text.match(/^\S+ \S+(?= )/gm) ?? []));
}

/** What a module requires of others than those that lie in the project or are replaced. */
function fetchedBy(module: Module, workspace: Workspace): Module['requires'] {
  const held = new Set([
    ...[...workspace.modules, ...workspace.local].map((m) => m.module),
    ...[workspace.work, ...workspace.modules].flatMap((file) => file?.replaces.map(({ path }) => path) ?? []),
  ]);
  return module.requires.filter(({ path }) => !held.has(path));
}
