import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = new URL('../', import.meta.url).pathname;
const SRC = `${ROOT}src/`;
const LIMIT = 60;

/** Every function with more lines than the limit, as `file name`: those inside of it count as lines of it. */
function longOnes(): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const file of readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const source = ts.createSourceFile(file, readFileSync(SRC + file, 'utf8'), ts.ScriptTarget.Latest, true);
    const line = (at: number) => source.getLineAndCharacterOfPosition(at).line;
    const visit = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
        const lines = line(node.getEnd()) - line(node.getStart()) + 1;
        if (lines > LIMIT) found[`${file} ${nameOf(node)}`] = lines;
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function nameOf(node: ts.Node): string {
  const named = node as { name?: ts.Node };
  if (named.name !== undefined) return named.name.getText();
  return ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent)
    ? node.parent.name.getText()
    : 'without a name';
}

/** By file, how many functions Biome finds too complex. */
function complexOnes(): Readonly<Record<string, number>> {
  const rule = '--only=complexity/noExcessiveCognitiveComplexity';
  const { stdout } = spawnSync(
    `${ROOT}node_modules/.bin/biome`,
    ['lint', rule, '--reporter=json', '--max-diagnostics=none', 'src'],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 },
  );
  const found: Record<string, number> = {};
  for (const { location } of JSON.parse(stdout).diagnostics) {
    const path = typeof location.path === 'string' ? location.path : location.path.file;
    const file = path.replace(/^.*?src\//, '');
    found[file] = (found[file] ?? 0) + 1;
  }
  return found;
}

/**
 * What is still too long or too complex, in lists that only shrink. A table of sentences, or an object of many small
 * functions, may be as long as it is, and stays. `UPDATE_GOLDENS=1` takes out what is no longer true, and adds nothing.
 */
test.each<[what: string, list: string, now: () => Readonly<Record<string, number>>, limit: number]>([
  [`longer than ${LIMIT} lines`, 'long-functions.json', longOnes, LIMIT],
  ['more complex than 20', 'complex-functions.json', complexOnes, 0],
])(
  'no function is %s, but for those that were',
  (_, list, now, limit) => {
    const path = `${ROOT}test/${list}`;
    const known: Record<string, number> = JSON.parse(readFileSync(path, 'utf8'));
    const found = now();
    if (process.env.UPDATE_GOLDENS === '1') {
      const left = Object.entries(found).filter(([name]) => name in known);
      writeFileSync(path, `${JSON.stringify(Object.fromEntries(left.sort()), undefined, 2)}\n`);
      return;
    }
    for (const [name, value] of Object.entries(found))
      expect(value, `${name}: ${value}`).toBeLessThanOrEqual(known[name] ?? limit);
    for (const name of Object.keys(known))
      if (existsSync(SRC + name.split(' ')[0]))
        expect(found, `${name} is no longer in ${list}: take it out`).toHaveProperty([name]);
  },
  60_000,
);
