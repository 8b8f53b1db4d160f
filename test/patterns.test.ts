import { readdirSync, readFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { attacksOn, textOf } from './bounds/patterns.ts';

const SRC = new URL('../src/', import.meta.url).pathname;
const LENGTH = 10_000;
/** Seconds of a processor: what grows with the square of the text takes some 70 ms. */
const MOST = 0.05;

/** Every literal of the code that reads a project, by where it stands. */
function patterns(): ReadonlyMap<string, RegExp> {
  const found = new Map<string, RegExp>();
  for (const file of readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || file.startsWith('engine/')) continue;
    const source = ts.createSourceFile(file, readFileSync(SRC + file, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      const [, body, flags] = ts.isRegularExpressionLiteral(node)
        ? (/^\/([\s\S]*)\/(\w*)$/.exec(node.text) ?? [])
        : [];
      if (body !== undefined) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        found.set(`${file}:${line + 1} /${body}/${flags}`, new RegExp(body, flags));
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function seconds(pattern: RegExp, text: string): number {
  const before = cpuUsage();
  if (pattern.global) text.match(pattern);
  else pattern.test(text);
  const { user, system } = cpuUsage(before);
  return (user + system) / 1e6;
}

function isSlow(pattern: RegExp, length = LENGTH): boolean {
  return attacksOn(pattern).some((attack) => {
    const text = textOf(attack, length);
    return [0, 1, 2].every(() => seconds(pattern, text) > MOST);
  });
}

test('no pattern takes longer than its text is long', () => {
  const all = [...patterns()];
  expect(all.filter(([, pattern]) => isSlow(pattern)).map(([place]) => place)).toEqual([]);
}, 900_000);

test('the search finds what is known to be slow', () => {
  for (const slow of [/\s+$/, /^\s*x/m, /\$\{([^}]*)\}/g])
    expect(isSlow(slow, 4 * LENGTH), String(slow)).toBe(true);
}, 900_000);
