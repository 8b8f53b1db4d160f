import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { Terminal } from '../src/output/terminal.ts';
import { command } from '../src/run.ts';
import type { Files } from './planned.ts';

export const BIN = new URL('../dist/bin.js', import.meta.url).pathname;

export const VERSION: string = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
).version;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}, 60_000);

/** A folder of its own with these files, until the tests end. */
export function folderOf(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** A terminal that nobody sits at, and what was written to it. */
export function terminalOf(
  cwd: string,
  more: Partial<Terminal> = {},
): { readonly terminal: Terminal; stdout(): string; stderr(): string } {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    version: VERSION,
    cwd,
    environment: {},
    today: new Date().toISOString().slice(0, 10),
    machine: 'linux/amd64',
    interactive: false,
    color: { out: false, err: false },
    columns: undefined,
    stdin: process.stdin,
    stderr: process.stderr,
    interrupted: () => () => undefined,
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    ...more,
  };
  return { terminal, stdout: () => out.join(''), stderr: () => err.join('') };
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command without a terminal, in this process: all but what `bin.ts` does. */
export async function run(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const { terminal, stdout, stderr } = terminalOf(cwd, { environment: env });
  const code = await command(args, terminal);
  return { code, stdout: stdout(), stderr: stderr() };
}

/** Runs the built command without a terminal. */
export function spawned(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  uid?: number,
): Ran {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^CI$|COLOR/i.test(name)),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd,
    env: { ...clean, ...env },
    encoding: 'utf8',
    input: '',
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  return { code: status, stdout, stderr };
}

/** The smallest server that needs no question. */
export const SERVER: Files = {
  'package.json': '{ "name": "tiny", "scripts": { "start": "node server.js" } }\n',
  'server.js': "require('http').createServer((q, r) => r.end()).listen(process.env.PORT || 3000);\n",
};
