import { CATALOG } from './catalog/catalog.ts';
import { type Answers, decide } from './facts/decide.ts';
import { promptsOf } from './facts/prompts.ts';
import { deliver, type Outcome } from './output/deliver.ts';
import { render } from './output/render.ts';
import { reportOf } from './output/report.ts';
import type { Terminal } from './output/terminal.ts';
import { begin } from './project/begin.ts';
import type { Request } from './request/request.ts';

/** The steps, in order: request → project → facts → plan → files. */
export async function main(request: Request, terminal: Terminal): Promise<Outcome> {
  const report = reportOf(request, terminal);
  const silent = request.yes || request.json || request.mode === 'check' || !terminal.interactive;
  const ask = silent ? undefined : await promptsOf(terminal);
  const begun = await begin(request, terminal.cwd, ask);
  const { project, language, found, member, starter, moved } = begun;
  if (moved !== undefined) report.fact('folder', moved.value, moved.from);
  if (member !== undefined) report.fact('app', member.value, member.from);
  report.fact('language', language.name, found.from);
  const rules = await language.rules();
  // the same release of this program decides the same on any day; what has ended since is told
  const world = { project, catalog: CATALOG, today: CATALOG.checked, seen: rules.see?.(project) };
  const answers: Answers = new Map();
  const given = begun.main === undefined ? request.given : { main: begun.main, ...request.given };
  for (;;) {
    const said = { ...request, given };
    const { decided, rows } = await decide(language, rules, world, said, answers, ask);
    for (const { name, value, from } of rows) report.fact(name, value, from);
    const { settings, target, platforms } = decided;
    const to = { ...world, today: terminal.today, settings };
    const plan = rules.plan({ ...to, target: target.value, platforms: platforms.value });
    report.plan(plan);
    const files = [...starter, ...(await render(plan, project))];
    const facts = { ...(member && { app: member }), language: found, ...settings, target, platforms };
    const outcome = await deliver({ ...begun, facts, plan, files, answers }, request, terminal, report, ask);
    if (outcome !== 'back') return outcome;
  }
}
