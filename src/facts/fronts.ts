import { posix } from 'node:path';
import { UserError } from '../errors.ts';
import { LANGUAGES } from '../languages/index.ts';
import type { Front } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';
import { within } from '../project/within.ts';
import type { Fronts, Language, PlanTo, Rules, Taken } from './language.ts';
import { settle } from './settle.ts';

/** Where a folder comes from: the project that makes it, and what of that has to be said. */
interface Maker {
  readonly language: Language;
  readonly rules: Rules;
  readonly fronts: Fronts;
  readonly project: Project;
  readonly folder: string;
  /** The folder as its build leaves it, relative to the project, and as the program takes it in. */
  readonly made: string;
  readonly destination: string;
  readonly given: Readonly<Record<string, string>>;
}

/** No program's own: what shows or tests another one. */
const APART = /(?:^|\/)(?:test-?data|tests?|fixtures|examples?|docs|website|vendor|third[_-]party)\//;
/** A project has a front end or two; more manifests than these are looked at by nobody. */
const MOST = 12;

/** The stages that make what a program takes in. What no build is known to make is left to the language. */
export async function frontsOf(rules: Rules, to: PlanTo<object>): Promise<readonly Front[]> {
  const taken = within(() => rules.takes?.(to) ?? []);
  const found = new Map<string, Front>();
  for (const one of taken) {
    const maker = await makerOf(to.project, one);
    if (maker === undefined || found.has(maker.destination)) continue;
    const front = await planned(maker, one, to, found.size);
    if (front !== undefined) found.set(maker.destination, front);
  }
  return [...found.values()];
}

async function makerOf({ context }: Project, { folder }: Taken): Promise<Maker | undefined> {
  const manifests = new Set(LANGUAGES.map(({ manifest }) => manifest));
  const folders = context
    .find([...manifests].flatMap((name) => [name, `**/${name}`]))
    .filter((path) => !APART.test(path))
    .map((path) => posix.dirname(path));
  // the nearest to what is taken in is asked first
  const apart = (path: string) => posix.relative(path, folder).split('/').length;
  const near = [...new Set(folders)].sort((a, b) => apart(a) - apart(b)).slice(0, MOST);
  const wanted = [folder, ...sourcesOf(context, folder)];
  for (const at of near)
    for (const language of LANGUAGES) {
      const made = await madeAt(context, language, at, wanted);
      if (made !== undefined) return { language, ...made, destination: folder };
    }
  return undefined;
}

/** What a language's build in a folder makes of what is wanted. */
async function madeAt(
  context: Project,
  language: Language,
  at: string,
  wanted: readonly string[],
): Promise<Omit<Maker, 'language' | 'destination'> | undefined> {
  const opened = await openedAt(context, language, at);
  if (opened === undefined) return undefined;
  const rules = await language.rules();
  const fronts = await rules.fronts?.();
  if (fronts === undefined) return undefined;
  for (const one of wanted) {
    const made = posix.relative(at, one) || '.';
    const given = made === '.' ? undefined : within(() => fronts.given(opened.project, made));
    if (given !== undefined) return { rules, fronts, ...opened, made, given };
  }
  return undefined;
}

/** A folder as its language builds it: alone, or from the root of the workspace that it is a member of. */
async function openedAt(
  context: Project,
  language: Language,
  at: string,
): Promise<Pick<Maker, 'project' | 'folder'> | undefined> {
  const project = await context.alone(at);
  if (within(() => language.detect(project))?.strength !== 'manifest') return undefined;
  const { workspaces } = language;
  for (let top = posix.dirname(at); workspaces !== undefined && top !== at; top = posix.dirname(top)) {
    const root = await context.alone(top);
    const app = posix.relative(top, at);
    if (workspaces.isRoot(root) && (await workspaces.load()).takes(root, app) !== undefined)
      return { project: await context.alone(top, app), folder: top };
    if (top === '.') break;
  }
  return { project, folder: at };
}

const RECIPES = ['Makefile', '*.mk', 'Taskfile.y*ml', 'justfile', '*.sh', 'scripts/*', 'Dockerfile*'];
const COPIES = /(?:^|[\s;&@])(?:cp(?:[^\S\n]+-\w+)*|mv)[^\S\n]+([\w./-]+)[^\S\n]+([\w./-]+)[^\S\n]*$/gm;

/** Folders that recipes of the project copy to another one as they are. */
function sourcesOf(project: Project, folder: string): readonly string[] {
  const copies = project.find([...RECIPES, '.github/workflows/*.y*ml']).flatMap((path) =>
    [...(project.read(path) ?? '').matchAll(COPIES)].flatMap(([, from = '', to = '']) => {
      const source = posix.normalize(from).replace(/\/$/, '');
      const goal = posix.normalize(to).replace(/\/$/, '');
      const goes = goal === folder || posix.join(goal, posix.basename(source)) === folder;
      return goes && !source.startsWith('..') && source !== '.' ? [source] : [];
    }),
  );
  return [...new Set(copies)];
}

async function planned(
  maker: Maker,
  { at }: Taken,
  to: PlanTo<object>,
  before: number,
): Promise<Front | undefined> {
  const { language, rules, fronts, project, folder, made, destination, given } = maker;
  try {
    const seen = within(() => rules.see?.(project));
    const world = { ...to, project, seen };
    const settings = await settle(language, rules.settings, { ...world, given, ask: undefined });
    const plan = within(() => rules.plan({ ...world, settings }));
    return fronts.stage(plan, {
      stage: before === 0 ? 'pages' : `pages-${before + 1}`,
      folder,
      source: posix.join('/app', project.app, made),
      destination,
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError({
      kind: 'refused',
      message: `${at} takes in what ${posix.join(folder, language.manifest)} builds, and that cannot be planned: ${error.message}`,
      fix: `Build it before the image is built, so that ${destination} is there.`,
    });
  }
}
