import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { chanceOf } from '../fuzz/mutate.js';
import { type Files, rendered } from '../planned.ts';
import { SERVER } from '../run.ts';

/** FUZZ=all: moby's own matcher, compiled by Go, walks a context as BuildKit does. */
const ALL = process.env.FUZZ === 'all';
const SEED = Number(process.env.SEED ?? 1);

const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-matcher-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
if (ALL)
  execFileSync('go', ['build', '-o', join(folder, 'match'), '.'], {
    cwd: new URL('./moby', import.meta.url).pathname,
    timeout: 300_000,
  });

/** The paths that a build is sent, for each of several .dockerignore files. */
function sent(
  all: readonly { readonly ignore: string; readonly paths: readonly string[] }[],
): readonly string[][] {
  const input = all.map((one) => `${JSON.stringify(one)}\n`).join('');
  const answer = execFileSync(join(folder, 'match'), { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  return answer
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const SECRETS = [
  ...['.env', '.env.production', 'x.key', 'x.pem', 'x.p12', 'x.jks', 'id_rsa', 'id_ed25519', 'id_ecdsa'],
  ...['.netrc', '.git-credentials', 'a.tfstate', 'a.tfvars', 'gcloud-credentials.json', '.kube/config'],
  ...['.aws/credentials', '.ssh/id', '.docker/config.json', 'secrets/token', '.git/config', '_netrc'],
];
const PLACES = ['', 'apps/api/', 'views/', 'a/b/c/'];
const FILES: Files = Object.fromEntries(
  PLACES.flatMap((place) => [...SECRETS, 'page.html'].map((name) => [place + name, 'x'])),
);
const LINES = [
  ...[
    '*',
    '**',
    '**/*',
    'apps/*',
    'apps',
    'views/**',
    '*.html',
    '!apps',
    '!apps/api',
    '!views',
    '!a',
    '!a/b',
    '!**',
  ],
  ...[
    '!**/*',
    '!.env',
    '!**/.env',
    '!apps/api/.env',
    '!id_rsa',
    '!**/*.pem',
    '!.git',
    '!.git/config',
    '!secrets',
  ],
  ...[
    '!**/secrets',
    '!a/b/c/secrets/token',
    '!.env.example',
    '# comment',
    '',
    '!/views/',
    '!./apps/',
    '!*',
    '!a/**/x.key',
  ],
  ...[
    '!server.js',
    '!package.json',
    '[a-c]',
    '!?iews',
    '\\!x',
    '!apps/*/.e*',
    '!.kube/config',
    'a/*/c',
    '!a/*/c/*',
  ],
];

describe.runIf(ALL)('moby’s own matcher', () => {
  test('lets no secret into a build, whatever a .dockerignore says', async () => {
    const chance = chanceOf(SEED);
    const made: { ignore: string; paths: string[] }[] = [];
    for (let count = 0; count < 200; count++) {
      const own = Array.from({ length: chance.below(7) }, () => chance.of(LINES)).join('\n');
      try {
        const [, file] = await rendered({ ...SERVER, ...FILES, '.dockerignore': own }, 'slim');
        made.push({ ignore: file.text, paths: [...Object.keys(FILES), 'server.js'] });
      } catch (error) {
        // a line that keeps out what is started is refused
        if (!(error instanceof UserError)) throw error;
      }
    }
    expect(made.length).toBeGreaterThan(100);
    for (const [index, paths] of sent(made).entries()) {
      const { ignore } = made[index] ?? { ignore: '' };
      expect(
        paths.filter((path) => !path.endsWith('.html') && path !== 'server.js'),
        ignore,
      ).toEqual([]);
      expect(paths, ignore).toContain('server.js');
    }
  }, 600_000);
});
