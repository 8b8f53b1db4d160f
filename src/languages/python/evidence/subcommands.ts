import type { FunctionAt, Source } from '../../../kit/dialect.ts';
import { callsOf } from '../../../kit/sources.ts';
import { argument, callAt, codeOf, functionAt, textOf } from '../../../kit/syntax.ts';
import { verbatim } from '../../../project/data.ts';

/** A command below a program's own: its function, and the words that ask for it. */
interface Subcommand {
  readonly words: readonly string[];
  readonly source: Source;
  readonly fn: FunctionAt;
  /** It is what runs where no word asks for another. */
  readonly standing: boolean;
}

/** What runs by which word of the command line; of a program without subcommands everything does. */
export interface Subcommands {
  readonly all: readonly Subcommand[];
  /** Whether a place, `app/cli.py:12`, is reached with these words. */
  runs(at: string, words: readonly string[]): boolean;
  /** The command that declares an option at a place; undefined: the program itself does. */
  ownerOf(source: Source, at: number): readonly string[] | undefined;
}

const DECORATED = /^[^\S\n]*@(\w+)\.command\b/gm;
/** https://github.com/simonw/click-default-group */
const DEFAULT = /\bdefault\s*=\s*["']([\w-]+)["']/;

/**
 * Commands of click and Typer: https://click.palletsprojects.com/en/stable/commands/, https://typer.tiangolo.com/tutorial/commands/;
 * and those of argparse: https://docs.python.org/3/library/argparse.html#sub-commands
 */
export function subcommandsOf(sources: readonly Source[]): Subcommands {
  const groups = groupsIn(sources);
  const decorated = sources.flatMap((source) => commandsIn(source, sources, groups));
  // Typer and click start a single command by itself
  const all = decorated.length > 1 ? decorated : [];
  const parsers = sources.flatMap(parsersIn);
  const reach = new Map(all.map((one) => [one, reachedFrom(sources, one.fn, one.source)]));
  const named = (words: readonly string[]) => {
    const asked = all.filter((one) => one.words.every((word) => words.includes(word)));
    return asked.length > 0 ? asked : all.filter(({ standing }) => standing);
  };
  const nameAt = (place: string) => {
    const [, path, line = ''] = /^(.*):(\d+)$/.exec(place) ?? [];
    const source = sources.find((one) => one.path === path);
    const from = source?.lines[Number(line) - 1] ?? 0;
    return (
      source &&
      functionAt(source, from + (/^\s*/.exec(source.code.slice(from, from + 200))?.[0].length ?? 0))?.name
    );
  };
  return {
    all,
    runs(at, words) {
      const name = all.length === 0 ? undefined : nameAt(at);
      if (name === undefined) return true;
      const holding = all.filter((one) => reach.get(one)?.has(name));
      return holding.length === 0 || named(words).some((one) => holding.includes(one));
    },
    ownerOf(source, at) {
      const own = all.find((one) => one.source === source && headOf(one).from <= at && at < one.fn.body.to);
      if (own !== undefined) return own.standing ? undefined : own.words;
      const object = /(?<!\w)(\w+)\.add_argument\($/.exec(source.code.slice(Math.max(0, at - 80), at))?.[1];
      const parser = parsers.find((one) => one.source === source && one.object === object);
      return parser && [parser.name];
    },
  };
}

/** From the first decorator to the body. */
function headOf({ source, fn }: Subcommand): { readonly from: number } {
  let from = source.code.lastIndexOf('\n', fn.at) + 1;
  for (let line = from; line > 0; ) {
    line = source.code.lastIndexOf('\n', line - 2) + 1;
    const text = source.code.slice(line, from);
    if (/^\s*$/.test(text) || /^(?:def|class|\S+\s*=)/.test(text)) break;
    from = line;
    if (line === 0) break;
  }
  return { from };
}

/** A group of commands, by the function that it decorates. */
interface Group {
  readonly parent: string;
  readonly name: string;
  /** The command that runs where no word asks for one. */
  readonly standing: string | undefined;
}

const GROUPED = /^[^\S\n]*@(\w+)\.group\b/gm;

function groupsIn(sources: readonly Source[]): ReadonlyMap<string, Group> {
  return new Map(
    sources.flatMap((source) =>
      decoratedBy(source, GROUPED).map(({ owner, fn, name, words }) => [
        fn.name,
        { parent: owner, name, standing: DEFAULT.exec(words)?.[1] },
      ]),
    ),
  );
}

interface Decorated {
  readonly owner: string;
  readonly fn: FunctionAt;
  readonly name: string;
  /** The decorator's words. */
  readonly words: string;
}

function decoratedBy(source: Source, pattern: RegExp): readonly Decorated[] {
  return [...source.code.matchAll(pattern)].flatMap((match) => {
    const fn = source.functions.find(({ at }) => at > match.index);
    if (fn === undefined) return [];
    const end = match.index + match[0].length;
    const call = source.code[end] === '(' ? callAt(source, end) : undefined;
    const said = call && textOf(source, argument(source, call, 'name', 0));
    const name = said ?? fn.name.replace(/_(?:command|cmd|group|grp)$/, '').replaceAll('_', '-');
    return {
      owner: match[1] ?? '',
      fn,
      name,
      words: call === undefined ? '' : source.text.slice(call.from, call.to),
    };
  });
}

function commandsIn(
  source: Source,
  sources: readonly Source[],
  groups: ReadonlyMap<string, Group>,
): readonly Subcommand[] {
  return decoratedBy(source, DECORATED).flatMap(({ owner, fn, name }) => {
    // what click itself decorates is a command of whoever adds it
    if (owner === 'click' && !isAdded(sources, fn.name)) return [];
    const words = [name];
    let standing = true;
    let inner = name;
    for (let at = groups.get(owner), depth = 0; depth < 8; depth++) {
      standing &&= at?.standing === inner;
      if (at === undefined || !groups.has(at.parent)) break;
      inner = at.name;
      words.unshift(inner);
      at = groups.get(at.parent);
    }
    return { words, source, fn, standing };
  });
}

function isAdded(sources: readonly Source[], name: string): boolean {
  return sources.some(({ code }) => new RegExp(`\\.add_command\\(\\s*${verbatim(name)}\\b`).test(code));
}

/** `serve = commands.add_parser('serve')`: what it is called, and the word. */
function parsersIn(
  source: Source,
): readonly { readonly source: Source; readonly object: string; readonly name: string }[] {
  return callsOf({ files: [source] }, 'add_parser').flatMap((call) => {
    const line = source.code.slice(source.code.lastIndexOf('\n', call.from) + 1, call.from);
    const object = /^\s*(\w+)\s?(?::[^=\n]{1,80})?=/.exec(line)?.[1];
    const name = textOf(source, call.args[0]);
    return object === undefined || name === undefined ? [] : [{ source, object, name }];
  });
}

/** Names of all functions that one calls, however far. */
function reachedFrom(sources: readonly Source[], fn: FunctionAt, source: Source): ReadonlySet<string> {
  const byName = new Map<string, { source: Source; fn: FunctionAt }[]>();
  for (const one of sources)
    for (const other of one.functions)
      byName.set(other.name, [...(byName.get(other.name) ?? []), { source: one, fn: other }]);
  const found = new Set<string>([fn.name]);
  const open = [{ source, fn }];
  for (let one = open.pop(); one !== undefined && found.size < 500; one = open.pop())
    for (const [, name = ''] of codeOf(one.source, one.fn.body).matchAll(/(?<![\w.])(?:\w+\.)?(\w+)\s*\(/g)) {
      if (found.has(name) || !byName.has(name)) continue;
      found.add(name);
      open.push(...(byName.get(name) ?? []));
    }
  return found;
}
