/** A version of Java as build files write it: `21`, `1.8`, `VERSION_17`, `JVM_17`; undefined: it is none. */
export function releaseOf(text: string): number | undefined {
  const [, old, number] =
    /^\s*(?:JavaVersion\.)?(?:VERSION_|JVM_|JvmTarget\.JVM_)?(1[._](?=[5-8]\b))?(\d{1,2})(?:[._+-].*)?\s{0,200}$/.exec(
      text,
    ) ?? [];
  if (number === undefined) return undefined;
  const release = Number(number);
  return (old !== undefined || release >= 5) && release < 100 ? release : undefined;
}
