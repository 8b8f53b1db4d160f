import { isRecord, listOf, recordOf, table, textOf } from '../../../project/data.ts';
import { isGlob } from '../../../project/globs.ts';
import type { Project } from '../../../project/project.ts';
import { remember } from '../../../project/remember.ts';

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
  return remember(project, 'package.json', () => readManifest(project));
}

function readManifest(project: Project): Manifest {
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
    dependencies: table({ ...texts(raw.optionalDependencies), ...texts(raw.dependencies) }),
    devDependencies: texts(raw.devDependencies),
    engines: texts(raw.engines),
    volta: texts(raw.volta),
    packageManager: textOf(raw.packageManager),
    devEngines: { runtime: engines(devEngines.runtime), packageManager: engines(devEngines.packageManager) },
    raw,
  };
}

/** More patterns than any workspace declares. */
const PATTERNS = 5000;

/** Where a workspace's members are, as it is declared. */
export interface Declared {
  /** The file that says it. */
  readonly from: string;
  /** Patterns of folders, without `./` before and a slash behind them. */
  readonly patterns: readonly string[];
}

/** What package.json or pnpm-workspace.yaml says; the latter has settings alone for a single package. */
export function declaredPatterns(context: Project): Declared | undefined {
  const pnpm = recordOf(context.parse('pnpm-workspace.yaml')).packages;
  // https://yarnpkg.com/features/workspaces, https://bun.sh/docs/install/workspaces: a list, or an object that has it
  const raw = manifestOf(context).raw.workspaces;
  const own = isRecord(raw) ? raw.packages : raw;
  const [from, list] = Array.isArray(pnpm) ? ['pnpm-workspace.yaml', pnpm] : ['package.json', own];
  if (!Array.isArray(list)) return undefined;
  const patterns = listOf(list)
    .slice(0, PATTERNS)
    .flatMap((pattern) => textOf(pattern) ?? [])
    .map((p) => p.replace(/^(!?)(?:\.?\/)+/, '$1').replace(/(?<!\/)\/+$/, ''))
    .filter((pattern) => isGlob(pattern.replace(/^!/, '')));
  return { from, patterns };
}

/** `{ name, version }`, or a list of them. */
function engines(value: unknown): Record<string, string> {
  const named = (Array.isArray(value) ? value : [value]).map(recordOf);
  return table(
    Object.fromEntries(
      named.flatMap((e) => (typeof e.name === 'string' ? [[e.name, textOf(e.version) ?? '*']] : [])),
    ),
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
  return table(
    Object.fromEntries(
      Object.entries(recordOf(value)).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
  );
}
