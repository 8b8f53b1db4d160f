import type { Engine } from './engine.ts';

/** What a server answers for its health: a path by HTTP, or that it takes connections. */
export interface Asked {
  readonly port: number;
  readonly path: string | undefined;
}

/** Where the engine publishes a port of a container on this machine. */
export async function addressOf(
  engine: Engine,
  name: string,
  port: number,
): Promise<{ readonly host: string; readonly port: number } | undefined> {
  const { ok, out } = await engine.call(['port', name, `${port}/tcp`]);
  const [, host = '', published = ''] = /^(.*):(\d+)\s*$/m.exec(out) ?? [];
  if (!ok || published === '') return undefined;
  return { host: host === '0.0.0.0' || host === '' ? '127.0.0.1' : host, port: Number(published) };
}

/** Asks once: any status below 500 is healthy. */
export async function answers(
  at: { readonly host: string; readonly port: number },
  path: string | undefined,
): Promise<boolean> {
  return path === undefined ? takes(at) : responds(at, path);
}

const PATIENCE = 2000;

async function responds(
  { host, port }: { readonly host: string; readonly port: number },
  path: string,
): Promise<boolean> {
  const { get } = await import('node:http');
  return new Promise((resolve) => {
    const asked = get(
      { host, port, path, agent: false, timeout: PATIENCE, headers: { host: 'localhost' } },
      (response) => {
        response.resume();
        resolve((response.statusCode ?? 500) < 500);
      },
    );
    asked.on('error', () => resolve(false));
    asked.on('timeout', () => asked.destroy());
  });
}

/** What stands before a container takes a connection for it, and drops it at once where nobody listens inside. */
async function takes(at: { readonly host: string; readonly port: number }): Promise<boolean> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(at);
    const settle = (so: boolean) => {
      socket.destroy();
      resolve(so);
    };
    socket.on('connect', () => setTimeout(() => settle(true), 100));
    for (const event of ['error', 'close', 'end']) socket.on(event, () => settle(false));
    socket.setTimeout(PATIENCE, () => settle(false));
  });
}
