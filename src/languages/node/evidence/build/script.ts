import type { Found, Tie } from '../../../../facts/language.ts';
import type { Project } from '../../../../project/project.ts';
import { frameworkOf } from '../../frameworks/index.ts';
import { scriptRun, splitScript, withoutFinder } from '../commands.ts';
import type { Manifest } from '../manifest.ts';
import { START_SCRIPTS } from '../start/start.ts';
import { readBuild } from './builds.ts';

/** Names under which people keep the build, best first. */
const NAMES = ['build', 'build:prod', 'build:production', 'compile', 'bundle', 'tsc', 'dist'];

/** The build that makes what is started: the script called build, else the only one that leaves something behind. */
export function findBuild(project: Project, manifest: Manifest): Found<string> | Tie<string> | undefined {
  const { scripts } = manifest;
  for (const name of NAMES.filter((n) => n in scripts)) {
    if (readBuild(project, manifest, name) !== undefined)
      return { value: name, from: `package.json → scripts.${name}` };
  }
  // what npm runs before the start script, and what that runs before the server
  for (const name of START_SCRIPTS) {
    const pre = `pre${name}`;
    if (name in scripts && (readBuild(project, manifest, pre)?.outputs.length ?? 0) > 0)
      return { value: pre, from: `package.json → scripts.${pre}` };
    const split = splitScript(scripts[name] ?? '');
    const before = ('commands' in split ? split.commands : []).slice(0, -1);
    const script = before
      .map(({ words }) => scriptRun(withoutFinder(words), scripts))
      .find((run) => run !== undefined && (readBuild(project, manifest, run)?.outputs.length ?? 0) > 0);
    if (script !== undefined) return { value: script, from: `package.json → scripts.${name}` };
  }
  return pages(project, manifest);
}

/**
 * The script of a project that is nothing but pages: `docs:build`, `generate`. One that is a library or starts a
 * program has such a script for its documentation.
 */
function pages(project: Project, manifest: Manifest): Found<string> | Tie<string> | undefined {
  const { scripts, main, exported, bins } = manifest;
  const entry = main ?? exported ?? bins[0];
  if (entry !== undefined && project.has(entry)) return undefined;
  const made = Object.keys(scripts).flatMap((name) => {
    const build = readBuild(project, manifest, name);
    const found = build && frameworkOf(project, manifest, build);
    return found === undefined ? [] : [{ name, build, found }];
  });
  const [only] = made;
  if (only === undefined) return undefined;
  const starts = START_SCRIPTS.filter((name) => name in scripts);
  const own = starts.every((name) => {
    const split = splitScript(scripts[name] ?? '');
    const words = 'commands' in split ? withoutFinder(split.commands.at(-1)?.words ?? []) : [];
    return made.some(({ found }) =>
      found.framework.starts.some((command) => words.join(' ').startsWith(command)),
    );
  });
  if (!own || project.has('Procfile')) return undefined;
  const all = made.map(({ name }) => ({ value: name, from: `package.json → scripts.${name}` }));
  return all.length > 1 ? { tie: all } : all[0];
}

/** The build of another member, for which nobody is asked: a tie is none. */
export function buildScriptOf(project: Project, manifest: Manifest): string | undefined {
  const found = findBuild(project, manifest);
  return found !== undefined && 'value' in found ? found.value : undefined;
}
