import { parseEnv } from 'node:util';
import picomatch from 'picomatch';
import { SECRET } from '../../../../kit/env-file.ts';
import type { Project } from '../../../../project/project.ts';

/** What a committed file of variables gives to the image, and the names of what is for nobody's eyes. */
export interface Shipped {
  readonly env: Readonly<Record<string, string>>;
  readonly withheld: readonly string[];
}

/** A password in an address: `postgres://app:secret@db`. */
const CREDENTIALS = /:\/\/[^/\s@]*:[^/\s@]+@/;

/**
 * The variables of the files that a start command names. A file that git ignores, and `.env` itself, is the one of
 * whoever develops: what it says comes with `docker run`.
 */
export function shippedVariables(project: Project, paths: readonly string[]): Shipped {
  const env: Record<string, string> = {};
  const withheld = new Set<string>();
  for (const path of paths.map((one) => one.replace(/^\.\//, ''))) {
    if (/(^|\/)\.env(\.local)?$|\.local$/.test(path) || ignored(project, path)) continue;
    for (const [name, value = ''] of Object.entries(parseEnv(project.read(path) ?? ''))) {
      const secret = SECRET.test(name) || CREDENTIALS.test(value);
      if (secret) withheld.add(`${path} → ${name}`);
      else if (!(name in env) && /^\w+$/.test(name) && !/[\n\r]/.test(value)) env[name] = value;
    }
  }
  return { env, withheld: [...withheld] };
}

/** A rough reading of .gitignore: the last pattern that matches decides. */
function ignored(project: Project, path: string): boolean {
  const name = path.split('/').at(-1) ?? path;
  return (project.context.read('.gitignore') ?? '').split('\n').reduce((before, line) => {
    const [, not, pattern = ''] = /^\s*(!?)\/?([^#\s][^\s]*?)\/?\s*$/.exec(line) ?? [];
    const matches = pattern !== '' && [path, name].some((one) => picomatch(pattern, { dot: true })(one));
    return matches ? not !== '!' : before;
  }, false);
}
