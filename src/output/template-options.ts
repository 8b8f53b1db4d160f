/** A compiled template: values in, text out. */
export type Template = (values: object) => string;

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
