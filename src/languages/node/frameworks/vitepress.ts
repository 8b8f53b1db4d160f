import { posix } from 'node:path';
import { hashedFolder, option, setting } from './config.ts';
import { type Framework, HOST_AND_PORT } from './framework.ts';
import { site } from './site.ts';

export const VITEPRESS: Framework = {
  name: 'VitePress',
  docs: 'https://vitepress.dev/guide/deploy',
  builds: ['vitepress build'],
  starts: ['vitepress dev', 'vitepress serve', 'vitepress preview', 'vitepress'],
  develops: { commands: ['vitepress dev', 'vitepress'], args: HOST_AND_PORT },
  variables: ['VITE_'],
  made(sight) {
    const word = sight.words[2];
    const root = word === undefined || word.startsWith('-') ? '.' : word;
    const config = posix.join(root, '.vitepress/config*{,/index}.{js,mjs,ts,mts}');
    return site(
      setting(sight, ['--outDir'], option(sight, config, 'outDir'), '.vitepress/dist'),
      setting(sight, ['--base'], option(sight, config, 'base'), '/'),
      { below: root, hashed: hashedFolder(sight, 'assets', posix.join(root, 'public')) },
    );
  },
};
