/** Whose lines are taken where both sides changed the same ones. */
export type Resolution = 'ours' | 'theirs' | 'markers';

export interface Merged {
  readonly text: string;
  /** Places where both sides changed the same lines, or where it is not known who did. */
  readonly conflicts: number;
}

/** What the two sides are called behind their markers. */
interface Names {
  readonly ours: string;
  readonly theirs: string;
}

/** Longer texts are no Dockerfile, and comparing them takes time that grows with their square. */
const MOST_LINES = 5000;

/**
 * Brings together what somebody made of a text and what is made of it now. Without the text that both began with, every
 * difference is a conflict: nobody knows whose it is.
 */
export async function merge(
  base: string | undefined,
  ours: string,
  theirs: string,
  resolution: Resolution,
  names: Names,
): Promise<Merged> {
  const { diff3Merge, diffIndices } = await import('node-diff3');
  const [o, a, b] = [base?.split('\n'), ours.split('\n'), theirs.split('\n')];
  const conflict = (mine: readonly string[], made: readonly string[]): readonly string[] => {
    if (resolution === 'ours') return mine;
    if (resolution === 'theirs') return made;
    return [`<<<<<<< ${names.ours}`, ...mine, '=======', ...made, `>>>>>>> ${names.theirs}`];
  };
  const lines: string[] = [];
  let conflicts = 0;
  if (Math.max(a.length, b.length, o?.length ?? 0) > MOST_LINES) {
    return { text: conflict(a, b).join('\n'), conflicts: 1 };
  }
  if (o === undefined) {
    let at = 0;
    for (const { buffer1, buffer1Content, buffer2Content } of diffIndices(a, b)) {
      lines.push(...a.slice(at, buffer1[0]), ...conflict(buffer1Content, buffer2Content));
      at = buffer1[0] + buffer1[1];
      conflicts++;
    }
    return { text: [...lines, ...a.slice(at)].join('\n'), conflicts };
  }
  for (const region of diff3Merge(a, o, b, { excludeFalseConflicts: true })) {
    if (region.ok !== undefined) lines.push(...region.ok);
    if (region.conflict === undefined) continue;
    lines.push(...conflict(region.conflict.a, region.conflict.b));
    conflicts++;
  }
  return { text: lines.join('\n'), conflicts };
}
