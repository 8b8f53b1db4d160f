import type { Note } from '../../../../plan/plan.ts';
import type { Platform, Target } from '../../../../plan/targets.ts';
import { isRecord, listOf, recordOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import type { Locked } from './locked.ts';
import type { ManagerName } from './package-managers.ts';

/** What Node calls the architecture of a platform. */
const CPU: { readonly [P in Platform]: string } = {
  'linux/amd64': 'x64',
  'linux/arm64': 'arm64',
  'linux/arm/v7': 'arm',
  'linux/ppc64le': 'ppc64',
  'linux/s390x': 's390x',
};

/** Where a package manager is told for which systems it installs optional packages. */
const SETTINGS: { readonly [Name in ManagerName]?: readonly (readonly [file: string, key?: string])[] } = {
  // https://pnpm.io/settings#supportedarchitectures
  pnpm: [['pnpm-workspace.yaml'], ['package.json', 'pnpm']],
  // https://yarnpkg.com/configuration/yarnrc#supportedArchitectures
  yarn: [['.yarnrc.yml']],
};

/** What is not installed because the project names its developers' systems alone. */
export function unsupported(
  project: Project,
  manager: ManagerName,
  locked: readonly Locked[] | undefined,
  to: { readonly libc: Target['libc']; readonly platforms: readonly Platform[] },
): readonly Note[] {
  const one = locked?.find(({ variants }) => Object.keys(variants).length > 0)?.name;
  if (one === undefined) return [];
  const wanted = {
    os: ['linux'],
    cpu: to.platforms.map((platform) => CPU[platform]),
    libc: [to.libc],
  };
  for (const [file, key] of SETTINGS[manager] ?? []) {
    const settings = project.has(file) ? recordOf(project.parse(file)) : {};
    const { supportedArchitectures: named } = key === undefined ? settings : recordOf(settings[key]);
    if (!isRecord(named)) continue;
    const missing = Object.entries(wanted).flatMap(([kind, values]) => {
      const list = listOf(named[kind]).map(String);
      const left = values.filter((value) => !list.includes(value));
      return list.length === 0 || list.includes('current') ? [] : left.map((value) => ({ kind, value }));
    });
    if (missing.length === 0) return [];
    const words = missing.map(({ value }) => value).join(', ');
    const kinds = [...new Set(missing.map(({ kind }) => kind))].join(', ');
    return [
      {
        level: 'warning',
        text: `${file} → supportedArchitectures leaves out ${words}, so what ${one} loads there is not installed.`,
        fix: `Add current to its ${kinds}, and commit what ${manager} install writes.`,
      },
    ];
  }
  return [];
}
