import { posix } from 'node:path';
import { bindingsOf } from '../../../kit/bindings.ts';
import type { Source as Lexed, Range, Text } from '../../../kit/dialect.ts';
import type { Program, Target } from '../../../kit/program.ts';
import { type Call, calls, lineAt as lexedLine, scan } from '../../../kit/syntax.ts';
import { type Value, worth } from '../../../kit/worth.ts';
import { lineNumber } from '../../../project/data.ts';
import { remember } from '../../../project/remember.ts';
import { GO } from '../dialect.ts';
import { isBuilt } from './constraints.ts';
import { fieldReaders, READERS } from './readers.ts';
import type { Tree } from './tree.ts';
import { isApart, ownerOf, type Workspace } from './workspace.ts';

/** One Go file. */
export interface Source {
  readonly path: string;
  /** With its comments: cgo, embed and build lines stand in them. */
  readonly raw: string;
  readonly package: string;
  readonly imports: readonly string[];
  /** Import paths by the names that the file has for them. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether it holds a program's `func main()`. */
  readonly main: boolean;
  /** The file as the kit reads it, lexed when it is first asked for. */
  readonly lexed: () => Lexed;
}

/** The program as far as it can be read without compiling it. */
export interface Sources {
  /** Files of the main package, then of all packages of the project that it imports. */
  readonly files: readonly Source[];
  /** Import paths that lead out of the project: the standard library's and other modules'. */
  readonly imports: ReadonlySet<string>;
  readonly program: Program;
}

/** A place in a file. */
export interface Place {
  readonly file: Source;
  readonly index: number;
}

/** Where something was found, as an editor takes it: `cmd/server/main.go:12`. */
export interface Match extends Place {
  readonly groups: readonly (string | undefined)[];
  readonly at: string;
}

/** A generated file is no source that a person wrote. */
const FILE_LIMIT = 1024 * 1024;
const STRING_OR_COMMENT =
  /("(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])+')|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** A Go file that is a part of a Linux program; undefined for all else. */
export function sourceAt(tree: Tree, path: string, cgo = true): Source | undefined {
  const source = tree.once(`source ${path}`, () => parse(path, tree.project.read(path, FILE_LIMIT)));
  return source !== undefined && isBuilt(path, source.raw, cgo) ? source : undefined;
}

function parse(path: string, raw: string | undefined): Source | undefined {
  if (raw === undefined) return undefined;
  const text = raw.replace(STRING_OR_COMMENT, (all, string?: string) => string ?? all.replace(/[^\n]/g, ' '));
  const name = /^[^\S\n]*package\s+(\w+)/m.exec(text)?.[1];
  if (name === undefined) return undefined;
  const blocks = [...text.matchAll(/^import\s+(?:\(([\s\S]*?)^[^\S\n]*\)|([^\n]*))/gm)];
  const imports = blocks.flatMap(([, block = '', line = '']) => [
    ...`${block}${line}`.matchAll(/(?:([\w.]{1,200})[ \t]+)?"([^"\n]+)"/g),
  ]);
  let lexed: Lexed | undefined;
  return {
    path,
    raw,
    package: name,
    imports: imports.map(([, , one = '']) => one),
    names: new Map(imports.map(([, alias, one = '']) => [alias ?? nameOf(one), one])),
    main: name === 'main' && /^func\s+main\s*\(\s*\)/m.test(text),
    lexed: () => {
      lexed ??= scan(path, raw, GO);
      return lexed;
    },
  };
}

/** What a package is called, by the habits of import paths: `…/cli/v2`, `gopkg.in/yaml.v3`, `…/go-redis`. */
function nameOf(path: string): string {
  const parts = path.split('/').filter((part, index) => index === 0 || !/^v\d+$/.test(part));
  return (parts.at(-1) ?? path).replace(/\.v\d+$/, '').replace(/^go-|[-.]go$/g, '');
}

/** https://go.dev/s/generatedcode: what stands in such a file is told by what it was made of. */
export function isGenerated(file: Source): boolean {
  return /^\/\/ Code generated .* DO NOT EDIT\.$/m.test(file.raw.slice(0, 2000));
}

/** The Go files of one folder that belong to a Linux program. */
export function packageAt(tree: Tree, folder: string, cgo = true): readonly Source[] {
  return (foldersOf(tree).get(folder) ?? []).flatMap((path) => sourceAt(tree, path, cgo) ?? []);
}

/** Folders with Go files, by path. Vendored code and test data are not among them. */
export function foldersOf(tree: Tree): ReadonlyMap<string, readonly string[]> {
  return tree.once('folders', () => {
    const folders = new Map<string, string[]>();
    for (const path of tree.project.find(['*.go', '**/*.go'])) {
      const folder = posix.dirname(path);
      if (isApart(folder)) continue;
      const list = folders.get(folder);
      if (list === undefined) folders.set(folder, [path]);
      else list.push(path);
    }
    return folders;
  });
}

/** Reads a main package and all packages of the project that it imports. */
export function readSources(tree: Tree, workspace: Workspace, main: string, cgo: boolean): Sources {
  return tree.once(`sources ${main} ${cgo}`, () => {
    const files: Source[] = [];
    const imports = new Set<string>();
    const open = [main];
    const seen = new Set(open);
    for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
      for (const file of packageAt(tree, folder, cgo)) {
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
    return { files, imports, program: programOf(workspace, files, imports) };
  });
}

/** The program as the kit follows its names: those of a package are one, and an import leads to all of its files. */
function programOf(workspace: Workspace, files: readonly Source[], imports: ReadonlySet<string>): Program {
  const packages = new Map<string, Source[]>();
  for (const file of files) {
    const folder = posix.dirname(file.path);
    packages.set(folder, [...(packages.get(folder) ?? []), file]);
  }
  const byPath = new Map(files.map((file) => [file.path, file]));
  const declaring = (folder: string, name: string) =>
    remember(program, `declares ${folder}`, () => declarations(packages.get(folder) ?? [])).get(name) ?? [];
  let sources: readonly Lexed[] | undefined;
  const program: Program = {
    get sources() {
      sources ??= files.map((file) => file.lexed());
      return sources;
    },
    memo: new Map(),
    readers: READERS,
    fields: fieldReaders(() => program, imports),
    resolve(source, name, path = []): readonly Target[] {
      const file = byPath.get(source.path);
      const imported = file?.names.get(name);
      const folder = imported === undefined ? undefined : folderOf(workspace, imported);
      if (folder !== undefined) {
        const [member] = path;
        const found =
          member === undefined
            ? (packages.get(folder) ?? []).map((one) => one.lexed())
            : declaring(folder, member);
        return found.map((one) => ({ source: one, name: '*' }));
      }
      if (imported !== undefined) return [];
      const own = declaring(posix.dirname(source.path), name);
      return own.filter((one) => one !== source).map((one) => ({ source: one, name }));
    },
  };
  return program;
}

/** The files of a package by the names that they declare for it: variables, constants, functions and types. */
function declarations(files: readonly Source[]): ReadonlyMap<string, readonly Lexed[]> {
  const found = new Map<string, Lexed[]>();
  for (const source of files.map((file) => file.lexed()))
    for (const name of declaredBy(source)) {
      const before = found.get(name);
      if (before === undefined) found.set(name, [source]);
      else before.push(source);
    }
  return found;
}

function declaredBy(source: Lexed): ReadonlySet<string> {
  const bound = [...bindingsOf(source)].filter(([, all]) =>
    all.some(({ declares, scope }) => declares && scope.kind === 'file'),
  );
  return new Set([
    ...bound.map(([name]) => name),
    ...source.functions.filter(({ receiver }) => receiver === undefined).map(({ name }) => name),
    ...source.blocks.filter(({ kind }) => kind === 'class').map(({ name }) => name),
  ]);
}

/** The folder of the project that an import path means. */
export function folderOf(workspace: Workspace, path: string): string | undefined {
  const all = [...workspace.modules, ...workspace.local].map((one) => ({
    at: one.folder,
    folder: one.module,
  }));
  const owner = ownerOf(all, path);
  if (owner === undefined) return undefined;
  // a module of its own below this one that is required is fetched, whatever folder has its name
  const nested = workspace.modules.some(({ requires }) =>
    requires.some(
      (one) =>
        one.path.startsWith(`${owner.folder}/`) && (path === one.path || path.startsWith(`${one.path}/`)),
    ),
  );
  return nested ? undefined : posix.join(owner.at, path.slice(owner.folder.length + 1));
}

/** Every place in the code that matches, main package first: comments and the insides of texts are blanks. */
export function search(sources: Pick<Sources, 'files'>, pattern: RegExp): readonly Match[] {
  return sources.files.flatMap((file) =>
    [...file.lexed().code.matchAll(pattern)].map((match) => ({
      groups: match.slice(1),
      at: lineAt(file, match.index),
      file,
      index: match.index,
    })),
  );
}

/** A call, its file, and the import path of the package whose function it is. */
export interface GoCall extends Call {
  readonly file: Source;
  /** Undefined: a method, or a function of the program's own. */
  readonly of: string | undefined;
  /** The name without what it is called on: `ListenAndServe`. */
  readonly last: string;
}

/** Every call whose last name matches; the pattern ends with the bracket. */
export function callsOf(sources: Pick<Sources, 'files'>, pattern: RegExp): readonly GoCall[] {
  return sources.files.flatMap((file) =>
    calls(file.lexed(), pattern).map((call) => {
      const parts = call.name.split('.');
      const of = parts.length === 2 ? file.names.get(parts[0] ?? '') : undefined;
      return { ...call, file, of, last: parts.at(-1) ?? '' };
    }),
  );
}

/** A text of the program, and the code in front of it. */
export interface Literal extends Place {
  readonly text: string;
  readonly at: string;
  readonly before: string;
  readonly range: Text;
}

/** Every text that matches, with what stands before it: `case "serve"`. */
export function textsOf(sources: Pick<Sources, 'files'>, pattern: RegExp): readonly Literal[] {
  return sources.files.flatMap((file) => {
    // most files hold no such text at all
    const { strings, code } = file.lexed();
    return strings
      .filter((one) => one.kind === 'text' && pattern.test(one.text))
      .map((range) => ({
        file,
        index: range.from,
        text: range.text,
        at: lineAt(file, range.from),
        before: code.slice(Math.max(0, range.from - 160), range.from),
        range,
      }));
  });
}

/** What an expression of a file is worth. */
export function worthIn(
  sources: Sources,
  file: Source,
  range: Range | undefined,
  path: readonly string[] = [],
): Value {
  return worth(sources.program, file.lexed(), range, path);
}

export function lineAt(file: Source, index: number): string {
  return lexedLine(file.lexed(), index);
}

/** The line of a place in the text of a file that needs not be lexed for it. */
export function rawLineAt(file: Source, index: number): string {
  return `${file.path}:${lineNumber(file.raw, index)}`;
}
