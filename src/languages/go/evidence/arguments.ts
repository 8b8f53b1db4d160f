import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import type { Range } from '../../../kit/dialect.ts';
import type { Listen } from '../../../kit/listens.ts';
import { enclosing } from '../../../kit/ranges.ts';
import { member, textOf } from '../../../kit/syntax.ts';
import { verbatim } from '../../../project/data.ts';
import { isBelow } from './commands.ts';
import { type Literal, type Place, type Source, type Sources, search, textsOf } from './sources.ts';
import { findUsage } from './usage.ts';

/** Packages by which a program has commands of its own. */
const COMMANDS =
  /^github\.com\/(spf13\/cobra|urfave\/cli|minio\/cli|alecthomas\/kong|alecthomas\/kingpin)(\/|$)|^flag$/;
const SERVE = /^(serve|server|start|run|web|daemon)(?:\s.*)?$/;
/** cobra's `Use: "serve [flags]"`, urfave's `Name: "serve"`, kingpin's `Command("serve"`, `case "serve":`. */
const COMMAND = /(?:\b(?:Use|Name):\s*|\.Command\(\s*|\bcase\s+(?:"\s*"\s*,\s*)*|os\.Args\[1\]\s*==\s*)$/;

/** What the program is started with: the command by which it serves, else what it asks for; undefined: it needs none. */
export function findArguments(
  sources: Sources,
  listens: readonly Listen[],
): Found<readonly string[]> | Tie<readonly string[]> | Unusable | undefined {
  return served(sources, listens) ?? demanded(sources);
}

/** A program that ends unless it is told what to do: what it offers is asked for. */
function demanded(
  sources: Sources,
): Found<readonly string[]> | Tie<readonly string[]> | Unusable | undefined {
  const usage = findUsage(sources);
  const offered =
    usage === undefined ? commandsOf(sources) : usage.commands.map((one) => [one, usage.at] as const);
  const found = offered.map(([name, from]) => ({ value: [name], from }));
  const [first] = found;
  if (found.length > 0) return found.length === 1 ? first : { tie: found };
  return usage && { because: `${usage.at} ends the program unless it is given arguments.` };
}

/** The commands of a program whose root does nothing but list them. */
function commandsOf(sources: Sources): readonly (readonly [name: string, at: string])[] {
  const root = rootOf(sources);
  if (root === undefined || rootRuns(sources)) return [];
  const all = textsOf(sources, /^[a-z][\w-]*(?:\s.*)?$/s).filter(
    (one) => /\bUse:\s*$/.test(one.before) && isCommand(one) && runs(one) && !isBelow(sources, one),
  );
  return all
    .filter(({ file, index }) => file !== root.file || index < root.literal.from || index > root.literal.to)
    .map(({ text, at }) => [text.split(/\s/)[0] ?? text, at] as const)
    .slice(0, 8);
}

/** Members of a command that is there for those who still type it, or for nobody. */
const LEAVING = ['Deprecated', 'Hidden'];

/** Whether a command does something itself, and not those below it alone. */
function runs(place: Pick<Literal, 'file' | 'index'>): boolean {
  return has(place, ['Run', 'RunE']);
}

/** Whether the literal around a place has one of these members. */
function has({ file, index }: Pick<Literal, 'file' | 'index'>, names: readonly string[]): boolean {
  const source = file.lexed();
  const open = enclosing(source, index);
  if (open === undefined) return false;
  const literal = { from: open, to: (source.pairs.get(open) ?? open) + 1 };
  return names.some((one) => typeof member(source, literal, [one]) !== 'string');
}

function served(
  sources: Sources,
  listens: readonly Listen[],
): Found<readonly string[]> | Tie<readonly string[]> | undefined {
  if (listens.length === 0 || ![...sources.imports].some((path) => COMMANDS.test(path) || path === 'os'))
    return undefined;
  const commands = textsOf(sources, SERVE).filter(
    (one) => COMMAND.test(one.before) && isCommand(one) && !has(one, LEAVING) && !isBelow(sources, one),
  );
  const names = new Map(commands.map(({ text, at }) => [SERVE.exec(text)?.[1] ?? '', at]));
  // the root command runs by itself: those below are for something else
  if (commands.length === 0 || rootRuns(sources)) return undefined;
  const found = [...names].map(([name, from]) => ({ value: [name], from }));
  const [first] = found;
  return found.length === 1 ? first : { tie: found };
}

/** `Name:` and `Use:` belong to a command, `case` to a switch over the arguments. */
function isCommand({ file, index, before }: Literal): boolean {
  const source = file.lexed();
  const open = enclosing(source, index);
  const head = open === undefined ? '' : source.code.slice(Math.max(0, open - 160), open);
  if (/\bcase\s[^:]*$/.test(before))
    return /switch\s+(?:os\.Args\[1\]|args\[0\]|flag\.Arg\(0\)|\w*(?:cmd|command|sub)\w*)\s*$/.test(head);
  return /\b(?:Use|Name):\s*$/.test(before)
    ? /(?:Command|App)\s*$/.test(head) && !/cli\.App\s*$/.test(head)
    : true;
}

/** Whether what the program does is up to commands of its own, so that its flags may be theirs. */
export function isByCommand(sources: Sources): boolean {
  const commands = search(sources, /\b(cobra|cli)\.Command\s*\{/g);
  const program = commands.some(({ groups: [name] }) => name === 'cobra') ? 1 : 0;
  return commands.length > program && !rootRuns(sources);
}

/** Whether cobra's command without a parent, the one that is executed, does something itself. */
function rootRuns(sources: Sources): boolean {
  const root = rootOf(sources);
  if (root === undefined) return false;
  return runs({ file: root.file, index: root.literal.from + 1 });
}

/** The name of the command below the program's own in whose literal a place stands; undefined: in none. */
export function commandAround(sources: Sources, { file, index }: Place): string | undefined {
  const source = file.lexed();
  const root = rootOf(sources);
  const around = search({ files: [file] }, /\bcobra\.Command\s*\{/g).flatMap((one) => {
    const open = source.code.indexOf('{', one.index);
    const literal = { from: open, to: (source.pairs.get(open) ?? open) + 1 };
    return index > literal.from && index < literal.to ? [literal] : [];
  });
  const literal = around.at(-1);
  if (literal === undefined) return undefined;
  if (root !== undefined && root.file === file && root.literal.from === literal.from) return undefined;
  const use = member(source, literal, ['Use']);
  return typeof use === 'string' ? undefined : textOf(source, use)?.split(/\s/)[0];
}

/** The literal of the command that is executed. */
function rootOf(sources: Sources): { readonly file: Source; readonly literal: Range } | undefined {
  const [executed] = search(sources, /\b(\w+)\.Execute(?:Context|C)?\(/g);
  const name = executed?.groups[0];
  if (name === undefined) return undefined;
  const [root] = search(sources, new RegExp(`\\b${verbatim(name)}\\s*:?=\\s*&?cobra\\.Command\\s*\\{`, 'g'));
  if (root === undefined) return undefined;
  const source = root.file.lexed();
  const open = source.code.indexOf('{', root.index);
  return { file: root.file, literal: { from: open, to: (source.pairs.get(open) ?? open) + 1 } };
}
