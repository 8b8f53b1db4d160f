import { ALWAYS, BY_LIBRARY } from '../../../catalog/java-modules.ts';
import type { ServletServer } from '../../../catalog/java-servers.ts';
import type { Artifact } from '../../../plan/plan.ts';
import { type Module, type Product, shipped } from '../evidence/build.ts';
import { hasTools } from './build.ts';

/** How a layout is copied, linked and started. Paths in /out are those of the stage that builds. */
interface Laid {
  /** What is copied into /app, what changes least first. */
  readonly copies: readonly (readonly [source: string, destination: string])[];
  /** Where jdeps looks: archives that begin, and the path of classes. */
  readonly roots: string;
  readonly classpath: string | undefined;
  /** Arguments of java behind the options. */
  start(main: string): readonly string[];
}

/** `server`: what serves an archive of servlets. */
export function laid(product: Product, server?: ServletServer): Laid {
  const boot = hasTools(product);
  switch (product.layout) {
    case 'boot':
      return boot
        ? {
            copies: [
              ['dependencies/', './'],
              ['spring-boot-loader/', './'],
              ['snapshot-dependencies/', './'],
              ['application/', './'],
            ],
            roots: '/out/application/app.jar',
            classpath: '/out/dependencies/lib/*:/out/snapshot-dependencies/lib/*',
            start: () => ['-jar', 'app.jar'],
          }
        : {
            copies: [
              ['dependencies/', './'],
              ['spring-boot-loader/', './'],
              ['snapshot-dependencies/', './'],
              ['application/', './'],
            ],
            roots: '/out/application/BOOT-INF/classes',
            classpath: '/out/dependencies/BOOT-INF/lib/*',
            start: () => [launcherOf(product)],
          };
    case 'fat':
      return {
        copies: [['app.jar', './']],
        roots: '/out/app.jar',
        classpath: undefined,
        start: (main) => (main === '' ? ['-jar', 'app.jar'] : ['-cp', 'app.jar', main]),
      };
    case 'quarkus':
      return {
        copies: [
          ['lib/', './lib/'],
          ['*.jar', './'],
          ['app/', './app/'],
          ['quarkus/', './quarkus/'],
        ],
        roots: '/out/app/*.jar /out/quarkus/*.jar',
        classpath: '/out/lib/boot/*:/out/lib/main/*',
        start: () => ['-jar', 'quarkus-run.jar'],
      };
    case 'war':
      return {
        copies: server === undefined ? [] : [['ROOT/', server.root]],
        roots: '',
        classpath: undefined,
        start: () => server?.start ?? [],
      };
    case 'lib':
      return product.task === 'installDist' && product.own === undefined
        ? {
            copies: [['lib/', './lib/']],
            roots: '/out/lib/*.jar',
            classpath: undefined,
            start: (main) => ['-cp', 'lib/*', main],
          }
        : {
            copies: [
              ['lib/', './lib/'],
              ['app.jar', './'],
            ],
            roots: '/out/app.jar',
            classpath: '/out/lib/*',
            start: (main) => ['-cp', 'app.jar:lib/*', main],
          };
  }
}

/** https://github.com/spring-projects/spring-boot/wiki/Spring-Boot-3.2-Release-Notes: the launcher moved. */
function launcherOf({ version = '', path = '' }: Product): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const folder = major > 3 || (major === 3 && minor >= 2) ? 'loader.launch' : 'loader';
  return `org.springframework.boot.${folder}.${path.endsWith('.war') ? 'War' : 'Jar'}Launcher`;
}

export function artifactsOf(product: Product, server: ServletServer | undefined): readonly Artifact[] {
  return laid(product, server).copies.map(([source, destination]) => ({
    stage: 'build',
    source: `/out/${source}`,
    destination,
  }));
}

/** Where a runtime that jlink links stands, in its stage and in the image: /opt/java is the JDK's. */
export const LINKED = '/opt/jre';

/** What jdeps and jlink are told. */
export interface Link {
  readonly image: string;
  readonly release: number;
  readonly roots: string;
  readonly classpath: string | undefined;
  /** Modules that jdeps cannot see, joined by commas. */
  readonly modules: string;
  readonly options: readonly string[];
  readonly output: string;
}

/** How a runtime is linked: of the modules that jdeps sees, and those that it cannot. */
export function linkOf(
  { module, product, jdk, uses }: { module: Module; product: Product; jdk: number; uses: readonly string[] },
  image: string,
): Link {
  const { roots, classpath } = laid(product);
  const libraries = shipped(module);
  const more = new Set([
    ...ALWAYS.filter(({ until }) => until === undefined || jdk <= until).map((one) => one.module),
    ...BY_LIBRARY.filter(({ id }) => libraries.some((one) => id.test(one.id))).flatMap(
      ({ modules }) => modules,
    ),
    ...uses,
  ]);
  return {
    image,
    release: jdk,
    roots,
    classpath,
    modules: [...more].sort().join(','),
    options: [
      // from 13 on --strip-debug also strips machine code, which Temurin did and which needs objcopy
      jdk >= 13 ? '--strip-java-debug-attributes' : '--strip-debug',
      `--compress=${jdk >= 21 ? 'zip-6' : '2'}`,
    ],
    output: LINKED,
  };
}
