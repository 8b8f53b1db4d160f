import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found, planned, settled } from '../../planned.ts';

const SERVER = "require('http').createServer((q, r) => r.end()).listen(process.env.PORT || 3000);";
const KNEX = { knex: '^3.1.0' };

function files(manifest: object, more: Files = {}): Files {
  return { 'package.json': JSON.stringify(manifest), 'server.js': SERVER, ...more };
}
const starting = (start: string, more: Files = {}, rest: object = {}) =>
  files({ scripts: { start }, ...rest }, more);
const START = 'package.json → scripts.start';

describe('a start script is followed to the file that node starts', () => {
  const rows: readonly (readonly [title: string, files: Files, value: string, from?: string])[] = [
    ['node . is what main names', starting('node .', {}, { main: 'server.js' }), 'node server.js'],
    ['node ./ without main is index.js', starting('node ./', { 'index.js': SERVER }), 'node index.js'],
    [
      'cd is the folder that it runs in',
      starting('cd api && node index.js', { 'api/index.js': SERVER }),
      'cd api && node index.js',
    ],
    [
      'a group of commands is read as well',
      starting('(cd apps/web; NODE_ENV=production node ./main.js --fast)', { 'apps/web/main.js': SERVER }),
      'cd apps/web && node main.js --fast',
    ],
    ['a shell is given a script', starting('sh -c "exec node server.js"'), 'node server.js'],
    ['what goes nowhere is nothing', starting('node server.js 2>&1 >/dev/null'), 'node server.js'],
    ['an init is the image’s own', starting('dumb-init -- node server.js'), 'node server.js'],
    [
      'a program of node_modules is called by its path',
      starting('./node_modules/.bin/nodemon server.js'),
      'node server.js',
    ],
    [
      'words behind -- are the program’s',
      files({ scripts: { start: 'npm run serve -- --workers 2', serve: 'node server.js' } }),
      'node server.js --workers 2',
      'package.json → scripts.serve',
    ],
    [
      'Yarn takes words without --',
      files({ scripts: { start: 'yarn serve --workers 2', serve: 'node server.js' } }),
      'node server.js --workers 2',
      'package.json → scripts.serve',
    ],
    [
      'what checks before it starts is done when there is an image',
      files({
        scripts: { prestart: 'npm run lint && rimraf tmp', lint: 'eslint .', start: 'node server.js' },
      }),
      'node server.js',
    ],
    [
      'a runner with one script is that script',
      files({ scripts: { start: 'run-p serve', serve: 'node server.js' } }),
      'node server.js',
      'package.json → scripts.serve',
    ],
    ['it installs before it starts', starting('npm install && node server.js'), 'node server.js'],
    ['nodemon without a file is main', starting('nodemon', {}, { main: 'server.js' }), 'node server.js'],
    [
      'nodemon is told by its own file',
      starting('nodemon', { 'nodemon.json': '{"watch":["src"],"exec":"node server.js --dev"}' }),
      'node server.js --dev',
      'package.json → scripts.start, nodemon.json → exec',
    ],
    [
      'what a runner requires is not what it runs',
      files(
        {
          scripts: {
            build: 'tsc',
            start: 'ts-node -r tsconfig-paths/register --transpile-only ./src/app.ts',
          },
        },
        { 'tsconfig.json': '{"compilerOptions":{"outDir":"out"}}', 'src/app.ts': SERVER },
      ),
      'node out/app.js',
      'package.json → scripts.start, as the build makes it',
    ],
    [
      'forever’s options are its own',
      starting('forever start -m 5 --minUptime 9 server.js a'),
      'node server.js a',
    ],
  ];
  test.each(rows.map((row) => [row[0], row] as const))('%s', async (_, [, project, value, from = START]) => {
    expect(await found('start', await projectOf(project))).toEqual([value, from]);
  });
});

describe('pm2 is not in the image, and its words are not the program’s', () => {
  test.each<readonly [title: string, start: string, value: string]>([
    ['its name and its instances', 'pm2 start server.js --name web -i max --time', 'node server.js'],
    [
      'what stands behind -- is',
      'pm2-runtime start server.js -i 2 -- --port 4100',
      'node server.js --port 4100',
    ],
    [
      'options of node',
      'pm2 start server.js --node-args="--max-old-space-size=512"',
      'node --max-old-space-size=512 server.js',
    ],
    ['it runs npm', 'pm2 start npm --name shop -- run serve', 'node server.js'],
    ['it runs a command', 'pm2 start "npm run serve" --name shop', 'node server.js'],
    ['it stops others first', 'pm2 delete all || true; pm2 start server.js --no-daemon', 'node server.js'],
  ])('%s', async (_, start, value) => {
    const project = files({ scripts: { start, serve: 'node server.js' } });
    expect((await found('start', await projectOf(project)))[0]).toBe(value);
  });

  test('its file says arguments, options of node and variables', async () => {
    const config = `module.exports = { apps: [{ // the shop
      name: 'shop', script: './server.js', args: '--region eu', node_args: ['--enable-source-maps'],
      env: { NODE_ENV: 'production', REGION: "eu", PORT: 4500 },
    }] };`;
    const project = await projectOf(
      starting('pm2-runtime ecosystem.config.cjs', { 'ecosystem.config.cjs': config }),
    );
    const { start, port } = await settled(project);
    expect(start?.value).toMatchObject({
      argv: ['node', '--enable-source-maps', 'server.js', '--region', 'eu'],
      env: { REGION: 'eu', PORT: '4500' },
    });
    expect(port?.value).toBe(4500);
  });
});

describe('a step is never dropped', () => {
  const migrate = { migrate: 'knex migrate:latest', serve: 'node server.js' };
  test.each<readonly [title: string, scripts: object, message: RegExp]>([
    [
      'run-s',
      { start: 'run-s migrate serve', ...migrate },
      /scripts\.migrate runs knex migrate:latest before node server\.js/,
    ],
    ['npm-run-all', { start: 'npm-run-all -s migrate serve', ...migrate }, /knex migrate:latest/],
    [
      'a script that runs both',
      { start: 'npm run migrate && npm run serve', ...migrate },
      /knex migrate:latest/,
    ],
    ['prestart', { prestart: 'npm run migrate', start: 'node server.js', ...migrate }, /knex migrate:latest/],
    [
      'two programs at once',
      { start: 'npm-run-all --parallel a b', a: 'node server.js', b: 'node worker.js' },
      /several programs at once \(a, b\)/,
    ],
    [
      'concurrently',
      { start: 'concurrently -n x,y "npm:a" "node worker.js"', a: 'node server.js' },
      /several programs at once/,
    ],
  ])('%s', async (_, scripts, message) => {
    const project = await projectOf(files({ scripts, dependencies: KNEX }));
    await expect(found('start', project)).rejects.toThrow(message);
  });
});

describe('another project of the repository is named', () => {
  const api = {
    'api/package.json': '{"scripts":{"start":"node index.js"},"dependencies":{"express":"^5.0.0"}}',
    'api/index.js': SERVER,
  };
  test.each([
    'npm start --prefix api',
    'npm --prefix=api run start',
    'yarn --cwd api start',
    'pnpm -C ./api start',
    'cd api && npm start',
    'cd api && node index.js',
  ])('%s', async (start) => {
    await expect(found('start', await projectOf(starting(start, api)))).rejects.toThrow(
      /api.*package\.json of its own: name that folder/,
    );
  });
});

describe('a file of variables that the command names', () => {
  const settings = 'PORT=4200\nREGION=eu\nSESSION_SECRET=x\nDATABASE_URL=postgres://app:pw@db/app\n';
  test.each<readonly [title: string, start: string, path: string]>([
    ['dotenv', 'dotenv -e .env.production -- node server.js', '.env.production'],
    ['dotenvx', 'dotenvx run -f .env.production -- node server.js', '.env.production'],
    ['env-cmd', 'env-cmd -f ./config/live.env node server.js', 'config/live.env'],
    ['node itself', 'node --env-file=.env.production server.js', '.env.production'],
    ['node by two words', 'node --env-file-if-exists live.env server.js', 'live.env'],
  ])('%s', async (_, start, path) => {
    const project = await projectOf(starting(start, { [path]: settings }));
    const plan = await planned(project, 'slim');
    expect(plan.env).toContainEqual({ name: 'REGION', value: 'eu' });
    expect(plan.port).toBe(4200);
    const env = plan.env.map(({ name }) => name);
    expect(env).not.toContain('SESSION_SECRET');
    expect(env).not.toContain('DATABASE_URL');
    expect(plan.notes.map(({ text }) => text).join()).toContain(`${path} → DATABASE_URL`);
  });

  test.each<readonly [title: string, ignore: string, path: string]>([
    ['git ignores it', '.env*\n!.env.example\n', '.env.production'],
    ['it is the developer’s', '', '.env'],
  ])('%s', async (_, ignore, path) => {
    const project = await projectOf(
      starting(`dotenv -e ${path} -- node server.js`, { [path]: settings, '.gitignore': ignore }),
    );
    const plan = await planned(project, 'slim');
    expect(plan.env.map(({ name }) => name)).not.toContain('REGION');
  });
});

test('a framework of functions is a server by itself', async () => {
  const project = await projectOf({
    'package.json': JSON.stringify({
      scripts: { start: 'functions-framework --target=hello' },
      dependencies: { '@google-cloud/functions-framework': '^3.4.0' },
    }),
    'index.js': "exports.hello = (req, res) => res.send('hi');",
  });
  const plan = await planned(project, 'slim');
  expect(plan.start.command.at(-1)).toBe('--target=hello');
  expect(plan.port).toBe(8080);
});

describe('what is made for somewhere else is called by its name', () => {
  test.each<readonly [title: string, files: Files, message: RegExp]>([
    [
      'Deno',
      { 'deno.json': '{}', 'main.ts': 'Deno.serve(() => new Response())' },
      /a Deno project \(deno\.json\)/,
    ],
    [
      'Deno as a task',
      starting('deno run -A main.ts', { 'main.ts': '' }),
      /runs deno: this is a Deno project/,
    ],
    [
      'a Worker',
      {
        'package.json': '{"main":"src/index.js","devDependencies":{"wrangler":"^4.0.0"}}',
        'src/index.js': 'export default { fetch: () => new Response() };',
        'wrangler.toml': 'name = "x"\nmain = "src/index.js"\n',
      },
      /a Cloudflare Worker \(wrangler\.toml\)/,
    ],
    ['a Worker’s development server', starting('wrangler dev'), /runs wrangler: this is a Cloudflare Worker/],
    ['Meteor', starting('meteor run', { '.meteor/release': 'METEOR@3.0' }), /a Meteor app/],
    [
      'Lambda functions',
      {
        'package.json': '{"main":"index.js"}',
        'index.js': 'exports.handler = async () => ({});',
        'template.yaml': 'Transform: AWS::Serverless-2016-10-31',
      },
      /a set of Lambda functions \(template\.yaml\)/,
    ],
    [
      'Azure Functions',
      files({ main: 'server.js', dependencies: { '@azure/functions': '^4.0.0' } }, { 'server.js': '' }),
      /a set of Azure Functions/,
    ],
  ])('%s', async (_, project, message) => {
    await expect(found('start', await projectOf(project))).rejects.toThrow(message);
  });
});

describe('--start takes what a person would type', () => {
  const project = files({ main: 'server.js', scripts: { go: 'node server.js', dev: 'wrangler dev' } });
  test.each<readonly [typed: string, argv: readonly string[]]>([
    ['npm run go', ['node', 'server.js']],
    ['node .', ['node', 'server.js']],
    ['server.js --x', ['node', 'server.js', '--x']],
    ['pm2 start server.js --name a', ['node', 'server.js']],
  ])('%s', async (start, argv) => {
    const { start: settled_ } = await settled(await projectOf(project), { start });
    expect(settled_?.value).toMatchObject({ argv });
  });

  test.each<readonly [typed: string, message: RegExp]>([
    ['npm run dev', /runs wrangler/],
    ['node a.js && node b.js', /step of its own/],
    ['./run.sh', /no file that node can start/],
    ['node server.js | pino-pretty', /needs a shell/],
  ])('%s is refused', async (start, message) => {
    await expect(settled(await projectOf(project), { start })).rejects.toThrow(message);
  });
});
