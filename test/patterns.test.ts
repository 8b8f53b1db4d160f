import { readdirSync, readFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { verbatim } from '../src/project/data.ts';
import { attacksOn, textOf } from './bounds/patterns.ts';

const SRC = new URL('../src/', import.meta.url).pathname;
const LENGTH = 10_000;
/** Seconds of a processor: what grows with the square of the text takes some 70 ms. */
const MOST = 0.05;

/** Every literal of the code that reads a project, by where it stands. */
function patterns(): ReadonlyMap<string, RegExp> {
  const found = new Map<string, RegExp>();
  for (const file of readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const source = ts.createSourceFile(file, readFileSync(SRC + file, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      const [, body, flags] = ts.isRegularExpressionLiteral(node)
        ? (/^\/([\s\S]*)\/(\w*)$/.exec(node.text) ?? [])
        : [];
      if (body !== undefined) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        found.set(`${file}:${line + 1} /${body}/${flags}`, new RegExp(body, flags));
      }
      const made = madeAt(node);
      if (made !== undefined) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        for (const one of made.parts.filter((part) => !isVerbatim(part)))
          unproven.add(`${file}: ${one.replace(/\s+/g, ' ')}`);
        const body = made.texts.map((text, at) => text + standingFor(made.parts[at])).join('');
        found.set(`${file}:${line + 1} ${body}`, new RegExp(body, made.flags));
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** Parts of patterns that are ours and no text of a project: constants, sources of other patterns, and these. */
const OURS: ReadonlySet<string> = new Set([
  'engine/container.ts: action',
  "kit/paths.ts: Object.values(SIGNS).join('')",
  'languages/c/evidence/arguments.ts: turned',
  'languages/go/evidence/readers.ts: names',
  // written out for their letters above it
  "languages/python/evidence/applications.ts: [...new Set(names)].join('|')",
]);
const unproven = new Set<string>();

/** A part that is written out for its letters alone, or is a constant of ours. */
function isVerbatim(part: string): boolean {
  return /^verbatim\([^()]*(\([^()]*\))?[^()]*\)$|\.map\(verbatim\)\.join\('[^']*'\)$|^[A-Z_]+$|\.source$/.test(
    part,
  );
}

function standingFor(part: string | undefined): string {
  if (part === undefined) return '';
  return /join\(/.test(part) ? 'xyz|zyx' : part === 'TYPES' ? '(?:String|Int)' : 'xyz';
}

/** `new RegExp` with a template: what is fixed of it, and what is put in. */
function madeAt(node: ts.Node) {
  if (!ts.isNewExpression(node) || node.expression.getText() !== 'RegExp') return undefined;
  const [first, second] = node.arguments ?? [];
  if (first === undefined || !(ts.isTemplateExpression(first) || ts.isTaggedTemplateExpression(first)))
    return undefined;
  const template = ts.isTaggedTemplateExpression(first) ? first.template : first;
  if (!ts.isTemplateExpression(template)) return undefined;
  const raw = ts.isTaggedTemplateExpression(first);
  const text = (part: ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail) =>
    (raw ? part.rawText : part.text) ?? '';
  return {
    texts: [text(template.head), ...template.templateSpans.map((span) => text(span.literal))],
    parts: template.templateSpans.map((span) => span.expression.getText()),
    flags: second !== undefined && ts.isStringLiteral(second) ? second.text : '',
  };
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

test('what a project says is a part of no pattern but for its letters', () => {
  patterns();
  expect([...unproven].filter((one) => !OURS.has(one))).toEqual([]);
  expect(new RegExp(`^${verbatim('a.b(*[$^|\\\n')}$`).test('a.b(*[$^|\\\n')).toBe(true);
  expect(new RegExp(verbatim('x'.repeat(100_000))).test('x'.repeat(100_000))).toBe(false);
}, 120_000);

test('the search finds what is known to be slow', () => {
  for (const slow of [/\s+$/, /^\s*x/m, /\$\{([^}]*)\}/g])
    expect(isSlow(slow, 4 * LENGTH), String(slow)).toBe(true);
}, 900_000);
