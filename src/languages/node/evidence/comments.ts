const STRING_OR_COMMENT =
  /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The text with its comments blanked: every position stays the same. */
export function withoutComments(text: string): string {
  return text.replace(STRING_OR_COMMENT, (all, string?: string) => string ?? all.replace(/[^\n]/g, ' '));
}
