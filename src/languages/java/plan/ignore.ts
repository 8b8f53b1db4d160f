import { posix } from 'node:path';
import { COMMON_IGNORE, type IgnoreGroup } from '../../../plan/plan.ts';
import type { Project } from '../../../project/project.ts';
import type { Build } from '../evidence/build.ts';

/** What stays out of the build: the common groups, then what Java's tools make and what only people read. */
export function ignoreOf(project: Project, build: Build): readonly IgnoreGroup[] {
  const made = ['target', 'build', 'out', 'bin'].flatMap((folder) => {
    // a package may be called so
    const inner = project
      .find(`**/${folder}/**/*.{java,kt,scala,groovy}`)
      .some((path) => path.includes('src/'));
    if (!inner) return [`**/${folder}`];
    return folder === 'target' || folder === 'build'
      ? build.modules.map((module) => posix.join(module.folder, folder))
      : [];
  });
  // archives of test classes that another module needs are made of them
  const shared = build.manifests.some((file) =>
    /test-jar|java-test-fixtures|testFixtures/.test(project.read(file) ?? ''),
  );
  return [
    ...COMMON_IGNORE,
    {
      about: 'What is compiled is compiled in the image',
      patterns: [...made, '**/.gradle', '**/*.class', '**/*.iml', '**/hs_err_pid*', '**/node_modules'],
    },
    {
      about: 'Tests and texts for people are no part of a program',
      patterns: [
        ...(shared ? [] : ['**/src/test', '**/src/integrationTest', '**/src/it']),
        '*.md',
        'LICENSE*',
      ],
    },
  ];
}
