import { basename, resolve } from 'node:path';
import { chooseLanguage, languageOf } from './choose.ts';
import { UserError } from './errors.ts';
import { emptiness } from './files.ts';
import { LANGUAGES } from './languages/index.ts';
import type { Found, Language, LanguageId } from './languages/language.ts';
import { openProject, type Project, projectOf } from './project.ts';
import type { Prompts } from './prompts.ts';
import type { File } from './render.ts';
import type { Request } from './request.ts';

/** What is looked at, and where its files go. */
export interface Beginning {
  readonly root: string;
  readonly project: Project;
  readonly language: Language;
  readonly found: Found<LanguageId>;
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
    const project = await openProject(root);
    return {
      root,
      project,
      starter: [],
      ...(await chooseLanguage(project, request.language, ask?.language)),
    };
  }
  if (!request.starter && !(await ask?.starter(path)))
    throw new UserError({ kind: state === 'absent' ? 'noFolder' : 'empty', path });
  const id = request.language ?? (await ask?.newLanguage(LANGUAGES));
  if (id === undefined) {
    const placeholder = LANGUAGES.map((language) => language.id).join('|');
    throw new UserError({ kind: 'missing', what: 'The language', flag: '--language', placeholder });
  }
  const language = languageOf(id);
  const { starterOf } = await import('./starter.ts');
  const files = starterOf(language, basename(root));
  return {
    root,
    project: await projectOf(files, basename(root)),
    language,
    found: { value: id, from: request.language === undefined ? 'your answer' : '--language' },
    starter: Object.entries(files).map(([file, text]) => ({ path: file, text })),
  };
}
