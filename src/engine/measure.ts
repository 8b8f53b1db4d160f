import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Asked, addressOf, answers } from './answer.ts';
import { build, inspect, remove, type Start, socketsOf, stateOf, tryOut } from './container.ts';
import type { Engine } from './engine.ts';
import { compressedSize, lookInside } from './inside.ts';
import { held, judge } from './judge.ts';
import type { Run, Trial } from './trial.ts';
import type { Subject, Told } from './verify.ts';

/** One Dockerfile among those that are compared. */
export interface Variant {
  /** `naive`, `existing`, or its target. */
  readonly name: string;
  readonly kind: 'naive' | 'existing' | 'target';
  /** What is built; or why nothing is. */
  readonly subject: Subject | { readonly because: string };
}

/** What was measured of one; undefined: it could not be. Sizes in bytes, times in seconds. */
export interface Measures {
  readonly unpacked: number | undefined;
  readonly compressed: number | undefined;
  readonly layers: number | undefined;
  readonly packages: number | undefined;
  readonly shell: boolean | undefined;
  readonly user: string | undefined;
  readonly first: number | undefined;
  readonly rebuild: number | undefined;
  readonly answer: number | undefined;
  readonly memory: number | undefined;
}

export interface Measured extends Pick<Variant, 'name' | 'kind'> {
  /** Why it was not built, does not build, or does not run. */
  readonly failed: string | undefined;
  /** Medians, where there were several runs. */
  readonly measures: Measures;
  /** What each run took. */
  readonly runs: readonly Timed[];
}

type Timed = Pick<Measures, 'first' | 'rebuild' | 'answer' | 'memory'>;

export interface Measuring {
  readonly engine: Engine;
  readonly asked: Asked | undefined;
  /** The copy of the build context in which a line is changed. */
  readonly context: string;
  readonly edit: string | undefined;
  readonly runs: number;
  readonly told: Told;
}

const NOTHING: Measures = {
  unpacked: undefined,
  compressed: undefined,
  layers: undefined,
  packages: undefined,
  shell: undefined,
  user: undefined,
  first: undefined,
  rebuild: undefined,
  answer: undefined,
  memory: undefined,
};

/** Builds, runs and rebuilds one Dockerfile as often as was asked for. All that was made is removed. */
export async function measure(to: Measuring, variant: Variant, tag: string): Promise<Measured> {
  const { name, kind, subject } = variant;
  const known = { name, kind, runs: [] };
  if ('because' in subject) return { ...known, failed: subject.because, measures: NOTHING };
  const runs: Timed[] = [];
  let still: Measures = NOTHING;
  let failed: string | undefined;
  try {
    for (let count = 0; count < to.runs && failed === undefined && !to.engine.ended.aborted; count++) {
      const done = await once(to, variant, subject, tag, count);
      if (count === 0) still = { ...still, ...done.still };
      runs.push(done.timed);
      failed = done.failed;
    }
  } finally {
    await remove(to.engine, { name: tag, image: tag });
  }
  return { name, kind, failed, runs, measures: { ...still, ...medians(runs) } };
}

interface Once {
  readonly timed: Timed;
  readonly still: Partial<Measures>;
  readonly failed: string | undefined;
}

async function once(
  to: Measuring,
  { name, kind }: Variant,
  subject: Subject,
  tag: string,
  count: number,
): Promise<Once> {
  const { engine, told } = to;
  const nothing: Timed = { first: undefined, rebuild: undefined, answer: undefined, memory: undefined };
  // what earlier builds keep is not seen, and what this one keeps is its own
  const dockerfile = `${subject.dockerfile}.${count}`;
  const text = await readFile(subject.dockerfile, 'utf8');
  await writeFile(dockerfile, withOwnCaches(text, `${tag}-${count}`));
  const ignore = await readFile(`${subject.dockerfile}.dockerignore`, 'utf8').catch(() => undefined);
  if (ignore !== undefined) await writeFile(`${dockerfile}.dockerignore`, ignore);
  const of = { ...subject, dockerfile, context: to.context, tag, line: told.line };
  told.step(`${name}: building`);
  const built = await build(engine, { ...of, fresh: true });
  const image = built.ok ? await inspect(engine, tag) : undefined;
  if (image === undefined) return { timed: nothing, still: {}, failed: causeOf({ build: built }, subject) };
  told.step(`${name}: running`);
  const run = await started(to, subject, kind, tag, image);
  const cause = causeOf({ build: built, image, run }, subject, run.ready !== undefined);
  // a naive one is root, and that is told in its column
  const failed = run.running && (to.asked === undefined || run.ready !== undefined) ? undefined : cause;
  told.step(`${name}: looking inside`);
  const still: Partial<Measures> =
    count > 0
      ? {}
      : {
          ...(await lookInside(engine, tag)),
          compressed: await compressedSize(engine, tag),
          layers: image.layers,
          user: image.user === '' ? 'root' : image.user,
        };
  told.step(`${name}: building again`);
  const rebuild = await rebuilt(to, of);
  const timed = { first: built.seconds, rebuild, answer: run.ready, memory: bytesOf(run.memory) };
  return { timed, still, failed };
}

/** Runs it until it answers, and a moment longer: what it takes while it starts is not what it rests at. */
async function started(
  to: Measuring,
  subject: Subject,
  kind: Variant['kind'],
  tag: string,
  image: NonNullable<Trial['image']>,
): Promise<Run> {
  const { engine, asked } = to;
  await engine.call(['rm', '--force', '--volumes', tag]);
  const start: Start = {
    name: tag,
    image: tag,
    port: asked?.port,
    platform: subject.platform,
    volumes: subject.promised(image).volumes,
    environment: subject.environment,
    checked: image.checked,
    helper: subject.helper,
    wait: subject.wait,
    plain: kind !== 'target',
  };
  return tryOut(engine, {
    ...start,
    ...(asked === undefined ? {} : { ready: () => untilAnswered(engine, start, asked) }),
    probe: () => new Promise((resolve) => setTimeout(resolve, 2000)),
  });
}

/** Seconds from the start of the container to its first healthy answer. */
async function untilAnswered(engine: Engine, start: Start, asked: Asked): Promise<number | undefined> {
  const begin = await startOf(engine, start.name);
  const seconds = () => (Date.now() - begin) / 1000;
  let looked = Date.now();
  let at = await addressOf(engine, start.name, asked.port);
  while (seconds() < start.wait && !engine.ended.aborted) {
    at ??= await addressOf(engine, start.name, asked.port);
    if (at !== undefined && (await answers(at, asked.path))) return seconds();
    if (Date.now() - looked > 1000) {
      looked = Date.now();
      if (!(await stateOf(engine, start.name)).running) return undefined;
      // the engine is on another machine: that it listens has to be enough
      const open = await socketsOf(engine, start);
      if (seconds() > 10 && open.some(({ port, local }) => port === asked.port && !local)) return seconds();
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return undefined;
}

/** When the engine started it, by its own clock; where that is another machine's, from now on. */
async function startOf(engine: Engine, name: string): Promise<number> {
  const { ok, out } = await engine.call(['inspect', '--format', '{{.State.StartedAt}}', name]);
  const at = Date.parse(out.trim());
  const now = Date.now();
  return ok && at <= now && now - at < 10_000 ? at : now;
}

/** Seconds of a build after one line of a source changed. The line is taken back. */
async function rebuilt(to: Measuring, of: Parameters<typeof build>[1]): Promise<number | undefined> {
  if (to.edit === undefined) return undefined;
  const path = join(to.context, to.edit);
  const before = await readFile(path);
  try {
    await writeFile(path, Buffer.concat([before, Buffer.from('\n')]));
    const { ok, seconds } = await build(to.engine, of);
    return ok ? seconds : undefined;
  } finally {
    await writeFile(path, before);
  }
}

/** What a builder keeps between builds, under a name that no build before had. */
export function withOwnCaches(text: string, id: string): string {
  return text.replace(/--mount=(type=cache\S*)/g, (_, mount: string) => {
    const target = /(?:target|dst|destination)=([^,\s]+)/.exec(mount)?.[1] ?? '';
    const own = /,id=([^,\s]+)/.exec(mount)?.[1];
    return `--mount=${mount.replace(/,id=[^,\s]+/, '')},id=${id}-${(own ?? target).replace(/\W+/g, '-')}`;
  });
}

function causeOf(trial: Trial, subject: Subject, answered = false): string {
  const promised = subject.promised(trial.image);
  const findings = judge(trial, promised).filter(({ id }) => id !== 'root');
  const [first] = findings;
  return first === undefined || held(findings) ? `It ${answered ? 'ends' : 'does not answer'}.` : first.text;
}

/** `11.79MiB`, as engines print it; those that count by thousands say MB. */
export function bytesOf(text: string | undefined): number | undefined {
  const [, number = '', unit = ''] = /^([\d.]+)\s*([kKMGT]?i?B)$/.exec(text ?? '') ?? [];
  const power = { B: 0, K: 1, M: 2, G: 3, T: 4 }[unit[0]?.toUpperCase() ?? ''];
  if (number === '' || power === undefined) return undefined;
  return Number(number) * (unit.includes('i') ? 1024 : 1000) ** power;
}

function medians(runs: readonly Timed[]): Timed {
  const of = (key: keyof Timed) => median(runs.flatMap((run) => run[key] ?? []));
  return { first: of('first'), rebuild: of('rebuild'), answer: of('answer'), memory: of('memory') };
}

export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
