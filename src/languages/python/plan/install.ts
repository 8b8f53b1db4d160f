import { posix } from 'node:path';
import { MANAGERS, VERSIONED } from '../../../catalog/python/managers.ts';
import type { Step } from '../../../plan/plan.ts';
import { pathWord, shellWord } from '../../../plan/quote.ts';
import { recordOf, textOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import type { Seen } from '../evidence/evidence.ts';
import { type Manager, releaseOf } from '../evidence/managers.ts';
import type { Requirement } from '../evidence/requirements.ts';
import type { Main } from '../evidence/start.ts';
import { workspaceFiles, workspaceMember } from '../evidence/workspace.ts';
import { type Held, heldBy, withHeld } from './held.ts';
import { indexesOf } from './indexes.ts';

/** What brings the package manager into the stage: its image, or its package. Undefined: the image has it. */
export interface Tool {
  readonly image: string | undefined;
  readonly package: string | undefined;
  /** As pip takes it: `poetry==$POETRY_VERSION`. */
  readonly install: string | undefined;
  readonly variable: string | undefined;
  readonly version: string | undefined;
}

export interface Install {
  readonly tool: Tool | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** The locked packages; undefined: there are none, or they come with the project. */
  readonly packages: Step | undefined;
  /** The project itself; undefined: it is no package, or nothing needs it to be installed. */
  readonly project: Step | undefined;
  /** An argument that says the version which git's tags would say. */
  readonly versioned: boolean;
  /** Files of the context that the first step reads. */
  readonly files: readonly string[];
  /** A list names the project itself, so a change of a source installs anew. */
  readonly whole: boolean;
  /** What fails with the newest of what it needs, and what is installed for it: `werkzeug<3`. */
  readonly held: readonly Held[];
}

/** Folders that a build backend takes for the project's package. */
function packageFolder(
  project: Project,
  name: string | undefined,
  tool: Readonly<Record<string, unknown>>,
): string | undefined {
  const inner = (name ?? '').toLowerCase().replace(/[-.]+/g, '_');
  const [declared] = (recordOf(tool.poetry).packages as readonly unknown[] | undefined) ?? [];
  const { include, from } = recordOf(declared);
  const own = textOf(include);
  const named = own === undefined ? undefined : posix.join(textOf(from) ?? '.', own);
  return [named, `src/${inner}`, inner, `lib/${inner}`].find(
    (path) => path !== undefined && path !== '' && (project.isFolder(path) || project.isFile(`${path}.py`)),
  );
}

/** Whether the project itself has to be in the environment: what starts is only found there, or asks for its metadata. */
function needsProject(seen: Seen, main: Main): boolean {
  const { manifest, project, modules } = seen;
  if (!manifest.isPackage) return false;
  const source = main.root === 'src' || main.root === 'lib';
  const folder = packageFolder(project, manifest.name, manifest.tool);
  if (main.kind === 'script') return true;
  if (source) return folder !== undefined || project.find('src/*/__init__.py').length > 0;
  if (folder === undefined) return false;
  return modules
    .reached(main.file === undefined ? [] : [main.file], [main.root])
    .some((path) => /\bimportlib[._]metadata\b|\bpkg_resources\b/.test(modules.source(path).code));
}

const bind = (path: string) => `type=bind,source=${path},target=${path}`;
const cache = (path: string) => `type=cache,target=${path}`;
/** Written to by a build backend, and thrown away. */
const CONTEXT = 'type=bind,target=.,rw';
/** What is no code of this Python, as a template of code is, stays as it is. */
const COMPILE = '{ python -m compileall -qq /opt/venv || true; }';

/** What pip does not read itself, uv does: PEP 751's lock, a pyproject.toml without one, a script's metadata. */
function installsByUv({ listing }: Seen, { name }: Manager): boolean {
  return name === 'uv' || (name === 'pip' && ['pylock', 'pyproject', 'script'].includes(listing.kind));
}

/** What installs beside what a manager chose; pip itself chooses all at once, where it is given no checksums. */
function pipOf(seen: Seen, manager: Manager): Parameters<typeof withHeld>[2] {
  if (installsByUv(seen, manager)) return 'uv pip';
  const checked = seen.requirements.all.some(({ hashed }) => hashed);
  return manager.name === 'pip' && !checked ? 'together' : 'pip --python /opt/venv';
}

export function installOf(
  seen: Seen,
  manager: Manager,
  typed: boolean,
  extras: readonly string[],
  main: Main,
): Install {
  const { manifest } = seen;
  const row = MANAGERS[manager.name];
  const byUv = installsByUv(seen, manager);
  const own = needsProject(seen, main);
  const variable = own ? versionVariable(seen) : undefined;
  const version =
    byUv && manager.name !== 'uv' ? MANAGERS.uv.releases[0]?.version : releaseOf(manager, typed);
  const { mounts: secrets } = indexesOf(seen, manager.name);
  const held = heldBy(seen, manager, extras);
  const steps = stepsOf(seen, manager, version, extras, own);
  const installs = withHeld(steps.packages, held, pipOf(seen, manager));
  const none = steps.packages.length + steps.project.length === 0;
  const caches = cache(byUv ? MANAGERS.uv.cache : row.cache);
  const compile = row.compiles ? [] : [COMPILE];
  const before = variable === undefined ? [] : [`export ${variable}=$VERSION`];
  const step = (mounts: readonly string[], commands: readonly string[]): Step | undefined =>
    commands.length === 0 ? undefined : { mounts: [...mounts, caches, ...secrets], commands };
  return {
    tool: none ? undefined : toolOf(byUv ? 'uv' : manager.name, version, row.held),
    env: none ? {} : byUv ? MANAGERS.uv.env : row.env,
    packages: step(
      steps.files.map((path) => bind(pathWord(path, 'the project'))),
      installs.length === 0 ? [] : [...installs, ...compile],
    ),
    project: step([CONTEXT], steps.project.length === 0 ? [] : [...before, ...steps.project, ...compile]),
    versioned: variable !== undefined && steps.project.length > 0,
    files: steps.files,
    whole: steps.packages.length === 0 && steps.project.length > 0 && manifest.dependencies.length > 0,
    held: installs.length === 0 ? [] : held,
  };
}

function toolOf(name: string, release: string | undefined, held: string | undefined): Tool | undefined {
  if (name === 'pip' || release === undefined) return undefined;
  if (name === 'uv')
    return {
      image: `ghcr.io/astral-sh/uv:${release}`,
      package: undefined,
      install: undefined,
      variable: undefined,
      version: undefined,
    };
  const variable = `${name.toUpperCase()}_VERSION`;
  return {
    image: undefined,
    package: name,
    install: `${name}==$${variable}${held === undefined ? '' : ` "${held}"`}`,
    variable,
    version: release,
  };
}

interface Steps {
  readonly files: readonly string[];
  readonly packages: readonly string[];
  readonly project: readonly string[];
}

function stepsOf(
  seen: Seen,
  manager: Manager,
  version: string | undefined,
  extras: readonly string[],
  own: boolean,
): Steps {
  const { project, manifest } = seen;
  const row = MANAGERS[manager.name];
  if (manager.name === 'pip') return pipSteps(seen, extras, own);
  const lock = project.isFile(row.lock)
    ? row.lock
    : posix.join(posix.relative(project.app, '.') || '.', row.lock);
  const member = manager.name === 'uv' ? workspaceMember(project) : undefined;
  const { group } = row;
  const groups = extras.filter((name) => !(name in manifest.extras)).map(shellWord);
  const more = [
    ...extras.filter((name) => name in manifest.extras).flatMap((name) => [row.extra, shellWord(name)]),
    ...(group !== undefined && 'each' in group ? groups.flatMap((name) => [group.each, name]) : []),
  ];
  const listed = (command: string) =>
    group !== undefined && 'behind' in group && groups.length > 0
      ? command.replace(group.behind, `${group.behind},${groups.join()}`)
      : command;
  const words = (command: string) =>
    [listed(command), ...more, ...(member === undefined ? [] : ['--package', member])].join(' ');
  const old = row.before !== undefined && Number(version?.split('.')[0]) < row.before.major;
  const packages = (old ? row.before?.packages : row.packages) ?? [];
  const files = [lock, ...row.reads]
    .map((path) => posix.join(project.app, path))
    .filter((path) => project.context.isFile(path));
  const workspace = manager.name === 'uv' ? workspaceFiles(project.context) : [];
  const step =
    workspace.length > 0
      ? packages.map((command) => command.replace('--no-install-project', '--no-install-workspace'))
      : packages;
  return {
    files: [...new Set([...files, ...workspace])],
    packages: step.map(words),
    // what stands in the workspace is installed with its members
    project:
      own || workspace.length > 0
        ? row.project.map((command) => (command.startsWith('pip ') ? command : words(command)))
        : [],
  };
}

const PIP = 'pip --python /opt/venv install';

/** pip's own lists, and what uv reads for it: PEP 751's lock, a pyproject.toml without one, a script's metadata. */
function pipSteps(seen: Seen, extras: readonly string[], own: boolean): Steps {
  const { project, listing, requirements, manifest } = seen;
  const self = own ? [`${PIP} --no-deps .`] : [];
  switch (listing.kind) {
    case 'requirements': {
      const local = requirements.all.filter(({ path }) => path !== undefined);
      const file = shellWord(listing.file);
      if (local.length === 0)
        return { files: requirements.files, packages: [`${PIP} --requirement ${file}`], project: self };
      return localSteps(seen, listing.file);
    }
    case 'conda': {
      const words = requirements.all.map(wordOf);
      return { files: [], packages: words.length > 0 ? [`${PIP} ${words.join(' ')}`] : [], project: self };
    }
    case 'pylock':
      return { files: ['pylock.toml'], packages: ['uv pip sync pylock.toml'], project: self };
    case 'pyproject': {
      const words = extras.map((extra) => ` --extra ${shellWord(extra)}`).join('');
      // what setup.py computes is only known once it has run
      if (manifest.dynamic.includes('dependencies'))
        return { files: [], packages: [], project: ['uv pip install .'] };
      const install = [`uv pip install --requirement pyproject.toml${words}`];
      return {
        files: ['pyproject.toml'],
        packages: manifest.dependencies.length > 0 ? install : [],
        project: own ? ['uv pip install --no-deps .'] : [],
      };
    }
    case 'setup':
      return { files: [], packages: [], project: [`${PIP} .`] };
    case 'script': {
      const file = shellWord(listing.file);
      const locked = project.isFile(`${listing.file}.lock`) ? ['--locked '] : [''];
      return {
        files: [listing.file, ...(project.isFile(`${listing.file}.lock`) ? [`${listing.file}.lock`] : [])],
        packages: [
          `uv export ${locked[0]}--script ${file} --output-file /tmp/requirements.txt`,
          'uv pip install --requirement /tmp/requirements.txt',
        ],
        project: [],
      };
    }
    default:
      return { files: [], packages: [], project: [] };
  }
}

/** A list that names folders of the project: what lies there is left for the second step. */
function localSteps({ requirements, manifest }: Seen, list: string): Steps {
  const local = requirements.all.filter(({ path }) => path !== undefined);
  const file = shellWord(list);
  if (!local.every(({ at }) => at.startsWith(`${list}:`)))
    return { files: [], packages: [], project: [`${PIP} --requirement ${file}`] };
  const lines = local.map(({ at }) => `${at.split(':').at(-1)}d`).join(';');
  // of the project itself all is known but what its backend computes
  const known = local.every(({ path }) => path === '.') && !manifest.dynamic.includes('dependencies');
  const extras = local.flatMap((one) => one.extras.flatMap((extra) => manifest.extras[extra] ?? []));
  const words = known ? new Set([...manifest.dependencies, ...extras].map(wordOf)) : [];
  // it stands where the list does, for that names others from its own folder
  const rest = shellWord(posix.join(posix.dirname(list), '.requirements.txt'));
  const paths = local.map(({ path = '.', extras: wanted }) =>
    shellWord(`./${path}`.replace('./.', '.') + (wanted.length > 0 && !known ? `[${wanted.join(',')}]` : '')),
  );
  return {
    files: requirements.files,
    packages: [
      `sed '${lines}' ${file} > ${rest}`,
      [PIP, '--requirement', rest, ...words].join(' '),
      `rm ${rest}`,
    ],
    project: [[PIP, ...(known ? ['--no-deps'] : []), ...paths].join(' ')],
  };
}

/** A requirement as pip takes it on its command line. */
function wordOf({ name, extras, specifier, url, marker }: Requirement): string {
  const of = extras.length > 0 ? `${name}[${extras.join(',')}]` : name;
  return shellWord(
    `${of}${url === undefined ? specifier : ` @ ${url}`}${marker === '' ? '' : ` ; ${marker}`}`,
  );
}

/** The variable that says a version which a backend takes from git, where the project uses that. */
function versionVariable({ manifest }: Seen): string | undefined {
  const { requires, dynamic, tool } = manifest;
  const row = requires.find(({ name }) => name in VERSIONED);
  if (row === undefined) return undefined;
  if (row.name === 'pdm-backend' && textOf(recordOf(recordOf(tool.pdm).version).source) !== 'scm')
    return undefined;
  const poetry = row.name === 'poetry-dynamic-versioning';
  return dynamic.includes('version') || poetry || manifest.file !== 'pyproject.toml'
    ? VERSIONED[row.name]
    : undefined;
}
