import { verbatim } from '../../../project/data.ts';
import { expand } from '../evidence/make/expand.ts';
import type { Makefile } from '../evidence/make/makefile.ts';
import type { Flags } from './hardening.ts';

/** The variable of flags that are said behind the compiler's name. */
const RELEASE = 'IMAGE_FLAGS';

/**
 * How flags reach the compiler that a Makefile calls: by the environment where it lets the variables be, behind the
 * compiler's own name where it sets them (nothing of its own is lost that way), or not at all.
 */
export function makeVariables(
  makefile: Makefile,
  flags: Flags,
  speaks: { readonly c: boolean; readonly cpp: boolean },
): {
  readonly words: readonly string[];
  readonly environment: Partial<Flags> & Readonly<Record<string, readonly string[]>>;
  readonly deaf: string | undefined;
} {
  const { file, text, fixed, rules } = makefile;
  const uses = (name: string) => new RegExp(`\\$[({]${verbatim(name)}[)}]`).test(text);
  const recipes = rules.map((rule) => rule.recipe.join('\n'));
  const implicit = recipes.every((recipe) => !/\$[({]C(C|XX)[)}]|\bg(cc|\+\+)\s/.test(recipe));
  // make's own rules read all of them: they compile where no rule with a recipe makes objects
  const compilesItself = !rules.some(
    (rule) => rule.recipe.length > 0 && rule.targets.some((target) => target.endsWith('.o')),
  );
  const linksObjects = rules.some((rule) => rule.needs.some((need) => need.endsWith('.o')));
  const linksItself = rules.some(
    (rule) => rule.recipe.length === 0 && rule.needs.some((need) => need.endsWith('.o')),
  );
  const reads = (name: keyof Flags) =>
    uses(name) || implicit || (name === 'LDFLAGS' ? linksItself : compilesItself && linksObjects);
  const hears = (name: keyof Flags) => !fixed.has(name) && reads(name);
  const told = Object.fromEntries(
    Object.entries(flags).filter(([name]) => hears(name as keyof Flags)),
  ) as Partial<Flags>;
  const compilers = (['CC', 'CXX'] as const).filter(
    (name) => (name === 'CC' ? speaks.c : speaks.cpp) && (uses(name) || implicit),
  );
  // they read the same flags, and those of C++ mean nothing to C
  const kinds = compilers.map((name) => (name === 'CC' ? 'CFLAGS' : 'CXXFLAGS'));
  const untold = kinds.filter((kind) => !(kind in told));
  const release = [...(untold[0] ? flags[untold[0]] : []), ...('LDFLAGS' in told ? [] : flags.LDFLAGS)];
  const words = compilers.flatMap((name) => {
    const [program = '', ...own] = expand(makefile.variables.get(name) ?? '', makefile).split(/\s+/);
    const called = name === 'CXX' || /\+\+/.test(program) ? 'g++' : 'gcc';
    if (release.length === 0 && !fixed.has(name)) return [];
    const flagged = release.length === 0 ? [] : [`$${RELEASE}`];
    return [`${name}="${[called, ...own.filter((word) => FLAG.test(word)), ...flagged].join(' ')}"`];
  });
  return {
    words,
    environment: { ...(words.length > 0 && release.length > 0 ? { [RELEASE]: release } : {}), ...told },
    deaf:
      compilers.length > 0 || Object.keys(told).length > 0
        ? undefined
        : `${file} calls its compiler by name, so no flag reaches it`,
  };
}

/** A flag of the compiler that stands behind its name, as a word that the shell leaves as it is. */
const FLAG = /^-[\w=.,+/-]+$/;
