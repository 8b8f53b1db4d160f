import { isRecord, recordOf, textOf } from '../../data.ts';
import { UserError } from '../../errors.ts';
import type { Project } from '../../project.ts';

/** The parts of a package.json that decide something. Everything else, and everything of a wrong type, is dropped. */
export interface Manifest {
  readonly name: string | undefined;
  readonly esm: boolean;
  readonly main: string | undefined;
  /** The file behind `exports["."]`. */
  readonly exported: string | undefined;
  /** Files behind `bin`. */
  readonly bins: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly engines: Readonly<Record<string, string>>;
  readonly volta: Readonly<Record<string, string>>;
  readonly packageManager: string | undefined;
  /** devEngines.runtime and devEngines.packageManager: name → version. */
  readonly devEngines: {
    readonly runtime: Readonly<Record<string, string>>;
    readonly packageManager: Readonly<Record<string, string>>;
  };
  readonly raw: Readonly<Record<string, unknown>>;
}

export function manifestOf(project: Project): Manifest {
  const raw = recordOf(project.parse('package.json'));
  const exported = isRecord(raw.exports) ? (raw.exports['.'] ?? raw.exports) : raw.exports;
  const devEngines = recordOf(raw.devEngines);
  return {
    name: textOf(raw.name),
    esm: raw.type === 'module',
    main: textOf(raw.main),
    exported: firstFile(exported),
    bins: typeof raw.bin === 'string' ? [raw.bin] : Object.values(texts(raw.bin)),
    scripts: texts(raw.scripts),
    dependencies: { ...texts(raw.optionalDependencies), ...texts(raw.dependencies) },
    devDependencies: texts(raw.devDependencies),
    engines: texts(raw.engines),
    volta: texts(raw.volta),
    packageManager: textOf(raw.packageManager),
    devEngines: { runtime: engines(devEngines.runtime), packageManager: engines(devEngines.packageManager) },
    raw,
  };
}

/** Refuses a repository of several packages: which of them is the service cannot be said yet. */
export function assertSingle(project: Project, manifest: Manifest): void {
  const pnpm = recordOf(project.parse('pnpm-workspace.yaml')).packages;
  const member = Object.entries(manifest.dependencies).find(([, range]) => range.startsWith('workspace:'));
  if (manifest.raw.workspaces === undefined && pnpm === undefined && member === undefined) return;
  const where = member === undefined ? 'This is' : `${JSON.stringify(member[0])} makes this a member of`;
  throw new UserError({
    kind: 'refused',
    message: `${where} a workspace of several packages, for which no Dockerfile can be written yet.`,
    fix: 'Run it in a folder that is a project of its own.',
  });
}

/** `{ name, version }`, or a list of them. */
function engines(value: unknown): Record<string, string> {
  const named = (Array.isArray(value) ? value : [value]).map(recordOf);
  return Object.fromEntries(
    named.flatMap((e) => (typeof e.name === 'string' ? [[e.name, textOf(e.version) ?? '*']] : [])),
  );
}

/** Conditions in the order in which Node would take them. */
function firstFile(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return undefined;
  for (const key of ['node', 'import', 'module', 'require', 'default']) {
    const file = firstFile(value[key]);
    if (file !== undefined) return file;
  }
  return undefined;
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(recordOf(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
