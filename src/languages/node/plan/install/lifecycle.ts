import { posix } from 'node:path';
import { table } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { flagValue, scriptRun, splitScript, withoutFinder } from '../../evidence/commands.ts';
import type { Manifest } from '../../evidence/manifest.ts';
import { namedScripts } from '../../evidence/start/steps.ts';

/** What an installation of the root package sets off. */
export interface Lifecycle {
  /** What it is for: nothing in an image, all of it, or some of it, which is then run by itself. */
  readonly serves: 'nobody' | 'the image' | 'both';
  /** What the image needs of it once packages are installed. */
  readonly kept: readonly Kept[];
  /** What reads or makes sources: run where they are, before the build. */
  readonly later: readonly Kept[];
  /** Paths of the project that the scripts read, so that they are there. */
  readonly files: readonly string[];
  /** Development packages whose programs the scripts call: production alone cannot be installed with them. */
  readonly needsDev: readonly string[];
}

/** A whole script, or one command of a script whose others are left out. */
export type Kept = { readonly script: string } | { readonly words: readonly string[] };

/** What npm, pnpm, Yarn and Bun run for the root package. https://docs.npmjs.com/cli/v11/using-npm/scripts#npm-ci */
const SCRIPTS = [
  'preinstall',
  'install',
  'postinstall',
  'prepublish',
  'preprepare',
  'prepare',
  'postprepare',
  'dependencies',
];

/** What a program in such a script is for. */
type Purpose =
  /** Serves developers, or does what the build does as well. */
  | { readonly for: 'nobody' }
  /** Reads sources, or makes something of them. */
  | { readonly for: 'sources' }
  /** Changes what was installed: with the folders that it reads, and the option that names another one. */
  | { readonly for: 'packages'; readonly reads: readonly string[]; readonly option?: string };

const NOBODY: Purpose = { for: 'nobody' };
const SOURCES: Purpose = { for: 'sources' };

const PURPOSES: { readonly [command: string]: Purpose } = table({
  // git hooks: https://typicode.github.io/husky, https://lefthook.dev, https://github.com/toplenboren/simple-git-hooks
  husky: NOBODY,
  'husky-init': NOBODY,
  lefthook: NOBODY,
  'simple-git-hooks': NOBODY,
  'pre-commit': NOBODY,
  'git-format-staged': NOBODY,
  'lint-staged': NOBODY,
  'is-ci': NOBODY,
  git: NOBODY,
  'only-allow': NOBODY,
  'check-node-version': NOBODY,
  echo: NOBODY,
  true: NOBODY,
  exit: NOBODY,
  playwright: NOBODY,
  cypress: NOBODY,
  'ts-patch': NOBODY,
  tsc: NOBODY,
  tsup: NOBODY,
  tsdown: NOBODY,
  unbuild: NOBODY,
  esbuild: NOBODY,
  rollup: NOBODY,
  webpack: NOBODY,
  vite: NOBODY,
  ngcc: NOBODY,
  // types of pages and routes: https://nuxt.com/docs/api/commands/prepare, https://svelte.dev/docs/kit/cli
  nuxt: NOBODY,
  nuxi: NOBODY,
  'svelte-kit': NOBODY,
  astro: NOBODY,
  wxt: NOBODY,
  'react-router': NOBODY,
  'fumadocs-mdx': SOURCES,
  velite: SOURCES,
  contentlayer: SOURCES,
  'graphql-codegen': SOURCES,
  'paraglide-js': SOURCES,
  panda: SOURCES,
  // https://github.com/ds300/patch-package#applying-patches
  'patch-package': { for: 'packages', reads: ['patches'], option: '--patch-dir' },
  // https://www.prisma.io/docs/orm/reference/prisma-cli-reference#generate
  prisma: { for: 'packages', reads: ['prisma', 'prisma.config.ts'], option: '--schema' },
});

/** One command of a script, and what it is for. */
interface Purposed {
  readonly words: readonly string[];
  readonly purpose: Purpose;
}

/** `build`: the script that the build stage runs anyway. */
export function lifecycleOf(
  project: Project,
  manifest: Manifest,
  build: string | undefined,
): Lifecycle | undefined {
  const present = SCRIPTS.filter((name) => name in manifest.scripts);
  if (present.length === 0) return undefined;
  const kept: Kept[] = [];
  const later: Kept[] = [];
  const needed: Purposed[] = [];
  let left = false;
  for (const name of present) {
    // a script that is the build itself, as `postinstall: tsc` may be
    const all = name === build ? [] : purposesOf(manifest, name, build, 0);
    const packages = all.filter(({ purpose }) => purpose.for === 'packages');
    const whole = packages.length === all.length;
    if (packages.length > 0) kept.push(...(whole ? [{ script: name }] : packages));
    later.push(...all.filter(({ purpose }) => purpose.for === 'sources'));
    needed.push(...packages);
    left ||= !whole || all.length === 0;
  }
  return {
    serves: kept.length === 0 ? 'nobody' : left ? 'both' : 'the image',
    kept,
    later,
    files: [...new Set(needed.flatMap((one) => readsOf(project, one)))],
    needsDev: needed.flatMap(({ words: [head = ''] }) =>
      head in manifest.devDependencies && !(head in manifest.dependencies) ? [head] : [],
    ),
  };
}

/** Scripts that only make what the build makes too, and those that make what it reads. */
const BUILDS = /^build\b/;
const MAKES = /^(?:compile|codegen|generate|gen)\b/;
const DEPTH = 8;

function purposesOf(
  manifest: Manifest,
  name: string,
  build: string | undefined,
  depth: number,
): readonly Purposed[] {
  const split = splitScript(manifest.scripts[name] ?? '');
  // what needs a shell is run as it is
  if ('shell' in split) return [{ words: ['sh'], purpose: { for: 'packages', reads: [] } }];
  return split.commands.flatMap((command): readonly Purposed[] => {
    const words = withoutFinder(command.words, manifest.scripts);
    const [head = ''] = words;
    if (/^(?:run-[sp]|npm-run-all2?)$/.test(head) && depth < DEPTH)
      return namedScripts(words.slice(1), manifest.scripts).flatMap((one) =>
        purposesOf(manifest, one, build, depth + 1),
      );
    const run = scriptRun(words, manifest.scripts);
    if (run !== undefined && depth < DEPTH) {
      if (run === build || BUILDS.test(run)) return [{ words, purpose: NOBODY }];
      return MAKES.test(run) && purposesOf(manifest, run, build, depth + 1).some(isOfSources)
        ? [{ words, purpose: SOURCES }]
        : purposesOf(manifest, run, build, depth + 1);
    }
    const purpose = head === 'node' ? PURPOSES[calledIn(words, manifest) ?? ''] : PURPOSES[head];
    return [{ words, purpose: purpose ?? { for: 'packages', reads: named(words) } }];
  });
}

/** The tool of developers that a line of code starts: `node -e "…execSync('husky')…"`. */
function calledIn([, flag = '', code = '']: readonly string[], manifest: Manifest): string | undefined {
  if (!/^(?:-e|--eval)$/.test(flag)) return undefined;
  const names = code.match(/[\w-]{1,100}/g) ?? [];
  return names.find((name) => name in manifest.devDependencies && PURPOSES[name]?.for === 'nobody');
}

function isOfSources({ purpose }: Purposed): boolean {
  return purpose.for === 'sources';
}

function readsOf(project: Project, { words, purpose }: Purposed): readonly string[] {
  if (purpose.for !== 'packages') return [];
  const other = purpose.option === undefined ? undefined : flagValue(words, purpose.option);
  const folder = other === undefined ? undefined : posix.normalize(other).replace(/\/$/, '');
  return (folder === undefined || folder.startsWith('..') ? purpose.reads : [folder]).filter((path) =>
    project.has(path),
  );
}

/** Files that an unknown command names; a script in a folder brings its folder, for it may import its neighbours. */
function named(words: readonly string[]): readonly string[] {
  return words.slice(1).flatMap((word) => {
    const path = posix.normalize(word);
    if (!/\.\w+$|\//.test(path) || path.startsWith('..') || posix.isAbsolute(path)) return [];
    const folder = posix.dirname(path);
    return [folder === '.' ? path : folder];
  });
}
