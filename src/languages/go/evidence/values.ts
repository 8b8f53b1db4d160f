import { bracketed, callOf, firstExpression, splitAt } from './expressions.ts';
import {
  fieldTags,
  flagByName,
  flagsInto,
  kingpinFlag,
  registeredFlag,
  unmarshalled,
  viperKey,
} from './options.ts';
import { type Source, type Sources, search } from './sources.ts';

/** What an expression is known to be: its text, and what can say otherwise when the program starts. */
export interface Value {
  /** The literal, or the default of what is named below. */
  readonly text?: string | undefined;
  /** The variable of the environment that it is read from. */
  readonly variable?: string | undefined;
  /** The flag of the command line that it is read from, without its dashes. */
  readonly flag?: string | undefined;
  /** Different texts are assigned to it: which of them holds is decided when it runs. */
  readonly several?: boolean | undefined;
}

/** Names are followed this far: a flag, a configuration's field, a function, a constant. */
const DEPTH = 7;
/** What passes its argument on as it is. */
const PASSES = /^(strconv\.\w+|fmt\.Sprint|strings\.Trim\w*|string|u?int\d*|cast\.To\w+|uint16|)$/;

const known = new WeakMap<Sources, Map<string, Value>>();

/** The value of an expression, by what is declared and assigned in the program's own sources. */
export function evaluate(sources: Sources, file: Source, expression: string, depth = 0): Value {
  const values = known.get(sources) ?? new Map<string, Value>();
  known.set(sources, values);
  const key = `${file.path} ${expression}`;
  const before = values.get(key);
  if (before !== undefined) return before;
  // a name that stands for itself in the end stands for nothing
  values.set(key, {});
  const value = read(sources, file, expression, depth);
  values.set(key, value);
  return value;
}

function read(sources: Sources, file: Source, expression: string, depth: number): Value {
  const text = expression
    .trim()
    .replace(/^[&*]+/, '')
    .replace(/\.(?:Persistent|Local)?Flags\(\)/g, '.Flags');
  if (depth > DEPTH || text === '') return {};
  const inner = (other: string, of = file) => evaluate(sources, of, other, depth + 1);
  const [matched, string, raw, number] = /^(?:"((?:\\.|[^"\\])*)"|`([^`]*)`|(\d+))$/.exec(text) ?? [];
  if (matched !== undefined) return { text: string ?? raw ?? number };
  const call = callOf(text);
  if (call === undefined) {
    const kingpin = kingpinFlag(text);
    if (kingpin !== undefined) return kingpin;
    return /^[A-Za-z_][\w.]*$/.test(text) ? named(sources, file, text, depth) : {};
  }
  const { name, args } = call;
  const [first = '', second] = args;
  if (PASSES.test(name)) return inner(first);
  if (name === 'cmp.Or') return merged(args.map((arg) => inner(arg)));
  const registered = registeredFlag(name, args);
  if (registered !== undefined) return { text: inner(registered.otherwise).text, flag: registered.flag };
  const key = /^"([^"]+)"$/.exec(first)?.[1];
  if (key === undefined)
    return merged(returnsOf(sources, file, name, 0).map((origin) => inner(origin.text, origin.file)));
  // os.Getenv("PORT"), and helpers in the manner of getEnv("PORT", "8080")
  if (/^[A-Z][A-Z0-9_]*$/.test(key))
    return { variable: key, text: second === undefined ? undefined : inner(second).text };
  if (/\bviper\.Get\w*$|\bv\.Get\w+$/.test(name)) return viperKey(sources, key, inner);
  return /\.(?:Get)?(?:String|Int|Uint|Uint16)$/.test(name) ? flagByName(sources, key, inner) : {};
}

/** The first of each that is known. */
function merged(values: readonly Value[]): Value {
  const first = <K extends keyof Value>(key: K) => values.find((value) => value[key])?.[key];
  return {
    text: first('text'),
    variable: first('variable'),
    flag: first('flag'),
    several: values.some((value) => value.several),
  };
}

/** An expression, and the file in which it stands. */
interface Origin {
  readonly file: Source;
  readonly text: string;
}

/** What a function of the project returns at one place of its results, all its ways out. */
function returnsOf(sources: Sources, from: Source, name: string, place: number): readonly Origin[] {
  const last = name.split('.').at(-1) ?? '';
  if (!/^\w+$/.test(last)) return [];
  const all = search(sources, new RegExp(`^func\\s+(?:\\([^)]*\\)\\s*)?${last}\\s*\\(`, 'gm'));
  const match = all.find(({ file }) => file.package === from.package) ?? all[0];
  if (match === undefined) return [];
  const { file, index } = match;
  const open = file.text.indexOf('(', file.text.indexOf(last, index));
  const body =
    bracketed(file.text, file.text.indexOf('{', open + (bracketed(file.text, open)?.length ?? 0))) ?? '';
  return [...body.matchAll(/\breturn\s+([^\n]+)/g)]
    .slice(0, 6)
    .map(([, way = '']) => ({ file, text: splitAt(way, ',')[place] ?? '' }));
}

/** The expressions that a name or a call stands for, one step back. */
export function originsOf(sources: Sources, file: Source, text: string): readonly Origin[] {
  const call = callOf(text);
  if (call !== undefined) return returnsOf(sources, file, call.name, 0);
  if (!/^[A-Za-z_][\w.]*$/.test(text)) return [];
  const others = sources.files.filter((other) => other !== file);
  for (const other of text.includes('.') ? [file, ...others] : [file]) {
    const found = assignments(sources, other, text);
    if (found.length > 0) return found;
  }
  return [];
}

/** Right sides of a name's assignments in one file; `a, word := f()` is what f returns at its place. */
function assignments(sources: Sources, file: Source, name: string): readonly Origin[] {
  const word = name.split('.').at(-1) ?? name;
  return declarations(file, word, name.includes('.')).flatMap(({ text, place }) => {
    const call = place > 0 ? callOf(text) : undefined;
    return call ? returnsOf(sources, file, call.name, place) : [{ file, text }];
  });
}

/** What a name stands for: all that is assigned to it, in its own file first; else what its function is called with. */
function named(sources: Sources, file: Source, name: string, depth: number): Value {
  const word = name.split('.').at(-1) ?? name;
  if (/^(nil|true|false|err|_)$/.test(word)) return {};
  const others = sources.files.filter((other) => other !== file);
  const field = name.includes('.');
  const wide = field || /^[A-Z]/.test(word);
  const found: Value[] = [];
  // a name without a dot is of its own package
  for (const other of [file, ...others.filter((o) => wide || o.package === file.package)]) {
    const read = (text: string, of = other) => evaluate(sources, of, text, depth + 1);
    const values = assignments(sources, other, name).map((origin) => read(origin.text, origin.file));
    const said = [...flagsInto(other, word, read), ...fieldTags(other, word)];
    const texts = new Set(values.flatMap((value) => value.text || []));
    const open = other === file && texts.size > 1 && !said.some((value) => value.text);
    found.push(...said, ...values, ...(open ? [{ several: true }] : []));
    const { text, variable, flag } = merged(found);
    if (text !== undefined && (variable ?? flag) !== undefined) break;
    if (text !== undefined && !wide) break;
  }
  const value = merged(found);
  if (value.text !== undefined) return value;
  const read = (text: string, of = file) => evaluate(sources, of, text, depth + 1);
  const more = field ? unmarshalled(sources, word, read) : passed(sources, file, word, depth);
  return merged([value, more]);
}

/** What a function's parameter is where the function is called. */
function passed(sources: Sources, file: Source, word: string, depth: number): Value {
  const values: Value[] = [];
  for (const { 1: name = '', index } of file.text.matchAll(/^func\s+(?:\([^)]*\)\s*)?(\w+)\s*\(/gm)) {
    const open = file.text.indexOf(`${name}(`, index) + name.length;
    const names = splitAt(bracketed(file.text, open) ?? '', ',').map((part) => /^\w+/.exec(part)?.[0]);
    const at = names.indexOf(word);
    if (at < 0 || values.length > 8) continue;
    for (const call of search(
      sources,
      new RegExp(`(?<!func\\s)(?<!func\\s\\([^)\\n]*\\)\\s)\\b${name}\\(`, 'g'),
    )) {
      const args = splitAt(bracketed(call.file.text, call.index + name.length) ?? '', ',');
      if (args.length === names.length) values.push(evaluate(sources, call.file, args[at] ?? '', depth + 1));
    }
  }
  return merged(values);
}

/** Right sides of `word := …`, `word = …`, `const word = …`, `Word: …`; of `a, word := f()` with its place. */
function declarations(
  file: Source,
  word: string,
  field: boolean,
): readonly { readonly text: string; readonly place: number }[] {
  const start = field ? '(?<![\\w"])' : '(?<![\\w".])';
  const pattern = new RegExp(
    `${start}${word}(?:\\s*,\\s*\\w+)*(?:[ \\t]+[\\w.*\\[\\]]+)?\\s*(?::=|(?<![=!<>])=(?!=)|:(?![:=]))[ \\t]*`,
    'g',
  );
  return [...file.text.matchAll(pattern)].slice(0, 12).flatMap((match) => {
    const end = match.index + match[0].length;
    const text = firstExpression(file.text.slice(end, end + 600));
    const before = file.text.slice(Math.max(0, match.index - 120), match.index);
    // `Addr: a, Port: b` is no list of names
    const left = /:\s*$/.test(match[0]) ? '' : (/(?:\b\w+,\s*)*$/.exec(before)?.[0] ?? '');
    return text === '' ? [] : [{ text, place: left.split(',').length - 1 }];
  });
}
