import { posix } from 'node:path';
import { UserError } from '../../errors.ts';
import type { Project } from '../../project.ts';
import { type BuildFacts, type Executable, type Need, PREFIX, SOURCE } from './build-facts.ts';
import { executablesOf } from './make.ts';
import { readTemplate } from './makefile.ts';

/** The file that says how it is configured; undefined: there is only the script that was made of it. */
export function configureSource(project: Project): string | undefined {
  return ['configure.ac', 'configure.in'].find((path) => project.isFile(path));
}

/** Tools that macros of configure.ac call. */
const MACRO_TOOLS: readonly (readonly [macro: RegExp, tool: string])[] = [
  [/\b(LT_INIT|AC_PROG_LIBTOOL|AM_PROG_LIBTOOL)\b/, 'libtool'],
  [/\bAM_GNU_GETTEXT\b|\bAM_ICONV\b|\bAC_LIB_\w+/, 'autopoint'],
  [/\bAX_\w+/, 'autoconf-archive'],
  [/\bAC_PROG_YACC\b|\bAC_PROG_BISON\b/, 'bison'],
  [/\b(AC_PROG_LEX|AM_PROG_LEX)\b/, 'flex'],
  [/\bPKG_(CHECK_MODULES|PROG_PKG_CONFIG|CHECK_EXISTS|CHECK_MODULES_STATIC)\b/, 'pkg-config'],
];

/** Reads configure.ac and the Makefile.am of its folders. */
export function readAutotools(project: Project): BuildFacts {
  const source = configureSource(project);
  const needs: Need[] = [];
  const files: string[] = [];
  if (source !== undefined) {
    files.push(source);
    const text = withoutComments(source, project.read(source) ?? '');
    for (const [macro, name] of MACRO_TOOLS) {
      const line = lineOf(text, macro);
      if (line !== undefined) needs.push({ by: 'tool', name, at: `${source}:${line}`, optional: false });
    }
    needs.push(...librariesOf(source, text));
  }
  const executables = readMakefiles(project, files);
  const installsMore = files.some(
    (file) =>
      /_(HEADERS|MANS|DATA|LIBRARIES|LTLIBRARIES|SCRIPTS|TEXINFOS)\b|^install-data-/m.test(
        project.read(file) ?? '',
      ) || /^install:/m.test(project.read(file) ?? ''),
  );
  return {
    executables,
    needs,
    files,
    installsMore,
    sharedLibraries: false,
    downloads: undefined,
    // a library of its own that is shared would have to be found at run time
    options: files.some((file) => /_LTLIBRARIES\b/.test(project.read(file) ?? ''))
      ? ['--disable-shared']
      : [],
  };
}

function lineOf(text: string, pattern: RegExp): number | undefined {
  const match = pattern.exec(text);
  return match === null ? undefined : text.slice(0, match.index).split('\n').length;
}

/** Comments blanked; refuses a macro whose bracket is never closed. */
function withoutComments(file: string, text: string): string {
  const plain = text.replace(/(^|[^\w$])(dnl\b[^\n]*)/g, '$1').replace(/^\s*#[^\n]*/gm, '');
  for (const { index } of plain.matchAll(
    /\b(?:AC_INIT|PKG_CHECK_MODULES|AC_CHECK_LIB|AC_OUTPUT|AC_CONFIG_FILES)\s*\(/g,
  )) {
    if (closing(plain, plain.indexOf('(', index) + 1) === undefined)
      throw new UserError({
        kind: 'malformed',
        path: file,
        line: plain.slice(0, index).split('\n').length,
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
    const at = `${file}:${text.slice(0, match.index).split('\n').length}`;
    const pkg = match[1]?.startsWith('PKG') ?? false;
    // what happens when it is not there: an error, or nothing
    const absent = args[3] ?? '';
    const under = conditionsAt(text, match.index);
    // what only an option turns on is off
    if (under.some((condition) => isOff(text, condition))) continue;
    const optional =
      under.length > 0 || (!/AC_MSG_(ERROR|FAILURE)/.test(absent) && (!pkg || args.length > 3));
    const names = pkg
      ? (args[1] ?? '').replace(/[<>=]+\s*[\w.$-]+/g, ' ').split(/[\s,]+/)
      : match[1] === 'AC_CHECK_LIB'
        ? [args[0] ?? '']
        : (args[1] ?? '').split(/\s+/).slice(0, 1);
    for (const name of names.filter((n) => /^[A-Za-z][\w.+-]*$/.test(n)))
      needs.push({ by: pkg ? 'pkg-config' : 'link', name, at, optional });
  }
  return needs;
}

/** The conditions of the shell's `if` under which a place stands. */
function conditionsAt(text: string, index: number): readonly string[] {
  const open: string[] = [];
  for (const [, word, condition = ''] of text
    .slice(0, index)
    .matchAll(/^\s*(if(?=\s+(?:test|\[|!|\$))|elif|else|fi)\b([^\n]*)/gm)) {
    if (word === 'if') open.push(condition);
    else if (word === 'fi') open.pop();
    else open.splice(-1, 1, condition);
  }
  return open;
}

/** Whether a condition asks for an option that nobody gives: `"x$enable_tls" = "xyes"` without a default of yes. */
function isOff(text: string, condition: string): boolean {
  const option = /\$\{?((?:enable|with|want|use)_\w+)\}?"?\s*==?\s*"?x?yes/.exec(condition)?.[1];
  if (option === undefined) return false;
  const [kind = '', ...name] = option.split('_');
  const declared = new RegExp(`AC_ARG_${kind.toUpperCase()}\\(\\s*\\[?${name.join('[-_]')}\\]?\\s*,`).exec(
    text,
  );
  const from = (declared?.index ?? 0) + (declared?.[0].indexOf('(') ?? 0) + 1;
  const otherwise = declared === null ? '' : (argumentsOf(text.slice(from, closing(text, from)))[3] ?? '');
  return !/=\s*["']?yes/.test(otherwise);
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
      .replace(/^\[+|\]+$/g, '')
      .trim(),
  );
}

/** Where Automake installs programs, by the word in front of `_PROGRAMS`. */
const FOLDERS: Readonly<Record<string, string>> = { bin: 'bin', sbin: 'sbin', libexec: 'libexec' };
const PROGRAMS = /^\s*(bin|sbin|libexec|noinst|pkglibexec)_PROGRAMS\s*\+?=\s*((?:[^\n\\]|\\\n)*)/gm;

function readMakefiles(project: Project, files: string[]): readonly Executable[] {
  const template = project.isFile('Makefile.am') ? undefined : readTemplate(project);
  if (template !== undefined && !/generated by automake/.test(template.text)) {
    // written by hand: what lies below may be automake's, and another project's
    files.push(template.file);
    return executablesOf(template, true).executables;
  }
  const made = project.find(['Makefile.am', '**/Makefile.am']);
  const all = made.length > 0 ? made : project.find(['Makefile.in', '**/Makefile.in']);
  return all.flatMap((file) => {
    const text = (project.read(file) ?? '').replace(/^\s*##?[^\n]*/gm, '');
    files.push(file);
    return [...text.matchAll(PROGRAMS)].flatMap((match): readonly Executable[] => {
      const names = (match[2] ?? '').replace(/\\\n/g, ' ').split(/\s+/);
      const at = `${file}:${text.slice(0, match.index).split('\n').length}`;
      return names
        .map((name) => name.replace(/\$\(EXEEXT\)$/, ''))
        .filter((name) => /^[\w.+-]+(\/[\w.+-]+)*$/.test(name))
        .map((path) => {
          const name = posix.basename(path);
          const folder = posix.join(posix.dirname(file), posix.dirname(path));
          return {
            name,
            at,
            installed:
              FOLDERS[match[1] ?? ''] === undefined
                ? undefined
                : posix.join(PREFIX, FOLDERS[match[1] ?? ''] ?? '', name),
            path: posix.join(SOURCE, folder, name),
            sources: sourcesOf(text, path, posix.dirname(file)),
          };
        });
    });
  });
}

/** `name_SOURCES`, or the one file that Automake takes when there is no such line. */
function sourcesOf(text: string, name: string, folder: string): readonly string[] {
  const key = name.replace(/[^A-Za-z0-9@]/g, '_');
  const line = new RegExp(`^\\s*${key}_SOURCES\\s*\\+?=\\s*((?:[^\\n\\\\]|\\\\\\n)*)`, 'm').exec(text)?.[1];
  const words = line === undefined ? [`${name}.c`] : line.replace(/\\\n/g, ' ').split(/\s+/);
  return words.filter((word) => /\.(c|cc|cpp|cxx)$/.test(word)).map((word) => posix.join(folder, word));
}
