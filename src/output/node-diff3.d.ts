/** The part of it that is used: what it ships names no types. */
declare module 'node-diff3' {
  type Lines = readonly string[];
  export function diff3Merge(
    a: Lines,
    o: Lines,
    b: Lines,
    options: { readonly excludeFalseConflicts: boolean },
  ): readonly {
    readonly ok?: Lines;
    readonly conflict?: { readonly a: Lines; readonly o: Lines; readonly b: Lines };
  }[];
  export function diffIndices(
    a: Lines,
    b: Lines,
  ): readonly {
    readonly buffer1: readonly [at: number, length: number];
    readonly buffer1Content: Lines;
    readonly buffer2: readonly [at: number, length: number];
    readonly buffer2Content: Lines;
  }[];
}
