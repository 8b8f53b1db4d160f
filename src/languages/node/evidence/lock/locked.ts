import { isRange } from '../../../../plan/version.ts';
import { isRecord, recordOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { remember } from '../../../../project/remember.ts';
import type { Manifest } from '../manifest.ts';
import { type Member, neededMembers, workspaceOf } from '../workspace/workspaces.ts';
import { fromBun, fromNpm, fromPnpm, fromYarn, reachedByNpm, type Scope, type Wants } from './lock-files.ts';
import { worksWith } from './native.ts';
import { isYarn1, lockfileOf, type PackageManager } from './package-managers.ts';
import { parseYarn1 } from './yarn1-lock.ts';

/** One package that is installed, as far as the lock file tells. */
export interface Locked {
  readonly name: string;
  readonly version: string | undefined;
  /** The range of Node that it demands. */
  readonly node: string | undefined;
  /** Made for certain platforms, or made on installation: differs from platform to platform. */
  readonly native: boolean;
  /** Runs a script when it is installed; undefined: the lock file does not tell. */
  readonly script: boolean | undefined;
  /** A package among its own that only serves the installation of machine code: `node-gyp-build`. */
  readonly helper: string | undefined;
  /** Optional packages of it that are made for Linux: `@img/sharp-linux-x64` → its version. */
  readonly variants: Readonly<Record<string, string>>;
}

/** The packages that are installed; undefined: the lock file does not tell, or there is none. */
export function lockedPackages(
  project: Project,
  manifest: Manifest,
  manager: PackageManager,
  scope: Scope,
): readonly Locked[] | undefined {
  // asked for by several settings and by each target
  const key = `locked packages: ${manager.name} ${scope} ${Object.keys(manifest.dependencies).length}`;
  return remember(project, key, () =>
    fromLock(project, manifest, manager, scope)?.map((p) => {
      const node = narrowed(p.node, worksWith(p));
      return node === p.node ? p : { ...p, node };
    }),
  );
}

/** A range of Node that a manifest demands and one that a row knows, which has no alternatives. */
function narrowed(demanded: string | undefined, known: string | undefined): string | undefined {
  if (demanded === undefined || known === undefined) return demanded ?? known;
  const both = demanded
    .split('||')
    .map((one) => `${one.trim()} ${known}`)
    .join(' || ');
  return isRange(both) ? both : known;
}

function fromLock(
  project: Project,
  manifest: Manifest,
  manager: PackageManager,
  scope: Scope,
): readonly Locked[] | undefined {
  const { context } = project;
  const file = lockfileOf(context, manager.name);
  if (file === undefined || file === 'bun.lockb') return undefined;
  const members = membersOf(project, manifest, scope);
  const wants: Wants = ({ manifest: own }) =>
    Object.entries({ ...(scope === 'all' ? own.devDependencies : {}), ...own.dependencies });
  if (isYarn1(manager)) {
    const lock = parseYarn1(context.read(file) ?? '');
    return fromYarn(lock, members, wants).map((p) => ({ ...p, script: true }));
  }
  const lock = recordOf(context.parse(file));
  if (manager.name === 'npm')
    return workspaceOf(context) ? reachedByNpm(lock, members, scope) : fromNpm(lock, scope);
  if (manager.name === 'pnpm') return fromPnpm(lock, members, wants, scope);
  if (manager.name === 'bun') return fromBun(lock, members, wants);
  return isRecord(lock.__metadata) ? fromYarn(lock, members, wants) : undefined;
}

/** The members that are installed; the workspace's root among them where its packages are, or may be, loaded. */
function membersOf(project: Project, manifest: Manifest, scope: Scope): readonly Member[] {
  const needed = neededMembers(project);
  if (scope === 'all') return needed.all;
  const root = project.app === '.' ? undefined : workspaceOf(project.context)?.members.get('.');
  const above = Object.keys(root?.manifest.dependencies ?? {});
  const rooted =
    root !== undefined && above.length > 0 && above.every((name) => name in manifest.dependencies);
  return [...(rooted ? [root] : []), ...needed.production];
}

/** The packages that the manifest names itself: all that is known without a lock file. */
export function declaredPackages(manifest: Manifest): readonly Locked[] {
  return Object.keys(manifest.dependencies).map((name) => ({
    name,
    version: undefined,
    node: worksWith({ name, version: undefined }),
    native: false,
    script: undefined,
    helper: undefined,
    variants: {},
  }));
}

export function productionPackages(
  project: Project,
  manifest: Manifest,
  manager: PackageManager,
): readonly Locked[] | undefined {
  return lockedPackages(project, manifest, manager, 'production');
}
