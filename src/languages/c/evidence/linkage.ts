import type { Found } from '../../../facts/language.ts';
import type { Project } from '../../../project/project.ts';
import type { BuildFacts, Need } from './facts.ts';
import type { Library } from './libraries.ts';
import { readMakefile } from './make/makefile.ts';
import { type Sources, search } from './sources.ts';

/** How a program is linked where nothing but itself is: with everything inside, or with shared libraries beside it. */
export type Linkage = 'static' | 'shared';

/** Static where everything that it links to has an archive, and nothing is loaded while it runs. */
export function findLinkage(
  project: Project,
  { own }: Sources,
  facts: BuildFacts,
  libraries: readonly Library[],
  unknown: readonly Need[],
): Found<Linkage> {
  const shared = (from: string): Found<Linkage> => ({ value: 'shared', from });
  const without = libraries.find((library) => library.static === undefined);
  if (without !== undefined) return shared(`${without.name} has no archive that links alone`);
  const [strange] = unknown.filter((need) => !need.optional);
  if (strange !== undefined) return shared(`${strange.at} names ${strange.name}, which is not known`);
  if (facts.sharedLibraries) return shared('it builds shared libraries of its own');
  const [loads] = search(own, /\bdlopen\s*\(/g);
  if (loads !== undefined) return shared(`${loads.at} loads modules while it runs`);
  const makefile = facts.files.some((file) => /akefile$/.test(file)) ? readMakefile(project) : undefined;
  if (
    makefile !== undefined &&
    !/\$[({](CC|CXX|LINK\.\w+|LDFLAGS)[)}]/.test(makefile.text) &&
    makefile.rules.some((rule) => /\bg(cc|\+\+)\s/.test(rule.recipe.join('\n')))
  )
    return shared(`${makefile.file} calls its compiler by name, so it cannot be told`);
  return {
    value: 'static',
    from: libraries.length === 0 ? 'it needs nothing but the C library' : 'every library has an archive',
  };
}
