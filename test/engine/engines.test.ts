import { execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { BIN, folderOf, SERVER } from '../run.ts';

vi.setConfig({ testTimeout: 60_000 });

/** 127.0.0.1 would be 0100007F; this is 0.0.0.0:3000, and a state of LISTEN. */
const SOCKETS = '  sl  local_address rem_address   st\n   0: 00000000:0BB8 00000000:0000 0A';
const IMAGE = {
  docker: {
    Size: 1e8,
    Config: { User: '1000:1000', ExposedPorts: { '3000/tcp': {} }, Healthcheck: { Test: ['CMD', 'ask'] } },
  },
  podman: {
    Size: 1e8,
    HealthCheck: { Test: ['CMD', 'ask'] },
    Config: { User: '1000:1000', ExposedPorts: { '3000/tcp': {} } },
  },
};
const STATE = {
  docker: { Running: true, ExitCode: 0, Health: { Status: 'healthy', Log: [] } },
  podman: { Running: true, ExitCode: 0, Healthcheck: { Status: 'healthy', Log: null } },
  // one that runs no checks
  nerdctl: { Running: true, ExitCode: 0 },
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder with a program of that name alone: it writes down how it was called, and answers as such an engine does. */
function engine(name: 'docker' | 'podman' | 'nerdctl', build = ''): { path: string; calls: () => string[] } {
  const path = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
  folders.push(path);
  const image = JSON.stringify([name === 'podman' ? IMAGE.podman : IMAGE.docker]);
  writeFileSync(
    join(path, name),
    `#!/bin/sh
echo "$*" >> '${path}/calls'
case "$1 $2" in
build*) ${build} echo built ;;
"image inspect") echo '${image}' ;;
"inspect --format") echo '${JSON.stringify(STATE[name])}' ;;
exec*) printf '%s\\n' '${SOCKETS}' ;;
stats*) echo '12.5MB / 8GB' ;;
esac
`,
  );
  chmodSync(join(path, name), 0o755);
  const calls = () =>
    existsSync(join(path, 'calls')) ? readFileSync(join(path, 'calls'), 'utf8').trimEnd().split('\n') : [];
  return { path, calls };
}

/** Programs of the system, and no engine of this machine. */
function pathOf(own: string): string {
  const tools = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
  folders.push(tools);
  for (const tool of ['sh', 'sleep']) {
    writeFileSync(join(tools, tool), `#!/bin/sh\nexec /bin/${tool} "$@"\n`);
    chmodSync(join(tools, tool), 0o755);
  }
  return `${own}:${tools}`;
}

function verify(
  path: string,
  args: readonly string[] = [],
): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: pathOf(path), HOME: '/nonexistent' };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [BIN, 'verify', folderOf(SERVER), '--yes', ...args],
      { env },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

/** A call without what differs from run to run. */
const plain = (call: string | undefined) =>
  call
    ?.replace(/\/\S*create-dockerfile-\w+/g, 'FOLDER')
    .replace(/create-dockerfile-\S+-[0-9a-z]+-0/g, 'NAME')
    .replace(/--(since|until) \S+/g, '--$1 TIME');

describe('engines by their words', () => {
  test.each<[name: 'docker' | 'podman' | 'nerdctl', build: string, run: string]>([
    [
      'docker',
      'build --progress plain --tag NAME --file FOLDER/Dockerfile FOLDER',
      'run --detach --name NAME --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --publish 127.0.0.1::3000 NAME',
    ],
    [
      'podman',
      'build --format docker --ignorefile FOLDER/Dockerfile.dockerignore --tag NAME --file FOLDER/Dockerfile FOLDER',
      'run --detach --name NAME --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --read-only-tmpfs=false --publish 127.0.0.1::3000 NAME',
    ],
    [
      'nerdctl',
      'build --progress plain --tag NAME --file FOLDER/Dockerfile FOLDER',
      'run --detach --name NAME --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --publish 127.0.0.1::3000 NAME',
    ],
  ])('%s builds, runs, looks, stops and removes', async (name, build, run) => {
    const { path, calls } = engine(name);
    const { code, out } = await verify(path, ['--json']);
    expect(JSON.parse(out)).toMatchObject({ held: true });
    expect(code).toBe(0);
    const called = calls().map(plain);
    expect(called.find((call) => call?.startsWith('build'))).toBe(build);
    expect(called.find((call) => call?.startsWith('run'))).toBe(run);
    expect(called.slice(-2)).toEqual(['rm --force --volumes NAME', 'image rm --force NAME']);
  });
  test('of several, the first that answers', async () => {
    const [none, some] = [engine('docker'), engine('podman')];
    writeFileSync(
      join(none.path, 'docker'),
      '#!/bin/sh\necho "Cannot connect to the Docker daemon" >&2\nexit 1\n',
    );
    const { code } = await verify(`${none.path}:${some.path}`, ['--quiet']);
    expect(code).toBe(0);
    expect(some.calls().some((call) => call.startsWith('build --format docker'))).toBe(true);
  });
  test('no engine is one sentence, with what the one that is there said', async () => {
    expect(await verify('/nonexistent')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^There is no container engine here to build with: .*install/s),
    });
    const { path } = engine('docker');
    writeFileSync(
      join(path, 'docker'),
      '#!/bin/sh\necho "Cannot connect to the Docker daemon" >&2\nexit 1\n',
    );
    expect((await verify(path)).err).toContain('docker says: Cannot connect to the Docker daemon');
  });
  test('another platform is asked for where it is typed', async () => {
    const { path, calls } = engine('docker');
    await verify(path, ['--quiet', '--platform', 'arm64']);
    expect(calls().find((call) => call.startsWith('build'))).toContain('--platform linux/arm64');
    expect(calls().find((call) => call.startsWith('run'))).toContain('--platform linux/arm64');
  });
});

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  test('ends a build, and what was made is removed', async () => {
    const { path, calls } = engine('docker', 'exec sleep 60;');
    const before = readdirSync(tmpdir());
    const child = spawn(process.execPath, [BIN, 'verify', folderOf(SERVER), '--yes', '--quiet'], {
      env: { PATH: pathOf(path), HOME: '/nonexistent' },
      stdio: 'ignore',
    });
    const code = new Promise((resolve) => child.on('exit', resolve));
    await vi.waitFor(() => expect(calls().some((call) => call.startsWith('build'))).toBe(true), 20_000);
    const begin = Date.now();
    child.kill(signal);
    expect(await code).toBe(130);
    expect(Date.now() - begin).toBeLessThan(20_000);
    expect(calls().map(plain).slice(-2)).toEqual(['rm --force --volumes NAME', 'image rm --force NAME']);
    const made = /--file (\S+)\/Dockerfile/.exec(calls().find((call) => call.startsWith('build')) ?? '')?.[1];
    expect(before.includes(made ?? '')).toBe(false);
    expect(existsSync(made ?? '/')).toBe(false);
  });
});
