import { Back, UserError } from '../errors.ts';
import type { Found } from '../facts/language.ts';
import type { Prompts } from '../facts/prompts.ts';
import type { Plan } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';
import type { Request } from '../request/request.ts';
import { dockerfilePath } from './dockerfile.ts';
import { madeOf, unresolved } from './made.ts';
import type { Resolution } from './merge.ts';
import type { File } from './render.ts';
import { difference, done, type Report, type Seen } from './report.ts';
import type { Terminal } from './terminal.ts';
import { type Compared, compare, uninterrupted, type Written, write } from './write.ts';

/** Exit codes: done or nothing to do; one of several is refused; a file differs under --check. The others belong to errors. */
export type Outcome = 0 | 1 | 3;

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
  /** The files that other answers make: those that a first line has. */
  remade(words: string): Promise<readonly File[]>;
}

/** The form of the JSON document: raised when a reader of it would have to change. */
export const VERSION = 1;

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
  const merged = await withEdits(compare(root, files), request.conflict, delivery, request, terminal);
  if (request.mode !== 'write') return show(merged, delivery, request, terminal, report);
  const compared = await resolved(merged, delivery, request, terminal, report, ask);
  if (compared === undefined || !(await agreed(compared, request, report, ask))) return 'back';
  const written: readonly Written[] = await uninterrupted(terminal, () => write(root, compared));
  report.written(written);
  for (const { path, text } of compared) {
    const line = unresolved(text);
    if (line !== undefined)
      report.say(`${path}:${line} holds both sides between markers: settle them before it is built.`);
  }
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

/** What would be written where nobody is asked. Refuses what somebody would have to say. */
export async function unasked(
  delivery: Pick<Delivery, 'root' | 'files' | 'remade'>,
  request: Request,
  terminal: Terminal,
): Promise<readonly Compared[]> {
  const compared = compare(delivery.root, delivery.files);
  const merged = await withEdits(compared, request.conflict, delivery, request, terminal);
  if (request.mode !== 'write') return merged;
  const odd = request.conflict === undefined ? merged.filter(({ conflicts = 0 }) => conflicts > 0) : [];
  const files = odd.map(({ path, conflicts = 0 }) => ({ path, conflicts }));
  if (files.length > 0) throw new UserError({ kind: 'conflict', files });
  const replaced = merged.filter(({ change }) => change === 'replace' && !request.force);
  if (replaced.length > 0) throw new UserError({ kind: 'differs', paths: replaced.map(({ path }) => path) });
  return merged;
}

/** Brings edits of files of ours together with what is made now; with --force they go. */
async function withEdits(
  compared: readonly Compared[],
  resolution: Resolution | undefined,
  { root, remade }: Pick<Delivery, 'root' | 'remade'>,
  { force }: Request,
  { version }: Terminal,
): Promise<readonly Compared[]> {
  const edited = ({ change, before }: Compared) => change === 'replace' && madeOf(before ?? '') !== undefined;
  if (force || !compared.some(edited)) return compared;
  const { again } = await import('./again.ts');
  return again(compared, resolution, { root, version, remade });
}

/** What is at odds is shown and asked, and refused where nobody can answer. Undefined: the step before is taken again. */
async function resolved(
  compared: readonly Compared[],
  delivery: Delivery,
  request: Request,
  terminal: Terminal,
  report: Report,
  ask: Prompts | undefined,
): Promise<readonly Compared[] | undefined> {
  const odd = compared.filter(({ conflicts = 0 }) => conflicts > 0);
  if (odd.length === 0 || request.conflict !== undefined) return compared;
  await report.differences(odd);
  const files = odd.map(({ path, conflicts = 0 }) => ({ path, conflicts }));
  if (ask === undefined) throw new UserError({ kind: 'conflict', files });
  const resolution = await orBack(() => ask.conflict(files));
  if (resolution === undefined) return undefined;
  return withEdits(compare(delivery.root, delivery.files), resolution, delivery, request, terminal);
}

/** Undefined where Escape was the answer. */
async function orBack<T>(asked: () => Promise<T>): Promise<T | undefined> {
  try {
    return await asked();
  } catch (error) {
    if (error instanceof Back) return undefined;
    throw error;
  }
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
    const list = compared.map(({ path, text, change, stale = [], conflicts = 0 }) => ({
      ...{ path, text, wouldBe: done(change) },
      ...(stale.length === 0 ? {} : { stale }),
      ...(conflicts === 0 ? {} : { conflicts }),
    }));
    terminal.out(documentOf(delivery, list));
  } else for (const file of changed) terminal.out(await difference(file, terminal.color.out));
  report.stale(compared, terminal.version);
  if (changed.length === 0) report.say('Nothing would change.');
  const stale = changed.length > 0 || compared.some((file) => (file.stale ?? []).length > 0);
  return request.mode === 'check' && stale ? 3 : 0;
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
  const replaced = request.force ? [] : changed.filter(({ change }) => change === 'replace');
  const merged = changed.filter(({ change }) => change === 'merge');
  const pathsOf = (list: readonly Compared[]) => list.map((file) => file.path);
  if (ask === undefined) {
    if (replaced.length > 0) throw new UserError({ kind: 'differs', paths: pathsOf(replaced) });
    return true;
  }
  // what nobody has edited holds nothing that a question could keep
  if (changed.every(({ change }) => change === 'update')) return true;
  await report.differences([...replaced, ...merged]);
  const others = changed.filter((file) => !replaced.includes(file));
  const yes = await orBack(() => ask.write(pathsOf(others), pathsOf(replaced)));
  if (yes === undefined) return false;
  if (yes) return true;
  throw new UserError({ kind: 'kept', paths: pathsOf(changed) });
}
