import { access } from 'node:fs/promises';
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

/** Where the words of engines differ from Docker's. */
const WORDS: {
  readonly [program: string]: {
    readonly build: (ignore: string | undefined) => readonly string[];
    readonly run: readonly string[];
  };
} = {
  docker: { build: () => ['--progress', 'plain'], run: [] },
  nerdctl: { build: () => ['--progress', 'plain'], run: [] },
  podman: {
    // the format of OCI has no health check, and an ignore file is looked for in the context alone:
    // https://docs.podman.io/en/stable/markdown/podman-build.1.html
    build: (ignore) => ['--format', 'docker', ...(ignore === undefined ? [] : ['--ignorefile', ignore])],
    // it mounts folders to write to into what is read-only, which no other engine does
    run: ['--read-only-tmpfs=false'],
  },
};

function wordsOf({ program }: Engine) {
  const words = WORDS[program] ?? WORDS.docker;
  if (words === undefined) throw new Error(`no words for ${program}`);
  return words;
}

/** What is built, from where. */
export interface Build {
  readonly dockerfile: string;
  readonly context: string;
  readonly tag: string;
  readonly platform: Platform | undefined;
  /** As `docker build --secret` takes them: `id=token,env=TOKEN`; `ssh:default` for the keys of an agent. */
  readonly secrets: readonly string[];
  /** Nothing is taken from builds before. */
  readonly fresh?: boolean;
  /** Each line of its log. */
  readonly line: (text: string) => void;
}

export async function build(engine: Engine, to: Build): Promise<Trial['build']> {
  const beside = `${to.dockerfile}.dockerignore`;
  const ignore = await access(beside).then(
    () => beside,
    () => undefined,
  );
  const begin = Date.now();
  const { ok, out, err } = await engine.call(
    [
      'build',
      ...wordsOf(engine).build(ignore),
      ...['--tag', to.tag, '--file', to.dockerfile],
      ...(to.platform === undefined ? [] : ['--platform', to.platform]),
      ...(to.fresh ? ['--no-cache'] : []),
      ...to.secrets.flatMap((secret) =>
        secret.startsWith('ssh:') ? ['--ssh', secret.slice(4)] : ['--secret', secret],
      ),
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
    readonly RootFS?: { readonly Layers?: readonly string[] };
    /** Where Podman has it. */
    readonly HealthCheck?: { readonly Test?: readonly string[] };
    readonly Config: {
      readonly User?: string;
      readonly WorkingDir?: string;
      readonly Healthcheck?: { readonly Test?: readonly string[] };
      readonly ExposedPorts?: Readonly<Record<string, unknown>>;
    };
  }[];
  if (image === undefined) return undefined;
  const { User = '', WorkingDir = '/', ExposedPorts = {} } = image.Config;
  const check = image.Config.Healthcheck ?? image.HealthCheck;
  return {
    size: image.Size,
    layers: image.RootFS?.Layers?.length ?? 0,
    user: User,
    checked: (check?.Test ?? ['NONE'])[0] !== 'NONE',
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
  /** As somebody runs it who read of no hardening. */
  readonly plain?: boolean;
  /** Says when it is ready, in place of its own check. */
  readonly ready?: (name: string) => Promise<number | undefined>;
  /** A container whose space of processes it joins: there it is seen. */
  readonly processes?: string;
  /** What else is looked at, while it runs: the container is ended behind it. */
  readonly probe?: (name: string) => Promise<void>;
}

/** Runs it, waits until it is ready, ended, or out of time, looks, and ends it. */
export async function tryOut(engine: Engine, to: Start): Promise<Run> {
  const begin = Date.now();
  const started = await engine.call([
    ...['run', '--detach', '--name', to.name],
    ...(to.plain ? [] : [...HARDENED, ...wordsOf(engine).run]),
    ...(to.platform === undefined ? [] : ['--platform', to.platform]),
    ...(to.processes === undefined ? [] : ['--pid', `container:${to.processes}`]),
    ...(to.port === undefined ? [] : ['--publish', `127.0.0.1::${to.port}`]),
    // volumes without a name are removed with the container
    ...to.volumes.flatMap((path) => ['--volume', path]),
    ...to.environment,
    to.image,
    ...(to.args ?? []),
  ]);
  if (!started.ok) return { ...NOTHING, log: started.err, exitCode: 125 };
  const ready = await (to.ready?.(to.name) ?? untilReady(engine, to, begin));
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

interface Health {
  readonly Status: Run['health'] | '';
  readonly Log?: readonly { readonly Output: string }[] | null;
}

export async function stateOf(engine: Engine, name: string): Promise<State> {
  const { ok, out } = await engine.call(['inspect', '--format', '{{json .State}}', name]);
  if (!ok) return NOTHING;
  const state = JSON.parse(out) as {
    readonly Running: boolean;
    readonly ExitCode: number;
    readonly OOMKilled?: boolean;
    readonly Health?: Health;
    /** As Podman called it before 4.3. */
    readonly Healthcheck?: Health;
  };
  const checked = state.Health ?? state.Healthcheck;
  const health = checked?.Status;
  return {
    running: state.Running,
    exitCode: state.Running ? undefined : state.ExitCode,
    outOfMemory: state.OOMKilled === true,
    // Podman says an empty text where there is no check
    health: health === undefined || health === '' ? 'none' : health,
    checkLog: checked?.Log?.at(-1)?.Output ?? '',
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
    // an engine that runs no checks says nothing of health
    const unchecked = !to.checked || (state.health === 'none' && seconds() > 5);
    if (unchecked && to.port !== undefined) {
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
export async function socketsOf(
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
