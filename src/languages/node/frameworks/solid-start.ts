import { literal, option } from './config.ts';
import { type Framework, HOST_AND_PORT, WITH_LINKED } from './framework.ts';
import { nitro, prerendered, variable, withNitro } from './nitro.ts';

export const SOLID_START: Framework = {
  name: 'SolidStart',
  docs: 'https://docs.solidjs.com/solid-start/v2/guides/deployment-plugins',
  builds: ['vinxi build', 'vite build'],
  of: ['@solidjs/start'],
  bundles: WITH_LINKED,
  starts: ['vinxi', 'vite dev', 'vite preview', 'vite'],
  develops: { commands: ['vinxi dev', 'vite dev', 'vite'], args: HOST_AND_PORT },
  variables: ['VITE_'],
  leaves: ['.nitro', '.vinxi'],
  made(sight) {
    // since 2 it is a plugin of Vite, and leaves its server to another
    if (sight.words[0] === 'vite') return withNitro(sight, 'SolidStart');
    const preset = variable(sight) ?? literal(option(sight, 'app.config.{js,mjs,ts}', 'server.preset'));
    return preset === 'static' ? prerendered(sight, '/', '_build/assets', undefined) : nitro(preset);
  },
};
