import { describe, expect, test } from 'vitest';
import { NATIVE_PACKAGES, TOOLCHAIN } from '../../src/catalog/system/native-packages.ts';
import { packagesFor } from '../../src/catalog/system/packages.ts';
import type { NodeApp } from '../../src/languages/node/plan/plan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { Platform, TargetId } from '../../src/plan/targets.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, found, planned } from '../planned.ts';

const GYP = 'g++ make python3';
const SERVER = "require('http').createServer(() => {}).listen(3000);";

/** A service with locked packages: `name@version`, and what stands in their entries. */
function service(packages: Readonly<Record<string, object>>, source = '', more: Files = {}): Files {
  const versions = Object.keys(packages).map((key) => /^(@?[^@]+)@(.*)$/.exec(key)?.slice(1) ?? []);
  const dependencies = Object.fromEntries(versions.map(([name, version]) => [name, version]));
  const entries = Object.entries(packages).map(([key, entry], index) => [
    `node_modules/${versions[index]?.[0]}`,
    { version: key.split('@').at(-1), hasInstallScript: true, ...entry },
  ]);
  return {
    'package.json': JSON.stringify({ scripts: { start: 'node server.js' }, dependencies }),
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: { '': { dependencies }, ...Object.fromEntries(entries) },
    }),
    'server.js': `${source}\n${SERVER}`,
    ...more,
  };
}

const plan = async (files: Files, target: TargetId, platforms?: readonly Platform[]) =>
  (await planned(await projectOf(files), target, { init: 'no' }, platforms)) as Plan<NodeApp>;
const words = ({ apk, apt }: Plan['packages']) => [...apk, ...apt].join(' ');

describe('what is installed, and what ships', () => {
  test.each<readonly [title: string, files: Files, target: TargetId, deps: string, runtime: string]>([
    ['bcrypt 5 may be compiled', service({ 'bcrypt@5.1.1': {} }), 'slim', GYP, ''],
    ['bcrypt 6 has files for glibc in itself', service({ 'bcrypt@6.0.0': {} }), 'slim', '', ''],
    ['and for musl', service({ 'bcrypt@6.0.0': {} }), 'alpine', '', ''],
    ['bcryptjs is JavaScript', service({ 'bcryptjs@3.0.2': { hasInstallScript: false } }), 'slim', '', ''],
    ['better-sqlite3 is fetched or compiled', service({ 'better-sqlite3@12.4.1': {} }), 'alpine', GYP, ''],
    ['one file of bufferutil loads on both', service({ 'bufferutil@4.1.0': {} }), 'alpine', '', ''],
    ['leveldown has files for both', service({ 'leveldown@6.1.1': {} }), 'alpine', '', ''],
    ['argon2 fetched them', service({ 'argon2@0.31.2': {} }), 'alpine', GYP, ''],
    ['and has them in itself since 0.40', service({ 'argon2@0.40.3': {} }), 'alpine', '', ''],
    ['sqlite3 is fetched or compiled', service({ 'sqlite3@6.0.1': {} }), 'scratch', GYP, ''],
    [
      'libsql has packages per platform',
      service({ 'libsql@0.5.29': { hasInstallScript: false } }),
      'alpine',
      '',
      '',
    ],
    ['farmhash was fetched', service({ 'farmhash@4.0.2': {} }), 'slim', GYP, ''],
    ['and holds its files since 5', service({ 'farmhash@5.0.1': {} }), 'alpine', '', ''],
    ['msgpackr-extract has files for both', service({ 'msgpackr-extract@3.0.7': {} }), 'alpine', '', ''],
    ['so has lmdb', service({ 'lmdb@3.5.6': {} }), 'scratch', '', ''],
    ['zeromq brings its library since 6', service({ 'zeromq@6.8.0': {} }), 'alpine', '', ''],
    ['before, for the Node of its day', service({ 'zeromq@5.3.1': {} }), 'slim', GYP, ''],
    [
      '@newrelic/native-metrics knows some versions of Node',
      service({ '@newrelic/native-metrics@12.0.0': {} }),
      'slim',
      GYP,
      '',
    ],
    ['re2 is fetched or compiled', service({ 're2@1.24.0': {} }), 'alpine', GYP, ''],
    ['koffi has packages per platform since 3', service({ 'koffi@3.3.4': {} }), 'distroless', '', ''],
    ['keccak holds its files', service({ 'keccak@3.0.4': {} }), 'alpine', '', ''],
    [
      'bunyan brings a stub that need not be compiled',
      service({ 'dtrace-provider@0.8.8': {} }),
      'slim',
      '',
      '',
    ],
    ['usb loads a library before 3', service({ 'usb@2.17.0': {} }), 'slim', '', 'libudev1'],
    ['and holds it since', service({ 'usb@3.1.0': { hasInstallScript: false } }), 'scratch', '', ''],
    ['node-hid has a file for musl', service({ 'node-hid@3.4.0': {} }), 'alpine', '', 'eudev-libs libusb'],
    [
      'aerospike loads a library of the system',
      service({ 'aerospike@6.7.1': {} }),
      'slim',
      '',
      'libyaml-0-2 zlib1g',
    ],
    [
      'canvas before 3 is compiled for the Node of today, with its libraries',
      service({ 'canvas@2.11.2': {} }),
      'slim',
      `g++ libcairo2-dev libgif-dev libjpeg-dev libpango1.0-dev librsvg2-dev make pkgconf python3`,
      'libcairo-gobject2 libcairo2 libgif7 libjpeg62-turbo libpango-1.0-0 libpangocairo-1.0-0 libpangoft2-1.0-0 librsvg2-2',
    ],
    [
      'libpq is compiled, whoever brings it',
      service({ 'libpq@1.11.0': {} }),
      'alpine',
      'g++ libpq-dev make python3',
      'libpq',
    ],
    [
      'sharp brings its libraries',
      service({ 'sharp@0.34.5': { optionalDependencies: { '@img/sharp-linux-x64': '0.34.5' } } }),
      'scratch',
      '',
      '',
    ],
    ['sharp before 0.33 fetched them', service({ 'sharp@0.32.6': {} }), 'slim', GYP, ''],
    [
      'canvas is compiled for musl, with libraries on both sides',
      service({ 'canvas@3.2.0': {} }),
      'alpine',
      'cairo-dev g++ giflib-dev libjpeg-turbo-dev librsvg-dev make pango-dev pkgconf python3',
      'cairo cairo-gobject giflib libjpeg-turbo librsvg pango',
    ],
    [
      'text is drawn with fonts',
      service({ '@napi-rs/canvas@0.1.80': { hasInstallScript: false } }, "context.fillText('x', 0, 0)"),
      'slim',
      '',
      'fontconfig fonts-dejavu-core',
    ],
    ['and ready-made for glibc, libraries and all', service({ 'canvas@3.2.0': {} }), 'distroless', GYP, ''],
    [
      'kerberos opens a library of the system',
      service({ 'kerberos@7.0.0': {} }),
      'slim',
      `comerr-dev g++ libkrb5-dev make python3`,
      'libcom-err2 libgssapi-krb5-2 libk5crypto3 libkrb5-3',
    ],
    [
      'fluent-ffmpeg calls a program',
      service({ 'fluent-ffmpeg@2.1.3': { hasInstallScript: false } }),
      'alpine',
      '',
      'ffmpeg',
    ],
    [
      'unless one comes along',
      service({ 'fluent-ffmpeg@2.1.3': { hasInstallScript: false }, 'ffmpeg-static@5.2.0': {} }),
      'slim',
      '',
      '',
    ],
    [
      'gm calls GraphicsMagick',
      service({ 'gm@1.25.0': { hasInstallScript: false } }),
      'slim',
      '',
      'graphicsmagick',
    ],
    [
      'or ImageMagick',
      service({ 'gm@1.25.0': {} }, "require('gm').subClass({ imageMagick: true })"),
      'slim',
      '',
      'imagemagick',
    ],
    [
      'puppeteer starts the browser of the system',
      service({ 'puppeteer@24.0.0': {} }, "require('puppeteer').launch({ args: ['--no-sandbox'] })"),
      'slim',
      '',
      'chromium fonts-freefont-ttf',
    ],
    [
      'but not one that it connects to',
      service({ 'puppeteer-core@24.0.0': {} }, "require('puppeteer-core').connect({})"),
      'distroless',
      '',
      '',
    ],
    [
      'an unknown package that depends on node-addon-api is compiled',
      service({ 'unheard-of@1.0.0': { dependencies: { 'node-addon-api': '^8.0.0' } } }),
      'slim',
      GYP,
      '',
    ],
    [
      'an unknown one without a script is not',
      service({ 'unheard-of@1.0.0': { dependencies: { bindings: '^1.5.0' }, hasInstallScript: false } }),
      'slim',
      '',
      '',
    ],
    [
      'node-gyp before 10 needs what Python left out',
      service({ 'sqlite3@5.1.7': {}, 'node-gyp@8.4.1': { hasInstallScript: false } }),
      'slim',
      'g++ make python3 python3-setuptools',
      '',
    ],
    [
      'but only where something is compiled',
      service({ 'node-gyp@8.4.1': { hasInstallScript: false } }),
      'alpine',
      '',
      '',
    ],
    [
      'of two versions each has its row',
      {
        'package.json':
          '{"scripts":{"start":"node server.js"},"dependencies":{"bcrypt":"^6.0.0","a":"^1.0.0"}}',
        'package-lock.json': JSON.stringify({
          lockfileVersion: 3,
          packages: {
            'node_modules/bcrypt': { version: '6.0.0', hasInstallScript: true },
            'node_modules/a/node_modules/bcrypt': { version: '5.1.1', hasInstallScript: true },
          },
        }),
        'server.js': SERVER,
      },
      'slim',
      GYP,
      '',
    ],
    [
      'what is for macOS alone is nothing here',
      service({ 'fsevents@2.3.3': { os: ['darwin'], optional: true } }),
      'slim',
      '',
      '',
    ],
  ])('%s', async (_, files, target, deps, runtime) => {
    const { app, packages } = await plan(files, target);
    expect([words(app.deps?.packages ?? { apk: [], apt: [] }), words(packages)]).toEqual([deps, runtime]);
  });

  test('what is for macOS alone leaves the installation portable', async () => {
    const { app } = await plan(service({ 'fsevents@2.3.3': { os: ['darwin'], optional: true } }), 'slim');
    expect(app.deps?.portable).toBe(true);
  });

  test('a lock file of Yarn 1 names what another package brings along', async () => {
    const lock =
      'a@^1.0.0:\n  version "1.0.0"\n  dependencies:\n    bcrypt "^5.0.0"\n\nbcrypt@^5.0.0:\n  version "5.1.1"\n';
    const manifest = JSON.stringify({ scripts: { start: 'node server.js' }, dependencies: { a: '^1.0.0' } });
    const { app } = await plan({ 'package.json': manifest, 'yarn.lock': lock, 'server.js': SERVER }, 'slim');
    expect(words(app.deps?.packages ?? { apk: [], apt: [] })).toBe(GYP);
  });

  test('Debian 12 calls libraries by their former names', async () => {
    const files = service({ 'playwright@1.55.0': { engines: { node: '18' } } }, 'chromium.launch()', {
      '.nvmrc': '20',
    });
    expect(words((await plan(files, 'slim')).packages)).toMatch(/libasound2 .*libglib2\.0-0 /);
  });
});

describe('a target that cannot work says why', () => {
  test.each<readonly [title: string, files: Files, target: TargetId, why: string]>([
    [
      'a library for glibc',
      service({ 'onnxruntime-node@1.30.0': {} }),
      'alpine',
      'onnxruntime-node loads a library for glibc only: onnxruntime-web runs everywhere',
    ],
    ['no browser for musl', service({ 'playwright@1.55.0': {} }, 'chromium.launch()'), 'alpine', 'musl'],
    [
      'a browser that loads libraries',
      service({ 'playwright@1.55.0': {} }, 'chromium.launch()'),
      'distroless',
      'playwright loads libraries of the system (chromium-libraries), and distroless can install none',
    ],
    [
      'a browser that its system does not have in its own build',
      service({ 'playwright@1.55.0': {} }, 'webkit.launch()'),
      'slim',
      'use the image mcr.microsoft.com/playwright',
    ],
    [
      'a browser that cannot be installed',
      service({ 'puppeteer@24.0.0': {} }, 'puppeteer.launch()'),
      'scratch',
      'puppeteer calls programs of the system (chromium), and scratch can install none',
    ],
    [
      'a program that cannot be installed',
      service({ 'fluent-ffmpeg@2.1.3': {} }),
      'scratch',
      'fluent-ffmpeg calls programs of the system (ffmpeg), and scratch can install none',
    ],
    [
      'a library that cannot be installed',
      service({ 'pg-native@3.5.0': {} }),
      'distroless',
      'pg-native loads libraries of the system (libpq), and distroless can install none',
    ],
    ['a shell', service({ 'node-pty@1.0.0': {} }), 'distroless', 'node-pty needs a shell to open'],
    ['a file that crashes there', service({ 'ref-napi@3.0.3': {} }), 'alpine', 'koffi replaces it'],
    ['so does another', service({ 'tree-sitter@0.25.1': {} }), 'alpine', 'web-tree-sitter runs everywhere'],
    [
      'a file that is looked for under another name there',
      service({ 'sodium-native@4.3.3': { hasInstallScript: false } }),
      'alpine',
      'sodium-native is made for glibc only',
    ],
    [
      'versions before the one that brought files for musl',
      service({ '@duckdb/node-bindings@1.4.5-r.1': { hasInstallScript: false } }),
      'alpine',
      '@duckdb/node-bindings is made for glibc only',
    ],
    [
      'libraries of a version that is compiled',
      service({ 'canvas@2.11.2': {} }),
      'scratch',
      'canvas loads libraries of the system (cairo), and scratch can install none',
    ],
    ['a package that ended', service({ 'grpc@1.24.0': {} }), 'slim', '@grpc/grpc-js replaces it'],
  ])('%s', async (_, files, target, why) => {
    await expect(plan(files, target)).rejects.toThrow(why);
  });

  test('an optional package for musl in the lock file outweighs the row', async () => {
    const variants = { optionalDependencies: { '@duckdb/node-bindings-linux-x64-musl': '1.5.6' } };
    const musl = { os: ['linux'], cpu: ['x64'], hasInstallScript: false };
    const files = service({
      '@duckdb/node-bindings@1.5.6': { ...variants, hasInstallScript: false },
      '@duckdb/node-bindings-linux-x64-musl@1.5.6': musl,
    });
    await expect(plan(files, 'alpine')).resolves.toBeDefined();
    await expect(plan(service({ '@duckdb/node-bindings@1.3.0': {} }), 'alpine')).rejects.toThrow(
      'glibc only',
    );
  });
});

describe('Prisma', () => {
  const schema = (generator: string) => ({ 'prisma/schema.prisma': `generator client {\n${generator}\n}` });
  const prisma = (version: string, more: Files, manifest: object = {}): Files => ({
    'package.json': JSON.stringify({
      scripts: { start: 'node server.js' },
      dependencies: { '@prisma/client': version },
      devDependencies: { prisma: version },
      ...manifest,
    }),
    'server.js': SERVER,
    ...more,
  });

  test('before 7 it needs OpenSSL on both sides, and is generated where packages are installed', async () => {
    const { app, packages } = await plan(prisma('^6.0.0', schema('provider = "prisma-client-js"')), 'slim');
    expect(words(packages)).toBe('openssl');
    expect(words(app.deps?.packages ?? packages)).toBe('openssl');
    expect(app.deps?.finish?.commands.join(' && ')).toMatch(/^npx prisma generate && npm prune --omit=dev/);
    expect(app.deps?.finish?.mounts).toContain('type=bind,source=prisma,target=prisma');
  });

  test('before 7 its engine cannot find OpenSSL where there is nothing to ask', async () => {
    const files = prisma('^6.0.0', schema('provider = "prisma-client-js"'));
    await expect(plan(files, 'scratch')).rejects.toThrow('engineType = "client"');
    const without = prisma('^6.0.0', schema('provider = "prisma-client-js"\nengineType = "client"'));
    expect(words((await plan(without, 'scratch')).packages)).toBe('');
  });

  test('a script that generates is not doubled', async () => {
    const scripts = { start: 'node dist/a.js', build: 'prisma generate && tsc' };
    const more = {
      ...schema('provider = "prisma-client-js"'),
      'a.ts': SERVER,
      'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}',
    };
    const { app } = await plan(prisma('^6.0.0', more, { scripts }), 'slim');
    expect(app.build?.run.commands).toEqual(['npm run build']);
    expect(app.deps?.finish?.commands[0]).toBe('npx prisma generate');
    const every = { ...scripts, build: 'tsc', postinstall: 'prisma generate' };
    expect((await plan(prisma('^6.0.0', more, { scripts: every }), 'slim')).app.deps?.finish).toBeUndefined();
  });

  test('since 7 it is compiled with the sources, and a variable of its configuration is no secret', async () => {
    const { app, packages, artifacts } = await plan(
      prisma(
        '^7.0.0',
        {
          ...schema('provider = "prisma-client"\noutput = "../src/generated"'),
          'prisma.config.ts': "export default { datasource: { url: env('DATABASE_URL') } }",
          'src/a.ts': SERVER,
          'tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
        },
        { scripts: { start: 'node dist/a.js', build: 'tsc' } },
      ),
      'scratch',
    );
    expect(words(packages)).toBe('');
    expect(app.build?.run.commands).toEqual([
      'export DATABASE_URL=unused',
      'npx prisma generate',
      'npm run build',
    ]);
    expect(app.deps?.finish).toBeUndefined();
    expect(artifacts.map((a) => a.source)).not.toContain('/app/src/generated');
  });
});

describe('a lock file from another system', () => {
  const lacking = service({
    'rollup@4.50.0': {
      hasInstallScript: false,
      optionalDependencies: {
        '@rollup/rollup-darwin-arm64': '4.50.0',
        '@rollup/rollup-linux-x64-gnu': '4.50.0',
        '@rollup/rollup-linux-x64-musl': '4.50.0',
        '@rollup/rollup-linux-arm64-gnu': '4.50.0',
      },
    },
  });

  test.each<readonly [TargetId, string]>([
    ['slim', '@rollup/rollup-linux-x64-gnu@4.50.0'],
    ['alpine', '@rollup/rollup-linux-x64-musl@4.50.0'],
  ])('what %s lacks is installed by name, and said', async (target, name) => {
    const { app, notes } = await plan(lacking, target);
    expect(app.deps?.install.commands).toEqual([
      'npm install --no-save --omit=dev --no-audit --no-fund',
      `npm install --no-save --save-optional --omit=dev --no-audit --no-fund ${name}`,
    ]);
    expect(notes.map((note) => [note.level, note.text]).join()).toMatch(
      /^warning,package-lock.json names only what the machine had that wrote it: it lacks @rollup\/rollup-linux-x64/,
    );
  });

  const only = (variant: string): Files =>
    service({
      'rollup@4.50.0': {
        hasInstallScript: false,
        optionalDependencies: {
          '@rollup/rollup-darwin-arm64': '4.50.0',
          '@rollup/rollup-linux-x64-gnu': '4.50.0',
          '@rollup/rollup-linux-arm64-gnu': '4.50.0',
          '@rollup/rollup-linux-riscv64-gnu': '4.50.0',
        },
      },
      [`@rollup/rollup-linux-${variant}-gnu@4.50.0`]: { os: ['linux'], optional: true },
    });
  const built = (files: Files, build: string): Files => ({
    ...files,
    'package.json': JSON.stringify({
      ...JSON.parse(files['package.json'] ?? ''),
      scripts: { start: 'node dist/a.js', build },
    }),
    'tsconfig.json': '{"compilerOptions":{"outDir":"dist","rootDir":"src"}}',
    'src/a.ts': SERVER,
  });
  const named = (cpu: string, omit = '') =>
    `npm install --no-save --save-optional ${omit}--no-audit --no-fund @rollup/rollup-linux-${cpu}-gnu@4.50.0`;

  test.each<readonly [title: string, Files, readonly Platform[], named: readonly string[], level: string]>([
    ['a machine of the platform that is asked for', only('x64'), ['linux/amd64'], [], ''],
    [
      'the other one, where it is asked for',
      only('x64'),
      ['linux/arm64'],
      [named('arm64', '--omit=dev ')],
      'warning',
    ],
    [
      'one of two platforms',
      only('arm64'),
      ['linux/amd64', 'linux/arm64'],
      [named('x64', '--omit=dev ')],
      'warning',
    ],
    [
      'a builder of another architecture',
      built(only('x64'), 'tsc'),
      ['linux/amd64'],
      [named('arm64')],
      'info',
    ],
  ])('%s', async (_, files, platforms, completed, level) => {
    const { app, notes } = await plan(files, 'slim', platforms);
    const { commands } = app.build?.install ?? app.deps?.install ?? { commands: [] };
    expect(commands.slice(1)).toEqual(completed);
    expect(notes.map((note) => note.level).join()).toBe(level);
  });

  test('a name that npm would take for an option is none', async () => {
    const optionalDependencies = {
      '--registry=http://x/-linux-x64': '1.0.0',
      '@x/y-linux-x64': '1.0.0 && id',
      '$(id)-linux-x64': '1.0.0',
    };
    const { app } = await plan(
      service({ 'y@1.0.0': { hasInstallScript: false, optionalDependencies } }),
      'slim',
    );
    expect(app.deps?.install.commands).toEqual(['npm ci --omit=dev --no-audit --no-fund']);
  });

  test('one of many that was never published is not missed', async () => {
    const names = ['@x/y-linux-x64-gnu', '@x/y-linux-arm64-gnu', '@x/y-linux-x64-musl'];
    const optionalDependencies = Object.fromEntries(names.map((name) => [name, '1.0.0']));
    const { app } = await plan(
      service({
        'y@1.0.0': { hasInstallScript: false, optionalDependencies },
        '@x/y-linux-x64-gnu@1.0.0': { os: ['linux'], optional: true },
        '@x/y-linux-arm64-gnu@1.0.0': { os: ['linux'], optional: true },
      }),
      'alpine',
    );
    expect(app.deps?.install.commands).toEqual(['npm ci --omit=dev --no-audit --no-fund']);
  });

  test('a whole one is installed as it is', async () => {
    const { app, notes } = await plan(service({ 'rollup@4.50.0': { hasInstallScript: false } }), 'slim');
    expect(app.deps?.install.commands).toEqual(['npm ci --omit=dev --no-audit --no-fund']);
    expect(notes).toEqual([]);
  });
});

test.each<readonly [title: string, packages: Readonly<Record<string, object>>, version: string]>([
  [
    'better-sqlite3 before 12.10 aborts when it was compiled for 24',
    { 'better-sqlite3@12.8.0': { engines: { node: '20.x || 22.x || 23.x || 24.x || 25.x' } } },
    '22',
  ],
  ['better-sqlite3 before 12 tells nothing of Node itself', { 'better-sqlite3@11.10.0': {} }, '22'],
  [
    'isolated-vm before 6 for 22, whatever its manifest allows',
    { 'isolated-vm@5.0.4': { engines: { node: '>=18.0.0' } } },
    '22',
  ],
  [
    'tfjs-node calls what Node 23 left out',
    { '@tensorflow/tfjs-node@4.22.0': { engines: { node: '>=8.11.0 || 8' } } },
    '22',
  ],
])('%s, so %j is for Node %s', async (_, packages, version) => {
  const project = await projectOf(service(packages));
  expect(await found('runtimeVersion', project)).toEqual([
    version,
    expect.stringContaining('default, the newest long-term release'),
  ]);
});

test('what packages read when they start is in the image', async () => {
  const { env } = await plan(service({ 'isolated-vm@7.0.1': {} }), 'distroless');
  expect(env).toContainEqual({ name: 'NODE_OPTIONS', value: '--no-node-snapshot' });
});

test.each([
  ['', ['export ONNXRUNTIME_NODE_INSTALL=skip', 'export ONNXRUNTIME_NODE_INSTALL_CUDA=skip']],
  ["session.create({ executionProviders: ['cuda'] });", []],
])('onnxruntime fetches what CUDA needs where the sources say so: %j', async (source, exported) => {
  const { app } = await plan(service({ 'onnxruntime-node@1.30.0': {} }, source), 'slim');
  expect(app.deps?.install.commands.filter((command) => command.startsWith('export'))).toEqual(exported);
});

test.each<readonly [manager: string, name: string, says: string]>([
  ['pnpm@10.18.0', 'ffmpeg-static', 'pnpm does not run the script that makes ffmpeg-static'],
  ['bun@1.3.0', 'ffmpeg-static', ''],
  ['bun@1.3.0', 'skia-canvas', 'Bun does not run the script that makes skia-canvas'],
  ['pnpm@10.18.0', 'bcrypt', ''],
  ['pnpm@10.18.0', 'ssh2', ''],
  ['pnpm@10.18.0', 'ffprobe-static', ''],
])('%s with %s: %s', async (packageManager, name, says) => {
  const manifest = {
    scripts: { start: 'node server.js' },
    dependencies: { [name]: '^6.0.0' },
    packageManager,
  };
  const { notes } = await plan({ 'package.json': JSON.stringify(manifest), 'server.js': SERVER }, 'slim');
  const told = notes.map(({ text }) => text).filter((text) => /does not run/.test(text));
  expect(told.join()).toMatch(says === '' ? /^$/ : says);
});

test.each<readonly [manager: string, allowed: object, more: Files, says: string]>([
  ['pnpm@10.18.0', {}, {}, 'pnpm does not run the script that makes better-sqlite3'],
  ['pnpm@9.15.0', {}, {}, ''],
  ['pnpm@10.18.0', { pnpm: { onlyBuiltDependencies: ['better-sqlite3'] } }, {}, ''],
  ['pnpm@10.18.0', {}, { 'pnpm-workspace.yaml': 'onlyBuiltDependencies: [better-sqlite3]' }, ''],
  ['pnpm@11.0.0', {}, { 'pnpm-workspace.yaml': 'allowBuilds: { better-sqlite3: true }' }, ''],
  ['bun@1.3.0', {}, {}, ''],
])('%s with %j and %j is told what it does not build: %s', async (packageManager, allowed, more, says) => {
  const manifest = {
    scripts: { start: 'node server.js' },
    dependencies: { 'better-sqlite3': '^12.0.0' },
    packageManager,
    ...allowed,
  };
  const files = { 'package.json': JSON.stringify(manifest), 'server.js': SERVER, ...more };
  const { notes } = await plan(files, 'slim');
  const told = notes.map(({ text }) => text).filter((text) => /does not run/.test(text));
  expect(told.join()).toMatch(says === '' ? /^$/ : says);
});

const PNPM_LOCK = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      rollup: { specifier: ^4.50.0, version: 4.50.0 }
packages:
  rollup@4.50.0: {}
snapshots:
  rollup@4.50.0:
    optionalDependencies: { '@rollup/rollup-linux-x64-musl': 4.50.0 }
`;
const YARN_LOCK = `__metadata: { version: 8 }
"rollup@npm:^4.50.0":
  version: 4.50.0
  resolution: "rollup@npm:4.50.0"
  dependencies: { "@rollup/rollup-linux-x64-musl": "npm:4.50.0" }
`;
const MUSL = 'leaves out musl, so what rollup loads there is not installed';

test.each<readonly [packageManager: string, file: string, settings: string, target: TargetId, says: string]>([
  ['pnpm@10.18.0', 'pnpm-workspace.yaml', '{ libc: [glibc] }', 'alpine', MUSL],
  ['pnpm@10.18.0', 'pnpm-workspace.yaml', '{ libc: [glibc] }', 'slim', ''],
  ['pnpm@10.18.0', 'pnpm-workspace.yaml', '{ libc: [glibc, current] }', 'alpine', ''],
  ['pnpm@10.18.0', 'pnpm-workspace.yaml', '{ os: [linux], cpu: [arm64] }', 'slim', 'leaves out x64,'],
  ['yarn@4.9.2', '.yarnrc.yml', '{ os: [darwin], cpu: [arm64] }', 'scratch', 'leaves out linux, x64,'],
  ['yarn@4.9.2', '.yarnrc.yml', '{ os: [current, darwin] }', 'scratch', ''],
  ['yarn@4.9.2', '.yarnrc.yml', '{ os: 1 }', 'scratch', ''],
])('%s with %s for %s on %s: %s%s', async (packageManager, file, settings, target, says) => {
  const manifest = { scripts: { start: 'node server.js' }, dependencies: { rollup: '^4.50.0' } };
  const { notes } = await plan(
    {
      'package.json': JSON.stringify({ ...manifest, packageManager }),
      [file]: `supportedArchitectures: ${settings}`,
      [file.startsWith('pnpm') ? 'pnpm-lock.yaml' : 'yarn.lock']: file.startsWith('pnpm')
        ? PNPM_LOCK
        : YARN_LOCK,
      'server.js': SERVER,
    },
    target,
  );
  const told = notes.map(({ text }) => text).filter((text) => /supportedArchitectures/.test(text));
  expect(told.join()).toMatch(says === '' ? /^$/ : says);
});

test('downloads of browsers that no image needs are left out', async () => {
  const files = service({ 'puppeteer@24.0.0': {} }, "require('puppeteer').connect({})");
  expect((await plan(files, 'slim')).app.deps?.install.commands[0]).toBe(
    'export PUPPETEER_SKIP_DOWNLOAD=true',
  );
});

test.each([
  ['playwright@1.65.1', 'chromium.launch()', 'npx playwright install --only-shell chromium'],
  ['playwright@1.65.1', "chromium.launch({ channel: 'chromium' })", 'npx playwright install chromium'],
  ['playwright@1.40.0', 'chromium.launch()', 'npx playwright install chromium'],
  ['playwright@1.65.1', 'chromium.connect(url)', undefined],
])('%s with %s: %s, where its packages are', async (name, source, fetches) => {
  const { app, env } = await plan(service({ [name]: { hasInstallScript: false } }, source), 'slim');
  expect(app.deps?.install.commands.find((command) => command.includes('playwright install'))).toBe(fetches);
  const browsers = env.find((variable) => variable.name === 'PLAYWRIGHT_BROWSERS_PATH');
  expect(browsers?.value).toBe(fetches === undefined ? undefined : '0');
  // what is fetched is for one platform
  expect(app.deps?.portable).toBe(fetches === undefined);
});

test('text that is drawn where no font can be installed is warned of', async () => {
  const files = service(
    { '@napi-rs/canvas@0.1.80': { hasInstallScript: false } },
    "context.fillText('x', 0, 0)",
  );
  const { notes } = await plan(files, 'scratch');
  expect(notes.map(({ text }) => text)).toEqual(['@napi-rs/canvas draws text, and scratch has no fonts.']);
});

test('a browser that keeps its sandbox is warned of', async () => {
  const files = service({ 'puppeteer@24.0.0': {} }, "require('puppeteer').launch()");
  const { notes, env } = await plan(files, 'alpine');
  expect(notes.map((note) => note.text)).toEqual([
    'puppeteer: its sandbox needs privileges that a container does not have.',
  ]);
  expect(env).toContainEqual({ name: 'PUPPETEER_EXECUTABLE_PATH', value: '/usr/bin/chromium-browser' });
});

describe('the table', () => {
  const rows = Object.entries(NATIVE_PACKAGES).flatMap(([name, list]) =>
    list.map((row) => [name, row] as const),
  );

  test('knows many packages', () => {
    expect(Object.keys(NATIVE_PACKAGES).length).toBeGreaterThanOrEqual(100);
  });

  test.each(rows)('%s says something, in names that the table of packages has', (_, row) => {
    expect(Object.keys(row).length).toBeGreaterThan(0);
    const lists = [TOOLCHAIN, row.compiling, row.linked, row.loads, row.calls, row.gyp];
    for (const libc of ['musl', 'glibc'] as const)
      expect(() =>
        packagesFor(
          lists.flatMap((list) => list ?? []),
          { libc },
          'build',
        ),
      ).not.toThrow();
    if (row.linked !== undefined) expect(row.compiling).toBeDefined();
  });
});

test.each([
  [
    'puppeteer goes on after SIGTERM',
    "require('puppeteer').launch()",
    {
      signal: 'SIGINT',
      because: 'on SIGTERM puppeteer ends its browser alone, and the program would go on',
    },
  ],
  ['who handles it ends the program', "require('puppeteer').launch(); process.on('SIGTERM', end)", undefined],
])('%s', async (_, source, stop) => {
  const project = await projectOf(service({ 'puppeteer@24.0.0': {} }, source));
  const plan = await planned(project, 'slim');
  expect([plan.init, plan.stop]).toEqual([stop !== undefined, stop]);
});
