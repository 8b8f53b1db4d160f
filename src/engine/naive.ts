import { posix } from 'node:path';
import type { LanguageId } from '../facts/language.ts';
import { NAIVE as C } from '../languages/c/plan/naive.ts';
import { NAIVE as GO } from '../languages/go/plan/naive.ts';
import { NAIVE as JAVA } from '../languages/java/plan/naive.ts';
import { NAIVE as NODE } from '../languages/node/plan/naive.ts';
import { NAIVE as PYTHON } from '../languages/python/plan/naive.ts';
import { templateOf } from '../output/templates.ts';
import type { NaiveRow } from '../plan/naive.ts';
import type { Plan } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';

// biome-ignore lint/suspicious/noExplicitAny: each reads the words of its own language
const ROWS: { readonly [Id in LanguageId]: NaiveRow<any> } = {
  node: NODE,
  go: GO,
  java: JAVA,
  python: PYTHON,
  c: C,
};

/** The naive Dockerfile of a project, made of its plan for slim; undefined: there is none. */
export async function naiveOf(plan: Plan, project: Project): Promise<string | undefined> {
  const naive = ROWS[plan.language].of(plan, (path) => project.read(path));
  if (naive === undefined) return undefined;
  return (await templateOf('naive', 'naive/single-stage'))(naive);
}

/** The source of which a line is changed, as the build context calls it. */
export function sourceOf(plan: Plan, project: Project): string | undefined {
  const depth = (path: string) => path.split('/').length;
  const paths = project
    .find('**')
    .filter(
      (path) =>
        !/^(?:docs?|examples?|scripts|bench)\/|(?:^|\/)(?:tests?|__tests__|spec|migrations)\//.test(path),
    )
    .filter(
      (path) => !/[._-](?:test|spec|config|stories|d)\.\w+$|^\.|(?:^|\/)(?:setup|conftest)\.py$/.test(path),
    )
    .sort((a, b) => depth(a) - depth(b));
  for (const pattern of ROWS[plan.language].sources) {
    const found = paths.find((path) => pattern.test(path));
    if (found !== undefined) return posix.join(project.app, found);
  }
  return undefined;
}
