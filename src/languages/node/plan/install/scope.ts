import { posix } from 'node:path';
import { pathWord } from '../../../../plan/quote.ts';
import { recordOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { buildScriptOf } from '../../evidence/build/script.ts';
import {
  type Member,
  memberBehind,
  neededMembers,
  workspaceOf,
} from '../../evidence/workspace/workspaces.ts';
import { type Lifecycle, lifecycleOf } from './lifecycle.ts';

/** What of a repository is there when packages are installed. All paths are those of the build context. */
export interface Scope {
  readonly member: { readonly path: string; readonly name: string | undefined };
  readonly production: Part;
  /** With what is only there for development. */
  readonly all: Part;
  /** Manifests of all members. */
  readonly everyone: Part;
  /** What the scripts of these packages do on installation, by folder. */
  readonly lives: readonly Living[];
  /** It is a workspace: what is installed lies in more than one folder. */
  readonly workspace: boolean;
  /** The lock file has members whose manifests are not there. */
  readonly partial: boolean;
}

interface Living extends Lifecycle {
  readonly path: string;
}

export interface Part {
  /** Manifests of packages, and what they install from the repository: `file:vendor/x.tgz`. */
  readonly files: readonly string[];
}

/** `build`: the script that builds the project itself. */
export function scopeOf(project: Project, build: string | undefined): Scope {
  const workspace = workspaceOf(project.context);
  const needed = neededMembers(project);
  const root = workspace?.members.get('.');
  const all = root === undefined ? needed.all : [root, ...needed.all.filter((member) => member !== root)];
  const production = root === undefined ? needed.production : [root, ...needed.production];
  const part = (members: readonly Member[]): Part => ({
    files: [
      ...new Set([
        ...members.map((member) => pathWord(posix.join(member.path, 'package.json'), 'the workspace')),
        ...members.flatMap(localPackages),
      ]),
    ],
  });
  const self = needed.all.at(-1);
  return {
    member: { path: project.app, name: self?.manifest.name },
    production: part(production),
    all: part(all),
    everyone: part(workspace === undefined ? all : [...workspace.members.values()]),
    lives: livesOf(all, project.app, build),
    workspace: workspace !== undefined,
    partial: workspace !== undefined && all.length < workspace.members.size,
  };
}

/** Folders and archives of the repository that a manifest installs as packages, members aside: `file:./libs/x`. */
export function localPackages(member: Member): readonly string[] {
  const { path: folder, project, manifest } = member;
  const workspace = workspaceOf(project.context);
  const all = Object.entries({ ...manifest.devDependencies, ...manifest.dependencies });
  return all.flatMap(([name, range]) => {
    const path = /^(?:file|link|portal):(.+)$/.exec(range)?.[1]?.replace(/^\.\//, '');
    if (path === undefined || !project.has(path)) return [];
    if (workspace !== undefined && memberBehind(workspace, member, name, range) !== undefined) return [];
    return [pathWord(posix.join(folder, path), `package.json → dependencies.${name}`)];
  });
}

function livesOf(members: readonly Member[], app: string, build: string | undefined): readonly Living[] {
  return members.flatMap(({ path, project, manifest }) => {
    const script = path === app ? build : buildScriptOf(project, manifest);
    const life = lifecycleOf(project, manifest, script);
    return life === undefined
      ? []
      : [{ ...life, path, files: life.files.map((file) => posix.join(path, file)) }];
  });
}

/**
 * pnpm with copies of members in place of links, made before there is anything to copy: links are as good in an image,
 * where nothing else is installed. https://pnpm.io/settings#injectworkspacepackages
 */
export function injects(context: Project): boolean {
  return (
    recordOf(context.parse('pnpm-workspace.yaml')).injectWorkspacePackages === 'true' &&
    /@file:/.test(context.read('pnpm-lock.yaml') ?? '')
  );
}

/** pnpm with one folder for all packages. https://pnpm.io/settings#nodelinker */
export function hoists(context: Project): boolean {
  const said = recordOf(context.parse('pnpm-workspace.yaml')).nodeLinker;
  return said === 'hoisted' || /^[^\S\n]*node-linker\s*=\s*"?hoisted/m.test(context.read('.npmrc') ?? '');
}
