import { posix } from 'node:path';
import { recordOf, textOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { clean } from '../tsconfig.ts';

/** What a target of a project of Nx makes. Paths are those of the repository. */
interface Target {
  readonly output: string;
  /** The file in it that is started, as its executor calls it. */
  readonly file: string;
}

/** Targets that run what another target builds. */
const SERVES = /^(?:serve|start|dev|preview)$/;

/** The folder that `nx build api` makes; undefined: its own file does not tell. */
export function nxOutput(project: Project, words: readonly string[]): readonly string[] | undefined {
  const target = targetOf(project, words);
  return target === undefined ? undefined : [target.output];
}

/** The file that `nx serve api` stands for, once it is built. */
export function nxFile(project: Project, words: readonly string[]): string | undefined {
  const target = targetOf(project, words);
  return target === undefined ? undefined : posix.join(target.output, target.file);
}

function targetOf(project: Project, words: readonly string[]): Target | undefined {
  const [, verb = '', ...rest] = words;
  const [first] = rest.filter((word) => !word.startsWith('-'));
  // `nx run api:build:production`, and a default that nx.json names
  const [name = textOf(recordOf(project.parse('nx.json')).defaultProject), task = verb] =
    verb === 'run' ? (first ?? '').split(':') : [first];
  // without a name, the project of the folder: https://nx.dev/concepts/integrated-vs-package-based#standalone-repositories
  const path =
    name !== undefined ? fileOf(project, name) : project.isFile('project.json') ? 'project.json' : undefined;
  if (path === undefined) return undefined;
  const file = recordOf(project.parse(path));
  const build = recordOf(recordOf(file.targets)[SERVES.test(task) ? 'build' : task]);
  const options = { ...recordOf(build.options), ...recordOf(recordOf(build.configurations).production) };
  const output = textOf(options.outputPath)?.replace(/\{(?:workspaceRoot|projectRoot)\}\/?/g, (word) =>
    word.startsWith('{p') ? `${posix.dirname(path)}/` : '',
  );
  const main = textOf(options.outputFileName) ?? textOf(options.main) ?? 'main';
  if (output === undefined) return undefined;
  return { output: clean(output), file: `${posix.basename(main).replace(/\.[mc]?[jt]s$/, '')}.js` };
}

function fileOf(project: Project, name: string): string | undefined {
  const files = project.find(['**/project.json']);
  return files.find((path) => {
    const own = textOf(recordOf(project.parse(path)).name);
    return own === name || (own === undefined && posix.basename(posix.dirname(path)) === name);
  });
}
