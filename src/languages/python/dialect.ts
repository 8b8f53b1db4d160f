import type { Dialect } from '../../kit/dialect.ts';

export const PYTHON: Dialect = {
  id: 'python',
  comment: '#',
  quotes: [
    { open: '"""', close: '"""', lines: true },
    { open: "'''", close: "'''", lines: true },
    { open: '"', close: '"' },
    { open: "'", close: "'" },
  ],
  prefixes: /^(?:[rbfu]|rb|br|rf|fr)$/i,
  indents: true,
  ends: 'line',
  head: /(?<![\w.])def\s+(?<name>\w+)\s*(?:\[[^\]\n]*\]\s{0,200})?\($/,
  tail: /[ \t]*(?:->[^:\n]{1,200})?:/y,
  keywords: true,
  naming: 'first',
  classes: [/(?<![\w.])class\s+(?<name>\w+)\s*(?:\([^()\n]*\)\s*)?:/g],
  introduces: [{ pattern: /(?<path>[A-Za-z_][\w.]*(?:\s*,\s*[A-Za-z_][\w.]*)*)/y, kind: 'assign' }],
  environment: /^(?:os\.)?environ$/,
  variables: /^(?:os\.)?(?:getenv|environ\.(?:get|setdefault|pop))$/,
  passes:
    /^(?:int|str|float|bool|cast|os\.fspath|os\.path\.(?:abspath|realpath|normpath|expanduser|expandvars)|abspath|realpath|normpath|expanduser)$|\.(?:strip|lower|rstrip|lstrip|replace|resolve|absolute|expanduser|as_posix)$/,
  formats: /\.format$/,
  words: /^sys\.argv\b/,
  nothing: /^None$/,
  or: ['or'],
  self: /^(?:self|cls)$/,
};
