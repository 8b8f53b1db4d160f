import { posix } from 'node:path';
import { UserError } from '../../../errors.ts';
import { lineNumber } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { BUILD, type BuildFacts, type Executable, type Need, PREFIX } from './facts.ts';

/** A call in a meson.build: its name, its arguments as they are written, and under how many `if`s it stands. */
interface Call {
  readonly name: string;
  readonly text: string;
  readonly line: number;
  readonly conditional: boolean;
  /** `name = call(…)`, where a method is called on it: `cc.find_library`. */
  readonly variable: string | undefined;
}

interface Read {
  readonly executables: Executable[];
  readonly needs: Need[];
  readonly files: string[];
  readonly variables: Map<string, string>;
  shared: boolean;
  more: boolean;
}

/** Reads meson.build and the folders that it enters. */
export function readMeson(project: Project): BuildFacts {
  const read: Read = {
    executables: [],
    needs: [],
    files: [],
    variables: new Map(),
    shared: false,
    more: false,
  };
  readFolder(project, '.', read, false);
  return {
    executables: read.executables,
    needs: read.needs,
    files: read.files,
    installsMore: read.more,
    sharedLibraries: read.shared,
    downloads: undefined,
    options: [],
  };
}

function readFolder(project: Project, folder: string, read: Read, conditional: boolean): void {
  const file = posix.join(folder, 'meson.build');
  const source = project.read(file);
  if (source === undefined || read.files.includes(file)) return;
  read.files.push(file);
  if (/\binstall_(data|headers|man|subdir|symlink)\s*\(|configure_file\(|\bi18n\./.test(source))
    read.more = true;
  const text = blanked(file, source);
  for (const [, name = '', value = ''] of text.matchAll(/^\s*(\w+)\s*=\s*'([^'\n]*)'\s*$/gm))
    read.variables.set(name, value);
  for (const call of callsOf(text)) {
    const at = `${file}:${call.line}`;
    const optional = conditional || call.conditional;
    const [first, ...rest] = argumentsOf(call.text);
    const name = first === undefined ? undefined : textOf(first, read.variables);
    const keyword = (key: string) =>
      rest.find((arg) => new RegExp(`^${key}\\s*:`).test(arg))?.replace(/^\w+\s*:\s*/, '');
    switch (call.name) {
      case 'project':
        if (name !== undefined) read.variables.set('meson.project_name()', name);
        break;
      case 'subdir':
        if (name !== undefined) readFolder(project, posix.join(folder, name), read, optional);
        break;
      case 'executable': {
        if (name === undefined) break;
        const sources = [...call.text.matchAll(/'([^'\n]+\.(?:c|cc|cpp|cxx))'/g)].map((m) =>
          posix.join(folder, m[1] ?? ''),
        );
        const folderOf = /sbindir/.test(keyword('install_dir') ?? '')
          ? 'sbin'
          : /libexecdir/.test(keyword('install_dir') ?? '')
            ? 'libexec'
            : 'bin';
        const installed = /^true/.test(keyword('install') ?? '')
          ? posix.join(PREFIX, folderOf, name)
          : undefined;
        if (/^false/.test(keyword('build_by_default') ?? '') && installed === undefined) break;
        read.executables.push({
          name,
          at,
          installed,
          path: posix.join(BUILD, folder, name),
          target: name,
          sources,
        });
        break;
      }
      case 'shared_library':
      case 'library':
      case 'both_libraries':
        if (/^true/.test(keyword('install') ?? '')) {
          read.more = true;
          if (call.name === 'shared_library') read.shared = true;
        }
        break;
      case 'dependency':
        if (name !== undefined && name !== '')
          read.needs.push({
            by: 'pkg-config',
            name,
            at,
            optional: optional || isOptional(keyword('required')),
          });
        break;
      case 'find_library':
        if (name !== undefined)
          read.needs.push({ by: 'link', name, at, optional: optional || isOptional(keyword('required')) });
        break;
      case 'find_program':
        if (name !== undefined)
          read.needs.push({ by: 'tool', name, at, optional: optional || isOptional(keyword('required')) });
        break;
      default:
    }
  }
}

function isOptional(required: string | undefined): boolean {
  return required !== undefined && !/^true/.test(required);
}

/** Comments blanked, so that lines keep their numbers. Refuses a text or a bracket without its end. */
function blanked(file: string, source: string): string {
  const text = source.replace(/'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, (part) =>
    part.startsWith('#') ? ' '.repeat(part.length) : part,
  );
  let depth = 0;
  const plain = text.replace(/'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'/g, (part) => part.replace(/[^\n]/g, ' '));
  let open = 0;
  for (const [index, sign] of [...plain].entries()) {
    if (/[([{]/.test(sign) && depth++ === 0) open = index;
    if (/[)\]}]/.test(sign)) depth--;
    if (depth < 0) throw malformed(file, plain, index, `${sign} closes nothing`);
  }
  if (depth > 0) throw malformed(file, plain, open, `${plain[open]} is never closed`);
  return text;
}

function malformed(path: string, text: string, offset: number, reason: string): UserError {
  return new UserError({ kind: 'malformed', path, line: lineNumber(text, offset), reason });
}

/** All calls that matter, with what stands between their brackets. A branch for another system is none. */
function callsOf(text: string): readonly Call[] {
  const calls: Call[] = [];
  const branches: ('foreign' | 'open')[] = [];
  const pattern =
    /^[ \t]*(if|elif|else|endif|foreach|endforeach)\b([^\n]*)|\b(project|subdir|executable|shared_library|library|both_libraries|dependency|find_library|find_program)\s*\(/gm;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, word, condition = '', name] = match;
    const state =
      /\.system\(\)\s*==\s*'(windows|darwin|cygwin|android|freebsd|netbsd|openbsd|haiku|sunos)'|\.system\(\)\s*!=\s*'linux'/.test(
        condition,
      )
        ? 'foreign'
        : 'open';
    if (word === 'if') branches.push(state);
    else if (word === 'elif' || word === 'else') branches.splice(-1, 1, state);
    else if (word === 'endif') branches.pop();
    if (name === undefined || branches.includes('foreign')) continue;
    const from = pattern.lastIndex;
    const to = closing(text, from);
    const line = lineNumber(text, match.index);
    calls.push({
      name,
      text: text.slice(from, to),
      line,
      conditional: branches.length > 0,
      variable: undefined,
    });
  }
  return calls;
}

function closing(text: string, from: number): number {
  let depth = 1;
  const sign = /'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'|[()]/g;
  sign.lastIndex = from;
  for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
    if (match[0] === '(') depth++;
    if (match[0] === ')' && --depth === 0) return match.index;
  }
  return text.length;
}

/** Arguments as they are written, split at the commas of their own level. */
function argumentsOf(text: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const [part] of text.matchAll(/'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'|[\s\S]/g)) {
    if (/^[([{]$/.test(part)) depth++;
    if (/^[)\]}]$/.test(part)) depth--;
    if (part === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += part;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** A text, a variable that holds one, or texts joined by `+`. */
function textOf(arg: string, variables: ReadonlyMap<string, string>): string | undefined {
  const parts = arg.split('+').map((part) => {
    const word = part.trim();
    return /^'([^']*)'$/.exec(word)?.[1] ?? variables.get(word);
  });
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}
