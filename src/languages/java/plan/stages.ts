import { posix } from 'node:path';
import { UserError } from '../../../errors.ts';
import type { PlanTo } from '../../../facts/language.ts';
import { placed, restarted, UNSYNCED, WATCHER, withPackages, withStages } from '../../../kit/stages.ts';
import { type Development, envOf, type Note, type Plan, type Step, type Test } from '../../../plan/plan.ts';
import { shellWord } from '../../../plan/quote.ts';
import type { StageId } from '../../../plan/stages.ts';
import type { Build, Module } from '../evidence/build.ts';
import { DEBUGGER, type Developing, developing } from '../evidence/develop.ts';
import type { Seen } from '../evidence/seen.ts';
import type { JavaSettings } from '../settings/settings.ts';
import { moduleOf } from './offers.ts';
import type { JavaApp } from './plan.ts';

type To = PlanTo<JavaSettings, Seen>;

/** What keeps tests out of a build. */
const TESTS = /^\*\*\/src\/(?:test|integrationTest|it)$/;
/** The home of whoever develops: what was fetched is kept there. */
const HOME = '/home/developer';

export function addStages(to: To, plan: Plan, asked: readonly StageId[]): Plan {
  const own = plan as Plan<JavaApp>;
  const build = to.seen.build(to.settings.buildTool.value);
  const module = moduleOf(to);
  const tests = asked.includes('test') ? testFiles(to, build, module) : [];
  const added = withStages(
    plan,
    {
      development: asked.includes('development') ? developmentOf(to, own, build, module) : undefined,
      test: asked.includes('test') ? testOf(own, build, module) : undefined,
    },
    asked.includes('test')
      ? { reads: tests.slice(0, 1), isOut: (pattern) => TESTS.test(pattern) }
      : undefined,
  );
  const stages = { env: homeOf(build) };
  return {
    ...added,
    app: { ...own.app, stages } as JavaApp,
    notes: [...added.notes, ...(asked.includes('test') ? testNotes(module) : [])],
  };
}

function testFiles({ project }: To, build: Build, module: Module): readonly string[] {
  const folders = [module.folder, ...module.needs].map((folder) =>
    posix.join(folder, 'src/test/**/*.{java,kt,groovy,scala}'),
  );
  const found = build.tool === 'javac' ? [] : project.find(folders);
  if (found.length > 0) return found;
  throw new UserError({
    kind: 'refused',
    message:
      build.tool === 'javac'
        ? 'There are no tests to run in a stage of their own: nothing but the compiler builds this project.'
        : `There are no tests to run in a stage of their own: src/test of ${module.folder === '.' ? 'this project' : module.folder} holds no source.`,
    fix: 'Add one, or leave test out of --stages.',
  });
}

/** Tests that start containers find no engine where an image is built. */
function testNotes(module: Module): readonly Note[] {
  const starts = module.dependencies.find(({ id }) => /^org\.testcontainers:/.test(id));
  if (starts === undefined) return [];
  return [
    {
      level: 'warning',
      text: `Tests start containers (${starts.id}), and a build has no engine to start them with.`,
      fix: 'Keep these tests in a group of their own that the build leaves out.',
    },
  ];
}

/** The tool as production calls it: `mvn -B -ntp -pl api -am`, `sh gradlew --no-daemon`. */
function callOf({ app }: Plan<JavaApp>, { tool }: Build): string {
  const [command = ''] = app.build.commands;
  return tool === 'maven'
    ? (command.split(' package')[0] ?? '')
    : command.replace(/ :?[\w:.-]*:\w+(?: -x \S+)*$/, '');
}

/** What cannot run in an image, as production leaves it out: properties of Maven, tasks of Gradle. */
function skipsOf({ app }: Plan<JavaApp>): string {
  const [command = ''] = app.build.commands;
  const properties = command.match(/ -D(?!skipTests|includeScope|outputDirectory)\S+/g) ?? [];
  return [...properties, ...(command.match(/ -x \S+/g) ?? [])].join('');
}

function developmentOf(to: To, plan: Plan<JavaApp>, build: Build, module: Module): Development {
  const { settings, project } = to;
  const found = developing(project, build, module, {
    main: settings.main.value,
    jdk: Number(settings.runtimeVersion.value),
    args: plan.start.command,
    port: plan.port,
  });
  const served = plan.app.server !== undefined;
  if ((found === undefined && build.tool !== 'javac') || served)
    throw new UserError({
      kind: 'refused',
      message: served
        ? 'An archive of servlets is developed in a server that its editor starts, and no stage of its own has one.'
        : `Nothing in ${module.file} starts this program for development.`,
      fix: 'Leave development out of --stages.',
    });
  const alpine = plan.images.build.includes('alpine');
  const watched = found?.reloads !== true;
  const none: Plan['packages'] = { apk: [], apt: [] };
  return {
    packages: watched ? withPackages(none, alpine, WATCHER) : none,
    env: plan.env,
    install: fetched(plan, build),
    about:
      found?.reloads === true
        ? `runs ${found.words.split(' ').find((word) => !/^(?:compile|-)/.test(word))}`
        : 'starts the program again when a source changes',
    prepare: {
      mounts: [],
      commands: [
        ...(plan.app.fetch === undefined ? [`mkdir -p ${HOME}`] : []),
        `chown ${plan.user} . ${HOME}`,
      ],
    },
    user: plan.user,
    ...placed('/src', undefined, plan.volumes ?? []),
    ports: [
      ...(plan.port === undefined ? [] : [String(plan.port)]),
      ...(plan.also ?? []),
      ...(found?.debugged === true ? [String(DEBUGGER)] : []),
    ],
    command: found === undefined ? compiled(to, plan) : commandOf(plan, build, module, found),
    watch: {
      sync: [{ path: '.', target: '/src', ignore: [...UNSYNCED, '**/target/', '**/build/', '.gradle/'] }],
      rebuild: build.manifests,
    },
  };
}

/** A JVM takes the home of a user without a name from nowhere else. */
function homeOf({ tool }: Build): Plan['env'] {
  if (tool === 'gradle') return envOf({ HOME, GRADLE_USER_HOME: `${HOME}/.gradle` });
  return envOf({ HOME, ...(tool === 'maven' ? { MAVEN_OPTS: `-Duser.home=${HOME}` } : {}) });
}

/** What is fetched becomes part of the image, and its user's. */
function fetched({ app, user }: Plan<JavaApp>, { tool }: Build): readonly Step[] {
  if (app.fetch === undefined) return [];
  const mounts = app.fetch.mounts
    .filter((mount) => !mount.startsWith('type=cache'))
    .map((mount) =>
      mount.replace('/root/.m2/', `${HOME}/.m2/`).replace('/cache/gradle/', `${HOME}/.gradle/`),
    );
  // what Gradle keeps beside the sources is root's by now, and the user could not go on with it
  const left = tool === 'gradle' ? ['rm -rf .gradle'] : [];
  return [{ mounts, commands: [...app.fetch.commands, ...left, `chown -R ${user} ${HOME}`] }];
}

function commandOf(plan: Plan<JavaApp>, build: Build, module: Module, found: Developing): readonly string[] {
  const call = callOf(plan, build).replace(' --no-daemon', '');
  // a goal that starts something is asked of one module; those that it needs are installed before
  const several = build.tool === 'maven' && module.needs.length > 0 && !/^compile /.test(found.words);
  const skips = skipsOf(plan);
  const before = several ? `${call} -q install -DskipTests${skips} && ` : '';
  const run = `${several ? call.replace(' -am', '') : call} ${found.words}${skips}`;
  if (found.reloads)
    return before === '' && !/["$]/.test(run) ? run.split(' ') : ['sh', '-c', `${before}exec ${run}`];
  const sources = "find . -type f -path '*/src/*'";
  if (found.compile !== undefined) {
    const watch = `${sources} | ${WATCHER} -dnp ${call} ${found.compile}${skips} & wait $!`;
    return ['sh', '-c', `trap exit TERM INT; ${before}${run} & while :; do ${watch}; done`];
  }
  return restarted(sources, several || /"/.test(run) ? `sh -c ${shellWord(`${before}exec ${run}`)}` : run);
}

/** The compiler alone: sources are compiled into a folder that the user writes to. */
function compiled(to: To, plan: Plan<JavaApp>): readonly string[] {
  const [folder = '.'] = moduleOf(to).sources;
  const jars = to.project.find('lib/*.jar').length > 0;
  const path = jars ? '"/tmp/classes:lib/*"' : '/tmp/classes';
  const args = plan.start.command.map(shellWord);
  const run = ['exec java', `-cp ${path}`, to.settings.main.value, ...args].join(' ');
  const compile = `javac -encoding UTF-8 -cp ${path} -d /tmp/classes $(find ${folder} -name "*.java")`;
  return restarted("find . -name '*.java'", `sh -c ${shellWord(`${compile} && ${run}`)}`);
}

function testOf(plan: Plan<JavaApp>, build: Build, module: Module): Test {
  const { app } = plan;
  const call = callOf(plan, build);
  const path = module.folder === '.' ? '' : module.id;
  return {
    packages: { apk: [], apt: [] },
    env: [],
    install: app.fetch === undefined ? [] : [app.fetch],
    about: build.tool === 'maven' ? 'the tests that Maven finds' : 'the tests that Gradle finds',
    run: {
      mounts: app.build.mounts,
      commands: [`${call} ${build.tool === 'maven' ? 'test' : `${path}:test`}${skipsOf(plan)}`],
    },
  };
}
