import { Back, UserError } from '../errors.ts';
import type { Found } from '../facts/language.ts';
import type { Prompts } from '../facts/prompts.ts';
import type { Plan } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';
import type { Request } from '../request/request.ts';
import { dockerfilePath, type File } from './render.ts';
import { difference, done, type Report, type Seen } from './report.ts';
import type { Terminal } from './terminal.ts';
import { compare, type Written, write } from './write.ts';

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
  { root, project, seen, facts, plan, files, answers }: Delivery,
  request: Request,
  terminal: Terminal,
  report: Report,
  ask: Prompts | undefined,
): Promise<Outcome | 'back'> {
  if (request.mode === 'stdout') {
    terminal.out(files.find((file) => file.path === dockerfilePath(project))?.text ?? '');
    return 0;
  }
  const compared = compare(root, files);
  const changed = compared.filter((file) => file.change !== 'same');
  const document = (list: readonly object[]) =>
    terminal.out(
      `${JSON.stringify({ version: VERSION, context: seen.context, facts, plan, files: list }, undefined, 2)}\n`,
    );
  if (request.mode !== 'write') {
    const wouldBe = compared.map(({ path, text, change }) => ({ path, text, wouldBe: done(change) }));
    if (request.json) document(wouldBe);
    else for (const file of changed) terminal.out(await difference(file, terminal.color.out));
    if (changed.length === 0) report.say('Nothing would change.');
    return request.mode === 'check' && changed.length > 0 ? 3 : 0;
  }
  const replaced = request.force ? [] : compared.filter((file) => file.change === 'replace');
  const paths = replaced.map((file) => file.path);
  if (ask === undefined && replaced.length > 0) throw new UserError({ kind: 'differs', paths });
  if (ask !== undefined && changed.length > 0) {
    await report.differences(replaced);
    const others = changed.filter((file) => !replaced.includes(file)).map((file) => file.path);
    try {
      if (!(await ask.write(others, paths)))
        throw new UserError({ kind: 'kept', paths: changed.map((file) => file.path) });
    } catch (error) {
      if (error instanceof Back) return 'back';
      throw error;
    }
  }
  const written: readonly Written[] = await write(root, compared);
  report.written(written);
  report.next(plan, project, seen, answers);
  if (request.json) {
    const texts = new Map(compared.map(({ path, text }) => [path, text]));
    document(
      written.map(({ path, change, kept }) => ({
        path,
        text: texts.get(path),
        done: done(change),
        ...(kept === undefined ? {} : { kept }),
      })),
    );
  }
  return 0;
}
