import type { Artifact } from '../../plan.ts';
import type { Project } from '../../project.ts';
import { pathWord } from '../../quote.ts';
import { isOutput } from './builds.ts';
import type { Server } from './frameworks/framework.ts';
import type { Install } from './install.ts';
import { localPackages } from './local-packages.ts';
import { type Program, startedFile } from './program.ts';
import type { Start } from './start.ts';

interface Artifacts {
  readonly list: readonly Artifact[];
  /** Paths of the context among them. */
  readonly context: readonly string[];
  /** What the build stage removes so that it can be shipped as a whole. */
  readonly tidy: readonly string[];
}

/** What the image that ships is made of: packages, the build's output, and what the program reads beside it. */
export function artifactsOf(to: {
  project: Project;
  program: Program;
  start: Start;
  install: Install;
  production: boolean;
  include: readonly string[];
}): Artifacts {
  const { project, program, start, install } = to;
  const { build, manifest, served } = program;
  if (served?.site !== undefined) return { list: [], context: [], tidy: [] };
  const packages = to.production
    ? install.ship.map(
        (path): Artifact => ({ stage: 'deps', source: `/app/${path}`, destination: `./${path}` }),
      )
    : [];
  const whole: Artifact = { source: '.', destination: '.' };
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
    const tidy = `rm -rf ${install.ship.join(' ')}`;
    return {
      list: [{ stage: 'build', source: '/app', destination: '.' }, ...packages],
      context: contextOf(project, program, start),
      tidy: [tidy],
    };
  }
  const built = outputs.map((path): Artifact => {
    const word = pathWord(path, `package.json → scripts.${build.script}`);
    return { stage: 'build', source: `/app/${word}`, destination: `./${word}` };
  });
  if (made === undefined)
    return { list: [...withWhole, ...built], context: contextOf(project, program, start), tidy: [] };
  const beside = [
    ...new Set([
      'package.json',
      ...localPackages(project, manifest),
      ...required(project, start),
      ...to.include,
    ]),
  ].map((path) => pathWord(path, 'the project'));
  const files = beside.map((path) => besideOf(project, path));
  return { list: [...packages, ...built, ...joined(files)], context: beside, tidy: [] };
}

/** What a framework's build made, with the packages that it loads and the files that it reads beside. */
function serverArtifacts(
  server: Server,
  packages: readonly Artifact[],
  { project, program, include }: { project: Project; program: Program; include: readonly string[] },
): Artifacts {
  const made = server.ship.map(({ source, destination }): Artifact => {
    const path = pathWord(source, `package.json → scripts.${program.build?.script}`);
    const word = destination === '.' ? './' : `./${pathWord(destination, 'its configuration')}`;
    return { stage: 'build', source: `/app/${path}`, destination: word };
  });
  const local = server.packages ? localPackages(project, program.manifest) : [];
  const beside = [...new Set([...(server.beside ?? []), ...local, ...include])]
    .filter((path) => project.has(path))
    .map((path) => pathWord(path, 'the project'));
  return {
    list: [...packages, ...made, ...joined(beside.map((path) => besideOf(project, path)))],
    context: beside,
    tidy: server.scratch === undefined ? [] : [`ln -s /tmp ${pathWord(server.scratch, 'its configuration')}`],
  };
}

function besideOf(project: Project, path: string): Artifact {
  return {
    source: path,
    destination: project.isFolder(path) || path.includes('/') ? `./${path}` : './',
  };
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
  const top = files.filter((f) => f.destination === './').map((f) => f.source);
  return [
    ...(top.length > 0 ? [{ source: top.join(' '), destination: './' }] : []),
    ...files.filter((f) => f.destination !== './'),
  ];
}

/** What must be in the context when all of it is copied: the files that the program is known to load. */
function contextOf(project: Project, program: Program, start: Start): readonly string[] {
  const file = startedFile(start);
  return [
    'package.json',
    ...(file !== undefined && project.isFile(file) ? [file] : []),
    ...program.sources.files.map((f) => f.path),
  ].filter((path) => !isOutput(program.build, path));
}
