import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { UserError } from '../errors.ts';
import { chooseLanguage, findLanguages } from '../facts/choose.ts';
import type { LanguageId, WorkspaceRules } from '../facts/language.ts';
import { dockerfileIn, holdsDockerfiles, isDockerfile } from '../output/dockerfile.ts';
import { madeOf } from '../output/made.ts';
import { foldersBelow, isWithin, textIn } from './files.ts';
import { ignoredBelow } from './ignored.ts';
import { openingsOf, type Project } from './project.ts';
import { openService, type Service } from './service.ts';

/** A service below a folder, or why there is none where a manifest says that there should be. */
export type Below = { readonly path: string } & (
  | { readonly service: Service }
  | { readonly refused: UserError }
);

/** What is no service of a repository, whatever manifest it has: what its tests read, and what others wrote. */
const APART = /^(?:test-?data|__?fixtures__?|fixtures|__tests__|__mocks__|vendor|third[_-]party|examples?)$/i;

/** A folder with a manifest that takes folders below it in. */
interface Outer {
  readonly folder: string;
  /** Whether a folder below, relative to it, is a part of it. */
  takes(path: string): boolean;
}

/**
 * Every service below a folder: the members of workspaces that can start, and each folder with a manifest that is no part
 * of one above it. One after the other, so that no more than one build context is held at a time.
 */
export async function* servicesBelow(
  top: string,
  said: (folder: string) => LanguageId | undefined,
): AsyncGenerator<Below> {
  const outer: Outer[] = [];
  const ignored = ignoredBelow(top);
  const leaves: typeof ignored = (folder, names) => {
    const out = ignored(folder, names);
    return (name) => APART.test(name) || out(name);
  };
  for (const { folder, names } of foldersBelow(top, leaves)) {
    while (outer.length > 0 && !folder.startsWith((outer.at(-1)?.folder ?? '') + sep)) outer.pop();
    const path = pathOf(top, folder);
    if (!names.some(mayBeManifest)) continue;
    try {
      if (outer.some((one) => one.takes(pathOf(one.folder, folder)))) continue;
      yield* servicesAt(folder, path, said, outer);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      yield { path, refused: error };
    }
  }
}

/** What a folder with a manifest holds: itself, or the members of its workspace that can start. */
async function* servicesAt(
  folder: string,
  path: string,
  said: (folder: string) => LanguageId | undefined,
  outer: Outer[],
): AsyncGenerator<Below> {
  const open = openingsOf(folder);
  const project = await open('.');
  const candidates = findLanguages(project);
  const signals = candidates.map(({ signal }) => signal);
  if (!signals.some(({ strength }) => strength === 'manifest')) return;
  const { language, found } = await chooseLanguage(project, said(folder), undefined, candidates);
  const rules = language.workspaces?.isRoot(project) === true ? await language.workspaces.load() : undefined;
  const nests = signals.some(({ files }) => files.some((name) => language.parts?.test(name) === true));
  outer.push({ folder, takes: partsOf(project, rules, nests ? language.detect : undefined) });
  if (rules === undefined)
    yield { path, service: { root: folder, project, language, found, member: undefined } };
  for (const member of rules?.services(project) ?? []) {
    if (!isWithin(folder, join(folder, member.value))) continue;
    const at = posix.join(path, member.value);
    try {
      const opened = await open(member.value);
      yield { path: at, service: { root: folder, project: opened, language, found, member } };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      yield { path: at, refused: error };
    }
  }
}

/** The service of a folder, where its Dockerfile is ours. */
export async function* serviceMade(
  folder: string,
  said: (folder: string) => LanguageId | undefined,
): AsyncGenerator<Below> {
  if (!isMade(folder, dockerfileIn(folder))) return;
  yield { path: '.', service: await openService(folder, { language: said(folder) }) };
}

/** Every service below a folder that has a Dockerfile of ours, wherever it is. */
export async function* servicesMade(
  top: string,
  said: (folder: string) => LanguageId | undefined,
): AsyncGenerator<Below> {
  const open = new Set<string>();
  for (const { folder, names } of foldersBelow(top, ignoredBelow(top))) {
    if (!names.some((name) => isDockerfile(name) && isMade(folder, name))) continue;
    // a folder that holds nothing but Dockerfiles is for the one above it
    const apart = folder !== top && holdsDockerfiles(basename(folder)) && !names.some(mayBeManifest);
    open.add(apart ? dirname(folder) : folder);
  }
  if (open.size === 0) return;
  for await (const below of servicesBelow(top, said)) if (open.delete(join(top, below.path))) yield below;
  // what is no service of its own, or is apart from the others, has a file all the same
  for (const folder of open) {
    const path = pathOf(top, folder);
    try {
      yield { path, service: await openService(folder, { language: said(folder) }) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      yield { path, refused: error };
    }
  }
}

function isMade(folder: string, name: string): boolean {
  return madeOf(textIn(folder, name) ?? '') !== undefined;
}

/** Whether folders below are parts of a project: members that its workspace names, or a build in several folders. */
function partsOf(
  project: Project,
  rules: WorkspaceRules | undefined,
  detect: ((project: Project) => unknown) | undefined,
): Outer['takes'] {
  return (path) => {
    if (rules?.takes(project, path) !== undefined) return true;
    return detect?.(project.member(path)) !== undefined;
  };
}

function pathOf(top: string, folder: string): string {
  return relative(top, folder).split(sep).join('/') || '.';
}

/** Cheap, so that a folder without one is not opened. */
function mayBeManifest(name: string): boolean {
  return /^(?:package\.json|go\.(?:mod|work)|CMakeLists\.txt|meson\.build|(?:GNUm|[Mm])akefile|configure\.ac|pyproject\.toml|requirements[\w.-]*\.txt|setup\.(?:py|cfg)|Pipfile|pom\.xml|build\.gradle(?:\.kts)?|settings\.gradle(?:\.kts)?)$/.test(
    name,
  );
}
