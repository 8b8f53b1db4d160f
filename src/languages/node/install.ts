import semver from 'semver';
import type { Step } from '../../plan.ts';
import type { Project } from '../../project.ts';
import { pathWord } from '../../quote.ts';
import { lifecycleOf } from './lifecycle.ts';
import { localPackages } from './local-packages.ts';
import type { Locked } from './locked.ts';
import type { Manifest } from './manifest.ts';
import type { Extras } from './needs.ts';
import {
  hasOfflineCache,
  isPnp,
  isYarn1,
  lockfileOf,
  type PackageManager,
  yarnPath,
} from './package-managers.ts';
import type { Registry } from './registry.ts';

/** How a package manager is brought into a stage and installs there. */
export interface Install {
  /** Undefined: the image has the package manager. */
  readonly tool: Tool | undefined;
  readonly production: Step;
  /** Runs once production is installed: what is generated into its packages. */
  readonly finish: Step | undefined;
  readonly all: Step;
  /** Runs a script of package.json. */
  readonly run: string;
  /** What the image that ships takes from the stage that installed, in the order of the COPY lines. */
  readonly ship: readonly string[];
  /** Options of node before the file. */
  readonly loader: readonly string[];
  /** Paths of the context that are mounted. */
  readonly files: readonly string[];
  /** Why packages for development are in the image that ships; undefined: they are not. */
  readonly development: string | undefined;
}

/** A package manager that is installed with npm. Its version is a variable, for that is what update bots find. */
export interface Tool {
  readonly package: string;
  readonly variable: string;
  readonly version: string;
  readonly install: string;
}

interface To {
  readonly project: Project;
  readonly manifest: Manifest;
  readonly manager: PackageManager;
  /** Major version of Node in the image: the official ones have had no Yarn since 25. */
  readonly node: number | undefined;
  readonly registry: Registry;
  /** Undefined: the lock file does not tell. */
  readonly locked: readonly Locked[] | undefined;
  /** What packages with machine code add. */
  readonly extras: Extras;
}

/** The kinds of installation that differ in their words. Yarn 1 and its successors share only their name. */
type Kind = 'npm' | 'pnpm' | 'yarn1' | 'yarn' | 'bun';

interface Row {
  /** Where its downloads are kept, for a cache mount. */
  readonly cache: string;
  /** Configuration that changes what is installed, beside package.json and the lock file. */
  readonly config: readonly string[];
  readonly production: string;
  readonly all: string;
  /** The same without a lock file. */
  readonly unlocked: { readonly production: string; readonly all: string };
  /** Option that leaves out the scripts of packages; undefined: there is none. */
  readonly ignoreScripts?: string;
  /** Runs the scripts of native packages afterwards. */
  readonly rebuild?: string;
  /** Removes what only development needs. */
  readonly prune?: string;
}

const QUIET = '--no-audit --no-fund';

const ROWS: { readonly [K in Kind]: Row } = {
  // https://docs.npmjs.com/cli/v11/commands/npm-ci
  npm: {
    cache: '/root/.npm',
    config: ['.npmrc'],
    production: `npm ci --omit=dev ${QUIET}`,
    all: `npm ci ${QUIET}`,
    unlocked: {
      production: `npm install --omit=dev --no-package-lock ${QUIET}`,
      all: `npm install --no-package-lock ${QUIET}`,
    },
    ignoreScripts: '--ignore-scripts',
    rebuild: 'npm rebuild',
    // without --no-save it writes the lock file, which is mounted read-only
    prune: `npm prune --omit=dev --no-save ${QUIET}`,
  },
  // https://pnpm.io/cli/install, https://pnpm.io/docker
  pnpm: {
    cache: '/root/.local/share/pnpm/store',
    config: ['.npmrc', 'pnpm-workspace.yaml', '.pnpmfile.cjs', '.pnpmfile.mjs', 'patches'],
    production: 'pnpm install --frozen-lockfile --prod',
    all: 'pnpm install --frozen-lockfile',
    unlocked: { production: 'pnpm install --no-lockfile --prod', all: 'pnpm install --no-lockfile' },
    ignoreScripts: '--ignore-scripts',
    rebuild: 'pnpm rebuild',
    prune: 'pnpm prune --prod',
  },
  // https://classic.yarnpkg.com/lang/en/docs/cli/install
  yarn1: {
    cache: '/usr/local/share/.cache/yarn',
    config: ['.npmrc', '.yarnrc'],
    production: 'yarn install --frozen-lockfile --production',
    all: 'yarn install --frozen-lockfile',
    unlocked: { production: 'yarn install --no-lockfile --production', all: 'yarn install --no-lockfile' },
    ignoreScripts: '--ignore-scripts',
    rebuild: 'npm rebuild',
    prune: 'yarn install --frozen-lockfile --production --ignore-scripts --prefer-offline',
  },
  // https://yarnpkg.com/cli/workspaces/focus: the one way to leave development packages out
  yarn: {
    cache: '/root/.yarn/berry/cache',
    config: ['.yarnrc.yml', '.yarn/patches', '.yarn/plugins', '.yarn/releases'],
    production: 'yarn workspaces focus --all --production',
    all: 'yarn install --immutable',
    unlocked: { production: 'yarn workspaces focus --all --production', all: 'yarn install --no-immutable' },
    prune: 'yarn workspaces focus --all --production',
  },
  // https://bun.sh/docs/cli/install
  bun: {
    cache: '/root/.bun/install/cache',
    config: ['bunfig.toml', '.npmrc', 'patches'],
    production: 'bun install --frozen-lockfile --production',
    all: 'bun install --frozen-lockfile',
    unlocked: { production: 'bun install --no-save --production', all: 'bun install --no-save' },
    ignoreScripts: '--ignore-scripts',
  },
};

function kindOf(manager: PackageManager): Kind {
  return isYarn1(manager) ? 'yarn1' : manager.name;
}

export function installOf(to: To): Install {
  const { project, manifest, manager, registry, extras } = to;
  const kind = kindOf(manager);
  const row = ROWS[kind];
  const lock = lockfileOf(project, manager.name);
  const life = lifecycleOf(project, manifest);
  const words = lock === undefined ? row.unlocked : row;
  const pnp = isPnp(project, manager);
  const skip = life?.skip && row.ignoreScripts !== undefined ? ` ${row.ignoreScripts}` : '';
  const rebuild = skip !== '' && row.rebuild !== undefined ? [row.rebuild] : [];
  // only npm's lock file tells which packages have scripts
  const scripts = kind !== 'npm' || to.locked === undefined || to.locked.some((p) => p.script);
  const offline = kind === 'yarn' && hasOfflineCache(project);
  const config = row.config.filter((path) => project.has(path) && !registry.secretFiles.includes(path));
  const files = [
    'package.json',
    ...(lock === undefined ? [] : [lock]),
    ...config,
    ...(life === undefined || life.skip ? [] : life.files),
    ...localPackages(project, manifest),
  ];
  const release = kind === 'yarn' ? yarnPath(project) : undefined;
  const program = release === undefined ? '' : `node ${pathWord(release.path, '.yarnrc.yml → yarnPath')}`;
  const call = (text: string) => {
    const called = release === undefined ? text : text.replace(/^yarn\b/, program);
    // what Plug'n'Play loads has to be in the project, not in the cache of the one who installs
    return pnp ? `YARN_ENABLE_GLOBAL_CACHE=false ${called}` : called;
  };
  const mounts = [
    ...[...new Set(files)].map((path) => bind(path)),
    // a committed cache is copied, for Yarn writes into it
    ...(offline ? ['type=bind,source=.yarn/cache,target=/yarn-cache'] : []),
    ...registry.mounts,
    ...(offline ? [] : [`type=cache,target=${row.cache}`]),
  ];
  const committed = offline ? ['mkdir -p .yarn', 'cp -r /yarn-cache .yarn/cache'] : [];
  const focus = kind !== 'yarn' || hasFocus(project, manager);
  const foreign = Object.values(manifest.dependencies).some((range) => /^(patch|portal|exec):/.test(range));
  const prune = focus ? row.prune : pnp || foreign ? undefined : NPM_PRUNE;
  const { generate } = extras;
  const needsDev = generate?.dev || ((life?.needsDev.length ?? 0) > 0 && row.prune !== undefined);
  const whole = !focus || needsDev;
  const all = [...extras.before, ...committed, `${call(words.all)}${skip}`];
  const pruning = prune === undefined ? [] : [focus ? call(prune) : prune];
  return {
    tool: release === undefined ? toolOf(to, kind) : undefined,
    production: {
      mounts,
      commands: whole
        ? [...all, ...extras.afterAll, ...(generate === undefined ? pruning : [])]
        : [
            ...extras.before,
            ...committed,
            `${call(words.production)}${skip}`,
            ...(scripts ? rebuild : []),
            ...extras.afterProduction,
          ],
    },
    finish: generate && {
      mounts: [...mounts, ...generate.files.filter((path) => !files.includes(path)).map(bind)],
      commands: [...generate.before, call(generate.command), ...(whole ? pruning : [])],
    },
    all: { mounts, commands: [...all, ...rebuild, ...extras.afterAll] },
    run: release === undefined ? (kind === 'yarn1' ? 'yarn run' : `${manager.name} run`) : `${program} run`,
    ship: pnp ? ['.pnp.cjs', '.yarn'] : ['node_modules'],
    loader: pnp ? ['-r', './.pnp.cjs', ...(manifest.esm ? ['--import', './.pnp.loader.mjs'] : [])] : [],
    files: offline ? [...files, '.yarn/cache'] : files,
    development:
      whole && prune === undefined
        ? `${manager.name} ${manager.version ?? ''} cannot take packages for development away again`
        : undefined,
  };
}

/** What leaves development packages out of a node_modules that another package manager made. */
const NPM_PRUNE = `npm prune --omit=dev --no-save --no-package-lock --legacy-peer-deps ${QUIET}`;

/** `yarn workspaces focus` is part of Yarn since 4, and of a plugin before. */
function hasFocus(project: Project, { version }: PackageManager): boolean {
  return (
    version === undefined ||
    semver.gte(version, '4.0.0') ||
    project.isFile('.yarn/plugins/@yarnpkg/plugin-workspace-tools.cjs')
  );
}

/** Mounted where it is read, so that no layer holds it and a change of another file does not run the step again. */
function bind(path: string): string {
  const word = pathWord(path, 'the project');
  return `type=bind,source=${word},target=${word}`;
}

function toolOf({ manager, node }: To, kind: Kind): Tool | undefined {
  const { name, version } = manager;
  if (version === undefined || node === undefined) return undefined;
  // the images with Node 24 and older have Yarn 1, so its successors have to be forced over its name
  if (kind === 'yarn1' && node < 25) return undefined;
  const npm = kind === 'yarn' ? '@yarnpkg/cli-dist' : name;
  const variable = `${name.toUpperCase()}_VERSION`;
  const force = kind === 'yarn' ? '--force ' : '';
  return { package: npm, variable, version, install: `npm install --global ${force}${npm}@\${${variable}}` };
}
