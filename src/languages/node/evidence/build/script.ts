import type { Found, Tie } from '../../../../facts/language.ts';
import type { Project } from '../../../../project/project.ts';
import { frameworkOf } from '../../frameworks/index.ts';
import { scriptRun, splitScript, withoutFinder } from '../commands.ts';
import type { Manifest } from '../manifest.ts';
import { START_SCRIPTS } from '../start/start.ts';
import { readBuild } from './builds.ts';

/** Names under which people keep the build, best first. */
const NAMES = ['build', 'build:prod', 'build:production', 'compile', 'bundle', 'tsc', 'dist'];
/**
 * Scripts that platforms run in place of the build, and those that npm runs once it has installed.
 * https://devcenter.heroku.com/articles/nodejs-support#customizing-the-build-process, https://cloud.google.com/docs/buildpacks/nodejs
 */
const DEPLOYS = ['heroku-postbuild', 'gcp-build'];
const INSTALLS = ['postinstall', 'prepare', 'prepublish'];

/** The build that makes what is started: the script called build, else the only one that leaves something behind. */
export function findBuild(project: Project, manifest: Manifest): Found<string> | Tie<string> | undefined {
  const { scripts } = manifest;
  const said = (name: string) => ({ value: name, from: `package.json → scripts.${name}` });
  const makes = (name: string) => (readBuild(project, manifest, name)?.outputs.length ?? 0) > 0;
  for (const name of NAMES.filter((n) => n in scripts)) {
    if (readBuild(project, manifest, name) === undefined) continue;
    // what a platform runs may build, and more than that
    const more = DEPLOYS.find((deploy) => runsMore(manifest, deploy, name));
    return said(more ?? name);
  }
  const deploy = DEPLOYS.find((name) => name in scripts && readBuild(project, manifest, name) !== undefined);
  if (deploy !== undefined) return said(deploy);
  // what npm runs before the start script, and what that runs before the server
  for (const name of START_SCRIPTS) {
    const pre = `pre${name}`;
    if (name in scripts && makes(pre)) return said(pre);
    const split = splitScript(scripts[name] ?? '');
    const before = ('commands' in split ? split.commands : []).slice(0, -1);
    const script = before
      .map(({ words }) => scriptRun(withoutFinder(words), scripts))
      .find((run) => run !== undefined && makes(run));
    if (script !== undefined) return { value: script, from: `package.json → scripts.${name}` };
  }
  const installs = INSTALLS.find((name) => name in scripts && makes(name));
  return pages(project, manifest) ?? (installs === undefined ? undefined : said(installs));
}

/** Whether a script runs another one and builds beside it. */
function runsMore({ scripts }: Manifest, name: string, other: string): boolean {
  const split = splitScript(scripts[name] ?? '');
  const commands = 'commands' in split ? split.commands : [];
  const runs = commands.some(({ words }) => scriptRun(withoutFinder(words), scripts) === other);
  return runs && commands.length > 1;
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
