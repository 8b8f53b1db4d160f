import { resolve } from 'node:path';
import { CATALOG } from './catalog/catalog.ts';
import { type Problem, UserError } from './errors.ts';
import { type Answers, decide } from './facts/decide.ts';
import type { Found, Rules, Setting } from './facts/language.ts';
import { type Prompts, promptsOf } from './facts/prompts.ts';
import { type Delivery, deliver, type Outcome } from './output/deliver.ts';
import { allSigned, madeOf } from './output/made.ts';
import { dockerfilePath, type File, render } from './output/render.ts';
import { MUTE, type Report, reportOf } from './output/report.ts';
import type { Terminal } from './output/terminal.ts';
import { withVolumes } from './plan/plan.ts';
import { type Beginning, begin, seenFrom } from './project/begin.ts';
import { textIn } from './project/files.ts';
import type { Service } from './project/service.ts';
import type { Request } from './request/request.ts';
import { saidIn, typedIn, unsaid } from './request/said.ts';

/** The steps, in order: request → project → facts → plan → files. */
export async function main(request: Request, terminal: Terminal): Promise<Outcome> {
  if (request.all === true) return (await import('./all.ts')).all(request, terminal);
  const report = reportOf(request, terminal);
  const silent = request.yes || request.json || request.mode === 'check' || !terminal.interactive;
  const ask = silent ? undefined : await promptsOf(terminal);
  const opened = await open(request, terminal.cwd, report, ask);
  const answers: Answers = new Map();
  for (;;) {
    const prepared = await prepareFrom(opened, terminal, report, ask, answers);
    const outcome = await deliver(prepared, opened.request, terminal, report, ask);
    if (outcome !== 'back') return outcome;
  }
}

/** Everything but the writing. */
export async function prepare(
  request: Request,
  terminal: Pick<Terminal, 'cwd' | 'today' | 'version'>,
  report: Report,
  ask: Prompts | undefined,
): Promise<Prepared> {
  const opened = await open(request, terminal.cwd, report, ask);
  return prepareFrom(opened, terminal, report, ask, new Map());
}

/** What is delivered, and each setting as it is typed. */
export interface Prepared extends Delivery, Pick<Beginning, 'starter'> {
  readonly printed: Readonly<Record<string, string>>;
}

interface Opened {
  /** With what was said when the file that stands there was made. */
  readonly request: Request;
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
  const here = resolve(cwd, request.directory);
  // it may say the language, and so it is read before there is a project
  const early = await remembering(request, here, 'Dockerfile');
  const begun = await begin(early, cwd, ask);
  const path = dockerfilePath(begun.project);
  const known = begun.root === here && path === 'Dockerfile';
  const said = known ? early : await remembering(request, begun.root, path);
  const { member, moved } = begun;
  if (moved !== undefined) report.fact('folder', moved.value, moved.from);
  if (member !== undefined) report.fact('app', member.value, member.from);
  report.fact('language', begun.language.name, originOf(begun.found, said).from);
  return openedAs(begun, said);
}

async function openedAs(begun: Beginning, request: Request): Promise<Opened> {
  const rules = await begun.language.rules();
  return { request, begun, rules, seen: rules.see?.(begun.project) };
}

/** Everything but the writing, for a service that was found already. */
export async function prepareService(
  service: Service,
  request: Request,
  terminal: Pick<Terminal, 'cwd' | 'today' | 'version'>,
  report: Report,
): Promise<{ readonly prepared: Prepared; readonly request: Request }> {
  const said = await remembering(request, service.root, dockerfilePath(service.project));
  const begun = { ...service, seen: seenFrom(terminal.cwd, service, service.root), starter: [] };
  const opened = await openedAs(begun, said);
  return { prepared: await prepareFrom(opened, terminal, report, undefined, new Map()), request: said };
}

/** A request with the answers that a file of ours was made with. */
async function remembering(request: Request, root: string, path: string): Promise<Request> {
  const made = madeOf(textIn(root, path) ?? '');
  if (made === undefined || made.words === '') return request;
  const { recalled } = await import('./request/recall.ts');
  return recalled(request, made.words, path, made.line);
}

/** The files that other answers make of the same project, and nothing is told. */
async function remade(
  opened: Opened,
  terminal: Pick<Terminal, 'today' | 'version'>,
  words: string,
): Promise<readonly File[]> {
  const { recalled } = await import('./request/recall.ts');
  const path = dockerfilePath(opened.begun.project);
  const request = recalled(unsaid(opened.request), words, path, 1);
  const again = { ...opened, request, begun: { ...opened.begun, main: undefined } };
  return (await prepareFrom(again, terminal, MUTE, undefined, new Map())).files;
}

/** A program that the folder stands for, unless another is typed; what was typed long ago is less. */
function withProgram({ given, origins = {} }: Request, main: string | undefined): Request['given'] {
  if (main === undefined) return given;
  return 'main' in given && !('main' in origins) ? given : { ...given, main };
}

/** What comes from a flag that was not typed now: where that flag stands. */
function originOf<T extends { readonly from: string }>(found: T, { origins = {} }: Request): T {
  const origin = found.from.startsWith('--') ? origins[found.from.slice(2)] : undefined;
  return origin === undefined ? found : { ...found, from: `${found.from}, ${origin}` };
}

/** Decides; what is refused of flags that were not typed now is refused where they stand. */
async function deciding<T>({ origins = {} }: Request, decide: () => Promise<T>): Promise<T> {
  try {
    return await decide();
  } catch (error) {
    const named = error instanceof UserError ? flagsOf(error.problem) : [];
    const origin = named.map((flag) => origins[flag.slice(2)]).find((one) => one !== undefined);
    if (origin === undefined || !(error instanceof UserError)) throw error;
    const fix = `It stands in ${origin}: correct it there, or type another.`;
    const message = error.message.replace(' See create-dockerfile --help.', '');
    throw new UserError({ kind: 'refused', message, fix });
  }
}

function flagsOf(problem: Problem): readonly string[] {
  if (problem.kind === 'value') return [problem.flag];
  if (problem.kind === 'foreignFlags') return problem.flags;
  return problem.kind === 'target' ? ['--target'] : problem.kind === 'platform' ? ['--platform'] : [];
}

async function prepareFrom(
  opened: Opened,
  terminal: Pick<Terminal, 'today' | 'version'>,
  report: Report,
  ask: Prompts | undefined,
  answers: Answers,
): Promise<Prepared> {
  const { request, begun, rules, seen } = opened;
  const { today, version } = terminal;
  const { project, language, found, member, starter, main: program } = begun;
  // the same release of this program decides the same on any day; what has ended since is told
  const world = { project, catalog: CATALOG, today: CATALOG.checked, seen };
  const given = withProgram(request, program);
  const { decided, rows } = await deciding(request, () =>
    decide(language, rules, world, { ...request, given }, answers, ask),
  );
  for (const row of rows) report.fact(row.name, row.value, originOf(row, request).from);
  const { settings, target, platforms } = decided;
  const to = { ...world, today, settings, target: target.value, platforms: platforms.value };
  const plan = withVolumes(rules.plan(to), request.volumes ?? []);
  report.plan(plan);
  const made = [
    ...(await render(plan, project)),
    ...(request.compose === true || request.bake === true
      ? await (await import('./output/besides.ts')).besidesOf(request, plan, project, report)
      : []),
  ];
  const said = typedIn(saidIn({ ...request, given }, answers));
  const files = [...starter, ...allSigned(made, project, version, said)];
  const all = { ...(member && { app: member }), language: found, ...settings, target, platforms };
  const facts = Object.fromEntries(Object.entries(all).map(([key, one]) => [key, originOf(one, request)]));
  const print = ([key, { value }]: [string, Found<unknown>]) => [
    key,
    (rules.settings as Readonly<Record<string, Setting<unknown, unknown>>>)[key]?.print(value) ?? '',
  ];
  const printed = Object.fromEntries(Object.entries(settings).map(print));
  return {
    ...begun,
    facts,
    plan,
    files,
    answers,
    printed,
    remade: (words) => remade(opened, terminal, words),
  };
}
