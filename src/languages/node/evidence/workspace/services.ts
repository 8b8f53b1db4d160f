import { posix } from 'node:path';
import { UserError } from '../../../../errors.ts';
import type { Found, WorkspaceRules } from '../../../../facts/language.ts';
import type { Project } from '../../../../project/project.ts';
import { frameworkOf } from '../../frameworks/index.ts';
import { readBuild } from '../build/builds.ts';
import { buildScriptOf } from '../build/script.ts';
import { splitScript } from '../commands.ts';
import { lockfileOf, MANAGERS } from '../lock/package-managers.ts';
import { findStart, START_SCRIPTS } from '../start/start.ts';
import { type Member, memberBehind, type Workspace, workspaceOf } from './workspaces.ts';

export const workspaceRules: WorkspaceRules = {
  takes(root, app) {
    const workspace = workspaceOf(root);
    const member = root.member(app);
    if (workspace === undefined || !member.isFile('package.json')) return undefined;
    if (workspace.members.has(app))
      return `${workspace.from} → ${workspace.from.endsWith('.json') ? 'workspaces' : 'packages'}`;
    if (MANAGERS.some((name) => lockfileOf(member, name) !== undefined)) return undefined;
    const declared = posix.relative(app, workspace.from);
    throw new UserError({
      kind: 'refused',
      message: `This folder lies in the workspace of ${declared}, but none of its patterns (${workspace.patterns.slice(0, 8).join(', ')}) takes it in, and it has no lock file of its own.`,
      fix: `Add ${JSON.stringify(app)} there, or install here on its own and commit the lock file.`,
    });
  },
  find(root, app) {
    const workspace = workspaceOf(root);
    const path = posix.normalize(app).replace(/(.)\/{1,200}$/, '$1');
    return (workspace?.members.get(path) ?? workspace?.byName.get(app))?.path;
  },
  services(root) {
    const workspace = workspaceOf(root);
    if (workspace === undefined) return [];
    const said = delegated(workspace);
    if (said !== undefined) return [said];
    const candidates = [...workspace.members.values()].flatMap((member) => {
      const script =
        START_SCRIPTS.find((name) => name in member.manifest.scripts) ?? pagesOf(member.project, member);
      const from = `${posix.join(member.path, 'package.json')} → scripts.${script}`;
      return script === undefined ? [] : [{ member, found: { value: member.path, from } }];
    });
    const starting = candidates.filter(({ member }) => starts(member.project, member));
    if (starting.length > 0) return starting.map(({ found }) => found);
    const scripted = candidates.filter(({ member }) => member.path !== '.');
    if (scripted.length > 0) return scripted.map(({ found }) => found);
    return ends(workspace)
      .filter((member) => starts(member.project, member))
      .map(({ path }) => ({ value: path, from: posix.join(path, 'package.json') }));
  },
  ends(root) {
    const workspace = workspaceOf(root);
    return workspace === undefined ? [] : ends(workspace).map(({ path }) => path);
  },
};

/** Members that no other member depends on: what others import is a part of them. */
function ends(workspace: Workspace): readonly Member[] {
  const members = [...workspace.members.values()];
  const needed = new Set(
    members.flatMap((member) =>
      Object.entries({ ...member.manifest.dependencies, ...member.manifest.devDependencies }).map(
        ([name, range]) => memberBehind(workspace, member, name, range)?.path,
      ),
    ),
  );
  return members.filter(({ path }) => !needed.has(path));
}

/** The script that makes pages, or a server of them, which need no script that starts them. */
function pagesOf(project: Project, { manifest }: Member): string | undefined {
  const script = buildScriptOf(project, manifest);
  const build = script === undefined ? undefined : readBuild(project, manifest, script);
  return frameworkOf(project, manifest, build) === undefined ? undefined : script;
}

/** Whether its start script leads to a program: a development server or a runner of other members' scripts does not. */
function starts(project: Project, { manifest }: Member): boolean {
  const script = buildScriptOf(project, manifest);
  const build = script === undefined ? undefined : readBuild(project, manifest, script);
  const found = findStart({ project, manifest, build });
  if (found !== undefined && !('because' in found)) return true;
  // an app that cannot be started as it is configured is one all the same: who means it must be told
  const made = frameworkOf(project, manifest, build)?.made;
  return made !== undefined && 'because' in made;
}

/** Options and verbs behind which a command names the member whose script it runs. */
const SELECTS = /^(?:-w|--workspace|-F|--filter|-C|--dir|--cwd|--prefix|--scope|workspace)$/;
const SELECTS_INLINE = /^(?:-w|--workspace|-F|--filter|-C|--dir|--cwd|--prefix|--scope)=(.+)$/;

/** The member that the root's own start script starts: `pnpm --filter api start`, `node apps/api/server.js`. */
function delegated(workspace: Workspace): Found<string> | undefined {
  const scripts = workspace.members.get('.')?.manifest.scripts ?? {};
  for (const name of START_SCRIPTS) {
    const split = splitScript(scripts[name] ?? '');
    const commands = 'commands' in split ? split.commands : [];
    const words = commands.at(-1)?.words ?? [];
    // `cd apps && cd web && next start`
    const entered = commands.filter(({ words }) => words[0] === 'cd').map(({ words }) => words[1] ?? '.');
    const inside = entered.length > 0 ? memberNamed(workspace, posix.join(...entered)) : undefined;
    if (inside !== undefined && inside.path !== '.')
      return { value: inside.path, from: `package.json → scripts.${name}` };
    const named = words.flatMap((word, index) => {
      const text =
        SELECTS_INLINE.exec(word)?.[1] ?? (SELECTS.test(words[index - 1] ?? '') ? word : undefined);
      const started = words[0] === 'node' && index > 0 && !word.startsWith('-') ? word : undefined;
      const member = memberNamed(workspace, text) ?? memberAround(workspace, started);
      return member === undefined || member.path === '.' ? [] : [member.path];
    });
    const [only] = new Set(named);
    if (only !== undefined && new Set(named).size === 1)
      return { value: only, from: `package.json → scripts.${name}` };
  }
  return undefined;
}

function memberNamed({ members, byName }: Workspace, text: string | undefined): Member | undefined {
  if (text === undefined) return undefined;
  const name = text.replace(/^\.\.\.|\.\.\.$/g, '');
  return byName.get(name) ?? members.get(posix.normalize(name).replace(/(.)\/{1,200}$/, '$1'));
}

function memberAround({ members }: Workspace, file: string | undefined): Member | undefined {
  const parts = file === undefined ? [] : posix.normalize(file).split('/');
  for (let length = parts.length - 1; length > 0; length--) {
    const member = members.get(parts.slice(0, length).join('/'));
    if (member !== undefined) return member;
  }
  return undefined;
}
