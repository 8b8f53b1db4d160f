import { table } from '../../../project/data.ts';
import type { Need } from './facts.ts';

/** The library of each sanitizer, by its word behind `-fsanitize=`; others are checks of UBSan. https://gcc.gnu.org/onlinedocs/gcc/Instrumentation-Options.html */
const LIBRARIES: Readonly<Record<string, string>> = table({
  address: 'asan',
  'pointer-compare': 'asan',
  'pointer-subtract': 'asan',
  leak: 'lsan',
  thread: 'tsan',
});

/** The libraries that flags of the compiler ask for. */
export function sanitizersOf(flags: string, at: string): readonly Need[] {
  return [...flags.matchAll(/(?:^|[\s'"])-fsanitize=([\w,-]+)/g)].flatMap(([, list = '']) =>
    list
      .split(',')
      .map((word): Need => ({ by: 'link', name: LIBRARIES[word] ?? 'ubsan', at, optional: false })),
  );
}
