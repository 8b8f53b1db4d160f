import { argument, basePath, hashedFolder, isBefore, literal, option, says } from './config.ts';
import type { Framework, Made, Sight } from './framework.ts';

const NUXT = 'nuxt.config.{js,mjs,ts}';
const VITE = 'vite.config.{js,mjs,cjs,ts,mts,cts}';

/** https://nitro.build/deploy/runtimes/node: `.output` holds all that it needs, and it ends itself on SIGTERM. */
function nitro(preset: string | undefined): Made {
  if (preset !== undefined && !/^node[-_]?(server|cluster|middleware)?$/.test(preset))
    return {
      because: `Nitro's preset ${preset} makes nothing that node can start: build it with node-server.`,
    };
  return {
    server: {
      file: '.output/server/index.mjs',
      ship: [{ source: '.output', destination: './.output' }],
      packages: false,
      port: 3000,
      signals: true,
    },
  };
}

/**
 * Nitro as a plugin of Vite: https://nitro.build/docs/quick-start. Its preset stands in the plugin's argument or in Vite's
 * configuration. Undefined: the plugin is not there.
 */
function vitePreset(sight: Sight): { readonly preset: string | undefined } | undefined {
  if (!says(sight, VITE, /\bnitro\w*\(/)) return undefined;
  return {
    preset:
      variable(sight) ??
      literal(option(sight, VITE, 'nitro.preset')) ??
      literal(argument(sight, VITE, 'nitro\\w*', 'preset')),
  };
}

function variable({ env }: Sight): string | undefined {
  return env.NITRO_PRESET ?? env.SERVER_PRESET;
}

/** A framework on Vite that leaves its server to a plugin. */
function withNitro(sight: Sight, name: string): Made {
  const found = vitePreset(sight);
  return found === undefined
    ? {
        because: `${name} builds a handler here, which no server runs: add the nitro plugin to vite.config, as its guide for deployment says.`,
      }
    : nitro(found.preset);
}

/** What Nitro's generators leave of a site: https://nuxt.com/docs/getting-started/deployment#static-hosting */
function prerendered(sight: Sight, base: string, assets: string, fallback: string | undefined): Made {
  return {
    site: {
      output: '.output/public',
      base: basePath(base),
      fallback,
      hashed: hashedFolder(sight, assets),
    },
  };
}

/** https://v2.nuxt.com/docs/features/deployment-targets: it is started with its packages and configuration. */
function nuxt2(sight: Sight): Made {
  const base = option(sight, NUXT, 'router.base');
  if (sight.words[1] === 'generate' || sight.words[1] === 'export') {
    if (base !== undefined && 'code' in base) return { because: `${base.at} is computed when it builds.` };
    const site = { output: 'dist', base: basePath(base?.value ?? '/'), fallback: '200.html' };
    return { site: { ...site, hashed: hashedFolder(sight, '_nuxt', 'static') } };
  }
  const folder = literal(option(sight, NUXT, 'buildDir')) ?? '.nuxt';
  return {
    server: {
      file: 'node_modules/nuxt/bin/nuxt.js',
      args: ['start'],
      ship: [{ source: folder, destination: `./${folder}` }],
      beside: ['package.json', ...sight.project.find([NUXT]), ...NUXT2],
      packages: true,
      env: { HOST: '0.0.0.0' },
      port: 3000,
      signals: false,
    },
  };
}

/** Folders that its server and the modules of its configuration read. */
const NUXT2 = ['static', 'modules', 'server', 'serverMiddleware', 'server-middleware', 'api', 'locales'];

function nuxt(sight: Sight): Made {
  if (isBefore(sight.manifest, 'nuxt', '3.0.0-0')) return nuxt2(sight);
  const preset = variable(sight) ?? literal(option(sight, NUXT, 'nitro.preset')) ?? flag(sight, '--preset');
  const generates = sight.words[1] === 'generate' || sight.words.includes('--prerender');
  if (!generates && preset !== 'static') return nitro(preset);
  const base = option(sight, NUXT, 'app.baseURL');
  if (base !== undefined && 'code' in base) return { because: `${base.at} is computed when it builds.` };
  const client = literal(option(sight, NUXT, 'ssr')) === 'false';
  return prerendered(sight, base?.value ?? '/', '_nuxt', client ? '200.html' : undefined);
}

function flag({ words }: Sight, name: string): string | undefined {
  const index = words.indexOf(name);
  return index < 0 ? words.find((w) => w.startsWith(`${name}=`))?.slice(name.length + 1) : words[index + 1];
}

/** Frameworks whose server Nitro makes. */
export const NITRO: readonly Framework[] = [
  {
    name: 'Nuxt',
    docs: 'https://nuxt.com/docs/getting-started/deployment',
    builds: ['nuxt build', 'nuxi build', 'nuxt generate', 'nuxi generate'],
    starts: ['nuxt', 'nuxi'],
    quiet: { NUXT_TELEMETRY_DISABLED: '1' },
    leaves: ['.nuxt'],
    md4: { of: 'nuxt', before: '3.0.0-0' },
    made: nuxt,
  },
  {
    name: 'TanStack Start',
    docs: 'https://tanstack.com/start/latest/docs/framework/react/guide/hosting',
    builds: ['vite build', 'vinxi build'],
    of: ['@tanstack/react-start', '@tanstack/solid-start', '@tanstack/start'],
    starts: ['vite dev', 'vite preview', 'vite', 'vinxi', 'srvx'],
    variables: ['VITE_'],
    leaves: ['.nitro', '.tanstack'],
    made: (sight) =>
      sight.words[0] === 'vinxi' ? nitro(variable(sight)) : withNitro(sight, 'TanStack Start'),
  },
  {
    name: 'SolidStart',
    docs: 'https://docs.solidjs.com/solid-start/v2/guides/deployment-plugins',
    builds: ['vinxi build', 'vite build'],
    of: ['@solidjs/start'],
    starts: ['vinxi', 'vite dev', 'vite preview', 'vite'],
    variables: ['VITE_'],
    leaves: ['.nitro', '.vinxi'],
    made(sight) {
      // since 2 it is a plugin of Vite, and leaves its server to another
      if (sight.words[0] === 'vite') return withNitro(sight, 'SolidStart');
      const preset = variable(sight) ?? literal(option(sight, 'app.config.{js,mjs,ts}', 'server.preset'));
      return preset === 'static' ? prerendered(sight, '/', '_build/assets', undefined) : nitro(preset);
    },
  },
  {
    name: 'Nitro',
    docs: 'https://nitro.build/deploy/runtimes/node',
    builds: ['nitro build', 'nitropack build', 'vite build'],
    starts: ['nitro', 'nitropack', 'vite dev', 'vite preview', 'vite'],
    variables: ['VITE_'],
    leaves: ['.nitro'],
    made(sight) {
      const config = option(sight, 'nitro.config.{js,mjs,ts}', 'preset');
      const plugin = sight.words[0] === 'vite' ? vitePreset(sight) : { preset: variable(sight) };
      return plugin && nitro(plugin.preset ?? flag(sight, '--preset') ?? literal(config));
    },
  },
];
