import { posix } from 'node:path';
import { UserError } from '../../../errors.ts';
import type { Project } from '../../../project/project.ts';
import { type GoFile, type Replacement, readGoFile } from './gomod.ts';
import type { Tree } from './tree.ts';

/** A folder with a go.mod. */
export interface Module extends GoFile {
  readonly folder: string;
  readonly module: string;
}

/** All that Go builds together: the modules of a go.work, one module, or loose files. */
export interface Workspace {
  /** The folder that the go command runs in: of the go.work, else of the one module. */
  readonly folder: string;
  readonly work: GoFile | undefined;
  /** Modules whose programs can be built. Empty: loose files without a go.mod. */
  readonly modules: readonly Module[];
  /** Modules of the project that others are replaced by: read, never started. */
  readonly local: readonly Module[];
  /** Folders of all modules, with those that are not built: where one begins, another ends. */
  readonly folders: readonly string[];
}

/** The workspaces of a project: one, unless modules lie side by side without a go.work. */
export function workspacesOf(tree: Tree): readonly Workspace[] {
  return tree.once('workspaces', () => findWorkspaces(tree.project));
}

function findWorkspaces(project: Project): readonly Workspace[] {
  const folders = project
    .find(['go.mod', '**/go.mod'])
    .map((path) => posix.dirname(path))
    .filter((folder) => !isApart(folder));
  const work = readGoFile(project, 'go.work');
  if (work !== undefined) {
    const modules = work.uses.map(({ folder, line }) => {
      const path = inside(folder, '.', `go.work:${line}`);
      const module = moduleAt(project, path);
      if (module === undefined) {
        const why = `go.work:${line} uses ${JSON.stringify(folder)}, which has no go.mod.`;
        throw new UserError({ kind: 'refused', message: why, fix: 'Correct the use line, then run again.' });
      }
      return module;
    });
    return [{ folder: '.', work, modules, local: localOf(project, [work, ...modules], modules), folders }];
  }
  const root = moduleAt(project, '.');
  const found = root === undefined ? folders.flatMap((folder) => moduleAt(project, folder) ?? []) : [root];
  // a root module that is no more than a library, or tools, may stand beside the modules of the programs
  const beside = root === undefined ? [] : folders.filter((f) => f !== '.').map((f) => moduleAt(project, f));
  const all = [...found, ...beside.filter((module) => module !== undefined)];
  if (all.length === 0) return [{ folder: '.', work: undefined, modules: [], local: [], folders: [] }];
  return all.map((module) => ({
    folder: module.folder,
    work: undefined,
    modules: [module],
    local: localOf(project, [module], [module]),
    folders,
  }));
}

/** The innermost of these folders that holds another one. */
export function ownerOf<T extends { readonly folder: string }>(
  all: readonly T[],
  folder: string,
): T | undefined {
  const holds = (outer: string) => outer === '.' || folder === outer || folder.startsWith(`${outer}/`);
  const depth = ({ folder: one }: T) => (one === '.' ? 0 : one.split('/').length);
  return all.filter((one) => holds(one.folder)).sort((a, b) => depth(b) - depth(a))[0];
}

/** Folders that the go command passes over, and vendored code. https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns */
export function isApart(folder: string): boolean {
  return folder.split('/').some((part) => /^(vendor|testdata|_.*|\..+)$/.test(part));
}

function moduleAt(project: Project, folder: string): Module | undefined {
  const file = readGoFile(project, posix.join(folder, 'go.mod'));
  return file?.module === undefined ? undefined : { ...file, folder, module: file.module };
}

/** The modules that `replace x => ./folder` names, and those that they name in turn. */
function localOf(project: Project, files: readonly GoFile[], known: readonly Module[]): readonly Module[] {
  const found: Module[] = [];
  for (const file of files) {
    for (const { by, line } of file.replaces.filter(isLocal)) {
      const at = `${file.file}:${line}`;
      const folder = inside(by, posix.dirname(file.file), at);
      if ([...known, ...found].some((module) => module.folder === folder)) continue;
      const module = moduleAt(project, folder);
      if (module === undefined) {
        const message = `${at} replaces a module by ${JSON.stringify(by)}, which has no go.mod.`;
        throw new UserError({ kind: 'refused', message, fix: 'Correct that line, then run again.' });
      }
      found.push(module);
    }
  }
  return found;
}

function isLocal({ by }: Replacement): boolean {
  return /^\.{1,2}(\/|$)/.test(by) || posix.isAbsolute(by);
}

/** A folder of the project, from where it was named. */
function inside(folder: string, from: string, at: string): string {
  const path = posix.normalize(posix.join(from, folder)).replace(/(.)\/$/, '$1');
  if (!posix.isAbsolute(folder) && !path.startsWith('..')) return path;
  throw new UserError({
    kind: 'refused',
    message: `${at} names ${JSON.stringify(folder)}, which is outside of this folder, and a build sees nothing outside.`,
    fix: 'Run it in the folder that holds both.',
  });
}
