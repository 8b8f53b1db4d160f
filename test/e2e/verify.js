// `create-dockerfile verify` over the cases that CI builds: all has to hold, without help.
//
//   node test/e2e/verify.js [case/target]…
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verified } from './verified.js';

const CASES = new URL('../cases/', import.meta.url).pathname;

/** Each case of CI on its targets; what runs once with arguments, or needs a secret of its test, is no server to wait for. */
const selection = readdirSync(CASES).flatMap((id) => {
  const about = JSON.parse(readFileSync(join(CASES, id, 'case.json'), 'utf8'));
  const other = about.secrets !== undefined || (about.run !== undefined && !about.run.stays);
  return other ? [] : about.ci.map((target) => ({ id, target, about }));
});

function verify(folder, target, { flags = [], env = {} }) {
  const given = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const variables = given.length > 0 ? ['--env', given.join(',')] : [];
  return verified(folder, ['--target', target, ...flags, ...variables]);
}

const asked = process.argv.slice(2);
let failed = 0;
for (const { id, target, about } of selection) {
  if (asked.length > 0 && !asked.includes(`${id}/${target}`)) continue;
  const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
  try {
    cpSync(join(CASES, id, 'app'), folder, { recursive: true });
    const { held, rounds, error } = await verify(join(folder, about.app ?? '.'), target, about);
    const { run, image } = rounds?.at(-1)?.seen ?? {};
    const said =
      error?.message ??
      rounds
        ?.at(-1)
        ?.findings.map(({ text }) => text)
        .join(' ') ??
      '';
    const figures = `${((image?.size ?? 0) / 1e6).toFixed(1)} MB, ready after ${run?.ready?.toFixed(1) ?? '–'} s, ${run?.health ?? ''}`;
    console.log(`${`${id}/${target}`.padEnd(40)}${held ? 'held   ' : 'FAILED '} ${held ? figures : said}`);
    if (!held) failed++;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exitCode = failed > 0 ? 1 : 0;
