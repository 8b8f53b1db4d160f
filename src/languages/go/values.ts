import { bracketed, callOf, firstExpression, splitAt } from './expressions.ts';
import { fieldTags, flagByName, flagsInto, kingpinFlag, registeredFlag, viperKey } from './options.ts';
import { type Source, type Sources, search } from './sources.ts';

/** What an expression is known to be: its text, and what can say otherwise when the program starts. */
export interface Value {
  /** The literal, or the default of what is named below. */
  readonly text?: string | undefined;
  /** The variable of the environment that it is read from. */
  readonly variable?: string | undefined;
  /** The flag of the command line that it is read from, without its dashes. */
  readonly flag?: string | undefined;
}

/** Names are followed this far: a flag, a configuration's field, a function, a constant. */
const DEPTH = 7;
/** What passes its argument on as it is. */
const PASSES = /^(strconv\.\w+|fmt\.Sprint|strings\.Trim\w*|string|u?int\d*|cast\.To\w+|uint16|)$/;

/** The value of an expression, by what is declared and assigned in the program's own sources. */
export function evaluate(sources: Sources, file: Source, expression: string, depth = 0): Value {
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
  if (key === undefined) return returned(sources, file, name, depth);
  // os.Getenv("PORT"), and helpers in the manner of getEnv("PORT", "8080")
  if (/^[A-Z][A-Z0-9_]*$/.test(key))
    return { variable: key, text: second === undefined ? undefined : inner(second).text };
  if (/\bviper\.Get\w*$|\bv\.Get\w+$/.test(name)) return viperKey(sources, key, inner);
  return /\.(?:Get)?(?:String|Int|Uint|Uint16)$/.test(name) ? flagByName(sources, key, inner) : {};
}

/** The first of each that is known. */
function merged(values: readonly Value[]): Value {
  const first = <K extends keyof Value>(key: K) => values.find((value) => value[key])?.[key];
  return { text: first('text'), variable: first('variable'), flag: first('flag') };
}

/** What a function of the project returns, all its ways out taken together. */
function returned(sources: Sources, from: Source, name: string, depth: number): Value {
  const last = name.split('.').at(-1) ?? '';
  if (!/^\w+$/.test(last)) return {};
  const all = search(sources, new RegExp(`^func\\s+(?:\\([^)]*\\)\\s*)?${last}\\s*\\(`, 'gm'));
  const match = all.find(({ file }) => file.package === from.package) ?? all[0];
  if (match === undefined) return {};
  const { file, index } = match;
  const open = file.text.indexOf('{', index);
  const body = bracketed(file.text, open) ?? '';
  const ways = [...body.matchAll(/\breturn\s+([^\n]+)/g)].map(([, way = '']) => splitAt(way, ',')[0] ?? '');
  return merged(ways.slice(0, 6).map((way) => evaluate(sources, file, way, depth + 1)));
}

/** What a name stands for: all that is assigned to it, in its own file first. */
function named(sources: Sources, file: Source, name: string, depth: number): Value {
  const word = name.split('.').at(-1) ?? name;
  if (/^(nil|true|false|err|_)$/.test(word)) return {};
  const others = sources.files.filter((other) => other !== file);
  const wide = name.includes('.') || /^[A-Z]/.test(word);
  const found: Value[] = [];
  // a name without a dot is of its own package
  for (const other of [file, ...others.filter((o) => wide || o.package === file.package)]) {
    const read = (text: string, of = other) => evaluate(sources, of, text, depth + 1);
    const values = declarations(other, word, name.includes('.')).map((text) => read(text));
    found.push(...flagsInto(other, word, read), ...fieldTags(other, word), ...values);
    const { text, variable, flag } = merged(found);
    if (text !== undefined && (variable ?? flag) !== undefined) break;
    if (text !== undefined && !wide) break;
  }
  return merged(found);
}

/** Right sides of `word := …`, `word = …`, `const word = …`, `Word: …`, and of `word, err := …`. */
function declarations(file: Source, word: string, field: boolean): readonly string[] {
  const before = field ? '(?<![\\w"])' : '(?<![\\w".])';
  const pattern = new RegExp(
    `${before}${word}(?:\\s*,\\s*\\w+)?(?:[ \\t]+[\\w.*\\[\\]]+)?\\s*(?::=|(?<![=!<>])=(?!=)|:(?![:=]))[ \\t]*`,
    'g',
  );
  return [...file.text.matchAll(pattern)].slice(0, 12).flatMap((match) => {
    const start = match.index + match[0].length;
    return firstExpression(file.text.slice(start, start + 600)) || [];
  });
}
