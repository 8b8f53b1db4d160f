import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { withoutAside } from '../../../kit/aside.ts';
import type { Module } from '../evidence/build.ts';
import type { Seen } from '../evidence/seen.ts';

/** The class that is started: what the build names, else the one that has a main method. */
export function findMain(seen: Seen, module: Module): Found<string> | Tie<string> | Unusable | undefined {
  const { product, main } = module;
  if ('because' in product) return product;
  if (!product.named) return { value: '', from: product.from };
  const mains = seen.mains(module);
  const gone =
    main !== undefined && !mains.some(({ value }) => value === main.value) && seen.lacks(module, main.value);
  if (gone) return { because: `${main.from} names ${main.value}, which no source has.` };
  if (main !== undefined) return main;
  const [only, ...others] = withoutAside(mains, ({ value }) => wordsOf(value));
  if (only === undefined)
    return { because: `${module.file} names no main class, and no class has a main method.` };
  return others.length === 0 ? only : { tie: [only, ...others] };
}

/** `shop.OrderServiceClient` as `order-service-client`. */
function wordsOf(name: string): string {
  const simple = name.split(/[.$]/).at(-1) ?? name;
  return simple.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
