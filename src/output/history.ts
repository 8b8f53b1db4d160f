import { basename, dirname, join, resolve } from 'node:path';
import { isThere } from '../project/files.ts';
import { pathOutside, programOutside } from '../project/program.ts';

/** So many revisions are looked at, newest first, and no longer than this. */
const REVISIONS = 200;
const TIME = 10_000;
const BYTES = 32 * 2 ** 20;

/**
 * A repository's own configuration is a stranger's text, and much of it names programs. Only plumbing is called that runs
 * none of them, and what might is turned off all the same: https://git-scm.com/docs/git-config
 */
const HARDENED = [
  ...['--no-pager', '--no-optional-locks', '--no-replace-objects', '--literal-pathspecs'],
  ...[
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.attributesFile=/dev/null',
    'core.sshCommand=false',
    'core.askPass=false',
    'credential.helper=',
    'log.showSignature=false',
    'protocol.allow=never',
    'safe.bareRepository=explicit',
  ].flatMap((setting) => ['-c', setting]),
];

/**
 * The texts that git holds of a file, newest first, through renames: what is staged, then every revision. Empty where there
 * is no repository or no git, or where it takes too long.
 */
export async function revisionsOf(place: string): Promise<readonly string[]> {
  const git = await gitFor(dirname(place));
  if (git === undefined) return [];
  const name = basename(place);
  const staged = (await git(['ls-files', '--stage', '--', name])).toString('utf8');
  const log = ['log', '--follow', '--raw', '--no-abbrev', '--format=', `--max-count=${REVISIONS}`];
  const plain = ['--no-show-signature', '--no-ext-diff', '--no-textconv', '--no-color'];
  const past = (await git([...log, ...plain, 'HEAD', '--', name])).toString('utf8');
  const ids = [
    ...[...staged.matchAll(/^\d+ ([0-9a-f]{40,64}) 0\t/gm)].map(([, id = '']) => id),
    ...[...past.matchAll(/^:\d+ \d+ [0-9a-f]+ ([0-9a-f]{40,64}) [A-Z]/gm)].map(([, id = '']) => id),
  ].filter((id) => !/^0+$/.test(id));
  return ids.length === 0 ? [] : blobs(await git(['cat-file', '--batch'], [...new Set(ids)].join('\n')));
}

/** What `cat-file --batch` answers: a line with the size, the content, a line break. */
function blobs(answer: Buffer): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf('\n', at);
    if (end < 0) break;
    const [, size] = /^\S+ blob (\d+)$/.exec(answer.toString('utf8', at, end)) ?? [];
    at = end + 1;
    if (size === undefined) continue;
    texts.push(answer.toString('utf8', at, at + Number(size)));
    at += Number(size) + 1;
  }
  return texts;
}

type Git = (args: readonly string[], input?: string) => Promise<Buffer>;

async function gitFor(folder: string): Promise<Git | undefined> {
  const repository = repositoryOf(folder);
  const program = repository === undefined ? undefined : programOutside('git', repository);
  if (program === undefined) return undefined;
  const { execa } = await import('execa');
  const { HOME, USERPROFILE, SystemRoot, XDG_CONFIG_HOME } = process.env;
  const env = {
    ...Object.fromEntries(
      Object.entries({ HOME, USERPROFILE, SystemRoot, XDG_CONFIG_HOME }).filter(([, value]) => value),
    ),
    PATH: pathOutside(repository),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
  };
  const options = {
    env,
    extendEnv: false,
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false,
  } as const;
  return async (args, input = '') => {
    const bounds = { timeout: TIME, maxBuffer: BYTES, input } as const;
    const { failed, stdout } = await execa(program, ['-C', folder, ...HARDENED, ...args], {
      ...options,
      ...bounds,
      stderr: 'ignore',
    });
    return failed ? Buffer.alloc(0) : Buffer.from(stdout);
  };
}

function repositoryOf(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (isThere(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}
