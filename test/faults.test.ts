import { execFile, execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Files } from './planned.ts';
import { BIN, folderOf, run, SERVER, spawned } from './run.ts';

vi.setConfig({ testTimeout: 300_000 });

/**
 * Ends a run at its n-th change of the disk: killed before it, which is behind the one before, or told that the disk is full,
 * and nothing can be written from then on. A file of its own tells whether it came so far.
 */
const HOOK = `
const fs = require('node:fs');
const [kind, at] = process.env.FAULT.split(' ');
let count = 0;
for (const name of ['writeFileSync', 'renameSync', 'mkdirSync', 'mkdtempSync', 'copyFileSync', 'chmodSync', 'utimesSync', 'rmSync']) {
  const real = fs[name];
  fs[name] = (...args) => {
    count++;
    if (count < Number(at)) return real(...args);
    if (kind === 'full') {
      fs.closeSync(fs.openSync(process.env.FAULT_SEEN, 'a'));
      if (['rmSync', 'renameSync', 'chmodSync', 'utimesSync'].includes(name)) return real(...args);
      if (name === 'writeFileSync') {
        real(args[0], String(args[1]).slice(0, 7), args[2]);
      }
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    }
    fs.closeSync(fs.openSync(process.env.FAULT_SEEN, 'a'));
    process.kill(process.pid, 'SIGKILL');
    for (;;);
  };
}
`;

interface Work {
  readonly files: Files;
  readonly args: readonly string[];
  /** Files whose text is one of both at any time: that of before, or that of a whole run. */
  readonly whole: readonly string[];
  /** A line of the owner, which is in some file of its folder at any time. */
  readonly owned?: { readonly folder: string; readonly line: string };
}

/** The texts of a folder by path, without what a run was on its way with. */
function textsOf(folder: string): Map<string, string> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return new Map(
    all
      .map((one) => join(one.parentPath, one.name))
      .filter((path) => !path.includes('/.git/'))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
  );
}

const edited = (text: string) => text.replace('EXPOSE 3000\n', 'LABEL team="mine"\nEXPOSE 3000\n');
const below = (folder: string, files: Files) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

async function made(): Promise<Files> {
  const folder = folderOf(SERVER);
  await run(folder, []);
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  return {
    ...SERVER,
    Dockerfile: edited(read('Dockerfile')),
    '.dockerignore': read('.dockerignore'),
    '.nvmrc': '24\n',
  };
}

function repository(files: Files): string {
  const folder = folderOf(files);
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'a');
  return folder;
}

const SERVICE = await made();
const STANDARD = repository({ 'create-dockerfile.yaml': 'port: 9000\n' });
const OWNED = 'LABEL team="mine"';
const WORKS: Readonly<Record<string, Work>> = {
  'update of an edited file that git does not hold': {
    files: SERVICE,
    args: ['update', '--conflict', 'theirs'],
    whole: ['Dockerfile', '.dockerignore'],
    owned: { folder: '.', line: OWNED },
  },
  '--all over several services': {
    files: { ...below('a', SERVICE), ...below('b', SERVER) },
    args: ['--all', '--bake', '--conflict', 'theirs'],
    whole: ['a/Dockerfile', 'b/Dockerfile', 'docker-bake.hcl'],
    owned: { folder: 'a', line: OWNED },
  },
  eject: {
    files: SERVER,
    args: ['eject', '--partial', 'user'],
    whole: ['create-dockerfile/partials/user.hbs', 'create-dockerfile.yaml'],
  },
  'a standard, its cache and its lock': {
    files: { ...SERVER, 'create-dockerfile.yaml': `extends: git+file://${STANDARD}\n` },
    args: [],
    whole: ['Dockerfile', 'create-dockerfile-lock.json'],
  },
};

const hook = join(folderOf({ 'hook.cjs': HOOK }), 'hook.cjs');

describe.each(Object.entries(WORKS))('%s', (_, { files, args, whole, owned }) => {
  const ran = (folder: string, cache: string, fault?: string) =>
    spawned(folder, [...args, '-q'], {
      XDG_CACHE_HOME: cache,
      ...(fault === undefined
        ? {}
        : { NODE_OPTIONS: `--require ${hook}`, FAULT: fault, FAULT_SEEN: join(cache, 'seen') }),
    });
  test.each(['killed', 'full'])('%s at every change of the disk', (kind) => {
    const done = folderOf(files);
    expect(ran(done, folderOf({})).code).toBe(0);
    const wanted = textsOf(done);
    for (let at = 1; at < 100; at++) {
      const folder = folderOf(files);
      const cache = folderOf({});
      const { code, stderr } = ran(folder, cache, `${kind} ${at}`);
      if (!existsSync(join(cache, 'seen'))) {
        expect([at > 3, code]).toEqual([true, 0]);
        return;
      }
      const title = `${kind} ${at}`;
      if (kind === 'full') expect(stderr, title).not.toMatch(/bug in create-dockerfile/);
      else expect(code, title).toBe(null);
      const now = textsOf(folder);
      for (const path of whole)
        expect([files[path], wanted.get(path)], `${title}: ${path}`).toContain(now.get(path));
      const places = [...now].filter(([path]) => owned !== undefined && join(path, '..') === owned.folder);
      if (owned !== undefined)
        expect(
          places.some(([, text]) => text.includes(owned.line)),
          title,
        ).toBe(true);
      // and the next run does it all
      if (kind === 'full') continue;
      if (args[0] === 'eject' && now.has(whole[0] ?? '')) continue;
      expect([title, ran(folder, cache).code]).toEqual([title, 0]);
      for (const path of whole) expect(textsOf(folder).get(path), `${title}: ${path}`).toBe(wanted.get(path));
    }
    expect.unreachable('it never ends');
  });
});

describe('two runs at once', () => {
  const started = (folder: string, args: readonly string[]) =>
    new Promise<number | null>((resolve) => {
      spawn(process.execPath, [BIN, ...args], { cwd: folder, stdio: 'ignore' }).on('exit', resolve);
    });
  test('leave a whole file, and the edits of its owner', async () => {
    const done = folderOf(SERVICE);
    spawned(done, ['-q', '--conflict', 'ours']);
    const wanted = readFileSync(join(done, 'Dockerfile'), 'utf8');
    for (let round = 0; round < 4; round++) {
      const folder = folderOf(SERVICE);
      const codes = await Promise.all([1, 2, 3].map(() => started(folder, ['-q', '--conflict', 'ours'])));
      // one that comes too late says so
      expect(codes.every((code) => code === 0 || code === 1)).toBe(true);
      expect(codes).toContain(0);
      expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(wanted);
      expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    }
  });
});

describe('a standard that several runs fetch at once', () => {
  test('is whole for each of them', async () => {
    const standard = repository({
      'create-dockerfile.yaml': 'certificates: [z.pem]\n',
      'z.pem': '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
      ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`a${index}.pem`, 'x'.repeat(9000)])),
    });
    const env = { ...process.env, XDG_CACHE_HOME: folderOf({}) };
    const extending = { ...SERVER, 'create-dockerfile.yaml': `extends: git+file://${standard}#HEAD\n` };
    const ran = await Promise.all(
      Array.from(
        { length: 6 },
        () =>
          new Promise<string>((resolve) => {
            execFile(
              process.execPath,
              [BIN, '--yes', '-q'],
              { cwd: folderOf(extending), env },
              (_, __, stderr) => resolve(stderr),
            );
          }),
      ),
    );
    expect(ran).toEqual(ran.map(() => ''));
  });
});

describe("a project's own .git", () => {
  test('names programs everywhere, and none of them is run', async () => {
    const folder = folderOf(SERVICE);
    const spy = join(folderOf({}), 'spy');
    const seen = `${spy}.ran`;
    writeFileSync(spy, `#!/bin/sh\necho "$0 $*" >> ${seen}\n`);
    chmodSync(spy, 0o755);
    const git = (...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: folder,
        stdio: 'ignore',
      });
    git('init', '--quiet');
    writeFileSync(join(folder, 'Dockerfile'), (SERVICE.Dockerfile ?? '').replace(`${OWNED}\n`, ''));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'made');
    writeFileSync(join(folder, 'Dockerfile'), SERVICE.Dockerfile ?? '');
    writeFileSync(join(folder, '.gitattributes'), '* filter=spy diff=spy merge=spy ident\n');
    const settings = {
      'core.fsmonitor': spy,
      'core.sshCommand': spy,
      'core.pager': spy,
      'core.editor': spy,
      'core.askPass': spy,
      'core.alternateRefsCommand': spy,
      'core.gitProxy': spy,
      'credential.helper': `!${spy}`,
      'diff.external': spy,
      'diff.spy.command': spy,
      'diff.spy.textconv': spy,
      'filter.spy.clean': spy,
      'filter.spy.smudge': spy,
      'filter.spy.process': spy,
      'filter.spy.required': 'true',
      'merge.spy.driver': spy,
      'gpg.program': spy,
      'log.showSignature': 'true',
      'alias.log': `!${spy}`,
      'alias.ls-files': `!${spy}`,
      'alias.cat-file': `!${spy}`,
      'pager.log': spy,
      'remote.origin.url': `ext::${spy}`,
      'remote.origin.promisor': 'true',
      'remote.origin.uploadpack': spy,
      'extensions.partialClone': 'origin',
      'uploadpack.packObjectsHook': spy,
      'sequence.editor': spy,
      'trailer.x.command': spy,
      'interactive.diffFilter': spy,
      'core.repositoryformatversion': '1',
    };
    const config = Object.entries(settings).map(([key, value]) => {
      const [, section = '', name = ''] = /^(.+)\.([^.]+)$/.exec(key) ?? [];
      const [first, sub] = section.split(/\.(.*)/s);
      return `[${first}${sub === undefined || sub === '' ? '' : ` "${sub}"`}]\n\t${name} = ${value}\n`;
    });
    writeFileSync(join(folder, '.git/config'), config.join(''));
    for (const name of ['post-index-change', 'reference-transaction', 'post-checkout', 'fsmonitor-watchman'])
      cpSync(spy, join(folder, '.git/hooks', name));
    const { stderr, code } = spawned(folder, []);
    // the history was read all the same
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^merged +Dockerfile/m)]);
    expect(existsSync(seen) ? readFileSync(seen, 'utf8') : '').toBe('');
    // the check itself sees a program that git runs
    try {
      git('status');
    } catch {}
    expect(readFileSync(seen, 'utf8')).toContain('spy');
    for (const args of [['--check'], ['update', '--check'], ['--all', '--dry-run']]) {
      rmSync(seen, { force: true });
      spawned(folder, args);
      expect([args, existsSync(seen)]).toEqual([args, false]);
    }
  });
  test('that leads to another one is read no further than it can be', () => {
    const folder = folderOf({ ...SERVICE, '.git': 'gitdir: ../../../../../../etc\n' });
    expect([0, 1]).toContain(spawned(folder, ['-q']).code);
    renameSync(join(folder, '.git'), join(folder, '.gone'));
  });
});
