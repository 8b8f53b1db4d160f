import { posix } from 'node:path';
import { UserError } from '../../../errors.ts';
import type { Found, Tie } from '../../../facts/language.ts';
import { textOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { foldersOf, packageAt } from './sources.ts';
import { releasesOf } from './tags.ts';
import { type Module, type Workspace, workspacesOf } from './workspace.ts';

/** A folder with a package main, and what it belongs to. */
export interface Main {
  readonly folder: string;
  readonly workspace: Workspace;
  /** Undefined: loose files without a go.mod. */
  readonly module: Module | undefined;
}

/** Folders whose programs are tools for the project, or show how it is used: never what ships. */
const BESIDE =
  /(^|\/)(_?examples?|samples?|demos?|tools?|hack|scripts?|ci|build|gen(erate|erator)?s?|codegen|mocks?|tests?|e2e|integration|benchmarks?|bench|fixtures|internal|docs?|docgen|third_party|dev)(\/|$)/;
/** Where programs stand by convention: https://go.dev/doc/modules/layout. */
const USUAL = /^(\.|cmd|cmd\/[^/]+)$/;

const found = new WeakMap<Project, readonly Main[]>();

/** Every main package of the project, in the order of its folders. */
export function mainsOf(project: Project): readonly Main[] {
  const known = found.get(project);
  if (known !== undefined) return known;
  const mains = workspacesOf(project).flatMap((workspace) =>
    [...foldersOf(project).keys()].flatMap((folder) => {
      const module = ownerOf(workspace, folder);
      if (workspace.modules.length > 0 && module === undefined) return [];
      return isMain(project, folder) ? [{ folder, workspace, module }] : [];
    }),
  );
  found.set(project, mains);
  return mains;
}

function isMain(project: Project, folder: string): boolean {
  const files = packageAt(project, folder).filter((file) => file.package === 'main');
  return files.some((file) => /^func\s+main\s*\(\s*\)/m.test(file.text));
}

/** The module of a workspace that a folder belongs to: the innermost, if it is one that is built. */
function ownerOf(workspace: Workspace, folder: string): Module | undefined {
  const holds = (outer: string) => outer === '.' || folder === outer || folder.startsWith(`${outer}/`);
  const [inner] = workspace.folders.filter(holds).sort((a, b) => depth(b) - depth(a));
  return workspace.modules.find((module) => module.folder === inner);
}

function depth(folder: string): number {
  return folder === '.' ? 0 : folder.split('/').length;
}

/** The main package that ships: the only one, the one that releases are made of, else a tie. */
export function findMain(project: Project): Found<string> | Tie<string> {
  const all = mainsOf(project);
  const shipped = all.filter(({ folder }) => !BESIDE.test(folder));
  const usual = shipped.filter((main) =>
    USUAL.test(posix.relative(main.module?.folder ?? '.', main.folder) || '.'),
  );
  // programs of the root come before those of modules inside, unless a go.work makes them one
  const outer = usual.filter((main) => main.workspace.folder === '.');
  const list = [outer, usual, shipped, all].find((some) => some.length > 0) ?? [];
  const [first] = list;
  if (first === undefined) throw none(project);
  const released = releasedMain(project, all);
  if (released !== undefined && all.length > 1) return released;
  const named = (main: Main) => ({ value: main.folder, from: nameOf(main) });
  if (list.length === 1) return { value: first.folder, from: reasonOf(project, first) };
  return { tie: list.map(named) };
}

function nameOf(main: Main): string {
  return main.module === undefined ? 'package main' : posix.join(main.module.module, relative(main));
}

/** The folder of a main package as its module sees it. */
function relative(main: Main): string {
  return posix.relative(main.module?.folder ?? '.', main.folder) || '.';
}

function reasonOf(project: Project, main: Main): string {
  const file = packageAt(project, main.folder).find((f) => /^func\s+main\s*\(\s*\)/m.test(f.text));
  return `${file?.path ?? main.folder}, the only package main`;
}

/** https://goreleaser.com/customization/builds/go: the one program that releases hold. */
function releasedMain(project: Project, mains: readonly Main[]): Found<string> | undefined {
  const releases = releasesOf(project);
  if (releases === undefined) return undefined;
  const { file, builds } = releases;
  const folders = new Set(
    builds.map((build) => {
      const main = (textOf(build.main) ?? '.').replace(/[\w-]+\.go$/, '');
      return posix.normalize(posix.join(textOf(build.dir) ?? '.', main)).replace(/(.)\/$/, '$1');
    }),
  );
  const [only] = folders;
  if (folders.size !== 1 || !mains.some((main) => main.folder === only) || only === undefined)
    return undefined;
  return { value: only, from: `${file} → builds` };
}

/** Why nothing can be started. */
function none(project: Project): UserError {
  const count = foldersOf(project).size;
  if (count === 0) {
    const message = 'There is no Go file here.';
    return new UserError({ kind: 'refused', message, fix: 'Run it in the folder that holds the program.' });
  }
  const [workspace] = workspacesOf(project);
  const name = workspace?.modules[0]?.module;
  return new UserError({
    kind: 'refused',
    message: `${name ?? 'This'} is a library: none of its ${count} package${count > 1 ? 's' : ''} is a package main with func main.`,
    fix: 'Add one, for example in cmd/server/main.go, or run it in the project that uses the library.',
  });
}

/** What `--main` names: a folder, a file in it, an import path, or the last name of one. */
export function chosenMain(project: Project, text: string): Main | undefined {
  const clean = posix.normalize(text.replace(/\/[\w.-]+\.go$/, '')).replace(/(.)\/$/, '$1');
  const folder = /^[\w.-]+\.go$/.test(clean) ? '.' : clean;
  const mains = mainsOf(project);
  const exact = mains.find((main) => main.folder === folder || nameOf(main) === text);
  if (exact !== undefined) return exact;
  const last = mains.filter((main) => main.folder.split('/').at(-1) === text);
  return last.length === 1 ? last[0] : undefined;
}
