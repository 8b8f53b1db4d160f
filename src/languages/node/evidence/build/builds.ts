import { posix } from 'node:path';
import type { Project } from '../../../../project/project.ts';
import type { Made } from '../../frameworks/framework.ts';
import { frameworkOf } from '../../frameworks/index.ts';
import { type Command, roughCommands, scriptRun, splitScript, withoutFinder } from '../commands.ts';
import { type Manifest, manifestOf } from '../manifest.ts';
import { folderOf, installs, namedScripts } from '../start/steps.ts';
import { clean } from '../tsconfig.ts';
import { BUILD_TOOLS } from './tools.ts';

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
  /** Its commands, those of the scripts that it runs among them. */
  readonly commands: readonly Command[];
  /** What it imports from sources of other members becomes part of its output. */
  readonly bundled?: boolean;
}

/** What a script of package.json builds; undefined: the script builds nothing (a type check, an echo). */
export function readBuild(project: Project, manifest: Manifest, script: string): Build | undefined {
  const outputs = new Set<string>();
  let opaque = false;
  let bundled = false;
  const commands: Command[] = [];
  const seen = new Set<string>();
  const take = (paths: readonly string[]) => {
    for (const path of paths) outputs.add(clean(path));
  };
  const visit = (name: string): void => {
    const text = manifest.scripts[name];
    if (text === undefined || seen.has(name)) return;
    seen.add(name);
    for (const extra of [`pre${name}`, `post${name}`]) visit(extra);
    if ('shell' in splitScript(text)) opaque = true;
    for (const command of roughCommands(text)) read(command);
  };
  const read = (command: Command): void => {
    const words = withoutFinder(command.words, manifest.scripts);
    const [head = ''] = words;
    const folder = posix.join(command.folder ?? '.', folderOf(words) ?? '.');
    if (folder !== '.') {
      const below = builtBelow(project, folder, words);
      if (below === undefined) opaque = true;
      take(below ?? []);
      return;
    }
    const run = scriptRun(words, manifest.scripts);
    const tool = BUILD_TOOLS[head];
    if (run === undefined) commands.push({ ...command, words });
    const framework = frameworkOf(project, manifest, { commands: [{ ...command, words }] });
    const made = framework?.made;
    bundled ||= framework?.framework.bundles?.(project) ?? false;
    if (run !== undefined) visit(run);
    else if (made !== undefined && madePaths(made).length > 0) take(madePaths(made));
    else if (RUNNERS.has(head))
      for (const name of namedScripts(words.slice(1), manifest.scripts)) {
        if (manifest.scripts[name] === undefined) opaque = true;
        visit(name);
      }
    else if (tool !== undefined) {
      const found = tool.outputs(words, project, manifest);
      if (found === undefined) opaque = true;
      bundled ||= tool.bundles?.(words, project) ?? false;
      take(found ?? []);
    } else if (!NO_OUTPUT.has(head)) opaque = true;
  };
  visit(script);
  return outputs.size > 0 || opaque
    ? { script, outputs: [...outputs], opaque, commands, bundled }
    : undefined;
}

/** The folders that a framework's build writes: of one like .next/standalone all of .next. */
function madePaths(made: Made): readonly string[] {
  if ('because' in made) return made.output === undefined ? [] : [made.output];
  if ('site' in made) return [made.site.output];
  return made.server.ship.map(({ source }) =>
    source.startsWith('.') ? (source.split('/')[0] ?? source) : source,
  );
}

/** What a command leaves in another folder of the project, as `cd client && npm run build` does; undefined: unknown. */
function builtBelow(
  project: Project,
  folder: string,
  words: readonly string[],
): readonly string[] | undefined {
  if (installs(words) || NO_OUTPUT.has(words[0] ?? '')) return [];
  const path = posix.normalize(folder);
  if (path.startsWith('..') || !project.isFile(posix.join(path, 'package.json'))) return undefined;
  const below = project.member(posix.join(project.app, path));
  const manifest = manifestOf(below);
  const script = scriptRun(words, manifest.scripts);
  const build = script === undefined ? undefined : readBuild(below, manifest, script);
  return build === undefined || build.opaque
    ? undefined
    : build.outputs.map((output) => posix.join(path, output));
}

/** Whether a path is one of the outputs or inside one. */
export function isOutput(build: Build | undefined, path: string): boolean {
  return (
    build?.outputs.some((output) => output === '.' || path === output || path.startsWith(`${output}/`)) ??
    false
  );
}
