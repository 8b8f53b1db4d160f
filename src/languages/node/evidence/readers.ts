import { posix } from 'node:path';
import { argumentsOf, type Link } from '../../../kit/chain.ts';
import type { Range, Source } from '../../../kit/dialect.ts';
import { returnsOf } from '../../../kit/functions.ts';
import { folderOf, hereReader, joinPaths, SIGNS } from '../../../kit/paths.ts';
import type { Given, Program, Reader } from '../../../kit/program.ts';
import { type Called, callsOf } from '../../../kit/sources.ts';
import { codeOf, member, textOf } from '../../../kit/syntax.ts';
import { clean, isUnknown, type Value } from '../../../kit/value.ts';
import { worth } from '../../../kit/worth.ts';
import { recordOf, verbatim } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { callsOfModule, moduleOf } from './imports.ts';

const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

const files = ({ sources }: Program) => ({ files: sources });

/** The argument's member, as far as it is written out. */
function memberAt(source: Source, range: Range | undefined, path: readonly string[]): Range | undefined {
  const found = range && member(source, range, path);
  return found === undefined || typeof found === 'string' ? undefined : found;
}

/** The arguments of the call of this name in a chain: `.default(3000)`. */
function within(
  { source, chain }: Pick<Given, 'source' | 'chain'>,
  name: string,
): readonly Range[] | undefined {
  const at = chain.findIndex((link) => link.kind === 'name' && link.name === name);
  const call: Link | undefined = at < 0 ? undefined : chain[at + 1];
  return call?.kind === 'call' ? argumentsOf(source, call) : undefined;
}

/** The default of a variable in a schema: `PORT: z.coerce.number().default(3000)`, `PORT: port({ default: 3000 })`. */
function schemaDefault(program: Program, variable: string): Value | undefined {
  const pattern = new RegExp(`(?<![\\w$.])${verbatim(variable)}["']?\\s*:\\s*(?=[\\w$({])`, 'g');
  for (const source of program.sources) {
    if (!source.text.includes(variable)) continue;
    for (const { 0: all, index } of source.text.matchAll(pattern)) {
      const from = index + all.length;
      const to = rowEnd(source, from);
      if (source.code[from] !== source.text[from]) continue;
      const row = codeOf(source, { from, to });
      const call = /\.default\s*\(/.exec(row);
      const named = /(?:\bdefault|\bdevDefault|\bfallback)\s*:\s*/.exec(row);
      const open = call && from + call.index + call[0].length;
      const range =
        open !== null
          ? { from: open, to: source.pairs.get(open - 1) ?? open }
          : named && {
              from: from + named.index + named[0].length,
              to: valueEnd(source, from + named.index, to),
            };
      if (range !== null) return worth(program, source, range);
      if (/^(?:z|v|Joi|joi|yup|t|Type|S)\b|^(?:str|num|port|host|url|bool|email|json)\s*\(/.test(row))
        return {};
    }
  }
  return undefined;
}

/** Where the member of an object ends that begins at a position. */
export function rowEnd({ code, pairs }: Source, from: number): number {
  let at = from;
  while (at < code.length && !/[,}\n]/.test(code[at] ?? ''))
    at = (pairs.get(at) ?? at) > at ? (pairs.get(at) ?? at) + 1 : at + 1;
  // a chain may go on in the next line
  const next = /^\s*(?=\.)/.exec(code.slice(at, at + 200));
  return next !== null && code[at] === '\n' ? rowEnd({ code, pairs } as Source, at + next[0].length) : at;
}

function valueEnd({ code }: Source, from: number, to: number): number {
  const end = code.slice(from, to).search(/[,}]/);
  return end < 0 ? to : from + end;
}

/** What a validated environment says of a variable: zod, envalid, t3, joi, valibot. */
function validated({ program, path, at }: Given): Value | undefined {
  const variable = path.at(-1) ?? '';
  if (!VARIABLE.test(variable)) return undefined;
  return clean({ ...schemaDefault(program, variable), variable, at });
}

/** A flag by its name, wherever it is declared: `.option('port', { default: 3000 })`, `.option('-p, --port <n>', '', 3000)`. */
function flagNamed(program: Program, key: string): Value | undefined {
  for (const name of ['option', 'requiredOption', 'Option', 'flag', 'default', 'options'])
    for (const call of callsOf(files(program), name)) {
      const value = declaredFlag(program, call, key, name);
      if (value !== undefined) return value;
    }
  return undefined;
}

function declaredFlag(program: Program, call: Called, key: string, name: string): Value | undefined {
  const { source, args } = call;
  const [first, ...rest] = args;
  const read = (range: Range | undefined) => worth(program, source, range);
  const otherwise = (range: Range | undefined) => {
    const { text, variable, number } = read(range);
    return clean({ text, variable, number, flag: key, at: call.at });
  };
  if (name === 'options') {
    const row = memberAt(source, first, [key]);
    return row && otherwise(memberAt(source, row, ['default']));
  }
  const said = first && textOf(source, first);
  if (said === undefined) return undefined;
  const names = [...said.matchAll(/--([\w-]+)/g)].map(([, one = '']) => one);
  const camel = (text: string) => text.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (said !== key && !names.some((one) => one === key || camel(one) === key)) return undefined;
  if (name === 'default') return otherwise(rest[0]);
  const options = rest.find((range) => source.code[range.from] === '{');
  const behind = chained(source, call.to, 'default') ?? memberAt(source, options, ['default']);
  const last =
    names.length > 0 && options === undefined
      ? rest.slice(1).find((range) => isPlain(source, range))
      : undefined;
  const variable = chained(source, call.to, 'env');
  const value = otherwise(behind ?? last);
  return variable === undefined ? value : clean({ ...value, variable: textOf(source, variable) });
}

/** The first argument of a method that is called on what ends at a position: `new Option('…').default(3000).env('PORT')`. */
function chained(source: Source, from: number, name: string): Range | undefined {
  let at = from;
  for (let step = 0; step < 8; step++) {
    const match = /^\s*\.\s*(\w+)\s*\(/.exec(source.code.slice(at, at + 200));
    const open = match === null ? -1 : at + match[0].length - 1;
    const close = source.pairs.get(open);
    if (match === null || close === undefined) return undefined;
    if (match[1] === name) return { from: open + 1, to: close };
    at = close + 1;
  }
  return undefined;
}

function isPlain(source: Source, range: Range): boolean {
  return !/=>|\bfunction\b|^(?:parseInt|Number|parse\w*|to\w*)$/.test(codeOf(source, range).trim());
}

/** A flag of what the command line was taken apart into: yargs, commander, minimist, parseArgs, meow, cac. */
function flagOf(given: Given): Value | undefined {
  const { program, args, path, source, at } = given;
  if (!isOfFlags(given)) return undefined;
  const keys = path.filter((key) => !/^(?:values|flags|opts|argv|options)$/.test(key));
  const key = keys.length === 1 ? keys[0] : undefined;
  if (key === undefined) return undefined;
  const rows = args.flatMap((range) => [
    memberAt(source, range, ['options', key, 'default']),
    memberAt(source, range, ['default', key]),
    memberAt(source, range, ['flags', key, 'default']),
    memberAt(source, range, ['args', key, 'default']),
  ]);
  const row = rows.find((range) => range !== undefined);
  const declared = args.some(
    (range) => memberAt(source, range, ['options', key]) ?? memberAt(source, range, ['flags', key]),
  );
  if (row !== undefined) {
    const { text, variable, number } = worth(program, source, row);
    return clean({ text, variable, number, flag: key, at });
  }
  return flagNamed(program, key) ?? (declared || args.length > 0 ? { flag: key, at } : undefined);
}

/** Packages that take the command line apart, and the words that people import them under. */
const FLAGS =
  /^(?:yargs(?:\/yargs|\/helpers)?|yargs-parser|yargsParser|minimist|mri|arg|meow|cac|sade|commander|getopts|command-line-args|parseArgs|util\.parseArgs|util)$/;

/** Whether a call is one of a package for flags, or takes what such a one has read: `program.opts()`. */
function isOfFlags({ source, chain, name }: Given): boolean {
  if (/\.(?:opts|optsWithGlobals|parseSync|argv)$/.test(name)) return true;
  const [head, call] = chain;
  const required = head?.name === 'require' && call?.kind === 'call' ? textOf(source, call.range) : undefined;
  const module = required?.replace(/^node:/, '') ?? moduleOf(source, head?.name ?? '') ?? head?.name ?? '';
  return FLAGS.test(module) && (module !== 'util' || /parseArgs$/.test(name));
}

/** What a configuration says of a key: Express's settings, Nest's, convict, nconf, node-config. */
function configured(given: Given, project: Project): Value | undefined {
  const { program, args, path, text, worth: read, at } = given;
  const key = args.length > 0 && path.length === 0 ? text(args[0]) : undefined;
  if (key === undefined || !/^[\w.:-]+$/.test(key)) return undefined;
  const keys = key.split(/[.:]/);
  const found =
    setBy(program, key) ??
    convict(program, keys) ??
    nest(program, keys) ??
    nodeConfig(program, project, keys) ??
    nconf(program, keys);
  if (found !== undefined) return { at, ...found };
  if (!VARIABLE.test(key)) return undefined;
  const second = args[1] === undefined ? undefined : read(args[1]);
  return clean({
    text: second?.text,
    ...(second?.text === undefined ? schemaDefault(program, key) : {}),
    variable: key,
    at,
  });
}

/** https://expressjs.com/en/api.html#app.set: `app.set('port', …)`. */
function setBy(program: Program, key: string): Value | undefined {
  const set = callsOf(files(program), 'set').find(
    ({ source, args }) => args.length > 1 && args[0] !== undefined && textOf(source, args[0]) === key,
  );
  return set && worth(program, set.source, set.args[1]);
}

/** https://github.com/mozilla/node-convict: `convict({ port: { env: 'PORT', default: 3000 } })`. */
function convict(program: Program, keys: readonly string[]): Value | undefined {
  for (const { source, args } of callsOfModule(files(program), /^convict$/)) {
    const row = memberAt(source, args[0], keys);
    if (row === undefined) continue;
    const { text, number } = worth(program, source, memberAt(source, row, ['default']));
    const said = (name: string) => {
      const range = memberAt(source, row, [name]);
      return range && textOf(source, range);
    };
    return clean({
      text,
      number,
      variable: said('env'),
      flag: said('env') === undefined ? said('arg') : undefined,
    });
  }
  return undefined;
}

/** https://docs.nestjs.com/techniques/configuration: `registerAs('http', () => ({ port }))`, and functions that are loaded. */
function nest(program: Program, keys: readonly string[]): Value | undefined {
  const [scope, ...rest] = keys;
  for (const { source, args } of callsOf(files(program), 'registerAs')) {
    if (args[0] === undefined || textOf(source, args[0]) !== scope || rest.length === 0) continue;
    const value = returnedBy(program, source, args[1], rest);
    if (value !== undefined) return value;
  }
  for (const source of program.sources) {
    const match = /(?<![\w$.])export\s+default\s+(?=(?:async\s*)?\(\s*\)\s*(?::[^=]*)?=>)/.exec(source.code);
    const value = match && returnedBy(program, source, { from: match.index, to: source.code.length }, keys);
    if (value) return value;
  }
  return undefined;
}

/** A member of what the first function in a range returns. */
function returnedBy(
  program: Program,
  source: Source,
  range: Range | undefined,
  path: readonly string[],
): Value | undefined {
  const fn = source.functions.find(
    ({ list }) => range !== undefined && list.from >= range.from && list.to <= range.to,
  );
  if (fn === undefined) return undefined;
  const values = returnsOf({ source, fn }).map((one) => worth(program, source, one, path));
  const [only] = values;
  return values.length === 1 && only !== undefined && !isUnknown(only) && !only.empty ? only : undefined;
}

/** https://github.com/indexzero/nconf: `nconf.defaults({ port: 3000 })`, over which the environment stands. */
function nconf(program: Program, keys: readonly string[]): Value | undefined {
  const read = callsOf(files(program), 'env').some(({ name }) => name.startsWith('nconf'));
  for (const { source, args } of callsOf(files(program), 'defaults')) {
    const row = memberAt(source, args[0], keys);
    if (row === undefined) continue;
    const { text, number } = worth(program, source, row);
    return clean({ text, number, variable: read && keys.length === 1 ? keys[0] : undefined });
  }
  return undefined;
}

/** https://github.com/node-config/node-config/wiki/Configuration-Files: production's file over the default one. */
function nodeConfig(program: Program, project: Project, keys: readonly string[]): Value | undefined {
  if (!program.sources.some(({ text }) => /['"]config['"]/.test(text)) || !project.isFolder('config'))
    return undefined;
  const said = (name: string) => {
    for (const end of ['json', 'yaml', 'yml', 'toml']) {
      const path = `config/${name}.${end}`;
      if (!project.isFile(path)) continue;
      const value = keys.reduce<unknown>((at, key) => recordOf(at)[key], project.parse(path));
      if (typeof value === 'string' || typeof value === 'number') return { text: String(value), at: path };
    }
    return undefined;
  };
  const variable = said('custom-environment-variables')?.text;
  const value = said('production') ?? said('default');
  return value === undefined && variable === undefined ? undefined : clean({ ...value, variable });
}

/** Readers of Node's own modules and of libraries for flags and configuration. */
export function readersOf(project: Project): readonly Reader[] {
  return [
    hereReader(/^(?:__dirname|import\.meta\.(?:dirname|dir))$/, 'folder'),
    hereReader(/^(?:__filename|import\.meta\.(?:url|filename|path))$/, 'file'),
    { of: /^process\.cwd$/, read: ({ at }) => ({ text: SIGNS.cwd, at }) },
    { of: /^process\.env\.(?:PWD|INIT_CWD)$/, read: ({ at }) => ({ text: SIGNS.cwd, at }) },
    { of: /^process\.env\.HOME$/, read: ({ at }) => ({ text: SIGNS.home, at }) },
    { of: /(?:^|\.)homedir$/, read: ({ at }) => ({ text: SIGNS.home, at }) },
    { of: /(?:^|\.)tmpdir$/, read: ({ at }) => ({ text: '/tmp', at }) },
    {
      of: /^(?:(?:path|posix|Path|nodePath|p)\.)*(?:join|resolve|normalize)$|^(?:require\(\))\.(?:join|resolve)$/,
      read: ({ args, worth: read }) =>
        args.length === 0 ? undefined : joinPaths(args.map((arg) => read(arg))),
      docs: 'https://nodejs.org/api/path.html',
    },
    { of: /(?:^|\.)dirname$/, read: ({ args, worth: read }) => folderOf(read(args[0])) },
    { of: /(?:^|\.)(?:fileURLToPath|pathToFileURL)$/, read: ({ args, worth: read }) => read(args[0]) },
    {
      of: /^URL$/,
      read: ({ args, worth: read, path }) =>
        args.length === 2 && (path.length === 0 || /^(?:pathname|href)$/.test(path[0] ?? ''))
          ? joinPaths([folderOf(read(args[1])), read(args[0])])
          : undefined,
    },
    {
      of: /^require\.resolve$/,
      read: ({ source, args, text }) => {
        const said = text(args[0]);
        return said?.startsWith('.')
          ? { text: SIGNS.here + posix.join(posix.dirname(source.path), said) }
          : undefined;
      },
    },
    {
      // https://github.com/evanshortiss/env-var: env.get('PORT').default('3000').asPortNumber()
      of: /\bget\(\)(?:\.\w+\(\))*\.as\w+$/,
      read: (given) => {
        const variable = given.text(within(given, 'get')?.[0]);
        return variable === undefined
          ? undefined
          : clean({ ...given.worth(within(given, 'default')?.[0]), variable, at: given.at });
      },
    },
    {
      of: /(?:^|[.)])(?:parse|safeParse|parseAsync|validate|attempt|assert|cleanEnv|createEnv|envsafe|parseEnv|validateEnv)$/,
      read: validated,
      docs: 'https://github.com/af/envalid',
    },
    {
      of: /^\w+(?:\(\)|\.\w+)*$/,
      read: flagOf,
      docs: 'https://yargs.js.org/docs/',
    },
    { of: /(?:^|\.)get(?:OrThrow)?$/, read: (given) => configured(given, project) },
    { of: /\.getProperties$/, read: ({ program, path }) => convict(program, path) },
  ];
}

/** A key of a schema that no code of the program says: `fastify.config.PORT`. */
export function unnamed(program: () => Program): NonNullable<Program['unnamed']> {
  return (_, keys) => {
    const variable = keys.at(-1) ?? '';
    if (!VARIABLE.test(variable) || keys.length < 2) return undefined;
    const value = schemaDefault(program(), variable);
    const named = keys.slice(0, -1).some((key) => /env|config/i.test(key));
    return value === undefined && !named ? undefined : clean({ ...value, variable, at: undefined });
  };
}
