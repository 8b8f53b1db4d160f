import { posix } from 'node:path';
import { compilerOption } from '../evidence/tsconfig.ts';
import { basePath, has, hashedFolder, literal, option, setting } from './config.ts';
import type { Framework, Made, Server, Sight } from './framework.ts';

const NEXT = 'next.config.{js,mjs,cjs,ts,mts}';
const VITE = 'vite.config.{js,mjs,cjs,ts,mts,cts}';

/** https://nextjs.org/docs/app/api-reference/config/next-config-js/output */
function next(sight: Sight): Made {
  const word = sight.words[2];
  // `next build web`: https://nextjs.org/docs/app/api-reference/cli/next#next-build-options
  const root = word === undefined || word.startsWith('-') ? '.' : posix.normalize(word).replace(/\/$/, '');
  const config = posix.join(root, NEXT);
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

/** https://reactrouter.com/start/framework/deploying */
function reactRouter(sight: Sight, name: string, serve: string, file: string): Made {
  const config = 'react-router.config.{js,mjs,ts,mts}';
  const build = literal(option(sight, config, 'buildDirectory')) ?? 'build';
  const base = setting(sight, [], option(sight, VITE, 'base') ?? option(sight, config, 'basename'), '/');
  if (literal(option(sight, config, 'ssr') ?? option(sight, VITE, 'ssr')) === 'false') {
    if ('because' in base) return base;
    // https://reactrouter.com/how-to/pre-rendering: the page for the rest has another name when / is prerendered
    const prerenders = option(sight, config, 'prerender') !== undefined;
    return {
      site: {
        output: `${build}/client`,
        base: basePath(base.value),
        fallback: prerenders ? '__spa-fallback.html' : 'index.html',
        hashed: hashedFolder(sight, 'assets'),
      },
    };
  }
  if (!(serve in sight.manifest.dependencies))
    return {
      because: `${name} builds what a server loads, and ${serve} is not in dependencies: add it, or a start script that runs a server of your own.`,
      output: build,
    };
  const server = literal(option(sight, config, 'serverBuildFile')) ?? 'index.js';
  return {
    server: {
      file,
      args: [`./${build}/server/${server}`],
      ship: [{ source: build, destination: `./${build}` }],
      beside: ['package.json'],
      packages: true,
      port: 3000,
      signals: true,
    },
  };
}

/** Where tsc writes, as tsconfig.json says. */
function outDir({ project }: Sight, otherwise: string): string {
  return (project.isFile('tsconfig.json') && compilerOption(project, 'tsconfig.json', 'outDir')) || otherwise;
}

/** TypeScript is compiled into a folder that holds the panel too; of JavaScript nothing but the panel is built. */
function strapiBuild(sight: Sight): string {
  return sight.project.isFile('tsconfig.json') ? outDir(sight, 'dist') : 'build';
}

/** Databases that are files of the project. */
const SQLITE = ['better-sqlite3', 'sqlite3'];

/** Frameworks with a server of their own. */
export const SERVERS: readonly Framework[] = [
  {
    name: 'Next.js',
    docs: 'https://nextjs.org/docs/app/getting-started/deploying',
    builds: ['next build'],
    starts: ['next start', 'next dev', 'next'],
    variables: ['NEXT_PUBLIC_'],
    quiet: { NEXT_TELEMETRY_DISABLED: '1' },
    md4: { of: 'next', before: '11.0.0' },
    caches: ['.next/cache'],
    // https://nextjs.org/docs/app/api-reference/config/next-config-js/transpilePackages
    bundles: (project) =>
      project.find([NEXT]).some((path) => (project.read(path) ?? '').includes('transpilePackages')),
    made: next,
  },
  {
    name: 'React Router',
    docs: 'https://reactrouter.com/start/framework/deploying',
    builds: ['react-router build'],
    starts: ['react-router-serve', 'react-router dev'],
    variables: ['VITE_'],
    leaves: ['.react-router'],
    // its package.json names bin.js or bin.cjs, by its version; both load this file
    made: (sight) =>
      reactRouter(
        sight,
        'React Router',
        '@react-router/serve',
        'node_modules/@react-router/serve/dist/cli.js',
      ),
  },
  {
    // closes on SIGTERM, and waits for the timer of 5 s with which its own entry.server ends a rendering that hangs
    name: 'Remix',
    docs: 'https://v2.remix.run/docs/discussion/server-vs-client',
    builds: ['remix vite:build', 'remix build'],
    starts: ['remix-serve', 'remix vite:dev', 'remix dev'],
    variables: ['VITE_'],
    made(sight) {
      const made = reactRouter(
        sight,
        'Remix',
        '@remix-run/serve',
        'node_modules/@remix-run/serve/dist/cli.js',
      );
      // without Vite its compiler writes build/index.js, and the browser's files into public/build
      if (sight.words[1] !== 'build' || !('server' in made)) return made;
      return {
        server: {
          ...made.server,
          args: ['./build/index.js'],
          ship: [...made.server.ship, { source: 'public/build', destination: './public/build' }],
          beside: ['package.json', 'public'],
        },
      };
    },
  },
  {
    name: 'AdonisJS',
    docs: 'https://docs.adonisjs.com/guides/deployment',
    builds: ['node ace build'],
    of: ['@adonisjs/core'],
    starts: ['node ace serve', 'node bin/server.js'],
    // https://docs.adonisjs.com/guides/sql/installation: its files of SQLite stand there
    leaves: ['tmp'],
    made: (sight) => ({
      server: {
        // before 6 it stood at the top
        file: sight.project.has('server.ts') ? 'server.js' : 'bin/server.js',
        // the build is a project of its own, started from its folder
        ship: [{ source: outDir(sight, 'build'), destination: '.' }],
        packages: true,
        env: { HOST: '0.0.0.0' },
        port: 3333,
        signals: true,
        ...(has(sight, ...SQLITE) ? { writes: ['tmp'] } : {}),
      },
    }),
  },
  {
    name: 'Strapi',
    docs: 'https://docs.strapi.io/cms/deployment',
    builds: ['strapi build'],
    starts: ['strapi start', 'strapi develop', 'strapi dev'],
    quiet: { STRAPI_TELEMETRY_DISABLED: 'true' },
    // .tmp holds the database of whoever develops it
    leaves: ['.strapi', '.tmp'],
    made: (sight) => ({
      server: {
        file: 'node_modules/@strapi/strapi/bin/strapi.js',
        args: ['start'],
        ship: [{ source: strapiBuild(sight), destination: `./${strapiBuild(sight)}` }],
        beside: [
          'package.json',
          'config',
          'src',
          'public',
          'database',
          'types',
          'favicon.png',
          'tsconfig.json',
        ],
        packages: true,
        // the folder of its cloud's command, without which it says at each start that it cannot load that
        env: { HOST: '0.0.0.0', XDG_CONFIG_HOME: '/tmp' },
        port: 1337,
        signals: true,
        // https://docs.strapi.io/cms/features/media-library#providers: its own provider keeps files there
        writes: ['public/uploads', ...(has(sight, ...SQLITE) ? ['.tmp'] : [])],
      },
    }),
  },
];
