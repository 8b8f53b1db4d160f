import { join, resolve } from 'node:path';
import { CATALOG } from './catalog/catalog.ts';
import { type Answers, type Decided, decide } from './facts/decide.ts';
import type { Found, Language, Rules, Setting } from './facts/language.ts';
import { type Prompts, promptsOf } from './facts/prompts.ts';
import { flagOf } from './kit/flags.ts';
import { type Delivery, deliver, type Outcome } from './output/deliver.ts';
import { render } from './output/render.ts';
import { type Report, reportOf } from './output/report.ts';
import type { Terminal } from './output/terminal.ts';
import { type Plan, withVolumes } from './plan/plan.ts';
import { type Beginning, begin } from './project/begin.ts';
import type { Project } from './project/project.ts';
import type { Request } from './request/request.ts';
import { configurationsFor, hasVariables } from './standard/find.ts';

/** The steps, in order: request → project → facts → plan → files. */
export async function main(typed: Request, terminal: Terminal): Promise<Outcome> {
  const request = await configured(typed, terminal, resolve(terminal.cwd, typed.directory));
  const { quiet, explain } = request;
  const report = reportOf({ ...typed, quiet, explain }, terminal);
  const silent = request.yes || request.json || request.mode === 'check' || !terminal.interactive;
  const ask = silent ? undefined : await promptsOf(terminal);
  const opened = await open(typed, request, terminal, report, ask);
  const answers: Answers = new Map();
  for (;;) {
    const prepared = await prepareFrom(opened, terminal, report, ask, answers);
    const outcome = await deliver(prepared, opened.request, terminal, report, ask);
    if (outcome !== 'back') return outcome;
  }
}

/** The request as configurations and the environment complete it: without them, nothing more is loaded. */
async function configured(
  request: Request,
  terminal: Outside,
  folder: string,
  root = folder,
): Promise<Request> {
  const sources = configurationsFor(folder, root);
  if (sources.length === 0 && !hasVariables(terminal.environment)) return request;
  const { configure } = await import('./standard/configuration.ts');
  return configure(request, terminal, sources, folder);
}

type Outside = Pick<Terminal, 'cwd' | 'today' | 'environment'>;

/** Everything but the writing. */
export async function prepare(
  typed: Request,
  terminal: Outside,
  report: Report,
  ask: Prompts | undefined,
): Promise<Prepared> {
  const request = await configured(typed, terminal, resolve(terminal.cwd, typed.directory));
  const opened = await open(typed, request, terminal, report, ask);
  return prepareFrom(opened, terminal, report, ask, new Map());
}

/** What is delivered, and each setting as it is typed. */
export interface Prepared extends Delivery, Pick<Beginning, 'starter'> {
  readonly printed: Readonly<Record<string, string>>;
}

interface Opened {
  /** Completed by what is said for the service. */
  readonly request: Request;
  readonly begun: Beginning;
  readonly rules: Rules;
  readonly seen: unknown;
}

async function open(
  typed: Request,
  first: Request,
  terminal: Outside,
  report: Report,
  ask: Prompts | undefined,
): Promise<Opened> {
  const { request, begun } = await begunAt(typed, first, terminal, ask);
  const { project, language, found, member, moved } = begun;
  if (moved !== undefined) report.fact('folder', moved.value, moved.from);
  if (member !== undefined) report.fact('app', member.value, placeOf(request, 'app', member.from));
  report.fact('language', language.name, placeOf(request, 'language', found.from));
  const rules = await language.rules();
  return { request, begun, rules, seen: rules.see?.(project) };
}

/** The service may be another folder than the one that was named: what is said for it is heard then. */
async function begunAt(
  typed: Request,
  request: Request,
  terminal: Outside,
  ask: Prompts | undefined,
): Promise<Pick<Opened, 'request' | 'begun'>> {
  const begun = await inPlace(request, () => begin(request, terminal.cwd, ask));
  const service = join(begun.root, begun.project.app);
  const named = resolve(terminal.cwd, typed.directory);
  if (service === named && begun.root === named) return { request, begun };
  const again = await configured(typed, terminal, service, begun.root);
  if (again.language === request.language) return { request: again, begun };
  return { request: again, begun: await inPlace(again, () => begin(again, terminal.cwd, ask)) };
}

/** Where a value stands that was not typed. */
function placeOf({ configured }: Request, flag: string, from: string): string {
  return from === `--${flag}` ? (configured?.sources[flag] ?? from) : from;
}

function placed<T>(request: Request, flag: string, { value, from }: Found<T>): Found<T> {
  return { value, from: placeOf(request, flag, from) };
}

/** Refusals name the file that says a value, in place of the flag that nobody typed. */
async function inPlace<T>({ configured }: Request, run: () => Promise<T>): Promise<T> {
  if (configured === undefined) return run();
  const { placedError } = await import('./standard/configuration.ts');
  return run().catch((error) => {
    throw placedError(error, configured.sources);
  });
}

async function prepareFrom(
  { request, begun, rules, seen }: Opened,
  { today }: Outside,
  report: Report,
  ask: Prompts | undefined,
  answers: Answers,
): Promise<Prepared> {
  const { project, language, found, member, starter, main: program } = begun;
  // the same release of this program decides the same on any day; what has ended since is told
  const world = { project, catalog: CATALOG, today: CATALOG.checked, seen };
  const given = { ...(program === undefined ? {} : { main: program }), ...givenTo(request, language) };
  const said = { ...request, given };
  const { decided, rows } = await inPlace(request, () => decide(language, rules, world, said, answers, ask));
  for (const { name, value, from } of rows) report.fact(name, value, placeOf(request, name, from));
  const { settings, target, platforms } = placedFacts(request, decided);
  const to = { ...world, today, settings, target: target.value, platforms: platforms.value };
  const { plan, texts } = await drawn(rules.plan(to), project, request);
  report.plan(plan);
  const files = [
    ...starter,
    ...texts,
    ...(request.compose === true || request.bake === true
      ? await (await import('./output/besides.ts')).besidesOf(request, plan, project, report)
      : []),
  ];
  const facts = {
    ...(member && { app: placed(request, 'app', member) }),
    language: placed(request, 'language', found),
    ...settings,
    target,
    platforms,
  };
  const print = ([key, { value }]: [string, Found<unknown>]) => [
    key,
    (rules.settings as Readonly<Record<string, Setting<unknown, unknown>>>)[key]?.print(value) ?? '',
  ];
  const printed = Object.fromEntries(Object.entries(settings).map(print));
  return { ...begun, facts, plan, files, answers, printed };
}

/** The whole plan and its texts: as ours are, or as a standard has them. */
async function drawn(planned: Plan, project: Project, request: Request) {
  const { configured, volumes = [] } = request;
  if (configured === undefined) {
    const plan = withVolumes(planned, volumes);
    return { plan, texts: await render(plan, project) };
  }
  const { standardPlan, renderStandard } = await import('./standard/finish.ts');
  const plan = withVolumes(standardPlan(planned, configured), volumes);
  return { plan, texts: await renderStandard(plan, project, configured.standard) };
}

/** What is said for many services is passed over by those whose language lacks it. */
function givenTo({ given, configured }: Request, { flags }: Language): Request['given'] {
  if (configured === undefined) return given;
  const heard = Object.entries(given).filter(([key]) => key in flags || !configured.general.includes(key));
  return Object.fromEntries(heard);
}

/** Each decision with the place that says it. */
function placedFacts(request: Request, { settings, target, platforms }: Decided): Decided {
  if (request.configured === undefined) return { settings, target, platforms };
  const list = Object.entries(settings).map(([key, found]) => [
    key,
    placed(request, flagOf(key).slice(2), found),
  ]);
  return {
    settings: Object.fromEntries(list),
    target: placed(request, 'target', target),
    platforms: placed(request, 'platform', platforms),
  };
}
