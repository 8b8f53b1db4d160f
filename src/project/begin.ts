import { basename, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors.ts';
import { languageOf } from '../facts/choose.ts';
import type { Found } from '../facts/language.ts';
import type { Prompts } from '../facts/prompts.ts';
import { LANGUAGES } from '../languages/index.ts';
import type { File } from '../output/render.ts';
import type { Seen } from '../output/report.ts';
import type { Request } from '../request/request.ts';
import { emptiness, isThere } from './files.ts';
import { type Place, placeOf } from './place.ts';
import { projectOf } from './project.ts';
import { openService, type Service } from './service.ts';
import { starterOf } from './starter.ts';

/** What is looked at, and where its files go. */
export interface Beginning extends Service {
  readonly seen: Seen;
  /** Where the project is, when it is not the folder that was named. */
  readonly moved?: Found<string> | undefined;
  /** The program that the folder that was named stands for. */
  readonly main?: string | undefined;
  /** Files of a new service, which are written along. */
  readonly starter: readonly File[];
}

/** Opens the folder; an empty or absent one is where a new service can begin. */
export async function begin(request: Request, cwd: string, ask: Prompts | undefined): Promise<Beginning> {
  const root = resolve(cwd, request.directory);
  const state = emptiness(root);
  const path = request.directory;
  if (state === 'file') throw new UserError({ kind: 'notAFolder', path });
  if (state === 'filled') {
    if (request.starter) throw new UserError({ kind: 'starterNeedsEmpty', path });
    const { language, app } = request;
    const wanted = { language, app, askLanguage: ask?.language, askMember: ask?.member };
    const literal = language !== undefined || app !== undefined;
    const place: Place = literal
      ? { folder: root, moved: undefined, main: undefined }
      : await placeOf(root, ask?.folder);
    const { folder, moved, main, looked } = place;
    const service = await openService(folder, wanted, looked);
    const shown = moved === undefined ? path : relative(cwd, folder).split(sep).join('/') || '.';
    return { ...service, seen: seenFrom(cwd, service, shown), starter: [], moved, main };
  }
  if (request.app !== undefined) throw new UserError({ kind: 'noMember', app: request.app, services: [] });
  if (!request.starter && !(await ask?.starter(path)))
    throw new UserError({ kind: state === 'absent' ? 'noFolder' : 'empty', path });
  const id = request.language ?? (await ask?.newLanguage(LANGUAGES));
  if (id === undefined) {
    const placeholder = LANGUAGES.map((language) => language.id).join('|');
    throw new UserError({ kind: 'missing', what: 'language', flag: '--language', placeholder });
  }
  const language = languageOf(id);
  const files = starterOf(language, basename(root));
  return {
    root,
    project: await projectOf(files, basename(root)),
    seen: { context: path, service: path },
    member: undefined,
    language,
    found: { value: id, from: request.language === undefined ? 'your answer' : '--language' },
    // what stands there already stays
    starter: Object.entries(files)
      .filter(([file]) => !isThere(join(root, file)))
      .map(([file, text]) => ({ path: file, text })),
  };
}

/** Its folders as they are typed: as it was named, or relative to the current one. */
export function seenFrom(cwd: string, { root, project: { app } }: Service, typed: string): Seen {
  if (app === '.') return { context: typed, service: typed };
  const shown = (folder: string) => relative(cwd, folder).split(sep).join('/') || '.';
  return { context: shown(root), service: shown(join(root, app)) };
}
