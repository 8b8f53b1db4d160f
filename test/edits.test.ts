import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { languageOf } from '../src/facts/choose.ts';
import { bodyOf, signed } from '../src/output/made.ts';
import { folderOf, run } from './run.ts';

// what a language loads when it is needed is loaded before a test's clock runs
await languageOf('node').rules();

const PROJECT = {
  'package.json':
    '{ "name": "tiny", "scripts": { "start": "node server.js" }, "dependencies": { "ms": "2.1.3" } }\n',
  'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }\n',
  'server.js': "require('http').createServer((q, r) => r.end()).listen(process.env.PORT || 3000);\n",
};
const FROM = 'FROM node:26-trixie-slim AS runtime';
/** What an older release wrote in place of what this one writes. */
const OLDER: readonly (readonly [now: string, then: string])[] = [
  [' --no-audit --no-fund', ''],
  [' --start-interval=1s', ''],
  [
    '# tini runs as PID 1 and forwards signals: as PID 1 itself, the program would ignore SIGTERM',
    '# tini forwards signals',
  ],
];

let NOW = '';
beforeAll(async () => {
  NOW = bodyOf((await run(folderOf(PROJECT), ['--stdout'])).stdout);
}, 60_000);

const git = (folder: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    cwd: folder,
    stdio: 'ignore',
  });
const commit = (folder: string) => {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'x');
};

interface Moved {
  readonly tool: boolean;
  readonly project: boolean;
}

interface History {
  readonly edit: (text: string) => string;
  /** How the edit comes to git; left out: what was made is committed, and the edit is too. */
  readonly kept?: 'folder renamed' | 'late' | 'never';
  /** Where git has moved the file to, and whether it was committed there. */
  readonly moved?: { readonly to: string; readonly committed: boolean };
  /** What comes of it: merged without a word, or at odds. */
  readonly outcome: (moved: Moved) => 'merged' | 'conflict';
  /** What the merged file has, and what it has no more. */
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
}

const always = (outcome: 'merged' | 'conflict') => () => outcome;
const ADDED = (text: string) => text.replace('EXPOSE 3000\n', 'LABEL team="a"\nEXPOSE 3000\n');
const STAGE = [
  'FROM golang:1 AS tools',
  'RUN go install example.com/tool@v1',
  'COPY --from=tools /go/bin/tool /bin/',
];

const HISTORIES: Readonly<Record<string, History>> = {
  'a line added': { edit: ADDED, outcome: always('merged'), has: ['LABEL team="a"'] },
  'a line removed': {
    edit: (text) => text.replace('USER 1000:1000\n', ''),
    outcome: always('merged'),
    lacks: ['USER 1000:1000'],
  },
  'lines reordered': {
    edit: (text) => text.replace('USER 1000:1000\nEXPOSE 3000\n', 'EXPOSE 3000\nUSER 1000:1000\n'),
    outcome: always('merged'),
    has: ['EXPOSE 3000\nUSER 1000:1000\n'],
  },
  'the image changed': {
    edit: (text) => text.replace(FROM, 'FROM registry.example.com/node:26 AS runtime'),
    // the project's new version stands in the same line
    outcome: ({ project }) => (project ? 'conflict' : 'merged'),
    has: ['FROM registry.example.com/node:26 AS runtime'],
  },
  'a stage added': {
    edit: (text) =>
      text
        .replace('# deps installs', `${STAGE[0]}\n${STAGE[1]}\n\n# deps installs`)
        .replace(/^COPY --link package.json .*\n/m, (line) => `${line}${STAGE[2]}\n`),
    outcome: always('merged'),
    has: STAGE,
  },
  'a comment alone': {
    edit: (text) => text.replace('EXPOSE 3000', '# ask ops before you change it\nEXPOSE 3000'),
    outcome: always('merged'),
    has: ['# ask ops before you change it'],
  },
  CRLF: {
    edit: (text) => ADDED(text).replaceAll('\n', '\r\n'),
    outcome: always('merged'),
    has: ['LABEL team="a"\r\n'],
  },
  'the folder renamed': {
    edit: ADDED,
    kept: 'folder renamed',
    outcome: always('merged'),
    has: ['LABEL team="a"'],
  },
  'the file renamed': {
    edit: ADDED,
    moved: { to: 'Dockerfile.prod', committed: true },
    outcome: always('merged'),
    has: ['LABEL team="a"'],
  },
  'the file renamed, which no commit has yet': {
    edit: ADDED,
    moved: { to: 'Dockerfile.prod', committed: false },
    outcome: always('merged'),
    has: ['LABEL team="a"'],
  },
  'the file in a folder of its own': {
    edit: ADDED,
    moved: { to: 'docker/Dockerfile', committed: true },
    outcome: always('merged'),
    has: ['LABEL team="a"'],
  },
  'the file in a folder of its own, which no commit has yet': {
    edit: ADDED,
    moved: { to: 'docker/api.Dockerfile', committed: false },
    outcome: always('merged'),
    has: ['LABEL team="a"'],
  },
  'edited before the first commit': { edit: ADDED, kept: 'late', outcome: always('conflict') },
  'no git': { edit: ADDED, kept: 'never', outcome: always('conflict') },
};

/** A project with a file of ours, its edit and its history, after which the tool or the project has moved on. */
function lived(
  { edit, kept, moved }: History,
  { tool, project }: Moved,
  current: string,
): { folder: string; edited: string; own: readonly string[] } {
  const top = folderOf({});
  const name = (late: boolean) => join(top, kept === 'folder renamed' && !late ? 'old' : 'service');
  const folder = name(false);
  mkdirSync(folder);
  for (const [path, text] of Object.entries(PROJECT)) writeFileSync(join(folder, path), text);
  const then = tool ? OLDER.reduce((text, [now, was]) => text.replace(now, was), current) : current;
  const made = signed(then, tool ? '0.0.1' : VERSION, '');
  writeFileSync(join(folder, 'Dockerfile'), made);
  if (kept !== 'never') git(top, 'init', '--quiet');
  if (kept === undefined || kept === 'folder renamed') commit(top);
  const edited = edit(made);
  expect(edited).not.toBe(made);
  writeFileSync(join(folder, 'Dockerfile'), edited);
  if (kept === 'folder renamed') renameSync(folder, name(true));
  if (kept !== 'never') commit(top);
  if (moved !== undefined) {
    mkdirSync(join(folder, dirname(moved.to)), { recursive: true });
    git(folder, 'mv', 'Dockerfile', moved.to);
    if (moved.committed) commit(top);
  }
  if (project) writeFileSync(join(name(true), '.nvmrc'), '24\n');
  const lines = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return { folder: name(true), edited, own: lines(edited).filter((line) => !lines(made).includes(line)) };
}

const { version: VERSION } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const dockerfile = (folder: string, path = 'Dockerfile') => readFileSync(join(folder, path), 'utf8');
const MOVES: readonly (readonly [string, Moved])[] = [
  ['the tool moved on', { tool: true, project: false }],
  ['the project moved on', { tool: false, project: true }],
  ['both moved on', { tool: true, project: true }],
];

describe.each(Object.entries(HISTORIES))('%s', (_, history) => {
  test.each(MOVES)('%s', { timeout: 60_000 }, async (_, moved) => {
    const { folder, edited, own } = lived(history, moved, NOW);
    const ran = await run(folder, []);
    const { has = [], lacks = [] } = history;
    if (history.outcome(moved) === 'conflict') {
      expect([ran.code, ran.stderr]).toEqual([
        1,
        expect.stringContaining('--conflict ours, theirs or markers'),
      ]);
      expect(dockerfile(folder)).toBe(edited);
      await settled(folder, edited, own);
      return;
    }
    const path = history.moved?.to ?? 'Dockerfile';
    expect([ran.code, ran.stderr]).toEqual([
      0,
      expect.stringMatching(new RegExp(`^merged\\s+${path}$`, 'm')),
    ]);
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(history.moved === undefined);
    const text = dockerfile(folder, path);
    for (const part of has) expect(text).toContain(part);
    for (const part of lacks) expect(text).not.toContain(part);
    for (const line of own) expect(text).toContain(line);
    // what is new is there
    if (moved.tool) for (const [now] of OLDER) expect(text).toContain(now);
    expect(text.includes('node:24-')).toBe(moved.project);
    // and a second run finds nothing left to do
    expect((await run(folder, [])).stderr).toMatch(new RegExp(`^unchanged\\s+${path}$`, 'm'));
    expect(dockerfile(folder, path)).toBe(text);
    expect(existsSync(join(folder, `${path}.bak`))).toBe(false);
  });
});

/** Each way to settle a conflict: no line of the owner's is gone without a copy. */
async function settled(folder: string, edited: string, own: readonly string[]): Promise<void> {
  const copies = () =>
    readdirSync(folder)
      .filter((name) => name.startsWith('Dockerfile'))
      .map((name) => readFileSync(join(folder, name), 'utf8'));
  for (const way of ['markers', 'ours', 'theirs']) {
    writeFileSync(join(folder, 'Dockerfile'), edited);
    const ran = await run(folder, ['--conflict', way]);
    expect(ran.code).toBe(0);
    const text = dockerfile(folder);
    const places = way === 'theirs' ? [...copies(), inGit(folder)] : [text];
    for (const line of own) expect(places.some((place) => place.includes(line))).toBe(true);
    expect(text.includes('<<<<<<< Dockerfile')).toBe(way === 'markers');
    if (way === 'markers') {
      expect(ran.stderr).toMatch(/^Dockerfile:\d+ holds both sides between markers/m);
      expect((await run(folder, [])).stderr).toContain('it holds a conflict that is not settled yet');
    }
  }
}

function inGit(folder: string): string {
  try {
    return execFileSync('git', ['show', 'HEAD:./Dockerfile'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch {
    return '';
  }
}
