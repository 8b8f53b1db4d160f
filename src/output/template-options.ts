/** A compiled template: values in, text out. */
export type Template = (values: object, options?: object) => string;

/** Nothing is escaped for HTML; a word that the values lack is an error; no helper but the known ones. */
export const OPTIONS = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { json: true, words: true },
} as const;

export const HELPERS = {
  /** Exec form: `["node", "server.js"]`. */
  json: (items: readonly string[]) => `[${items.map((item) => JSON.stringify(item)).join(', ')}]`,
  words: (items: readonly string[]) => items.join(' '),
};

/** What a partial is called: `packages`, and `node/build` where one language alone uses it. Undefined: it is none. */
export function partialName(template: string): string | undefined {
  return /(?:^|\/)partials\//.test(template) ? template.replace(/(^|\/)partials\//, '$1') : undefined;
}

/** Texts in place of templates of ours, by name: `node/server`, `partials/packages`, `node/build-extra`. */
export type Overrides = Readonly<Record<string, string>>;

/** Places where a standard adds lines: those for all languages, and behind them those for one. */
export const SLOTS: readonly string[] = ['build-extra', 'runtime-extra'];

/** What replaces partials for a language, by what they are called. */
export function overriddenPartials(
  language: string,
  overrides: Overrides,
): readonly (readonly [string, string])[] {
  const partials = Object.entries(overrides).flatMap(([name, text]): [string, string][] => {
    const called = partialName(name);
    return called === undefined ? [] : [[called, text]];
  });
  const slots = SLOTS.flatMap((slot): [string, string][] => {
    const texts = [overrides[slot], overrides[`${language}/${slot}`]].filter((text) => text !== undefined);
    return texts.length === 0 ? [] : [[slot, texts.map((text) => `${text.trimEnd()}\n`).join('')]];
  });
  return [...partials, ...slots];
}
