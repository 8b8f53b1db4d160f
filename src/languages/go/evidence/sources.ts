import { posix } from 'node:path';
import { lineNumber } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { isBuilt } from './constraints.ts';
import { isApart, type Module, type Workspace } from './workspace.ts';

/** One Go file, its comments blanked so that every position is the original's. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** With its comments: cgo, embed and build lines stand in them. */
  readonly raw: string;
  readonly package: string;
  readonly imports: readonly string[];
}

/** The program as far as it can be read without compiling it. */
export interface Sources {
  /** Files of the main package, then of all packages of the project that it imports. */
  readonly files: readonly Source[];
  /** Import paths that lead out of the project: the standard library's and other modules'. */
  readonly imports: ReadonlySet<string>;
}

/** Where something was found, as an editor takes it: `cmd/server/main.go:12`. */
export interface Match {
  readonly groups: readonly (string | undefined)[];
  readonly at: string;
  readonly file: Source;
  readonly index: number;
}

/** A generated file is no source that a person wrote. */
const FILE_LIMIT = 1024 * 1024;
const STRING_OR_COMMENT = /("(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])+')|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

const parsed = new WeakMap<Project, Map<string, Source | undefined>>();

/** A Go file that is a part of a Linux program; undefined for all else. */
export function sourceAt(project: Project, path: string, cgo = true): Source | undefined {
  let known = parsed.get(project);
  if (known === undefined) {
    known = new Map();
    parsed.set(project, known);
  }
  if (!known.has(path)) known.set(path, parse(path, project.read(path, FILE_LIMIT)));
  const source = known.get(path);
  return source !== undefined && isBuilt(path, source.raw, cgo) ? source : undefined;
}

function parse(path: string, raw: string | undefined): Source | undefined {
  if (raw === undefined) return undefined;
  const text = raw.replace(STRING_OR_COMMENT, (all, string?: string) => string ?? all.replace(/[^\n]/g, ' '));
  const name = /^\s*package\s+(\w+)/m.exec(text)?.[1];
  if (name === undefined) return undefined;
  const blocks = [...text.matchAll(/^import\s+(?:\(([\s\S]*?)^\s*\)|([^\n]*))/gm)];
  const imports = blocks.flatMap(([, block = '', line = '']) =>
    [...`${block}${line}`.matchAll(/"([^"\n]+)"/g)].map(([, one = '']) => one),
  );
  return { path, text, raw, package: name, imports };
}

/** https://go.dev/s/generatedcode: what stands in such a file is told by what it was made of. */
export function isGenerated(file: Source): boolean {
  return /^\/\/ Code generated .* DO NOT EDIT\.$/m.test(file.raw.slice(0, 2000));
}

/** The Go files of one folder that belong to a Linux program. */
export function packageAt(project: Project, folder: string, cgo = true): readonly Source[] {
  return (foldersOf(project).get(folder) ?? []).flatMap((path) => sourceAt(project, path, cgo) ?? []);
}

const listed = new WeakMap<Project, ReadonlyMap<string, readonly string[]>>();

/** Folders with Go files, by path. Vendored code and test data are not among them. */
export function foldersOf(project: Project): ReadonlyMap<string, readonly string[]> {
  const known = listed.get(project);
  if (known !== undefined) return known;
  const folders = new Map<string, string[]>();
  for (const path of project.find(['*.go', '**/*.go'])) {
    const folder = posix.dirname(path);
    if (isApart(folder)) continue;
    const list = folders.get(folder);
    if (list === undefined) folders.set(folder, [path]);
    else list.push(path);
  }
  listed.set(project, folders);
  return folders;
}

/** Reads a main package and all packages of the project that it imports. */
export function readSources(project: Project, workspace: Workspace, main: string, cgo: boolean): Sources {
  const files: Source[] = [];
  const imports = new Set<string>();
  const open = [main];
  const seen = new Set(open);
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const file of packageAt(project, folder, cgo)) {
      files.push(file);
      for (const path of file.imports) {
        const local = folderOf(workspace, path);
        if (local === undefined) imports.add(path);
        else if (!seen.has(local)) {
          seen.add(local);
          open.push(local);
        }
      }
    }
  }
  return { files, imports };
}

/** The folder of the project that an import path means. */
export function folderOf(workspace: Workspace, path: string): string | undefined {
  const owns = (module: Module) => path === module.module || path.startsWith(`${module.module}/`);
  const owner = [...workspace.modules, ...workspace.local]
    .filter(owns)
    .sort((a, b) => b.module.length - a.module.length)[0];
  if (owner === undefined) return undefined;
  // a module of its own below this one that is required is fetched, whatever folder has its name
  const nested = workspace.modules.some(({ requires }) =>
    requires.some(
      (one) =>
        one.path.startsWith(`${owner.module}/`) && (path === one.path || path.startsWith(`${one.path}/`)),
    ),
  );
  if (nested) return undefined;
  return posix.join(owner.folder, path.slice(owner.module.length + 1));
}

/** Every place that matches, main package first. */
export function search(sources: Sources, pattern: RegExp): readonly Match[] {
  return sources.files.flatMap((file) =>
    [...file.text.matchAll(pattern)].map((match) => ({
      groups: match.slice(1),
      at: lineAt(file, match.index),
      file,
      index: match.index,
    })),
  );
}

export function lineAt(file: Source, index: number): string {
  return `${file.path}:${lineNumber(file.text, index)}`;
}
