import { shellWord } from '../../../../plan/quote.ts';
import type { Scope } from './scope.ts';

/** The kinds of installation that differ in their words. Yarn 1 and its successors share only their name. */
export type Kind = 'npm' | 'pnpm' | 'yarn1' | 'yarn' | 'bun';

/** A command by its words, the program first; a word with something for a shell in it is quoted already. */
export type Words = readonly string[];

interface Installation {
  readonly production: Words;
  readonly all: Words;
}

export interface Row extends Installation {
  /** Where its downloads are kept, for a cache mount. */
  readonly cache: string;
  /** Two of it at once spoil that folder. */
  readonly alone?: true;
  /** Configuration that changes what is installed, beside package.json and the lock file. */
  readonly config: readonly string[];
  /** The same without a lock file. */
  readonly unlocked: Installation;
  /** The same where the lock file lacks packages, which it would refuse; undefined: it does not mind. */
  readonly incomplete?: Installation;
  /** Option that leaves out the scripts of packages; undefined: there is none. */
  readonly ignoreScripts?: string;
  /** Runs the scripts of native packages afterwards. */
  readonly rebuild?: Words;
  /** Removes what only development needs. */
  readonly prune?: Words;
  /** The same for members of a workspace, where it differs. */
  readonly pruneMembers?: Words;
  /** Versions that refuse a lock file with members whose manifests are not there. */
  readonly wants?: string;
  /** The same where manifests of other members are not there, which the lock file has; undefined: it does not mind. */
  readonly partial?: Installation;
  /** The same again, where all that the lock file has would be installed, so that it is rewritten once it is proved to fit. */
  readonly rewritten?: Installation & { readonly proof: Words };
  /** Leaves out what only the workspace's root depends on. */
  readonly only?: (command: Words, member: Scope['member']) => Words;
  /** How it calls a program of a package. */
  readonly finder: Words;
}

export const QUIET: Words = ['--no-audit', '--no-fund'];

export const ROWS: { readonly [K in Kind]: Row } = {
  // https://docs.npmjs.com/cli/v11/commands/npm-ci
  npm: {
    cache: '/root/.npm',
    config: ['.npmrc'],
    production: ['npm', 'ci', '--omit=dev', ...QUIET],
    all: ['npm', 'ci', ...QUIET],
    unlocked: {
      production: ['npm', 'install', '--omit=dev', '--no-package-lock', ...QUIET],
      all: ['npm', 'install', '--no-package-lock', ...QUIET],
    },
    incomplete: {
      production: ['npm', 'install', '--no-save', '--omit=dev', ...QUIET],
      all: ['npm', 'install', '--no-save', ...QUIET],
    },
    ignoreScripts: '--ignore-scripts',
    rebuild: ['npm', 'rebuild'],
    finder: ['npx'],
    // without --no-save it writes the lock file, which is mounted read-only
    prune: ['npm', 'prune', '--omit=dev', '--no-save', ...QUIET],
    only: (command, { path }) => [...command, `--workspace=${path}`],
  },
  // https://pnpm.io/cli/install, https://pnpm.io/docker
  pnpm: {
    cache: '/root/.local/share/pnpm/store',
    config: ['.npmrc', 'pnpm-workspace.yaml', '.pnpmfile.cjs', '.pnpmfile.mjs', 'patches'],
    production: ['pnpm', 'install', '--frozen-lockfile', '--prod'],
    all: ['pnpm', 'install', '--frozen-lockfile'],
    unlocked: {
      production: ['pnpm', 'install', '--no-lockfile', '--prod'],
      all: ['pnpm', 'install', '--no-lockfile'],
    },
    ignoreScripts: '--ignore-scripts',
    rebuild: ['pnpm', 'rebuild', '--recursive'],
    prune: ['pnpm', 'prune', '--prod'],
    finder: ['pnpm', 'exec'],
    // `pnpm prune` asks before it removes members' folders, and what is no longer linked stays for a week
    pruneMembers: [
      'CI=true',
      'pnpm',
      'install',
      '--frozen-lockfile',
      '--prod',
      '--offline',
      '--ignore-scripts',
      '--config.modules-cache-max-age=0',
    ],
    // one folder for all packages (nodeLinker: hoisted) takes all that stands in the lock file
    rewritten: {
      proof: ['pnpm', 'install', '--frozen-lockfile', '--lockfile-only'],
      production: ['pnpm', 'install', '--no-frozen-lockfile', '--prod'],
      all: ['pnpm', 'install', '--no-frozen-lockfile'],
    },
    only: (command, { path, name }) => [...command, `--filter=${shellWord(`${name ?? `{./${path}}`}...`)}`],
  },
  // https://classic.yarnpkg.com/lang/en/docs/cli/install
  yarn1: {
    cache: '/usr/local/share/.cache/yarn',
    finder: ['yarn', 'run'],
    // https://github.com/yarnpkg/yarn/issues/2629: stages are built at the same time
    alone: true,
    config: ['.npmrc', '.yarnrc'],
    production: ['yarn', 'install', '--frozen-lockfile', '--production'],
    all: ['yarn', 'install', '--frozen-lockfile'],
    unlocked: {
      production: ['yarn', 'install', '--no-lockfile', '--production'],
      all: ['yarn', 'install', '--no-lockfile'],
    },
    ignoreScripts: '--ignore-scripts',
    rebuild: ['npm', 'rebuild'],
    prune: ['yarn', 'install', '--frozen-lockfile', '--production', '--ignore-scripts', '--prefer-offline'],
  },
  // https://yarnpkg.com/cli/workspaces/focus: the one way to leave development packages out
  yarn: {
    cache: '/root/.yarn/berry/cache',
    finder: ['yarn', 'run'],
    config: ['.yarnrc.yml', '.yarn/patches', '.yarn/plugins', '.yarn/releases'],
    production: ['yarn', 'workspaces', 'focus', '--all', '--production'],
    all: ['yarn', 'install', '--immutable'],
    unlocked: {
      production: ['yarn', 'workspaces', 'focus', '--all', '--production'],
      all: ['yarn', 'install', '--no-immutable'],
    },
    prune: ['yarn', 'workspaces', 'focus', '--all', '--production'],
    // --immutable refuses a lock file that has more members than are there
    partial: {
      production: ['yarn', 'workspaces', 'focus', '--all', '--production'],
      all: ['yarn', 'workspaces', 'focus', '--all'],
    },
    only: (command, { name }) =>
      command.map((word) => (word === '--all' && name !== undefined ? shellWord(name) : word)),
  },
  // https://bun.sh/docs/cli/install
  bun: {
    cache: '/root/.bun/install/cache',
    finder: ['bunx'],
    // seen with 1.2.23 and 1.3.5: `lockfile had changes`; 1.4 says which members it skips
    wants: '<1.4.0',
    only: (command, { name }) => (name === undefined ? command : [...command, `--filter=${shellWord(name)}`]),
    config: ['bunfig.toml', '.npmrc', 'patches'],
    production: ['bun', 'install', '--frozen-lockfile', '--production'],
    all: ['bun', 'install', '--frozen-lockfile'],
    unlocked: {
      production: ['bun', 'install', '--no-save', '--production'],
      all: ['bun', 'install', '--no-save'],
    },
    ignoreScripts: '--ignore-scripts',
  },
};
