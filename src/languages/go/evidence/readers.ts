import { posix } from 'node:path';
import { argumentsOf, type Link } from '../../../kit/chain.ts';
import type { Field } from '../../../kit/classes.ts';
import type { Range, Source } from '../../../kit/dialect.ts';
import { callsNamed } from '../../../kit/functions.ts';
import type { Given, Program, Reader } from '../../../kit/program.ts';
import { type Call, callAt, codeOf, member, textOf } from '../../../kit/syntax.ts';
import { clean, either, joined, type Value } from '../../../kit/value.ts';
import { worth } from '../../../kit/worth.ts';
import { table } from '../../../project/data.ts';
import { remember } from '../../../project/remember.ts';

/** Types of the flag packages' functions: `String`, `IntVarP`. */
const TYPES = '(?:String|Int|Uint|Uint16|Int32|Int64|Bool|Duration)';
/** What flags are registered on: a package, a set, a command. */
const SETS = /flag|(?:^|\.)(?:fs|set|f)\.|cmd|command/i;

/** What is known of a registered flag: `flag.String("addr", ":8080", …)`, pflag's `StringVarP(&addr, "addr", "a", …)`. */
function registered(
  given: Pick<Given, 'name' | 'args' | 'text' | 'worth'>,
  first: number,
): Value | undefined {
  const { name, args, text, worth } = given;
  const otherwise = args[first + (name.endsWith('P') ? 2 : 1)];
  const flag = text(args[first]);
  if (!SETS.test(name) || otherwise === undefined || flag === undefined || !/^[\w.-]+$/.test(flag))
    return undefined;
  const { text: value, number, variable } = worth(otherwise);
  return clean({ text: value === '' ? undefined : value, number, variable, flag });
}

/** The text that a call of a chain is given: `.Default(":9100")`. */
function said({ source, chain, text }: Given, name: string): string | undefined {
  const at = chain.findIndex((link) => link.kind === 'name' && link.name === name);
  const call: Link | undefined = at < 0 ? undefined : chain[at + 1];
  return call?.kind === 'call' ? text(argumentsOf(source, call)[0]) : undefined;
}

/** https://github.com/alecthomas/kingpin: `kingpin.Flag("listen", "…").Default(":9100").Envar("LISTEN").String()`. */
function kingpin(given: Given): Value | undefined {
  const flag = said(given, 'Flag');
  const [text, variable] = [said(given, 'Default'), said(given, 'Envar')];
  return flag === undefined ? undefined : clean({ flag, text, variable, at: given.at });
}

/** A flag that is read by its name: cobra's `GetString("addr")`, and urfave/cli's `c.String("addr")`. */
function byName({ program, args, text, at }: Given): Value | undefined {
  const key = text(args[0]);
  if (key === undefined || args.length !== 1) return undefined;
  for (const source of program.sources) {
    const said = urfave(program, source, key) ?? flagCalled(program, source, key);
    if (said !== undefined) return { at, ...said };
  }
  return undefined;
}

/** https://cli.urfave.org: `&cli.StringFlag{Name: "addr", Value: ":80", EnvVars: []string{"ADDR"}}`. */
function urfave(program: Program, source: Source, key: string): Value | undefined {
  for (const { 0: all, index } of source.code.matchAll(/\b\w*Flag\s*\{/g)) {
    const open = index + all.length - 1;
    const literal = { from: index, to: (source.pairs.get(open) ?? open) + 1 };
    const at = (name: string) => {
      const found = member(source, literal, [name]);
      return typeof found === 'string' ? undefined : found;
    };
    const name = at('Name');
    if (name === undefined || textOf(source, name)?.split(',')[0] !== key) continue;
    const [value, sources] = [at('Value'), at('EnvVars') ?? at('EnvVar') ?? at('Sources')];
    const variable = sources && textsIn(source, sources).find((one) => /^[A-Z][A-Z0-9_]*$/.test(one));
    const { text, number } = worth(program, source, value);
    const required = at('Required');
    const flag = required !== undefined && codeOf(source, required).trim() === 'true' ? undefined : key;
    return clean({ flag: flag ?? (variable === undefined ? key : undefined), variable, text, number });
  }
  return undefined;
}

function textsIn(source: Source, { from, to }: Range): readonly string[] {
  return source.strings.filter((one) => one.from >= from && one.to <= to).map(({ text }) => text);
}

/** The registration of a flag by its name, anywhere. */
function flagCalled(program: Program, source: Source, key: string): Value | undefined {
  const text = source.strings.find((one) => one.text === key && isRegistered(source, one.from, one.to));
  const open = text && openBefore(source, text.from);
  const call = open === undefined ? undefined : callAt(source, open);
  return call && readRegistered(program, source, call);
}

function isRegistered({ code }: Source, from: number, to: number): boolean {
  return code[to] === ',' && /(?:\(|\(&[\w.]+,)\s*$/.test(code.slice(Math.max(0, from - 80), from));
}

function openBefore({ code }: Source, at: number): number | undefined {
  const open = code.lastIndexOf('(', at);
  return open < 0 ? undefined : open;
}

function readRegistered(program: Program, source: Source, call: Call): Value | undefined {
  const match = new RegExp(`(?:^|\\.)${TYPES}(Var)?P?$`).exec(call.name);
  if (match === null) return undefined;
  const read = (range: Range | undefined) => worth(program, source, range);
  const text = (range: Range | undefined) => range && (textOf(source, range) ?? read(range).text);
  return registered({ name: call.name, args: call.args, worth: read, text }, match[1] === undefined ? 0 : 1);
}

/** https://github.com/spf13/viper: a default, the variable of AutomaticEnv or BindEnv, and the flag of BindPFlag. */
function viperKey(program: Program, key: string): Value {
  const same = (one: string | undefined) => one?.toLowerCase() === key.toLowerCase();
  const all = (pattern: RegExp) => calledIn(program, pattern);
  const keyed = (pattern: RegExp) =>
    all(pattern).find(({ source, call }) => call.args[0] && same(textOf(source, call.args[0])));
  const set = keyed(/\.SetDefault$/);
  const bound = keyed(/\.BindEnv$/);
  const flag = keyed(/\.BindPFlag$/);
  const [prefix] = all(/\.SetEnvPrefix$/);
  const replaced = all(/\.SetEnvKeyReplacer$/).length > 0;
  const plain = replaced ? key.replace(/[.-]/g, '_') : key;
  const head = prefix?.call.args[0] && textOf(prefix.source, prefix.call.args[0]);
  const name = [head, plain].filter(Boolean).join('_').toUpperCase();
  const automatic = all(/\.AutomaticEnv$/).length > 0 && /^\w+$/.test(name);
  const whole = all(/\.BindPFlags$/).length > 0 ? key : undefined;
  const named = flag?.call.args[1] === undefined ? whole : textsIn(flag.source, flag.call.args[1])[0];
  const said = bound?.call.args[1] && textOf(bound.source, bound.call.args[1]);
  const byFlag =
    named === undefined
      ? undefined
      : program.sources.map((source) => flagCalled(program, source, named)).find((one) => one !== undefined);
  const { text, number } = set === undefined ? (byFlag ?? {}) : worth(program, set.source, set.call.args[1]);
  const heard = flag === undefined && byFlag === undefined ? undefined : named;
  return clean({ text, number, variable: said ?? (automatic ? name : undefined), flag: heard });
}

/** The calls of the program whose names match, looked for once. */
function calledIn(
  program: Program,
  pattern: RegExp,
): readonly { readonly source: Source; readonly call: Call }[] {
  return remember(program, `calls ${pattern.source}`, () =>
    program.sources.flatMap((source) => callsNamed(source, pattern).map((call) => ({ source, call }))),
  );
}

/** Functions that say where the home of the user is, and what they add to it. */
const HOMES: Readonly<Record<string, string>> = table({
  'os.UserHomeDir': '',
  'homedir.Dir': '',
  'os.UserConfigDir': '/.config',
  'os.UserCacheDir': '/.cache',
});

/** Readers of Go's own packages and of libraries for flags and configuration. */
export const READERS: readonly Reader[] = [
  { of: /^cmp\.Or$/, read: ({ args, worth }) => either(args.map((arg) => worth(arg))) },
  {
    of: /^net\.JoinHostPort$/,
    read: ({ args, worth }) => {
      const [host, port] = [worth(args[0]), worth(args[1])];
      return joined([host.empty ? { text: '' } : host, { text: ':' }, port]);
    },
  },
  {
    of: /^(?:filepath|path)\.Join$/,
    read: ({ args, worth }) =>
      joined(args.flatMap((arg, index) => [...(index > 0 ? [{ text: '/' }] : []), worth(arg)])),
  },
  {
    of: /^(?:filepath|path)\.(?:Clean|Abs|Dir|FromSlash|ToSlash)$/,
    read: ({ name, args, worth }) => {
      const value = worth(args[0]);
      if (value.text === undefined || !name.endsWith('.Dir')) return value;
      return { ...value, text: posix.dirname(value.text), parts: undefined };
    },
  },
  {
    of: /^(?:os\.User\w+Dir|homedir\.Dir|user\.Current)$/,
    read: ({ name, path, at }) => {
      const own = name === 'user.Current' ? (path[0] === 'HomeDir' ? '' : undefined) : HOMES[name];
      if (own === undefined) return undefined;
      return joined([{ variable: 'HOME', at }, ...(own === '' ? [] : [{ text: own }])]);
    },
  },
  { of: new RegExp(`\\bFlag\\(\\)(?:\\.\\w+\\(\\))*\\.(?:${TYPES}|TCP|ExistingFile)$`), read: kingpin },
  { of: new RegExp(`\\bFlag\\(\\)(?:\\.\\w+\\(\\))*\\.${TYPES}Var$`), fills: 0, read: kingpin },
  { of: new RegExp(`(?:^|\\.)${TYPES}P?$`), read: (given) => registered(given, 0) },
  { of: new RegExp(`(?:^|\\.)${TYPES}VarP?$`), fills: 0, read: (given) => registered(given, 1) },
  {
    of: /(?:^|\.)(?:viper|v|vp|conf)\.Get\w*$/,
    read: ({ program, args, text, at }) => {
      const key = args.length === 1 ? text(args[0]) : undefined;
      return key === undefined ? undefined : { at, ...viperKey(program, key) };
    },
  },
  { of: new RegExp(`\\.(?:Get)?(?:${TYPES}|Uint16)$`), read: byName },
];

/** How fields are filled from outside: by their tags, by viper, by a flag that is given their address. */
export function fieldReaders(
  program: () => Program,
  imports: ReadonlySet<string>,
): NonNullable<Program['fields']> {
  return [
    (field) => tagged(field, imports),
    (field) => prefixed(program(), field, imports),
    (field) => unmarshalled(program(), field),
    (field) => filled(program(), field),
  ];
}

/** `Port int \`env:"PORT" envDefault:"8080"\``, as caarlos0/env, envconfig, cleanenv, go-envconfig, go-flags, kong have it. */
function tagged({ tag = '', name }: Field, imports: ReadonlySet<string>): Value | undefined {
  const of = (names: string) => new RegExp(`(?:^|\\s)(?:${names}):"([^"]*)"`).exec(tag)?.[1];
  const env = of('env|envconfig') ?? '';
  const variable = /^[A-Z][A-Z0-9_]*/.exec(env)?.[0];
  const text = of('envDefault|env-default|default') ?? /default=([^,]*)/.exec(env)?.[1];
  const kong = [...imports].some((path) => path.startsWith('github.com/alecthomas/kong'));
  const flag = of('long') ?? (kong ? (of('name') ?? kebab(name)) : undefined);
  if (variable === undefined && text === undefined && of('long') === undefined) return undefined;
  return clean({ variable, text, flag });
}

function kebab(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase();
}

/** https://github.com/kelseyhightower/envconfig: a field without a tag is PREFIX_FIELD. */
function prefixed(program: Program, field: Field, imports: ReadonlySet<string>): Value | undefined {
  if (![...imports].some((path) => path === 'github.com/kelseyhightower/envconfig')) return undefined;
  const [first] = calledIn(program, /^envconfig\.(?:Must)?Process$/);
  if (first === undefined) return undefined;
  const { source, call } = first;
  const prefix = call.args[0] && textOf(source, call.args[0]);
  const words = /split_words:"true"/.test(field.tag ?? '')
    ? kebab(field.name).replace(/-/g, '_')
    : field.name;
  return { variable: [prefix, words].filter(Boolean).join('_').toUpperCase() };
}

/** A field that viper fills by its name: the default is that of the key. */
function unmarshalled(program: Program, { name, tag = '' }: Field): Value | undefined {
  if (calledIn(program, /\.Unmarshal(?:Exact|Key)?$/).length === 0) return undefined;
  const own = (/mapstructure:"([\w.-]+)/.exec(tag)?.[1] ?? name).toLowerCase();
  const keys = remember(program, 'viper keys', () =>
    calledIn(program, /\.SetDefault$/).flatMap(({ source, call }) =>
      call.args[0] === undefined ? [] : (textOf(source, call.args[0]) ?? []),
    ),
  );
  const mine = [...new Set(keys.filter((key) => key.toLowerCase().split('.').at(-1) === own))];
  const [key] = mine;
  return mine.length === 1 && key !== undefined ? viperKey(program, key) : undefined;
}

/** `flag.StringVar(&cfg.addr, "addr", ":8080", …)`, where one call alone names the field. */
function filled(program: Program, { name }: Field): Value | undefined {
  const filling = remember(program, 'calls that fill', () =>
    calledIn(program, new RegExp(`\\.${TYPES}VarP?$`)).map(({ source, call }) => ({
      source,
      call,
      into: call.args[0] && source.code.slice(call.args[0].from, call.args[0].to),
    })),
  );
  const found = filling.filter(({ into }) => into?.startsWith('&') && into.endsWith(`.${name}`));
  const [one] = found;
  return found.length === 1 && one !== undefined ? readRegistered(program, one.source, one.call) : undefined;
}
