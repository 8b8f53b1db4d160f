import type { Context, Settings } from '../../../facts/language.ts';
import { HEALTH, INCLUDE, INIT, PORT, value } from '../../../kit/settings.ts';
import { findArguments } from '../evidence/arguments.ts';
import { BUILD_FILES, executableOf } from '../evidence/build.ts';
import { type BuildSystem, candidates, foremost } from '../evidence/facts.ts';
import { findHealth } from '../evidence/health.ts';
import { LIBRARIES, type Library } from '../evidence/libraries.ts';
import { findLinkage, type Linkage } from '../evidence/linkage.ts';
import { findPort, type Port } from '../evidence/port.ts';
import { usablePresets } from '../evidence/presets.ts';
import { assertSubmodules, findUnknown } from '../evidence/recipes.ts';
import { findRuntimeFiles } from '../evidence/runtime-files.ts';
import type { Seen } from '../evidence/seen.ts';
import { findSignalHandler } from '../evidence/signals.ts';

/** Every decision about a C or C++ project, in the order in which they build on each other. */
export interface CSettings {
  readonly buildSystem: BuildSystem;
  readonly options: readonly string[];
  readonly main: string;
  readonly packages: { readonly build: readonly string[]; readonly runtime: readonly string[] };
  readonly libraries: readonly Library[];
  readonly args: readonly string[];
  readonly link: Linkage;
  readonly include: readonly string[];
  readonly port: Port;
  readonly health: string;
  readonly init: boolean;
}

type Known = Context<CSettings, Seen>;

const SYSTEMS: readonly BuildSystem[] = ['cmake', 'meson', 'autotools', 'make', 'sources'];

function program({ seen, settings }: Pick<Known, 'seen' | 'settings'>) {
  return seen.program(settings);
}

/** Words as a shell would split them, quotes taken off; nothing is expanded. */
function split(text: string): readonly string[] {
  return [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'),
  );
}

function join(list: readonly string[]): string {
  return list.map((word) => (/[\s"']/.test(word) ? JSON.stringify(word) : word)).join(' ') || 'none';
}

const PACKAGE = /^[a-z0-9][a-z0-9.+_-]*$/;

export const SETTINGS: Settings<CSettings, Seen> = {
  buildSystem: {
    detect({ project, seen }) {
      const there = BUILD_FILES.flatMap(({ system, file }) => {
        const path = file(project);
        return path === undefined ? [] : [{ system, path }];
      });
      // one that builds a program is preferred to one that only tests, packs, or builds a library
      const builds =
        there.find(({ system }) => candidates(seen.build(system).executables).length > 0) ?? there[0];
      const script = ['autogen.sh', 'bootstrap', 'bootstrap.sh', 'buildconf'].find((name) =>
        project.isFile(name),
      );
      if (builds === undefined && script !== undefined)
        return { because: `${script} makes the files that build it, of files that are not understood.` };
      if (builds === undefined) return undefined;
      const others = there.filter((one) => one !== builds).map(({ path }) => path);
      return {
        value: builds.system,
        from: builds.path + (others.length > 0 ? ` (${others.join(', ')} could build it too)` : ''),
      };
    },
    choices: () => SYSTEMS,
    assume: () => ({ value: 'sources', from: 'there is no build file' }),
    parse(text) {
      const system = SYSTEMS.find((one) => one === text);
      if (system === undefined) throw value('--build-system', text, SYSTEMS.join(', '));
      return system;
    },
    print: (system) => system,
  },
  options: {
    detect({ project, settings }) {
      if (settings.buildSystem !== 'cmake') return undefined;
      const presets = usablePresets(project).map((name) => ({
        value: [`--preset=${name}`],
        from: 'CMakePresets.json',
      }));
      return presets.length > 1 ? { tie: presets } : presets[0];
    },
    assume: () => ({ value: [], from: 'nothing asks for any' }),
    parse: (text) => (text === 'none' ? [] : split(text)),
    print: join,
  },
  main: {
    detect(known) {
      const { facts } = program(known);
      const { executables, files } = facts;
      const all = foremost(facts, known.project.name).map((e) => ({ value: e.name, from: e.at }));
      const [only, ...more] = [...new Map(all.map((found) => [found.value, found])).values()];
      if (only !== undefined) return more.length > 0 ? { tie: [only, ...more] } : only;
      const file = files[0];
      const system = known.settings.buildSystem ?? 'sources';
      if (system === 'sources')
        return { because: 'No source has a main() function, so there is no program to start.' };
      if (file === undefined && system === 'autotools')
        return { because: 'configure does not tell which programs it builds.' };
      return {
        because: `${file ?? `The build by ${system}`} builds no program that could be started${executables.length > 0 ? ', but tests and examples' : ''}; a library is built into the image of a program that uses it.`,
      };
    },
    choices: (known) => candidates(program(known).facts.executables).map((e) => e.name),
    assume: () => undefined,
    parse(text, known) {
      const { facts: read } = program({ seen: known.seen, settings: { ...known.settings, main: text } });
      const names = read.executables.map((e) => e.name);
      if (names.length > 0 && executableOf(read, text) === undefined)
        throw value('--main', text, `an executable that it builds (${names.slice(0, 12).join(', ')})`);
      if (!/^(?:[\w+-][\w.+-]*\/)?[\w+-][\w.+-]*$/.test(text))
        throw value('--main', text, 'the name of a file, or where it is installed, as sbin/name');
      return text;
    },
    print: (name) => name,
  },
  packages: {
    detect(known) {
      const { facts, needed } = program(known);
      assertSubmodules(known.project, facts);
      const foreign = findUnknown(known.project, facts, needed.unknown);
      return foreign === undefined ? undefined : { because: foreign };
    },
    assume: () => ({ value: { build: [], runtime: [] }, from: 'default' }),
    parse(text) {
      const [build = [], runtime = []] = text.split('/').map((part) =>
        part
          .split(',')
          .map((word) => word.trim())
          .filter((word) => word !== '' && word !== 'none'),
      );
      const bad = [...build, ...runtime].find((word) => !PACKAGE.test(word));
      if (bad !== undefined) throw value('--packages', bad, 'names of packages');
      return { build, runtime };
    },
    print: ({ build, runtime }) =>
      build.length + runtime.length === 0
        ? 'none'
        : [build, runtime]
            .map((list) => list.join(','))
            .join('/')
            .replace(/\/$/, ''),
  },
  libraries: {
    detect(known) {
      const { libraries } = program(known).needed;
      const value = libraries.map((found) => found.value).filter((library) => library.name !== 'libc');
      return value.length === 0
        ? undefined
        : { value, from: [...new Set(libraries.map((found) => found.from))].slice(0, 4).join(', ') };
    },
    assume: () => ({ value: [], from: 'none is named by the build files or the sources' }),
    parse(text) {
      if (text === 'none') return [];
      return text.split(',').map((word) => {
        const library = LIBRARIES.find((one) => one.name === word.trim());
        if (library === undefined)
          throw value('--libraries', word, 'names of known libraries, as sqlite3 (others: --packages)');
        return library;
      });
    },
    print: (list) => list.map((library) => library.name).join(',') || 'none',
  },
  args: {
    detect: (known) => findArguments(program(known)) ?? { value: [], from: 'it needs none' },
    assume: () => undefined,
    parse: (text) => (text === 'none' ? [] : split(text)),
    print: join,
  },
  link: {
    detect: (known) =>
      findLinkage(
        known.project,
        known.seen.sources,
        program(known).facts,
        known.settings.libraries ?? [],
        program(known).needed.unknown,
      ),
    assume: () => ({ value: 'shared', from: 'default' }),
    parse(text) {
      if (text !== 'static' && text !== 'shared') throw value('--link', text, 'static or shared');
      return text;
    },
    print: (link) => link,
  },
  include: {
    detect: (known) => findRuntimeFiles(known.project, program(known).files),
    assume: () => ({ value: [], from: 'nothing else is named by the sources' }),
    ...INCLUDE,
  },
  port: {
    detect(known) {
      const { args = [], main = 'it' } = known.settings;
      return findPort(known.project, program(known), args, main);
    },
    assume: () => undefined,
    ...PORT,
  },
  health: {
    detect(known) {
      if (known.settings.port === 'none') return { value: 'none', from: 'it is no server' };
      return findHealth(program(known).files);
    },
    assume: () => ({ value: 'tcp', from: 'default: whatever accepts connections is healthy' }),
    ...HEALTH,
  },
  init: {
    detect(known) {
      const at = findSignalHandler(program(known).files);
      return at === undefined ? undefined : { value: false, from: `it handles SIGTERM itself, ${at}` };
    },
    assume: () => ({ value: true, from: 'no handler for SIGTERM was found' }),
    ...INIT,
  },
};
