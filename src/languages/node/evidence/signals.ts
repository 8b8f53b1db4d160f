import { type Sources, search } from './sources.ts';

/** Packages that install a handler for SIGTERM and end the process after it. */
const CLOSERS = [
  'close-with-grace',
  '@godaddy/terminus',
  'http-graceful-shutdown',
  'lightship',
  'fastify-graceful-shutdown',
  'async-exit-hook',
  'exit-hook',
];

/** Where the program ends itself on SIGTERM: the kernel gives process 1 no default for it. */
export function findSignalHandler(sources: Sources): string | undefined {
  const [match] = search(sources, /['"]SIGTERM['"]/g).filter(({ file }) =>
    /\bprocess\s*\.\s*(on|once|addListener)\s*\(/.test(file.text),
  );
  const closer = CLOSERS.find((name) => sources.packages.has(name));
  return match?.at ?? closer;
}
