import { has } from './config.ts';
import type { Framework } from './framework.ts';
import { outDir, SQLITE } from './out-dir.ts';

export const ADONIS: Framework = {
  name: 'AdonisJS',
  docs: 'https://docs.adonisjs.com/guides/deployment',
  builds: ['node ace build'],
  of: ['@adonisjs/core'],
  starts: ['node ace serve', 'node bin/server.js'],
  develops: { commands: ['node ace serve'], env: { HOST: '0.0.0.0', PORT: '{port}' } },
  // https://docs.adonisjs.com/guides/sql/installation: its files of SQLite stand there
  leaves: ['tmp'],
  made: (sight) => ({
    server: {
      // before 6 it stood at the top
      file: sight.project.has('server.ts') ? 'server.js' : 'bin/server.js',
      // the build is a project of its own, started from its folder
      ship: [{ source: outDir(sight, 'build'), destination: '.' }],
      packages: true,
      env: { HOST: '0.0.0.0' },
      port: 3333,
      signals: true,
      ...(has(sight, ...SQLITE) ? { writes: ['tmp'] } : {}),
    },
  }),
};
