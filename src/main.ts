import { CATALOG } from './catalog/catalog.ts';
import { type Answers, decide } from './facts/decide.ts';
import type { Found, Rules, Setting } from './facts/language.ts';
import { type Prompts, promptsOf } from './facts/prompts.ts';
import { type Delivery, deliver, type Outcome } from './output/deliver.ts';
import { render } from './output/render.ts';
import { type Report, reportOf } from './output/report.ts';
import type { Terminal } from './output/terminal.ts';
import { withVolumes } from './plan/plan.ts';
import { type Beginning, begin } from './project/begin.ts';
import type { Request } from './request/request.ts';

/** The steps, in order: request → project → facts → plan → files. */
export async function main(request: Request, terminal: Terminal): Promise<Outcome> {
  const report = reportOf(request, terminal);
  const silent = request.yes || request.json || request.mode === 'check' || !terminal.interactive;
  const ask = silent ? undefined : await promptsOf(terminal);
  const opened = await open(request, terminal.cwd, report, ask);
  const answers: Answers = new Map();
  for (;;) {
    const prepared = await prepareFrom(opened, request, terminal, report, ask, answers);
    const outcome = await deliver(prepared, request, terminal, report, ask);
    if (outcome !== 'back') return outcome;
  }
}

/** Everything but the writing. */
export async function prepare(
  request: Request,
  terminal: Pick<Terminal, 'cwd' | 'today'>,
  report: Report,
  ask: Prompts | undefined,
): Promise<Prepared> {
  const opened = await open(request, terminal.cwd, report, ask);
  return prepareFrom(opened, request, terminal, report, ask, new Map());
}

/** What is delivered, and each setting as it is typed. */
export interface Prepared extends Delivery, Pick<Beginning, 'starter'> {
  readonly printed: Readonly<Record<string, string>>;
}

interface Opened {
  readonly begun: Beginning;
  readonly rules: Rules;
  readonly seen: unknown;
}

async function open(
  request: Request,
  cwd: string,
  report: Report,
  ask: Prompts | undefined,
): Promise<Opened> {
  const begun = await begin(request, cwd, ask);
  const { project, language, found, member, moved } = begun;
  if (moved !== undefined) report.fact('folder', moved.value, moved.from);
  if (member !== undefined) report.fact('app', member.value, member.from);
  report.fact('language', language.name, found.from);
  const rules = await language.rules();
  return { begun, rules, seen: rules.see?.(project) };
}

async function prepareFrom(
  { begun, rules, seen }: Opened,
  request: Request,
  { today }: Pick<Terminal, 'today'>,
  report: Report,
  ask: Prompts | undefined,
  answers: Answers,
): Promise<Prepared> {
  const { project, language, found, member, starter, main: program } = begun;
  // the same release of this program decides the same on any day; what has ended since is told
  const world = { project, catalog: CATALOG, today: CATALOG.checked, seen };
  const given = program === undefined ? request.given : { main: program, ...request.given };
  const { decided, rows } = await decide(language, rules, world, { ...request, given }, answers, ask);
  for (const { name, value, from } of rows) report.fact(name, value, from);
  const { settings, target, platforms } = decided;
  const to = { ...world, today, settings, target: target.value, platforms: platforms.value };
  const shipped = withVolumes(rules.plan(to), request.volumes ?? []);
  const asked = decided.stages.value;
  const plan = asked.length === 0 ? shipped : (await rules.stages())(to, shipped, asked);
  report.plan(plan);
  const files = [
    ...starter,
    ...(await render(plan, project)),
    ...(request.compose === true || request.bake === true
      ? await (await import('./output/besides.ts')).besidesOf(request, plan, project, report)
      : []),
  ];
  const facts = {
    ...(member && { app: member }),
    ...{ language: found, ...settings, target, platforms },
    ...(asked.length > 0 && { stages: decided.stages }),
  };
  const print = ([key, { value }]: [string, Found<unknown>]) => [
    key,
    (rules.settings as Readonly<Record<string, Setting<unknown, unknown>>>)[key]?.print(value) ?? '',
  ];
  const printed = Object.fromEntries(Object.entries(settings).map(print));
  return { ...begun, facts, plan, files, answers, printed };
}
