import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { found } from '../../planned.ts';

/** A site of Vite whose configuration is computed. */
const site = (config: string, build = 'vite build') =>
  projectOf({
    'package.json': JSON.stringify({ scripts: { build }, devDependencies: { vite: '^7.0.0' } }),
    'vite.config.ts': config,
    'index.html': '<!doctype html>',
    'web/index.html': '<!doctype html>',
  });

const rows: readonly (readonly [title: string, config: string, start: string, build?: string])[] = [
  ['a default behind ||', "export default { base: process.env.BASE || '/' }", 'static dist'],
  ['a default behind ??', "export default { build: { outDir: process.env.OUT ?? 'site' } }", 'static site'],
  [
    'what the build script sets goes before it',
    "export default { base: process.env.BASE ?? '/' }",
    'static dist --base /shop/',
    'BASE=/shop vite build',
  ],
  [
    'a choice by the mode',
    "export default ({ mode }) => ({ base: mode === 'production' ? '/shop/' : '/' })",
    'static dist --base /shop/',
  ],
  [
    'another mode',
    "export default ({ mode }) => ({ base: mode === 'production' ? '/shop/' : '/' })",
    'static dist',
    'vite build --mode staging',
  ],
  [
    'a choice by the command',
    "export default ({ command }) => ({ base: command === 'serve' ? '/' : '/a/' })",
    'static dist --base /a/',
  ],
  [
    'a constant that compares',
    "const live = process.env.NODE_ENV === 'production';\nexport default { base: live ? '/a/' : '/' }",
    'static dist --base /a/',
  ],
  [
    'the contrary of one',
    "export default { base: !process.env.LOCAL ? '/a/' : '/' }",
    'static dist --base /a/',
  ],
  [
    'path.resolve is of the project, whatever the root is',
    "export default { root: 'web', build: { outDir: path.resolve(__dirname, 'out', 'web') } }",
    'static out/web',
  ],
  [
    'path.join of a folder that a constant holds',
    "const out = 'pages';\nexport default { build: { outDir: join(import.meta.dirname, out) } }",
    'static pages',
  ],
  [
    'an address beside the file',
    "export default { root: 'web', build: { outDir: fileURLToPath(new URL('./www', import.meta.url)) } }",
    'static www',
  ],
  [
    'texts that are added',
    "export default { root: 'web', build: { outDir: __dirname + '/www' } }",
    'static www',
  ],
  ['relative to the root', "export default { root: 'web', build: { outDir: '../www' } }", 'static www'],
  [
    'what says a type',
    "export default defineConfig({ base: ('/a/' as string) } satisfies UserConfig)",
    'static dist --base /a/',
  ],
];

describe('what a configuration computes is evaluated as it is when it builds', () => {
  test.each(rows.map((row) => [row[0], row] as const))('%s', async (_, [, config, start, build]) => {
    const [value] = await found('start', await site(config, build));
    expect(value.replace(' --fallback index.html', '')).toBe(start);
  });

  test.each([
    'export default { base: base() }',
    'export default { base: `/${name}/` }',
    "export default { base: flags.includes('x') ? '/a/' : '/' }",
    "function a() { const b = '/a/' }\nfunction c() { const b = '/' }\nexport default { base: b }",
  ])('%s is computed', async (config) => {
    await expect(found('start', await site(config))).rejects.toThrow(/is computed when it builds/);
  });
});
