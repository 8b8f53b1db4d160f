import { posix } from 'node:path';
import type { Project } from '../../../../project/project.ts';
import type { Manifest } from '../manifest.ts';
import { type Build, isOutput } from './builds.ts';

/** Where a file is looked for: in the project, and among what the build makes. */
export interface Search {
  readonly project: Project;
  readonly manifest: Manifest;
  readonly build: Build | undefined;
  /** The folder of the project that a command runs in; undefined: the project's own. */
  readonly folder?: string;
}

/** The file that node would load for a path, in the project or among what the build makes. */
export function resolveFile(search: Search, file: string): string | undefined {
  const { project, build, manifest } = search;
  if (posix.isAbsolute(file)) return undefined;
  const path = posix.normalize(posix.join(search.folder ?? '.', file)).replace(/(.)\/$/, '$1');
  if (path.startsWith('..')) return undefined;
  // https://nodejs.org/api/modules.html#folders-as-modules
  if (path === '.') {
    const { main } = manifest;
    const named = main === undefined || /^\.?\/?$/.test(main) ? undefined : resolveFile(search, main);
    return named ?? resolveFile(search, 'index.js');
  }
  const variants = /\.[mc]?[jt]sx?$/.test(path)
    ? [path]
    : [path, `${path}.js`, `${path}.cjs`, `${path}.mjs`, `${path}/index.js`];
  const isFile = (p: string) => project.has(p) && !project.isFolder(p);
  const made = variants.find(
    (p) => isOutput(build, p) && /\.[mc]?js$/.test(p) && sourceOf(project, build, p) !== undefined,
  );
  if (made !== undefined) return made;
  const existing = variants.find((p) => isFile(p) && !isOutput(build, p));
  if (existing !== undefined) return existing;
  // a build whose output cannot be read: the start command is what tells where it goes
  if (build === undefined || !(build.opaque || isOutput(build, path))) return undefined;
  if (isOutput(build, path) && provable(project, build)) return undefined;
  return variants.find((p) => /\.[mc]?js$/.test(p));
}

/** Whether every output is tsc's, so that each file in it has a source that can be looked for. */
function provable(project: Project, build: Build): boolean {
  return (
    !build.opaque &&
    build.outputs.length === 1 &&
    /\btsc\b/.test(scriptText(project, build)) &&
    !/\b(tsup|esbuild|swc|webpack|rollup|vite|babel|ncc)\b/.test(scriptText(project, build))
  );
}

function scriptText(project: Project, build: Build): string {
  const scripts = (project.parse('package.json') as { scripts?: Record<string, string> }).scripts;
  return scripts?.[build.script] ?? '';
}

/** The source that becomes a built file: dist/a.js ← src/a.ts, a.ts; undefined when there is none to be seen. */
export function sourceOf(project: Project, build: Build | undefined, file: string): string | undefined {
  const known = build?.outputs.find((o) => file.startsWith(`${o}/`) || o === '.' || o === file);
  // a build that cannot be read: what is started stands in its folder
  const output = known ?? (build?.opaque && file.includes('/') ? file.split('/')[0] : undefined);
  if (output === undefined) return undefined;
  const below = output === '.' || output === file ? file : file.slice(output.length + 1);
  const stem = below.replace(/\.([mc]?)js$/, '');
  const name = stem.split('/').at(-1) ?? stem;
  // dist/apps/api/main.js ← apps/api/src/main.ts: a project of several keeps its sources in a folder of its own
  const folders = `${output}/${below}`.split('/').slice(1, -1).join('/');
  const own = folders === '' ? [] : [`${folders}/src/${name}`, `${folders}/${name}`];
  for (const base of ['src/', '', 'lib/', 'source/', 'server/']) {
    for (const candidate of base === '' ? [stem, name, ...own] : [stem, name]) {
      for (const end of ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx']) {
        const path = `${base}${candidate}${end}`;
        if (project.has(path) && !isOutput(build, path)) return path;
      }
    }
  }
  return undefined;
}
