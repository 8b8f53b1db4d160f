import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { expect, test } from 'vitest';
import { partialName } from '../src/output/template-options.ts';
import type { Naive } from '../src/plan/naive.ts';
import type { Plan } from '../src/plan/plan.ts';
import { TARGET_IDS } from '../src/plan/targets.ts';
import { openProject } from '../src/project/project.ts';
import { withStandard } from '../src/standard/apply.ts';
import { wordsOf } from '../src/standard/vocabulary.ts';
import { givenBy, planned } from './planned.ts';
import { WHOLE } from './standard/whole.ts';

const FOLDER = new URL('../templates/', import.meta.url).pathname;
const CASES = new URL('./cases/', import.meta.url).pathname;
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.hbs'),
);

/** Every word that a plan of some case has: `app.deps.install`, with `[]` for what a list holds. */
async function vocabulary(): Promise<ReadonlySet<string>> {
  const plans: Plan[] = [];
  for (const id of readdirSync(CASES)) {
    const {
      app,
      flags,
      refused = [],
      stages,
    } = JSON.parse(readFileSync(join(CASES, id, 'case.json'), 'utf8'));
    const project = await openProject(join(CASES, id, 'app'), app);
    for (const target of TARGET_IDS)
      if (!refused.includes(target)) {
        const plan = await planned(project, target, givenBy(flags), undefined, stages?.of);
        plans.push(plan);
        // what a standard adds is a word too, and no case has one
        if (plan.shape !== 'static') plans.push(withStandard(plan, WHOLE));
      }
  }
  const words = wordsOf(plans);
  // what builds a front end has the words of whoever builds nothing else
  const fronts = [...words].filter((word) => /^app\.(?:tool|build)\b/.test(word));
  return new Set([...words, ...fronts.map((word) => `app.fronts[].${word}`)]);
}

type Node = hbs.AST.Node & Record<string, unknown>;

/** The paths that a template reads, each from where it stands, and the partials that it calls with their own words. */
function check(
  name: string,
  scope: string,
  words: ReadonlySet<string>,
  own: Readonly<Record<string, string>>,
): void {
  const source = readFileSync(join(FOLDER, `${name}.hbs`), 'utf8');
  const known = (path: string, at: string) =>
    expect(words.has(path), `${name}.hbs: ${path} (${at})`).toBe(true);
  const locate = (node: Node, inner: string): string => {
    const text = String(node.original);
    if (text.startsWith('@root.')) return text.slice('@root.'.length);
    if (text.startsWith('@')) return '';
    if (text === 'this') return inner;
    const [first = '', ...rest] = text.split('.');
    const path = first in own ? [own[first], ...rest].join('.') : inner === '' ? text : `${inner}.${text}`;
    known(path, text);
    return path;
  };
  const walk = (node: Node, inner: string): void => {
    switch (node.type) {
      case 'Program':
        for (const one of node.body as Node[]) walk(one, inner);
        return;
      case 'MustacheStatement': {
        const params = node.params as Node[];
        for (const one of params.length > 0 ? params : [node.path as Node]) locate(one, inner);
        return;
      }
      case 'BlockStatement': {
        const [subject] = node.params as Node[];
        const path = subject === undefined ? '' : locate(subject, inner);
        const each = (node.path as Node).original === 'each';
        walk(node.program as Node, each ? `${path}[]` : inner);
        if (node.inverse) walk(node.inverse as Node, inner);
        return;
      }
      case 'PartialStatement': {
        const pairs = ((node.hash as Node | undefined)?.pairs ?? []) as { key: string; value: Node }[];
        const given = Object.fromEntries(pairs.map(({ key, value }) => [key, locate(value, inner)]));
        check(fileOf(String((node.name as Node).original)), inner, words, { ...own, ...given });
        return;
      }
      case 'ContentStatement':
      case 'CommentStatement':
        return;
      default:
        throw new Error(`${name}.hbs: a ${node.type} has no place in a template`);
    }
  };
  walk(Handlebars.parse(source) as unknown as Node, scope);
}

/** The template of a partial: `node/build` → `node/partials/build`. */
function fileOf(partial: string): string {
  return partial.includes('/') ? partial.replace('/', '/partials/') : `partials/${partial}`;
}

/** What is compared with has words of its own. */
const NAIVE = 'naive/single-stage.hbs';
const NAIVE_WORDS: Readonly<Record<keyof Naive, readonly string[]>> = {
  ...{ image: [], packages: [], folder: [], manifests: [], install: [], build: [], startsIn: [], port: [] },
  ...{ start: [], env: ['env[]', 'env[].name', 'env[].value'] },
};

test('every word of a template is a word of a plan', async () => {
  const words = await vocabulary();
  for (const file of files.filter((f) => partialName(f.replace(/\.hbs$/, '')) === undefined && f !== NAIVE))
    check(file.replace(/\.hbs$/, ''), '', words, {});
  const naive = Object.entries(NAIVE_WORDS).flatMap(([word, inner]) => [word, ...inner]);
  check(NAIVE.replace(/\.hbs$/, ''), '', new Set(naive), {});
}, 60_000);

test('a misspelt word is noticed', async () => {
  expect(() =>
    check(
      'node/server',
      '',
      new Set([
        ...['images.build', 'standard', 'standard.trust', 'standard.trust.lines'],
        ...['stages', 'stages.choices'],
      ]),
      {},
    ),
  ).toThrow('node/server.hbs: app.deps');
});

test.each(files)('%s has under 70 lines, LF, and no name of a tool in a condition', (file) => {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  expect(text.split('\n').length).toBeLessThan(70);
  expect(text).not.toMatch(/\r|\t/);
  for (const [, condition = ''] of text.matchAll(/\{\{#(?:if|unless) ([^}]*)\}\}/g))
    expect(condition).not.toMatch(/npm|yarn|bun|express|nest|alpine|slim|distroless|scratch/i);
});

test('every partial is used', () => {
  const all = files.map((file) => readFileSync(join(FOLDER, file), 'utf8')).join('\n');
  for (const partial of files.flatMap((file) => partialName(file.replace(/\.hbs$/, '')) ?? []))
    expect(all).toMatch(new RegExp(`\\{\\{> ${partial}[ }]`));
});
