// Gives readers of build files what is nearly right, and looks for what ends in a crash, or not at all.
//
//   node test/fuzz/run.js [reader]… [--minutes N] [--runs N] [--seed S]
//
// A finding is one seed of a reader: `--seed S --runs 1` gives it again, and what it was is kept in test/fuzz/found.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { inputOf } from './attempt.js';
import { READERS } from './readers.js';

/** Processor seconds for one project, of files below 64 KiB. */
const LONGEST = 2;
const FOUND = new URL('./found/', import.meta.url).pathname;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string' },
    runs: { type: 'string' },
    seed: { type: 'string' },
    keep: { type: 'boolean' },
  },
});
const first = Number(flags.seed ?? Date.now() % 1_000_000_000);
const runs = Number(flags.runs ?? (flags.minutes === undefined ? 200 : Number.POSITIVE_INFINITY));
const end = Date.now() + Number(flags.minutes ?? 60) * 60_000;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const seconds = () => (({ user, system }) => (user + system) / 1e6)(cpuUsage());

/** Seeds of one reader from `from` on, in a thread that is ended when one takes too long. */
async function part(reader, from, until, end, tell) {
  const at = new SharedArrayBuffer(4);
  const counter = new Int32Array(at);
  counter[0] = from;
  const options = { workerData: { reader, at, until, end }, resourceLimits: { maxOldGenerationSizeMb: 512 } };
  const worker = new Worker(new URL('./attempt.js', import.meta.url), options);
  let over = false;
  worker.on('message', ({ seed, fault }) => tell(seed, fault));
  worker.on('error', (error) => {
    tell(counter[0], String(error?.stack ?? error));
    counter[0]++;
    over = true;
  });
  worker.on('exit', () => {
    over = true;
  });
  let [known, since] = [-1, seconds()];
  while (!over) {
    await sleep(100);
    if (counter[0] !== known) [known, since] = [counter[0], seconds()];
    // loading comes before the first
    else if (seconds() - since > (known === from ? 2 * LONGEST : LONGEST)) {
      tell(known, `it takes more than ${LONGEST} processor seconds`);
      await worker.terminate();
      return known + 1;
    }
  }
  return counter[0];
}

async function fuzz(reader, end) {
  const faults = new Map();
  const tell = (seed, fault) => {
    // the same line of the same place is one finding
    const kind = fault.split('\n').slice(0, 2).join(' ').replace(/\d+/g, '0').slice(0, 300);
    if (faults.has(kind)) return;
    faults.set(kind, seed);
    console.log(`${reader} --seed ${seed}: ${fault.split('\n').slice(0, 4).join('\n  ')}`);
    if (!flags.keep) return;
    mkdirSync(FOUND, { recursive: true });
    writeFileSync(
      `${FOUND}${reader}-${seed}.json`,
      `${JSON.stringify(inputOf(reader, seed), undefined, 1)}\n`,
    );
  };
  let at = first;
  while (at < first + runs && Date.now() < end)
    at = await part(reader, at, Math.min(first + runs, 2 ** 31 - 1), end, tell);
  console.log(`${reader}: ${at - first} projects from seed ${first}, ${faults.size} findings`);
  return faults.size;
}

const unknown = positionals.find((name) => !(name in READERS));
if (unknown !== undefined) throw new Error(`${unknown} is no reader: ${Object.keys(READERS).join(', ')}`);
const readers = positionals.length > 0 ? positionals : Object.keys(READERS);
let found = 0;
for (const [index, reader] of readers.entries()) {
  // each has its part of the time that is left
  found += await fuzz(
    reader,
    flags.minutes === undefined ? end : Date.now() + (end - Date.now()) / (readers.length - index),
  );
}
process.exitCode = found > 0 ? 1 : 0;
