import { CATALOG } from './catalog/catalog.ts';
import { choosePlatforms, chooseTarget, type Offers } from './facts/choose.ts';
import { promptsOf } from './facts/prompts.ts';
import { settle } from './facts/settle.ts';
import { flagOf } from './kit/flags.ts';
import { deliver, type Outcome } from './output/deliver.ts';
import { render } from './output/render.ts';
import { reportOf } from './output/report.ts';
import type { Terminal } from './output/terminal.ts';
import { TARGET_IDS } from './plan/targets.ts';
import { begin } from './project/begin.ts';
import type { Request } from './request/request.ts';

/** The steps, in order: request → project → facts → plan → files. */
export async function main(request: Request, terminal: Terminal): Promise<Outcome> {
  const report = reportOf(request, terminal);
  const silent = request.yes || request.json || request.mode === 'check' || !terminal.interactive;
  const ask = silent ? undefined : await promptsOf(terminal);
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
  const plan = rules.plan({ ...world, settings, target: target.value, platforms: platforms.value });
  report.plan(plan);
  const files = [...starter, ...(await render(plan, project))];
  const facts = { ...(member && { app: member }), language: found, ...settings, target, platforms };
  return deliver({ ...begun, facts, plan, files }, request, terminal, report, ask);
}
