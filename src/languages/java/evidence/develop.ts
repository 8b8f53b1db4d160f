import type { Project } from '../../../project/project.ts';
import { type Build, has, type Module } from './build.ts';

/** Where a JVM's debugger listens in a container. */
export const DEBUGGER = 5005;

/** How a framework is developed by each build tool, as a row. */
interface Develops {
  readonly name: string;
  /** The plugin of the build that brings the command: Maven's, then Gradle's. */
  readonly plugin: { readonly maven?: RegExp; readonly gradle?: RegExp };
  /** What the tool is asked for. `{debug}` is the debugger's address, `{args}` the program's arguments. */
  readonly maven?: Command;
  readonly gradle?: Command;
  readonly docs: string;
}

interface Command {
  readonly words: string;
  /** Arguments of the program, where there are some. */
  readonly args?: string;
  /** It compiles and loads what changes itself. */
  readonly reloads?: true;
  readonly debugged?: true;
}

const JDWP = '-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address={debug}';

/** The first whose plugin is there. */
const ROWS: readonly Develops[] = [
  {
    name: 'Quarkus',
    plugin: { maven: /:quarkus-maven-plugin$/, gradle: /^io\.quarkus$/ },
    maven: {
      words:
        'compile quarkus:dev -Dquarkus.http.host=0.0.0.0{listens} -Dquarkus.analytics.disabled=true -DdebugHost=0.0.0.0 -Ddebug={port}',
      args: '-Dquarkus.args="{args}"',
      reloads: true,
      debugged: true,
    },
    gradle: {
      words:
        'quarkusDev -Dquarkus.http.host=0.0.0.0{listens} -Dquarkus.analytics.disabled=true -DdebugHost=0.0.0.0 -Ddebug={port}',
      args: '--quarkus-args="{args}"',
      reloads: true,
      debugged: true,
    },
    docs: 'https://quarkus.io/guides/dev-mode-differences',
  },
  {
    name: 'Spring Boot',
    plugin: { maven: /:spring-boot-maven-plugin$/, gradle: /^org\.springframework\.boot$/ },
    maven: {
      words: `spring-boot:run -Dspring-boot.run.jvmArguments=${JDWP}`,
      args: '-Dspring-boot.run.arguments="{args}"',
      debugged: true,
    },
    gradle: { words: 'bootRun', args: '--args="{args}"' },
    docs: 'https://docs.spring.io/spring-boot/maven-plugin/run.html',
  },
  {
    name: 'Micronaut',
    plugin: { maven: /:micronaut-maven-plugin$/, gradle: /^io\.micronaut\.(?:minimal\.)?application$/ },
    maven: {
      words: 'mn:run -Dmn.debug=true -Dmn.debug.port={port} -Dmn.debug.host=0.0.0.0',
      args: '-Dmn.appArgs="{args}"',
      reloads: true,
      debugged: true,
    },
    gradle: { words: 'run --continuous', args: '--args="{args}"', reloads: true },
    docs: 'https://micronaut-projects.github.io/micronaut-maven-plugin/latest/examples/run.html',
  },
  {
    name: 'Helidon',
    plugin: { maven: /:helidon-maven-plugin$/ },
    docs: 'https://helidon.io/docs/v4/about/cli',
  },
  {
    name: 'the application plugin',
    plugin: { gradle: /^application$|^io\.ktor\.plugin$/ },
    gradle: { words: 'run', args: '--args="{args}"' },
    docs: 'https://docs.gradle.org/current/userguide/application_plugin.html',
  },
];

/** A release of the plugin that starts a class of any project: https://www.mojohaus.org/exec-maven-plugin/ */
const EXEC = 'org.codehaus.mojo:exec-maven-plugin:3.6.2:java';

/** How a module is started for development: words behind the call of its tool. */
export interface Developing {
  readonly words: string;
  readonly reloads: boolean;
  readonly debugged: boolean;
  /** Compiled classes are loaded by what runs, so something else has to compile. */
  readonly compile: string | undefined;
}

/** Undefined: no command of its build starts it. */
export function developing(
  project: Project,
  build: Build,
  module: Module,
  to: {
    readonly main: string;
    readonly jdk: number;
    readonly args: readonly string[];
    readonly port?: number | undefined;
  },
): Developing | undefined {
  const row = ROWS.find((one) => {
    const plugin = build.tool === 'javac' ? undefined : one.plugin[build.tool];
    return (
      plugin !== undefined &&
      [...module.plugins.keys()].some((id) => plugin.test(id)) &&
      one[build.tool as 'maven'] !== undefined
    );
  });
  const command = build.tool === 'javac' ? undefined : row?.[build.tool];
  // JDK 8 takes an address without a host for all of them
  const debug = to.jdk < 9 ? String(DEBUGGER) : `0.0.0.0:${DEBUGGER}`;
  const args = to.args.join(' ');
  const filled = (text: string) =>
    text
      .replace('{debug}', debug)
      .replace('{port}', String(DEBUGGER))
      .replace('{args}', args)
      // a profile of production may say another port than the one for development does
      .replace('{listens}', to.port === undefined ? '' : ` -Dquarkus.http.port=${to.port}`);
  const task = (words: string) =>
    build.tool === 'gradle' && module.folder !== '.' ? `${module.id}:${words}` : words;
  if (command !== undefined) {
    const words = [
      filled(task(command.words)),
      ...(args === '' || command.args === undefined ? [] : [filled(command.args)]),
    ];
    const tools = isBoot(row) && hasDevtools(project, build, module);
    return {
      words: words.join(' '),
      reloads: command.reloads ?? false,
      debugged: command.debugged ?? false,
      compile: tools ? (build.tool === 'maven' ? '-q compile' : `-q ${task('classes')}`) : undefined,
    };
  }
  if (build.tool !== 'maven' || to.main === '') return undefined;
  const words = [
    '-q compile',
    EXEC,
    `-Dexec.mainClass=${to.main}`,
    ...(args === '' ? [] : [`-Dexec.args="${args}"`]),
  ];
  return { words: words.join(' '), reloads: false, debugged: false, compile: undefined };
}

function isBoot(row: Develops | undefined): boolean {
  return row?.name === 'Spring Boot';
}

/** Devtools load what was compiled anew. They are no part of what ships, so their scope says nothing. */
function hasDevtools(project: Project, build: Build, module: Module): boolean {
  if (has(module, 'org.springframework.boot:spring-boot-devtools')) return true;
  return [module.file, ...build.manifests].some((path) =>
    /spring-boot-devtools/.test(project.read(path) ?? ''),
  );
}
