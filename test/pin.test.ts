import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { languageOf } from '../src/facts/choose.ts';
import { digestsIn, withDigests, withoutDigests } from '../src/output/digests.ts';
import { madeOf } from '../src/output/made.ts';
import { folderOf, run, SERVER } from './run.ts';

vi.setConfig({ testTimeout: 60_000 });

beforeAll(async () => {
  await (await languageOf('node')).rules();
});

const PATH = process.env.PATH;
afterEach(() => {
  process.env.PATH = PATH;
});

const digest = (sign: string) => `sha256:${sign.repeat(64)}`;
const A = digest('a');
const B = digest('b');

/** A docker whose registry has every image under this digest, or fails with a sentence. It writes down what it was asked. */
function registry(answer: { readonly digest: string } | { readonly error: string }): () => readonly string[] {
  const folder = folderOf({
    docker: `#!/bin/sh\necho "$*" >> "$0.calls"\n${
      'error' in answer
        ? `echo 'ERROR: ${answer.error}' >&2\nexit 1`
        : `echo '{ "mediaType": "x", "digest": "${answer.digest}", "size": 1 }'`
    }\n`,
  });
  const program = join(folder, 'docker');
  chmodSync(program, 0o755);
  process.env.PATH = `${folder}${delimiter}${PATH}`;
  return () =>
    existsSync(`${program}.calls`) ? readFileSync(`${program}.calls`, 'utf8').trim().split('\n') : [];
}

const read = (folder: string, path = 'Dockerfile') => readFileSync(join(folder, path), 'utf8');
const edit = (folder: string, change: (text: string) => string) =>
  writeFileSync(join(folder, 'Dockerfile'), change(read(folder)));

describe('--pin', () => {
  test('puts the digest of the registry beside each tag, the frontend of the syntax too', async () => {
    const folder = folderOf(SERVER);
    const calls = registry({ digest: A });
    expect((await run(folder, ['--pin'])).code).toBe(0);
    expect(read(folder)).toContain(`# syntax=docker/dockerfile:1@${A}\n# Made by create-dockerfile`);
    expect(read(folder)).toMatch(new RegExp(`^FROM node:26-trixie-slim@${A} AS runtime$`, 'm'));
    expect(madeOf(read(folder))).toMatchObject({ words: '--pin', holds: true });
    expect(calls()).toHaveLength(2);
    expect(calls()).toContain('buildx imagetools inspect --format {{json .Manifest}} node:26-trixie-slim');
  });
  test('the databases of a compose.yaml have theirs', async () => {
    const folder = folderOf({
      ...SERVER,
      'package.json': '{ "scripts": { "start": "node server.js" }, "dependencies": { "pg": "8" } }',
    });
    registry({ digest: A });
    expect((await run(folder, ['--pin', '--compose'])).code).toBe(0);
    expect(read(folder, 'compose.yaml')).toMatch(new RegExp(`^    image: postgres:18@${A}$`, 'm'));
  });
  test('a later run keeps what stands there and asks for what is new alone, and --check asks nothing', async () => {
    const folder = folderOf(SERVER);
    registry({ digest: A });
    await run(folder, ['--pin']);
    const none = registry({ error: 'no such host' });
    expect((await run(folder, ['--check', '-q'])).code).toBe(0);
    expect((await run(folder, [])).code).toBe(0);
    expect(none()).toEqual([]);
    const newer = registry({ digest: B });
    writeFileSync(join(folder, '.nvmrc'), '24\n');
    const checked = await run(folder, ['--check', '-q']);
    expect([checked.code, checked.stderr]).toEqual([3, expect.stringContaining('older than the project')]);
    expect(newer()).toEqual([]);
    expect((await run(folder, [])).stderr).toMatch(/^updated +Dockerfile$/m);
    expect(newer()).toHaveLength(1);
    expect(read(folder)).toContain(`FROM node:24-trixie-slim@${B} AS runtime`);
    expect(read(folder)).toContain(`# syntax=docker/dockerfile:1@${A}`);
  });
  test('what a bot moves is no edit: nothing is stale, and the next run keeps it', async () => {
    const folder = folderOf(SERVER);
    registry({ digest: A });
    await run(folder, ['--pin']);
    edit(folder, (text) => text.replaceAll(A, B));
    const checked = await run(folder, ['--check', '-q', '--json']);
    expect([checked.code, checked.stdout]).toEqual([0, expect.not.stringContaining('"stale"')]);
    expect((await run(folder, [])).stderr).toMatch(/^unchanged +Dockerfile$/m);
    expect(read(folder)).toContain(`FROM node:26-trixie-slim@${B}`);
  });
  test('a bot may begin it: without --pin, what it added stays', async () => {
    const folder = folderOf(SERVER);
    await run(folder, []);
    edit(folder, (text) => text.replace('node:26-trixie-slim', `node:26-trixie-slim@${B}`));
    expect((await run(folder, ['--check', '-q'])).code).toBe(0);
    expect((await run(folder, ['--port', '9000'])).stderr).toMatch(/^updated +Dockerfile$/m);
    expect(read(folder)).toContain(`FROM node:26-trixie-slim@${B} AS runtime`);
  });
  test('typed again it asks again, and --unpin takes all of them away', async () => {
    const folder = folderOf(SERVER);
    registry({ digest: A });
    await run(folder, ['--pin']);
    registry({ digest: B });
    expect((await run(folder, ['--pin'])).stderr).toMatch(/^updated +Dockerfile$/m);
    expect(digestsIn(read(folder)).map(([, one]) => one)).toEqual([B, B]);
    expect((await run(folder, ['--unpin'])).stderr).toMatch(/^updated +Dockerfile$/m);
    expect(read(folder)).not.toContain('sha256');
    expect(madeOf(read(folder))).toMatchObject({ words: '', holds: true });
  });
  test("an update keeps its owner's lines and digests beside ours", async () => {
    const folder = folderOf(SERVER);
    registry({ digest: A });
    await run(folder, ['--pin']);
    edit(folder, (text) =>
      text
        .replace('# runtime is', `FROM golang:1@${B} AS tools\n\n# runtime is`)
        .replace('EXPOSE 3000\n', 'LABEL team="a"\nEXPOSE 3000\n'),
    );
    const own = read(folder);
    expect((await run(folder, [])).stderr).toMatch(/^unchanged +Dockerfile$/m);
    expect(read(folder)).toBe(own);
    registry({ digest: B });
    expect((await run(folder, ['--pin'])).stderr).toMatch(/^merged +Dockerfile/m);
    expect(read(folder)).toBe(
      own.replaceAll(A, B).replace(/checksum \w+/, /checksum \w+/.exec(read(folder))?.[0] ?? ''),
    );
  });
  test.each([
    ['error', { error: 'dial tcp: no such host' }, ' cannot be had: dial tcp: no such host.'],
    ['an answer that is none', { digest: 'sha256:0' }, 'cannot be had: it says nothing.'],
  ])('%s: one sentence, and nothing is written', async (_, answer, sentence) => {
    const folder = folderOf(SERVER);
    registry(answer);
    const ran = await run(folder, ['--pin', '-q']);
    expect([ran.code, ran.stderr.trim().split('\n')]).toEqual([1, [expect.stringContaining(sentence)]]);
    expect(existsSync(join(folder, 'Dockerfile'))).toBe(false);
  });
  test('no docker: one sentence; one that the project brings is none', async () => {
    const folder = folderOf(SERVER);
    const own = join(folder, 'node_modules', '.bin');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'docker'), `#!/bin/sh\ntouch ${folder}/ran\n`, { mode: 0o755 });
    process.env.PATH = own;
    expect((await run(folder, ['--pin', '-q'])).stderr).toContain('there is no docker here');
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });
  test('both of them exclude each other', async () => {
    const ran = await run(folderOf(SERVER), ['--pin', '--unpin']);
    expect([ran.code, ran.stderr]).toEqual([
      2,
      expect.stringContaining('--pin and --unpin exclude each other'),
    ]);
  });
  test('a policy that asks for digests says how they come, and is content then', async () => {
    const folder = folderOf({ ...SERVER, 'create-dockerfile.yaml': 'policy: { digests: true }\n' });
    registry({ digest: A });
    expect((await run(folder, ['-q'])).stderr).toContain(
      'has no digest (create-dockerfile.yaml:1). --pin adds digests.',
    );
    expect((await run(folder, ['-q', '--pin'])).code).toBe(0);
    writeFileSync(join(folder, 'create-dockerfile.yaml'), 'pin: true\npolicy: { digests: true }\n');
    expect((await run(folder, ['-q', '--check', '--unpin'])).code).toBe(1);
    expect((await run(folder, ['lint-standard', '.'])).code).toBe(0);
  });
  test('an image that arguments make is refused with its line', async () => {
    const folder = folderOf({
      ...SERVER,
      'create-dockerfile.yaml': 'target: slim\n',
      'create-dockerfile/partials/environment.hbs': 'ARG VERSION=1\nFROM busybox:${VERSION} AS tools\n',
    });
    registry({ digest: A });
    const ran = await run(folder, ['--pin', '-q']);
    expect([ran.code, ran.stderr]).toEqual([
      1,
      expect.stringMatching(/beside "busybox:\$\{VERSION\}" \(Dockerfile:\d+\)/),
    ]);
    writeFileSync(
      join(folder, 'create-dockerfile/partials/environment.hbs'),
      'ARG TOOLS=busybox:1\nFROM ${TOOLS} AS tools\n',
    );
    expect((await run(folder, ['--pin', '-q'])).code).toBe(0);
    expect(read(folder)).toContain(`ARG TOOLS=busybox:1@${A}\nFROM \${TOOLS} AS tools\n`);
  });
});

describe('--bot', () => {
  test('is offered where something is pinned, and writes nothing unasked', async () => {
    const folder = folderOf(SERVER);
    registry({ digest: A });
    expect((await run(folder, ['--pin'])).stderr).toContain('--bot renovate or --bot dependabot adds');
    expect(existsSync(join(folder, 'renovate.json5'))).toBe(false);
    writeFileSync(join(folder, '.renovaterc.json'), '{}');
    expect((await run(folder, [])).stderr).not.toContain('--bot');
  });
  test('Renovate: digests of this file alone, and no versions', async () => {
    const folder = folderOf(SERVER);
    expect((await run(folder, ['--bot', 'renovate'])).code).toBe(0);
    expect(read(folder, 'renovate.json5')).toMatchInlineSnapshot(`
      "{
        $schema: 'https://docs.renovatebot.com/renovate-schema.json',
        extends: ['config:recommended'],
        packageRules: [
          {
            matchManagers: ['dockerfile'],
            matchFileNames: ["Dockerfile"],
            pinDigests: true,
          },
          {
            // the versions are those of the project: create-dockerfile update moves them
            matchManagers: ['dockerfile'],
            matchFileNames: ["Dockerfile"],
            matchUpdateTypes: ['major', 'minor', 'patch'],
            enabled: false,
          },
        ],
      }
      "
    `);
    expect(madeOf(read(folder))?.words).toBe('');
    expect((await run(folder, ['--bot', 'renovate'])).stderr).toContain('renovate.json5 is left as it is.');
  });
  test('Dependabot', async () => {
    const folder = folderOf(SERVER);
    expect((await run(folder, ['--bot', 'dependabot', '--compose'])).code).toBe(0);
    expect(read(folder, '.github/dependabot.yml')).toMatchInlineSnapshot(`
      "version: 2
      updates:
        - package-ecosystem: docker
          directory: "/"
          schedule: { interval: weekly }
          # the versions are those of the project: create-dockerfile update moves them
          ignore:
            - dependency-name: '*'
              update-types: [version-update:semver-major, version-update:semver-minor, version-update:semver-patch]
        - package-ecosystem: docker-compose
          directory: /
          schedule: { interval: weekly }
          # the versions are those of the project: create-dockerfile update moves them
          ignore:
            - dependency-name: '*'
              update-types: [version-update:semver-major, version-update:semver-minor, version-update:semver-patch]
      "
    `);
  });
  test('a configuration of the repository above is left, and one that would belong there is shown', async () => {
    const top = folderOf({
      'svc/package.json': SERVER['package.json'] ?? '',
      'svc/server.js': SERVER['server.js'] ?? '',
    });
    mkdirSync(join(top, '.git'));
    const shown = await run(join(top, 'svc'), ['--bot', 'renovate']);
    expect(shown.stderr).toContain(
      'It belongs to the root of the repository. What would stand in renovate.json5',
    );
    writeFileSync(join(top, 'renovate.json'), '{}');
    const left = await run(join(top, 'svc'), ['--bot', 'dependabot']);
    expect(left.stderr).toContain('renovate.json is left as it is.');
    expect(existsSync(join(top, 'svc/.github'))).toBe(false);
  });
});

describe('digests in a text', () => {
  const image = fc.stringMatching(/^[a-z]{1,6}(\/[a-z]{1,6})?:[a-z0-9.-]{0,6}[a-z0-9]$/);
  test('put back where they were taken away, a text is the same', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(image, fc.constantFrom(A, B)), { minLength: 1, maxLength: 6 }), (all) => {
        const text = all.map(([name, one], at) => `FROM ${name}@${one} AS s${at}\n`).join('');
        const plain = withoutDigests(text);
        expect(plain).not.toContain('@');
        expect(withDigests(plain, digestsIn(text))).toBe(text);
      }),
    );
  });
  test('nothing but images has one: comments, commands and labels are left alone', () => {
    const text = `# node:1@${A}\nRUN echo node:1@${A}\nLABEL base=node:1@${A}\n`;
    expect(withoutDigests(text)).toBe(text);
    expect(withDigests('# node:1\nRUN echo node:1\nFROM node:1-slim\nFROM node:1\n', [['node:1', A]])).toBe(
      `# node:1\nRUN echo node:1\nFROM node:1-slim\nFROM node:1@${A}\n`,
    );
  });
});
