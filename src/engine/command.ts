import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { UserError } from '../errors.ts';
import type { Prompts } from '../facts/prompts.ts';
import { flagOf } from '../kit/flags.ts';
import { type Prepared, prepare } from '../main.ts';
import { dockerfilePath } from '../output/render.ts';
import { reportOf } from '../output/report.ts';
import type { Terminal } from '../output/terminal.ts';
import { shellWord } from '../plan/quote.ts';
import type { CommandRules, Typed } from '../request/commands.ts';
import type { Request } from '../request/request.ts';
import { type Engine, findEngine, provideImages } from './engine.ts';
import { held } from './judge.ts';
import { say, shown } from './shown.ts';
import type { Correction, Promised, Trial } from './trial.ts';
import { correctionsOf, ROUNDS, type Round, type Subject, tried } from './verify.ts';

const HOW = 'How it is tried:';

/** `create-dockerfile verify`: what was found is held against what happens. */
export const verify: CommandRules = {
  flags: {
    fix: { group: HOW, describe: 'settle what was seen, and try again: at most five rounds' },
    existing: { group: HOW, describe: 'try the Dockerfile that is there, as it is' },
    env: {
      group: HOW,
      placeholder: '"NAME=value"',
      describe: 'variables that the container is given, by commas',
    },
    'env-file': {
      group: HOW,
      placeholder: 'file',
      describe: 'file of variables that the container is given',
    },
    wait: { group: HOW, placeholder: 'seconds', describe: 'how long it may take until it answers (60)' },
  },
  takes: (name) => !['dry-run', 'stdout', 'check', 'force', 'starter', 'explain', 'version'].includes(name),
  run: (request, own, terminal) => verified(request, own, terminal),
};

async function verified(request: Request, own: Typed, terminal: Terminal): Promise<number> {
  const ended = new AbortController();
  const engine = await findEngine(ended.signal);
  const forget = terminal.interrupted(() => ended.abort());
  const folder = await mkdtemp(join(tmpdir(), 'create-dockerfile-'));
  try {
    const rounds =
      own.existing === true
        ? [await existing(engine, request, own, terminal)]
        : await all(engine, request, own, terminal, folder);
    if (ended.signal.aborted) return 130;
    const last = rounds.at(-1);
    if (request.json) terminal.out(`${JSON.stringify(documentOf(rounds), undefined, 2)}\n`);
    return last !== undefined && held(last.round.findings) ? 0 : 1;
  } finally {
    forget();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A round, and the corrections that it was begun with. */
interface Done {
  readonly round: Round;
  readonly corrections: readonly Correction[];
}

/** Round after round, until all holds, nothing is left to correct, or there were five. */
async function all(
  engine: Engine,
  request: Request,
  own: Typed,
  terminal: Terminal,
  folder: string,
): Promise<readonly Done[]> {
  const rounds: Done[] = [];
  const learnt: Correction[] = [];
  let corrections: readonly Correction[] = [];
  const ask = await answering(request, own, terminal);
  for (let count = 0; count < ROUNDS; count++) {
    const corrected = withCorrections(request, learnt);
    const quiet = count > 0 || request.json;
    const report = reportOf({ ...corrected, quiet: corrected.quiet || quiet }, terminal);
    const prepared = await prepare(corrected, terminal, report, count === 0 ? ask : undefined);
    if (count === 0) refuseStarter(prepared);
    const subject = await subjectOf(prepared, corrected, own, terminal, folder);
    const tag = tagOf(prepared.project.name, count);
    const round = await tried(engine, subject, tag, say(terminal, request));
    rounds.push({ round, corrections });
    if (engine.ended.aborted) return rounds;
    shown(terminal, request, round);
    corrections = correctionsOf(round.findings, learnt);
    if (corrections.length === 0) break;
    const going = own.fix === true || (ask !== undefined && (await ask.correct(corrections.map(typed))));
    if (!going) {
      tell(terminal, request, `To settle it: ${corrections.map(typed).join(' ')}, or verify --fix`);
      break;
    }
    learnt.push(...corrections);
    tell(
      terminal,
      request,
      `\nAgain with ${corrections.map((one) => `${typed(one)} (${one.from})`).join(', ')}`,
    );
  }
  if (learnt.length > 0) tell(terminal, request, `\nNext time: create-dockerfile ${lineOf(request, learnt)}`);
  return rounds;
}

async function answering(request: Request, own: Typed, terminal: Terminal): Promise<Prompts | undefined> {
  if (request.yes || request.json || own.fix === true || !terminal.interactive) return undefined;
  const { promptsOf } = await import('../facts/prompts.ts');
  return promptsOf(terminal);
}

function refuseStarter({ starter }: Prepared): void {
  if (starter.length > 0)
    throw new UserError({
      kind: 'refused',
      message: 'There is no service here yet.',
      fix: 'Write one first: create-dockerfile --starter',
    });
}

/** The request as if the corrections had been typed. */
function withCorrections(request: Request, learnt: readonly Correction[]): Request {
  const given = Object.fromEntries(
    learnt.filter(({ key }) => key !== 'volume').map(({ key, value }) => [key, value]),
  );
  const volumes = learnt.filter(({ key }) => key === 'volume').map(({ value }) => value);
  return {
    ...request,
    given: { ...request.given, ...given },
    volumes: [...(request.volumes ?? []), ...volumes],
  };
}

/** A correction as it is typed. */
function typed({ key, value }: Correction): string {
  return `${flagOf(key)} ${shellWord(value)}`;
}

/** All that is to be typed for the same Dockerfile: a setting that was corrected twice, as it was at last. */
function lineOf(request: Request, learnt: readonly Correction[]): string {
  const last = new Map<string, string>();
  for (const [key, value] of Object.entries(request.given)) last.set(key, value);
  for (const { key, value } of learnt) {
    const held = last.get(key);
    last.set(key, key === 'volume' && held !== undefined ? `${held},${value}` : value);
  }
  const words = [...last].map(([key, value]) => typed({ key, value, from: '' }));
  const target = request.target === undefined ? [] : [`--target ${request.target}`];
  return [...(request.directory === '.' ? [] : [shellWord(request.directory)]), ...target, ...words].join(
    ' ',
  );
}

/** The generated Dockerfile, in a folder of its own: the project is not touched. */
async function subjectOf(
  prepared: Prepared,
  request: Request,
  own: Typed,
  terminal: Terminal,
  folder: string,
): Promise<Subject> {
  const { plan, project, files, root, printed } = prepared;
  const dockerfile = join(folder, 'Dockerfile');
  for (const file of files)
    await writeFile(
      file.path === dockerfilePath(project) ? dockerfile : `${dockerfile}.dockerignore`,
      file.text,
    );
  await provideImages(dockerfile);
  const platform =
    plan.platforms.length === 1 && plan.platforms[0] !== terminal.machine ? plan.platforms[0] : undefined;
  const below = (path: string) => posix.join(project.app, path);
  const promised: Promised = {
    port: plan.port,
    health: printed.health,
    init: plan.init,
    folder: plan.folder === undefined ? '/app' : `/app/${plan.folder}`,
    settings: printed,
    volumes: plan.volumes ?? [],
    system: plan.images.build.includes('alpine') ? 'alpine' : 'debian',
    has: (path) => !path.startsWith('..') && (project.has(path) || project.context.has(below(path))),
  };
  return {
    dockerfile,
    context: root,
    platform: request.platforms === undefined ? undefined : platform,
    secrets: plan.secrets.map(({ id, from, source }) =>
      from === 'env' ? `id=${id},env=${source}` : `id=${id},src=${source}`,
    ),
    environment: [
      ...(plan.envFile === undefined ? [] : ['--env-file', join(root, project.app, plan.envFile)]),
      ...(plan.envAfter ?? []).flatMap((one) => ['--env', one]),
      ...environmentOf(own),
    ],
    helper: plan.images.build,
    wait: waitOf(own),
    promised: () => promised,
  };
}

/** The Dockerfile that is there, with the promises that its image makes. */
async function existing(engine: Engine, request: Request, own: Typed, terminal: Terminal): Promise<Done> {
  const root = join(terminal.cwd, request.directory);
  const dockerfile = join(root, 'Dockerfile');
  const text = await readFile(dockerfile, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new UserError({
      kind: 'refused',
      message: `There is no Dockerfile in ${request.directory}.`,
      fix: 'Leave --existing out to try the one that would be written.',
    });
  await provideImages(dockerfile);
  const { readdirSync, existsSync } = await import('node:fs');
  const platform = request.platforms?.[0];
  const given = Number(request.given.port);
  const froms = [...text.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)/gim)].map(([, image = '']) => image);
  const round = await tried(
    engine,
    {
      dockerfile,
      context: root,
      platform,
      secrets: [],
      environment: [
        ...(readdirSync(root).includes('.env') ? ['--env-file', join(root, '.env')] : []),
        ...environmentOf(own),
      ],
      helper: froms.find((image) => !/distroless|^scratch$|\$/.test(image)) ?? 'busybox',
      wait: waitOf(own),
      promised: (image) => ({
        port: given > 0 ? given : image?.ports[0],
        health: undefined,
        init: false,
        folder: image?.folder ?? '/',
        settings: {},
        volumes: request.volumes ?? [],
        system: /alpine/.test(froms.at(-1) ?? '') ? 'alpine' : 'debian',
        has: (path) => !path.startsWith('..') && existsSync(join(root, path)),
      }),
    },
    tagOf('existing', 0),
    say(terminal, request),
  );
  shown(terminal, request, round);
  return { round, corrections: [] };
}

function environmentOf(own: Typed): readonly string[] {
  const list = typeof own.env === 'string' ? own.env.split(/,(?=\w+=)/) : [own.env ?? []].flat().map(String);
  const file = own['env-file'];
  return [
    ...(typeof file === 'string' ? ['--env-file', file] : []),
    ...list.flatMap((one) => ['--env', one]),
  ];
}

function waitOf({ wait }: Typed): number {
  if (wait === undefined) return 60;
  const seconds = Number(wait);
  if (!(seconds > 0 && seconds <= 3600))
    throw new UserError({
      kind: 'value',
      flag: '--wait',
      given: String(wait),
      want: 'seconds, from 1 to 3600',
    });
  return seconds;
}

/** A name that nothing else on the machine has. */
function tagOf(name: string, count: number): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `create-dockerfile-${plain || 'app'}-${Date.now().toString(36)}-${count}`;
}

function tell(terminal: Terminal, request: Request, text: string): void {
  if (!request.json) terminal.err(`${text}\n`);
}

/** What --json prints: each round, and all that would be typed. */
function documentOf(rounds: readonly Done[]): object {
  const learnt = rounds.flatMap(({ corrections }) => corrections);
  return {
    held: held(rounds.at(-1)?.round.findings ?? []),
    flags: learnt.map(typed),
    rounds: rounds.map(({ round: { trial, findings }, corrections }) => ({
      corrections,
      findings,
      seen: seenOf(trial),
    })),
  };
}

function seenOf({ build, image, run }: Trial): object {
  const { log: _, ...built } = build;
  if (run === undefined) return { build: built };
  const { log: __, ...ran } = run;
  return { build: built, image, run: ran };
}
