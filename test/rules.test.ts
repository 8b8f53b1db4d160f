import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import { describe, expect, test } from 'vitest';
import type { Rule } from './rules/rule.ts';

const RULES = new URL('./rules/', import.meta.url).pathname;
const CASES = new URL('./cases/', import.meta.url).pathname;
const names = readdirSync(RULES).filter((file) => file !== 'rule.ts');
const goldens = readdirSync(CASES).flatMap((id) =>
  readdirSync(join(CASES, id))
    .filter((file) => file.endsWith('.Dockerfile'))
    .map((file) => join(id, file)),
);
/** Each is parsed once, whatever the number of rules. */
const parsed = goldens.map((golden) => {
  const text = readFileSync(join(CASES, golden), 'utf8');
  return { golden, text, instructions: DockerfileParser.parse(text).getInstructions() };
});
const broken = (rule: Rule, text: string) =>
  rule.broken(DockerfileParser.parse(text).getInstructions(), text);

describe.each(names)('%s', async (name) => {
  const { rule } = (await import(join(RULES, name))) as { rule: Rule };
  test('has examples', () => {
    expect(rule.says).toMatch(/^[a-z].{20}/);
    expect(rule.good.length).toBeGreaterThan(0);
    expect(rule.bad.length).toBeGreaterThan(0);
  });
  test.each(rule.good)('finds nothing in %j', (text) => expect(broken(rule, text)).toEqual([]));
  test.each(rule.bad)('finds %j', (text) => expect(broken(rule, text)).not.toEqual([]));
  test('holds in every golden', () => {
    for (const { golden, text, instructions } of parsed)
      if (rule.ships !== true || !golden.endsWith('/stages.Dockerfile'))
        expect(rule.broken(instructions, text), `${golden}: ${rule.says}`).toEqual([]);
  });
});

test('there are goldens to hold it in', () => {
  expect(goldens.length).toBeGreaterThanOrEqual(48);
});
