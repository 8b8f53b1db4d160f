import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CATALOG, type Release } from '../src/catalog/catalog.ts';
import { TARGET_IDS } from '../src/plan/targets.ts';
import { perform } from '../src/request/yargs.ts';
import { folderOf, run, terminalOf } from './run.ts';

const ROOT = new URL('../', import.meta.url).pathname;
const UPDATE = process.env.UPDATE_GOLDENS === '1';
const EXAMPLE = 'node-npm-express-ts';

/** What each version has on each target: the architectures, or nothing. */
function matrix(): string {
  const rows = (name: string, releases: readonly Release[]) =>
    releases.map((release) => {
      const cells = TARGET_IDS.map((id) => {
        const row = release.images[id];
        return 'none' in row ? '–' : row.platforms.map((p) => p.replace('linux/', '')).join(', ');
      });
      const ended = release.endOfLife < CATALOG.checked ? ' (end of life)' : '';
      return `| ${name} ${release.version}${ended} | ${cells.join(' | ')} |`;
    });
  return [
    `| | ${TARGET_IDS.join(' | ')} |`,
    `|---|${TARGET_IDS.map(() => '---|').join('')}`,
    ...rows('Node.js', CATALOG.node),
    ...rows('Bun', CATALOG.bun),
    ...rows('Go', CATALOG.go),
    ...rows('C and C++, Debian', CATALOG.c),
    `| Sites, as files | ${TARGET_IDS.map((id) => CATALOG.fileServers[id].platforms.map((p) => p.replace('linux/', '')).join(', ')).join(' | ')} |`,
  ].join('\n');
}

/** A run on a case, as its owner sees it. */
function example(): string {
  const folder = join(folderOf({}), 'shop');
  cpSync(join(ROOT, 'test/cases', EXAMPLE, 'app'), folder, { recursive: true });
  const { stderr } = run(folder, ['--yes', '--platform', 'linux/amd64']);
  return `$ npx create-dockerfile --yes --platform linux/amd64\n${stderr.trim()}`;
}

const fenced = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;

/** Help as it is piped: 80 columns wide. */
async function help(): Promise<string> {
  const shown = terminalOf('/');
  await perform(['--help'], shown.terminal);
  return shown.stdout().trim();
}

const PARTS: Readonly<Record<string, () => string | Promise<string>>> = {
  run: () => fenced('text', example()),
  dockerfile: () =>
    fenced('dockerfile', readFileSync(join(ROOT, 'test/cases', EXAMPLE, 'slim.Dockerfile'), 'utf8').trim()),
  matrix,
  help: async () => fenced('text', await help()),
};

test.each(Object.entries(PARTS))('the README’s %s is current', async (name, make) => {
  const path = join(ROOT, 'README.md');
  const text = readFileSync(path, 'utf8');
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end);
  expect(to).toBeGreaterThan(from - 1);
  const now = `${await make()}\n`;
  if (UPDATE) writeFileSync(path, text.slice(0, from) + now + text.slice(to));
  else expect(text.slice(from, to)).toBe(now);
});
