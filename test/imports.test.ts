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
  ['bin.ts'],
  ['run.ts'],
  ['work.ts'],
  ['engine/command.ts', 'engine/compare.ts', 'engine/variants.ts', 'update.ts'],
  ['engine/subject.ts'],
  [
    'request/yargs.ts',
    'main.ts',
    'all.ts',
    'index.ts',
    'standard/configuration.ts',
    'standard/extend.ts',
    'standard/document.ts',
    'standard/words.ts',
    'standard/finish.ts',
    'standard/lint.ts',
    'standard/eject.ts',
  ],
  ['request/cli.ts', 'request/recall.ts'],
  ['request/commands.ts', 'request/completion.ts'],
  ['standard/keys.ts'],
  ['request/flags.ts'],
  ['standard/shape.ts'],
  [
    'output/deliver.ts',
    'output/besides.ts',
    'output/again.ts',
    'project/begin.ts',
    'request/npm-create.ts',
    'request/aliases.ts',
    'request/near.ts',
    'request/help.ts',
  ],
  ['facts/decide.ts'],
  [
    'facts/prompts.ts',
    'output/report.ts',
    'output/bake.ts',
    'output/bot.ts',
    'output/ci.ts',
    'output/compose.ts',
    'output/companions.ts',
    'engine/',
  ],
  ['project/services.ts'],
  ['project/service.ts', 'project/place.ts'],
  ['request/said.ts'],
  ['facts/fronts.ts'],
  [
    'facts/choose.ts',
    'facts/settle.ts',
    'output/write.ts',
    'project/starter.ts',
    'request/request.ts',
    'standard/pin.ts',
  ],
  [
    'standard/apply.ts',
    'standard/images.ts',
    'standard/template-check.ts',
    'standard/policy.ts',
    'standard/samples.ts',
    'standard/vocabulary.ts',
    'standard/rules.ts',
    'standard/rego.ts',
    'standard/fetch.ts',
    'standard/cache.ts',
  ],
  [
    'output/render.ts',
    'output/table.ts',
    'output/made.ts',
    'output/dockerfile.ts',
    'output/ignore.ts',
    'output/merge.ts',
    'output/history.ts',
    'output/node-diff3.d.ts',
    'output/terminal.ts',
  ],
  ['output/patterns.ts', 'output/templates.ts'],
  ['languages/index.ts'],
  ['languages/'],
  ['kit/'],
  ['facts/language.ts'],
  ['project/project.ts', 'plan/plan.ts', 'plan/naive.ts', 'plan/version.ts', 'output/template-options.ts'],
  ['standard/find.ts'],
  ['project/ignored.ts', 'project/program.ts'],
  ['project/files.ts'],
  ['standard/disk.ts', 'standard/instructions.ts', 'standard/entry.ts', 'standard/cache.ts'],
  [
    'catalog/',
    'plan/',
    'standard/standard.ts',
    'project/data.ts',
    'project/globs.ts',
    'project/parse.ts',
    'project/remember.ts',
    'project/within.ts',
  ],
  ['errors.ts', 'sentences.ts', 'folder.ts', 'output/digests.ts'],
  ['printable.ts'],
];
/** A file is on the floor that names it, else on that of its folder. */
const floorOf = (file: string) => {
  const named = FLOORS.findIndex((floor) => floor.includes(file));
  if (named >= 0) return named;
  return FLOORS.findIndex((floor) => floor.some((name) => name.endsWith('/') && file.startsWith(name)));
};

describe('imports point one way', () => {
  test.each(files)('%s', (file) => {
    expect(floorOf(file), `${file} has no floor`).toBeGreaterThanOrEqual(0);
    for (const other of importsOf(file)) {
      // a type that two floors share: the facts of a language in its plan
      if (
        !texts.has(other) ||
        (file === 'plan/plan.ts' && other === 'facts/language.ts') ||
        (file === 'facts/prompts.ts' && other === 'facts/decide.ts')
      )
        continue;
      // a command is loaded when it is called, and stands above what calls it
      if (file === 'request/commands.ts' && /^(engine\/|standard\/|update\.ts$)/.test(other)) continue;
      expect(floorOf(other), `${file} imports ${other}`).toBeGreaterThanOrEqual(floorOf(file));
    }
  });
});

/** Inside a language: what was read ← what was settled ← what is planned. */
const ROOMS = [['plan'], ['settings'], ['evidence', 'frameworks']];
const roomOf = (file: string) => {
  const [, language, room = ''] = /^languages\/(\w+)\/(\w+)\//.exec(file) ?? [];
  return { language, floor: ROOMS.findIndex((rooms) => rooms.includes(room)) };
};

test.each(files.filter((file) => roomOf(file).floor >= 0))(
  '%s knows nothing of the rooms above it',
  (file) => {
    const own = roomOf(file);
    for (const other of importsOf(file)) {
      const { language, floor } = roomOf(other);
      if (floor < 0) continue;
      expect(language, `${file} imports ${other}`).toBe(own.language);
      expect(floor, `${file} imports ${other}`).toBeGreaterThanOrEqual(own.floor);
    }
  },
);

/** What a file imports when it runs: types alone are gone by then, and what is loaded later closes no circle. */
function valuesOf(file: string): readonly string[] {
  const text = texts.get(file) ?? '';
  return [...text.matchAll(/^(?:import|export)\s+(?!type\b)([^;']*?)\s*from\s+'(\.[^']+)'/gm)]
    .filter(([, names = '']) => !/^\{(?:\s*type\s+\w+(?:\s+as\s+\w+)?\s*,?)+\s*\}$/.test(names))
    .map(([, , name = '']) => posix.join(posix.dirname(file), name));
}

test('no files import values from each other in a circle', () => {
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): void => {
    if (trail.includes(file)) throw new Error([...trail.slice(trail.indexOf(file)), file].join(' → '));
    if (done.has(file) || !texts.has(file)) return;
    for (const other of valuesOf(file)) walk(other, [...trail, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
});

/** Who alone may do what. */
const ALONE: readonly [what: string, pattern: RegExp, files: readonly string[]][] = [
  [
    'reads the project',
    /from 'node:fs'/,
    [
      ...['project/files.ts', 'project/starter.ts', 'output/write.ts', 'output/templates.ts', 'bin.ts'],
      // configurations and what they bring along
      ...['standard/find.ts', 'standard/disk.ts', 'standard/cache.ts'],
      // a table of its own
      'catalog/system/packages.ts',
    ],
  ],
  [
    'writes',
    /\b(writeFileSync|renameSync|mkdirSync|rmSync|copyFileSync)\b/,
    ['output/write.ts', 'standard/cache.ts'],
  ],
  ['asks', /'@inquirer\/prompts'/, ['facts/prompts.ts']],
  // kit/health.ts writes a line of code that another process runs
  ['knows the process', /\bprocess\.(?!env\b)/, ['bin.ts', 'kit/health.ts']],
  [
    'runs other programs',
    /child_process'|'execa'/,
    ['engine/engine.ts', 'output/history.ts', 'standard/fetch.ts', 'standard/pin.ts'],
  ],
];
test.each(ALONE)('only one place %s', (_, pattern, allowed) => {
  // what the sources of a project are searched for is text, not ours
  const stripped = (file: string) => (file.startsWith('languages/') ? '' : (texts.get(file) ?? ''));
  const found = files.filter((file) => pattern.test(stripped(file)));
  expect(found.filter((file) => !allowed.includes(file))).toEqual([]);
});
