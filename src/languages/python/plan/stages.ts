import { MANAGERS } from '../../../catalog/python/managers.ts';
import { SERVERS } from '../../../catalog/python/servers.ts';
import type { PlanTo } from '../../../facts/language.ts';
import { placed, restarted, UNSYNCED, WATCHER, withPackages, withStages } from '../../../kit/stages.ts';
import type { Development, Note, Plan, Step, Test } from '../../../plan/plan.ts';
import { pathWord, shellWord } from '../../../plan/quote.ts';
import type { StageId } from '../../../plan/stages.ts';
import type { Seen } from '../evidence/evidence.ts';
import {
  developmentExtras,
  developmentGroups,
  developmentLists,
  type Testing,
  testing,
} from '../evidence/tests.ts';
import type { PythonSettings } from '../settings/settings.ts';
import { demanded, type PythonApp } from './plan.ts';

type To = PlanTo<PythonSettings, Seen>;

/** What keeps tests out of an image that takes the sources as they are. */
const TESTS = /^tests?$/;

export function addStages(to: To, plan: Plan, asked: readonly StageId[]): Plan {
  const own = plan as Plan<PythonApp>;
  const { name } = to.settings.packageManager.value;
  const run = asked.includes('test')
    ? testing(to.seen, to.settings.main.value, MANAGERS[name].lock)
    : undefined;
  const added = withStages(
    plan,
    {
      development: asked.includes('development') ? developmentOf(to, own) : undefined,
      test: run && testOf(to, own, run),
    },
    run && { reads: [], isOut: (pattern) => TESTS.test(pattern) },
  );
  const without = added.letIn ?? [];
  return {
    ...added,
    context: [...new Set([...added.context, ...developmentLists(to.project).flatMap(({ files }) => files)])],
    notes: [...added.notes, ...(run === undefined ? [] : lackOf(run))],
    app: { ...own.app, ...(without.length === 0 ? {} : { without }) } as PythonApp,
  };
}

function lackOf({ lacks, from }: Testing): readonly Note[] {
  if (!lacks) return [];
  return [
    {
      level: 'warning',
      text: `The tests need pytest (${from}), which no list of packages names, so the stage installs its newest release.`,
      fix: 'Add it to the packages for development.',
    },
  ];
}

/** The packages of production and those of development; the project where it lies, so that a change of it counts. */
function installsOf(
  to: To,
  { app }: Plan<PythonApp>,
): { readonly packages: readonly Step[]; readonly project: readonly Step[] } {
  const { seen, project } = to;
  const { name } = to.settings.packageManager.value;
  const { develops } = MANAGERS[name];
  const instead = (command: string) =>
    develops.reduce((text, [words, other]) => text.replace(words, other), command);
  const more = moreOf(to);
  const developed = (step: Step | undefined): readonly Step[] => {
    if (step === undefined) return [];
    const commands = step.commands.filter((command) => !/compileall/.test(command)).map(instead);
    return [
      {
        mounts: step.mounts.filter((mount) => mount !== 'type=bind,target=.,rw'),
        commands: commands.map(more),
      },
    ];
  };
  const lists = name === 'pip' ? developmentLists(project) : [];
  const caches = `type=cache,target=${MANAGERS.pip.cache}`;
  const files = [...new Set([...seen.requirements.files, ...lists.flatMap((list) => list.files)])];
  const listed: readonly Step[] =
    lists.length === 0
      ? []
      : [
          {
            mounts: [
              ...files.map((path) => `type=bind,source=${pathWord(path, 'the project')},target=${path}`),
              caches,
            ],
            commands: [
              `pip --python /opt/venv install${lists.map(({ path }) => ` --requirement ${shellWord(path)}`).join('')}`,
            ],
          },
        ];
  return { packages: [...developed(app.install), ...listed], project: developed(app.project) };
}

/** Extras and groups for development, behind the command that installs by a lock or by a manifest. */
function moreOf(to: To): (command: string) => string {
  const { seen } = to;
  const { name } = to.settings.packageManager.value;
  const extras = developmentExtras(seen).filter((one) => !to.settings.extra.value.includes(one));
  const groups = name === 'uv' ? developmentGroups(seen) : [];
  const words = [
    ...(name === 'uv' || name === 'poetry' ? extras.map((one) => ` ${MANAGERS[name].extra} ${one}`) : []),
    ...groups.map((one) => ` --group ${one}`),
  ].join('');
  return (command) => {
    if (/^(?:uv sync|poetry (?:sync|install))/.test(command)) return command + words;
    if (/ --requirement pyproject\.toml/.test(command))
      return command + extras.map((one) => ` --extra ${one}`).join('');
    return command;
  };
}

function developmentOf(to: To, plan: Plan<PythonApp>): Development {
  const { packages, project } = installsOf(to, plan);
  const { watched, command } = commandOf(to, plan);
  const alpine = plan.images.build.includes('alpine');
  return {
    packages: watched ? withPackages(plan.app.packages, alpine, WATCHER) : plan.app.packages,
    env: plan.env,
    install: packages,
    about: watched
      ? 'starts the program again when a source changes'
      : `runs ${command.slice(0, 2).join(' ')}`,
    prepare: {
      mounts: project.flatMap(({ mounts }) => mounts),
      commands: [...project.flatMap(({ commands }) => commands), `chown ${plan.user} .`],
    },
    user: plan.user,
    ...placed('/app', plan.folder, plan.volumes ?? []),
    ports: [...(plan.port === undefined ? [] : [String(plan.port)]), ...(plan.also ?? [])],
    command,
    watch: {
      sync: [{ path: '.', target: '/app', ignore: [...UNSYNCED, '.venv/', '**/__pycache__/'] }],
      rebuild: [
        ...new Set(
          packages.flatMap(({ mounts }) =>
            mounts.flatMap((m) => /^type=bind,source=([^,]+)/.exec(m)?.[1] ?? []),
          ),
        ),
      ],
    },
  };
}

/** The framework's own reload, else the server's, else what starts production again. */
function commandOf(
  to: To,
  plan: Plan<PythonApp>,
): { readonly command: readonly string[]; readonly watched: boolean } {
  const main = to.settings.main.value;
  const port = String(plan.port ?? '');
  const own = main.framework?.develops;
  if (main.kind !== 'command' && main.django !== undefined)
    return { command: ['python', main.django.manage, 'runserver', `0.0.0.0:${port}`], watched: false };
  if (own !== undefined && main.kind === 'application') {
    const values: Readonly<Record<string, string>> = { app: main.text, port, file: main.file ?? '' };
    return {
      command: own.map((word) => word.replace(/\{(\w+)\}/g, (all, key: string) => values[key] ?? all)),
      watched: false,
    };
  }
  const { entrypoint, command } = plan.start;
  const argv = [...entrypoint, ...command].filter((word) => !/\/tini$|^--$/.test(word));
  const server = SERVERS.find((row) => row.command[0] === argv[0]);
  if (argv[0] === 'streamlit') return { command: [...argv, '--server.runOnSave=true'], watched: false };
  if (server?.reload !== undefined) return { command: [...argv, ...server.reload], watched: false };
  return { command: restarted("find . -name '*.py'", argv.map(shellWord).join(' ')), watched: true };
}

function testOf(to: To, plan: Plan<PythonApp>, run: Testing): Test {
  const { packages, project } = installsOf(to, plan);
  const folder = plan.folder === undefined ? '' : `cd ${shellWord(plan.folder)} && `;
  const { django } = to.settings.main.value;
  const values = django === undefined ? [] : demanded(to.seen.modules, django);
  const lacking: readonly Step[] = run.lacks
    ? [{ mounts: [], commands: ['pip --python /opt/venv install pytest'] }]
    : [];
  const before = project.flatMap(({ commands }) => commands);
  return {
    packages: plan.app.packages,
    env: plan.env.filter(({ name }) => name === 'PYTHONPATH' || name === 'PYTHONUNBUFFERED'),
    install: [...packages, ...lacking],
    about: `the tests with ${run.runner} (${run.from})`,
    run: {
      mounts: project.flatMap(({ mounts }) => mounts),
      commands: [...before, `${folder}${[...values, ...run.words.map(shellWord)].join(' ')}`],
    },
  };
}
