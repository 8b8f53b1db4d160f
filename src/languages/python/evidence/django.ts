import { posix } from 'node:path';
import { expressionEnd } from '../../../kit/ranges.ts';
import { functionAt, lineAt, textOf } from '../../../kit/syntax.ts';
import { worth, worthOf } from '../../../kit/worth.ts';
import { verbatim } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import type { Modules } from './modules.ts';
import { programOf } from './program.ts';

export interface Django {
  /** Folder of manage.py, from which everything is imported. */
  readonly root: string;
  readonly manage: string;
  /** `shop.settings`, and where that is said. */
  readonly settings: string;
  readonly from: string;
  /** The file of the settings; undefined: it is not in the project. */
  readonly file: string | undefined;
  /** Modules that servers are handed: `shop.wsgi`, `shop.asgi`. */
  readonly wsgi: string | undefined;
  readonly asgi: string | undefined;
}

/** Behind the name of the variable: `setdefault("…", here)`, `environ["…"] = here`. */
const GIVEN = /^["']?\s{0,9}(?:,|\]\s{0,9}=(?!=))\s{0,200}/;

/** The module that a file sets; where a variable decides between two, the one that holds without it. */
function settingsIn(project: Project, modules: Modules, path: string, root: string): string | undefined {
  const source = modules.source(path);
  const from = source.strings
    .filter(({ text }) => text === 'DJANGO_SETTINGS_MODULE')
    .flatMap(({ to }) => {
      const given = GIVEN.exec(source.code.slice(to, to + 240));
      return given === null ? [] : [to + given[0].length];
    })[0];
  if (from === undefined) return undefined;
  const program = programOf(project, modules, [path], [root]);
  const { text, places } = worth(program, source, { from, to: expressionEnd(source, from) });
  const said = text ?? places?.at(-1)?.text;
  return said !== undefined && /^\w+(?:\.\w+)*$/.test(said) ? said : undefined;
}

/** The project that a manage.py is of. The settings of a server's module count before those of manage.py, which develops. */
export function findDjango(project: Project, modules: Modules): readonly Django[] {
  const manages = modules.paths.filter(
    (path) =>
      posix.basename(path) === 'manage.py' &&
      /DJANGO_SETTINGS_MODULE|execute_from_command_line/.test(modules.text(path)),
  );
  return manages.flatMap((manage) => {
    const root = posix.dirname(manage);
    const below = modules.paths.filter((path) => root === '.' || path.startsWith(`${root}/`));
    const served = (name: string) =>
      below.filter(
        (path) =>
          new RegExp(`(^|/)${verbatim(name)}(/[\\w]+)?\\.py$`).test(path) &&
          (modules.text(path).includes(`get_${name}_application`) ||
            // https://channels.readthedocs.io/en/latest/deploying.html
            (name === 'asgi' &&
              /\bget_default_application\b|\bProtocolTypeRouter\b/.test(modules.text(path)))),
      );
    const [wsgi] = served('wsgi');
    const [asgi] = served('asgi');
    const said = [wsgi, asgi, manage].flatMap((path) => {
      const settings = path && settingsIn(project, modules, path, root);
      return path === undefined || settings === undefined ? [] : [{ path, settings }];
    });
    const { path: where, settings } = said[0] ?? {};
    if (where === undefined || settings === undefined) return [];
    const module = (path: string | undefined) =>
      path === undefined ? undefined : posix.relative(root, path).replace(/\.py$/, '').replaceAll('/', '.');
    const found = modules.find(settings, [root]);
    return {
      root,
      manage,
      settings,
      from: where,
      file: found?.endsWith('.py')
        ? found
        : project.isFile(`${found}/__init__.py`)
          ? `${found}/__init__.py`
          : undefined,
      wsgi: module(wsgi),
      asgi: module(asgi),
    };
  });
}

/** A variable that the settings read and that has no default: they do not load without it. */
export interface Demanded {
  readonly name: string;
  readonly at: string;
}

/** Calls by which settings demand a variable: `os.environ['X']`, decouple's `config('X')`, environ's `env('X')`. */
const DEMANDS = /\bos\.environ\s*\[|(?<![\w.])(?:config|env|environ\.Env\(\))(?:\.(\w+))?\s*\(/g;

/** Files that the settings consist of: the module itself, and what it takes in of the project. */
function settingsFiles(modules: Modules, django: Django): readonly string[] {
  return django.file === undefined ? [] : modules.reached([django.file], [django.root]);
}

export function demandedVariables(modules: Modules, django: Django): readonly Demanded[] {
  const found = new Map<string, Demanded>();
  for (const path of settingsFiles(modules, django)) {
    const source = modules.source(path);
    for (const match of source.code.matchAll(DEMANDS)) {
      const open = match.index + match[0].length - 1;
      const close = source.pairs.get(open);
      if (close === undefined) continue;
      const inside = source.code.slice(open + 1, close);
      const text = textOf(source, { from: open + 1, to: splitAt(inside, open + 1) });
      if (text === undefined || !/^[A-Za-z_]\w*$/.test(text)) continue;
      const written = /^\s*=(?!=)/.test(source.code.slice(close + 1, close + 12));
      const otherwise =
        match[0].endsWith('(') &&
        /,\s*(?:default\s*=|[^\s=]{1,200}\s*$|cast\s*=[^,]*,\s*default)/.test(inside);
      const hasDefault = otherwise && !/^[^,]*,\s*cast\s*=[^,]*$/.test(inside);
      if (written || hasDefault || functionAt(source, match.index) !== undefined) continue;
      if (!found.has(text)) found.set(text, { name: text, at: lineAt(source, match.index) });
    }
  }
  return [...found.values()];
}

const splitAt = (inside: string, from: number) => {
  const comma = inside.indexOf(',');
  return from + (comma < 0 ? inside.length : comma);
};

/** Where collectstatic puts files, and whether anything of the settings cannot be had in a build. */
export function staticRoot(
  project: Project,
  modules: Modules,
  django: Django,
): { readonly at: string; readonly folder: string | undefined } | undefined {
  for (const path of settingsFiles(modules, django)) {
    const source = modules.source(path);
    // django-configurations has its settings in classes
    const match = /^[ \t]{0,40}STATIC_ROOT\s*(?::[^=\n]+)?=\s*(.+)$/m.exec(source.code);
    if (match === null) continue;
    const end = match.index + match[0].length;
    const value = worthOf(programOf(project, modules, [path], [django.root]), source, 'STATIC_ROOT', [], end);
    const text = source.text.slice(match.index, end);
    const last = [...text.matchAll(/['"]([\w./-]+)['"]/g)].at(-1)?.[1];
    return { at: lineAt(source, match.index), folder: value.text ?? last };
  }
  return undefined;
}
