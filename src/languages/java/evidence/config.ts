import { loadAll } from 'js-yaml';
import { isRecord } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';

/** What a key of a configuration says: a text, or a variable with the text that holds without it. */
export interface Entry {
  /** As its file writes it. */
  readonly key: string;
  readonly text: string | undefined;
  readonly variable: string | undefined;
  readonly at: string;
}

export type Config = ReadonlyMap<string, Entry>;

/** A configuration of this size is data. */
const LIMIT = 1 << 20;

/** Keys as Spring compares them: without dashes, underscores and case. */
export function keyOf(key: string): string {
  return key.replace(/[-_]/g, '').toLowerCase();
}

/** Reads files of configuration; the first that says a key holds. One that is malformed says nothing. */
export function readConfig(
  project: Project,
  files: readonly string[],
  profiles: readonly string[] = [],
): Config {
  const found = new Map<string, Entry>();
  for (const file of files) {
    const text = project.read(file, LIMIT);
    if (text === undefined) continue;
    for (const [key, value, line] of entriesOf(file, text, profiles)) {
      if (!found.has(keyOf(key)))
        found.set(keyOf(key), {
          key,
          ...entry(value, `${file}${line === undefined ? ` → ${key}` : `:${line}`}`),
        });
    }
  }
  return found;
}

type Pair = readonly [key: string, value: string, line: number | undefined];

function entriesOf(file: string, text: string, profiles: readonly string[]): readonly Pair[] {
  if (file.endsWith('.conf')) return hocon(text);
  return file.endsWith('.properties') ? properties(text, profiles) : yaml(text, profiles);
}

/** `${PORT:8080}` of Spring, Quarkus and Micronaut, `${PORT}`, `${?PORT}`. A placeholder inside of a text is not known. */
function entry(value: string, at: string): Omit<Entry, 'key'> {
  const [, variable, text] = /^\$\{\??([A-Za-z_][\w.-]*)(?::([^${}]*))?\}$/.exec(value) ?? [];
  if (variable !== undefined)
    return { variable: /^[A-Z_][A-Z0-9_]*$/.test(variable) ? variable : undefined, text, at };
  return { text: /\$\{|^@.*@$|#\{/.test(value) ? undefined : value, variable: undefined, at };
}

/** https://docs.oracle.com/javase/8/docs/api/java/util/Properties.html#load, by documents as Spring separates them. */
export function properties(text: string, profiles: readonly string[] = []): readonly Pair[] {
  const documents: Pair[][] = [[]];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = i + 1;
    let logical = (lines[i] ?? '').trimStart();
    if (/^[#!]---/.test(logical)) documents.push([]);
    if (logical === '' || /^[#!]/.test(logical)) continue;
    while (/(?:^|[^\\])(?:\\\\)*\\$/.test(logical) && i + 1 < lines.length)
      logical = logical.slice(0, -1) + (lines[++i] ?? '').trimStart();
    const [, key = '', value = ''] = /^((?:\\.|[^\s=:\\])+)\s*[=:]?\s*(.*)$/.exec(logical) ?? [];
    if (key !== '') documents.at(-1)?.push([unescaped(key), unescaped(value.trimEnd()), line]);
  }
  return documents
    .filter((one) => isActive(one, profiles))
    .flat()
    .reverse();
}

function unescaped(text: string): string {
  return text.replace(/\\u([0-9a-fA-F]{4})|\\(.)/g, (_, code: string | undefined, char: string) =>
    code !== undefined
      ? String.fromCharCode(Number.parseInt(code, 16))
      : ({ n: '\n', t: '\t', r: '\r' }[char] ?? char),
  );
}

function yaml(text: string, profiles: readonly string[]): readonly Pair[] {
  const documents: Pair[][] = [];
  try {
    // Maven puts values in for @name@, which YAML itself does not take
    loadAll(text.replace(/(?<=[:\s-])@([\w.-]+)@/g, "'@$1@'"), (document) => {
      documents.push(flat(document, ''));
    });
  } catch {
    return [];
  }
  return documents
    .filter((one) => isActive(one, profiles))
    .flat()
    .reverse();
}

function flat(value: unknown, path: string): Pair[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => flat(one, `${path}[${index}]`));
  if (isRecord(value))
    return Object.entries(value).flatMap(([key, one]) => flat(one, path === '' ? key : `${path}.${key}`));
  return value === null || value === undefined || path === '' ? [] : [[path, String(value), undefined]];
}

const PROFILES = ['spring.config.activate.onprofile', 'spring.profiles'];

/** A document that holds for another profile says nothing. */
function isActive(document: readonly Pair[], profiles: readonly string[]): boolean {
  const names = document
    .filter(([key]) => PROFILES.includes(keyOf(key).replace(/\[\d+\]$/, '')))
    .map(([, value]) => value);
  return (
    names.length === 0 ||
    names.some((name) => name.split(/[,|]/).some((one) => profiles.includes(one.trim())))
  );
}

/** Keys and blocks of HOCON, as Ktor and Akka write them; a later line of a key that is a substitution adds its variable. */
function hocon(text: string): readonly Pair[] {
  const path: string[] = [];
  const found: Pair[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/(^|\s)(#|\/\/).*$/, '').trim();
    const block = /^([\w.-]+)\s*[:=]?\s*\{$/.exec(line);
    const pair = /^([\w.-]+)\s*[:=]\s*"?([^"{}]*)"?,?$|^([\w.-]+)\s*[:=]\s*(\$\{\??\w+\})$/.exec(line);
    if (block?.[1] !== undefined) path.push(block[1]);
    else if (line === '}') path.pop();
    else if (pair !== null) {
      const key = [...path, pair[1] ?? pair[3]].join('.');
      const value = pair[2] ?? pair[4] ?? '';
      const before = found.findIndex(([one]) => one === key);
      const [, variable] = /^\$\{\??(\w+)\}$/.exec(value) ?? [];
      const old = found[before];
      if (old !== undefined && variable !== undefined)
        found[before] = [key, `\${${variable}:${old[1]}}`, index + 1];
      else found.push([key, value.trim(), index + 1]);
    }
  }
  return found;
}
