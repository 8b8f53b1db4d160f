import { cp, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UserError } from '../errors.ts';
import type { Prompts } from '../facts/prompts.ts';
import { type Prepared, prepare } from '../main.ts';
import { reportOf } from '../output/report.ts';
import type { Terminal } from '../output/terminal.ts';
import { TARGET_IDS, type TargetId } from '../plan/targets.ts';
import type { Typed } from '../request/commands.ts';
import type { Request } from '../request/request.ts';
import { provideImages } from './engine.ts';
import type { Variant } from './measure.ts';
import { naiveOf } from './naive.ts';
import { existingSubject, refuseStarter, subjectOf } from './subject.ts';

/** All that is compared, and the project that it is of. */
export interface Variants {
  readonly list: readonly Variant[];
  readonly prepared: Prepared;
}

/** The naive Dockerfile, the one that is there, and one for each target. Texts go to `folder`. */
export async function variantsOf(
  request: Request,
  own: Typed,
  targets: readonly TargetId[] | undefined,
  terminal: Terminal,
  folder: string,
  ask: Prompts | undefined,
): Promise<Variants> {
  const here: Request = { ...request, platforms: request.platforms ?? [terminal.machine] };
  const quiet = reportOf({ ...here, quiet: true }, { ...terminal, err: () => undefined });
  const first = await firstOf(here, targets, terminal, ask);
  refuseStarter(first);
  // what was answered once is not asked again
  const { target: _, platform: __, ...given } = Object.fromEntries(first.answers);
  const decided: Request = { ...here, given: { ...here.given, ...given } };
  const of = async (target: TargetId): Promise<Prepared | { readonly because: string }> => {
    try {
      return await prepare({ ...decided, target }, terminal, quiet, undefined);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { problem, message } = error;
      return { because: problem.kind === 'target' ? problem.reason : (message.split('\n')[0] ?? '') };
    }
  };
  const list: Variant[] = [];
  for (const target of targets ?? TARGET_IDS) {
    const prepared = await of(target);
    const subject =
      'because' in prepared
        ? prepared
        : await subjectOf(prepared, decided, own, terminal, join(folder, `${target}.Dockerfile`));
    list.push({ name: target, kind: 'target', subject });
  }
  const slim = await of('slim');
  const naive = await naiveVariant('because' in slim ? first : slim, decided, own, terminal, folder);
  const there = await existingSubject(decided, own, terminal);
  const existing = there === undefined ? [] : [await copied(there, join(folder, 'existing.Dockerfile'))];
  return { list: [naive, ...existing, ...list], prepared: 'because' in slim ? first : slim };
}

/** The first target that it can have, which says what the project is. */
async function firstOf(
  request: Request,
  targets: readonly TargetId[] | undefined,
  terminal: Terminal,
  ask: Prompts | undefined,
): Promise<Prepared> {
  const report = reportOf({ ...request, quiet: request.quiet || request.json }, terminal);
  let refused: unknown;
  for (const target of targets ?? TARGET_IDS) {
    try {
      return await prepare({ ...request, target }, terminal, report, ask);
    } catch (error) {
      if (!(error instanceof UserError) || error.problem.kind !== 'target') throw error;
      refused ??= error;
    }
  }
  throw refused;
}

async function naiveVariant(
  prepared: Prepared,
  request: Request,
  own: Typed,
  terminal: Terminal,
  folder: string,
): Promise<Variant> {
  const known = { name: 'naive', kind: 'naive' } as const;
  const dockerfile = join(folder, 'naive.Dockerfile');
  const text = await naiveOf(prepared.plan, prepared.project);
  if (text === undefined)
    return { ...known, subject: { because: 'There is no naive Dockerfile of such a project.' } };
  // its .dockerignore is that of the others: what is compared is the Dockerfile
  const subject = await subjectOf(prepared, request, own, terminal, dockerfile);
  await writeFile(dockerfile, text);
  await provideImages(dockerfile);
  return { ...known, subject: { ...subject, helper: undefined } };
}

/** The Dockerfile that is there, beside the others: its context is the copy of all. */
async function copied(
  there: Awaited<ReturnType<typeof existingSubject>> & object,
  to: string,
): Promise<Variant> {
  await writeFile(to, await readFile(there.dockerfile));
  const ignore = await readFile(`${there.dockerfile}.dockerignore`, 'utf8').catch(() => undefined);
  if (ignore !== undefined) await writeFile(`${to}.dockerignore`, ignore);
  return { name: 'existing', kind: 'existing', subject: { ...there, dockerfile: to } };
}

/** What no build is meant to read, and what is no file at all. */
const LEFT = new Set(['.git', 'node_modules', '.venv', 'venv', '__pycache__']);

/** The build context, copied: a line of it is changed. */
export async function copyContext(root: string, to: string): Promise<void> {
  await cp(root, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: async (path) => {
      if (
        relative(root, path)
          .split(sep)
          .some((part) => LEFT.has(part))
      )
        return false;
      const found = await stat(path).catch(() => undefined);
      // a link to nothing is copied as it is; a socket or a pipe cannot be
      return found === undefined || found.isFile() || found.isDirectory();
    },
  });
}
