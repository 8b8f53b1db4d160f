import type { TargetId } from '../../src/plan/targets.ts';

/** What a reader is given for a seed: a valid project, one file of which is not. */
export declare function inputOf(
  reader: string,
  seed: number,
): { readonly path: string; readonly target: TargetId; readonly files: Readonly<Record<string, string>> };
