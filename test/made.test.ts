import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../src/languages/index.ts';
import { madeOf, signed } from '../src/output/made.ts';
import { folderOf, run, SERVER, VERSION } from './run.ts';

// what a language loads when it is needed is loaded before a test's clock runs
await Promise.all(LANGUAGES.map((language) => language.rules()));

const TEXT = '# syntax=docker/dockerfile:1\n\n# the image\nFROM scratch\n';
const SIGNED = signed(TEXT, '1.2.3', '--target scratch');
const at = (folder: string, path = 'Dockerfile') => join(folder, path);
const read = (folder: string, path?: string) => readFileSync(at(folder, path), 'utf8');

describe('the first line', () => {
  test('stands below the directives of the parser, which only count above it', () => {
    expect(SIGNED).toMatch(
      /^# syntax=docker\/dockerfile:1\n# Made by create-dockerfile 1\.2\.3 --target scratch, checksum [0-9a-f]{8}\n\n# the image\n/,
    );
    expect(signed('# syntax=x\n# check=skip=all\nFROM x\n', '1.0.0', '')).toMatch(
      /^# syntax=x\n# check=skip=all\n# Made by create-dockerfile 1\.0\.0, checksum \w+\n\nFROM x\n$/,
    );
    expect(signed('# Secrets\n.env\n', '1.0.0', '')).toMatch(/^# Made by [^\n]+\n\n# Secrets\n/);
  });
  test('holds for the text that was made, whatever an editor or git does to line ends and white space', () => {
    const made = { line: 2, version: '1.2.3', words: '--target scratch', holds: true };
    for (const text of [
      SIGNED,
      SIGNED.replaceAll('\n', '\r\n'),
      `\uFEFF${SIGNED}`,
      SIGNED.replaceAll('\n', '  \t\n'),
      `${SIGNED}\n\n`,
      SIGNED.trimEnd(),
    ])
      expect(madeOf(text)).toMatchObject(made);
  });
  test('holds no longer for an edit, wherever it is', () => {
    for (const edited of [
      SIGNED.replace('FROM scratch', 'FROM alpine'),
      `# check=skip=all\n${SIGNED}`,
      SIGNED.replace('# the image', '# mine'),
      SIGNED.replace('FROM scratch', '  FROM scratch'),
    ])
      expect(madeOf(edited)?.holds).toBe(false);
  });
  test('its answers may be changed by hand without being an edit of the text', () => {
    const changed = madeOf(SIGNED.replace('--target scratch', '--target alpine --port 80'));
    expect(changed).toMatchObject({ words: '--target alpine --port 80', holds: true });
  });
  test('is found below a licence, and not in the middle of a file', () => {
    expect(madeOf(`# Copyright\n#\n\n${SIGNED}`)?.line).toBe(5);
    expect(madeOf(`FROM x\n${SIGNED}`)).toBeUndefined();
    expect(madeOf('# Made by create-dockerfile 1.0.0\nFROM x\n')).toBeUndefined();
    expect(madeOf('# Made by create-dockerfile, checksum 01234567\n')).toBeUndefined();
    expect(madeOf('')).toBeUndefined();
  });
  test('a long line is read in a moment', () => {
    const begin = performance.now();
    madeOf(`# Made by create-dockerfile 1.0.0 ${'-, checksum 0123456789a'.repeat(50_000)}`);
    madeOf(`# a=${' '.repeat(1_000_000)}`);
    signed(`# ${'a'.repeat(1_000_000)}`, '1.0.0', '');
    signed(`#${' '.repeat(1_000_000)}`, '1.0.0', '');
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});

describe('a run without flags', () => {
  test('takes the answers that were given, and says where each stands', async () => {
    const folder = folderOf(SERVER);
    await run(folder, ['--target', 'alpine', '--port', '8080', '--start', 'node server.js', '--bake']);
    expect(read(folder)).toContain(
      `\n# Made by create-dockerfile ${VERSION} --target alpine --bake --port 8080 --start 'node server.js', checksum `,
    );
    const again = await run(folder, []);
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(/^target\s+alpine {2}--target, Dockerfile:2$/m);
    expect(again.stderr).toMatch(/^port\s+8080 {2}--port, Dockerfile:2$/m);
    for (const path of ['Dockerfile', '.dockerignore', 'docker-bake.hcl'])
      expect(again.stderr).toMatch(new RegExp(`^unchanged\\s+${path}$`, 'm'));
    expect((await run(folder, ['--check', '-q'])).code).toBe(0);
  });
  test('a flag that is typed comes before its answer, and the others stay', async () => {
    const folder = folderOf(SERVER);
    await run(folder, ['--target', 'alpine', '--port', '8080']);
    const ran = await run(folder, ['--target', 'slim']);
    expect(ran.stderr).toMatch(/^updated\s+Dockerfile$/m);
    expect(read(folder)).toContain(' --target slim --port 8080, checksum ');
    expect(read(folder)).toContain('EXPOSE 8080');
  });
  test('answers are changed in the line itself', async () => {
    const folder = folderOf(SERVER);
    await run(folder, ['--port', '8080']);
    writeFileSync(at(folder), read(folder).replace('--port 8080', '--port 9090 --target "alpine"'));
    expect((await run(folder, [])).code).toBe(0);
    expect(read(folder)).toContain(' --target alpine --port 9090, checksum ');
    writeFileSync(at(folder), read(folder).replace(' --target alpine --port 9090', ''));
    await run(folder, []);
    expect(read(folder)).toContain(`# Made by create-dockerfile ${VERSION}, checksum `);
    expect(read(folder)).toContain('EXPOSE 3000');
  });
  test('the language is an answer that is known before the project is', async () => {
    const files = {
      ...SERVER,
      'go.mod': 'module x\n\ngo 1.26\n',
      'main.go': 'package main\nfunc main() {}\n',
    };
    const folder = folderOf(files);
    expect((await run(folder, [])).code).toBe(1);
    await run(folder, ['--language', 'node']);
    expect((await run(folder, [])).code).toBe(0);
    expect((await run(folder, ['--check', '-q'])).code).toBe(0);
  });
  test('a member of a workspace has its own', async () => {
    const folder = folderOf({
      'package.json': '{ "workspaces": ["apps/*"] }',
      'apps/api/package.json': '{ "name": "api", "scripts": { "start": "node server.js" } }',
      'apps/api/server.js': SERVER['server.js'] ?? '',
    });
    await run(folder, ['--app', 'api', '--port', '8080']);
    for (const where of [[], ['--app', 'apps/api'], ['apps/api']])
      expect((await run(folder, where)).stderr).toMatch(/^port\s+8080 {2}--port, apps\/api\/Dockerfile:2$/m);
  });
  test.each([
    ['--prot 80', 'Dockerfile:2 is malformed: There is no flag --prot.'],
    ['--force', 'Dockerfile:2 is malformed: --force says nothing about the project.'],
    ['--port 80 more', 'Dockerfile:2 is malformed: "more" stands behind no flag.'],
    ['--target slm', 'Dockerfile:2 is malformed: --target takes '],
    ['--port 80 > x', 'Dockerfile:2 is malformed: its answers are no words of a shell.'],
    ['--port http', 'not "http". It stands in Dockerfile:2: correct it there, or type another.'],
    ['--cgo yes', '--cgo is nothing that Node.js has. It stands in Dockerfile:2'],
  ])('%s in the line is refused where it stands', async (words, sentence) => {
    const folder = folderOf(SERVER);
    await run(folder, []);
    const before = read(folder).replace(`${VERSION},`, `${VERSION} ${words},`);
    writeFileSync(at(folder), before);
    const ran = await run(folder, []);
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining(sentence)]);
    expect(read(folder)).toBe(before);
  });
});

describe('what nobody edited is replaced without a question', () => {
  test('when the project moved on', async () => {
    const folder = folderOf(SERVER);
    await run(folder, []);
    writeFileSync(at(folder, '.nvmrc'), '24\n');
    const ran = await run(folder, []);
    expect([ran.code, ran.stderr]).toEqual([0, expect.stringMatching(/^updated\s+Dockerfile$/m)]);
    expect(read(folder)).toContain('node:24-');
  });
  test('another release that writes the same text is no difference', async () => {
    const folder = folderOf(SERVER);
    await run(folder, []);
    const older = read(folder).replace(`create-dockerfile ${VERSION}`, 'create-dockerfile 0.0.1');
    writeFileSync(at(folder), older);
    expect((await run(folder, ['--check', '-q'])).code).toBe(0);
    await run(folder, []);
    expect(read(folder)).toBe(older);
  });
  test('a text that was made before there was a first line, or whose line was taken out, is left as it is', async () => {
    const folder = folderOf(SERVER);
    await run(folder, []);
    const bare = read(folder).replace(/# Made by .*\n/, '');
    writeFileSync(at(folder), bare);
    expect((await run(folder, ['--check', '-q'])).code).toBe(0);
    writeFileSync(at(folder, '.nvmrc'), '24\n');
    expect((await run(folder, [])).code).toBe(1);
    expect(read(folder)).toBe(bare);
  });
  test('a .dockerignore of our making is made anew, and one that holds a line of somebody keeps all', async () => {
    const folder = folderOf(SERVER);
    await run(folder, []);
    expect(read(folder, '.dockerignore')).toMatch(/^# Made by create-dockerfile /);
    const mine = `${read(folder, '.dockerignore').replace('**/*.pem\n', '')}data\n`;
    writeFileSync(at(folder, '.dockerignore'), mine);
    await run(folder, []);
    expect(read(folder, '.dockerignore')).toContain('\ndata\n');
    const theirs = folderOf({ ...SERVER, '.dockerignore': 'data\n' });
    await run(theirs, []);
    expect(read(theirs, '.dockerignore')).not.toContain('Made by');
  });
});
