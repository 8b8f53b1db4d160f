import type { Dialect } from '../../kit/dialect.ts';

export const JAVA: Dialect = {
  id: 'java',
  comment: '//',
  quotes: [
    { open: '"""', close: '"""', lines: true },
    { open: '"', close: '"' },
    { open: "'", close: "'", char: true },
  ],
  ends: 'semicolon',
  head: /(?<![\w.@])(?<name>[A-Za-z_]\w*)\s*\($/,
  tail: /\s{0,40}(?:throws\s{1,200}[\w.,\s]{1,200})?(?=\{)/y,
  arrow: '->',
  naming: 'last',
  classes: [/(?<![\w.])(?:class|interface|enum|record)\s+(?<name>\w{1,200})[^{};=]{0,300}(?=\{)/g],
  introduces: [
    {
      pattern:
        /(?<![\w.])(?!(?:return|else|case|throw|new|package|import|class|enum|interface|instanceof)\b)(?<type>[A-Za-z_][\w.]*)(?:<[\w.<>,\s?]{1,80}>)?(?:\[\])?\s+(?<name>[A-Za-z_]\w*)\s*(?=(?:\[\]\s*)?(?:=(?!=)|;|,))/g,
      kind: 'declare',
      typed: true,
    },
    {
      pattern: /(?<![\w.])(?<path>[A-Za-z_]\w*(?:\.\w+)*)\s*(?<sign>[-+*/%|&]?=)(?!=)/g,
      kind: 'assign',
    },
  ],
  environment: /^System\.getenv\(\)$/,
  // `new ProcessBuilder().environment()` is the same, as Heroku's guides read it
  variables: /^System\.getenv$|(?:^System\.getenv|\.environment)\(\)\.(?:get|getOrDefault)$/,
  passes:
    /^(?:Integer\.(?:parseInt|valueOf)|Long\.parseLong|Short\.parseShort|String\.valueOf|Objects\.requireNonNull|Optional\.(?:of|ofNullable))$|\.(?:trim|toString|intValue|strip|map|get|orElseThrow|toPath|toFile|toAbsolutePath|getAbsolutePath|getPath|normalize)$/,
  formats: /^String\.format$/,
  words: /^args\b/,
  nothing: /^null$/,
  or: ['||'],
  self: /^this$/,
};
