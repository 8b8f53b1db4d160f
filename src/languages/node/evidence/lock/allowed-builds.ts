import type { Note } from '../../../../plan/plan.ts';
import { listOf, recordOf, table } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import type { Manifest } from '../manifest.ts';
import type { PackageManager } from './package-managers.ts';

/**
 * Packages that have to run a script when they are installed, which pnpm since 10 and Bun do for those alone that a
 * project names. https://pnpm.io/settings#onlybuiltdependencies, https://bun.sh/docs/install/lifecycle
 */
export function blockedBuilds(
  project: Project,
  manifest: Manifest,
  manager: PackageManager,
  scripted: readonly string[],
): readonly Note[] {
  const row = RULES[manager.name];
  if (row === undefined || !row.blocks(manager)) return [];
  const allowed = row.allowed(project, manifest);
  const blocked = allowed === 'all' ? [] : scripted.filter((name) => !allowed.includes(name));
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
} = table({
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
});

/** What Bun runs unasked, of the packages that may be compiled or fetched. */
const TRUSTED: readonly string[] = [
  ...['@discordjs/opus', '@newrelic/native-metrics', '@serialport/bindings'],
  ...['@serialport/bindings-cpp', '@tensorflow/tfjs-node', 'argon2', 'bcrypt', 'better-sqlite3'],
  ...['bufferutil', 'canvas', 'classic-level', 'cpu-features', 'deasync', 'duckdb', 'farmhash'],
  ...['ffi-napi', 'ffmpeg-static', 'heapdump', 'hiredis', 'hnswlib-node', 'ibm_db', 'iconv'],
  ...['isolated-vm', 'keccak', 'kerberos', 'keytar', 'leveldown', 'libpq', 'libxmljs', 'libxmljs2'],
  ...['lmdb', 'microtime', 'mongodb-client-encryption', 'msgpackr-extract', 'msnodesqlv8'],
  ...['node-expat', 'node-hid', 'node-libcurl', 'node-pty', 'node-rdkafka', 'node-sass', 'nodegit'],
  ...['posix', 're2', 'ref-napi', 'robotjs', 'secp256k1', 'segfault-handler', 'sharp'],
  ...['sodium-native', 'sqlite3', 'ssh2', 'tree-sitter', 'unix-dgram', 'usb', 'utf-8-validate'],
  ...['wrtc', 'xxhash', 'zeromq', 'zlib-sync'],
];
