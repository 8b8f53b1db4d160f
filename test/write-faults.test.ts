import { execFileSync, spawn } from 'node:child_process';
import type * as fs from 'node:fs';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { UserError } from '../src/errors.ts';
import { compare, write } from '../src/output/write.ts';
import type { Files } from './planned.ts';
import { BIN, folderOf, SERVER, spawned } from './run.ts';

/** What fails: the call of that number, and those behind it too where it stays so. */
const { fault, CALLS } = vi.hoisted(() => ({
  fault: { at: 0, code: '', stays: false, calls: [] as string[] },
  CALLS: [
    'chmodSync',
    'copyFileSync',
    'linkSync',
    'mkdirSync',
    'renameSync',
    'rmSync',
    'utimesSync',
    'writeFileSync',
  ] as const,
}));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const failing = (name: (typeof CALLS)[number]) => {
    const call = real[name] as (...args: unknown[]) => unknown;
    return (...args: unknown[]) => {
      if (fault.at === 0) return call(...args);
      fault.calls.push(name);
      const count = fault.calls.length;
      if (count < fault.at || (count > fault.at && !fault.stays)) return call(...args);
      // what is full is full in the midst of a text
      if (name === 'writeFileSync') call(args[0], String(args[1]).slice(0, 7), args[2]);
      throw Object.assign(new Error(`${fault.code}: ${name}`), { code: fault.code });
    };
  };
  return { ...real, ...Object.fromEntries(CALLS.map((name) => [name, failing(name)])) };
});

beforeEach(() => {
  Object.assign(fault, { at: 0, calls: [] });
});

const CODES = ['EPERM', 'EACCES', 'EROFS', 'EXDEV', 'EMFILE', 'EDQUOT', 'ENOSPC', 'EIO'];
const NEW = [
  { path: 'Dockerfile', text: 'FROM scratch\nCMD ["new"]\n' },
  { path: '.dockerignore', text: 'theirs\n.git\n', additive: true },
];
const THEIRS: Files = { Dockerfile: 'FROM theirs\n', '.dockerignore': 'theirs\n' };
const inGit = (folder: string) => {
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  execFileSync('git', ['add', '.'], { cwd: folder });
};
const FOLDERS: Readonly<Record<string, () => string>> = {
  'nothing is there': () => folderOf({}),
  'a folder is not there': () => join(folderOf({}), 'a', 'b'),
  'both are there': () => folderOf(THEIRS),
  'git holds both': () => {
    const folder = folderOf(THEIRS);
    inGit(folder);
    return folder;
  },
};

/** All that is in a folder, but for git's. */
function textsIn(folder: string): Files {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => name !== '.git');
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** One run with a fault: what was refused, or undefined; and how many calls there were. */
async function faulty(folder: string, at: number, code: string, stays: boolean) {
  const compared = compare(folder, NEW);
  Object.assign(fault, { at, code, stays, calls: [] });
  try {
    return { told: await write(folder, compared), calls: fault.calls.length };
  } catch (error) {
    return { error, calls: fault.calls.length };
  } finally {
    fault.at = 0;
  }
}

function assertTold(folder: string, former: Files, ran: Awaited<ReturnType<typeof faulty>>): void {
  const texts = textsIn(folder);
  const whole: Files = { ...former, ...Object.fromEntries(NEW.map(({ path, text }) => [path, text])) };
  // the former or the new text, never a part
  for (const { path, text } of NEW) expect([former[path], text]).toContain(texts[path]);
  if (ran.told !== undefined) {
    const kept = ran.told.flatMap((one) => (one.kept === undefined ? [] : [one.kept]));
    expect(Object.keys(texts).sort()).toEqual([...Object.keys(whole), ...kept].sort());
    for (const name of kept)
      expect(texts[name]).toBe(former[name.replace(/^\.(?=Dockerfile|\.)|\.(bak|create).*$/g, '')]);
    return;
  }
  expect(ran.error).toBeInstanceOf(UserError);
  const { message } = ran.error as UserError;
  expect(message).toMatch(/^"[^"\n]+" cannot be written: [a-z][^\n]+\.$/);
  if (message.endsWith('; nothing was changed.')) expect(texts).toEqual(former);
  else {
    const left = Object.keys(texts).filter((name) => texts[name] !== former[name]);
    expect(left.length + Number(Object.keys(former).length === 0)).toBeGreaterThan(0);
    for (const name of left.filter((one) => !(one in whole))) expect(message).toContain(name);
  }
}

describe('a call of the system that fails', () => {
  const rows = Object.keys(FOLDERS).flatMap((name) => CODES.map((code) => [name, code] as const));
  test.each(rows)('%s: %s', async (name, code) => {
    const { calls } = await faulty(FOLDERS[name]?.() ?? '', 1000, code, false);
    for (const stays of [false, true])
      for (let at = 1; at <= calls; at++) {
        const folder = FOLDERS[name]?.() ?? '';
        const former = textsIn(folder);
        const ran = await faulty(folder, at, code, stays);
        assertTold(folder, former, ran);
        // one that fails alone can always be taken back
        if (!stays && ran.error !== undefined) expect(String(ran.error)).toContain('nothing was changed');
      }
  });

  test('each of them is met', async () => {
    const seen = new Set<string>();
    for (const make of Object.values(FOLDERS)) {
      await faulty(make(), 1000, 'EIO', false);
      for (const call of fault.calls) seen.add(call);
    }
    expect([...seen].sort()).toEqual([...CALLS]);
  });
});

/** Ends the command at a call that writes: `kill` or `SIGTERM` comes before it. */
const HOOK = `const fs = require('node:fs');
let count = 0;
for (const name of ${JSON.stringify(CALLS)}) {
  const call = fs[name];
  fs[name] = (...args) => {
    if (/Dockerfile|dockerignore/.test(String(args[0])) && ++count === Number(process.env.AT)) process.kill(process.pid, process.env.SIGNAL);
    return call.apply(fs, args);
  };
}
`;

describe('a run that is ended in the midst of its writing', () => {
  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'])(
    '%s',
    async (signal) => {
      const made = folderOf(SERVER);
      expect(spawned(made, ['--yes']).code).toBe(0);
      const whole = textsIn(made);
      for (let at = 1; ; at++) {
        const folder = folderOf({ ...SERVER, ...THEIRS });
        const hook = join(folderOf({ 'hook.cjs': HOOK }), 'hook.cjs');
        const child = spawn(process.execPath, ['--require', hook, BIN, '--yes', '--force'], {
          cwd: folder,
          env: { ...process.env, AT: String(at), SIGNAL: signal },
          stdio: 'ignore',
        });
        const ended = await new Promise<NodeJS.Signals | number | null>((resolve) =>
          child.on('exit', (code, by) => resolve(by ?? code)),
        );
        const texts = textsIn(folder);
        expect([THEIRS.Dockerfile, whole.Dockerfile]).toContain(texts.Dockerfile);
        expect(texts['.dockerignore']).toMatch(/^theirs\n/m);
        if (ended === 0) {
          expect(at).toBeGreaterThan(signal === 'SIGKILL' ? 6 : 1);
          break;
        }
        // what was begun is ended where it can be; what a run that was killed has left, the next one takes away
        if (signal === 'SIGKILL') spawned(folder, ['--yes', '--force']);
        const stray = Object.keys(textsIn(folder)).filter((name) => /create-dockerfile-\d/.test(name));
        expect(stray).toEqual([]);
        if (signal !== 'SIGKILL') expect(ended).toBe(signal === 'SIGTERM' ? 143 : 130);
        if (at > 60) throw new Error('it never ends');
      }
    },
    300_000,
  );
});

describe('what git has is read like any file of a stranger', () => {
  test.each<[name: string, make: (git: string) => void]>([
    ['an index that is a pipe', (git) => execFileSync('mkfifo', [join(git, 'index')])],
    ['an index that is a device', (git) => symlinkSync('/dev/zero', join(git, 'index'))],
    ['an index that is a folder', (git) => mkdirSync(join(git, 'index'))],
    ['an index that is a link to itself', (git) => symlinkSync('index', join(git, 'index'))],
    [
      'a .git that is a pipe',
      (git) => {
        rmSync(git, { recursive: true });
        execFileSync('mkfifo', [git]);
      },
    ],
    [
      'a .git that leads to a pipe',
      (git) => {
        rmSync(git, { recursive: true });
        execFileSync('mkfifo', [join(git, '..', 'index')]);
        writeFileSync(git, 'gitdir: .\n');
      },
    ],
    ['a HEAD that is a pipe', (git) => execFileSync('mkfifo', [join(git, 'HEAD')])],
    ['a configuration that is a pipe', (git) => execFileSync('mkfifo', [join(git, 'config')])],
  ])(
    '%s',
    (_, make) => {
      const folder = folderOf({ ...SERVER, Dockerfile: 'FROM theirs\n', '.git/x': '' });
      make(join(folder, '.git'));
      const { code, stderr } = spawned(folder, ['--yes', '--force']);
      expect(`${code} ${stderr}`).toMatch(/^0 /);
      expect(readFileSync(join(folder, 'Dockerfile.bak'), 'utf8')).toBe('FROM theirs\n');
      // what stands there is edited: git is asked for what it was
      writeFileSync(
        join(folder, 'Dockerfile'),
        `${readFileSync(join(folder, 'Dockerfile'), 'utf8')}# mine\n`,
      );
      expect(spawned(folder, ['--yes', '--check']).code).toBe(3);
    },
    60_000,
  );
});

describe('a text that is not in UTF-8', () => {
  const LATIN = Buffer.from('caf\xe9/\nnode_modules\n', 'latin1');
  test('a .dockerignore is refused, and stays as it is', () => {
    const folder = folderOf(SERVER);
    writeFileSync(join(folder, '.dockerignore'), LATIN);
    const { code, stderr } = spawned(folder, ['--yes']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('it is not in UTF-8')]);
    expect(readFileSync(join(folder, '.dockerignore'))).toEqual(LATIN);
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
  });
  test('a Dockerfile is kept byte for byte', () => {
    const folder = folderOf(SERVER);
    writeFileSync(join(folder, 'Dockerfile'), LATIN);
    expect(spawned(folder, ['--yes', '--force']).code).toBe(0);
    expect(readFileSync(join(folder, 'Dockerfile.bak'))).toEqual(LATIN);
  });
});
