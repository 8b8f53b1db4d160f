import type { Sources } from './sources.ts';

/** A program that a library is the whole of: how it is started, and what it then does. */
export interface Framework {
  readonly module: RegExp;
  readonly name: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly health: string;
  /** Folders beside the program that it writes. */
  readonly writes: readonly string[];
}

const FRAMEWORKS: readonly Framework[] = [
  // https://pocketbase.io/docs/going-to-production/: it listens on localhost unless it is told
  {
    module: /^github\.com\/pocketbase\/pocketbase$/,
    name: 'PocketBase',
    args: ['serve', '--http=0.0.0.0:8090'],
    port: 8090,
    health: '/api/health',
    writes: ['pb_data'],
  },
];

export function frameworkOf({ imports }: Pick<Sources, 'imports'>): Framework | undefined {
  return FRAMEWORKS.find(({ module }) => [...imports].some((path) => module.test(path)));
}
