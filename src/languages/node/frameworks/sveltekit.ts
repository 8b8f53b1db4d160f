import { argument, basePath, configs, hashedFolder, literal, option, setting } from './config.ts';
import { type Framework, HOST_AND_PORT, type Made, type Sight, WITH_LINKED } from './framework.ts';

const SVELTE = '{svelte,vite}.config.{js,mjs,ts}';

/** https://svelte.dev/docs/kit/adapters: what the adapter of the configuration makes. */
function svelteKit(sight: Sight): Made {
  const imported = configs(sight, SVELTE)
    .map(({ text }) =>
      /from\s+['"](?:@sveltejs\/)?adapter-([\w-]+)['"]|from\s+['"]([\w@/-]*adapter[\w/-]*)['"]/.exec(text),
    )
    .find((match) => match !== null);
  const adapter = imported?.[1] ?? imported?.[2];
  const base = setting(sight, [], option(sight, SVELTE, 'kit.paths.base'), '/');
  if (adapter === 'static') {
    if ('because' in base) return base;
    return {
      site: {
        output: literal(argument(sight, SVELTE, /adapter/, 'pages')) ?? 'build',
        base: basePath(base.value),
        fallback: spaPage(literal(argument(sight, SVELTE, /adapter/, 'fallback'))),
        hashed: hashedFolder(sight, '_app/immutable', 'static'),
      },
    };
  }
  if (adapter !== 'node') {
    return {
      because: `SvelteKit's adapter-${adapter ?? 'auto'} makes nothing that a container can run: install @sveltejs/adapter-node and import it in svelte.config.js.`,
    };
  }
  const out = literal(argument(sight, SVELTE, /adapter/, 'out')) ?? 'build';
  const given = literal(argument(sight, SVELTE, /adapter/, 'envPrefix')) ?? '';
  const prefix = /^[A-Za-z_]\w*$/.test(given) ? given : '';
  return {
    server: {
      file: `${out}/index.js`,
      ship: [{ source: out, destination: `./${out}` }],
      // says that the build is made of ES modules
      beside: ['package.json'],
      // its build holds what is in devDependencies, and loads the rest
      packages: Object.keys(sight.manifest.dependencies).length > 0,
      port: 3000,
      ...(prefix === '' ? {} : { variable: `${prefix}PORT` }),
      signals: true,
    },
  };
}

/** A fallback that is called 404 is a page for what is not found, and no app. */
function spaPage(page: string | undefined): string | undefined {
  return page === undefined || /^404\./.test(page) ? undefined : page;
}

export const SVELTEKIT: Framework = {
  name: 'SvelteKit',
  docs: 'https://svelte.dev/docs/kit/adapters',
  builds: ['vite build', 'svelte-kit build'],
  of: ['@sveltejs/kit'],
  bundles: WITH_LINKED,
  starts: ['vite dev', 'vite preview', 'vite', 'svelte-kit', 'node build'],
  develops: { commands: ['vite dev', 'vite'], args: HOST_AND_PORT },
  variables: ['PUBLIC_', 'VITE_'],
  leaves: ['.svelte-kit'],
  made: svelteKit,
};
