import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { promptsOf } from '../facts/prompts.ts';
import { CLEAR, type Terminal } from '../output/terminal.ts';
import { TARGET_IDS, type TargetId } from '../plan/targets.ts';
import { printable } from '../printable.ts';
import { isFolder } from '../project/files.ts';
import type { CommandRules, Typed } from '../request/commands.ts';
import type { Request } from '../request/request.ts';
import { type Advice, advise } from './advice.ts';
import { forgetCaches } from './caches.ts';
import { chartOf } from './chart.ts';
import { findEngine } from './engine.ts';
import { FIGURES, failures } from './figures.ts';
import { type Measured, measure } from './measure.ts';
import { sourceOf } from './naive.ts';
import { say } from './shown.ts';
import { numberOf, runFlags, tagOf, takes } from './subject.ts';
import { barsOf, markdownOf, tableOf } from './table.ts';
import { copyContext, type Variants, variantsOf } from './variants.ts';

const HOW = 'How it is compared:';

/** `create-dockerfile compare`: what each Dockerfile of a project costs, in figures. */
export const compare: CommandRules = {
  flags: {
    target: {
      alias: 't',
      placeholder: TARGET_IDS.join('|'),
      group: HOW,
      describe: 'what is compared, by commas or several times (all that it can have)',
    },
    runs: { group: HOW, placeholder: 'number', describe: 'how often each is run; medians are shown (1)' },
    markdown: { group: HOW, describe: 'print the table for a pull request' },
    svg: { group: HOW, placeholder: 'file', describe: 'draw the bars into a picture too' },
    ...runFlags(HOW),
  },
  takes,
  run: (request, own, terminal) => compared(request, own, terminal),
};

async function compared(request: Request, own: Typed, terminal: Terminal): Promise<number> {
  const targets = targetsOf(own.target);
  const runs = numberOf('--runs', own.runs, 1, 100, 'runs');
  refuseUnwritable(own.svg, terminal);
  const ended = new AbortController();
  const engine = await findEngine(ended.signal);
  const forget = terminal.interrupted(() => ended.abort());
  const folder = await mkdtemp(join(tmpdir(), 'create-dockerfile-'));
  const id = tagOf('compare', 0);
  try {
    const silent = request.yes || request.json || own.markdown === true || !terminal.interactive;
    const ask = silent ? undefined : await promptsOf(terminal);
    const { list, prepared } = await variantsOf(request, own, targets, terminal, folder, ask);
    const context = join(folder, 'context');
    await copyContext(prepared.root, context);
    const edit = sourceOf(prepared.plan, prepared.project);
    const measured: Measured[] = [];
    const told = say(terminal, request);
    const to = { engine, asked: askedOf(prepared), context, edit, runs, told };
    for (const variant of list) {
      const one = await measure(to, variant, `${id}-${variant.name}`);
      if (ended.signal.aborted) return 130;
      measured.push(one);
      tell(terminal, request, one);
    }
    const advice = advise(measured);
    await deliver(measured, advice, { request, own, terminal, runs, name: prepared.project.name });
    return measured.some(({ kind, failed, name }) => failed !== undefined && asked(kind, name, targets, list))
      ? 1
      : 0;
  } finally {
    forget();
    await forgetCaches(engine, id);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Minutes go by until it is drawn: what cannot be written is refused before. */
function refuseUnwritable(svg: unknown, { cwd }: Terminal): void {
  if (typeof svg !== 'string') return;
  const folder = dirname(resolve(cwd, svg));
  if (svg !== '' && isFolder(folder)) return;
  throw new UserError({ kind: 'value', flag: '--svg', given: svg, want: 'a file in a folder that is there' });
}

/** A target that cannot be is a reason to fail where it was asked for by name, one that does not run always is. */
function asked(
  kind: Measured['kind'],
  name: string,
  targets: readonly TargetId[] | undefined,
  list: Variants['list'],
): boolean {
  if (kind !== 'target') return false;
  return targets !== undefined || list.some((one) => one.name === name && !('because' in one.subject));
}

function targetsOf(given: unknown): readonly TargetId[] | undefined {
  if (given === undefined) return undefined;
  const words = [given].flat().flatMap((text) => String(text).split(','));
  const found = words.map((word) => {
    const id = TARGET_IDS.find((one) => one === word.trim().toLowerCase());
    if (id !== undefined) return id;
    throw new UserError({ kind: 'value', flag: '--target', given: word, want: TARGET_IDS.join(', ') });
  });
  return [...new Set(found)];
}

/** What all of them are asked, for they are the same program. */
function askedOf({ plan, printed }: Variants['prepared']) {
  if (plan.port === undefined) return undefined;
  const path = printed.health?.startsWith('/') ? printed.health : undefined;
  return { port: plan.port, path };
}

/** One line when one is done: it may take minutes until the table is there. */
function tell(terminal: Terminal, request: Request, { name, failed, measures }: Measured): void {
  if (request.quiet || request.json) return;
  const figures = FIGURES.filter(({ key }) => key === 'compressed' || key === 'first' || key === 'answer')
    .flatMap((figure) => {
      const shown = figure.shown(measures);
      return shown === undefined ? [] : [`${figure.title} ${shown}`];
    })
    .join(', ');
  const clear = terminal.color.err ? CLEAR : '';
  terminal.err(`${clear}${name.padEnd(11)} ${failed === undefined ? figures : printable(failed)}\n`);
}

interface Told {
  readonly request: Request;
  readonly own: Typed;
  readonly terminal: Terminal;
  readonly runs: number;
  readonly name: string;
}

async function deliver(measured: readonly Measured[], advice: Advice | undefined, to: Told): Promise<void> {
  const { request, own, terminal, runs } = to;
  const name = to.name === '' ? basename(terminal.cwd) : to.name;
  if (request.json)
    terminal.out(
      `${JSON.stringify({ version: 1, runs, variants: measured, recommended: advice }, undefined, 2)}\n`,
    );
  else if (own.markdown === true) terminal.out(markdownOf(measured, advice?.because));
  else {
    const columns = terminal.columns ?? 80;
    terminal.out(`\n${tableOf(measured, columns)}\n${barsOf(measured, columns)}`);
    for (const { name, failed } of failures(measured)) terminal.out(`\n${name}: ${printable(failed)}\n`);
    if (advice !== undefined) terminal.out(`\n${printable(advice.because)}\n`);
  }
  if (typeof own.svg === 'string') {
    const often = runs === 1 ? '' : `, medians of ${runs} runs`;
    const title = `${printable(name)}: Dockerfiles compared${often}`;
    await writeFile(resolve(terminal.cwd, own.svg), chartOf(measured, { title, taken: advice?.target }));
    if (!request.quiet) terminal.err(`created    ${printable(own.svg)}\n`);
  }
}
