import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FLAGS } from '../../src/request/flags.ts';
import { configurationSchema } from '../../src/standard/keys.ts';
import type { Files } from '../planned.ts';
import { folderOf, run, SERVER } from '../run.ts';

/** What a run says of a folder: its rows as `name value from`, or its refusal. */
async function said(
  files: Files,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<{
  readonly code: number | null;
  readonly rows: ReadonlyMap<string, string>;
  readonly stderr: string;
}> {
  const folder = folderOf({ ...SERVER, ...files });
  const { code, stderr } = await run(folder, ['--dry-run', ...args], env);
  const rows = stderr.split('\n').map((line) => /^(\S+)\s+(.*)$/.exec(line) ?? []);
  return {
    code,
    stderr,
    rows: new Map(rows.map(([, name = '', rest = '']) => [name, rest.replace(/ {2,}/, ' | ')])),
  };
}

const FORMS: readonly (readonly [file: string, text: string, place: string])[] = [
  ['create-dockerfile.yaml', 'target: alpine\nport: 9000\n', ':2 → port'],
  ['create-dockerfile.yml', '# ours\ntarget: alpine\nport: 9000\n', ':3 → port'],
  ['create-dockerfile.json', '{\n  "target": "alpine",\n  "port": 9000\n}\n', ':3 → port'],
  ['create-dockerfile.toml', 'target = "alpine"\nport = 9000\n', ':2 → port'],
  [
    'package.json',
    '{\n  "scripts": { "start": "node server.js" },\n  "create-dockerfile": {\n    "target": "alpine",\n    "port": 9000 }\n}\n',
    ':5 → port',
  ],
  ['pyproject.toml', '[tool.create-dockerfile]\ntarget = "alpine"\nport = 9000\n', ':3 → port'],
];

describe('a configuration', () => {
  test.each(FORMS)('is read from %s, and the report says from where', async (file, text, place) => {
    const more = file === 'pyproject.toml' ? ['--language', 'node'] : [];
    const { code, rows, stderr } = await said({ [file]: text }, more);
    expect(stderr).not.toMatch(/bug/);
    expect(code).toBe(0);
    expect(rows.get('port')).toBe(`9000 | ${file}${place}`);
    expect(rows.get('target')).toMatch(new RegExp(`^alpine \\| ${file}:\\d → target$`));
  });

  test('stands behind what is typed and behind the environment', async () => {
    const file = { 'create-dockerfile.yaml': 'target: alpine\nport: 9000\nhealth: /live\n' };
    const env = { CREATE_DOCKERFILE_PORT: '9001', CREATE_DOCKERFILE_TARGET: 'scratch' };
    const { rows } = await said(file, ['--target', 'slim'], env);
    expect(rows.get('target')).toBe('slim | --target');
    expect(rows.get('port')).toBe('9001 | CREATE_DOCKERFILE_PORT');
    expect(rows.get('health')).toBe('/live | create-dockerfile.yaml:3 → health');
  });

  test('says for one service what another does not hear', async () => {
    const folder = folderOf({
      '.git/HEAD': 'ref: refs/heads/main\n',
      'create-dockerfile.yaml':
        'target: alpine\ncgo: no\nservices:\n  apps/api:\n    target: scratch\n    port: 7000\n  apps/web: { port: 7001 }\n',
      'apps/api/package.json': SERVER['package.json'] ?? '',
      'apps/api/server.js': SERVER['server.js'] ?? '',
      'apps/web/package.json': SERVER['package.json'] ?? '',
      'apps/web/server.js': SERVER['server.js'] ?? '',
      'apps/web/create-dockerfile.yaml': 'health: tcp\n',
    });
    const [api, web] = [
      await run(folder, ['apps/api', '--dry-run']),
      await run(folder, ['apps/web', '--dry-run']),
    ];
    expect(api.stderr).toMatch(
      /^target +scratch +create-dockerfile\.yaml:5 → services → apps\/api → target$/m,
    );
    expect(api.stderr).toMatch(/^port +7000 +create-dockerfile\.yaml:6 → services → apps\/api → port$/m);
    expect(web.stderr).toMatch(/^target +alpine +create-dockerfile\.yaml:1 → target$/m);
    expect(web.stderr).toMatch(/^port +7001 +create-dockerfile\.yaml:7 → services → apps\/web → port$/m);
    expect(web.stderr).toMatch(/^health +tcp +apps\/web\/create-dockerfile\.yaml:1 → health$/m);
  });

  test('is heard for the one member that a workspace starts', async () => {
    const folder = folderOf({
      'package.json': '{ "private": true, "workspaces": ["apps/*"] }',
      'package-lock.json': '{ "lockfileVersion": 3, "packages": {} }',
      'apps/api/package.json': SERVER['package.json'] ?? '',
      'apps/api/server.js': SERVER['server.js'] ?? '',
      'create-dockerfile.yaml': 'services:\n  apps/api: { port: 7000 }\n',
    });
    const { stderr } = await run(folder, ['--dry-run']);
    expect(stderr).toMatch(/^port +7000 +create-dockerfile\.yaml:2 → services → apps\/api → port$/m);
  });

  test.each<[text: string, refusal: RegExp]>([
    ['targett: slim', /^create-dockerfile\.yaml:1: There is no key "targett"\. Did you mean target\?$/m],
    ['a: 1\n', /:1: There is no key "a"\.$/m],
    ['runtimeVersion: 22', /There is no key "runtimeVersion"\. Did you mean runtime-version\?/],
    ['\ntarget: slm', /:2: target takes slim, alpine, distroless, scratch, not "slm"\. Did you mean slim\?/],
    [
      'port: many',
      /^create-dockerfile\.yaml:1 → port takes a number from 1 to 65535, or none, not "many"\./m,
    ],
    ['port: [1, 2]', /:1: port takes number\|none, not a list\./],
    ['compose: "yes"', /:1: compose takes true or false, not "yes"\./],
    [
      'platform: [amd65]',
      /^create-dockerfile\.yaml:1 → platform takes linux\/amd64.*Did you mean linux\/amd64\?/m,
    ],
    ['services:\n  a:\n    pport: 1', /:3: services → a has no key "pport"\. Did you mean port\?/],
    ['services: { ../x: {} }', /:1: services → \.\.\/x is outside of this folder\./],
    ['cgo: yes\nservices: { .: { cgo: yes } }', /services → \. → cgo is nothing that Node\.js has\./],
    ['policy: { digest: true }', /:1: policy has no key "digest"\. Did you mean digests\?/],
    ['target: slim\ntarget: alpine', /:2 is malformed: /],
    ['target: &a [*a]', /^create-dockerfile\.yaml is malformed: it is nested too deeply\./m],
    ['- target', /:1: The configuration takes a table, not a list\./],
    ['help: true', /There is no key "help"\./],
    ['__proto__: { port: 1 }', /There is no key "__proto__"\./],
    ['labels: { "a b": x }', /:1: "a b" is no name of a label \(labels\)\./],
    ['labels: { a: "x\\ny" }', /:1: labels → a takes one line of text, not /],
    ['proxies: { htp: "http://x" }', /proxies has no key "htp"\. Did you mean http\?/],
  ])('%j is refused with its line and the nearest word', async (text, refusal) => {
    const { code, stderr } = await said({ 'create-dockerfile.yaml': text });
    expect(stderr).toMatch(refusal);
    expect(code).toBe(1);
  });

  test('two in one folder are refused', async () => {
    const { code, stderr } = await said({ 'create-dockerfile.yaml': '', 'create-dockerfile.json': '{}' });
    expect(stderr).toMatch(
      /create-dockerfile\.yaml and create-dockerfile\.json both configure create-dockerfile\./,
    );
    expect(code).toBe(1);
  });

  test('a dependency on the command is no configuration', async () => {
    const manifest =
      '{ "scripts": { "start": "node server.js" }, "devDependencies": { "create-dockerfile": "^0.3.0" } }';
    expect((await said({ 'package.json': manifest })).rows.get('port')).toBe('3000 | server.js:1');
  });

  test('a setting of another language is passed over where it is said for all', async () => {
    expect(
      (await said({ 'create-dockerfile.yaml': 'cgo: no\nport: 1234\nservices: {}' })).rows.get('port'),
    ).toMatch(/^1234/);
  });

  test.each<[text: string, options: readonly string[], code: number]>([
    ['check: true', [], 3],
    ['stdout: true', [], 0],
  ])('%s says what is done', async (text, args, code) => {
    const folder = folderOf({ ...SERVER, 'create-dockerfile.yaml': text });
    const ran = await run(folder, args);
    expect(ran.code).toBe(code);
    expect(ran.stdout).toMatch(/FROM node/);
  });

  test('what is typed wins where two exclude each other', async () => {
    const folder = folderOf({ ...SERVER, 'create-dockerfile.yaml': 'stdout: true' });
    const { code, stdout } = await run(folder, ['--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).facts.target.from).toMatch(/default/);
  });

  test('a variable that is no value is refused by its name', async () => {
    const { code, stderr } = await said({}, [], { CREATE_DOCKERFILE_PORT: 'x' });
    expect(stderr).toMatch(/^CREATE_DOCKERFILE_PORT takes a number/m);
    expect(code).toBe(1);
    expect((await said({}, [], { CREATE_DOCKERFILE_COMPOSE: 'perhaps' })).stderr).toMatch(
      /CREATE_DOCKERFILE_COMPOSE takes true or false, not "perhaps"/,
    );
  });
});

describe('a standard in a folder', () => {
  const member = (text: string): Files => ({
    'create-dockerfile.yaml': text,
    'standard/create-dockerfile.yaml': 'target: alpine\nport: 9000\n',
    'other/create-dockerfile.json': '{ "port": 9001 }',
  });

  test('is behind all that the project says, and the last one is before the others', async () => {
    const { rows } = await said(member('extends: [./standard, ./other]\nhealth: tcp\n'));
    expect(rows.get('target')).toBe('alpine | standard/create-dockerfile.yaml:1 → target');
    expect(rows.get('port')).toBe('9001 | other/create-dockerfile.json:1 → port');
    expect(rows.get('health')).toBe('tcp | create-dockerfile.yaml:2 → health');
  });

  test.each<[text: string, refusal: RegExp]>([
    ['extends: ./nowhere', /:1: There is no folder "\.\/nowhere"\./],
    ['extends: ./empty', /:1: There is no configuration in "\.\/empty"\./],
    [
      'extends: ./forcing',
      /^forcing\/create-dockerfile\.yaml:1: A standard cannot say "force": it is for the project to say\./m,
    ],
    [
      'extends: ./circle',
      /circle\/create-dockerfile\.yaml:1: "\.\/" is extended in a circle, or from too deep\./,
    ],
  ])('%s is refused', async (text, refusal) => {
    const { code, stderr } = await said({
      'create-dockerfile.yaml': text,
      'empty/README': '',
      'forcing/create-dockerfile.yaml': 'force: true',
      'circle/create-dockerfile.yaml': 'extends: ./',
    });
    expect(stderr).toMatch(refusal);
    expect(code).toBe(1);
  });
});

test('the schema is that of the keys that are read', () => {
  const path = join(new URL('../../', import.meta.url).pathname, 'schema/configuration.schema.json');
  const text = `${JSON.stringify(configurationSchema(), undefined, 2)}\n`;
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
  const { properties } = JSON.parse(text);
  for (const name of Object.keys(FLAGS).filter((flag) => !['help', 'version'].includes(flag)))
    expect(properties).toHaveProperty(name);
});
