import { posix } from 'node:path';
import { hashedFolder, option, setting } from './config.ts';
import { type Framework, HOST_AND_PORT } from './framework.ts';
import { site } from './site.ts';

export const VUEPRESS: Framework = {
  name: 'VuePress',
  docs: 'https://v1.vuepress.vuejs.org/config/#dest',
  builds: ['vuepress build'],
  starts: ['vuepress dev', 'vuepress serve', 'vuepress'],
  develops: { commands: ['vuepress dev', 'vuepress'], args: HOST_AND_PORT },
  md4: { of: 'vuepress', before: '2.0.0-0' },
  made(sight) {
    const word = sight.words[2];
    const root = word === undefined || word.startsWith('-') ? '.' : word;
    const config = posix.join(root, '.vuepress/config{,/index}.{js,mjs,ts,mts}');
    return site(
      setting(sight, ['-d', '--dest'], option(sight, config, 'dest'), posix.join(root, '.vuepress/dist')),
      setting(sight, [], option(sight, config, 'base'), '/'),
      { hashed: hashedFolder(sight, 'assets', posix.join(root, '.vuepress/public')) },
    );
  },
};
