import { createHash } from 'node:crypto';
import { compare, valid } from '@renovatebot/pep440';
import { isRecord, listOf, recordOf, textOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { readPipfileLock } from './lock.ts';
import { normalized, parseRequirement } from './requirements.ts';

/** What says that a lock is not that of the manifest beside it, and the command that makes it anew. */
export interface Stale {
  readonly because: string;
  readonly fix: string;
}

type Table = Readonly<Record<string, unknown>>;

/** A lock whose own checksum, or whose own copy of the demands, is not what the manifest says; undefined: it is, or nobody can tell. */
export function staleLock(project: Project, manager: string): Stale | undefined {
  if (manager === 'poetry') return stalePoetry(project);
  if (manager === 'pipenv') return stalePipfile(project);
  return manager === 'uv' && project.app === '.' ? staleUv(project) : undefined;
}

const PROJECT = ['requires-python', 'dependencies', 'optional-dependencies'];
const LEGACY = ['dependencies', 'source', 'extras', 'dev-dependencies'];

/** https://github.com/python-poetry/poetry/blob/main/src/poetry/packages/locker.py `_get_content_hash` */
function stalePoetry(project: Project): Stale | undefined {
  const said = textOf(recordOf(recordOf(project.parse('poetry.lock')).metadata)['content-hash']);
  const whole = recordOf(project.parse('pyproject.toml'));
  // Poetry before 2.3 has no groups of PEP 735 in it, and is taken at its word by those that follow
  const hashes = [true, false].map((groups) => checksum(poetryContent(whole, groups), ', ', ': '));
  if (said === undefined || hashes.some((hash) => hash === undefined || hash === said)) return undefined;
  return {
    because:
      "poetry.lock is not that of this pyproject.toml: its content-hash is another one, and Poetry's install ends there",
    fix: 'poetry lock',
  };
}

function poetryContent(whole: Table, groups: boolean): Table {
  const picked = (table: Table, keys: readonly string[]) =>
    Object.fromEntries(keys.flatMap((key) => (table[key] === undefined ? [] : [[key, table[key]]])));
  const own = picked(recordOf(whole.project), PROJECT);
  const more = groups ? recordOf(whole['dependency-groups']) : {};
  const poetry = picked(recordOf(recordOf(whole.tool).poetry), [...LEGACY, 'group']);
  const hasOwn = Object.keys(own).length > 0;
  const hasMore = Object.keys(more).length > 0;
  // what old releases know stands there although it says nothing
  if (!hasOwn && !hasMore) return { ...Object.fromEntries(LEGACY.map((key) => [key, null])), ...poetry };
  return {
    ...(hasOwn ? { project: own } : {}),
    ...(hasMore ? { 'dependency-groups': more } : {}),
    tool: { poetry },
  };
}

const SECTIONS = new Set(
  'source packages dev-packages requires scripts pipfile pipenv default develop'.split(' '),
);
const SOURCE = [{ name: 'pypi', url: 'https://pypi.org/simple', verify_ssl: true }];

/** https://github.com/sarugaku/plette/blob/master/src/plette/pipfiles.py `get_hash` */
function stalePipfile(project: Project): Stale | undefined {
  const lock = readPipfileLock(project);
  const said = textOf(recordOf(recordOf(lock._meta).hash).sha256);
  const whole = recordOf(project.parse('Pipfile'));
  const content = {
    _meta: { sources: whole.source ?? SOURCE, requires: whole.requires ?? {} },
    default: whole.packages ?? {},
    develop: whole['dev-packages'] ?? {},
    ...Object.fromEntries(Object.entries(whole).filter(([name]) => !SECTIONS.has(name))),
  };
  const hash = checksum(content, ',', ':');
  if (said === undefined || hash === undefined || hash === said) return undefined;
  return {
    because:
      'Pipfile.lock is not that of this Pipfile: its hash is another one, and pipenv install --deploy ends there',
    fix: 'pipenv lock',
  };
}

/** uv keeps what the project says of itself in its lock, and ends where any of it is another: name, version, Python, demands. */
function staleUv(project: Project): Stale | undefined {
  const whole = recordOf(project.parse('pyproject.toml'));
  const declared = recordOf(whole.project);
  const lock = recordOf(project.parse('uv.lock'));
  const tables = listOf(lock.package).map(recordOf);
  const name = normalized(textOf(declared.name) ?? '');
  const self = tables.find((one) => normalized(textOf(one.name) ?? '') === name);
  const dynamic = listOf(declared.dynamic).map(String);
  const because =
    otherVersion(declared, self) ??
    otherPython(declared, lock) ??
    (dynamic.includes('dependencies') ? undefined : otherDemand(whole, self));
  return because === undefined
    ? undefined
    : {
        because: `uv.lock is not that of this pyproject.toml: ${because}, and uv sync --locked ends there`,
        fix: 'uv lock',
      };
}

function otherVersion(declared: Table, self: Table | undefined): string | undefined {
  const [own, locked] = [textOf(declared.version), textOf(self?.version)];
  return own === undefined || locked === undefined || sameVersion(own, locked)
    ? undefined
    : `it has the project at version ${locked}, not ${own}`;
}

/** Of a workspace it is what all members have in common; and what is neither `>=` nor `<` uv writes its own way. */
function otherPython(declared: Table, lock: Table): string | undefined {
  const [own, locked] = [textOf(declared['requires-python']), textOf(lock['requires-python'])];
  const alone = recordOf(lock.manifest).members === undefined;
  return !alone ||
    /[=~!]=/.test((own ?? '').replaceAll('>=', '')) ||
    own === undefined ||
    locked === undefined ||
    sameRange(own, locked)
    ? undefined
    : `it is for Python ${locked}, not ${own}`;
}

function otherDemand(whole: Table, self: Table | undefined): string | undefined {
  const locked = recordOf(self?.metadata)['requires-dist'];
  if (!Array.isArray(locked)) return undefined;
  const all = locked.map((one) => ({ name: '', ...recordOf(one) }));
  const sources = new Set(Object.keys(recordOf(recordOf(recordOf(whole.tool).uv).sources)).map(normalized));
  const own = listOf(recordOf(whole.project).dependencies).flatMap(
    (one) => parseRequirement(String(one), '') ?? [],
  );
  for (const { name, specifier, url } of own) {
    const there = all.filter((one) => normalized(String(one.name)) === name);
    if (there.length === 0) return `${name} is not among what it locks`;
    const [only = {}] = there;
    const range = textOf(recordOf(only).specifier) ?? '';
    const once = there.length === 1 && own.filter((one) => one.name === name).length === 1;
    if (once && url === undefined && !sources.has(name) && !sameRange(specifier, range))
      return `it was made for ${name}${range}, not ${name}${specifier}`;
  }
  return undefined;
}

/** Whether two ranges say the same clauses, in whatever order and spelling; what is not understood may. */
function sameRange(a: string, b: string): boolean {
  const clauses = (text: string) =>
    text
      .split(',')
      .map((part) => /^\s*(===|[=<>!~]=|[<>])\s*(\S+)\s*$/.exec(part))
      .flatMap((match) => (match === null ? [] : [{ sign: match[1], version: match[2] ?? '' }]));
  const [left, right] = [clauses(a), clauses(b)];
  const count = (text: string) => text.split(',').filter((part) => part.trim() !== '').length;
  if (left.length !== count(a) || right.length !== count(b)) return true;
  const within = (one: (typeof left)[number], list: typeof left) =>
    list.some(({ sign, version }) => sign === one.sign && sameVersion(version, one.version));
  return left.every((one) => within(one, right)) && right.every((one) => within(one, left));
}

function sameVersion(a: string, b: string): boolean {
  return a === b || (valid(a) !== null && valid(b) !== null && compare(a, b) === 0);
}

/** SHA-256 of a value as Python's json writes it, keys sorted; undefined: a number or a date, which it may write otherwise. */
function checksum(value: unknown, comma: string, colon: string): string | undefined {
  const text = written(value, comma, colon);
  return text === undefined ? undefined : createHash('sha256').update(text).digest('hex');
}

function written(value: unknown, comma: string, colon: string): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return undefined;
  if (typeof value === 'string')
    return JSON.stringify(value).replace(
      /[\u007f-\uffff]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  const inner = Array.isArray(value)
    ? value.map((one) => written(one, comma, colon))
    : isRecord(value)
      ? Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, one]) => {
            const text = written(one, comma, colon);
            return text === undefined ? undefined : `${written(key, comma, colon)}${colon}${text}`;
          })
      : [undefined];
  if (inner.includes(undefined)) return undefined;
  return Array.isArray(value) ? `[${inner.join(comma)}]` : `{${inner.join(comma)}}`;
}

/** Whether a version is older than another. What a lock calls one and no tool could read is not. */
export function isOlder(version: string | undefined, than: string): boolean {
  return version !== undefined && valid(version) !== null && compare(version, than) < 0;
}
