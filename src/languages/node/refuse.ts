import type { TargetId } from '../../targets.ts';
import { TARGETS } from '../../targets.ts';
import type { PlanTo } from '../language.ts';
import { programOf } from './program.ts';
import type { NodeSettings } from './settings.ts';
import { search } from './sources.ts';

/** Why a project cannot run on a target: it calls a shell or other programs, and there are none. */
export function refuseTarget(
  target: TargetId,
  to: Pick<PlanTo<NodeSettings>, 'project' | 'settings'>,
): string | undefined {
  if (TARGETS[target].packages !== undefined) return undefined;
  const { sources } = programOf(to.project, to.settings.start.value, to.settings.build.value);
  if (!sources.packages.has('child_process')) return undefined;
  const [shell] = search(
    sources,
    /(?<![.\w])(?:child_process\.|cp\.)?(?:exec|execSync)\s*\(|\bshell\s*:\s*true/g,
  );
  if (shell !== undefined) return `${shell.at} runs a command in a shell, and ${target} has none`;
  const [tool] = search(
    sources,
    /(?<![.\w])(?:child_process\.|cp\.)?(?:spawn|spawnSync|execFile|execFileSync)\s*\(\s*['"`](?!node['"`])([^'"`]+)/g,
  );
  return tool && `${tool.at} runs ${tool.groups[0]}, and ${target} has no other programs`;
}
