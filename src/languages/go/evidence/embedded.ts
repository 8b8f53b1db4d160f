import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { Taken } from '../../../facts/language.ts';
import { isGlob } from '../../../project/globs.ts';
import type { Project } from '../../../project/project.ts';
import type { Program } from './program.ts';
import { rawLineAt, type Sources } from './sources.ts';

/** One pattern of a `//go:embed` line: https://pkg.go.dev/embed. */
interface Embed {
  readonly pattern: string;
  readonly at: string;
  /** The pattern as the project has it. */
  readonly path: string;
  /** Files of the project that it names. */
  readonly files: readonly string[];
}

/** What the compiler puts into the program: it must be in the build, not in the image. */
export function findEmbeds(project: Project, sources: Sources): readonly Embed[] {
  return sources.files.flatMap((file) => {
    const folder = posix.dirname(file.path);
    return [...file.raw.matchAll(/^[ \t]*\/\/go:embed[ \t]+(.+)$/gm)].flatMap(({ 1: line = '', index }) =>
      words(line).map((pattern) => ({
        pattern,
        at: rawLineAt(file, index),
        path: posix.join(folder, pattern.replace(/^all:/, '')),
        files: matches(project, folder, pattern),
      })),
    );
  });
}

/** The files among them, without those of folders that a stage makes. */
export function embeddedFiles(
  project: Project,
  sources: Sources,
  made: readonly string[] = [],
): readonly string[] {
  const all = new Set(findEmbeds(project, sources).flatMap(({ files }) => files));
  return [...all].filter((path) => !made.some((folder) => path.startsWith(`${folder}/`)));
}

/** What stands in a folder so that it compiles, until a build fills it. */
const STANDS_IN = /(?:^|\/)(?:\.[\w.-]+|README(?:\.\w+)?|(?:index|placeholder|dummy|empty)(?:\.\w+)?)$/i;

/** Folders that are embedded and that lack what a build puts there. */
export function takenBy(project: Project, { sources }: Pick<Program, 'sources'>): readonly Taken[] {
  const lacking = findEmbeds(project, sources).flatMap(({ path, at, files }): Taken[] => {
    const words = path.split('/');
    const glob = words.findIndex((word) => /[*?[]/.test(word));
    const plain = words.slice(0, glob < 0 ? undefined : glob).join('/');
    const folder = /\.\w+$/.test(plain) ? posix.dirname(plain) : plain;
    if (folder === '' || folder === '.' || !files.every((one) => STANDS_IN.test(one))) return [];
    return project.find(`${escaped(folder)}/**`).every((one) => STANDS_IN.test(one)) ? [{ folder, at }] : [];
  });
  return lacking
    .filter(({ folder }) => !lacking.some((other) => folder.startsWith(`${other.folder}/`)))
    .filter(({ folder }, index, all) => all.findIndex((other) => other.folder === folder) === index);
}

function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|`([^`]*)`|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

/** A pattern names files, or folders with all that they hold. */
function matches(project: Project, folder: string, pattern: string): readonly string[] {
  const path = posix.join(folder, pattern.replace(/^all:/, ''));
  if (!/[*?[]/.test(path)) return project.find([escaped(path), `${escaped(path)}/**`]);
  if (!isGlob(path)) return [];
  const glob = picomatch(path, { dot: false });
  const inside = picomatch(`${path}/**`, { dot: true });
  return project.find([`${escaped(folder)}/**`, '**']).filter((one) => glob(one) || inside(one));
}

function escaped(path: string): string {
  return path.replace(/[[\]{}()!*?+@\\]/g, '\\$&');
}
