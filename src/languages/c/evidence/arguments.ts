import type { Found, Unusable } from '../../../facts/language.ts';
import type { Source } from '../../../kit/dialect.ts';
import { calls, codeOf, functionAt, lineAt } from '../../../kit/syntax.ts';
import { verbatim } from '../../../project/data.ts';
import type { SeenProgram } from './seen.ts';
import { type SourceFile, search } from './sources.ts';

/** Arguments without which a server ends at once: with its usage, or for it goes to the background. */
export function findArguments({
  files,
  listens,
}: SeenProgram): Found<readonly string[]> | Unusable | undefined {
  // a program that runs to its end is given its arguments when it is run
  if (listens.all.length === 0 && listens.server === undefined) return undefined;
  const lexed = files
    .filter((file) => /\bargc\b|\b\w*daemon\w*\s*\(|background\s{0,200}\(|getopt/i.test(file.text))
    .map((file) => file.source);
  return background(lexed, files) ?? demanded(lexed);
}

/** A call that goes to the background, and not the head of the function that does. */
const DAEMON =
  /(?<![\w.>:])(?:daemon|daemoni[sz]e\w*|become_daemon|go_?(?:daemon|background)|(?:run_)?in_?background)\s*\(/gi;
/** What a usage says of the flag that keeps a program in the foreground. */
const FOREGROUND =
  /(?:^|\s|[[|])(-\w|--[\w-]+)\b[^\n]{0,60}?(?:foreground|(?:do(?:es)?[ -]?n[o']?t|not|never|no)[ -](?:fork|daemoni[sz]e|detach|background|go (?:in)?to (?:the )?background|(?:become|run as) a daemon))/i;

function background(
  sources: readonly Source[],
  files: readonly SourceFile[],
): Found<readonly string[]> | Unusable | undefined {
  for (const source of sources)
    for (const call of calls(source, DAEMON)) {
      // the wrapper around the system's own call is looked at where it is called
      if (/daemon|background/i.test(functionAt(source, call.from)?.name ?? '')) continue;
      const condition = conditionOf(source, call.from);
      const goes = condition === undefined ? true : holds(sources, condition);
      if (goes === false) continue;
      const flag = condition === undefined ? undefined : switchOf(sources, condition);
      const [said] = search(files, FOREGROUND.global ? FOREGROUND : new RegExp(FOREGROUND, 'gi'));
      const word = flag ?? said?.groups[0];
      if (word !== undefined) return { value: [word], from: `${call.at} goes to the background without it` };
      if (goes === true)
        return { because: `${call.at} goes to the background, and a container ends with its first process.` };
    }
  return undefined;
}

/** A name that a condition asks, and whether it must be false. */
interface Condition {
  readonly name: string;
  readonly not: boolean;
}

/** The condition of one name under which a call stands: `if (!foreground) daemon(0, 0)`. `''`: it is more than that. */
function conditionOf(source: Source, at: number): Condition | undefined {
  const fn = functionAt(source, at);
  const before = source.code.slice(Math.max(fn?.body.from ?? 0, at - 300), at);
  const [, inside] =
    /\bif\s*\(((?:[^(){};]|\([^(){};]*\))*)\)\s*(?:\{[^{}]*|(?:[^;{}]*))$/.exec(before) ?? [];
  if (inside === undefined) return undefined;
  // the call's own result is asked: if (daemon(0, 0) < 0)
  const [, not, name] =
    /^\s*(!?)\s{0,200}(?:\w+(?:\.|->))*(\w+)\s*(?:[=!]=\s*\w+\s*)?(?:&&.*)?$/.exec(inside) ?? [];
  return { name: name ?? '', not: not === '!' || /==\s*(0|false)\b/.test(inside) };
}

/** Whether a condition holds before any option is read; undefined: it cannot be told. */
function holds(sources: readonly Source[], { name, not }: Condition): boolean | undefined {
  if (name === '') return undefined;
  for (const source of sources) {
    const set = new RegExp(
      `\\b(?:int|bool|char|short|long|unsigned|gboolean|uint8_t|uint32_t|sig_atomic_t|size_t)\\s+(?:\\w+\\s*(?:=\\s*\\w+\\s*)?,\\s*)*${verbatim(name)}\\s*(?:=\\s*(\\w+)\\s*)?[;,]`,
    ).exec(source.code);
    if (set === null) continue;
    const value = set[1] ?? '0';
    if (!/^(0|1|true|false|TRUE|FALSE)$/.test(value)) return undefined;
    return /^(1|true)$/i.test(value) !== not;
  }
  return undefined;
}

/** The option that turns a condition round: `case 'f': foreground = 1;`. */
function switchOf(sources: readonly Source[], { name, not }: Condition): string | undefined {
  const turned = not ? '(?:=\\s*(?:1|true|TRUE)\\b|\\+\\+)' : '(?:=\\s*(?:0|false|FALSE)\\b|--)';
  // characters are texts to the lexer, so that the file as it was read is searched
  const pattern = new RegExp(
    `case\\s+'(\\w)'\\s*:\\s*\\{?\\s*(?:\\w+(?:\\.|->))*${verbatim(name)}\\s*${turned}`,
  );
  for (const source of sources) {
    const letter = name === '' ? undefined : pattern.exec(source.text)?.[1];
    if (letter !== undefined) return `-${letter}`;
  }
  return undefined;
}

const FEW = /^\s{0,200}\(*\s*argc\s*(?:<\s*[2-9]|<=\s*[1-8]|!=\s*[2-9]|==\s*1)\s{0,200}\)*\s*(?:\|\||$)/;
/** The same of what getopt leaves: https://www.gnu.org/software/libc/manual/html_node/Using-Getopt.html */
const LEFT =
  /^\s{0,200}\(*\s*(?:optind\s*(?:>=|==)\s*argc|argc\s*(?:<=|==)\s*optind|optind\s*\+\s*[1-9]\s*(?:!=|>)\s*argc|argc\s*(?:!=|<)\s*optind\s*\+\s*[1-9]|argc\s*-\s*optind\s*(?:<\s*[1-9]|!=\s*[1-9]|==\s*0|<=\s*0))\s{0,200}\)*\s*(?:\|\||$)/;
const ENDS =
  /(?<!\w)\w*(?:usage|help)\w*\s*\(|\bexit\s*\(|\breturn\s+(?:-?[1-9]|EXIT_FAILURE)|\b(?:die|errx?)\s{0,200}\(/i;

/** `if (argc < 2) { usage(); return 1; }`, in `main` or in what it hands its arguments to. */
function demanded(sources: readonly Source[]): Unusable | undefined {
  for (const source of sources)
    for (const match of source.code.matchAll(/\bif\s*\(/g)) {
      const open = match.index + match[0].length - 1;
      const close = source.pairs.get(open);
      const condition = source.code.slice(open + 1, close ?? open);
      if (close === undefined || !(FEW.test(condition) || LEFT.test(condition))) continue;
      const then = blockBehind(source, close + 1);
      if (!ENDS.test(codeOf(source, then))) continue;
      const usage = source.strings.find(
        (text) => /usage|syntax/i.test(text.text) && text.from >= then.from && text.to <= then.to,
      );
      const words = (usage ?? printed(sources))?.text
        .replace(/%s|\{\}/g, '')
        .replace(/\s+/g, ' ')
        .trim();
      const said = words ? ` (${words.slice(0, 120)})` : '';
      return {
        because: `${lineAt(source, match.index)} ends the program when it is given no arguments${said}.`,
      };
    }
  return undefined;
}

/** What the program prints of its own usage. */
function printed(sources: readonly Source[]): Source['strings'][number] | undefined {
  return sources.flatMap((source) => source.strings).find(({ text }) => /^\s*usage:/i.test(text));
}

function blockBehind(source: Source, at: number): { readonly from: number; readonly to: number } {
  const open = at + (/^\s*/.exec(source.code.slice(at))?.[0].length ?? 0);
  const close = source.code[open] === '{' ? source.pairs.get(open) : source.code.indexOf(';', open);
  return { from: open, to: close === undefined || close < 0 ? source.code.length : close };
}
