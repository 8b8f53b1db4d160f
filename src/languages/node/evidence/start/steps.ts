import { posix } from 'node:path';
import type { Unusable } from '../../../../facts/language.ts';
import { table } from '../../../../project/data.ts';
import type { Search } from '../build/files.ts';
import { type Command, flagValue, scriptRun, splitScript, withoutFinder } from '../commands.ts';

/** What a script runs in the end, one program after the other: scripts that it runs are followed. */
type Steps = { readonly steps: readonly Step[] } | Unusable;

interface Step extends Command {
  /** The script that it stands in. */
  readonly from: string;
}

/** A script that leads to itself ends here. */
const DEPTH = 8;

/** The programs that a text of a script runs. */
export function stepsOf(search: Search, text: string, from: string, depth = 0): Steps {
  const split = splitScript(text);
  if ('shell' in split)
    return { because: `${from} needs a shell (${split.shell}), and none is in the image.` };
  return all(split.commands.map((command) => stepsBehind(search, command, from, depth)));
}

/** The programs that a script of package.json runs, with what runs before it by its name: `prestart`. */
export function stepsOfScript(search: Search, name: string, from: string, depth = 0): Steps {
  const { scripts } = search.manifest;
  if (depth > DEPTH) return { because: `${from} starts nothing.` };
  // https://yarnpkg.com/advanced/lifecycle-scripts: since Yarn 2 only npm's own hooks are run
  const before = search.project.context.has('.yarnrc.yml') ? undefined : scripts[`pre${name}`];
  return all([
    ...(before === undefined
      ? []
      : [stepsOf(search, before, `package.json → scripts.pre${name}`, depth + 1)]),
    stepsOf(search, scripts[name] ?? '', `package.json → scripts.${name}`, depth + 1),
  ]);
}

function all(list: readonly Steps[]): Steps {
  const refused = list.find((one) => 'because' in one);
  return refused ?? { steps: list.flatMap((one) => ('steps' in one ? one.steps : [])) };
}

/** Runners of scripts by their names, and what makes them run one after the other. https://github.com/bcomnes/npm-run-all2 */
const SEQUENCES: { readonly [program: string]: boolean } = table({
  'run-s': true,
  'npm-run-all': true,
  'npm-run-all2': true,
  'run-p': false,
});
const AT_ONCE = /^(?:-p|--parallel)$/;

/** The programs behind one command. */
export function stepsBehind(search: Search, command: Command, from: string, depth: number): Steps {
  const { scripts } = search.manifest;
  const words = withoutFinder(command.words, scripts);
  const [head = '', ...rest] = words;
  const folder = posix.join(command.folder ?? '.', folderOf(words) ?? '.');
  if (MANAGERS.has(head) && folder !== '.' && !installs(words)) return elsewhere(search, words, folder, from);
  if (head === 'concurrently')
    return atOnce(commandsOf(rest), (one) => stepsOf(search, one, from, depth + 1), from);
  if (SEQUENCES[head] !== undefined) {
    const names = namedScripts(rest, scripts);
    const follow = (name: string) => stepsOfScript(search, name, from, depth + 1);
    return SEQUENCES[head] && !rest.some((word) => AT_ONCE.test(word))
      ? all(names.map(follow))
      : atOnce(names, follow, from);
  }
  const script = scriptRun(words, scripts);
  if (script === undefined || isBuild(search, script)) return { steps: [{ ...command, words, from }] };
  const found = stepsOfScript(search, script, from, depth + 1);
  if ('because' in found) return found;
  const last = found.steps.length - 1;
  return {
    steps: found.steps.map((step, index) => ({
      ...step,
      env: { ...command.env, ...step.env },
      words: index === last ? [...step.words, ...argumentsOf(words, script)] : step.words,
      envFiles: [...(command.envFiles ?? []), ...(step.envFiles ?? [])],
    })),
  };
}

/** Scripts whose work is done before there is a server: they make it, or check it. */
const MADE_BEFORE = /^(?:build|compile|bundle|tsc|typecheck|type-check|check|lint|format|clean|test)\b/;

/** Whether a script is the build, or one that only serves it. */
export function isBuild(search: Search, script: string): boolean {
  return script === search.build?.script || MADE_BEFORE.test(script);
}

function atOnce<T>(list: readonly T[], follow: (one: T) => Steps, from: string): Steps {
  const [only] = list;
  if (only !== undefined && list.length === 1) return follow(only);
  return {
    because: `${from} starts several programs at once (${list.join(', ')}), and a container is for one.`,
  };
}

/** Options of concurrently that take a word. https://github.com/open-cli-tools/concurrently#usage */
const CONCURRENTLY =
  /^(?:-n|--names|--name-separator|-s|--success|-c|--prefix-colors|-p|--prefix|-l|--prefix-length|-t|--timestamp-format|--restart-tries|--restart-after|-m|--max-processes|-P)$/;

function commandsOf(words: readonly string[]): readonly string[] {
  return words
    .filter((word, index) => !word.startsWith('-') && !CONCURRENTLY.test(words[index - 1] ?? ''))
    .map((word) => word.replace(/^(npm|yarn|pnpm|bun):/, '$1 run '));
}

/**
 * The scripts that names and patterns mean: `build:*`. A name may bring arguments (`"build-only {@}"`), and what stands
 * behind `--` is put in their place. https://github.com/bcomnes/npm-run-all2/blob/master/docs/run-s.md
 */
export function namedScripts(
  words: readonly string[],
  scripts: Readonly<Record<string, string>>,
): readonly string[] {
  const end = words.indexOf('--');
  return (end < 0 ? words : words.slice(0, end))
    .filter((word) => !word.startsWith('-'))
    .map((word) => word.split(' ', 1)[0] ?? '')
    .flatMap((word) =>
      word.endsWith('*')
        ? Object.keys(scripts).filter((name) => name.startsWith(word.replace(/(?<!\*)\*+$/, '')))
        : [word],
    );
}

const MANAGERS = new Set(['npm', 'pnpm', 'yarn', 'bun']);

/** Whether a command installs packages, which the image has. */
export function installs(words: readonly string[]): boolean {
  const plain = words.slice(1).filter((word) => !word.startsWith('-'));
  return MANAGERS.has(words[0] ?? '') && /^(?:install|ci|i)$/.test(plain[0] ?? '');
}

/** The folder that a package manager is told to work in. */
export function folderOf(words: readonly string[]): string | undefined {
  return MANAGERS.has(words[0] ?? '') ? flagValue(words, '--prefix', '-C', '--dir', '--cwd') : undefined;
}

/** A start script that only leads to another project of the repository, whose packages are its own. */
function elsewhere(search: Search, words: readonly string[], folder: string, from: string): Unusable {
  const there = search.project.has(posix.join(folder, 'package.json'));
  return {
    because: there
      ? `${from} starts ${folder}, a project with a package.json of its own: name that folder.`
      : `${from} runs ${words.slice(0, 3).join(' ')} in ${folder}, which has no package.json.`,
  };
}

/** What is given to a script behind its name; npm takes what stands before `--` for itself. */
function argumentsOf(words: readonly string[], script: string): readonly string[] {
  const behind = words.slice(words.indexOf(script, 1) + 1);
  const dashes = behind.indexOf('--');
  if (/^(?:npm|node)$/.test(words[0] ?? '') || dashes === 0)
    return dashes < 0 ? [] : behind.slice(dashes + 1);
  return behind;
}
