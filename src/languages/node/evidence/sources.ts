import { posix } from 'node:path';
import { lineNumber } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { withoutComments } from './comments.ts';
import { importedSource } from './imported.ts';
import { aliasesOf } from './tsconfig.ts';

/** One source file, its comments blanked so that every position is the original's. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** The program as far as it can be read without running it. */
export interface Sources {
  /** Files that the entry reaches by imports, the entry first. */
  readonly files: readonly Source[];
  /** Packages that they import, built-in ones without `node:`. */
  readonly packages: ReadonlySet<string>;
  /** JSON that they import. */
  readonly data: readonly Source[];
}

/** Where something was found, as an editor takes it: `src/server.ts:12`. */
export interface Match {
  readonly groups: readonly (string | undefined)[];
  readonly at: string;
  readonly file: Source;
  readonly index: number;
}

/** A generated or bundled file is no source that a person wrote. */
const FILE_LIMIT = 1024 * 1024;
const FILES_LIMIT = 3000;
const ENDS = [
  '',
  '.ts',
  '.mts',
  '.cts',
  '.tsx',
  '.js',
  '.mjs',
  '.cjs',
  '.jsx',
  '/index.ts',
  '/index.mts',
  '/index.js',
  '/index.mjs',
  '/index.cjs',
  '.json',
];
const IMPORT = /\b(?:from|import|require(?:\.resolve)?|importModule)\s*\(?\s*(['"`])([^'"`\n${]+)\1/g;

/** Reads the entry and all that it imports from the project; an empty list of entries reads nothing. */
export function readSources(project: Project, entries: readonly string[]): Sources {
  const files: Source[] = [];
  const packages = new Set<string>();
  const data: Source[] = [];
  const open = [...entries].reverse();
  const seen = new Set(open);
  for (let path = open.pop(); path !== undefined && files.length < FILES_LIMIT; path = open.pop()) {
    const text = project.read(path, FILE_LIMIT);
    if (text === undefined) continue;
    if (path.endsWith('.json')) {
      data.push({ path, text });
      continue;
    }
    const file = { path, text: withoutComments(text) };
    files.push(file);
    for (const [, , name = ''] of file.text.matchAll(IMPORT)) {
      const local = resolve(project, path, name) ?? importedSource(project, name);
      if (local === undefined) packages.add(packageOf(name));
      else if (!seen.has(local)) {
        seen.add(local);
        open.push(local);
      }
    }
  }
  return { files, packages, data };
}

/** The file of the project that an import means. `@/x`, `~/x` and `src/x` are the usual aliases for the source folder. */
function resolve(project: Project, from: string, name: string): string | undefined {
  const bases = name.startsWith('.')
    ? [posix.join(posix.dirname(from), name)]
    : [...aliased(project, name), name.replace(/^[@~#]\//, 'src/'), name.replace(/^[@~#]\//, '')].filter(
        (n) => n !== name || n.startsWith('src/'),
      );
  for (const base of bases) {
    const path = posix.normalize(base);
    // a TypeScript source is imported under the name of what it becomes
    const stem = path.replace(/\.([mc]?)jsx?$/, '');
    const found = [path, stem].flatMap((p) => ENDS.map((end) => p + end)).find((p) => project.isFile(p));
    if (found !== undefined && /\.([mc]?[jt]sx?|json)$/.test(found)) return found;
  }
  return undefined;
}

function aliased(project: Project, name: string): readonly string[] {
  return aliasesOf(project)
    .filter(({ prefix }) => prefix !== '' && name.startsWith(prefix))
    .map(({ prefix, folder }) => posix.join(folder, name.slice(prefix.length)));
}

function packageOf(name: string): string {
  const parts = name.replace(/^node:/, '').split('/');
  return parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
}

/** Every place that matches, in the order in which the program loads its files. */
export function search(sources: Sources, pattern: RegExp): readonly Match[] {
  return sources.files.flatMap((file) =>
    [...file.text.matchAll(pattern)].map((match) => ({
      groups: match.slice(1),
      at: `${file.path}:${lineNumber(file.text, match.index)}`,
      file,
      index: match.index,
    })),
  );
}

/** The text from a position to the end of the call that begins there: what stands between its brackets. */
export function callAt(file: Source, index: number): string {
  const start = file.text.indexOf('(', index);
  let depth = 0;
  for (let i = start; i < file.text.length && i < start + 2000; i++) {
    if (file.text[i] === '(') depth++;
    if (file.text[i] === ')' && --depth === 0) return file.text.slice(start + 1, i);
  }
  return file.text.slice(start + 1, start + 200);
}

/** The expression that a name stands for in its file: `const port = …`. One step, for more is guessing. */
export function expressionOf(sources: Sources, file: Source, name: string): string | undefined {
  const own = declared(file, name);
  if (own !== undefined) return own;
  for (const other of [...sources.files, ...sources.data]) {
    const found = other === file ? undefined : declared(other, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function declared(file: Source, name: string): string | undefined {
  const word = name.split('.').at(-1) ?? name;
  if (!/^\w+$/.test(word)) return undefined;
  const pattern = new RegExp(
    `(?:\\b(?:const|let|var)\\s+${word}\\b[^=\\n]*=|\\b${word}["']?\\s*:)\\s*([^;\\n]+)`,
  );
  const text = pattern.exec(file.text)?.[1];
  return text === undefined ? undefined : firstExpression(text);
}

/** What stands before the comma or the bracket that ends an expression: `3000 }` → `3000`. */
function firstExpression(text: string): string {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i] ?? '';
    if (depth === 0 && /[,)\]}]/.test(c)) return text.slice(0, i).trim();
    if (/[([{]/.test(c)) depth++;
    if (/[)\]}]/.test(c)) depth--;
  }
  return text.trim();
}
