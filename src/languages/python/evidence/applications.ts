import type { FrameworkRow } from '../../../catalog/python/frameworks.ts';
import type { Source } from '../../../kit/dialect.ts';
import { functionAt, lineAt } from '../../../kit/syntax.ts';
import { verbatim } from '../../../project/data.ts';
import type { Modules } from './modules.ts';

/** An object that a server can be handed, or a function that makes one. */
export interface Application {
  readonly path: string;
  /** `app`, or `create_app` of a factory; with the member that a server takes: `app.server`. */
  readonly object: string;
  readonly factory: boolean;
  /** Parameters of a factory that have no default: no server can call it. */
  readonly demands: readonly string[];
  readonly framework: FrameworkRow;
  readonly at: string;
}

/** Files that people put an application into that is started. */
const ENTRY = /(^|\/)(main|app|asgi|wsgi|server|api|application|run|index|__init__|__main__)\.py$/;

/** Applications of the frameworks that a project depends on, in all of its files. */
export function findApplications(
  modules: Modules,
  frameworks: readonly FrameworkRow[],
): readonly Application[] {
  const rows = frameworks.filter(({ makes }) => makes.length > 0);
  const found = modules.paths.flatMap((path) => {
    const text = modules.text(path);
    const named = rows.filter(
      (row) => row.makes.some((name) => text.includes(`${name}(`)) && text.includes(row.module),
    );
    return named.flatMap((row) => madeIn(modules, path, row));
  });
  return distinct(wrapped(modules, found));
}

/** One that another file's is mounted into, or that is imported to be served under a second name, is not a second one. */
function distinct(found: readonly Application[]): readonly Application[] {
  const objects = found.filter(({ factory }) => !factory);
  // a factory is used where no object is made of it
  const files = new Set(objects.map(({ path }) => path));
  const kept = [...objects, ...found.filter(({ factory, path }) => factory && !files.has(path))];
  const entries = kept.filter(({ path, factory }) => ENTRY.test(path) || factory);
  return entries.length > 0 ? entries : kept;
}

function madeIn(modules: Modules, path: string, row: FrameworkRow): readonly Application[] {
  const source = modules.source(path);
  const makes = madeBy(modules, path, row);
  if (makes === undefined) return [];
  const found: Application[] = [];
  for (const match of source.code.matchAll(makes)) {
    const fn = functionAt(source, match.index);
    const at = lineAt(source, match.index);
    if (fn !== undefined) {
      if (!isFactory(source, fn.name)) continue;
      const demands = fn.parameters
        .filter(({ otherwise, name }) => otherwise === undefined && !/^\*/.test(name))
        .map(({ name }) => name);
      found.push({
        path,
        object: fn.name,
        factory: true,
        demands: demands.filter((name) => name !== 'self'),
        framework: row,
        at,
      });
      continue;
    }
    const before = source.code.slice(source.code.lastIndexOf('\n', match.index) + 1, match.index);
    // FastHTML hands over a pair, of which the application is the first
    const object = /^(\w+)\s*(?:,\s*\w+\s*)*(?::[^=]+)?=\s*(?:[\w.]+\.)?$/.exec(before)?.[1];
    if (object !== undefined && !isMounted(source, object))
      found.push({
        path,
        object: servedName(source, object, row),
        factory: false,
        demands: [],
        framework: row,
        at,
      });
  }
  return found;
}

/** `server` of `server = app.server`: not every server takes a member's name. Without one the object itself is called. */
function servedName(source: Source, object: string, { member }: FrameworkRow): string {
  if (member === undefined) return object;
  return (
    new RegExp(`^(\\w+)\\s*(?::[^=\\n]+)?=\\s*${verbatim(object)}\\.${verbatim(member)}\\b`, 'm').exec(
      source.code,
    )?.[1] ?? object
  );
}

/** The calls that make one in a file, by the names under which they are imported there. */
function madeBy(modules: Modules, path: string, row: FrameworkRow): RegExp | undefined {
  const names = modules.imports(path).flatMap((one) => {
    const [top] = one.module.split('.');
    if (top !== row.module && !(row.name === 'Flask' && /^(apiflask|flask_openapi3)$/.test(top ?? '')))
      return [];
    if (one.names.length === 0) return row.makes.map((name) => `${verbatim(one.as)}\\s*\\.\\s*${name}`);
    return one.names.flatMap(({ name, as }) =>
      name === '*' ? row.makes : row.makes.includes(name) ? [verbatim(as)] : [],
    );
  });
  return names.length === 0
    ? undefined
    : new RegExp(`(?<![\\w.])(?:${[...new Set(names)].join('|')})\\s*\\(`, 'g');
}

/** A function that makes an application and is called by nobody but a server: it returns something, and is a factory by name. */
function isFactory(source: Source, name: string): boolean {
  return (
    /^(create|make|get|build|init)_?\w*(app|application|server|api)\w{0,200}$|^(app|application)_?factory$/i.test(
      name,
    ) && source.code.includes('return')
  );
}

/** An application that is put below another one's path. */
function isMounted(source: Source, object: string): boolean {
  return new RegExp(`\\.(?:mount|mount_wsgi|register|add_app)\\s*\\([^()\\n]*\\b${verbatim(object)}\\b`).test(
    source.code,
  );
}

const CALLED = /^(\w+)\s*(?::[^=\n]+)?=\s*(?:[\w.]+\.)?(\w+)\s*\(/gm;

/** `app = create_app()` at the top of a file, and what wraps an application: `app = ASGIApp(sio, api)`. */
function wrapped(modules: Modules, made: readonly Application[]): readonly Application[] {
  const factories = new Map(made.filter(({ factory }) => factory).map((one) => [one.object, one]));
  if (factories.size === 0) return made;
  const called: Application[] = [];
  for (const path of modules.paths) {
    const text = modules.text(path);
    if (![...factories.keys()].some((name) => text.includes(`${name}(`))) continue;
    const source = modules.source(path);
    for (const match of source.code.matchAll(CALLED)) {
      const factory = factories.get(match[2] ?? '');
      if (factory === undefined || functionAt(source, match.index) !== undefined) continue;
      called.push({
        ...factory,
        path,
        object: servedName(source, match[1] ?? 'app', factory.framework),
        factory: false,
        demands: [],
        at: lineAt(source, match.index),
      });
    }
  }
  // what a file makes of a factory stands for it
  return called.length > 0 ? [...made.filter(({ factory }) => !factory), ...called] : made;
}

/** Whether a module has an object at its top, or takes it out of another. */
export function defines(modules: Modules, path: string, object: string): boolean {
  const source = modules.source(path);
  const [name = ''] = object.replace(/\(.*$/s, '').split('.');
  const own = new RegExp(
    `^(?:async[ \\t]{1,20})?(?:def|class)[ \\t]{1,20}${verbatim(name)}\\b|^[ \\t]{0,200}(?:[\\w, ]{1,200},[ \\t]{0,20})?${verbatim(name)}[ \\t]{0,20}(?:,[\\w, ]{1,200})?(?::[^=\\n]{1,200})?=(?!=)`,
    'm',
  );
  return (
    own.test(source.code) ||
    modules.imports(path).some((one) => one.names.some(({ as }) => as === name || as === '*'))
  );
}
