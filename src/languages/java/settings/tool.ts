import type { Found, Tie } from '../../../facts/language.ts';
import type { Project } from '../../../project/project.ts';
import type { Tool } from '../evidence/build.ts';
import type { Seen } from '../evidence/seen.ts';

/** Of both tools, that of the wrapper that stands there, else of the project's CI; else it is a tie. */
export function findTool(project: Project, seen: Seen): Found<Tool> | Tie<Tool> | undefined {
  const tools = seen.tools();
  if (tools.length < 2) return tools[0];
  const wrapped = (['gradlew', 'mvnw'] as const).filter((script) => project.isFile(script));
  if (wrapped.length === 1)
    return { value: wrapped[0] === 'mvnw' ? 'maven' : 'gradle', from: wrapped[0] ?? '' };
  const ci = project.find([
    '.github/workflows/*.y*ml',
    '.gitlab-ci.yml',
    'Jenkinsfile',
    '.travis.yml',
    '.circleci/config.yml',
  ]);
  const called = ci.map((file) => project.read(file) ?? '').join('\n');
  const uses = { maven: /\bmvnw?\b/.test(called), gradle: /\bgradlew?\b/.test(called) };
  if (uses.maven !== uses.gradle) return { value: uses.maven ? 'maven' : 'gradle', from: ci[0] ?? '' };
  return { tie: tools };
}
