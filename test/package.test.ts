import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { folderOf, SERVER } from './run.ts';

const ROOT = new URL('../', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

describe('the published package', () => {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  const paths: readonly string[] = packed.files.map((file: { path: string }) => file.path);

  test('has no dependency and no install script', () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(Object.keys(manifest.scripts).filter((name) => /install|^prepare$/.test(name))).toEqual([]);
  });
  test('holds what is needed and nothing else', () => {
    expect(paths.filter((path) => !/^(dist|schema|templates)\//.test(path)).sort()).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'].filter((p) => paths.includes(p)),
    );
    for (const needed of [
      'dist/bin.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/THIRD-PARTY.txt',
      'schema/output.schema.json',
      'templates/node/server.hbs',
      'templates/node/starter/server.js',
      'LICENSE',
      'README.md',
    ])
      expect(paths).toContain(needed);
    // it grows with the tables of each language and with the commands, each in files that few runs load
    expect(packed.size).toBeLessThan(850_000);
  });
  test('has its types in one file', () => {
    expect(paths.filter((path) => path.endsWith('.d.ts'))).toEqual(['dist/index.d.ts']);
  });
  test('says where its sources and its issues are', () => {
    expect(manifest.repository.url).toMatch(/^git\+https:\/\/.+\.git$/);
    expect(manifest.bugs).toMatch(/^https:/);
    expect(manifest.homepage).toMatch(/^https:/);
  });
  test('imports nothing but what Node has', () => {
    for (const path of paths.filter((p) => /^dist\/.*\.js$/.test(p))) {
      const text = readFileSync(join(ROOT, path), 'utf8');
      for (const [, name = ''] of text.matchAll(/(?<![\w$.])require\(["']([^"']+)["']\)/g))
        expect(isBuiltin(name) || /^\.\.?\//.test(name), `${path}: ${name}`).toBe(true);
    }
  });
});

/**
 * All that is loaded has to be compiled first, which is most of what a run costs. What only some projects need goes into
 * `LATE` of scripts/build.js, or is imported when it is needed.
 */
test.each([
  ['a plain run', ['--yes', '--stdout'], 462_000],
  ['help', ['--help'], 60_000],
] as const)('%s loads no more than it needs', (_, words, budget) => {
  const hook = `process.on('exit', () => {
    const files = Object.keys(require.cache).filter((file) => file.startsWith(${JSON.stringify(join(ROOT, 'dist'))}));
    require('node:fs').writeFileSync('loaded.json', JSON.stringify(files));
  });`;
  const folder = folderOf({ ...SERVER, 'hook.cjs': hook });
  const args = ['--require', join(folder, 'hook.cjs'), join(ROOT, 'dist/bin.js'), ...words];
  expect(spawnSync(process.execPath, args, { cwd: folder }).status).toBe(0);
  const files: readonly string[] = JSON.parse(readFileSync(join(folder, 'loaded.json'), 'utf8'));
  expect(files.filter((file) => /\/(late-|yargs)/.test(file))).toEqual([]);
  const size = files.reduce((sum, file) => sum + readFileSync(file).length, 0);
  expect(size, files.join('\n')).toBeLessThan(budget);
  // a file that is split costs too
  expect(files.length).toBeLessThan(16);
});

/** What a build leaves out of packages that ask for it: scripts/build.js says why. */
const LEFT_OUT = [
  '@inquirer/external-editor',
  'chardet',
  'get-east-asian-width',
  'iconv-lite',
  'safer-buffer',
];

test('the licence of every package that is inside ships as its text', async () => {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['src/bin.ts', 'src/index.ts', 'src/engine/mechanism.ts', 'yargs'],
    outdir: 'nowhere',
    bundle: true,
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const inside = new Set(
    Object.keys(metafile.inputs).flatMap(
      (path) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [],
    ),
  );
  const [, ...parts] = readFileSync(join(ROOT, 'dist/THIRD-PARTY.txt'), 'utf8').split(
    /(?:^The files .*|\n\n-{80})\n\n/,
  );
  const texts = new Map(
    parts.map((part) => [/^\S+/.exec(part)?.[0] ?? '', part.slice(part.indexOf('\n')).trim()]),
  );
  expect([...texts.keys()].sort()).toEqual([...inside].filter((name) => !LEFT_OUT.includes(name)).sort());
  expect([...texts].filter(([, text]) => !/copyright/i.test(text) || text.length < 400)).toEqual([]);
}, 60_000);

test('the API detects, plans and renders, and its types hold', () => {
  const folder = folderOf({
    ...SERVER,
    'use.mts': `import { detect, plan, render, UserError, type Plan } from 'create-dockerfile';
const facts = await detect('.', { settings: { port: '9000' } });
const planned: Plan = await plan('.', facts, { target: 'alpine' });
const [dockerfile] = await render('.', planned);
console.log(facts.settings.port?.value, dockerfile?.path, planned.user);
await detect('nowhere').catch((error: unknown) => console.log(error instanceof UserError));
`,
  });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'create-dockerfile'));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "strict": true, "outDir": "out", "types": [] }, "files": ["use.mts"] }',
  );
  const compiled = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), [], { cwd: folder, encoding: 'utf8' });
  expect(compiled.stdout).toBe('');
  const ran = spawnSync(process.execPath, ['out/use.mjs'], { cwd: folder, encoding: 'utf8' });
  expect(ran.stderr).toBe('');
  expect(ran.stdout).toBe('9000 Dockerfile 1000:1000\ntrue\n');
}, 60_000);

/** Whoever changes this file changes what others have written against: read the difference, then `npm run goldens`. */
test('the public API is the one that was agreed on', () => {
  const golden = join(ROOT, 'test/api.golden');
  const types = readFileSync(join(ROOT, 'dist/index.d.ts'), 'utf8');
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(golden, types);
  else expect(types).toBe(readFileSync(golden, 'utf8'));
});
