import { COMMON_IGNORE, type IgnoreGroup } from '../../../plan/plan.ts';
import type { Project } from '../../../project/project.ts';

/** What stays out of the build: the common groups, then what Go's tools make and what only people read. */
export function ignoreOf(project: Project): readonly IgnoreGroup[] {
  const built = ['bin', 'dist', 'build', 'tmp'].filter(
    // a folder with sources is a package, whatever it is called
    (folder) => project.find(`${folder}/**/*.go`).length === 0,
  );
  return [
    ...COMMON_IGNORE,
    {
      about: 'What is compiled is compiled in the image',
      patterns: [...built, '**/*.test', '**/*.out', '**/*.exe', 'coverage.*', '**/node_modules'],
    },
    {
      about: 'Tests and texts for people are no part of a program',
      patterns: ['**/*_test.go', '**/testdata', '*.md', 'LICENSE*'],
    },
  ];
}
