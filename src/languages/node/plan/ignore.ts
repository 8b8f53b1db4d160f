import { posix } from 'node:path';
import { textsOf } from '../../../kit/sources.ts';
import { COMMON_IGNORE, type IgnoreGroup } from '../../../plan/plan.ts';
import { verbatim } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { hasOfflineCache } from '../evidence/lock/package-managers.ts';
import type { Program } from '../evidence/program.ts';
import { librariesOf } from '../evidence/workspace/members.ts';
import { workspaceOf } from '../evidence/workspace/workspaces.ts';
import { otherMembers } from './member-ignore.ts';

/** What stays out of the build: the common groups, then what Node's tools make and what only development reads. */
export function ignoreOf(
  project: Project,
  program: Program,
  secretFiles: readonly string[],
  built: boolean,
): readonly IgnoreGroup[] {
  const loads = (pattern: RegExp) => program.sources.files.some(({ path }) => pattern.test(path));
  const at = (path: string) => posix.join(project.app, path);
  const workspace = workspaceOf(project.context) !== undefined;
  const own = (program.build?.outputs ?? []).filter(
    (path) => path !== '.' && !loads(new RegExp(`^${verbatim(path)}/`)),
  );
  const others = librariesOf(project).flatMap(({ member, built }) =>
    built.filter((path) => path !== '.').map((path) => posix.join(member.path, path)),
  );
  const outputs = [...new Set([...own, ...(program.framework?.leaves ?? [])].map(at)), ...others];
  const tests = ['test', 'tests', '__tests__', 'e2e'].filter(
    (folder) => project.isFolder(folder) && !loads(new RegExp(`^${verbatim(folder)}/`)),
  );
  const groups: readonly IgnoreGroup[] = [
    {
      about: 'Dependencies are installed in the image, and caches stay here',
      patterns: [
        '**/node_modules',
        '**/.cache',
        '**/.npm',
        '**/.pnpm-store',
        '**/.turbo',
        '**/*.tsbuildinfo',
        ...(workspace ? ['**/coverage', '**/.nyc_output'] : ['coverage', '.nyc_output']),
        ...pnpFiles(project.context),
      ],
    },
    ...(outputs.length > 0
      ? [{ about: 'What the build makes is made in the image', patterns: outputs }]
      : []),
    // a build may check its tests; what is copied as it is ships without them
    ...(built || tests.length === 0
      ? []
      : [
          {
            about: 'Tests do not run in production',
            patterns: [...tests.map(at), '**/*.test.*', '**/*.spec.*'],
          },
        ]),
    // pages are made of texts
    ...(textsOf(program.sources, /\.md$/, '.md').length > 0 || program.served !== undefined
      ? []
      : [
          {
            about: 'Texts for people',
            patterns: workspace
              ? ['**/README*', '**/CHANGELOG*', '**/LICENSE*']
              : ['*.md', 'LICENSE*', ...(readsDocs(program) ? [] : ['docs'])],
          },
        ]),
  ];
  const [secrets, ...rest] = COMMON_IGNORE;
  const first =
    secrets === undefined ? [] : [{ ...secrets, patterns: [...secrets.patterns, ...secretFiles] }];
  // what is let in again comes first, so that nothing lets a secret in
  return [...otherMembers(project), ...first, ...rest, ...groups];
}

/** A folder of documents may be what is served. */
function readsDocs({ sources }: Program): boolean {
  const loads = sources.files.some(({ path }) => path.startsWith('docs/'));
  return loads || textsOf(sources, /(?:^|\/)docs(?:\/|$)/, 'docs').length > 0;
}

/** Yarn writes these in the image, unless they are committed for it. */
function pnpFiles(project: Project): readonly string[] {
  if (!project.has('.yarnrc.yml')) return [];
  const committed = hasOfflineCache(project) ? [] : ['.pnp.*', '.yarn/cache'];
  return ['.yarn/install-state.gz', '.yarn/build-state.yml', '.yarn/unplugged', ...committed];
}
