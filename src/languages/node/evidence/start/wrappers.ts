import { table } from '../../../../project/data.ts';
import { WITH_VALUE } from './node-options.ts';

/** How a command that runs another one reads its own words. */
export interface Wrapper {
  /** Words before the file that say what it does: `pm2 start`. */
  readonly verbs?: readonly string[];
  /** Options that take a word. */
  readonly takes: RegExp;
  /** Whether the program gets what stands behind its file, or behind `--` alone. */
  readonly gives: 'behind' | 'dashes';
  /** The option behind which another command stands: nodemon's `--exec`. */
  readonly executes?: RegExp;
  /** The option that names what runs the file: pm2's `--interpreter`. */
  readonly interpreter?: RegExp;
  /** The option whose value is for node: pm2's `--node-args`. */
  readonly node?: RegExp;
  /** Whether a file of its own may say what is started. */
  readonly ecosystem?: true;
}

/** What a wrapper is told to run. */
export interface Wrapped {
  readonly file: string | undefined;
  readonly args: readonly string[];
  /** Options of node. */
  readonly options: readonly string[];
  readonly executes: string | undefined;
  readonly interpreter: string | undefined;
}

/** https://pm2.keymetrics.io/docs/usage/quick-start/#cheat-sheet */
const PM2: Wrapper = {
  verbs: ['start', 'startOrRestart', 'startOrReload', 'startOrGracefulReload', 'restart', 'reload'],
  takes:
    /^(?:-n|--name|-i|--instances|-u|--user|--uid|--gid|-o|--output|-e|--error|-l|--log|--log-type|--log-date-format|--env|--namespace|-p|--pid|-k|--kill-timeout|--listen-timeout|--max-memory-restart|--restart-delay|--exp-backoff-restart-delay|--max-restarts|-c|--cron|--cron-restart|--cwd|--only|--watch-delay|--ignore-watch|--filter-env|--delay|--port|--source-map-support|--min-uptime)$/,
  gives: 'dashes',
  interpreter: /^--(?:interpreter|exec-interpreter)$/,
  node: /^--(?:node-args|interpreter-args)$/,
  ecosystem: true,
};

export const WRAPPERS: { readonly [command: string]: Wrapper } = table({
  // https://github.com/remy/nodemon/blob/main/doc/cli/options.txt
  nodemon: {
    takes: /^(?:-w|--watch|-e|--ext|-i|--ignore|-d|--delay|-s|--signal|--cwd|--config|--spawn)$/,
    gives: 'behind',
    executes: /^(?:-x|--exec)$/,
  },
  'node-dev': { takes: /^(?:--interval|--debounce)$/, gives: 'behind' },
  // https://github.com/petruisfan/node-supervisor
  supervisor: {
    takes: /^(?:-w|--watch|-i|--ignore|-e|--extensions|-p|--poll-interval)$/,
    gives: 'behind',
    interpreter: /^(?:-x|--exec)$/,
  },
  // https://pm2.keymetrics.io/docs/usage/docker-pm2-nodejs: an orchestrator restarts containers
  'pm2-runtime': PM2,
  'pm2-docker': PM2,
  pm2: PM2,
  // https://github.com/foreversd/forever#command-line-usage
  forever: {
    verbs: ['start', 'restart'],
    takes:
      /^(?:-m|-l|-o|-e|-p|--pidFile|--minUptime|--spinSleepTime|--sourceDir|--workingDir|--uid|--id|--killSignal|--watchDirectory|--watchIgnore)$/,
    gives: 'behind',
    interpreter: /^-c$/,
  },
});

/** Reads the words behind a wrapper's name: its own options are not the program's. */
export function unwrapped(row: Wrapper, rest: readonly string[]): Wrapped {
  const found: { -readonly [K in keyof Wrapped]: Wrapped[K] } = {
    ...{ file: undefined, args: [], options: [], executes: undefined, interpreter: undefined },
  };
  const options: string[] = [];
  const words = row.verbs?.includes(rest[0] ?? '') ? rest.slice(1) : rest;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--') return { ...found, options, args: words.slice(index + 1) };
    if (!word.startsWith('-')) {
      if (found.file !== undefined) continue;
      found.file = word;
      if (row.gives === 'behind') return { ...found, options, args: words.slice(index + 1) };
      continue;
    }
    const [name = word, inline] = word.split(/=(.*)/s);
    const wants = [row.takes, row.executes, row.interpreter, row.node].some((one) => one?.test(name));
    const given =
      inline ?? (wants || (row.gives === 'behind' && WITH_VALUE.has(name)) ? words[++index] : undefined);
    if (row.executes?.test(name)) found.executes = given;
    else if (row.interpreter?.test(name)) found.interpreter = given;
    else if (row.node?.test(name)) options.push(...(given ?? '').split(/\s+/).filter((one) => one !== ''));
    else if (WITH_VALUE.has(name) && !row.takes.test(name))
      options.push(name, ...(given === undefined ? [] : [given]));
  }
  // behind its --exec nodemon's words are the program's
  return { ...found, options };
}
