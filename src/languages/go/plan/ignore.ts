import { COMMON_IGNORE, type Front, type IgnoreGroup } from '../../../plan/plan.ts';
import type { Project } from '../../../project/project.ts';

/** What stays out of the build: the common groups, then what Go's tools make and what only people read. */
export function ignoreOf(project: Project, fronts: readonly Front[]): readonly IgnoreGroup[] {
  const built = ['bin', 'dist', 'build', 'tmp'].filter(
    // a folder with sources is a package, whatever it is called
    (folder) => project.find(`${folder}/**/*.go`).length === 0,
  );
  const made = fronts.map(({ destination }) => destination);
  const [secrets, ...common] = COMMON_IGNORE;
  const more = fronts.flatMap(({ ignore }) => ignore);
  return [
    ...(secrets === undefined ? [] : [{ ...secrets, patterns: [...secrets.patterns, ...more] }]),
    ...common,
    {
      about: 'What is compiled is compiled in the image',
      patterns: [...built, ...made, '**/*.test', '**/*.out', '**/*.exe', 'coverage.*', '**/node_modules'],
    },
    {
      about: 'Tests and texts for people are no part of a program',
      patterns: ['**/*_test.go', '**/testdata', '*.md', 'LICENSE*'],
    },
  ];
}
