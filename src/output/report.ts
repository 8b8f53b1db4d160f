import { posix } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import { shellWord } from '../plan/quote.ts';
import { volumesOf } from '../plan/volumes.ts';
import { printable, printableLines } from '../printable.ts';
import type { Project } from '../project/project.ts';
import type { Request } from '../request/request.ts';
import { saidIn, typedIn } from '../request/said.ts';
import { dockerfilePath } from './dockerfile.ts';
import { madeOf, type Stale } from './made.ts';
import { paints, type Terminal } from './terminal.ts';
import type { Compared, Written } from './write.ts';

/** Two folders as they are typed in the current one. */
export interface Seen {
  /** The build context. */
  readonly context: string;
  /** Where the service is, and its Dockerfile. */
  readonly service: string;
}

/** Everything that is said while it works, on standard error. */
export interface Report {
  fact(name: string, value: string, from: string): void;
  plan(plan: Plan): void;
  differences(files: readonly Compared[]): Promise<void>;
  /** What is not as it would be made now, a sentence for each reason. */
  stale(files: readonly Compared[], version: string): void;
  written(files: readonly Written[]): void;
  next(plan: Plan, project: Project, seen: Seen, answers: ReadonlyMap<string, string>): void;
  say(text: string): void;
  /** A file that is left alone, and what would stand in it. */
  left(path: string, text: string): void;
}

const CHANGED = {
  create: 'created',
  same: 'unchanged',
  update: 'updated',
  merge: 'merged',
  extend: 'extended',
  replace: 'replaced',
} as const;

/** How a change is called once it was made. */
export function done(change: Written['change']): string {
  return CHANGED[change];
}

/** Says nothing. */
export const MUTE: Report = {
  say: () => undefined,
  left: () => undefined,
  fact: () => undefined,
  plan: () => undefined,
  differences: async () => undefined,
  stale: () => undefined,
  written: () => undefined,
  next: () => undefined,
};

export function reportOf(request: Request, terminal: Terminal): Report {
  const paint = paints(terminal.color.err);
  const say = (text: string) => terminal.err(`${text}\n`);
  const tell = (text: string) => {
    if (!request.quiet) say(text);
  };
  if (request.recovered.length > 0) {
    const flags = printable(request.recovered.join(' '));
    say(
      paint.yellow(`npm kept ${flags} for itself. Next time put -- first: npm create dockerfile -- ${flags}`),
    );
  }
  return {
    say: (text) => tell(printable(text)),
    left(path, text) {
      tell(`\n${printable(path)} is left as it is. What would stand in it:\n\n${printableLines(text)}`);
    },
    fact(name, value, from) {
      tell(`${paint.dim(name.padEnd(16))} ${paint.bold(printable(value))}  ${paint.dim(printable(from))}`);
    },
    plan(plan) {
      if (request.explain) {
        tell('');
        for (const { what, why, instead } of plan.choices) {
          tell(`${paint.bold(printable(what))}: ${printable(why)}`);
          if (instead !== undefined) tell(paint.dim(`  instead: ${printable(instead)}`));
        }
      }
      for (const { level, text, fix } of plan.notes) {
        const line = `${printable(text)}${fix === undefined ? '' : ` ${printable(fix)}`}`;
        if (level === 'warning') say(`${paint.yellow('warning')} ${line}`);
        else tell(line);
      }
    },
    async differences(files) {
      for (const file of files) terminal.err(await difference(file, terminal.color.err));
    },
    stale(files, version) {
      for (const file of files)
        for (const why of file.stale ?? [])
          say(`${paint.yellow(printable(file.path))} ${printable(staleness(why, file, version))}`);
    },
    written(files) {
      tell('');
      for (const { path, change, kept } of files) {
        const beside = kept === undefined ? '' : paint.dim(`  the former one is ${printable(kept)}`);
        tell(`${paint.green(done(change).padEnd(10))} ${printable(path)}${beside}`);
      }
    },
    next(plan, project, seen, answers) {
      tell(`\n${paint.bold('Next')}`);
      const typed = request.platforms !== undefined || answers.has('platform');
      // what was not said is for wherever it is built: the machine's own platform, if it is one of them
      const own = plan.platforms.includes(terminal.machine) ? [] : plan.platforms.slice(0, 1);
      const platforms = typed ? plan.platforms : own;
      for (const line of commands(plan, project, seen, platforms)) tell(`  ${printable(line)}`);
      if (answers.size > 0) tell(`\n${paint.bold('Next time')}\n  ${printable(nextTime(request, answers))}`);
    },
  };
}

function staleness(why: Stale, { before = '', text, conflicts = 0 }: Compared, version: string): string {
  const [was, now] = [madeOf(before), madeOf(text)];
  const odd =
    conflicts === 0
      ? ''
      : `, in ${conflicts === 1 ? 'one place' : `${conflicts} places`} where something else would be written now`;
  switch (why) {
    case 'edited':
      return `was edited by hand${odd}.`;
    case 'tool':
      return `is older than the tool: create-dockerfile ${was?.version} made it, and this is ${version}.`;
    case 'project':
      return 'is older than the project: what it was made from has changed since.';
    case 'answers':
      return `was made with other answers: ${was?.words || 'none'}, and now ${now?.words || 'none'}.`;
  }
}

/** The line that says now what was answered then. */
function nextTime(request: Request, answers: ReadonlyMap<string, string>): string {
  const { directory, app } = request;
  const member = app === undefined ? [] : [`--app ${shellWord(app)}`];
  const folder = directory === '.' ? [] : [shellWord(directory)];
  return ['npx create-dockerfile', ...folder, ...member, typedIn(saidIn(request, answers))].join(' ');
}

/** A file against what stands there, as a unified diff. */
export async function difference(file: Compared, color: boolean): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const lf = (text: string) => text.replace(/\r\n/g, '\n');
  const path = printable(file.path);
  const old = file.before === undefined ? '/dev/null' : `a/${path}`;
  const patch = createTwoFilesPatch(old, `b/${path}`, lf(file.before ?? ''), lf(file.text), '', '', {
    context: 3,
  });
  const paint = paints(color);
  const lines = patch.split('\n').flatMap((line) => (/^=+$/.test(line) ? [] : [printable(line.trimEnd())]));
  const painted = lines.map((line) => {
    if (/^(---|\+\+\+)/.test(line)) return paint.bold(line);
    if (line.startsWith('@@')) return paint.cyan(line);
    return line.startsWith('+') ? paint.green(line) : line.startsWith('-') ? paint.red(line) : line;
  });
  return painted.join('\n');
}

/** What builds the image, and what runs it as it is meant to run: read-only, without capabilities. */
function commands(plan: Plan, project: Project, seen: Seen, platform: readonly string[]): readonly string[] {
  const name =
    project.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'app';
  const platforms = platform.length === 0 ? [] : [`--platform ${platform.join(',')}`];
  const secrets = plan.secrets.map(({ id, from, source }) =>
    from === 'ssh'
      ? `--ssh ${id}`
      : from === 'env'
        ? `--secret id=${id},env=${source}`
        : `--secret id=${id},src=${source.replace(/^~\//, '$HOME/')}`,
  );
  const proxies = (plan.standard?.proxies ?? []).map(
    ({ name, value }) => `--build-arg ${shellWord(`${name}=${value}`)}`,
  );
  const env =
    plan.envFile === undefined
      ? []
      : [
          `--env-file ${shellWord(posix.join(seen.service, plan.envFile))}`,
          ...(plan.envAfter ?? []).map((one) => `--env ${shellWord(one)}`),
        ];
  const own = dockerfilePath(project);
  const from = posix.relative(project.app, own);
  const file = own === 'Dockerfile' ? [] : [`--file ${shellWord(posix.join(seen.service, from))}`];
  const publish = [...(plan.port === undefined ? [] : [String(plan.port)]), ...(plan.also ?? [])].map(
    (port) => `--publish ${Number.parseInt(port, 10)}:${port}`,
  );
  const volumes = volumesOf(name, plan.volumes ?? []).map((one) => `--volume ${one.name}:${one.path}`);
  return [
    ['docker build --tag', name, ...platforms, ...proxies, ...secrets, ...file, shellWord(seen.context)].join(
      ' ',
    ),
    ['docker run --rm --read-only --tmpfs /tmp --cap-drop ALL', ...publish, ...volumes, ...env, name].join(
      ' ',
    ),
  ];
}
