import { UserError } from '../../../../errors.ts';
import { lineNumber } from '../../../../project/data.ts';

/** One argument of a command: its text with variables still in it. Quoted ones are never split into a list. */
export interface Argument {
  readonly text: string;
  readonly quoted: boolean;
}

export interface Command {
  /** In lower case, as CMake compares it. */
  readonly name: string;
  readonly args: readonly Argument[];
  readonly line: number;
}

const SPACE = /\s+/y;
const COMMENT = /#\[(=*)\[[\s\S]*?\]\1\]|#[^\n]*/y;
const NAME = /[A-Za-z_]\w*/y;
const BRACKET = /\[(=*)\[\n?([\s\S]*?)\]\1\]/y;
const QUOTED = /"((?:[^"\\]|\\[\s\S])*)"/y;
const UNQUOTED = /(?:\$\{[^}\n]*\}|\$<[^\n]*?>(?=[\s;)])|[^\s()#"\\]|\\[\s\S]|"(?:[^"\\]|\\.)*")+/y;

/** Commands that go on until one that ends them. */
const BLOCK = /^(if|foreach|while|function|macro|block)$/;

/** The commands of a CMake file, in order. Refuses what CMake could not parse either, with its line. */
export function parseCommands(path: string, text: string): readonly Command[] {
  let at = 0;
  const line = (offset: number) => lineNumber(text, offset);
  const broken = (offset: number, reason: string) =>
    new UserError({ kind: 'malformed', path, line: line(offset), reason });
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at += match[0].length;
    return match ?? undefined;
  };
  const blank = () => {
    while (take(SPACE) ?? take(COMMENT)) {
      // nothing of either is a command
    }
  };
  const commands: Command[] = [];
  for (blank(); at < text.length; blank()) {
    const start = at;
    const name = take(NAME)?.[0];
    if (name === undefined) throw broken(at, `${JSON.stringify(text[at])} begins no command`);
    blank();
    if (text[at] !== '(') throw broken(start, `${name} has no ( behind it`);
    at++;
    const args: Argument[] = [];
    for (let depth = 1; depth > 0; ) {
      blank();
      if (at >= text.length) throw broken(start, `the ( of ${name} is never closed`);
      const sign = text[at];
      if (sign === '(' || sign === ')') {
        at++;
        depth += sign === '(' ? 1 : -1;
        if (depth > 0) args.push({ text: sign, quoted: false });
        continue;
      }
      const bracket = take(BRACKET);
      const quoted = bracket === undefined ? take(QUOTED) : undefined;
      const plain = (quoted ?? bracket) ? undefined : take(UNQUOTED);
      if (bracket !== undefined) args.push({ text: (bracket[2] ?? '').replaceAll('$', '\\$'), quoted: true });
      else if (quoted !== undefined)
        args.push({ text: (quoted[1] ?? '').replace(/\\\n/g, ''), quoted: true });
      else if (plain !== undefined) args.push({ text: plain[0], quoted: false });
      else throw broken(at, sign === '"' ? 'a " is never closed' : `${JSON.stringify(sign)} is out of place`);
    }
    commands.push({ name: name.toLowerCase(), args, line: line(start) });
  }
  const open: Command[] = [];
  for (const command of commands) {
    const begun = /^end(if|foreach|while|function|macro|block)$/.exec(command.name)?.[1];
    if (BLOCK.test(command.name)) open.push(command);
    else if (begun !== undefined && open.pop()?.name !== begun)
      throw new UserError({
        kind: 'malformed',
        path,
        line: command.line,
        reason: `${command.name} ends nothing`,
      });
  }
  const [left] = open;
  if (left !== undefined)
    throw new UserError({
      kind: 'malformed',
      path,
      line: left.line,
      reason: `${left.name} has no end${left.name}`,
    });
  return commands;
}
