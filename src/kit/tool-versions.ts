import type { Found } from '../facts/language.ts';
import { recordOf, textOf } from '../project/data.ts';
import type { Project } from '../project/project.ts';

const MISE = ['mise.toml', '.mise.toml'] as const;

/** What version managers pin a tool to. `names`: as asdf and mise call it (`nodejs`, `node`). */
export function toolVersions(project: Project, names: readonly string[]): readonly Found<string>[] {
  const lines = (project.read('.tool-versions') ?? '').split('\n').map((line) => line.trim().split(/\s+/));
  const asdf = lines.find(([name = '']) => names.includes(name))?.[1];
  const found = [['.tool-versions', asdf], ...MISE.map((path) => [path, fromMise(project, path, names)])];
  return found.flatMap(([from, value]) =>
    value === undefined || from === undefined ? [] : [{ value, from }],
  );
}

/** https://mise.jdx.dev/configuration.html#tools-dev-tools: a version, a list of them, or a table. */
function fromMise(project: Project, path: string, names: readonly string[]): string | undefined {
  const tools = recordOf(recordOf(project.parse(path)).tools);
  const entry = names.map((name) => tools[name]).find((value) => value !== undefined);
  const first = Array.isArray(entry) ? entry[0] : entry;
  return (
    textOf(first) ??
    textOf(recordOf(first).version) ??
    (typeof first === 'number' ? String(first) : undefined)
  );
}
