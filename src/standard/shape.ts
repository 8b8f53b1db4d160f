import { UserError } from '../errors.ts';
import { near } from '../request/near.ts';
import type { Entry } from './entry.ts';

/** What a value may be: the reader refuses by it, and the JSON Schema is made of it. */
export type Shape =
  | {
      readonly is: 'text';
      readonly about: string;
      readonly values?: readonly string[];
      readonly pattern?: RegExp;
      readonly like?: string;
    }
  | { readonly is: 'switch'; readonly about: string }
  | { readonly is: 'list'; readonly about: string; readonly of: Shape }
  | {
      readonly is: 'map';
      readonly about: string;
      readonly of: Shape;
      readonly keys?: RegExp;
      readonly like?: string;
    }
  | { readonly is: 'table'; readonly about: string; readonly keys: Keys; readonly needs?: readonly string[] }
  | { readonly is: 'either'; readonly about: string; readonly of: readonly Shape[] };

export type Keys = { readonly [key: string]: Shape };

/** Refuses what has another shape, with file and line and the nearest word. `where` names the keys above. */
export function assertShape(entry: Entry, shape: Shape, path: string, where: string): void {
  const { value } = entry;
  switch (shape.is) {
    case 'text':
      assertText(entry, shape, path, where);
      return;
    case 'table':
      assertTable(entry, shape, path, where);
      return;
    case 'switch':
      if (typeof value !== 'boolean') throw unfit(entry, shape, path, where);
      return;
    case 'list':
      if (!isList(value)) throw unfit(entry, shape, path, where);
      for (const one of value) assertShape(one, shape.of, path, where);
      return;
    case 'map':
      if (!isTable(value)) throw unfit(entry, shape, path, where);
      for (const [key, inner] of value) {
        if (shape.keys?.test(key) === false)
          throw refusal(path, inner.line, `${JSON.stringify(key)} is no ${shape.like ?? 'key'} (${where}).`);
        assertShape(inner, shape.of, path, joined(where, key));
      }
      return;
    case 'either': {
      const fits = shape.of.find((one) => kindFits(entry, one));
      if (fits === undefined) throw unfit(entry, shape, path, where);
      assertShape(entry, fits, path, where);
    }
  }
}

type ShapeOf<Is> = Extract<Shape, { readonly is: Is }>;

function unfit(entry: Entry, shape: Shape, path: string, where: string, hint?: string): UserError {
  const at = where === '' ? 'The configuration' : where;
  return refusal(path, entry.line, `${at} takes ${wanted(shape)}, not ${kindOf(entry)}.`, hint);
}

function assertText(entry: Entry, shape: ShapeOf<'text'>, path: string, where: string): void {
  const { value } = entry;
  if (typeof value !== 'string' && typeof value !== 'number') throw unfit(entry, shape, path, where);
  const text = String(value);
  if (shape.values !== undefined && !shape.values.includes(text.toLowerCase()))
    throw unfit(entry, shape, path, where, did(near(text, shape.values)));
  if (shape.pattern?.test(text) === false) throw unfit(entry, shape, path, where);
}

function assertTable(entry: Entry, shape: ShapeOf<'table'>, path: string, where: string): void {
  const { line, value } = entry;
  if (!isTable(value)) throw unfit(entry, shape, path, where);
  const names = Object.keys(shape.keys);
  for (const [key, inner] of value) {
    const known = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    if (known === undefined) {
      const what = where === '' ? 'There is no key' : `${where} has no key`;
      const word = JSON.stringify(key.slice(0, 80));
      throw refusal(path, inner.line, `${what} ${word}.`, did(near(dashed(key), names)));
    }
    assertShape(inner, known, path, joined(where, key));
  }
  const missing = shape.needs?.find((key) => !value.has(key));
  if (missing !== undefined) throw refusal(path, line, `${where} needs the key ${JSON.stringify(missing)}.`);
}

/** What a file says and cannot mean. */
export function refusal(path: string, line: number, message: string, hint = ''): UserError {
  return new UserError({ kind: 'refused', path, line, message: `${path}:${line}: ${message}`, fix: hint });
}

function did(nearest: string | undefined): string | undefined {
  return nearest === undefined ? undefined : `Did you mean ${nearest}?`;
}

function joined(where: string, key: string): string {
  return where === '' ? key : `${where} → ${key}`;
}

/** People type `runtimeVersion` for `runtime-version`. */
function dashed(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, '$1-$2').replaceAll('_', '-');
}

function isList(value: Entry['value']): value is readonly Entry[] {
  return Array.isArray(value);
}

export function isTable(value: Entry['value'] | undefined): value is ReadonlyMap<string, Entry> {
  return value instanceof Map;
}

function kindFits({ value }: Entry, shape: Shape): boolean {
  switch (shape.is) {
    case 'text':
      return typeof value === 'string' || typeof value === 'number';
    case 'switch':
      return typeof value === 'boolean';
    case 'list':
      return isList(value);
    case 'either':
      return shape.of.some((one) => kindFits({ line: 0, value }, one));
    default:
      return isTable(value);
  }
}

function kindOf({ value }: Entry): string {
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return String(value);
  if (isList(value)) return 'a list';
  return isTable(value) ? 'a table' : JSON.stringify(String(value).slice(0, 200));
}

function wanted(shape: Shape): string {
  switch (shape.is) {
    case 'text':
      return shape.values?.join(', ') ?? shape.like ?? 'a text';
    case 'switch':
      return 'true or false';
    case 'list':
      return 'a list';
    case 'either':
      return shape.of.map(wanted).join(', or ');
    default:
      return 'a table';
  }
}

/** The same as a JSON Schema. */
export function schemaOf(shape: Shape): object {
  const description = shape.about === '' ? {} : { description: shape.about };
  switch (shape.is) {
    case 'text':
      return {
        ...description,
        type: shape.values === undefined ? ['string', 'number'] : 'string',
        ...(shape.values === undefined ? {} : { enum: shape.values }),
        ...(shape.pattern === undefined ? {} : { pattern: shape.pattern.source }),
      };
    case 'switch':
      return { ...description, type: 'boolean' };
    case 'list':
      return { ...description, type: 'array', items: schemaOf(shape.of) };
    case 'map':
      return {
        ...description,
        type: 'object',
        ...(shape.keys === undefined ? {} : { propertyNames: { pattern: shape.keys.source } }),
        additionalProperties: schemaOf(shape.of),
      };
    case 'table':
      return {
        ...description,
        type: 'object',
        properties: Object.fromEntries(Object.entries(shape.keys).map(([key, one]) => [key, schemaOf(one)])),
        ...(shape.needs === undefined ? {} : { required: shape.needs }),
        additionalProperties: false,
      };
    case 'either':
      return { ...description, anyOf: shape.of.map(schemaOf) };
  }
}
