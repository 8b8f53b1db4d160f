import type { Makefile } from '../evidence/make/makefile.ts';
import type { Flags } from './hardening.ts';

/**
 * How flags reach the compiler that a Makefile calls: by the environment where it lets the variables be, behind the
 * compiler's own name where it sets them (nothing of its own is lost that way), or not at all.
 */
export function makeVariables(
  { file, text, fixed, rules }: Makefile,
  flags: Flags,
  speaks: { readonly c: boolean; readonly cpp: boolean },
): {
  readonly words: readonly string[];
  readonly environment: Partial<Flags>;
  readonly deaf: string | undefined;
} {
  const uses = (name: string) => new RegExp(`\\$[({]${name}[)}]`).test(text);
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
  const words = compilers.flatMap((name) => {
    const kind = name === 'CC' ? 'CFLAGS' : 'CXXFLAGS';
    const rest = [...(kind in told ? [] : flags[kind]), ...('LDFLAGS' in told ? [] : flags.LDFLAGS)];
    const program = name === 'CC' ? 'gcc' : 'g++';
    return rest.length === 0 && !fixed.has(name) ? [] : [`${name}='${[program, ...rest].join(' ')}'`];
  });
  const kinds = compilers.length > 0 || Object.keys(told).length > 0;
  return {
    words,
    environment: told,
    deaf: kinds ? undefined : `${file} calls its compiler by name, so no flag reaches it`,
  };
}
