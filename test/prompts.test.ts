import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { describe, expect, test } from 'vitest';
import type { Files } from './planned.ts';
import { BIN, folderOf, SERVER } from './run.ts';

const VERSION = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
const ENTER = '\r';
const DOWN = '\u001b[B';
const UP = '\u001b[A';
const SPACE = ' ';
const CTRL_C = '\u0003';
const ESCAPE = '\u001b';

/** What is seen, and what is typed then. */
type Step = readonly [seen: string, typed: string];

/** Runs the command in a pseudo-terminal and answers what it asks. */
function talk(
  folder: string,
  args: readonly string[],
  steps: readonly Step[],
  more: Readonly<Record<string, string>> = {},
): Promise<{ code: number; screen: string }> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^CI$|COLOR/i.test(name)),
  );
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd: folder,
    // where there is no engine, nothing is offered at the end
    env: { ...env, TERM: 'xterm', PATH: '', ...more } as Record<string, string>,
    cols: 120,
    rows: 50,
  });
  const open = [...steps];
  let screen = '';
  let from = 0;
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill();
      reject(new Error(`waited for ${JSON.stringify(open[0]?.[0])} in\n${screen}`));
    }, 20_000);
    child.onData((data) => {
      screen += data;
      const [next] = open;
      const at = next === undefined ? -1 : screen.indexOf(next[0], from);
      if (next === undefined || at < 0) return;
      open.shift();
      from = at + next[0].length;
      // the prompt listens a moment after it was drawn
      setTimeout(() => child.write(next[1]), 100);
    });
    child.onExit(({ exitCode }) => {
      clearTimeout(late);
      resolve({ code: exitCode, screen });
    });
  });
}

const two: Files = {
  ...SERVER,
  'package.json': '{ "main": "server.js", "dependencies": { "ms": "2.1.3" } }',
  'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
  'yarn.lock': '# yarn lockfile v1\n',
};
const LANGUAGE: Step = ['In which language?', ENTER];
const BEGIN: Step = ['Begin a service there?', ENTER];
const MANAGER: Step = ['Which package manager', ENTER];
const TARGET: Step = ['built upon?', ENTER];
const GO_ON: Step = ['pick a row to change it', ENTER];
const WRITE: Step = ['Write Dockerfile and .dockerignore?', ENTER];
const REPLACE = 'replace Dockerfile?';

describe('answers', () => {
  test('a plain project is asked for its target; the rest is shown, then written with one yes', async () => {
    const folder = folderOf(SERVER);
    const { code, screen } = await talk(folder, [], [['built upon?', DOWN + ENTER], GO_ON, WRITE]);
    expect(code).toBe(0);
    expect(screen).toContain(`create-dockerfile ${VERSION}`);
    expect(screen).not.toContain('Which package manager');
    expect(screen).toMatch(/Next time\S*\s+npx create-dockerfile --target alpine\r\n/);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('FROM node:26-alpine AS runtime');
  });
  test('where there is an engine, it is tried at once if somebody wants it', {
    timeout: 60_000,
  }, async () => {
    const engine = folderOf({
      docker: '#!/bin/sh\n[ "$1" = version ] || { echo no room left >&2; exit 1; }\n',
    });
    chmodSync(join(engine, 'docker'), 0o755);
    const folder = folderOf(SERVER);
    const steps = [TARGET, GO_ON, WRITE];
    const asked = await talk(folder, [], [...steps, ['try it now?', `y${ENTER}`]], { PATH: engine });
    expect(asked.screen).toContain('The build fails: no room left');
    expect(asked.code).toBe(1);
    for (const answer of [ENTER, CTRL_C, ESCAPE]) {
      const { code, screen } = await talk(folder, [], [GO_ON, ['try it now?', answer]], { PATH: engine });
      expect(code).toBe(0);
      expect(screen).not.toContain('nothing was written');
    }
  });
  test('a row of the table is picked and becomes another', async () => {
    const folder = folderOf(SERVER);
    const PORT: Step = ['pick a row to change it', `${DOWN.repeat(6)}${ENTER}`];
    const { code, screen } = await talk(
      folder,
      ['-t', 'slim'],
      [PORT, ['Which port', `${'\u007f'.repeat(4)}9000${ENTER}`], GO_ON, WRITE],
    );
    expect(code).toBe(0);
    expect(screen).toContain('npx create-dockerfile --target slim --port 9000');
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('EXPOSE 9000');
  });
  test('stages are a row, none unless they are picked, and said the next time', async () => {
    const folder = folderOf(SERVER);
    const { code, screen } = await talk(
      folder,
      ['-t', 'slim'],
      [
        ['pick a row to change it', `${DOWN.repeat(20)}${ENTER}`],
        ['Which stages', SPACE + ENTER],
        GO_ON,
        WRITE,
      ],
    );
    expect(code).toBe(0);
    expect(screen).toMatch(/stages +none/);
    expect(screen).toContain('npx create-dockerfile --target slim --stages development');
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain(' AS development\n');
  });
  test('Escape goes back: from a row to the table, from the last question to the table, from there to the target', async () => {
    const folder = folderOf(SERVER);
    const PORT: Step = ['pick a row to change it', `${DOWN.repeat(6)}${ENTER}`];
    const { code } = await talk(
      folder,
      [],
      [
        TARGET,
        PORT,
        ['Which port', ESCAPE],
        GO_ON,
        [WRITE[0], ESCAPE],
        ['pick a row to change it', ESCAPE],
        ['built upon?', DOWN + ENTER],
        GO_ON,
        WRITE,
      ],
    );
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('FROM node:26-alpine AS runtime');
  });
  test('what is offered need not be taken', async () => {
    const folder = folderOf(two);
    const steps: Step[] = [
      ['Which package manager', DOWN + DOWN + ENTER],
      ['Which package manager', `npm@11.4.0${ENTER}`],
      GO_ON,
      WRITE,
    ];
    const { code } = await talk(folder, ['-t', 'slim'], steps);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('NPM_VERSION=11.4.0');
  });
  test('Escape at the first question leaves', async () => {
    expect((await talk(folderOf(SERVER), [], [[TARGET[0], ESCAPE]])).code).toBe(130);
    expect((await talk(folderOf({}), [], [[BEGIN[0], ESCAPE]])).code).toBe(130);
  });
  test('in the root of a workspace, which of the members that start', async () => {
    const folder = folderOf({
      'package.json': '{ "workspaces": ["apps/*"] }',
      ...Object.fromEntries(
        ['api', 'web'].flatMap((name) => [
          [`apps/${name}/package.json`, '{ "scripts": { "start": "node server.js" } }'],
          [`apps/${name}/server.js`, SERVER['server.js'] ?? ''],
        ]),
      ),
    });
    const MEMBER: Step = ['Which member of the workspace', DOWN + ENTER];
    const { code } = await talk(folder, [], [MEMBER, TARGET, GO_ON, ['Write apps/web/Dockerfile', ENTER]]);
    expect(code).toBe(0);
    expect(readdirSync(join(folder, 'apps/web'))).toContain('Dockerfile.dockerignore');
    expect(readdirSync(join(folder, 'apps/api'))).not.toContain('Dockerfile');
  });
  test('what hides in a name is shown, in the question and in what was answered', async () => {
    const name = 'a\u001b[5m\u0085\u202e\u200b\nINJECTED';
    const files = { 'package.json': '{ "name": "x", "scripts": { "start": "node s.js" } }', 's.js': '' };
    const folder = folderOf(
      Object.fromEntries(
        [name, 'b'].flatMap((at) => Object.entries(files).map(([path, text]) => [`${at}/${path}`, text])),
      ),
    );
    const { screen } = await talk(
      folder,
      [],
      [
        ['a\\u001b[5m', ENTER],
        ['built upon?', CTRL_C],
      ],
    );
    expect(screen.split('a\\u001b[5m\\u0085\\u202e\\u200b\\nINJECTED').length).toBeGreaterThan(2);
    expect(screen).not.toContain('\u001b[5m');
    expect(screen).not.toMatch(/[\u0085\u202e\u200b]|^\s*INJECTED/m);
  });
  test('an empty folder begins a service', async () => {
    const folder = folderOf({});
    const { code } = await talk(folder, [], [BEGIN, LANGUAGE, TARGET, GO_ON, ['Write package.json', ENTER]]);
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['.dockerignore', 'Dockerfile', 'package.json', 'server.js']);
  });
  test('an empty folder that shall stay empty is refused', async () => {
    const { code, screen } = await talk(folderOf({}), [], [['Begin a service there?', `n${ENTER}`]]);
    expect(code).toBe(1);
    expect(screen).toContain('There is nothing in');
  });
  test('a tie is asked', async () => {
    const folder = folderOf(two);
    const { code } = await talk(
      folder,
      ['-t', 'slim', '-p', 'amd64'],
      [['Which package manager', DOWN + ENTER], GO_ON, WRITE],
    );
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain(
      'yarn install --frozen-lockfile --production',
    );
  });
  test('a Dockerfile that differs is kept unless the answer is yes', async () => {
    const folder = folderOf({ ...SERVER, Dockerfile: 'mine\n' });
    const args = ['-t', 'slim', '-p', 'amd64'];
    const kept = await talk(folder, args, [GO_ON, [REPLACE, ENTER]]);
    expect([kept.code, readFileSync(join(folder, 'Dockerfile'), 'utf8')]).toEqual([1, 'mine\n']);
    expect(existsSync(join(folder, '.dockerignore'))).toBe(false);
    expect(kept.screen).toContain('-mine');
    const replaced = await talk(folder, args, [GO_ON, [REPLACE, `y${ENTER}`]]);
    expect([replaced.code, readFileSync(join(folder, 'Dockerfile.bak'), 'utf8')]).toEqual([0, 'mine\n']);
  });
  test('a wrong answer is asked again', async () => {
    const folder = folderOf({ 'package.json': '{ "main": "a.js" }', 'a.js': 'x.listen(f())' });
    const steps: Step[] = [
      ['Which port', `http${ENTER}`],
      ['takes a number from 1 to 65535', `${'\u007f'.repeat(4)}8080${ENTER}`],
      GO_ON,
      WRITE,
    ];
    const { code } = await talk(folder, ['-t', 'slim', '-p', 'amd64', '--runtime-version', '24'], steps);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('EXPOSE 8080');
  });
  test('with --yes, in CI and on a dumb terminal nothing is asked', async () => {
    expect((await talk(folderOf(SERVER), ['--yes'], [])).code).toBe(0);
    for (const env of [{ CI: 'true' }, { TERM: 'dumb' }]) {
      const { code, screen } = await talk(folderOf(SERVER), [], [], env);
      expect(code).toBe(0);
      expect(screen).not.toContain('?');
    }
  });
});

describe('Ctrl-C at any question exits 130 and writes nothing', () => {
  test.each<[string, Files, readonly Step[]]>([
    ['whether to begin', {}, [[BEGIN[0], CTRL_C]]],
    ['the language', {}, [BEGIN, [LANGUAGE[0], CTRL_C]]],
    ['a setting', two, [[MANAGER[0], CTRL_C]]],
    ['a text', { 'package.json': '{}' }, [['Which command starts it?', CTRL_C]]],
    ['the target', SERVER, [[TARGET[0], CTRL_C]]],
    ['the table', SERVER, [TARGET, [GO_ON[0], CTRL_C]]],
    [
      'the architectures',
      SERVER,
      [TARGET, [GO_ON[0], `${DOWN.repeat(20)}${UP}${ENTER}`], ['For which architectures?', CTRL_C]],
    ],
    ['the last question', SERVER, [TARGET, GO_ON, [WRITE[0], CTRL_C]]],
    ['a replacement', { ...SERVER, Dockerfile: 'mine\n' }, [TARGET, GO_ON, [REPLACE, CTRL_C]]],
  ])('%s', async (_, files, steps) => {
    const folder = folderOf(files);
    const { code, screen } = await talk(folder, [], steps);
    expect(screen).toContain('Cancelled; nothing was written.');
    expect(code).toBe(130);
    expect(readdirSync(folder).sort()).toEqual(
      [...new Set(Object.keys(files).map((f) => f.split('/')[0]))].sort(),
    );
  });
});
