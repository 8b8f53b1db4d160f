import { parse as splitShell } from 'shell-quote';
import type { ServletServer } from '../../../catalog/java-servers.ts';
import { UserError } from '../../../errors.ts';
import type { Context, Found, Settings } from '../../../facts/language.ts';
import { HEALTH, INCLUDE, PORT, value } from '../../../kit/settings.ts';
import { preferred } from '../../../plan/version.ts';
import { type Build, isNested, type Module, type Tool } from '../evidence/build.ts';
import type { Seen } from '../evidence/seen.ts';
import { assumedJdk, bytecodeOf, findJdk } from './jdk.ts';
import { findMain } from './main.ts';
import { findModule, runnable } from './module.ts';
import { findArguments, findHealth, findPort } from './serving.ts';
import { findTool } from './tool.ts';

/** Every decision about a Java project, in the order in which they build on each other. */
export interface JavaSettings {
  readonly buildTool: Tool;
  /** Folder of the module, from the root of the build. */
  readonly module: string;
  /** Empty: its archive says it. */
  readonly main: string;
  readonly runtimeVersion: string;
  readonly runtime: 'jre' | 'jlink';
  readonly startup: 'fast' | 'small';
  readonly args: readonly string[];
  readonly include: readonly string[];
  readonly port: number | 'none';
  readonly health: string;
}

type Known = Context<JavaSettings, Seen>;

/** The build and its module, as far as they are settled. */
function settled({ seen, settings }: Known): { build: Build; module: Module } {
  const tool = settings.buildTool ?? 'maven';
  return { build: seen.build(tool), module: seen.module(tool, settings.module ?? '.') };
}

/** What serves an archive of servlets, where that is what is made. */
function serverOf(known: Known): ServletServer | undefined {
  const { module } = settled(known);
  const war = 'layout' in module.product && module.product.layout === 'war';
  const server = war ? known.seen.server(module) : undefined;
  return server !== undefined && 'image' in server ? server : undefined;
}

const jdk = (known: Known) => ({
  ...settled(known),
  server: serverOf(known),
  project: known.project,
  catalog: known.catalog,
  today: known.today,
});

export const SETTINGS: Settings<JavaSettings, Seen> = {
  buildTool: {
    detect: ({ project, seen }) => findTool(project, seen),
    choices: ({ seen }) => seen.tools().map(({ value: tool }) => tool),
    assume: () => ({ value: 'javac', from: 'no build file, so the compiler alone' }),
    parse(text, { seen }) {
      const found = [...seen.tools().map(({ value: tool }) => tool), 'javac' as const].find(
        (tool) => tool === text,
      );
      if (found === undefined)
        throw value('--build-tool', text, 'maven, gradle or javac, whose files are there');
      return found;
    },
    print: (tool) => tool,
  },
  module: {
    detect: ({ seen, settings }) => findModule(seen, settings.buildTool ?? 'maven'),
    choices: ({ seen, settings }) =>
      runnable(seen, settings.buildTool ?? 'maven').map(({ folder }) => folder),
    assume: () => undefined,
    parse(text, { seen, settings }) {
      const { modules } = seen.build(settings.buildTool ?? 'maven');
      const name = text.replace(/(.)\/{1,200}$/, '$1').replace(/^\.\//, '');
      const module = modules.find(({ folder, id }) => folder === name || id === name || id === `:${name}`);
      if (module === undefined)
        throw value(
          '--module',
          text,
          `one of ${modules
            .slice(0, 12)
            .map(({ folder }) => folder)
            .join(', ')}`,
        );
      if ('because' in module.product)
        throw value('--module', text, `a module that starts: ${module.product.because}`);
      return module.folder;
    },
    print: (folder) => folder,
  },
  main: {
    detect: (known) => findMain(known.seen, settled(known).module),
    choices: (known) => known.seen.mains(settled(known).module).map(({ value: name }) => name),
    assume: () => undefined,
    parse(text) {
      if (!/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/.test(text))
        throw value('--main', text, 'a class as in com.example.Main');
      return text;
    },
    print: (main) => main || 'by its archive',
  },
  runtimeVersion: {
    detect: (known) => findJdk(jdk(known)),
    choices: ({ catalog, today }) => preferred(catalog.java, today).map(({ version }) => version),
    assume: (known) => assumedJdk(jdk(known)),
    parse(text, known) {
      const version = text.replace(/^1\.8$/, '8');
      const least = bytecodeOf(settled(known).module);
      const able = known.catalog.java
        .map((release) => release.version)
        .filter((one) => Number(one) >= (least?.value ?? 0));
      if (!able.includes(version)) {
        const why = least === undefined ? '' : `, for ${least.from} compiles for ${least.value}`;
        throw value('--runtime-version', text, `${able.join(', ')}${why}`);
      }
      return version;
    },
    print: (version) => version,
  },
  runtime: {
    detect: () => undefined,
    assume(known) {
      const { module } = settled(known);
      const [one] = known.seen.compiles(module);
      return one !== undefined && known.settings.runtimeVersion !== '8' && !isNested(module)
        ? { value: 'jlink', from: `${one.from} uses ${one.value}, which no JRE has` }
        : { value: 'jre', from: 'default, but for images that have no JRE' };
    },
    parse(text) {
      // https://www.graalvm.org/latest/reference-manual/native-image/: it needs a compiler of its own, and what is reflected on
      if (text === 'native')
        throw new UserError({
          kind: 'refused',
          message:
            'native-image needs GraalVM’s own image to build in and the metadata of all that is reached by reflection, so no Dockerfile is written for it.',
          fix: 'Leave --runtime out for a JVM, or type --runtime jlink for one with the modules alone.',
        });
      if (text !== 'jre' && text !== 'jlink') throw value('--runtime', text, 'jre or jlink');
      return text;
    },
    print: (runtime) => runtime,
  },
  startup: {
    detect: () => undefined,
    assume: () => ({ value: 'small', from: 'default, without a training run in the build' }),
    parse(text) {
      if (text !== 'fast' && text !== 'small') throw value('--startup', text, 'fast or small');
      return text;
    },
    print: (startup) => startup,
  },
  args: {
    detect: (known) => findArguments(known.project, known.seen, settled(known).module),
    assume: () => ({ value: [], from: 'it needs none' }),
    parse(text) {
      const words = text === 'none' ? [] : splitShell(text, (name) => `$${name}`);
      if (!words.every((word): word is string => typeof word === 'string'))
        throw value('--args', text, 'words, with quotes around those that hold blanks');
      return words;
    },
    print: (words) =>
      words.map((word) => (/^[^\s'"]+$/.test(word) ? word : JSON.stringify(word))).join(' ') || 'none',
  },
  include: {
    detect({ settings, project }): Found<readonly string[]> | undefined {
      const named = (settings.args ?? []).filter((word) => project.has(word));
      return named.length > 0 ? { value: named, from: 'its arguments name it' } : undefined;
    },
    assume: () => ({ value: [], from: 'nothing beside the build is read' }),
    ...INCLUDE,
  },
  port: {
    detect: (known) => findPort(known.project, known.seen, settled(known).module, known.settings.main),
    assume: () => undefined,
    ...PORT,
  },
  health: {
    detect: (known) =>
      known.settings.port === 'none'
        ? { value: 'none', from: 'it is no server' }
        : findHealth(known.seen, settled(known).module, known.settings.main),
    assume: () => ({ value: 'tcp', from: 'default, for no path answers for its health' }),
    ...HEALTH,
  },
};
