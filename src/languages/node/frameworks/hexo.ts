import { recordOf, textOf } from '../../../project/data.ts';
import type { Framework } from './framework.ts';
import { site } from './site.ts';

export const HEXO: Framework = {
  name: 'Hexo',
  docs: 'https://hexo.io/docs/configuration',
  builds: ['hexo generate', 'hexo g'],
  starts: ['hexo server', 'hexo s'],
  develops: { commands: ['hexo server', 'hexo s'], args: ['--ip', '0.0.0.0', '--port', '{port}'] },
  made(sight) {
    const config = sight.project.parse('_config.yml');
    const { public_dir: folder, root } = recordOf(config);
    return site({ value: textOf(folder) ?? 'public' }, { value: textOf(root) ?? '/' }, { hashed: [] });
  },
};
