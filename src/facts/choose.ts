import { foreignIn } from '../catalog/foreign.ts';
import { UserError } from '../errors.ts';
import { LANGUAGES } from '../languages/index.ts';
import { type Platform, TARGET_IDS, type TargetId } from '../plan/targets.ts';
import type { Project } from '../project/project.ts';
import { within } from '../project/within.ts';
import type { Found, Language, LanguageId, Offer, Signal } from './language.ts';

export interface Candidate {
  readonly language: Language;
  readonly signal: Signal;
}

/** Which languages the folder speaks: manifests outweigh loose sources, and these a manifest of tools. More than one is a tie. */
export function findLanguages(project: Project): readonly Candidate[] {
  const all = within(() =>
    LANGUAGES.flatMap((language) => {
      const signal = language.detect(project);
      return signal === undefined ? [] : [{ language, signal }];
    }),
  );
  const built = new Set(all.flatMap(({ signal }) => signal.builds ?? []));
  const own = all.filter(({ signal }) => !signal.files.every((file) => built.has(file)));
  const of = (strength: Signal['strength']) => own.filter(({ signal }) => signal.strength === strength);
  return [of('manifest'), of('source'), of('tooling')].find((found) => found.length > 0) ?? [];
}

/** The one language of a project: given, else found. A tie or nothing goes to `ask`, or is refused. */
export async function chooseLanguage(
  project: Project,
  given: LanguageId | undefined,
  ask: ((candidates: readonly Candidate[]) => Promise<LanguageId>) | undefined,
  candidates: readonly Candidate[] = given === undefined ? findLanguages(project) : [],
): Promise<{ language: Language; found: Found<LanguageId> }> {
  if (given !== undefined)
    return { language: languageOf(given), found: { value: given, from: '--language' } };
  const [only] = candidates;
  if (only === undefined) {
    const languages = LANGUAGES.map(({ name, manifest }) => ({ name, manifest }));
    if (project.entries.length === 0) throw new UserError({ kind: 'empty', path: project.name });
    throw new UserError({
      kind: 'noLanguage',
      path: project.name,
      languages,
      seen: foreignIn(project.entries),
    });
  }
  const { holds } = only.signal;
  if (holds !== undefined) {
    const [manifest = ''] = only.signal.files;
    throw new UserError({ kind: 'tooling', manifest, holds, seen: foreignIn(project.entries) });
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

export function languageOf(id: LanguageId): Language {
  const language = LANGUAGES.find((l) => l.id === id);
  if (language === undefined) throw new Error(`no language ${id}`);
  return language;
}

export type Offers = { readonly [Id in TargetId]: Offer };

/** The target: given, else answered, else the one with the fewest surprises. Given and impossible is refused. */
export async function chooseTarget(
  offers: Offers,
  given: TargetId | undefined,
  ask: ((offers: Offers) => Promise<TargetId>) | undefined,
): Promise<Found<TargetId>> {
  if (given === undefined && ask !== undefined) return { value: await ask(offers), from: 'your answer' };
  const possible = TARGET_IDS.filter((id) => 'platforms' in offers[id]);
  const open = TARGET_IDS.find((id) => 'platforms' in offers[id] || offers[id].decide === true);
  const target = given ?? open ?? 'slim';
  const offer = offers[target];
  if ('none' in offer) throw new UserError({ kind: 'target', target, reason: offer.none, instead: possible });
  return { value: target, from: given === undefined ? 'default, the fewest surprises' : '--target' };
}

/** What most images are asked for: servers and laptops of both kinds. */
const USUAL: readonly Platform[] = ['linux/amd64', 'linux/arm64'];

/** The platforms: given, else the usual ones. Never the machine's own, for the same project gets the same text anywhere. */
export function choosePlatforms(
  target: TargetId,
  offer: Offer,
  given: readonly Platform[] | undefined,
): Found<readonly Platform[]> {
  const offered = 'platforms' in offer ? offer.platforms : [];
  const usual = USUAL.filter((platform) => offered.includes(platform));
  const platforms = given ?? (usual.length > 0 ? usual : offered.slice(0, 1));
  const platform = platforms.find((p) => !offered.includes(p));
  if (platform !== undefined) throw new UserError({ kind: 'platform', platform, target, instead: offered });
  return { value: platforms, from: given === undefined ? 'default, the usual ones' : '--platform' };
}
