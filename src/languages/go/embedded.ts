import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { Project } from '../../project.ts';
import type { Sources } from './sources.ts';

/** Files that the compiler puts into the program: https://pkg.go.dev/embed. They must be in the build, not in the image. */
export function embeddedFiles(project: Project, sources: Sources): readonly string[] {
  return [
    ...new Set(
      sources.files.flatMap((file) => {
        const folder = posix.dirname(file.path);
        const lines = [...file.raw.matchAll(/^\/\/go:embed[ \t]+(.+)$/gm)].flatMap(([, line = '']) => line);
        return lines.flatMap((line) => words(line)).flatMap((pattern) => matches(project, folder, pattern));
      }),
    ),
  ];
}

function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|`([^`]*)`|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

/** A pattern names files, or folders with all that they hold. */
function matches(project: Project, folder: string, pattern: string): readonly string[] {
  const path = posix.join(folder, pattern.replace(/^all:/, ''));
  if (!/[*?[]/.test(path)) return project.find([escaped(path), `${escaped(path)}/**`]);
  const glob = picomatch(path, { dot: false });
  const inside = picomatch(`${path}/**`, { dot: true });
  return project.find([`${escaped(folder)}/**`, '**']).filter((one) => glob(one) || inside(one));
}

function escaped(path: string): string {
  return path.replace(/[[\]{}()!*?+@\\]/g, '\\$&');
}
