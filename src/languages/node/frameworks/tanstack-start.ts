import { argument, isBefore, literal } from './config.ts';
import { type Framework, HOST_AND_PORT, type Sight, WITH_LINKED } from './framework.ts';
import { nitro, variable, withNitro } from './nitro.ts';
import { VITE } from './vite-config.ts';

const PACKAGE = '@tanstack/react-start';

export const TANSTACK_START: Framework = {
  name: 'TanStack Start',
  docs: 'https://tanstack.com/start/latest/docs/framework/react/guide/hosting',
  builds: ['vite build', 'vinxi build'],
  of: [PACKAGE, '@tanstack/solid-start', '@tanstack/start'],
  bundles: WITH_LINKED,
  starts: ['vite dev', 'vite preview', 'vite', 'vinxi', 'srvx'],
  develops: { commands: ['vite dev', 'vite', 'vinxi dev'], args: HOST_AND_PORT },
  variables: ['VITE_'],
  leaves: ['.nitro', '.tanstack'],
  made: (sight) =>
    sight.words[0] === 'vinxi' || bringsNitro(sight)
      ? nitro(variable(sight) ?? literal(argument(sight, VITE, /tanstackStart/, 'target')))
      : withNitro(sight, 'TanStack Start'),
};

/**
 * Its own plugin brought Nitro before it left the server to the project (https://github.com/TanStack/router/pull/5189).
 * A range takes the later ones too, so what the project starts has to say the same.
 */
function bringsNitro({ manifest }: Sight): boolean {
  const starts = Object.values(manifest.scripts).some((script) => script.includes('.output/server/'));
  return starts && isBefore(manifest, PACKAGE, '1.132.0');
}
