import { describe, expect, test } from 'vitest';
import { projectOf } from '../src/project/project.ts';
import { type Files, found } from './planned.ts';

/** What a row expects of one setting: its value as it is typed, and its origin where it matters; or the words of a refusal. */
export type Row =
  | readonly [title: string, files: Files, value: string, from?: string]
  | readonly [string, Files, Error];

export function table(key: string, rows: readonly Row[], given: Readonly<Record<string, string>> = {}): void {
  describe(key, () => {
    test.each(rows.map((row) => [row[0], row] as const))('%s', async (_, [, files, value, from]) => {
      const project = await projectOf(files, 'app');
      if (value instanceof Error) await expect(found(key, project, given)).rejects.toThrow(value.message);
      else expect(await found(key, project, given)).toEqual([value, from ?? expect.any(String)]);
    });
  });
}
