import { posix } from 'node:path';
import { excess } from '../../../../errors.ts';
import { table } from '../../../../project/data.ts';
import { inProject } from '../facts.ts';
import { type Command, parseCommands } from './commands.ts';
import type { Followed, Place } from './place.ts';
import { evaluate, expand, type Variables, words } from './variables.ts';

/** Runs a file of the project; false: there is none. */
export function runFile(followed: Followed, file: string, place: Omit<Place, 'file'>): boolean {
  const text = followed.project.read(file);
  if (text === undefined) return false;
  // one that includes itself, or adds its own folder, would go on for ever
  if (place.depth > 40 || followed.open.has(file)) return true;
  spend(followed, 1 + place.variables.size);
  if (!followed.parsed.has(file)) followed.files.push(file);
  const commands = followed.parsed.get(file) ?? parseCommands(file, text);
  followed.parsed.set(file, commands);
  followed.open.add(file);
  run(followed, commands, { ...place, file });
  followed.open.delete(file);
  return true;
}

const ENDS: Readonly<Record<string, string>> = table({
  if: 'endif',
  foreach: 'endforeach',
  while: 'endwhile',
  function: 'endfunction',
  macro: 'endmacro',
  block: 'endblock',
});

/** Runs commands in order. False: `return()` was met for certain. */
export function run(followed: Followed, commands: readonly Command[], place: Place): boolean {
  for (let at = 0; at < commands.length; at++) {
    const command = commands[at] as Command;
    const end = ENDS[command.name];
    if (end !== undefined) {
      const close = closing(commands, at, command.name, end);
      const body = commands.slice(at + 1, close);
      if (!runBlock(followed, command, body, place)) return false;
      at = close;
    } else if (command.name === 'return') {
      if (place.certain) return false;
    } else runOne(followed, command, place);
  }
  return true;
}

function closing(commands: readonly Command[], from: number, begin: string, end: string): number {
  let depth = 0;
  for (let at = from; at < commands.length; at++) {
    const name = commands[at]?.name;
    if (name === begin) depth++;
    else if (name === end && --depth === 0) return at;
  }
  return commands.length;
}

function runBlock(followed: Followed, command: Command, body: readonly Command[], place: Place): boolean {
  const list = words(command.args, place.variables);
  switch (command.name) {
    case 'if':
      return runBranches(followed, command, body, place);
    case 'function':
    case 'macro':
      followed.functions.set((list[0] ?? '').toLowerCase(), {
        kind: command.name,
        names: list.slice(1),
        body,
        file: place.file,
      });
      return true;
    case 'foreach': {
      const [name = '', ...rest] = list;
      const lists =
        rest[0] === 'IN' && rest[1] === 'LISTS'
          ? rest.slice(2).flatMap((n) => (place.variables.get(n) ?? '').split(';'))
          : undefined;
      const items = lists ?? (rest[0] === 'IN' ? rest.slice(2) : rest[0] === 'RANGE' ? [] : rest);
      for (const item of items.filter((i) => i !== '').slice(0, 500)) {
        spend(followed, 1);
        place.variables.set(name, item);
        run(followed, body, place);
      }
      return true;
    }
    case 'while':
      return true;
    default:
      return run(followed, body, place);
  }
}

function runBranches(followed: Followed, first: Command, body: readonly Command[], place: Place): boolean {
  const branches: { head: Command; body: Command[] }[] = [{ head: first, body: [] }];
  let depth = 0;
  for (const command of body) {
    if (command.name === 'if') depth++;
    if (command.name === 'endif') depth--;
    if (depth === 0 && /^else(if)?$/.test(command.name)) branches.push({ head: command, body: [] });
    else branches.at(-1)?.body.push(command);
  }
  let certain = place.certain;
  for (const branch of branches) {
    const known = {
      exists: (path: string) => followed.project.has(inProject(posix.normalize(path)) ?? ''),
      target: (name: string) => followed.targets.has(name),
    };
    const { name, args } = branch.head;
    // more brackets than anybody wrote are not followed
    const asked = args.length > 1000 ? undefined : evaluate(args, place.variables, known);
    const truth = name === 'else' ? true : asked;
    if (truth === false) continue;
    const open = run(followed, branch.body, { ...place, certain: truth === true && certain });
    if (truth === true) return open || !certain;
    certain = false;
  }
  return true;
}

/** More than the commands of any project, each with the text that it is given, are worth. */
const STEPS = 200_000;

/** Takes steps off what a run has; refuses when there are none left. */
function spend(followed: Followed, steps: number): void {
  followed.steps += steps;
  if (followed.steps > STEPS) throw excess('CMakeLists.txt', 'it runs more commands than can be followed');
}

/** What a command with these words costs, and with the lists that the first two of them name. */
function costOf(list: readonly string[], variables: Variables): number {
  const given = list.reduce((sum, word) => sum + word.length + 8, 0);
  const held = list.slice(0, 2).reduce((sum, name) => sum + (variables.get(name)?.length ?? 0), 0);
  return 1 + Math.floor(given / 64 + held / 1024);
}

function runOne(followed: Followed, command: Command, place: Place): void {
  spend(followed, 1);
  const given = words(command.args, place.variables);
  spend(followed, costOf(given, place.variables));
  const defined = followed.functions.get(command.name);
  if (defined !== undefined && place.depth < 20) {
    spend(followed, Math.ceil(place.variables.size / 16));
    const variables = defined.kind === 'macro' ? place.variables : new Map(place.variables);
    defined.names.forEach((name, index) => {
      variables.set(name, given[index] ?? '');
    });
    variables.set('ARGN', given.slice(defined.names.length).join(';'));
    variables.set('ARGV', given.join(';'));
    given.forEach((value, index) => {
      variables.set(`ARGV${index}`, value);
    });
    run(followed, defined.body, { ...place, variables, file: defined.file, depth: place.depth + 1 });
    return;
  }
  if (!Object.hasOwn(followed.actions, command.name)) return;
  followed.actions[command.name]?.(followed, given, {
    ...place,
    at: `${place.file}:${command.line}`,
    raw: command.args.map((arg) => expand(arg.text, place.variables)),
  });
}
