import { posix } from 'node:path';
import { recordOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { lockfileOf, type PackageManager } from '../../evidence/lock/package-managers.ts';
import { hoists } from './scope.ts';

/**
 * Where a file of an installed package is, as a member's folder has it: npm's lock file tells, pnpm and Bun link what a
 * member names in its own folder, and Yarn puts it into the root's where nothing else is in its place.
 */
export function moduleFile(project: Project, manager: PackageManager, path: string): string {
  if (project.app === '.' || !path.startsWith('node_modules/')) return path;
  const above = posix.join(posix.relative(project.app, '.'), path);
  if (manager.name === 'npm') {
    const [, name = ''] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
    const lock = lockfileOf(project.context, 'npm');
    const packages = lock === undefined ? {} : recordOf(recordOf(project.context.parse(lock)).packages);
    return `${project.app}/node_modules/${name}` in packages ? path : above;
  }
  return manager.name === 'yarn' || (manager.name === 'pnpm' && hoists(project.context)) ? above : path;
}
