import type { Plan } from '../../../plan/plan.ts';
import type { Project } from '../../../project/project.ts';
import { lockfileOf, MANAGERS } from './lock/package-managers.ts';

/** What a private registry needs at build time. Nothing of it is ever in a layer. */
export interface Registry {
  readonly secrets: Plan['secrets'];
  /** Mounts of the installing step. */
  readonly mounts: readonly string[];
  /** Files that hold a secret themselves: mounted as one, and kept out of the context. */
  readonly secretFiles: readonly string[];
}

/** Keys of .npmrc and .yarnrc.yml whose value lets somebody in. */
const CREDENTIAL =
  /(_authToken|_auth|_password|npmAuthToken|npmAuthIdent|authToken|token|password|\bkey)\s*(?!\s)["']?\s*(?!\s)[=:]\s*(?!\s)["']?(\S.*)$/i;
/** A key of Yarn 1's own file has no sign before its value: `"//host/:_authToken" secret`. */
const YARN_1 = /:_(?:authToken|auth|password)["']?[^\S\n]{1,40}["']?([^\s"'=:][^\n]*)$/i;
/** A user and a password in an address: `https://user:pass@host`. */
const INSIDE = /:\/\/[^\s/:@$]{1,200}:[^\s/@$]{1,200}@/;
const VARIABLE = /\$\{([A-Za-z_]\w*)([-:?][^}]{0,200})?\}/g;
/** Where each of these files is read for the user root, when it is mounted as a secret. */
const FILES = ['.npmrc', '.yarnrc.yml', '.yarnrc', 'bunfig.toml'] as const;

/** A registry that is not the public one: who may read it is often said in the user's own .npmrc. */
const PRIVATE =
  /^[^\S\n]*(?:@[\w.-]+:)?(?:registry|npmRegistryServer)\s*[=:]\s*["']?https?:\/\/(?![\w.-]*\b(?:npmjs|yarnpkg)\.)/m;

/** Hosts that answer everybody: registries, their mirrors, and archives of public repositories. */
const PUBLIC =
  /^(?:registry\.npmjs\.org|registry\.yarnpkg\.com|registry\.npmmirror\.com|registry\.npm\.taobao\.org|registry\.nlark\.com|cdn\.npmmirror\.com|mirrors?\.[\w.-]+|npm\.jsr\.io|codeload\.github\.com|github\.com|gitlab\.com|bitbucket\.org|pkg\.pr\.new|cdn\.sheetjs\.com|localhost)$/;
/** Where a lock file has an archive from, by each package manager's word for it. */
const RESOLVED =
  /(?:"resolved":\s*"|\bresolved\s+"|\btarball:\s*|__archiveUrl=)https?(?::\/\/|%3A%2F%2F)([\w.-]+)/g;

/** Whether a lock file fetches archives of a host that may ask who is there. */
function lockedElsewhere(project: Project): boolean {
  return MANAGERS.some((name) => {
    const file = lockfileOf(project, name);
    const text = file === undefined || file === 'bun.lockb' ? '' : (project.read(file) ?? '');
    return [...text.matchAll(RESOLVED)].some(([, host = '']) => !PUBLIC.test(host));
  });
}

/**
 * `${NPM_TOKEN}` in .npmrc is a secret by that name; a token written out makes the file itself the secret; a private
 * registry without either may take the user's own .npmrc.
 */
export function registryOf(project: Project): Registry {
  const variables = new Map<string, boolean>();
  const secretFiles: string[] = [];
  for (const file of FILES) {
    for (const line of (project.read(file) ?? '').split('\n')) {
      if (/^\s*[#;]/.test(line)) continue;
      for (const [, name = '', otherwise] of line.matchAll(VARIABLE))
        variables.set(name, otherwise === undefined);
      const value = CREDENTIAL.exec(line)?.[2] ?? YARN_1.exec(line)?.[1];
      const written = (value !== undefined && !/^\$|\$\{/.test(value)) || INSIDE.test(line);
      if (written && !secretFiles.includes(file)) secretFiles.push(file);
    }
  }
  const env = [...variables.keys()].map((name) => ({ id: name, from: 'env' as const, source: name }));
  const files = secretFiles.map((path) => ({
    id: path.replace(/^\./, ''),
    from: 'file' as const,
    source: path,
  }));
  const open =
    env.length === 0 &&
    files.length === 0 &&
    (FILES.some((f) => PRIVATE.test(project.read(f) ?? '')) || lockedElsewhere(project));
  const own = open ? [{ id: 'npmrc', from: 'file' as const, source: '~/.npmrc' }] : [];
  return {
    secrets: [...env, ...files, ...own],
    mounts: [
      ...env.map(({ id }) => `type=secret,id=${id},env=${id}${variables.get(id) ? ',required=true' : ''}`),
      ...files.map(({ id, source }) => `type=secret,id=${id},target=/app/${source},required=true`),
      ...own.map(({ id }) => `type=secret,id=${id},target=/root/.npmrc`),
    ],
    secretFiles,
  };
}
