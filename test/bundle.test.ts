import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as sources from '../src/index.ts';
import { type Files, givenBy } from './planned.ts';
import { folderOf, run, SERVER, spawned } from './run.ts';

/** What is published is put together from these sources in parts: each part answers as its source does. */
const BUNDLE: typeof sources = createRequire(import.meta.url)('../dist/index.js');
const CASES = new URL('./cases/', import.meta.url).pathname;

async function texts(of: typeof sources, folder: string, { app, flags, platforms, target }: Case) {
  const project = await of.openProject(folder, app);
  const facts = await of.detect(project, { settings: givenBy(flags) });
  const files = await of.render(
    project,
    await of.plan(project, facts, { target, ...(platforms === undefined ? {} : { platforms }) }),
  );
  return files.map(({ text }) => text);
}

interface Case {
  readonly app?: string;
  readonly flags?: readonly string[];
  readonly platforms?: readonly sources.Platform[];
  readonly target: sources.TargetId;
}

describe('every case is the same', () => {
  test.each(readdirSync(CASES))('%s', async (id) => {
    const { refused = [], ...of } = JSON.parse(readFileSync(join(CASES, id, 'case.json'), 'utf8'));
    const targets = ['scratch', 'distroless', 'slim', 'alpine'] as const;
    const target = targets.find((one) => !refused.includes(one));
    if (target === undefined) throw new Error(`${id} runs on no target`);
    const folder = join(CASES, id, 'app');
    const said = await texts(BUNDLE, folder, { ...of, target });
    expect(said).toEqual(await texts(sources, folder, { ...of, target }));
  });
});

const STATED = { ...SERVER, Dockerfile: 'FROM node\n' };
describe('every command is the same', () => {
  test.each<readonly [string, Files, readonly string[]]>([
    [
      'a configuration in JSON',
      { 'create-dockerfile.json': '{ "target": "alpine" }' },
      ['--yes', '--stdout'],
    ],
    ['a broken one', { 'create-dockerfile.json': '{ "targett": "alpine" }' }, ['--yes']],
    ['one that is no JSON', { 'create-dockerfile.json': '{ "target" }' }, ['--yes']],
    ['a configuration in YAML', { 'create-dockerfile.yaml': 'target: scratch\n' }, ['--yes', '--stdout']],
    ['a configuration in TOML', { 'create-dockerfile.toml': 'target = "scratch"\n' }, ['--yes', '--stdout']],
    [
      'a standard',
      {
        'create-dockerfile.yaml': 'extends: ./standard\n',
        'standard/standard.yaml': 'labels:\n  team: shop\n',
      },
      ['--yes', '--stdout'],
    ],
    ['--explain', {}, ['--yes', '--dry-run', '--explain']],
    ['--json', {}, ['--yes', '--json', '--dry-run']],
    ['--stages', {}, ['--yes', '--stdout', '--stages', 'development']],
    ['--compose and --bake', {}, ['--yes', '--dry-run', '--compose', '--bake', '--ci', 'github']],
    ['--rego', { 'create-dockerfile.yaml': 'policy:\n  user: nonroot\n' }, ['--yes', '--dry-run', '--rego']],
    ['a Dockerfile that stands there', STATED, ['--yes']],
    ['--check', STATED, ['--check']],
    ['--all', { 'a/package.json': SERVER['package.json'] ?? '' }, ['--all', '--dry-run', '--keep-going']],
    ['--starter', {}, ['--starter', '--language', 'go', '--dry-run', '--yes']],
    ['an unknown flag', {}, ['--targt', 'slim']],
    ['eject', {}, ['eject', '--partial', 'user']],
    [
      'lint-standard',
      { 'standard.yaml': 'images:\n  "node:*": registry.example.com/node\n' },
      ['lint-standard', '.'],
    ],
    ['completion', {}, ['completion', 'bash']],
    ['update', {}, ['update']],
    ['help of a command', {}, ['verify', '--help']],
  ])('%s', async (_, files, words) => {
    const given = words[0] === '--starter' ? files : { ...SERVER, ...files };
    const said = spawned(shop(given), words);
    expect(said.stderr).not.toContain('This is a bug');
    const { code, stdout, stderr } = await run(shop(given), words);
    expect(plain(said)).toEqual(plain({ code, stdout, stderr }));
  });
  test('one that needs an engine, where there is none', () => {
    const { code, stderr } = spawned(folderOf(SERVER), ['verify'], { PATH: '/nowhere' });
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.not.stringContaining('bug') });
  });
});

/** A folder that is called alike whenever it is made. */
function shop(files: Files): string {
  const folder = join(folderOf({}), 'shop');
  mkdirSync(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Without the folder, which is another one. */
function plain<T extends { stdout: string; stderr: string }>(said: T): T {
  const bare = (text: string) => text.replace(/\/tmp\/[\w.-]+\/?/g, '/');
  return { ...said, stdout: bare(said.stdout), stderr: bare(said.stderr) };
}
