import { UserError } from '../errors.ts';
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
}

/** Brings the finished texts where they were asked for: to the disk, to standard output, or nowhere. */
export async function deliver(
  { root, project, seen, facts, plan, files }: Delivery,
  request: Request,
  terminal: Terminal,
  report: Report,
  ask: Prompts | undefined,
): Promise<Outcome> {
  if (request.mode === 'stdout') {
    terminal.out(files.find((file) => file.path === dockerfilePath(project))?.text ?? '');
    return 0;
  }
  const compared = compare(root, files);
  const changed = compared.filter((file) => file.change !== 'same');
  const document = (list: readonly object[]) =>
    terminal.out(`${JSON.stringify({ context: seen.context, facts, plan, files: list }, undefined, 2)}\n`);
  if (request.mode !== 'write') {
    const wouldBe = compared.map(({ path, text, change }) => ({ path, text, wouldBe: done(change) }));
    if (request.json) document(wouldBe);
    else for (const file of changed) terminal.out(await difference(file, terminal.color.out));
    if (changed.length === 0) report.say('Nothing would change.');
    return request.mode === 'check' && changed.length > 0 ? 3 : 0;
  }
  const replaced = compared.filter((file) => file.change === 'replace');
  if (replaced.length > 0 && !request.force) {
    const paths = replaced.map((file) => file.path);
    if (ask === undefined) throw new UserError({ kind: 'differs', paths });
    await report.differences(replaced);
    if (!(await ask.replace(paths))) throw new UserError({ kind: 'kept', paths });
  }
  const written: readonly Written[] = await write(root, compared);
  report.written(written);
  report.next(plan, project, seen);
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
