import { describe, expect, test } from 'vitest';
import { chooseLanguage } from '../../src/facts/choose.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, settled } from '../planned.ts';

const json = (value: object) => JSON.stringify(value);
const dev = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, '*']));
const tools = json({ scripts: { prepare: 'husky' }, devDependencies: dev('husky', 'prettier') });
const server = "require('http').createServer(() => {}).listen(3000);";

async function languageOf(files: Files): Promise<string> {
  const { language } = await chooseLanguage(await projectOf(files), undefined, undefined);
  return language.id;
}

describe('a package.json makes a project of Node', () => {
  test.each<readonly [title: string, files: Files]>([
    ['with a start script', { 'package.json': json({ scripts: { start: 'node app.js' } }), 'mix.exs': '' }],
    [
      'with a server among its packages, beside a Gemfile',
      { 'package.json': json({ dependencies: dev('express') }), Gemfile: '' },
    ],
    ['with tools and a program', { 'package.json': tools, 'index.js': server }],
    [
      'with a command of its own',
      { 'package.json': json({ bin: 'bin/x.js', devDependencies: dev('husky') }) },
    ],
    ['of several packages', { 'package.json': json({ workspaces: ['a'], devDependencies: dev('husky') }) }],
    [
      'that builds a site',
      { 'package.json': json({ scripts: { build: 'eleventy' }, devDependencies: dev('prettier') }) },
    ],
    ['with a package that is no tool', { 'package.json': json({ dependencies: dev('discord.js') }) }],
  ])('%s', async (_, files) => {
    expect(await languageOf(files)).toBe('node');
  });
});

test.each<readonly [title: string, files: Files, language: string]>([
  ['Go with hooks for git', { 'package.json': tools, 'go.mod': 'module x', 'main.go': 'package main' }, 'go'],
  ['C with hooks for git', { 'package.json': tools, 'CMakeLists.txt': 'project(x C)', 'main.c': '' }, 'c'],
  ['a program of Node beside nothing but tools', { 'package.json': tools, 'app.ts': server }, 'node'],
])('%s', async (_, files, language) => {
  expect(await languageOf(files)).toBe(language);
});

const LATER = 'for which no Dockerfile can be written yet';
describe('it is not Node', () => {
  test.each<readonly [title: string, files: Files, says: string]>([
    [
      'but nothing, with tools alone',
      { 'package.json': tools },
      'package.json holds only tools, and nothing to start (husky, prettier). If a Node.js program is in it, type --language node --start "node <file>".',
    ],
    [
      'but nothing, with the style sheets of a site elsewhere',
      {
        'package.json': json({ scripts: { build: 'tailwindcss -i a' }, devDependencies: dev('tailwindcss') }),
      },
      'holds only tools',
    ],
    [
      'but Ruby, with what Rails bundles',
      {
        'package.json': json({
          scripts: { build: 'esbuild app/javascript/*.*' },
          dependencies: dev('@hotwired/turbo-rails', 'esbuild'),
        }),
        Gemfile: '',
      },
      `This looks like a project of Ruby (Gemfile), ${LATER}. package.json beside it starts nothing (@hotwired/turbo-rails, esbuild).`,
    ],
    [
      'but PHP, with what Laravel bundles',
      {
        'package.json': json({
          scripts: { dev: 'vite', build: 'vite build' },
          devDependencies: dev('vite', 'laravel-vite-plugin', 'axios', 'tailwindcss'),
        }),
        'composer.json': '{}',
      },
      'project of PHP (composer.json)',
    ],
    [
      'but Elixir, with a start script that serves no program',
      { 'package.json': json({ scripts: { start: 'webpack serve' } }), 'mix.exs': '' },
      'Elixir (mix.exs)',
    ],
    ['but .NET', { 'package.json': tools, 'Shop.csproj': '' }, '.NET (Shop.csproj)'],
    ['but sbt', { 'package.json': tools, 'build.sbt': '' }, 'sbt (build.sbt)'],
    ['but Rust', { 'package.json': tools, 'Cargo.toml': '' }, 'Rust (Cargo.toml)'],
    [
      'but Ruby, without a package.json',
      { Gemfile: '' },
      `project of Ruby (Gemfile), ${LATER}. No project of`,
    ],
  ])('%s', async (_, files, says) => {
    await expect(languageOf(files)).rejects.toThrow(says);
  });
});

const START = 'Say it: --start "node <file>"';
describe('nothing of it runs in a container', () => {
  const app = (manifest: object, more: Files = {}) => ({ 'package.json': json(manifest), ...more });
  test.each<readonly [title: string, files: Files, says: string]>([
    [
      'Electron',
      app(
        { main: 'main.js', scripts: { start: 'electron .' }, devDependencies: dev('electron') },
        { 'main.js': '' },
      ),
      `This is an Electron app (electron): it opens windows on a desktop, not in a container. ${START}`,
    ],
    [
      'Expo',
      app({ scripts: { start: 'expo start' }, dependencies: dev('expo', 'react-native') }),
      'an Expo app',
    ],
    ['React Native', app({ dependencies: dev('react-native') }, { 'index.js': '' }), 'a React Native app'],
    [
      'Capacitor',
      app({ dependencies: dev('@capacitor/core'), scripts: { build: 'vite build' } }),
      'an Ionic or',
    ],
    [
      'a VS Code extension',
      app({ main: './out/extension.js', engines: { vscode: '^1.90.0' } }, { 'src/extension.ts': '' }),
      'This is a VS Code extension (package.json → engines.vscode): it runs inside the editor',
    ],
    [
      'a browser extension',
      app({ dependencies: dev('react') }, { 'public/manifest.json': '{ "manifest_version": 3 }' }),
      'a browser extension (public/manifest.json)',
    ],
    [
      'a GitHub Action',
      app({ main: 'index.js' }, { 'index.js': '', 'action.yml': "runs:\n  using: 'node20'" }),
      'a GitHub Action (action.yml)',
    ],
    [
      'a library',
      app({ main: 'index.js', types: 'index.d.ts', files: ['index.js'] }, { 'index.js': 'exports.a = 1;' }),
      `This is a library (package.json → types, files): others import it, and nothing starts it. ${START}`,
    ],
    [
      'a library that is built',
      app(
        { exports: './dist/index.js', scripts: { build: 'tsc' } },
        { 'src/index.ts': '', 'tsconfig.json': '{}' },
      ),
      'a library (package.json → exports)',
    ],
    [
      'nothing that could be started',
      app({ dependencies: dev('lodash') }),
      'package.json starts nothing: it has no start script, and no file is called like a program.',
    ],
  ])('%s', async (_, files, says) => {
    await expect(projectOf(files).then((project) => settled(project))).rejects.toThrow(says);
  });

  test.each<readonly [title: string, files: Files, start: string]>([
    [
      'a server in an Electron repository is a server',
      app(
        { scripts: { start: 'node server.js' }, devDependencies: dev('electron') },
        { 'server.js': server },
      ),
      'server.js',
    ],
    [
      'a package with types that listens is a server',
      app({ main: 'index.js', types: 'index.d.ts' }, { 'index.js': server }),
      'index.js',
    ],
    [
      'a command is a program',
      app({ bin: 'cli.js', exports: './a.js' }, { 'cli.js': '', 'a.js': '' }),
      'cli.js',
    ],
    [
      'a bot that is only called main is a program',
      app({ main: 'bot.js', dependencies: dev('discord.js') }, { 'bot.js': "require('discord.js')" }),
      'bot.js',
    ],
  ])('%s', async (_, files, start) => {
    const facts = await settled(await projectOf(files), { port: 'none' });
    expect(facts.start?.value).toMatchObject({ argv: ['node', start] });
  });
});
