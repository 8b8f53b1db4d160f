/**
 * Files of configuration that a program names and that are not there: somebody has to make them, and an image has none.
 *
 *     const [one] = absentConfigurations(project, textsOf(sources, CONFIGURATION, ''));
 */
import { posix } from 'node:path';
import type { Project } from '../project/project.ts';
import type { NoteBook } from './notes.ts';

/** A text that is a path of such a file on its face. */
export const CONFIGURATION =
  /^(?!.*(?:^|\/)\.env)(?:\.{0,2}\/)?[\w@.-]+(?:\/[\w@.-]+){0,6}\.(?:ya?ml|json|toml|ini|conf|hcl|env)$/;
/** Names that say it themselves, where no example beside it does. */
const CALLED = /(?:^|\/)(?:config|configuration|settings)(?:\.[\w-]+)?\.(?:ya?ml|toml|ini|conf|hcl|env)$/i;
/** What tools read, not programs. */
const TOOLS = /(?:^|\/)(?:package(?:-lock)?|[jt]sconfig[\w.-]*|docker-compose|openapi|swagger)\.\w+$/;

interface Absent {
  readonly path: string;
  readonly at: string;
  /** The file that shows what it looks like. */
  readonly example: string | undefined;
}

export function absentConfigurations(
  project: Project,
  texts: readonly { readonly text: string; readonly at: string }[],
): readonly Absent[] {
  const found = new Map<string, Absent>();
  for (const { text, at } of texts) {
    const path = posix.normalize(text.replace(/^\//, ''));
    const beside = posix.join(posix.dirname(at), path);
    if (path.startsWith('..') || TOOLS.test(path) || project.has(path) || project.has(beside)) continue;
    const example = examplesOf(path).find((one) => project.isFile(one));
    if (example !== undefined || CALLED.test(path)) found.set(path, { path, at, example });
  }
  return [...found.values()];
}

function examplesOf(path: string): readonly string[] {
  const { dir, name, ext, base } = posix.parse(path);
  const words = ['example', 'sample', 'dist', 'default', 'template'];
  return words
    .flatMap((word) => [`${base}.${word}`, `${name}.${word}${ext}`, `${word}.${base}`, `${word}-${base}`])
    .map((file) => posix.join(dir, file));
}

/** Tells of them; where the program looks for one is below the folder that it starts in. */
export function tellAbsent(absent: readonly Absent[], { warn, tell }: Omit<NoteBook, 'notes'>): void {
  for (const { path, at, example } of absent.slice(0, 3)) {
    const mount = `docker run --volume "$PWD/${path}:/app/${path}:ro"`;
    if (example === undefined)
      tell(
        `${at} names ${path}, which is not in the project, so the image has none.`,
        `If it needs one, mount it: ${mount}`,
      );
    else
      warn(
        `${at} names ${path}, which is not in the project, so the image has none: ${example} shows what it looks like.`,
        `Mount your own: ${mount}`,
      );
  }
}
