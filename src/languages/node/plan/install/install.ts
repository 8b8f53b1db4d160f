import { posix } from 'node:path';
import type { Step } from '../../../../plan/plan.ts';
import { pathWord } from '../../../../plan/quote.ts';
import * as semver from '../../../../plan/semver.ts';
import type { Project } from '../../../../project/project.ts';
import type { Locked } from '../../evidence/lock/locked.ts';
import {
  hasOfflineCache,
  isPnp,
  isYarn1,
  lockfileOf,
  type PackageManager,
  yarnPath,
} from '../../evidence/lock/package-managers.ts';
import type { Manifest } from '../../evidence/manifest.ts';
import type { Registry } from '../../evidence/registry.ts';
import type { Extras } from '../native/needs.ts';
import { type Kind, QUIET, ROWS, type Row } from './commands.ts';
import { rebuildOf } from './rebuilds.ts';
import { hoists, injects, type Scope, scopeOf } from './scope.ts';

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
  /** Whether the program may load what only the workspace's root depends on. */
  readonly rooted: boolean;
  /** Undefined: the lock file does not tell. */
  readonly locked: readonly Locked[] | undefined;
  /** What packages with machine code add. */
  readonly extras: Extras;
}

function kindOf(manager: PackageManager): Kind {
  return isYarn1(manager) ? 'yarn1' : manager.name;
}

export function installOf(to: To): Install {
  const { manifest, manager, registry, extras } = to;
  const project = to.project.context;
  const scope = scopeOf(to.project);
  const { life } = scope;
  const kind = kindOf(manager);
  const row = ROWS[kind];
  const lock = lockfileOf(project, manager.name);
  const focus = kind !== 'yarn' || hasFocus(project, manager);
  const injected = kind === 'pnpm' && scope.workspace && injects(project);
  const rewritten = injected || (scope.partial && kind === 'pnpm' && hoists(project));
  const words = lock === undefined ? row.unlocked : wordsOf(row, scope, { focus, rewritten });
  const pnp = isPnp(project, manager);
  const skip = life?.skip && row.ignoreScripts !== undefined ? ` ${row.ignoreScripts}` : '';
  const { workspace } = scope;
  const rebuild =
    skip === ''
      ? undefined
      : rebuildOf({ kind, row, context: project, workspace, locked: to.locked, manifest });
  const offline = kind === 'yarn' && hasOfflineCache(project);
  const config = row.config.filter((path) => project.has(path) && !registry.secretFiles.includes(path));
  const filesOf = (part: Scope['all']) => [
    ...new Set([
      'package.json',
      ...(lock === undefined ? [] : [lock]),
      ...config,
      ...(life === undefined || life.skip ? [] : life.files),
      ...part.files,
    ]),
  ];
  const release = kind === 'yarn' ? yarnPath(project) : undefined;
  const program = release === undefined ? '' : `node ${pathWord(release.path, '.yarnrc.yml → yarnPath')}`;
  const call = (given: string) => {
    const text = extras.incomplete ? given.replace('npm ci', 'npm install --no-save') : given;
    const linked = injected ? `${text} --config.inject-workspace-packages=false` : text;
    const called = release === undefined ? linked : linked.replace(/^yarn\b/, program);
    // what Plug'n'Play loads has to be in the project, not in the cache of the one who installs
    return pnp ? `YARN_ENABLE_GLOBAL_CACHE=false ${called}` : called;
  };
  // it is rewritten to what is there, for this step alone
  const written = rewritten || (!focus && scope.partial);
  const mountsOf = (part: Scope['all']) => [
    ...filesOf(part).map((path) => {
      if (path === lock && rewritten) return `type=bind,source=${lock},target=/${lock}`;
      return path === lock && written ? `${bind(path)},rw` : bind(path);
    }),
    // a committed cache is copied, for Yarn writes into it
    ...(offline ? ['type=bind,source=.yarn/cache,target=/yarn-cache'] : []),
    ...registry.mounts,
    ...(offline ? [] : [`type=cache,target=${row.cache}${row.alone ? ',sharing=locked' : ''}`]),
  ];
  const committed = [
    ...(offline ? ['mkdir -p .yarn', 'cp -r /yarn-cache .yarn/cache'] : []),
    // pnpm replaces the lock file, which a mount would not let it
    ...(rewritten && row.rewritten !== undefined ? [`cp /${lock} .`, row.rewritten.proof] : []),
  ];
  const left = rewritten ? [`rm ${lock}`] : [];
  // npm reads neither these versions nor those of members
  const foreign =
    scope.workspace ||
    Object.values(manifest.dependencies).some((range) => /^(patch|portal|exec):/.test(range));
  const pruned = scope.workspace ? (row.pruneMembers ?? row.prune) : row.prune;
  const prune = focus ? pruned : pnp || foreign ? undefined : NPM_PRUNE;
  const { generate } = extras;
  const needsDev = generate?.dev || ((life?.needsDev.length ?? 0) > 0 && row.prune !== undefined);
  const whole = !focus || needsDev;
  const wants =
    row.wants !== undefined && manager.version !== undefined && to.node !== undefined
      ? scope.partial && semver.satisfies(manager.version, row.wants)
      : false;
  const everything = wants ? scope.everyone : scope.all;
  const only = (to.rooted && !wants) || scope.member.path === '.' ? undefined : row.only;
  const production = only === undefined ? words.production : only(words.production, scope.member);
  const files = filesOf(everything);
  const all = [...extras.before, ...committed, `${call(words.all)}${skip}`];
  const pruning = prune === undefined ? [] : [focus ? call(prune) : prune];
  const part = whole || wants ? everything : scope.production;
  return {
    tool: release === undefined ? toolOf(to, kind) : undefined,
    production: {
      mounts: mountsOf(part),
      commands: whole
        ? [...all, ...extras.afterAll, ...(generate === undefined ? pruning : []), ...extras.fetches, ...left]
        : [
            ...extras.before,
            ...committed,
            `${call(production)}${skip}`,
            ...(rebuild?.production ?? []),
            ...extras.afterProduction,
            ...extras.fetches,
            ...left,
          ],
    },
    finish: generate && {
      mounts: [
        ...mountsOf(part),
        ...generate.files.filter((path) => !filesOf(part).includes(path)).map(bind),
      ],
      commands: [...generate.before, call(generate.command), ...(whole ? pruning : [])],
    },
    all: {
      mounts: mountsOf(everything),
      commands: [...all, ...(rebuild?.all ?? []), ...extras.afterAll, ...left],
    },
    run: release === undefined ? (kind === 'yarn1' ? 'yarn run' : `${manager.name} run`) : `${program} run`,
    ship: scope.workspace
      ? ['.']
      : pnp
        ? ['.pnp.cjs', ...(manifest.esm ? [PNP_LOADER] : []), '.yarn']
        : ['node_modules'],
    loader: pnp ? loaderOf(to.project, manifest) : [],
    files: offline ? [...files, '.yarn/cache'] : files,
    development:
      whole && prune === undefined
        ? `${manager.name} ${manager.version ?? ''} cannot take packages for development away again`
        : undefined,
  };
}

function wordsOf(row: Row, scope: Scope, to: { focus: boolean; rewritten: boolean }): Row['unlocked'] {
  if (to.rewritten) return row.rewritten ?? row;
  if (!scope.partial) return row;
  return to.focus ? (row.partial ?? row) : row.unlocked;
}

/** What Yarn writes, and calls node with, as soon as one package is ESM. https://yarnpkg.com/features/pnp */
const PNP_LOADER = '.pnp.loader.mjs';

/** Options with which node finds packages by Plug'n'Play's map, which is the workspace's. */
function loaderOf({ app }: Project, { esm }: Manifest): readonly string[] {
  const at = app === '.' ? '.' : posix.relative(app, '.');
  return ['-r', `${at}/.pnp.cjs`, ...(esm ? ['--experimental-loader', `${at}/${PNP_LOADER}`] : [])];
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
