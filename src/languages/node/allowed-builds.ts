import { listOf, recordOf } from '../../data.ts';
import type { Note } from '../../plan.ts';
import type { Project } from '../../project.ts';
import type { Manifest } from './manifest.ts';
import type { PackageManager } from './package-managers.ts';

/**
 * Packages that have to run a script when they are installed, which pnpm since 10 and Bun do for those alone that a
 * project names. https://pnpm.io/settings#onlybuiltdependencies, https://bun.sh/docs/install/lifecycle
 */
export function blockedBuilds(
  project: Project,
  manifest: Manifest,
  manager: PackageManager,
  compiled: readonly string[],
): readonly Note[] {
  const row = RULES[manager.name];
  if (row === undefined || !row.blocks(manager)) return [];
  const allowed = row.allowed(project, manifest);
  const blocked = allowed === 'all' ? [] : compiled.filter((name) => !allowed.includes(name));
  if (blocked.length === 0) return [];
  return [
    {
      level: 'warning',
      text: `${row.name} does not run the script that makes ${blocked.join(', ')}, so it will not be found when the program starts.`,
      fix: `Type ${row.fix(blocked)}, and commit what it writes.`,
    },
  ];
}

const RULES: {
  readonly [name: string]: {
    readonly name: string;
    blocks(manager: PackageManager): boolean;
    allowed(project: Project, manifest: Manifest): readonly string[] | 'all';
    fix(names: readonly string[]): string;
  };
} = {
  pnpm: {
    name: 'pnpm',
    blocks: ({ version }) => version === undefined || Number(version.split('.')[0]) >= 10,
    allowed(project, { raw }) {
      const settings = [recordOf(raw.pnpm), recordOf(project.context.parse('pnpm-workspace.yaml'))];
      if (settings.some((one) => String(one.dangerouslyAllowAllBuilds) === 'true')) return 'all';
      return settings.flatMap((one) => [
        ...listOf(one.onlyBuiltDependencies).map(String),
        ...Object.entries(recordOf(one.allowBuilds)).flatMap(([name, yes]) =>
          String(yes) === 'true' ? [name] : [],
        ),
      ]);
    },
    fix: () => 'pnpm approve-builds',
  },
  bun: {
    name: 'Bun',
    blocks: () => true,
    // https://github.com/oven-sh/bun/blob/main/src/install/default-trusted-dependencies.txt has the usual ones
    allowed: (_, { raw }) => [...listOf(raw.trustedDependencies).map(String), ...TRUSTED],
    fix: (names) => `bun pm trust ${names.join(' ')}`,
  },
};

/** What Bun runs unasked, of the packages that may be compiled. */
const TRUSTED: readonly string[] = [
  ...[
    'argon2',
    'bcrypt',
    'better-sqlite3',
    'bufferutil',
    'canvas',
    'cpu-features',
    'duckdb',
    'grpc',
    'iconv',
  ],
  ...[
    'isolated-vm',
    'kerberos',
    'leveldown',
    'lmdb',
    'msgpackr-extract',
    'node-hid',
    'node-pty',
    'node-sass',
  ],
  ...['nodegit', 'odbc', 'oracledb', 're2', 'sodium-native', 'sqlite3', 'ssh2', 'tree-sitter', 'usb'],
  ...['utf-8-validate', 'zeromq'],
];
