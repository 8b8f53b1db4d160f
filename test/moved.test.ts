import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languageOf } from '../src/facts/choose.ts';
import { folderOf, run, SERVER } from './run.ts';

// what a language loads when it is needed is loaded before a test's clock runs
await languageOf('node').rules();

/** A service whose Dockerfile of ours its owner has moved. */
async function moved(to: string, args: readonly string[] = []): Promise<string> {
  const folder = folderOf(SERVER);
  await run(folder, args);
  mkdirSync(join(folder, dirname(to)), { recursive: true });
  renameSync(join(folder, 'Dockerfile'), join(folder, to));
  return folder;
}
const NAMES = [
  'Dockerfile.prod',
  'api.Dockerfile',
  'Containerfile',
  'docker/Dockerfile',
  'build/Dockerfile.api',
];

describe('a Dockerfile of ours under another name', () => {
  test.each(NAMES)('%s is made anew where it stands, with its answers', async (name) => {
    const folder = await moved(name, ['--port', '8080', '--bake', '--compose']);
    expect((await run(folder, ['--check', '-q'])).code).toBe(3);
    writeFileSync(join(folder, '.nvmrc'), '24\n');
    const { code, stderr } = await run(folder, []);
    expect([code, stderr]).toEqual([0, expect.stringMatching(new RegExp(`^updated\\s+${name}$`, 'm'))]);
    expect(stderr).toMatch(new RegExp(`^port\\s+8080 {2}--port, ${name}:2$`, 'm'));
    // what builds it names it
    expect(stderr).toMatch(new RegExp(`docker build --tag \\S+ --file ${name} \\.$`, 'm'));
    expect(readFileSync(join(folder, 'docker-bake.hcl'), 'utf8')).toContain(`dockerfile = "${name}"`);
    expect(readFileSync(join(folder, 'compose.yaml'), 'utf8')).toContain(`dockerfile: ${name}\n`);
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
    expect((await run(folder, ['--check', '-q'])).code).toBe(0);
    writeFileSync(join(folder, '.nvmrc'), '26\n');
    const { stderr: all, stdout } = await run(folder, ['update', '--all']);
    expect(all).toMatch(/^\. +Node\.js +\S+ +8080 +updated$/m);
    expect(stdout).toContain(`+++ b/${name}\n`);
    expect((await run(folder, ['update'])).stderr).toMatch(/^\. +Node\.js .* unchanged$/m);
  });
  test('one that somebody wrote is called Dockerfile, and stays as it is', async () => {
    const folder = await moved('Dockerfile.prod');
    writeFileSync(join(folder, 'Dockerfile'), 'FROM theirs\n');
    writeFileSync(join(folder, '.nvmrc'), '24\n');
    expect((await run(folder, [])).stderr).toMatch(/^updated\s+Dockerfile\.prod$/m);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe('FROM theirs\n');
  });
  test("a copy of it is its owner's", async () => {
    const folder = await moved('Dockerfile.prod');
    writeFileSync(join(folder, 'Dockerfile'), readFileSync(join(folder, 'Dockerfile.prod')));
    writeFileSync(join(folder, '.nvmrc'), '24\n');
    expect((await run(folder, [])).stderr).toMatch(/^updated\s+Dockerfile$/m);
    expect(readFileSync(join(folder, 'Dockerfile.prod'), 'utf8')).toContain('node:26');
  });
  test('of two, neither is taken in silence', async () => {
    const folder = await moved('Dockerfile.a');
    writeFileSync(join(folder, 'Dockerfile.b'), readFileSync(join(folder, 'Dockerfile.a')));
    const { code, stderr } = await run(folder, []);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('Dockerfile.a and Dockerfile.b were made here'),
    ]);
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
  });
  test('one of somebody else is none of ours', async () => {
    const folder = folderOf({
      ...SERVER,
      'Dockerfile.dev': 'FROM theirs\n',
      'docker/Dockerfile': 'FROM theirs\n',
    });
    expect((await run(folder, [])).stderr).toMatch(/^created\s+Dockerfile$/m);
  });
  test('a member of a workspace has its .dockerignore beside it', async () => {
    const folder = folderOf({
      'package.json': '{ "workspaces": ["apps/*"] }',
      'apps/api/package.json': '{ "name": "api", "scripts": { "start": "node server.js" } }',
      'apps/api/server.js': SERVER['server.js'] ?? '',
    });
    await run(folder, ['--app', 'api', '--port', '8080']);
    for (const name of ['Dockerfile', 'Dockerfile.dockerignore'])
      renameSync(
        join(folder, 'apps/api', name),
        join(folder, 'apps/api', name.replace('Dockerfile', 'prod.Dockerfile')),
      );
    for (const where of [[], ['apps/api']]) {
      const { stderr } = await run(folder, where);
      expect(stderr).toMatch(/^unchanged\s+apps\/api\/prod\.Dockerfile$/m);
      expect(stderr).toMatch(/^unchanged\s+apps\/api\/prod\.Dockerfile\.dockerignore$/m);
      expect(stderr).toMatch(/^port\s+8080/m);
    }
    expect((await run(folder, ['--all'])).stderr).toMatch(/^apps\/api +Node\.js .* unchanged$/m);
    expect((await run(folder, ['update', '--all'])).stderr).toMatch(/^apps\/api +Node\.js .* unchanged$/m);
  });
});
