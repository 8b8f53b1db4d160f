import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = new URL('../src/', import.meta.url).pathname;
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const texts = new Map(files.map((file) => [file, readFileSync(SRC + file, 'utf8')]));

/** What a file imports: own files by their path below src, packages by name. */
function importsOf(file: string): readonly string[] {
  const found = [...(texts.get(file) ?? '').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    (m) => m[1] ?? '',
  );
  return found.map((name) => (name.startsWith('.') ? posix.join(posix.dirname(file), name) : name));
}

/** The order in which imports may point: a file imports only from its own floor or from one below. */
const FLOORS = [
  ['bin.ts', 'index.ts'],
  ['run.ts'],
  ['cli.ts', 'main.ts'],
  ['begin.ts', 'deliver.ts', 'npm-create.ts'],
  ['prompts.ts', 'report.ts'],
  ['service.ts'],
  ['choose.ts', 'settle.ts', 'starter.ts', 'write.ts', 'request.ts'],
  ['render.ts', 'terminal.ts'],
  ['ignore.ts', 'templates.ts'],
  ['languages/index.ts'],
  ['languages/'],
  ['project.ts', 'plan.ts', 'version.ts', 'template-options.ts'],
  ['files.ts'],
  ['quote.ts', 'catalog.ts', 'catalog/', 'data.ts', 'parse.ts', 'semver.ts'],
  ['errors.ts', 'targets.ts'],
];
const floorOf = (file: string) =>
  FLOORS.findIndex(
    (floor) => floor.includes(file) || floor.some((name) => name.endsWith('/') && file.startsWith(name)),
  );

describe('imports point one way', () => {
  test.each(files)('%s', (file) => {
    expect(floorOf(file), `${file} has no floor`).toBeGreaterThanOrEqual(0);
    for (const other of importsOf(file)) {
      // a type that two floors share: the facts of a language in its plan
      if (!texts.has(other) || (file === 'plan.ts' && other === 'languages/language.ts')) continue;
      expect(floorOf(other), `${file} imports ${other}`).toBeGreaterThanOrEqual(floorOf(file));
    }
  });
});

/** Who alone may do what. */
const ALONE: readonly [what: string, pattern: RegExp, files: readonly string[]][] = [
  ['reads the project', /from 'node:fs'/, ['files.ts', 'write.ts', 'templates.ts', 'starter.ts', 'bin.ts']],
  ['writes', /\b(writeFileSync|renameSync|mkdirSync|rmSync)\b/, ['write.ts']],
  ['asks', /'@inquirer\/prompts'/, ['prompts.ts']],
  ['knows the process', /\bprocess\.(?!env\b)/, ['bin.ts']],
  ['runs other programs', /child_process'/, []],
];
test.each(ALONE)('only one place %s', (_, pattern, allowed) => {
  // what the sources of a project are searched for is text, not ours
  const stripped = (file: string) => (file.startsWith('languages/') ? '' : (texts.get(file) ?? ''));
  const found = files.filter((file) => pattern.test(stripped(file)));
  expect(found.filter((file) => !allowed.includes(file))).toEqual([]);
});

test('a file has under 250 lines, and half of them under 100', () => {
  const lengths = [...texts.values()].map((text) => text.split('\n').length).sort((a, b) => a - b);
  for (const [file, text] of texts) expect(text.split('\n').length, file).toBeLessThanOrEqual(250);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(100);
});
