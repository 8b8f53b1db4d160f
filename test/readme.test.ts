import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { CATALOG, type Release } from '../src/catalog/catalog.ts';
import { LANGUAGES } from '../src/languages/index.ts';
import { TARGET_IDS } from '../src/plan/targets.ts';
import { FLAGS } from '../src/request/flags.ts';
import { perform } from '../src/request/yargs.ts';
import { terminalOf } from './run.ts';

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

/** Help as it is piped: 80 columns wide. */
async function help(): Promise<string> {
  const shown = terminalOf('/');
  await perform(['--help'], shown.terminal);
  return shown.stdout().trim();
}

const fenced = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;
const dockerfile = () => readFileSync(join(ROOT, 'test/cases', EXAMPLE, 'slim.Dockerfile'), 'utf8').trim();

/** What stands between `<!-- part -->` and `<!-- /part -->`, by page. */
const PARTS: readonly (readonly [page: string, part: string, make: () => string | Promise<string>])[] = [
  ['docs/flags.md', 'help', async () => fenced('text', await help())],
  ['docs/platforms.md', 'matrix', matrix],
  ['docs/node.md', 'dockerfile', () => fenced('dockerfile', dockerfile())],
];

test.each(PARTS)('%s: %s is current', async (page, part, make) => {
  const path = join(ROOT, page);
  const text = readFileSync(path, 'utf8');
  const [begin, end] = [`<!-- ${part} -->\n`, `<!-- /${part} -->`];
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end);
  expect(to).toBeGreaterThan(from - 1);
  const now = `${await make()}\n`;
  if (UPDATE) writeFileSync(path, text.slice(0, from) + now + text.slice(to));
  else expect(text.slice(from, to)).toBe(now);
});

test('the picture shows what a run says today', () => {
  const path = join(ROOT, 'docs/run.svg');
  const { stdout } = spawnSync(process.execPath, [join(ROOT, 'scripts/picture.js')], { encoding: 'utf8' });
  if (UPDATE) writeFileSync(path, stdout);
  else expect(readFileSync(path, 'utf8')).toBe(stdout);
});

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));

test.each(LANGUAGES.map(({ id, name }) => [name, id]))('%s has a row in the README and a page', (_, id) => {
  expect(readme).toContain(`](docs/${id}.md) |`);
  expect(pages).toContain(`${id}.md`);
});

test.each([['README.md'], ['CONTRIBUTING.md'], ...pages.map((name) => [`docs/${name}`])])(
  'every link in %s leads somewhere',
  (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    for (const [, to = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      expect(existsSync(join(ROOT, dirname(page), to)), to).toBe(true);
  },
);

test('every flag in the README is one', () => {
  const known = new Set(Object.keys(FLAGS));
  const typed = [...readme.matchAll(/(?:create-dockerfile|dockerfile --)[^`\n]*/g)].flatMap(([line]) =>
    [...line.matchAll(/ --([a-z-]+)/g)].map(([, name]) => name ?? ''),
  );
  const named = [...readme.matchAll(/`(?:-\w, )?--([a-z-]+)/g)].map(([, name]) => name ?? '');
  const foreign = ['yes'];
  expect([...typed, ...named].filter((name) => !known.has(name) && !foreign.includes(name))).toEqual([]);
});
