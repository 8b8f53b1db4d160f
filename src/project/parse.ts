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
      return attempt(path, () => yaml?.load(text, { schema: yaml.FAILSAFE_SCHEMA, json: true }), line);
    }
    return parseJson(path, text);
  };
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
