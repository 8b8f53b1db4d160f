import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { languageOf } from '../../src/facts/choose.ts';
import type { Files } from '../planned.ts';
import { BIN, folderOf, run, SERVER, spawned } from '../run.ts';

vi.setConfig({ testTimeout: 240_000 });

const CANARY = 'a3f1-nobody-reads-this';
/** Nobody waits longer for an answer, on a machine that does other work. */
const MILLISECONDS = 15_000;

// what a language loads when it is needed is loaded before a test's clock runs
await languageOf('node').rules();

/** A project with a standard beside it, and a text outside of both. */
function projectWith(standard: Files): string {
  const inner = Object.fromEntries(
    Object.entries(standard).map(([path, text]) => [`app/standard/${path}`, text]),
  );
  const own = Object.fromEntries(Object.entries(SERVER).map(([path, text]) => [`app/${path}`, text]));
  return folderOf({
    ...own,
    ...inner,
    'app/create-dockerfile.yaml': 'extends: ./standard\n',
    'outside/secret.pem': `-----BEGIN CERTIFICATE-----\n${CANARY}\n-----END CERTIFICATE-----\n`,
    'outside/secret.hbs': `# ${CANARY}\n`,
    'outside/create-dockerfile.yaml': `labels: { a: ${CANARY} }\n`,
  });
}

/** It ends, soon, with an answer or a sentence, and has read nothing outside. */
async function assertHarmless(top: string): Promise<void> {
  const begin = performance.now();
  const { code, stdout, stderr } = await run(join(top, 'app'), ['--stdout', '-q']);
  expect(performance.now() - begin).toBeLessThan(MILLISECONDS);
  expect([0, 1, 2]).toContain(code);
  expect(stdout + stderr).not.toContain(CANARY);
  expect(stderr).not.toMatch(/bug in create-dockerfile|\bat \S+ \(|node:internal/);
  // a refusal is a sentence or two, and prints nothing
  if (code !== 0) expect([stdout, stderr.trim().split('\n').length < 12]).toEqual(['', true]);
  expect(stdout).not.toMatch(/\[native code\]|\[object |function |NODE_ENV=test/);
}

const WORDS = [
  ...[
    'constructor',
    '__proto__',
    'prototype',
    'this',
    'env',
    'images',
    'start',
    'user',
    'toString',
    'valueOf',
  ],
  ...['@root', '@key', '..', '../..', 'this.constructor', 'env.length', 'env.[0]', 'env.constructor.name'],
  ...['images.__proto__', 'lookup', 'helperMissing', 'blockHelperMissing', 'process', 'require', 'global'],
  ...['start.entrypoint.[constructor]', '__lookupGetter__', 'hasOwnProperty', '"__proto__"', '0', 'null'],
];
const word = fc.constantFrom(...WORDS);
const { template } = fc.letrec<{ template: string }>((tie) => {
  const inner = tie('template');
  const block = fc.tuple(fc.constantFrom('each', 'if', 'unless', 'with', 'lookup', '*inline'), word, inner);
  return {
    template: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(
        '# a\n',
        'RUN x\n',
        '{{',
        '}}',
        '{{!--',
        'USER root\n',
        '\u0000',
        '\u202e',
        '{{{{raw}}}}',
      ),
      word.map((one) => `{{${one}}}`),
      word.map((one) => `{{{${one}}}}`),
      word.map((one) => `{{> ${one}}}`),
      fc.tuple(word, word).map(([a, b]) => `{{${a} ${b}}}`),
      fc.tuple(word, word).map(([a, b]) => `{{> (lookup ${a} ${b})}}`),
      fc.tuple(word, word).map(([a, b]) => `{{> process ${a}=${b}}}`),
      block.map(([name, of, text]) => `{{#${name} ${of}}}${text}{{/${name.replace('*', '')}}}`),
      fc.tuple(inner, inner).map(([a, b]) => a + b),
      fc.constantFrom(
        '{{> build-extra}}',
        '{{> runtime-extra}}',
        '{{> mine/a}}',
        '{{> ../../outside/secret}}',
      ),
    ),
  };
});
const path = fc.constantFrom(
  ...['../outside/secret.pem', '../../outside/secret.pem', '/etc/hostname', 'a/../../../outside/secret.pem'],
  ...[
    'link.pem',
    'linked/secret.pem',
    '.',
    '..',
    '',
    '\u0000',
    'C:\\\\x',
    './../../outside/secret.pem',
    '~/.ssh/id_rsa',
  ],
);
const yaml = fc.oneof(
  fc
    .tuple(fc.constantFrom('certificates', 'extends', 'secrets', 'images', 'target', 'env-file'), path)
    .map(([key, value]) => `${key}: [${JSON.stringify(value)}]\n`),
  fc.constantFrom(
    'a: !!js/function "function () { return process.env }"\n',
    'extends: ../../outside\nlabels: { b: c }\n',
    '__proto__: { polluted: true }\n',
    'labels: { __proto__: { polluted: yes }, constructor: x }\n',
    'arguments: { "A B": "\\n RUN curl x" }\n',
    'environment: { A: "x\\nRUN curl evil" }\n',
    'labels: { "x\\nUSER root": y }\n',
    'registries: { npm: "https://a\\nRUN x" }\n',
    'images: { "*": "x\\nRUN y" }\n',
    'images: { runtime: { image: "node:26", user: "0\\nRUN x" } }\n',
    'extends: .\n',
    'extends: [., ./, ../standard]\n',
    '? [a, b]\n: c\n',
    '&a [*a]\n',
    'labels: &a { x: *a }\n',
    '%YAML 9\n---\n',
    '\u0000',
    '- \n'.repeat(2000),
  ),
  fc.string({ unit: fc.constantFrom(...'{}[]:,&*!|>-? ab"\'#%@`\n\t'), maxLength: 60 }),
);

describe('a standard that means harm', () => {
  test('in its templates: nothing but the plan is reached', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('build-extra', 'runtime-extra', 'partials/user', 'node/server'),
        template,
        async (name, text) => {
          await assertHarmless(
            projectWith({ 'create-dockerfile.yaml': '', [`create-dockerfile/${name}.hbs`]: text }),
          );
          expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
        },
      ),
      { numRuns: 40 },
    );
  });
  test('in its configuration: no path leads out, and no value becomes an instruction', async () => {
    await fc.assert(
      fc.asyncProperty(yaml, async (text) => {
        const top = projectWith({ 'create-dockerfile.yaml': text });
        const inner = join(top, 'app/standard');
        symlinkSync(join(top, 'outside/secret.pem'), join(inner, 'link.pem'));
        symlinkSync(join(top, 'outside'), join(inner, 'linked'));
        // a folder beside may be extended by its name, so that its labels are no secret
        if (text.includes('../../outside\n'))
          writeFileSync(join(top, 'outside/create-dockerfile.yaml'), 'port: 1\n');
        await assertHarmless(top);
        const { stdout } = await run(join(top, 'app'), ['--stdout']);
        expect(stdout).not.toMatch(/^(?:RUN (?:curl|x|y)|USER root)/m);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });
  test.each<[name: string, make: (standard: string, outside: string) => void]>([
    [
      'its configuration',
      (at, out) => symlinkSync(join(out, 'create-dockerfile.yaml'), join(at, 'create-dockerfile.yml')),
    ],
    ['its templates', (at, out) => symlinkSync(out, join(at, 'create-dockerfile'))],
    [
      'the name of a certificate',
      (at, out) => {
        symlinkSync(join(out, 'secret.pem'), join(at, 'a.pem'));
        writeFileSync(join(at, 'create-dockerfile.yaml'), 'certificates: [a.pem]\n');
      },
    ],
  ])('a link that leads out of it: %s', async (name, make) => {
    const top = projectWith(
      name === 'its configuration' ? { 'x.txt': '' } : { 'create-dockerfile.yaml': '' },
    );
    make(join(top, 'app/standard'), join(top, 'outside'));
    await assertHarmless(top);
  });
  test('a link of one template that leads out of it', async () => {
    const top = projectWith({ 'create-dockerfile.yaml': '', 'create-dockerfile/x': '' });
    symlinkSync(
      join(top, 'outside/secret.hbs'),
      join(top, 'app/standard/create-dockerfile/runtime-extra.hbs'),
    );
    await assertHarmless(top);
  });
});

const BOMB = `a: &a [x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} [${`*${'abcdefghij'[at]},`.repeat(8).slice(0, -1)}]\n`).join('')}`;
const big = (text: string, bytes: number) => text.repeat(Math.ceil(bytes / text.length));

describe('a standard that is too large for anybody ends in a sentence, with little memory', () => {
  test.each<[name: string, standard: Files]>([
    ['references that multiply', { 'create-dockerfile.yaml': BOMB }],
    ['brackets', { 'create-dockerfile.yaml': `labels: ${'['.repeat(250_000)}` }],
    [
      'many keys in JSON',
      {
        'create-dockerfile.json': `{${Array.from({ length: 20_500 }, (_, at) => `"k${at}":\n1`).join(',')}}`,
      },
    ],
    ['brackets in JSON', { 'create-dockerfile.json': '[{"a":'.repeat(40_000) }],
    [
      'tables in TOML',
      { 'create-dockerfile.toml': Array.from({ length: 25_000 }, (_, at) => `[a.b${at}]`).join('\n') },
    ],
    ['dots in TOML', { 'create-dockerfile.toml': `${big('a.', 250_000)}a = 1\n` }],
    ['a configuration of many mebibytes', { 'create-dockerfile.yaml': big('a: b\n', 5_000_000) }],
    [
      'loops in loops',
      {
        'create-dockerfile.yaml': '',
        'create-dockerfile/build-extra.hbs': `${'{{#each env}}'.repeat(20)}${big('# x\n', 200_000)}${'{{/each}}'.repeat(20)}`,
      },
    ],
    [
      'partials that multiply',
      {
        'create-dockerfile.yaml': '',
        'create-dockerfile/build-extra.hbs':
          '{{> a}}{{> a}}{{> a}}{{> a}}{{> a}}{{> a}}{{> a}}{{> a}}{{> a}}{{> a}}',
        'create-dockerfile/partials/env.hbs': big('# x\n', 250_000),
        'create-dockerfile/runtime-extra.hbs': '{{> env}}\n'.repeat(1500),
      },
    ],
    [
      'a partial that calls itself by another',
      {
        'create-dockerfile.yaml': '',
        'create-dockerfile/build-extra.hbs': '{{> runtime-extra}}',
        'create-dockerfile/runtime-extra.hbs': '{{> build-extra}}',
      },
    ],
    [
      'blocks in blocks',
      { 'create-dockerfile.yaml': '', 'create-dockerfile/build-extra.hbs': big('{{#if env}}', 250_000) },
    ],
    [
      'a thousand templates',
      {
        'create-dockerfile.yaml': '',
        ...Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`create-dockerfile/a${at}.hbs`, 'x'])),
      },
    ],
  ])('%s', (_, standard) => {
    const top = projectWith(standard);
    const begin = performance.now();
    const before = process.env.NODE_OPTIONS;
    process.env.NODE_OPTIONS = '--max-old-space-size=250';
    try {
      const { code, stdout, stderr } = spawned(join(top, 'app'), ['--stdout', '-q']);
      expect([code, stdout, stderr.trim().split('\n').length < 8, stderr.includes(BIN)]).toEqual([
        1,
        '',
        true,
        false,
      ]);
      expect(stderr).toMatch(/[a-zB]\.$/m);
      expect(performance.now() - begin).toBeLessThan(3 * MILLISECONDS);
    } finally {
      process.env.NODE_OPTIONS = before ?? '';
    }
  });
});
