import { UserError } from '../errors.ts';

/** A path that needs no quoting in any instruction, mount or shell, and stays inside the project. */
const PLAIN_PATH = /^(?!\/)(?!.*(^|\/)\.\.(\/|$))[\w.@+/-]+$/;

/**
 * A path of the project as it stands in COPY and in mounts. Dockerfile flags have no quoting that every builder reads
 * alike, so an unusual name is refused, not escaped. `where` says which file named it.
 */
export function pathWord(path: string, where: string): string {
  const clean = path.replace(/^\.\//, '').replace(/(.)\/{1,200}$/, '$1');
  if (!PLAIN_PATH.test(clean) || clean.startsWith('-'))
    throw new UserError({ kind: 'unsafePath', path, where });
  return clean;
}

/** One word of a POSIX shell command. */
export function shellWord(text: string): string {
  return /^[\w.@+=:,/-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;
}

/** A value on the right of `ENV name=`. */
export function envValue(text: string): string {
  return /^[\w.@+:,/-]+$/.test(text) ? text : `"${text.replace(/[\\"$]/g, '\\$&')}"`;
}

/** A name on the left of `ENV name=`, which has no quoting: another one is refused. Spring's have dots and dashes. */
export function variableWord(name: string): string {
  if (/^[A-Za-z_][\w.-]*$/.test(name)) return name;
  const message = `${JSON.stringify(name.slice(0, 120))} is no name of a variable of the environment.`;
  throw new UserError({ kind: 'refused', message, fix: 'Rename it where the program reads it.' });
}
