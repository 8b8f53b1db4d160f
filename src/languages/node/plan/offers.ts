import { imagesOf } from '../../../catalog/catalog.ts';
import type { Offer, PlanTo } from '../../../facts/language.ts';
import { searchTexts } from '../../../kit/sources.ts';
import type { TargetId } from '../../../plan/targets.ts';
import { TARGETS } from '../../../plan/targets.ts';
import { releaseOf } from '../../../plan/version.ts';
import type { Seen } from '../evidence/program.ts';
import type { NodeSettings } from '../settings/settings.ts';
import { offerOf } from './native/needs.ts';

type To = Omit<PlanTo<NodeSettings, Seen>, 'target' | 'platforms'>;

/** The platforms of a target's images; none when there is no image, or nothing there that the project calls. */
export function offersOf(target: TargetId, to: To): Offer {
  const { served } = to.seen.program(to.settings.start.value, to.settings.build.value);
  // a site needs Node while it is built only
  if (served?.site !== undefined) return to.catalog.fileServers[target];
  const list = to.settings.start.value.argv[0] === 'bun' ? to.catalog.bun : to.catalog.node;
  const version = to.settings.runtimeVersion.value;
  const release = releaseOf(list, version);
  if (release === undefined) return { none: `there is no image of version ${version}` };
  const why = childTools(target, to);
  if (why !== undefined) return { none: why };
  const row = imagesOf(release, version, target);
  if ('none' in row) return row;
  const { start, build, packageManager } = to.settings;
  const program = to.seen.program(start.value, build.value);
  return offerOf({ project: to.project, program, manager: packageManager.value }, target, row.platforms);
}

/** Why a project cannot run where there is nothing but the runtime: it calls a shell or other programs. */
function childTools(target: TargetId, to: To): string | undefined {
  if (TARGETS[target].packages !== undefined) return undefined;
  const { sources } = to.seen.program(to.settings.start.value, to.settings.build.value);
  if (!sources.packages.has('child_process')) return undefined;
  const [shell] = searchTexts(
    sources,
    /(?:(?<![.\w])|child_process['"]\)\.|\b(?:child_process|cp)\.)(?:exec|execSync)\s*\(|\bshell\s*:\s*true/g,
  );
  if (shell !== undefined) return `${shell.at} runs a command in a shell, and ${target} has none`;
  const [tool] = searchTexts(
    sources,
    /(?:(?<![.\w])|child_process['"]\)\.|\b(?:child_process|cp)\.)(?:spawn|spawnSync|execFile|execFileSync)\s*\(\s*['"`](?!node['"`])([^'"`]+)/g,
  );
  return tool && `${tool.at} runs ${tool.groups[0]}, and ${target} has no other programs`;
}
