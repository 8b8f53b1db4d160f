import type { Development, IgnoreGroup, Plan, Stages } from '../plan/plan.ts';
import { STAGE_IDS } from '../plan/stages.ts';

/** A plan with more stages. What the tests read is let into the build; what ships is the same. */
export function withStages(
  plan: Plan,
  stages: Pick<Stages, 'development' | 'test'>,
  tests: { readonly reads: readonly string[]; isOut(pattern: string): boolean } | undefined,
): Plan {
  const names = ['production', ...STAGE_IDS.filter((id) => stages[id] !== undefined)];
  const choices = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  const isOut = tests?.isOut ?? (() => false);
  const ignore = plan.ignore
    .map((group): IgnoreGroup => ({ ...group, patterns: group.patterns.filter((one) => !isOut(one)) }))
    .filter(({ patterns }) => patterns.length > 0);
  const letIn = plan.ignore.flatMap(({ patterns }) => patterns.filter(isOut));
  return {
    ...plan,
    artifacts: plan.artifacts.map((one) =>
      one.stage === undefined && (one.source === '.' || one.parents) && letIn.length > 0
        ? { ...one, without: letIn }
        : one,
    ),
    context: [...new Set([...plan.context, ...(tests?.reads ?? [])])],
    ignore,
    letIn,
    stages: { choices, ...stages },
  };
}

/** What starts a program again as files change, where nothing of the project does: the system's package of that name. */
export const WATCHER = 'entr';

/**
 * A command that is started again when a file changes, in exec form; `files` prints their names. entr ends when there is a
 * new one, and process 1 would ignore SIGTERM. https://eradman.com/entrproject/
 */
export function restarted(files: string, command: string): readonly string[] {
  return [
    'sh',
    '-c',
    `trap exit TERM INT; while :; do ${files} | ${WATCHER} -dnr ${command} & wait $!; done`,
  ];
}

/** More packages of the system, sorted. */
export function withPackages(
  packages: Plan['packages'],
  alpine: boolean,
  ...names: readonly string[]
): Plan['packages'] {
  const more = (list: readonly string[]) => [...new Set([...list, ...names])].sort();
  return alpine ? { apk: more(packages.apk), apt: [] } : { apk: [], apt: more(packages.apt) };
}

/** Stays out of what is copied into a container that runs: it has its own. */
export const UNSYNCED: readonly string[] = ['.git/'];

/** Where a stage for development writes and starts: folders beside its sources are made for its user. */
export function placed(
  root: string,
  folder: string | undefined,
  volumes: readonly string[],
): Pick<Development, 'writable' | 'folder'> {
  const start = folder === undefined || folder === '.' ? root : `${root}/${folder}`;
  return { writable: volumes, folder: volumes.length > 0 || start !== root ? start : undefined };
}
