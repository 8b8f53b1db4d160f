import { execFile, execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check, type Interpreter } from '../../src/kit/health.ts';
import type { TargetId } from '../../src/plan/targets.ts';

/** Answers with the status that the path names; /moved leads to a host that does not exist. */
let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((request, response) => {
    const status = Number(/\d{3}/.exec(request.url ?? '')?.[0] ?? 200);
    response.writeHead(status, status === 302 ? { location: 'https://nowhere.invalid/' } : {});
    response.end(request.headers.host === 'localhost' || status === 200 ? 'ok' : 'who?');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

function has(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch {
    return false;
  }
}

const PYTHON: Interpreter = { is: 'python', program: 'python3' };
const NODE: Interpreter = { is: 'node', program: process.execPath };
const ASKERS: readonly [string, string, TargetId, Interpreter][] = [
  ['BusyBox', 'busybox', 'alpine', NODE],
  ['bash', 'bash', 'slim', NODE],
  ['Node', 'node', 'distroless', NODE],
  ['Python', 'python3', 'scratch', PYTHON],
];

/** The status with which a check ends. */
function run(command: readonly string[], env: Record<string, string> = {}): Promise<number> {
  const [program = '', ...args] = command;
  return new Promise((resolve) => {
    const child = execFile(program, args, { env: { ...process.env, ...env } });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

describe.each(ASKERS)('%s', (_, program, target, by) => {
  const absent = !has(program);
  test.skipIf(absent)(
    'asks a path: redirects, 401 and 404 come from a server that works',
    async () => {
      for (const [health, alive] of [
        ['/', true],
        ['/401/%7Ea%b', true],
        ['/302', true],
        ['/503', false],
      ] as const) {
        const command = check(target, { health, port }, by)?.command ?? [];
        expect([health, (await run(command)) === 0]).toEqual([health, alive]);
      }
    },
    60_000,
  );
  test.skipIf(absent)(
    'follows the variable that holds the port',
    async () => {
      for (const health of ['/404', 'tcp']) {
        const command = check(target, { health, port: 1, variable: 'HERE' }, by)?.command ?? [];
        expect([health, await run(command, { HERE: String(port) })]).toEqual([health, 0]);
      }
    },
    60_000,
  );
  test.skipIf(absent)(
    'a port on which nobody listens is not healthy',
    async () => {
      for (const health of ['/', 'tcp'])
        expect(await run(check(target, { health, port: 1 }, by)?.command ?? [])).not.toBe(0);
    },
    60_000,
  );
  test('a hostile path is asked for, not run', () => {
    const command = check(target, { health: '/a\'b"c$(id)`id`', port }, by)?.command ?? [];
    expect(command.join(' ')).toMatch(/\/a%+27b%+22c%+24%+28id%+29%+60id%+60/);
  });
  test('none is none', () => expect(check(target, { health: 'none', port }, by)).toBeUndefined());
});

test('a probe takes the variable or the number, and the path', () => {
  const by: Interpreter = { is: 'probe', program: '/probe' };
  expect(check('scratch', { health: '/up', port: 80, variable: 'PORT' }, by)).toEqual({
    asks: 'any status below 500 is healthy; a small program asks, for there is no shell',
    command: ['/probe', 'PORT', '/up'],
  });
  expect(check('distroless', { health: 'tcp', port: 80 }, by)?.command).toEqual(['/probe', '80']);
});
