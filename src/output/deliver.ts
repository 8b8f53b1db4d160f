import { Back, UserError } from '../errors.ts';
import type { Found } from '../facts/language.ts';
import type { Prompts } from '../facts/prompts.ts';
import type { Plan } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';
import type { Request } from '../request/request.ts';
import { dockerfilePath, type File } from './render.ts';
import { difference, done, type Report, type Seen } from './report.ts';
import type { Terminal } from './terminal.ts';
import { type Compared, compare, type Written, write } from './write.ts';

/** Exit codes: done or nothing to do; a file differs under --check. The others belong to errors. */
export type Outcome = 0 | 3;

export interface Delivery {
  /** Folder of the build context. */
  readonly root: string;
  readonly project: Project;
  readonly seen: Seen;
  readonly facts: Readonly<Record<string, Found<unknown>>>;
  readonly plan: Plan;
  readonly files: readonly File[];
  /** What was answered, by flag. */
  readonly answers: ReadonlyMap<string, string>;
}

/** The form of the JSON document: raised when a reader of it would have to change. */
const VERSION = 1;

/** Brings the finished texts where they were asked for: to the disk, to standard output, or nowhere. */
export async function deliver(
  delivery: Delivery,
  request: Request,
  terminal: Terminal,
  report: Report,
  ask: Prompts | undefined,
): Promise<Outcome | 'back'> {
  const { root, project, seen, plan, files, answers } = delivery;
  if (request.mode === 'stdout') {
    terminal.out(files.find((file) => file.path === dockerfilePath(project))?.text ?? '');
    return 0;
  }
  const compared = compare(root, files);
  if (request.mode !== 'write') return show(compared, delivery, request, terminal, report);
  if (!(await agreed(compared, request, report, ask))) return 'back';
  const written: readonly Written[] = await write(root, compared);
  report.written(written);
  report.next(plan, project, seen, answers);
  if (request.json) {
    const texts = new Map(compared.map(({ path, text }) => [path, text]));
    const list = written.map(({ path, change, kept }) => ({
      path,
      text: texts.get(path),
      done: done(change),
      ...(kept === undefined ? {} : { kept }),
    }));
    terminal.out(documentOf(delivery, list));
  }
  return 0;
}

/** What would be, and nothing is written. */
async function show(
  compared: readonly Compared[],
  delivery: Delivery,
  request: Request,
  terminal: Terminal,
  report: Report,
): Promise<Outcome> {
  const changed = compared.filter((file) => file.change !== 'same');
  if (request.json) {
    const list = compared.map(({ path, text, change }) => ({ path, text, wouldBe: done(change) }));
    terminal.out(documentOf(delivery, list));
  } else for (const file of changed) terminal.out(await difference(file, terminal.color.out));
  if (changed.length === 0) report.say('Nothing would change.');
  return request.mode === 'check' && changed.length > 0 ? 3 : 0;
}

function documentOf({ seen, facts, plan }: Delivery, files: readonly object[]): string {
  return `${JSON.stringify({ version: VERSION, context: seen.context, facts, plan, files }, undefined, 2)}\n`;
}

/** The one yes, where somebody is there to say it; false: the step before is taken again. */
async function agreed(
  compared: readonly Compared[],
  request: Request,
  report: Report,
  ask: Prompts | undefined,
): Promise<boolean> {
  const changed = compared.filter((file) => file.change !== 'same');
  const replaced = request.force ? [] : changed.filter((file) => file.change === 'replace');
  const pathsOf = (list: readonly Compared[]) => list.map((file) => file.path);
  if (ask === undefined) {
    if (replaced.length > 0) throw new UserError({ kind: 'differs', paths: pathsOf(replaced) });
    return true;
  }
  if (changed.length === 0) return true;
  await report.differences(replaced);
  const others = changed.filter((file) => !replaced.includes(file));
  try {
    if (await ask.write(pathsOf(others), pathsOf(replaced))) return true;
  } catch (error) {
    if (error instanceof Back) return false;
    throw error;
  }
  throw new UserError({ kind: 'kept', paths: pathsOf(changed) });
}
