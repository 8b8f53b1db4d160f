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
  const kept = [...manifest.reads, ...namedTexts({ project, modules })];
  const texts = ['*.md', '*.rst', 'LICENSE*'].filter(
    (pattern) => !kept.some((path) => matches(pattern, path)),
  );
  return [
    ...commonOf(project),
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

/** Texts at the top that code names: settings that read a CHANGELOG.md do not load without it. */
function namedTexts({ project, modules }: Pick<Seen, 'project' | 'modules'>): readonly string[] {
  const texts = project.entries.filter((name) => /\.(?:md|rst)$|^LICENSE/.test(name));
  const says = (path: string, name: string) =>
    modules.text(path).includes(name) && modules.source(path).strings.some(({ text }) => text.endsWith(name));
  return texts.filter((name) => modules.paths.some((path) => says(path, name)));
}

function matches(pattern: string, path: string): boolean {
  return new RegExp(`^${pattern.split('*').map(verbatim).join('[^/]*')}$`).test(path);
}

/** What pip and twine are told of an index has its passwords, wherever it lies. */
function commonOf({ context }: Seen['project']): readonly IgnoreGroup[] {
  const closed = ['pip.conf', 'pip.ini', '.pypirc'].map((name) => `**/${name}`);
  const there = closed.filter((pattern) => context.find(pattern).length > 0);
  return COMMON_IGNORE.map((group) =>
    group.secrets ? { ...group, patterns: [...group.patterns, ...there] } : group,
  );
}
