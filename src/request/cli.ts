import { closest } from 'fastest-levenshtein';
import parse from 'yargs-parser';
import { UserError } from '../errors.ts';
import type { Flag, LanguageId } from '../facts/language.ts';
import { flagOf } from '../kit/flags.ts';
import { LANGUAGES } from '../languages/index.ts';
import { PLATFORMS, type Platform, TARGET_IDS, type TargetId } from '../plan/targets.ts';
import { recoverFlags } from './npm-create.ts';
import type { Mode, Request } from './request.ts';

interface Word {
  readonly alias?: string;
  readonly describe: string;
  /** What its value looks like; undefined: it takes none. */
  readonly placeholder?: string;
  readonly group: string;
}

const LANGUAGE_IDS = LANGUAGES.map((language) => language.id);
const WHAT = 'What is made:';
const HOW = 'What is done with it:';
const SETTINGS = 'Instead of what is found:';

const FLAGS: { readonly [name: string]: Word } = {
  app: {
    placeholder: 'folder|name',
    group: WHAT,
    describe: 'member of a workspace, when it is run in its root',
  },
  language: {
    alias: 'l',
    placeholder: LANGUAGE_IDS.join('|'),
    group: WHAT,
    describe: 'language of the project',
  },
  target: {
    alias: 't',
    placeholder: TARGET_IDS.join('|'),
    group: WHAT,
    describe: 'what the image is built upon',
  },
  platform: {
    alias: 'p',
    placeholder: 'linux/amd64,…',
    group: WHAT,
    describe: 'architectures, by commas',
  },
  starter: { group: WHAT, describe: 'in an empty folder: write a small service too' },
  ...settingFlags(),
  yes: { alias: 'y', group: HOW, describe: 'never ask: take what was found or is safe' },
  'dry-run': { group: HOW, describe: 'show the difference, write nothing' },
  stdout: { group: HOW, describe: 'print the Dockerfile alone, write nothing' },
  json: { group: HOW, describe: 'print one JSON document: facts, plan, files' },
  check: { group: HOW, describe: 'exit 3 and show the difference if a file differs' },
  force: { alias: 'f', group: HOW, describe: 'replace files that differ' },
  explain: { group: HOW, describe: 'show every choice with its reason' },
  'no-color': { group: HOW, describe: 'without colours' },
  quiet: { alias: 'q', group: HOW, describe: 'only warnings and errors' },
  help: { alias: 'h', group: HOW, describe: 'show this' },
  version: { alias: 'v', group: HOW, describe: 'show the version' },
};

const SETTING_KEYS = [...new Set(LANGUAGES.flatMap((language) => Object.keys(language.flags)))];

/** What was typed, or which text was asked for. */
export type Command = { readonly run: Request } | { readonly show: 'help' | 'version' };

export function parseCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Command {
  const { argv: words, recovered } = recoverFlags(
    argv,
    env,
    Object.entries(FLAGS).map(([name, flag]) => ({ name, takesValue: flag.placeholder !== undefined })),
  );
  const parsed = parseWords(words);
  assertKnown(parsed);
  if (parsed.help === true) return { show: 'help' };
  if (parsed.version === true) return { show: 'version' };
  const [directory = '.', extra] = parsed._ as readonly (string | number)[];
  if (extra !== undefined) {
    throw new UserError({
      kind: 'usage',
      message: `One folder is taken, not ${JSON.stringify(String(directory))} and ${JSON.stringify(String(extra))}.`,
    });
  }
  const text = (name: string) => textOf(parsed, name);
  const on = (name: string) => parsed[name] === true;
  return {
    run: {
      directory: String(directory),
      app: text('app'),
      language: oneOf<LanguageId>('--language', text('language'), LANGUAGE_IDS),
      target: oneOf<TargetId>('--target', text('target'), TARGET_IDS),
      platforms: platformsOf(parsed.platform),
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
      starter: on('starter'),
      explain: on('explain'),
      quiet: on('quiet'),
      color: on('no-color') ? false : undefined,
      recovered,
    },
  };
}

export function helpText(): string {
  const left = ([name, flag]: readonly [string, Word]) =>
    `${flag.alias === undefined ? '    ' : `-${flag.alias}, `}--${name}${flag.placeholder === undefined ? '' : ` ${flag.placeholder}`}`;
  const all = Object.entries(FLAGS);
  const groups = [...new Set(all.map(([, flag]) => flag.group))].map((group) => {
    const rows = all.filter(([, flag]) => flag.group === group);
    const width = Math.max(...rows.map((row) => left(row).length));
    return `${group}\n${rows.map((row) => `  ${left(row).padEnd(width)}  ${row[1].describe}`).join('\n')}`;
  });
  return [
    'create-dockerfile [directory]',
    'Writes the Dockerfile and .dockerignore for the project in a folder (the current one by default).',
    ...groups,
    'Exit codes: 0 done, 1 refused, 2 wrong flags, 3 --check found a difference, 130 cancelled.',
    'Through npm, two dashes come first: npm create dockerfile -- --target alpine',
  ].join('\n\n');
}

/** One flag per setting: the first language that has it gives the words, and those that have it are named if not all do. */
function settingFlags(): Record<string, Word> {
  const words: Record<string, Word> = {};
  for (const key of new Set(LANGUAGES.flatMap((language) => Object.keys(language.flags)))) {
    const those = LANGUAGES.filter((language) => key in language.flags);
    const [first] = those.map((language) => (language.flags as Readonly<Record<string, Flag>>)[key]);
    if (first === undefined) continue;
    const of = those.length < LANGUAGES.length ? ` (${those.map((l) => l.name).join(', ')})` : '';
    const { placeholder, describe } = first;
    words[flagOf(key).slice(2)] = { placeholder, describe: `${describe}${of}`, group: SETTINGS };
  }
  return words;
}

/** Values as they were typed, by flag; what is no flag under `_`. */
function parseWords(words: readonly string[]): Record<string, unknown> {
  const names = (value: boolean) =>
    Object.keys(FLAGS).filter((name) => (FLAGS[name]?.placeholder !== undefined) === value);
  return parse([...words], {
    string: ['_', ...names(true)],
    boolean: names(false),
    alias: Object.fromEntries(
      Object.entries(FLAGS).flatMap(([name, { alias }]) => (alias ? [[name, alias]] : [])),
    ),
    configuration: {
      'camel-case-expansion': false,
      'dot-notation': false,
      'boolean-negation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'greedy-arrays': false,
      'strip-aliased': true,
    },
  });
}

function assertKnown(parsed: Record<string, unknown>): void {
  const short = Object.values(FLAGS).flatMap((flag) => flag.alias ?? []);
  for (const name of Object.keys(parsed)) {
    if (name === '_' || name in FLAGS || short.includes(name)) continue;
    const typed = name.length === 1 ? `-${name}` : `--${name}`;
    const nearest = name.length === 1 ? undefined : `--${closest(name, Object.keys(FLAGS))}`;
    throw new UserError({
      kind: 'usage',
      message: `There is no flag ${typed}.`,
      ...(nearest === undefined ? {} : { hint: `Did you mean ${nearest}?` }),
    });
  }
  for (const [name, flag] of Object.entries(FLAGS)) {
    const value = parsed[name];
    if (flag.placeholder === undefined && value !== undefined && typeof value !== 'boolean') {
      throw new UserError({ kind: 'usage', message: `--${name} is given more than once.` });
    }
  }
}

function textOf(parsed: Record<string, unknown>, name: string): string | undefined {
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

function oneOf<T extends string>(flag: string, given: string | undefined, all: readonly T[]): T | undefined {
  if (given === undefined) return undefined;
  const known = all.find((one) => one === given);
  if (known !== undefined) return known;
  const nearest = closest(given, all);
  throw new UserError({ kind: 'value', flag, given, want: all.join(', '), nearest });
}

function platformsOf(value: unknown): readonly Platform[] | undefined {
  if (value === undefined) return undefined;
  const words = [value].flat().flatMap((text) => String(text).split(','));
  const platforms = words.map((word) => {
    const name = word.trim();
    // the architecture alone, as people say it
    return oneOf('--platform', name.includes('/') ? name : `linux/${name}`, PLATFORMS) as Platform;
  });
  return [...new Set(platforms)];
}

function modeOf(parsed: Record<string, unknown>): Mode {
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
