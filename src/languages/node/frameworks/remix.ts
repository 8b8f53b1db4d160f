import { type Framework, HOST_AND_PORT } from './framework.ts';
import { reactRouter } from './react-router.ts';

export const REMIX: Framework = {
  // closes on SIGTERM, and waits for the timer of 5 s with which its own entry.server ends a rendering that hangs
  name: 'Remix',
  docs: 'https://v2.remix.run/docs/discussion/server-vs-client',
  builds: ['remix vite:build', 'remix build'],
  starts: ['remix-serve', 'remix vite:dev', 'remix dev'],
  develops: { commands: ['remix vite:dev'], args: HOST_AND_PORT },
  variables: ['VITE_'],
  made(sight) {
    const made = reactRouter(sight, 'Remix', '@remix-run/serve', 'node_modules/@remix-run/serve/dist/cli.js');
    // without Vite its compiler writes build/index.js, and the browser's files into public/build
    if (sight.words[1] !== 'build' || !('server' in made)) return made;
    return {
      server: {
        ...made.server,
        args: ['./build/index.js'],
        ship: [...made.server.ship, { source: 'public/build', destination: './public/build' }],
        beside: ['package.json', 'public'],
      },
    };
  },
};
