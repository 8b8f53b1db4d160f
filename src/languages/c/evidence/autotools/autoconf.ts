import { excess, UserError } from '../../../../errors.ts';
import { lineNumber, verbatim } from '../../../../project/data.ts';
import type { Need } from '../facts.ts';

/** Tools that macros of configure.ac call. */
const MACRO_TOOLS: readonly (readonly [macro: RegExp, tool: string])[] = [
  [/\b(LT_INIT|AC_PROG_LIBTOOL|AM_PROG_LIBTOOL)\b/, 'libtool'],
  [/\bAM_GNU_GETTEXT\b|\bAM_ICONV\b|\bAC_LIB_\w+/, 'autopoint'],
  [/\bAX_\w+/, 'autoconf-archive'],
  [/\bAC_PROG_YACC\b|\bAC_PROG_BISON\b/, 'bison'],
  [/\b(AC_PROG_LEX|AM_PROG_LEX)\b/, 'flex'],
  [/\bPKG_(CHECK_MODULES|PROG_PKG_CONFIG|CHECK_EXISTS|CHECK_MODULES_STATIC)\b/, 'pkg-config'],
];

/** Libraries that macros of configure.ac look for, by a name that the linker knows. */
const MACRO_LIBRARIES: readonly (readonly [macro: RegExp, link: string])[] = [
  [/\b(ACX_WITH_SSL|AX_CHECK_OPENSSL)\b/, 'ssl'],
  [/\bAX_CHECK_ZLIB\b/, 'z'],
  [/\bAX_LIB_SQLITE3\b/, 'sqlite3'],
  [/\bAX_LIB_POSTGRESQL\b/, 'pq'],
  [/\bAX_WITH_CURSES\b/, 'ncursesw'],
  [/\bAM_PATH_LIBGCRYPT\b/, 'gcrypt'],
  [/\bAM_PATH_GLIB_2_0\b/, 'glib-2.0'],
  [/\bLIBCURL_CHECK_CONFIG\b/, 'curl'],
];

/** What configure.ac asks for: tools by its macros, and libraries. */
export function needsOf(file: string, text: string): readonly Need[] {
  const asked = (rows: readonly (readonly [RegExp, string])[], by: 'tool' | 'link') =>
    rows.flatMap(([macro, name]): readonly Need[] => {
      const line = lineOf(text, macro);
      return line === undefined ? [] : [{ by, name, at: `${file}:${line}`, optional: by === 'link' }];
    });
  return [
    ...asked(MACRO_TOOLS, 'tool'),
    ...asked(MACRO_LIBRARIES, 'link'),
    ...librariesOf(file, text),
    ...searchedFor(file, text),
    ...programsOf(file, text),
  ];
}

function lineOf(text: string, pattern: RegExp): number | undefined {
  const match = pattern.exec(text);
  return match === null ? undefined : lineNumber(text, match.index);
}

/** What stands around each of them is looked at. */
const MOST_MACROS = 5000;

/** Comments blanked; refuses a macro whose bracket is never closed. */
export function withoutComments(file: string, text: string): string {
  const plain = text.replace(/(^|[^\w$])(dnl\b[^\n]*)/g, '$1').replace(/^[ \t]*#[^\n]*/gm, '');
  if ((plain.match(/\b(?:A[CMSX]|PKG)_\w+[ \t]*\(/g)?.length ?? 0) > MOST_MACROS)
    throw excess(file, `it has more than ${MOST_MACROS} macros`);
  for (const { index } of plain.matchAll(
    /\b(?:AC_INIT|PKG_CHECK_MODULES|AC_CHECK_LIB|AC_OUTPUT|AC_CONFIG_FILES)\s*\(/g,
  )) {
    if (closing(plain, plain.indexOf('(', index) + 1) === undefined)
      throw new UserError({
        kind: 'malformed',
        path: file,
        line: lineNumber(plain, index),
        reason: 'the ( of this macro is never closed',
      });
  }
  return plain;
}

function closing(text: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return at;
  }
  return undefined;
}

/** PKG_CHECK_MODULES, AC_CHECK_LIB and AC_SEARCH_LIBS. */
function librariesOf(file: string, text: string): readonly Need[] {
  const needs: Need[] = [];
  for (const match of text.matchAll(/\b(PKG_CHECK_MODULES(?:_STATIC)?|AC_CHECK_LIB|AC_SEARCH_LIBS)\s*\(/g)) {
    const from = match.index + match[0].length;
    const args = argumentsOf(text.slice(from, closing(text, from)));
    const at = `${file}:${lineNumber(text, match.index)}`;
    const pkg = match[1]?.startsWith('PKG') ?? false;
    // what happens when it is not there: an error, or nothing
    const absent = args[3] ?? '';
    const under = conditionsAt(text, match.index);
    // what only an option turns on is off
    if (under.some((condition) => isOff(text, condition))) continue;
    const optional =
      under.length > 0 || (!/AC_MSG_(ERROR|FAILURE)/.test(absent) && (!pkg || args.length > 3));
    const names = pkg
      ? (args[1] ?? '').replace(/(?<![<>=])[<>=]+\s*[\w.$-]+/g, ' ').split(/[\s,]+/)
      : match[1] === 'AC_CHECK_LIB'
        ? [args[0] ?? '']
        : (args[1] ?? '').split(/\s+/).slice(0, 1);
    for (const name of names.filter((n) => /^[A-Za-z][\w.+-]*$/.test(n)))
      needs.push({ by: pkg ? 'pkg-config' : 'link', name, at, optional });
  }
  return needs;
}

/** `AC_ARG_WITH(libexpat, …, …, [withval="/usr/local /usr"])`: what is looked for in folders when nobody says where. */
function searchedFor(file: string, text: string): readonly Need[] {
  return [...text.matchAll(/\bAC_ARG_WITH\s*\(/g)].flatMap((match): readonly Need[] => {
    const from = match.index + match[0].length;
    const [option = '', , , otherwise = ''] = argumentsOf(text.slice(from, closing(text, from)));
    const name = option.replace(/^lib/, '');
    const at = `${file}:${lineNumber(text, match.index)}`;
    return /=\s*["'][^"']*\/usr\b/.test(otherwise) && /^[a-z][\w+-]*$/.test(name)
      ? [{ by: 'link', name, at, optional: true }]
      : [];
  });
}

/** Programs that write sources. What writes manuals or other languages' modules stays out: configure goes on without it. */
const GENERATORS = /^(tclsh|perl|gperf|ragel|re2c|bison|yacc|flex|lex|m4|xxd|nasm|yasm|protoc)$/;

/** AC_CHECK_PROGS, AC_PATH_TOOL and their kin: `[tclsh8.7 tclsh8.6 tclsh]` is one of them, in any version. */
function programsOf(file: string, text: string): readonly Need[] {
  return [...text.matchAll(/\bAC_(?:CHECK|PATH)_(?:PROGS?|TOOLS?)\s*\(/g)].flatMap(
    (match): readonly Need[] => {
      const from = match.index + match[0].length;
      const [, names = ''] = argumentsOf(text.slice(from, closing(text, from)));
      const name = names
        .split(/\s+/)
        .flatMap((word) => [word, word.replace(/-?(?<![\d.])[\d.]+$/, '')])
        .find((word) => GENERATORS.test(word));
      if (name === undefined || conditionsAt(text, match.index).some((one) => isOff(text, one))) return [];
      const at = `${file}:${lineNumber(text, match.index)}`;
      return [{ by: 'tool', name, at, optional: true }];
    },
  );
}

/** What of a configure.ac stands around its macros, read once: of the last one that was asked about. */
interface Around {
  readonly text: string;
  readonly words: readonly RegExpExecArray[];
  readonly branches: readonly {
    readonly from: number;
    readonly to: number;
    readonly args: readonly string[];
  }[];
  readonly options: readonly {
    readonly at: number;
    readonly kind: string;
    readonly args: readonly string[];
  }[];
}

let last: Around | undefined;

function aroundOf(text: string): Around {
  if (last?.text === text) return last;
  const argumentsAt = (match: RegExpExecArray) => {
    const from = match.index + match[0].length;
    const to = closing(text, from);
    return { from, to: to ?? 0, args: argumentsOf(text.slice(from, to)) };
  };
  last = {
    text,
    words: [
      ...text.matchAll(
        /^[^\S\n]*(?:(if(?=\s+(?:test|\[|!|\$))|elif|else|fi|case|esac)\b([^\n]*)|([\w|*"-]+)\)(?=\s))/gm,
      ),
    ],
    branches: [...text.matchAll(/\bAS_IF\s*\(/g)].map(argumentsAt),
    options: [...text.matchAll(/\bAC_ARG_(ENABLE|WITH)\s*\(/g)].map((match) => ({
      at: match.index,
      kind: match[1]?.toLowerCase() ?? '',
      args: argumentsAt(match).args,
    })),
  };
  return last;
}

/** The conditions of the shell's `if` and `case`, and of AS_IF, under which a place stands. */
function conditionsAt(text: string, index: number): readonly string[] {
  const { words, branches } = aroundOf(text);
  const open: string[] = [];
  const cases: string[] = [];
  for (const { 1: word, 2: condition = '', 3: pattern, index: at } of words) {
    if (at >= index) break;
    if (word === 'if') open.push(condition);
    else if (word === 'case') {
      cases.push(/^\s+(\S+)\s+in\b/.exec(condition)?.[1] ?? '');
      open.push('');
    } else if (word === 'fi' || word === 'esac') {
      if (word === 'esac') cases.pop();
      open.pop();
    } else if (pattern === undefined) open.splice(-1, 1, condition);
    else if (cases.length > 0) open.splice(-1, 1, `${cases.at(-1)} = ${pattern}`);
  }
  for (const { from, to, args } of branches) {
    if (from > index || to < index) continue;
    const [condition = '', then = ''] = args;
    // what stands behind the second argument is what happens otherwise
    open.push(index < from + condition.length + then.length + 8 ? condition : '');
  }
  return open;
}

/** Whether a condition of the shell does not hold when no option is given: `"x$enable_tls" = "xyes"` without a default of yes. */
function isOff(text: string, condition: string): boolean {
  const [, name = '', not, wanted = ''] = /\$\{?(\w+)\}?["']?\s*(!?)==?\s*["']?x?(\w+)/.exec(condition) ?? [];
  const value = defaultOf(text, name);
  if (value === undefined || wanted === '') return false;
  return not === '!' ? value === wanted : value !== wanted;
}

/** What a variable of an option holds when nobody gives the option; undefined: it is another variable. */
function defaultOf(text: string, name: string): string | undefined {
  const set = new RegExp(`(?:^|[\\s;])${verbatim(name)}=["']?x?(\\w*)`);
  for (const { at, kind, args } of aroundOf(text).options) {
    const [option = '', , given = '', otherwise = ''] = args;
    const own = `${kind}_${option.replace(/\W/g, '_')}`;
    const value = set.exec(otherwise)?.[1];
    if (value !== undefined) return value;
    // set before the option, or nowhere
    if (own === name || set.test(given)) return set.exec(text.slice(0, at))?.[1] ?? '';
  }
  // an option that a macro of others declares is off until it is asked for
  return /^(enable|with|want|use)_/.test(name) ? '' : undefined;
}

/** Arguments of a macro, their quotes (brackets) taken off. */
function argumentsOf(text: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const sign of text) {
    if (/[([]/.test(sign)) depth++;
    if (/[)\]]/.test(sign)) depth--;
    if (sign === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) =>
    part
      .trim()
      .replace(/^\[+|(?<!\])\]+$/g, '')
      .trim(),
  );
}
