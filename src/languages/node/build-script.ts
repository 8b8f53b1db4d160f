import type { Project } from '../../project.ts';
import type { Found } from '../language.ts';
import { readBuild } from './builds.ts';
import { scriptRun, splitScript, withoutFinder } from './commands.ts';
import type { Manifest } from './manifest.ts';
import { START_SCRIPTS } from './start.ts';

/** The build that makes what is started: the script called build, else the only one that leaves something behind. */
export function findBuild(project: Project, manifest: Manifest): Found<string> | undefined {
  const names = Object.keys(manifest.scripts);
  const order = ['build', 'build:prod', 'build:production', 'compile', 'bundle', 'tsc', 'dist'];
  for (const name of order.filter((n) => names.includes(n))) {
    if (readBuild(project, manifest, name) !== undefined)
      return { value: name, from: `package.json → scripts.${name}` };
  }
  // what npm runs before the start script, and what that runs before the server
  for (const name of START_SCRIPTS) {
    const pre = `pre${name}`;
    if (name in manifest.scripts && (readBuild(project, manifest, pre)?.outputs.length ?? 0) > 0)
      return { value: pre, from: `package.json → scripts.${pre}` };
    const split = splitScript(manifest.scripts[name] ?? '');
    const before = ('commands' in split ? split.commands : []).slice(0, -1);
    const script = before
      .map(({ words }) => scriptRun(withoutFinder(words), manifest.scripts))
      .find((run) => run !== undefined && (readBuild(project, manifest, run)?.outputs.length ?? 0) > 0);
    if (script !== undefined) return { value: script, from: `package.json → scripts.${name}` };
  }
  return undefined;
}
