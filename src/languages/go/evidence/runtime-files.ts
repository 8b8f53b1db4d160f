import { posix } from 'node:path';
import type { Project } from '../../../project/project.ts';
import { embeddedFiles } from './embedded.ts';
import type { Program } from './program.ts';
import { isGenerated, search } from './sources.ts';

/** Calls that open what their strings name when the program runs. */
const OPENERS =
  /\b(?:template\.\w*Parse(?:Files|Glob)|\w+\.Parse(?:Files|Glob)|http\.Dir|http\.ServeFile|os\.(?:Open|OpenFile|ReadFile|ReadDir|DirFS|Stat)|ioutil\.Read(?:File|Dir)|filepath\.(?:Walk|WalkDir|Glob)|gin\.Dir|LoadHTML(?:Glob|Files)|\w+\.(?:Static|StaticFile|StaticFS|StaticFileFS|File|LoadHTMLGlob|LoadHTMLFiles)|(?:html|django|handlebars|mustache|pug|jet|ace|amber)\.New|static\.(?:New|LocalFile|Serve)|goose\.Up\w*|AddConfigPath|SetConfigFile|SetConfigName|toml\.DecodeFile|LoadMessageFile|pongo2\.FromFile|i18n\.\w+|casbin\.NewEnforcer|config\.(?:LoadFile|Load|Read\w*)|\w*[lL]oad\w*|\w*[rR]ead(?:File|Config)\w*)\(/g;
/** Text that is a path on its face. */
const PATHS = /"((?:\.{1,2}\/|file:\/\/(?!\/))?[\w@.-]+(?:\/[\w@.*-]+)*\/?)"/g;
/** Never read by a running program, whatever its text mentions. */
const NEVER =
  /^(\.|cmd|internal|pkg|vendor|test|tests|testdata|docs|scripts|bin|dist|build|tmp|\..*)$|\.(go|mod|sum|work|md|log|test|out|db|sqlite3?|lock)$|(^|\/)\.env|^(Dockerfile|Makefile|LICENSE)|(^|\/)(node_modules|testdata)(\/|$)|(^|\/)package(-lock)?\.json$/;

/**
 * Files and folders of the project that the program opens by a relative path and does not embed. A path is taken from
 * the folder of the module, where `go run` is called, else from that of the main package.
 */
export function findRuntimeFiles(
  project: Project,
  program: Program,
): { readonly paths: readonly string[]; readonly from: string } | undefined {
  const { main, sources } = program;
  const roots = [...new Set([main.module?.folder ?? '.', main.folder])];
  const embedded = new Set(embeddedFiles(project, sources));
  const found = new Map<string, string>();
  const take = (text: string, from: string, bare: boolean) => {
    const clean = posix.normalize(text.replace(/^file:\/\//, '')).replace(/(.)\/$/, '$1');
    // a pattern stands for its folder
    const [plain = ''] = clean.split(/\/?[^/]*\*/);
    if (plain === '' || plain.startsWith('..') || NEVER.test(plain)) return;
    for (const root of roots) {
      const path = posix.join(root, plain);
      const files = project.isFile(path) ? [path] : filesIn(project, path);
      if (files.length === 0 || files.every((file) => embedded.has(file) || /\.go$/.test(file))) continue;
      if (bare && !project.isFolder(path) && !plain.includes('.')) continue;
      if (![...found.keys()].some((known) => path.startsWith(`${known}/`))) found.set(path, from);
      return;
    }
  };
  const written = { ...sources, files: sources.files.filter((file) => !isGenerated(file)) };
  for (const { file, index, at } of search(written, OPENERS)) {
    const line = callText(file.text, index);
    for (const [, text = ''] of line.matchAll(/"([^"\n]+)"/g)) take(text, at, true);
    const joined = /\b(?:filepath|path)\.Join\(((?:\s*"[^"\n]*"\s*,?)+)\)/.exec(line)?.[1];
    if (joined !== undefined)
      take([...joined.matchAll(/"([^"\n]*)"/g)].map(([, w]) => w).join('/'), at, true);
  }
  for (const { groups, at, file, index } of search(written, PATHS)) {
    const text = groups[0] ?? '';
    const plain = /^(\.{1,2}\/|file:)/.test(text) || (/\.\w+$/.test(text) && !text.startsWith('.'));
    if (plain && !file.imports.includes(text) && !isRoute(file.text, index)) take(text, at, false);
  }
  const paths = [...found.keys()]
    .filter((path) => ![...found.keys()].some((other) => path.startsWith(`${other}/`)))
    .sort();
  if (paths.length === 0) return undefined;
  return { paths, from: [...new Set(paths.map((path) => found.get(path)))].slice(0, 4).join(', ') };
}

function filesIn(project: Project, folder: string): readonly string[] {
  return project.isFolder(folder) ? project.find(`${folder}/**`) : [];
}

/** A call's arguments, as far as its line goes. */
function callText(text: string, index: number): string {
  const end = text.indexOf('\n', index);
  return text.slice(index, Math.min(end < 0 ? text.length : end, index + 300));
}

/** A pattern of an embedded file system is no path of the disk: `template.ParseFS(files, "templates/*.html")`. */
function isRoute(text: string, index: number): boolean {
  return /\b(?:ParseFS|fs\.(?:Sub|ReadFile|Glob|ReadDir)|HandleFunc|Handle|GET|POST)\([^()\n]*$/.test(
    text.slice(Math.max(0, index - 120), index),
  );
}
