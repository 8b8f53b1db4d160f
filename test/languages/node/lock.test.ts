import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found, planned } from '../../planned.ts';

const SERVER = "require('http').createServer((q, r) => r.end()).listen(process.env.PORT || 3000);";

function files(manifest: object, more: Files = {}): Files {
  const raw = { scripts: { start: 'node server.js' }, ...manifest };
  return { 'package.json': JSON.stringify(raw), 'server.js': SERVER, ...more };
}
const wants = (range = '^2.1.3', more: object = {}) => ({ dependencies: { ms: range }, ...more });
const npm = (packages: object) => ({
  'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } }),
});
const pnpm = (importer: string) => ({
  'pnpm-lock.yaml': `lockfileVersion: '9.0'\nimporters:\n  .:\n${importer}`,
});
const OF_PNPM = (range: string) =>
  `    dependencies:\n      ms:\n        specifier: ${range}\n        version: 2.1.3\n`;
const yarn1 = (key: string) => ({ 'yarn.lock': `# yarn lockfile v1\n\n${key}:\n  version "2.1.3"\n` });
const yarn4 = (key: string) => ({
  'yarn.lock': `__metadata:\n  version: 8\n\n"${key}":\n  version: 2.1.3\n  resolution: "${key}"\n`,
  '.yarnrc.yml': 'nodeLinker: node-modules',
});
const bun = (range: string) => ({
  'bun.lock': JSON.stringify({
    lockfileVersion: 1,
    workspaces: { '': { dependencies: { ms: range } } },
    packages: {},
  }),
});

async function told(project: Files): Promise<string> {
  const { notes } = await planned(await projectOf(project), 'slim');
  return notes.map(({ text, fix }) => `${text} ${fix ?? ''}`).join('\n');
}

describe('a lock file that is out of step is told before Docker finds out', () => {
  test.each<readonly [title: string, project: Files, text: string]>([
    [
      'npm: it lacks one',
      files(wants(), npm({})),
      'package-lock.json is out of step with package.json: it lacks ms ^2.1.3',
    ],
    [
      'npm: another version is locked',
      files(wants('^3.0.0'), npm({ 'node_modules/ms': { version: '2.1.3' } })),
      'lacks ms ^3.0.0',
    ],
    ['npm: one for development', files({ devDependencies: { ms: '2.1.3' } }, npm({})), 'lacks ms 2.1.3'],
    ['pnpm: it lacks one', files(wants(), pnpm('    dependencies: {}\n')), 'pnpm-lock.yaml is out of step'],
    ['pnpm: another range', files(wants('^2.1.0'), pnpm(OF_PNPM('^2.1.3'))), 'lacks ms ^2.1.0'],
    ['Yarn 1', files(wants('^2.1.0'), yarn1('ms@^2.1.3')), 'yarn.lock is out of step'],
    ['Yarn', files(wants('^2.1.0'), yarn4('ms@npm:^2.1.3')), 'yarn.lock is out of step'],
    ['Bun', files(wants('^2.1.0'), bun('^2.1.3')), 'bun.lock is out of step'],
  ])('%s', async (_, project, text) => {
    expect(await told(project)).toContain(text);
  });

  test.each<readonly [title: string, project: Files]>([
    ['npm', files(wants(), npm({ 'node_modules/ms': { version: '2.1.3' } }))],
    ['npm, a prerelease', files(wants(), npm({ 'node_modules/ms': { version: '3.0.0-beta.1' } }))],
    ['npm, another source', files(wants('npm:mz@^2.0.0'), npm({}))],
    [
      'npm, an override',
      files(
        wants('^2.1.3', { overrides: { ms: '2.0.0' } }),
        npm({ 'node_modules/ms': { version: '2.0.0' } }),
      ),
    ],
    ['npm, nothing is known', files(wants(), { 'package-lock.json': '{"lockfileVersion":3,"packages":{}}' })],
    ['pnpm', files(wants(), pnpm(OF_PNPM('^2.1.3')))],
    ['pnpm, a catalog', files(wants('catalog:'), pnpm(OF_PNPM("'catalog:'")))],
    [
      'pnpm, an override',
      files(wants('^2.1.0', { pnpm: { overrides: { 'ms@2': '2.1.3' } } }), pnpm(OF_PNPM('2.1.3'))),
    ],
    ['Yarn 1, of several ranges', files(wants(), yarn1('ms@2.1.3, ms@^2.1.3'))],
    ['Yarn', files(wants(), yarn4('ms@npm:^2.1.3'))],
    [
      'Yarn, a resolution',
      files(wants('^2.1.0', { resolutions: { '**/ms': '2.1.3' } }), yarn4('ms@npm:2.1.3')),
    ],
    ['Bun', files(wants(), bun('^2.1.3'))],
  ])('in step: %s', async (_, project) => {
    expect(await told(project)).not.toContain('out of step');
  });
});

describe('the version of the runtime', () => {
  test.each<readonly [title: string, project: Files, value: string, from: string]>([
    [
      'pnpm would fetch it',
      files({ packageManager: 'pnpm@10.0.0' }, { '.npmrc': 'use-node-version=22.15.0\n' }),
      '22',
      '.npmrc → use-node-version',
    ],
    [
      'pnpm’s settings say it',
      files(
        {},
        { 'pnpm-workspace.yaml': 'useNodeVersion: 22.15.0\n', 'pnpm-lock.yaml': "lockfileVersion: '9.0'" },
      ),
      '22',
      'pnpm-workspace.yaml → useNodeVersion',
    ],
    ['a line that has ended', files({}, { '.nvmrc': 'v14.21.3' }), '22', '.nvmrc (Node 14 has ended)'],
    [
      'one that has ended, by its name',
      files({}, { '.nvmrc': 'lts/gallium' }),
      '22',
      '.nvmrc (Node 16 has ended)',
    ],
    [
      'a range of such lines',
      files({ engines: { node: '^12 || ^14' } }),
      '22',
      'package.json → engines.node (Node 12 has ended)',
    ],
    [
      'an exact version of one',
      files({ engines: { node: '10.24.1' } }),
      '22',
      'package.json → engines.node (Node 10 has ended)',
    ],
    [
      'one of odd number, which never was for long',
      files({ engines: { node: '23.5.0' } }),
      '24',
      'package.json → engines.node (Node 23 has ended)',
    ],
  ])('%s', async (_, project, value, from) => {
    expect(await found('runtimeVersion', await projectOf(project))).toEqual([value, from]);
  });

  test('a line that has ended is told', async () => {
    expect(await told(files({}, { '.nvmrc': '14' }))).toContain(
      '.nvmrc (Node 14 has ended): there is no maintained image of it',
    );
  });

  test('Bun’s own file', async () => {
    const project = files(wants(), { 'bun.lock': '{"lockfileVersion":1}', '.bun-version': '1.2.9\n' });
    expect(await found('packageManager', await projectOf(project))).toEqual([
      'bun@1.2.9',
      'bun.lock, .bun-version',
    ]);
  });
});
