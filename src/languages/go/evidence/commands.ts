import { enclosing } from '../../../kit/ranges.ts';
import { verbatim } from '../../../project/data.ts';
import { callsOf, type Place, type Source, type Sources, search } from './sources.ts';

/** Names are followed this far: a command, the list that it stands in, the command that has the list. */
const DEPTH = 4;

/**
 * Whether the command whose literal holds a place belongs to another command, and not to the program itself: urfave's
 * `Subcommands:`, `Commands:` of a command that has a parent, and cobra's `AddCommand` of one that was added too.
 */
export function isBelow(sources: Sources, { file, index }: Place): boolean {
  const open = enclosing(file.lexed(), index);
  if (open === undefined || file.lexed().code[open] !== '{') return false;
  const head = file.lexed().code.slice(0, open);
  const places = namesOf(head, file).flatMap((name) => usesOf(sources, name));
  return [{ file, index: startOf(head) }, ...places].some((place) => standsBelow(sources, place, 0));
}

/** A name, and the file that it is local to. */
interface Name {
  readonly word: string;
  readonly only?: Source;
}

/** What a command is called outside of its literal: its variable, and the function that makes it. */
function namesOf(head: string, file: Source): readonly Name[] {
  const [, word, sign] = /(?<!\w)(\w+)\s*(:?=)\s*&?[\w.]*Command\s*$/.exec(head) ?? [];
  const maker = functionAt(head)?.name;
  return [
    ...(word === undefined ? [] : [sign === ':=' ? { word, only: file } : { word }]),
    ...(maker === undefined ? [] : [{ word: maker }]),
  ];
}

/** The function in which a text ends. */
function functionAt(text: string): { readonly name: string; readonly text: string } | undefined {
  const [last] = [...text.matchAll(/^func\s+(?:\([^)]*\)\s*)?(\w+)\s{0,200}\(/gm)].slice(-1);
  const name = last?.[1];
  const body = text.slice(last?.index ?? 0);
  return name === undefined || /\n\}/.test(body) ? undefined : { name, text: body };
}

function usesOf(sources: Sources, { word, only }: Name): readonly Place[] {
  return search(sources, new RegExp(`(?<![\\w"])${verbatim(word)}\\b(?!\\s*:?=)`, 'g')).filter(
    ({ file, index }) =>
      (only === undefined || file === only) &&
      !/\bfunc\s+$/.test(file.lexed().code.slice(0, index).slice(-12)),
  );
}

/** Whether what stands at a place, a command or a list of them, is given to a command that is not the program's own. */
function standsBelow(sources: Sources, { file, index }: Place, depth: number): boolean {
  const before = file.lexed().code.slice(0, index);
  const open = enclosing(file.lexed(), index);
  if (/\bSubcommands:\s*$/.test(before)) return true;
  if (open === undefined || depth > DEPTH) return false;
  const head = file.lexed().code.slice(0, open);
  const further = (place: Place) => standsBelow(sources, place, depth + 1);
  if (file.lexed().code[open] === '(') {
    const parent = /(?<!\w)(\w+)\.AddCommand$/.exec(head)?.[1];
    if (parent !== undefined) return isAdded(sources, file, head, parent);
    return /\bappend$/.test(head) && further({ file, index: open - 'append'.length });
  }
  if (/\bSubcommands:\s*(?:\[\][\w.*]+)?\s{0,200}$/.test(head)) return true;
  const [list, word] = /(?<!\w)(\w+)\s*:?=\s*\[\][\w.*]*Command\s*$/.exec(head) ?? [];
  if (list !== undefined && word !== undefined) return usesOf(sources, { word }).some(further);
  // urfave/cli since 3: the program is a command too, so one that stands in no list
  const commands = /\bCommands:\s*(?:\[\][\w.*]+)?\s{0,200}$/.exec(head);
  const owner = commands === null ? undefined : enclosing(file.lexed(), commands.index);
  if (owner === undefined) return false;
  const its = file.lexed().code.slice(0, owner);
  return (
    isListed({ file, index: startOf(its) }) ||
    namesOf(its, file).some((name) => usesOf(sources, name).some(isListed))
  );
}

/** Where a literal begins whose brace stands behind a text: with its type. */
function startOf(head: string): number {
  return head.length - (/(?<![&\w.])[&\w.]*$/.exec(head)?.[0].length ?? 0);
}

/** Whether what stands at a place is an element of a list of commands. */
function isListed({ file, index }: Place): boolean {
  const open = enclosing(file.lexed(), index);
  return (
    open !== undefined &&
    /(?:\bCommands:\s*(?:\[\][\w.*]+)?|\[\][\w.*]*Command)\s{0,200}$/.test(file.lexed().code.slice(0, open))
  );
}

/** Whether cobra's command `name`, at the end of a text, is added to another one. */
function isAdded(sources: Sources, file: Source, text: string, name: string): boolean {
  const within = functionAt(text);
  // who calls the function knows which command that is
  if (
    within !== undefined &&
    new RegExp(`^[^\\n]*\\b${verbatim(name)}\\s+\\*cobra\\.Command`).test(within.text)
  )
    return false;
  const local = within !== undefined && new RegExp(`\\b${verbatim(name)}\\s*:=`).test(within.text);
  return callsOf(sources, /\.AddCommand\(/g).some((add) => {
    const { code } = add.file.lexed();
    const has = (word: string) =>
      add.args.some(({ from, to }) => new RegExp(`\\b${verbatim(word)}\\b`).test(code.slice(from, to)));
    return (has(name) && (!local || add.file === file)) || (within !== undefined && has(within.name));
  });
}
