import { type Framework, HOST_AND_PORT } from './framework.ts';
import { nitro, variable, withNitro } from './nitro.ts';

export const TANSTACK_START: Framework = {
  name: 'TanStack Start',
  docs: 'https://tanstack.com/start/latest/docs/framework/react/guide/hosting',
  builds: ['vite build', 'vinxi build'],
  of: ['@tanstack/react-start', '@tanstack/solid-start', '@tanstack/start'],
  starts: ['vite dev', 'vite preview', 'vite', 'vinxi', 'srvx'],
  develops: { commands: ['vite dev', 'vite', 'vinxi dev'], args: HOST_AND_PORT },
  variables: ['VITE_'],
  leaves: ['.nitro', '.tanstack'],
  made: (sight) => (sight.words[0] === 'vinxi' ? nitro(variable(sight)) : withNitro(sight, 'TanStack Start')),
};
