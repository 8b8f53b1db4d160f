import { resolve } from 'node:path';
import { CATALOG } from './catalog/catalog.ts';
import { UserError } from './errors.ts';
import { chooseLanguage, choosePlatforms } from './facts/choose.ts';
import { withFronts } from './facts/decide.ts';
import type { Found, LanguageId } from './facts/language.ts';
import { settle } from './facts/settle.ts';
import { type File, render as renderFiles } from './output/render.ts';
import type { Plan } from './plan/plan.ts';
import type { StageId } from './plan/stages.ts';
import type { Platform, TargetId } from './plan/targets.ts';
import type { Project } from './project/project.ts';
import { openService } from './project/service.ts';

export { type Problem, UserError } from './errors.ts';
export type { Found, LanguageId } from './facts/language.ts';
export type { File } from './output/render.ts';
export type {
  Artifact,
  Development,
  IgnoreGroup,
  Note,
  Plan,
  Rootfs,
  Stage,
  Stages,
  Step,
  Test,
} from './plan/plan.ts';
export type { StageId } from './plan/stages.ts';
export type { Platform, TargetId } from './plan/targets.ts';
export { openProject, type Project, projectOf } from './project/project.ts';

/** What may be said instead of found. Settings are texts, as their flags take them, by their key: `runtimeVersion`. */
export interface Given {
  readonly language?: LanguageId;
  readonly settings?: Readonly<Record<string, string>>;
  /** Day by which versions are judged, as `2026-11-24`; that of this release when left out. */
  readonly today?: string;
}

/** Every fact about a project with its origin. */
export interface Facts {
  readonly language: Found<LanguageId>;
  readonly settings: Readonly<Record<string, Found<unknown>>>;
}

/** Looks at a project: a folder's path, or a view of one. Rejects with a `UserError` for what cannot be known. */
export async function detect(folder: string | Project, given: Given = {}): Promise<Facts> {
  const { project, language, found } = await serviceAt(folder, given.language);
  const rules = await language.rules();
  const settings = await settle(language, rules.settings, {
    seen: rules.see?.(project),
    project,
    catalog: CATALOG,
    today: given.today ?? CATALOG.checked,
    given: given.settings ?? {},
    ask: undefined,
  });
  return { language: found, settings };
}

/** Plans a Dockerfile from facts. Rejects with a `UserError` when the project cannot run on the target. */
export async function plan(
  folder: string | Project,
  facts: Facts,
  to: {
    readonly target?: TargetId;
    readonly platforms?: readonly Platform[];
    readonly today?: string;
    /** Stages beside the one that ships. */
    readonly stages?: readonly StageId[];
  } = {},
): Promise<Plan> {
  const { project, language } = await serviceAt(folder, facts.language.value);
  const rules = await language.rules();
  const world = {
    project,
    catalog: CATALOG,
    today: to.today ?? CATALOG.checked,
    settings: facts.settings,
    seen: rules.see?.(project),
  };
  const target = to.target ?? 'slim';
  const offer = rules.offers(target, world);
  if ('none' in offer) throw new UserError({ kind: 'target', target, reason: offer.none, instead: [] });
  const platforms = choosePlatforms(target, offer, to.platforms).value;
  const planned = await withFronts(rules, { ...world, today: to.today ?? today(), target, platforms });
  const shipped = rules.plan(planned);
  const stages = to.stages ?? [];
  return stages.length === 0 ? shipped : (await rules.stages())(planned, shipped, stages);
}

/** The finished texts; an existing .dockerignore of the project keeps its lines. Nothing is written. */
export async function render(folder: string | Project, planned: Plan): Promise<readonly File[]> {
  return renderFiles(planned, (await serviceAt(folder, planned.language)).project);
}

/** A folder of a workspace is built from its root; a view is taken as it is. */
async function serviceAt(folder: string | Project, id: LanguageId | undefined) {
  if (typeof folder === 'string') return openService(resolve(folder), { language: id });
  return { project: folder, ...(await chooseLanguage(folder, id, undefined)) };
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
