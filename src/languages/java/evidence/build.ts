import { compare } from '../../../catalog/java-tools.ts';
import type { Found, Unusable } from '../../../facts/language.ts';
import type { Project } from '../../../project/project.ts';
import type { Repository } from './repositories.ts';

export type Tool = 'maven' | 'gradle' | 'javac';

export interface Dependency {
  /** `group:name`. */
  readonly id: string;
  readonly version: string | undefined;
  readonly scope: 'compile' | 'runtime' | 'provided' | 'test';
  readonly from: string;
  /** What else its archive is called by: `linux-x86_64`, or `host` where the build asks which machine it runs on. */
  readonly classifier?: string | undefined;
}

/** A front end that the build makes. */
export interface Frontend {
  readonly at: string;
  /** The folder of its package.json, from the root of the build. */
  readonly folder: string;
  /** The build fetches Node.js by itself. */
  readonly fetches: boolean;
  /** The version of Node.js that the build says. */
  readonly version: Found<string> | undefined;
  /** Package managers beside npm that are called. */
  readonly calls: readonly string[];
}

/** How what a build makes is laid out, and so how it is copied and started. */
export type Layout =
  /** Spring Boot's archive, which takes itself apart into layers. */
  | 'boot'
  /** One archive with everything in it. */
  | 'fat'
  /** The program's archive, and its libraries beside it. */
  | 'lib'
  /** Quarkus' folder. */
  | 'quarkus'
  /** An archive for a server of servlets. */
  | 'war';

/** The task that gathers a program and its libraries where no plugin of the build does: the Dockerfile brings it. */
export const GATHER = 'gatherProgram';

/** What the build makes of a module that can be started. */
export interface Product {
  readonly layout: Layout;
  /** The archive or the folder that is made, from the module's folder; undefined: the build alone knows its name. */
  readonly path: string | undefined;
  /** What Gradle is asked for: `bootJar`. Maven's phase is always `package`. */
  readonly task: string;
  /** The archive of the program alone, among those of its libraries. */
  readonly own?: string | undefined;
  /** The version of the plugin that makes it, where that decides. */
  readonly version?: string | undefined;
  /** Its manifest has no main class, or none is read: the class is named when it starts. */
  readonly named: boolean;
  readonly from: string;
}

/** A folder that the build makes something of. */
export interface Module {
  /** From the root of the build; `.` is itself. */
  readonly folder: string;
  /** As its tool calls it: `shop-api`, `:app`. */
  readonly id: string;
  readonly file: string;
  /** The version in the name of its archive, as far as the build files say. */
  readonly version: string | undefined;
  /** Its own and those of the modules that it needs. */
  readonly dependencies: readonly Dependency[];
  /** Folders of the modules that it needs. */
  readonly needs: readonly string[];
  /** Those of them whose files it copies, so that they are built though nothing depends on them. */
  readonly copies?: readonly string[];
  /** The version of Java that its bytecode is for. */
  readonly releases: readonly Found<number>[];
  /** A parent that is fetched, and may say another version than those that are read. */
  readonly unread?: string | undefined;
  /** Containers that its build starts to try an archive of servlets in: `tomcat9x`. */
  readonly containers?: readonly string[];
  /** The JDK that its build demands by name. */
  readonly toolchains: readonly Found<number>[];
  /** Plugins by their ids: `org.springframework.boot`, `org.apache.maven.plugins:maven-shade-plugin`. */
  readonly plugins: ReadonlyMap<string, string | undefined>;
  /** What is made of it; `because`: nothing that runs. */
  readonly product: Product | Unusable;
  /** The main class that the build files name. */
  readonly main: Found<string> | undefined;
  /** Options of the JVM that the build starts it with. */
  readonly options: readonly string[];
  readonly frontend: Frontend | undefined;
  /** Whose JDK the build demands. */
  readonly vendor: Found<string> | undefined;
  /** Roots of its sources and resources. */
  readonly sources: readonly string[];
  readonly resources: readonly string[];
}

/** What keeps a version of the tool beside the sources. */
export interface Wrapper {
  readonly script: string;
  /** Version of the tool, as `gradle-wrapper.properties` names it. */
  readonly version: string | undefined;
  readonly files: readonly string[];
  /** Why it does not start, as a sentence goes on behind its name. */
  readonly broken: string | undefined;
}

/** The line ends of a script that no shell takes. */
export function brokenScript(project: Project, script: string): string | undefined {
  return project.crlf(script) ? 'has the line ends of Windows, which no shell takes' : undefined;
}

export interface Build {
  readonly tool: Tool;
  /** The file that says so. */
  readonly file: string;
  readonly wrapper: Wrapper | undefined;
  readonly modules: readonly Module[];
  /** All that the tool reads before it compiles, from the root. */
  readonly manifests: readonly string[];
  /** Folders of builds whose plugins this one uses. */
  readonly plugins: readonly string[];
  readonly repositories: readonly Repository[];
  /** Extensions of the tool itself, `group:artifact`. */
  readonly extensions: readonly string[];
  /** Where the tool keeps what it fetched, if the project says so. */
  readonly cache?: string | undefined;
  /** A file of settings of the project's own, which the tool reads instead of its user's. */
  readonly settings?: string | undefined;
  /** Variables of the environment that passwords of repositories are read from. */
  readonly variables: readonly string[];
}

/** Boot's archive has layers since 2.4 by itself; without them it stays whole. */
export function bootLayout(version: string | undefined, flat: boolean): Layout {
  return flat || version === undefined || compare(version, '2.4') < 0 ? 'fat' : 'boot';
}

/** Whether jdeps cannot look into what is made: an archive of servlets, or one of Boot's without layers. */
export function isNested({ product }: Module): boolean {
  if ('because' in product) return false;
  const { layout, from, path } = product;
  return (
    layout === 'war' ||
    (layout === 'fat' && (from.includes('spring-boot') || path?.endsWith('.war') === true))
  );
}

/** What is on the classpath as the program runs: what a server or the compiler alone has is not. */
export function shipped({ dependencies }: Module): readonly Dependency[] {
  return dependencies.filter(({ scope }) => scope === 'compile' || scope === 'runtime');
}

/** Whether a module has a library at run time, by `group:name` or the beginning of it. */
export function has(module: Module, id: string | RegExp): boolean {
  return module.dependencies.some(
    (one) =>
      one.scope !== 'test' &&
      (typeof id === 'string'
        ? one.id === id || (id.endsWith(':') && one.id.startsWith(id))
        : id.test(one.id)),
  );
}
