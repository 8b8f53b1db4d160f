import { posix } from 'node:path';
import { imagesOf, type Release } from '../../../catalog/catalog.ts';
import { UserError } from '../../../errors.ts';
import type { PlanTo } from '../../../facts/language.ts';
import { localBinds } from '../../../kit/env-file.ts';
import type { Listen } from '../../../kit/listens.ts';
import { alsoExposed, type Bind, bindOf, isDatagram, portVariable } from '../../../kit/port.ts';
import { serverPlan } from '../../../kit/server.ts';
import { keepWrites, ownedBy } from '../../../kit/writes.ts';
import { type Artifact, envOf, type Note, type Plan, type Step } from '../../../plan/plan.ts';
import { pathWord } from '../../../plan/quote.ts';
import type { TargetId } from '../../../plan/targets.ts';
import { releaseOf } from '../../../plan/version.ts';
import type { Project } from '../../../project/project.ts';
import { runsAt } from '../evidence/beside.ts';
import { type Validation, validationOf } from '../evidence/build/validation.ts';
import { type BuildVariable, findBuildVariables } from '../evidence/build/variables.ts';
import { environmentOf } from '../evidence/environment.ts';
import { type Git, gitOf } from '../evidence/lock/git.ts';
import { productionPackages } from '../evidence/lock/locked.ts';
import type { Manifest } from '../evidence/manifest.ts';
import type { Seen } from '../evidence/program.ts';
import { registryOf } from '../evidence/registry.ts';
import type { Served } from '../evidence/start/served.ts';
import { commandOf } from '../evidence/start/start.ts';
import { type Undeclared, undeclaredOf } from '../evidence/undeclared.ts';
import { neededMembers } from '../evidence/workspace/workspaces.ts';
import { findNodeWrites } from '../evidence/writes.ts';
import { buildEnvironment, cacheMount } from '../frameworks/index.ts';
import type { NodeSettings } from '../settings/settings.ts';
import { artifactsOf } from './artifacts.ts';
import { portableBuild } from './build-only-packages.ts';
import { ignoreOf } from './ignore.ts';
import { installOf, type Tool } from './install/install.ts';
import { moduleFile } from './install/module-files.ts';
import { buildCommands } from './member-builds.ts';
import { memberNotes } from './member-notes.ts';
import { type Needs, needsOf } from './native/needs.ts';
import { type Installing, isNative, packagesIn } from './native/stages.ts';
import { choicesOf, notesOf } from './notes.ts';
import { RUNTIMES } from './runtimes.ts';
import { type SiteApp, sitePlan } from './site.ts';
import type { NodeStages } from './stages.ts';

/** The words that Node's templates use beside the common ones. */
export interface NodeApp {
  /** The package manager, where the image has another or none. */
  readonly tool: Tool | undefined;
  /** Stage `deps`; undefined: nothing is installed for production. */
  readonly deps: (Installing & { readonly finish: Step | undefined }) | undefined;
  /** Stage `build`; undefined: nothing is built. */
  readonly build:
    | (Omit<Installing, 'install'> & {
        readonly install: Step | undefined;
        /** Arguments whose values are put into what is built. */
        readonly variables: readonly Omit<BuildVariable, 'secret'>[];
        readonly env: Plan['env'];
        readonly run: Step;
        /** Makes folders of its output that the program keeps caches in links to /tmp. */
        readonly links: Step | undefined;
      })
    | undefined;
  /** What the stages beside the one that ships need; undefined: none were asked for. */
  readonly stages?: NodeStages;
  /** A site's server of files; undefined: a program is started. */
  readonly site?: SiteApp;
}

/** What the image that ships and the stages beside it install, from what, and what builds. */
export function installationOf(to: PlanTo<NodeSettings, Seen>) {
  const { project, target, catalog } = to;
  const manager = to.settings.packageManager.value;
  const start = to.settings.start.value;
  const program = to.seen.program(start, to.settings.build.value);
  const { manifest, build, served, rooted } = program;
  const runtime = RUNTIMES[start.argv[0] === 'bun' ? 'bun' : 'node'];
  const version = to.settings.runtimeVersion.value;
  const release = releaseIn(catalog[runtime.id], version);
  // a site is made where its target's packages are installed, and nothing of that ships
  const row = imagesOf(release, version, served?.site === undefined ? target : buildTarget(target));
  if ('none' in row) throw new Error(`no image: ${row.none}`);
  const installer = runtime.id === 'bun' && manager.name !== 'bun' ? RUNTIMES.node : runtime;
  const builder = installer === runtime ? row : nodeBuilder(to);
  const locked = productionPackages(project, manifest, manager);
  const registry = registryOf(project.context);
  const node =
    installer.id === 'node'
      ? Number((installer === runtime ? release : (catalog.node[0] ?? release)).version)
      : undefined;
  const needed = neededMembers(project);
  // members that it needs are installed too, as links
  const installed = Object.keys(manifest.dependencies).length > 0 || needed.production.length > 1;
  const production = installed && needsPackages(served);
  // packages with machine code may be in a build that holds all that it needs
  const bundles =
    served?.server !== undefined && !production && !portableBuild(manifest.dependencies, locked);
  const buildBy = (run: string) => buildCommands(project, manager, build?.script, run);
  const anywhere = buildBy('').length > 0 && !bundles;
  const needs = needsOf({ project, program, manager }, { target, platforms: to.platforms, anywhere });
  const { extras } = needs;
  const git = gitOf(
    project.context,
    needed.all.map((member) => member.manifest),
    manager,
  );
  const install = installOf({
    ...{ project, manifest, manager, node, registry, locked, rooted, extras, git },
    build: build?.script,
  });
  const everything = installed || Object.keys(manifest.devDependencies).length > 0 || needed.all.length > 1;
  const buildPackages = packagesIn(builder.build, everything ? withGit(needs.build, git) : needs.build);
  const made = { runtime, release, row, builder, locked, registry, needed, production, bundles, buildBy };
  return { manager, start, program, needs, git, install, everything, buildPackages, ...made };
}

export function planNode(to: PlanTo<NodeSettings, Seen>): Plan<NodeApp> {
  const { project, target } = to;
  const at = (path: string) => posix.join(project.app, path);
  const made = installationOf(to);
  const { manager, start, program, needs, git, install, everything } = made;
  const { runtime, release, row, builder, locked, registry, production, bundles, buildBy } = made;
  const { manifest, build, sources, listens, served } = program;
  const { extras } = needs;
  const undeclared = undeclaredOf(project, program);
  refuseUndeclared(undeclared, project);
  refuseImplicitBuild(project, manifest);
  const portable = extras.fetches.length === 0 && !isNative(manifest.dependencies, locked);
  const artifacts = artifactsOf({
    project,
    program,
    start,
    install,
    production,
    include: to.settings.include.value,
  });
  const deps = production
    ? {
        portable,
        packages: packagesIn(builder.build, withGit(needs.deps, git)),
        install: install.production,
        finish: install.finish,
      }
    : undefined;
  const variables = findBuildVariables(project, program.framework);
  const builds = buildBy(install.run);
  const validation = program.framework === undefined ? undefined : validationOf(project);
  const built = builds.length > 0 && {
    portable: needs.portableBuild,
    packages: made.buildPackages,
    install: everything ? install.all : undefined,
    variables: variables.filter((v) => !v.secret).map(({ name, at, value }) => ({ name, at, value })),
    env: envOf({
      ...buildEnvironment(manifest, program.framework, build),
      // the image is built before its variables are known
      ...(validation?.skips === undefined ? {} : { [validation.skips]: '1' }),
    }),
    run: {
      mounts: [
        ...registry.mounts.filter((m) => m.includes('env=')),
        ...variables.filter((v) => v.secret).map(({ name }) => `type=secret,id=${name},env=${name}`),
        ...(program.framework?.caches ?? []).map((path) => cacheMount(manifest.name, at(path))),
      ],
      commands: [...needs.beforeBuild, ...install.before, ...builds, ...artifacts.tidy],
    },
    links: artifacts.links,
  };
  const said = to.settings.port.value === 'none' ? undefined : to.settings.port.value;
  // no connection is taken there, so it is exposed beside none
  const port = isDatagram(listens) ? undefined : said;
  const init = to.settings.init.value;
  const os = runtime.os(target, {
    init,
    image: row.build,
    modules: bundles
      ? { stage: 'build', path: `/app/${at(served?.server?.ship[0]?.source ?? '.')}` }
      : production && !portable
        ? { stage: 'deps', path: install.ship.includes('node_modules') ? '/app/node_modules' : '/app' }
        : undefined,
    packages: needs.runtime,
  });
  const bind = port === undefined ? undefined : boundTo(served, listens, port);
  const variable = Object.keys(bind?.env ?? {}).find(
    (name) => bind?.env[name] === String(port) && (served !== undefined || name === portVariable(listens)),
  );
  const kept = keepWrites(project, findNodeWrites(project, sources), {
    app: posix.join('/app', project.app),
    here: runsAt(project, program, start),
    code: /\.[mc]?[jt]sx?$|(?:^|\/)package\.json$/,
  });
  const owned = ownedBy(kept, os.user, posix.join('/app', project.app));
  const environment = environmentOf({ ...runtime.env, ...needs.env }, { start, bind, kept: kept.env });
  const hidden = localBinds(project, environment, listens);
  const folder = at(start.folder ?? '.');
  const words = commandOf(start)
    .slice(1)
    .map((word) => moduleFile(project, manager, word));
  const argv = [os.program, ...install.loader, ...words, ...(bind?.args ?? []), ...kept.args];
  const shape =
    port === undefined ? { entrypoint: [...os.init, ...argv], command: [] } : serve(os.init, argv);
  const plan: Plan<NodeApp> = {
    language: 'node',
    shape: 'server',
    ...serverPlan(to, { base: os, variable, by: { is: 'node', program: os.program } }),
    images: { build: builder.build, runtime: row.runtime },
    context: [
      ...new Set([
        ...(production || (built && everything) ? install.files : []),
        ...artifacts.context,
        ...needs.context,
        ...to.settings.include.value.map(at),
        ...(build ? sources.files.map((f) => at(f.path)) : []),
      ]),
    ],
    folders: owned.folders,
    links: owned.links,
    port,
    also: alsoExposed(listens, port),
    artifacts: [...withoutPaths(artifacts.list, kept.filled), ...needs.artifacts, ...owned.artifacts],
    volumes: [
      ...(served?.server?.writes ?? []).map((path) => posix.join('/app', project.app, path)),
      ...kept.folders,
    ],
    env: envOf(environment),
    packages: packagesIn(row.runtime, os.packages),
    envAfter: hidden.filter(({ file }) => file === '.env').map(({ name }) => `${name}=0.0.0.0`),
    folder: folder === '.' ? undefined : pathWord(folder, 'the start script'),
    stop:
      init && needs.ends !== undefined
        ? {
            signal: needs.ends.on,
            because: `on SIGTERM ${needs.ends.package} ends its browser alone, and the program would go on`,
          }
        : undefined,
    start: shape,
    secrets: [
      ...(production || built ? registry.secrets : []),
      ...(git?.ssh && (production || built)
        ? [{ id: 'default', from: 'ssh' as const, source: 'default' }]
        : []),
      ...variables
        .filter((v) => v.secret)
        .map(({ name }) => ({ id: name, from: 'env' as const, source: name })),
    ],
    ignore: ignoreOf(project, program, registry.secretFiles, built !== false),
    notes: [
      ...notesOf(to, {
        program,
        release,
        locked,
        bind,
        given: environment,
        variables,
        hidden,
        development: install.development,
        undeclared,
      }),
      ...(served?.server?.notes ?? []),
      ...validationNotes(validation),
      ...memberNotes(project, program, runtime.id),
      ...needs.notes,
      ...kept.notes,
    ],
    choices: choicesOf(to, { portable, compiles: needs.compiled }),
    app: {
      tool: deps !== undefined || (built && built.install !== undefined) ? install.tool : undefined,
      deps,
      build: built || undefined,
    },
  };
  return served?.site === undefined ? plan : sitePlan(plan, served.site, program, to);
}

/** What is copied for its user is not copied before. */
function withoutPaths(artifacts: readonly Artifact[], paths: readonly string[]): readonly Artifact[] {
  return artifacts.map((one) => {
    const rest = one.source.split(' ').filter((path) => !paths.includes(path));
    return one.parents === true ? { ...one, source: rest.join(' ') } : one;
  });
}

/** A program whose imports nothing brings ends as soon as it is started. */
function refuseUndeclared(list: readonly Undeclared[], project: Project): void {
  const missing = list.filter(({ perhaps }) => !perhaps);
  const [first] = missing;
  if (first === undefined) return;
  const names = missing.map(({ name }) => name).slice(0, 4);
  throw new UserError({
    kind: 'refused',
    message: project.has('package.json')
      ? `${first.at} imports ${first.name}, which package.json does not name, so the image would not have it.`
      : `${first.at} imports ${first.name}, and there is no package.json that names it.`,
    fix: `Type npm install ${names.join(' ')}, or run this in the folder whose package.json does.`,
  });
}

/** https://docs.npmjs.com/cli/v11/using-npm/scripts#npm-install: binding.gyp alone makes npm compile the project. */
function refuseImplicitBuild(project: Project, { scripts }: Manifest): void {
  if (!project.isFile('binding.gyp') || 'install' in scripts || 'preinstall' in scripts) return;
  throw new UserError({
    kind: 'refused',
    message:
      'binding.gyp makes npm compile the project itself when it installs packages, before its sources are there.',
    fix: 'Give package.json an install script that does nothing ("install": "exit 0"), and run node-gyp rebuild in the build script.',
  });
}

/** A build that is stopped by variables which only a container has. */
function validationNotes(validation: Validation | undefined): readonly Note[] {
  if (validation === undefined || validation.skips !== undefined) return [];
  return [
    {
      level: 'warning',
      text: `${validation.at} checks variables of the environment as soon as it is loaded, and the build loads it.`,
      fix: 'Let a variable skip it there (skipValidation: !!process.env.SKIP_ENV_VALIDATION), or give the build its values.',
    },
  ];
}

/** What fetches packages from repositories of git; Debian's git brings no certificates. */
function withGit({ apk, apt }: Needs['deps'], git: Git | undefined): Needs['deps'] {
  if (git === undefined) return { apk, apt };
  const ssh = git.ssh ? ['openssh-client'] : [];
  return {
    apk: [...new Set([...apk, 'git', ...ssh])].sort(),
    apt: [...new Set([...apt, 'ca-certificates', 'git', ...ssh])].sort(),
  };
}

/** What says the port to the program: a framework's server reads a variable, any other what its listeners say. */
function boundTo(served: Served | undefined, listens: readonly Listen[], port: number): Bind {
  const { variable = 'PORT' } = served?.server ?? {};
  return served === undefined
    ? bindOf(listens, port)
    : { env: { [variable]: String(port) }, args: [], local: undefined, fixed: undefined };
}

/** Where a site is built: on the system that its target's packages are for, and on Debian where there is none. */
function buildTarget(target: TargetId): TargetId {
  return target === 'alpine' ? 'alpine' : 'slim';
}

/** Whether packages are in the image: a site has none, and some servers hold all that they need. */
function needsPackages(served: Served | undefined): boolean {
  return served === undefined || served.server?.packages === true;
}

/** A server: what runs it is fixed, what is run can be replaced by `docker run image …`. */
function serve(init: readonly string[], argv: readonly string[]): Plan['start'] {
  return init.length > 0
    ? { entrypoint: init, command: argv }
    : { entrypoint: argv.slice(0, 1), command: argv.slice(1) };
}

function releaseIn(releases: readonly Release[], version: string): Release {
  const release = releaseOf(releases, version);
  if (release === undefined) throw new Error(`no release line for ${version}`);
  return release;
}

/** The image that installs for a Bun program with another package manager. */
function nodeBuilder(to: PlanTo<NodeSettings>): { build: string } {
  const row = to.catalog.node[0]?.images[to.target];
  if (row === undefined || 'none' in row) throw new Error('the newest Node has every target');
  return row;
}
