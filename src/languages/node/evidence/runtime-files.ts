import type { Project } from '../../../project/project.ts';
import { isOutput } from './build/builds.ts';
import type { Program } from './program.ts';
import { search } from './sources.ts';

/** Folders and files that are never read by a running program, whatever its text mentions. */
const NEVER =
  /^(src|test|tests|__tests__|spec|e2e|docs|scripts|node_modules|dist|build|lib|out|coverage|bin|types|\..*)$|\.([mc]?[jt]sx?|lock|log|md)$|^(package|package-lock|tsconfig[\w.]*|nest-cli|docker-compose|compose)\.(json|ya?ml)$|(^|\/)\.env/;
/** Packages that read a folder by convention, without naming it. */
const CONVENTIONS: { readonly [dependency: string]: string } = {
  // https://github.com/node-config/node-config/wiki/Configuration-Files
  config: 'config',
  // https://github.com/mashpie/i18n-node#list-of-all-configuration-options
  i18n: 'locales',
};

/**
 * Files beside the build's output that the program opens when it runs: folders and data files of the project that a
 * string of its sources names (`path.join(__dirname, '../views')`, `express.static('public')`).
 */
export function findRuntimeFiles(
  project: Project,
  program: Program,
): { readonly paths: readonly string[]; readonly from: string } | undefined {
  const { manifest, build, sources } = program;
  const found = new Map<string, string>();
  // what a framework makes of the folder `client` may be called dist/client, and that is what is meant
  const pages = program.framework === undefined ? [] : (build?.outputs ?? []);
  const take = (path: string, from: string) => {
    const clean = path.replace(/^(\.{0,2}\/)+/, '').replace(/\/+$/, '');
    const parts = clean.split('/');
    // the longest part of it that exists, so that 'public/img/logo.svg' brings that file and 'views/index' its folder
    for (let length = parts.length; length > 0; length--) {
      const part = parts.slice(0, length).join('/');
      if (part === 'index.html' && program.framework !== undefined) continue;
      if (pages.some((output) => output.endsWith(`/${part}`))) continue;
      if (part === '' || part === '.' || NEVER.test(part) || isOutput(build, part)) continue;
      if (build !== undefined && project.isFolder(part) && isCompiled(project, part)) continue;
      if (project.has(part) && ![...found.keys()].some((known) => part.startsWith(`${known}/`)))
        found.set(part, from);
      if (project.has(part)) return;
    }
  };
  for (const { groups, at } of search(sources, /\b(?:join|resolve)\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)) {
    const words = [...(groups[0] ?? '').matchAll(/['"`]([^'"`\n]+)['"`]/g)].map(([, word = '']) => word);
    if (words.length > 1) take(words.filter((w) => !/^\.{1,2}\/?$/.test(w)).join('/'), at);
  }
  for (const { groups, at } of search(sources, /['"`]([\w@./-]{2,200})['"`]/g)) {
    const text = groups[0] ?? '';
    if (
      !text.startsWith('@') && !/^\.{1,2}\/[\w./-]*$/.test(text)
        ? !text.includes('..') || text.startsWith('..')
        : true
    )
      take(text, at);
  }
  // https://expressjs.com/en/api.html#app.set: views is process.cwd() + '/views'
  const [engine] = search(sources, /['"]view engine['"]/g);
  if (engine !== undefined) take('views', engine.at);
  for (const [dependency, folder] of Object.entries(CONVENTIONS)) {
    if (dependency in manifest.dependencies) take(folder, `what ${dependency} reads`);
  }
  const paths = [...found.keys()]
    .filter((path) => ![...found.keys()].some((other) => path.startsWith(`${other}/`)))
    .sort();
  return paths.length === 0
    ? undefined
    : { paths, from: [...new Set(paths.map((path) => found.get(path)))].join(', ') };
}

/** Whether a folder holds nothing but what is compiled: the build's output has it already. */
function isCompiled(project: Project, folder: string): boolean {
  const files = project.find(`${folder}/**`);
  return files.length > 0 && files.every((path) => /\.[mc]?tsx?$/.test(path));
}
