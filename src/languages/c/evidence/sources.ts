import { posix } from 'node:path';
import type { Source } from '../../../kit/dialect.ts';
import { scan } from '../../../kit/syntax.ts';
import { lineNumber } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { C } from '../dialect.ts';
import { ASIDE } from './facts.ts';

/** What a compiler takes: C and C++. */
export const COMPILED = ['*.{c,cc,cpp,cxx}', '**/*.{c,cc,cpp,cxx}'];
const HEADERS = ['*.{h,hh,hpp,hxx,ipp}', '**/*.{h,hh,hpp,hxx,ipp}'];
const COMPILED_NAME = /\.(c|cc|cpp|cxx)$/;
/** A source with more than this is generated, or a whole library in one file. */
const LIMIT = 2 * 1024 * 1024;

/** A file whose comments were blanked: lines and columns are those of the file. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** The same, lexed: once, and only when it is asked for. */
  readonly source: Source;
  readonly includes: readonly Include[];
}

export interface Match {
  readonly file: SourceFile;
  /** `src/server.c:12`. */
  readonly at: string;
  readonly index: number;
  readonly groups: readonly (string | undefined)[];
}

/** What others wrote and the project carries along: it is built, but says nothing of what the program does. */
const VENDORED =
  /(^|\/)(third[-_]?party|3rd[-_]?party|vendor(ed)?|external|extern|deps|_deps|subprojects|submodules|libs?\/(?=[^/]+\/)|build[^/]*|cmake-build[^/]*|out|\.deps)\//i;

/** A source that only checks another. */
const TEST = /(^|[_.-])tests?\.\w+$|^tests?[_-]|[a-z]Tests?\.\w+$/;

export function isVendored(path: string): boolean {
  return VENDORED.test(path);
}

/** The sources of a project, each read once. */
export interface Sources {
  file(path: string): SourceFile | undefined;
  /** The project's own: not tests, not examples, not what it carries along of others. */
  readonly own: readonly SourceFile[];
  /** Every header of the project by its last name, own or not. */
  readonly headers: ReadonlySet<string>;
}

export function openSources(project: Project): Sources {
  const held = new Map<string, SourceFile | undefined>();
  const file = (path: string) => {
    if (!held.has(path)) held.set(path, readFile(project, path));
    return held.get(path);
  };
  let own: readonly SourceFile[] | undefined;
  let headers: ReadonlySet<string> | undefined;
  return {
    file,
    get own() {
      own ??= [...project.find(COMPILED), ...project.find(HEADERS)]
        .filter(isOwn)
        .flatMap((path) => file(path) ?? []);
      return own;
    },
    get headers() {
      headers ??= new Set(project.find(HEADERS).map((path) => posix.basename(path)));
      return headers;
    },
  };
}

function isOwn(path: string): boolean {
  return !ASIDE.test(posix.dirname(path)) && !VENDORED.test(path) && !TEST.test(posix.basename(path));
}

function readFile(project: Project, path: string): SourceFile | undefined {
  const raw = project.read(path, LIMIT);
  if (raw === undefined) return undefined;
  const text = withoutComments(raw);
  let source: Source | undefined;
  let includes: readonly Include[] | undefined;
  return {
    path,
    text,
    get source() {
      source ??= scan(path, raw, C);
      return source;
    },
    get includes() {
      includes ??= includesIn(path, text);
      return includes;
    },
  };
}

/** Comments become blanks; texts in quotes stay. */
function withoutComments(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\.)+'/g,
    (part) => (part.startsWith('/') ? part.replace(/[^\n]/g, ' ') : part),
  );
}

/**
 * The files of one program: its sources and what they include where all are known; else all own ones but those with a
 * `main` of another program.
 */
export function programSources(
  project: Project,
  sources: Sources,
  paths: readonly string[],
  whole: boolean,
): readonly SourceFile[] {
  const known = paths.filter((path) => project.isFile(path) && !isVendored(path));
  const files = known.flatMap((path) => sources.file(path) ?? []);
  const { own } = sources;
  if (files.length === 0) return own;
  if (whole) return withIncluded(project, sources, files);
  const mains = new Set(own.filter(hasMain).map((file) => file.path));
  return [...new Set([...files, ...own.filter((file) => !mains.has(file.path))])];
}

/** Files, and those of the project that they include, sources only where nothing is asked before. */
function withIncluded(
  project: Project,
  sources: Sources,
  files: readonly SourceFile[],
): readonly SourceFile[] {
  const all = [...project.find(HEADERS), ...project.find(COMPILED)].filter((path) => !isVendored(path));
  const byName = new Map<string, string[]>();
  for (const path of all) {
    const name = posix.basename(path);
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  const reached = new Set(files);
  for (const file of reached)
    for (const { name, conditional } of includesOf([file])) {
      if (conditional && COMPILED_NAME.test(name)) continue;
      const there = byName.get(posix.basename(name)) ?? [];
      const beside = posix.join(posix.dirname(file.path), name);
      const path = there.includes(beside)
        ? beside
        : there.find((one) => one === name || one.endsWith(`/${name.replace(/^(\.\.?\/)+/, '')}`));
      const found = path === undefined ? undefined : sources.file(path);
      if (found !== undefined) reached.add(found);
    }
  return [...reached];
}

/** Whether a file has the function that a program begins with; one under a condition is a test of the file. */
export function hasMain(file: SourceFile): boolean {
  const main = /^[ \t]*(?:extern\s+"C"\s+)?(?:int|auto|void)\s+(?:\w+\s+)?main\s*\(/m.exec(file.text);
  if (main === null) return false;
  const before = file.text.slice(0, main.index);
  const open =
    (before.match(/^[^\S\n]*#\s*if(n?def)?\b/gm) ?? []).length -
    (before.match(/^[^\S\n]*#\s*endif\b/gm) ?? []).length;
  return open <= 0;
}

/** All places where a global pattern matches, in the order of the files. */
export function search(files: readonly SourceFile[], pattern: RegExp): readonly Match[] {
  return files.flatMap((file) =>
    [...file.text.matchAll(pattern)].map((match) => ({
      file,
      at: `${file.path}:${lineNumber(file.text, match.index)}`,
      index: match.index,
      groups: match.slice(1),
    })),
  );
}

/** The same, where it is code: not inside a text. */
export function searchCode(files: readonly SourceFile[], pattern: RegExp): readonly Match[] {
  // a file without the words of the pattern is not lexed
  return search(files, pattern).filter(({ file, index }) => file.source.code[index] === file.text[index]);
}

/** An include, and whether a condition of the preprocessor stands around it. */
export interface Include {
  readonly name: string;
  readonly at: string;
  readonly quoted: boolean;
  readonly conditional: boolean;
}

export function includesOf(files: readonly SourceFile[]): readonly Include[] {
  return files.flatMap((file) => file.includes);
}

/** The includes of a file. The guard around a header is no condition. */
function includesIn(file: string, text: string): readonly Include[] {
  const guard = /^[ \t]*#[ \t]*ifndef[ \t]+(\w+)[ \t]*\n\s*#[ \t]*define[ \t]+\1\b/m.exec(text)?.[1];
  let depth = 0;
  return text.split('\n').flatMap((line, index): readonly Include[] => {
    const directive = /^\s*#\s*(ifdef|ifndef|if|endif|include)\b\s*(.*)/.exec(line);
    if (directive === null) return [];
    const [, word = '', rest = ''] = directive;
    const guards = guard !== undefined && rest.trim() === guard;
    if (word.startsWith('if') && !guards && !/^(def\s+)?__cplusplus/.test(rest)) depth++;
    // the end of a guard stands at the end of the file: below nothing is closed
    if (word === 'endif') depth = Math.max(0, depth - 1);
    const [, open, name] = /^([<"])([^>"]+)[>"]/.exec(rest) ?? [];
    if (word !== 'include' || name === undefined) return [];
    return [{ name, at: `${file}:${index + 1}`, quoted: open === '"', conditional: depth > 0 }];
  });
}

/** The files whose includes hold whatever is configured: sources, and the headers that they include under no condition. */
export function surelyIncluded(files: readonly SourceFile[]): readonly SourceFile[] {
  const sure = new Set(files.filter((file) => COMPILED_NAME.test(file.path)));
  if (sure.size === 0) return files;
  const byName = new Map<string, SourceFile[]>();
  for (const file of files) {
    const name = posix.basename(file.path);
    byName.set(name, [...(byName.get(name) ?? []), file]);
  }
  for (const file of sure)
    for (const { name, conditional } of file.includes)
      if (!conditional) for (const one of byName.get(posix.basename(name)) ?? []) sure.add(one);
  return [...sure];
}
