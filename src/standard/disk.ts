import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { UserError } from '../errors.ts';
import { TEMPLATES } from '../folder.ts';

/** A template, a certificate: a page or a few. */
const FILE_LIMIT = 256 * 1024;
/** A standard has some dozens of files; deeper or wider, it is something else. */
const MANY = 500;
const DEEP = 4;

/** A text below a folder; undefined: there is none. What leads out of the folder, or is too large, is refused by name. */
export function readWithin(folder: string, path: string, shown: string): string | undefined {
  const refuse = (why: string) =>
    new UserError({
      kind: 'refused',
      message: `${shown} cannot take ${JSON.stringify(path.slice(0, 200))}: ${why}.`,
      fix: 'Name a file beside the configuration.',
    });
  if (isAbsolute(path) || path.includes('\0') || path.includes('\\') || path.split('/').includes('..'))
    throw refuse('it leads out of its folder');
  const full = join(folder, path);
  if (lstatSync(full, { throwIfNoEntry: false }) === undefined) return undefined;
  const real = realpathOf(full);
  const inside = real === undefined ? '..' : relative(realpathSync.native(folder), real);
  if (real === undefined || inside.split(sep)[0] === '..' || isAbsolute(inside))
    throw refuse('it is a link that leads out of its folder');
  const stat = statSync(real);
  if (!stat.isFile()) throw refuse('it is no file');
  if (stat.size > FILE_LIMIT) throw refuse(`it has more than ${FILE_LIMIT / 1024} KiB`);
  return readFileSync(real, 'utf8')
    .replace(/^\uFEFF/, '')
    .replace(/\r\n/g, '\n');
}

function realpathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

/** Paths of the templates below a folder, without their ending, sorted. */
export function templatesIn(folder: string, shown: string): readonly string[] {
  const found: string[] = [];
  const walk = (at: string, depth: number): void => {
    for (const entry of entriesOf(join(folder, at))) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory() && depth < DEEP) walk(path, depth + 1);
      else if (entry.name.endsWith('.hbs')) found.push(path.slice(0, -4));
      if (found.length > MANY)
        throw new UserError({
          kind: 'refused',
          message: `${shown} has more than ${MANY} templates.`,
          fix: '',
        });
    }
  };
  walk('', 1);
  return found.sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Our own templates by name. */
export function ownTemplates(): readonly string[] {
  return templatesIn(TEMPLATES, 'create-dockerfile');
}

export function ownTemplate(name: string): string {
  return readFileSync(join(TEMPLATES, `${name}.hbs`), 'utf8');
}

export function isFolderAt(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether a folder lies in another, wherever links lead. */
export function isInside(outer: string, inner: string): boolean {
  const [from, to] = [realpathOf(outer), realpathOf(inner)];
  if (from === undefined || to === undefined) return false;
  const path = relative(from, to);
  return path === '' || (path.split(sep)[0] !== '..' && !isAbsolute(path));
}

/** A package that is installed in a folder or above it: its project's own lock file pins that. */
export function installedAt(folder: string, name: string): string | undefined {
  if (!/^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/.test(name)) return undefined;
  for (let at = folder; ; at = dirname(at)) {
    const place = join(at, 'node_modules', name);
    if (isFolderAt(place)) return place;
    if (at === dirname(at) || lstatSync(join(at, '.git'), { throwIfNoEntry: false }) !== undefined)
      return undefined;
  }
}
