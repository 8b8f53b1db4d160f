import { posix } from 'node:path';
import type { Found, Unusable } from '../../../../facts/language.ts';
import type { Project } from '../../../../project/project.ts';
import type { Framework, Hashed, Server, Site } from '../../frameworks/framework.ts';
import { begins, frameworkOf } from '../../frameworks/index.ts';
import { type Build, isOutput } from '../build/builds.ts';
import type { Search } from '../build/files.ts';
import { flagValue } from '../commands.ts';
import { isPnp, type PackageManager } from '../lock/package-managers.ts';
import type { Manifest } from '../manifest.ts';
import type { Start } from './start.ts';

/** What a framework's build makes, where that is what is started. */
export type Served =
  | { readonly framework: Framework | undefined; readonly site: Site; readonly server?: undefined }
  | { readonly framework: Framework; readonly server: Server; readonly site?: undefined };

/** Commands that hand out a folder of files: in the image a server does that which is made for it. */
const FILE_SERVERS = ['serve', 'http-server', 'sirv', 'sirv-cli', 'live-server', 'local-web-server', 'ws'];

/**
 * What is started when a command of a script stands for what the framework's build makes: its own server, or its files.
 * Without a command the build alone decides. Undefined: the command means something else.
 */
export function servedStart(
  search: Search,
  words: readonly string[] | undefined,
  from: string,
): Found<Start> | Unusable | undefined {
  const built = frameworkOf(search.project, search.manifest, search.build);
  if (built === undefined) return undefined;
  const { framework, made } = built;
  const means =
    words === undefined ||
    framework.starts.some((command) => begins(words, command)) ||
    ('site' in made && FILE_SERVERS.includes(words[0] ?? ''));
  if (!means) return undefined;
  if ('because' in made) return made;
  const by = `${from}, as ${framework.name} makes it`;
  if ('site' in made) return { value: { argv: staticWords(made.site), env: {} }, from: by };
  return { value: { argv: serverWords(made.server), env: environment(made.server, words ?? []) }, from: by };
}

/** The framework's server when a path means it: `node build`, `node .next/standalone/server.js`. */
export function servedFile(search: Search, file: string): Server | undefined {
  const made = frameworkOf(search.project, search.manifest, search.build)?.made;
  if (made === undefined || !('server' in made)) return undefined;
  const { server } = made;
  const path = posix.normalize(file).replace(/\/$/, '');
  const names = [server.file, ...server.ship.map(({ source }) => posix.join(source, server.file))];
  return names.some((name) => path === name || `${path}/index.js` === name) ? server : undefined;
}

function serverWords({ file, args = [] }: Server): readonly string[] {
  return ['node', file, ...args];
}

/** A port that the start command names, by the variable that the server reads instead. */
function environment({ env = {}, variable = 'PORT' }: Server, words: readonly string[]): Start['env'] {
  const port = flagValue(words, '-p', '--port');
  return { ...env, ...(port !== undefined && /^-?\d/.test(port) ? { [variable]: port } : {}) };
}

/** A site as it is typed: `static dist --base /shop/ --fallback index.html`. */
function staticWords({ output, base, fallback }: Site): readonly string[] {
  return [
    ...['static', output],
    ...(base === '/' ? [] : ['--base', base]),
    ...(fallback === undefined ? [] : ['--fallback', fallback]),
  ];
}

/** The words after `--start static`, or why they do not do. */
export function parseStatic(
  search: Search,
  words: readonly string[],
): { readonly argv: readonly string[] } | { readonly want: string } {
  const base = flagValue(words, '--base') ?? '/';
  const fallback = flagValue(words, '--fallback');
  const output = words[1];
  const know = words.length === 2 + (words.includes('--base') ? 2 : 0) + (fallback === undefined ? 0 : 2);
  if (output === undefined || output.startsWith('-') || !know)
    return { want: 'static, a folder, and perhaps --base /path/ and --fallback index.html' };
  if (!/^\/(?:[\w.~-]+\/)*$/.test(base)) return { want: 'a base with a slash at both ends, as in /shop/' };
  if (fallback !== undefined && !PAGE.test(fallback)) return { want: 'a page below the folder as fallback' };
  const folder = posix.normalize(output).replace(/\/$/, '');
  const exists = search.project.isFolder(folder) || search.build !== undefined;
  if (!exists || folder.startsWith('..') || posix.isAbsolute(folder))
    return { want: 'a folder that exists, or that --build makes' };
  return { argv: staticWords({ output: folder, base, fallback, hashed: [] }) };
}

const PAGE = /^[\w-][\w./-]*\.html?$/;

/** What a start command serves, where it is a site or a framework's own server. */
export function servedBy(
  project: Project,
  manifest: Manifest,
  build: Build | undefined,
  { argv }: Start,
): Served | undefined {
  const built = frameworkOf(project, manifest, build);
  const made = built?.made;
  if (argv[0] === 'static') {
    const [, output = '.'] = argv;
    const known = made !== undefined && 'site' in made && made.site.output === output ? made.site : undefined;
    const hashed: readonly Hashed[] = known?.hashed ?? [];
    const base = flagValue(argv, '--base') ?? '/';
    const site = { output, base, fallback: flagValue(argv, '--fallback'), hashed };
    return { framework: known && built?.framework, site };
  }
  if (built === undefined || made === undefined || !('server' in made)) return undefined;
  return argv.includes(made.server.file) && !project.isFile(made.server.file)
    ? { framework: built.framework, server: made.server }
    : undefined;
}

/** Whether the site's folder is made by the build, or stands in the project. */
export function isBuilt(project: Project, build: Build | undefined, { output }: Site): boolean {
  return build !== undefined && (build.opaque || isOutput(build, output) || !project.isFolder(output));
}

/** Under Plug'n'Play no package is a folder, so none can be started as a file. */
export function withoutModules<T extends object | undefined>(
  project: Project,
  manager: PackageManager | undefined,
  found: Found<Start> | Unusable | T,
): Found<Start> | Unusable | T {
  const file =
    found !== undefined && 'value' in found
      ? found.value.argv.find((word) => word.startsWith('node_modules/'))
      : undefined;
  return file === undefined || manager === undefined || !isPnp(project, manager)
    ? found
    : { because: `${file} is started, and Plug'n'Play has no node_modules: set nodeLinker: node-modules.` };
}
