/** Numbers that look like chance, and are the same for the same seed. */
export declare function chanceOf(seed: number): {
  below(n: number): number;
  of<T>(list: readonly T[]): T;
};
