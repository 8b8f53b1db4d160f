import { posix } from 'node:path';
import { DRAWS, JDK_ONLY } from '../../../catalog/java-modules.ts';
import type { Found } from '../../../facts/language.ts';
import type { Source } from '../../../kit/dialect.ts';
import type { Listen } from '../../../kit/listens.ts';
import type { Sources } from '../../../kit/sources.ts';
import { scan } from '../../../kit/syntax.ts';
import type { Program } from '../../../kit/worth.ts';
import type { Write } from '../../../kit/writes.ts';
import { verbatim } from '../../../project/data.ts';
import { below } from '../../../project/files.ts';
import type { Project } from '../../../project/project.ts';
import { JAVA } from '../dialect.ts';
import { type Build, type Module, shipped, type Tool } from './build.ts';
import { type Config, keyOf, readConfig } from './config.ts';
import { besideAt, type Framework, frameworkOf } from './frameworks.ts';
import { readGradle } from './gradle/gradle.ts';
import { KOTLIN } from './kotlin.ts';
import { HOSTS, listensIn, MAY_LISTEN } from './listening.ts';
import { mainsIn } from './mains.ts';
import { readMaven } from './maven/maven.ts';
import { readPlain } from './plain.ts';
import { type Server, serverOf } from './war.ts';
import { MAY_WRITE, PATHS, writesOf } from './writes.ts';

/** What is read of a Java project, each part once and only when it is asked for. */
export interface Seen {
  /** The tools whose files are there. */
  tools(): readonly Found<Tool>[];
  build(tool: Tool): Build;
  module(tool: Tool, folder: string): Module;
  /** Classes that can be started, in the sources of a module. */
  mains(module: Module): readonly Found<string>[];
  /** Whether a class is one of the program by its package, and no source of it is there. */
  lacks(module: Module, name: string): boolean;
  program(module: Module): Code;
  /** Where the program of a class listens: of several in a module, what the others do is none of it. */
  listens(module: Module, main: string | undefined): readonly Listen[];
  /** Where the program draws letters, or a library that does. */
  draws(module: Module): string | undefined;
  /** Modules that no JRE has and that the program uses, each with where. */
  compiles(module: Module): readonly Found<string>[];
  /** What the program writes. */
  written(module: Module): readonly Write[];
  /** The server that its archive of servlets goes into. */
  server(module: Module): Server;
  /** The configuration of a module's framework. */
  config(module: Module): Config;
  framework(module: Module): Framework | undefined;
}

/** A module's sources, with those of the modules that it needs. */
interface Code {
  readonly program: Program;
  readonly sources: readonly Source[];
  readonly listens: readonly Listen[];
}

const TOOLS: readonly (readonly [Tool, RegExp])[] = [
  ['maven', /^pom\.xml$/],
  ['gradle', /^(?:build|settings)\.gradle(?:\.kts)?$/],
];
/** Sources of this size are generated. */
const LIMIT = 1 << 20;

export function see(project: Project): Seen {
  const builds = once(
    (tool: Tool): Build =>
      tool === 'maven' ? readMaven(project) : tool === 'gradle' ? readGradle(project) : readPlain(project),
  );
  const scanned = once((path: string): Source | undefined => {
    const text = project.read(path, LIMIT);
    return text === undefined ? undefined : scan(path, text, path.endsWith('.java') ? JAVA : KOTLIN);
  });
  let files: readonly string[] | undefined;
  const paths = once((module: Module) => {
    files ??= project.find('**/*.{java,kt,scala,groovy}');
    return module.sources
      .flatMap((folder) => below(files ?? [], folder).map((path) => posix.join(folder, path)))
      .filter((path) => !/(^|\/)(?:package|module)-info\.java$/.test(path));
  });
  const matching = (module: Module, pattern: RegExp) =>
    paths(module).flatMap((path) =>
      pattern.test(project.read(path, LIMIT) ?? '') ? (scanned(path) ?? []) : [],
    );
  const around = (module: Module) => [
    module,
    ...[...builds.values()].flatMap(({ modules }) =>
      modules.filter(({ folder }) => module.needs.includes(folder)),
    ),
  ];
  /** The files of classes, by their names. */
  const named = once((module: Module) => {
    const all = around(module).flatMap(paths);
    const byName = new Map(all.map((path) => [posix.basename(path).replace(/\.\w+$/, ''), path]));
    return (name: string) => byName.get(name);
  });
  const all = (module: Module, pattern: RegExp) => around(module).flatMap((one) => matching(one, pattern));
  const reached = (module: Module, from: readonly Source[]) => withNamed(from, named(module), scanned);
  const config = once((module: Module) => configOf(project, module));
  const self: Seen = {
    tools: () =>
      TOOLS.flatMap(([tool, file]) => {
        const from = project.entries.find((name) => file.test(name));
        return from === undefined ? [] : [{ value: tool, from }];
      }),
    build: builds.get,
    module(tool, folder) {
      const module = builds.get(tool).modules.find((one) => one.folder === folder);
      if (module === undefined) throw new Error(`no module ${folder}`);
      return module;
    },
    mains: once((module: Module) => mainsIn(matching(module, /\bmain\b|\bApp\b/), newest(module))),
    lacks: (module, name) => isMissing(name, around(module).flatMap(paths)),
    program: once((module: Module): Code => {
      const sources = all(module, MAY_LISTEN);
      const program = programOf(reached(module, sources));
      return { program, sources, listens: listensIn(sourcesOf(sources, program)) };
    }),
    listens: (module, main) =>
      heardBy(self, module, main, (path) =>
        reached(
          module,
          [scanned(path)].flatMap((one) => one ?? []),
        ),
      ),
    draws: once((module: Module) => drawnBy(module, all(module, DRAWING))),
    compiles: once((module: Module) => compiledBy(module, all(module, MAY_COMPILE))),
    written: once((module: Module) => {
      const files = all(module, MAY_WRITE);
      const program = programOf(reached(module, files));
      return writesOf(project, sourcesOf(files, program), config(module), module);
    }),
    server: once((module: Module) => servletsOf(project, module, matching)),
    config,
    framework: frameworkOf,
  };
  return self;
}

/** The configuration of a module's framework, with the profiles that it activates. */
function configOf(project: Project, module: Module): Config {
  const framework = frameworkOf(module);
  if (framework === undefined) return new Map();
  const files = [
    ...module.resources.flatMap((folder) => framework.files.map((file) => posix.join(folder, file))),
    ...besideAt(project, framework, module),
  ].filter((file) => project.isFile(file));
  const plain = readConfig(project, files);
  const active =
    plain
      .get(keyOf('spring.profiles.active'))
      ?.text?.split(',')
      .map((name) => name.trim()) ?? [];
  if (active.length === 0) return plain;
  const profiled = files.flatMap((file) => active.map((name) => file.replace(/(\.\w+)$/, `-${name}$1`)));
  return readConfig(project, [...profiled.reverse(), ...files], active);
}

/** Modules of a JDK alone that sources use, or options of the JVM name. */
function compiledBy({ options, file }: Module, sources: readonly Source[]): readonly Found<string>[] {
  return JDK_ONLY.flatMap(({ module: value, uses }) => {
    const option = options.find((text) => uses.test(text));
    const from = sources.find(({ code }) => uses.test(code))?.path ?? (option && `${file} → ${option}`);
    return from === undefined ? [] : [{ value, from }];
  });
}

const MAY_COMPILE = new RegExp(JDK_ONLY.map(({ uses }) => uses.source).join('|'));

/** The version of Java that a module is compiled for; what nothing says is compiled by the newest. */
function newest({ releases, toolchains }: Module): number {
  const all = [...releases, ...toolchains].map(({ value }) => value);
  return all.length === 0 ? 25 : Math.max(...all);
}

/** By the first two names of its package; a function of Kotlin is in a class that is called after its file. */
function isMissing(name: string, sources: readonly string[]): boolean {
  const parts = name.split('.');
  const own = (parts.at(-1) ?? '').replace(/\$.*|Kt$/g, '');
  return (
    parts.length > 2 &&
    sources.some((path) => path.includes(`/${parts.slice(0, 2).join('/')}/`)) &&
    !sources.some((path) => posix.basename(path).replace(/\.\w+$/, '') === own)
  );
}

/** The server of an archive: by what its sources import, and by the files of one server. */
function servletsOf(
  project: Project,
  module: Module,
  matching: (module: Module, pattern: RegExp) => readonly Source[],
): Server {
  const generation = (['jakarta', 'javax'] as const).find(
    (name) => matching(module, new RegExp(`\\bimport\\s+${verbatim(name)}\\.servlet\\b`)).length > 0,
  );
  const described = DESCRIPTORS.flatMap(([value, file]) =>
    project
      .find(posix.join(module.folder, file))
      .slice(0, 1)
      .map((from) => ({ value, from })),
  );
  return serverOf(module, generation, described);
}

/** Files of one server, beside the pages of an archive of servlets. */
const DESCRIPTORS = [
  ['Jetty', 'src/main/webapp/WEB-INF/jetty-{web,env}.xml'],
  ['Tomcat', 'src/main/webapp/META-INF/context.xml'],
] as const;

/** The listeners that a class reaches; all where it reaches none: a framework may make what is named nowhere. */
function heardBy(
  seen: Seen,
  module: Module,
  main: string | undefined,
  reach: (path: string) => readonly Source[],
): readonly Listen[] {
  const { listens } = seen.program(module);
  const mains = seen.mains(module);
  const at = mains.find(({ value }) => value === main)?.from.replace(/:\d+$/, '');
  const sources = at === undefined || mains.length < 2 ? [] : reach(at);
  const found = listens.filter((listen) => sources.some(({ path }) => listen.at.startsWith(`${path}:`)));
  return found.length > 0 ? found : listens;
}

/** Classes that draw. */
const DRAWING = /\bimport\s+(?:static\s+)?java\.awt\.(?:Font|Graphics|\*|image\.BufferedImage)/;

function programOf(sources: readonly Source[]): Program {
  return { sources, memo: new Map(), readers: [...PATHS, ...HOSTS] };
}

/** Files of a program, as the kit reads them. */
function sourcesOf(files: readonly Source[], program: Program): Sources {
  return { files, packages: new Set(), opaque: [], program };
}

/** A library that draws, or the file of a class that does. */
function drawnBy(module: Module, sources: readonly Source[]): string | undefined {
  const library = shipped(module).find(({ id }) => DRAWS.some((row) => row.test(id)));
  if (library !== undefined) return `${library.from} → ${library.id}`;
  return sources.find(({ code }) => DRAWING.test(code))?.path;
}

/** A program of thousands of classes is read where it listens, and around that. */
const MOST = 200;

/** The sources with those of the classes that they name, and that these name. */
function withNamed(
  sources: readonly Source[],
  pathOf: (name: string) => string | undefined,
  open: (path: string) => Source | undefined,
): readonly Source[] {
  const found = new Set(sources);
  for (const source of found) {
    for (const [name] of source.code.matchAll(/(?<![\w.])[A-Z]\w*/g)) {
      const path = pathOf(name);
      const other = path === undefined || found.size >= MOST ? undefined : open(path);
      if (other !== undefined) found.add(other);
    }
  }
  return [...found];
}

interface Once<K, V> {
  (key: K): V;
  get(key: K): V;
  values(): Iterable<V>;
}

function once<K, V>(make: (key: K) => V): Once<K, V> {
  const kept = new Map<K, V>();
  const get = (key: K): V => {
    if (!kept.has(key)) kept.set(key, make(key));
    return kept.get(key) as V;
  };
  return Object.assign(get, { get, values: () => kept.values() });
}
