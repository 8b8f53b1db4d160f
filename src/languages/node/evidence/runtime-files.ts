import { filesRead } from '../../../kit/files.ts';
import { textsOf } from '../../../kit/sources.ts';
import { table } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { isOutput } from './build/builds.ts';
import type { Program } from './program.ts';

const OPENS = {
  calls: [{ call: 'join' }, { call: 'resolve' }, { call: 'URL' }],
  begins: /(?<![\w$.])(?:process\.cwd\(\)|__dirname|import\.meta\.(?:dirname|dir))\s*\+/g,
  // sources, what is made of them, and what describes the package
  never:
    /^(?:src|dist|build|lib|out|bin|types)$|\.(?:[mc]?[jt]sx?)$|^(?:package|package-lock|tsconfig[\w.]*|nest-cli)\.json$/,
};

/** Packages that read a folder by convention, without naming it. */
const CONVENTIONS: { readonly [dependency: string]: string } = table({
  // https://github.com/node-config/node-config/wiki/Configuration-Files
  config: 'config',
  // https://github.com/mashpie/i18n-node#list-of-all-configuration-options
  i18n: 'locales',
});

/** Files beside the build's output that the program opens when it runs, by paths of the project. */
export function findRuntimeFiles(
  project: Project,
  { manifest, build, sources, framework }: Pick<Program, 'manifest' | 'build' | 'sources' | 'framework'>,
): { readonly paths: readonly string[]; readonly from: string } | undefined {
  // what a framework makes of the folder `client` may be called dist/client, and that is what is meant
  const pages = framework === undefined ? [] : (build?.outputs ?? []);
  const found = new Map<string, string>();
  for (const { path, at, here, by } of filesRead(project, sources, OPENS)) {
    if (path === 'index.html' && framework !== undefined) continue;
    if (isOutput(build, path) || pages.some((output) => output.endsWith(`/${path}`))) continue;
    if (build !== undefined && project.isFolder(path) && isCompiled(project, path)) continue;
    // what stands beside a source stands beside what it becomes, or nowhere
    if (build !== undefined && here && top(path) === top(by) && by.includes('/')) continue;
    found.set(path, at);
  }
  const take = (path: string, from: string) => {
    if (project.has(path) && !found.has(path)) found.set(path, from);
  };
  // https://expressjs.com/en/api.html#app.set: views is process.cwd() + '/views'
  const [engine] = textsOf(sources, /^view engine$/, 'view engine');
  if (engine !== undefined) take('views', engine.at);
  for (const [dependency, folder] of Object.entries(CONVENTIONS))
    if (dependency in manifest.dependencies) take(folder, `what ${dependency} reads`);
  const paths = [...found.keys()]
    .filter((path) => ![...found.keys()].some((other) => path.startsWith(`${other}/`)))
    .sort();
  return paths.length === 0
    ? undefined
    : { paths, from: [...new Set(paths.map((path) => found.get(path)))].join(', ') };
}

const top = (path: string) => path.split('/')[0];

/** Whether a folder holds nothing but what is compiled: the build's output has it already. */
function isCompiled(project: Project, folder: string): boolean {
  const files = project.find(`${folder}/**`);
  return files.length > 0 && files.every((path) => /\.[mc]?tsx?$/.test(path));
}
