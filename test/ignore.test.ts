import { describe, expect, test } from 'vitest';
import { type Files, rendered } from './planned.ts';
import { folderOf, run, SERVER } from './run.ts';

/** The .dockerignore that a project with this one of its own gets. */
async function merged(own: string, more: Files = {}): Promise<string> {
  const [, file] = await rendered({ ...SERVER, '.dockerignore': own, ...more }, 'slim');
  return file.text;
}

describe('.dockerignore', () => {
  test('a fresh one keeps secrets, version control, dependencies out', async () => {
    const [, file] = await rendered(SERVER, 'slim');
    for (const pattern of ['**/.env', '**/*.pem', '**/.git', '**/node_modules', '**/Dockerfile*'])
      expect(file.text.split('\n')).toContain(pattern);
  });
  test('an existing one keeps its lines in their order, below what it gains', async () => {
    const own = '# ours\nnode_modules\n!.env.example\nbig/\n';
    const text = await merged(own);
    expect(text).toContain(`\n${own}`);
    expect(text.indexOf('**/node_modules')).toBeLessThan(text.indexOf('# ours'));
    expect(text.indexOf('**/.env.*')).toBeGreaterThan(text.indexOf('!.env.example'));
  });
  test('a pattern that is there, however it is spelt, is not added again', async () => {
    const text = await merged('/.github/\n./coverage\n');
    expect(text.match(/^\.github$/gm)).toBeNull();
    expect(text.match(/^coverage$/gm)).toBeNull();
  });
  test('a second run changes nothing', async () => {
    for (const own of [
      '# ours\nnode_modules\n',
      '*\n!server.js\n',
      '',
      '!.env.example\n!a/.env\n',
      '!ca.pem',
    ]) {
      const once = await merged(own);
      expect(await merged(once)).toBe(once);
    }
  });
  test('one that lets single paths in gains what the Dockerfile needs, and the secrets', async () => {
    const text = await merged('*\n!server.js\n');
    expect(text.startsWith('*\n!server.js\n')).toBe(true);
    const lines = text.split('\n');
    expect(lines).toContain('!package.json');
    expect(lines).toContain('**/.env');
    expect(lines).not.toContain('.git');
  });
  test('a line of its own that keeps out what is started is refused by name', async () => {
    await expect(merged('server.js\n')).rejects.toThrow(
      '.dockerignore keeps "server.js" out of the build (server.js), but the Dockerfile needs it.',
    );
  });
  test('what our own patterns would keep out is let in again', async () => {
    const text = await merged('', {
      'server.js': "require('./secrets/load');\nrequire('http').createServer().listen(3000);",
      'secrets/load.js': '',
    });
    expect(text).toMatch(/^!secrets\/load\.js$/m);
  });
  test('the one that is named for the Dockerfile is the one that counts', async () => {
    const [, file] = await rendered({ ...SERVER, 'Dockerfile.dockerignore': 'x\n' }, 'slim');
    expect(file.path).toBe('Dockerfile.dockerignore');
    expect(file.text).toMatch(/\nx\n/);
  });
});

/** Files that no build may hold, in folders that a project lets in. */
const SECRETS = [
  '.env',
  '.env.production',
  'x.key',
  'x.pem',
  'x.p12',
  'x.jks',
  'id_rsa',
  'id_ed25519',
  'id_ecdsa',
  '.netrc',
  '.git-credentials',
  'a.tfstate',
  'a.tfvars',
  'gcloud-credentials.json',
  '.kube/config',
  '.aws/credentials',
  '.ssh/id',
  '.docker/config.json',
  'secrets/token',
  '.git/config',
];
const PLACES = ['', 'apps/api/', 'views/', 'a/b/c/'];

describe('secrets stay out whatever a .dockerignore lets in', () => {
  const files = Object.fromEntries(
    PLACES.flatMap((place) => [...SECRETS, 'page.html'].map((name) => [place + name, 'x'])),
  );
  test.each([
    '',
    '*\n!views\n',
    '*\n!apps\n!a\n',
    'apps/*\n!apps/api\n',
    '**\n!**\n',
    '!.env.example\n',
    '!**/*\n',
    '!apps/api/.env\n!id_rsa\n!**/*.pem\n!.git\n',
    '.env\n!.env\n',
  ])('%j', async (own) => {
    const text = await merged(own, files);
    for (const path of Object.keys(files).filter((one) => !one.endsWith('.html')))
      expect(`${path} ${builtWith(text, path) ? 'enters' : 'stays out'}`).toBe(`${path} stays out`);
    expect(builtWith(text, 'server.js')).toBe(true);
  });

  test.each(['.env.example', 'ssh/id_rsa.pub', 'certs/ca.pem'])('%s names itself alone', async (path) => {
    const text = await merged(`!${path}\n`, { [path]: 'x' });
    expect(builtWith(text, path)).toBe(true);
    for (const secret of SECRETS) expect(builtWith(text, secret)).toBe(false);
  });

  test('a package that is called secrets is part of the program', async () => {
    const [, file] = await rendered(
      {
        'go.mod': 'module x\n\ngo 1.26\n',
        'main.go': 'package main\n\nimport "x/internal/secrets"\n\nfunc main() { secrets.Load() }\n',
        'internal/secrets/load.go': 'package secrets\n\nfunc Load() {}\n',
        'internal/secrets/token': 'x',
      },
      'slim',
    );
    expect(builtWith(file.text, 'internal/secrets/load.go')).toBe(true);
    expect(builtWith(file.text, 'internal/secrets/token')).toBe(false);
  });

  // moby's walk forgets that a folder was left out twice
  test.each(['*\n!.git/config\n', '**/*\n!apps/api/.git/config\n', 'a\n!a/b/c/secrets/token\n'])(
    'what is in a folder of secrets is named too, behind %j',
    async (own) => {
      const lines = (await merged(own, files)).split('\n');
      for (const folder of ['.git', '.kube', '.aws', '.ssh', 'secrets'])
        expect(lines.lastIndexOf(`**/${folder}/**`)).toBeGreaterThan(
          lines.lastIndexOf(own.split('\n')[1] ?? ''),
        );
    },
  );

  test('a line that lets one in is told', async () => {
    const folder = folderOf({ ...SERVER, '.env': 'A=1\n', '.dockerignore': 'x\n!.env\n' });
    const { stderr } = await run(folder, ['--yes', '--dry-run']);
    expect(stderr).toContain(
      '.dockerignore:2 lets .env into the build, which is named like a secret; it stays out.',
    );
  });
});

/** As BuildKit walks a context: every pattern is one of Go's moby/patternmatcher, the last that matches decides. */
function builtWith(text: string, path: string): boolean {
  let out = false;
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const pattern = line.replace(/^!/, '').replace(/^\/+|\/+$/g, '');
    const source = pattern
      .replace(/[.+^${}()|\\]/g, '\\$&')
      .replace(/\*\*\/?|\*|\?/g, (sign) =>
        sign === '*' ? '[^/]*' : sign === '?' ? '[^/]' : sign === '**/' ? '(.*/)?' : '.*',
      );
    const parts = path.split('/');
    if (parts.some((_, index) => new RegExp(`^${source}$`).test(parts.slice(0, index + 1).join('/'))))
      out = !line.startsWith('!');
  }
  return !out;
}
