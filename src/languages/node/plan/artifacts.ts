import { posix } from 'node:path';
import { textsOf } from '../../../kit/sources.ts';
import type { Artifact, Step } from '../../../plan/plan.ts';
import { pathWord } from '../../../plan/quote.ts';
import { verbatim } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { findBeside } from '../evidence/beside.ts';
import { isOutput } from '../evidence/build/builds.ts';
import { importsOf } from '../evidence/imports.ts';
import { type Program, startedFile } from '../evidence/program.ts';
import { readSources } from '../evidence/sources.ts';
import type { Start } from '../evidence/start/start.ts';
import { type Library, librariesOf } from '../evidence/workspace/members.ts';
import type { Server } from '../frameworks/framework.ts';
import { frameworkOf } from '../frameworks/index.ts';
import type { Install } from './install/install.ts';
import { localPackages } from './install/scope.ts';
import { partsOf } from './parts.ts';

interface Artifacts {
  readonly list: readonly Artifact[];
  /** Paths of the context among them. */
  readonly context: readonly string[];
  /** What the build stage removes so that it can be shipped as a whole. */
  readonly tidy: readonly string[];
  /** Makes folders of the build's output that the program keeps caches in links to /tmp. */
  readonly links: Step | undefined;
}

/** What the image that ships is made of: packages, the build's output, and what the program reads beside it. */
export function artifactsOf(to: Parameters<typeof ownArtifacts>[0]): Artifacts {
  const own = ownArtifacts(to);
  const { build, served } = to.program;
  // a build that bundles takes the sources of its members in, one that needs no packages all of them
  const libraries = librariesOf(to.project).filter((one) =>
    served !== undefined && served.server?.packages !== true
      ? false
      : one.source === undefined || !build?.bundled,
  );
  const files = libraries.flatMap(libraryArtifacts);
  const context = files.flatMap(({ stage, source }) => (stage === undefined ? source.split(' ') : []));
  const whole = libraries.filter((one) => one.built.includes('.')).map(({ member }) => member.path);
  const tidy = whole.map((path) => `rm -rf ${path}/node_modules`);
  return {
    list: [...own.list, ...files],
    context: [...own.context, ...context],
    tidy: [...own.tidy, ...tidy],
    links: linksOf(to),
  };
}

/** Of a framework, whether it starts what it made or a server of the project does. */
function linksOf({ project, program }: { project: Project; program: Program }): Step | undefined {
  const made = frameworkOf(project, program.manifest, program.build)?.made;
  const commands = (made !== undefined && 'server' in made ? (made.server.scratch ?? []) : []).flatMap(
    (path) => {
      const word = pathWord(posix.join(project.app, path), 'its configuration');
      // a mount leaves the folder that it stood on
      return [...(program.framework?.caches?.includes(path) ? [`rm -rf ${word}`] : []), `ln -s /tmp ${word}`];
    },
  );
  return commands.length === 0 ? undefined : { mounts: [], commands };
}

function libraryArtifacts({ member, built, plain }: Library): readonly Artifact[] {
  const word = (path: string) => pathWord(posix.join(member.path, path), `${member.path}/package.json`);
  const as = (path: string) => `./${word(path)}`;
  const [whole] = plain.includes('.') ? [{ source: word('.'), destination: as('.') }] : [];
  const files = joined(plain.map((path) => artifactOf(member.project, word(path), path)));
  return [
    ...(whole === undefined ? files : [whole]),
    ...built.map(
      (path): Artifact => ({ stage: 'build', source: `/app/${word(path)}`, destination: as(path) }),
    ),
  ];
}

/** A file goes into its folder, a folder to its own place. */
function artifactOf(project: Project, word: string, path: string): Artifact {
  const folder = posix.dirname(word);
  if (project.isFolder(path)) return { source: word, destination: `./${word}` };
  return { source: word, destination: folder === '.' ? './' : `./${folder}/` };
}

function ownArtifacts(to: {
  project: Project;
  program: Program;
  start: Start;
  install: Install;
  production: boolean;
  include: readonly string[];
}): Omit<Artifacts, 'links'> {
  const { project, program, start, install } = to;
  const { build, manifest, served } = program;
  if (served?.site !== undefined) return { list: [], context: [], tidy: [] };
  const packages = to.production
    ? install.ship.map(
        (path): Artifact =>
          path === '.'
            ? { stage: 'deps', source: '/app', destination: './' }
            : { stage: 'deps', source: `/app/${path}`, destination: `./${path}` },
      )
    : [];
  const { app } = project;
  const at = (path: string) => posix.join(app, path);
  const here = app === '.' ? '.' : `./${pathWord(app, 'the workspace')}`;
  const whole = wholeOf(to);
  // a committed .pnp.cjs knows the packages for development too, so the one of the stage goes over it
  const withWhole = install.loader.length > 0 ? [whole, ...packages] : [...packages, whole];
  if (build === undefined) return { list: withWhole, context: contextOf(project, program, start), tidy: [] };
  if (served !== undefined) return serverArtifacts(served.server, packages, to);
  const file = startedFile(start);
  const made = file !== undefined && !project.isFile(file) ? file : undefined;
  const outputs = [...build.outputs];
  // a build that cannot be read tells where its output is by what is started
  if (build.opaque && made !== undefined && !isOutput(build, made) && made.includes('/'))
    outputs.push(made.split('/')[0] ?? made);
  if (outputs.includes('.') || outputs.length === 0 || (build.opaque && made === undefined)) {
    const ship = install.ship.includes('.')
      ? ['node_modules', ...(app === '.' ? [] : [at('node_modules')])]
      : install.ship;
    const tidy = `rm -rf ${ship.join(' ')}`;
    return {
      list: [{ stage: 'build', source: posix.join('/app', app), destination: here }, ...packages],
      context: contextOf(project, program, start),
      tidy: [tidy],
    };
  }
  const built = outputs
    .filter((path) => !outputs.some((other) => path.startsWith(`${other}/`)))
    .map((path): Artifact => {
      const word = pathWord(at(path), `package.json → scripts.${build.script}`);
      return { stage: 'build', source: `/app/${word}`, destination: `./${word}` };
    });
  if (made === undefined) {
    return {
      list: [...withWhole, ...built, ...madeBeside(project, program)],
      context: contextOf(project, program, start),
      tidy: [],
    };
  }
  const beside = [
    ...new Set([
      'package.json',
      ...aroundServer(project, program),
      ...localPackages({ path: '.', project, manifest }),
      ...required(project, start),
      ...to.include,
    ]),
  ];
  const moved = findBeside(project, program, start);
  const stays = beside.filter((path) => !moved.some(({ source }) => source === path));
  const files = [
    ...stays.map((path) => besideOf(project, path)),
    ...moved.map(({ source, destination, from }): Artifact => {
      const to = pathWord(at(destination), from);
      const into = project.isFolder(source) ? `./${to}` : `./${posix.dirname(to)}/`;
      return { source: pathWord(at(source), from), destination: into };
    }),
  ];
  const context = [...stays, ...moved.map(({ source }) => source)].map(at);
  return { list: [...packages, ...built, ...joined(files)], context, tidy: [] };
}

/** All of the project, or by one line what may be read when it runs: folders keep their names. */
function wholeOf({
  project,
  program,
  start,
  install,
  include,
}: Parameters<typeof ownArtifacts>[0]): Artifact {
  const { app } = project;
  const here = app === '.' ? '.' : `./${pathWord(app, 'the workspace')}`;
  const alone = app === '.' && install.loader.length === 0 && !install.ship.includes('.');
  const parts = alone ? partsOf(project, program, start, include) : undefined;
  if (parts === undefined) return { source: app, destination: here };
  const source = parts.map((path) => pathWord(path, 'the project')).join(' ');
  const plain = parts.every((path) => !project.isFolder(path));
  return { source, destination: './', ...(plain ? {} : { parents: true }) };
}

/** Files that the program opens, that are not there, and that a configuration of the build names: a list of assets. */
function madeBeside(project: Project, { sources, build }: Program): readonly Artifact[] {
  const configuration = project
    .find(['*.config.{js,cjs,mjs,ts,mts}', 'webpack*.{js,cjs,mjs,ts}'])
    .map((path) => project.read(path) ?? '')
    .join('\n');
  const opened = textsOf(sources, /^(?:\.{1,2}\/|\/)?[\w./-]+\.(?:json|html|css|txt|webmanifest)$/, '');
  const paths = opened.flatMap(({ text, source }) => {
    const path = posix.join(posix.dirname(source.path), text);
    const named = new RegExp(`['"\`/]${verbatim(posix.basename(path))}['"\`]`).test(configuration);
    return project.has(path) || isOutput(build, path) || path.startsWith('..') || !named ? [] : [path];
  });
  return [...new Set(paths)].map((path): Artifact => {
    const word = pathWord(posix.join(project.app, path), 'the configuration of the build');
    return { stage: 'build', source: `/app/${word}`, destination: `./${word}` };
  });
}

/** What a framework reads beside its build, where a server of the project is put in front of it. */
function aroundServer(project: Project, program: Program): readonly string[] {
  const made = frameworkOf(project, program.manifest, program.build)?.made;
  const reads = made !== undefined && 'server' in made ? (made.server.beside ?? []) : [];
  return withImports(project, reads).filter((path) => project.has(path) && !isOutput(program.build, path));
}

/** A configuration that is code is read with what it imports of the project. */
function withImports(project: Project, paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    if (!/\.[mc]?[jt]s$/.test(path) || !project.isFile(path)) return [path];
    const { files } = readSources(project, [path]);
    const data = files.flatMap((file) =>
      importsOf(file).list.flatMap(({ module }) =>
        /^\..*\.json$/.test(module) ? [posix.join(posix.dirname(file.path), module)] : [],
      ),
    );
    return [...files.map((file) => file.path), ...data].filter((file) => !file.startsWith('..'));
  });
}

/** Where the build stage makes the folders that are empty in the image, and that a volume may be mounted on. */
const WRITABLE = '/writable';

/** What a framework's build made, with the packages that it loads and the files that it reads beside. */
function serverArtifacts(
  server: Server,
  packages: readonly Artifact[],
  { project, program, include }: { project: Project; program: Program; include: readonly string[] },
): Omit<Artifacts, 'links'> {
  const { app } = project;
  const made = server.ship.map(({ source, destination }): Artifact => {
    const path = pathWord(posix.join(app, source), `package.json → scripts.${program.build?.script}`);
    const to = posix.join(app, destination);
    const word = to === '.' || to === './' ? './' : `./${pathWord(to, 'its configuration')}`;
    return { stage: 'build', source: `/app/${path}`, destination: word };
  });
  const { manifest } = program;
  const local = server.packages ? localPackages({ path: '.', project, manifest }) : [];
  const reads = withImports(project, server.beside ?? []);
  const beside = [...new Set([...reads, ...local, ...include])].filter((path) => project.has(path));
  // a build may put files of its own there: `public/script.js`
  const filled = beside.filter(
    (path) =>
      project.isFolder(path) && program.build?.outputs.some((output) => output.startsWith(`${path}/`)),
  );
  const plain = beside.filter((path) => !filled.includes(path));
  const taken = filled.map((path): Artifact => {
    const word = pathWord(posix.join(app, path), 'the project');
    return { stage: 'build', source: `/app/${word}`, destination: `./${word}` };
  });
  // the mode of a folder that COPY is told to make is not kept, that of one below it is
  const writes = (server.writes ?? []).map((path) => posix.join(WRITABLE, app, path));
  return {
    list: [
      ...packages,
      ...made,
      ...taken,
      ...joined(plain.map((path) => besideOf(project, path))),
      ...(writes.length === 0 ? [] : [{ stage: 'build', source: WRITABLE, destination: './' }]),
    ],
    context: plain.map((path) => posix.join(app, path)),
    tidy: writes.length === 0 ? [] : [`install -d -m 1777 ${writes.join(' ')}`],
  };
}

function besideOf(project: Project, path: string): Artifact {
  const { app } = project;
  const word = pathWord(posix.join(app, path), 'the project');
  const keeps = project.isFolder(path) || path.includes('/');
  return { source: word, destination: keeps ? `./${word}` : app === '.' ? './' : `./${app}/` };
}

/** Modules that the command itself loads from the project: `node --import ./tracing.js`. */
function required(project: Project, start: Start): readonly string[] {
  return start.argv.slice(1).flatMap((word) => {
    const path = word.replace(/^--(?:import|require|loader)=/, '').replace(/^\.\//, '');
    return project.isFile(path) && !path.startsWith('node_modules/') ? [path] : [];
  });
}

/** Files of the context that go to one place share one COPY. */
function joined(files: readonly Artifact[]): readonly Artifact[] {
  const into = new Map<string, string[]>();
  for (const { source, destination } of files)
    if (destination.endsWith('/')) into.set(destination, [...(into.get(destination) ?? []), source]);
  return [
    ...[...into].map(([destination, sources]) => ({ source: sources.join(' '), destination })),
    ...files.filter((f) => !f.destination.endsWith('/')),
  ];
}

/** What must be in the context when all of it is copied: the files that the program is known to load. */
function contextOf(project: Project, program: Program, start: Start): readonly string[] {
  const file = startedFile(start);
  return [
    'package.json',
    ...(file !== undefined && project.isFile(file) ? [file] : []),
    ...program.sources.files.map((f) => f.path),
  ]
    .filter((path) => !isOutput(program.build, path))
    .map((path) => posix.join(project.app, path));
}
