import type { PlanTo } from '../../../facts/language.ts';
import { placed, UNSYNCED, withPackages, withStages } from '../../../kit/stages.ts';
import { type Development, envOf, type Note, type Plan, type Stage, type Test } from '../../../plan/plan.ts';
import { shellWord } from '../../../plan/quote.ts';
import type { StageId } from '../../../plan/stages.ts';
import { DEBUGGER, type Developing, developing } from '../evidence/develop.ts';
import { isYarn1 } from '../evidence/lock/package-managers.ts';
import { manifestOf } from '../evidence/manifest.ts';
import type { Seen } from '../evidence/program.ts';
import { type Testing, testing } from '../evidence/tests.ts';
import { workspaceOf } from '../evidence/workspace/workspaces.ts';
import { buildEnvironment } from '../frameworks/index.ts';
import type { NodeSettings } from '../settings/settings.ts';
import { ROWS } from './install/commands.ts';
import type { Tool } from './install/install.ts';
import { buildCommands } from './member-builds.ts';
import { installationOf, type NodeApp } from './plan.ts';

/** The words of the stages that Node alone has. */
export interface NodeStages {
  /** The package manager, where the image has another or none. */
  readonly tool: Tool | undefined;
}

type To = PlanTo<NodeSettings, Seen>;
type Made = ReturnType<typeof installationOf>;

/** Patterns by which tests stay out of an image that takes the sources as they are. */
const TESTS = /(?:^|\/)(?:tests?|__tests__|e2e)$|^\*\*\/\*\.(?:test|spec)\.\*$/;

export function addStages(to: To, plan: Plan, asked: readonly StageId[]): Plan {
  const made = installationOf(to);
  const wants = (id: StageId) => asked.includes(id);
  const development = wants('development') ? developmentOf(to, plan as Plan<NodeApp>, made) : undefined;
  const test = wants('test') ? testOf(to, made) : undefined;
  const added = withStages(
    plan,
    { development: development?.stage, test },
    test && { reads: [], isOut: (pattern) => TESTS.test(pattern) },
  );
  const tool = made.everything ? made.install.tool : undefined;
  const app = added.app as NodeApp;
  return {
    ...added,
    context: [...new Set([...added.context, ...(made.everything ? made.install.files : [])])],
    notes: [...added.notes, ...(development?.notes ?? [])],
    app: { ...app, stages: { tool } } as NodeApp,
  };
}

/** What both stages install: all packages, with what compiles those that have machine code. */
function stageOf(made: Made, more: Readonly<Record<string, string>>): Stage {
  const { program, install, everything, buildPackages } = made;
  return {
    packages: buildPackages,
    env: envOf({ ...buildEnvironment(program.manifest, program.framework, program.build), ...more }),
    install: everything ? [install.all] : [],
  };
}

/** What runs once the sources are there, before anything of them can start: generated code, and other members' builds. */
function prepared(to: To, made: Made): readonly string[] {
  const others = buildCommands(to.project, made.manager, undefined, made.install.run);
  return [...made.needs.beforeBuild, ...made.install.before, ...others];
}

function developmentOf(
  to: To,
  plan: Plan<NodeApp>,
  made: Made,
): { readonly stage: Development; readonly notes: readonly Note[] } {
  const { project } = to;
  const port = plan.port;
  const found = developing(manifestOf(project), made.program, made.start, String(port ?? ''));
  const said = made.program.framework?.develops.env ?? {};
  const env = Object.fromEntries(
    Object.entries(said).map(([name, value]) => [name, value.replace('{port}', String(port ?? ''))]),
  );
  const own = plan.env.filter(({ name }) => name !== 'NODE_ENV' && !(name in env));
  const base = stageOf(made, {});
  const debugged = ('debugged' in found && found.debugged) || 'start' in found;
  const node = made.start.argv[0] !== 'bun';
  const workspace = workspaceOf(project.context) !== undefined;
  const stage: Development = {
    ...base,
    // what lists processes is in Alpine's BusyBox, and not in Debian's slim images
    packages:
      'lists' in found && !plan.images.build.includes('alpine')
        ? withPackages(base.packages, false, 'procps')
        : base.packages,
    env: [
      ...base.env,
      ...envOf({ NODE_ENV: 'development', ...env, ...(port === undefined ? {} : portOf(plan, port)) }),
      ...own,
    ].filter(({ name }, index, all) => all.findIndex((one) => one.name === name) === index),
    about: aboutOf(found),
    prepare: { mounts: [], commands: [...prepared(to, made), ...ownership(made, workspace)] },
    user: USER,
    ...placed('/app', project.app, plan.volumes ?? []),
    ports: [
      ...(port === undefined ? [] : [String(port)]),
      ...(plan.also ?? []),
      ...(debugged && node ? [String(DEBUGGER)] : []),
    ],
    command: commandOf(found, made),
    watch: {
      sync: [{ path: '.', target: '/app', ignore: [...UNSYNCED, '**/node_modules/', ...outputsOf(made)] }],
      rebuild: [...new Set(made.install.files.filter((path) => project.context.isFile(path)))],
    },
  };
  const still = 'start' in found && !('watch' in found);
  const notes: readonly Note[] = still
    ? [
        {
          level: 'warning',
          text: 'Nothing of this project compiles a source again as it changes, so the stage development only builds once.',
          fix: 'Give package.json a dev script.',
        },
      ]
    : [];
  return { stage, notes };
}

/** The user `node` and `bun` of the official images. */
const USER = '1000:1000';

/** The variable that says the port, where no argument does. */
function portOf({ env }: Plan, port: number): Readonly<Record<string, string>> {
  return env.some(({ value }) => value === String(port)) ? {} : { PORT: String(port) };
}

/** The user makes files beside the sources and the packages, as caches of dev servers are. */
function ownership({ everything, install }: Made, workspace: boolean): readonly string[] {
  if (workspace) return [`chown ${USER} .`, `find . -name node_modules -prune -exec chown ${USER} {} +`];
  return [`chown ${USER} .${everything && install.ship.includes('node_modules') ? ' node_modules' : ''}`];
}

function outputsOf({ program }: Made): readonly string[] {
  return [...(program.build?.outputs ?? []), ...(program.framework?.leaves ?? [])]
    .filter((path) => path !== '.')
    .map((path) => `${path}/`);
}

function aboutOf(found: Developing): string {
  if ('script' in found) return `runs the script ${found.script}`;
  if ('watch' in found) return 'compiles what changes, and starts the program again';
  return 'words' in found && !found.own
    ? `runs ${found.words[0]}`
    : 'starts the program again when a source changes';
}

/** Exec form. */
function commandOf(found: Developing, made: Made): readonly string[] {
  const { install, manager } = made;
  const run = install.run.split(' ');
  if ('script' in found) {
    const behind = found.args.length === 0 ? [] : manager.name === 'npm' ? ['--', ...found.args] : found.args;
    return [...run, found.script, ...behind];
  }
  if ('words' in found) return found.own ? found.words : [...finderOf(made), ...found.words];
  const start = found.start.map(shellWord).join(' ');
  const build = `${install.run} ${shellWord(made.program.build?.script ?? 'build')}`;
  if (!('watch' in found)) return ['sh', '-c', `${build} && exec ${start}`];
  const watch = [...finderOf(made), ...found.watch.map(shellWord)].join(' ');
  return ['sh', '-c', `${build} && { ${watch} & exec ${start}; }`];
}

function finderOf({ manager, install }: Made): readonly string[] {
  const { finder } = ROWS[isYarn1(manager) ? 'yarn1' : manager.name];
  return install.run.startsWith('node ')
    ? [...install.run.split(' ').slice(0, -1), ...finder.slice(1)]
    : finder;
}

function testOf(to: To, made: Made): Test {
  const { project } = to;
  const found = testing(project, made.program.manifest, manifestOf(project));
  const base = stageOf(made, { CI: 'true' });
  const folder = project.app === '.' ? '' : `cd ${shellWord(project.app)} && `;
  return {
    ...base,
    about: `the tests (${found.from})`,
    run: { mounts: [], commands: [...prepared(to, made), `${folder}${testCommand(found, made)}`] },
  };
}

function testCommand(found: Testing, made: Made): string {
  if ('script' in found) return `${made.install.run} ${shellWord(found.script)}`;
  return [...(found.own ? [] : finderOf(made)), ...found.words.map(shellWord)].join(' ');
}
