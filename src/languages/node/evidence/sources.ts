import { posix } from 'node:path';
import type { Range, Source } from '../../../kit/dialect.ts';
import { locate } from '../../../kit/paths.ts';
import type { Program, Reader } from '../../../kit/program.ts';
import { type Loads, type Reads, readFrom, type Sources } from '../../../kit/sources.ts';
import { calls, lineAt, scan } from '../../../kit/syntax.ts';
import { type Value, worth } from '../../../kit/worth.ts';
import type { Project } from '../../../project/project.ts';
import { NODE } from '../dialect.ts';
import { importedSource } from './imported.ts';
import { importsOf, targetsOf } from './imports.ts';
import { readersOf, unnamed } from './readers.ts';
import { aliasesOf } from './tsconfig.ts';

/** A generated or bundled file is no source that a person wrote. */
const FILE_LIMIT = 1024 * 1024;
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
const CODE = /\.[mc]?[jt]sx?$/;
const NO_PROGRAM = /\.(?:d|test|spec|stories)\.\w+$|(?:^|\/)(?:__tests__|test|tests|node_modules)\//;

/** Reads the entry and all that it imports from the project; an empty list of entries reads nothing. */
export function readSources(project: Project, entries: readonly string[]): Sources {
  return readFrom(entries, readsOf(project));
}

function readsOf(project: Project): Reads {
  const sources = new Map<string, Source | undefined>();
  const read = (path: string): Source | undefined => {
    if (!sources.has(path)) {
      const text = project.read(path, FILE_LIMIT);
      // data is what it exports, on the lines on which it stands
      const code = text === undefined || CODE.test(path) ? text : `module.exports = ${text}`;
      sources.set(path, code === undefined ? undefined : scan(path, code, NODE));
    }
    return sources.get(path);
  };
  const open = (source: Source, module: string): Source | undefined => {
    const path = resolve(project, source.path, module) ?? importedSource(project, module);
    return path === undefined ? undefined : read(path);
  };
  const readers = readersOf(project);
  return {
    read,
    imports: (source) => loadsOf(project, source, readers),
    program: (files) => {
      const program: Partial<Program> = {
        readers,
        open,
        resolve: (source, name) => targetsOf(source, name, open),
        unnamed: unnamed(() => ({ ...program, sources: files, memo: new Map() })),
      };
      return program;
    },
  };
}

function loadsOf(project: Project, source: Source, readers: readonly Reader[]): Loads {
  const files: string[] = [];
  const packages: string[] = [];
  const opaque: string[] = [];
  const { list, computed } = importsOf(source);
  for (const { module } of list) {
    const local = resolve(project, source.path, module) ?? importedSource(project, module);
    if (local === undefined) packages.push(packageOf(module));
    else if (CODE.test(local)) files.push(local);
  }
  const alone: Program = { sources: [source], memo: new Map(), readers };
  for (const range of computed) {
    const found = computedFiles(project, alone, source, range);
    if (found === undefined) opaque.push(lineAt(source, range.from));
    files.push(...(found ?? []));
  }
  // workers and children are programs of the project too
  for (const { args, name } of FORKS.test(source.text)
    ? calls(source, /(?<![\w$])(?:fork|Worker)\s*\(/g)
    : []) {
    if (args[0] === undefined || /[cC]luster\.fork$/.test(name)) continue;
    const found = computedFiles(project, alone, source, args[0]);
    if (found === undefined) opaque.push(lineAt(source, args[0].from));
    files.push(...(found ?? []));
  }
  return { files, packages, opaque };
}

const FORKS = /child_process|worker_threads/;

/** The files that a path of code means: itself, or all of the folder that it leads into. */
function computedFiles(
  project: Project,
  program: Program,
  source: Source,
  range: Range,
): readonly string[] | undefined {
  const value = worth(program, source, range);
  const each = (value.places ?? []).map((place) => pathOf(project, source, place));
  if (value.several) return each.every((one) => one !== undefined) ? each.flat() : undefined;
  return pathOf(project, source, value);
}

function pathOf(project: Project, source: Source, value: Value): readonly string[] | undefined {
  const found = locate(value);
  if (found === undefined || found.begin === 'home' || found.begin === 'root') return undefined;
  const plain = found.begin === 'cwd' && /^\.{1,2}\//.test(value.text ?? value.parts?.[0]?.text ?? '');
  const path = plain ? posix.join(posix.dirname(source.path), found.path) : found.path;
  const file = found.open ? undefined : resolve(project, '.', `./${path}`);
  if (file !== undefined) return CODE.test(file) ? [file] : [];
  const folder = project.isFolder(path) ? path : undefined;
  // the whole project is no folder that is loaded
  if (folder === undefined || !found.open || /^\.?$/.test(folder)) return undefined;
  return project
    .find(`${folder}/**/*.{js,cjs,mjs,ts,cts,mts,jsx,tsx}`)
    .filter((one) => !NO_PROGRAM.test(one) && one !== source.path);
}

/** The file of the project that an import means. `@/x`, `~/x` and `src/x` are the usual aliases for the source folder. */
export function resolve(project: Project, from: string, name: string): string | undefined {
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
