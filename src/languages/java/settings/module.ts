import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import type { Module, Tool } from '../evidence/build.ts';
import type { Seen } from '../evidence/seen.ts';

/** Modules that make something that can be started. */
export function runnable(seen: Seen, tool: Tool): readonly Module[] {
  return seen.build(tool).modules.filter((module) => why(seen, module) === undefined);
}

/** Why nothing of a module can be started. */
function why(seen: Seen, module: Module): string | undefined {
  const { product } = module;
  if ('because' in product) return product.because;
  if (!product.named || module.main !== undefined || seen.mains(module).length > 0) return undefined;
  return `${module.file} makes a library: no class has a main method`;
}

/** The one module that can be started; several are a tie. */
export function findModule(seen: Seen, tool: Tool): Found<string> | Tie<string> | Unusable {
  const { modules, file } = seen.build(tool);
  const able = runnable(seen, tool);
  const [only] = able;
  if (only === undefined) {
    const reasons = modules.flatMap((module) => why(seen, module) ?? []);
    const told = reasons.find((reason) => !/packaging pom|no class/.test(reason)) ?? reasons.at(-1);
    return {
      because: told === undefined ? `${file} has no module.` : `Nothing here can be started: ${told}.`,
    };
  }
  const said = (module: Module) => ({
    value: module.folder,
    from: 'from' in module.product ? module.product.from : module.file,
  });
  // what a plugin makes executable outweighs a class that happens to have a main method
  const made = able.filter(({ product }) => 'layout' in product && product.layout !== 'lib');
  if (made.length === 1 && made[0] !== undefined) return said(made[0]);
  if (able.length === 1) return { ...said(only), from: modules.length === 1 ? file : said(only).from };
  return { tie: (made.length > 0 ? made : able).map(said) };
}
