import { type ParseError, parse as parseJsonc, printParseErrorCode } from 'jsonc-parser';
import { UserError } from '../errors.ts';
import { lineNumber } from './data.ts';

/** A document by its ending: JSON, YAML or TOML. Refuses with file and line when malformed. */
export type Parse = (path: string, text: string) => unknown;

/** What is TOML whatever its ending says: the locks of Python's package managers, and Pipenv's manifest. */
const TOML = /\.toml$|(^|\/)(uv|poetry|pdm)\.lock$|(^|\/)Pipfile$/;

/** Loads the parsers that files of these names need. */
export async function parsersFor(names: readonly string[]): Promise<Parse> {
  const needs = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const yaml = needs(/\.ya?ml$|^yarn\.lock$/) ? await import('js-yaml') : undefined;
  const toml = needs(TOML) ? await import('smol-toml') : undefined;
  return (path, text) => {
    if (TOML.test(path)) {
      return attempt(
        path,
        () => toml?.parse(text),
        (e) => (e as { line?: number }).line,
      );
    }
    if (/\.ya?ml$|(^|\/)yarn\.lock$/.test(path)) {
      const line = (e: unknown) => lineOf((e as { mark?: { line: number } }).mark?.line);
      const value = attempt(path, () => yaml?.load(text, { schema: yaml.FAILSAFE_SCHEMA, json: true }), line);
      if (text.includes('&')) assertAliases(path, value);
      return value;
    }
    return parseJson(path, text);
  };
}

/** A larger text that is malformed is told without its line. */
const MISTAKE_LIMIT = 4 * 1024 * 1024;
/** More than any document that a person wrote. */
const NODES = 1_000_000;

/** Refuses aliases that stand for more than anybody could read: a few lines of them stand for 10^10 words. */
function assertAliases(path: string, value: unknown): void {
  const sizes = new Map<object, number>();
  const tooMuch = (reason: string) => new UserError({ kind: 'malformed', path, line: undefined, reason });
  const sizeOf = (node: unknown): number => {
    if (typeof node !== 'object' || node === null) return 1;
    const known = sizes.get(node);
    if (known === -1) throw tooMuch('an alias stands in what it names');
    if (known !== undefined) return known;
    sizes.set(node, -1);
    let size = 1;
    for (const inner of Object.values(node)) size += sizeOf(inner);
    if (size > NODES) throw tooMuch('its aliases stand for too much');
    sizes.set(node, size);
    return size;
  };
  sizeOf(value);
}

/** Comments and trailing commas are allowed where their tools allow them (tsconfig, nest-cli), nowhere else. */
function parseJson(path: string, text: string): unknown {
  const relaxed = /(^|\/)([jt]sconfig[^/]*|nest-cli|\.swcrc|bun|deno)\.?(json|jsonc|lock)?$/.test(path);
  const errors: ParseError[] = [];
  if (!relaxed) {
    try {
      return JSON.parse(text);
    } catch {
      // parsed again below, for the place of the mistake
    }
  }
  let value: unknown;
  // what looks for the place of a mistake reads sign by sign
  if (!relaxed && text.length > MISTAKE_LIMIT)
    throw new UserError({ kind: 'malformed', path, line: undefined, reason: 'it is no JSON' });
  try {
    value = parseJsonc(text, errors, {
      allowTrailingComma: relaxed,
      disallowComments: !relaxed,
      allowEmptyContent: false,
    });
  } catch {
    // the parser calls itself for every bracket
    throw new UserError({ kind: 'malformed', path, line: undefined, reason: 'it is nested too deeply' });
  }
  const [first] = errors;
  if (first === undefined && relaxed) return value;
  const line = lineNumber(text, first?.offset ?? 0);
  const why = first
    ? printParseErrorCode(first.error)
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase()
    : 'not JSON';
  throw new UserError({ kind: 'malformed', path, line, reason: why });
}

function attempt(path: string, parse: () => unknown, line: (error: unknown) => number | undefined): unknown {
  try {
    return parse();
  } catch (error) {
    if (error instanceof UserError) throw error;
    // a parser that calls itself for every bracket
    if (error instanceof RangeError)
      throw new UserError({ kind: 'malformed', path, line: undefined, reason: 'it is nested too deeply' });
    const [first = 'cannot be parsed'] = reason(error).split('\n');
    throw new UserError({ kind: 'malformed', path, line: line(error), reason: first.replace(/\.$/, '') });
  }
}

function lineOf(zeroBased: number | undefined): number | undefined {
  return zeroBased === undefined ? undefined : zeroBased + 1;
}

export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
