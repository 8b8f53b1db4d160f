import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import type { Module } from '../evidence/build.ts';
import type { Seen } from '../evidence/seen.ts';

/** The class that is started: what the build names, else the one that has a main method. */
export function findMain(seen: Seen, module: Module): Found<string> | Tie<string> | Unusable | undefined {
  const { product, main } = module;
  if ('because' in product) return product;
  if (!product.named) return { value: '', from: product.from };
  if (main !== undefined) return main;
  const mains = seen.mains(module);
  if (mains.length === 1) return mains[0];
  return mains.length === 0
    ? { because: `${module.file} names no main class, and no class has a main method.` }
    : { tie: mains };
}
