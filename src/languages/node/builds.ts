import { recordOf, textOf } from '../../data.ts';
import type { Project } from '../../project.ts';
import { type Command, flagValue, scriptRun, splitScript, withoutFinder } from './commands.ts';
import type { Manifest } from './manifest.ts';

/** What a build tool leaves behind: folders or files, or undefined when only the start command can tell. */
interface BuildTool {
  outputs(words: readonly string[], project: Project, manifest: Manifest): readonly string[] | undefined;
}

/** An option of a configuration file that is code: read as text, for we execute nothing. */
function configured(project: Project, files: string, option: RegExp): string | undefined {
  for (const path of project.find(files)) {
    const found = option.exec(project.read(path) ?? '')?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

const folder = (path: string | undefined) => (path === undefined ? undefined : [clean(path)]);

/** Build tools by the name of their command. Defaults are those of each tool's documentation. */
const BUILD_TOOLS: { readonly [command: string]: BuildTool } = {
  tsc: { outputs: (words, project) => typescript(words, project) },
  // https://github.com/nonara/ts-patch: tsc with plugins
  tspc: { outputs: (words, project) => typescript(words, project) },
  // https://docs.nestjs.com/cli/monorepo: the compiler's outDir, from tsconfig.build.json
  nest: {
    outputs(words, project) {
      if (words[1] !== 'build') return [];
      const config = recordOf(recordOf(project.parse('nest-cli.json')).compilerOptions);
      const tsconfig =
        flagValue(words, '-p', '--path') ?? textOf(config.tsConfigPath) ?? 'tsconfig.build.json';
      const used = project.has(tsconfig) ? tsconfig : 'tsconfig.json';
      return [compilerOption(project, used, 'outDir') ?? 'dist'];
    },
  },
  // https://tsup.egoist.dev
  tsup: {
    outputs: (words, project, manifest) =>
      folder(
        flagValue(words, '-d', '--out-dir') ??
          textOf(recordOf(manifest.raw.tsup).outDir) ??
          configured(project, 'tsup.config.*', /outDir:\s*['"]([^'"]+)['"]/) ??
          'dist',
      ),
  },
  // https://tsdown.dev
  tsdown: {
    outputs: (words, project) =>
      folder(
        flagValue(words, '-d', '--out-dir') ??
          configured(project, 'tsdown.config.*', /outDir:\s*['"]([^'"]+)['"]/) ??
          'dist',
      ),
  },
  // https://github.com/unjs/unbuild
  unbuild: {
    outputs: (_, project) =>
      folder(configured(project, 'build.config.*', /outDir:\s*['"]([^'"]+)['"]/) ?? 'dist'),
  },
  // https://esbuild.github.io/api/#outdir
  esbuild: { outputs: (words) => folder(flagValue(words, '--outdir') ?? flagValue(words, '--outfile')) },
  // https://swc.rs/docs/usage/cli
  swc: { outputs: (words) => folder(flagValue(words, '-d', '--out-dir', '-o', '--out-file')) },
  // https://babeljs.io/docs/babel-cli
  babel: { outputs: (words) => folder(flagValue(words, '-d', '--out-dir', '-o', '--out-file')) },
  // https://github.com/vercel/ncc
  ncc: { outputs: (words) => folder(flagValue(words, '-o', '--out') ?? 'dist') },
  rollup: {
    outputs: (words, project) =>
      folder(
        flagValue(words, '-d', '--dir', '-o', '--file') ??
          configured(project, 'rollup.config.*', /\b(?:dir|file):\s*['"]([^'"]+)['"]/),
      ),
  },
  webpack: {
    outputs: (words, project) =>
      folder(
        flagValue(words, '-o', '--output-path') ??
          configured(project, 'webpack*.{js,cjs,mjs,ts}', /path:[^,\n]*['"]([^'"]+)['"]\s*\)/) ??
          'dist',
      ),
  },
  // https://vite.dev/config/build-options#build-outdir
  vite: {
    outputs: (words, project) =>
      words[1] === 'build'
        ? folder(
            flagValue(words, '--outDir') ??
              configured(project, 'vite.config.*', /build:\s*\{[^}]*outDir:\s*['"]([^'"]+)['"]/s) ??
              'dist',
          )
        : [],
  },
  // https://bun.sh/docs/bundler
  bun: {
    outputs: (words) =>
      words[1] === 'build'
        ? folder(flagValue(words, '--outdir') ?? flagValue(words, '--outfile'))
        : undefined,
  },
};

/** Commands that make nothing which is started: they check, clean or copy beside a build. */
const NO_OUTPUT = new Set([
  'echo',
  'eslint',
  'prettier',
  'biome',
  'rimraf',
  'rm',
  'mkdir',
  'tsc-alias',
  'tsc-esm-fix',
  'true',
  'exit',
]);
/** Commands that run other scripts by name or pattern (npm-run-all, npm-run-all2, concurrently's names). */
const RUNNERS = new Set(['run-s', 'run-p', 'npm-run-all', 'npm-run-all2']);

export interface Build {
  readonly script: string;
  /** What it leaves behind, as far as it can be read from its command and configuration. */
  readonly outputs: readonly string[];
  /** Whether some command's output could not be read, so that the start command has to tell. */
  readonly opaque: boolean;
}

/** What a script of package.json builds; undefined: the script builds nothing (a type check, an echo). */
export function readBuild(project: Project, manifest: Manifest, script: string): Build | undefined {
  const outputs = new Set<string>();
  let opaque = false;
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const text = manifest.scripts[name];
    if (text === undefined || seen.has(name)) return;
    seen.add(name);
    for (const extra of [`pre${name}`, `post${name}`]) visit(extra);
    const split = splitScript(text);
    if ('shell' in split) {
      opaque = true;
      return;
    }
    for (const command of split.commands) read(command);
  };
  const read = (command: Command): void => {
    const words = withoutFinder(command.words);
    const [head = ''] = words;
    const run = scriptRun(words, manifest.scripts);
    const tool = BUILD_TOOLS[head];
    if (run !== undefined) visit(run);
    else if (RUNNERS.has(head)) for (const name of named(words.slice(1), manifest)) visit(name);
    else if (tool !== undefined) {
      const found = tool.outputs(words, project, manifest);
      if (found === undefined) opaque = true;
      for (const path of found ?? []) outputs.add(clean(path));
    } else if (!NO_OUTPUT.has(head)) opaque = true;
  };
  visit(script);
  return outputs.size > 0 || opaque ? { script, outputs: [...outputs], opaque } : undefined;
}

function named(words: readonly string[], manifest: Manifest): readonly string[] {
  return words
    .filter((word) => !word.startsWith('-'))
    .flatMap((word) =>
      word.endsWith('*')
        ? Object.keys(manifest.scripts).filter((name) => name.startsWith(word.replace(/\*+$/, '')))
        : [word],
    );
}

/** tsc's outputs: outDir, else the sources' own folders, for it then writes beside them. */
function typescript(words: readonly string[], project: Project): readonly string[] {
  if (words.includes('--noEmit')) return [];
  const rest = words.slice(1);
  const builds = rest.find((word) => ['-b', '--build'].includes(word));
  const given = flagValue(words, '-p', '--project') ?? (builds ? flagValue(words, builds) : undefined);
  const file =
    given === undefined ? 'tsconfig.json' : project.isFolder(given) ? `${given}/tsconfig.json` : given;
  const flag = flagValue(words, '--outDir');
  if (flag !== undefined) return [clean(flag)];
  if (compilerOption(project, file, 'noEmit') === 'true') return [];
  const outDir = compilerOption(project, file, 'outDir');
  if (outDir !== undefined) return [outDir];
  return [
    ...new Set(project.find(['**/*.ts', '!**/*.d.ts']).map((path) => path.split('/')[0] ?? path)),
  ].filter((top) => !/\.config\.ts$/.test(top));
}

/** An option of a tsconfig or of what it extends, as text; a path is relative to the project. */
export function compilerOption(
  project: Project,
  file: string,
  option: string,
  depth = 0,
): string | undefined {
  const config = recordOf(project.parse(file));
  const value = recordOf(config.compilerOptions)[option];
  const here = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  if (typeof value === 'string')
    return /dir$/i.test(option) ? clean(here + value.replace('${configDir}/', '')) : value;
  if (value !== undefined) return String(value);
  if (depth > 8) return undefined;
  const bases = (Array.isArray(config.extends) ? config.extends : [config.extends]).filter(
    (b) => typeof b === 'string',
  );
  for (const base of bases.reverse() as string[]) {
    if (!base.startsWith('.')) continue;
    const path = clean(here + base);
    const found = compilerOption(project, project.has(path) ? path : `${path}.json`, option, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/') || '.';
}

/** Whether a path is one of the outputs or inside one. */
export function isOutput(build: Build | undefined, path: string): boolean {
  return (
    build?.outputs.some((output) => output === '.' || path === output || path.startsWith(`${output}/`)) ??
    false
  );
}
