import { join, resolve } from 'node:path';
import { CATALOG } from './catalog/catalog.ts';
import { type Problem, UserError } from './errors.ts';
import { type Answers, decide, withFronts } from './facts/decide.ts';
import type { Found, Language, Rules, Setting } from './facts/language.ts';
import { type Prompts, promptsOf } from './facts/prompts.ts';
import { type Delivery, deliver } from './output/deliver.ts';
import { digestsIn, withDigests } from './output/digests.ts';
import { dockerfileIn, dockerfilePath } from './output/dockerfile.ts';
import { secretNotes } from './output/ignore.ts';
import { allSigned, madeOf } from './output/made.ts';
import { type File, render } from './output/render.ts';
import { MUTE, type Report, reportOf } from './output/report.ts';
import type { Terminal } from './output/terminal.ts';
import { type Note, type Plan, withVolumes } from './plan/plan.ts';
import { type Beginning, begin, seenFrom } from './project/begin.ts';
import { textIn } from './project/files.ts';
import type { Project } from './project/project.ts';
import type { Service } from './project/service.ts';
import { within } from './project/within.ts';
import type { Request } from './request/request.ts';
import { saidIn, typedIn, unsaid } from './request/said.ts';
import { configurationsFor, hasVariables } from './standard/find.ts';
import type { Policy } from './standard/standard.ts';

/** What follows when somebody answered and files were written: it stands above, and answers with the exit code. */
type After = (request: Request, ask: Prompts) => Promise<number>;

/** The steps, in order: request → project → facts → plan → files. */
export async function main(typed: Request, terminal: Terminal, after?: After): Promise<number> {
  if (typed.all === true) return (await import('./all.ts')).all(typed, terminal);
  const request = await configured(typed, terminal, resolve(terminal.cwd, typed.directory));
  const { quiet, explain } = request;
  const report = reportOf({ ...typed, quiet, explain }, terminal);
  const silent = request.yes || request.json || request.mode === 'check' || !terminal.interactive;
  const ask = silent ? undefined : await promptsOf(terminal);
  await holdPolicy(request, terminal, resolve(terminal.cwd, typed.directory));
  const opened = await open(typed, terminal, report, ask);
  const answers: Answers = new Map();
  for (;;) {
    const prepared = await prepareFrom(opened, terminal, report, ask, answers);
    const outcome = await deliver(prepared, opened.request, terminal, report, ask);
    if (outcome === 'back') continue;
    return ask === undefined || request.mode !== 'write' ? outcome : (after?.(typed, ask) ?? outcome);
  }
}

type Outside = Pick<Terminal, 'cwd' | 'today' | 'version' | 'environment'>;

/** A request as configurations and the environment complete it: without them, nothing more is loaded. */
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

/** With --check, the Dockerfile that stands there is held against the policy, whoever wrote it. */
async function holdPolicy(request: Request, terminal: Outside, root: string, there?: string): Promise<void> {
  const policies = request.configured?.standard.policies ?? [];
  if (request.mode !== 'check' || policies.length === 0) return;
  const { holdStanding } = await import('./standard/finish.ts');
  await holdStanding(policies, terminal, root, there ?? dockerfileIn(root));
}

/** Everything but the writing. */
export async function prepare(
  typed: Request,
  terminal: Outside,
  report: Report,
  ask: Prompts | undefined,
): Promise<Prepared> {
  return prepareFrom(await open(typed, terminal, report, ask), terminal, report, ask, new Map());
}

/** What is delivered, and each setting as it is typed. */
export interface Prepared extends Delivery, Pick<Beginning, 'starter'> {
  readonly printed: Readonly<Record<string, string>>;
  readonly policies: readonly Policy[];
}

interface Opened {
  /** With what was said when the file that stands there was made. */
  readonly said: Request;
  /** With what configurations say behind that. */
  readonly request: Request;
  readonly begun: Beginning;
  readonly rules: Rules;
  readonly seen: unknown;
}

async function open(
  typed: Request,
  terminal: Outside,
  report: Report,
  ask: Prompts | undefined,
): Promise<Opened> {
  const { said, request, begun } = await beginning(typed, terminal, ask);
  const { language, found, member, moved } = begun;
  if (moved !== undefined) report.fact('folder', moved.value, moved.from);
  if (member !== undefined) report.fact('app', member.value, originOf(member, request, 'app').from);
  report.fact('language', language.name, originOf(found, request).from);
  return openedAs(begun, said, request);
}

async function openedAs(begun: Beginning, said: Request, request: Request): Promise<Opened> {
  const rules = await begun.language.rules();
  return { said, request, begun, rules, seen: within(() => rules.see?.(begun.project)) };
}

/** Everything but the writing, for a service that was found already. */
export async function prepareService(
  service: Service,
  typed: Request,
  terminal: Outside,
  report: Report,
): Promise<{ readonly prepared: Prepared; readonly request: Request }> {
  const { root, project } = service;
  const said = await remembering(typed, root, dockerfilePath(project));
  const request = await configured(said, terminal, join(root, project.app), root);
  await holdPolicy(request, terminal, root, dockerfilePath(project));
  const begun = { ...service, seen: seenFrom(terminal.cwd, service, root), starter: [] };
  const opened = await openedAs(begun, said, request);
  return { prepared: await prepareFrom(opened, terminal, report, undefined, new Map()), request };
}

/** The service may lie elsewhere than in the folder that was named: what is said for it is heard then. */
async function beginning(
  typed: Request,
  terminal: Outside,
  ask: Prompts | undefined,
): Promise<Pick<Opened, 'said' | 'request' | 'begun'>> {
  const here = resolve(terminal.cwd, typed.directory);
  // it may say the language, and so it is read before there is a project
  const there = dockerfileIn(here);
  const early = await remembering(typed, here, there);
  const first = await configured(early, terminal, here);
  const begun = await deciding(first, () => begin(first, terminal.cwd, ask));
  const path = dockerfilePath(begun.project);
  if (begun.root === here && path === there) return { said: early, request: first, begun };
  const said = await remembering(typed, begun.root, path);
  const request = await configured(said, terminal, join(begun.root, begun.project.app), begun.root);
  await holdPolicy(request, terminal, begun.root, path);
  if ((request.language ?? begun.language.id) === begun.language.id) return { said, request, begun };
  return { said, request, begun: await deciding(request, () => begin(request, terminal.cwd, ask)) };
}

/** A request with the answers that a file of ours was made with. */
async function remembering(request: Request, root: string, path: string): Promise<Request> {
  const made = madeOf(textIn(root, path) ?? '');
  if (made === undefined || made.words === '') return request;
  const { recalled } = await import('./request/recall.ts');
  return recalled(request, made.words, path, made.line);
}

/** The files that other answers make of the same project, and nothing is told. */
async function remade(opened: Opened, terminal: Outside, words: string): Promise<readonly File[]> {
  const { recalled } = await import('./request/recall.ts');
  const path = dockerfilePath(opened.begun.project);
  const { root, project } = opened.begun;
  // the digests of that time are not those of now, and count for nothing
  const said = { ...recalled(unsaid(opened.said), words, path, 1), digests: 'unpin' as const };
  const request = await configured(said, terminal, join(root, project.app), root);
  const again = { ...opened, said, request, begun: { ...opened.begun, main: undefined } };
  return (await prepareFrom(again, terminal, MUTE, undefined, new Map())).files;
}

/** A program that the folder stands for, unless another is typed; what was typed long ago is less. */
function withProgram({ given, origins = {} }: Request, main: string | undefined): Request['given'] {
  if (main === undefined) return given;
  return 'main' in given && !('main' in origins) ? given : { ...given, main };
}

/** What comes from a flag that was not typed now: where that flag stands. */
function originOf<T extends { readonly from: string }>(
  found: T,
  { origins = {}, configured }: Request,
  flag = found.from.slice(2),
): T {
  if (found.from !== `--${flag}`) return found;
  const place = configured?.sources[flag];
  if (place !== undefined) return { ...found, from: place };
  const origin = origins[flag];
  return origin === undefined ? found : { ...found, from: `${found.from}, ${origin}` };
}

/** Decides; what is refused of flags that were not typed now is refused where they stand. */
async function deciding<T>({ origins = {}, configured }: Request, decide: () => Promise<T>): Promise<T> {
  try {
    return await decide();
  } catch (error) {
    if (configured !== undefined) {
      const { placedError } = await import('./standard/configuration.ts');
      const placed = placedError(error, configured.sources);
      if (placed !== error) throw placed;
    }
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
  terminal: Outside,
  report: Report,
  ask: Prompts | undefined,
  answers: Answers,
): Promise<Prepared> {
  const { said, request, begun, rules, seen } = opened;
  const { today, version } = terminal;
  const { root, project, language, found, member, starter, main: program } = begun;
  // the same release of this program decides the same on any day; what has ended since is told
  const world = { project, catalog: CATALOG, today: CATALOG.checked, seen };
  const given = givenTo(language, { ...request, given: withProgram(request, program) });
  const { decided, rows } = await deciding(request, () =>
    decide(language, rules, world, { ...request, given }, answers, ask),
  );
  for (const row of rows) report.fact(row.name, row.value, originOf(row, request).from);
  const { settings, target, platforms } = decided;
  const to = { ...world, today, settings, target: target.value, platforms: platforms.value };
  const stages = decided.stages.value;
  const whole = await withFronts(rules, to);
  const plain = within(() => rules.plan(whole));
  const planned = told(plain, project);
  const staged =
    stages.length === 0
      ? planned
      : (await rules.stages())(whole, withVolumes(planned, request.volumes ?? []), stages);
  const { plan, texts } = await drawn(staged, project, request);
  report.plan(plan);
  const place = { project, root, version, today };
  const made = await completed(texts, plan, request, place, report);
  const words = typedIn(saidIn({ ...said, given: withProgram(said, program) }, answers));
  const files = [...starter, ...allSigned(made, project, version, words)];
  const all = {
    ...(member && { app: member }),
    ...{ language: found, ...settings, target, platforms },
    ...(stages.length > 0 && { stages: decided.stages }),
  };
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
    policies: request.configured?.standard.policies ?? [],
    remade: (words) => remade(opened, terminal, words),
  };
}

/** What is said for many services is passed over by those whose language lacks it. */
function givenTo({ flags }: Language, { given, configured }: Request): Request['given'] {
  if (configured === undefined) return given;
  const heard = Object.entries(given).filter(([key]) => key in flags || !configured.general.includes(key));
  return Object.fromEntries(heard);
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

/** With the files beside them and the digests of images; what breaks a policy is refused. */
async function completed(
  texts: readonly File[],
  plan: Plan,
  request: Request,
  { project, root, version, today }: Place,
  report: Report,
): Promise<readonly File[]> {
  const besides = asksBesides(request)
    ? (await import('./output/besides.ts')).besidesOf(request, plan, project, report, { version, root })
    : [];
  const made = await withPins([...texts, ...(await besides)], project, request, report);
  if ((request.configured?.standard.policies ?? []).length > 0) {
    const { holdMade } = await import('./standard/finish.ts');
    await holdMade(made, plan, project, request, today);
  }
  return made;
}

interface Place {
  readonly project: Project;
  readonly root: string;
  readonly version: string;
  readonly today: string;
}

/** Whether there is something to write, or to offer, beside the Dockerfile. */
function asksBesides({ compose, bake, rego, ci, bot, digests }: Request): boolean {
  return [compose, bake, rego].includes(true) || ci !== undefined || bot !== undefined || digests === 'pin';
}

/** Images keep the digests that stand beside them; with --pin all have one, and those are asked for anew where it is typed. */
async function withPins(
  files: readonly File[],
  project: Project,
  { digests, origins = {}, configured, mode }: Request,
  report: Report,
): Promise<readonly File[]> {
  if (digests === 'unpin') return files;
  // what stands beside a tag is kept
  const heldIn = (path: string) => {
    const standing = project.context.read(path) ?? '';
    return madeOf(standing) === undefined ? [] : digestsIn(standing);
  };
  if (digests === undefined || mode === 'check')
    return files.map((file) => ({ ...file, text: withDigests(file.text, heldIn(file.path)) }));
  const typed = origins.pin === undefined && configured?.sources.pin === undefined;
  const { pinned } = await import('./standard/pin.ts');
  const { files: all, asked } = await pinned(files, typed ? () => [] : heldIn);
  if (asked.length > 0) report.fact('digests', asked.join(' '), 'docker buildx imagetools inspect');
  return all;
}

/** A plan that says what of the project was too large or too much to be read, and which secrets stay out. */
function told(plan: Plan, project: Project): Plan {
  const notes = [...project.unread].slice(0, 5).map(([path, reason]): Note => {
    const text = `${path === '.' ? 'The project' : path} was not read whole: ${reason}.`;
    return { level: 'warning', text };
  });
  const all = [...secretNotes(plan, project), ...notes];
  return all.length === 0 ? plan : { ...plan, notes: [...plan.notes, ...all] };
}
