import type { Range, Source } from './dialect.ts';
import { ahead, split, trim } from './ranges.ts';
import { textOf } from './syntax.ts';

/** One step of `express().use(log).port['PORT']`. */
export interface Link {
  /** `group` and `text` begin a chain: `(a || b).port`, `'{}'.format(port)`. `literal`: `Config{…}`. */
  readonly kind: 'name' | 'call' | 'index' | 'group' | 'text' | 'literal';
  /** Of a name. */
  readonly name: string;
  /** What stands between the brackets, or the name itself. */
  readonly range: Range;
  /** The chain up to here ends before this position. */
  readonly end: number;
}

const WORD = /[A-Za-z_$#\u0080-\uffff][\w$\u0080-\uffff]*/y;
const JOINS = /\s*(?:\?\.|\.|->|::)\s*/y;
const GENERICS = /\s*<[\w\s,.*&:[\]|'"?]{1,120}>(?=\s*\()/y;

function match(pattern: RegExp, code: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(code)?.[0];
}

/** The steps of an expression; undefined: it is something else, or more than a chain. */
export function chainOf(source: Source, given: Range): readonly Link[] | undefined {
  const range = trim(source, given);
  const links: Link[] = [];
  let at = ahead(source.code, range.from + (match(/new\s+/y, source.code, range.from)?.length ?? 0));
  const head = headAt(source, at);
  if (head === undefined) return undefined;
  links.push(head);
  at = head.end;
  while (at < range.to) {
    const next = linkAt(source, at);
    if (next === undefined) return ahead(source.code, at) >= range.to ? links : undefined;
    links.push(next);
    at = next.end;
  }
  return at === range.to ? links : undefined;
}

function headAt(source: Source, at: number): Link | undefined {
  const text = source.texts.get(at);
  if (text !== undefined) return { kind: 'text', name: '', range: { from: at, to: text.to }, end: text.to };
  if (source.code[at] === '(') return bracketed(source, at, 'group');
  const name = match(WORD, source.code, at);
  return name === undefined ? undefined : named(name, at);
}

function named(name: string, at: number): Link {
  return { kind: 'name', name, range: { from: at, to: at + name.length }, end: at + name.length };
}

function bracketed(source: Source, at: number, kind: Link['kind']): Link | undefined {
  const close = source.pairs.get(at);
  return close === undefined
    ? undefined
    : { kind, name: '', range: { from: at + 1, to: close }, end: close + 1 };
}

function linkAt(source: Source, from: number): Link | undefined {
  const { code } = source;
  let at = from;
  if (code[at] === '!' && source.dialect.id === 'node') at++;
  const generics = match(GENERICS, code, at);
  if (generics !== undefined) at += generics.length;
  const joins = match(JOINS, code, at);
  if (joins !== undefined) {
    at += joins.length;
    const name = match(WORD, code, at);
    if (name !== undefined) return named(name, at);
  }
  at = ahead(code, at);
  if (code[at] === '(') return bracketed(source, at, 'call');
  if (code[at] === '[') return bracketed(source, at, 'index');
  return code[at] === '{' && source.dialect.id !== 'node' ? bracketed(source, at, 'literal') : undefined;
}

/** The name of a chain: parts joined by dots, calls as `()`, indexes as `[]`. */
export function nameOf(links: readonly Link[]): string {
  return links
    .map(({ kind, name }, index) => {
      if (kind === 'call') return '()';
      if (kind === 'index') return '[]';
      return index === 0 ? name : `.${name}`;
    })
    .join('');
}

/** The names and texts by which a chain leads to a member; undefined: a call or something computed is among them. */
export function keysOf(source: Source, links: readonly Link[]): readonly string[] | undefined {
  const keys = links.map((link) => {
    if (link.kind === 'name') return link.name;
    if (link.kind !== 'index') return undefined;
    const index = source.code.slice(link.range.from, link.range.to).trim();
    return textOf(source, link.range) ?? (/^\d+$/.test(index) ? index : undefined);
  });
  return keys.includes(undefined) ? undefined : (keys as readonly string[]);
}

/** The arguments of a call's link. */
export function argumentsOf(source: Source, link: Link | undefined): readonly Range[] {
  return link === undefined ? [] : split(source, link.range, ',');
}
