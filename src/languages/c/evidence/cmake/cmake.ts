import { posix } from 'node:path';
import type { Project } from '../../../../project/project.ts';
import { BUILD, type BuildFacts, inProject, PREFIX, SOURCE } from '../facts.ts';
import { ACTIONS } from './actions.ts';
import { type Command, parseCommands } from './commands.ts';
import { evaluate, expand, type Variables, words } from './variables.ts';

/** A target of a CMake project. */
export interface CmakeTarget {
  readonly kind: 'executable' | 'shared' | 'library';
  readonly at: string;
  readonly sources: readonly string[];
  readonly folder: string;
  readonly excluded: boolean;
  output: string;
  /** The folder that it is installed to, below the prefix or absolute. */
  installed: string | undefined;
}

/** What is found while the files are followed as CMake would. */
export interface Followed {
  readonly project: Project;
  readonly targets: Map<string, CmakeTarget>;
  readonly needs: BuildFacts['needs'][number][];
  readonly files: string[];
  readonly tested: Set<string>;
  /** Options that are turned off. */
  readonly off: Set<string>;
  readonly functions: Map<
    string,
    {
      readonly kind: string;
      readonly names: readonly string[];
      readonly body: readonly Command[];
      readonly file: string;
    }
  >;
  downloads: string | undefined;
  minimum: string | undefined;
  testing: boolean;
  installsMore: boolean;
}

/** Where a command stands: its file, its variables, and whether it is certain that it runs. */
export interface Place {
  readonly file: string;
  readonly variables: Variables;
  readonly certain: boolean;
  readonly depth: number;
}

/** Follows CMakeLists.txt and what it includes as far as that can be told without running anything. */
export function readCmake(project: Project, defines: Readonly<Record<string, string>>): BuildFacts {
  const followed: Followed = {
    project,
    targets: new Map(),
    needs: [],
    files: [],
    tested: new Set(),
    off: new Set(),
    functions: new Map(),
    downloads: undefined,
    minimum: undefined,
    testing: false,
    installsMore: false,
  };
  const variables: Variables = new Map([
    ['CMAKE_SOURCE_DIR', SOURCE],
    ['CMAKE_BINARY_DIR', BUILD],
    ['CMAKE_CURRENT_SOURCE_DIR', SOURCE],
    ['CMAKE_CURRENT_BINARY_DIR', BUILD],
    ['CMAKE_SYSTEM_NAME', 'Linux'],
    ['CMAKE_HOST_SYSTEM_NAME', 'Linux'],
    ['CMAKE_BUILD_TYPE', 'Release'],
    ['CMAKE_INSTALL_PREFIX', PREFIX],
    ['BUILD_TESTING', 'OFF'],
    ['BUILD_SHARED_LIBS', 'OFF'],
    ['CMAKE_C_COMPILER_ID', 'GNU'],
    ['CMAKE_CXX_COMPILER_ID', 'GNU'],
    ...Object.entries(defines),
  ]);
  runFile(followed, 'CMakeLists.txt', { variables, certain: true, depth: 0 });
  const executables = [...followed.targets].flatMap(([target, t]) => {
    if (t.kind !== 'executable' || t.excluded || followed.tested.has(target)) return [];
    const sources = t.sources.flatMap((path) => inProject(path) ?? []);
    const path = t.folder.includes('$') ? undefined : posix.join(t.folder, t.output);
    const installed = t.installed === undefined ? undefined : posix.resolve(PREFIX, t.installed, t.output);
    return [{ name: t.output, at: t.at, installed, path, target, sources }];
  });
  return {
    executables,
    // a library that is linked to before it is named
    needs: followed.needs.filter((need) => need.by !== 'link' || !followed.targets.has(need.name)),
    files: followed.files,
    installsMore: followed.installsMore,
    sharedLibraries: [...followed.targets.values()].some(
      (t) => t.kind === 'shared' && t.installed !== undefined,
    ),
    downloads: followed.downloads,
    options: [
      ...([...followed.targets.values()].some((t) => t.kind === 'library')
        ? ['-DBUILD_SHARED_LIBS=OFF']
        : []),
      ...[...followed.off].map((name) => `-D${name}=OFF`),
      ...(followed.testing && !followed.off.has('BUILD_TESTING') ? ['-DBUILD_TESTING=OFF'] : []),
      // CMake 4 has forgotten what came before 3.5
      ...(old(followed.minimum) ? ['-DCMAKE_POLICY_VERSION_MINIMUM=3.5'] : []),
    ],
  };
}

function old(minimum: string | undefined): boolean {
  const [major = 3, minor = 5] = (minimum ?? '3.5').split('...').at(-1)?.split('.').map(Number) ?? [];
  return major < 3 || (major === 3 && minor < 5);
}

/** Runs a file of the project; false: there is none. */
export function runFile(followed: Followed, file: string, place: Omit<Place, 'file'>): boolean {
  const text = followed.project.read(file);
  if (text === undefined || place.depth > 40) return false;
  if (!followed.files.includes(file)) followed.files.push(file);
  run(followed, parseCommands(file, text), { ...place, file });
  return true;
}

const ENDS: Readonly<Record<string, string>> = {
  if: 'endif',
  foreach: 'endforeach',
  while: 'endwhile',
  function: 'endfunction',
  macro: 'endmacro',
  block: 'endblock',
};

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
    const truth = branch.head.name === 'else' ? true : evaluate(branch.head.args, place.variables, known);
    if (truth === false) continue;
    const open = run(followed, branch.body, { ...place, certain: truth === true && certain });
    if (truth === true) return open || !certain;
    certain = false;
  }
  return true;
}

function runOne(followed: Followed, command: Command, place: Place): void {
  const defined = followed.functions.get(command.name);
  if (defined !== undefined && place.depth < 20) {
    const given = words(command.args, place.variables);
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
  ACTIONS[command.name]?.(followed, words(command.args, place.variables), {
    ...place,
    at: `${place.file}:${command.line}`,
    raw: command.args.map((arg) => expand(arg.text, place.variables)),
  });
}
