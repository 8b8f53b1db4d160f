import { posix } from 'node:path';
import type { Project } from '../../../../project/project.ts';
import { scriptRun, splitScript, withoutFinder } from '../../evidence/commands.ts';
import type { Manifest } from '../../evidence/manifest.ts';

/** What an installation of the root package sets off. */
export interface Lifecycle {
  /** Scripts that only serve developers, or build: left out of every installation. */
  readonly skip: boolean;
  /** Paths of the project that the scripts read, so that they are there. */
  readonly files: readonly string[];
  /** Development packages whose programs the scripts call: production alone cannot be installed with them. */
  readonly needsDev: readonly string[];
}

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

/** What a program in such a script is for. `reads`: the folders that it needs. */
type Purpose =
  | { readonly developers: true }
  | { readonly builds: true }
  | { readonly reads: readonly string[] };

const PURPOSES: { readonly [command: string]: Purpose } = {
  // git hooks: https://typicode.github.io/husky, https://lefthook.dev, https://github.com/toplenboren/simple-git-hooks
  husky: { developers: true },
  'husky-init': { developers: true },
  lefthook: { developers: true },
  'simple-git-hooks': { developers: true },
  'pre-commit': { developers: true },
  'git-format-staged': { developers: true },
  git: { developers: true },
  'only-allow': { developers: true },
  'check-node-version': { developers: true },
  'is-ci': { developers: true },
  echo: { developers: true },
  playwright: { developers: true },
  tsc: { builds: true },
  tsup: { builds: true },
  unbuild: { builds: true },
  ngcc: { builds: true },
  // https://github.com/ds300/patch-package
  'patch-package': { reads: ['patches'] },
  // https://www.prisma.io/docs/orm/reference/prisma-cli-reference#generate
  prisma: { reads: ['prisma', 'prisma.config.ts'] },
};

export function lifecycleOf(project: Project, manifest: Manifest): Lifecycle | undefined {
  const present = SCRIPTS.filter((name) => name in manifest.scripts);
  if (present.length === 0) return undefined;
  const files = new Set<string>();
  const needsDev = new Set<string>();
  let skip = true;
  const visit = (name: string, depth: number): void => {
    const split = splitScript(
      (manifest.scripts[name] ?? '').replace(/\s*\|\|\s*(true|exit 0|echo\b.*)$/, ''),
    );
    for (const { words: all } of 'commands' in split ? split.commands : [{ words: ['sh'] }]) {
      const words = withoutFinder(all);
      const run = scriptRun(words, manifest.scripts);
      const [head = ''] = words;
      if (run !== undefined && depth < 8) {
        if (!/^build|compile/.test(run)) visit(run, depth + 1);
        continue;
      }
      const purpose = PURPOSES[head];
      if (purpose !== undefined && !('reads' in purpose)) continue;
      skip = false;
      for (const path of purpose?.reads ?? named(words)) if (project.has(path)) files.add(path);
      if (head in manifest.devDependencies && !(head in manifest.dependencies)) needsDev.add(head);
    }
  };
  for (const name of present) visit(name, 0);
  return { skip, files: [...files], needsDev: [...needsDev] };
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
