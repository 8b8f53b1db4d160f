import { COMMON_IGNORE, type IgnoreGroup } from '../../../plan/plan.ts';
import { verbatim } from '../../../project/data.ts';
import type { Seen } from '../evidence/evidence.ts';
import type { Main } from '../evidence/start.ts';

/** What stays out of the build: the common groups, then what Python's tools make and what only development reads. */
export function ignoreOf({ project, modules, manifest }: Seen, main: Main): readonly IgnoreGroup[] {
  const read = new Set(
    modules
      .reached(main.file === undefined ? [] : [main.file], [main.root, '.', 'src'])
      .map((path) => path.split('/')[0]),
  );
  const unread = (names: readonly string[]) =>
    names.filter((name) => project.isFolder(name) && !read.has(name));
  const texts = ['*.md', '*.rst', 'LICENSE*'].filter(
    (pattern) => !manifest.reads.some((path) => matches(pattern, path)),
  );
  return [
    ...COMMON_IGNORE,
    {
      about: 'Packages are installed and compiled in the image',
      patterns: [
        '**/__pycache__',
        '**/*.py[cod]',
        '**/.venv',
        '**/venv',
        '**/*.egg-info',
        '**/.eggs',
        ...unread(['dist', 'build', 'env']),
      ],
    },
    {
      about: 'Caches of tools, and what tests leave',
      patterns: [
        '**/.pytest_cache',
        '**/.mypy_cache',
        '**/.ruff_cache',
        '**/.ipynb_checkpoints',
        '.tox',
        '.nox',
        '.coverage*',
        'htmlcov',
        '**/node_modules',
      ],
    },
    { about: 'Databases of development', patterns: ['**/*.sqlite3', '**/*.sqlite3-journal'] },
    {
      about: 'Tests and texts for people are no part of a program',
      patterns: [...unread(['tests', 'test', 'docs']), ...texts],
    },
  ];
}

function matches(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.split('*').map(verbatim).join('[^/]*')}$`).test(path);
}
