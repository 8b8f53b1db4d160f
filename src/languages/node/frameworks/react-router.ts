import { basePath, hashedFolder, literal, option, setting } from './config.ts';
import { type Framework, HOST_AND_PORT, type Made, type Sight, WITH_LINKED } from './framework.ts';
import { VITE } from './vite-config.ts';

/** https://reactrouter.com/start/framework/deploying */
export function reactRouter(sight: Sight, name: string, serve: string, file: string): Made {
  const config = 'react-router.config.{js,mjs,ts,mts}';
  const build = literal(option(sight, config, 'buildDirectory')) ?? 'build';
  const base = setting(sight, [], option(sight, VITE, 'base') ?? option(sight, config, 'basename'), '/');
  if (literal(option(sight, config, 'ssr') ?? option(sight, VITE, 'ssr')) === 'false') {
    if ('because' in base) return base;
    // https://reactrouter.com/how-to/pre-rendering: the page for the rest has another name when / is prerendered
    const prerenders = option(sight, config, 'prerender') !== undefined;
    return {
      site: {
        output: `${build}/client`,
        base: basePath(base.value),
        fallback: prerenders ? '__spa-fallback.html' : 'index.html',
        hashed: hashedFolder(sight, 'assets'),
      },
    };
  }
  if (!(serve in sight.manifest.dependencies))
    return {
      because: `${name} builds what a server loads, and ${serve} is not in dependencies: add it, or a start script that runs a server of your own.`,
      output: build,
    };
  const server = literal(option(sight, config, 'serverBuildFile')) ?? 'index.js';
  return {
    server: {
      file,
      args: [`./${build}/server/${server}`],
      ship: [{ source: build, destination: `./${build}` }],
      beside: ['package.json'],
      packages: true,
      port: 3000,
      signals: true,
    },
  };
}

export const REACT_ROUTER: Framework = {
  name: 'React Router',
  docs: 'https://reactrouter.com/start/framework/deploying',
  builds: ['react-router build'],
  bundles: WITH_LINKED,
  starts: ['react-router-serve', 'react-router dev'],
  develops: { commands: ['react-router dev'], args: HOST_AND_PORT },
  variables: ['VITE_'],
  leaves: ['.react-router'],
  // its package.json names bin.js or bin.cjs, by its version; both load this file
  made: (sight) =>
    reactRouter(sight, 'React Router', '@react-router/serve', 'node_modules/@react-router/serve/dist/cli.js'),
};
