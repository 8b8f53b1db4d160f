import { posix } from 'node:path';
import picomatch from 'picomatch';
import { isGlob } from '../../../project/globs.ts';
import type { Project } from '../../../project/project.ts';
import { rawLineAt, type Sources } from './sources.ts';

/** One pattern of a `//go:embed` line: https://pkg.go.dev/embed. */
interface Embed {
  readonly pattern: string;
  readonly at: string;
  /** Files of the project that it names. */
  readonly files: readonly string[];
}

/** What the compiler puts into the program: it must be in the build, not in the image. */
export function findEmbeds(project: Project, sources: Sources): readonly Embed[] {
  return sources.files.flatMap((file) => {
    const folder = posix.dirname(file.path);
    return [...file.raw.matchAll(/^\/\/go:embed[ \t]+(.+)$/gm)].flatMap(({ 1: line = '', index }) =>
      words(line).map((pattern) => ({
        pattern,
        at: rawLineAt(file, index),
        files: matches(project, folder, pattern),
      })),
    );
  });
}

/** The files among them. */
export function embeddedFiles(project: Project, sources: Sources): readonly string[] {
  return [...new Set(findEmbeds(project, sources).flatMap(({ files }) => files))];
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
