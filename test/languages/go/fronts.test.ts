import { expect, test } from 'vitest';
import type { GoApp } from '../../../src/languages/go/plan/plan.ts';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';
import { files, SERVER } from './project.ts';

const VITE = '{ "scripts": { "build": "vite build" }, "devDependencies": { "vite": "^7.0.0" } }';
const LOCK = '{ "lockfileVersion": 3, "packages": { "": {} } }';

/** A server that embeds a folder of its package `web`. */
function embedding(pattern: string, more: Files): Files {
  return files({
    'main.go': SERVER.replace('import (', 'import (\n\t_ "example.com/shop/web"'),
    'web/web.go': `package web\n\nimport "embed"\n\n//go:embed ${pattern}\nvar Pages embed.FS\n`,
    ...more,
  });
}

async function frontsOf(tree: Files) {
  const { app } = await planned(await projectOf(tree), 'slim');
  return (app as GoApp).fronts.map(({ folder, source, destination }) => [folder, source, destination]);
}

const VITE_AT = (folder: string, more: Files = {}): Files => ({
  [`${folder}/package.json`]: VITE,
  [`${folder}/package-lock.json`]: LOCK,
  ...more,
});

test.each<[string, Files, readonly (readonly string[])[]]>([
  [
    'beside the package that embeds it',
    embedding('dist/*', VITE_AT('web')),
    [['web', '/app/dist', 'web/dist']],
  ],
  [
    'one folder for all patterns below it',
    embedding('dist/index.html dist/assets', VITE_AT('web')),
    [['web', '/app/dist', 'web/dist']],
  ],
  [
    'what stands in for it is replaced',
    embedding('all:dist', { ...VITE_AT('web'), 'web/dist/.gitkeep': '', 'web/dist/index.html': '<p>' }),
    [['web', '/app/dist', 'web/dist']],
  ],
  [
    'what is committed is taken as it is',
    embedding('dist', { ...VITE_AT('web'), 'web/dist/index.html': '<p>', 'web/dist/app.js': '' }),
    [],
  ],
  [
    'a build that writes into another folder',
    embedding(
      'dist',
      VITE_AT('ui', { 'ui/vite.config.js': "export default { build: { outDir: '../web/dist' } };\n" }),
    ),
    [['ui', '/web/dist', 'web/dist']],
  ],
  [
    'a script of its own that does',
    embedding('dist', {
      ...VITE_AT('ui'),
      'ui/package.json':
        '{ "scripts": { "build": "vite build", "release": "vite build --outDir ../web/dist" }, "devDependencies": { "vite": "^7.0.0" } }',
    }),
    [['ui', '/web/dist', 'web/dist']],
  ],
  [
    'a recipe that copies it',
    embedding(
      'dist',
      VITE_AT('ui', { Makefile: 'pages:\n\tcd ui && npm run build\n\tcp -r ui/dist web/dist\n' }),
    ),
    [['ui', '/app/dist', 'web/dist']],
  ],
  [
    'a member of a workspace, from its root',
    embedding('build', {
      'web/package.json': '{ "private": true, "workspaces": ["pages"] }',
      'web/package-lock.json': LOCK,
      'web/pages/package.json':
        '{ "name": "pages", "scripts": { "build": "vite build --outDir ../build" }, "devDependencies": { "vite": "^7.0.0" } }',
    }),
    [['web', '/app/build', 'web/build']],
  ],
])('the front end: %s', async (_, tree, expected) => {
  expect(await frontsOf(tree)).toEqual(expected);
});

test.each<[string, Files, RegExp]>([
  ['no build makes it', embedding('dist', {}), /^web\/web\.go:5 embeds dist, which is not there/],
  [
    'in a block of variables',
    files({ 'main.go': SERVER.replace('func', 'var (\n\t//go:embed site\n\tsite embed.FS\n)\n\nfunc') }),
    /^main\.go:\d+ embeds site, which is not there/,
  ],
  [
    'a build of examples is none',
    embedding('dist', VITE_AT('examples/web')),
    /^web\/web\.go:5 embeds dist, which is not there/,
  ],
  [
    'one that cannot be planned is named',
    embedding('dist', { ...VITE_AT('web'), 'web/yarn.lock': '', 'web/pnpm-lock.yaml': '' }),
    /^web\/web\.go:5 takes in what web\/package\.json builds, and that cannot be planned: /,
  ],
])('no front end: %s', async (_, tree, expected) => {
  await expect(frontsOf(tree)).rejects.toThrow(expected);
});

test('what stands in for a front end that nobody builds is told', async () => {
  const { notes } = await planned(await projectOf(embedding('dist', { 'web/dist/.gitkeep': '' })), 'slim');
  expect(notes.map(({ text }) => text).join('\n')).toContain(
    'web/web.go:5 embeds web/dist, which holds nothing',
  );
});
