import { UserError } from '../../../errors.ts';
import type { Project } from '../../../project/project.ts';
import type { Seen } from './evidence.ts';
import { readRequirements } from './requirements.ts';
import type { Main } from './start.ts';

/** Lists of packages for development and for tests, by the names that people give them. */
const LISTS = [
  'requirements-dev.txt',
  'requirements_dev.txt',
  'requirements-test.txt',
  'requirements_test.txt',
  'requirements-tests.txt',
  'dev-requirements.txt',
  'dev_requirements.txt',
  'test-requirements.txt',
  'test_requirements.txt',
  'requirements/dev.txt',
  'requirements/development.txt',
  'requirements/local.txt',
  'requirements/test.txt',
  'requirements/tests.txt',
  'requirements/testing.txt',
];

/** Groups and extras that are for whoever works on the project. */
const GROUPS = /^(?:dev|develop|development|tests?|testing)$/;

/** Lists beside the one of production, each with the files that it reads. */
export function developmentLists(
  project: Project,
): readonly { readonly path: string; readonly files: readonly string[] }[] {
  return LISTS.filter((path) => project.isFile(path)).map((path) => ({
    path,
    files: readRequirements(project, path).files,
  }));
}

/** Optional dependencies of the project that are for development. */
export function developmentExtras({ manifest }: Seen): readonly string[] {
  return Object.keys(manifest.extras).filter((name) => GROUPS.test(name));
}

/** Groups of PEP 735 that nothing installs by itself. */
export function developmentGroups({ project }: Seen): readonly string[] {
  const groups = (project.parse('pyproject.toml') as { 'dependency-groups'?: object } | undefined)?.[
    'dependency-groups'
  ];
  return Object.keys(groups ?? {}).filter((name) => GROUPS.test(name) && name !== 'dev');
}

/** How the tests are run. */
export interface Testing {
  readonly runner: 'pytest' | 'django' | 'unittest';
  readonly words: readonly string[];
  readonly from: string;
  /** No list of packages names the runner. */
  readonly lacks: boolean;
}

const NAMES = ['test_*.py', '*_test.py', 'tests.py', 'test.py'].map((name) => `**/${name}`);
const IN_FOLDERS = ['{test,tests}/**/*.py'];
/** Configuration of pytest. https://docs.pytest.org/en/stable/reference/customize.html */
const CONFIGURED: readonly (readonly [file: string, section: RegExp])[] = [
  ['pytest.ini', /./],
  ['.pytest.ini', /./],
  ['pytest.toml', /./],
  ['pyproject.toml', /^\[tool\.pytest/m],
  ['tox.ini', /^\[pytest\]/m],
  ['setup.cfg', /^\[tool:pytest\]/m],
];

/** The runner of a project's tests, by its packages, its configuration and what its tests import. Refused where it has none. */
export function testing(seen: Seen, main: Main, lock: string): Testing {
  const { project } = seen;
  const files = [...new Set([...project.find(NAMES), ...project.find(IN_FOLDERS)])].filter(
    (path) => !/(^|\/)(?:\.?venv|node_modules|site-packages)\//.test(path),
  );
  const read = (path: string) => project.read(path, 1 << 18) ?? '';
  const holding = files.filter((path) =>
    /^[^\S\n]*(?:async[^\S\n]{1,50})?def test|^class \w*Test|\bTestCase\b/m.test(read(path)),
  );
  const [first] = holding;
  if (first === undefined)
    throw new UserError({
      kind: 'refused',
      message:
        'There are no tests to run in a stage of their own: no file test_*.py, *_test.py or tests.py of this project holds one.',
      fix: 'Add one, or leave test out of --stages.',
    });
  const lists = [
    lock,
    'pyproject.toml',
    'Pipfile',
    ...seen.requirements.files,
    ...developmentLists(project).flatMap((l) => l.files),
  ];
  const named = lists.some((path) => /(?:^|["'\s])pytest(?![\w-])/m.test(read(path)));
  const configured = CONFIGURED.find(([file, section]) => project.isFile(file) && section.test(read(file)));
  const imports = holding.find((path) => /^[^\S\n]*(?:import|from)[^\S\n]{1,50}pytest\b/m.test(read(path)));
  const plain = holding.every((path) => /\bTestCase\b/.test(read(path)));
  const { django } = main;
  if (django !== undefined && !named && configured === undefined)
    return { runner: 'django', words: ['python', django.manage, 'test'], from: django.manage, lacks: false };
  if (named || configured !== undefined || imports !== undefined || !plain)
    return {
      runner: 'pytest',
      words: ['python', '-m', 'pytest'],
      from: configured?.[0] ?? first,
      lacks: !named,
    };
  const folder = first.split('/')[0] ?? '';
  const apart = first.includes('/') && !project.isFile(`${folder}/__init__.py`);
  const words = [
    'python',
    '-m',
    'unittest',
    'discover',
    ...(apart ? ['--start-directory', folder] : []),
    ...patternOf(holding),
  ];
  return { runner: 'unittest', words, from: first, lacks: false };
}

/** unittest looks for test*.py unless it is told otherwise. */
function patternOf(files: readonly string[]): readonly string[] {
  const usual = files.some((path) => /^test.*\.py$/.test(path.split('/').at(-1) ?? ''));
  return usual ? [] : ['--pattern', '*_test.py'];
}
