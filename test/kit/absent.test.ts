import { expect, test } from 'vitest';
import { absentConfigurations, CONFIGURATION } from '../../src/kit/absent.ts';
import { projectOf } from '../../src/project/project.ts';

test.each<[string, string, readonly string[], readonly string[]]>([
  ['there', 'config.yaml', ['config.yaml'], []],
  ['beside the file that names it', 'config.yaml', ['cmd/config.yaml'], []],
  ['of an example', 'hooks.json', ['hooks.json.example'], ['hooks.json by hooks.json.example']],
  [
    'of another kind of example',
    './etc/app.toml',
    ['etc/app.sample.toml'],
    ['etc/app.toml by etc/app.sample.toml'],
  ],
  ['by its name', 'config/config.yaml', [], ['config/config.yaml by undefined']],
  ['any other', 'data.json', [], []],
  ['what tools read', 'tsconfig.json', ['tsconfig.json.example'], []],
  ['above the project', '../config.yaml', [], []],
])('a configuration that is not there: %s', async (_, text, files, expected) => {
  const project = await projectOf(
    Object.fromEntries([['cmd/main.go', ''], ...files.map((path) => [path, ''])]),
  );
  const texts = CONFIGURATION.test(text) ? [{ text, at: 'cmd/main.go:1' }] : [];
  expect(absentConfigurations(project, texts).map(({ path, example }) => `${path} by ${example}`)).toEqual(
    expected,
  );
});

test('variables of a file are no configuration', () => {
  expect(
    ['.env', 'config/.env.local', '*.yaml', 'a b.json'].filter((text) => CONFIGURATION.test(text)),
  ).toEqual([]);
});
