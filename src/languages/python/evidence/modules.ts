import { posix } from 'node:path';
import type { Source } from '../../../kit/dialect.ts';
import { lineAt, scan } from '../../../kit/syntax.ts';
import type { Project } from '../../../project/project.ts';
import { remembered } from '../../../project/remember.ts';
import { PYTHON } from '../dialect.ts';

/** One import of a file. */
interface Import {
  /** `a.b`; with the dots of a relative one in front. */
  readonly module: string;
  /** Names taken out of it, each with what it is called here; empty: the module itself. */
  readonly names: readonly { readonly name: string; readonly as: string }[];
  /** What the module is called here, where it is imported as a whole. */
  readonly as: string;
  readonly at: string;
  /** In a function, an attempt, or for a type checker alone: it may be missing. */
  readonly guarded: boolean;
  /** For a type checker alone. */
  readonly typing: boolean;
}

/** The Python files of a project: read, lexed and resolved once each, and only when they are asked for. */
export interface Modules {
  /** Paths of all that is no test, example or document. */
  readonly paths: readonly string[];
  text(path: string): string;
  source(path: string): Source;
  imports(path: string): readonly Import[];
  /** The file of a module as it is imported from one of these folders. */
  find(module: string, roots: readonly string[]): string | undefined;
  /** The file that an import of a file means; a name may be a module of it. */
  resolve(from: string, one: Import, name: string | undefined, roots: readonly string[]): string | undefined;
  /** A dotted name as its module has it: `sq.connect` of `import sqlite3 as sq` is `sqlite3.connect`. */
  qualified(path: string, name: string): string;
  /** All files that are reached from these, up to a number. */
  reached(entries: readonly string[], roots: readonly string[], most?: number): readonly string[];
}

/** Folders whose files are not what ships: read for nothing, but when one is named. */
const APART =
  /(^|\/)((?:tests?|e2e)(?:[-_][\w-]{1,40})?|testing|docs?|examples?|samples?|notebooks?|benchmarks?|migrations|site-packages|node_modules|dist|build|env|\.?venv|\.[\w.-]+|fixtures|cookiecutter\b[^/]*|\{\{[^/]*)\//;
const NO_MODULE = /(^|\/)(conftest|noxfile|fabfile|test_\w*|\w*_tests?|tests)\.py$/;
/** A module may be called setup too, where it does not build the project. */
const BUILDS = /(^|\/)setup\.py$/;
const READ_LIMIT = 1024 * 1024;

export function modulesOf(project: Project): Modules {
  const all = project.find('**/*.py');
  const text = remembered((path) => project.read(path, READ_LIMIT) ?? '');
  const builds = (path: string) => BUILDS.test(path) && /\b(?:setuptools|distutils)\b/.test(text(path));
  const paths = all.filter((path) => !APART.test(path) && !NO_MODULE.test(path) && !builds(path));
  const source = remembered((path) => scan(path, text(path), PYTHON));
  const imports = remembered((path) => importsOf(source(path)));
  // a package stands before a file of its name
  const fileOf = (stem: string) =>
    [`${stem}/__init__.py`, `${stem}.py`].find((path) => project.isFile(path)) ??
    (project.isFolder(stem) ? stem : undefined);
  const below = remembered((key) => {
    const [module = '', ...roots] = key.split('\0');
    return roots.reduce<string | undefined>(
      (known, root) => known ?? fileOf(posix.join(root, module.replaceAll('.', '/'))),
      undefined,
    );
  });
  const find = (module: string, roots: readonly string[]) => below([module, ...roots].join('\0'));
  const resolve = (from: string, one: Import, name: string | undefined, roots: readonly string[]) => {
    const [, dots = '', rest = ''] = /^(\.*)(.*)/.exec(one.module) ?? [];
    const inner = [...(rest === '' ? [] : rest.split('.')), ...(name === undefined ? [] : [name])].join('.');
    if (dots === '') return inner === '' ? undefined : find(inner, roots);
    const base = posix.normalize(posix.join(posix.dirname(from), '../'.repeat(dots.length - 1)));
    return base.startsWith('..') ? undefined : inner === '' ? fileOf(base) : find(inner, [base]);
  };
  const reached = (entries: readonly string[], roots: readonly string[], most = 5000) => {
    const found = new Set<string>();
    const open = entries.filter((path) => project.isFile(path));
    for (let path = open.pop(); path !== undefined && found.size < most; path = open.pop()) {
      if (found.has(path)) continue;
      found.add(path);
      for (const one of imports(path)) {
        if (one.typing) continue;
        const targets = [undefined, ...one.names.map(({ name }) => name)].map((name) =>
          resolve(path, one, name, roots),
        );
        open.push(...targets.flatMap((target) => (target?.endsWith('.py') ? [target] : [])));
      }
    }
    return [...found];
  };
  const qualified = (path: string, name: string) => qualifiedBy(imports(path), name);
  return { paths, text, source, imports, find, resolve, qualified, reached };
}

function qualifiedBy(imports: readonly Import[], name: string): string {
  const [head = '', ...rest] = name.split('.');
  for (const one of imports) {
    const whole = one.names.length === 0 && one.as === head ? one.module : undefined;
    const taken = one.names.find(({ as }) => as === head);
    if (whole !== undefined || taken !== undefined)
      return [whole ?? `${one.module}.${taken?.name}`, ...rest].join('.');
  }
  return name;
}

const STATEMENT =
  /^([ \t]*)(?:from[ \t]+(?![ \t])(\.*(?!\.)[ \t]*(?![ \t])[\w.]*)[ \t]+import[ \t]*(\([^()]*\)|[^\n;#]*)|import[ \t]+([^\n;#]+))/gm;

function importsOf(source: Source): readonly Import[] {
  const found: Import[] = [];
  for (const match of source.code.matchAll(STATEMENT)) {
    const [, indent = '', from, list = '', whole] = match;
    const at = lineAt(source, match.index + indent.length);
    const head = indent === '' ? '' : headOf(source.code, match.index, indent.length);
    const guarded = indent !== '';
    const typing = /\bTYPE_CHECKING\b/.test(head);
    if (whole !== undefined) {
      for (const part of namesIn(whole))
        found.push({ module: part.name, names: [], as: part.as, at, guarded, typing });
      continue;
    }
    const module = (from ?? '').replace(/\s/g, '');
    if (module !== '') found.push({ module, names: namesIn(list), as: '', at, guarded, typing });
  }
  return found;
}

function namesIn(list: string): readonly { readonly name: string; readonly as: string }[] {
  return list
    .replace(/[()\\]/g, ' ')
    .split(',')
    .flatMap((part) => {
      const [, name, as] = /^\s*([\w.]+|\*)(?:\s+as\s+(\w+))?\s*$/.exec(part) ?? [];
      return name === undefined ? [] : [{ name, as: as ?? name }];
    });
}

/** The line that opens the block of an indented one. */
function headOf(code: string, at: number, indent: number): string {
  for (let end = at - 1; end > 0; ) {
    const begin = code.lastIndexOf('\n', end - 1) + 1;
    const line = code.slice(begin, end);
    if (line.trim() !== '' && line.search(/\S/) < indent) return line;
    end = begin - 1;
  }
  return '';
}

/** `app/main.py` below `.` is `app.main`. */
export function moduleOf(path: string, root: string): string {
  const inner = root === '.' ? path : path.slice(root.length + 1);
  return inner
    .replace(/(^|\/)__init__\.py$/, '')
    .replace(/\.py$/, '')
    .replaceAll('/', '.');
}

/**
 * The folder from which a file is imported: the one that most of its own absolute imports are found in; above all packages
 * around it where they say nothing.
 */
export function rootOf(project: Project, modules: Modules, path: string): string {
  const folders: string[] = [];
  for (let at = posix.dirname(path); ; at = posix.dirname(at)) {
    folders.unshift(at);
    if (at === '.') break;
  }
  const files = modules.reached([path], folders, 40);
  const absolute = files
    .flatMap((file) => modules.imports(file))
    .filter(({ module }) => !module.startsWith('.'));
  const isPackage = (folder: string) => folder !== '.' && project.isFile(`${folder}/__init__.py`);
  const scored = folders
    .filter((folder) => !isPackage(folder))
    .map((folder) => ({
      folder,
      score: new Set(
        absolute
          .filter((one) => modules.find(one.module.split('.')[0] ?? '', [folder]) !== undefined)
          .map((one) => one.module),
      ).size,
    }));
  const most = Math.max(0, ...scored.map(({ score }) => score));
  const best = scored.filter(({ score }) => score === most);
  // a folder called src holds packages and is none
  const source = best.find(({ folder }) => /(^|\/)(src|lib)$/.test(folder));
  return (most === 0 && source !== undefined ? source : best[0])?.folder ?? '.';
}
