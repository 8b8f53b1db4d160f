import { posix } from 'node:path';
import * as semver from '../../../plan/semver.ts';
import { remember } from '../../../project/remember.ts';
import { flagValue } from '../evidence/commands.ts';
import { withoutComments } from '../evidence/comments.ts';
import type { Manifest } from '../evidence/manifest.ts';
import { evaluate } from './expression.ts';
import type { Hashed, Sight } from './framework.ts';

/** An option as it stands in a file of code, which is read and never run. */
export type Option =
  /** `rooted`: a path from the project's folder, whatever the tool takes others from. */
  | { readonly value: string; readonly at: string; readonly rooted?: true }
  | { readonly code: string; readonly at: string };

/** An option's value where it is written out. */
export function literal(found: Option | undefined): string | undefined {
  return found !== undefined && 'value' in found ? found.value : undefined;
}

/** What a configuration object is written behind. */
const BEFORE = /(?:export\s+default|module\.exports\s*=|\breturn|=>|=|\b\w+\()\s*\(?\s{0,200}$/;

/** The files that hold a framework's configuration, without their comments. */
export function configs({ project }: Sight, pattern: string): readonly { path: string; text: string }[] {
  return remember(project, `configuration in ${pattern}`, () =>
    project.find([pattern]).map((path) => ({ path, text: withoutComments(project.read(path) ?? '') })),
  );
}

/** An option by its path (`build.outDir`) in the first object of a configuration that has it. */
export function option(sight: Sight, pattern: string, path: string): Option | undefined {
  for (const file of configs(sight, pattern)) {
    for (const match of file.text.matchAll(/\{/g)) {
      if (!BEFORE.test(file.text.slice(Math.max(0, match.index - 60), match.index))) continue;
      const found = within(file.text, match.index, path.split('.'));
      if (found !== undefined) return optionOf(sight, file, found);
    }
  }
  return undefined;
}

/** An option of the object that a function is called with: `adapter({ pages: 'out' })`. */
export function argument(sight: Sight, pattern: string, callee: RegExp, name: string): Option | undefined {
  for (const file of configs(sight, pattern)) {
    const call = new RegExp(`\\b${callee.source}\\(\\s*\\{`).exec(file.text);
    const found = call && within(file.text, call.index + call[0].length - 1, [name]);
    if (found) return optionOf(sight, file, found);
  }
  return undefined;
}

/** Whether some configuration file says this. */
export function says(sight: Sight, pattern: string, what: RegExp): boolean {
  return configs(sight, pattern).some(({ text }) => what.test(text));
}

export function has({ manifest }: Sight, ...names: readonly string[]): boolean {
  return names.some((name) => name in manifest.dependencies || name in manifest.devDependencies);
}

/** Whether the oldest version that package.json takes of a package comes before another; what names no version does not. */
export function isBefore(manifest: Manifest, name: string, version: string): boolean {
  const range = { ...manifest.devDependencies, ...manifest.dependencies }[name];
  const lowest =
    range === undefined || range === '*' || semver.validRange(range) === null
      ? null
      : semver.minVersion(range);
  return lowest !== null && semver.lt(lowest, version);
}

/** The value of a flag of the build command, else of an option that is written out, else the default. */
export function setting(
  sight: Sight,
  flags: readonly string[],
  found: Option | undefined,
  otherwise: string,
): { readonly value: string; readonly rooted?: true } | { readonly because: string } {
  const typed = flagValue(sight.words, ...flags);
  if (typed !== undefined) return { value: typed };
  if (found === undefined) return { value: otherwise };
  return 'value' in found ? found : { because: `${found.at} is computed when it builds.` };
}

/** A path under which a site is served: `shop`, `/shop`, `./` and a whole address all become a path with slashes. */
export function basePath(text: string): string {
  const path = /^https?:\/\/[^/]+(.*)$/.exec(text)?.[1] ?? text;
  const clean = posix.normalize(`/${path}/`).replace(/\/+/g, '/');
  return /^(?:\.|\.\.)?\/?$/.test(path) ? '/' : clean;
}

/**
 * A folder of hashed files, unless the project puts files of its own there: what stands in `public` is copied with its
 * names as they are.
 */
export function hashedFolder({ project }: Sight, folder: string, publics = 'public'): readonly Hashed[] {
  const clean = posix.normalize(folder).replace(/^\/|\/$/g, '');
  return clean === '.' || clean === '' || project.has(posix.join(publics, clean)) ? [] : [{ folder: clean }];
}

/** Undefined: what is computed says nothing in the end. */
function optionOf(
  { env, words }: Sight,
  file: { path: string; text: string },
  { name, code }: { name: string; code: string },
): Option | undefined {
  const at = `${file.path} → ${name}`;
  const found = evaluate(code, { ...file, env, mode: flagValue(words, '--mode', '-m') ?? 'production' });
  if (found === 'none') return undefined;
  return found === undefined ? { code, at } : { ...found, at };
}

/** The code behind a property, step by step into the objects that begin at a position. */
function within(
  text: string,
  at: number,
  path: readonly string[],
): { name: string; code: string } | undefined {
  const [name = '', ...rest] = path;
  let depth = 0;
  let key = at + 1;
  for (const token of text
    .slice(at)
    .matchAll(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`[^`]*`|[{}()[\],]/g)) {
    const index = at + token.index;
    if ('{(['.includes(token[0])) depth++;
    const ends = depth === 1 && '},'.includes(token[0]);
    if (ends) {
      const found = /^\s*['"]?([\w$]+)['"]?\s*(?::([\s\S]*))?$/.exec(text.slice(key, index));
      if (found?.[1] === name) {
        const code = (found[2] ?? name).trim();
        if (rest.length === 0) return { name, code };
        const inner = code.startsWith('{') ? within(text, text.indexOf('{', key), rest) : undefined;
        return inner && { name: `${name}.${inner.name}`, code: inner.code };
      }
      key = index + 1;
    }
    if ('})]'.includes(token[0]) && --depth === 0) return undefined;
  }
  return undefined;
}
