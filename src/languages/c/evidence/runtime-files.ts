import type { Found } from '../../../facts/language.ts';
import type { Project } from '../../../project/project.ts';
import { type SourceFile, search } from './sources.ts';

/** Files that programs are built of, and what describes the project: never read at run time by being named. */
const BUILT =
  /\.(c|cc|cpp|cxx|h|hh|hpp|hxx|o|a|so|in|cmake|md|am|ac|mk)$|^(Makefile|CMakeLists\.txt|meson\.build|LICENSE|README|COPYING|configure)/i;

/** Files and folders of the project that the program names by a relative path: templates, pages, data, configuration. */
export function findRuntimeFiles(
  project: Project,
  files: readonly SourceFile[],
): Found<readonly string[]> | undefined {
  const found = new Map<string, string>();
  for (const { groups, at, file, index } of search(files, /"(\.?\/?[\w@][\w@. -]*(?:\/[\w@. -]+)*\/?)"/g)) {
    const path = (groups[0] ?? '').replace(/^\.\//, '').replace(/\/$/, '');
    const line = file.text.slice(file.text.lastIndexOf('\n', index) + 1, index);
    if (
      path === '' ||
      /^\/|(^|\/)\.\.?(\/|$)/.test(path) ||
      /#\s*(include|line\s+\d+|\d+)\s*$/.test(line) ||
      BUILT.test(path)
    )
      continue;
    // a word that happens to be a folder's name is no path: a file, or a folder that is named as one
    const named = project.isFile(path)
      ? /[./]/.test(path)
      : project.isFolder(path) && (/\//.test(groups[0] ?? '') || reads(file.text, index));
    if (named && !/^(src|include|build|tests?)(\/|$)/.test(path) && !found.has(path)) found.set(path, at);
  }
  const paths = [...found.keys()].filter(
    (path) => ![...found.keys()].some((other) => path.startsWith(`${other}/`)),
  );
  const [first] = found.values();
  return first === undefined
    ? undefined
    : { value: paths.sort(), from: [...new Set(found.values())].slice(0, 3).join(', ') };
}

/** Whether a text stands in a call that opens files, or is the root of documents. */
function reads(text: string, index: number): boolean {
  return /(open|opendir|set_mount_point|document_root|root_dir|path|ifstream|directory_iterator|serve|static)\w*["'\s]*[({,=]\s*[^;]*$/i.test(
    text.slice(Math.max(0, index - 80), index),
  );
}
