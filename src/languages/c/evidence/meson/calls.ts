import { excess, UserError } from '../../../../errors.ts';
import { lineNumber } from '../../../../project/data.ts';

/** A call in a meson.build: its name, its arguments as they are written, and under how many `if`s it stands. */
export interface Call {
  readonly name: string;
  readonly text: string;
  readonly line: number;
  readonly conditional: boolean;
  /** `name = call(…)`. */
  readonly variable: string | undefined;
}

/** Comments blanked, so that lines keep their numbers. Refuses a text or a bracket without its end. */
export function blanked(file: string, source: string): string {
  const text = source.replace(/'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, (part) =>
    part.startsWith('#') ? ' '.repeat(part.length) : part,
  );
  let depth = 0;
  const plain = text.replace(/'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'/g, (part) => part.replace(/[^\n]/g, ' '));
  let open = 0;
  for (const [index, sign] of [...plain].entries()) {
    if (/[([{]/.test(sign) && depth++ === 0) open = index;
    if (/[)\]}]/.test(sign)) depth--;
    if (depth < 0) throw malformed(file, plain, index, `${sign} closes nothing`);
  }
  if (depth > 0) throw malformed(file, plain, open, `${plain[open]} is never closed`);
  return text;
}

function malformed(path: string, text: string, offset: number, reason: string): UserError {
  return new UserError({ kind: 'malformed', path, line: lineNumber(text, offset), reason });
}

/** What all calls hold, those in others twice: more than any project has. */
const CALLED = 8 << 20;

/** All calls that matter, with what stands between their brackets. A branch that does not run has none. */
export function callsOf(text: string, holds: (condition: string) => boolean | undefined): readonly Call[] {
  const calls: Call[] = [];
  const pairs = pairsOf(text);
  let left = CALLED;
  const branches: Branch[] = [];
  const pattern =
    /^[ \t]*(if|elif|else|endif|foreach|endforeach)\b([^\n]*)|(?:\b(\w+)[ \t]*\+?=[ \t]*)?\b(project|subdir|subproject|executable|shared_library|static_library|library|both_libraries|declare_dependency|dependency|find_library|find_program|custom_target|run_command|files)\s*\(|\b(\w+)[ \t]*\+?=[ \t]*\[/gm;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, word, condition = '', variable, name, list] = match;
    if (word !== undefined) branch(branches, word, holds(condition));
    if ((name ?? list) === undefined || branches.some((one) => one.runs === false)) continue;
    const from = pattern.lastIndex;
    left -= (pairs.get(from - 1) ?? text.length) - from;
    if (left < 0) throw excess('meson.build', 'its calls are nested too deeply');
    calls.push({
      name: name ?? 'files',
      text: text.slice(from, pairs.get(from - 1) ?? text.length),
      line: lineNumber(text, match.index + (match[0].length - match[0].trimStart().length)),
      conditional: branches.some((one) => one.runs === undefined),
      variable: variable ?? list,
    });
  }
  return calls;
}

interface Branch {
  readonly runs: boolean | undefined;
  /** A branch before it runs, or may. */
  readonly taken: boolean | undefined;
}

function branch(branches: Branch[], word: string, truth: boolean | undefined): void {
  if (word === 'if') branches.push({ runs: truth, taken: truth });
  else if (word === 'endif') branches.pop();
  else if (word === 'elif' || word === 'else') {
    const taken = branches.at(-1)?.taken;
    const open = word === 'else' ? true : truth;
    const runs = taken === true ? false : taken === false ? open : open === false ? false : undefined;
    branches.splice(-1, 1, { runs, taken: taken === true || open === true ? true : (taken ?? open) });
  }
}

/** Where each bracket that opens is closed. */
function pairsOf(text: string): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: sign, index } of text.matchAll(/'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'|[()[\]]/g)) {
    if (sign === '(' || sign === '[') open.push(index);
    const from = sign === ')' || sign === ']' ? open.pop() : undefined;
    if (from !== undefined) pairs.set(from, index);
  }
  return pairs;
}

function closing(text: string, from: number): number {
  let depth = 1;
  const sign = /'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'|[()[\]]/g;
  sign.lastIndex = from;
  for (let match = sign.exec(text); match !== null; match = sign.exec(text)) {
    if (/^[([]$/.test(match[0])) depth++;
    if (/^[)\]]$/.test(match[0]) && --depth === 0) return match.index;
  }
  return text.length;
}

/** Arguments as they are written, split at the commas of their own level. */
export function argumentsOf(text: string): readonly string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const [part] of text.matchAll(/'''[\s\S]*?'''|'(?:[^'\\\n]|\\.)*'|[\s\S]/g)) {
    if (/^[([{]$/.test(part)) depth++;
    if (/^[)\]}]$/.test(part)) depth--;
    if (part === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += part;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** A text, a variable that holds one, texts joined by `+`, or one with `@0@` that is formatted. */
export function textOf(arg: string, variables: ReadonlyMap<string, string>): string | undefined {
  const [, format, given] = /^'([^']*)'\s*\.format\(([\s\S]*)\)$/.exec(arg.trim()) ?? [];
  if (format !== undefined && given !== undefined) {
    const values = argumentsOf(given).map((word) => textOf(word, variables));
    const missing = values.includes(undefined);
    return missing
      ? undefined
      : format.replace(/@(\d+)@/g, (_, index: string) => values[Number(index)] ?? '');
  }
  const parts = joined(arg).map((part) => {
    const word = part.trim().replace(/"/g, '');
    return /^'([^']*)'$/.exec(word)?.[1] ?? variables.get(word);
  });
  return parts.every((part) => part !== undefined)
    ? parts.join(arg.includes('/') && !arg.includes('+') ? '/' : '')
    : undefined;
}

/** Parts between the signs that join texts; a sign inside a text is none. */
function joined(arg: string): readonly string[] {
  const parts = [''];
  for (const [part] of arg.matchAll(/'[^']*'|[^'+/]+|[\s\S]/g)) {
    if (part === '+' || part === '/') parts.push('');
    else parts[parts.length - 1] += part;
  }
  return parts;
}

/** What stands between the brackets of each `option(…)`. */
export function optionCalls(text: string): readonly string[] {
  return [...text.matchAll(/^[^\S\n]*option\s*\(/gm)].map(({ index, 0: head }) => {
    const from = index + head.length;
    return text.slice(from, closing(text, from));
  });
}
