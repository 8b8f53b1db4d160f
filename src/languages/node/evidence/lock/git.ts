import type { Project } from '../../../../project/project.ts';
import type { Manifest } from '../manifest.ts';
import { lockfileOf, type PackageManager } from './package-managers.ts';

/** What packages that come from a repository of git need while they are installed. */
export interface Git {
  /** Some repository is asked for over SSH: the keys of whoever builds are lent to the step. */
  readonly ssh: boolean;
}

const SSH = /^(?:git\+ssh:|ssh:|git@|[\w.-]+@[\w.-]+:)/;
/** A repository as a manifest names one. https://docs.npmjs.com/cli/v11/configuring-npm/package-json#git-urls-as-dependencies */
const REPOSITORY =
  /^(?:git(?:\+\w+)?:|ssh:|git@|(?:github|gitlab|bitbucket|gist):|[\w-][\w.-]*\/[\w.-]+(?:#|$)|https?:[^#]*\.git(?:#|$))/;
/** A lock file's entry that git fetches; an archive of a host (codeload) is none. */
const LOCKED = /\bgit\+\w+:\/\/|\bgit:\/\/|\btype:\s*git\b|#commit=|\bgit@[\w.-]+:/;
/** Hosts that npm asks over HTTPS first, whatever the lock file says. https://github.com/npm/pacote/blob/main/lib/git.js */
const HOSTED = /\bgit\+ssh:\/\/git@(?!(?:github\.com|gitlab\.com|bitbucket\.org)\/)/;

/** Whether packages are fetched by git; undefined: none is. */
export function gitOf(
  context: Project,
  manifests: readonly Manifest[],
  manager: PackageManager,
): Git | undefined {
  const ranges = manifests.flatMap(({ dependencies, devDependencies }) =>
    Object.values({ ...devDependencies, ...dependencies }).filter((range) => REPOSITORY.test(range)),
  );
  const file = lockfileOf(context, manager.name);
  const lock = file === undefined || file === 'bun.lockb' ? '' : (context.read(file) ?? '');
  const fetched = lock === '' ? ranges.length > 0 : LOCKED.test(lock);
  const asked = ranges.some((range) => SSH.test(range));
  if (!fetched && !asked) return undefined;
  const others = manager.name === 'npm' ? HOSTED.test(lock) : /\bgit\+ssh:\/\/|\bgit@[\w.-]+:/.test(lock);
  return { ssh: asked || others };
}
