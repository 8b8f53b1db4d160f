import { posix } from 'node:path';
import type { Range } from '../../../kit/dialect.ts';
import { trim } from '../../../kit/ranges.ts';
import { calls, textOf as textAt } from '../../../kit/syntax.ts';
import type { Project } from '../../../project/project.ts';
import { remember } from '../../../project/remember.ts';
import { embeddedFiles } from './embedded.ts';
import type { Program } from './program.ts';
import { callsOf, isGenerated, type Source, type Sources, textsOf, worthIn } from './sources.ts';

/** Calls that open what their strings name when the program runs. */
const OPENERS =
  /\b(?:template\.\w*Parse(?:Files|Glob)|\w+\.Parse(?:Files|Glob)|http\.Dir|http\.ServeFile|os\.(?:Open|OpenFile|ReadFile|ReadDir|DirFS|Stat)|ioutil\.Read(?:File|Dir)|filepath\.(?:Walk|WalkDir|Glob)|gin\.Dir|LoadHTML(?:Glob|Files)|\w+\.(?:Static|StaticFile|StaticFS|StaticFileFS|File|LoadHTMLGlob|LoadHTMLFiles)|(?:html|django|handlebars|mustache|pug|jet|ace|amber)\.New|static\.(?:New|LocalFile|Serve)|goose\.Up\w*|AddConfigPath|SetConfigFile|SetConfigName|toml\.DecodeFile|LoadMessageFile|pongo2\.FromFile|i18n\.\w+|casbin\.NewEnforcer|config\.(?:LoadFile|Load|Read\w*)|\w*[lL]oad\w*|\w*[rR]ead(?:File|Config)\w{0,200})\($/;
/** Text that is a path on its face. */
const PATH = /^(?:\.{1,2}\/|file:\/\/(?!\/))?[\w@.-]+(?:\/[\w@.*-]+)*\/?$/;
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
    const [plain = ''] = clean.split(/\/?[^/]{0,200}\*/);
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
  for (const { path, at } of findClimbing(project, program)) found.set(path, at);
  const written = { files: sources.files.filter((file) => !isGenerated(file)) };
  for (const call of callsOf(written, /\b\w+\s*\(/g)) {
    if (
      !OPENERS.test(
        `${call.name
          .replace(/\(\)|\[\]/g, '')
          .split('.')
          .slice(-2)
          .join('.')}(`,
      )
    )
      continue;
    for (const arg of call.args)
      for (const text of pathsOf(sources, call.file, arg)) take(text, call.at, true);
  }
  for (const { text, at, file, before } of textsOf(written, PATH)) {
    const plain = /^(\.{1,2}\/|file:)/.test(text) || (/\.\w+$/.test(text) && !text.startsWith('.'));
    if (plain && !file.imports.includes(text) && !isRoute(before)) take(text, at, false);
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

/** A path that leads out of the folder in which its program is started while it is written, and what decides it. */
export interface Climbing {
  /** From the project's folder. */
  readonly path: string;
  readonly at: string;
  readonly flag?: string | undefined;
  readonly variable?: string | undefined;
}

/** Defaults of flags and variables like `../../configs`: right in the folder of the program, and nowhere else. */
export function findClimbing(project: Project, { main, sources }: Program): readonly Climbing[] {
  return callsOf(sources, /\b(?:String|StringVar|StringP|StringVarP|\w*[eE]nv\w{0,200})\s*\(/g).flatMap(
    ({ file, args, at, last }): readonly Climbing[] => {
      const texts = args.map((arg) => textAt(file.lexed(), arg));
      const place = texts.findIndex((text) => text?.startsWith('../'));
      const path = posix.join(main.folder, texts[place] ?? '');
      const name = texts.slice(0, place).find((text) => text !== undefined && text !== '');
      if (place < 1 || name === undefined || path.startsWith('..') || !project.has(path)) return [];
      return [/[eE]nv/.test(last) ? { path, at, variable: name } : { path, at, flag: name }];
    },
  );
}

/** The paths that an argument names: a text, a name for one, or parts of one that are joined. */
function pathsOf(sources: Sources, file: Source, arg: Range): readonly string[] {
  const source = file.lexed();
  const joins = remember(source, 'joined paths', () => calls(source, /\b(?:filepath|path)\.Join\s*\(/g));
  const join = joins.find(({ from }) => from === trim(source, arg).from);
  if (join === undefined) {
    const { text } = worthIn(sources, file, arg);
    const inner = source.strings.filter(
      (one) => one.kind === 'text' && one.from >= arg.from && one.to <= arg.to,
    );
    return text === undefined ? inner.map((one) => one.text) : [text];
  }
  const parts = join.args.map((part) => {
    const { text, variable, flag } = worthIn(sources, file, part);
    // a variable without a default is nothing
    return text ?? ((variable ?? flag) ? '' : undefined);
  });
  return parts.includes(undefined) ? [] : [posix.join(...(parts as readonly string[]))];
}

/** A pattern of an embedded file system is no path of the disk: `template.ParseFS(files, "templates/*.html")`. */
function isRoute(before: string): boolean {
  return /\b(?:ParseFS|fs\.(?:Sub|ReadFile|Glob|ReadDir)|HandleFunc|Handle|GET|POST)\([^()\n]*$/.test(before);
}
