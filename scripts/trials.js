// Public projects against what is expected of them: npm run trials -- FOLDER [LANGUAGE]
// FOLDER holds checkouts as OWNER/NAME or NAME; those that are not there are counted, and nothing is fetched.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const BIN = new URL('../dist/bin.js', import.meta.url).pathname;
const TRIALS = new URL('../test/trials/', import.meta.url).pathname;
const [folder, only] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Say the folder that the projects are in: npm run trials -- FOLDER [LANGUAGE]');
  process.exit(2);
}

const counts = { right: 0, wrong: 0, absent: 0 };
for (const file of readdirSync(TRIALS).filter((name) => only === undefined || name === `${only}.json`))
  for (const row of JSON.parse(readFileSync(join(TRIALS, file), 'utf8'))) check(row);
console.log(`${counts.right} right, ${counts.wrong} wrong, ${counts.absent} not there`);
process.exitCode = counts.wrong > 0 ? 1 : 0;

function check(row) {
  const name = row.repository ?? row.name;
  const at = [name, name.split('/').at(-1)].map((path) => resolve(folder, path)).find(existsSync);
  if (at === undefined) {
    counts.absent++;
    return;
  }
  const wrong = differences(row, answerFor(join(at, row.folder ?? '.'), row.flags ?? []));
  counts[wrong.length > 0 ? 'wrong' : 'right']++;
  console.log(
    `${wrong.length > 0 ? 'wrong' : 'right'}  ${name}${row.folder ? ` (${row.folder})` : ''}  ${row.right}`,
  );
  for (const line of wrong) console.log(`       ${line}`);
}

/** The JSON document for a project; nothing is written. */
function answerFor(cwd, flags) {
  const { stdout } = spawnSync(process.execPath, [BIN, '--json', '--dry-run', '--quiet', ...flags], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(stdout);
}

function differences({ refused = false, facts = {} }, { error, facts: found = {} }) {
  if (refused) return error === undefined ? ['should be refused'] : [];
  if (error !== undefined) return [`refused: ${error.message}`];
  return Object.entries(facts).flatMap(([key, value]) => {
    const is = found[key]?.value;
    const text = typeof is === 'object' && is !== null ? JSON.stringify(is) : String(is);
    // a start command is an object, of which the words are expected
    const same =
      text === String(value) ||
      (typeof is === 'object' &&
        String(value)
          .split(' ')
          .every((word) => text.includes(word)));
    return same ? [] : [`${key} is ${text} (${found[key]?.from}), not ${value}`];
  });
}
