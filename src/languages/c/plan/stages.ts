import type { PlanTo } from '../../../facts/language.ts';
import { placed, restarted, UNSYNCED, WATCHER, withPackages, withStages } from '../../../kit/stages.ts';
import type { Development, Plan, Test } from '../../../plan/plan.ts';
import { shellWord } from '../../../plan/quote.ts';
import type { StageId } from '../../../plan/stages.ts';
import { BUILD, INSTALL, PREFIX } from '../evidence/facts.ts';
import type { Seen } from '../evidence/seen.ts';
import { type Testing, testing } from '../evidence/tests.ts';
import type { CSettings } from '../settings/settings.ts';
import { type CApp, planC } from './plan.ts';

type To = PlanTo<CSettings, Seen>;

/** Commands that compile what changed, and bring it where it is started. */
const AGAIN =
  /^(?:cmake --(?:build|install)|meson (?:compile|install)|make\b|ninja\b|gcc |g\+\+ |install -D )/;
/** Commands that say how it is compiled, once. */
const ONCE = /^(?:cmake (?!--)|meson setup|autoreconf|NOCONFIGURE=|(?:sh )?\.\/configure|echo |install -d )/;

export function addStages(to: To, plan: Plan, asked: readonly StageId[]): Plan {
  // who develops compiles for the platform that it is developed on
  const native = planC({ ...to, platforms: to.platforms.slice(0, 1) });
  const run = asked.includes('test') ? testing(to.project, to.settings.buildSystem.value) : undefined;
  const added = withStages(
    plan,
    {
      development: asked.includes('development') ? developmentOf(to, native) : undefined,
      test: run && testOf(to, native, run),
    },
    run && { reads: [run.from], isOut: () => false },
  );
  const env = [
    ...native.app.environment.map(({ name, value }) => ({ name, value: debugged(value) })),
    ...(usesCcache(native) ? [{ name: 'CCACHE_DIR', value: CCACHE }] : []),
  ];
  return { ...added, app: { ...plan.app, stages: { env } } };
}

/** What was compiled when the image was made is found again, and its user adds to it. */
const CCACHE = '/tmp/ccache';

function usesCcache({ app }: Plan<CApp>): boolean {
  return [...app.packages.apk, ...app.packages.apt].includes('ccache');
}

function isAlpine({ images }: Plan<CApp>): boolean {
  return images.build.includes('alpine');
}

/** Optimization hides what a debugger shows, and nothing is stripped. */
function debugged(text: string): string {
  return text
    .replaceAll('-O2 -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3', '-O0 -g3')
    .replace(/(-Wl,--as-needed) -s(?![\w-])/g, '$1')
    .replace('-DCMAKE_BUILD_TYPE=Release', '-DCMAKE_BUILD_TYPE=Debug')
    .replace('--buildtype=release', '--buildtype=debug');
}

/** What goes to a folder of the build stage otherwise goes where the image that ships has it. */
function inPlace(command: string): string {
  return command
    .replace(/\s--destdir \/install(?![\w/])/g, '')
    .replace(/\b\w+=\/install(?![\w/])\s?/g, '')
    .replaceAll(`${INSTALL}/`, '/');
}

/** A cross compiler's triplet, and what tidies up what ships, have no use here. */
function commandsOf({ app }: Plan<CApp>): readonly string[] {
  return app.compile.commands.map(inPlace).filter((command) => ONCE.test(command) || AGAIN.test(command));
}

function developmentOf(to: To, plan: Plan<CApp>): Development {
  const commands = commandsOf(plan).map(debugged);
  const again = commands.filter((command) => AGAIN.test(command));
  const argv = [...plan.start.entrypoint, ...plan.start.command].filter((word) => !/\/tini$|^--$/.test(word));
  const run = [...again, `exec ${argv.map(shellWord).join(' ')}`].join(' && ');
  const builds = commands.some((command) => command.includes(BUILD));
  const folders = [PREFIX, ...(builds ? [BUILD] : []), ...(usesCcache(plan) ? [CCACHE] : [])];
  return {
    packages: withPackages(plan.app.packages, isAlpine(plan), WATCHER, 'gdb'),
    env: plan.env,
    install: [],
    about: 'starts the program again when a source changes',
    prepare: { mounts: [], commands: [...commands, `chown -R ${plan.user} . ${folders.join(' ')}`] },
    user: plan.user,
    ...placed('/src', undefined, plan.volumes ?? []),
    ports: [...(plan.port === undefined ? [] : [String(plan.port)]), ...(plan.also ?? [])],
    command: restarted("find . -name '*.[chCH]*'", `sh -c ${shellWord(run)}`),
    watch: {
      sync: [{ path: '.', target: '/src', ignore: [...UNSYNCED, 'build/'] }],
      rebuild: to.project
        .find(['CMakeLists.txt', 'meson.build', 'configure.ac'])
        .filter((path) => to.project.isFile(path)),
    },
  };
}

function testOf(to: To, plan: Plan<CApp>, run: Testing): Test {
  const system = to.settings.buildSystem.value;
  const commands = commandsOf(plan).filter(
    (command) => !/\binstall\b/.test(command.split(' ').slice(0, 3).join(' ')),
  );
  const alpine = isAlpine(plan);
  const names = run.packages.map(({ debian, alpine: apk }) => (alpine ? apk : debian));
  return {
    packages: withPackages(plan.app.packages, alpine, ...names),
    env: plan.app.environment,
    install: [],
    about: `the tests (${run.from})`,
    run: { mounts: plan.app.compile.mounts, commands: TESTS[system](commands, run) },
  };
}

/** A build leaves its tests out where it is told to: here it is told otherwise. */
const on = (command: string) => command.replace(/ -D(\w*TEST\w*)(?::BOOL)?=OFF/g, ' -D$1=ON');
const whole = (command: string) => command.replace(/ --target \S+/, '');
const configures = (command: string) => ONCE.test(command);

const TESTS: {
  readonly [System in CSettings['buildSystem']]: (
    commands: readonly string[],
    run: Testing,
  ) => readonly string[];
} = {
  cmake: (commands) => [
    ...commands.map(on).map(whole),
    `ctest --test-dir ${BUILD} --output-on-failure --no-tests=error`,
  ],
  meson: (commands) => [
    ...commands.map((command) => command.replace(/ -D(\w*tests?\w*)=(?:false|disabled)/g, '')),
    `meson test -C ${BUILD} --print-errorlogs`,
  ],
  // what make built in a folder of the sources is built for the tests too
  autotools: (commands) => [
    ...commands,
    `${commands.find((command) => command.startsWith('make')) ?? 'make'} check`,
  ],
  make: (commands, { target }) => [
    ...commands.filter(configures),
    [...(commands.find((command) => command.startsWith('make')) ?? 'make').matchAll(/'[^']*'|\S+/g)]
      .map(([word]) => word)
      .filter((word, index) => index === 0 || word.includes('=') || word.startsWith('-'))
      .concat(target)
      .join(' '),
  ],
  sources: (commands) => commands,
};
