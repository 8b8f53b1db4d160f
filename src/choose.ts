import { UserError } from './errors.ts';
import { LANGUAGES } from './languages/index.ts';
import type { Found, Language, LanguageId, Signal } from './languages/language.ts';
import type { Project } from './project.ts';

export interface Candidate {
  readonly language: Language;
  readonly signal: Signal;
}

/** Which languages the folder speaks: manifests outweigh loose sources. More than one is a tie, none is none. */
export function findLanguages(project: Project): readonly Candidate[] {
  const all = LANGUAGES.flatMap((language) => {
    const signal = language.detect(project);
    return signal === undefined ? [] : [{ language, signal }];
  });
  const strong = all.filter((candidate) => candidate.signal.strength === 'manifest');
  return strong.length > 0 ? strong : all;
}

/** The one language of a project: given, else found. A tie or nothing goes to `ask`, or is refused. */
export async function chooseLanguage(
  project: Project,
  given: LanguageId | undefined,
  ask: ((candidates: readonly Candidate[]) => Promise<LanguageId>) | undefined,
): Promise<{ language: Language; found: Found<LanguageId> }> {
  if (given !== undefined)
    return { language: languageOf(given), found: { value: given, from: '--language' } };
  const candidates = findLanguages(project);
  const [only] = candidates;
  if (only === undefined) {
    const languages = LANGUAGES.map((l) => l.name);
    if (project.entries.length === 0) throw new UserError({ kind: 'empty', path: project.name });
    throw new UserError({ kind: 'noLanguage', path: project.name, languages });
  }
  if (candidates.length === 1) {
    const from = only.signal.files.join(', ');
    return { language: only.language, found: { value: only.language.id, from } };
  }
  if (ask === undefined) {
    const named = candidates.map(({ language: l, signal }) => ({
      name: l.name,
      id: l.id,
      files: signal.files,
    }));
    throw new UserError({ kind: 'tieLanguage', candidates: named });
  }
  const answer = await ask(candidates);
  return { language: languageOf(answer), found: { value: answer, from: 'your answer' } };
}

function languageOf(id: LanguageId): Language {
  const language = LANGUAGES.find((l) => l.id === id);
  if (language === undefined) throw new Error(`no language ${id}`);
  return language;
}
