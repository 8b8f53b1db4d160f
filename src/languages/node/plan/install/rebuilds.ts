import { NATIVE_PACKAGES } from '../../../../catalog/system/native-packages.ts';
import { shellWord } from '../../../../plan/quote.ts';
import { listOf, recordOf, textOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import type { Locked } from '../../evidence/lock/locked.ts';
import type { Manifest } from '../../evidence/manifest.ts';
import type { Kind, Row, Words } from './commands.ts';

/** What runs the scripts of packages, once all scripts were left out for the sake of the project's own. */
export interface Rebuild {
  readonly production: readonly Words[];
  readonly all: readonly Words[];
}

/**
 * npm and Yarn 1 would run the scripts of members too, and pnpm those of the project, so the packages are named: those
 * whose scripts npm's lock file tells of, those that pnpm is allowed to build, and for Yarn 1 those that are known to.
 */
export function rebuildOf(to: {
  readonly kind: Kind;
  readonly row: Row;
  readonly context: Project;
  readonly workspace: boolean;
  readonly locked: readonly Locked[] | undefined;
  readonly manifest: Manifest;
}): Rebuild {
  const { kind, row, context, workspace, locked, manifest } = to;
  const scripted = locked?.filter((one) => one.script).map((one) => one.name);
  const named = (names: readonly string[]) => {
    const words = [...new Set(names)].map(shellWord);
    return row.rebuild === undefined || words.length === 0 ? [] : [[...row.rebuild, ...words]];
  };
  if (kind === 'pnpm') {
    const allowed = allowedBuilds(context) ?? scripted ?? [];
    return { production: named(allowed), all: named(allowed) };
  }
  if (!workspace) {
    const whole = row.rebuild === undefined ? [] : [row.rebuild];
    // only npm's lock file tells which packages have scripts
    return {
      production: kind !== 'npm' || scripted === undefined || scripted.length > 0 ? whole : [],
      all: whole,
    };
  }
  if (kind === 'npm') return { production: named(scripted ?? []), all: named(everyScripted(context)) };
  const known = (names: object) => Object.keys(names).filter((name) => name in NATIVE_PACKAGES);
  const { dependencies, devDependencies } = manifest;
  return {
    production: named(known(dependencies)),
    all: named(known({ ...dependencies, ...devDependencies })),
  };
}

/** Packages whose scripts pnpm runs, by its settings; undefined: they do not say, as before pnpm 10. https://pnpm.io/settings#onlybuiltdependencies */
function allowedBuilds(context: Project): readonly string[] | undefined {
  const settings = recordOf(context.parse('pnpm-workspace.yaml'));
  const own = recordOf(recordOf(context.parse('package.json')).pnpm);
  const list = [settings.onlyBuiltDependencies, own.onlyBuiltDependencies].find(Array.isArray);
  const map = recordOf(settings.allowBuilds);
  if (list === undefined && settings.allowBuilds === undefined) return undefined;
  return [
    ...listOf(list).flatMap((name) => textOf(name) ?? []),
    ...Object.keys(map).filter((name) => String(map[name]) === 'true'),
  ];
}

function everyScripted(context: Project): readonly string[] {
  const packages = recordOf(recordOf(context.parse('package-lock.json')).packages);
  return Object.entries(packages).flatMap(([path, entry]) => {
    const [, name] = /^.*node_modules\/(.+)$/.exec(path) ?? [];
    return name !== undefined && recordOf(entry).hasInstallScript === true ? [name] : [];
  });
}
