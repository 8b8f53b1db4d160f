import { posix } from 'node:path';
import picomatch from 'picomatch';
import { UserError } from '../../../../errors.ts';
import * as semver from '../../../../plan/semver.ts';
import { isRecord, recordOf, table, textOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { remember } from '../../../../project/remember.ts';
import { type Declared, declaredPatterns, type Manifest, manifestOf } from '../manifest.ts';

/** A package of a workspace. */
export interface Member {
  /** Its folder in the build context; `.` is the workspace itself. */
  readonly path: string;
  readonly project: Project;
  readonly manifest: Manifest;
}

export interface Workspace {
  /** The file that declares it. */
  readonly from: string;
  /** Patterns of members' folders as they are declared, without `./` and the slash behind. */
  readonly patterns: readonly string[];
  /** All members by folder, the root itself first. */
  readonly members: ReadonlyMap<string, Member>;
  readonly byName: ReadonlyMap<string, Member>;
  /** Whether a plain version (`^1.0.0`) of a member's name means that member. */
  readonly links: (from: Member, name: string) => boolean;
}

/** The workspace that a build context is the root of; undefined: it declares no members. */
export function workspaceOf(context: Project): Workspace | undefined {
  return remember(context, 'workspace', () => {
    const declared = declaredPatterns(context);
    return declared && readWorkspace(context, declared);
  });
}

function readWorkspace(context: Project, { from, patterns }: Declared): Workspace {
  const positive = patterns.filter((pattern) => !pattern.startsWith('!'));
  const negative = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const takes = positive.length === 0 ? () => false : picomatch(positive, { ignore: negative });
  const folders = context
    .find('*/**/package.json')
    .map((path) => posix.dirname(path))
    .filter((path) => takes(path));
  const members = new Map<string, Member>();
  const byName = new Map<string, Member>();
  for (const path of ['.', ...folders]) {
    const project = context.member(path);
    const member = { path, project, manifest: manifestOf(project) };
    members.set(path, member);
    const { name } = member.manifest;
    if (name !== undefined && !byName.has(name)) byName.set(name, member);
  }
  return { from, patterns, members, byName, links: linksOf(context) };
}

/** pnpm links a plain version only when it is told to; what it did stands in its lock file. The others always do. */
function linksOf(context: Project): Workspace['links'] {
  if (!context.has('pnpm-workspace.yaml') || !context.has('pnpm-lock.yaml')) return () => true;
  const importers = recordOf(recordOf(context.parse('pnpm-lock.yaml')).importers);
  return (from, name) => {
    const importer = recordOf(importers[from.path]);
    return ['dependencies', 'devDependencies', 'optionalDependencies'].some((group) => {
      const entry = recordOf(importer[group])[name];
      return /^(?:link|file):/.test(textOf(isRecord(entry) ? entry.version : entry) ?? '');
    });
  };
}

/** The member that a dependency means; undefined: it comes from a registry. */
export function memberBehind(
  workspace: Workspace,
  from: Member,
  name: string,
  range: string,
): Member | undefined {
  const [, protocol, rest = ''] = /^(workspace|file|link|portal):(.*)$/.exec(range) ?? [];
  if (protocol !== undefined && /^\.{0,2}\//.test(rest))
    return workspace.members.get(posix.join(from.path, rest).replace(/\/$/, ''));
  if (protocol === 'workspace') {
    // `workspace:@acme/other@*` is an alias
    const meant = /^(@?[^@]+)@/.exec(rest)?.[1] ?? name;
    const member = workspace.byName.get(meant);
    if (member !== undefined) return member;
    throw new UserError({
      kind: 'refused',
      message: `${posix.join(from.path, 'package.json')} depends on ${JSON.stringify(meant)} (${range}), and no member of this workspace is called so.`,
      fix: `The members are what ${workspace.from} takes in: ${workspace.patterns.join(', ')}.`,
    });
  }
  const member = workspace.byName.get(name);
  if (member === undefined || !workspace.links(from, name)) return undefined;
  const version = textOf(member.manifest.raw.version) ?? '0.0.0';
  const fits = ['', '*', version].includes(range) || semver.satisfies(version, range);
  return fits ? member : undefined;
}

/** What a member needs of the others, each after what it needs itself; the member is the last. */
export interface Needed {
  /** For its build: with what is only there for development. */
  readonly all: readonly Member[];
  /** In production. */
  readonly production: readonly Member[];
}

/** The members behind a project, itself the last; itself alone when it is of no workspace. */
export function neededMembers(project: Project): Needed {
  return remember(project, 'needed members', () => needed(project));
}

function needed(project: Project): Needed {
  const workspace = workspaceOf(project.context);
  const self = workspace?.members.get(project.app) ?? {
    path: project.app,
    project,
    manifest: manifestOf(project),
  };
  if (workspace === undefined) return { all: [self], production: [self] };
  const root = workspace.members.get('.');
  return {
    // what the root has for development are tools of the build
    all: reached(workspace, [...(root === undefined ? [] : [root]), self], true),
    production: reached(workspace, [self], false),
  };
}

function reached(workspace: Workspace, from: readonly Member[], development: boolean): readonly Member[] {
  const done = new Set<Member>();
  const order: Member[] = [];
  const visit = (member: Member): void => {
    if (done.has(member)) return;
    done.add(member);
    const { dependencies, devDependencies } = member.manifest;
    const all = development ? { ...devDependencies, ...dependencies } : dependencies;
    // a root that is not the service itself may name all its members, so that they are linked
    const own = member.path === '.' && !from.every((one) => one === member) ? devDependencies : all;
    for (const [name, range] of Object.entries(own)) {
      const next = memberBehind(workspace, member, name, range);
      if (next !== undefined) visit(next);
    }
    order.push(member);
  };
  for (const member of from) visit(member);
  return order;
}

/**
 * A member's manifest with the packages from registries that it is installed with: in production those of all that it
 * needs, for development theirs too, and the workspace's own.
 */
export function mergedManifest(project: Project): Manifest {
  const workspace = workspaceOf(project.context);
  const own = manifestOf(project);
  if (workspace === undefined) {
    assertAlone(own);
    return own;
  }
  const { all, production } = neededMembers(project);
  const foreign = (members: readonly Member[], groups: readonly ('dependencies' | 'devDependencies')[]) =>
    table(
      Object.fromEntries(
        members.flatMap((member) =>
          groups.flatMap((group) =>
            Object.entries(member.manifest[group]).filter(
              ([name, range]) => memberBehind(workspace, member, name, range) === undefined,
            ),
          ),
        ),
      ),
    );
  return {
    ...own,
    dependencies: foreign(production, ['dependencies']),
    devDependencies: foreign(all, ['dependencies', 'devDependencies']),
  };
}

function assertAlone({ dependencies, devDependencies }: Manifest): void {
  const all = Object.entries({ ...devDependencies, ...dependencies });
  const member = all.find(([, range]) => range.startsWith('workspace:'));
  if (member === undefined) return;
  throw new UserError({
    kind: 'refused',
    message: `package.json depends on ${JSON.stringify(member[0])} (${member[1]}), but no workspace takes this folder in.`,
    fix: 'Add it to the workspaces of a package.json, or to pnpm-workspace.yaml, in a folder above.',
  });
}
