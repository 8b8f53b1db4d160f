import type { Plan } from '../plan/plan.ts';

type Node = hbs.AST.Node & Record<string, unknown>;

/** A word that a template reads: its path from the plan, and its line. */
interface Word {
  readonly path: string;
  readonly line: number;
}

/** Every word of some plans: `app.deps.install`, with `[]` for what a list holds. */
export function wordsOf(plans: readonly Plan[]): Set<string> {
  const words = new Set<string>();
  const visit = (value: unknown, path: string): void => {
    if (path !== '') words.add(path);
    if (Array.isArray(value)) for (const one of value) visit(one, `${path}[]`);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) visit(inner, path === '' ? key : `${path}.${key}`);
  };
  for (const plan of plans) visit(plan, '');
  return words;
}

/** The words that a template reads of the plan; those in a list that it was handed are not followed. */
export function wordsIn(tree: unknown, handed: ReadonlySet<string>): readonly Word[] {
  const found: Word[] = [];
  walk(tree as Node, '', { found, handed });
  return found;
}

interface Reading {
  readonly found: Word[];
  readonly handed: ReadonlySet<string>;
}

/** A scope of which nothing is known: inside of what was handed to a partial. */
const UNKNOWN = '?';

/** Where a path leads; it is a word that was read. */
function read(node: Node, scope: string, { found, handed }: Reading): string {
  const text = String(node.original);
  const plain = node.type === 'PathExpression' && !text.startsWith('@') && text !== 'this';
  if (!plain || scope === UNKNOWN) return scope;
  if (scope === '' && handed.has(text.split('.')[0] ?? '')) return UNKNOWN;
  const path = scope === '' ? text : `${scope}.${text}`;
  found.push({ path, line: node.loc?.start.line ?? 1 });
  return path;
}

function walk(node: Node, scope: string, reading: Reading): void {
  const params = (node.params ?? []) as Node[];
  switch (node.type) {
    case 'Program':
      for (const one of node.body as Node[]) walk(one, scope, reading);
      return;
    case 'MustacheStatement':
      for (const one of params.length > 0 ? params : [node.path as Node]) read(one, scope, reading);
      return;
    case 'BlockStatement': {
      const path = params[0] === undefined ? scope : read(params[0], scope, reading);
      const inner = path === UNKNOWN ? UNKNOWN : `${path}[]`;
      walk(node.program as Node, (node.path as Node).original === 'each' ? inner : scope, reading);
      if (node.inverse) walk(node.inverse as Node, scope, reading);
      return;
    }
    case 'PartialStatement': {
      const pairs = ((node.hash as Node | undefined)?.pairs ?? []) as { value: Node }[];
      for (const { value } of pairs) read(value, scope, reading);
    }
  }
}
