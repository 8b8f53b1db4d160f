import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Files } from '../planned.ts';
import { folderOf, run, SERVER, spawned } from '../run.ts';

const EXAMPLE = new URL('../../examples/standard', import.meta.url).pathname;

describe('lint-standard', () => {
  test('finds nothing in the example', async () => {
    const { code, stderr } = await run('/', ['lint-standard', EXAMPLE]);
    expect(stderr).toMatch(/^The standard holds in all of 2\d cells\.$/m);
    expect(code).toBe(0);
  });

  test('is in the published command, too', () => {
    const { code, stderr } = spawned('/', ['lint-standard', EXAMPLE]);
    expect(stderr).toMatch(/^The standard holds in all of 2\d cells\.$/m);
    expect(code).toBe(0);
    const folder = folderOf({ ...SERVER, 'create-dockerfile.yaml': `extends: ${EXAMPLE}\n` });
    expect(spawned(folder, ['--stdout']).stdout).toMatch(/^# a number, so that[^\n]*\nUSER 1000:1000$/m);
  });

  const template = (name: string, text: string): Files => ({
    'create-dockerfile.yaml': '',
    [`create-dockerfile/${name}.hbs`]: text,
  });
  test.each<[what: string, standard: Files, says: RegExp]>([
    [
      'a condition of no word',
      template('build-extra', '{{#if helth}}RUN a{{/if}}\n'),
      /^breaks create-dockerfile\/build-extra\.hbs:1: helth is no word of the plan\. Did you mean health\?$/m,
    ],
    [
      'a word that no plan has',
      template('runtime-extra', '# {{usr}}\n'),
      /on slim: .*cannot be filled: "usr" not defined/,
    ],
    [
      'a word of one language alone',
      template('go/runtime-extra', '# {{app.deps.install.commands}}\n'),
      /a program of Go on slim: /,
    ],
    [
      'a shell form',
      template(
        'partials/process',
        'USER {{user}}\nHEALTHCHECK NONE\nENTRYPOINT {{words start.entrypoint}}\n',
      ),
      /ENTRYPOINT is not in exec form/,
    ],
    ['root', template('partials/user', 'USER root\n'), /the image runs as root, not as a numeric user/],
    ['no user', template('partials/user', ''), /the image runs as root/],
    ['an instruction that is none', template('build-extra', 'RUNN apk add curl\n'), /RUNN is no instruction/],
    [
      'a secret in an argument',
      template('build-extra', 'ARG NPM_TOKEN\n'),
      /ARG NPM_TOKEN would keep a secret in the image/,
    ],
    [
      'an image without a version',
      { 'create-dockerfile.yaml': 'images: { node: registry.example/node }' },
      /registry\.example\/node names no version/,
    ],
    [
      'its own policy',
      { 'create-dockerfile.yaml': 'policy: { registries: [registry.example] }' },
      /would break the policy: .* is from docker\.io/,
    ],
    [
      'a template that leaves the plan',
      template('build-extra', '{{lookup this "a"}}'),
      /there is no helper "lookup"/,
    ],
    [
      'an image that can install nothing',
      {
        'create-dockerfile.yaml':
          'images: { runtime: { image: "r.example/a:{tag}", package-manager: none } }',
      },
      /has no package manager/,
    ],
    [
      'a health check that is lost',
      template('partials/process', 'USER {{user}}\nCMD {{json start.entrypoint}}\n'),
      /the image has no HEALTHCHECK, not even NONE/,
    ],
  ])('finds %s', async (_, standard, says) => {
    const { code, stderr } = await run(folderOf(standard), ['lint-standard']);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/bug/);
    expect(code).toBe(1);
  });

  test('needs a standard', async () => {
    expect((await run(folderOf(SERVER), ['lint-standard'])).stderr).toMatch(/There is no standard in "\."/);
  });
});

describe('eject', () => {
  test('copies a partial to where it replaces ours, and never over another', async () => {
    const folder = folderOf(SERVER);
    const { code, stderr } = await run(folder, ['eject', '--partial', 'user']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/created +create-dockerfile\/partials\/user\.hbs/);
    const path = join(folder, 'create-dockerfile/partials/user.hbs');
    expect(readFileSync(path, 'utf8')).toBe('USER {{user}}\n');
    expect(existsSync(join(folder, 'create-dockerfile.yaml'))).toBe(true);
    writeFileSync(path, '# mine\nUSER {{user}}\n');
    expect((await run(folder, ['--stdout'])).stdout).toMatch(/^# mine\nUSER 1000:1000$/m);
    expect((await run(folder, ['eject', '--partial', 'user'])).code).toBe(1);
    expect(readFileSync(path, 'utf8')).toMatch(/^# mine/);
  });
  test('copies a template, and names those that there are', async () => {
    const folder = folderOf(SERVER);
    expect((await run(folder, ['eject', '--template', 'node/server'])).code).toBe(0);
    expect(readFileSync(join(folder, 'create-dockerfile/node/server.hbs'), 'utf8')).toMatch(/^# syntax=/);
    expect((await run(folder, ['eject', '--template', 'node/servr'])).stderr).toMatch(
      /Did you mean node\/server\?/,
    );
    expect((await run(folder, ['eject'])).stderr).toMatch(/Templates: .*go\/binary.*Partials: .*user/);
  });
});
