import { posix } from 'node:path';
import { flagValue } from '../evidence/commands.ts';
import { has, hashedFolder, option, setting } from './config.ts';
import { type Framework, HOST_AND_PORT, type Made, type Sight } from './framework.ts';
import { site, textOfOption } from './site.ts';
import { VITE } from './vite-config.ts';

/** Vite's root is the word behind `build`, else the option. https://vite.dev/config/shared-options#root */
function viteRoot(sight: Sight): string {
  const word = sight.words[2];
  const found = option(sight, VITE, 'root');
  return word !== undefined && !word.startsWith('-') ? word : found && 'value' in found ? found.value : '.';
}

function vite(sight: Sight): Made | undefined {
  // the half of a build that a server of the project loads, and a library, are no sites
  if (sight.words.includes('--ssr') || option(sight, VITE, 'build.lib') || option(sight, VITE, 'build.ssr'))
    return undefined;
  const root = viteRoot(sight);
  const assets = option(sight, VITE, 'build.assetsDir');
  const folder =
    flagValue(sight.words, '--assetsDir') ?? (assets && 'value' in assets ? assets.value : 'assets');
  const pages = /\bmpa\b/.test(textOfOption(option(sight, VITE, 'appType')) ?? '');
  return site(
    setting(sight, ['--outDir'], option(sight, VITE, 'build.outDir'), 'dist'),
    setting(sight, ['--base'], option(sight, VITE, 'base'), '/'),
    {
      below: root,
      // https://vite.dev/config/shared-options#apptype: its own servers answer so
      fallback: pages ? undefined : 'index.html',
      hashed: hashedFolder(sight, folder, posix.join(root, 'public')),
    },
  );
}

/** Frameworks that are plugins of Vite and make what no row knows. */
const OTHERS: readonly { readonly of: string; readonly because: string }[] = [
  {
    of: '@builder.io/qwik-city',
    because:
      'Qwik City builds its client and its server apart: add its Node adapter (qwik add node-server) and a start script that runs what that makes.',
  },
  { of: 'vike', because: 'Vike is run by a server of the project: give it a start script that runs a file.' },
];

export const PLAIN_VITE: Framework = {
  // last of those that `vite build` builds: the plain one
  name: 'Vite',
  docs: 'https://vite.dev/guide/static-deploy',
  builds: ['vite build'],
  starts: ['vite', 'vite dev', 'vite serve', 'vite preview'],
  develops: { commands: ['vite', 'vite dev', 'vite serve'], args: HOST_AND_PORT },
  variables: ['VITE_'],
  made(sight) {
    const other = OTHERS.find(({ of }) => has(sight, of));
    return other === undefined ? vite(sight) : { because: other.because };
  },
};
