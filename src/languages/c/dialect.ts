import type { Dialect } from '../../kit/dialect.ts';

/** C and C++. */
export const C: Dialect = {
  id: 'c',
  comment: '//',
  quotes: [
    { open: '"', close: '"' },
    { open: "'", close: "'", char: true },
  ],
  prefixes: /^(?:u8|[LuU])?R?$/,
  preprocessor: true,
  ends: 'semicolon',
  head: /(?<![\w.>])(?<name>~?[A-Za-z_]\w*)\s*\($/,
  tail: /\s{0,40}(?:(?:const|noexcept|override|final|volatile)\s{0,40}){0,4}(?:->\s*[\w:<>*&]{1,60}\s{0,40})?(?::\s*\w[^;{}]{0,300})?(?=\{)/y,
  naming: 'last',
  classes: [
    /(?<![\w.])(?:struct|class|union)\s+(?:\w+\s+)?(?<name>\w+)\s*(?:final\s*)?(?::[^{};()]{0,200})?(?=\{)/g,
    /(?<![\w.])typedef\s+struct\s*(?=\{)/g,
  ],
  opens:
    /(?<![\w.])(?:enum(?:\s+class)?(?:\s+\w+)?(?:\s*:\s*\w+)?|extern\s+"[^"\n]*"|namespace(?:\s+[\w:]+)?)\s*(?=\{)/g,
  introduces: [
    { pattern: /^[ \t]*#[ \t]*define[ \t]+(?<name>\w+)[ \t]+(?=\S)/gm, kind: 'line' },
    {
      pattern:
        /(?<![\w.>:])(?!(?:return|goto|else|case|delete|throw|new|typedef|using|struct|class|enum|union|namespace|define|include|sizeof)\b)(?<type>[A-Za-z_][\w:]*)(?:<[\w:<>,\s*]{1,80}>)?(?:\s+|\s*[*&]+\s*)(?:(?:const|restrict)\s+)?(?<name>[A-Za-z_]\w*)\s*(?=(?:\[[^\]\n]*\]\s*){0,200}(?:=(?!=)|;|,|\{))/g,
      kind: 'declare',
      typed: true,
    },
    {
      // std::string address("0.0.0.0:50051")
      pattern:
        /(?<![\w.>:])(?!(?:return|else|new|throw|delete|case)\b)[A-Za-z_][\w:]*(?:<[\w:,\s]{1,60}>)?\s+(?<name>[A-Za-z_]\w*)\s*\((?=\s*(?:"|\d))/g,
      kind: 'value',
    },
    {
      pattern:
        /(?<![\w.>])(?<path>[A-Za-z_]\w*(?:\s{0,2}(?:\.|->)\s{0,2}\w+){0,200})\s*(?<sign>[-+*/%|&]?=)(?!=)/g,
      kind: 'assign',
    },
  ],
  environment: /^(?!)/,
  variables: /^(?:std\.)?(?:secure_)?getenv$/,
  passes:
    /^(?:std\.)?(?:atoi|atol|stoi|stol|stoul|strtol|strtoul|htons|htonl|to_string|string|strdup|uint16_t|int|move|static_cast|QString|inet_addr|(?:Pistache\.)?Port|(?:Q|ip\.)?[Mm]ake_address|GetFlag)$|\.(?:c_str|data|value|toInt|toUInt|toUShort|str)$/,
  words: /^(?:argv\b|optarg$)/,
  nothing: /^(?:NULL|nullptr|-1)$/,
  or: ['||'],
  self: /^this$/,
};
