import { hashedFolder, option, setting } from './config.ts';
import { type Framework, HOST_AND_PORT } from './framework.ts';
import { site } from './site.ts';

export const GATSBY: Framework = {
  name: 'Gatsby',
  docs: 'https://www.gatsbyjs.com/docs/caching/',
  builds: ['gatsby build'],
  starts: ['gatsby develop', 'gatsby serve'],
  develops: { commands: ['gatsby develop'], args: HOST_AND_PORT },
  variables: ['GATSBY_'],
  quiet: { GATSBY_TELEMETRY_DISABLED: '1' },
  md4: { of: 'gatsby', before: '3.0.0' },
  made(sight) {
    // the prefix is used with its flag only
    const prefixed = sight.words.includes('--prefix-paths') || sight.env.PREFIX_PATHS === 'true';
    const prefix = prefixed ? option(sight, 'gatsby-config.{js,mjs,ts}', 'pathPrefix') : undefined;
    return site({ value: 'public' }, setting(sight, [], prefix, '/'), {
      hashed: [
        ...hashedFolder(sight, 'static', 'static'),
        { regex: '-[0-9a-f]{20}\\.js$', glob: `*-${'?'.repeat(20)}.js` },
      ],
    });
  },
};
