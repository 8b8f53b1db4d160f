import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test, vi } from 'vitest';
import { chartOf } from '../../src/engine/chart.ts';
import type { Measured } from '../../src/engine/measure.ts';
import { barsOf, markdownOf, tableOf } from '../../src/engine/table.ts';
import { folderOf, SERVER, spawned } from '../run.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What a build prints: controls of two kinds, marks of direction, what has no width, and lines that look like ours. */
const HOSTILE =
  'npm error \u001b[2J\u009b2J\u0007\u0085\u202e\u200b\u2028INJECTED <b>|*x*| `id` \ud83d\nINJECTED held\n\u001b]0;title\u0007';
/** What a terminal is never sent: all but our own lines, and colours, of which a run without a terminal has none. */
const HIDDEN = /[^\P{C}\n\p{Co}\p{Cn}]|[\p{Zl}\p{Zp}]/u;

/** A folder with an engine of that name alone, whose builds say what is hostile and fail, or whose program does. */
function engine(fails: 'build' | 'run'): string {
  const path = folderOf({ said: HOSTILE });
  const image = JSON.stringify([
    { Size: 1e8, Config: { User: `1000|<b>\u202e\n${fails}`, ExposedPorts: { '3000/tcp': {} } } },
  ]);
  const state = {
    Running: false,
    ExitCode: 3,
    Error: HOSTILE,
    Health: { Status: HOSTILE, Log: [{ Output: HOSTILE }] },
  };
  writeFileSync(join(path, 'image'), image);
  writeFileSync(join(path, 'state'), JSON.stringify(state));
  writeFileSync(
    join(path, 'docker'),
    `#!/bin/sh
here='${path}'
case "$1 $2" in
build*|buildx*) /bin/cat "$here/said"; /bin/cat "$here/said" >&2; ${fails === 'build' ? 'exit 1' : 'exit 0'} ;;
"image inspect") /bin/cat "$here/image" ;;
"inspect --format") /bin/cat "$here/state" ;;
logs*) /bin/cat "$here/said"; /bin/cat "$here/said" >&2 ;;
exec*|stats*|history*|save*) /bin/cat "$here/said" ;;
esac
`,
  );
  chmodSync(join(path, 'docker'), 0o755);
  return path;
}

function assertPlain({ code, stdout, stderr }: ReturnType<typeof spawned>): void {
  const said = `${stdout}${stderr}`;
  expect(code, said).toBeOneOf([0, 1]);
  expect(said).not.toMatch(/This is a bug/);
  expect(HIDDEN.exec(said)?.[0]).toBeUndefined();
  expect(said).not.toMatch(/^\s*INJECTED/m);
}

describe.each(['build', 'run'] as const)('an engine whose %s says what is hostile', (fails) => {
  const path = engine(fails);
  const folder = folderOf({ ...SERVER, Dockerfile: 'FROM node:24\nUSER root\nCMD ["node", "server.js"]\n' });
  const env = { PATH: path, HOME: '/nonexistent' };

  test.each([[], ['--json'], ['--fix'], ['--existing'], ['--existing', '--json']])('verify %j', (...args) => {
    const ran = spawned(folder, ['verify', '--yes', '--wait', '2', ...args.flat()], env);
    assertPlain(ran);
    if (args.flat().includes('--json')) expect(JSON.parse(ran.stdout)).toMatchObject({ held: false });
    expect(ran.stdout + ran.stderr).toContain('INJECTED');
  });

  test.each([[], ['--json'], ['--markdown'], ['--svg', 'picture.svg']])('compare %j', (...args) => {
    const ran = spawned(
      folder,
      ['compare', '--yes', '--target', 'slim,alpine', '--runs', '1', ...args.flat()],
      env,
    );
    assertPlain(ran);
    if (args.flat().includes('--json')) JSON.parse(ran.stdout);
    if (args.flat().includes('--markdown'))
      expect(ran.stdout.replace(/\\[<|*`]/g, '')).not.toMatch(/<b>|\*x\*|`id/);
    if (existsSync(join(folder, 'picture.svg')))
      assertPicture(readFileSync(join(folder, 'picture.svg'), 'utf8'));
  });
});

/** A picture that any reader of XML takes, with no element that is not ours. */
function assertPicture(text: string): void {
  const parsed: unknown = new XMLParser({ ignoreAttributes: false }).parse(text, true);
  expect(parsed).toHaveProperty('svg');
  expect(HIDDEN.exec(text)?.[0]).toBeUndefined();
  expect([...new Set([...text.matchAll(/<(\w+)/g)].map(([, name]) => name))].sort()).toEqual(
    ['g', 'rect', 'style', 'svg', 'text', 'title'].filter((name) => text.includes(`<${name}`)),
  );
}

describe('figures whose texts are hostile', () => {
  const sign = '1|2\n3 <script>x</script> & `id` \u001b[2J\u202e\uffff';
  const measures = {
    unpacked: 1e8,
    compressed: 1e7,
    layers: 3,
    packages: 2,
    shell: true,
    user: sign,
    first: 1,
    rebuild: 1,
    answer: 1,
    memory: 1e7,
  };
  const all: readonly Measured[] = [{ name: 'existing', kind: 'existing', failed: sign, measures, runs: [] }];

  test('a table for a pull request has one line for each figure, and as many cells', () => {
    const text = markdownOf(all, undefined);
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(new Set(rows.map((row) => row.replace(/\\./g, '').split('|').length))).toEqual(new Set([4]));
    expect(text.replace(/\\./g, '')).not.toMatch(/<script|`|^3/m);
    expect(HIDDEN.exec(text)).toBeNull();
  });
  test('a table and bars', () => {
    const text = tableOf(all, 80) + barsOf(all, 80);
    expect(text).not.toMatch(/^3/m);
    expect(HIDDEN.exec(text)).toBeNull();
  });
  test('a picture', () => {
    assertPicture(chartOf(all, { title: `${sign} compared`, taken: undefined }));
    assertPicture(chartOf([{ ...all[0], name: sign } as Measured], { title: sign, taken: sign }));
  });
});

test('a folder whose name is hostile is named in a picture', () => {
  const top = folderOf({});
  const folder = join(top, 'a<b>&\u202e\u001b[2J');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(SERVER))
    writeFileSync(join(folder, name), text.replace('"name": "tiny", ', ''));
  const ran = spawned(folder, ['compare', '--yes', '--target', 'slim', '--runs', '1', '--svg', 'p.svg'], {
    PATH: engine('run'),
    HOME: '/nonexistent',
  });
  assertPlain(ran);
  assertPicture(readFileSync(join(folder, 'p.svg'), 'utf8'));
});
