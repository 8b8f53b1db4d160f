import { posix } from 'node:path';
import { recordOf, textOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { withoutComments } from '../../evidence/comments.ts';
import type { PackageManager } from '../../evidence/lock/package-managers.ts';

/**
 * Files beside the usual ones that the package manager reads because its settings name them: patches wherever they are
 * kept, what a hook of pnpm requires, a mirror of Yarn 1 in the repository.
 */
export function configuredFiles(context: Project, { name }: PackageManager): readonly string[] {
  const found = [
    ...(name === 'pnpm' || name === 'bun' ? patches(context) : []),
    ...(name === 'pnpm' ? hooks(context) : []),
    ...(name === 'yarn' ? yarnFiles(context) : []),
  ];
  return [...new Set(found.map((path) => posix.normalize(path).replace(/\/$/, '')))].filter(
    (path) => path !== '.' && !path.startsWith('..') && !posix.isAbsolute(path) && context.has(path),
  );
}

/** https://pnpm.io/settings#patcheddependencies, https://bun.sh/docs/install/patch: a folder of them goes as a whole. */
function patches(context: Project): readonly string[] {
  const manifest = recordOf(context.parse('package.json'));
  return [
    recordOf(manifest.patchedDependencies),
    recordOf(recordOf(manifest.pnpm).patchedDependencies),
    recordOf(recordOf(context.parse('pnpm-workspace.yaml')).patchedDependencies),
  ].flatMap((list) =>
    Object.values(list).flatMap((path) => {
      const folder = typeof path === 'string' ? posix.dirname(path) : undefined;
      return folder === undefined || folder === '.' ? String(path) : folder;
    }),
  );
}

/** https://pnpm.io/pnpmfile: the file, and what it requires of the repository. */
function hooks(context: Project): readonly string[] {
  const said = /^[^\S\n]*(?:global-)?pnpmfile\s*=\s*(\S+)/m.exec(context.read('.npmrc') ?? '')?.[1];
  const files = [
    said,
    textOf(recordOf(context.parse('pnpm-workspace.yaml')).pnpmfile),
    '.pnpmfile.cjs',
    '.pnpmfile.mjs',
  ];
  return files.flatMap((file) => {
    const text = file === undefined ? undefined : context.read(file);
    if (file === undefined || text === undefined) return [];
    const required = [
      ...withoutComments(text).matchAll(/(?:\brequire\(|\bfrom\s|\bimport\()\s*['"](\.[^'"\n]+)['"]/g),
    ];
    const near = required.flatMap(([, path = '']) => {
      const plain = posix.join(posix.dirname(file), path);
      const ends = ['', '.js', '.cjs', '.mjs', '.json', '/index.js'];
      return ends.map((end) => plain + end).find((one) => context.isFile(one)) ?? [];
    });
    return [file, ...near];
  });
}

/** `patch:left-pad@1.3.0#./patches/x.patch` of Yarn since 2, and the mirror of Yarn 1. */
function yarnFiles(context: Project): readonly string[] {
  const manifest = recordOf(context.parse('package.json'));
  const ranges = ['dependencies', 'devDependencies', 'resolutions', 'optionalDependencies'].flatMap((group) =>
    Object.values(recordOf(manifest[group])).filter((range) => typeof range === 'string'),
  );
  const mirror = /^yarn-offline-mirror\s+"?([^"\n]+)"?/m.exec(context.read('.yarnrc') ?? '')?.[1];
  return [
    ...ranges.flatMap((range) => {
      const [, path] = /^patch:[^#]+#~?\/?([^:#]+\.(?:patch|diff))/.exec(range) ?? [];
      return path === undefined ? [] : [posix.dirname(path)];
    }),
    ...(mirror === undefined ? [] : [mirror.trim()]),
  ];
}
