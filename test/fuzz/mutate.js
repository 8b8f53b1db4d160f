/** Numbers that look like chance, and are the same for the same seed. */
export function chanceOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  return { below, of: (list) => list[below(list.length)] };
}

/** What means something to a reader, or is more than it expects. */
const WORDS = [
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '"',
    "'",
    '`',
    '"""',
    "'''",
    '/*',
    '*/',
    '//',
    '#',
    '--',
    '<!--',
    '-->',
  ],
  ...[
    '${',
    '$(',
    '$',
    '@',
    '&a ',
    '*a',
    '!',
    '!!',
    '|',
    '>-',
    '\\',
    '\\\n',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '\u0000',
    '\u001b[2J',
  ],
  ...[
    '\u2028',
    '\u202e',
    '\ufeff',
    '\ud800',
    'é',
    '=',
    ':=',
    '+=',
    '?=',
    ':',
    ',',
    ';',
    '.',
    '..',
    '../',
    './',
    '/',
    '*',
    '**',
  ],
  ...[
    '0',
    '-1',
    '65535',
    '65536',
    '1e3',
    '0x1f90',
    '1e999',
    '9007199254740993',
    'NaN',
    'null',
    'true',
    '__proto__',
    'constructor',
  ],
  ...[
    'toString',
    'hasOwnProperty',
    'define',
    'endef',
    'endif',
    'if(',
    'else',
    'foreach',
    'endforeach()',
    'include',
    'include(x)',
  ],
  ...[
    'subdir(',
    'workspace:*',
    'file:.',
    'link:..',
    '<<: *a',
    '- ',
    '? ',
    '---\n',
    '...\n',
    '[[a]]',
    '<a>',
    '</a>',
    '<![CDATA[',
    '&lt;',
  ],
  ...[
    '//go:build ',
    '/* #cgo',
    'import ',
    'from . import *',
    '#include "',
    '#define ',
    '#if ',
    '%',
    '-r ',
    '-e .',
    '-c ',
    ' ; ',
    '===',
  ],
];

/** One text made into another. */
export function mutated(text, other, chance) {
  let result = text;
  // what is nearly right gets further than what is not
  for (let count = 1 + chance.below(1 + chance.below(4)); count > 0; count--)
    result = chance.of(chance.below(2) === 0 ? INNER : WAYS)(result, other, chance);
  return result.slice(0, 64 * 1024);
}

const WAYS = [
  // a word anywhere
  (text, _, chance) => put(text, chance.below(text.length + 1), 0, chance.of(WORDS)),
  // a word many times
  (text, _, chance) =>
    put(text, chance.below(text.length + 1), 0, chance.of(WORDS).repeat(1 << chance.below(14))),
  // a word nested in another many times
  (text, _, chance) => {
    const [open, times] = [
      chance.of(['(', '[', '{', '${', '$(', '<a>', 'if(', '"', "['", '- ', '  ']),
      1 << chance.below(12),
    ];
    const close =
      { '(': ')', '[': ']', '{': '}', '${': '}', '$(': ')', '<a>': '</a>', 'if(': ')', "['": "']" }[open] ??
      '';
    const [from, length] = [chance.below(text.length + 1), chance.below(20)];
    return put(
      text,
      from,
      length,
      open.repeat(times) + text.slice(from, from + length) + close.repeat(times),
    );
  },
  // a part goes away
  (text, _, chance) => put(text, chance.below(text.length + 1), 1 + chance.below(20), ''),
  // all behind a place goes away
  (text, _, chance) => text.slice(0, chance.below(text.length + 1)),
  // a part stands there many times
  (text, _, chance) => {
    const from = chance.below(text.length + 1);
    return put(text, from, 0, text.slice(from, from + 1 + chance.below(60)).repeat(1 << chance.below(11)));
  },
  // a line stands elsewhere, or many times
  (text, _, chance) => {
    const lines = text.split('\n');
    const line = chance.of(lines);
    lines.splice(chance.below(lines.length + 1), chance.below(2), ...Array(1 << chance.below(9)).fill(line));
    return lines.join('\n');
  },
  // a part of another file
  (text, other, chance) => {
    const from = chance.below(other.length + 1);
    return put(
      text,
      chance.below(text.length + 1),
      chance.below(40),
      other.slice(from, from + 1 + chance.below(200)),
    );
  },
  // a word of the file in place of another
  (text, _, chance) => {
    const words = [...text.matchAll(/[\w.-]+/g)];
    if (words.length < 2) return text;
    const [one, two] = [chance.of(words), chance.of(words)];
    return put(text, one.index, one[0].length, two[0]);
  },
  // a word in place of one of the file
  (text, _, chance) => {
    const words = [...text.matchAll(/[\w.-]+/g)];
    if (words.length === 0) return text;
    const one = chance.of(words);
    return put(text, one.index, one[0].length, chance.of(WORDS));
  },
  // a sign is another
  (text, _, chance) => put(text, chance.below(text.length + 1), 1, String.fromCharCode(chance.below(256))),
];

/** What changes a value and leaves the form of the file as it is. */
const INNER = [
  // what stands in quotes, or between tags, is another
  (text, other, chance) => {
    const one = valueIn(text, chance);
    return one === undefined
      ? text
      : put(text, one.index, one[0].length, chance.of([valueIn(other, chance)?.[0] ?? '', chance.of(SAFE)]));
  },
  // …or more
  (text, _, chance) => {
    const one = valueIn(text, chance);
    return one === undefined ? text : put(text, one.index, 0, chance.of(SAFE).repeat(1 << chance.below(12)));
  },
  // a value in place of another of the file
  (text, _, chance) => {
    const [one, two] = [valueIn(text, chance), valueIn(text, chance)];
    return one === undefined || two === undefined ? text : put(text, one.index, one[0].length, two[0]);
  },
];

/** Words that end no text in quotes. */
const SAFE = WORDS.filter((word) => !/["'\\<>&]|\p{Cc}/u.test(word));

function valueIn(text, chance) {
  const values = [...text.matchAll(/(?<=["'])[^"'\n]*(?=["'])|(?<=>)[^<>\n]+(?=<)/g)];
  return values.length === 0 ? undefined : chance.of(values);
}

function put(text, from, length, more) {
  return text.slice(0, from) + more + text.slice(from + length);
}
