import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { UserError } from '../src/errors.ts';
import { TARGET_IDS, type TargetId } from '../src/plan/targets.ts';
import { inputOf } from './fuzz/attempt.js';
import { READERS } from './fuzz/readers.js';
import { type Files, rendered } from './planned.ts';

interface Input {
  readonly files: Files;
  readonly target: TargetId;
}

/** Whatever is made of it, or refused in words of ours. */
async function tried({ files, target }: Input): Promise<void> {
  expect(TARGET_IDS).toContain(target);
  await rendered(files, target).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
  });
}

const FOUND = new URL('./fuzz/found/', import.meta.url);

/** `npm run fuzz` tries any number of seeds in threads that are watched; here each reader has some, and what was found once. */
describe('readers end with a plan or a refusal', () => {
  test.each(Object.keys(READERS))(
    '%s',
    async (reader) => {
      for (let seed = 1; seed <= 10; seed++) await tried(inputOf(reader, seed));
    },
    60_000,
  );

  test.each(readdirSync(FOUND))('%s', async (name) => {
    await tried(JSON.parse(readFileSync(new URL(name, FOUND), 'utf8')));
  });
});
