// The stages beside the one that ships, in an engine: an edit shows up in a container that runs, and a test that fails ends
// its build with what it says. Sources are copied into the container, as `docker compose watch` does.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How long a dev server may take: it compiles first, and some fetch what compiles. */
const SECONDS = 180;

/**
 * One case: `of` are its stages, `edit` a change and what is answered then, `fail` a change and what the tests say of it.
 * `tools` are what run.js has for it.
 */
export async function tryStages(
  { about, folder, dockerfile, name, row },
  { docker, request, until, assert },
) {
  const { of, edit, fail } = about.stages;
  const build = (target, tag) =>
    docker(
      'build',
      '--progress=plain',
      '--target',
      target,
      '--file',
      dockerfile,
      ...(tag ? ['--tag', tag] : []),
      folder,
    );
  const whole = await docker('build', '--progress=plain', '--file', dockerfile, '--tag', name, folder);
  const more = (whole.stdout + whole.stderr).match(/\[(?:development|test) +\d+\/\d+\]/);
  assert(more === null, `production builds ${more?.[0]}`);
  if (of.includes('development')) {
    const began = Date.now();
    await build('development', name);
    row.build = secondsSince(began);
    await reload();
  }
  if (of.includes('test')) {
    await build('test');
    const path = join(folder, fail.file);
    const before = readFileSync(path, 'utf8');
    writeFileSync(path, changed(before, fail, assert));
    const failed = await build('test').then(
      () => undefined,
      (error) => error.message,
    );
    writeFileSync(path, before);
    assert(failed !== undefined, 'a test fails, and its stage is built');
    assert(failed.includes(fail.says), `the build does not say ${fail.says}: ${failed.slice(-1500)}`);
  }

  async function reload() {
    const user = (await docker('image', 'inspect', '--format', '{{.Config.User}}', name)).stdout.trim();
    assert(/^[1-9]\d*:[1-9]\d*$/.test(user), `development runs as ${user || 'root'}`);
    const env = Object.entries(about.env ?? {}).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
    await docker('run', '--detach', ...env, '--name', name, '--publish', `127.0.0.1::${about.port}`, name);
    const address = (await docker('port', name, String(about.port))).stdout.trim().split('\n')[0];
    const [{ path }] = [about.probe].flat();
    const answers = (text) => async () =>
      (await request(`http://${address}${edit.path ?? path}`)).body.includes(text) || undefined;
    const said = async () =>
      (await docker('logs', '--tail', '60', name).catch(() => ({ stdout: '', stderr: '' }))).stderr;
    const wait = async (text) => {
      const began = Date.now();
      await until(answers(text), SECONDS, `no ${text}`).catch(async (error) => {
        const { stdout } = await docker('logs', '--tail', '60', name);
        throw new Error(`${error.message}\n${stdout}${await said()}`);
      });
      return secondsSince(began);
    };
    row.ready = await wait(edit.shown ?? edit.from);
    const file = join(folder, edit.file);
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, changed(before, edit, assert));
    const { stdout: where } = await docker('image', 'inspect', '--format', '{{.Config.WorkingDir}}', name);
    const root = /^\/(?:app|src)/.exec(where.trim())?.[0];
    await docker('cp', file, `${name}:${root}/${edit.file}`);
    row.rebuild = await wait(edit.text ?? edit.to);
    writeFileSync(file, before);
    const began = Date.now();
    await docker('stop', '--timeout', '10', name);
    row.stop = secondsSince(began);
  }
}

function changed(text, { file, from, to }, assert) {
  assert(text.includes(from), `${file} has no ${from}`);
  return text.replaceAll(from, () => to);
}

const secondsSince = (began) => `${((Date.now() - began) / 1000).toFixed(1)} s`;
