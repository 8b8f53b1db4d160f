import { describe, expect, test } from 'vitest';
import { type Files, rendered } from './planned.ts';
import { SERVER } from './run.ts';

/** The .dockerignore that a project with this one of its own gets. */
async function merged(own: string, more: Files = {}): Promise<string> {
  const [, file] = await rendered({ ...SERVER, '.dockerignore': own, ...more }, 'slim');
  return file.text;
}

describe('.dockerignore', () => {
  test('a fresh one keeps secrets, version control, dependencies out', async () => {
    const [, file] = await rendered(SERVER, 'slim');
    for (const pattern of ['**/.env', '**/*.pem', '.git', '**/node_modules', '**/Dockerfile*'])
      expect(file.text.split('\n')).toContain(pattern);
  });
  test('an existing one keeps its lines in their order, below what it gains', async () => {
    const own = '# ours\nnode_modules\n!.env.example\nbig/\n';
    const text = await merged(own);
    expect(text.endsWith(own)).toBe(true);
    expect(text.indexOf('**/.env.*')).toBeLessThan(text.indexOf('!.env.example'));
  });
  test('a pattern that is there, however it is spelt, is not added again', async () => {
    const text = await merged('/.git/\n./coverage\n');
    expect(text.match(/^\.git$/gm)).toBeNull();
    expect(text.match(/^coverage$/gm)).toBeNull();
  });
  test('a second run changes nothing', async () => {
    for (const own of ['# ours\nnode_modules\n', '*\n!server.js\n', '']) {
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
    expect(file.text).toMatch(/\nx\n$/);
  });
});
