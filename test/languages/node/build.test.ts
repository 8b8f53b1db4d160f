import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found, planned, rendered } from '../../planned.ts';

const SERVER =
  "const e = require('express'); const app = e(); app.use(e.static('public')); app.listen(process.env.PORT || 5000);";

function files(manifest: object, more: Files = {}): Files {
  return {
    'package.json': JSON.stringify({ dependencies: { express: '^5.0.0' }, ...manifest }),
    'server.js': SERVER,
    'public/index.html': '',
    ...more,
  };
}
const start = 'node server.js';
const CLIENT = {
  'client/package.json': '{"scripts":{"build":"vite build"},"devDependencies":{"vite":"^7.0.0"}}',
  'client/index.html': '',
};

describe('the build is the script that a platform would run', () => {
  const rows: readonly (readonly [title: string, scripts: object, value: string, more?: Files])[] = [
    [
      'Heroku builds after it installed',
      { start, 'heroku-postbuild': 'npm run css', css: 'sass styles:public/css' },
      'heroku-postbuild',
    ],
    ['Google’s buildpacks', { start, 'gcp-build': 'esbuild web.js --outdir=public/js' }, 'gcp-build'],
    [
      'what Heroku runs beside the build is more than the build',
      {
        start,
        build: 'sass styles:public/css',
        'heroku-postbuild': 'npm run build && esbuild web.js --outdir=public/js',
      },
      'heroku-postbuild',
    ],
    [
      'what Heroku runs in place of another build is not',
      { start, build: 'sass styles:public/css', 'heroku-postbuild': 'echo none' },
      'build',
    ],
    [
      'what npm runs once it installed',
      { start, postinstall: 'lessc styles/a.less public/a.css' },
      'postinstall',
    ],
    [
      'a project in a folder below',
      { start, build: 'npm install --prefix client && npm run build --prefix client' },
      'build',
      CLIENT,
    ],
    ['a folder that it enters', { start, build: 'cd client && npm ci && npm run build' }, 'build', CLIENT],
  ];
  test.each(rows.map((row) => [row[0], row] as const))('%s', async (_, [, scripts, value, more]) => {
    expect((await found('build', await projectOf(files({ scripts }, more))))[0]).toBe(value);
  });
});

test('what a folder below builds is in the image', async () => {
  const scripts = { start, build: 'npm install --prefix client && npm run build --prefix client' };
  const plan = await planned(await projectOf(files({ scripts }, CLIENT)), 'slim');
  expect(plan.artifacts).toContainEqual({
    stage: 'build',
    source: '/app/client/dist',
    destination: './client/dist',
  });
});

test('the build of a platform runs where its packages for development are', async () => {
  const scripts = { start, 'heroku-postbuild': 'sass styles:public/css' };
  const [{ text }] = await rendered(files({ scripts, devDependencies: { sass: '^1.80.0' } }), 'slim');
  expect(text).toContain('RUN npm run heroku-postbuild');
  expect(text).toMatch(/^COPY --link --from=build \/app\/public\/css \.\/public\/css$/m);
});

describe('where a bundler writes is read of its configuration', () => {
  const page = (config: string, server = SERVER) =>
    files(
      { scripts: { start, build: 'webpack' }, devDependencies: { webpack: '^5.0.0' } },
      { 'webpack.config.js': config, 'server.js': server },
    );
  const made = async (project: Files) =>
    (await planned(await projectOf(project), 'slim')).artifacts.flatMap(({ stage, source }) =>
      stage === 'build' ? [source] : [],
    );
  test.each<readonly [title: string, config: string, folder: string]>([
    [
      'by its address',
      "export default { output: { path: fileURLToPath(new URL('www', import.meta.url)) } }",
      'www',
    ],
    [
      'by path.resolve',
      "module.exports = { output: { path: path.resolve(__dirname, 'public', 'js') } }",
      'public/js',
    ],
    [
      'by path.join',
      "module.exports = (env) => ({ output: { path: path.join(__dirname, 'assets') } })",
      'assets',
    ],
    ['by its default', "module.exports = { entry: './web.js' }", 'dist'],
  ])('%s', async (_, config, folder) => {
    expect(await made(page(config))).toContain(`/app/${folder}`);
  });

  test('a file that the program opens and a plugin writes', async () => {
    const config = "module.exports = { plugins: [new Assets({ filename: 'assets.json' })] }";
    const server = `const list = require('fs').readFileSync(__dirname + '/assets.json');\n${SERVER}`;
    expect(await made(page(config, server))).toContain('/app/assets.json');
    expect(await made(page('module.exports = {}', server))).not.toContain('/app/assets.json');
  });
});

describe('an environment that is checked while it builds', () => {
  const next = (env: string) => ({
    'package.json': JSON.stringify({
      scripts: { build: 'next build', start: 'next start' },
      dependencies: { next: '^16.0.0', '@t3-oss/env-nextjs': '^0.13.0' },
    }),
    'next.config.js': "import './src/env.js';\nexport default {};",
    'src/env.js': env,
  });
  const CHECK = 'export const env = createEnv({ server: { DATABASE_URL: z.string() }';
  test('is left out by its own variable', async () => {
    const project = next(`${CHECK}, skipValidation: !!process.env.SKIP_ENV_VALIDATION });`);
    const [{ text }] = await rendered(project, 'slim');
    expect(text).toContain('SKIP_ENV_VALIDATION=1');
  });
  test.each([`${CHECK} });`, 'export const env = schema.parse(process.env);'])('is told: %s', async (env) => {
    const { notes } = await planned(await projectOf(next(env)), 'slim');
    expect(notes.map(({ text }) => text).join()).toContain(
      'src/env.js:1 checks variables of the environment',
    );
  });
  test('one that is checked when it is asked is none', async () => {
    const { notes } = await planned(
      await projectOf(next('export const read = () => schema.parse(process.env);')),
      'slim',
    );
    expect(notes.map(({ text }) => text).join()).not.toContain('checks variables');
  });
});
