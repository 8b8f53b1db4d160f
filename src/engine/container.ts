import type { Platform } from '../plan/targets.ts';
import type { Engine } from './engine.ts';
import { parseSockets, type Socket } from './sockets.ts';
import type { Run, Trial } from './trial.ts';

/** How an image is meant to run: nothing of it is written to, and it has no rights. */
export const HARDENED = [
  '--read-only',
  ...['--tmpfs', '/tmp'],
  ...['--cap-drop', 'ALL'],
  ...['--security-opt', 'no-new-privileges'],
] as const;

/** What is built, from where. */
export interface Build {
  readonly dockerfile: string;
  readonly context: string;
  readonly tag: string;
  readonly platform: Platform | undefined;
  /** As `docker build` takes them: `id=token,env=TOKEN`. */
  readonly secrets: readonly string[];
  /** Each line of its log. */
  readonly line: (text: string) => void;
}

export async function build(engine: Engine, to: Build): Promise<Trial['build']> {
  const begin = Date.now();
  const { ok, out, err } = await engine.call(
    [
      'build',
      // only BuildKit's log has numbers of steps
      ...(engine.program === 'podman'
        ? ['--ignorefile', `${to.dockerfile}.dockerignore`]
        : ['--progress', 'plain']),
      ...['--tag', to.tag, '--file', to.dockerfile],
      ...(to.platform === undefined ? [] : ['--platform', to.platform]),
      ...to.secrets.flatMap((secret) => ['--secret', secret]),
      to.context,
    ],
    { line: to.line, env: { BUILDKIT_PROGRESS: 'plain' } },
  );
  return { ok, log: `${out}\n${err}`, seconds: (Date.now() - begin) / 1000 };
}

/** What an image says of itself. */
export async function inspect(engine: Engine, tag: string): Promise<Trial['image']> {
  const { ok, out } = await engine.call(['image', 'inspect', tag]);
  if (!ok) return undefined;
  const [image] = JSON.parse(out) as readonly {
    readonly Size: number;
    readonly Config: {
      readonly User?: string;
      readonly WorkingDir?: string;
      readonly Healthcheck?: { readonly Test?: readonly string[] };
      readonly ExposedPorts?: Readonly<Record<string, unknown>>;
    };
  }[];
  if (image === undefined) return undefined;
  const { User = '', WorkingDir = '/', Healthcheck, ExposedPorts = {} } = image.Config;
  return {
    size: image.Size,
    user: User,
    checked: (Healthcheck?.Test ?? ['NONE'])[0] !== 'NONE',
    folder: WorkingDir === '' ? '/' : WorkingDir,
    ports: Object.keys(ExposedPorts).flatMap((port) =>
      /^\d+(\/tcp)?$/.test(port) ? [Number.parseInt(port, 10)] : [],
    ),
  };
}

/** How a container is started and looked at. */
export interface Start {
  readonly image: string;
  readonly name: string;
  readonly port: number | undefined;
  readonly platform: Platform | undefined;
  readonly volumes: readonly string[];
  /** As `docker run` takes them: `--env`, `--env-file`. */
  readonly environment: readonly string[];
  readonly checked: boolean;
  /** An image with `cat`, which reads the sockets of one that has no programs. */
  readonly helper: string | undefined;
  /** Seconds until it has to be ready. */
  readonly wait: number;
  /** Arguments behind the image's name. */
  readonly args?: readonly string[];
  /** What else is looked at, while it runs: the container is ended behind it. */
  readonly probe?: (name: string) => Promise<void>;
}

/** Runs it, waits until it is ready, ended, or out of time, looks, and ends it. */
export async function tryOut(engine: Engine, to: Start): Promise<Run> {
  const begin = Date.now();
  const started = await engine.call([
    ...['run', '--detach', '--name', to.name, ...HARDENED],
    ...(to.platform === undefined ? [] : ['--platform', to.platform]),
    ...(to.port === undefined ? [] : ['--publish', `127.0.0.1::${to.port}`]),
    // volumes without a name are removed with the container
    ...to.volumes.flatMap((path) => ['--volume', path]),
    ...to.environment,
    to.image,
    ...(to.args ?? []),
  ]);
  if (!started.ok) return { ...NOTHING, log: started.err, exitCode: 125 };
  const ready = await untilReady(engine, to, begin);
  const seen = await stateOf(engine, to.name);
  if (seen.running) await to.probe?.(to.name);
  const sockets = seen.running ? await socketsOf(engine, to) : [];
  const memory = seen.running ? await memoryOf(engine, to.name) : undefined;
  const stop = seen.running ? await stopped(engine, to.name) : undefined;
  const logs = await engine.call(['logs', to.name]);
  return { ...seen, sockets, memory, stop, ready, log: `${logs.out}\n${logs.err}` };
}

const NOTHING: Run = {
  log: '',
  running: false,
  exitCode: undefined,
  outOfMemory: false,
  sockets: [],
  health: 'none',
  checkLog: '',
  ready: undefined,
  memory: undefined,
  stop: undefined,
};

type State = Pick<Run, 'running' | 'exitCode' | 'outOfMemory' | 'health' | 'checkLog'>;

async function stateOf(engine: Engine, name: string): Promise<State> {
  const { ok, out } = await engine.call(['inspect', '--format', '{{json .State}}', name]);
  if (!ok) return NOTHING;
  const state = JSON.parse(out) as {
    readonly Running: boolean;
    readonly ExitCode: number;
    readonly OOMKilled?: boolean;
    readonly Health?: {
      readonly Status: Run['health'];
      readonly Log?: readonly { readonly Output: string }[];
    };
  };
  return {
    running: state.Running,
    exitCode: state.Running ? undefined : state.ExitCode,
    outOfMemory: state.OOMKilled === true,
    health: state.Health?.Status ?? 'none',
    checkLog: state.Health?.Log?.at(-1)?.Output ?? '',
  };
}

/** Seconds until it was healthy, or listened; undefined: it ended, or time was up. What has no port is given a moment. */
async function untilReady(engine: Engine, to: Start, begin: number): Promise<number | undefined> {
  const seconds = () => (Date.now() - begin) / 1000;
  const settled = to.port === undefined ? 3 : to.wait;
  while (seconds() < settled && !engine.ended.aborted) {
    const state = await stateOf(engine, to.name);
    if (!state.running) return undefined;
    if (to.checked && state.health === 'healthy') return seconds();
    if (to.checked && state.health === 'unhealthy') return undefined;
    if (!to.checked && to.port !== undefined) {
      const sockets = await socketsOf(engine, to);
      if (sockets.some(({ port, local }) => port === to.port && !local)) return seconds();
    }
    // a server that listens elsewhere does not come back: time enough was given to it
    if (seconds() > 8 && to.port !== undefined && (await isElsewhere(engine, to))) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return to.port === undefined ? seconds() : undefined;
}

async function isElsewhere(engine: Engine, to: Start): Promise<boolean> {
  const sockets = await socketsOf(engine, to);
  return sockets.length > 0 && !sockets.some(({ port, local }) => port === to.port && !local);
}

/** The sockets of its network: read in it where there is a `cat`, else by a helper beside it in the same network. */
async function socketsOf(
  engine: Engine,
  { name, helper, platform }: Pick<Start, 'name' | 'helper' | 'platform'>,
): Promise<readonly Socket[]> {
  const files = ['/proc/net/tcp', '/proc/net/tcp6'];
  const inside = await engine.call(['exec', name, 'cat', ...files]);
  if (/\bst\b/.test(inside.out)) return parseSockets(inside.out);
  if (helper === undefined) return [];
  const beside = await engine.call([
    ...['run', '--rm', '--network', `container:${name}`, '--entrypoint', 'cat'],
    ...(platform === undefined ? [] : ['--platform', platform]),
    ...[helper, ...files],
  ]);
  return parseSockets(beside.out);
}

async function memoryOf(engine: Engine, name: string): Promise<string | undefined> {
  const { ok, out } = await engine.call(['stats', '--no-stream', '--format', '{{.MemUsage}}', name]);
  return ok ? out.split('/')[0]?.trim() : undefined;
}

/** Ends it with SIGTERM. Killed: it did not end by itself, and the engine did it after its ten seconds. */
async function stopped(engine: Engine, name: string): Promise<NonNullable<Run['stop']>> {
  const begin = Date.now();
  await engine.call(['stop', name]);
  const waited = (Date.now() - begin) / 1000;
  const { exitCode } = await stateOf(engine, name);
  const seconds = (await endingOf(engine, name, begin / 1000 - 1)) ?? waited;
  return { seconds, killed: exitCode === 137 && seconds > 9 };
}

/** Seconds from the signal to the end, by the engine's own clock: a busy engine delays the command. */
async function endingOf(engine: Engine, name: string, since: number): Promise<number | undefined> {
  const { out } = await engine.call([
    ...['events', '--since', String(since), '--until', String(Date.now() / 1000)],
    ...['--filter', `container=${name}`, '--format', '{{.Action}} {{.TimeNano}}'],
  ]);
  const at = (action: string) => new RegExp(`^${action} (\\d+)$`, 'm').exec(out)?.[1];
  const [kill, die] = [at('kill'), at('die')];
  return kill === undefined || die === undefined ? undefined : Number(BigInt(die) - BigInt(kill)) / 1e9;
}

/** Removes what a trial made, also when it was ended in the middle. */
export async function remove(
  engine: Engine,
  { name, image }: { name: string; image: string },
): Promise<void> {
  await engine.call(['rm', '--force', '--volumes', name], { always: true });
  await engine.call(['image', 'rm', '--force', image], { always: true });
}
