import { posix } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { UserError } from '../errors.ts';
import type { IgnoreGroup, Plan } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';

/**
 * Which .dockerignore a build reads, as the build context has it: BuildKit prefers the one that stands beside its
 * Dockerfile and is named for it. A member of a workspace always has its own, for `.dockerignore` is everybody's.
 */
export function ignorePath(project: Project): string {
  const named = posix.join(project.app, 'Dockerfile.dockerignore');
  return project.app !== '.' || project.context.has(named) ? named : '.dockerignore';
}

/** The lines of a pattern file that are patterns. */
function patternsOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The same pattern, however it is spelt: `/dist/`, `./dist` and `dist`. */
function spelling(pattern: string): string {
  return pattern.replace(/^(!?)(?:\.?\/)+/, '$1').replace(/(.)\/+$/, '$1');
}

/** Refuses a line that no builder could read either: `[` without its end. */
export function assertPatterns(path: string, text: string): void {
  const readable = (lines: string) => {
    try {
      matcher(patternsOf(lines))('x');
      return true;
    } catch {
      return false;
    }
  };
  if (readable(text)) return;
  const line = text.split('\n').findIndex((one) => !readable(one)) + 1;
  throw new UserError({ kind: 'malformed', path, line, reason: 'this is no pattern' });
}

const CATCH_ALL = /^(\*|\*\*|\*\*\/\*)$/;

/**
 * The patterns that a project's own .dockerignore lacks, by group. They go before its lines, so that these keep the
 * last word. One that keeps everything out (`*`) and lets single paths in lacks nothing but the secrets, and they go
 * behind its lines, for a path that is let in may hold one.
 */
export function missing(
  existing: string,
  groups: readonly IgnoreGroup[],
): { readonly before: readonly IgnoreGroup[]; readonly after: readonly IgnoreGroup[] } {
  const lines = patternsOf(existing).map(spelling);
  const known = new Set(lines);
  const lacking = (all: readonly IgnoreGroup[]) =>
    all
      .map((group) => ({ ...group, patterns: group.patterns.filter((p) => !known.has(spelling(p))) }))
      .filter((group) => group.patterns.length > 0);
  if (!lines.some((line) => CATCH_ALL.test(line))) return { before: lacking(groups), after: [] };
  const letIn = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const secrets = groups
    .filter((group) => group.secrets)
    .map((group) => ({
      ...group,
      patterns: group.patterns.filter((pattern) => !letIn.some(matcher([pattern]))),
    }));
  return { before: [], after: lacking(secrets) };
}

/**
 * Lets in what the stages need and a file that was written without them keeps out. What would be let in with a folder of
 * tests, and is secret, stays out.
 */
export function letIn(
  existing: string,
  { letIn: patterns = [], ignore }: Pick<Plan, 'letIn' | 'ignore'>,
): readonly IgnoreGroup[] {
  const lines = patternsOf(existing).map(spelling);
  const open = patterns.filter((pattern) => lines.includes(spelling(pattern)));
  if (open.length === 0 || lines.includes(`!${open[0]}`)) return [];
  return [
    { about: 'The stage for tests reads these', patterns: open.map((pattern) => `!${pattern}`) },
    ...ignore.filter((group) => group.secrets),
  ];
}

/**
 * The paths among `needed` that must be let in again (`!path`), because our own patterns, or a catch-all, keep them
 * out. A line of the project's own that does is its owner's decision: refused by name.
 */
export function readmitted(
  text: string,
  own: string,
  needed: readonly string[],
  project: Project,
): readonly string[] {
  const all = patternsOf(text);
  const lines = matcher(all);
  const owned = patternsOf(own).filter((line) => !CATCH_ALL.test(spelling(line)));
  const theirs = text === own && owned.length === all.length ? lines : matcher(owned);
  return needed.filter((path) => {
    if (!isOut(lines, path, project)) return false;
    if (isOut(theirs, path, project)) {
      const pattern = owned.find((line) => matcher([line])(path)) ?? path;
      throw new UserError({ kind: 'notInContext', path, pattern, file: ignorePath(project) });
    }
    return true;
  });
}

type Matcher = (path: string) => boolean;

/** Whether a path is left out; a folder is only when all that it holds is. */
function isOut(matches: Matcher, path: string, project: Project): boolean {
  if (!matches(path)) return false;
  if (!project.context.isFolder(path)) return true;
  return project.context.find(`${path}/**`).every(matches);
}

/** Which paths the lines of a pattern file leave out. */
function matcher(lines: readonly string[]): Matcher {
  const patterns = dockerignore.default({ ignorecase: false }).add([...lines]);
  return (path) => path !== '.' && patterns.ignores(path);
}
