import { posix } from 'node:path';
import { hashedFolder, option, setting } from './config.ts';
import { type Framework, HOST_AND_PORT } from './framework.ts';
import { site, textOfOption } from './site.ts';

export const VUE_CLI: Framework = {
  name: 'Vue CLI',
  docs: 'https://cli.vuejs.org/config/#vue-config-js',
  builds: ['vue-cli-service build'],
  starts: ['vue-cli-service serve'],
  develops: { commands: ['vue-cli-service serve'], args: HOST_AND_PORT },
  variables: ['VUE_APP_'],
  md4: { of: '@vue/cli-service', before: '5.0.0' },
  caches: ['node_modules/.cache'],
  made(sight) {
    const config = 'vue.config.{js,cjs,mjs,ts}';
    const plain = textOfOption(option(sight, config, 'filenameHashing')) === 'false';
    const assets = textOfOption(option(sight, config, 'assetsDir')) ?? '';
    return site(
      setting(sight, ['--dest'], option(sight, config, 'outputDir'), 'dist'),
      setting(sight, [], option(sight, config, 'publicPath'), '/'),
      {
        fallback: 'index.html',
        hashed: plain
          ? []
          : ['js', 'css', 'img', 'fonts', 'media'].flatMap((f) => hashedFolder(sight, posix.join(assets, f))),
      },
    );
  },
};
