import { CATALOG } from './catalog/catalog.ts';
import { choosePlatforms, chooseTarget, type Offers } from './facts/choose.ts';
import type { Found, Setting } from './facts/language.ts';
import { type Prompts, promptsOf } from './facts/prompts.ts';
import { settle } from './facts/settle.ts';
import { flagOf } from './kit/flags.ts';
import { type Delivery, deliver, type Outcome } from './output/deliver.ts';
import { render } from './output/render.ts';
import { type Report, reportOf } from './output/report.ts';
import type { Terminal } from './output/terminal.ts';
import { withVolumes } from './plan/plan.ts';
import { TARGET_IDS } from './plan/targets.ts';
import { type Beginning, begin } from './project/begin.ts';
import type { Request } from './request/request.ts';

/** The steps, in order: request → project → facts → plan → files. */
export async function main(request: Request, terminal: Terminal): Promise<Outcome> {
  const report = reportOf(request, terminal);
  const silent = request.yes || request.json || request.mode === 'check' || !terminal.interactive;
  const ask = silent ? undefined : await promptsOf(terminal);
  return deliver(await prepare(request, terminal, report, ask), request, terminal, report, ask);
}

/** Everything but the writing. */
export async function prepare(
  request: Request,
  terminal: Pick<Terminal, 'cwd' | 'today' | 'machine'>,
  report: Report,
  ask: Prompts | undefined,
): Promise<Prepared> {
  const begun = await begin(request, terminal.cwd, ask);
  const { project, language, found, member, starter } = begun;
  if (member !== undefined) report.fact('app', member.value, member.from);
  report.fact('language', language.name, found.from);
  const tell = (key: string, value: string, from: string) => report.fact(flagOf(key).slice(2), value, from);
  const rules = await language.rules();
  const world = { project, catalog: CATALOG, today: terminal.today, seen: rules.see?.(project) };
  const settings = await settle(language, rules.settings, {
    ...world,
    given: request.given,
    ask: ask?.setting,
    tell,
  });
  const entries = TARGET_IDS.map((id) => [id, rules.offers(id, { ...world, settings })]);
  const offers = Object.fromEntries(entries) as Offers;
  const target = await chooseTarget(offers, request.target, ask?.target);
  const offer = offers[target.value];
  const platforms = await choosePlatforms(
    target.value,
    offer,
    request.platforms,
    terminal.machine,
    ask?.platforms,
  );
  report.fact('target', target.value, target.from);
  report.fact('platform', platforms.value.join(', '), platforms.from);
  const planned = rules.plan({ ...world, settings, target: target.value, platforms: platforms.value });
  const plan = withVolumes(planned, request.volumes ?? []);
  report.plan(plan);
  const files = [...starter, ...(await render(plan, project))];
  const facts = { ...(member && { app: member }), language: found, ...settings, target, platforms };
  const print = ([key, { value }]: [string, Found<unknown>]) => [
    key,
    (rules.settings as Readonly<Record<string, Setting<unknown, unknown>>>)[key]?.print(value) ?? '',
  ];
  return { ...begun, facts, plan, files, printed: Object.fromEntries(Object.entries(settings).map(print)) };
}

/** What is delivered, and each setting as it is typed. */
export interface Prepared extends Delivery, Pick<Beginning, 'starter'> {
  readonly printed: Readonly<Record<string, string>>;
}
