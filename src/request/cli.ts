import { parseArgs } from 'node:util';
import { UserError } from '../errors.ts';
import type { LanguageId } from '../facts/language.ts';
import { flagOf } from '../kit/flags.ts';
import { LANGUAGES } from '../languages/index.ts';
import { STAGE_IDS, type StageId } from '../plan/stages.ts';
import { PLATFORMS, type Platform, TARGET_IDS, type TargetId } from '../plan/targets.ts';
import { ARCHITECTURES, LANGUAGE_NAMES, STAGE_NAMES } from './aliases.ts';
import { COMMANDS, type Typed } from './commands.ts';
import { FLAGS, SETTING_KEYS, type Words } from './flags.ts';
import { near } from './near.ts';
import { recoverFlags } from './npm-create.ts';
import { BOT_IDS, type BotId, CI_SERVICES, type CiService, type Mode, type Request } from './request.ts';

const LANGUAGE_IDS = LANGUAGES.map((language) => language.id);

/** What was typed: a plain run, or what yargs shows or runs. */
export type Command =
  | { readonly run: Request }
  | { readonly show: 'version' }
  | { readonly words: readonly string[] };

/**
 * A plain run is parsed by Node.js' own parser, for help, completion and the other commands cost more than all the rest of
 * a run; `yargs.ts` has them.
 */
export function parseCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Command {
  if (COMMANDS.some(({ name }) => name === argv[0]) || argv[0] === COMPLETE) return { words: argv };
  const flags = Object.entries(FLAGS).map(([name, { placeholder }]) => ({
    name,
    takesValue: placeholder !== undefined,
  }));
  const { argv: typed, recovered } = recoverFlags(argv, env, flags);
  const parsed = parse(joined(typed, FLAGS), FLAGS);
  assertKnown(parsed, FLAGS);
  if (parsed.help === true) return { words: ['--help'] };
  if (parsed.version === true) return { show: 'version' };
  return { run: requestOf(parsed, recovered) };
}

/** How the words of a shell's completion script begin. */
export const COMPLETE = '--get-yargs-completions';

/** The request that parsed flags make; `_` has the folder. */
export function requestOf(parsed: Typed, recovered: readonly string[] = []): Request {
  const [directory = '.', extra] = parsed._ as readonly (string | number)[];
  if (extra !== undefined) {
    throw new UserError({
      kind: 'usage',
      message: `One folder is taken, not ${JSON.stringify(String(directory))} and ${JSON.stringify(String(extra))}.`,
    });
  }
  assertOne(parsed);
  const text = (name: string) => textOf(parsed, name);
  const on = (name: string) => parsed[name] === true;
  return {
    directory: String(directory),
    app: text('app'),
    language: oneOf<LanguageId>('--language', text('language'), LANGUAGE_IDS, LANGUAGE_NAMES),
    target: oneOf<TargetId>('--target', text('target'), TARGET_IDS),
    platforms: platformsOf(parsed.platform),
    volumes: volumesOf(text('volume')),
    all: on('all'),
    keepGoing: on('keep-going'),
    stages: stagesOf(text('stages')),
    compose: on('compose'),
    bake: on('bake'),
    rego: on('rego'),
    ci: oneOf<CiService>('--ci', text('ci'), CI_SERVICES),
    bot: oneOf<BotId>('--bot', text('bot'), BOT_IDS),
    digests: on('unpin') ? 'unpin' : on('pin') ? 'pin' : undefined,
    given: Object.fromEntries(
      SETTING_KEYS.flatMap((key) => {
        const value = text(flagOf(key).slice(2));
        return value === undefined ? [] : [[key, value]];
      }),
    ),
    mode: modeOf(parsed),
    json: on('json'),
    yes: on('yes'),
    force: on('force'),
    conflict: oneOf('--conflict', text('conflict'), ['ours', 'theirs', 'markers'] as const),
    starter: on('starter'),
    explain: on('explain'),
    update: on('update'),
    quiet: on('quiet'),
    color: on('no-color') ? false : undefined,
    recovered,
  };
}

/** Flags by name and words in `_`, as yargs has them: values that are typed twice are a list, what lacks its value is empty. */
export function parse(args: readonly string[], flags: Words): Typed {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(flags).map(([name, { alias, placeholder }]) => [
        name,
        {
          type: placeholder === undefined ? ('boolean' as const) : ('string' as const),
          ...(alias === undefined ? {} : { short: alias }),
        },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const typed = new Map<string, unknown>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value = '' } = token;
    // `-t=slim`
    const text = rawName.startsWith('--') ? value : value.replace(/^=/, '');
    if (flags[name]?.placeholder === undefined) typed.set(name, value === '' || value === 'true');
    else typed.set(name, typed.has(name) ? [typed.get(name), text].flat() : text);
  }
  return { ...Object.fromEntries(typed), _: words };
}

/**
 * A value that begins with a dash stays with its flag: `--args "-n 1"` becomes `--args=-n 1`. Where the value is not one
 * that is typed in quotes, another flag in its place means that it was forgotten.
 */
export function joined(argv: readonly string[], flags: Words): readonly string[] {
  const words: string[] = [];
  const all = Object.entries(flags);
  const nameOf = (word: string) =>
    all.find(
      ([name, { alias }]) => word === `--${name}` || (alias !== undefined && word === `-${alias}`),
    )?.[0];
  const known = (word: string) =>
    nameOf(word) !== undefined || all.some(([name]) => word.startsWith(`--${name}=`));
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const value = argv[at + 1];
    if (word === '--') return [...words, ...argv.slice(at)];
    const name = nameOf(word);
    const placeholder = name === undefined ? undefined : flags[name]?.placeholder;
    if (name !== undefined && placeholder === undefined && /^(?:true|false)$/.test(value ?? '')) {
      words.push(`--${name}=${value}`);
      at++;
    } else if (placeholder === undefined || value?.startsWith('-') !== true) words.push(word);
    else if (placeholder.startsWith('"') || !known(value)) {
      words.push(`--${name}=${value}`);
      at++;
    } else words.push(`--${name}=`);
  }
  return words;
}

/** Refuses what is no flag, and a switch that is typed twice. */
export function assertKnown(parsed: Typed, flags: Words, besides: readonly string[] = []): void {
  const short = Object.values(flags).flatMap((flag) => flag.alias ?? []);
  for (const name of Object.keys(parsed)) {
    if (name === '_' || name === '$0' || name in flags || besides.includes(name) || short.includes(name))
      continue;
    throw unknownFlag(name, flags);
  }
  for (const [name, flag] of Object.entries(flags)) {
    const value = parsed[name];
    if (flag.placeholder === undefined && value !== undefined && typeof value !== 'boolean') {
      throw new UserError({ kind: 'usage', message: `--${name} is given more than once.` });
    }
  }
}

export function unknownFlag(name: string, flags: Words): UserError {
  const nearest = name.length === 1 ? undefined : near(name, Object.keys(flags));
  return new UserError({
    kind: 'usage',
    message: `There is no flag ${name.length === 1 ? '-' : '--'}${name}.`,
    ...(nearest === undefined ? {} : { hint: `Did you mean --${nearest}?` }),
  });
}

function textOf(parsed: Typed, name: string): string | undefined {
  const value = parsed[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value))
    throw new UserError({ kind: 'usage', message: `--${name} is given more than once.` });
  if (value === '') {
    const want = FLAGS[name]?.placeholder ?? 'value';
    throw new UserError({ kind: 'usage', message: `--${name} needs a value: --${name} ${want}.` });
  }
  return String(value);
}

function oneOf<T extends string>(
  flag: string,
  given: string | undefined,
  all: readonly T[],
  names: { readonly [name: string]: T } = {},
): T | undefined {
  if (given === undefined) return undefined;
  const typed = given.toLowerCase();
  const known = all.find((one) => one === typed) ?? (Object.hasOwn(names, typed) ? names[typed] : undefined);
  if (known !== undefined && all.includes(known)) return known;
  throw new UserError({ kind: 'value', flag, given, want: all.join(', '), nearest: near(given, all) });
}

function platformsOf(value: unknown): readonly Platform[] | undefined {
  if (value === undefined) return undefined;
  const words = [value].flat().flatMap((text) => String(text).split(','));
  const platforms = words.flatMap((word) => {
    const name = word
      .trim()
      .toLowerCase()
      .replace(/^linux\//, '');
    // a comma at the end is no platform
    if (name === '' && words.some((other) => other.trim() !== '')) return [];
    const platform = `linux/${ARCHITECTURES[name] ?? name}` as Platform;
    if (PLATFORMS.includes(platform)) return [platform];
    const nearest = near(`linux/${name}`, PLATFORMS);
    throw new UserError({
      kind: 'value',
      flag: '--platform',
      given: word.trim(),
      want: PLATFORMS.join(', '),
      nearest,
    });
  });
  return [...new Set(platforms)];
}

/** Folders of an image, as WORKDIR takes them. */
function volumesOf(given: string | undefined): readonly string[] {
  return (given?.split(',') ?? []).map((word) => {
    const path = word.trim().replace(/(.)\/{1,200}$/, '$1');
    if (/^\/[\w.@-]+(?:\/[\w.@-]+)*$/.test(path) && !/(^|\/)\.\.?(\/|$)/.test(path)) return path;
    throw new UserError({ kind: 'value', flag: '--volume', given: word, want: 'paths as in /app/data' });
  });
}

/** In the order in which the Dockerfile has them, each once. */
function stagesOf(given: string | undefined): readonly StageId[] {
  const words = (given?.split(',') ?? []).map((word) => word.trim().toLowerCase());
  for (const word of words.filter((one) => one !== '' || words.length === 1)) {
    oneOf<StageId>('--stages', word, STAGE_IDS, STAGE_NAMES);
  }
  return STAGE_IDS.filter((id) => words.some((word) => (STAGE_NAMES[word] ?? word) === id));
}

/** What is said of one service says nothing about all. */
function assertOne(parsed: Typed): void {
  if (parsed.pin === true && parsed.unpin === true)
    throw new UserError({ kind: 'usage', message: '--pin and --unpin exclude each other.' });
  const alone = ['stdout', 'app', 'starter'].find((name) => parsed[name] !== undefined);
  if (parsed.all !== true || alone === undefined) return;
  throw new UserError({ kind: 'usage', message: `--all and --${alone} exclude each other.` });
}

function modeOf(parsed: Typed): Mode {
  const modes = (['dry-run', 'stdout', 'check'] as const).filter((name) => parsed[name] === true);
  const clash = [...modes, ...['json', 'force'].filter((name) => parsed[name] === true)];
  const [mode] = modes;
  const excluded =
    modes.length > 1 ||
    (parsed.json && mode === 'stdout') ||
    (parsed.force && mode !== undefined && mode !== 'dry-run');
  if (excluded) {
    throw new UserError({
      kind: 'usage',
      message: `${clash.map((name) => `--${name}`).join(' and ')} exclude each other.`,
    });
  }
  return mode ?? 'write';
}
