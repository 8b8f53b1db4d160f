import type { Found, Tie } from '../../../facts/language.ts';
import { isBelow } from './commands.ts';
import type { Listen } from './listening.ts';
import { type Sources, search } from './sources.ts';

/** Packages by which a program has commands of its own. */
const COMMANDS =
  /^github\.com\/(spf13\/cobra|urfave\/cli|minio\/cli|alecthomas\/kong|alecthomas\/kingpin)(\/|$)|^flag$/;
const SERVE = 'serve|server|start|run|web|daemon';
/** cobra's `Use: "serve [flags]"`, urfave's `Name: "serve"`, kingpin's `Command("serve"`, `case "serve":`. */
const COMMAND = new RegExp(
  `(?:\\bUse:\\s*|\\bName:\\s*|\\.Command\\(\\s*|\\bcase\\s+|os\\.Args\\[1\\]\\s*==\\s*)"(${SERVE})(?:\\s[^"]*)?"`,
  'g',
);

/** The command by which a program with several begins to serve; undefined: it has none, or is no server. */
export function findArguments(
  sources: Sources,
  listens: readonly Listen[],
): Found<readonly string[]> | Tie<readonly string[]> | undefined {
  if (listens.length === 0 || ![...sources.imports].some((path) => COMMANDS.test(path) || path === 'os'))
    return undefined;
  const commands = search(sources, COMMAND).filter(
    (match) => isCommand(match.file.text, match.index) && !isBelow(sources, match),
  );
  const names = new Map(commands.map(({ groups, at }) => [groups[0] ?? '', at]));
  // the root command runs by itself: those below are for something else
  if (commands.length === 0 || rootRuns(sources)) return undefined;
  const found = [...names].map(([name, from]) => ({ value: [name], from }));
  const [first] = found;
  return found.length === 1 ? first : { tie: found };
}

/** `Name:` and `Use:` belong to a command, `case` to a switch over the arguments. */
function isCommand(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 400), index);
  if (text.startsWith('case', index))
    return /switch\s+(?:os\.Args\[1\]|args\[0\]|flag\.Arg\(0\)|\w*(?:cmd|command|sub)\w*)\s*\{[^}]*$/.test(
      before,
    );
  if (/^(?:Use|Name)/.test(text.slice(index, index + 4)))
    return /(?:Command|cli\.App|App)\s*\{[^{}]*$/.test(before) && !/cli\.App\s*\{[^{}]*$/.test(before);
  return true;
}

/** Whether what the program does is up to commands of its own, so that its flags may be theirs. */
export function isByCommand(sources: Sources): boolean {
  const commands = search(sources, /\b(?:cobra|cli)\.Command\s*\{/g);
  const program = commands.some(({ file, index }) => file.text.startsWith('cobra', index)) ? 1 : 0;
  return commands.length > program && !rootRuns(sources);
}

/** Whether cobra's command without a parent, the one that is executed, does something itself. */
function rootRuns(sources: Sources): boolean {
  const [executed] = search(sources, /\b(\w+)\.Execute(?:Context|C)?\(/g);
  const name = executed?.groups[0];
  if (name === undefined) return false;
  const [root] = search(
    sources,
    new RegExp(`\\b${name}\\s*:?=\\s*&?cobra\\.Command\\s*\\{([\\s\\S]*?)\\n\\t?\\}`, 'g'),
  );
  return /\bRunE?:/.test(root?.groups[0] ?? '');
}
