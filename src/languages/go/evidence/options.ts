import { bracketed, callOf, fieldOf, splitAt } from './expressions.ts';
import { type Source, type Sources, search } from './sources.ts';
import type { Value } from './values.ts';

type Read = (expression: string, file?: Source) => Value;

/** Types of the flag packages' functions: `String`, `IntVarP`. */
const TYPE = /(?:^|[.\]])(?:String|Int|Uint|Uint16|Int32|Int64)(Var)?(P)?$/;

/** `flag.String("addr", ":8080", …)`, `fs.StringVar(&addr, "addr", …)`, pflag's `StringVarP(&addr, "addr", "a", …)`. */
export function registeredFlag(
  name: string,
  args: readonly string[],
): { readonly flag: string; readonly otherwise: string } | undefined {
  const [match, pointer, short] = TYPE.exec(name) ?? [];
  if (match === undefined || !/flag|\bfs\b|cmd|command/i.test(name)) return undefined;
  const at = pointer === undefined ? 0 : 1;
  const flag = /^"([\w.-]+)"$/.exec(args[at] ?? '')?.[1];
  const otherwise = args[at + (short === undefined ? 1 : 2)];
  return flag === undefined || otherwise === undefined ? undefined : { flag, otherwise };
}

/** Flags that fill a variable by its address: `flag.StringVar(&cfg.addr, "addr", ":8080", …)`. */
export function flagsInto(file: Source, word: string, read: Read): readonly Value[] {
  // the pattern below is slow where there is nothing to find, which is nearly everywhere
  if (!new RegExp(`&(?:\\w+\\.)*${word}\\s*,`).test(file.text)) return [];
  const pattern = new RegExp(`[\\w.()]*\\.\\w+Var(?:P|PF)?\\(\\s*&(?:\\w+\\.)*${word}\\s*,`, 'g');
  return [...file.text.matchAll(pattern)].flatMap((match) => {
    const open = match.index + match[0].lastIndexOf('(');
    const name = match[0].slice(0, match[0].lastIndexOf('(')).replace(/\(\)/g, '');
    const found = registeredFlag(name, splitAt(bracketed(file.text, open) ?? '', ','));
    return found === undefined ? [] : [{ flag: found.flag, text: read(found.otherwise, file).text }];
  });
}

/** https://github.com/alecthomas/kingpin: `kingpin.Flag("listen", "…").Default(":9100").Envar("LISTEN").String()`. */
export function kingpinFlag(text: string): Value | undefined {
  const flag = /\bFlag\(\s*"([\w.-]+)"/.exec(text)?.[1];
  if (flag === undefined) return undefined;
  return {
    flag,
    text: /\.Default\(\s*"([^"]*)"/.exec(text)?.[1],
    variable: /\.Envar\(\s*"(\w+)"/.exec(text)?.[1],
  };
}

/** A flag that is read by its name: cobra's `GetString("addr")`, and urfave/cli's `c.String("addr")`. */
export function flagByName(sources: Sources, key: string, read: Read): Value {
  const quoted = key.replace(/\W/g, '\\$&');
  for (const { file, index } of search(sources, new RegExp(`Flag\\{[^{}]*Name:\\s*"${quoted}"`, 'g'))) {
    const body = bracketed(file.text, index + 4) ?? '';
    const value = fieldOf(body, 'Value');
    const variable = /(?:EnvVars?|Sources):[^"]*"([A-Z][A-Z0-9_]*)"/.exec(body)?.[1];
    return { flag: key, variable, text: value === undefined ? undefined : read(value, file).text };
  }
  const pattern = new RegExp(
    `[\\w.]+(?:\\(\\))?\\.\\w+\\(\\s*(?:&[\\w.]+\\s*,\\s*)?"${quoted}"\\s*,[^\\n]*`,
    'g',
  );
  for (const { file, index } of search(sources, pattern)) {
    const open = file.text.indexOf('(', file.text.slice(index).search(/\.\w+\(\s*(?:&|")/) + index);
    const call = callOf(
      `${file.text.slice(index, open).replace(/\(\)/g, '')}(${bracketed(file.text, open) ?? ''})`,
    );
    const found = call && registeredFlag(call.name, call.args);
    if (found !== undefined) return { flag: found.flag, text: read(found.otherwise, file).text };
  }
  return {};
}

/** https://github.com/spf13/viper: a default, the variable of AutomaticEnv or BindEnv, and the flag of BindPFlag. */
export function viperKey(sources: Sources, key: string, read: Read): Value {
  const quoted = key.replace(/\W/g, '\\$&');
  const [set] = search(sources, new RegExp(`SetDefault\\(\\s*"${quoted}"\\s*,\\s*([^\\n]+)\\)`, 'gi'));
  const [bound] = search(sources, new RegExp(`BindEnv\\(\\s*"${quoted}"\\s*,\\s*"(\\w+)"`, 'gi'));
  const [flag] = search(sources, new RegExp(`BindPFlag\\(\\s*"${quoted}"[^\\n]*Lookup\\("([\\w-]+)"`, 'gi'));
  const [prefix] = search(sources, /SetEnvPrefix\(\s*"(\w+)"/g);
  const [replacer] = search(sources, /SetEnvKeyReplacer\(/g);
  const automatic = search(sources, /\bAutomaticEnv\(\)/g).length > 0;
  const plain = replacer === undefined ? key : key.replace(/[.-]/g, '_');
  const name = [prefix?.groups[0], plain].filter(Boolean).join('_').toUpperCase();
  const byFlag = flag?.groups[0] === undefined ? {} : flagByName(sources, flag.groups[0], read);
  return {
    text: set?.groups[0] === undefined ? byFlag.text : read(set.groups[0], set.file).text,
    variable: bound?.groups[0] ?? (automatic && /^\w+$/.test(name) ? name : undefined),
    flag: flag?.groups[0],
  };
}

/** A field that viper fills by its name: the default is that of the key. */
export function unmarshalled(sources: Sources, field: string, read: Read): Value {
  if (search(sources, /\b(?:viper|v)\.Unmarshal(?:Exact|Key)?\(/g).length === 0) return {};
  const pattern = new RegExp(`SetDefault\\(\\s*"((?:[\\w-]+\\.)*${field})"`, 'gi');
  const keys = new Set(search(sources, pattern).map(({ groups }) => groups[0] ?? ''));
  const [key] = keys;
  return keys.size === 1 && key !== undefined ? viperKey(sources, key, read) : {};
}

/** `Port int \`env:"PORT" envDefault:"8080"\``, as caarlos0/env, envconfig, cleanenv, go-envconfig and kong have it. */
export function fieldTags(file: Source, word: string): readonly Value[] {
  const pattern = new RegExp(`^\\s*${word}\\s+[\\w.*]+\\s+\`([^\`]*)\``, 'gm');
  return [...file.text.matchAll(pattern)].map(([, tags = '']) => {
    const tag = (names: string) => new RegExp(`\\b(?:${names}):"([^"]*)"`).exec(tags)?.[1];
    const env = tag('env|envconfig') ?? '';
    return {
      variable: /^[A-Z][A-Z0-9_]*/.exec(env)?.[0],
      text: tag('envDefault|env-default|default') ?? /default=([^,]*)/.exec(env)?.[1],
    };
  });
}
