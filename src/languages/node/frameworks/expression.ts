import { posix } from 'node:path';
import { verbatim } from '../../../project/data.ts';

/** What an expression of a configuration is evaluated in. */
export interface Scope {
  /** The file that it stands in, and its text without comments. */
  readonly path: string;
  readonly text: string;
  /** Variables that the build script sets. */
  readonly env: Readonly<Record<string, string>>;
  /** The mode that the tool builds in. */
  readonly mode: string;
}

/** A value that is written out (`rooted`: a path from the project's folder, whatever it is taken from), `none` where nothing is said in the end, undefined for what is not understood. */
type Result = { readonly value: string; readonly rooted?: true } | 'none' | undefined;

/** Constants and groups are followed this far. */
const DEPTH = 6;

/**
 * What an expression of a configuration is when it builds. A variable of the environment is what the build script sets,
 * and nothing where it sets none; a path is one of the project.
 */
export function evaluate(code: string, scope: Scope, depth = 0): Result {
  const text = unwrapped(code);
  if (depth > DEPTH || text.length > 400) return undefined;
  const written = literalOf(text);
  if (written !== undefined) return { value: written };
  if (/^(?:undefined|null)$/.test(text)) return 'none';
  const [test, yes, no] = ternary(text);
  if (test !== undefined) {
    const holds = truth(test, scope, depth + 1);
    return holds === undefined ? undefined : chosen((holds ? yes : no) ?? '', scope, depth + 1);
  }
  const either = split(text, /^(?:\|\||\?\?)/);
  if (either.length > 1) {
    for (const one of either) {
      const found = /^process\.env\.\w+$/.test(one) ? variable(one, scope) : evaluate(one, scope, depth + 1);
      if (found !== 'none') return found;
    }
    return 'none';
  }
  return pathOf(text, scope, depth) ?? constantOf(text, scope, depth);
}

/** The branch that is taken; `false` there says as much as nothing. */
function chosen(code: string, scope: Scope, depth: number): Result {
  return code === 'false' ? 'none' : evaluate(code, scope, depth);
}

function variable(code: string, { env }: Scope): Result {
  const value = env[code.slice('process.env.'.length)];
  return value === undefined || value === '' ? 'none' : { value };
}

/** Whether a condition holds when it builds for production. */
function truth(code: string, scope: Scope, depth: number): boolean | undefined {
  const text = unwrapped(code);
  const [, not, rest] = /^(!)\s*([^=].*)$/s.exec(text) ?? [];
  if (not !== undefined) {
    const holds = truth(rest ?? '', scope, depth + 1);
    return holds === undefined ? undefined : !holds;
  }
  const [, left = '', sign, , right] = /^([\w.]+)\s*([=!])==?\s*(['"`])([^'"`]*)\3$/.exec(text) ?? [];
  if (sign !== undefined) {
    const value = known(left, scope);
    return value === undefined ? undefined : (value === right) === (sign === '=');
  }
  if (/^process\.env\.\w+$/.test(text)) {
    const value = known(text, scope);
    return value === undefined ? undefined : value !== '';
  }
  if (/^(?:true|false)$/.test(text)) return text === 'true';
  const declared = depth > DEPTH ? undefined : declaredAs(text, scope);
  return declared === undefined ? undefined : truth(declared, scope, depth + 1);
}

/** What a name compares as: `mode` and `command` are what Vite and its like hand to a configuration. */
function known(name: string, { env, mode }: Scope): string | undefined {
  if (name === 'command') return 'build';
  if (name === 'mode' || name.endsWith('.mode')) return mode;
  const [, read] = /^process\.env\.(\w+)$/.exec(name) ?? [];
  return read === undefined ? undefined : ({ NODE_ENV: 'production', ...env }[read] ?? '');
}

const HERE =
  /^(?:__dirname|import\.meta\.dirname|(?:\w+\.)?dirname\((?:\w+\.)?fileURLToPath\(import\.meta\.url\)\))$/;

/** `path.resolve(__dirname, 'dist')`, `fileURLToPath(new URL('./dist', import.meta.url))`, `__dirname + '/dist'`. */
function pathOf(text: string, scope: Scope, depth: number): Result {
  const folder = posix.dirname(scope.path);
  const [, url] =
    /^(?:\w+\()?new URL\(\s*['"`]([^'"`$]+)['"`]\s*,\s*import\.meta\.url\s*\)(?:\.pathname)?\)?$/.exec(
      text,
    ) ?? [];
  if (url !== undefined) return { value: within(posix.join(folder, url)), rooted: true };
  if (/^process\.cwd\(\)$/.test(text)) return { value: '.', rooted: true };
  if (HERE.test(text)) return { value: within(folder), rooted: true };
  const [, inner] = /^(?:\w+\.)?(?:resolve|join|dirname)\((.*)\)$/s.exec(text) ?? [];
  const parts = inner === undefined ? split(text, /^\+/) : split(inner, /^,/);
  if (inner === undefined && (parts.length < 2 || !HERE.test(parts[0] ?? ''))) return undefined;
  const values = parts.map((part) => evaluate(part, scope, depth + 1));
  if (values.some((value) => value === undefined || value === 'none')) return undefined;
  const texts = values.flatMap((value) => (typeof value === 'object' ? [value.value] : []));
  const joined = within(posix.join(...texts));
  const value = /^(?:\w+\.)?dirname\(/.test(text) ? posix.dirname(joined) : joined;
  // `resolve` begins at the folder that the tool runs in
  const [first] = values;
  const rooted = /resolve\(/.test(text) || (typeof first === 'object' && first.rooted === true);
  return rooted ? { value, rooted } : { value };
}

function within(path: string): string {
  return posix.normalize(path).replace(/(.)\/$/, '$1');
}

/** A constant of the same file. */
function constantOf(name: string, scope: Scope, depth: number): Result {
  const code = declaredAs(name, scope);
  return code === undefined ? undefined : evaluate(code, scope, depth + 1);
}

function declaredAs(name: string, { text }: Scope): string | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const found = [
    ...text.matchAll(
      new RegExp(`\\b(?:const|let|var)\\s+${verbatim(name)}\\b[^=\\n]*=(?!=)\\s*([^;\\n]+)`, 'g'),
    ),
  ];
  // two declarations are of two scopes
  return found.length === 1 ? found[0]?.[1]?.trim() : undefined;
}

function literalOf(text: string): string | undefined {
  const quoted = /^(['"`])((?:(?!\1)[^\\$\n])*)\1$/.exec(text)?.[2];
  return quoted ?? (/^(?:true|false|\d+)$/.test(text) ? text : undefined);
}

/** Without what says a type alone, and without brackets around all of it. */
function unwrapped(code: string): string {
  let text = code.trim();
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/(?<!\s)\s+(?:as|satisfies)\s+[\w.<>'"| ]{1,200}$/, '').trim();
    if (text.startsWith('(') && closing(text) === text.length - 1) text = text.slice(1, -1).trim();
  }
  return text;
}

function closing(text: string): number {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if ('([{'.includes(token)) depth++;
    if (')]}'.includes(token) && --depth === 0) return index;
  }
  return -1;
}

const TOKEN = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`[^`]*`|[([{)\]}]/g;

/** The parts of a text between separators that stand in no brackets and no text. */
function split(text: string, separator: RegExp): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const rest = text.slice(index, index + 400);
    const skipped = /^(?:'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`[^`]*`)/.exec(rest)?.[0];
    if (skipped !== undefined) {
      index += skipped.length - 1;
      continue;
    }
    const letter = rest[0] ?? '';
    if ('([{'.includes(letter)) depth++;
    if (')]}'.includes(letter)) depth--;
    const cut = depth === 0 ? separator.exec(rest)?.[0] : undefined;
    if (cut === undefined) continue;
    parts.push(text.slice(start, index).trim());
    start = index + cut.length;
    index = start - 1;
  }
  return [...parts, text.slice(start).trim()].filter((part) => part !== '');
}

function ternary(text: string): readonly [string, string, string] | readonly [] {
  const [test, rest] = split(text, /^\?(?![?.])/);
  const branches = rest === undefined ? [] : split(text.slice(text.indexOf(rest, test?.length ?? 0)), /^:/);
  const [yes, no] = branches;
  return test !== undefined && yes !== undefined && no !== undefined && branches.length === 2
    ? [test, yes, no]
    : [];
}
