import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { printable } from '../../src/printable.ts';
import type { Files } from '../planned.ts';
import { folderOf, run } from '../run.ts';
import { PLACES } from './places.ts';

/** What a terminal obeys, what begins a line for some reader, and what nobody sees. */
const SIGNS: Readonly<Record<string, string>> = {
  'a line feed': '\n',
  'a carriage return': '\r',
  'a tabulator': '\t',
  'a sequence that clears the screen': '\u001b[2J',
  'a sequence that is one of ours': '\u001b[31m',
  'a bell': '\u0007',
  'U+0000': '\u0000',
  'U+007F': '\u007f',
  'a next line of C1': '\u0085',
  'a sequence of C1': '\u009b31m',
  'a zero-width space': '\u200b',
  'a zero-width joiner': '\u200d',
  'a mark from right to left': '\u200f',
  'a line separator': '\u2028',
  'a paragraph separator': '\u2029',
  'an override of direction': '\u202e',
  'an isolate of direction': '\u2066',
  'a byte order mark': '\ufeff',
  'a soft hyphen': '\u00ad',
  'half of a pair': '\ud800',
  'a tag': '\u{e0041}',
  'the name of a sequence': '\\u001b[31m',
};
/** What the door lets through: the lines are ours, and a file's own indent. */
const HIDDEN = /[^\P{C}\n\p{Co}\p{Cn}]|[\p{Zl}\p{Zp}]/u;
const MODES: readonly (readonly string[])[] = [
  ['--dry-run', '--explain'],
  ['--json', '--dry-run'],
  ['--compose', '--bake', '--dry-run'],
  ['--all', '--dry-run'],
  ['--all', '--json', '--check'],
];

/** Files on the disk, but for those whose names it cannot have. */
function laidOut(files: Files): string {
  const folder = folderOf({});
  for (const [path, text] of Object.entries(files)) {
    if (path.includes('\0') || path.endsWith('/')) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** What is wrong with what is said about a project; none: nothing. */
async function faults(files: Files): Promise<readonly string[]> {
  const folder = laidOut(files);
  const found: string[] = [];
  for (const mode of MODES) {
    const { code, stdout, stderr } = await run(folder, ['--yes', ...mode]);
    const said = `${stdout}${stderr}`;
    const how = mode.join(' ');
    if (code !== 0 && code !== 1 && code !== 3)
      found.push(`${how}: ends with ${code}: ${stderr.slice(0, 600)}`);
    const [hidden] = HIDDEN.exec(said) ?? [];
    if (hidden !== undefined) found.push(`${how}: shows ${JSON.stringify(hidden)}`);
    if (/^[-+ ]?\s*INJECTED/m.test(said)) found.push(`${how}: a line is the project's`);
    if (mode.includes('--json')) JSON.parse(stdout);
  }
  return found;
}

/** What its owner wrote into a .dockerignore is shown as the lines that it is. */
const ALL = Object.entries(PLACES)
  .flatMap(([language, places]) =>
    Object.entries(places).map(([name, place]) => ({ name: `${language}: ${name}`, place })),
  )
  .filter(({ name }) => name !== 'node: .dockerignore');
const texts = Object.values(SIGNS);
/** FUZZ=all has all of them in every place; each has some of them in turn on any day. */
const EACH = process.env.FUZZ === 'all' ? texts.length : 2;

describe('text of a project is text: nothing of it steers a terminal, begins a line, or hides', () => {
  test.each(ALL.map(({ name, place }, at) => [name, place, at] as const))(
    '%s',
    async (_, place, at) => {
      for (let step = 0; step < EACH; step++) {
        const sign = texts[(at * 5 + step * 7) % texts.length] ?? '';
        expect(await faults(place(`a${sign}INJECTED`)), JSON.stringify(sign)).toEqual([]);
      }
    },
    120_000,
  );

  test('a difference of what stands there already', async () => {
    for (const sign of texts) {
      const old = `FROM x\n# a${sign.replaceAll('\n', '')}b\n`;
      const server = { 'package.json': '{"scripts":{"start":"node s.js"}}', 's.js': 'x.listen(3000)' };
      expect(await faults({ ...server, Dockerfile: old, '.dockerignore': old }), sign).toEqual([]);
    }
  }, 120_000);

  test('each is escaped, and what is written as an escape stays as it is', () => {
    for (const sign of texts)
      expect(printable(`a${sign}b`)).not.toMatch(/[^\P{C}\p{Co}\p{Cn}]|[\p{Zl}\p{Zp}]/u);
    expect(printable('a\nb\u001b[2J\u0085\ud800\u{e0041}')).toBe(
      'a\\nb\\u001b[2J\\u0085\\ud800\\udb40\\udc41',
    );
    expect(printable('é 漢字 👍 \\u001b[31m')).toBe('é 漢字 👍 \\u001b[31m');
  });
});
