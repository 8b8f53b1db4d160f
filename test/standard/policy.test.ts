import { describe, expect, test } from 'vitest';
import { breachesOf } from '../../src/standard/policy.ts';
import { regoOf } from '../../src/standard/rego.ts';
import type { Policy } from '../../src/standard/standard.ts';
import { FROZEN, TODAY } from '../planned.ts';
import { folderOf, run, SERVER } from '../run.ts';

const from = 'create-dockerfile.yaml:1';
const breaches = async (text: string, policy: Partial<Policy>) =>
  (await breachesOf(text, [{ from, ...policy }], { target: undefined, catalog: FROZEN, today: TODAY })).map(
    ({ line, message }) => `${line}: ${message}`,
  );

describe('a policy', () => {
  test.each<[says: string, policy: Partial<Policy>, text: string, found: readonly string[]]>([
    [
      'registries',
      { registries: ['docker.io'] },
      'FROM node:26\nCOPY --from=ghcr.io/a/b:1 /a /a',
      ['2: ghcr.io/a/b:1 is from ghcr.io, not from docker.io'],
    ],
    [
      'mounts',
      { registries: ['docker.io'] },
      'FROM node:26\nRUN --mount=type=bind,from=ghcr.io/a/b,target=/b \\\n  b',
      ['2: ghcr.io/a/b is from ghcr.io, not from docker.io'],
    ],
    [
      'frontends',
      { registries: ['r.example'] },
      '# syntax=docker/dockerfile:1\nFROM r.example/node',
      ['1: docker/dockerfile:1 is from docker.io, not from r.example'],
    ],
    [
      'stages are no images',
      { registries: ['r.example'] },
      'FROM r.example/a AS build\nFROM build\nCOPY --from=build / /\nCOPY --from=0 / /',
      [],
    ],
    ['scratch is no image', { digests: true, registries: ['r.example'] }, 'FROM scratch', []],
    [
      'arguments with a default',
      { registries: ['r.example'] },
      'ARG BASE=node\nFROM ${BASE}:26',
      ['2: node:26 is from docker.io, not from r.example'],
    ],
    [
      'arguments without one',
      { images: ['*'] },
      'ARG BASE\nFROM $BASE',
      ['2: $BASE is decided by a variable without a default'],
    ],
    [
      'images',
      { images: ['node:*', 'r.example/*'] },
      'FROM docker.io/library/golang:1 AS a\nFROM node:26',
      ['1: docker.io/library/golang:1 is none of node:* or r.example/*'],
    ],
    [
      'digests',
      { digests: true },
      `FROM node:26@sha256:${'0'.repeat(64)} AS a\nFROM node:26`,
      ['2: node:26 has no digest'],
    ],
    ['root', { users: [] }, 'FROM node:26\nUSER 0:0', ['2: the user is 0:0']],
    ['root by silence', { users: [] }, 'FROM node:26\nCMD ["a"]', ['1: the user is root']],
    ['nonroot by its image', { users: [] }, 'FROM gcr.io/distroless/static:nonroot', []],
    [
      'a user of a stage below',
      { users: ['65532:65532'] },
      'FROM node:26 AS base\nUSER 65532:65532\nFROM base\nCMD ["a"]',
      [],
    ],
    [
      'other users',
      { users: ['65532:65532'] },
      'FROM node:26\nUSER node',
      ['2: the user is node, not 65532:65532'],
    ],
    ['health', { health: true }, 'FROM node:26\nEXPOSE 1', ['1: the image that ships has no HEALTHCHECK']],
    [
      'health of none',
      { health: true },
      'FROM node:26\nEXPOSE 1\nHEALTHCHECK NONE',
      ['3: a server has no health check'],
    ],
    ['health of a worker', { health: true }, 'FROM node:26\nHEALTHCHECK NONE', []],
    ['labels', { labels: ['a.b', 'c'] }, 'FROM node:26 AS a\nLABEL c=1\nFROM a\nLABEL a.b="1" d=2', []],
    [
      'no labels',
      { labels: ['a.b', 'c'] },
      'FROM node:26\nLABEL c=1',
      ['1: the image that ships has no label a.b'],
    ],
    [
      'targets',
      { 'forbidden-targets': ['alpine'] },
      'FROM node:26-alpine',
      ['1: the target alpine is forbidden'],
    ],
    [
      'targets of a build',
      { 'forbidden-targets': ['alpine'] },
      'FROM golang:1.26-alpine AS b\nFROM scratch',
      [],
    ],
    [
      'ends of life',
      { 'end-of-life': false },
      'FROM node:18-slim AS a\nFROM node:26-slim',
      ['1: node:18-slim is older than every version that is supported'],
    ],
    [
      'ends of life of a mirror',
      { 'end-of-life': false },
      'FROM r.example/hub/python:3.8',
      ['1: r.example/hub/python:3.8 is older than every version that is supported'],
    ],
    ['nothing at all', { digests: true, health: true }, '# only a comment', []],
  ])('holds %s', async (_, policy, text, found) => {
    const said = await breaches(text, policy);
    expect(
      said.map((one) =>
        one.replace(/reached its end of life on .*/, 'is older than every version that is supported'),
      ),
    ).toEqual(found);
  });

  test('is held of what is made', async () => {
    const folder = folderOf({
      ...SERVER,
      'create-dockerfile.yaml':
        'policy:\n  registries: [registry.acme.example]\n  forbidden-targets: [alpine]\n',
    });
    const { code, stderr, stdout } = await run(folder, ['--target', 'alpine', '--stdout']);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /^The Dockerfile would break the policy: docker\/dockerfile:1 is from docker\.io, not from registry\.acme\.example \(create-dockerfile\.yaml:1\); .*the target alpine is forbidden/m,
    );
  });

  test('is held by --check of a Dockerfile that somebody wrote, with its line, also of a language that is none of ours', async () => {
    for (const project of [SERVER, { Gemfile: '' }]) {
      const folder = folderOf({
        ...project,
        'create-dockerfile.yaml': 'policy: { users: [], labels: [a] }\n',
        Dockerfile: '# mine\nFROM ruby:3\n\nUSER root\n',
      });
      const { code, stderr } = await run(folder, ['--check']);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^Dockerfile:2: the image that ships has no label a \(create-dockerfile\.yaml:1\)\nDockerfile:4: the user is root \(create-dockerfile\.yaml:1\)$/m,
      );
    }
  });

  test('of each level holds: a service cannot loosen what its standard says', async () => {
    const folder = folderOf({
      ...SERVER,
      'create-dockerfile.yaml': 'extends: ./standard\npolicy: { labels: [] }\n',
      'standard/create-dockerfile.yaml': 'policy: { labels: [vendor] }\n',
    });
    const { code, stderr } = await run(folder, ['--stdout']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/has no label vendor \(standard\/create-dockerfile\.yaml:1\)/);
  });
});

describe('as Rego', () => {
  test('says what Buildx can see', () => {
    const text = regoOf([
      { from, registries: ['r.example'], images: ['node:*', 'r.example/a.b/*'], digests: true, users: [] },
    ]);
    expect(text).toMatchInlineSnapshot(`
      "# Buildx 0.31 and later reads it beside the Dockerfile
      package docker

      # the words of Rego 1, for readers of both
      import rego.v1

      default allow := false

      allow if not input.image

      allow if {
        input.image
        holds_1
        holds_2
        holds_3
      }

      names contains input.image.ref

      names contains sprintf("%s:%s", [input.image.repo, input.image.tag])

      names contains sprintf("%s:%s", [input.image.fullRepo, input.image.tag])

      # create-dockerfile.yaml:1
      holds_1 if {
        input.image.host in ["r.example"]
      }

      # create-dockerfile.yaml:1
      holds_2 if {
        some name in names
        some pattern in ["^(docker\\\\.io/)?(library/)?node:.*$","^(docker\\\\.io/)?(library/)?r\\\\.example/a\\\\.b/.*$"]
        regex.match(pattern, name)
      }

      # create-dockerfile.yaml:1
      holds_3 if {
        input.image.isCanonical
      }

      deny_msg contains sprintf("%s is against the policy", [input.image.ref]) if {
        input.image
        not allow
      }

      decision := {"allow": allow, "deny_msg": deny_msg}
      "
    `);
  });
  test('is nothing where a policy says nothing of images', () => {
    expect(regoOf([{ from, users: [], health: true }])).toBeUndefined();
  });
  test('is written beside the Dockerfile where it is asked for, and refused where there is nothing to say', async () => {
    const folder = folderOf({
      ...SERVER,
      'create-dockerfile.yaml': 'policy: { registries: [docker.io] }\nrego: true\n',
    });
    const { code, stdout } = await run(folder, ['--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\+\+\+ b\/Dockerfile\.rego/);
    const { stderr } = await run(folderOf(SERVER), ['--rego', '--dry-run']);
    expect(stderr).toMatch(/No policy says anything of images/);
  });
});
