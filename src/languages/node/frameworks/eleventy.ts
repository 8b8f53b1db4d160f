import { option, setting } from './config.ts';
import type { Framework } from './framework.ts';
import { site } from './site.ts';

export const ELEVENTY: Framework = {
  name: 'Eleventy',
  docs: 'https://www.11ty.dev/docs/config/#output-directory',
  builds: ['eleventy', '@11ty/eleventy'],
  starts: ['eleventy --serve', 'eleventy --watch', '@11ty/eleventy --serve'],
  develops: { commands: ['eleventy --serve', '@11ty/eleventy --serve'], args: ['--port={port}'] },
  made(seen) {
    // unlike the others it leaves NODE_ENV as it is
    const sight = { ...seen, env: { NODE_ENV: '', ...seen.env } };
    const config = '{.eleventy.js,.eleventy.cjs,eleventy.config.{js,mjs,cjs,ts}}';
    if (sight.words.some((word) => word === '--serve' || word === '--watch')) return undefined;
    return site(
      setting(sight, ['--output'], option(sight, config, 'dir.output'), '_site'),
      // https://www.11ty.dev/docs/config/#deploy-to-a-subdirectory-with-a-path-prefix
      setting(sight, ['--pathprefix'], option(sight, config, 'pathPrefix'), '/'),
      { hashed: [] },
    );
  },
};
