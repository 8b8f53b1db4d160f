import { posix } from 'node:path';
import type { Found, Unusable } from '../../../../facts/language.ts';
import { recordOf, textOf } from '../../../../project/data.ts';
import { frameworkOf } from '../../frameworks/index.ts';
import { isOutput } from '../build/builds.ts';
import { resolveFile, type Search } from '../build/files.ts';
import { nxFile } from '../build/nx.ts';
import { BUILD_TOOLS } from '../build/tools.ts';
import { type Command, scriptRun, withoutFinder } from '../commands.ts';
import { kindRun } from '../kinds.ts';
import { manifestOf } from '../manifest.ts';
import { ecosystemOf } from './ecosystem.ts';
import { shippedVariables } from './env-files.ts';
import { DEV_OPTIONS, ENV_FILE, WITH_VALUE } from './node-options.ts';
import { builtFrom, loaderOf } from './runners.ts';
import { servedFile, servedStart } from './served.ts';
import { COMMANDS, SERVER_FRAMEWORKS } from './start-commands.ts';
import { fromFiles } from './start-files.ts';
import { installs, isBuild, stepsBehind, stepsOf, stepsOfScript } from './steps.ts';
import { unwrapped, WRAPPERS } from './wrappers.ts';

/**
 * What the container starts: `node` or `bun` with a file, or `static` with a folder that a server of files hands out;
 * never a package manager, a shell or a dev server.
 */
export interface Start {
  /** Exec form, `node`, `bun` or `static` first. */
  readonly argv: readonly string[];
  /** Set by the script before the command, or by a committed file of variables that it names. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder of the project that it runs in; undefined: the project's own. Paths of `argv` are the project's. */
  readonly folder?: string;
  /** Variables that such a file has and the image must not: `.env.production → API_KEY`. */
  readonly withheld?: readonly string[];
}

/** The command as it is typed in the folder that it runs in. */
export function commandOf({ argv, folder }: Start): readonly string[] {
  if (folder === undefined) return argv;
  return argv.map((word) => (word.startsWith(`${folder}/`) ? word.slice(folder.length + 1) : word));
}

/** `steps`: it runs more than the server, which another script must not hide. */
export type Result = Found<Start> | (Unusable & { readonly steps?: true });

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
  // what a platform starts; `npm start` is for whoever has none
  const web = /^web:\s*(.+)$/m.exec(search.project.read('Procfile') ?? '')?.[1];
  const deployed = web === undefined ? undefined : fromText(search, web, 'Procfile → web');
  if (deployed !== undefined && 'value' in deployed) return deployed;
  let unusable: (Unusable & { readonly steps?: true }) | undefined;
  for (const name of START_SCRIPTS) {
    const text = manifest.scripts[name];
    if (text === undefined) continue;
    const found = fromScript(search, name);
    if ('value' in found) return found;
    unusable ??= found;
  }
  // what is called serve is the development server of as many projects
  const serve =
    'serve' in manifest.scripts && unusable?.steps !== true ? fromScript(search, 'serve') : undefined;
  if (serve !== undefined && 'value' in serve) return serve;
  return unusable ?? deployed ?? fromBuild(search) ?? fromFiles(search);
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

function fromScript(search: Search, name: string): Result {
  const from = `package.json → scripts.${name}`;
  return fromSteps(search, stepsOfScript(search, name, from), from);
}

/** What a command that was typed, or that a file of another tool holds, starts. */
export function fromText(search: Search, text: string, from: string): Result {
  return fromSteps(search, stepsOf(search, text, from), from);
}

function fromSteps(search: Search, read: ReturnType<typeof stepsOf>, from: string): Result {
  if ('because' in read) return read;
  const [first, second] = read.steps.filter((step) => !isMadeBefore(search, step));
  if (first === undefined) return { because: `${from} starts nothing.` };
  if (second !== undefined) {
    return {
      because: `${first.from} runs ${head(first)} before ${head(second)}, which is a step of its own, not part of the server.`,
      steps: true,
    };
  }
  const { env, envFiles = [], folder, from: at } = first;
  if (folder !== undefined && isProject(search, folder))
    return {
      because: `${at} starts a program in ${folder}, which has a package.json of its own: name that folder.`,
    };
  const found = fromWords(folder === undefined ? search : { ...search, folder }, first.words, at);
  if (!('value' in found)) return found;
  const shipped = shippedVariables(search.project, envFiles);
  const withheld = [...(found.value.withheld ?? []), ...shipped.withheld];
  return {
    ...found,
    value: {
      ...found.value,
      env: { ...shipped.env, ...env, ...found.value.env },
      ...(folder === undefined ? {} : { folder }),
      ...(withheld.length === 0 ? {} : { withheld }),
    },
  };
}

/** Whether a folder has packages of its own, which an installation at the top leaves out. */
function isProject({ project }: Search, folder: string): boolean {
  const path = posix.normalize(folder);
  if (path.startsWith('..')) return true;
  if (!project.has(posix.join(path, 'package.json'))) return false;
  return Object.keys(manifestOf(project.member(posix.join(project.app, path))).dependencies).length > 0;
}

function head(command: Command): string {
  return withoutFinder(command.words).slice(0, 2).join(' ');
}

/** Commands that make or clean, whose result a server has to find. */
const MAKES = new Set(['tsc', 'rimraf', 'rm', 'mkdir', 'echo', 'cp', 'copyfiles', 'cpx', 'shx', 'tsc-alias']);
/** pm2's commands that leave no program running. */
const MANAGES =
  /^(?:delete|del|stop|kill|save|flush|logs|ls|list|status|install|set|ping|startup|unstartup)$/;

/** Whether a command before the server is done when there is an image: it builds, checks or installs. */
function isMadeBefore(search: Search, { words }: Command): boolean {
  const [program = '', verb = ''] = words;
  const script = scriptRun(words, search.manifest.scripts);
  if (script !== undefined) return isBuild(search, script);
  if (installs(words) || MAKES.has(program)) return true;
  if (/^pm2(?:-|$)/.test(program)) return MANAGES.test(verb);
  const tool = BUILD_TOOLS[program];
  if (tool !== undefined && !['nest', 'nx', 'bun', 'vite'].includes(program)) return true;
  if (program === 'nest' || program === 'nx' || program === 'prisma')
    return /^(?:build|generate)$/.test(verb);
  return frameworkOf(search.project, search.manifest, { commands: [{ env: {}, words }] }) !== undefined;
}

/** Options of what compiles while it runs that take a word. https://typestrong.org/ts-node/docs/options */
const RUNNER_TAKES =
  /^(?:-r|--require|--import|--loader|-P|--project|-O|--compiler-options|-C|--compiler|-I|--ignore|--dir|--cwd-mode|--scope-dir|--tsconfig|--env-file|-x|--extensions|--presets|--plugins|--config-file)$/;

/** Modules that compile at run time or read an .env file: the image has neither need. */
const DEV_MODULES = /^(ts-node|tsx|@swc-node|@babel\/register|esbuild-register|sucrase|tsconfig-paths)(\/|$)/;

function fromWords(search: Search, words: readonly string[], from: string): Result {
  const served = servedStart(search, words, from);
  if (served !== undefined) return served;
  const [program = '', ...rest] = words;
  if (program === 'node' || program === 'nodejs') return fromRuntime(search, 'node', rest, from);
  if (program === 'bun') return fromRuntime(search, 'bun', rest[0] === 'run' ? rest.slice(1) : rest, from);
  if (WRAPPERS[program] !== undefined) return fromWrapper(search, program, rest, from);
  if (program === 'nx') return fromNx(search, words, from);
  const row = COMMANDS[program];
  if (row === undefined) {
    const kind = kindRun(words);
    return {
      because:
        kind === undefined
          ? `${from} runs ${program || 'nothing'}, which is no file that node can start.`
          : `${from} runs ${program}: this is ${kind.is}, and ${kind.because}${kind.instead === undefined ? ', not in a container' : `: ${kind.instead}`}.`,
    };
  }
  if ('file' in row) return fromPackage(search, words, row, from);
  const argument = rest
    .filter((word, index) => !word.startsWith('-') && !RUNNER_TAKES.test(rest[index - 1] ?? ''))
    .find((word) => /\.\w+$|\//.test(word) || search.project.has(`${word}.js`));
  if ('builds' in row) {
    // a project of several has a folder of its own in the output
    const outputs = (search.build?.outputs ?? []).map((output) => `${output}/main.js`);
    return fromBuilt(search, [...row.builds, ...outputs], [], from, program);
  }
  const args = argument === undefined ? [] : rest.slice(rest.indexOf(argument) + 1);
  return fromDevelopment(search, argument, args, from, program);
}

function fromNx(search: Search, words: readonly string[], from: string): Result {
  const file = nxFile(search.project, words);
  return file === undefined
    ? { because: `${from} runs ${words.join(' ')}, and no project.json says what that builds.` }
    : fromBuilt(search, [file], [], from, 'nx');
}

function fromPackage(
  { manifest }: Search,
  [program = '', ...rest]: readonly string[],
  { file }: { readonly file: string },
  from: string,
): Result {
  const name = file
    .split('/')
    .slice(1, file.startsWith('node_modules/@') ? 3 : 2)
    .join('/');
  return name in manifest.dependencies
    ? { value: { argv: ['node', file, ...rest], env: {} }, from }
    : { because: `${from} runs ${program}, which is not in dependencies and so not in the image.` };
}

/** A program that runs another one: what it runs is started, for a container is restarted by what runs it. */
function fromWrapper(search: Search, program: string, rest: readonly string[], from: string): Result {
  const row = WRAPPERS[program];
  const wrapped = row && unwrapped(row, rest);
  if (row === undefined || wrapped === undefined) return { because: `${from} starts nothing.` };
  const { file, args, options, executes, interpreter } = wrapped;
  const behind = file === undefined ? args : [file, ...args];
  if (executes !== undefined) return again(search, [...executes.trim().split(/\s+/), ...behind], from);
  if (file === undefined) return fromConfiguration(search, program, from);
  if (/^(?:npm|pnpm|yarn|bun)$/.test(file)) return again(search, behind, from);
  if (/\s/.test(file)) return fromText(search, file, from);
  const declared = row.ecosystem
    ? ecosystemOf(search.project, posix.join(search.folder ?? '.', file))
    : undefined;
  if (declared === 'several')
    return { because: `${from} starts what ${file} says, and no single script can be read there.` };
  if (declared !== undefined) {
    const own = { folder: declared.folder, env: declared.env };
    const words = [declared.script, ...declared.args];
    return again(
      search,
      /^(?:npm|pnpm|yarn|bun)$/.test(declared.script)
        ? words
        : [...run(declared.interpreter), ...declared.node, ...words],
      from,
      own,
    );
  }
  return again(search, [...run(interpreter), ...options, ...behind], from);
}

function run(interpreter: string | undefined): readonly string[] {
  return [interpreter === undefined || interpreter === 'none' ? 'node' : interpreter];
}

/** A command that was made of another one's words. */
function again(
  search: Search,
  words: readonly string[],
  from: string,
  own: { readonly env?: Start['env']; readonly folder?: string | undefined } = {},
): Result {
  const folder = posix.join(search.folder ?? '.', own.folder ?? '.');
  const command = { env: own.env ?? {}, words, ...(folder === '.' ? {} : { folder }) };
  const { folder: _, ...top } = search;
  return fromSteps(top, stepsBehind(top, command, from, 1), from);
}

/** nodemon without a file: what its configuration says, else what the package names as its entry. */
function fromConfiguration(search: Search, program: string, from: string): Result {
  const { project, manifest } = search;
  const config = { ...recordOf(manifest.raw.nodemonConfig), ...recordOf(project.parse('nodemon.json')) };
  const executes = textOf(config.exec);
  if (program === 'nodemon' && executes !== undefined)
    return fromText(search, executes, `${from}, nodemon.json → exec`);
  return program === 'nodemon' || program === 'node-dev'
    ? fromRuntime(search, 'node', ['.'], from)
    : { because: `${from} names no file to start.` };
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
  const envFiles: string[] = [];
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
    if (ENV_FILE.test(word)) envFiles.push(module);
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
  const { env, withheld } = shippedVariables(search.project, envFiles);
  const value = { argv: [runtime, ...options, real, ...args], env: { ...env, ...served?.env } };
  return { value: withheld.length === 0 ? value : { ...value, withheld }, from };
}
