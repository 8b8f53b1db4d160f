import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cost } from './bounds/measure.ts';
import { node, type Row, TINY } from './bounds/tiny.ts';

/** A run over the smallest project, which all others are measured by. */
const EMPTY = costOf({ name: 'empty', files: node() });
/** BOUNDS=all runs all of them. */
const PARTS = process.env.BOUNDS === 'all' ? 1 : 12;

function costOf({ files, make, args }: Row) {
  const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-bounds-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    make?.(folder);
    return cost(folder, args);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a tiny input ends, in proportion to an empty run', () => {
  const rows = TINY.filter((_, index) => index % PARTS === 0);
  test.each(rows.map((row) => [row.name, row] as const))(
    '%s',
    (_, row) => {
      const { code, seconds, mebibytes, ended, stderr } = costOf(row);
      expect({ ended, code, stderr }).toMatchObject({ ended: false, code: expect.toBeOneOf([0, 1]) });
      expect(stderr).not.toMatch(/This is a bug|\n\s+at /);
      expect(seconds / EMPTY.seconds).toBeLessThan(25);
      expect(mebibytes / EMPTY.mebibytes).toBeLessThan(5);
    },
    120_000,
  );
});
