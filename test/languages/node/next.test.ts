import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';

const NEXT = { next: '^16.0.0', react: '^19.0.0', 'react-dom': '^19.0.0' };

function files(config: string, more: Files = {}, manifest: object = {}): Files {
  return {
    'package.json': JSON.stringify({
      scripts: { build: 'next build', start: 'next start' },
      dependencies: NEXT,
      ...manifest,
    }),
    'next.config.mjs': config,
    'public/x.png': '',
    'app/page.js': 'export default () => null;',
    ...more,
  };
}
const plan = async (project: Files) => planned(await projectOf(project), 'slim');
const copies = async (project: Files) =>
  (await plan(project)).artifacts.map(({ source, destination }) => `${source} ${destination}`);

describe('a folder of Next.js that is traced from elsewhere', () => {
  test.each<readonly [title: string, config: string]>([
    [
      'a folder above, by its parts',
      "const here = path.dirname(fileURLToPath(import.meta.url));\nexport default { output: 'standalone', outputFileTracingRoot: path.join(here, '..') }",
    ],
    [
      'a folder above, as it was called',
      "export default { output: 'standalone', experimental: { outputFileTracingRoot: path.resolve(__dirname, '../') } }",
    ],
  ])('%s', async (_, config) => {
    expect(await copies(files(config))).toContain('/app/.next/standalone/app ./');
  });

  test('the project itself', async () => {
    const config = "export default { output: 'standalone', outputFileTracingRoot: import.meta.dirname }";
    expect(await copies(files(config))).toContain('/app/.next/standalone ./');
  });

  test('one that is computed is refused', async () => {
    const config = "export default { output: 'standalone', outputFileTracingRoot: rootOf(process.argv) }";
    await expect(plan(files(config))).rejects.toThrow(/outputFileTracingRoot is computed/);
  });
});

test('next build names a folder', async () => {
  const project = {
    'package.json': JSON.stringify({
      scripts: { build: 'next build web', start: 'next start web' },
      dependencies: NEXT,
    }),
    'web/next.config.js': "module.exports = { distDir: 'out/server' };",
    'web/public/x.png': '',
    'web/app/page.js': '',
  };
  const { artifacts, start } = await plan(project);
  expect(start.command).toEqual(['node_modules/next/dist/bin/next', 'start', 'web']);
  const found = artifacts.map(({ source }) => source);
  expect(found).toContain('/app/web/out/server');
  expect(found.join(' ')).toContain('web/public');
  expect(found.join(' ')).toContain('web/next.config.js');
});

test('a distDir that is computed is refused', async () => {
  await expect(plan(files('export default { distDir: folder() }'))).rejects.toThrow(/distDir is computed/);
});

test('what the configuration imports goes along', async () => {
  const project = files(
    "import './env.mjs';\nimport { headers } from './config/headers.js';\nexport default {}",
    {
      'env.mjs': "import limits from './limits.json' with { type: 'json' };",
      'limits.json': '{}',
      'config/headers.js': '',
    },
  );
  const all = (await copies(project)).join('\n');
  for (const path of ['env.mjs', 'limits.json', 'config/headers.js']) expect(all).toContain(path);
});

test('a server of the project in front of it reads what Next.js reads', async () => {
  const project = files(
    "const { i18n } = await import('./i18n.mjs');\nexport default { i18n }",
    {
      'i18n.mjs': '',
      'server.ts':
        "import next from 'next';\nimport { createServer } from 'http';\nconst app = next({});\napp.prepare().then(() => createServer(app.getRequestHandler()).listen(3000));",
      'tsconfig.server.json':
        '{"compilerOptions":{"outDir":"dist","module":"commonjs"},"include":["server.ts"]}',
    },
    { scripts: { build: 'next build && tsc -p tsconfig.server.json', start: 'node dist/server.js' } },
  );
  const all = (await copies(project)).join('\n');
  for (const path of ['public ', 'next.config.mjs', 'i18n.mjs', '/app/.next ', '/app/dist '])
    expect(all).toContain(path);
});

test('what standalone would leave out is said', async () => {
  const locked = (names: readonly string[]) =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '19.0.0' }])),
    });
  const said = async (config: string) => {
    const { notes } = await plan(
      files(config, { 'package-lock.json': locked(['next', 'react', 'react-dom', 'zod']) }),
    );
    return notes.map(({ text, fix }) => `${text} ${fix ?? ''}`).join('\n');
  };
  expect(await said('export default {}')).toMatch(/all 4 packages of production.*output: 'standalone'/s);
  expect(await said("export default { output: 'standalone' }")).not.toContain('packages of production');
});
