import { posix } from 'node:path';
import { UserError } from '../../../errors.ts';
import type { Found, Tie } from '../../../facts/language.ts';
import { withoutAside } from '../../../kit/aside.ts';
import { textOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { foldersOf, packageAt } from './sources.ts';
import { releasesOf } from './tags.ts';
import type { Tree } from './tree.ts';
import { type Module, ownerOf, type Workspace, workspacesOf } from './workspace.ts';

/** A folder with a package main, and what it belongs to. */
export interface Main {
  readonly folder: string;
  readonly workspace: Workspace;
  /** Undefined: loose files without a go.mod. */
  readonly module: Module | undefined;
}

/** Folders whose programs are tools for the project, or show how it is used: never what ships. */
const BESIDE =
  /(^|\/)(hack|scripts?|ci|build|gen(erate|erator)?s?|codegen|integration|bench|internal|docs?|docgen|third_party|dev)(\/|$)|(^|[/_-])(examples?|samples?|demos?|tools?|tests?|e2e|mocks?|fixtures?|benchmarks?)([/_-]|$)/;
/** Where programs stand by convention: https://go.dev/doc/modules/layout. */
const USUAL = /^(\.|(?:cmd|cmds|main|apps?|services?)(?:\/[^/]+)?)$/;
/** Every main package of the project, in the order of its folders. */
export function mainsOf(tree: Tree): readonly Main[] {
  return tree.once('mains', () =>
    workspacesOf(tree).flatMap((workspace) =>
      [...foldersOf(tree).keys()].flatMap((folder) => {
        const module = moduleOf(workspace, folder);
        if (workspace.modules.length > 0 && module === undefined) return [];
        return packageAt(tree, folder).some((file) => file.main) ? [{ folder, workspace, module }] : [];
      }),
    ),
  );
}

/** The module of a workspace that a folder belongs to: the innermost, if it is one that is built. */
function moduleOf(workspace: Workspace, folder: string): Module | undefined {
  const inner = ownerOf(
    workspace.folders.map((one) => ({ folder: one })),
    folder,
  );
  return workspace.modules.find((module) => module.folder === inner?.folder);
}

/** The main package that ships: the only one, the one that releases are made of, else a tie. */
export function findMain(tree: Tree): Found<string> | Tie<string> {
  const all = mainsOf(tree);
  const { project } = tree;
  const shipped = all.filter(({ folder }) => !BESIDE.test(folder));
  const usual = shipped.filter((main) =>
    USUAL.test(posix.relative(main.module?.folder ?? '.', main.folder) || '.'),
  );
  // programs of the root come before those of modules inside, unless a go.work makes them one
  const outer = [usual, shipped].map((some) => some.filter((main) => main.workspace.folder === '.'));
  const list = [...outer, usual, shipped, all].find((some) => some.length > 0) ?? [];
  const [first] = list;
  if (first === undefined) throw none(tree);
  if (list.length > 1) return chosenAmong(project, list, all) ?? { tie: list.map(named) };
  const released = all.length > 1 && !namesOf(project, first).includes(lastOf(first));
  return (
    (released ? releasedMain(project, all) : undefined) ?? {
      value: first.folder,
      from: reasonOf(tree, first),
    }
  );
}

function named(main: Main): Found<string> {
  return { value: main.folder, from: nameOf(main) };
}

/** Which of several ships: the one called like the module, the one that releases hold, the one that others stand beside. */
function chosenAmong(
  project: Project,
  list: readonly Main[],
  all: readonly Main[],
): Found<string> | undefined {
  const called = list.filter((main) => main.folder !== '.' && namesOf(project, main).includes(lastOf(main)));
  const [own] = called;
  if (own !== undefined && called.length === 1)
    return { value: own.folder, from: `${nameOf(own)}, called like the module` };
  const released = releasedMain(project, all);
  if (released !== undefined) return released;
  const serving = withoutAside(list, lastOf);
  const [only] = serving;
  if (only === undefined || serving.length > 1) return undefined;
  const others = list.filter((main) => main !== only).map(lastOf);
  return { value: only.folder, from: `${nameOf(only)}, with ${others.slice(0, 3).join(', ')} as its tools` };
}

/** What a program is called by its folder; that of the root has the name of its module. */
function lastOf(main: Main): string {
  return relative(main) === '.' ? moduleName(main) : (main.folder.split('/').at(-1) ?? '');
}

function moduleName({ module }: Main): string {
  const path = module?.module.replace(/\/v\d+$/, '') ?? '';
  return path.split('/').at(-1) ?? '';
}

/** Names by which a program is the project's own: of its module, with and without what says the language or the kind. */
function namesOf(project: Project, main: Main): readonly string[] {
  return [moduleName(main), project.name].flatMap((name) => {
    const bare = name.replace(/^go-|[-.]go$/g, '');
    return bare === '' ? [] : [name, bare, `${bare}-server`, `${bare}-api`, `${bare}d`, `${bare}server`];
  });
}

function nameOf(main: Main): string {
  return main.module === undefined ? 'package main' : posix.join(main.module.module, relative(main));
}

/** The folder of a main package as its module sees it. */
function relative(main: Main): string {
  return posix.relative(main.module?.folder ?? '.', main.folder) || '.';
}

function reasonOf(tree: Tree, main: Main): string {
  const file = packageAt(tree, main.folder).find((one) => one.main);
  return `${file?.path ?? main.folder}, the only package main`;
}

/** https://goreleaser.com/customization/builds/go: the one program that releases hold. */
function releasedMain(project: Project, mains: readonly Main[]): Found<string> | undefined {
  const releases = releasesOf(project);
  if (releases === undefined) return undefined;
  const { file, builds } = releases;
  const folders = new Set(
    builds.map((build) => {
      const main = (textOf(build.main) ?? '.').replace(/(?<![\w-])[\w-]+\.go$/, '');
      return posix.normalize(posix.join(textOf(build.dir) ?? '.', main)).replace(/(.)\/$/, '$1');
    }),
  );
  const [only] = folders;
  if (folders.size !== 1 || !mains.some((main) => main.folder === only) || only === undefined)
    return undefined;
  return { value: only, from: `${file} → builds` };
}

/** Why nothing can be started. */
function none(tree: Tree): UserError {
  const count = foldersOf(tree).size;
  if (count === 0) {
    const message = 'There is no Go file here.';
    return new UserError({ kind: 'refused', message, fix: 'Run it in the folder that holds the program.' });
  }
  const [workspace] = workspacesOf(tree);
  const name = workspace?.modules[0]?.module;
  return new UserError({
    kind: 'refused',
    message: `${name ?? 'This'} is a library: none of its ${count} package${count > 1 ? 's' : ''} is a package main with func main.`,
    fix: 'Add one, for example in cmd/server/main.go, or run it in the project that uses the library.',
  });
}

/** What `--main` names: a folder, a file in it, an import path, or the last name of one. */
export function chosenMain(tree: Tree, text: string): Main | undefined {
  const clean = posix.normalize(text.replace(/\/[\w.-]+\.go$/, '')).replace(/(.)\/$/, '$1');
  const folder = /^[\w.-]+\.go$/.test(clean) ? '.' : clean;
  const mains = mainsOf(tree);
  const exact = mains.find((main) => main.folder === folder || nameOf(main) === text);
  if (exact !== undefined) return exact;
  const last = mains.filter((main) => main.folder.split('/').at(-1) === text);
  return last.length === 1 ? last[0] : undefined;
}
