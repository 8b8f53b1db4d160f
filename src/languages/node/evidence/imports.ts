import { type Binding, bindingsOf } from '../../../kit/bindings.ts';
import { chainOf } from '../../../kit/chain.ts';
import type { Range, Source, Text } from '../../../kit/dialect.ts';
import { homeOf } from '../../../kit/homes.ts';
import type { Target } from '../../../kit/program.ts';
import { ahead } from '../../../kit/ranges.ts';
import { type Called, callsOf, type Sources } from '../../../kit/sources.ts';
import { blockAt, callAt, lineAt, textOf } from '../../../kit/syntax.ts';
import { remember } from '../../../project/remember.ts';

/** One import of a file: a module, and what its names are called here. */
interface Import {
  readonly module: string;
  readonly at: string;
  /** `own` is the module's name for it: `default`, `*`, or a name. */
  readonly names: readonly { readonly own: string; readonly as: string }[];
  /** It hands the names on: `export { port } from './config'`. */
  readonly exports: boolean;
  /** It runs whenever the file is loaded: no function, condition or `try` is around it. */
  readonly surely: boolean;
}

/** What a file loads by texts, and places that load what no text says. */
export interface Imports {
  readonly list: readonly Import[];
  /** Ranges of what is loaded and no plain text: `import(path.join(__dirname, name))`. */
  readonly computed: readonly Range[];
}

const FROM =
  /(?<![\w$.])(import|export)\s*(?!\s)(type\b(?!\s*(?:,|from\b)))?([\w$\s{},*]{0,4000}?)\bfrom\s*(?=['"])/g;
const BARE = /(?<![\w$.])import\s*(?=['"])/g;
const CALL = /(?<![\w$.])(?:require(?:\.resolve)?|import|importModule)\s*\(/g;

/** Whether a call runs whenever its file does. */
function isSure(source: Source, index: number): boolean {
  const { code } = source;
  const before = code.slice(code.lastIndexOf('\n', index) + 1, index);
  return blockAt(source, index).kind === 'file' && !/\bif\b|\belse\b|&&|\|\||\?|=>/.test(before);
}

/** The imports of a file, in their order. */
export function importsOf(source: Source): Imports {
  return remember(source, 'imports', () => {
    const { code } = source;
    const found: (Import & { readonly index: number })[] = [];
    const computed: Range[] = [];
    const take = (index: number, text: Text | undefined, names: Import['names'], exports = false) => {
      if (text !== undefined && text.parts === undefined)
        found.push({ module: text.text, at: lineAt(source, index), names, exports, index, surely: true });
    };
    for (const { 0: all, 1: word, 2: type, 3: list = '', index } of code.matchAll(FROM))
      if (type === undefined)
        take(index, source.texts.get(index + all.length), namesIn(list), word === 'export');
    for (const { 0: all, index } of code.matchAll(BARE))
      take(index, source.texts.get(index + all.length), []);
    for (const { 0: all, index } of code.matchAll(CALL)) {
      const open = index + all.length - 1;
      const close = source.pairs.get(open);
      if (close === undefined) continue;
      const range = { from: open + 1, to: close };
      const text = textOf(source, range);
      if (text !== undefined)
        found.push({
          module: text,
          at: lineAt(source, index),
          names: [],
          exports: false,
          index,
          surely: isSure(source, index),
        });
      else if (/\S/.test(source.text.slice(range.from, range.to))) computed.push(range);
    }
    return { list: found.sort((a, b) => a.index - b.index), computed };
  });
}

/** `port, { a as b, type C }, * as all`. */
function namesIn(list: string): Import['names'] {
  const [, inside = ''] = /\{([^{}]*)\}/.exec(list) ?? [];
  const outside = list.replace(/\{[^{}]*\}/, '');
  const all = /\*(?:\s+as\s+([\w$]+))?/.exec(outside);
  const head = /^\s*([\w$]+)/.exec(outside)?.[1];
  return [
    ...(head === undefined ? [] : [{ own: 'default', as: head }]),
    ...(all === null ? [] : [{ own: '*', as: all[1] ?? '*' }]),
    ...inside.split(',').flatMap((part) => {
      const [, own, as] = /^\s*(?:type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?\s*$/.exec(part) ?? [];
      return own === undefined ? [] : [{ own, as: as ?? own }];
    }),
  ];
}

/** The module that a name of a file stands for, or is a part of: `net` of `const net = require('net')`. */
export function moduleOf(source: Source, name: string): string | undefined {
  const imported = importsOf(source).list.find(
    (one) => !one.exports && one.names.some(({ as }) => as === name),
  );
  if (imported !== undefined) return plain(imported.module);
  const value = requiredBy(source, name)?.module;
  return value === undefined ? undefined : plain(value);
}

const plain = (module: string) => module.replace(/^node:/, '');

/** What a binding requires: `const { a } = require('x')`, `const b = require('x').b`, `import c = require('x')`. */
function requiredBy(
  source: Source,
  name: string,
): { readonly module: string; readonly own: string } | undefined {
  const bindings = bindingsOf(source).get(name) ?? [];
  for (const binding of bindings) {
    const module = requires(source, binding);
    if (module !== undefined) return module;
  }
  return undefined;
}

function requires(
  source: Source,
  { value, keys }: Binding,
): { readonly module: string; readonly own: string } | undefined {
  const chain = value && chainOf(source, unawaited(source, value));
  const [head, call, ...rest] = chain ?? [];
  if (!/^(?:require|import)$/.test(head?.name ?? '') || call?.kind !== 'call') return undefined;
  const module = textOf(source, call.range);
  const names = rest.every(({ kind }) => kind === 'name') ? rest.map((link) => link.name) : undefined;
  const own = [...(names ?? []), ...keys][0] ?? '*';
  return module === undefined || names === undefined ? undefined : { module, own };
}

function unawaited(source: Source, { from, to }: Range): Range {
  const skip = /^\s*await\s+/.exec(source.code.slice(from, to))?.[0].length ?? 0;
  return { from: from + skip, to };
}

/** The file that a module means to a file of the project. */
export type Open = (source: Source, module: string) => Source | undefined;

/** What a name of a file means in another one: what it imports, followed through files that only hand it on. */
export function targetsOf(source: Source, name: string, open: Open): readonly Target[] {
  for (const { module, names, exports } of importsOf(source).list) {
    if (exports) continue;
    for (const { own, as } of names) {
      const file = as === name ? open(source, module) : undefined;
      if (file !== undefined) return [followed(file, own, open, 0)];
    }
  }
  const required = requiredBy(source, name);
  const file = required && open(source, required.module);
  return file === undefined ? [] : [followed(file, required?.own ?? '*', open, 0)];
}

/** Files that hand names on are followed this far. */
const DEPTH = 12;

function followed(source: Source, name: string, open: Open, depth: number): Target {
  const here = { source, name };
  if (name === '*' || depth > DEPTH) return here;
  const { list } = importsOf(source);
  for (const { module, names, exports } of list)
    for (const { own, as } of exports ? names : []) {
      const file = as === name ? open(source, module) : undefined;
      if (file !== undefined) return followed(file, own, open, depth + 1);
    }
  const local = exportedAs(source, name);
  if (homeOf(source, local, source.code.length) !== undefined) {
    const [imported] = local === name ? [] : targetsOf(source, local, open);
    return imported ?? { source, name: local };
  }
  const [imported] = targetsOf(source, local, open);
  if (imported !== undefined) return imported;
  for (const { module, names, exports } of list) {
    const file = exports && names.some(({ as }) => as === '*') ? open(source, module) : undefined;
    const found = file && followed(file, name, open, depth + 1);
    if (found !== undefined && homeOf(found.source, found.name, found.source.code.length) !== undefined)
      return found;
  }
  return here;
}

/** The file's own name for what it exports: `export { local as port }`. */
function exportedAs(source: Source, name: string): string {
  const lists = remember(source, 'exported', () => {
    const found = new Map<string, string>();
    for (const [, list = ''] of source.code.matchAll(/(?<![\w$.])export\s*\{([^{}]*)\}(?!\s*from\b)/g))
      for (const { own, as } of namesIn(`{${list}}`)) found.set(as, own);
    return found;
  });
  return lists.get(name) ?? name;
}

/** Calls of what a module is itself: `new Database('shop.db')`, `require('convict')({ … })`. */
export function callsOfModule({ files }: Pick<Sources, 'files'>, of: RegExp): readonly Called[] {
  return files.flatMap((source) => {
    if (!importsOf(source).list.some(({ module }) => of.test(plain(module)))) return [];
    const names = [...source.code.matchAll(/(?<![\w$.])(?:const|let|var|import)\s+(?:\*\s+as\s+)?([\w$]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => of.test(moduleOf(source, name) ?? ''));
    const own = [...new Set(names)].flatMap((name) =>
      callsOf({ files: [source] }, name).filter((one) => one.name === name),
    );
    return [...own, ...calledAsRequired(source, of)];
  });
}

function calledAsRequired(source: Source, of: RegExp): readonly Called[] {
  return [...source.code.matchAll(/(?<![\w$.])require\s*\(/g)].flatMap(({ 0: all, index }) => {
    const open = index + all.length - 1;
    const close = source.pairs.get(open);
    if (close === undefined || !of.test(plain(source.texts.get(open + 1)?.text ?? ''))) return [];
    const next = ahead(source.code, close + 1);
    const call = source.code[next] === '(' ? callAt(source, next) : undefined;
    return call === undefined ? [] : [{ ...call, at: lineAt(source, index), source }];
  });
}
