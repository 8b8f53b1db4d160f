// What a run costs beside `node -e 0`: processor time of the whole process, median of 9, interleaved, since a machine's
// speed changes from one second to the next. Exits 1 above a limit.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

const SERVICES = 1000;
const SERVICES_MEMORY = 250;
/** Of `node -e 0` for each service: 5 ms where that takes 40, for the speed of a machine is none of ours. */
const SERVICE_LIMIT = 0.125;
/** The kinds of services in turn, each with what an ordinary one has. */
const KINDS = [
  (port) => ({
    'package.json':
      '{ "scripts": { "start": "node src/server.js" }, "dependencies": { "express": "^5.1.0" } }',
    'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
    'src/server.js': `const app = require('express')();\napp.listen(process.env.PORT || ${port});\n`,
  }),
  (port) => ({
    'go.mod': 'module example.com/service\n\ngo 1.26\n',
    'main.go': `package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":${port}", nil) }\n`,
  }),
  () => ({
    'requirements.txt': 'flask==3.1.0\ngunicorn==23.0.0\n',
    'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
  }),
];
for (let at = 0; at < SERVICES; at++)
  for (const [path, text] of Object.entries(KINDS[at % KINDS.length](3000 + at))) {
    const file = join(folder, 'many', `group${at % 20}`, `service${at}`, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
const all = (below) => [BIN, join(folder, 'many', below), '--all', '--dry-run', '--json'];
// the first of each kind is what loads its language
const [bare, first, whole] = [0, 1, 2].map((round) => {
  const runs = [['-e', '0'], all('group0'), all('.')];
  return median([0, 1, 2].map(() => cost(runs[round])));
});
const each = (whole - first) / (SERVICES - SERVICES / 20);
const held = memory(all('.'));
const slow = each > bare * SERVICE_LIMIT || held > SERVICES_MEMORY;
failed ||= slow;
console.log(
  `--all       ${(each * 1000).toFixed(1).padStart(5)} ms  ${(each / bare).toFixed(2)} ×  ${held.toFixed(0).padStart(3)} MiB  of ${SERVICES} services, each  limit ${SERVICE_LIMIT} ×, ${SERVICES_MEMORY} MiB${slow ? '  TOO MUCH' : ''}`,
);
rmSync(folder, { recursive: true, force: true });
process.exitCode = failed ? 1 : 0;
