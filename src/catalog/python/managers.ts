import { table } from '../../project/data.ts';

/** Package managers of Python: what brings one into the stage that installs, and what it is told there. */
export type ManagerName = 'uv' | 'poetry' | 'pdm' | 'pipenv' | 'pip';

export interface ManagerRow {
  /** The lock file that gives it away. */
  readonly lock: string;
  /** Files beside the lock that it reads. */
  readonly reads: readonly string[];
  /** Folder that it keeps downloads in. */
  readonly cache: string;
  /** Options of the stage, in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Installs what is locked, then the project. `extra` is repeated for each. */
  readonly packages: readonly string[];
  readonly project: readonly string[];
  readonly extra: string;
  /** What names a group of packages beside them: a word before each, or the words that a list of names follows. */
  readonly group?: { readonly each: string } | { readonly behind: string };
  /** It writes no bytecode for what it installs. */
  readonly compiles: boolean;
  /** Releases, newest first: which is taken for the lock of a version. Undefined: the image has it. */
  readonly releases: readonly { readonly locks: RegExp; readonly version: string }[];
  /** What its own packages may not be newer than, as pip takes it: `hishel<2`. */
  readonly held?: string;
  /** What these commands say in a stage for development: all groups of packages, and the project where it lies. */
  readonly develops: readonly (readonly [words: string, instead: string])[];
  /** Words of the commands that a release calls differently: Poetry 1 has no `sync`. */
  readonly before?: { readonly major: number; readonly packages: readonly string[] };
}

const QUIET = { PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_ROOT_USER_ACTION: 'ignore' };

export const MANAGERS: { readonly [Name in ManagerName]: ManagerRow } = {
  // https://docs.astral.sh/uv/guides/integration/docker/
  uv: {
    lock: 'uv.lock',
    reads: ['pyproject.toml', 'uv.toml'],
    cache: '/root/.cache/uv',
    env: { UV_COMPILE_BYTECODE: '1', UV_LINK_MODE: 'copy', UV_PYTHON_DOWNLOADS: 'never' },
    packages: ['uv sync --active --locked --no-dev --no-install-project'],
    project: ['uv sync --active --locked --no-dev --no-editable'],
    extra: '--extra',
    group: { each: '--group' },
    compiles: true,
    releases: [{ locks: /./, version: '0.13.9' }],
    develops: [
      [' --no-dev', ''],
      [' --no-editable', ''],
    ],
  },
  // https://python-poetry.org/docs/cli/#sync; the environment that is active is taken
  poetry: {
    lock: 'poetry.lock',
    reads: ['pyproject.toml', 'poetry.toml'],
    cache: '/root/.cache/pypoetry',
    env: { POETRY_NO_INTERACTION: '1', ...QUIET },
    packages: ['poetry sync --only main --no-root --no-directory --compile'],
    // its own way installs the project in place, which would need the sources
    project: ['pip --no-cache-dir --python /opt/venv install --no-deps .'],
    extra: '--extras',
    group: { behind: '--only main' },
    compiles: true,
    releases: [
      { locks: /^2\./, version: '2.5.1' },
      { locks: /./, version: '1.8.5' },
    ],
    develops: [
      [' --only main', ''],
      [' --no-deps .', ' --no-deps --editable .'],
    ],
    before: { major: 2, packages: ['poetry install --sync --only main --no-root --no-directory --compile'] },
  },
  // https://pdm-project.org/latest/reference/cli/#sync
  pdm: {
    lock: 'pdm.lock',
    reads: ['pyproject.toml', 'pdm.toml'],
    cache: '/root/.cache/pdm',
    env: { PDM_CHECK_UPDATE: '0', ...QUIET },
    packages: ['pdm sync --prod --no-self --no-editable'],
    project: ['pdm sync --prod --no-editable'],
    extra: '--group',
    compiles: false,
    releases: [{ locks: /./, version: '2.29.4' }],
    develops: [
      [' --prod', ''],
      [' --no-editable', ''],
    ],
    // with hishel 2 PDM 2.29 fails; its own extra `locked` pins a certifi that was taken back
    held: 'hishel<2',
  },
  // https://pipenv.pypa.io/en/latest/commands.html#install: --deploy ends where the lock is not that of the Pipfile
  pipenv: {
    lock: 'Pipfile.lock',
    reads: ['Pipfile'],
    cache: '/root/.cache/pip',
    env: { PIPENV_VERBOSITY: '-1', PIPENV_NOSPIN: '1', ...QUIET },
    packages: ['pipenv install --deploy'],
    project: [],
    extra: '--categories',
    compiles: false,
    releases: [{ locks: /./, version: '2026.10.3' }],
    develops: [[' --deploy', ' --deploy --dev']],
  },
  // pip of the image installs into an environment that has none itself: https://pip.pypa.io/en/stable/topics/python-option/
  pip: {
    lock: 'pylock.toml',
    reads: [],
    cache: '/root/.cache/pip',
    env: QUIET,
    packages: ['pip --python /opt/venv install'],
    project: ['pip --python /opt/venv install --no-deps .'],
    extra: '--extra',
    compiles: true,
    releases: [],
    develops: [[' --no-deps .', ' --no-deps --editable .']],
  },
};

/** Packages by which a version comes from the tags of git, and the variable that says it where there is no .git. */
export const VERSIONED: { readonly [name: string]: string } = table({
  // https://setuptools-scm.readthedocs.io/en/latest/overrides/
  'setuptools-scm': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  'hatch-vcs': 'SETUPTOOLS_SCM_PRETEND_VERSION',
  'setuptools-git-versioning': 'SETUPTOOLS_GIT_VERSIONING_OVERRIDE',
  'poetry-dynamic-versioning': 'POETRY_DYNAMIC_VERSIONING_BYPASS',
  'uv-dynamic-versioning': 'UV_DYNAMIC_VERSIONING_BYPASS',
  // https://backend.pdm-project.org/metadata/#read-from-scm-tag-supporting-git-and-hg
  'pdm-backend': 'PDM_BUILD_SCM_VERSION',
});
