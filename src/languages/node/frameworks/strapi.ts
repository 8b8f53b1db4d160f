import { has } from './config.ts';
import type { Framework, Sight } from './framework.ts';
import { outDir, SQLITE } from './out-dir.ts';

/** TypeScript is compiled into a folder that holds the panel too; of JavaScript nothing but the panel is built. */
function strapiBuild(sight: Sight): string {
  return sight.project.isFile('tsconfig.json') ? outDir(sight, 'dist') : 'build';
}

export const STRAPI: Framework = {
  name: 'Strapi',
  docs: 'https://docs.strapi.io/cms/deployment',
  builds: ['strapi build'],
  starts: ['strapi start', 'strapi develop', 'strapi dev'],
  develops: { commands: ['strapi develop', 'strapi dev'], env: { HOST: '0.0.0.0', PORT: '{port}' } },
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
};
