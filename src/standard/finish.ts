import { join, relative, sep } from 'node:path';
import { CATALOG } from '../catalog/catalog.ts';
import { UserError } from '../errors.ts';
import { dockerfilePath } from '../output/dockerfile.ts';
import { type File, render } from '../output/render.ts';
import type { Terminal } from '../output/terminal.ts';
import type { Plan } from '../plan/plan.ts';
import type { TargetId } from '../plan/targets.ts';
import { textIn } from '../project/files.ts';
import type { Project } from '../project/project.ts';
import type { Request } from '../request/request.ts';
import { withStandard } from './apply.ts';
import { ownTemplate, ownTemplates } from './disk.ts';
import { matchOf } from './images.ts';
import { breachesOf } from './policy.ts';
import type { Configured, ImageRule, Policy, Standard } from './standard.ts';
import { assertTemplates } from './template-check.ts';
import { TEMPLATE_FOLDER } from './words.ts';

/** No Dockerfile is longer: one that is has a template that multiplies its lines. */
const LONGEST = 1024 * 1024;

/** A plan as its configuration completes it, and what is drawn from it. */
export function standardPlan(plan: Plan, { standard, files }: Configured): Plan {
  const whole = withStandard(plan, standard);
  const patterns = [
    ...(files.some((file) => /(^|\/)create-dockerfile\.\w+$/.test(file)) ? ['create-dockerfile.*'] : []),
    ...(Object.keys(standard.templates).length > 0 ? [TEMPLATE_FOLDER] : []),
  ];
  // what says how the Dockerfile is made is no part of the image
  const groups = whole.ignore.map((group) =>
    group.about === 'What describes the container is not in it'
      ? { ...group, patterns: [...group.patterns, ...patterns.map((one) => `**/${one}`)] }
      : group,
  );
  return { ...whole, ignore: groups };
}

/** The finished texts by the standard's templates. What they cannot fill is refused with their names. */
export async function renderStandard(
  plan: Plan,
  project: Project,
  standard: Standard,
): Promise<Awaited<ReturnType<typeof render>>> {
  const own = Object.entries(standard.templates);
  if (own.length > 0) {
    const names = new Set(ownTemplates());
    await assertTemplates(standard.templates, (name) => (names.has(name) ? ownTemplate(name) : undefined));
  }
  try {
    const overrides = Object.fromEntries(own.map(([name, { text }]) => [name, text]));
    const [dockerfile, ignore] = await render(plan, project, overrides);
    if (dockerfile.text.length > LONGEST) throw new Error('it makes more than a MiB of text');
    if (dockerfile.text.includes('[object Object]'))
      throw new Error('one of them prints a group of words, and not a word');
    return [withFrontend(dockerfile, standard.images), ignore];
  } catch (error) {
    if (error instanceof UserError || own.length === 0) throw error;
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new UserError({
      kind: 'refused',
      message: `The standard's templates (${own.map(([, { path }]) => path).join(', ')}) cannot be filled: ${reason}.`,
      fix: 'Try them with create-dockerfile lint-standard.',
    });
  }
}

/** What is made here breaks no policy: it is refused before it is written. */
export async function holdMade(
  files: readonly File[],
  { target }: Plan,
  project: Project,
  { configured, digests, mode }: Request,
  today: string,
): Promise<void> {
  // --check asks no registry: the digests that a run would add are none that are lacking
  const pins = digests === 'pin' && mode === 'check';
  const policies = (configured?.standard.policies ?? []).map((one) =>
    pins ? { ...one, digests: false } : one,
  );
  const text = files.find(({ path }) => path === dockerfilePath(project))?.text ?? '';
  await assertPolicy(text, target, policies, today);
}

export async function assertPolicy(
  text: string,
  target: TargetId,
  policies: readonly Policy[],
  today: string,
): Promise<void> {
  const breaches = await breachesOf(text, policies, { target, catalog: CATALOG, today });
  if (breaches.length === 0) return;
  const said = new Set(breaches.map(({ message, from }) => `${message} (${from})`));
  const bare = breaches.some(({ message }) => message.endsWith(' has no digest'));
  throw new UserError({
    kind: 'refused',
    message: `The Dockerfile would break the policy: ${[...said].join('; ')}.`,
    fix: bare ? '--pin adds digests.' : '',
  });
}

/** Refuses a Dockerfile that stands there, with the lines that break a policy. */
export async function holdStanding(
  policies: readonly Policy[],
  { cwd, today }: Pick<Terminal, 'cwd' | 'today'>,
  root: string,
  path: string,
): Promise<void> {
  const text = textIn(root, path);
  if (text === undefined) return;
  const shown = relative(cwd, join(root, path)).split(sep).join('/');
  const breaches = await breachesOf(text, policies, { target: undefined, catalog: CATALOG, today });
  const [first] = breaches;
  if (first === undefined) return;
  const lines = breaches.map(({ line, message, from }) => `${shown}:${line}: ${message} (${from})`);
  throw new UserError({ kind: 'refused', path: shown, line: first.line, message: '', fix: '', lines });
}

/** The frontend that reads the Dockerfile is an image too, and comes from the mirror of the others. */
function withFrontend(file: File, rules: readonly ImageRule[]): File {
  const [line = '', image = ''] = /^# syntax=(\S+)/.exec(file.text) ?? [];
  const rule = rules.find(({ replaces }) => image !== '' && matchOf(replaces, image) !== undefined);
  if (rule === undefined) return file;
  const stars = [...(matchOf(rule.replaces, image) ?? [])];
  const other = rule.image.replace(/\*/g, () => stars.shift() ?? '');
  return { ...file, text: `# syntax=${other}${file.text.slice(line.length)}` };
}
