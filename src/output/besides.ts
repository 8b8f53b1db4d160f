import { posix, relative, sep } from 'node:path';
import { UserError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { textIn } from '../project/files.ts';
import type { Project } from '../project/project.ts';
import type { CiService, Request } from '../request/request.ts';
import { bakeOf } from './bake.ts';
import { botOf, repositoryOf, standingBot } from './bot.ts';
import { ciOf } from './ci.ts';
import { companionsOf, ownCompose } from './companions.ts';
import { composeOf } from './compose.ts';
import { dockerfilePath } from './dockerfile.ts';
import { madeOf } from './made.ts';
import type { File } from './render.ts';
import type { Report } from './report.ts';

/** Files beside the Dockerfile, as they were asked for. Services that are described already are left alone. */
export async function besidesOf(
  request: Request,
  plan: Plan,
  project: Project,
  report: Report,
  { version, root }: { readonly version: string; readonly root: string },
): Promise<readonly File[]> {
  const bake = [
    ...(request.bake === true ? [bakeOf(plan, project)] : []),
    ...(request.rego === true ? await policyFile(request, project) : []),
    ...(request.ci === undefined ? [] : workflows(request.ci, plan, project, report, { version, root })),
    ...botFile(request, project, report, root),
  ];
  if (request.compose !== true) return bake;
  const beside = companionsOf(project);
  for (const { companion, from } of beside) report.fact(companion.name, companion.image, from);
  const file = await composeOf(plan, project, beside);
  const own = ownCompose(project);
  const standing = own === undefined ? undefined : project.context.read(own);
  const ours = own === file.path && madeOf(standing ?? '') !== undefined;
  if (standing === undefined || standing === file.text || ours) return [...bake, file];
  report.left(own ?? '', file.text);
  return bake;
}

/** A workflow of somebody else is shown what it could have, and never written over. */
function workflows(
  service: CiService,
  plan: Plan,
  project: Project,
  report: Report,
  { version, root }: { readonly version: string; readonly root: string },
): readonly File[] {
  const top = repositoryOf(root) ?? root;
  const context = relative(top, root).split(sep).join('/') || '.';
  return ciOf(service, plan, project, version, context).filter((file) => {
    const standing = textIn(top, posix.join(context, file.path));
    if (standing === undefined || standing === file.text || madeOf(standing) !== undefined) return true;
    report.left(file.path, file.text);
    return false;
  });
}

/** What moves the digests. Offered where there are some, and written where it is asked for and a repository has none. */
function botFile(
  { bot, digests, compose }: Request,
  project: Project,
  report: Report,
  root: string,
): readonly File[] {
  const standing = standingBot(root);
  if (bot === undefined) {
    const offer = '--bot renovate or --bot dependabot adds the configuration of one that does.';
    if (digests === 'pin' && standing === undefined)
      report.say(`Digests stay as they are until somebody moves them. ${offer}`);
    return [];
  }
  const file = botOf(bot, project, compose === true);
  const top = repositoryOf(root) ?? root;
  if (standing === undefined && top === root) return [file];
  const left =
    standing === undefined ? 'It belongs to the root of the repository' : `${standing} is left as it is`;
  report.say(`\n${left}. What would stand in ${file.path}:\n\n${file.text}`);
  return [];
}

/** The policy beside the Dockerfile, as Buildx looks for it. */
async function policyFile({ configured }: Request, project: Project): Promise<readonly File[]> {
  const { regoOf } = await import('../standard/rego.ts');
  const text = regoOf(configured?.standard.policies ?? []);
  if (text !== undefined) return [{ path: `${dockerfilePath(project)}.rego`, text }];
  throw new UserError({
    kind: 'refused',
    message: 'No policy says anything of images, so there is nothing to write for Buildx.',
    fix: 'Leave --rego out, or say registries, images or digests under policy.',
  });
}
