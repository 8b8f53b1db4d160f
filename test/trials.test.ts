import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { SETTING_KEYS } from '../src/request/flags.ts';

const TRIALS = new URL('./trials/', import.meta.url).pathname;

/** A public project and what is expected of it. `right` is for people, `facts` and `refused` are checked. */
const row = z
  .strictObject({
    repository: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/)
      .optional(),
    name: z.string().optional(),
    commit: z
      .string()
      .regex(/^[0-9a-f]{7,40}$/)
      .optional(),
    version: z.string().optional(),
    folder: z.string().optional(),
    about: z.string().min(4),
    right: z.string().min(4),
    flags: z.array(z.string()).optional(),
    refused: z.literal(true).optional(),
    facts: z
      .partialRecord(
        z.enum([...SETTING_KEYS, 'target', 'platforms', 'app', 'language']),
        z.union([z.string(), z.number()]),
      )
      .optional(),
  })
  .refine((one) => (one.repository === undefined) !== (one.name === undefined), 'repository or name');

test.each(readdirSync(TRIALS))('%s is a list of trials', (file) => {
  const rows = JSON.parse(readFileSync(join(TRIALS, file), 'utf8'));
  expect(z.array(row).safeParse(rows).error?.issues).toBeUndefined();
  const names = rows.map(({ repository, name, folder, version }: z.infer<typeof row>) =>
    [repository ?? name, folder, version].join(' '),
  );
  expect(new Set(names).size).toBe(names.length);
});
