import { posix } from 'node:path';
import type { Step } from '../../../../plan/plan.ts';
import { pathWord, shellWord } from '../../../../plan/quote.ts';
import * as semver from '../../../../plan/semver.ts';
import type { Project } from '../../../../project/project.ts';
import type { Git } from '../../evidence/lock/git.ts';
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
import { type Kind, QUIET, ROWS, type Row, type Words } from './commands.ts';
import { configuredFiles } from './configured-files.ts';
import type { Kept } from './lifecycle.ts';
import { type Rebuild, rebuildOf } from './rebuilds.ts';
import { hoists, injects, type Part, type Scope, scopeOf } from './scope.ts';

/** How a package manager is brought into a stage and installs there. */
export interface Install {
  /** Undefined: the image has the package manager. */
  readonly tool: Tool | undefined;
  readonly production: Step;
  /** Runs once production is installed: what is generated into its packages. */
  readonly finish: Step | undefined;
  readonly all: Step;
  /** Commands before the build, where the sources are: what reads them when packages are installed. */
  readonly before: readonly string[];
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
  /** The script that builds. */
  readonly build: string | undefined;
  /** Undefined: no package is fetched by git. */
  readonly git: Git | undefined;
}

function kindOf(manager: PackageManager): Kind {
  return isYarn1(manager) ? 'yarn1' : manager.name;
}

/** What an installation depends on, read once. Paths are those of the build context. */
interface How {
  readonly to: To;
  readonly context: Project;
  readonly scope: Scope;
  readonly kind: Kind;
  readonly row: Row;
  readonly lock: string | undefined;
  readonly pnp: boolean;
  /** Yarn's own release in the repository: the words that call it. */
  readonly release: Words | undefined;
  /** A cache of Yarn that is committed. */
  readonly offline: boolean;
  /** It can leave packages for development out. */
  readonly focus: boolean;
  /** pnpm would copy members into others before they are there. */
  readonly injected: boolean;
  /** The lock file is rewritten to what is there, for the one step. */
  readonly rewritten: boolean;
  /** Scripts of the project are left out; what the image needs of them is run by itself. */
  readonly scriptless: boolean;
  /** All packages are installed even for production, and those for development are taken away again. */
  readonly whole: boolean;
  /** The package manager wants every manifest that the lock file knows. */
  readonly wants: boolean;
}

function howOf(to: To): How {
  const { manager, extras } = to;
  const context = to.project.context;
  const scope = scopeOf(to.project, to.build);
  const kind = kindOf(manager);
  const row = ROWS[kind];
  const release = kind === 'yarn' ? yarnPath(context) : undefined;
  const focus = kind !== 'yarn' || hasFocus(context, manager);
  const injected = kind === 'pnpm' && scope.workspace && injects(context);
  const needsDev = scope.lives.some((life) => life.needsDev.length > 0) && row.prune !== undefined;
  return {
    to,
    context,
    scope,
    kind,
    row,
    lock: lockfileOf(context, manager.name),
    pnp: isPnp(context, manager),
    release: release && ['node', pathWord(release.path, '.yarnrc.yml → yarnPath')],
    offline: kind === 'yarn' && hasOfflineCache(context),
    focus,
    injected,
    rewritten: injected || (scope.partial && kind === 'pnpm' && hoists(context)),
    scriptless: row.ignoreScripts !== undefined && scope.lives.some((life) => life.serves !== 'the image'),
    whole: !focus || extras.generate?.dev === true || needsDev,
    wants:
      row.wants !== undefined &&
      manager.version !== undefined &&
      to.node !== undefined &&
      scope.partial &&
      semver.satisfies(manager.version, row.wants),
  };
}

export function installOf(to: To): Install {
  const how = howOf(to);
  const { scope, pnp, offline, whole, release, kind } = how;
  const { manifest, manager } = to;
  const files = filesOf(how, everythingOf(how));
  return {
    tool: release === undefined ? toolOf(to, kind) : undefined,
    production: productionStep(how),
    finish: finishStep(how),
    all: allStep(how),
    before: scope.lives.flatMap((life) => life.later.map((kept) => keptCommand(how, life.path, kept))),
    run: printed(runOf(how)),
    ship: scope.workspace
      ? ['.']
      : pnp
        ? [mapOf(manager), ...(manifest.esm ? [PNP_LOADER] : []), '.yarn']
        : ['node_modules'],
    loader: pnp ? loaderOf(to.project, manifest, manager) : [],
    files: offline ? [...files, '.yarn/cache'] : files,
    development:
      whole && pruneOf(how) === undefined
        ? `${manager.name} ${manager.version ?? ''} cannot take packages for development away again`
        : undefined,
  };
}

function productionStep(how: How): Step {
  const { to, row, scope, whole, wants } = how;
  const { extras } = to;
  const part = whole || wants ? everythingOf(how) : scope.production;
  const only = (to.rooted && !wants) || scope.member.path === '.' ? undefined : row.only;
  const words = wordsOf(how).production;
  const install = only === undefined ? words : only(words, scope.member);
  const rebuilds = rebuildsOf(how);
  const prune = extras.generate === undefined ? pruned(how) : [];
  const commands = whole
    ? [...installing(how), ...printedAll(rebuilds?.all), ...keptOf(how), ...extras.afterAll, ...prune]
    : [
        ...before(how),
        call(how, without(how, install)),
        ...printedAll(rebuilds?.production),
        ...keptOf(how, PRODUCTION),
        ...extras.afterProduction,
      ];
  return { mounts: mountsOf(how, part), commands: [...commands, ...extras.fetches, ...left(how)] };
}

function allStep(how: How): Step {
  return {
    mounts: mountsOf(how, everythingOf(how)),
    commands: [
      ...installing(how),
      ...printedAll(rebuildsOf(how)?.all),
      ...keptOf(how),
      ...how.to.extras.afterAll,
      ...left(how),
    ],
  };
}

/** What is generated into the packages once they are there. */
function finishStep(how: How): Step | undefined {
  const { generate } = how.to.extras;
  if (generate === undefined) return undefined;
  const part = how.whole || how.wants ? everythingOf(how) : how.scope.production;
  const there = filesOf(how, part);
  return {
    mounts: [...mountsOf(how, part), ...generate.files.filter((path) => !there.includes(path)).map(bind)],
    commands: [...generate.before, call(how, [generate.command]), ...(how.whole ? pruned(how) : [])],
  };
}

function everythingOf({ scope, wants }: How): Part {
  return wants ? scope.everyone : scope.all;
}

/** Manifests, the lock file, configuration, and what scripts of the installation read. */
function filesOf({ scope, lock, row, context, to }: How, part: Part): readonly string[] {
  const config = [...row.config, ...configuredFiles(context, to.manager)];
  return [
    ...new Set([
      'package.json',
      ...(lock === undefined ? [] : [lock]),
      ...config.filter((path) => context.has(path) && !to.registry.secretFiles.includes(path)),
      ...scope.lives.flatMap((life) => life.files),
      ...part.files,
    ]),
  ];
}

function mountsOf(how: How, part: Part): readonly string[] {
  const { lock, rewritten, focus, scope, offline, row, to } = how;
  // it is rewritten to what is there, for this step alone
  const written = rewritten || (!focus && scope.partial);
  return [
    ...filesOf(how, part).map((path) => {
      if (path === lock && rewritten) return `type=bind,source=${lock},target=/${lock}`;
      return path === lock && written ? `${bind(path)},rw` : bind(path);
    }),
    // a committed cache is copied, for Yarn writes into it
    ...(offline ? ['type=bind,source=.yarn/cache,target=/yarn-cache'] : []),
    ...to.registry.mounts,
    ...(to.git?.ssh ? ['type=ssh'] : []),
    ...(offline ? [] : [`type=cache,target=${row.cache}${row.alone ? ',sharing=locked' : ''}`]),
  ];
}

/** What stands before the first installation of a step. */
function before({ to, offline, rewritten, row, lock }: How): readonly string[] {
  return [
    ...to.extras.before,
    // a host that was never seen is taken as it answers, as git on a new machine would ask
    ...(to.git?.ssh ? ["export GIT_SSH_COMMAND='ssh -o StrictHostKeyChecking=accept-new'"] : []),
    ...(offline ? ['mkdir -p .yarn', 'cp -r /yarn-cache .yarn/cache'] : []),
    // pnpm replaces the lock file, which a mount would not let it
    ...(rewritten && row.rewritten !== undefined ? [`cp /${lock} .`, printed(row.rewritten.proof)] : []),
  ];
}

function left({ rewritten, lock }: How): readonly string[] {
  return rewritten ? [`rm ${lock}`] : [];
}

/** The installation of everything. */
function installing(how: How): readonly string[] {
  return [...before(how), call(how, without(how, wordsOf(how).all))];
}

function wordsOf({ row, lock, scope, focus, rewritten, to }: How): Row['unlocked'] {
  if (lock === undefined) return row.unlocked;
  if (to.extras.incomplete && row.incomplete !== undefined) return row.incomplete;
  if (rewritten) return row.rewritten ?? row;
  if (!scope.partial) return row;
  return focus ? (row.partial ?? row) : row.unlocked;
}

function without({ scriptless, row }: How, words: Words): Words {
  return scriptless && row.ignoreScripts !== undefined ? [...words, row.ignoreScripts] : words;
}

/** A command as the image calls it. */
function call({ injected, release, pnp }: How, words: Words): string {
  const [head = '', ...rest] = injected ? [...words, '--config.inject-workspace-packages=false'] : words;
  const called = release !== undefined && head === 'yarn' ? [...release, ...rest] : [head, ...rest];
  // what Plug'n'Play loads has to be in the project, not in the cache of the one who installs
  return printed(pnp ? ['YARN_ENABLE_GLOBAL_CACHE=false', ...called] : called);
}

/** Scripts of packages, where all scripts were left out. */
function rebuildsOf({ scriptless, kind, row, context, scope, to }: How): Rebuild | undefined {
  const { workspace } = scope;
  const { locked, manifest } = to;
  return scriptless ? rebuildOf({ kind, row, context, workspace, locked, manifest }) : undefined;
}

/** What the image needs of the project's own scripts, where all scripts were left out. */
function keptOf(how: How, env: Words = []): readonly string[] {
  if (!how.scriptless) return [];
  return how.scope.lives.flatMap((life) => life.kept.map((kept) => keptCommand(how, life.path, kept, env)));
}

/** As scripts have it that npm runs itself: https://docs.npmjs.com/cli/v11/commands/npm-ci#omit */
const PRODUCTION: Words = ['NODE_ENV=production'];

function keptCommand(how: How, folder: string, kept: Kept, env: Words = []): string {
  const own = (words: Words) =>
    /^(?:node|npm|sh|cp|mkdir|rm|touch)$/.test(words[0] ?? '') ? [] : finderOf(how);
  const words =
    'script' in kept
      ? [...runOf(how), shellWord(kept.script)]
      : [...own(kept.words), ...kept.words.map(shellWord)];
  const command = printed([...env, ...words]);
  return folder === '.' ? command : `(cd ${pathWord(folder, 'the workspace')} && ${command})`;
}

function finderOf({ release, row }: How): Words {
  return release === undefined ? row.finder : [...release, ...row.finder.slice(1)];
}

function runOf({ release, kind, to }: How): Words {
  return [...(release ?? [kind === 'yarn1' ? 'yarn' : to.manager.name]), 'run'];
}

function pruned(how: How): readonly string[] {
  const prune = pruneOf(how);
  return prune === undefined ? [] : [how.focus ? call(how, prune) : printed(prune)];
}

/** What takes packages for development away; undefined: nothing does. */
function pruneOf({ focus, pnp, scope, row, to }: How): Words | undefined {
  // npm reads neither these versions nor those of members
  const foreign =
    scope.workspace ||
    Object.values(to.manifest.dependencies).some((range) => /^(patch|portal|exec):/.test(range));
  if (!focus) return pnp || foreign ? undefined : NPM_PRUNE;
  return scope.workspace ? (row.pruneMembers ?? row.prune) : row.prune;
}

function printed(words: Words): string {
  return words.join(' ');
}

function printedAll(list: readonly Words[] | undefined): readonly string[] {
  return (list ?? []).map(printed);
}

/** What Yarn writes, and calls node with, as soon as one package is ESM. https://yarnpkg.com/features/pnp */
const PNP_LOADER = '.pnp.loader.mjs';

/** Its map of packages, which Yarn 2 called as all of its files were called then. */
function mapOf({ version }: PackageManager): string {
  return version !== undefined && semver.lt(version, '3.0.0') ? '.pnp.js' : '.pnp.cjs';
}

/** Options with which node finds packages by Plug'n'Play's map, which is the workspace's. */
function loaderOf({ app }: Project, { esm }: Manifest, manager: PackageManager): readonly string[] {
  const at = app === '.' ? '.' : posix.relative(app, '.');
  return ['-r', `${at}/${mapOf(manager)}`, ...(esm ? ['--experimental-loader', `${at}/${PNP_LOADER}`] : [])];
}

/** What leaves development packages out of a node_modules that another package manager made. */
const NPM_PRUNE: Words = [
  ...['npm', 'prune', '--omit=dev', '--no-save', '--no-package-lock', '--legacy-peer-deps'],
  ...QUIET,
];

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
