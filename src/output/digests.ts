/**
 * Digests beside the tags of images: `node:26-slim@sha256:…`. Bots move them, and no other word of the line, so that a text
 * is the same with any digests, or none: they count for no checksum, and a merge leaves them out.
 */

/** Lines that name images, in a Dockerfile and in a compose.yaml. */
const LINE = /^(?:FROM|ARG|COPY)[ \t]|^#[ \t]*syntax[ \t]*=|\bfrom=|^ {4}image: /i;
const DIGEST = /(?<=[\w.}-])@sha256:[0-9a-f]{64}(?![0-9a-f])/g;
const PINNED = /(?<![\w./:${}-])([\w$][\w./:${}-]*)@(sha256:[0-9a-f]{64})(?![0-9a-f])/g;

/** An image as it is named without its digest, and that, in the order in which a text has them. */
export type Digests = readonly (readonly [image: string, digest: string])[];

/** Cheap, for most files have none. */
function mayHold(text: string): boolean {
  return text.includes('@sha256:');
}

/** A text without digests. */
export function withoutDigests(text: string): string {
  return mayHold(text) ? perLine(text, (line) => line.replace(DIGEST, '')) : text;
}

export function digestsIn(text: string): Digests {
  if (!mayHold(text)) return [];
  return linesOf(text).flatMap((line) =>
    [...line.matchAll(PINNED)].map(([, image = '', digest = '']) => [image, digest] as const),
  );
}

/**
 * A text with digests: each image that is named again gets its next one, and the last where there are no more. One that has
 * a digest keeps it.
 */
export function withDigests(text: string, digests: Digests): string {
  if (digests.length === 0) return text;
  const left = new Map<string, string[]>();
  for (const [image, digest] of digests) left.set(image, [...(left.get(image) ?? []), digest]);
  return perLine(text, (line) =>
    line.replace(/(?<![\w./:@${}-])[\w$][\w./:${}-]*(?![\w./:@${}-])/g, (image) => {
      const those = left.get(image);
      const digest = (those?.length ?? 0) > 1 ? those?.shift() : those?.[0];
      return digest === undefined ? image : `${image}@${digest}`;
    }),
  );
}

/** What stands where an image may be named, without digests. */
export function namesIn(text: string): ReadonlySet<string> {
  const words = linesOf(withoutDigests(text)).flatMap((line) => line.match(/[\w$][\w./:${}-]*/g) ?? []);
  return new Set(words);
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => LINE.test(line));
}

function perLine(text: string, change: (line: string) => string): string {
  return text
    .split('\n')
    .map((line) => (LINE.test(line) ? change(line) : line))
    .join('\n');
}
