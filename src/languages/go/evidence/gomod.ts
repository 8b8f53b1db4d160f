import { UserError } from '../../../errors.ts';
import type { Project } from '../../../project/project.ts';

/** One line of a go.mod or go.work, without its comment: `require`, then its words. */
interface Directive {
  readonly verb: string;
  readonly words: readonly string[];
  readonly comment: string;
  readonly line: number;
}

interface Requirement {
  readonly path: string;
  readonly version: string;
  readonly indirect: boolean;
}

export interface Replacement {
  readonly path: string;
  /** A module, or a folder as it was written (`../money`). */
  readonly by: string;
  readonly line: number;
}

/** What a go.mod or go.work says. */
export interface GoFile {
  readonly file: string;
  /** The module's path; undefined in a go.work. */
  readonly module: string | undefined;
  /** The least version of the language: `1.24`, `1.24.3`, `1.27rc1`. */
  readonly go: string | undefined;
  /** Without its `go`: `1.26.2`. */
  readonly toolchain: string | undefined;
  readonly requires: readonly Requirement[];
  readonly replaces: readonly Replacement[];
  /** Folders that a go.work uses, as they were written, and the line. */
  readonly uses: readonly { readonly folder: string; readonly line: number }[];
}

/** https://go.dev/ref/mod#go-mod-file and #go-work-file */
const VERBS: { readonly [File in 'go.mod' | 'go.work']: readonly string[] } = {
  'go.mod': [
    ...['module', 'go', 'toolchain', 'godebug', 'require', 'exclude', 'replace', 'retract', 'tool', 'ignore'],
  ],
  'go.work': ['go', 'toolchain', 'godebug', 'use', 'replace'],
};
const VERSION = /^1(\.\d+){0,2}((rc|beta|alpha)\d+)?(-[\w.]+)?$/;

/** A go.mod or go.work; undefined when absent. Refuses with file and line when malformed. */
export function readGoFile(project: Project, file: string): GoFile | undefined {
  const text = project.read(file);
  if (text === undefined) return undefined;
  const kind = file.endsWith('go.work') ? 'go.work' : 'go.mod';
  const malformed = (line: number | undefined, reason: string) =>
    new UserError({ kind: 'malformed', path: file, line, reason });
  const all = directives(text, malformed);
  const odd = all.find(({ verb }) => !VERBS[kind].includes(verb));
  if (odd !== undefined) throw malformed(odd.line, `unknown directive ${odd.verb.slice(0, 40)}`);
  const of = (verb: string) => all.filter((directive) => directive.verb === verb);
  const [module] = of('module');
  if (kind === 'go.mod' && module?.words[0] === undefined) throw malformed(undefined, 'it names no module');
  const [go] = of('go');
  if (go !== undefined && !VERSION.test(go.words[0] ?? ''))
    throw malformed(go.line, `${JSON.stringify(go.words[0] ?? '')} is no version of Go`);
  const toolchain = of('toolchain')[0]?.words[0]?.replace(/^go/, '');
  return {
    file,
    module: module?.words[0],
    go: go?.words[0],
    toolchain: toolchain !== undefined && VERSION.test(toolchain) ? toolchain : undefined,
    requires: of('require').map(({ words: [path = '', version = ''], comment, line }) => {
      if (!/^v\d/.test(version))
        throw malformed(line, `${JSON.stringify(path)} is required without a version`);
      return { path, version, indirect: /\bindirect\b/.test(comment) };
    }),
    replaces: of('replace').map(({ words, line }) => {
      const arrow = words.indexOf('=>');
      if (arrow < 1 || words[arrow + 1] === undefined) throw malformed(line, 'replace needs =>');
      return { path: words[0] ?? '', by: words[arrow + 1] ?? '', line };
    }),
    uses: of('use').map(({ words, line }) => ({ folder: words[0] ?? '.', line })),
  };
}

function directives(
  text: string,
  malformed: (line: number | undefined, reason: string) => UserError,
): readonly Directive[] {
  const found: Directive[] = [];
  let block: string | undefined;
  let opened = 0;
  for (const [index, raw] of text
    .replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '')
    .split('\n')
    .entries()) {
    const [, code = '', comment = ''] = /^((?:[^/]|\/(?!\/))*)(?:\/\/(.*))?$/.exec(raw) ?? [];
    const words = [...code.matchAll(/"([^"]*)"|`([^`]*)`|[()]|[^\s()]+/g)].map(
      ([all, a, b]) => a ?? b ?? all,
    );
    const line = index + 1;
    if (words.length === 0) continue;
    if (block !== undefined) {
      if (words[0] === ')') block = undefined;
      else found.push({ verb: block, words, comment, line });
    } else if (words[1] === '(') {
      block = words[0] ?? '';
      opened = line;
      if (words[2] === ')') block = undefined;
    } else found.push({ verb: words[0] ?? '', words: words.slice(1), comment, line });
  }
  if (block !== undefined) throw malformed(opened, `${block} ( is never closed`);
  return found;
}
