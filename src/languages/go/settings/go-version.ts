import type { Catalog, GoRelease } from '../../../catalog/catalog.ts';
import { UserError } from '../../../errors.ts';
import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { toolVersions } from '../../../kit/tool-versions.ts';
import { preferred, releaseOf } from '../../../plan/version.ts';
import type { Project } from '../../../project/project.ts';
import type { Workspace } from '../evidence/workspace.ts';

/** The release line of a version: `1.26.7`, `go1.27rc1` and `1.26` are in 1.26, 1.27 and 1.26. */
function lineOf(version: string): string | undefined {
  return /^(?:go)?(1\.\d+)/.exec(version)?.[1];
}

function minor(line: string): number {
  return Number(line.split('.')[1] ?? 0);
}

/**
 * The least release line that the modules compile with. The images say GOTOOLCHAIN=local, so an older compiler fails
 * instead of fetching a newer one; a `toolchain` line demands as much as a `go` line.
 */
export function leastVersion(workspace: Workspace): Found<string> | undefined {
  const files = [...(workspace.work ? [workspace.work] : []), ...workspace.modules, ...workspace.local];
  const demands = files.flatMap(({ file, go, toolchain }) =>
    [
      { from: `${file} → go ${go}`, value: lineOf(go ?? '') },
      { from: `${file} → toolchain go${toolchain}`, value: lineOf(toolchain ?? '') },
    ].flatMap(({ from, value }) => (value === undefined ? [] : [{ from, value }])),
  );
  // the first among equals: the go line before the toolchain, the workspace before its members
  return demands.reduce<Found<string> | undefined>(
    (most, one) => (most === undefined || minor(one.value) > minor(most.value) ? one : most),
    undefined,
  );
}

/** A version manager's pin, else the newest supported release: Go promises to compile all older code. */
export function findGoVersion(to: {
  project: Project;
  workspace: Workspace;
  catalog: Catalog;
  today: string;
}): Found<string> | Tie<string> | Unusable | undefined {
  const { project, workspace, catalog, today } = to;
  const least = leastVersion(workspace);
  const newest = catalog.go[0];
  if (least !== undefined && newest !== undefined && minor(least.value) > minor(newest.version)) {
    throw new UserError({
      kind: 'refused',
      message: `${least.from} demands a Go that no known image has: the newest is ${newest.version}.`,
      fix: 'Lower that line if the code allows it, or take a newer create-dockerfile.',
    });
  }
  const pins = pinsOf(project);
  const lines = new Set(pins.map(({ value }) => value));
  if (lines.size > 1) return { tie: pins };
  const [pin] = pins;
  if (pin === undefined) return least && newestFor(catalog, today, least);
  if (releaseOf(catalog.go, pin.value) === undefined)
    return {
      because: `${pin.from} pins Go ${pin.value}, and there is no image of it that is still rebuilt.`,
    };
  if (least !== undefined && minor(least.value) > minor(pin.value))
    return { because: `${pin.from} pins Go ${pin.value}, but ${least.from} demands more.` };
  return pin;
}

function pinsOf(project: Project): readonly Found<string>[] {
  const file = project.read('.go-version')?.trim();
  const all = [
    ...(file ? [{ value: file, from: '.go-version' }] : []),
    ...toolVersions(project, ['golang', 'go']),
  ];
  return all.flatMap(({ value, from }) => {
    const line = lineOf(value);
    return line === undefined ? [] : [{ value: line, from }];
  });
}

function newestFor(catalog: Catalog, today: string, least: Found<string>): Found<string> | undefined {
  const [first] = preferred<GoRelease>(catalog.go, today).filter(
    (release) => minor(release.version) >= minor(least.value),
  );
  return first && { value: first.version, from: `the newest that compiles ${least.from}` };
}
