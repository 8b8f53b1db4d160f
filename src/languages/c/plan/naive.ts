import { lineOf, type NaiveRow, startOf } from '../../../plan/naive.ts';
import type { CApp } from './plan.ts';

/** What takes headers and documentation away again, and has nothing to do where all of it ships. */
const TIDIES = /^(?:rm -rf|find) \/install\b/;

/** The compiler ships, and what it links to. */
export const NAIVE: NaiveRow<CApp> = {
  docs: 'https://hub.docker.com/_/gcc#how-to-use-this-image',
  sources: [/(?:^|\/)(?:main|server|app)\.(?:c|cc|cpp|cxx)$/, /\.(?:c|cc|cpp|cxx)$/],
  of(plan) {
    const { compile, packages } = plan.app;
    const commands = compile.commands
      .filter((command) => !TIDIES.test(command))
      // what was gathered below a folder is installed into the image itself
      .map((command) =>
        command
          .replace(/(?<=^|[\s='"])\/install(?=\/)/g, '')
          .replace(/DESTDIR=\/install\b ?|--destdir \/install\b ?/g, '')
          // nor is anything hardened
          .replace(/ "?\$(?:IMAGE_FLAGS|C(?:XX)?FLAGS|LDFLAGS)\b/g, '')
          .replace(/="(g(?:cc|\+\+))"/g, '=$1'),
      );
    return {
      image: 'gcc:14',
      packages: [
        ...packages.apt.filter((name) => name !== 'g++'),
        ...plan.packages.apt.filter((name) => name !== 'tini'),
      ],
      folder: '/src',
      manifests: [],
      install: [],
      build: [lineOf({ ...compile, commands })],
      startsIn: '/app',
      env: plan.env,
      port: plan.port,
      start: startOf(plan),
    };
  },
};
