import { TEST_LIBRARIES } from '../../../catalog/c-tests.ts';
import { UserError } from '../../../errors.ts';
import type { Project } from '../../../project/project.ts';
import type { BuildSystem } from './facts.ts';

/** Where each build system says that there are tests. */
const SAID: {
  readonly [System in BuildSystem]?: {
    readonly files: readonly string[];
    readonly says: RegExp;
    readonly what: string;
  };
} = {
  // https://cmake.org/cmake/help/latest/command/add_test.html, module/GoogleTest.html
  cmake: {
    files: ['**/CMakeLists.txt', '**/*.cmake'],
    says: /^[^\S\n]*(?:add_test|gtest_discover_tests|gtest_add_tests|catch_discover_tests|doctest_discover_tests)\s*\(/m,
    what: 'no CMakeLists.txt calls add_test',
  },
  meson: { files: ['**/meson.build'], says: /^[^\S\n]*test\s*\(/m, what: 'no meson.build calls test' },
  autotools: {
    files: ['**/Makefile.am', '**/*.mk'],
    says: /^[^\S\n]*(?:TESTS|check_PROGRAMS|check_SCRIPTS)\s*\+?=/m,
    what: 'no Makefile.am has TESTS',
  },
  make: {
    files: ['GNUmakefile', 'makefile', 'Makefile'],
    says: /^(?:[\w.-]+ )*(test|check|tests)(?: [\w.-]+)*\s*:(?!=)/m,
    what: 'its Makefile has no target test or check',
  },
};

export interface Testing {
  readonly from: string;
  /** The target of a Makefile. */
  readonly target: string;
  /** Packages of libraries that the tests are written with. */
  readonly packages: readonly { readonly debian: string; readonly alpine: string }[];
}

/** Where a build says what its tests are. Refused where it has none. */
export function testing(project: Project, system: BuildSystem): Testing {
  const row = SAID[system];
  const read = (path: string) => (project.read(path, 1 << 18) ?? '').replace(/^[^\S\n]*#.*$/gm, '');
  const files = row === undefined ? [] : project.find(row.files).filter((path) => !OTHERS.test(path));
  const found = files.find((path) => row?.says.test(read(path)));
  if (row === undefined || found === undefined)
    throw new UserError({
      kind: 'refused',
      message: `There are no tests to run in a stage of their own: ${row?.what ?? 'nothing but the compiler builds this project'}.`,
      fix: 'Add one, or leave test out of --stages.',
    });
  const sources = project.find(['{test,tests,unittest,unittests,t}/**/*.{c,cc,cpp,cxx,h,hpp}']).slice(0, 50);
  const texts = [...files, ...sources, ...project.find('configure.{ac,in}')].map(read).join('\n');
  return {
    from: found,
    target: row.says.exec(read(found))?.[1] ?? 'check',
    packages: TEST_LIBRARIES.filter(({ by }) => by.test(texts)),
  };
}

/** What is carried along of others has tests of its own. */
const OTHERS = /(?:^|\/)(?:third[_-]?party|external|deps|vendor|subprojects|submodules|node_modules|build)\//;
