import { posix } from 'node:path';
import { AIR } from '../../../catalog/go-tools.ts';
import { UserError } from '../../../errors.ts';
import type { PlanTo } from '../../../facts/language.ts';
import { placed, UNSYNCED, withStages } from '../../../kit/stages.ts';
import type { Development, Plan, Test } from '../../../plan/plan.ts';
import { pathWord } from '../../../plan/quote.ts';
import type { StageId } from '../../../plan/stages.ts';
import { findGenerated } from '../evidence/generated.ts';
import { type Program, programOf } from '../evidence/program.ts';
import type { Tree } from '../evidence/tree.ts';
import type { GoSettings } from '../settings/settings.ts';
import { buildOf, testsOf } from './compile.ts';
import type { GoApp } from './plan.ts';

type To = PlanTo<GoSettings, Tree>;

/** What keeps tests and their data out of a build. */
const TESTS = /^\*\*\/(?:\*_test\.go|testdata)$/;
const CACHES = /^type=cache,/;
/** What a tool is compiled of is no part of the image. */
const INSTALLING = ['type=cache,target=/go/pkg/mod', 'type=cache,target=/root/.cache/go-build'];
const FILES = ['.air.toml', '.air.conf', '.config/air.toml'];

export function addStages(to: To, plan: Plan, asked: readonly StageId[]): Plan {
  const own = plan as Plan<GoApp>;
  const program = programOf(to.seen, to.settings.main.value, to.settings.cgo.value);
  const reads = asked.includes('test') ? testFiles(to, program) : [];
  return withStages(
    plan,
    {
      development: asked.includes('development') ? developmentOf(to, own, program) : undefined,
      test: asked.includes('test') ? testOf(to, own, program) : undefined,
    },
    asked.includes('test')
      ? { reads: reads.slice(0, 1), isOut: (pattern) => TESTS.test(pattern) }
      : undefined,
  );
}

function testFiles({ project }: To, { main }: Program): readonly string[] {
  const below = main.module?.folder ?? main.workspace.folder;
  const found = project.find([posix.join(below, '**/*_test.go'), '!**/vendor/**', '!**/testdata/**']);
  if (found.length > 0) return found;
  throw new UserError({
    kind: 'refused',
    message: 'There are no tests to run in a stage of their own: no file *_test.go is in this module.',
    fix: 'Add one, or leave test out of --stages.',
  });
}

/** What `go generate` and the like make before anything compiles. */
function generated(to: To, { main }: Program): readonly string[] {
  return findGenerated(to.seen, main).flatMap(({ command }) => command ?? []);
}

function developmentOf(to: To, plan: Plan<GoApp>, program: Program): Development {
  const { app } = plan;
  const air = airOf(to, program, plan.start.command);
  const file = program.main.module?.file ?? '';
  const secret = app.build.mounts.filter((mount) => /^type=(?:secret|ssh)/.test(mount));
  const before = generated(to, program);
  return {
    packages: app.packages,
    env: [{ name: 'GOCACHE', value: '/tmp/go-build' }, ...plan.env.filter(({ name }) => name !== 'GIN_MODE')],
    install: [
      // the packages are part of this image: no cache is mounted when it runs
      ...(app.download === undefined
        ? []
        : [{ ...app.download, mounts: app.download.mounts.filter((mount) => !CACHES.test(mount)) }]),
      ...(air.install === undefined ? [] : [{ mounts: INSTALLING, commands: [air.install] }]),
    ],
    about: 'runs air, which compiles and starts the program again when a source changes',
    prepare: { mounts: before.length > 0 ? secret : [], commands: [...before, `chown ${plan.user} .`] },
    user: plan.user,
    ...placed('/src', undefined, plan.volumes ?? []),
    ports: [...(plan.port === undefined ? [] : [String(plan.port)]), ...(plan.also ?? [])],
    command: air.command,
    watch: {
      sync: [{ path: '.', target: '/src', ignore: [...UNSYNCED, 'tmp/'] }],
      rebuild: [file, posix.join(posix.dirname(file), 'go.sum')].filter(
        (path) => path !== '' && to.project.isFile(path),
      ),
    },
  };
}

/** Where air puts what it compiles, for lack of a file that says so. */
const BINARY = '/tmp/program';

/** air, by the project's own file where it has one: by its `tool` line, else installed at a version that its Go compiles. */
function airOf(
  { project, settings, seen }: To,
  { main }: Program,
  args: readonly string[],
): { readonly install: string | undefined; readonly command: readonly string[] } {
  const file = FILES.find((path) => project.isFile(path));
  const manifest = main.module === undefined ? '' : (project.read(main.module.file) ?? '');
  const tool = /^[^\S\n]*(?:tool[^\S\n]{1,50})?github\.com\/(?:air-verse|cosmtrek)\/air[^\S\n]{0,50}$/m.test(
    manifest,
  );
  const minor = Number(settings.runtimeVersion.value.split('.')[1]);
  const release = AIR.releases.find(({ go }) => Number(go.split('.')[1]) <= minor) ?? AIR.releases.at(-1);
  const build = buildOf(seen, main, settings.tags.value, BINARY).join(' ');
  const words =
    file === undefined
      ? ['--build.cmd', build, '--build.bin', BINARY, ...(args.length > 0 ? ['--', ...args] : [])]
      : ['-c', pathWord(file, 'the project')];
  return {
    install: tool
      ? undefined
      : `GOBIN=/usr/local/bin CGO_ENABLED=0 go install ${AIR.module}@${release?.version}`,
    command: [...(tool ? ['go', 'tool', 'air'] : ['air']), ...words],
  };
}

function testOf(to: To, { app }: Plan<GoApp>, program: Program): Test {
  const words = testsOf(program.main, to.settings.tags.value);
  const mounts = app.build.mounts.filter((mount) => !mount.startsWith('type=bind'));
  return {
    packages: app.packages,
    env: [],
    install: app.download === undefined ? [] : [app.download],
    about: 'the tests of the module',
    run: { mounts, commands: [...app.build.commands.slice(0, -1), words.join(' ')] },
  };
}
