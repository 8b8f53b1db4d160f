import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compare, write } from '../src/output/write.ts';
import { folderOf } from './run.ts';

const DOCKERFILE = { path: 'Dockerfile', text: 'FROM scratch\n' };
const IGNORE = { path: '.dockerignore', text: '.git\n', additive: true };
const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');
const put = (folder: string, files = [DOCKERFILE, IGNORE]) => write(folder, compare(folder, files));

describe('compare', () => {
  test('nothing there: created', () => {
    expect(compare(folderOf({}), [DOCKERFILE]).map((f) => f.change)).toEqual(['create']);
  });
  test('the same text: untouched', () => {
    expect(compare(folderOf({ Dockerfile: DOCKERFILE.text }), [DOCKERFILE]).map((f) => f.change)).toEqual([
      'same',
    ]);
  });
  test('the same text with CRLF: untouched', () => {
    const folder = folderOf({ Dockerfile: 'FROM scratch\r\n' });
    expect(compare(folder, [DOCKERFILE]).map((f) => f.change)).toEqual(['same']);
  });
  test('another text: replaced, or extended when nothing is lost', () => {
    const folder = folderOf({ Dockerfile: 'FROM alpine\n', '.dockerignore': 'x\n' });
    expect(compare(folder, [DOCKERFILE, IGNORE]).map((f) => f.change)).toEqual(['replace', 'extend']);
  });
  test.each([
    [
      'a folder in the way',
      (f: string) => mkdirSync(join(f, 'Dockerfile')),
      'a folder of that name is in the way',
    ],
    [
      'a link that leads out',
      (f: string) => symlinkSync(join(folderOf({ D: 'x' }), 'D'), join(f, 'Dockerfile')),
      'leads out of the project',
    ],
    [
      'a link to nothing',
      (f: string) => symlinkSync('nothing', join(f, 'Dockerfile')),
      'a symbolic link to nothing',
    ],
    ['a pipe', (f: string) => execFileSync('mkfifo', [join(f, 'Dockerfile')]), 'not a regular file'],
  ])('refuses %s', (_, make, words) => {
    const folder = folderOf({});
    make(folder);
    expect(() => compare(folder, [DOCKERFILE])).toThrow(words);
  });
});

describe('write', () => {
  test('creates folders that are not there yet', async () => {
    const folder = join(folderOf({}), 'new', 'service');
    expect(await put(folder)).toEqual([
      { path: 'Dockerfile', change: 'create' },
      { path: '.dockerignore', change: 'create' },
    ]);
    expect(readdirSync(folder).sort()).toEqual(['.dockerignore', 'Dockerfile']);
  });
  test('keeps what is replaced beside it, and never over an older one', async () => {
    const folder = folderOf({ Dockerfile: 'mine\n', 'Dockerfile.bak': 'older\n' });
    expect(await put(folder, [DOCKERFILE])).toEqual([
      { path: 'Dockerfile', change: 'replace', kept: 'Dockerfile.bak.1' },
    ]);
    expect(read(folder, 'Dockerfile.bak')).toBe('older\n');
    expect(read(folder, 'Dockerfile.bak.1')).toBe('mine\n');
    expect(read(folder, 'Dockerfile')).toBe(DOCKERFILE.text);
  });
  test('keeps nothing beside it that git holds, and keeps what git does not', async () => {
    const folder = folderOf({ Dockerfile: 'mine\n' });
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    execFileSync('git', ['add', 'Dockerfile'], { cwd: folder });
    expect(await put(folder, [DOCKERFILE])).toEqual([{ path: 'Dockerfile', change: 'replace' }]);
    expect(readdirSync(folder).sort()).toEqual(['.git', 'Dockerfile']);
    writeFileSync(join(folder, 'Dockerfile'), 'edited since\n');
    expect(await put(folder, [DOCKERFILE])).toEqual([
      { path: 'Dockerfile', change: 'replace', kept: 'Dockerfile.bak' },
    ]);
  });
  test('keeps line ends and mode of what it replaces', async () => {
    const folder = folderOf({ Dockerfile: 'FROM alpine\r\n' });
    chmodSync(join(folder, 'Dockerfile'), 0o600);
    await put(folder, [DOCKERFILE]);
    expect(read(folder, 'Dockerfile')).toBe('FROM scratch\r\n');
    expect(statSync(join(folder, 'Dockerfile')).mode & 0o777).toBe(0o600);
  });
  test('follows a link inside the project', async () => {
    const folder = folderOf({ 'docker/Dockerfile': 'mine\n' });
    symlinkSync('docker/Dockerfile', join(folder, 'Dockerfile'));
    await put(folder, [DOCKERFILE]);
    expect(read(folder, 'docker/Dockerfile')).toBe(DOCKERFILE.text);
  });
  test('all files or none', async () => {
    const folder = folderOf({ Dockerfile: 'mine\n' });
    const compared = compare(folder, [DOCKERFILE, { path: 'sub/x', text: 'x' }]);
    // what nobody foresaw happens between the look and the writing
    writeFileSync(join(folder, 'sub'), 'a file where a folder must be');
    await expect(write(folder, compared)).rejects.toThrow('nothing was changed');
    expect(readdirSync(folder).sort()).toEqual(['Dockerfile', 'sub']);
    expect(read(folder, 'Dockerfile')).toBe('mine\n');
  });
  test('a file that changed since it was shown is left alone, and so are the others', async () => {
    const folder = folderOf({ '.dockerignore': 'x\n' });
    const compared = compare(folder, [DOCKERFILE, IGNORE]);
    writeFileSync(join(folder, '.dockerignore'), 'somebody else\n');
    await expect(write(folder, compared)).rejects.toThrow('it changed in the meantime');
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
    expect(read(folder, '.dockerignore')).toBe('somebody else\n');
  });
});
