import { posix } from 'node:path';
import type { Found, Unusable } from '../../../../facts/language.ts';
import { isOutput } from '../build/builds.ts';
import { resolveFile, type Search } from '../build/files.ts';
import { type Command, flagValue, scriptRun, splitScript, withoutFinder } from '../commands.ts';
import { ecosystemScript } from '../lock/ecosystem.ts';
import { behind, builtFrom, loaderOf } from './runners.ts';
import { servedFile, servedStart } from './served.ts';
import { COMMANDS, SERVER_FRAMEWORKS } from './start-commands.ts';
import { fromFiles } from './start-files.ts';

/**
 * What the container starts: `node` or `bun` with a file, or `static` with a folder that a server of files hands out;
 * never a package manager, a shell or a dev server.
 */
export interface Start {
  /** Exec form, `node`, `bun` or `static` first. */
  readonly argv: readonly string[];
  /** Set by the script before the command. */
  readonly env: Readonly<Record<string, string>>;
}

export type Result = Found<Start> | Unusable;

/** Names under which people keep the production start, best first. */
export const START_SCRIPTS: readonly string[] = [
  'start:prod',
  'start:production',
  'start-prod',
  'start',
  'serve:prod',
  'prod',
  'production',
];

export function findStart(search: Search): Result | { readonly tie: readonly Found<Start>[] } | undefined {
  const { manifest } = search;
  let unusable: Unusable | undefined;
  for (const name of START_SCRIPTS) {
    const text = manifest.scripts[name];
    if (text === undefined) continue;
    const found = fromScript(search, name, 0);
    if ('value' in found) return found;
    unusable ??= found;
  }
  // what is called serve is the development server of as many projects
  const serve = 'serve' in manifest.scripts ? fromScript(search, 'serve', 0) : undefined;
  if (serve !== undefined && 'value' in serve) return serve;
  const web = /^web:\s*(.+)$/m.exec(search.project.read('Procfile') ?? '')?.[1];
  if (web !== undefined) {
    const found = fromText(search, web, 'Procfile → web', 0);
    if ('value' in found) return found;
  }
  return unusable ?? fromBuild(search) ?? fromFiles(search);
}

/** Without a start script: what the framework's build makes, unless a file of the project is called like its server. */
function fromBuild(search: Search): ReturnType<typeof findStart> {
  const served = servedStart(search, undefined, `package.json → scripts.${search.build?.script}`);
  if (served === undefined || !('value' in served) || served.value.argv[0] !== 'static') return served;
  const uses = SERVER_FRAMEWORKS.some((name) => name in search.manifest.dependencies);
  const own = uses ? fromFiles(search) : undefined;
  const rivals = own === undefined || 'because' in own ? [] : 'tie' in own ? own.tie : [own];
  return rivals.length > 0 ? { tie: [served, ...rivals] } : served;
}

function fromScript(search: Search, name: string, depth: number): Result {
  const text = search.manifest.scripts[name] ?? '';
  return fromText(search, text, `package.json → scripts.${name}`, depth);
}

/** A script that an ambiguous name leads to itself ends here. */
const DEPTH = 8;

function fromText(search: Search, text: string, from: string, depth: number): Result {
  const split = splitScript(text);
  if ('shell' in split)
    return { because: `${from} needs a shell (${split.shell}), and none is in the image.` };
  const env: Record<string, string> = {};
  const commands = split.commands.filter((command) => !builds(search, command));
  const [first, second] = commands;
  if (first === undefined || depth > DEPTH) return { because: `${from} starts nothing.` };
  if (second !== undefined) {
    return {
      because: `${from} runs ${head(first)} before ${head(second)}, which is a step of its own, not part of the server.`,
    };
  }
  Object.assign(env, first.env);
  const words = withoutFinder(first.words, search.manifest.scripts);
  const script = scriptRun(words, search.manifest.scripts);
  const found = script === undefined ? fromWords(search, words, from) : fromScript(search, script, depth + 1);
  return 'value' in found
    ? { ...found, value: { ...found.value, env: { ...env, ...found.value.env } } }
    : found;
}

function head(command: Command): string {
  return withoutFinder(command.words).slice(0, 2).join(' ');
}

/** Whether a command before the server is a build, which the build stage runs. */
function builds(search: Search, command: Command): boolean {
  const words = withoutFinder(command.words, search.manifest.scripts);
  const script = scriptRun(words, search.manifest.scripts);
  if (script !== undefined) return script === search.build?.script || /^(build|compile|tsc)\b/.test(script);
  return (
    ['tsc', 'rimraf', 'mkdir', 'echo'].includes(words[0] ?? '') ||
    (words[0] === 'nest' && words[1] === 'build')
  );
}

/** Options of node that only serve development: dropped, for the program is the same without them. */
const DEV_OPTIONS =
  /^--(watch|watch-path|watch-preserve-output|inspect|inspect-brk|prof|cpu-prof|heap-prof|hot|env-file|env-file-if-exists)(=|$)/;
/** Options of node whose value is the next word. */
export const WITH_VALUE = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '--env-file',
  '--env-file-if-exists',
  '--watch-path',
]);
/** Modules that compile at run time or read an .env file: the image has neither need. */
const DEV_MODULES = /^(ts-node|tsx|@swc-node|@babel\/register|esbuild-register|sucrase|tsconfig-paths)(\/|$)/;

function fromWords(search: Search, words: readonly string[], from: string): Result {
  const served = servedStart(search, words, from);
  if (served !== undefined) return served;
  const [program = '', ...rest] = words;
  if (program === 'node' || program === 'nodejs') return fromRuntime(search, 'node', rest, from);
  if (program === 'bun') return fromRuntime(search, 'bun', rest[0] === 'run' ? rest.slice(1) : rest, from);
  const row = COMMANDS[program];
  if (row === undefined)
    return { because: `${from} runs ${program || 'nothing'}, which is no file that node can start.` };
  if ('file' in row) {
    const name = row.file
      .split('/')
      .slice(1, row.file.startsWith('node_modules/@') ? 3 : 2)
      .join('/');
    if (!(name in search.manifest.dependencies)) {
      return { because: `${from} runs ${program}, which is not in dependencies and so not in the image.` };
    }
    return { value: { argv: ['node', row.file, ...rest], env: {} }, from };
  }
  const executes = 'wraps' in row ? flagValue(rest, '--exec', '-x') : undefined;
  if (executes !== undefined && /^[^$`|;&<>]*$/.test(executes))
    return fromWords(search, [...executes.trim().split(/\s+/), ...behind(rest, executes)], from);
  const argument = rest
    .filter((word) => !word.startsWith('-'))
    .find((word) => /\.\w+$|\//.test(word) || search.project.has(`${word}.js`));
  if ('wraps' in row && argument !== undefined) {
    const script = row.ecosystem ? ecosystemScript(search.project, argument) : undefined;
    if (script === 'several')
      return { because: `${from} starts what ${argument} says, and no single script can be read there.` };
    const args = script === undefined ? rest.slice(rest.indexOf(argument) + 1) : [];
    return fromRuntime(search, 'node', [script ?? argument, ...args], from);
  }
  if ('builds' in row) return fromBuilt(search, row.builds, [], from, program);
  const args = argument === undefined ? [] : rest.slice(rest.indexOf(argument) + 1);
  return fromDevelopment(search, argument, args, from, program);
}

/** A TypeScript runner or a dev server: what it runs, the build makes too, else nothing proves what to start. */
function fromDevelopment(
  search: Search,
  source: string | undefined,
  args: readonly string[],
  from: string,
  program: string,
): Result {
  const built = source === undefined ? [] : builtFrom(search, source);
  const found = fromBuilt(search, built, args, from, program);
  const file = source === undefined ? undefined : posix.normalize(source);
  if ('value' in found || file === undefined || !search.project.isFile(file)) return found;
  const loader = loaderOf(search, program);
  return loader === undefined
    ? found
    : { value: { argv: ['node', ...loader, file, ...args], env: {} }, from };
}

function fromBuilt(
  search: Search,
  files: readonly string[],
  args: readonly string[],
  from: string,
  program: string,
): Result {
  const file = files.find((f) => isOutput(search.build, f));
  if (file !== undefined)
    return { value: { argv: ['node', file, ...args], env: {} }, from: `${from}, as the build makes it` };
  return {
    because: `${from} runs ${program}, a development tool, and no build script makes what it would run.`,
  };
}

function fromRuntime(
  search: Search,
  runtime: 'node' | 'bun',
  words: readonly string[],
  from: string,
): Result {
  const options: string[] = [];
  let index = 0;
  for (let word = words[index]; word?.startsWith('-'); word = words[++index]) {
    const value = WITH_VALUE.has(word) ? words[index + 1] : undefined;
    const module = value ?? word.split('=')[1] ?? '';
    if (value !== undefined) index++;
    if (DEV_MODULES.test(module)) {
      const source = words.slice(index + 1).find((w) => !w.startsWith('-'));
      const args = source === undefined ? [] : words.slice(words.indexOf(source, index) + 1);
      return fromDevelopment(search, source, args, from, module);
    }
    if (module === 'dotenv/config' && !('dotenv' in search.manifest.dependencies)) continue;
    if (!DEV_OPTIONS.test(word)) options.push(word, ...(value === undefined ? [] : [value]));
  }
  const [file, ...args] = words.slice(index);
  if (file === undefined) return { because: `${from} names no file to start.` };
  const served = servedFile(search, file);
  const real = served?.file ?? resolveFile(search, file);
  if (real === undefined) {
    const made =
      search.build === undefined
        ? 'there is no build script that could make it'
        : `${search.build.script} does not make it`;
    return { because: `${from} starts ${file}, which does not exist, and ${made}.` };
  }
  return { value: { argv: [runtime, ...options, real, ...args], env: served?.env ?? {} }, from };
}
