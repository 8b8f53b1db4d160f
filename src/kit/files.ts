/**
 * Files of the project that a program opens when it runs: what its texts and its paths name and what is there.
 *
 *     filesRead(project, sources, { never: /\.(?:go|mod)$/, calls: [{ call: 'ReadFile', path: 0 }] })
 */
import { posix } from 'node:path';
import type { Project } from '../project/project.ts';
import type { Range, Source } from './dialect.ts';
import { type Located, locate } from './paths.ts';
import { expressionEnd } from './ranges.ts';
import { type Called, callsOf, lineAt, type Sources, search, textsOf } from './sources.ts';
import { isUnknown } from './value.ts';
import { worth } from './worth.ts';

/** A path of the project that the program opens. */
export interface ReadFile {
  readonly path: string;
  readonly at: string;
  /** It is looked for beside the file that names it, wherever that stands when it runs. */
  readonly here: boolean;
  /** The file that names it. */
  readonly by: string;
}

/** A call that opens a path, by the last word of what is called. */
interface Opener {
  readonly call: string;
  readonly of?: RegExp;
  /** The argument that is the path; without it every one is looked at. */
  readonly path?: number;
  readonly docs?: string;
}

export interface Opens {
  /** Calls whose arguments are paths, joins among them. */
  readonly calls: readonly Opener[];
  /** Names that begin a path which is put together by `+`, up to the sign. */
  readonly begins?: RegExp;
}

/** A path of the program, and the file that it stands in. */
export interface Named {
  readonly located: Located;
  readonly at: string;
  readonly by: string;
}

/** Every path that the program puts together, by calls, by `+` and in texts. */
export function pathsIn(sources: Sources, { calls, begins }: Opens): readonly Named[] {
  const found: Named[] = [];
  const read = (source: Source, range: Range, at: string) => {
    const value = worth(sources.program, source, range);
    const located = isUnknown(value) ? undefined : locate(value);
    if (located !== undefined) found.push({ located, at, by: source.path });
  };
  for (const row of calls)
    for (const call of callsOf(sources, row.call)) {
      if (row.of !== undefined && !row.of.test(call.name)) continue;
      for (const range of rangesOf(call, row)) read(call.source, range, call.at);
    }
  if (begins !== undefined)
    for (const { source, index, at } of search(sources, begins, ''))
      read(source, { from: index, to: expressionEnd(source, index) }, at);
  for (const source of sources.files)
    for (const { parts, from, to } of source.strings)
      if (typeof parts?.find((part) => part !== '') === 'object')
        read(source, { from, to }, lineAt(source, from));
  return found;
}

/** Never read by a running program, whatever its text mentions. */
const NEVER =
  /^(?:tests?|__tests__|spec|e2e|docs|scripts|coverage|\..*)$|\.(?:lock|log|md)$|^(?:docker-compose|compose)[\w.-]*\.ya?ml$|^(?:Dockerfile|Makefile|LICENSE)|(?:^|\/)\.env|(?:^|\/)node_modules(?:\/|$)/;

const PATH = /^[\w@./-]{2,200}$/;

/** What the program names and the project has, one row a path; the longest part of a path that is there counts. */
export function filesRead(
  project: Project,
  sources: Sources,
  opens: Opens & {
    /** What the language's programs never read: its sources, manifests, outputs. */ readonly never: RegExp;
  },
): readonly ReadFile[] {
  const found = new Map<string, ReadFile>();
  const take = (located: Located | undefined, by: string, at: string) => {
    if (located === undefined || located.begin === 'root' || located.begin === 'home') return;
    const path = longest(project, located.path, opens.never);
    if (
      path === undefined ||
      [...found.keys()].some((known) => path === known || path.startsWith(`${known}/`))
    )
      return;
    found.set(path, { path, at, here: located.begin === 'here', by });
  };
  for (const { located, at, by } of pathsIn(sources, opens)) take(located, by, at);
  for (const { text, source, at } of textsOf(sources, PATH, '')) {
    const inner = text.includes('..') && !text.startsWith('..');
    if (!text.startsWith('@') && !inner)
      take(locate({ text: text.replace(/^(?:\.{0,2}\/)+/, '') }), source.path, at);
  }
  return [...found.values()].filter(
    ({ path }) => ![...found.keys()].some((other) => path.startsWith(`${other}/`)),
  );
}

function rangesOf(call: Called, { path }: Opener): readonly Range[] {
  if (path === undefined) return [{ from: call.from, to: call.to }];
  const range = call.args[path];
  return range === undefined ? [] : [range];
}

/** So that `public/img/logo.svg` brings that file and `views/index` its folder. */
function longest(project: Project, path: string, never: RegExp): string | undefined {
  const parts = posix
    .normalize(path)
    .replace(/^(?:\.{1,2}\/)+/, '')
    .replace(/(?<!\/)\/+$/, '')
    .split('/');
  for (let length = parts.length; length > 0; length--) {
    const part = parts.slice(0, length).join('/');
    if (part === '' || part === '.' || part === '..' || NEVER.test(part) || never.test(part)) continue;
    if (project.has(part)) return part;
  }
  return undefined;
}
