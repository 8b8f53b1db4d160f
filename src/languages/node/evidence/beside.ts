import { posix } from 'node:path';
import { type Opens, pathsIn } from '../../../kit/files.ts';
import { recordOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { isOutput } from './build/builds.ts';
import { sourceOf } from './build/files.ts';
import { COPYING } from './build/tools.ts';
import { type Program, startedFile } from './program.ts';
import type { Start } from './start/start.ts';

/** Compilers that write one file for each source, each where its source stood below the root. */
const COMPILERS = new Set(['tsc', 'tspc', 'swc', 'babel', 'nest']);
const COPIES = new Set(['--copy-files', '-D']);

/** `path.join(__dirname, 'locales', …)`, `new URL('./views', import.meta.url)`. */
const OPENS: Opens = {
  calls: [{ call: 'join' }, { call: 'resolve' }, { call: 'URL' }],
  begins: /(?<![\w$.])(?:__dirname|import\.meta\.(?:dirname|dir))\s*\+/g,
};

/** What a compiled program looks for beside itself, and its source has beside it. Paths are the project's. */
export interface Beside {
  readonly source: string;
  /** Where the compiled code looks. */
  readonly destination: string;
  readonly from: string;
}

/**
 * Data that sources name by their own folder (`path.join(__dirname, 'locales')`): the compiler writes them into another
 * folder and leaves the data where it is, so it has to stand beside the output too. Of a build that may copy it by
 * itself, or that puts many sources into one file, nothing is said.
 */
export function findBeside(project: Project, program: Program, start: Start): readonly Beside[] {
  const { build, sources } = program;
  const started = startedFile(start);
  if (build === undefined || started === undefined || program.served !== undefined || !plain(project, build))
    return [];
  const roots = rootsOf(started, sourceOf(project, build, started));
  if (roots === undefined) return [];
  const found = new Map<string, Beside>();
  for (const { located, at, by } of pathsIn(sources, OPENS)) {
    if (located.begin !== 'here' || !within(by, roots.source)) continue;
    const folder = posix.dirname(by);
    const source = longest(project, located.path, folder);
    if (source === undefined || isOutput(build, source) || isCode(project, source)) continue;
    const relative = posix.relative(folder, source);
    const output = posix.join(roots.output, posix.relative(roots.source, folder));
    const destination = posix.join(output, relative);
    if (destination !== source && !destination.startsWith('..'))
      found.set(destination, { source, destination, from: at });
  }
  return [...found.values()];
}

/** Where a path that is taken from its own file is once it runs: beside what the file becomes. */
export function runsAt(
  project: Project,
  { build }: Pick<Program, 'build'>,
  start: Start,
): (path: string, by: string) => string | undefined {
  const started = startedFile(start);
  const source = build && started !== undefined ? sourceOf(project, build, started) : undefined;
  const roots = build && started !== undefined ? rootsOf(started, source) : undefined;
  return (path, by) => {
    if (build === undefined || started === undefined || started === by) return path;
    const folder = posix.dirname(by);
    const relative = posix.relative(folder, path);
    if (build.bundled) return posix.join(posix.dirname(started), relative);
    if (roots === undefined || !within(by, roots.source)) return undefined;
    return posix.join(roots.output, posix.relative(roots.source, folder), relative);
  };
}

function plain(
  project: Project,
  { commands, opaque, bundled, outputs }: NonNullable<Program['build']>,
): boolean {
  const assets = recordOf(recordOf(project.parse('nest-cli.json')).compilerOptions).assets;
  const tools = commands.filter(({ words }) => COMPILERS.has(words[0] ?? ''));
  return (
    !opaque &&
    !bundled &&
    outputs.length === 1 &&
    tools.length === 1 &&
    !commands.some(({ words }) => COPYING.includes(words[0] ?? '')) &&
    !tools.some(
      ({ words }) => words.some((word) => COPIES.has(word)) || (words[0] === 'nest' && assets !== undefined),
    )
  );
}

/** The folder of the sources and the one of the output: dist/a/b.js from src/a/b.ts is src and dist. */
function rootsOf(
  started: string,
  source: string | undefined,
): { readonly source: string; readonly output: string } | undefined {
  if (source === undefined) return undefined;
  const [out, from] = [started, source].map((path) => path.replace(/\.\w+$/, '').split('/'));
  if (out === undefined || from === undefined) return undefined;
  while (out.length > 0 && from.length > 0 && out.at(-1) === from.at(-1)) {
    out.pop();
    from.pop();
  }
  return { source: from.join('/') || '.', output: out.join('/') || '.' };
}

function within(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}

/** The longest part of a path that exists, below the folder that it is read from or above it. */
function longest(project: Project, path: string, folder: string): string | undefined {
  for (let part = path; part !== '.' && part !== folder && !part.startsWith('..'); part = posix.dirname(part))
    if (project.has(part)) return folder === part || folder.startsWith(`${part}/`) ? undefined : part;
  return undefined;
}

/** Code is compiled into the output; manifests and secrets are no data that a program is shipped with. */
function isCode(project: Project, path: string): boolean {
  const code = (one: string) =>
    /\.[mc]?[jt]sx?$|(^|\/)(package|tsconfig[\w.]*)\.json$|(^|\/)\.env|\.(pem|key|p12|pfx)$/.test(one);
  if (!project.isFolder(path)) return code(path);
  return /(^|\/)node_modules$/.test(path) || project.find([`${path}/**`]).some(code);
}
