import type { Dialect } from '../../kit/dialect.ts';

/** JavaScript, TypeScript and JSX. */
export const NODE: Dialect = {
  id: 'node',
  comment: '//',
  quotes: [
    { open: '"', close: '"' },
    { open: "'", close: "'" },
    { open: '`', close: '`', lines: true, holes: '${' },
  ],
  regexes: true,
  ends: 'line',
  continues: /[.?:|&+*%,)\]=]|-(?!-)|(?:as|satisfies|instanceof|in)\b/y,
  head: /(?<![\w$.#])(?:function\b\s{0,200}\*?\s*(?=[\w$]))?(?<name>[\w$#]+)\s{0,200}\*?\s*(?:<[\w$\s,.=[\]|]{1,80}>\s*)?\($/,
  tail: /\s{0,40}(?::[\w$<>[\]|&.,\s'"]{1,120})?(?=\{)/y,
  arrow: '=>',
  naming: 'first',
  classes: [/(?<![\w$.])(?:class|interface)\s+(?<name>[\w$]{1,200})[^{};=()]{0,200}(?=\{)/g],
  introduces: [
    { pattern: /(?<![\w$.])(?:const|let|var)\s+(?=[\w$[{])/g, kind: 'declare' },
    {
      pattern: /(?<![\w$.])export\s+(?<name>default)\s+(?!(?:async\s+)?(?:function|class)\b)/g,
      kind: 'value',
    },
    {
      pattern:
        /(?<=[;{}\n]\s{0,40}(?:(?:public|private|protected|static|readonly|override|declare)\s{1,4}){0,4})(?=[\w$#]+\s*[?!]?\s{0,200}(?::|=(?![=>])))/g,
      kind: 'declare',
      within: 'class',
    },
    {
      pattern:
        /(?<![\w$.\])])(?<path>[\w$]+(?:\??\.[\w$#]+){0,200})\s*(?<sign>(?:\|\||\?\?|&&|[-+*/%])?=)(?![=>])/g,
      kind: 'assign',
    },
  ],
  environment: /^(?:process|Bun|import\.meta|globalThis\.process)\.env$/,
  variables: /^Deno\.env\.get$/,
  passes:
    /^(?:Number|String|Boolean|parseInt|parseFloat|Number\.parseInt|Number\.parseFloat|Object\.freeze|structuredClone)$|\.(?:toString|trim|valueOf)$/,
  words: /^process\.argv\b/,
  nothing: /^(?:null|undefined|void 0)$/,
  or: ['??', '||'],
  self: /^this$/,
};
