// Projects that are broken on purpose, tried by `create-dockerfile verify --fix` in whatever engine is there: the cause has
// to be named, round by round, and what a flag mends has to be mended. A Dockerfile that somebody wrote by hand is tried as
// it is: there the cause alone counts.
//
//   node test/e2e/broken.js [name]…
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verified } from './verified.js';

const BROKEN = new URL('../broken/', import.meta.url).pathname;

/** Nobody has logged in anywhere: what the machine's own home folder holds must not decide. */
const HOME = mkdtempSync(join(tmpdir(), 'create-dockerfile-home-'));

const verify = (folder, flags) => verified(folder, ['--wait', '40', ...flags], { ...process.env, HOME });

const asked = process.argv.slice(2);
let failed = 0;
for (const name of readdirSync(BROKEN).filter((one) => asked.length === 0 || asked.includes(one))) {
  const about = JSON.parse(readFileSync(join(BROKEN, name, 'broken.json'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
  try {
    cpSync(join(BROKEN, name, 'app'), folder, { recursive: true });
    const seen = await verify(folder, [...about.flags, about.existing ? '--existing' : '--fix']);
    // the first of each round is the cause, what stands behind it are hints
    const found = (seen.rounds ?? []).map(({ findings }) => findings.slice(0, 1).map(({ id }) => id));
    const right =
      seen.held === about.held &&
      JSON.stringify(found) === JSON.stringify(about.finds) &&
      (about.typed === undefined || JSON.stringify(seen.flags) === JSON.stringify(about.typed));
    console.log(`${name.padEnd(28)}${right ? 'ok' : 'FAILED'}`);
    if (right) continue;
    failed++;
    console.log(
      JSON.stringify({ held: seen.held, found, flags: seen.flags, error: seen.error }, undefined, 2),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
rmSync(HOME, { recursive: true, force: true });
process.exitCode = failed > 0 ? 1 : 0;
