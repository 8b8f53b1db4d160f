import { UserError } from '../errors.ts';
import { partialName } from '../output/template-options.ts';
import type { OwnTemplate } from './standard.ts';

type Node = hbs.AST.Node & Record<string, unknown>;

/** What a template may call. All else that Handlebars has (log, lookup, with, decorators) leads out of the plan. */
const BLOCKS = ['if', 'unless', 'each'];
const HELPERS = ['json', 'words'];
const DATA = ['@first', '@last', '@index', '@key'];
/** Partials of partials: no Dockerfile has more, and a chain of them multiplies. */
const CALLS = 2000;
/** What a template can make at most, where every list of the plan has so many entries. */
const ENTRIES = 50;
const MOST = 64 * 1024 * 1024;
/** A word of the plan is some letters or a line. */
const WORD = 100;

/** What a template calls, each in so many loops, and how much it can make without that. */
interface Made {
  readonly calls: { readonly partial: string; readonly times: number }[];
  size: number;
}

/**
 * Refuses what a template of somebody else could reach beside the plan's words: prototypes, the surroundings of a block,
 * partials by a computed name, helpers, decorators. What is left is bounded by the plan: every loop goes deeper into it,
 * and no partial leads back to itself.
 */
export async function assertTemplates(
  templates: Readonly<Record<string, OwnTemplate>>,
  known: (name: string) => string | undefined,
): Promise<void> {
  const { default: Handlebars } = await import('handlebars');
  const made = new Map<string, Made>();
  const read = (name: string): Made => {
    const found = made.get(name);
    if (found !== undefined) return found;
    const own = templates[name];
    const text = own?.text ?? known(name) ?? '';
    let tree: Node;
    if (isDeep(text)) throw refused(own?.path ?? name, undefined, 'its blocks are nested too deeply');
    try {
      tree = Handlebars.parse(text) as unknown as Node;
    } catch (error) {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      throw refused(own?.path ?? name, undefined, reason);
    }
    const one: Made = { calls: [], size: 0 };
    visit(tree, own?.path ?? name, one, 1);
    made.set(name, one);
    return one;
  };
  const partials = new Map<string, string>();
  for (const name of Object.keys(templates)) partials.set(partialName(name) ?? name, name);
  const fileOf = (partial: string, from: string): string => {
    const file = partials.get(partial) ?? templateFileOf(partial);
    if (templates[file] === undefined && known(file) === undefined)
      throw refused(from, undefined, `there is no partial ${JSON.stringify(partial)}`);
    return file;
  };
  for (const [name, { path }] of Object.entries(templates)) {
    let count = 0;
    const follow = (at: string, trail: readonly string[]): void => {
      if (trail.includes(at)) throw refused(path, undefined, `the partial ${at} calls itself`);
      if (++count > CALLS) throw refused(path, undefined, `it calls more than ${CALLS} partials`);
      for (const { partial } of read(at).calls) follow(fileOf(partial, path), [...trail, at]);
    };
    follow(name, []);
    const whole = (at: string): number =>
      read(at).calls.reduce(
        (sum, { partial, times }) => sum + times * whole(fileOf(partial, path)),
        read(at).size,
      );
    if (whole(name) > MOST) throw refused(path, undefined, 'its loops would make too much text');
  }
}

/** Its parser takes time that grows with the cube of blocks in blocks. */
const DEEPEST = 50;

function isDeep(text: string): boolean {
  let depth = 0;
  for (const [, sign = '', rest = ''] of text.matchAll(/\{\{~?(#|\^(?=[ \w])|\/|)([^{}]*)/g)) {
    if (sign !== '') depth += sign === '/' ? -1 : 1;
    if (depth > DEEPEST || rest.split('(').length > DEEPEST) return true;
  }
  return false;
}

/** The file of a partial: `node/build` → `node/partials/build`. */
function templateFileOf(partial: string): string {
  return partial.includes('/') ? partial.replace('/', '/partials/') : `partials/${partial}`;
}

function refused(path: string, line: number | undefined, reason: string): UserError {
  const at = line === undefined ? path : `${path}:${line}`;
  return new UserError({
    kind: 'refused',
    path,
    ...(line === undefined ? {} : { line }),
    message: `${at} cannot be a template: ${reason}.`,
    fix: 'See docs/templates.md for what one may say.',
  });
}

/** Walks a template, and adds up what it makes and calls, in a loop so many times. */
function visit(node: Node, path: string, made: Made, times: number): void {
  const line = node.loc?.start.line;
  const refuse = (reason: string) => refused(path, line, reason);
  switch (node.type) {
    case 'Program':
      if (((node.blockParams as unknown[]) ?? []).length > 0)
        throw refuse('it names what a block gives (as |…|)');
      for (const one of node.body as Node[]) visit(one, path, made, times);
      return;
    case 'ContentStatement':
      made.size += times * String(node.value).length;
      return;
    case 'CommentStatement':
      return;
    case 'MustacheStatement':
      assertMustache(node, path);
      made.size += times * WORD;
      return;
    case 'BlockStatement':
      visitBlock(node, path, made, times);
      return;
    case 'PartialStatement': {
      const name = node.name as Node;
      if (name.type !== 'PathExpression') throw refuse('a partial is called by a computed name');
      if ((node.params as Node[]).length > 0) throw refuse('a partial takes words, not a place of its own');
      for (const { value } of pairsOf(node)) assertPath(value, path);
      made.calls.push({ partial: String(name.original), times });
      return;
    }
    default:
      throw refuse(`a ${node.type} has no place in it`);
  }
}

function visitBlock(node: Node, path: string, made: Made, times: number): void {
  assertBlock(node, path);
  const loops = (node.path as Node).original === 'each' ? ENTRIES : 1;
  for (const part of [node.program, node.inverse] as (Node | undefined)[])
    if (part) visit(part, path, made, times * loops);
}

function assertMustache(node: Node, path: string): void {
  const [params, called] = [node.params as Node[], node.path as Node];
  const line = node.loc?.start.line;
  if (pairsOf(node).length > 0) throw refused(path, line, 'a word takes nothing by name');
  if (params.length === 0) {
    assertPath(called, path);
    return;
  }
  if (!HELPERS.includes(String(called.original)))
    throw refused(
      path,
      line,
      `there is no helper ${JSON.stringify(called.original)} (${HELPERS.join(', ')})`,
    );
  for (const one of params) assertPath(one, path);
}

function assertBlock(node: Node, path: string): void {
  const line = node.loc?.start.line;
  const name = String((node.path as Node).original);
  if (!BLOCKS.includes(name))
    throw refused(path, line, `there is no block ${JSON.stringify(name)} (${BLOCKS.join(', ')})`);
  if (pairsOf(node).length > 0) throw refused(path, line, 'a block takes nothing by name');
  for (const one of node.params as Node[]) assertPath(one, path);
}

function pairsOf(node: Node): readonly { readonly value: Node }[] {
  return ((node.hash as Node | undefined)?.pairs ?? []) as { value: Node }[];
}

/** Words that every value has, and no plan. */
const PROTOTYPE = [
  'constructor',
  '__proto__',
  'prototype',
  '__defineGetter__',
  '__lookupGetter__',
  'hasOwnProperty',
];

/** A path of words below the place where it stands. */
function assertPath(node: Node, path: string): void {
  const line = node.loc?.start.line;
  if (node.type !== 'PathExpression') {
    if (['StringLiteral', 'NumberLiteral', 'BooleanLiteral'].includes(node.type)) return;
    throw refused(path, line, `a ${node.type} has no place in it`);
  }
  const text = String(node.original);
  if (node.data === true && !DATA.includes(text)) throw refused(path, line, `${text} leads out of its place`);
  if ((node.depth as number) > 0) throw refused(path, line, `${text} leads out of its place`);
  const word = (node.parts as string[]).find((part) => PROTOTYPE.includes(part));
  if (word !== undefined) throw refused(path, line, `${text} is no word of the plan`);
}
