import { describe, expect, test, vi } from 'vitest';
import { bakeOf } from '../src/output/bake.ts';
import { companionsOf, ownCompose } from '../src/output/companions.ts';
import { composeOf } from '../src/output/compose.ts';
import { projectOf } from '../src/project/project.ts';
import { type Files, planned } from './planned.ts';

vi.setConfig({ testTimeout: 30_000 });

const SHOP: Files = {
  'package.json':
    '{ "name": "shop", "scripts": { "start": "node server.js" }, "dependencies": { "pg": "^8.0.0", "ioredis": "^5.0.0" } }',
  'server.js': "require('http').createServer().listen(process.env.PORT || 3000);",
  '.env.example': '# where\nDATABASE_URL=postgres://localhost/shop\nREDIS_URL=\nOTHER=1\n',
};

async function composed(files: Files): Promise<string> {
  const project = await projectOf(files, 'shop');
  return (await composeOf(await planned(project, 'slim'), project, companionsOf(project))).text;
}

test('compose: the service as it is run, and what it speaks to', async () => {
  expect(await composed(SHOP)).toMatchInlineSnapshot(`
    "# docker compose up --build
    # postgres: package.json → pg
    # redis: package.json → ioredis
    services:
      shop:
        build:
          context: .
        ports:
          - 127.0.0.1:3000:3000
        read_only: true
        tmpfs:
          - /tmp
        cap_drop:
          - ALL
        security_opt:
          - no-new-privileges:true
        environment:
          DATABASE_URL: postgres://app:\${POSTGRES_PASSWORD:?}@postgres:5432/app
          REDIS_URL: redis://redis:6379
        depends_on:
          postgres:
            condition: service_healthy
          redis:
            condition: service_healthy
        restart: unless-stopped
      postgres:
        image: postgres:18
        environment:
          POSTGRES_USER: app
          POSTGRES_DB: app
          POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:?}
        volumes:
          - postgres-data:/var/lib/postgresql
        healthcheck:
          test:
            - CMD
            - pg_isready
            - '--username'
            - app
          interval: 5s
          timeout: 5s
          retries: 12
        security_opt:
          - no-new-privileges:true
        restart: unless-stopped
      redis:
        image: redis:8
        volumes:
          - redis-data:/data
        healthcheck:
          test:
            - CMD
            - redis-cli
            - ping
          interval: 5s
          timeout: 5s
          retries: 12
        security_opt:
          - no-new-privileges:true
        restart: unless-stopped
    volumes:
      postgres-data: {}
      redis-data: {}
    "
  `);
});

test('compose: no password stands in it', async () => {
  for (const [name, version] of [
    ['pg', '8'],
    ['mysql2', '3'],
    ['amqplib', '1'],
  ]) {
    const text = await composed({
      ...SHOP,
      'package.json': JSON.stringify({
        name: 'x',
        scripts: { start: 'node server.js' },
        dependencies: { [name ?? '']: version },
      }),
    });
    for (const [, value] of text.matchAll(/(?:PASS|PASSWORD): (.*)$/gm))
      expect(value).toMatch(/^(\$\{\w+:\?\}|'?yes'?)$/);
  }
});

describe('companions', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'package.json',
      { 'package.json': '{"dependencies":{"mongoose":"8"}}' },
      ['mongo: package.json → mongoose'],
    ],
    [
      'a name within another is none',
      { 'package.json': '{"dependencies":{"pg-format":"1","my-redis":"1"}}' },
      [],
    ],
    [
      'go.mod',
      { 'go.mod': 'require (\n\tgithub.com/jackc/pgx/v5 v5.7.1\n)' },
      ['postgres: go.mod → github.com/jackc/pgx'],
    ],
    [
      'requirements.txt',
      { 'requirements.txt': 'psycopg2-binary==2.9\npika>=1\n' },
      ['postgres: requirements.txt → psycopg2-binary', 'rabbitmq: requirements.txt → pika'],
    ],
    ['pom.xml', { 'pom.xml': '<groupId>org.postgresql</groupId>' }, ['postgres: pom.xml → org.postgresql']],
    ['none', { 'package.json': '{"dependencies":{"express":"5"}}' }, []],
  ])('%s', async (_, files, found) => {
    const beside = companionsOf(await projectOf(files, 'x'));
    expect(beside.map(({ companion, from }) => `${companion.name}: ${from}`)).toEqual(found);
  });
});

test('services that are described already are found', async () => {
  expect(ownCompose(await projectOf({ 'docker-compose.prod.yml': '' }, 'x'))).toBe('docker-compose.prod.yml');
  expect(ownCompose(await projectOf({ 'composer.json': '{}' }, 'x'))).toBeUndefined();
});

test('bake: one target for this machine, one to release', async () => {
  const project = await projectOf(SHOP, 'shop');
  const plan = await planned(project, 'slim', {}, ['linux/amd64', 'linux/arm64']);
  expect(bakeOf(plan, project).text).toMatchInlineSnapshot(`
    "# docker buildx bake --file docker-bake.hcl, and release --push behind it
    variable "IMAGE" {
      default = "shop"
    }

    variable "TAG" {
      default = "latest"
    }

    variable "REVISION" {
      default = ""
    }

    # where the cache is kept: type=gha, or type=registry,ref=…
    variable "CACHE" {
      default = ""
    }

    group "default" {
      targets = ["shop"]
    }

    target "shop" {
      context    = "."
      dockerfile = "Dockerfile"
      tags       = ["\${IMAGE}:\${TAG}"]
      labels = {
        "org.opencontainers.image.title"    = "shop"
        "org.opencontainers.image.version"  = TAG
        "org.opencontainers.image.revision" = REVISION
      }
      cache-from = CACHE == "" ? [] : [CACHE]
      cache-to   = CACHE == "" ? [] : ["\${CACHE},mode=max"]
    }

    target "release" {
      inherits  = ["shop"]
      platforms = ["linux/amd64", "linux/arm64"]
      attest    = ["type=sbom", "type=provenance,mode=max"]
    }
    "
  `);
});

test('bake: a hostile text is a text', async () => {
  const project = await projectOf(SHOP, 'a"b${IMAGE}%{if}');
  const plan = await planned(project, 'slim');
  const secret = { id: 'x', from: 'env' as const, source: 'A"${B}' };
  const { text } = bakeOf({ ...plan, secrets: [secret] }, project);
  expect(text).toContain('"id=x,env=A\\"$${B}"');
  expect(text).toContain('target "a-b-image-if"');
});

test('compose: the stage for development is a service that is watched', async () => {
  const project = await projectOf(SHOP, 'shop');
  const plan = await planned(project, 'slim', {}, undefined, ['development']);
  const { text } = await composeOf(plan, project, []);
  expect(text).toMatchInlineSnapshot(`
    "# docker compose up --build
    # docker compose watch shop-development: what changes is copied into a container that reloads
    services:
      shop:
        build:
          context: .
        ports:
          - 127.0.0.1:3000:3000
        read_only: true
        tmpfs:
          - /tmp
        cap_drop:
          - ALL
        security_opt:
          - no-new-privileges:true
        restart: unless-stopped
      shop-development:
        profiles:
          - development
        build:
          context: .
          target: development
        ports:
          - 127.0.0.1:3000:3000
          - 127.0.0.1:9229:9229
        cap_drop:
          - ALL
        security_opt:
          - no-new-privileges:true
        develop:
          watch:
            - action: rebuild
              path: ./package.json
            - action: sync
              path: .
              target: /app
              ignore:
                - .git/
                - '**/node_modules/'
    "
  `);
});
