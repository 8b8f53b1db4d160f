import { posix } from 'node:path';
import { ANGULAR } from './angular.ts';
import { argument, basePath, configs, hashedFolder, literal, option, says, setting } from './config.ts';
import type { Framework, Made, Sight } from './framework.ts';

const SVELTE = '{svelte,vite}.config.{js,mjs,ts}';
const ASTRO = 'astro.config.{js,mjs,cjs,ts,mts}';

/** https://svelte.dev/docs/kit/adapters: what the adapter of the configuration makes. */
function svelteKit(sight: Sight): Made {
  const imported = configs(sight, SVELTE)
    .map(({ text }) =>
      /from\s+['"](?:@sveltejs\/)?adapter-([\w-]+)['"]|from\s+['"]([\w@/-]*adapter[\w/-]*)['"]/.exec(text),
    )
    .find((match) => match !== null);
  const adapter = imported?.[1] ?? imported?.[2];
  const base = setting(sight, [], option(sight, SVELTE, 'kit.paths.base'), '/');
  if (adapter === 'static') {
    if ('because' in base) return base;
    return {
      site: {
        output: literal(argument(sight, SVELTE, 'adapter', 'pages')) ?? 'build',
        base: basePath(base.value),
        fallback: spaPage(literal(argument(sight, SVELTE, 'adapter', 'fallback'))),
        hashed: hashedFolder(sight, '_app/immutable', 'static'),
      },
    };
  }
  if (adapter !== 'node') {
    return {
      because: `SvelteKit's adapter-${adapter ?? 'auto'} makes nothing that a container can run: install @sveltejs/adapter-node and import it in svelte.config.js.`,
    };
  }
  const out = literal(argument(sight, SVELTE, 'adapter', 'out')) ?? 'build';
  const given = literal(argument(sight, SVELTE, 'adapter', 'envPrefix')) ?? '';
  const prefix = /^[A-Za-z_]\w*$/.test(given) ? given : '';
  return {
    server: {
      file: `${out}/index.js`,
      ship: [{ source: out, destination: `./${out}` }],
      // says that the build is made of ES modules
      beside: ['package.json'],
      // its build holds what is in devDependencies, and loads the rest
      packages: Object.keys(sight.manifest.dependencies).length > 0,
      port: 3000,
      ...(prefix === '' ? {} : { variable: `${prefix}PORT` }),
      signals: true,
    },
  };
}

/** A fallback that is called 404 is a page for what is not found, and no app. */
function spaPage(page: string | undefined): string | undefined {
  return page === undefined || /^404\./.test(page) ? undefined : page;
}

/** https://docs.astro.build/en/guides/on-demand-rendering */
function astro(sight: Sight): Made {
  const adapter = configs(sight, ASTRO)
    .map(
      ({ text }) =>
        /from\s+['"]((?:@astrojs\/|@[\w-]+\/astro-|astro-)(?:node|vercel|netlify|cloudflare|deno|bun)[\w/-]*)['"]/.exec(
          text,
        )?.[1],
    )
    .find((name) => name !== undefined);
  const output = literal(option(sight, ASTRO, 'output'));
  const folder = setting(sight, ['--outDir'], option(sight, ASTRO, 'outDir'), 'dist');
  const base = setting(sight, ['--base'], option(sight, ASTRO, 'base'), '/');
  if ('because' in folder) return folder;
  const out = posix.normalize(folder.value).replace(/\/$/, '');
  // without a page that is rendered on demand an adapter is not used
  const demands = output === 'server' || output === 'hybrid' || onDemand(sight);
  if (adapter === undefined || !demands) {
    if (output === 'server')
      return { because: 'Astro renders on demand here, and has no adapter: run astro add node.' };
    if ('because' in base) return base;
    const assets = literal(option(sight, ASTRO, 'build.assets')) ?? '_astro';
    return {
      site: {
        output: out,
        base: basePath(base.value),
        fallback: undefined,
        hashed: hashedFolder(sight, assets),
      },
    };
  }
  if (adapter !== '@astrojs/node')
    return {
      because: `Astro's adapter ${adapter} makes nothing that a container can run: run astro add node.`,
    };
  if (says(sight, ASTRO, /mode\s*:\s*['"]middleware['"]/))
    return {
      because: "Astro's node adapter makes a middleware here: add a start script that runs your server.",
    };
  return {
    server: {
      file: `${out}/server/entry.mjs`,
      ship: [{ source: out, destination: `./${out}` }],
      beside: ['package.json'],
      packages: Object.keys(sight.manifest.dependencies).length > 0,
      env: { HOST: '0.0.0.0' },
      port: 4321,
      signals: false,
    },
  };
}

function onDemand({ project }: Sight): boolean {
  return project
    .find(['src/pages/**/*.{astro,ts,js,mjs}'])
    .some((path) => /export\s+const\s+prerender\s*=\s*false/.test(project.read(path) ?? ''));
}

/** Frameworks whose configuration decides between files and a server. */
export const BOTH: readonly Framework[] = [
  {
    name: 'SvelteKit',
    docs: 'https://svelte.dev/docs/kit/adapters',
    builds: ['vite build', 'svelte-kit build'],
    of: ['@sveltejs/kit'],
    starts: ['vite dev', 'vite preview', 'vite', 'svelte-kit', 'node build'],
    variables: ['PUBLIC_', 'VITE_'],
    leaves: ['.svelte-kit'],
    made: svelteKit,
  },
  {
    name: 'Astro',
    docs: 'https://docs.astro.build/en/guides/deploy/docker',
    builds: ['astro build'],
    starts: ['astro dev', 'astro preview', 'astro'],
    variables: ['PUBLIC_'],
    quiet: { ASTRO_TELEMETRY_DISABLED: '1' },
    leaves: ['.astro'],
    made: astro,
  },
  ANGULAR,
];
