import { argument, basePath, hashedFolder, literal, option, says } from './config.ts';
import { type Framework, HOST_AND_PORT, type Made, type Sight, WITH_LINKED } from './framework.ts';
import { VITE } from './vite-config.ts';

/** https://nitro.build/deploy/runtimes/node: `.output` holds all that it needs, and it ends itself on SIGTERM. */
export function nitro(preset: string | undefined): Made {
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
      literal(argument(sight, VITE, /nitro\w*/, 'preset')),
  };
}

export function variable({ env }: Sight): string | undefined {
  return env.NITRO_PRESET ?? env.SERVER_PRESET;
}

/** A framework on Vite that leaves its server to a plugin. */
export function withNitro(sight: Sight, name: string): Made {
  const found = vitePreset(sight);
  return found === undefined
    ? {
        because: `${name} builds a handler here, which no server runs: add the nitro plugin to vite.config, as its guide for deployment says.`,
      }
    : nitro(found.preset);
}

/** What Nitro's generators leave of a site: https://nuxt.com/docs/getting-started/deployment#static-hosting */
export function prerendered(sight: Sight, base: string, assets: string, fallback: string | undefined): Made {
  return {
    site: {
      output: '.output/public',
      base: basePath(base),
      fallback,
      hashed: hashedFolder(sight, assets),
    },
  };
}

/** A flag of the build command. */
export function flag({ words }: Sight, name: string): string | undefined {
  const index = words.indexOf(name);
  return index < 0 ? words.find((w) => w.startsWith(`${name}=`))?.slice(name.length + 1) : words[index + 1];
}

export const NITRO: Framework = {
  name: 'Nitro',
  docs: 'https://nitro.build/deploy/runtimes/node',
  builds: ['nitro build', 'nitropack build', 'vite build'],
  bundles: WITH_LINKED,
  starts: ['nitro', 'nitropack', 'vite dev', 'vite preview', 'vite'],
  develops: { commands: ['nitro dev', 'nitropack dev', 'vite dev', 'vite'], args: HOST_AND_PORT },
  variables: ['VITE_'],
  leaves: ['.nitro'],
  made(sight) {
    const config = option(sight, 'nitro.config.{js,mjs,ts}', 'preset');
    const plugin = sight.words[0] === 'vite' ? vitePreset(sight) : { preset: variable(sight) };
    return plugin && nitro(plugin.preset ?? flag(sight, '--preset') ?? literal(config));
  },
};
