import { UserError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { isPlain } from '../printable.ts';
import type { Project } from '../project/project.ts';
import { dockerfilePath } from './dockerfile.ts';
import { assertPatterns, ignorePath, letIn, missing, readmitted, secretsFor } from './ignore.ts';
import { ownLines } from './made.ts';
import type { Overrides } from './template-options.ts';
import { templateOf } from './templates.ts';

/** One finished text, and where it goes below the build context. */
export interface File {
  readonly path: string;
  readonly text: string;
  /** Holds all that stood there before, so it may be written without a question. */
  readonly additive?: boolean;
  /** Has no first line of ours: its language knows no such comment, or its owner goes on with it. */
  readonly unsigned?: boolean;
}

/** What is no word of the plan is none, and nothing is said of it elsewhere. */
const OWN = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

/** The Dockerfile and the .dockerignore that a plan says; an existing .dockerignore keeps its lines. */
export async function render(
  plan: Plan,
  project: Project,
  overrides: Overrides = {},
): Promise<readonly [dockerfile: File, dockerignore: File]> {
  assertWords(plan, 'plan');
  const template = await templateOf(plan.language, `${plan.language}/${plan.shape}`, overrides);
  const dockerfile = tidy(template(plan, OWN));
  return [
    { path: dockerfilePath(project), text: dockerfile },
    { path: ignorePath(project), text: await renderIgnore(plan, project), additive: true },
  ];
}

async function renderIgnore(plan: Plan, project: Project): Promise<string> {
  const template = await templateOf(plan.language, 'dockerignore');
  const print = (groups: Plan['ignore']) => tidy(template({ ignore: groups }));
  const own = ownLines(project.context.read(ignorePath(project)));
  assertPatterns(ignorePath(project), own);
  const joined = (parts: readonly string[]) => parts.filter((part) => part.trim() !== '').join('\n');
  const lets = (paths: readonly string[], about: string) => {
    assertWords(paths, ignorePath(project));
    return paths.length === 0 ? '' : print([{ about, patterns: paths.map((path) => `!${path}`) }]);
  };
  const before = missing(own, plan.ignore);
  const more = letIn(own, plan);
  const text = joined([before.length > 0 ? print(before) : '', own, more.length > 0 ? print(more) : '']);
  const again = readmitted(text, own, plan.context, project);
  const letting = joined([again.length === 0 ? text : tidy(text), lets(again, 'The Dockerfile needs these')]);
  // secrets come last: whatever was let in before may hold one
  const secrets = secretsFor(letting, plan.ignore, plan.context, project);
  const keeping = secrets.groups.length > 0 ? print(secrets.groups) : '';
  const known = lets(secrets.letIn, 'Named like secrets, and none');
  if (keeping === '' && known === '') return letting;
  return joined([tidy(letting), keeping, known]);
}

function tidy(text: string): string {
  return `${text.trimEnd()}\n`;
}

/** No printed value holds a line break, nor what nobody sees, so that no text of a project can become an instruction. */
function assertWords(value: unknown, at: string): void {
  if (typeof value === 'string' && !isPlain(value)) {
    throw new UserError({
      kind: 'refused',
      message: `A text of this project would break a line of the Dockerfile, or hide in it (${at}): ${JSON.stringify(value.slice(0, 120))}.`,
      fix: 'Take the control characters and those without a width out of it.',
    });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    // what is only shown in the report is made safe there
    if (at === 'plan' && (key === 'notes' || key === 'choices')) continue;
    assertWords(inner, `${at}.${key}`);
  }
}
