import { hashedFolder, option, setting } from './config.ts';
import { type Framework, HOST_AND_PORT } from './framework.ts';
import { site } from './site.ts';

export const DOCUSAURUS: Framework = {
  name: 'Docusaurus',
  docs: 'https://docusaurus.io/docs/deployment',
  builds: ['docusaurus build'],
  starts: ['docusaurus start', 'docusaurus serve'],
  develops: { commands: ['docusaurus start'], args: [...HOST_AND_PORT, '--no-open'] },
  leaves: ['.docusaurus'],
  caches: ['node_modules/.cache'],
  made(sight) {
    const config = 'docusaurus.config.{js,mjs,cjs,ts,mts}';
    return site(
      setting(sight, ['--out-dir'], undefined, 'build'),
      setting(sight, [], option(sight, config, 'baseUrl'), '/'),
      // https://docusaurus.io/docs/static-assets: files of `static` keep their names
      { hashed: hashedFolder(sight, 'assets', 'static') },
    );
  },
};
