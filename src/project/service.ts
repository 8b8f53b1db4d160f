import { join, posix, relative, sep } from 'node:path';
import { UserError } from '../errors.ts';
import { type Candidate, chooseLanguage } from '../facts/choose.ts';
import type { Found, Language, LanguageId } from '../facts/language.ts';
import { foldersAbove, isFolder, isWithin } from './files.ts';
import type { Looked } from './place.ts';
import { openProject, type Project } from './project.ts';

/** A service and the folder that its image is built from. */
export interface Service {
  /** Absolute path of the build context. */
  readonly root: string;
  readonly project: Project;
  readonly language: Language;
  readonly found: Found<LanguageId>;
  /** The member of a workspace that it is; undefined: it is of none. */
  readonly member: Found<string> | undefined;
}

/** What was typed about it, and who can be asked. */
export interface Wanted {
  readonly language?: LanguageId | undefined;
  /** A member of the workspace in the folder, by folder or name. */
  readonly app?: string | undefined;
  readonly askLanguage?: ((candidates: readonly Candidate[]) => Promise<LanguageId>) | undefined;
  readonly askMember?: ((services: readonly Found<string>[]) => Promise<string>) | undefined;
}

/**
 * Opens the service in a folder. A member of a workspace is built from the workspace's root, which is looked for above
 * it; in the root itself, the one member that can start is taken, and several are asked about or refused.
 */
export async function openService(folder: string, wanted: Wanted, looked?: Looked): Promise<Service> {
  const project = looked?.project ?? (await openProject(folder));
  const { app } = wanted;
  const chosen = await chooseLanguage(project, wanted.language, wanted.askLanguage, looked?.candidates);
  const { workspaces } = chosen.language;
  if (workspaces?.isRoot(project) !== true) {
    if (app === undefined) return { ...(await placed(folder, project, chosen.language)), ...chosen };
    const member = join(folder, app);
    if (!isFolder(member)) throw new UserError({ kind: 'noMember', app, services: [] });
    return openService(member, { ...wanted, app: undefined });
  }
  const rules = await workspaces.load();
  const outer = await placed(folder, project, chosen.language);
  if (outer.root !== folder) throw new UserError({ kind: 'nestedWorkspace', path: outer.project.app });
  const services = rules.services(project);
  const typed = app === undefined ? undefined : rules.find(project, app);
  if (app !== undefined && typed === undefined)
    throw new UserError({ kind: 'noMember', app, services: services.map(({ value }) => value) });
  const member =
    typed === undefined
      ? await chooseMember(services, wanted, () => rules.ends?.(project) ?? [])
      : { value: typed, from: '--app' };
  if (!isWithin(folder, join(folder, member.value))) throw linked(member.value);
  const opened = member.value === '.' ? project : await openProject(folder, member.value);
  return { root: folder, project: opened, ...chosen, member };
}

async function chooseMember(
  services: readonly Found<string>[],
  { askMember }: Wanted,
  ends: () => readonly string[],
): Promise<Found<string>> {
  const [only] = services;
  if (only === undefined) throw new UserError({ kind: 'noService', members: ends() });
  if (services.length === 1) return only;
  if (askMember === undefined) throw new UserError({ kind: 'tieMember', services });
  return { value: await askMember(services), from: 'your answer' };
}

/** Where a folder is built from: the root of the workspace that takes it in, else the folder itself. */
async function placed(
  folder: string,
  project: Project,
  { workspaces }: Language,
): Promise<Pick<Service, 'root' | 'project' | 'member'>> {
  for (const root of workspaces === undefined ? [] : foldersAbove(folder, workspaces.files)) {
    const app = relative(root, folder).split(sep).join(posix.sep);
    const member = await openProject(root, app);
    if (!workspaces?.isRoot(member.context)) continue;
    if (!isWithin(root, folder)) throw linked(app);
    const from = (await workspaces.load()).takes(member.context, app);
    if (from === undefined) break;
    return { root, project: member, member: { value: app, from: `${member.context.name}/${from}` } };
  }
  return { root: folder, project, member: undefined };
}

function linked(path: string): UserError {
  return new UserError({
    kind: 'refused',
    message: `${JSON.stringify(path)} is reached through a symbolic link, and what that leads to is not in its workspace's build.`,
    fix: 'Name the folder itself.',
  });
}
