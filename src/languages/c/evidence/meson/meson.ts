import { posix } from 'node:path';
import { table, verbatim } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { BUILD, type BuildFacts, type Executable, type Need, PREFIX } from '../facts.ts';
import { isKnown } from '../libraries.ts';
import { argumentsOf, blanked, type Call, callsOf, textOf } from './calls.ts';
import { condition, optionsOf } from './options.ts';
import { type Wrap, wrapsOf } from './wraps.ts';

/** Sources that a variable holds, and the variables that what it holds is made of. */
interface Held {
  readonly sources: readonly string[];
  readonly names: readonly string[];
}

interface Read {
  readonly project: Project;
  readonly executables: Executable[];
  readonly needs: Need[];
  readonly files: string[];
  /** Texts by name, and options as `get_option('name')`. */
  readonly variables: Map<string, string>;
  readonly held: Map<string, Held>;
  readonly wraps: readonly Wrap[];
  downloads: string | undefined;
  shared: boolean;
  more: boolean;
  sanitized: boolean;
}

/** Reads meson.build and the folders that it enters. */
export function readMeson(project: Project, options: readonly string[]): BuildFacts {
  const read: Read = {
    project,
    executables: [],
    needs: [],
    files: [],
    variables: optionsOf(project, options),
    held: new Map(),
    wraps: wrapsOf(project),
    downloads: undefined,
    shared: false,
    more: false,
    sanitized: false,
  };
  readFolder('.', read, false);
  return {
    name: read.variables.get('meson.project_name()'),
    executables: read.executables,
    needs: read.needs,
    files: read.files,
    installsMore: read.more,
    sharedLibraries: read.shared,
    downloads: read.downloads,
    options: read.sanitized ? ['-Db_sanitize=none'] : [],
  };
}

/** A call and where it stands. */
interface Here {
  readonly read: Read;
  readonly call: Call;
  readonly folder: string;
  readonly at: string;
  readonly optional: boolean;
  /** Its first argument as a text, and all as they are written. */
  readonly name: string | undefined;
  readonly args: readonly string[];
  keyword(key: string): string | undefined;
}

function readFolder(folder: string, read: Read, conditional: boolean): void {
  const file = posix.join(folder, 'meson.build');
  const source = read.project.read(file);
  if (source === undefined || read.files.includes(file)) return;
  read.files.push(file);
  if (/\binstall_(data|headers|man|subdir|symlink)\s*\(|configure_file\(|\bi18n\./.test(source))
    read.more = true;
  const text = blanked(file, source);
  for (const [, name = '', value = ''] of text.matchAll(
    /^[^\S\n]*(\w+)\s*=\s*('[^'\n]*'.*|get_option\(.*)$/gm,
  )) {
    const known = textOf(value, read.variables);
    if (known !== undefined) read.variables.set(name, known);
  }
  for (const call of callsOf(text, (one) => condition(one, read.variables))) {
    const args = argumentsOf(call.text);
    const keyword = (key: string) =>
      args.find((arg) => new RegExp(`^${verbatim(key)}\\s*:`).test(arg))?.replace(/^\w+\s*:\s*/, '');
    const name = args[0] === undefined ? undefined : textOf(args[0], read.variables);
    const optional = conditional || call.conditional;
    const here: Here = { read, call, folder, at: `${file}:${call.line}`, optional, name, args, keyword };
    hold(here);
    CALLS[call.name]?.(here);
  }
}

/** What a call gives to the variable that it is assigned to. */
function hold({ read: { held }, call, folder }: Here): void {
  if (call.variable === undefined) return;
  const before = held.get(call.variable);
  held.set(call.variable, {
    sources: [...(before?.sources ?? []), ...sourceNames(call.text, folder)],
    names: [...(before?.names ?? []), ...namesIn(call.text)],
  });
}

function sourceNames(text: string, folder: string): readonly string[] {
  return [...text.matchAll(/'([^'\n]+\.(?:c|cc|cpp|cxx))'/g)].map((m) => posix.join(folder, m[1] ?? ''));
}

function namesIn(text: string): readonly string[] {
  return [...text.replace(/'[^'\n]*'/g, "''").matchAll(/\b[A-Za-z_]\w*\b(?!\s*[:(])/g)].map(([name]) => name);
}

/** What each call means for what is asked here. */
const CALLS: Readonly<Record<string, (here: Here) => void>> = table({
  project({ read, name, call }) {
    if (name !== undefined) read.variables.set('meson.project_name()', name);
    read.sanitized = /'b_sanitize=(?!none)/.test(call.text);
  },
  subdir({ read, folder, name, optional }) {
    if (name !== undefined) readFolder(posix.join(folder, name), read, optional);
  },
  subproject({ read, name, at }) {
    if (name !== undefined && read.wraps.some((wrap) => wrap.name === name)) read.downloads ??= at;
  },
  executable,
  shared_library: library,
  library,
  both_libraries: library,
  dependency(here) {
    const { read, name, at } = here;
    if (name === undefined || name === '' || isDisabled(here)) return;
    const need: Need = { by: 'pkg-config', name, at, optional: isOptional(here) };
    const wrap = isKnown(need) ? undefined : read.wraps.find((one) => one.provides.includes(name));
    if (wrap === undefined) read.needs.push(need);
    else read.downloads ??= at;
  },
  find_library: (here) => asked(here, 'link'),
  find_program: (here) => asked(here, 'tool'),
  run_command: called,
  custom_target: called,
});

function executable({ read, call, folder, at, name, args, keyword }: Here): void {
  if (name === undefined) return;
  const where = keyword('install_dir') ?? '';
  const below = /sbindir/.test(where) ? 'sbin' : /libexecdir/.test(where) ? 'libexec' : 'bin';
  const installs = keyword('install');
  const installed =
    installs !== undefined && condition(installs, read.variables) !== false
      ? posix.join(PREFIX, below, name)
      : undefined;
  if (/^false/.test(keyword('build_by_default') ?? '') && installed === undefined) return;
  const held = new Set(namesIn(call.text).flatMap((one) => read.held.get(one) ?? []));
  for (const one of held)
    for (const other of one.names.flatMap((n) => read.held.get(n) ?? [])) held.add(other);
  const sources = [
    ...new Set([...sourceNames(call.text, folder), ...[...held].flatMap((one) => one.sources)]),
  ];
  const whole =
    sources.length > 0 &&
    args
      .slice(1)
      .filter((arg) => !/^\w+\s*:/.test(arg))
      .every((arg) => /^'|^\[|^files\(/.test(arg) || read.held.has(arg));
  read.executables.push({
    name,
    at,
    installed,
    path: posix.join(BUILD, folder, name),
    target: name,
    sources,
    whole,
  });
}

function library({ read, call, keyword }: Here): void {
  if (!/^true/.test(keyword('install') ?? '')) return;
  read.more = true;
  if (call.name === 'shared_library') read.shared = true;
}

function asked(here: Here, by: 'link' | 'tool'): void {
  const name = here.name ?? /'([^'\n]*)'/.exec(here.args[0] ?? '')?.[1];
  if (name !== undefined && !isDisabled(here))
    here.read.needs.push({ by, name, at: here.at, optional: isOptional(here) });
}

/** A program that a command of the build calls by its name. */
function called({ read, call, at, args, keyword }: Here): void {
  const command = call.name === 'run_command' ? args[0] : keyword('command');
  const name = /^\[?\s*'([a-z][\w+.-]*)'/.exec(command ?? '')?.[1];
  // what it says of its history is not in the image's context
  if (name !== undefined && name !== 'git') read.needs.push({ by: 'tool', name, at, optional: true });
}

/** Whether it is only looked for by an option that is off. */
function isDisabled({ read, keyword }: Here): boolean {
  const required = keyword('required');
  if (required === undefined || !/get_option|^\w+$/.test(required)) return false;
  const value = textOf(required, read.variables);
  return value === 'disabled';
}

function isOptional({ read, optional, keyword }: Here): boolean {
  const required = keyword('required');
  return (
    optional ||
    (required !== undefined && !/^true|^enabled/.test(textOf(required, read.variables) ?? required))
  );
}
