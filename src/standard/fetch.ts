import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../errors.ts';
import { pathOutside, programOutside } from '../project/program.ts';
import { cached, type Kept, sizeOf, store, temporary, textAt } from './cache.ts';

/** Where a standard is fetched from. */
export type Origin =
  | { readonly by: 'git'; readonly url: string; readonly ref: string }
  | { readonly by: 'npm'; readonly name: string };

/** What was fetched, as the lock file pins it. */
export interface Pin {
  /** The commit, or the version of a package. */
  readonly revision: string;
  /** Of all its files. */
  readonly checksum: string;
}

/** A text of a standard, by its path. */
export type Texts = ReadonlyMap<string, string>;

const SECONDS = 60;
/** Somebody behind a slow line gives it more. */
function limitOf({
  CREATE_DOCKERFILE_FETCH_TIMEOUT: seconds,
}: Readonly<Record<string, string | undefined>>): number {
  return Number(seconds) > 0 ? Number(seconds) : SECONDS;
}

/** What is fetched, what one of its files may have, how many there are, and all of them together. */
const FETCHED = 64 * 1024 * 1024;
const FILE = 256 * 1024;
const FILES = 500;
const ALL = 8 * 1024 * 1024;

const HOSTS: Readonly<Record<string, string>> = {
  github: 'https://github.com',
  gitlab: 'https://gitlab.com',
  bitbucket: 'https://bitbucket.org',
};

/** What a name says; undefined: nothing that can be fetched. */
export function originOf(name: string): Origin | undefined {
  const [, host = '', path, short] =
    /^(github|gitlab|bitbucket):([\w.-]+(?:\/[\w.-]+)+)(?:#(.+))?$/.exec(name) ?? [];
  if (path !== undefined) return git(`${HOSTS[host]}/${path.replace(/\.git$/, '')}.git`, short);
  const [, url, ref] = /^git\+((?:ssh|https|file):\/\/[\w/][\w.@:/~+-]*)(?:#(.+))?$/.exec(name) ?? [];
  if (url !== undefined) return git(url, ref);
  return /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(?:@[\w.^~*-]+)?$/.test(name)
    ? { by: 'npm', name }
    : undefined;
}

function git(url: string, ref = 'HEAD'): Origin | undefined {
  // a ref is no option, and no range of refs
  return /^[\w][\w./-]*$/.test(ref) && !ref.includes('..') ? { by: 'git', url, ref } : undefined;
}

/** The folder of a standard: from the cache where it is pinned, else fetched. A pin that does not fit is refused. */
export async function fetched(
  name: string,
  origin: Origin,
  pin: Pin | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly folder: string; readonly pin: Pin }> {
  const key = (revision: string) =>
    digest(`${origin.by} ${name.replace(/#.*/, '')} ${revision}`).slice(0, 40);
  if (pin !== undefined) {
    const kept = cached(key(pin.revision), environment);
    if (kept !== undefined && checksumOf(kept.texts) === pin.checksum) return { folder: kept.folder, pin };
  }
  const { revision, texts } =
    origin.by === 'git'
      ? await byGit(name, origin, pin, limitOf(environment))
      : await byNpm(name, origin, pin, limitOf(environment));
  const checksum = checksumOf(texts);
  if (pin !== undefined && (pin.checksum !== checksum || pin.revision !== revision))
    throw refused(
      `${JSON.stringify(name)} is not what the lock file pins: ${revision}, not ${pin.revision}`,
      'If that is meant, move it with --update.',
    );
  const { folder }: Kept = store(key(revision), texts, environment);
  return { folder, pin: { revision, checksum } };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function checksumOf(texts: Texts): string {
  const lines = [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => `${path} ${digest(text)}`);
  return `sha256:${digest(lines.join('\n'))}`;
}

function refused(message: string, fix = ''): UserError {
  return new UserError({ kind: 'refused', message: `${message}.`, fix });
}

interface Got {
  readonly revision: string;
  readonly texts: Texts;
}

/** Nothing of a repository runs here: no hooks, no filters, no submodules, no helpers of a protocol. */
const HARDENED = [
  ...[
    'core.hooksPath=/dev/null',
    'core.fsmonitor=false',
    'submodule.recurse=false',
    'protocol.ext.allow=never',
  ],
  ...['transfer.fsckObjects=true', 'fetch.recurseSubmodules=false', 'gc.auto=0'],
].flatMap((one) => ['-c', one]);

async function byGit(
  name: string,
  { url, ref }: Origin & { by: 'git' },
  pin: Pin | undefined,
  seconds: number,
): Promise<Got> {
  const { folder, remove } = temporary();
  try {
    const run = runner('git', folder, name, seconds);
    await run(['init', '--quiet', '--bare', '.']);
    const want = async (what: string) => {
      const options = ['--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules'];
      await run([...HARDENED, 'fetch', ...options, '--', url, what]);
      return (
        await run([...HARDENED, 'rev-parse', '--verify', '--end-of-options', 'FETCH_HEAD^{commit}'])
      ).trim();
    };
    // not every server gives out a commit by its name
    const revision =
      pin === undefined ? await want(ref) : await want(pin.revision).catch(async () => await want(ref));
    const listed = await run([...HARDENED, 'ls-tree', '-r', '-z', '--long', revision]);
    const entries = listed.split('\0').flatMap((line) => {
      const [, mode, id, size, path] = /^(\d+) blob ([0-9a-f]+) +(\d+)\t([\s\S]+)$/.exec(line) ?? [];
      return id && path && mode !== '120000' && Number(size) <= FILE && isTaken(path) ? [{ id, path }] : [];
    });
    assertFew(entries.length, name);
    const texts = new Map<string, string>();
    for (const { id, path } of entries) texts.set(path, await run([...HARDENED, 'cat-file', 'blob', id]));
    return { revision, texts: bounded(texts, name) };
  } finally {
    remove();
  }
}

async function byNpm(
  name: string,
  { name: spec }: Origin & { by: 'npm' },
  pin: Pin | undefined,
  seconds: number,
): Promise<Got> {
  const { folder, remove } = temporary();
  try {
    const bare = spec.replace(/(.)@.*$/, '$1');
    const wanted = pin === undefined ? spec : `${bare}@${pin.revision}`;
    const run = runner('npm', folder, name, seconds);
    const out = await run(['pack', wanted, '--json', '--ignore-scripts', '--pack-destination', folder]);
    const [packed] = JSON.parse(out) as { version: string; filename: string }[];
    const file =
      packed === undefined ? undefined : textAt(folder, packed.filename.replace(/^@/, '').replace('/', '-'));
    if (packed === undefined || file === undefined)
      throw refused(`${JSON.stringify(name)} cannot be fetched`);
    const { parseTar } = await import('nanotar');
    const files = parseTar(gunzipSync(file, { maxOutputLength: FETCHED }));
    const texts = new Map<string, string>();
    for (const { name: full, type, data } of files) {
      // everything of a package lies in one folder of its tarball
      const path = full.split('/').slice(1).join('/');
      if (type !== 'file' || data === undefined || data.length > FILE || !isTaken(path)) continue;
      texts.set(path, Buffer.from(data).toString('utf8'));
    }
    assertFew(texts.size, name);
    return { revision: packed.version, texts: bounded(texts, name) };
  } finally {
    remove();
  }
}

/** What a standard can consist of: its configuration, its templates, and certificates. */
function isTaken(path: string): boolean {
  const clean = posix.normalize(path) === path && !posix.isAbsolute(path) && !/[\0\\]/.test(path);
  const parts = path.split('/');
  if (!clean || parts.some((part) => part === '..' || part === '' || part.toLowerCase() === '.git'))
    return false;
  return /(^|\/)(create-dockerfile\.(ya?ml|json|toml)|package\.json|pyproject\.toml)$|\.(hbs|pem|crt|cer)$/.test(
    path,
  );
}

function assertFew(count: number, name: string): void {
  if (count > FILES) throw refused(`${JSON.stringify(name)} has more than ${FILES} files of a standard`);
}

function bounded(texts: Texts, name: string): Texts {
  const all = [...texts.values()].reduce((sum, text) => sum + text.length, 0);
  if (all > ALL) throw refused(`${JSON.stringify(name)} has more than ${ALL / 1024 / 1024} MiB of text`);
  return texts;
}

/** Runs a program for at most a minute, and as long as what it fetches stays small. Nobody is asked for a password. */
function runner(program: 'git' | 'npm', folder: string, name: string, seconds: number) {
  return async (args: readonly string[]): Promise<string> => {
    const place = programOutside(program);
    if (place === undefined)
      throw refused(`${JSON.stringify(name)} cannot be fetched: there is no ${program} here`);
    const { execa } = await import('execa');
    let large = false;
    const child = execa(place, args, {
      cwd: folder,
      stdin: 'ignore',
      maxBuffer: FETCHED,
      stripFinalNewline: false,
      env: {
        PATH: pathOutside(),
        GIT_TERMINAL_PROMPT: '0',
        GIT_LFS_SKIP_SMUDGE: '1',
        GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
        GCM_INTERACTIVE: 'never',
        GIT_ASKPASS: 'true',
      },
    });
    // what a program started may hold its pipes open, and is not waited for
    const give = () => {
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
    };
    let late: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      late = setTimeout(() => {
        give();
        reject({ timedOut: true });
      }, seconds * 1000);
    });
    const watch = setInterval(() => {
      large ||= sizeOf(folder) > FETCHED;
      if (large) give();
    }, 250);
    try {
      const { stdout } = await Promise.race([child, timeout]);
      return stdout;
    } catch (error) {
      const { timedOut, stderr } = error as { timedOut?: boolean; stderr?: string };
      const shown = JSON.stringify(name);
      if (large) throw refused(`${shown} has more than ${FETCHED / 1024 / 1024} MiB`);
      if (timedOut === true) throw refused(`${shown} did not arrive within ${seconds} seconds`);
      const lines = (stderr ?? '').split('\n').filter((line) => /\S/.test(line));
      const why = lines.find((line) => /^(fatal|npm error)\b/.test(line)) ?? lines.at(-1) ?? '';
      throw refused(
        `${shown} cannot be fetched: ${why.slice(0, 300) || `${program} fails`}`.replace(/\.$/, ''),
      );
    } finally {
      clearInterval(watch);
      clearTimeout(late);
    }
  };
}
