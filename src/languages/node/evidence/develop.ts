import type { Develops } from '../frameworks/framework.ts';
import { begins } from '../frameworks/index.ts';
import { type Command, splitScript, withoutFinder } from './commands.ts';
import type { Manifest } from './manifest.ts';
import { type Program, startedFile } from './program.ts';
import type { Start } from './start/start.ts';

/** How a project is developed. Words of a command are those of the project's folder. */
export type Developing =
  /** A script as it stands, with words behind it. */
  | {
      readonly script: string;
      readonly args: readonly string[];
      readonly debugged: boolean;
      /** It ends what it started by the list of processes: https://docs.nestjs.com/cli/usages#nest-start */
      readonly lists?: true;
      readonly from: string;
    }
  /** A program of a package, or node itself. */
  | {
      readonly words: readonly string[];
      readonly own: boolean;
      readonly debugged: boolean;
      readonly from: string;
    }
  /** The build, once and then as its compiler watches, beside what is started. */
  | { readonly watch: readonly string[]; readonly start: readonly string[]; readonly from: string }
  /** Nothing of the project compiles a source again. */
  | { readonly start: readonly string[]; readonly from: string };

/** Where node's inspector listens in a container. */
export const DEBUGGER = 9229;
const INSPECT = `--inspect=0.0.0.0:${DEBUGGER}`;

/** Names under which people keep it, best first; what is called start is the dev server of as many. */
const SCRIPTS = ['dev', 'start:dev', 'develop', 'dev:start', 'dev:server', 'serve:dev', 'start-dev', 'watch'];
const SHARED = ['serve', 'start', 'storybook', 'docs:dev'];

/** Programs that start another one again as it changes, and where they take an option of node. */
const RELOADERS: { readonly [program: string]: { readonly verb?: string; readonly watches?: RegExp } } = {
  // https://github.com/remy/nodemon#running-non-node-scripts: options of node stand before the file
  nodemon: {},
  'node-dev': {},
  'ts-node-dev': {},
  tsnd: {},
  // https://tsx.is/watch-mode
  tsx: { verb: 'watch' },
  node: { watches: /^--watch(?:-path)?(?:=|$)/ },
};

/** Programs that run nothing in a container: it has no engine, and no account at a platform. */
const ELSEWHERE =
  /^(?:docker|docker-compose|podman|vercel|netlify|ntl|wrangler|firebase|sam|sls|serverless|electron|expo|react-native|tauri|cordova|ionic)$/;

/** Compilers whose own option compiles again, by the command of a build. */
const WATCHING: { readonly [program: string]: readonly string[] } = {
  tsc: ['--watch', '--preserveWatchOutput'],
  tspc: ['--watch', '--preserveWatchOutput'],
  tsup: ['--watch'],
  tsdown: ['--watch'],
  esbuild: ['--watch=forever'],
  swc: ['--watch'],
  babel: ['--watch'],
  rollup: ['--watch'],
  webpack: ['--watch'],
};

export function developing(manifest: Manifest, program: Program, start: Start, port: string): Developing {
  const { framework } = program;
  const served = framework !== undefined && (program.served !== undefined || start.argv[0] === 'static');
  const found = served
    ? (byFramework(manifest, framework.develops, port) ?? byFramework(manifest, undefined, port))
    : (byScript(manifest, framework?.develops, port) ?? byReloader(manifest));
  if (found !== undefined) return found;
  if (served) {
    const [command = ''] = framework.develops.commands;
    const words = [...command.split(' '), ...filled(framework.develops.args ?? [], port)];
    return { words, own: false, debugged: false, from: `${framework.name}, ${framework.docs}` };
  }
  return byStart(program, start);
}

/** The script that runs a framework's server for development. */
function byFramework(
  manifest: Manifest,
  develops: Develops | undefined,
  port: string,
): Developing | undefined {
  if (develops === undefined) return byScript(manifest, undefined, port);
  for (const name of [...SCRIPTS, ...SHARED, ...Object.keys(manifest.scripts)]) {
    const only = onlyCommand(manifest, name);
    if (only === undefined || !develops.commands.some((command) => serves(only.words, command))) continue;
    const args = filled(develops.args ?? [], port);
    const from = `package.json → scripts.${name}`;
    const flags = args.filter((word) => word.startsWith('-')).map((word) => word.split('=')[0] ?? word);
    const said = only.words.some((word) => flags.includes(word.split('=')[0] ?? word));
    if (!said) return { script: name, args, debugged: false, from };
    return { words: [...withoutFlags(only.words, flags), ...args], own: false, debugged: false, from };
  }
  return undefined;
}

/** A command of one word is a server's only where no verb follows it: `vite`, but not `vite build`. */
function serves(words: readonly string[], command: string): boolean {
  if (!begins(words, command)) return false;
  const [, next] = words;
  return command.includes(' ') || next === undefined || /^-|[./]/.test(next);
}

/** Flags that a script says and that are said anew, each with its value. */
function withoutFlags(words: readonly string[], flags: readonly string[]): readonly string[] {
  return words.filter((word, index) => {
    const before = words[index - 1] ?? '';
    const value = flags.includes(before) && !word.startsWith('-');
    return !flags.includes(word.split('=')[0] ?? word) && !value;
  });
}

const filled = (words: readonly string[], port: string) => words.map((word) => word.replace('{port}', port));

/** A script of the project that is called so: it is taken as it stands. */
function byScript(manifest: Manifest, develops: Develops | undefined, port: string): Developing | undefined {
  const framework = develops && byFramework(manifest, develops, port);
  if (framework !== undefined) return framework;
  for (const name of SCRIPTS) {
    const text = manifest.scripts[name];
    if (text === undefined) continue;
    const split = splitScript(text);
    const commands = 'commands' in split ? split.commands : [];
    if (commands.some(({ words }) => ELSEWHERE.test(withoutFinder(words, manifest.scripts)[0] ?? '')))
      continue;
    const only = onlyCommand(manifest, name);
    // what builds alone serves nothing
    if (only !== undefined && (only.words[0] ?? '') in WATCHING) continue;
    const from = `package.json → scripts.${name}`;
    const nest = only !== undefined && begins(only.words, 'nest start') && !only.words.includes('--debug');
    if (nest)
      return { script: name, args: ['--debug', `0.0.0.0:${DEBUGGER}`], debugged: true, lists: true, from };
    return reloaded(only, from) ?? { script: name, args: [], debugged: false, from };
  }
  return undefined;
}

/** A script of another name whose command starts a program again as it changes. */
function byReloader(manifest: Manifest): Developing | undefined {
  for (const name of Object.keys(manifest.scripts)) {
    const only = onlyCommand(manifest, name);
    const found = reloaded(only, `package.json → scripts.${name}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same command with node's inspector, where that is an option of it. */
function reloaded(only: Command | undefined, from: string): Developing | undefined {
  const [head = '', next = ''] = only?.words ?? [];
  const row = Object.hasOwn(RELOADERS, head) ? RELOADERS[head] : undefined;
  if (only === undefined || row === undefined) return undefined;
  if (row.verb !== undefined && row.verb !== next) return undefined;
  if (row.watches !== undefined && !only.words.some((word) => row.watches?.test(word))) return undefined;
  // what is set, or read from a file, is the script's
  if (Object.keys(only.env).length > 0 || only.envFiles !== undefined || only.folder !== undefined)
    return undefined;
  const front = row.verb === undefined ? [head] : [head, row.verb];
  const rest = only.words.slice(front.length).filter((word) => !/^--inspect(?:-brk)?(?:=|$)/.test(word));
  return { words: [...front, INSPECT, ...rest], own: head === 'node', debugged: true, from };
}

/** The one command of a script; undefined: there are several, or a shell is needed. */
function onlyCommand(manifest: Manifest, name: string): Command | undefined {
  const text = manifest.scripts[name];
  if (text === undefined || `pre${name}` in manifest.scripts) return undefined;
  const split = splitScript(text);
  if (!('commands' in split) || split.commands.length !== 1) return undefined;
  const [only] = split.commands;
  return only && { ...only, words: withoutFinder(only.words, manifest.scripts) };
}

/** What production starts, under what starts it again. */
function byStart({ build }: Program, start: Start): Developing {
  const [runtime = 'node', ...rest] = start.argv;
  const from = `what production starts (${start.argv.join(' ')})`;
  const watched = runtime === 'bun' ? ['bun', '--watch', ...rest] : ['node', '--watch', INSPECT, ...rest];
  const file = startedFile(start);
  const made = build?.outputs.some((output) => file === output || file?.startsWith(`${output}/`));
  if (build === undefined || made !== true)
    return { words: watched, own: true, debugged: runtime === 'node', from };
  const compiles = build.commands.filter(({ words }) => (words[0] ?? '') in WATCHING);
  const [only] = compiles;
  if (only === undefined || compiles.length > 1) return { start: watched, from };
  const options = WATCHING[only.words[0] ?? ''] ?? [];
  const watch = only.words.some((word) => /^(-w|--watch)/.test(word))
    ? only.words
    : [...only.words, ...options];
  return { watch, start: watched, from: `package.json → scripts.${build.script}` };
}
