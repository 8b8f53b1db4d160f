import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Back, Cancelled, UserError } from '../errors.ts';
import type { Prompts } from '../facts/prompts.ts';
import { flagOf } from '../kit/flags.ts';
import { prepare } from '../main.ts';
import { reportOf } from '../output/report.ts';
import type { Terminal } from '../output/terminal.ts';
import { shellWord } from '../plan/quote.ts';
import { printable } from '../printable.ts';
import type { CommandRules, Typed } from '../request/commands.ts';
import type { Request } from '../request/request.ts';
import { type Engine, findEngine } from './engine.ts';
import { held } from './judge.ts';
import { say, shown } from './shown.ts';
import { existingSubject, refuseStarter, runFlags, subjectOf, tagOf, takes } from './subject.ts';
import type { Correction, Trial } from './trial.ts';
import { correctionsOf, ROUNDS, type Round, tried } from './verify.ts';

const HOW = 'How it is tried:';

/** `create-dockerfile verify`: what was found is held against what happens. */
export const verify: CommandRules = {
  flags: {
    fix: { group: HOW, describe: 'settle what was seen, and try again: at most five rounds' },
    trace: {
      group: HOW,
      describe: 'run it once more with a tracer beside it: what it could not open or write',
    },
    existing: { group: HOW, describe: 'try the Dockerfile that is there, as it is' },
    ...runFlags(HOW),
  },
  takes,
  run: (request, own, terminal) => verified(request, own, terminal),
};

/** At the end of a run in which somebody answers: whether it is tried at once, where there is an engine for it. */
export async function offered(request: Request, terminal: Terminal, ask: Prompts): Promise<number> {
  const there = await findEngine(new AbortController().signal).catch(() => undefined);
  if (there === undefined) return 0;
  try {
    terminal.err('\n');
    if (!(await ask.tryNow())) return 0;
  } catch (error) {
    // what was written stays written
    if (error instanceof Cancelled || error instanceof Back) return 0;
    throw error;
  }
  // what was answered stands in the first line of what was written
  return verified(request, {}, terminal, ask);
}

async function verified(request: Request, own: Typed, terminal: Terminal, asked?: Prompts): Promise<number> {
  const ended = new AbortController();
  const engine = await findEngine(ended.signal);
  const forget = terminal.interrupted(() => ended.abort());
  const folder = await mkdtemp(join(tmpdir(), 'create-dockerfile-'));
  try {
    const rounds =
      own.existing === true
        ? [await existing(engine, request, own, terminal)]
        : await all(engine, request, own, terminal, folder, asked);
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
  asked: Prompts | undefined,
): Promise<readonly Done[]> {
  const rounds: Done[] = [];
  const learnt: Correction[] = [];
  let corrections: readonly Correction[] = [];
  const ask = asked ?? (await answering(request, own, terminal));
  for (let count = 0; count < ROUNDS; count++) {
    const corrected = withCorrections(request, learnt);
    // what was decided was shown before
    const again = count > 0 || asked !== undefined;
    const report = reportOf({ ...corrected, quiet: corrected.quiet || again || request.json }, terminal);
    const prepared = await prepare(corrected, terminal, report, again ? undefined : ask);
    if (count === 0) refuseStarter(prepared);
    const subject = await subjectOf(prepared, corrected, own, terminal, join(folder, 'Dockerfile'));
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
      `Again with ${corrections.map((one) => `${typed(one)} (${one.from})`).join(', ')}`,
    );
  }
  if (learnt.length > 0) tell(terminal, request, `Next time: create-dockerfile ${lineOf(request, learnt)}`);
  return rounds;
}

async function answering(request: Request, own: Typed, terminal: Terminal): Promise<Prompts | undefined> {
  if (request.yes || request.json || own.fix === true || !terminal.interactive) return undefined;
  const { promptsOf } = await import('../facts/prompts.ts');
  return promptsOf(terminal);
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

/** The Dockerfile that is there, as it is. */
async function existing(engine: Engine, request: Request, own: Typed, terminal: Terminal): Promise<Done> {
  const subject = await existingSubject(request, own, terminal);
  if (subject === undefined)
    throw new UserError({
      kind: 'refused',
      message: `There is no Dockerfile in ${request.app === undefined ? request.directory : `${request.directory}/${request.app}`}.`,
      fix: 'Leave --existing out to try the one that would be written; --app says which member of a workspace is meant.',
    });
  const round = await tried(engine, subject, tagOf('existing', 0), say(terminal, request));
  shown(terminal, request, round);
  return { round, corrections: [] };
}

function tell(terminal: Terminal, request: Request, text: string): void {
  if (!request.json) terminal.err(`${printable(text)}\n`);
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

function seenOf({ build, image, run, traced }: Trial): object {
  const { log: _, ...built } = build;
  if (run === undefined) return { build: built };
  const { log: __, ...ran } = run;
  return { build: built, image, run: ran, ...(traced === undefined ? {} : { traced }) };
}
