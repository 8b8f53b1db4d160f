import { COMMON_IGNORE, type IgnoreGroup } from '../../../plan/plan.ts';
import type { Project } from '../../../project/project.ts';
import type { BuildFacts } from '../evidence/facts.ts';

/** What stays out of the build: the common groups, and what compilers and build systems leave behind. */
export function ignoreOf(
  project: Project,
  facts: BuildFacts,
  include: readonly string[],
): readonly IgnoreGroup[] {
  // a folder of that name that is part of the build stays
  const holds = (folder: string) =>
    facts.files.some((file) => file.startsWith(`${folder}/`)) ||
    include.includes(folder) ||
    project
      .find(`${folder}/**/*.{c,cc,cpp,cxx,h,hpp,in,m4,sh}`)
      .some((path) => !/CMakeFiles|_deps/.test(path));
  const folders = ['build', 'builddir', '_build', 'out', 'bin', 'obj', 'dist'].filter(
    (folder) => !holds(folder),
  );
  return [
    ...COMMON_IGNORE,
    {
      about: 'What is compiled is compiled in the image',
      patterns: [
        ...folders,
        'cmake-build-*',
        '**/CMakeCache.txt',
        '**/CMakeFiles',
        'CMakeUserPresets.json',
        'compile_commands.json',
        'autom4te.cache',
        'config.status',
        '**/*.o',
        '**/*.lo',
        '**/*.a',
        '**/*.so',
        '**/*.gcda',
        '**/*.gcno',
        '**/.deps',
        '**/.libs',
        '**/.cache',
        'vcpkg_installed',
      ],
    },
  ];
}
