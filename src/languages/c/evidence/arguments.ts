import { posix } from 'node:path';
import type { Found, Unusable } from '../../../facts/language.ts';
import type { Range, Source } from '../../../kit/dialect.ts';
import { ahead, behind, enclosing, wordBefore } from '../../../kit/ranges.ts';
import { calls, codeOf, functionAt, lineAt } from '../../../kit/syntax.ts';
import { verbatim } from '../../../project/data.ts';
import type { SeenProgram } from './seen.ts';
import { hasMain, type SourceFile, search } from './sources.ts';

/** Arguments without which a server ends at once: with its usage, or for it goes to the background. */
export function findArguments({
  files,
  listens,
  executable,
}: SeenProgram): Found<readonly string[]> | Unusable | undefined {
  // a program that runs to its end is given its arguments when it is run
  if (listens.all.length === 0 && listens.server === undefined) return undefined;
  const lexed = files
    .filter((file) =>
      /\bargc\b|\b\w*daemon\w*\s*\(|background\s{0,200}\(|getopt|\bfork\s*\(/i.test(file.text),
    )
    .map((file) => file.source);
  // a main() under a condition is that of the program in its own sources, and a test of the file elsewhere
  const begins = files.filter(hasMain);
  const own = files.filter(({ path }) => executable?.sources.includes(path));
  const called = own.filter(({ path }) => posix.parse(path).name === executable?.name);
  const mains = [own.filter((file) => begins.includes(file)), called, own, begins, files]
    .map((some) => some.map((file) => file.source).filter(({ code }) => /\bmain\s*\(/.test(code)))
    .find((some) => some.length > 0);
  return background(lexed, files) ?? demanded(new Set(mains), lexed);
}

/** A call that goes to the background, and not the head of the function that does. */
const DAEMON =
  /(?<![\w.>:])(?:daemon|daemoni[sz]e\w*|become_daemon|(?:run_as|start|enter)_daemon|daemon_(?:run|start|begin)|go_?(?:daemon|background)|(?:run_)?in_?background)\s*\(/gi;
/** A fork of which the first process ends: `if (fork() > 0) exit(0);` */
const DETACH =
  /\bif\s{0,80}\((?:[^(){};]|\(\s{0,80}\w{1,80}\s{0,80}=\s{0,80})?fork\s{0,80}\(\s{0,80}\)\s{0,80}\)?\s{0,80}(?:>\s{0,80}0|!=\s{0,80}0)?\s{0,80}\)\s{0,80}\{?\s{0,80}_?exit\s{0,80}\(\s{0,80}(?:0|EXIT_SUCCESS)\s{0,80}\)/g;
/** An option that keeps a program in the foreground, as a library of the command line declares it. */
const STAYS = /"(foreground|no-?daemon|no-?daemoni[sz]e|no-?fork|no-?background|no-?detach)"/g;
/** What a usage says of the flag that keeps a program in the foreground. */
const FOREGROUND =
  /(?:^|\s|[[|])(-\w|--[\w-]+)\b[^\n]{0,60}?(?:foreground|(?:do(?:es)?[ -]?n[o']?t|not|never|no)[ -](?:fork|daemoni[sz]e|detach|background|go (?:in)?to (?:the )?background|(?:become|run as) a daemon))/i;

function background(
  sources: readonly Source[],
  files: readonly SourceFile[],
): Found<readonly string[]> | Unusable | undefined {
  for (const source of sources) {
    const detached = [...source.code.matchAll(DETACH)].map(({ index }) => ({
      from: index,
      at: lineAt(source, index),
    }));
    for (const call of [...calls(source, DAEMON), ...detached]) {
      // the wrapper around the system's own call is looked at where it is called
      if (/daemon|background|detach/i.test(functionAt(source, call.from)?.name ?? '')) continue;
      const around = guardsOf(source, call.from);
      const asked = around.map((guard) => ({ guard, holds: holds(source, guard, files) }));
      if (asked.some((one) => one.holds === false)) continue;
      const unsure = asked.some((one) => one.holds === undefined);
      const flag = asked
        .flatMap(({ guard }) => conditionOf(source, guard) ?? [])
        .flatMap((condition) => switchOf(sources, condition) ?? [])[0];
      const [said] = search(files, new RegExp(FOREGROUND, 'gi'));
      const [stays] = search(files, STAYS);
      const long = stays?.groups[0];
      const word = flag ?? said?.groups[0] ?? (long === undefined ? undefined : `--${long}`);
      if (word !== undefined) return { value: [word], from: `${call.at} goes to the background without it` };
      if (!unsure)
        return { because: `${call.at} goes to the background, and a container ends with its first process.` };
    }
  }
  return undefined;
}

/** What stands in front of a statement, or of the block around it: `if (…)`, and what it asks; `else` of it. */
interface Guard {
  readonly word: string;
  readonly asks: Range | undefined;
}

/** All that decides whether a place of a function is reached, from the inside out. */
function guardsOf(source: Source, at: number): readonly Guard[] {
  const { code } = source;
  const outer = functionAt(source, at)?.body.from ?? 0;
  const guards: Guard[] = [];
  let place = at;
  while (place > outer) {
    let start = place - 1;
    while (start > outer && !/[;{}()]/.test(code[start] ?? '')) start--;
    if (code[start] !== '(') guards.push(...guardsBefore(source, code[place] === '{' ? place : start + 1));
    const open = enclosing(source, place);
    if (open === undefined || open <= outer) break;
    const word = code[open] === '(' ? wordBefore(code, behind(code, open)) : '';
    if (word === 'if') guards.push({ word, asks: { from: open + 1, to: place } });
    place = open;
  }
  return guards;
}

function guardsBefore(source: Source, at: number): readonly Guard[] {
  const { code } = source;
  const last = behind(code, at);
  if (code[last] === ')') {
    const open = source.pairs.get(last) ?? 0;
    const end = behind(code, open);
    const word = wordBefore(code, end);
    if (!/^(if|while|for|switch)$/.test(word)) return [];
    return [{ word, asks: { from: open + 1, to: last } }, ...guardsBefore(source, end - word.length + 1)];
  }
  const word = wordBefore(code, last);
  if (word !== 'else') return word === 'do' ? [{ word, asks: undefined }] : [];
  const closed = behind(code, last - 3);
  const open = code[closed] === '}' ? source.pairs.get(closed) : undefined;
  const [before] = open === undefined ? [] : guardsBefore(source, open);
  return [{ word, asks: before?.word === 'if' ? before.asks : undefined }];
}

/** A name that a condition asks, and whether it must be false. */
interface Condition {
  readonly name: string;
  readonly not: boolean;
}

/** The condition of one name: `!settings.foreground`, `detach == 1`; undefined: it is more than that. */
function conditionOf(source: Source, { word, asks }: Guard): Condition | undefined {
  if (asks === undefined || !/^(if|else)$/.test(word)) return undefined;
  const [, not, name, other] =
    /^\s{0,200}(!?)\s{0,80}(?:\w{1,80}(?:\.|->)){0,20}(\w{1,80})\s{0,80}(?:([!=]=\s{0,80}\w{1,80})\s{0,80})?(?:&&.*)?$/s.exec(
      codeOf(source, asks),
    ) ?? [];
  if (name === undefined) return undefined;
  const turned = not === '!' || /^(?:==\s*(?:0|false)|!=\s*(?:1|true))\b/.test(other ?? '');
  return { name, not: turned !== (word === 'else') };
}

const TYPED =
  'int|bool|_Bool|char|short|long|unsigned|gboolean|uint8_t|uint32_t|sig_atomic_t|size_t|boolean_t';

/** Whether what is guarded is reached before any option is read; undefined: it cannot be told. */
function holds(source: Source, guard: Guard, files: readonly SourceFile[]): boolean | undefined {
  // what an option or a word of a configuration asks for
  if (guard.word === 'switch') return false;
  const condition = conditionOf(source, guard);
  if (condition === undefined)
    return /^(if|else)$/.test(guard.word) && !isOwn(source, guard) ? undefined : true;
  const { name, not } = condition;
  const declared = new RegExp(
    `\\b(?:${TYPED})\\s+(?:\\w+\\s*(?:=\\s*\\w+\\s*)?,\\s*)*${verbatim(name)}\\s*(?:=\\s*(\\w+)\\s*)?(?::\\s*1\\s*)?[;,]`,
  );
  for (const file of files) {
    if (!file.text.includes(name)) continue;
    const set = declared.exec(file.text);
    if (set === null) continue;
    const value = set[1] ?? assigned(files, name) ?? '0';
    if (!/^(0|1|true|false|TRUE|FALSE)$/.test(value)) return undefined;
    return /^(1|true)$/i.test(value) !== not;
  }
  return undefined;
}

/** What is assigned to a member where nothing decides whether it is. */
function assigned(files: readonly SourceFile[], name: string): string | undefined {
  const pattern = new RegExp(`(?:\\.|->)${verbatim(name)}\\s*=\\s*(\\w+)\\s*;`, 'g');
  return search(files, pattern).find(({ file, index }) => guardsOf(file.source, index).length === 0)
    ?.groups[0];
}

/** Whether a condition asks nothing but what the call itself gives: `if (daemon(0, 0) < 0)`. */
function isOwn(source: Source, { asks }: Guard): boolean {
  return asks !== undefined && /^[\s(]*$|=\s*$/.test(codeOf(source, asks));
}

/** The option that turns a condition round: `case 'f': foreground = 1;`. */
function switchOf(sources: readonly Source[], { name, not }: Condition): string | undefined {
  const turned = not ? '(?:=\\s*(?:1|true|TRUE)\\b|\\+\\+)' : '(?:=\\s*(?:0|false|FALSE)\\b|--)';
  // characters are texts to the lexer, so that the file as it was read is searched
  const pattern = new RegExp(
    `case\\s{1,20}'(\\w)'\\s{0,20}:\\s{0,200}(?:\\{\\s{0,200})?(?:\\w{1,100}(?:\\.|->)){0,5}${verbatim(name)}\\s{0,20}${turned}`,
  );
  for (const source of sources) {
    const letter = pattern.exec(source.text)?.[1];
    if (letter !== undefined) return `-${letter}`;
  }
  return undefined;
}

const FEW = /^\s{0,200}\(*\s*argc\s*(?:<\s*[2-9]|<=\s*[1-8]|!=\s*[2-9]|==\s*1)\s{0,200}\)*\s*(?:\|\||$)/;
/** The same of what getopt leaves: https://www.gnu.org/software/libc/manual/html_node/Using-Getopt.html */
const LEFT =
  /^\s{0,200}\(*\s*(?:optind\s*(?:>=|==)\s*argc|optind\s*==\s*1|argc\s*(?:<=|==)\s*optind|optind\s*\+\s*[1-9]\s*(?:!=|>)\s*argc|argc\s*(?:!=|<)\s*optind\s*\+\s*[1-9]|argc\s*-\s*optind\s*(?:<\s*[1-9]|!=\s*[1-9]|==\s*0|<=\s*0))\s{0,200}\)*\s*(?:\|\||$)/;
const EMPTY = /^\s{0,200}\w{0,80}empty\w{0,80}\s{0,80}\([^()]{0,200}\)\s{0,80}$/i;
const USAGE = /^[\s{]{0,200}\w{0,80}(?:usage|help)\w{0,80}\s{0,80}\(/i;
const ENDS =
  /(?<!\w)\w*(?:usage|help)\w*\s*\(|\bexit\s*\(|\breturn\s+(?:-?[1-9]|EXIT_FAILURE)|\b(?:die|errx?)\s{0,200}\(/i;

/** `if (argc < 2) { usage(); return 1; }`, in `main` or in what it hands its arguments to. */
function demanded(mains: ReadonlySet<Source>, sources: readonly Source[]): Unusable | undefined {
  const handed = new Set(
    [...mains].flatMap((source) =>
      [...source.code.matchAll(/\b(\w+)\s*\(\s*&?argc\s*,\s*&?argv\b/g)].map(([, name = '']) => name),
    ),
  );
  for (const source of new Set([...mains, ...sources]))
    for (const { index } of source.code.matchAll(/\bif\s*\(/g)) {
      const name = functionAt(source, index)?.name ?? '';
      const then = lackAt(source, index);
      if (then === undefined) continue;
      const starts = (mains.has(source) && name === 'main') || handed.has(name);
      // a list of files that is empty, wherever that is asked: if (LIST_ISEMPTY(&files)) usage();
      if (!starts && !(mains.has(source) && USAGE.test(codeOf(source, then)))) continue;
      const said = usageIn(source, then) ?? [source, ...mains].flatMap((one) => usageIn(one) ?? [])[0];
      return {
        because: `${lineAt(source, index)} ends the program when it is given no arguments${said ? ` (${said})` : ''}.`,
      };
    }
  return undefined;
}

/** What ends the program behind an `if` that asks whether arguments are there. */
function lackAt(source: Source, index: number): Range | undefined {
  const open = source.code.indexOf('(', index);
  const close = source.pairs.get(open);
  if (close === undefined) return undefined;
  const condition = source.code.slice(open + 1, close);
  if (![FEW, LEFT, EMPTY].some((one) => one.test(condition)) && !lacks(source, condition)) return undefined;
  // one in a loop over the options is of an option
  if (guardsOf(source, index).some(({ word }) => /^(while|for|switch|do)$/.test(word))) return undefined;
  const then = blockBehind(source, close + 1);
  return ENDS.test(codeOf(source, then)) ? then : undefined;
}

/** Whether a condition asks for a name that an option alone gives: `if (config == NULL) usage();`. */
function lacks(source: Source, condition: string): boolean {
  return condition.split(/\|\||&&/).some((part) => {
    const [, not, equal] =
      /^[\s(]{0,200}(?:!\s{0,80}(\w{1,80})|(\w{1,80})\s{0,80}==\s{0,80}(?:NULL|nullptr))[\s)]{0,200}$/.exec(
        part,
      ) ?? [];
    const name = not ?? equal;
    if (name === undefined) return false;
    const values = [
      ...source.code.matchAll(new RegExp(`(?<![\\w.>])${verbatim(name)}\\s*=(?!=)\\s*([^;,]{0,80})`, 'g')),
    ];
    const given = values.map(([, value = '']) => value.trim());
    return (
      given.some((value) => /\boptarg\b/.test(value)) &&
      given.every((value) => /\boptarg\b|^(?:NULL|nullptr)$/.test(value))
    );
  });
}

/** What a program prints of its own usage, in a range of a file. */
function usageIn(
  source: Source,
  { from, to }: Range = { from: 0, to: source.code.length },
): string | undefined {
  const { strings, code } = source;
  const first = strings.findIndex(
    (text) => text.from >= from && text.to <= to && /usage|syntax/i.test(text.text),
  );
  if (first < 0) return undefined;
  let words = strings[first]?.text ?? '';
  // texts that stand side by side are one
  for (let at = first + 1; at < strings.length && words.length < 200; at++) {
    const between = code.slice(strings[at - 1]?.to, strings[at]?.from);
    if (between.trim() !== '') break;
    words += strings[at]?.text;
  }
  const said = words
    .slice(words.search(/usage|syntax/i))
    .replace(/\\[nrt]/g, ' ')
    .replace(/%s|\{\}/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return said.slice(0, 120).trim();
}

function blockBehind(source: Source, at: number): Range {
  const open = ahead(source.code, at);
  const close = source.code[open] === '{' ? source.pairs.get(open) : source.code.indexOf(';', open);
  return { from: open, to: close === undefined || close < 0 ? source.code.length : close };
}
