import type { Dialect } from '../../kit/dialect.ts';

export const GO: Dialect = {
  id: 'go',
  comment: '//',
  quotes: [
    { open: '"', close: '"' },
    { open: '`', close: '`', lines: true, raw: true },
    { open: "'", close: "'", char: true },
  ],
  ends: 'line',
  head: /(?<![\w.])func\s*(?:\((?<owner>[^()]*)\)\s*(?=\w))?(?<name>\w*)\s{0,200}(?:\[[^\]\n]*\]\s*)?\($/,
  tail: /(?!\s*(?!func\b)\w+\s*(?:\[[^\]\n]*\])?\()[^{}\n"=;]{0,200}?(?=\{)/y,
  naming: 'first',
  classes: [/(?<![\w.])(?<name>[A-Za-z_]\w*)\s+(?:struct|interface)\s*(?=\{)/g],
  introduces: [
    { pattern: /(?<![\w.])(?:var|const)\s+(?=[A-Za-z_])/g, kind: 'declare' },
    { pattern: /(?<![\w.])(?:var|const)\s*(?=\()/g, kind: 'group' },
    {
      pattern:
        /(?<![\w.)\]])(?<!,\s{0,9})(?<path>\*?[A-Za-z_][\w.]*(?:\s*,\s*[A-Za-z_][\w.]*)*)\s*(?<sign>:=|[-+*/%|&]?=)(?!=)/g,
      kind: 'assign',
    },
  ],
  environment: /^(?!)/,
  variables: /^(?:os|syscall)\.(?:Getenv|LookupEnv)$/,
  passes:
    /^(?:strconv\.\w+|fmt\.Sprint|strings\.(?:Trim\w*|ToLower)|string|u?int\d*|cast\.To\w+|lo\.Must\w*|must\w*|Must\w*|net\.ParseIP)$/,
  formats: /^fmt\.Sprintf$/,
  words: /^os\.Args\b|^flag\.Args?\(\)/,
  nothing: /^nil$/,
  or: ['||'],
  self: /^(?!)/,
};
