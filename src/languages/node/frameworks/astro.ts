import { posix } from 'node:path';
import { basePath, configs, hashedFolder, literal, option, says, setting } from './config.ts';
import { type Framework, HOST_AND_PORT, type Made, type Sight, WITH_LINKED } from './framework.ts';

const CONFIG = 'astro.config.{js,mjs,cjs,ts,mts}';

/** https://docs.astro.build/en/guides/on-demand-rendering */
function astro(sight: Sight): Made {
  const adapter = configs(sight, CONFIG)
    .map(
      ({ text }) =>
        /from\s+['"]((?:@astrojs\/|@[\w-]+\/astro-|astro-)(?:node|vercel|netlify|cloudflare|deno|bun)[\w/-]*)['"]/.exec(
          text,
        )?.[1],
    )
    .find((name) => name !== undefined);
  const output = literal(option(sight, CONFIG, 'output'));
  const folder = setting(sight, ['--outDir'], option(sight, CONFIG, 'outDir'), 'dist');
  const base = setting(sight, ['--base'], option(sight, CONFIG, 'base'), '/');
  if ('because' in folder) return folder;
  const out = posix.normalize(folder.value).replace(/\/$/, '');
  // without a page that is rendered on demand an adapter is not used
  const demands = output === 'server' || output === 'hybrid' || onDemand(sight);
  if (adapter === undefined || !demands) {
    if (output === 'server')
      return { because: 'Astro renders on demand here, and has no adapter: run astro add node.' };
    if ('because' in base) return base;
    const assets = literal(option(sight, CONFIG, 'build.assets')) ?? '_astro';
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
  if (says(sight, CONFIG, /mode\s*:\s*['"]middleware['"]/))
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

export const ASTRO: Framework = {
  name: 'Astro',
  docs: 'https://docs.astro.build/en/guides/deploy/docker',
  builds: ['astro build'],
  bundles: WITH_LINKED,
  starts: ['astro dev', 'astro preview', 'astro'],
  develops: { commands: ['astro dev', 'astro'], args: HOST_AND_PORT },
  variables: ['PUBLIC_'],
  quiet: { ASTRO_TELEMETRY_DISABLED: '1' },
  leaves: ['.astro'],
  made: astro,
};
