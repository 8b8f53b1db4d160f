import { posix } from 'node:path';
import { excess, UserError } from '../errors.ts';
import type { IgnoreGroup, Note, Plan } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';
import { dockerfilePath } from './dockerfile.ts';
import { isPattern, type Patterns, patternsFrom } from './patterns.ts';

/**
 * Which .dockerignore a build reads, as the build context has it: BuildKit prefers the one that stands beside its
 * Dockerfile and is named for it. A member of a workspace always has its own, for `.dockerignore` is everybody's.
 */
export function ignorePath(project: Project): string {
  const named = `${dockerfilePath(project)}.dockerignore`;
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
  return pattern.replace(/^(!?)(?:\.?\/)+/, '$1').replace(/(.)\/{1,200}$/, '$1');
}

/** More lines than any person keeps. */
const LINES = 20_000;

/** Refuses a line that no builder could read either: `[` without its end. */
export function assertPatterns(path: string, text: string): void {
  const lines = text.split('\n');
  if (lines.length > LINES) throw excess(path, `it has more than ${LINES} lines`);
  for (const [index, line] of lines.entries())
    if (patternsOf(line).some((one) => !isPattern(one)))
      throw new UserError({ kind: 'malformed', path, line: index + 1, reason: 'this is no pattern' });
}

const CATCH_ALL = /^(\*|\*\*|\*\*\/\*)$/;

/**
 * The patterns that a project's own .dockerignore lacks, by group. They go before its lines, so that these keep the last
 * word. One that keeps everything out (`*`) and lets single paths in lacks none. Secrets are another matter.
 */
export function missing(existing: string, groups: readonly IgnoreGroup[]): readonly IgnoreGroup[] {
  const lines = patternsOf(existing).map(spelling);
  if (lines.some((line) => CATCH_ALL.test(line))) return [];
  return lacking(
    groups.filter((group) => !group.secrets),
    lines,
  );
}

function lacking(groups: readonly IgnoreGroup[], lines: readonly string[]): readonly IgnoreGroup[] {
  const known = new Set(lines);
  return groups
    .map((group) => ({ ...group, patterns: group.patterns.filter((p) => !known.has(spelling(p))) }))
    .filter((group) => group.patterns.length > 0);
}

/**
 * What keeps secrets out: it stands behind every line that lets something in, for a folder that is let in may hold one.
 * What no secret is and is called like one is let in again, by its own name.
 */
export function secretsFor(
  text: string,
  groups: readonly IgnoreGroup[],
  needed: readonly string[],
  project: Project,
): { readonly groups: readonly IgnoreGroup[]; readonly letIn: readonly string[] } {
  const secrets = secretsOf(groups, project);
  const hidden = patternsFrom(secrets.flatMap((group) => group.patterns));
  const lines = patternsOf(text).map(spelling);
  const isAlone = (line: string) =>
    hidden.ignores(line.slice(1)) && (isPublic(line.slice(1)) || needed.includes(line.slice(1)));
  const last = lines.reduce((at, line, index) => (line.startsWith('!') && !isAlone(line) ? index : at), -1);
  const behind = lines.slice(last + 1);
  const deep = last < 0 ? secrets : secrets.map(withContents);
  const whole = lacking(deep, behind).length > 0 ? deep : [];
  const after = patternsFrom([...lines, ...whole.flatMap((group) => group.patterns)]);
  const wanted = [
    ...lines.filter((line) => line.startsWith('!') && isAlone(line)).map((line) => line.slice(1)),
    ...needed.filter((path) => hidden.ignores(path) && isOut(after, path, project)),
    ...sourcesIn(project.context, hidden, lines),
  ];
  const letIn = [...new Set(wanted)].filter((path) => isOut(after, path, project));
  return { groups: whole, letIn };
}

/** Names of credentials that few projects have, and what says that a file of the name is one. */
const RARE: readonly (readonly [name: string, says: RegExp])[] = [
  ['_netrc', /./],
  // https://python-poetry.org/docs/repositories/#configuring-credentials
  ['auth.toml', /^\[?(?:http-basic|pypi-token)\b/m],
  ['.condarc', /:\/\/[^/\s]{1,200}@|token|password/i],
];

/**
 * A folder that an earlier line left out is not asked about again as a whole, so that `*`, `!.git/config`, `.git` lets that
 * file in: https://github.com/moby/patternmatcher/blob/main/patternmatcher.go, MatchesUsingParentResults.
 */
function withContents(group: IgnoreGroup): IgnoreGroup {
  const folders = group.patterns.filter((one) =>
    /\/(?:\.git|\.kube|\.aws|\.azure|\.gcloud|\.ssh|\.gnupg|secrets)$/.test(one),
  );
  return { ...group, patterns: [...group.patterns, ...folders.map((one) => `${one}/**`)] };
}

/** The groups of secrets, with the rare ones that are there. */
function secretsOf(groups: readonly IgnoreGroup[], { context }: Project): readonly IgnoreGroup[] {
  const rare = RARE.filter(([name, says]) =>
    context.find(`**/${name}`).some((path) => says.test(context.read(path) ?? '')),
  ).map(([name]) => `**/${name}`);
  return groups
    .filter((group) => group.secrets)
    .map((group) => ({ ...group, patterns: [...group.patterns, ...rare] }));
}

/** Sources in folders that are called like a place of secrets, and that other lines let in: a package of Go may be `secrets`. */
function sourcesIn(context: Project, hidden: Patterns, lines: readonly string[]): readonly string[] {
  const files = context.find('**/secrets/**').filter((path) => CODE.test(path) && hidden.ignores(path));
  if (files.length === 0) return [];
  const others = patternsFrom(lines.filter((line) => !hidden.ignores(line)));
  return [...new Set(files.map((path) => posix.join(posix.dirname(path), `*${posix.extname(path)}`)))].filter(
    (path) => !others.ignores(path),
  );
}

const CODE = /\.(?:go|py|pyi|java|kt|kts|scala|groovy|[mc]?[jt]sx?|vue|svelte|c|cc|cpp|cxx|h|hh|hpp|hxx)$/;
/** Names of what may be known to everybody: an example, the public half of a key, a certificate of an authority. */
const PUBLIC =
  /(?:^|[._-])(?:examples?|samples?|templates?|dist|defaults?|pub|public)$|(?:^|[._-])(?:ca|cacerts?|certs?|chain|fullchain|roots?|bundle|pub|public)(?:[._-][\w.-]*)?\.pem$/i;

function isPublic(path: string): boolean {
  return CODE.test(path) || PUBLIC.test(posix.basename(path));
}

/** Lines of a project's own .dockerignore that let a secret in: they are told, for it stays out. */
export function secretNotes(plan: Plan, project: Project): readonly Note[] {
  const file = ignorePath(project);
  const own = project.context.read(file);
  if (own === undefined) return [];
  const hidden = patternsFrom(secretsOf(plan.ignore, project).flatMap((one) => one.patterns));
  return own.split('\n').flatMap((line, index): readonly Note[] => {
    const [pattern = ''] = patternsOf(line).map(spelling);
    const path = pattern.slice(1);
    if (!pattern.startsWith('!') || !hidden.ignores(path) || isPublic(path) || plan.context.includes(path))
      return [];
    const text = `${file}:${index + 1} lets ${path} into the build, which is named like a secret; it stays out.`;
    return [{ level: 'warning', text, fix: 'Give it to the build with --secret, or to the container.' }];
  });
}

/** Lets in what the stages need and a file that was written without them keeps out. */
export function letIn(
  existing: string,
  { letIn: patterns = [] }: Pick<Plan, 'letIn'>,
): readonly IgnoreGroup[] {
  const lines = patternsOf(existing).map(spelling);
  const open = patterns.filter((pattern) => lines.includes(spelling(pattern)));
  if (open.length === 0 || lines.includes(`!${open[0]}`)) return [];
  return [{ about: 'The stage for tests reads these', patterns: open.map((pattern) => `!${pattern}`) }];
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
  const lines = patternsFrom(patternsOf(text));
  const theirs = patternsOf(own).filter((line) => !CATCH_ALL.test(spelling(line)));
  const kept = patternsFrom(theirs);
  return needed.filter((path) => {
    if (!isOut(lines, path, project)) return false;
    if (isOut(kept, path, project)) {
      const pattern = theirs.find((line) => patternsFrom([line]).ignores(path)) ?? path;
      throw new UserError({ kind: 'notInContext', path, pattern, file: ignorePath(project) });
    }
    return true;
  });
}

/** Whether a path is left out; a folder is only when all that it holds is. */
function isOut(patterns: Patterns, path: string, project: Project): boolean {
  if (!patterns.ignores(path)) return false;
  if (!project.context.isFolder(path)) return true;
  return project.context.find(`${path}/**`).every((file) => patterns.ignores(file));
}
