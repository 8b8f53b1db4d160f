import { hashedFolder, setting } from './config.ts';
import { type Framework, HOST_AND_PORT } from './framework.ts';
import { site } from './site.ts';

export const STORYBOOK: Framework = {
  name: 'Storybook',
  docs: 'https://storybook.js.org/docs/sharing/publish-storybook',
  builds: ['storybook build', 'build-storybook'],
  starts: ['storybook dev', 'start-storybook'],
  develops: { commands: ['storybook dev', 'start-storybook'], args: [...HOST_AND_PORT, '--ci'] },
  made: (sight) =>
    site(
      setting(sight, ['-o', '--output-dir'], undefined, 'storybook-static'),
      setting(sight, [], undefined, '/'),
      { hashed: hashedFolder(sight, 'assets') },
    ),
};
