import type { Listen } from '../../../kit/listens.ts';
import type { Sources } from '../../../kit/sources.ts';
import type { Project } from '../../../project/project.ts';
import type { Framework } from '../frameworks/framework.ts';
import { frameworkOf } from '../frameworks/index.ts';
import { type Build, readBuild } from './build/builds.ts';
import { sourceOf } from './build/files.ts';
import { findListening } from './listening.ts';
import { type Manifest, manifestOf } from './manifest.ts';
import { readSources } from './sources.ts';
import { WITH_VALUE } from './start/node-options.ts';
import { type Served, servedBy } from './start/served.ts';
import type { Start } from './start/start.ts';
import { mergedManifest } from './workspace/workspaces.ts';

/** What is started, read once for all settings that look into it. */
export interface Program {
  readonly manifest: Manifest;
  readonly build: Build | undefined;
  readonly sources: Sources;
  readonly listens: readonly Listen[];
  /** It may load what only the root of its workspace depends on, which every member finds. */
  readonly rooted: boolean;
  /** What a framework's build makes of it, where that is what is started: its sources tell nothing then. */
  readonly served: Served | undefined;
  /** The framework whose command is in the build. */
  readonly framework: Framework | undefined;
}

/** What is read of a project, each part once. */
export interface Seen {
  /** The program behind a start command. `script` is the build script, `none` when nothing is built. */
  readonly program: (start: Start | undefined, script: string | undefined) => Program;
}

export function see(project: Project): Seen {
  const programs = new Map<string, Program>();
  return {
    program(start, script) {
      const key = JSON.stringify([start?.argv, script]);
      const program = programs.get(key) ?? readProgram(project, start, script);
      programs.set(key, program);
      return program;
    },
  };
}

function readProgram(project: Project, start: Start | undefined, script: string | undefined): Program {
  const own = mergedManifest(project);
  const build = script === undefined || script === 'none' ? undefined : readBuild(project, own, script);
  const served = start && servedBy(project, own, build, start);
  const read = start === undefined || served !== undefined ? [] : entries(project, own, build, start);
  const sources = readSources(project, read);
  const above = project.app === '.' ? {} : manifestOf(project.context).dependencies;
  const more = Object.keys(above).filter((name) => !(name in own.dependencies));
  const rooted = sources.files.length === 0 || more.some((name) => sources.packages.has(name));
  const manifest = rooted ? { ...own, dependencies: { ...above, ...own.dependencies } } : own;
  return {
    manifest,
    build,
    sources,
    rooted: rooted || more.length === 0,
    listens: findListening(sources, start?.argv[0] === 'bun' ? 'bun' : 'node'),
    served,
    framework: frameworkOf(project, manifest, build)?.framework,
  };
}

const CODE = /\.[mc]?[jt]sx?$/;

/** The file that a command starts, as it is called in the image. */
export function startedFile(start: Start): string | undefined {
  const words = start.argv.slice(1);
  const plain = words.filter(
    (word, index) => !word.startsWith('-') && !WITH_VALUE.has(words[index - 1] ?? ''),
  );
  // a tool out of node_modules is given the file of the project
  const own = plain.filter((word) => !word.startsWith('node_modules/'));
  const tool = own.length < plain.length;
  return own.find((word) => CODE.test(word)) ?? (tool ? undefined : own[0]);
}

/** The sources that become what is started: the file itself, what it is built from, else whatever the build reads. */
function entries(
  project: Project,
  manifest: Manifest,
  build: Build | undefined,
  start: Start,
): readonly string[] {
  const file = startedFile(start);
  const source = file === undefined ? undefined : sourceOf(project, build, file);
  if (source !== undefined) return [source];
  if (file !== undefined && project.isFile(file)) return [file];
  if (build === undefined) return [];
  const script = manifest.scripts[build.script] ?? '';
  const configs = project.find(['*.config.{js,cjs,mjs,ts,mts,json}']).map((path) => project.read(path) ?? '');
  const named = [script, ...configs].flatMap(
    (text) => text.match(/(?<![\w./-])[\w./-]+\.[mc]?[jt]sx?\b/g) ?? [],
  );
  const present = [...new Set(named.map((path) => path.replace(/^\.\//, '')))].filter(
    (p) => project.isFile(p) && !/config\./.test(p),
  );
  return present.length > 0
    ? present
    : project.find(['src/**/*.{ts,mts,cts,js,mjs,cjs}', '!**/*.{test,spec}.*', '!**/*.d.ts']);
}
