import { resolve } from 'node:path';
import { CATALOG } from '../catalog/catalog.ts';
import { UserError } from '../errors.ts';
import { chooseLanguage } from '../facts/choose.ts';
import { settle } from '../facts/settle.ts';
import { partialName } from '../output/template-options.ts';
import { paints, type Terminal } from '../output/terminal.ts';
import type { Plan } from '../plan/plan.ts';
import { TARGET_IDS, type TargetId } from '../plan/targets.ts';
import { printable } from '../printable.ts';
import { projectOf } from '../project/project.ts';
import type { CommandRules } from '../request/commands.ts';
import { near } from '../request/near.ts';
import type { Request } from '../request/request.ts';
import { configure } from './configuration.ts';
import { ownTemplate, ownTemplates } from './disk.ts';
import { configurationIn } from './find.ts';
import { assertPolicy, renderStandard, standardPlan } from './finish.ts';
import { faultsOf } from './rules.ts';
import { SAMPLES, type Sample } from './samples.ts';
import type { Configured } from './standard.ts';
import { wordsIn, wordsOf } from './vocabulary.ts';

/** `create-dockerfile lint-standard`: a standard is tried with every cell of the matrix. */
export const lintStandard: CommandRules = {
  flags: {},
  takes: (name) => ['help', 'quiet', 'no-color'].includes(name),
  run: linted,
};

async function linted(request: Request, _own: object, terminal: Terminal): Promise<number> {
  const folder = resolve(terminal.cwd, request.directory);
  const source = configurationIn(folder);
  if (source === undefined)
    throw new UserError({
      kind: 'refused',
      message: `There is no standard in ${JSON.stringify(request.directory)}.`,
      fix: 'It has a create-dockerfile.yaml in its folder.',
    });
  const dry: Request = { ...request, mode: 'check' };
  const { configured, digests } = await configure(dry, { ...terminal, environment: {} }, [source], folder);
  if (configured === undefined) throw new Error('a source makes a configuration');
  // no registry is asked here: that a run pins is enough
  const policies = configured.standard.policies.map((one) =>
    digests === 'pin' ? { ...one, digests: false } : one,
  );
  const plans: Plan[] = [];
  const broken: string[] = [];
  let cells = 0;
  for (const sample of SAMPLES)
    for (const target of TARGET_IDS) {
      const plan = await planOf(sample, target);
      if (plan === undefined) continue;
      plans.push(plan);
      cells++;
      for (const fault of await faultsIn(plan, sample, configured, policies, terminal.today))
        broken.push(`${sample.name} on ${target}: ${fault}`);
    }
  const strange = await strangeWords(plans, configured);
  const paint = paints(terminal.color.err);
  for (const one of [...strange, ...broken]) terminal.err(`${paint.red('breaks')} ${printable(one)}\n`);
  if (strange.length + broken.length > 0) return 1;
  if (!request.quiet) terminal.err(`The standard holds in all of ${cells} cells.\n`);
  return 0;
}

/** The plan of a sample as it would be without a standard; undefined: it cannot run there. */
async function planOf({ files, language: id }: Sample, target: TargetId): Promise<Plan | undefined> {
  const project = await projectOf(files, 'sample');
  const { language } = await chooseLanguage(project, id, undefined);
  const rules = await language.rules();
  const world = { project, catalog: CATALOG, today: CATALOG.checked, seen: rules.see?.(project) };
  const settings = await settle(language, rules.settings, { ...world, given: {}, ask: undefined });
  const offer = rules.offers(target, { ...world, settings });
  if ('none' in offer) return undefined;
  return rules.plan({ ...world, settings, target, platforms: offer.platforms.slice(0, 1) });
}

/** What breaks when a cell is drawn with the standard. */
async function faultsIn(
  plan: Plan,
  { files }: Sample,
  configured: Configured,
  policies: Configured['standard']['policies'],
  today: string,
): Promise<readonly string[]> {
  try {
    const project = await projectOf(files, 'sample');
    const whole = standardPlan(plan, configured);
    const [dockerfile] = await renderStandard(whole, project, configured.standard);
    await assertPolicy(dockerfile.text, plan.target, policies, today);
    return await faultsOf(dockerfile.text);
  } catch (error) {
    if (error instanceof UserError) return [error.message];
    throw error;
  }
}

/** Words in its templates that no plan has: where a condition reads one, it is false without a word. */
async function strangeWords(plans: readonly Plan[], { standard }: Configured): Promise<readonly string[]> {
  const own = Object.entries(standard.templates);
  if (own.length === 0) return [];
  const { default: Handlebars } = await import('handlebars');
  const whole = plans.map((plan) => standardPlan(plan, { sources: {}, general: [], standard, files: [] }));
  const words = wordsOf([...plans, ...whole]);
  const ours = new Map(ownTemplates().map((name) => [name, ownTemplate(name)]));
  // what our own templates read is a word, though no sample may have it
  for (const text of ours.values())
    for (const { path } of wordsIn(Handlebars.parse(text), new Set())) words.add(path);
  return own.flatMap(([name, { text, path }]) => {
    let tree: unknown;
    try {
      tree = Handlebars.parse(text);
    } catch {
      // told by every cell
      return [];
    }
    const standing = ours.get(name);
    const handed =
      standing === undefined || partialName(name) === undefined
        ? []
        : wordsIn(Handlebars.parse(standing), new Set()).map((word) => word.path.split('.')[0] ?? '');
    return wordsIn(tree, new Set(handed)).flatMap(({ path: word, line }) => {
      if (words.has(word)) return [];
      const nearest = near(word, [...words]);
      const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
      return [`${path}:${line}: ${word} is no word of the plan.${hint}`];
    });
  });
}
