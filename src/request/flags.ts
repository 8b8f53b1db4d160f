import type { Flag } from '../facts/language.ts';
import { flagOf } from '../kit/flags.ts';
import { LANGUAGES } from '../languages/index.ts';
import { STAGE_IDS } from '../plan/stages.ts';
import { TARGET_IDS } from '../plan/targets.ts';
import { BOT_IDS, CI_SERVICES } from './request.ts';

/** One flag: all that parsing, help and completion know of it. */
interface Word {
  readonly alias?: string;
  readonly describe: string;
  /** What its value looks like; undefined: it takes none. One in quotes may begin with a dash. */
  readonly placeholder?: string;
  readonly group: string;
}

/** Flags by name, without their dashes. */
export type Words = { readonly [name: string]: Word };

const LANGUAGE_IDS = LANGUAGES.map((language) => language.id);
const WHAT = 'What is made:';
const FOUND = 'Instead of what is found:';
const HOW = 'What is done with it:';

/** The flags of a plain run. Both parsers, help and completion are made of this. */
export const FLAGS: Words = {
  target: {
    alias: 't',
    placeholder: TARGET_IDS.join('|'),
    group: WHAT,
    describe: 'what the image is built upon',
  },
  platform: {
    alias: 'p',
    placeholder: 'amd64,arm64,…',
    group: WHAT,
    describe: 'architectures, by commas',
  },
  language: {
    alias: 'l',
    placeholder: LANGUAGE_IDS.join('|'),
    group: WHAT,
    describe: 'language of the project',
  },
  app: {
    placeholder: 'folder|name',
    group: WHAT,
    describe: 'member of a workspace, when it is run in its root',
  },
  all: { group: WHAT, describe: 'every service below the folder' },
  volume: {
    placeholder: '/path,…',
    group: WHAT,
    describe: 'folders of the image that it writes while it runs, by commas: its user owns them',
  },
  stages: {
    placeholder: STAGE_IDS.join(','),
    group: WHAT,
    describe: 'stages beside the one that ships, by commas: to develop in, to run the tests',
  },
  compose: { group: WHAT, describe: 'a compose.yaml too, with the databases that it speaks to' },
  bake: { group: WHAT, describe: 'a docker-bake.hcl too' },
  rego: { group: WHAT, describe: 'a Dockerfile.rego too: what the policy says of images, for Buildx' },
  ci: {
    placeholder: CI_SERVICES.join('|'),
    group: WHAT,
    describe: 'a workflow too: checks, builds for all platforms, pushes by digest',
  },
  pin: { group: WHAT, describe: 'digests beside the tags of images, as the registry has them now' },
  unpin: { group: WHAT, describe: 'no digests, where there are some' },
  bot: {
    placeholder: BOT_IDS.join('|'),
    group: WHAT,
    describe: 'a configuration too, for the bot that moves the digests',
  },
  starter: { group: WHAT, describe: 'in an empty folder: write a small service too' },
  yes: { alias: 'y', group: HOW, describe: 'never ask: take what was found or is safe' },
  'dry-run': { group: HOW, describe: 'write nothing, show the difference' },
  stdout: { group: HOW, describe: 'write nothing, print the Dockerfile alone' },
  json: {
    group: HOW,
    describe: 'write, and print facts, plan and files as JSON (to write nothing, add --dry-run or --check)',
  },
  check: { group: HOW, describe: 'write nothing; exit 3 and show the difference if a file differs' },
  force: { alias: 'f', group: HOW, describe: 'replace files that differ' },
  conflict: {
    placeholder: 'ours|theirs|markers',
    group: HOW,
    describe: 'where an edit of yours and what is new are at odds: take your lines, the new ones, or both',
  },
  'keep-going': { group: HOW, describe: 'with --all: exit 0 although a service is refused' },
  update: { group: HOW, describe: 'fetch anew what the configuration extends, and pin that' },
  explain: { group: HOW, describe: 'show every choice with its reason' },
  'no-color': { group: HOW, describe: 'without colours' },
  quiet: { alias: 'q', group: HOW, describe: 'only warnings and errors' },
  help: { alias: 'h', group: HOW, describe: 'show this' },
  version: { alias: 'v', group: HOW, describe: 'show the version' },
  ...settingFlags(),
};

/** Keys of all settings, each once. */
export const SETTING_KEYS = [...new Set(LANGUAGES.flatMap((language) => Object.keys(language.flags)))];

/** Neither parser guesses: names are as they are typed, and values are texts. */
export const CONFIGURATION = {
  'camel-case-expansion': false,
  'dot-notation': false,
  'boolean-negation': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
  'greedy-arrays': false,
  'strip-aliased': true,
} as const;

/**
 * One flag per setting. The first language that has it gives the words; those that have it are named if not all do, and
 * what one language alone has stands under its name.
 */
function settingFlags(): Words {
  const words: Record<string, Word> = {};
  const of = (key: string) => LANGUAGES.filter((language) => key in language.flags);
  const keys = [...new Set(LANGUAGES.flatMap((language) => Object.keys(language.flags)))];
  // what most projects have comes first
  for (const key of keys.sort((a, b) => of(b).length - of(a).length)) {
    const those = of(key);
    const [first] = those.map((language) => (language.flags as Readonly<Record<string, Flag>>)[key]);
    if (first === undefined) continue;
    const names = those.map((language) => language.name);
    const shared = names.length > 1 && names.length < LANGUAGES.length ? ` (${names.join(', ')})` : '';
    words[flagOf(key).slice(2)] = {
      placeholder: first.placeholder,
      describe: `${first.describe}${shared}`,
      group: names.length === 1 ? `${names[0]} alone:` : FOUND,
    };
  }
  return words;
}

/** Words of placeholders that name a kind of value, and are none themselves. */
const KINDS = new Set(['folder', 'name', 'number', 'path', 'script']);

/** `slim|alpine` has the values that may be typed; other placeholders only show what one looks like. */
export function listed(placeholder: string): readonly string[] | undefined {
  const words = placeholder.split('|');
  const plain = words.every((word) => /^[a-z0-9-]+$/.test(word) && !KINDS.has(word));
  return words.length > 1 && plain ? words : undefined;
}
