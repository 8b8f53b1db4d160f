import { recordOf, table, textOf, verbatim } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { configs, option } from '../../frameworks/config.ts';
import type { Sight } from '../../frameworks/framework.ts';
import { flagValue } from '../commands.ts';
import type { Manifest } from '../manifest.ts';
import { clean, compilerOption, tscOutputs } from '../tsconfig.ts';
import { nxOutput } from './nx.ts';

/** What a build tool leaves behind: folders or files, or undefined when only the start command can tell. */
interface BuildTool {
  outputs(words: readonly string[], project: Project, manifest: Manifest): readonly string[] | undefined;
  /** Whether it takes in what other members of a workspace have as sources. */
  bundles?(words: readonly string[], project: Project): boolean;
}

/** Bundlers that leave packages out unless they are told to take them in. https://tsup.egoist.dev/#excluding-packages */
const takesIn = (files: string) => (words: readonly string[], project: Project) =>
  words.some((word) => word.startsWith('--no-external')) ||
  configured(project, files, /(noExternal|alwaysBundle)\s*:/) !== undefined;
const always = () => true;

/** An option of a configuration file that is code: read as text, for we execute nothing. */
function configured(project: Project, files: string, option: RegExp): string | undefined {
  for (const path of project.find(files)) {
    const found = option.exec(project.read(path) ?? '')?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A folder that an option of a configuration sets; undefined: it is computed, or stands where it is not looked for. */
function set(
  sight: Sight,
  of: { readonly files: string; readonly name: string; readonly otherwise: string },
): readonly string[] | undefined {
  const found = option(sight, of.files, of.name);
  if (found !== undefined) return 'value' in found ? folder(found.value) : undefined;
  const [, last = ''] = of.name.split('.');
  const named = new RegExp(`\\b${verbatim(last)}\\b\\s*:`);
  return configs(sight, of.files).some(({ text }) => named.test(text)) ? undefined : [of.otherwise];
}

const folder = (path: string | undefined) => (path === undefined ? undefined : [clean(path)]);

/** The last word: where a command copies to. */
function last(words: readonly string[]): readonly string[] | undefined {
  const word = words
    .slice(1)
    .filter((one) => !one.startsWith('-'))
    .at(-1);
  return word === undefined || /[*$]|^\//.test(word) ? undefined : [clean(word)];
}

/** Commands that copy what a compiler leaves where it is. */
export const COPYING: readonly string[] = ['cp', 'copyfiles', 'cpx', 'cpx2', 'cpy', 'ncp'];

/** `in:out`, or `in out`. */
function styles(words: readonly string[]): readonly string[] | undefined {
  const plain = words.slice(1).filter((word) => !word.startsWith('-'));
  const pairs = plain.flatMap((word) => word.split(':')[1] ?? []);
  if (pairs.length > 0) return pairs.map(clean);
  return plain.length === 2 ? last(words) : undefined;
}

/** Build tools by the name of their command. Defaults are those of each tool's documentation. */
export const BUILD_TOOLS: { readonly [command: string]: BuildTool } = table({
  tsc: { outputs: (words, project) => tscOutputs(words, project) },
  // https://github.com/nonara/ts-patch: tsc with plugins
  tspc: { outputs: (words, project) => tscOutputs(words, project) },
  // https://docs.nestjs.com/cli/monorepo: the compiler's outDir, from tsconfig.build.json
  nest: {
    outputs(words, project) {
      if (words[1] !== 'build') return [];
      const cli = recordOf(project.parse('nest-cli.json'));
      // https://docs.nestjs.com/cli/monorepo#cli-properties: a project of its own file
      const named = words.slice(2).find((word) => !word.startsWith('-'));
      const own = recordOf(recordOf(cli.projects)[named ?? '']);
      const config = { ...recordOf(cli.compilerOptions), ...recordOf(own.compilerOptions) };
      const tsconfig =
        flagValue(words, '-p', '--path') ?? textOf(config.tsConfigPath) ?? 'tsconfig.build.json';
      const used = project.has(tsconfig) ? tsconfig : 'tsconfig.json';
      return [compilerOption(project, used, 'outDir') ?? 'dist'];
    },
  },
  // https://nx.dev/reference/project-configuration
  nx: { outputs: (words, project) => nxOutput(project, words) },
  // https://tsup.egoist.dev
  tsup: {
    outputs: (words, project, manifest) =>
      folder(
        flagValue(words, '-d', '--out-dir') ??
          textOf(recordOf(manifest.raw.tsup).outDir) ??
          configured(project, 'tsup.config.*', /outDir:\s*['"]([^'"]+)['"]/) ??
          'dist',
      ),
    bundles: takesIn('tsup.config.*'),
  },
  // https://tsdown.dev
  tsdown: {
    outputs: (words, project) =>
      folder(
        flagValue(words, '-d', '--out-dir') ??
          configured(project, 'tsdown.config.*', /outDir:\s*['"]([^'"]+)['"]/) ??
          'dist',
      ),
    bundles: takesIn('tsdown.config.*'),
  },
  // https://github.com/unjs/unbuild
  unbuild: {
    outputs: (_, project) =>
      folder(configured(project, 'build.config.*', /outDir:\s*['"]([^'"]+)['"]/) ?? 'dist'),
  },
  // https://esbuild.github.io/api/#outdir
  esbuild: {
    outputs: (words) => folder(flagValue(words, '--outdir') ?? flagValue(words, '--outfile')),
    bundles: (words) => words.includes('--bundle') && !words.includes('--packages=external'),
  },
  // https://swc.rs/docs/usage/cli
  swc: { outputs: (words) => folder(flagValue(words, '-d', '--out-dir', '-o', '--out-file')) },
  // https://babeljs.io/docs/babel-cli
  babel: { outputs: (words) => folder(flagValue(words, '-d', '--out-dir', '-o', '--out-file')) },
  // https://github.com/vercel/ncc
  ncc: { outputs: (words) => folder(flagValue(words, '-o', '--out') ?? 'dist'), bundles: always },
  rollup: {
    outputs: (words, project) =>
      folder(
        flagValue(words, '-d', '--dir', '-o', '--file') ??
          configured(project, 'rollup.config.*', /\b(?:dir|file):\s*['"]([^'"]+)['"]/),
      ),
  },
  webpack: {
    bundles: always,
    outputs: (words, project, manifest) =>
      folder(flagValue(words, '-o', '--output-path')) ??
      set(
        { project, manifest, words, env: {} },
        { files: 'webpack*.{js,cjs,mjs,ts}', name: 'output.path', otherwise: 'dist' },
      ),
  },
  // https://vite.dev/config/build-options#build-outdir
  vite: {
    bundles: always,
    outputs: (words, project, manifest) =>
      words[1] === 'build'
        ? (folder(flagValue(words, '--outDir')) ??
          set(
            { project, manifest, words, env: {} },
            { files: 'vite.config.{js,cjs,mjs,ts,mts,cts}', name: 'build.outDir', otherwise: 'dist' },
          ))
        : [],
  },
  // https://sass-lang.com/documentation/cli/dart-sass
  sass: { outputs: (words) => styles(words) },
  // https://lesscss.org/usage/#command-line-usage
  lessc: { outputs: (words) => styles(words) },
  // https://tailwindcss.com/docs/installation/tailwind-cli
  tailwindcss: { outputs: (words) => folder(flagValue(words, '-o', '--output')) },
  '@tailwindcss/cli': { outputs: (words) => folder(flagValue(words, '-o', '--output')) },
  // https://github.com/postcss/postcss-cli
  postcss: { outputs: (words) => folder(flagValue(words, '-o', '--output', '-d', '--dir')) },
  ...Object.fromEntries(COPYING.map((command) => [command, { outputs: last }])),
  // https://bun.sh/docs/bundler
  bun: {
    bundles: (words) => !words.includes('--packages=external'),
    outputs: (words) =>
      words[1] === 'build'
        ? folder(flagValue(words, '--outdir') ?? flagValue(words, '--outfile'))
        : undefined,
  },
});
