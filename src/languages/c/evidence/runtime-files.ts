import type { Found } from '../../../facts/language.ts';
import { enclosing } from '../../../kit/ranges.ts';
import { callAt } from '../../../kit/syntax.ts';
import type { Project } from '../../../project/project.ts';
import { namedByConfiguration } from './configuration.ts';
import { type SourceFile, search } from './sources.ts';

/** Files that programs are built of, and what describes the project: never read at run time by being named. */
const BUILT =
  /\.(c|cc|cpp|cxx|h|hh|hpp|hxx|o|a|so|in|cmake|md|am|ac|mk)$|^(Makefile|CMakeLists\.txt|meson\.build|LICENSE|README|COPYING|configure)|(^|\/)\.(git|docker|editorconfig|clang-|github|vscode|idea|env)/i;

/** Files and folders of the project that the program names by a relative path: templates, pages, data, configuration. */
export function findRuntimeFiles(
  project: Project,
  files: readonly SourceFile[],
): Found<readonly string[]> | undefined {
  const found = new Map<string, string>();
  for (const { groups, at, file, index } of search(files, /"((?:[^"\\\n]|\\.){1,200})"/g)) {
    // what is joined to the folder that it starts in: getcwd(root, 200); strcat(root, "/pages")
    const starts = /\bgetcwd\s*\(/.test(file.text) ? /^\.?\// : /^\.\//;
    const text = (groups[0] ?? '').replace(/\\(.)/g, '$1');
    const path = text.replace(starts, '').replace(/\/$/, '');
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
      : project.isFolder(path) &&
        project.find(`${path}/**`).some((one) => !BUILT.test(one)) &&
        (/\//.test(text) || reads(file, index));
    if (named && !/^(src|include|build|tests?)(\/|$)/.test(path) && !found.has(path)) found.set(path, at);
  }
  // what they name themselves
  const named = [...found].flatMap(([path, at]) =>
    namedByConfiguration(project, path).map((one) => [one, at] as const),
  );
  for (const [path, at] of named) found.set(path, found.get(path) ?? at);
  const paths = [...found.keys()].filter(
    (path) => ![...found.keys()].some((other) => path.startsWith(`${other}/`)),
  );
  const [first] = found.values();
  return first === undefined
    ? undefined
    : { value: paths.sort(), from: [...new Set(found.values())].slice(0, 3).join(', ') };
}

const READS = /(?:open|opendir|mount\w*|root|dir|path|stream|directory_iterator|static\w*|serve_\w{1,200})$/i;

/** Whether a text is what a call reads, or is assigned to the name of a folder. */
function reads({ source }: SourceFile, index: number): boolean {
  const bracket = source.brackets[enclosing(source, index) ?? -1];
  const call = bracket === undefined ? undefined : callAt(source, bracket.from);
  if (call !== undefined && READS.test(call.name)) return true;
  const before = source.text.slice(Math.max(0, index - 80), index);
  return /(?:root|dir|path|folder)\w{0,200}["']?\s{0,200}(?:\[\s*\])?\s*[=,(:]\s*$/i.test(before);
}
