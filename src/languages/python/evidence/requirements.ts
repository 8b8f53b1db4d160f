import { posix } from 'node:path';
import type { Project } from '../../../project/project.ts';

/** One requirement, as PEP 508 and pip's own lines have it. */
export interface Requirement {
  /** Normalized as the package index does: `Flask_Login` is `flask-login`. Empty: a path alone. */
  readonly name: string;
  readonly extras: readonly string[];
  /** `>=2,<3`; empty: any. */
  readonly specifier: string;
  readonly marker: string;
  /** `git+https://…`, `https://…`, `file:///…`. */
  readonly url: string | undefined;
  /** A folder or a file of the project. */
  readonly path: string | undefined;
  readonly editable: boolean;
  readonly hashed: boolean;
  /** `requirements.txt:12`. */
  readonly at: string;
}

/** What one file of requirements and those that it names say. */
export interface Requirements {
  /** In the order in which they are read, the first one named by the project. */
  readonly files: readonly string[];
  readonly all: readonly Requirement[];
  /** `--index-url`, `--extra-index-url` and `--find-links`, with their lines. */
  readonly indexes: readonly { readonly url: string; readonly at: string }[];
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

const NAMED = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*)$/s;

/** `uvicorn[standard] >=0.30 ; python_version < "3.14"`; undefined: it is none. */
export function parseRequirement(text: string, at: string): Requirement | undefined {
  const [before = '', ...rest] = text.split(/(?<!\s)\s*;\s*/);
  const match = NAMED.exec(before.trim());
  if (match === null) return undefined;
  const [, name = '', extras = '', tail = ''] = match;
  const url = /^@\s*(\S+)/.exec(tail)?.[1];
  const specifier = url === undefined ? tail.replace(/^\(|\)$/g, '').trim() : '';
  if (url === undefined && specifier !== '' && !/^[=<>!~]/.test(specifier)) return undefined;
  return {
    name: normalized(name),
    extras: extras.split(',').flatMap((extra) => (extra.trim() === '' ? [] : [normalized(extra.trim())])),
    specifier,
    marker: rest.join(';').trim(),
    url,
    path: undefined,
    editable: false,
    hashed: false,
    at,
  };
}

/** Lines of a file, with those that a backslash continues joined and comments gone. */
function linesOf(text: string): readonly { readonly line: string; readonly number: number }[] {
  const found: { line: string; number: number }[] = [];
  let open: { line: string; number: number } | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/(^|\s)#.*/, '').trimEnd();
    const whole = { line: `${open?.line ?? ''}${line}`, number: open?.number ?? index + 1 };
    open = whole.line.endsWith('\\') ? { ...whole, line: whole.line.slice(0, -1) } : undefined;
    if (open === undefined && whole.line.trim() !== '') found.push({ ...whole, line: whole.line.trim() });
  }
  return open === undefined ? found : [...found, open];
}

const MOST_FILES = 30;

/** A file of requirements and all that it names with -r and -c, each read once. */
export function readRequirements(project: Project, file: string): Requirements {
  const files: string[] = [];
  const all: Requirement[] = [];
  const indexes: { url: string; at: string }[] = [];
  const read = (path: string, constraints: boolean): void => {
    if (files.includes(path) || files.length >= MOST_FILES) return;
    const text = project.read(path);
    if (text === undefined) return;
    files.push(path);
    for (const { line, number } of linesOf(text)) {
      const at = `${path}:${number}`;
      const other = /^(?:-r|--requirement|-c|--constraint)[\s=]*(\S+)/.exec(line);
      if (other?.[1] !== undefined) {
        const inner = posix.normalize(posix.join(posix.dirname(path), other[1]));
        if (!inner.startsWith('..')) read(inner, constraints || /^(-c|--constraint)/.test(line));
        continue;
      }
      const index = /^(?:-i|--index-url|--extra-index-url|-f|--find-links)[\s=]+(\S+)/.exec(line)?.[1];
      if (index !== undefined) indexes.push({ url: index, at });
      const one = constraints ? undefined : lineRequirement(project, path, line, at);
      if (one !== undefined) all.push(one);
    }
  };
  read(file, false);
  return { files, all, indexes };
}

/** One line that demands something; undefined: an option. */
function lineRequirement(project: Project, file: string, line: string, at: string): Requirement | undefined {
  const editable = /^(?:-e|--editable)[\s=]+(.+)$/.exec(line)?.[1];
  const bare = (editable ?? line)
    .replace(/(?<!\s)\s+--(?:hash|config-settings?|global-option)[\s=]\S+/g, '')
    .trim();
  const hashed = /\s--hash[\s=]/.test(line);
  if (bare.startsWith('-')) return undefined;
  const marker = /\s;\s*(.*)/.exec(bare)?.[1] ?? '';
  const empty = { specifier: '', marker, editable: editable !== undefined, hashed, at };
  const [head = ''] = bare.split(/\s/);
  const [target = '', extras = ''] = head.split(/\[|\]/);
  const wanted = extras.split(',').filter((extra) => extra !== '');
  if (/^(?:git|hg|svn|bzr)\+|^https?:\/\/|^file:/.test(head)) {
    const egg = /[#&]egg=([\w.-]+)/.exec(head)?.[1] ?? '';
    return { ...empty, name: normalized(egg), extras: [], url: head, path: undefined };
  }
  if (target === '') return undefined;
  const named = editable === undefined ? parseRequirement(bare, at) : undefined;
  const folder = posix.normalize(posix.join(posix.dirname(file), target));
  if (
    editable !== undefined ||
    /^\.{0,2}\/|^\.$/.test(target) ||
    (named === undefined && project.has(folder))
  )
    return { ...empty, name: '', extras: wanted, url: undefined, path: folder };
  return named && { ...named, hashed };
}

const ELSEWHERE =
  /\b(?:sys_platform|platform_system|os_name)\s*==\s*['"](?:win32|darwin|cygwin|Windows|Darwin|nt|java)['"]/;
const NOT_HERE = /\b(?:sys_platform|platform_system|os_name)\s*!=\s*['"](?:linux|Linux|posix)['"]/;

/** Whether a marker can hold on Linux and on a minor of CPython; what is not understood can. */
export function holds(marker: string, minor: string | undefined): boolean {
  if (/\bor\b/.test(marker)) return marker.split(/\bor\b/).some((part) => holds(part, minor));
  if (ELSEWHERE.test(marker) || NOT_HERE.test(marker)) return false;
  if (/\bimplementation_name\s*==\s*['"]pypy|platform_python_implementation\s*==\s*['"]PyPy/.test(marker))
    return false;
  if (minor === undefined) return true;
  for (const [, sign = '', text = ''] of marker.matchAll(
    /\bpython(?:_full)?_version\s*(<=|>=|==|!=|<|>)\s*['"](3\.\d+)/g,
  )) {
    const difference = Number(minor.split('.')[1]) - Number(text.split('.')[1]);
    const right = { '<': difference < 0, '<=': difference <= 0, '>': difference > 0, '>=': difference >= 0 };
    if (sign in right && !right[sign as keyof typeof right]) return false;
    if ((sign === '==' && difference !== 0) || (sign === '!=' && difference === 0)) return false;
  }
  return true;
}
