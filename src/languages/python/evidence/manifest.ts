import { listOf, recordOf, table, textOf, verbatim } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { normalized, parseRequirement, type Requirement } from './requirements.ts';

/** What pyproject.toml, setup.cfg and setup.py say of the project itself. */
export interface Manifest {
  /** The file that says it; undefined: there is none. */
  readonly file: string | undefined;
  readonly name: string | undefined;
  /** Ranges of Python, each as PEP 440 has it, with where it stands. */
  readonly python: readonly { readonly range: string; readonly from: string }[];
  readonly dependencies: readonly Requirement[];
  readonly extras: Readonly<Record<string, readonly Requirement[]>>;
  /** Groups that are installed where they are asked for: those of PEP 735, and Poetry's. */
  readonly groups: Readonly<Record<string, readonly Requirement[]>>;
  /** Names of console scripts, and the `module:function` of each. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Whether the project itself is installed: it has a build backend, and does not say that it is none. */
  readonly isPackage: boolean;
  /** What the backend is called: `hatchling.build`; undefined: setuptools, which is what none means. */
  readonly backend: string | undefined;
  /** What the build backend needs: `setuptools-scm`. */
  readonly requires: readonly Requirement[];
  /** Files that the backend reads beside its manifest: README, licence. */
  readonly reads: readonly string[];
  readonly dynamic: readonly string[];
  readonly tool: Readonly<Record<string, unknown>>;
}

const requirements = (value: unknown, at: string): readonly Requirement[] =>
  listOf(value).flatMap((one) => parseRequirement(String(one), at) ?? []);

export function readManifest(project: Project): Manifest {
  const whole = recordOf(project.parse('pyproject.toml'));
  const tool = recordOf(whole.tool);
  const declared = recordOf(whole.project);
  const poetry = recordOf(tool.poetry);
  const system = recordOf(whole['build-system']);
  const setup = ['setup.py', 'setup.cfg'].filter((file) => project.isFile(file));
  const configured = setup.length > 0 && whole.project === undefined && tool.poetry === undefined;
  const old = configured ? readSetup(project) : undefined;
  const requires = textOf(declared['requires-python']);
  const python = pythonOf(poetry);
  const managed = (name: string, key: string) => recordOf(tool[name])[key];
  const off =
    managed('uv', 'package') === false ||
    managed('poetry', 'package-mode') === false ||
    managed('pdm', 'distribution') === false;
  const on = managed('uv', 'package') === true || managed('pdm', 'distribution') === true;
  // Poetry builds what it knows by itself
  const built = whole['build-system'] !== undefined || tool.poetry !== undefined || on || configured;
  return {
    file: project.isFile('pyproject.toml') ? 'pyproject.toml' : setup[0],
    name: textOf(declared.name) ?? textOf(poetry.name) ?? old?.name,
    python: [
      ...(requires === undefined
        ? []
        : [{ range: requires, from: 'pyproject.toml → project.requires-python' }]),
      ...(python === undefined ? [] : [{ range: python, from: 'pyproject.toml → tool.poetry' }]),
      ...(old?.python === undefined
        ? []
        : [{ range: old.python, from: `${setup.at(-1)} → python_requires` }]),
    ],
    dependencies: [
      ...requirements(declared.dependencies, 'pyproject.toml → project.dependencies'),
      ...poetryRequirements(recordOf(poetry.dependencies)),
      ...(old?.dependencies ?? []),
    ],
    extras: table({
      ...listsOf(declared['optional-dependencies'], 'optional-dependencies'),
      ...listsOf(poetry.extras, 'tool.poetry.extras'),
    }),
    groups: groupsOf(whole, poetry),
    scripts: table({ ...old?.scripts, ...scriptsOf(declared.scripts), ...scriptsOf(poetry.scripts) }),
    isPackage: built && !off && (whole.project !== undefined || tool.poetry !== undefined || configured),
    backend: textOf(system['build-backend']),
    requires: requirements(system.requires, 'pyproject.toml → build-system.requires'),
    reads: readBy(project, declared, poetry),
    dynamic: listOf(declared.dynamic).map(String),
    tool,
  };
}

function listsOf(value: unknown, where: string): Readonly<Record<string, readonly Requirement[]>> {
  return Object.fromEntries(
    Object.entries(recordOf(value)).map(([name, list]) => [
      normalized(name),
      requirements(list, `pyproject.toml → ${where}.${name}`),
    ]),
  );
}

/** https://packaging.python.org/en/latest/specifications/dependency-groups/, https://python-poetry.org/docs/managing-dependencies/#dependency-groups */
function groupsOf(
  whole: Readonly<Record<string, unknown>>,
  poetry: Readonly<Record<string, unknown>>,
): Manifest['groups'] {
  const own = Object.entries(recordOf(poetry.group)).map(([name, group]) => [
    normalized(name),
    poetryRequirements(recordOf(recordOf(group).dependencies)),
  ]);
  return table({ ...listsOf(whole['dependency-groups'], 'dependency-groups'), ...Object.fromEntries(own) });
}

/** Poetry 1 lets a script be a table. */
function scriptsOf(table: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(recordOf(table)).flatMap(([name, target]) => {
      const text = textOf(target) ?? textOf(recordOf(target).callable) ?? textOf(recordOf(target).reference);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** `^3.11` and `3.11 || 3.12` of Poetry, as PEP 440 has them; alternatives stay apart by `||`. */
function pythonOf(poetry: Readonly<Record<string, unknown>>): string | undefined {
  const entry = recordOf(poetry.dependencies).python;
  const text = textOf(entry) ?? textOf(recordOf(entry).version);
  return text?.split('||').map(poetryRange).join('||');
}

function poetryRange(text: string): string {
  return text
    .split(',')
    .map((part) => {
      const [, sign = '', version = ''] = /^\s*(\^|~(?!=)|[=<>!~]*)\s*(.+?)\s*$/.exec(part) ?? [];
      const [major = 0, minor, patch] = version.split('.').map(Number);
      if (sign === '^' && major > 0) return `>=${version},<${major + 1}`;
      if (sign === '^') return `>=${version},<0.${(minor ?? 0) + 1}`;
      if (sign === '~')
        return minor === undefined ? `>=${version},<${major + 1}` : `>=${version},<${major}.${minor + 1}`;
      if (sign !== '' || version === '*') return version === '*' ? '' : `${sign}${version}`;
      return patch === undefined && !version.includes('*') ? `==${version}.*` : `==${version}`;
    })
    .filter((part) => part !== '')
    .join(',');
}

function poetryRequirements(table: Readonly<Record<string, unknown>>): readonly Requirement[] {
  return Object.entries(table).flatMap(([name, value]) => {
    const details = recordOf(Array.isArray(value) ? value[0] : value);
    if (name.toLowerCase() === 'python' || details.optional === true) return [];
    const range = textOf(value) ?? textOf(details.version) ?? '';
    const git = textOf(details.git);
    return {
      name: normalized(name),
      extras: listOf(details.extras).map((extra) => normalized(String(extra))),
      specifier: poetryRange(range === '' ? '*' : range),
      marker: textOf(details.markers) ?? '',
      url: git === undefined ? textOf(details.url) : `git+${git}`,
      path: textOf(details.path),
      editable: details.develop === true,
      hashed: false,
      at: `pyproject.toml → tool.poetry.dependencies.${name}`,
    };
  });
}

/** What the backend reads of the project: https://packaging.python.org/en/latest/specifications/pyproject-toml/ */
function readBy(
  project: Project,
  declared: Readonly<Record<string, unknown>>,
  poetry: Readonly<Record<string, unknown>>,
): readonly string[] {
  const file = (value: unknown) => textOf(value) ?? textOf(recordOf(value).file);
  const named = [file(declared.readme), file(poetry.readme), textOf(recordOf(declared.license).file)];
  const listed = [...listOf(poetry.readme), ...listOf(declared['license-files'])].map(String);
  const licences = project.entries.filter((name) => /^(LICEN[CS]E|COPYING|NOTICE)/i.test(name));
  return [
    ...new Set(
      [...named.flatMap((path) => path ?? []), ...listed, ...licences].filter((p) => project.isFile(p)),
    ),
  ];
}

/** `console_scripts` of setup.cfg and of a setup.py that says them as texts. */
function setupScripts(text: string): Readonly<Record<string, string>> {
  const at = text.indexOf('console_scripts');
  const lines = at < 0 ? [] : text.slice(at, at + 4000).split(/[\n'"]/);
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [, name, target] = /^\s*([\w.-]+)\s*=\s*([\w.]+:[\w.]+)\s*$/.exec(line) ?? [];
      return name === undefined || target === undefined ? [] : [[name, target]];
    }),
  );
}

interface Setup {
  readonly scripts: Readonly<Record<string, string>>;
  readonly name: string | undefined;
  readonly python: string | undefined;
  readonly dependencies: readonly Requirement[];
}

/** setup.cfg as ini, and setup.py by the literals of its keywords: what it computes is not known. */
function readSetup(project: Project): Setup {
  const cfg = project.read('setup.cfg') ?? '';
  const py = project.read('setup.py') ?? '';
  const value = (key: string) =>
    new RegExp(`^${verbatim(key)}\\s*=\\s*(\\S.*)$`, 'm').exec(cfg)?.[1]?.trim() ??
    new RegExp(`\\b${verbatim(key)}\\s*=\\s*(['"])([^'"\\n]*)\\1`).exec(py)?.[2];
  const block = /^install_requires\s*=\s*\n?((?:[ \t]{1,200}\S.*\n?)+)/m.exec(cfg)?.[1] ?? '';
  const list = /\binstall_requires\s*=\s*\[([^\]]*)\]/.exec(py)?.[1] ?? '';
  const lines = [
    ...block.split('\n').map((line) => [line.trim(), 'setup.cfg → install_requires'] as const),
    ...[...list.matchAll(/(['"])(.*?)\1/g)].map((m) => [m[2] ?? '', 'setup.py → install_requires'] as const),
  ];
  return {
    name: value('name'),
    scripts: setupScripts(`${cfg}\n${py}`),
    python: value('python_requires'),
    dependencies: lines.flatMap(([line, at]) => (line === '' ? [] : (parseRequirement(line, at) ?? []))),
  };
}
