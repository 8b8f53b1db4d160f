// What a run costs beside `node -e 0`: processor time of the whole process, median of 9, interleaved, since a machine's
// speed changes from one second to the next. Exits 1 above a limit.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROUNDS = 9;
const MEMORY_LIMIT = 90;
const BIN = new URL('../dist/bin.js', import.meta.url).pathname;

const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-bench-'));
writeFileSync(
  join(folder, 'package.json'),
  '{ "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5.1.0" } }',
);
writeFileSync(join(folder, 'package-lock.json'), '{ "lockfileVersion": 3, "packages": {} }');
writeFileSync(
  join(folder, 'server.js'),
  "const app = require('express')();\napp.listen(process.env.PORT || 3000);\n",
);

const RUNS = [
  { name: 'node -e 0', args: ['-e', '0'] },
  { name: '--yes', args: [BIN, folder, '--yes', '--force'], limit: 2.2 },
  { name: '--version', args: [BIN, '--version'], limit: 1.8 },
  { name: '--help', args: [BIN, '--help'], limit: 1.8 },
];

/** Processor seconds, user and system, of a whole process. */
function cost(args) {
  const script = 'TIMEFORMAT="%U %S"; time "$0" "$@" >/dev/null 2>&1';
  const { stderr } = spawnSync('bash', ['-c', script, process.execPath, ...args], { encoding: 'utf8' });
  const [user, system] = stderr.trim().split(/\s+/).map(Number);
  return user + system;
}

/** Most memory that was held at once, in MiB. */
function memory(args) {
  const hook = join(folder, 'hook.cjs');
  writeFileSync(
    hook,
    "process.on('exit', () => require('fs').writeSync(9, String(process.resourceUsage().maxRSS)));",
  );
  const script = 'exec 9>&1; "$0" --require "$@" >/dev/null 2>&1';
  return Number(execFileSync('bash', ['-c', script, process.execPath, hook, ...args])) / 1024;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const costs = RUNS.map(() => []);
for (let round = 0; round < ROUNDS; round++)
  for (const [index, { args }] of RUNS.entries()) costs[index].push(cost(args));
const base = median(costs[0]);
let failed = false;
for (const [index, { name, args, limit }] of RUNS.entries()) {
  const own = median(costs[index]);
  const ratio = own / base;
  const mebibytes = memory(args);
  const bad =
    ratio > (limit ?? Number.POSITIVE_INFINITY) || (limit !== undefined && mebibytes > MEMORY_LIMIT);
  failed ||= bad;
  const want = limit === undefined ? '' : `  limit ${limit} ×, ${MEMORY_LIMIT} MiB`;
  console.log(
    `${name.padEnd(12)}${(own * 1000).toFixed(0).padStart(5)} ms  ${ratio.toFixed(2)} ×  ${mebibytes.toFixed(0).padStart(3)} MiB${want}${bad ? '  TOO MUCH' : ''}`,
  );
}
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
