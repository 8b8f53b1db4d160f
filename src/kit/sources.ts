/**
 * The files of a program, followed from its entry, and what is found in them.
 *
 *     const sources = readFrom(['server.js'], reads);
 *     for (const { source, at } of search(sources, /\.listen\s*\(/g, 'listen')) …
 *
 * What an import means is the language's to say; that each file is read once, in the order in which the program loads
 * them, is said here.
 */

import { verbatim } from '../project/data.ts';
import { remember } from '../project/remember.ts';
import type { Source, Text } from './dialect.ts';
import type { Program } from './program.ts';
import { type Call, calls, lineAt } from './syntax.ts';

/** The program as far as it can be read without running it. */
export interface Sources {
  /** Files that the entry reaches by imports, the entry first. */
  readonly files: readonly Source[];
  /** What they import that is not the project's own. */
  readonly packages: ReadonlySet<string>;
  /** Places that load a file whose name cannot be read: what listens or writes may stand there. */
  readonly opaque: readonly string[];
  readonly program: Program;
}

/** What a language says of its files. */
export interface Reads {
  /** A file of the project, lexed; undefined: it is none, or no source that a person wrote. */
  readonly read: (path: string) => Source | undefined;
  readonly imports: (source: Source) => Loads;
  /** What belongs to a program beside its files: how names are resolved, and what reads the environment. */
  readonly program?: (files: readonly Source[]) => Partial<Program>;
}

/** What a file loads. */
export interface Loads {
  /** Paths of the project. */
  readonly files: readonly string[];
  readonly packages: readonly string[];
  readonly opaque?: readonly string[];
}

/** No program that a person wrote has more. */
const FILES_LIMIT = 3000;

/** Reads entries and all that they import from the project; an empty list of entries reads nothing. */
export function readFrom(entries: readonly string[], reads: Reads): Sources {
  const files: Source[] = [];
  const packages = new Set<string>();
  const opaque: string[] = [];
  const open = [...entries].reverse();
  const seen = new Set(open);
  for (let path = open.pop(); path !== undefined && files.length < FILES_LIMIT; path = open.pop()) {
    const source = reads.read(path);
    if (source === undefined) continue;
    files.push(source);
    const loads = reads.imports(source);
    for (const name of loads.packages) packages.add(name);
    opaque.push(...(loads.opaque ?? []));
    for (const next of loads.files) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return { files, packages, opaque, program: { sources: files, memo: new Map(), ...reads.program?.(files) } };
}

/** Where something was found. */
export interface Match {
  readonly groups: readonly (string | undefined)[];
  /** As an editor takes it: `src/server.ts:12`. */
  readonly at: string;
  readonly source: Source;
  readonly index: number;
}

/** A word that a file must hold to be lexed at all. */
function holding({ files }: Pick<Sources, 'files'>, hint: string): readonly Source[] {
  return hint === '' ? files : files.filter(({ text }) => text.includes(hint));
}

/** Every place of the code that matches, in the order in which the program loads its files. */
export function search(sources: Pick<Sources, 'files'>, pattern: RegExp, hint: string): readonly Match[] {
  return holding(sources, hint).flatMap((source) =>
    [...source.code.matchAll(pattern)].map((match) => ({
      groups: match.slice(1),
      at: lineAt(source, match.index),
      source,
      index: match.index,
    })),
  );
}

/** The same in code with its texts: where a pattern is about what texts say. */
export function searchTexts(sources: Pick<Sources, 'files'>, pattern: RegExp): readonly Match[] {
  return sources.files.flatMap((source) =>
    [...uncommented(source).matchAll(pattern)].map((match) => ({
      groups: match.slice(1),
      at: lineAt(source, match.index),
      source,
      index: match.index,
    })),
  );
}

/** A file without its comments, every position kept. */
export function uncommented(source: Source): string {
  return remember(source, 'uncommented', () => {
    const parts: string[] = [];
    let last = 0;
    for (const { from, to } of source.strings) {
      if (from < last) continue;
      parts.push(source.code.slice(last, from), source.text.slice(from, to));
      last = to;
    }
    return parts.join('') + source.code.slice(last);
  });
}

/** A call, and its file. */
export interface Called extends Call {
  readonly source: Source;
}

/** Every call whose name is one of these: the last word of what is called. */
export function callsOf(sources: Pick<Sources, 'files'>, name: string): readonly Called[] {
  const pattern = new RegExp(`(?<![\\w$])${verbatim(name)}\\s*(?:<[\\w\\s,.[\\]|]{1,80}>\\s*)?\\(`, 'g');
  return holding(sources, name).flatMap((source) =>
    calls(source, pattern).map((call) => ({ ...call, source })),
  );
}

/** A text of the program. */
export interface Said {
  readonly text: string;
  readonly at: string;
  readonly source: Source;
  readonly range: Text;
}

/** Every text that matches; `hint` is a word that its file must hold. */
export function textsOf(sources: Pick<Sources, 'files'>, pattern: RegExp, hint: string): readonly Said[] {
  return holding(sources, hint).flatMap((source) =>
    source.strings
      .filter((one) => one.kind === 'text' && one.parts === undefined && pattern.test(one.text))
      .map((range) => ({ text: range.text, at: lineAt(source, range.from), source, range })),
  );
}

export { lineAt } from './syntax.ts';
