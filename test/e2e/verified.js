import { execFile } from 'node:child_process';

const BIN = new URL('../../dist/bin.js', import.meta.url).pathname;

/** What `create-dockerfile verify --json` says of a folder; `error` where it says no JSON. */
export function verified(folder, flags, env = process.env) {
  return new Promise((resolve) => {
    const args = [BIN, 'verify', folder, '--yes', '--json', ...flags];
    execFile(process.execPath, args, { maxBuffer: 1 << 26, env }, (_, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout));
      } catch {
        resolve({ error: { message: stderr } });
      }
    });
  });
}
