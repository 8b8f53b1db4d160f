import { basePath, hashedFolder, isBefore, literal, option } from './config.ts';
import { type Framework, HOST_AND_PORT, type Made, type Sight, WITH_LINKED } from './framework.ts';
import { flag, nitro, prerendered, variable } from './nitro.ts';

const CONFIG = 'nuxt.config.{js,mjs,ts}';

/** https://v2.nuxt.com/docs/features/deployment-targets: it is started with its packages and configuration. */
function nuxt2(sight: Sight): Made {
  const base = option(sight, CONFIG, 'router.base');
  if (sight.words[1] === 'generate' || sight.words[1] === 'export') {
    if (base !== undefined && 'code' in base) return { because: `${base.at} is computed when it builds.` };
    const site = { output: 'dist', base: basePath(base?.value ?? '/'), fallback: '200.html' };
    return { site: { ...site, hashed: hashedFolder(sight, '_nuxt', 'static') } };
  }
  const folder = literal(option(sight, CONFIG, 'buildDir')) ?? '.nuxt';
  return {
    server: {
      file: 'node_modules/nuxt/bin/nuxt.js',
      args: ['start'],
      ship: [{ source: folder, destination: `./${folder}` }],
      beside: ['package.json', ...sight.project.find([CONFIG]), ...NUXT2],
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
  const preset = variable(sight) ?? literal(option(sight, CONFIG, 'nitro.preset')) ?? flag(sight, '--preset');
  const generates = sight.words[1] === 'generate' || sight.words.includes('--prerender');
  if (!generates && preset !== 'static') return nitro(preset);
  const base = option(sight, CONFIG, 'app.baseURL');
  if (base !== undefined && 'code' in base) return { because: `${base.at} is computed when it builds.` };
  const client = literal(option(sight, CONFIG, 'ssr')) === 'false';
  return prerendered(sight, base?.value ?? '/', '_nuxt', client ? '200.html' : undefined);
}

export const NUXT: Framework = {
  name: 'Nuxt',
  docs: 'https://nuxt.com/docs/getting-started/deployment',
  builds: ['nuxt build', 'nuxi build', 'nuxt generate', 'nuxi generate'],
  bundles: WITH_LINKED,
  starts: ['nuxt', 'nuxi'],
  develops: { commands: ['nuxt dev', 'nuxi dev', 'nuxt'], args: HOST_AND_PORT },
  quiet: { NUXT_TELEMETRY_DISABLED: '1' },
  leaves: ['.nuxt'],
  md4: { of: 'nuxt', before: '3.0.0-0' },
  made: nuxt,
};
