// `docker compose watch` on what --compose and --stages write: an edit shows up in the container that runs.
//
//   node test/e2e/watch.js
import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { provideImages } from '../../dist/engine.js';

const CASE = new URL('../cases/node-npm-express-tests/', import.meta.url).pathname;
const BIN = new URL('../../dist/bin.js', import.meta.url).pathname;
const SECONDS = 180;

const call = promisify(execFile);
const about = JSON.parse(readFileSync(join(CASE, 'case.json'), 'utf8'));
const { file, from, to } = about.stages.edit;
const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
const compose = (...args) =>
  call('docker', ['compose', '--profile', 'development', ...args], { cwd: folder });

/** Seconds until a page has a text. */
async function until(text) {
  for (let begin = Date.now(); Date.now() - begin < SECONDS * 1000; ) {
    const body = await fetch(`http://127.0.0.1:${about.port}${about.probe.path}`)
      .then((answer) => answer.text())
      .catch(() => '');
    if (body.includes(text)) return (Date.now() - begin) / 1000;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`no ${text} within ${SECONDS} s`);
}

let watching;
try {
  cpSync(join(CASE, 'app'), folder, { recursive: true });
  await call(process.execPath, [BIN, folder, '--yes', '--compose', '--stages', 'development']);
  await provideImages(join(folder, 'Dockerfile'));
  const [service] = /^ {2}\S+-development(?=:$)/m.exec(readFileSync(join(folder, 'compose.yaml'), 'utf8'));
  watching = spawn('docker', ['compose', 'watch', service.trim()], { cwd: folder, stdio: 'ignore' });
  const ready = await until(from);
  const path = join(folder, file);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
  const seen = await until(to);
  console.log(`watch: ready after ${ready.toFixed(1)} s, an edit is seen after ${seen.toFixed(1)} s`);
} finally {
  watching?.kill();
  await compose('down', '--rmi', 'local', '--timeout', '2').catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
}
