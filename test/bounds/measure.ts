import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN } from '../run.ts';

/** What a whole process took: a machine that is busy with others changes none of it. */
export interface Cost {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Processor seconds, user and system. */
  readonly seconds: number;
  /** Most memory that was held at once, in MiB. */
  readonly mebibytes: number;
  /** It was ended because it took more than `LONGEST` processor seconds. */
  readonly ended: boolean;
}

const LONGEST = 30;

/** Runs the built command and measures it. */
export function cost(folder: string, args: readonly string[] = ['--yes', '--dry-run']): Cost {
  const place = mkdtempSync(join(tmpdir(), 'create-dockerfile-cost-'));
  try {
    const hook = join(place, 'hook.cjs');
    writeFileSync(
      hook,
      "process.on('exit', () => { const { userCPUTime: u, systemCPUTime: s, maxRSS } = process.resourceUsage(); require('fs').writeSync(9, JSON.stringify([(u + s) / 1e6, maxRSS / 1024])); });",
    );
    const out = join(place, 'out');
    const script = `exec 9>"$0"; ulimit -t ${LONGEST}; exec "$@"`;
    const { status, signal, stdout, stderr } = spawnSync(
      'bash',
      ['-c', script, out, process.execPath, '--require', hook, BIN, folder, ...args],
      { encoding: 'utf8', input: '', env: plain(), maxBuffer: 1 << 28 },
    );
    const [seconds = LONGEST, mebibytes = 0] = parsed(out);
    return { code: status, stdout, stderr, seconds, mebibytes, ended: signal !== null };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function parsed(path: string): readonly number[] {
  const text = readFileSync(path, 'utf8');
  return text === '' ? [] : JSON.parse(text);
}

function plain(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^CI$|COLOR|^NODE_/i.test(name)),
  );
}
