import { posix } from 'node:path';
import type { Note } from '../../../plan/plan.ts';
import { listOf, recordOf, textOf } from '../../../project/data.ts';
import { flagValue } from '../evidence/commands.ts';
import { basePath } from './config.ts';
import { type Framework, type Hashed, HOST_AND_PORT, type Made, type Sight } from './framework.ts';

/** https://angular.dev/tools/cli/deployment and the schema of its builder `application` */
function angular(sight: Sight): Made {
  const config = recordOf(sight.project.parse('angular.json'));
  const projects = Object.entries(recordOf(config.projects)).filter(
    ([, project]) => recordOf(project).projectType !== 'library',
  );
  const typed = sight.words[2]?.startsWith('-') ? undefined : sight.words[2];
  const name =
    typed ?? textOf(config.defaultProject) ?? (projects.length === 1 ? projects[0]?.[0] : undefined);
  const found = projects.find(([key]) => key === name);
  if (found === undefined || name === undefined)
    return {
      because: `angular.json has ${projects.length} applications (${projects.map(([key]) => key).join(', ')}): name one in the build script, as in ng build ${projects[0]?.[0] ?? 'app'}.`,
    };
  const project = recordOf(found[1]);
  const build = recordOf(recordOf(project.architect ?? project.targets).build);
  const production = recordOf(recordOf(build.configurations).production);
  const options = { ...recordOf(build.options), ...production };
  const split = /:(application|browser-esbuild)$/.test(textOf(build.builder) ?? '');
  const path = recordOf(options.outputPath);
  const base = textOf(options.outputPath) ?? textOf(path.base) ?? `dist/${name}`;
  const root = posix.normalize(flagValue(sight.words, '--output-path') ?? base).replace(/\/$/, '');
  const browser = split && !/:browser-esbuild$/.test(textOf(build.builder) ?? '');
  const entry = textOf(recordOf(options.ssr).entry);
  const ssr = options.ssr !== undefined && options.ssr !== false;
  if (browser && ssr && options.outputMode !== 'static') {
    return {
      server: {
        file: posix.join(root, textOf(path.server) ?? 'server', 'server.mjs'),
        ship: [{ source: root, destination: `./${root}` }],
        // the bundle holds its packages, but for those that it was told to leave out
        packages: listOf(options.externalDependencies).length > 0,
        port: 4000,
        signals: false,
        notes: knowsHosts(sight, options, entry) ? [] : [STRANGERS],
      },
    };
  }
  if (options.localize === true || listOf(options.localize).length > 0)
    return {
      because: `angular.json → localize makes one app for each language, each in its folder. Say which answers for paths that no file has: --start "static ${posix.join(root, 'browser')} --fallback en/index.html".`,
    };
  return {
    site: {
      output: browser ? posix.join(root, typeof path.browser === 'string' ? path.browser : 'browser') : root,
      base: basePath(flagValue(sight.words, '--base-href') ?? textOf(options.baseHref) ?? '/'),
      fallback: browser && rendersAhead(options) ? clientPage(sight) : 'index.html',
      hashed: options.outputHashing === 'none' ? [] : ANGULAR_HASHED,
    },
  };
}

/** Whether pages are made by the build: then the app alone stands in a page of its own. */
function rendersAhead({ ssr, prerender, outputMode }: Readonly<Record<string, unknown>>): boolean {
  return (
    [ssr, prerender].some((option) => option !== undefined && option !== false) || outputMode === 'static'
  );
}

/** The page for paths that a browser renders. https://angular.dev/guide/ssr#rendering-modes */
function clientPage({ project }: Sight): string | undefined {
  const routes = project.find(['**/*.routes.server.ts']);
  return routes.some((path) => /RenderMode\.Client/.test(project.read(path) ?? ''))
    ? 'index.csr.html'
    : undefined;
}

/**
 * Whether the hosts that its server answers for are said somewhere. https://angular.dev/best-practices/security: since
 * the fixes of 2026 it renders for no other, and since 22 it answers 400.
 */
function knowsHosts({ project }: Sight, options: object, entry: string | undefined): boolean {
  const listed = listOf(recordOf(recordOf(options).security).allowedHosts).length > 0;
  return listed || /allowedHosts|NG_ALLOWED_HOSTS/.test((entry && project.read(entry)) || '');
}

const STRANGERS: Note = {
  level: 'warning',
  text: 'Angular renders for hosts that it is told only, and angular.json → security.allowedHosts names none: to others it answers 400, or before 22 with a page that is not rendered.',
  fix: 'Name them there, or when the container starts: docker run --env NG_ALLOWED_HOSTS=www.example.com',
};

/** `main-5XQ4L2PA.js` of the newer builder, `main.0f9e8d7c6b5a4321.js` of the one before. */
const ANGULAR_HASHED: readonly Hashed[] = [
  { folder: 'media' },
  { regex: '-[A-Z0-9]{8}\\.(?:js|css)$', glob: '*-????????.{js,css}' },
  { regex: '\\.[0-9a-f]{16}\\.(?:js|css)$', glob: `*.${'?'.repeat(16)}.{js,css}` },
];

/** Files or a server, as angular.json says. */
export const ANGULAR: Framework = {
  name: 'Angular',
  docs: 'https://angular.dev/tools/cli/deployment',
  builds: ['ng build'],
  starts: ['ng serve', 'ng start'],
  develops: { commands: ['ng serve', 'ng start'], args: HOST_AND_PORT },
  quiet: { NG_CLI_ANALYTICS: 'false' },
  md4: { of: '@angular-devkit/build-angular', before: '12.0.0' },
  caches: ['.angular/cache'],
  leaves: ['.angular'],
  made: angular,
};
