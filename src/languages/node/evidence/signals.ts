import { type Handles, handlerOf } from '../../../kit/signals.ts';
import type { Sources } from '../../../kit/sources.ts';

const HANDLES: Handles = {
  calls: ['on', 'once', 'addListener'],
  of: /^process\.(?:on|once|addListener)$/,
  signal: /^SIGTERM$/,
  packages: [
    'close-with-grace',
    '@godaddy/terminus',
    'http-graceful-shutdown',
    'lightship',
    'fastify-graceful-shutdown',
    'async-exit-hook',
    'exit-hook',
  ],
};

export function findSignalHandler(sources: Sources): string | undefined {
  return handlerOf(sources, HANDLES);
}
