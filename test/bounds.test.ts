import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LARGE } from './bounds/large.ts';
import { cost } from './bounds/measure.ts';
import { node, type Row, TINY } from './bounds/tiny.ts';

/** A run over the smallest project, which all others are measured by. */
const EMPTY = costOf({ name: 'empty', files: node() });
/** BOUNDS=all runs all of them, and writes what each took to BOUNDS_LOG. */
const ALL = process.env.BOUNDS === 'all';
const some = (rows: readonly Row[], part: number) =>
  ALL ? rows : rows.filter((_, index) => index % part === 9);

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

/** It ends by itself, in words of ours, within so many times what an empty run takes. */
function assertBounded(row: Row, most: { readonly seconds: number; readonly mebibytes: number }): void {
  const { code, seconds, mebibytes, ended, stdout, stderr } = costOf(row);
  const times = { seconds: seconds / EMPTY.seconds, mebibytes: mebibytes / EMPTY.mebibytes };
  if (process.env.BOUNDS_LOG !== undefined)
    appendFileSync(
      process.env.BOUNDS_LOG,
      `${JSON.stringify({ name: row.name, code, seconds, mebibytes, times, stderr: stderr.slice(0, 300) })}\n`,
    );
  expect({ ended, code, stderr }).toMatchObject({ ended: false, code: expect.toBeOneOf([0, 1]) });
  expect(stderr).not.toMatch(/This is a bug|\n\s+at /);
  // a refusal is a sentence, and no row of what was found
  expect(code === 0 ? stdout : stderr).toMatch(
    code === 0 ? /^\+?FROM /m : /(?:^|\n)(?!\w[\w-]* {2})[^\n]+[.:][^\n]*\n$/,
  );
  expect(times.seconds).toBeLessThan(most.seconds);
  expect(times.mebibytes).toBeLessThan(most.mebibytes);
}

/** An empty run takes some 0.12 processor seconds and 48 MiB: 2 s, 5 s and 300 MB. */
describe('a tiny input ends, in proportion to an empty run', () => {
  test.each(some(TINY, 12).map((row) => [row.name, row] as const))(
    '%s',
    (_, row) => assertBounded(row, { seconds: 16, mebibytes: 6 }),
    120_000,
  );
});

describe('a large input ends, in proportion to an empty run', () => {
  test.each(some(LARGE, 61).map((row) => [row.name, row] as const))(
    '%s',
    (_, row) => assertBounded(row, { seconds: 40, mebibytes: 6 }),
    240_000,
  );
});
