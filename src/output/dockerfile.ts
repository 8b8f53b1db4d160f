import { join, posix } from 'node:path';
import { UserError } from '../errors.ts';
import { isFolder, namesIn, textIn } from '../project/files.ts';
import type { Project } from '../project/project.ts';
import { remember } from '../project/remember.ts';
import { madeOf } from './made.ts';

const USUAL = 'Dockerfile';
/** Other names of one: https://docs.docker.com/build/concepts/dockerfile/#filename */
const NAMES = /^(?:(?:Dockerfile|Containerfile)(?:[.-][\w.-]{1,100})?|[\w.-]{1,100}\.[Dd]ockerfile)$/;
/** What stands beside one, and is none. */
const BESIDE = /\.(?:dockerignore|rego|bak)$/;
/** Folders that hold those of the folder above them. */
const FOLDERS = /^(?:\.?docker(?:files?)?|\.?containers?|build|\.?ci|deploy(?:ment)?|infra|ops)$/;
/** No Dockerfile of anybody has more bytes. */
const LIMIT = 1 << 20;

/** Where the Dockerfile of a service stands, as the build context has it: beside it, unless its owner has moved ours. */
export function dockerfilePath(project: Project): string {
  return remember(project, 'dockerfile', () => {
    const path = standing({
      names: (folder) => entriesOf(project.member(posix.join(project.app, folder))),
      isFolder: (name) => project.isFolder(name),
      read: (path) => (project.isFile(path) ? project.read(path, LIMIT) : undefined),
    });
    return posix.join(project.app, path);
  });
}

/** The same of a folder that is no project yet, as seen from it. */
export function dockerfileIn(folder: string): string {
  return standing({
    names: (path) => namesIn(join(folder, path)),
    isFolder: (name) => isFolder(join(folder, name)) === true,
    read: (path) => textIn(folder, path, LIMIT),
  });
}

/** Whether a file is called like a Dockerfile. */
export function isDockerfile(name: string): boolean {
  return NAMES.test(name) && !BESIDE.test(name);
}

/** Whether a folder of this name holds Dockerfiles of the one above it. */
export function holdsDockerfiles(name: string): boolean {
  return FOLDERS.test(name);
}

/** Names in a folder; one that may not be looked into has none. */
function entriesOf(folder: Project): readonly string[] {
  try {
    return folder.entries;
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

interface Place {
  names(folder: string): readonly string[];
  isFolder(name: string): boolean;
  read(path: string): string | undefined;
}

function standing(place: Place): string {
  const isOurs = (path: string) => madeOf(place.read(path) ?? '') !== undefined;
  if (isOurs(USUAL)) return USUAL;
  const names = place.names('.');
  const beside = names.filter((name) => name !== USUAL && isDockerfile(name)).filter(isOurs);
  const below = () =>
    names
      .filter((name) => FOLDERS.test(name) && place.isFolder(name))
      .flatMap((folder) =>
        place.names(folder).flatMap((name) => (isDockerfile(name) ? [`${folder}/${name}`] : [])),
      )
      .filter(isOurs);
  const [ours, ...more] = beside.length > 0 ? beside : below();
  if (more.length === 0) return ours ?? USUAL;
  throw new UserError({
    kind: 'refused',
    message: `${[ours, ...more].join(' and ')} were made here, and none of them is called Dockerfile.`,
    fix: 'Call the one that is meant so, or take the first line out of the others.',
  });
}
