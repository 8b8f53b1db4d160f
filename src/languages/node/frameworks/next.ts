import { posix } from 'node:path';
import { manifestOf } from '../evidence/manifest.ts';
import { basePath, hashedFolder, isBefore, option, setting } from './config.ts';
import type { Framework, Made, Server, Sight } from './framework.ts';

const CONFIG = 'next.config.{js,mjs,cjs,ts,mts}';

/** https://nextjs.org/docs/app/api-reference/config/next-config-js/output */
function next(sight: Sight): Made {
  const word = sight.words[2];
  // `next build web`: https://nextjs.org/docs/app/api-reference/cli/next#next-build-options
  const root = word === undefined || word.startsWith('-') ? '.' : posix.normalize(word).replace(/\/$/, '');
  const config = posix.join(root, CONFIG);
  const output = option(sight, config, 'output');
  if (output !== undefined && 'code' in output)
    return { because: `${output.at} is computed when it builds.` };
  const dist = setting(
    sight,
    [],
    option(sight, config, 'distDir'),
    output?.value === 'export' ? 'out' : '.next',
  );
  if ('because' in dist) return dist;
  const folder = posix.join(root, dist.value);
  if (output?.value === 'export') {
    const base = setting(sight, [], option(sight, config, 'basePath'), '/');
    if ('because' in base) return base;
    return {
      site: {
        output: folder,
        base: basePath(base.value),
        fallback: undefined,
        hashed: hashedFolder(sight, '_next/static'),
      },
    };
  }
  const common = {
    // Docker sets HOSTNAME to the container's id, and it would listen on that alone
    env: { HOSTNAME: '0.0.0.0' },
    port: 3000,
    signals: true,
  };
  if (output?.value === 'standalone') return standalone(sight, { config, root, folder, common });
  return {
    server: {
      ...common,
      file: 'node_modules/next/dist/bin/next',
      args: root === '.' ? ['start'] : ['start', root],
      ship: [{ source: folder, destination: `./${folder}` }],
      beside: ['package.json', posix.join(root, 'public'), ...sight.project.find([config])],
      packages: true,
      scratch: caches(folder),
      smaller: 'standalone',
    },
  };
}

/** The context of a build in its stage. */
const CONTEXT = '/app';

/**
 * It traces what a member of a workspace loads from the workspace's root, or from the folder that its configuration
 * names, and repeats the folders from there.
 */
function standalone(
  sight: Sight,
  to: {
    readonly config: string;
    readonly root: string;
    readonly folder: string;
    readonly common: Pick<Server, 'env' | 'port' | 'signals'>;
  },
): Made {
  const { config, root, folder, common } = to;
  const own = posix.join(CONTEXT, sight.project.app);
  const traced = ['outputFileTracingRoot', 'experimental.outputFileTracingRoot']
    .map((name) => option(sight, config, name))
    .find((found) => found !== undefined);
  if (traced !== undefined && 'code' in traced)
    return { because: `${traced.at} is computed when it builds.` };
  const from = traced === undefined ? CONTEXT : posix.join(own, traced.value);
  // folders above the context are repeated too: /app of the build stage
  const above = CONTEXT.startsWith(`${from === '/' ? '' : from}/`) ? posix.relative(from, CONTEXT) : '';
  const top = above === '' ? from : CONTEXT;
  return {
    server: {
      ...common,
      file: posix.join(root, 'server.js'),
      ship: [
        {
          source: posix.join(folder, 'standalone', above),
          destination: posix.relative(own, top) || '.',
        },
        { source: posix.join(folder, 'static'), destination: `./${folder}/static` },
      ],
      beside: [posix.join(root, 'public')],
      packages: false,
      scratch: caches(posix.join(folder, 'standalone', posix.relative(from, own), folder)),
    },
  };
}

/** Images that it made smaller and what it fetched, and since 16.4 the pages that it made again. */
function caches(folder: string): readonly string[] {
  return [posix.join(folder, 'cache'), posix.join(folder, 'server/route-cache')];
}

export const NEXT: Framework = {
  name: 'Next.js',
  docs: 'https://nextjs.org/docs/app/getting-started/deploying',
  builds: ['next build'],
  starts: ['next start', 'next dev', 'next'],
  develops: { commands: ['next dev', 'next'], args: ['--hostname', '0.0.0.0', '--port', '{port}'] },
  variables: ['NEXT_PUBLIC_'],
  quiet: { NEXT_TELEMETRY_DISABLED: '1' },
  md4: { of: 'next', before: '11.0.0' },
  caches: ['.next/cache'],
  // members of a workspace, too, since 15; before, where it says so:
  // https://nextjs.org/docs/app/api-reference/config/next-config-js/transpilePackages
  bundles: (project) =>
    !isBefore(manifestOf(project), 'next', '15.0.0') ||
    project.find([CONFIG]).some((path) => (project.read(path) ?? '').includes('transpilePackages')),
  made: next,
};
